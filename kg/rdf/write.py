"""Canonical output: readable Turtle and TriG that diff well, and sorted N-Quads."""

from collections.abc import Iterable, Sequence

import pyoxigraph as ox

from kg import terms
from kg.rdf.prefixes import prefixes_of, without_escapes

_TYPE = terms.RDF + "type"


def to_turtle(triples: Iterable[ox.Triple]) -> str:
    """Return Turtle with the prefixes in use, sorted subjects, and types first."""
    ordered = sorted(set(triples), key=_order)
    return _written(ordered, ox.RdfFormat.TURTLE, "\t")


def to_trig(quads: Iterable[ox.Quad]) -> str:
    """Return TriG: the named graphs in order, each formatted as in Turtle."""
    ordered = sorted(set(quads), key=lambda q: (str(q.graph_name), *_order(q)))
    return _written(ordered, ox.RdfFormat.TRIG, "\t\t")


def to_nquads(quads: Iterable[ox.Quad]) -> str:
    """Return N-Quads, one per line, sorted by code point, without duplicates."""
    return "".join(sorted({f"{q} .\n" for q in quads}))


def _order(statement: ox.Quad | ox.Triple) -> tuple[str, bool, str, str]:
    predicate = statement.predicate.value
    return str(statement.subject), predicate != _TYPE, predicate, str(statement.object)


def _written(ordered: Sequence[ox.Quad] | Sequence[ox.Triple], form: ox.RdfFormat, continued: str) -> str:
    prefixes = prefixes_of(ordered)
    return without_escapes(_laid_out(ox.serialize(ordered, format=form, prefixes=prefixes), continued), prefixes)


def _laid_out(data: bytes | None, continued: str) -> str:
    """Sort the prefixes, which the serialiser writes in random order, and separate the subjects by empty lines.

    `continued` is the indentation of the lines that continue a subject.
    """
    lines = (data or b"").decode().splitlines(keepends=True)
    head = sorted(line for line in lines if line.startswith("@prefix"))
    body = [line for line in lines if not line.startswith("@prefix")]
    return "".join([*head, *(line if line.startswith((continued, "}")) else f"\n{line}" for line in body)])
