"""Turtle and TriG as every reader understands them."""

from __future__ import annotations

import re

import pyoxigraph as ox
import pytest

from kg import paths, terms
from kg.rdf.write import to_nquads, to_trig, to_turtle

P = ox.NamedNode(terms.IS + "p")
OBEU = terms.PREFIXES["obeu"]
HARD = [
    f"{terms.ID}passage/a-document/12-13",
    f"{terms.ID}passage/a-document/14",
    f"{terms.ID}passage/another/deep/1",
    f"{terms.ID}passage//empty",
    f"{terms.ID}passage/",
    f"{terms.ID}kind/a?b=c&d",
    f"{terms.ID}kind/(x)~y!",
    f"{terms.ID}kind/100%25",
    f"{terms.ID}kind/ends.",
    f"{terms.ID}kind/-begins",
    f"{terms.ID}kind/語/1",
    f"{terms.ID}kind/語/2",
    f"{terms.ID}1/x",
    f"{terms.ID}(a)/x",
    f"{terms.ID}語/x",
    terms.ID,
    f"{terms.IS}a/b",
    f"{OBEU}dsd/dimension/one",
    f"{OBEU}dsd/dimension/two",
    f"{terms.GRAPH}a/b",
]
TEXTS = ["a\\/b", 'says "k:a\\/b" <http://a\\b>', "two\nlines\\", "'\\"]


def hard() -> list[ox.Triple]:
    named = [ox.Triple(ox.NamedNode(iri), P, ox.NamedNode(iri)) for iri in HARD]
    return [*named, *(ox.Triple(ox.NamedNode("http://a/s"), P, ox.Literal(text)) for text in TEXTS)]


def names(turtle: str) -> str:
    """Return Turtle without texts and IRIs."""
    return re.sub(r'"(?:[^"\\]|\\.)*"|<[^>]*>', "", turtle)


def test_no_name_in_turtle_has_an_escape_or_a_slash() -> None:
    """Readers of other makers, such as rdflib.js, take neither."""
    turtle = to_turtle(hard())
    assert "\\" not in names(turtle)
    assert "/" not in names(turtle)
    assert {q.triple for q in ox.parse(turtle, format=ox.RdfFormat.TURTLE)} == set(hard())


def test_nor_in_trig() -> None:
    quads = {ox.Quad(t.subject, t.predicate, t.object, ox.NamedNode(iri)) for t in hard() for iri in HARD}
    trig = to_trig(quads)
    assert "\\" not in names(trig)
    assert "/" not in names(trig)
    assert set(ox.parse(trig, format=ox.RdfFormat.TRIG)) == quads


def test_a_folder_of_several_names_has_a_prefix_of_its_own() -> None:
    turtle = to_turtle(hard())
    assert f"@prefix passage-a-document: <{terms.ID}passage/a-document/> ." in turtle
    assert "passage-a-document:12-13 is:p passage-a-document:12-13" in turtle
    assert "obeu-dsd-dimension:one" in turtle
    assert f"<{terms.ID}passage/another/deep/1>" in turtle


def test_two_folders_never_share_a_prefix() -> None:
    iris = [f"{terms.ID}{folder}/{n}" for folder in ("a/b-c", "a-b/c", "a/b/c", "a-b-c") for n in (1, 2)]
    triples = {ox.Triple(ox.NamedNode(iri), P, ox.NamedNode(iri)) for iri in iris}
    turtle = to_turtle(triples)
    assert {q.triple for q in ox.parse(turtle, format=ox.RdfFormat.TURTLE)} == triples
    assert "/" not in names(turtle)


@pytest.mark.parametrize("path", [paths.GRAPH_TTL, *paths.ontology_files()], ids=lambda path: path.name)
def test_the_turtle_that_is_kept_has_no_such_name(path: object) -> None:
    assert "\\" not in names(re.sub(r'"""(?:[^"\\]|\\.|"(?!""))*"""|(?m:^\s*#.*$)', "", path.read_text("utf-8")))  # type: ignore[attr-defined]


# Python's str.splitlines takes all of these for line ends; RDF takes line feed and carriage return alone.
SEPARATORS = "\n\r\t\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"


@pytest.mark.parametrize("char", SEPARATORS, ids=[f"U+{ord(c):04X}" for c in SEPARATORS])
def test_separators_in_a_literal_are_read_back(char: str) -> None:
    named = (ox.NamedNode(f"http://e/{name}") for name in "spg")
    subject, predicate, graph = named
    text = ox.Literal(f"one{char}@prefix{char}}}two")
    quad = ox.Quad(subject, predicate, text, graph)
    assert list(ox.parse(to_turtle([quad.triple]), format=ox.RdfFormat.TURTLE)) == [ox.Quad(subject, predicate, text)]
    assert list(ox.parse(to_trig([quad]), format=ox.RdfFormat.TRIG)) == [quad]
    assert list(ox.parse(to_nquads([quad]), format=ox.RdfFormat.N_QUADS)) == [quad]
