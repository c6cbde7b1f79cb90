"""Small helpers for RDF terms and quads."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

import pyoxigraph as ox

from kg import terms

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Row = Mapping[str, Term | None]


@lru_cache(maxsize=10_000)
def node(iri: str) -> ox.NamedNode:
    """Return the node of an IRI that occurs often, as a property or a graph does: making one checks the IRI."""
    return ox.NamedNode(iri)


def integer(number: int) -> ox.Literal:
    """Return a number as an xsd:integer."""
    return ox.Literal(str(number), datatype=ox.NamedNode(terms.XSD + "integer"))


def value(row: Row, name: str) -> str:
    """Return the text of a cell, empty where there is none."""
    term = row.get(name)
    return "" if term is None else str(getattr(term, "value", term))


def graph_of(quad: ox.Quad) -> str:
    """Return the IRI of the named graph of a quad, empty for the default graph."""
    return quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else ""


def natural(text: str) -> list[tuple[int, str]]:
    """Return a sort key by which numbers in a text count as numbers, however many digits they have.

    >>> sorted(["p10", "p9", "p"], key=natural)
    ['p', 'p9', 'p10']
    """
    parts = enumerate(re.split(r"([0-9]+)", text))  # every other part is a number
    return [(len(part.lstrip("0")), part.lstrip("0")) if i % 2 else (-1, part) for i, part in parts]


def in_order(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """Yield the quads in the order of their texts, which are made for one subject at a time."""
    subjects: dict[str, list[ox.Quad]] = defaultdict(list)
    for quad in quads:
        subjects[str(quad.subject)].append(quad)
    for subject in sorted(subjects):
        yield from sorted(subjects[subject], key=str)
