"""Answer a free question: by its parts, by the phrases of the stored questions, or by the passages that speak of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import lru_cache

import pyoxigraph as ox

from kg.asking.finishing.finish import enriched, of_systems
from kg.asking.read import answer_by_parts, nearly_read, refusal, search, shows, years_missing
from kg.asking.words.cues import read_cues
from kg.asking.words.parse import Asked, take_apart
from kg.errors import UsageError
from kg.language.similarity import features
from kg.language.understand import (
    LONGEST,
    NEAR,
    Prepared,
    Sayings,
    Understanding,
    language_of_text,
    prepare,
    sayings,
    sure,
    understand,
)
from kg.questions.answer import Answer, labels_of
from kg.questions.catalogue import NEWEST, Question, catalogue
from kg.questions.run import run
from kg.stores.embedded import Store
from kg.terms import Text

_THINGS = ("institution", "programme", "domain", "hub", "strategy", "strategy-part", "theme", "purpose", "indicator")
_NEAR_WAYS = 2
_UNHEARD = frozenset({"person", "average", "next", "ratio"})  # what no phrase asks for
_NEGATED = frozenset({"none", "except", "only", "undecided", "repeats"})
_NEGATION = re.compile(r"\b(?:without|not|no|none|only|lack|lacks|leave|never|twice|double|repeat|undetermined)\b")
_COMPARING = frozenset({"compare", "difference", "ratio"})
_IN_WORDS = frozenset({"reason", "definition", "date"})  # wants that no table answers, but a passage


@dataclass(frozen=True)
class Reply:
    """The result of `ask`: how the text was understood, and the answer; if unsure, the nearest ways and no answer.

    There are no ways if nothing in the text is known. `labels` names the entities in the ways by (IRI, language).
    `reason` says why there is no answer, `passages` are the nearest places in the documents, `beside` words
    that the answer does not take into account. `near` are the ways that leave something of the text without a place, or
    are not sure, each with its answer: two at most, and none if the text has a word that changes what is asked.
    """

    ways: tuple[Understanding, ...]
    answer: Answer | None
    labels: dict[tuple[str, str], str] = field(default_factory=dict)
    reason: Text | None = None
    passages: Answer | None = None
    beside: tuple[str, ...] = ()
    near: tuple[tuple[Understanding, Answer], ...] = ()

    @property
    def understood(self) -> Understanding | None:
        """The way that was taken, or None if unsure."""
        return self.ways[0] if self.answer is not None and self.ways else None


def get_ready(text: str) -> None:
    """Read what a question needs beside a store, which can be loaded meanwhile."""
    _sayings()
    read_cues(text.casefold())


@lru_cache(maxsize=1)
def _sayings() -> Sayings:
    return sayings(catalogue())


def ask(text: str, store: Store, language: str | None = None) -> Reply:
    """Return the answer to a question in free text or, if unsure, the nearest ways (at most three) to understand it.

    Without a language, a text with Japanese characters is answered in Japanese. Raises UsageError for a text that is
    empty or too long to be a question.
    """
    if not text.strip():
        raise UsageError("the question is empty; kg query lists the questions")
    if len(text) > LONGEST:
        raise UsageError(f"a question has at most {LONGEST} characters, not {len(text):,}")
    chosen = language or language_of_text(text)
    known = prepare(_sayings(), store)
    asked = take_apart(text, known.names, known.words)
    if read := answer_by_parts(asked, known.questions, store, chosen, known.names.above):
        meant = {name: getattr(term, "value", "") for name, term in read.answer.arguments.items()}
        arguments = {name: meant.get(name) or value for name, value in read.reading.arguments.items()}
        arguments |= _found(read.reading.question, read.answer)
        way = Understanding(read.reading.question, arguments, 1.0)
        things = [ox.NamedNode(v) for v in arguments.values() if v.startswith("http")]
        return Reply((way,), read.answer, labels_of(store, [things]), beside=asked.beside)
    ways = understand(text, known)
    nearest = tuple(way for way in ways[:3] if way.score >= NEAR)
    labels = _named(store, nearest)
    answer = None
    if sure(ways) and _accounts_for(ways[0], asked, known):
        answer = enriched(of_systems(run(ways[0].question, ways[0].arguments, store, chosen), asked.text))
        if "fiscalYear" not in ways[0].arguments and not shows(answer, map(str, asked.years)):
            answer = None
    if answer is None or not len(answer):
        found = search(asked, store)
        if found.enough:
            return Reply((), found.answer, passages=found.answer)
        reason = years_missing(asked, store) or refusal(found)
        near: tuple[tuple[Understanding, Answer], ...] = ()
        if not asked.stopped and not _foreign(found.unknown):
            near = _near(asked, known, nearest, store, chosen)
            labels = {**labels, **_named(store, [way for way, _ in near])}
        return Reply(nearest, None, labels, reason, found.answer, near=near)
    best = replace(ways[0], arguments={**ways[0].arguments, **_found(ways[0].question, answer)})
    return Reply((best, *nearest[1:]), answer, labels)


def _named(store: Store, ways: Sequence[Understanding]) -> dict[tuple[str, str], str]:
    """Return the names of the entities in some ways."""
    return labels_of(store, [[ox.NamedNode(v) for v in way.arguments.values() if v.startswith("http")] for way in ways])


def _foreign(unknown: Sequence[str]) -> bool:
    """Return whether a word that no document has is a Japanese noun: an answer beside it would mislead."""
    return any(len(word) > 1 and not word.isascii() for word in unknown)


def _near(
    asked: Asked, known: Prepared, ways: Sequence[Understanding], store: Store, language: str
) -> tuple[tuple[Understanding, Answer], ...]:
    """Return two answers that may be meant: of the nearest readings by parts, and of the nearest phrases."""
    found: dict[str, tuple[Understanding, Answer]] = {}
    for read in nearly_read(asked, known.questions, store, language, known.names.above):
        found[read.reading.question.name] = (
            Understanding(read.reading.question, dict(read.reading.arguments), 0.0),
            read.answer,
        )
    for way in ways[:_NEAR_WAYS]:
        if way.question.name not in found and _all_used(asked, way):
            with suppress(UsageError):
                answer = enriched(of_systems(run(way.question, way.arguments, store, language), asked.text))
                if len(answer):
                    found[way.question.name] = (way, answer)
    return tuple(found.values())[:_NEAR_WAYS]


def _accounts_for(way: Understanding, asked: Asked, known: Prepared) -> bool:
    """Return whether a phrase of a question accounts for all that a text asks."""
    return (
        not (asked.what & _IN_WORDS or asked.place or asked.without or asked.bounds or asked.figures)
        and _all_used(asked, way)
        and not _unheard((*asked.left, *asked.beside), way, known)
    )


def _all_used(asked: Asked, way: Understanding) -> bool:
    """Return whether the entities that a text names are the arguments of the question that it was read as."""
    used = set(way.arguments.values())
    if len(used) < len(way.arguments):
        return False  # compared with itself
    named = [{i for iris in n.iris.values() for i in iris} for n in asked.names if any(k in n.iris for k in _THINGS)]
    named += [set(n.iris["phase"]) for n in asked.names if n.iris.get("phase", ("",))[0].endswith("/supplementary")]
    known = {iri for name in (*asked.names, *asked.without) for iris in name.iris.values() for iri in iris}
    others = [iri for iri in used if any(f"/id/{kind}/" in iri for kind in _THINGS) and iri not in known]
    return all(used & iris for iris in named) and not (named and others)


def _unheard(left: Sequence[str], way: Understanding, known: Prepared) -> list[str]:
    """Return the content words of a text that stand in no phrase of the question that it was read as."""
    if not left:
        return []
    asked = frozenset().union(*(features(word) for word in left))
    if any(asked <= wording.features for wording in known.wordings[way.question.name]):
        return []
    return list(left)


def _found(question: Question, answer: Answer) -> dict[str, str]:
    """Return the arguments that an answer found by itself: the newest year, or `any` where no year is printed."""
    sought = [p.name for p in question.parameters if p.default == NEWEST]
    return {name: getattr(answer.arguments.get(name), "value", "any") for name in sought}
