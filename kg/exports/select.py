"""Select what to export: the whole dataset or part of it."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

import pyoxigraph as ox

from kg import terms
from kg.errors import unknown
from kg.funding.scope import Scope
from kg.rdf.nodes import graph_of
from kg.reasoning.inference import infer

_LABEL = terms.SKOS + "prefLabel"


@dataclass(frozen=True)
class Selection:
    """The chosen statements, sorted, and the language of names in formats that have only one.

    `whole` has all statements of the chosen graphs, in all languages, and the ontology. Formats use it to look up names
    and to compute what depends on the whole, such as what an amount counts for. `scope` says which money is wanted, if
    not all of it.
    """

    quads: tuple[ox.Quad, ...]
    language: str = "en"
    whole: tuple[ox.Quad, ...] = ()
    scope: Scope | None = None

    @property
    def known(self) -> tuple[ox.Quad, ...]:
        """The statements for look-ups: `whole`, or the chosen ones if `whole` is empty."""
        return self.whole or self.quads

    def triples(self) -> set[ox.Triple]:
        """Return the statements without their graphs."""
        return {quad.triple for quad in self.quads}


@dataclass(frozen=True)
class Choice:
    """What to export: one named graph or all, with or without inferred, background and ontology; selected entities.

    Without background there is nothing that follows from background either. With a `scope`, only what the money within
    it is about.
    """

    graph: str | None = None
    inferred: bool = True
    background: bool = True
    ontology: bool = True
    things: Collection[str] = field(default=())
    depth: int = 1
    only_language: str | None = None
    scope: Scope | None = None


def select(quads: Iterable[ox.Quad], choice: Choice) -> tuple[ox.Quad, ...]:
    """Return the chosen statements, sorted.

    `things` selects the statements about each entity and, up to `depth` steps away, the entities linked from or to it;
    0 selects the entity alone. Everything selected keeps its names. Raises UsageError for an unknown graph.
    """
    every = set(quads)
    left_out = _left_out(every, choice)
    kept = {q for q in every if graph_of(q) not in left_out} - _unfounded(every, left_out)
    if choice.things:
        kept = _around(kept, choice.things, choice.depth)
    if choice.only_language:
        kept = {q for q in kept if not _in_another_language(q.object, choice.only_language)}
    return tuple(sorted(kept, key=str))


def whole(quads: Iterable[ox.Quad], choice: Choice) -> tuple[ox.Quad, ...]:
    """Return all statements of the chosen graphs and of the ontology, regardless of the chosen entities and language.

    Raises UsageError for an unknown graph.
    """
    every = tuple(quads)
    left_out = _left_out(every, choice) - {terms.ONTOLOGY_GRAPH}
    if choice.graph is None:
        left_out -= {terms.INFERRED_GRAPH}  # what an amount counts for follows from the funding links
    unfounded = _unfounded(every, left_out)
    return tuple(q for q in every if graph_of(q) not in left_out and q not in unfounded)


def _unfounded(quads: Collection[ox.Quad], left_out: Collection[str]) -> set[ox.Quad]:
    """Return the inferred statements that follow only with facts that are left out."""
    if terms.GRAPH + "common" not in left_out or terms.INFERRED_GRAPH in left_out:
        return set()
    apart = {terms.ONTOLOGY_GRAPH, terms.INFERRED_GRAPH, terms.RELEASE_GRAPH, *left_out}
    facts = {q.triple for q in quads if graph_of(q) not in apart}
    ontology = {q.triple for q in quads if graph_of(q) == terms.ONTOLOGY_GRAPH}
    follows = infer(facts, ontology)
    return {q for q in quads if graph_of(q) == terms.INFERRED_GRAPH and q.triple not in follows}


def _left_out(quads: Iterable[ox.Quad], choice: Choice) -> set[str]:
    graphs = {graph_of(q) for q in quads} - {""}
    left_out = {
        name
        for name, keep in (
            (terms.INFERRED_GRAPH, choice.inferred),
            (terms.GRAPH + "common", choice.background),
            (terms.ONTOLOGY_GRAPH, choice.ontology),
        )
        if not keep
    }
    if choice.graph is not None:
        wanted = choice.graph if choice.graph.startswith(terms.GRAPH) else terms.GRAPH + choice.graph
        if wanted not in graphs:
            names = sorted(g.removeprefix(terms.GRAPH) for g in graphs)
            raise unknown("graph", choice.graph, names)
        left_out |= graphs - {wanted}
    return left_out


def _in_another_language(term: object, language: str) -> bool:
    return isinstance(term, ox.Literal) and term.language not in {None, language}


def _around(quads: set[ox.Quad], things: Collection[str], depth: int) -> set[ox.Quad]:
    of: dict[object, list[ox.Quad]] = defaultdict(list)
    about: dict[object, list[ox.Quad]] = defaultdict(list)
    for quad in quads:
        of[quad.subject].append(quad)
        about[quad.object].append(quad)
    reached: set[object] = {ox.NamedNode(iri) for iri in things}
    edge = set(reached)
    found: set[ox.Quad] = set()
    for step in range(depth + 1):
        here = [q for node in edge for q in (of[node] + (about[node] if step < depth else []))]
        found.update(here)
        if step < depth:
            named_here: set[object] = {t for q in here for t in (q.subject, q.object) if _is_ours(t)}
            edge = named_here - reached
            reached |= edge
    named = {t for q in found for t in (q.subject, q.predicate, q.object)}
    return found | {q for node in named for q in of[node] if q.predicate.value == _LABEL}


def _is_ours(term: object) -> bool:
    return isinstance(term, ox.NamedNode) and term.value.startswith(terms.ID)
