"""Read the SHACL shapes with their messages in both languages, and reject broken ones."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from kg import paths, terms
from kg.errors import InputError, UsageError, did_you_mean, unknown
from kg.rdf.tokens import without_keyword
from kg.tables.schema import parse_turtle

SH = terms.PREFIXES["sh"]
_HINTS = "proofreading"  # the folder with a folder of hints for each document that has some
_OWN = terms.BASE + "shape/"
_MESSAGE, _COMMENT = ox.NamedNode(SH + "message"), ox.NamedNode(terms.RDFS + "comment")
_QUERIES = frozenset(SH + name for name in ("select", "ask", "construct", "update"))
_TARGETS = tuple(SH + name for name in ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf"))


class ShapeError(UsageError):
    """A broken shape: it does not parse, refers to an undeclared shape, or cannot be loaded (exit code 2)."""


@dataclass(frozen=True)
class SparqlConstraint:
    """A SHACL-SPARQL constraint of a node shape: its targets (SHACL property, node) and its query with prefixes.

    SHACL evaluates the query for one focus node at a time. With `together`, it may be evaluated for all of them at
    once: every group that uses $this also has a positive pattern with it.
    """

    shape: str
    severity: str
    targets: tuple[tuple[str, str], ...]
    query: str
    together: bool = False


@dataclass(frozen=True)
class Shapes:
    """The shapes as one graph, their messages by language, and their SPARQL.

    A message is the shape's sh:message, which any engine repeats as it stands. The rdfs:comment of a query says the
    same with placeholders such as {?sum}, which only our engines fill in both languages; it has precedence here.
    `hints` maps each shape that is a hint for proofreading to the document that it is a hint for.
    """

    triples: tuple[ox.Triple, ...]
    messages: Mapping[str, Mapping[str, str]]
    constraints: tuple[SparqlConstraint, ...]
    hints: Mapping[str, str] = field(default_factory=dict)

    def core(self) -> tuple[ox.Triple, ...]:
        """Return the shapes without their SPARQL constraints."""
        apart = {c.shape for c in self.constraints}
        return tuple(
            t for t in self.triples if not (t.predicate.value == SH + "sparql" and text_of_node(t.subject) in apart)
        )

    def filled(self) -> tuple[ox.Triple, ...]:
        """Return the shapes with the messages of their queries where an engine fills in values: on the query."""
        comments = {t.subject for t in self.triples if t.predicate == _COMMENT}
        bare = {t.subject for t in self.triples if t.predicate.value == SH + "sparql" and t.object in comments}
        return tuple(
            ox.Triple(t.subject, _MESSAGE, t.object) if t.predicate == _COMMENT else t
            for t in self.triples
            if not (t.predicate == _MESSAGE and t.subject in bare)
        )


def text_of_node(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    """Return the IRI, the label or the text of a term."""
    return str(term) if isinstance(term, ox.Triple) else term.value


def documents_with_hints(place: Path = paths.SHAPES) -> list[str]:
    """Return the documents for which a folder of shapes has hints for proofreading."""
    return sorted(folder.name for folder in (place / _HINTS).glob("*/"))


def read_shapes(place: Path = paths.SHAPES, proofread: Collection[str] = ()) -> Shapes:
    """Return the shapes in all Turtle files below a folder, or in one file, with the package's prefixes.

    Of the hints for proofreading, only those for the named documents are read.

    Raises InputError if there are none, ShapeError if a file or a query does not parse, or a shape refers to an
    undeclared one, UsageError if there are no hints for a document.
    """
    files = [place] if place.is_file() else sorted(place.rglob("*.ttl"))
    hinted = documents_with_hints(place)
    for name in proofread:
        if name not in hinted:
            raise unknown("document with hints for proofreading", name, hinted)
    left_out = {place / _HINTS / name for name in hinted if name not in proofread}
    files = [path for path in files if left_out.isdisjoint(path.parents)]
    if not files:
        raise InputError(f"{place}: no shapes (*.ttl) found")
    own = place.resolve().is_relative_to(paths.SHAPES)
    if own:
        files = sorted({*map(Path.resolve, files), paths.SHAPES / "prefixes.ttl"})
    try:
        read = {path: parse_turtle(path) for path in files}
    except InputError as error:
        raise ShapeError(f"broken shape: {error}") from error
    triples = tuple(t for parsed in read.values() for t in parsed)
    _refuse_undeclared(triples)
    hints = {
        text_of_node(t.subject): path.parent.name
        for path, parsed in read.items()
        if path.parent.parent.name == _HINTS
        for t in parsed
        if t.predicate.value == SH + "severity"
    }
    return Shapes(triples, _messages(triples), tuple(_constraints(triples, together=own)), hints)


def _messages(triples: Iterable[ox.Triple]) -> dict[str, dict[str, str]]:
    owners = {t.object: t.subject for t in triples if t.predicate.value == SH + "sparql"}
    messages: dict[str, dict[str, str]] = defaultdict(dict)
    for t in sorted(triples, key=lambda t: t.predicate == _COMMENT):  # these last
        if t.predicate in {_MESSAGE, _COMMENT} and isinstance(t.object, ox.Literal) and t.object.language:
            messages[text_of_node(owners.get(t.subject, t.subject))][t.object.language] = t.object.value
    return dict(messages)


def _refuse_undeclared(triples: Iterable[ox.Triple]) -> None:
    """Reject references to undeclared shapes, which engines may silently ignore."""
    declared = {t.subject for t in triples}
    used = {t.object for t in triples if isinstance(t.object, ox.NamedNode) and t.object.value.startswith(_OWN)}
    known = [terms.local_name(s.value) for s in declared if isinstance(s, ox.NamedNode)]
    for missing in sorted(used - declared, key=str):
        name = terms.local_name(text_of_node(missing))
        raise ShapeError(f"broken shape: {name} is not declared; {did_you_mean(name, known) or 'declare it'}")


def _refuse_service(triples: Iterable[ox.Triple], head: str) -> None:
    """Reject queries that reach another endpoint, in constraints and in components of constraints."""
    for t in triples:
        if t.predicate.value not in _QUERIES or "service" not in text_of_node(t.object).lower():
            continue
        try:
            ox.Store().query(head + without_keyword(text_of_node(t.object), "SERVICE"))
        except (SyntaxError, ValueError, OSError) as error:
            raise ShapeError("broken shape: a query uses SERVICE, which reaches another endpoint") from error


def _constraints(triples: Iterable[ox.Triple], *, together: bool) -> Iterable[SparqlConstraint]:
    about: dict[object, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for t in triples:
        about[t.subject][t.predicate.value].append(text_of_node(t.object))
    head = "".join(
        sorted(
            f"PREFIX {p}: <{ns}>\n"
            for d in about.values()
            for p, ns in zip(d[SH + "prefix"], d[SH + "namespace"], strict=True)
        )
    )
    if not together:
        _refuse_service(triples, head)
    for t in triples:
        if t.predicate.value != SH + "sparql":
            continue
        shape, owner = text_of_node(t.subject), about[t.subject]
        selects = about[t.object][SH + "select"]
        if len(selects) != 1:
            raise ShapeError(f"broken shape: {terms.local_name(shape)} has {len(selects)} queries instead of one")
        try:
            ox.Store().query(head + selects[0])
        except SyntaxError as error:
            raise ShapeError(f"broken shape: the query of {terms.local_name(shape)}: {error}") from error
        targets = tuple((p, v) for p in _TARGETS for v in owner[p])
        severity = terms.local_name((owner[SH + "severity"] or [SH + "Violation"])[0])
        yield SparqlConstraint(shape, severity, targets, head + selects[0], together)  # tests cover the package's own
