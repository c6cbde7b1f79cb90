"""The shapes on keying errors: only where a change can matter, with the results of a full validation.

A SPARQL constraint is asked again if the change touches a predicate that its query or its target names: without that its
answer cannot change. The core constraints look from a node along its own statements, at the classes of the values, and
along the inverse paths of the shapes: each error's surroundings go, renamed, into one graph that is validated once. A
test holds both equal to kg.validation.validate.validate on a sample.
"""

from __future__ import annotations

import re
import warnings
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from kg import paths, terms
from kg.tables.schema import parse_turtle
from kg.validation.engines import _ask, read_report, to_ntriples
from kg.validation.shapes import SH, SparqlConstraint, documents_with_hints, read_shapes, text_of_node
from tests.mutation.loading import Loaded, Loading

Node = ox.NamedNode
_TYPE = Node(terms.RDF + "type")
WRONG = frozenset({"Violation", "Warning"})  # a known finding, sh:Info, is none
_CLASSES = frozenset({_TYPE.value, terms.RDFS + "subClassOf"})
_NAME = re.compile(r"<([^<>\s]+)>|(?<![\w?$:])([a-z][\w-]*:[\w-]+)")
_AIM = "urn:focus:"


@dataclass(frozen=True)
class Change:
    """What an error does to the graph, as triples."""

    added: frozenset[ox.Triple]
    removed: frozenset[ox.Triple]

    @property
    def predicates(self) -> frozenset[str]:
        """The predicates of all that changes."""
        return frozenset(t.predicate.value for t in self.added | self.removed)


class Shaping:
    """The shapes and the graph without errors, ready to be asked."""

    def __init__(self, loading: Loading) -> None:
        import shifty

        self._by_triple: dict[ox.Triple, set[ox.Quad]] = defaultdict(set)
        for quad in loading.quads:
            self._by_triple[quad.triple].add(quad)
        ontology = {t for path in paths.ontology_files() for t in parse_turtle(path)}
        self._ontology = to_ntriples(t for t in ontology if t.predicate.value in _CLASSES)
        self._above = {c: sorted(known.ancestors) for c, known in loading.schema.classes.items()}
        self._terms = {t.subject for t in ontology}
        self.shapes = read_shapes(proofread=documents_with_hints())
        self._core = shifty.PreparedValidator(to_ntriples(map(_aimed, self.shapes.core())))
        self._inverse, self._watched = _inverse_properties(self.shapes.triples)
        self._out: dict[Node, set[ox.Triple]] = defaultdict(set)
        self._into: dict[Node, set[ox.Triple]] = defaultdict(set)
        for t in self._by_triple:
            assert isinstance(t.subject, Node)
            self._out[t.subject].add(t)
            if isinstance(t.object, Node):
                self._into[t.object].add(t)
        self._store = ox.Store()
        self._store.extend(ox.Quad(t.subject, t.predicate, t.object) for t in ontology | set(self._by_triple))
        self._constraints = sorted(self._prepared(), key=lambda c: c[2])  # those that take long come last

    @property
    def late(self) -> set[str]:
        """The shapes that are only asked when no other is violated."""
        return {terms.local_name(c.shape) for c, _, late in self._constraints if late}

    def _prepared(self) -> Iterator[tuple[SparqlConstraint, frozenset[str] | None, bool]]:
        for constraint in self.shapes.constraints:
            if constraint.severity in WRONG:
                named = footprint(constraint)
                yield constraint, named, named is None or "EXISTS" in constraint.query

    def change(self, loaded: Loaded) -> Change:
        """Return what changes as triples: one that stands in two graphs is gone when it stands in none."""
        new = {q.triple for q in loaded.added}
        added = frozenset(t for t in new if t not in self._by_triple)
        gone = {q.triple for q in loaded.removed} - new
        return Change(added, frozenset(t for t in gone if not self._by_triple[t] - loaded.removed))

    def violated(self, loaded: Sequence[Loaded]) -> list[frozenset[str]]:
        """Return for each of the errors the shapes (local names) that it violates; of the late ones, if no other is."""
        changes = [self.change(one) for one in loaded]
        return [frozenset(self._asked(c, core)) for c, core in zip(changes, self._looked(changes), strict=True)]

    def _asked(self, change: Change, found: set[str]) -> set[str]:
        touched = change.predicates
        asked = [(c, late) for c, named, late in self._constraints if named is None or named & touched]
        if not asked:
            return found
        try:
            self._alter(change.removed, change.added)
            for constraint, late in asked:
                if not (late and found) and next(_ask(self._store, constraint, self.shapes), None):
                    found.add(terms.local_name(constraint.shape))
        finally:
            self._alter(change.added, change.removed)
        return found

    def _alter(self, gone: Iterable[ox.Triple], new: Iterable[ox.Triple]) -> None:
        for t in gone:
            self._store.remove(ox.Quad(t.subject, t.predicate, t.object))
        self._store.extend(ox.Quad(t.subject, t.predicate, t.object) for t in new)

    def _looked(self, changes: Sequence[Change]) -> list[set[str]]:
        """Return for each change the core shapes that it violates, all in one validation."""
        lines, foci = [self._ontology], set()
        for number, change in enumerate(changes):
            here, around = self._surroundings(change)
            names = {n: Node(f"{n.value}-mutant-{number}") for n in self._known(around) | here}
            foci |= {names[n].value for n in here}
            renamed = {_renamed(t, names) for t in around}
            lines += [to_ntriples(renamed), to_ntriples(self._aims(here, names, change))]
        import shifty

        with warnings.catch_warnings():
            warnings.simplefilter("error", shifty.ShaclDiagnosticWarning)
            outcome = self._core.validate(b"".join(lines), graph_mode="data", infer=False, on_unsupported="error")
        found: list[set[str]] = [set() for _ in changes]
        for result in read_report(outcome[1].serialize(format="nt")):
            if result.focus in foci and result.severity in WRONG:
                found[int(result.focus.rpartition("-")[2])].add(terms.local_name(result.shape))
        return found

    def _aims(self, here: Iterable[Node], names: Mapping[Node, Node], change: Change) -> Iterator[ox.Triple]:
        """Give what makes the nodes the focus of the shapes of their classes; those around them are not."""
        for node in here:
            own = (self._out.get(node, set()) - change.removed) | {t for t in change.added if t.subject == node}
            for kind in (t.object for t in own if t.predicate == _TYPE and isinstance(t.object, Node)):
                for above in self._above.get(kind.value, [kind.value]):
                    yield ox.Triple(names.get(node, node), Node(_AIM + above), kind)

    def _known(self, around: Iterable[ox.Triple]) -> set[Node]:
        nodes = {n for t in around for n in (t.subject, t.object) if isinstance(n, Node)}
        return {n for n in nodes if n.value.startswith(terms.ID) and n not in self._terms}

    def _surroundings(self, change: Change) -> tuple[set[Node], set[ox.Triple]]:
        """Return the nodes on which a result can change, and the statements that decide on it."""
        altered = change.added | change.removed
        here = {t.subject for t in altered if isinstance(t.subject, Node)}
        retyped = {t.subject for t in altered if t.predicate == _TYPE and isinstance(t.subject, Node)}
        here |= {t.object for t in altered if t.predicate.value in self._watched and isinstance(t.object, Node)}
        here |= {t.subject for n in retyped for t in self._into[n] if isinstance(t.subject, Node)}
        for _ in range(2):
            here |= {
                t.object
                for n in set(here)
                for t in self._out[n] | altered
                if t.subject == n and t.predicate.value in self._inverse and isinstance(t.object, Node)
            }
        around: set[ox.Triple] = set()
        edge = set(here)
        for _ in range(2):
            inward = {
                t
                for n in edge
                for t in self._into[n] | {a for a in change.added if a.object == n}
                if t.predicate.value in self._inverse and t not in change.removed
            }
            around |= inward
            edge = {t.subject for t in inward if isinstance(t.subject, Node)}
        for n in here:
            around |= (self._out[n] - change.removed) | {t for t in change.added if t.subject == n}
            around |= {t for t in self._into[n] if t.predicate.value in self._watched and t not in change.removed}
        around |= {t for t in change.added if t.predicate.value in self._watched}
        mentioned = {n for t in around for n in (t.subject, t.object) if isinstance(n, Node)}
        kinds = {t for n in mentioned for t in self._out.get(n, ()) if t.predicate == _TYPE} - change.removed
        return here, around | kinds | {t for t in change.added if t.predicate == _TYPE}


