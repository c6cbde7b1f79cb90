"""The dataset arranged for pages: for each entity, the statements about it and those that refer to it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

import pyoxigraph as ox

from kg import terms
from kg.rdf.nodes import Term

T = TypeVar("T")
_LEFT_OUT = frozenset({terms.IS + "isReadFrom", terms.IS + "hasEvidence"})
_FIRST = tuple(
    terms.SKOS + n for n in ("prefLabel", "altLabel", "hiddenLabel", "definition", "scopeNote", "note", "notation")
)


@dataclass(frozen=True)
class Statement:
    """One statement on a page; `other` is the object if the entity is the subject, and the subject otherwise."""

    predicate: str
    other: Term
    inferred: bool


@dataclass(frozen=True)
class Index:
    """Statements by entity, in both directions; names by (IRI, language); passages and evidence by entity."""

    says: Mapping[str, tuple[Statement, ...]]
    said: Mapping[str, tuple[Statement, ...]]
    names: Mapping[tuple[str, str], str]
    passages: Mapping[str, tuple[str, ...]]
    evidence: Mapping[str, tuple[str, ...]]
    quads: tuple[ox.Quad, ...]

    def name(self, iri: str, language: str) -> str:
        """Return the name of an entity in the language, or in English, or its short form."""
        return self.names.get((iri, language)) or self.names.get((iri, "en")) or terms.shorten(iri)

    def things(self) -> list[str]:
        """Return the dataset's own IRIs with statements, without the hash IRIs of the vocabulary."""
        return sorted(i for i in self.says if i.startswith(terms.BASE) and not i.startswith(terms.IS))

    def classes(self, iri: str) -> list[str]:
        """Return the asserted classes of an entity that belong to this ontology."""
        return [
            s.other.value
            for s in self.says.get(iri, ())
            if s.predicate == terms.RDF + "type" and not s.inferred and isinstance(s.other, ox.NamedNode)
        ]


def make_index(quads: Iterable[ox.Quad]) -> Index:
    """Return the index of a dataset; a statement that is both asserted and inferred counts as asserted."""
    every = tuple(quads)
    found: dict[tuple[str, str, str], tuple[Term, str, bool]] = {}
    names: dict[tuple[str, str], str] = {}
    for quad in every:
        if not isinstance(quad.subject, ox.NamedNode):
            continue
        inferred = quad.graph_name == ox.NamedNode(terms.INFERRED_GRAPH)
        key = (quad.subject.value, quad.predicate.value, str(quad.object))
        found[key] = (quad.object, quad.subject.value, inferred and found.get(key, (None, "", True))[2])
        if quad.predicate.value == terms.SKOS + "prefLabel" and isinstance(quad.object, ox.Literal):
            names[quad.subject.value, quad.object.language or ""] = quad.object.value
    says: dict[str, list[Statement]] = defaultdict(list)
    said: dict[str, list[Statement]] = defaultdict(list)
    passages: dict[str, list[str]] = defaultdict(list)
    evidence: dict[str, list[str]] = defaultdict(list)
    for (subject, predicate, _), (value, _, inferred) in sorted(found.items(), key=lambda item: _order(item[0])):
        if predicate in _LEFT_OUT and isinstance(value, ox.NamedNode):
            (passages if predicate.endswith("isReadFrom") else evidence)[subject].append(value.value)
            continue
        says[subject].append(Statement(predicate, value, inferred))
        if isinstance(value, ox.NamedNode) and value.value.startswith(terms.BASE):
            said[value.value].append(Statement(predicate, ox.NamedNode(subject), inferred))
    return Index(_fixed(says), _fixed(said), names, _fixed(passages), _fixed(evidence), every)


def _order(key: tuple[str, str, str]) -> tuple[str, int, str, str]:
    subject, predicate, value = key
    rank = _FIRST.index(predicate) if predicate in _FIRST else len(_FIRST)
    return subject, -1 if predicate == terms.RDF + "type" else rank, predicate, value


def _fixed(lists: Mapping[str, list[T]]) -> dict[str, tuple[T, ...]]:
    return {key: tuple(values) for key, values in lists.items()}
