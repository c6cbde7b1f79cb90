"""A whole export without named graphs passes our own checks: what was inferred is found again."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

import kg
from kg import terms
from kg.assembly.build import Built
from kg.assembly.graph_names import lacks_graph_names, with_graph_names
from kg.exports.formats.rdf import labelled
from kg.rdf.nodes import graph_of
from kg.rdf.write import to_turtle
from kg.reasoning.inference import infer
from kg.tables.schema import read_schema
from kg.validation.validate import check

APART = {terms.INFERRED_GRAPH, terms.RELEASE_GRAPH, terms.ONTOLOGY_GRAPH}
MARK = f'<{terms.INFERRED_GRAPH}> <{terms.PREFIXES["void"]}triples> "1"^^<{terms.XSD}integer> .\n'
PART, RIKEN = ox.NamedNode(terms.IS + "isPartOf"), f"{terms.ID}institution/riken"


def flat(quads: tuple[ox.Quad, ...]) -> list[ox.Quad]:
    return [ox.Quad(q.subject, q.predicate, q.object) for q in labelled(quads, "en")]


def apart(quads: list[ox.Quad]) -> set[tuple[str, str]]:
    """Each statement, with its graph if that matters to a check."""
    return {(str(q.triple), graph_of(q) if graph_of(q) in APART else "") for q in quads}


def asserted(turtle: str) -> set[str]:
    """What is taken for asserted of a file that says that it has inferred statements."""
    quads = with_graph_names(ox.parse(MARK + turtle, format=ox.RdfFormat.TURTLE))
    return {str(q.triple) for q in quads if not graph_of(q)}


@pytest.mark.slow("infers twice from everything")
def test_every_statement_of_the_dataset_finds_its_graph(built: Built) -> None:
    assert apart(with_graph_names(flat(built.quads))) == apart(list(labelled(built.quads, "en")))


def test_what_follows_from_a_few_facts_is_found_again(built: Built) -> None:
    """The quick half of the test above: facts about an institution and the roles that it has."""
    of = {q.subject for q in built.quads if str(q.object) == f"<{RIKEN}>" and graph_of(q) not in APART}
    facts = {q.triple for q in built.quads if q.subject in {*of, ox.NamedNode(RIKEN)} and graph_of(q) not in APART}
    inferred = infer(facts, read_schema().triples)
    assert len(inferred) > len(facts) / 3 > 10
    assert asserted("".join(f"{t} .\n" for t in {*facts, *inferred})) == {str(t) for t in facts}


def test_a_chain_of_parts_keeps_its_steps_and_a_circle_all_it_has() -> None:
    a, b, c, d, e, f = (ox.NamedNode(f"{terms.ID}part/{name}") for name in "abcdef")
    steps = [ox.Triple(a, PART, b), ox.Triple(b, PART, c)]
    circle = [ox.Triple(x, PART, y) for x, y in ((d, e), (e, f), (f, d), (d, f))]
    text = "".join(f"{t} .\n" for t in [*steps, ox.Triple(a, PART, c), *circle])
    assert asserted(text) == {str(t) for t in [*steps, *circle]}


def test_only_a_whole_export_is_taken_apart() -> None:
    """In anything else, a statement that follows from another one is a fact to be checked, and may be a fault."""
    text = f"<{RIKEN}> a <{terms.IS}ResearchInstitute> , <{terms.IS}Institution> ."
    quads = list(ox.parse(text, format=ox.RdfFormat.TURTLE))
    assert not lacks_graph_names(quads)
    assert with_graph_names(quads) == quads
    named = [ox.Quad(q.subject, q.predicate, q.object, ox.NamedNode(terms.GRAPH + "x")) for q in quads]
    assert not lacks_graph_names([*named, *ox.parse(MARK, format=ox.RdfFormat.TURTLE)])
    assert asserted(text) == {f"<{RIKEN}> <{terms.RDF}type> <{terms.IS}ResearchInstitute>"}


@pytest.fixture(scope="module")
def turtle(built: Built) -> str:
    """The whole dataset, as `kg export -f ttl` writes it."""
    return to_turtle(q.triple for q in flat(built.quads))


@pytest.mark.slow("checks the whole dataset, then with a fault")
def test_turtle_passes_our_own_checks_and_a_fault_in_it_is_found(turtle: str) -> None:
    assert check(turtle).results == ()
    broken = turtle.replace("is:amount 3200000000", "is:amount -3200000000")
    assert broken != turtle
    assert {r.focus.rsplit("/", 1)[-1] for r in check(broken).violations} >= {"q-leap-2020-initial"}


@pytest.mark.slow("compares whole releases")
def test_turtle_does_not_differ_from_the_release_but_in_what_was_changed(
    turtle: str, built: Built, tmp_path: Path
) -> None:
    paths = [tmp_path / name for name in ("a.trig", "b.ttl", "c.ttl")]
    changed = turtle.replace("is:amount 3200000000", "is:amount 3300000000", 1)
    for path, text in zip(paths, (built.trig, turtle, changed), strict=True):
        path.write_text(text, encoding="utf-8")
    assert kg.diff(paths[0], paths[1]).sentence["en"] == "no fact differs"
    assert kg.diff(paths[0], paths[2]).sentence["en"] == "1 figure changed"
    lines = kg.diff(paths[1], paths[2], patch=True).splitlines()
    assert [line[0] for line in lines] == ["T", "D", "A", "T"]


@pytest.mark.slow("infers twice from everything")
def test_why_knows_an_inferred_statement_of_turtle(turtle: str, tmp_path: Path) -> None:
    path = tmp_path / "all.ttl"
    path.write_text(turtle, encoding="utf-8")
    found = kg.why("q-leap", "is:isAdministeredBy", "id:institution/mext", data=path)
    assert found.holds
    assert found.derivation is not None
    assert not found.derivation.is_asserted
