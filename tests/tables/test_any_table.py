"""Whatever stands in a table, it is read, or every fault is named; nothing else happens."""

from __future__ import annotations

import csv
import io
import tempfile
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import InputError, TableError
from kg.rdf.write import to_trig, to_turtle
from tests.tables.small import PAGE, load_facts

HEADS = [
    "id", "type", "page", "lines", "amount", "fiscalYear", "hasEvidence", "skos:prefLabel@ja", "skos:note@en",
    "dcterms:source", "dcterms:issued", "wikidataId", "foaf:homepage", "printedForm", "changeRate", "isPartOf",
    "skos:prefLabel@", "skos:prefLabel@ja_JP", "@", "", "Id", "amount@ja", "skos:notation", "skos:exactMatch",
]  # fmt: skip
CELLS = [
    "", "a-1", "page-1", "index", "Programme", "Ministry", "1", "7", "1-3|5", "32億円", "▲3,2億円", "1e999", "-", "9" * 50,
    "stated", "ai", "2020-01-02", "Q42", "https://e.org/x", "https://[", "https://e.org/ x|y", "光\u2028量子", "\x0b", "\ud7ff",
    "a|", "|", "か\u3099", "\ufeff", '"', "x\ny", "Infinity", "{q}", "<b>", "..", "../../x",
]  # fmt: skip
TABLES = [
    "FundedItem",
    "Appropriation",
    "Institution",
    "Page",
    "Document",
    "Measure",
    "IndicatorValue",
    "Nothing",
    "Pillar.x",
]
WORDS = st.sampled_from(CELLS) | st.text(max_size=6)
TABLE = st.lists(st.sampled_from(HEADS), max_size=6).flatmap(
    lambda head: st.tuples(st.just(head), st.lists(st.lists(WORDS, min_size=len(head), max_size=len(head)), max_size=4))
)


def as_csv(table: tuple[list[str], list[list[str]]], delimiter: str) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter)
    writer.writerows([table[0], *table[1]])
    return text.getvalue().encode("utf-8", errors="surrogatepass")


def check(files: dict[str, bytes]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        facts = Path(folder) / "facts"
        (facts / "doc").mkdir(parents=True)
        for name, content in files.items():
            (facts / "doc" / f"{name}.csv").write_bytes(content)
        try:
            quads = set(load_facts(facts).quads)
        except (TableError, InputError) as error:
            assert all(str(fault).startswith("facts/") for fault in getattr(error, "faults", ()))
            assert str(error)
            return
        assert set(ox.parse(to_trig(quads), format=ox.RdfFormat.TRIG)) == quads
        assert {q.triple for q in ox.parse(to_turtle(q.triple for q in quads), format=ox.RdfFormat.TURTLE)} == {
            q.triple for q in quads
        }
        ox.parse(
            ox.serialize((q.triple for q in quads), format=ox.RdfFormat.RDF_XML) or b"", format=ox.RdfFormat.RDF_XML
        )


FILES = st.tuples(
    st.dictionaries(st.sampled_from(TABLES), st.tuples(TABLE, st.sampled_from(",,,,;\t")), max_size=3),
    st.sampled_from([PAGE.encode(), PAGE.encode(), b"", b"\xff\xfe\x00", b"id,pageNumber\npage-1,x\n"]),
)


def run(given_files: tuple[dict[str, tuple[tuple[list[str], list[list[str]]], str]], bytes]) -> None:
    tables, page = given_files
    check({"Page": page, **{name: as_csv(table, mark) for name, (table, mark) in tables.items()}})


@settings(max_examples=25)
@given(FILES)
def test_any_table_is_read_or_refused(
    files: tuple[dict[str, tuple[tuple[list[str], list[list[str]]], str]], bytes],
) -> None:
    run(files)


@pytest.mark.slow("two thousand sets of tables")
@settings(max_examples=2_000)
@given(FILES)
def test_many_tables_are_read_or_refused(
    files: tuple[dict[str, tuple[tuple[list[str], list[list[str]]], str]], bytes],
) -> None:
    run(files)


@settings(max_examples=25)
@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    check({"FundedItem": content, "Page": PAGE.encode()})
