"""What is exported: the whole dataset or a part of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

import pyoxigraph as ox

from kg import terms
from kg.errors import UsageError, did_you_mean

_LABEL = terms.SKOS + "prefLabel"


@dataclass(frozen=True)
class Selection:
    """The chosen statements, sorted, and the language in which names are shown where a form has room for one only.

    `whole` holds the statements of the chosen graphs, of all things and in all languages, and the ontology: what a
    form must look up, or can work out on the whole only, such as what an amount counts for.
    """

    quads: tuple[ox.Quad, ...]
    language: str = "en"
    whole: tuple[ox.Quad, ...] = ()

    @property
    def known(self) -> tuple[ox.Quad, ...]:
        """The statements to look things up in: `whole`, or what is chosen where nothing else is given."""
        return self.whole or self.quads

    def triples(self) -> set[ox.Triple]:
        """Return the statements without their graphs."""
        return {quad.triple for quad in self.quads}


@dataclass(frozen=True)
class Choice:
    """What to take: one named graph or all; without inferred, background or ontology; things and their surroundings."""

    graph: str | None = None
    inferred: bool = True
    background: bool = True
    ontology: bool = True
    things: Collection[str] = field(default=())
    depth: int = 1
    only_language: str | None = None


def select(quads: Iterable[ox.Quad], choice: Choice) -> tuple[ox.Quad, ...]:
    """Return the chosen statements, sorted.

    `things` takes each thing with what is said of it and, up to `depth` steps, what names it and what it names; 0 takes
    only what is said of it. Whatever is named keeps its names. Raises UsageError for an unknown graph.
    """
    every = set(quads)
    left_out = _left_out(every, choice)
    kept = {q for q in every if _graph(q) not in left_out}
    if choice.things:
        kept = _around(kept, choice.things, choice.depth)
    if choice.only_language:
        kept = {q for q in kept if not _in_another_language(q.object, choice.only_language)}
    return tuple(sorted(kept, key=str))


def whole(quads: Iterable[ox.Quad], choice: Choice) -> tuple[ox.Quad, ...]:
    """Return the statements of the chosen graphs and the ontology's, whatever things and language are chosen.

    Raises UsageError for an unknown graph.
    """
    every = tuple(quads)
    left_out = _left_out(every, choice) - {terms.ONTOLOGY_GRAPH}
    return tuple(q for q in every if _graph(q) not in left_out)


def _graph(quad: ox.Quad) -> str:
    return quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else ""


def _left_out(quads: Iterable[ox.Quad], choice: Choice) -> set[str]:
    graphs = {_graph(q) for q in quads} - {""}
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
            hint = did_you_mean(choice.graph, names) or f"known: {', '.join(names)}"
            raise UsageError(f"{choice.graph}: no such graph; {hint}")
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
