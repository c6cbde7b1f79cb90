"""Canonical output: readable Turtle and TriG that diff well, and sorted N-Quads."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from typing import TypeVar

import pyoxigraph as ox

from kg import terms
from kg.characters import lines
from kg.rdf.prefixes import prefixes_of, without_escapes

Statement = TypeVar("Statement", ox.Quad, ox.Triple)
_PREFIX = re.compile(r"(?:@prefix[^\n]*\n)*")
_TYPE = terms.RDF + "type"


def to_turtle(triples: Iterable[ox.Triple]) -> str:
    """Return Turtle with the prefixes in use, sorted subjects, and types first."""
    return _written(list(_ordered(triples)), ox.RdfFormat.TURTLE, "\t")


def to_trig(quads: Iterable[ox.Quad]) -> str:
    """Return TriG: the named graphs in order, each formatted as in Turtle."""
    graphs: dict[str, set[ox.Quad]] = defaultdict(set)
    for quad in quads:
        graphs[str(quad.graph_name)].add(quad)
    ordered = [quad for graph in sorted(graphs) for quad in _ordered(graphs[graph])]
    return _written(ordered, ox.RdfFormat.TRIG, "\t\t")


def to_nquads(quads: Iterable[ox.Quad]) -> str:
    """Return N-Quads, one per line, sorted by code point, without duplicates."""
    return nquads_in_utf8(quads).decode()


def nquads_in_utf8(quads: Iterable[ox.Quad]) -> bytes:
    """Return the same as bytes: as text, Japanese takes twice as much memory."""
    subjects: dict[str, list[ox.Quad]] = defaultdict(list)
    for quad in set(quads):
        subjects[str(quad.subject)].append(quad)
    file = BytesIO()
    for subject in sorted(subjects):
        file.writelines(sorted(f"{q} .\n".encode() for q in subjects[subject]))
    return file.getvalue()


def _ordered(statements: Iterable[Statement]) -> Iterator[Statement]:
    """Yield the statements by subject, types first; sorted subject by subject, since sort keys take much memory."""
    subjects: dict[str, list[Statement]] = defaultdict(list)
    for statement in set(statements):
        subjects[str(statement.subject)].append(statement)
    for subject in sorted(subjects):
        yield from sorted(subjects[subject], key=_order)


def _order(statement: ox.Quad | ox.Triple) -> tuple[bool, str, str]:
    predicate = statement.predicate.value
    return predicate != _TYPE, predicate, str(statement.object)


def _written(ordered: Sequence[ox.Quad] | Sequence[ox.Triple], form: ox.RdfFormat, continued: str) -> str:
    prefixes = prefixes_of(ordered)
    return without_escapes(_laid_out(ox.serialize(ordered, format=form, prefixes=prefixes), continued), prefixes)


def _laid_out(data: bytes | None, continued: str) -> str:
    """Sort the prefixes, which the serialiser writes in random order, and separate the subjects by empty lines.

    `continued` is the indentation of the lines that continue a subject.
    """
    text = (data or b"").decode()
    head = _PREFIX.match(text)
    start = head.end() if head else 0
    begins = re.compile(rf"^(?!{continued}|\}}|\Z)", re.MULTILINE)  # a line ends at a line feed alone
    return "".join([*(f"{line}\n" for line in sorted(lines(text[:start]))), begins.sub("\n", text[start:])])
