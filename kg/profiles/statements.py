"""Every statement about one entity: those it makes and those that name it, stated and inferred, with their sources."""

import pyoxigraph as ox

from kg import terms
from kg.paths import read_query
from kg.profiles.facts import Fact
from kg.questions.answer import labels_of, text_of
from kg.rdf.nodes import Term
from kg.stores.binding import bind
from kg.stores.embedded import Store

_STATEMENTS = read_query("profiles", "statements")
_BOOKKEEPING = frozenset({terms.IS + "isReadFrom", terms.IS + "hasEvidence"})
_FIRST = ("prefLabel", "altLabel", "type", "definition", "description")
_INFERRED = ox.Literal("inferred")
_SECTIONS = {("says", False): "says", ("says", True): "follows"} | {
    ("is named in", False): "named in",
    ("is named in", True): "follows for",
}


def statements_about(thing: ox.NamedNode, store: Store, language: str) -> list[Fact]:
    """Return every statement with an entity as subject or as object, by section and property; each source has a row."""
    facts = {
        Fact(
            ox.Literal(_SECTIONS[_word(direction), evidence == _INFERRED]),
            found,
            value,
            evidence=evidence,
            source=source,
        )
        for direction, found, value, evidence, source in store.select(bind(_STATEMENTS, {"thing": thing})).rows
        if not (isinstance(found, ox.NamedNode) and found.value in _BOOKKEEPING)
    }
    labels = labels_of(store, facts)
    return sorted(facts, key=lambda fact: _place(fact, labels, language))


def _place(fact: Fact, labels: dict[tuple[str, str], str], language: str) -> tuple[object, ...]:
    name = terms.local_name(fact.what.value) if isinstance(fact.what, ox.NamedNode) else ""
    rank = _FIRST.index(name) if name in _FIRST else len(_FIRST)
    return (rank, *(text_of(cell, labels, language) for cell in fact[1:]), str(fact))


def _word(term: Term | None) -> str:
    return term.value if isinstance(term, ox.Literal) else ""
