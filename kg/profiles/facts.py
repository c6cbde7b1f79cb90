"""One row of a profile, and the rows of the sections that a query gives as they stand."""

from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox

from kg.paths import PACKAGE
from kg.rdf.nodes import Term
from kg.stores.binding import bind
from kg.stores.embedded import Solutions, Store

SECTIONS = PACKAGE / "profiles" / "sections"
_PLAIN = ("about", "roles", "domains", "parts", "page", "printed", "facts")
_LANGUAGES = frozenset({"en", "ja"})


class Fact(NamedTuple):
    """One row of a profile: what is said in a section, for money with its period and its bounds in yen."""

    section: Term
    what: Term | None = None
    value: Term | None = None
    year: Term | None = None
    phase: Term | None = None
    lower: Term | None = None
    upper: Term | None = None
    evidence: Term | None = None
    source: Term | None = None


def ask_section(name: str, thing: ox.NamedNode, store: Store) -> Solutions:
    """Return the rows of the query of a section about an entity."""
    return store.select(bind(Path(SECTIONS / f"{name}.rq").read_text(encoding="utf-8"), {"thing": thing}))


def plain_facts(thing: ox.NamedNode, store: Store, language: str) -> list[Fact]:
    """Return the rows of all sections but those about money; of texts in both languages, those in `language`."""
    facts: dict[Fact, None] = {}
    for name in _PLAIN:
        for section, what, value, evidence, source, _ in ask_section(name, thing, store).rows:
            if section is not None and (value is not None or source is not None):
                facts[Fact(section, what, value, evidence=evidence, source=source)] = None
    texts = {(f.section, f.what, f.value.language) for f in facts if isinstance(f.value, ox.Literal)}
    return [fact for fact in facts if _is_read(fact, language, texts)]


def _is_read(fact: Fact, language: str, texts: set[tuple[Term, Term | None, str | None]]) -> bool:
    """Return whether a text is in the language, or there is none in it; other names are kept in both."""
    if not isinstance(fact.value, ox.Literal) or fact.value.language not in _LANGUAGES - {language}:
        return True
    return fact.what == ox.Literal("other name") or (fact.section, fact.what, language) not in texts
