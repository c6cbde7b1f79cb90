"""Values that no program expects are reported as data: no traceback, and no message as long as the value."""

from __future__ import annotations

import logging
from dataclasses import replace

import pyoxigraph as ox
import pytest

from kg import terms
from kg.errors import DataError
from kg.validation.engines import ENGINES
from kg.validation.report import write_report
from kg.validation.shapes import SH, read_shapes
from kg.validation.validate import _worded, validate

SHAPES = read_shapes()
ODD = [
    "Infinity",
    "-Infinity",
    "NaN",
    "sNaN",
    "9" * 40,
    "9" * 5_000,
    "1e9999",
    "1E-9999",
    "1_000",
    "",
    "abc",
    "٣",
    "0x1",
]


@pytest.mark.parametrize("value", ODD, ids=[f"{value[:10]} {len(value)}" for value in ODD])
def test_a_value_in_a_message_is_shown_as_it_is(value: str) -> None:
    """An identifier of 40 digits is no number, and neither is Infinity."""
    said = _worded("The identifier {?value} is used twice.", [f"The identifier {value} is used twice."])
    assert said.startswith(f"The identifier {value[:60]}")
    assert said.endswith(" is used twice.")
    assert len(said) < 250


def test_numbers_in_a_message_have_separators() -> None:
    assert _worded("{?value}", ["1234567.25"]) == "1,234,567.25"
    assert _worded("{?value}", ["123456789012"]) == "123,456,789,012"
    assert _worded("{?value}", ["2020"]) == "2020"


@pytest.mark.slow("takes over a second")
@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("value", ["Infinity", "abc", "9" * 40], ids=["Infinity", "abc", "40 digits"])
def test_ill_typed_literals_are_violations_and_nothing_is_logged(
    value: str, engine: str, caplog: pytest.LogCaptureFixture, recwarn: pytest.WarningsRecorder
) -> None:
    """Rdflib logs a traceback for each."""
    core = replace(SHAPES, triples=SHAPES.core(), constraints=())
    only = {t.subject for t in core.triples if "shape/PrintedTotal" in str(t.subject)}
    shapes = replace(
        core, triples=tuple(t for t in core.triples if t.subject in only or isinstance(t.subject, ox.BlankNode))
    )
    text = f"<{terms.ID}printed-total/a> a <{terms.IS}PrintedTotal> "
    for name, kind in (
        ("amount", "integer"),
        ("fiscalYear", "integer"),
        ("isApproximate", "boolean"),
        ("printedAmount", "date"),
    ):
        text += f'; <{terms.IS}{name}> "{value}"^^<{terms.XSD}{kind}> '
    with caplog.at_level(logging.DEBUG):
        report = validate(ox.parse(f"{text} .", format=ox.RdfFormat.TURTLE), shapes, engine=engine)
    assert {(r.path or "").removeprefix(terms.IS) for r in report.violations} >= {"fiscalYear", "isApproximate"}
    assert not [record for record in caplog.records if record.name.startswith("rdflib")]
    assert not [str(each.message) for each in recwarn if "rdflib" in each.filename]
    assert all(len(line) < 600 for line in write_report(report, "text", "en", shapes).split("\n"))


def test_a_value_that_an_engine_cannot_compare_is_one_error() -> None:
    turtle = f"""
        <{terms.BASE}shape/X> a <{SH}NodeShape> ; <{SH}targetNode> <http://e/a> ; <{SH}severity> <{SH}Violation> ;
        <{SH}sparql> [ <{SH}message> "x"@en ; <{SH}select> "SELECT $this {{ $this <http://e/p> ?n FILTER(FLOOR(?n) != ?n) }}" ] .
    """
    shapes = replace(
        SHAPES,
        triples=tuple(q.triple for q in ox.parse(turtle, format=ox.RdfFormat.TURTLE)),
        constraints=(),
        messages={},
    )
    data = f"<http://e/a> <http://e/p> {'9' * 5_000}.5 ."
    with pytest.raises(DataError, match="the engine pyshacl cannot check this data: Exceeds the limit"):
        validate(ox.parse(data, format=ox.RdfFormat.TURTLE), shapes, engine="pyshacl")
