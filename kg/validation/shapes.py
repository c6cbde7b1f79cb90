"""The SHACL shapes: read, refused when broken, with their messages in both languages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg import paths, terms
from kg.errors import InputError, UsageError, did_you_mean
from kg.tables.schema import parse_turtle

SH = terms.PREFIXES["sh"]
_OWN = terms.BASE + "shape/"
_TARGETS = tuple(SH + name for name in ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf"))


class ShapeError(UsageError):
    """A shape is broken: it does not parse, names what is not there, or an engine cannot load it (exit code 2)."""


@dataclass(frozen=True)
class SparqlConstraint:
    """A SHACL-SPARQL constraint of a node shape: its targets (property of SHACL, node), its query with prefixes.

    SHACL puts each focus node into the query in turn. `together`: the query means the same for all of them at once, as
    it does when every group that speaks of $this also says something positive of it.
    """

    shape: str
    severity: str
    targets: tuple[tuple[str, str], ...]
    query: str
    together: bool = False


@dataclass(frozen=True)
class Shapes:
    """The shapes as one graph; the messages of each by language, gaps such as {?sum} unfilled; their SPARQL apart."""

    triples: tuple[ox.Triple, ...]
    messages: Mapping[str, Mapping[str, str]]
    constraints: tuple[SparqlConstraint, ...]

    def core(self) -> tuple[ox.Triple, ...]:
        """Return the shapes without their SPARQL constraints."""
        apart = {c.shape for c in self.constraints}
        return tuple(
            t for t in self.triples if not (t.predicate.value == SH + "sparql" and name_of(t.subject) in apart)
        )


def name_of(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    """Return the IRI, the label or the text of a term."""
    return str(term) if isinstance(term, ox.Triple) else term.value


def read_shapes(place: Path = paths.SHAPES) -> Shapes:
    """Return the shapes of all Turtle files in a folder and below, or of one file, with the prefixes of our own.

    Raises InputError when there is none, ShapeError when a file does not parse, a query is no SPARQL, or a shape names
    one that is not declared.
    """
    files = [place] if place.is_file() else sorted(place.rglob("*.ttl"))
    if not files:
        raise InputError(f"{place}: no shapes (*.ttl) there")
    own = place.resolve().is_relative_to(paths.SHAPES)
    if own:
        files = sorted({*map(Path.resolve, files), paths.SHAPES / "prefixes.ttl"})
    try:
        triples = tuple(t for path in files for t in parse_turtle(path))
    except InputError as error:
        raise ShapeError(f"broken shape: {error}") from error
    _refuse_undeclared(triples)
    return Shapes(triples, _messages(triples), tuple(_constraints(triples, together=own)))


def _messages(triples: Iterable[ox.Triple]) -> dict[str, dict[str, str]]:
    owners = {t.object: t.subject for t in triples if t.predicate.value == SH + "sparql"}
    messages: dict[str, dict[str, str]] = defaultdict(dict)
    for t in triples:
        if t.predicate.value == SH + "message" and isinstance(t.object, ox.Literal) and t.object.language:
            messages[name_of(owners.get(t.subject, t.subject))][t.object.language] = t.object.value
    return dict(messages)


def _refuse_undeclared(triples: Iterable[ox.Triple]) -> None:
    """Engines may pass over a shape that is not there; a gate that is silently open is no gate."""
    declared = {t.subject for t in triples}
    used = {t.object for t in triples if isinstance(t.object, ox.NamedNode) and t.object.value.startswith(_OWN)}
    known = [terms.local_name(s.value) for s in declared if isinstance(s, ox.NamedNode)]
    for missing in sorted(used - declared, key=str):
        name = terms.local_name(name_of(missing))
        raise ShapeError(f"broken shape: {name} is named but not declared; {did_you_mean(name, known) or 'declare it'}")


def _constraints(triples: Iterable[ox.Triple], *, together: bool) -> Iterable[SparqlConstraint]:
    about: dict[object, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for t in triples:
        about[t.subject][t.predicate.value].append(name_of(t.object))
    head = "".join(
        sorted(
            f"PREFIX {p}: <{ns}>\n"
            for d in about.values()
            for p, ns in zip(d[SH + "prefix"], d[SH + "namespace"], strict=True)
        )
    )
    for t in triples:
        if t.predicate.value != SH + "sparql":
            continue
        shape, owner = name_of(t.subject), about[t.subject]
        selects = about[t.object][SH + "select"]
        if len(selects) != 1:
            raise ShapeError(f"broken shape: {terms.local_name(shape)} has {len(selects)} queries, one is needed")
        try:
            ox.Store().query(head + selects[0])
        except SyntaxError as error:
            raise ShapeError(f"broken shape: the query of {terms.local_name(shape)}: {error}") from error
        targets = tuple((p, v) for p in _TARGETS for v in owner[p])
        severity = terms.local_name((owner[SH + "severity"] or [SH + "Violation"])[0])
        yield SparqlConstraint(shape, severity, targets, head + selects[0], together)  # our own are tested for it
