"""What is written can be read back, whatever a literal contains."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from kg.rdf.write import to_nquads, to_trig, to_turtle

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