def _renamed(t: ox.Triple, names: Mapping[Node, Node]) -> ox.Triple:
    subject = names.get(t.subject, t.subject) if isinstance(t.subject, Node) else t.subject
    return ox.Triple(subject, t.predicate, names.get(t.object, t.object) if isinstance(t.object, Node) else t.object)


def _aimed(t: ox.Triple) -> ox.Triple:
    """Aim at nodes that are marked with a class instead of all of that class, for those around have no statements."""
    if t.predicate.value != SH + "targetClass":
        return t
    return ox.Triple(t.subject, Node(SH + "targetSubjectsOf"), Node(_AIM + text_of_node(t.object)))


def _inverse_properties(triples: Iterable[ox.Triple]) -> tuple[frozenset[str], frozenset[str]]:
    inverse = frozenset(text_of_node(t.object) for t in triples if t.predicate.value == SH + "inversePath")
    targets = frozenset(text_of_node(t.object) for t in triples if t.predicate.value == SH + "targetObjectsOf")
    return inverse, inverse | targets


def footprint(constraint: SparqlConstraint) -> frozenset[str] | None:
    """Return names that hold all predicates that decide what a constraint finds, or None if any predicate can."""
    from rdflib import Variable
    from rdflib.paths import NegatedPath
    from rdflib.plugins.sparql import prepareQuery
    from rdflib.plugins.sparql.algebra import traverse

    open_ended: list[object] = []

    def visit(node: object) -> None:
        for triple in getattr(node, "triples", None) or ():  # not yet translated, several stand in one list
            open_ended.extend(p for p in list(triple)[1::3] if isinstance(p, Variable | NegatedPath))

    traverse(prepareQuery(constraint.query).algebra, visitPre=visit)
    if open_ended or "!" in re.sub("!=|NOT|![a-zA-Z(?]", "", constraint.query):
        return None
    named = {iri for pair in _NAME.findall(constraint.query) for iri in _written_out(*pair)}
    if re.search(r"\ba\b", constraint.query) or any(kind == SH + "targetClass" for kind, _ in constraint.targets):
        named |= _CLASSES
    return frozenset(named | {node for _, node in constraint.targets})


def _written_out(full: str, short: str) -> Iterator[str]:
    iri = full or terms.expand(short)
    if iri:
        yield iri


def judging() -> frozenset[str]:
    """Return the local names of the shapes that call something wrong."""
    wrong = {text_of_node(t.subject) for t in read_shapes(proofread=documents_with_hints()).triples if _calls_wrong(t)}
    return frozenset(map(terms.local_name, wrong))


def _calls_wrong(t: ox.Triple) -> bool:
    return t.predicate.value == SH + "severity" and terms.local_name(text_of_node(t.object)) in WRONG
