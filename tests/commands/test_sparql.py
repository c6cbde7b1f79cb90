"""`kg sparql`: what is a query and what a file, and the formats that each kind of answer can have."""

from __future__ import annotations

import gzip
import io
import json
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from kg.commands.shell.parser import run
from kg.commands.sparql import _OF_TRIPLES
from kg.exports.query_results import TRIPLE_FORMATS

RIKEN = "<https://w3id.org/innovation-strategy/id/institution/riken>"
CONSTRUCT = f"CONSTRUCT WHERE {{ {RIKEN} a ?kind }}"
FORMS = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "nq": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "rdfxml": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
}


def test_the_formats_named_for_the_help_are_those_that_are_written() -> None:
    assert _OF_TRIPLES == TRIPLE_FORMATS == tuple(FORMS)


@pytest.mark.parametrize("form", FORMS)
def test_triples_take_the_rdf_formats(form: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["sparql", CONSTRUCT, "--format", form]) == 0
    found = {quad.triple for quad in ox.parse(capfd.readouterr().out, format=FORMS[form])}
    assert run(["sparql", CONSTRUCT]) == 0
    assert found == {quad.triple for quad in ox.parse(capfd.readouterr().out, format=ox.RdfFormat.TURTLE)}
    assert len(found) > 5


@pytest.mark.parametrize(
    ("query", "options", "said"),
    [
        (CONSTRUCT, ["--format", "json"], "--format json does not fit: CONSTRUCT gives triples; choose from ttl, nt"),
        (CONSTRUCT, ["--format", "table"], "--format table does not fit"),
        (CONSTRUCT, ["-o", "x.csv"], "the ending .csv does not fit: CONSTRUCT gives triples"),
        (CONSTRUCT, ["--wide"], "--wide is for rows, and CONSTRUCT gives none"),
        (f"DESCRIBE {RIKEN}", ["--format", "csv"], "--format csv does not fit: DESCRIBE gives triples"),
        ("ASK {}", ["--format", "csv"], "--format csv does not fit: ASK gives a truth value; choose from table, json"),
        ("ASK {}", ["--with-notes"], "--with-notes is for rows"),
        ("SELECT * {}", ["--format", "ttl"], "--format ttl does not fit: SELECT gives rows; choose from table, csv"),
        ("SELECT * {}", ["-o", "x.ttl"], "the ending .ttl does not fit: SELECT gives rows"),
    ],
)
def test_an_option_that_cannot_be_kept_is_refused(
    query: str, options: list[str], said: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(["sparql", query, *options]) == 2
    out, err = capfd.readouterr()
    assert said in err and out == ""
    assert not Path("x.csv").exists() and not Path("x.ttl").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["diff", "a.ttl", "b.ttl", "--patch", "--format", "json"], "--patch is an RDF patch; it cannot be combined"),
        (["query", "--format", "json"], "--format json is for an answer: name the question first"),
    ],
)
def test_other_commands_refuse_what_they_cannot_keep(
    words: list[str], said: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(words) == 2
    assert said in capfd.readouterr().err


def test_the_ending_of_a_file_says_the_format_of_triples(tmp_path: Path) -> None:
    for ending, form in (("nt", "nt"), ("rdf", "rdfxml"), ("jsonld", "jsonld"), ("TTL", "ttl")):
        place = tmp_path / f"x.{ending}"
        assert run(["sparql", CONSTRUCT, "-o", str(place)]) == 0
        assert len(list(ox.parse(place.read_bytes(), format=FORMS[form]))) > 5


@pytest.mark.parametrize(
    "query",
    [
        f"DESCRIBE {RIKEN}",
        f"describe\n{RIKEN}",
        "DESCRIBE institution:riken",
        "# what?\nDESCRIBE institution:riken # this",
        "PREFIX i: <https://w3id.org/innovation-strategy/id/institution/> DESCRIBE i:riken",
        "BASE <https://w3id.org/innovation-strategy/id/> DESCRIBE <institution/riken>",
    ],
)
def test_a_query_needs_no_braces(query: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["sparql", query]) == 0
    assert "institution:riken" in capfd.readouterr().out


@pytest.mark.parametrize("name", ["describe.rq", "ask", "select all.rq", "base/x.rq", "x\0y"])
def test_what_is_no_query_is_a_file(name: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["sparql", name]) == 3
    assert "is neither a query nor a readable file" in capfd.readouterr().err


def test_an_empty_ask_is_seen() -> None:
    assert run(["sparql", "ASK { <a:a> ?p 1 }"]) == 0
    assert run(["sparql", "ASK { <a:a> ?p 1 }", "--fail-if-empty"]) == 1


def test_the_time_limit_of_the_command_line(capfd: pytest.CaptureFixture[str]) -> None:
    crossed = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    assert run(["sparql", crossed, "--timeout", "0.2"]) == 2
    assert capfd.readouterr().err == "kg: the query takes longer than 0.2 s (see --timeout)\n"


def test_blank_nodes_in_json_are_read_by_others(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """The value of a blank node is its label, without `_:`."""
    place = tmp_path / "x.ttl.gz"
    place.write_bytes(gzip.compress(b"_:x <a:p> _:y , <<( <a:a> <a:p> _:x )>> . <a:z> <a:p> 'x'@en--ltr ."))
    assert run(["sparql", "SELECT * { ?s ?p ?o }", "--data", str(place), "--format", "json"]) == 0
    written = capfd.readouterr().out
    cells = [cell for row in json.loads(written)["results"]["bindings"] for cell in row.values()]
    nodes = [cell["value"] for cell in cells if cell["type"] == "bnode"]
    assert len(nodes) == 3 and not any(":" in node for node in nodes)
    triple = next(cell["value"] for cell in cells if cell["type"] == "triple")
    assert triple["object"] == {"type": "bnode", "value": nodes[0]}
    assert {"type": "literal", "value": "x", "xml:lang": "en", "its:dir": "ltr"} in cells
    assert len(list(ox.parse_query_results(written, format=ox.QueryResultsFormat.JSON))) == 3  # type: ignore[arg-type]
    assert (
        run(["sparql", "SELECT ?o { ?s <a:p> ?o FILTER(isBlank(?o)) }", "--data", str(place), "--format", "json"]) == 0
    )
    found = rdflib.query.Result.parse(io.BytesIO(capfd.readouterr().out.encode()), format="json")
    assert [isinstance(row[0], rdflib.BNode) and not row[0].startswith("_:") for row in found] == [True]  # type: ignore[index]
