"""Canonical output: readable Turtle and TriG that diff well, and sorted N-Quads."""

from collections.abc import Iterable

import pyoxigraph as ox

from kg import terms
from kg.characters import lines

_TYPE = terms.RDF + "type"


def to_turtle(triples: Iterable[ox.Triple]) -> str:
    """Return Turtle with the prefixes in use, sorted subjects, and types first."""
    ordered = sorted(set(triples), key=_order)
    return _laid_out(ox.serialize(ordered, format=ox.RdfFormat.TURTLE, prefixes=_prefixes(ordered)), "\t")


def to_trig(quads: Iterable[ox.Quad]) -> str:
    """Return TriG: the named graphs in order, each formatted as in Turtle."""
    ordered = sorted(set(quads), key=lambda q: (str(q.graph_name), *_order(q)))
    return _laid_out(ox.serialize(ordered, format=ox.RdfFormat.TRIG, prefixes=_prefixes(ordered)), "\t\t")


def to_nquads(quads: Iterable[ox.Quad]) -> str:
    """Return N-Quads, one per line, sorted by code point, without duplicates."""
    return "".join(sorted({f"{q} .\n" for q in quads}))


def _order(statement: ox.Quad | ox.Triple) -> tuple[str, bool, str, str]:
    predicate = statement.predicate.value
    return str(statement.subject), predicate != _TYPE, predicate, str(statement.object)


def _prefixes(statements: Iterable[ox.Quad | ox.Triple]) -> dict[str, str]:
    """Return the usual prefixes that occur, and one for each kind of entity, as in `institution:riken`."""
    used: set[str] = set()
    for s in statements:
        nodes = [s.subject, s.predicate, s.object, *([s.graph_name] if isinstance(s, ox.Quad) else [])]
        used |= {n.value for n in nodes if isinstance(n, ox.NamedNode)}
        if isinstance(s.object, ox.Literal):
            used.add(s.object.datatype.value)
    kinds = {iri.removeprefix(terms.ID).split("/", 1)[0] for iri in used if iri.startswith(terms.ID)}
    known = {p: ns for p, ns in terms.PREFIXES.items() if any(i.startswith(ns) for i in used) and ns != terms.ID}
    return {**{kind: f"{terms.ID}{kind}/" for kind in kinds}, **known}


def _laid_out(data: bytes | None, continued: str) -> str:
    """Sort the prefixes, which the serialiser writes in random order, and separate the subjects by empty lines.

    `continued` is the indentation of the lines that continue a subject.
    """
    found = [f"{line}\n" for line in lines((data or b"").decode())]
    head = sorted(line for line in found if line.startswith("@prefix"))
    body = [line for line in found if not line.startswith("@prefix")]
    return "".join([*head, *(line if line.startswith((continued, "}")) else f"\n{line}" for line in body)])
