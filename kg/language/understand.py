"""Understand free text, English or Japanese, as a stored question and the entities that it names."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from kg import terms
from kg.language.names import (
    CODE,
    Named,
    Vocabulary,
    find_named,
    fold,
    mend,
    size_of,
    take_identifier,
    take_years,
    vocabulary,
)
from kg.language.phrases import phrases
from kg.language.similarity import STOP, Wording, features, resemblance, weights, wording
from kg.questions.catalogue import NEWEST, Parameter, Question
from kg.stores.embedded import Store

SURE, CLEAR, COVERED = 0.45, 0.02, 0.62  # minimum score, lead over the next, and share of the text that is understood
NEAR = 0.1  # minimum score of a way that is offered when unsure
LONGEST = 500  # characters
LEADING, COVERED_LEADING = 0.2, 0.57  # a long lead, and the smaller share that is enough then
_OR = re.compile(
    r"\s*,?\s*or\b|か(?!ら)|\s*(?:budget|money)?\s*(?:included|inclusive|as well)\b|(?:予算)?(?:を|も)?(?:含|込)"
)
_OR_BEFORE = re.compile(r"\bor\s+(?:an?\s+)?$")
_LISTED = re.compile(r"(?:\b(?:and|or|both)\s+(?:the\s+)?|[,、とや]\s*)$")  # before a name that follows another
_SINCE = re.compile(
    r"\b(?:since|from|against|over|than|with|to) +#|# *(?:から|より|比|に比べ|と比べ)"
)  # the year before
_LATIN = re.compile("[a-z]+")
_PLAINER = 0.1  # by how much a word must fit better as plain text than as the entry of a code list
_NEWEST = {"en": "the newest year", "ja": "最新"}  # in Japanese 年度 follows
_MISSING = 0.2  # penalty for each required parameter that the text does not name


@dataclass(frozen=True)
class Understanding:
    """One way to understand a text: a stored question, its arguments, its fit, and the missing parameters.

    `score` is from 0 to 1, `cover` the share of the distinctive words of the text that the question knows.
    """

    question: Question
    arguments: dict[str, str]
    score: float
    missing: tuple[str, ...] = ()
    cover: float = 1.0


def language_of_text(text: str) -> str:
    """Return `ja` for a text with Japanese characters, or else `en`."""
    return "ja" if re.search(r"[\u3040-\u9fff]", text) else "en"


@dataclass(frozen=True)
class Prepared:
    """Prepared for any text: the questions and what they are asked by, the names, and the known English words.

    The wordings and the weight of each word are worked out when a text is compared with them.
    """

    questions: tuple[Question, ...]
    said: Mapping[str, Sequence[str]]
    names: Vocabulary
    words: frozenset[str]

    @cached_property
    def wordings(self) -> dict[str, list[Wording]]:
        """The wordings of each question."""
        return {name: [wording(phrase) for phrase in each] for name, each in self.said.items()}

    @cached_property
    def idf(self) -> dict[str, float]:
        """The weight of each word: the rarer, the heavier."""
        return weights(list(self.wordings.values()))


class Sayings(NamedTuple):
    """The questions, what they are asked by, and the English words of that."""

    questions: tuple[Question, ...]
    said: Mapping[str, Sequence[str]]
    words: frozenset[str]


def sayings(questions: Sequence[Question]) -> Sayings:
    """Return what `prepare` needs beside a store."""
    said = phrases(questions)
    words = {word for each in said.values() for phrase in each for word in _LATIN.findall(fold(phrase))}
    return Sayings(tuple(questions), said, STOP.union(words))


def prepare(known: Sayings, store: Store) -> Prepared:
    """Return what `understand` needs: the questions, and the names in a store."""
    names = vocabulary({p.cls for q in known.questions for p in q.parameters if p.cls}, store)
    return Prepared(known.questions, known.said, names, names.words | known.words)


def understand(text: str, known: Prepared) -> list[Understanding]:
    """Return the ways to understand `text`, best first; trust the first only if `sure` returns True."""
    folded = mend(fold(text), known.words)
    named = find_named(folded, known.names.labels, STOP)
    ways = [_fit(q, text, folded, named, known.names, known.wordings[q.name], known.idf) for q in known.questions]
    if not re.search(r"[^\W_]", _without(folded, [(n.start, n.end) for n in named])):
        ways = [replace(way, cover=0.0) for way in ways]  # only names, without a question about them
    return sorted(ways, key=lambda way: (-way.score, way.question.name))


def sure(ways: Sequence[Understanding]) -> bool:
    """Return whether the best way fits well, better than the next, with nothing missing and most of the text known.

    The larger its lead, the more of the text may be unknown.
    """
    if not ways or ways[0].missing:
        return False
    lead = ways[0].score - ways[1].score if len(ways) > 1 else 1.0
    covered = COVERED_LEADING if lead >= LEADING else COVERED
    return ways[0].score >= SURE and lead >= CLEAR and ways[0].cover >= covered


def _fit(
    question: Question,
    original: str,
    folded: str,
    named: Sequence[Named],
    vocabulary: Vocabulary,
    known: Sequence[Wording],
    idf: dict[str, float],
) -> Understanding:
    """Return the fit of a question, taking the entries of code lists as arguments or as plain words."""
    ways = []
    for names in (_meant(named, folded), [n for n in named if not _is_code(n)]):
        arguments, spans = _take_named(question, names, folded, vocabulary)
        text = _take_values(question, arguments, original, _without(folded, spans))
        slots = frozenset(n for n in arguments if getattr(question.parameter(n), "type", None) != "year")
        missing = tuple(p.name for p in question.parameters if p.required and not (p.default or p.name in arguments))
        like = resemblance(features(text), slots, known, idf)
        score = max(like.score - _MISSING * len(missing), 0.0)
        ways.append(Understanding(question, arguments, round(score, 4), missing, round(like.cover, 4)))
    filled, plain = ways
    return plain if plain.score > filled.score + _PLAINER else filled


def _without(text: str, spans: Sequence[tuple[int, int]]) -> str:
    chars = list(text)
    for start, end in spans:
        chars[start:end] = " " * (end - start)
    return "".join(chars)


def _is_code(name: Named) -> bool:
    return all(CODE in of for _, of in name.bearers)


def _meant(named: Sequence[Named], folded: str) -> list[Named]:
    """Return the names without the entries of code lists that are merely listed, as in "stated or inferred"."""
    return [
        n for n in named if not (_is_code(n) and (_OR_BEFORE.search(folded, 0, n.start) or _OR.match(folded, n.end)))
    ]


def _take_values(question: Question, arguments: dict[str, str], original: str, text: str) -> str:
    """Add the year and the identifier in a text to the arguments, and return the rest of the text."""
    years, rest = take_years(text)
    for parameter in question.parameters:
        if parameter.type == "year" and (year := _year(parameter, years, rest)):
            arguments[parameter.name] = str(year)
            rest = rest if parameter.since else rest.replace("#", " ")
        if parameter.type == "text":
            identifier, without = take_identifier(original)
            if identifier:
                arguments[parameter.name], rest = identifier, fold(without)
    return rest


def _year(parameter: Parameter, years: Sequence[int], text: str) -> int | None:
    """Return the year that a text asks for; a question that compares asks for the later of two years in a row."""
    named = sorted(set(years))
    if parameter.since and (len(named) == 1 and _SINCE.search(text)):
        return named[0] + 1
    if parameter.since and len(named) == 2 and named[1] == named[0] + 1:
        return named[1]
    return named[0] if len(named) == 1 else None


def _take_named(
    question: Question, named: Sequence[Named], folded: str, names: Vocabulary
) -> tuple[dict[str, str], list[tuple[int, int]]]:
    """Return the arguments that the names fill, and the positions of these names.

    Of overlapping names the longest that fits is taken. In the order of the text, each fills the parameter with the
    narrowest class; of two names for one parameter, the one that is part of the other is taken. Other names remain
    text.
    """
    taken: list[Named] = []
    for name in named:
        clear = not any(name.start < other.end and other.start < name.end for other in taken)
        if clear and any(_takes(p, *bearer) for p in question.parameters for bearer in name.bearers):
            taken.append(name)
    order = sorted(question.parameters, key=lambda p: size_of(names.sizes, p.cls))
    arguments: dict[str, str] = {}
    spans: dict[str, list[tuple[int, int]]] = {}
    beside = any(_LISTED.search(folded, 0, name.start) for name in taken)
    listed = False  # a text that lists several entries of a code list does not ask for one of them
    for name in sorted(taken, key=lambda n: n.start):
        fits = [(p.name, iri) for p in order for iri, of in name.bearers if _takes(p, iri, of)]
        again = next((known for known, iri in fits if arguments.get(known) == iri), None)
        known, iri = next((fit for fit in fits if fit[0] not in arguments), (None, ""))
        if again or known:
            arguments.setdefault(known, iri) if known and not again else None
            spans.setdefault(again or known or "", []).append((name.start, name.end))
        elif not beside and (inner := _within(fits, arguments, names.above)):
            arguments[inner[0]] = inner[1]
            spans[inner[0]].append((name.start, name.end))
        else:  # one name too many: it is not clear which is meant
            arguments[fits[0][0]] = ""
            listed = listed or _is_code(name)
    codes = {iri for name in taken if _is_code(name) for iri, _ in name.bearers} if listed else set()
    kept = {name: iri for name, iri in arguments.items() if iri and iri not in codes}
    return kept, [span for name in kept for span in spans[name]]


def _within(
    fits: Sequence[tuple[str, str]], arguments: Mapping[str, str], above: Mapping[str, frozenset[str]]
) -> tuple[str, str] | None:
    """Return parameter and entity if a name is part of the one taken before, or contains it."""
    for parameter, iri in fits:
        before = arguments.get(parameter, "")
        if before in above.get(iri, ()):
            return parameter, iri
        if iri in above.get(before, ()):
            return parameter, before
    return None


def _takes(parameter: Parameter, iri: str, classes: frozenset[str]) -> bool:
    if parameter.type != "iri" or terms.local_name(iri) in parameter.plain:
        return False
    return CODE not in classes if parameter.cls is None else parameter.cls in classes


def in_words(way: Understanding, labels: Mapping[tuple[str, str], str], language: str) -> str:
    """Return the question that a way asks; arguments that its text does not mention follow in brackets."""
    said, others = way.question.summary[language], []
    for parameter in way.question.parameters:
        value = way.arguments.get(parameter.name, parameter.default)
        value = _NEWEST[language] if value == NEWEST else value
        name = labels.get((value or "", language)) or value or f"[{parameter.label[language]}]"
        if parameter.name in way.arguments and "{" + parameter.name + "}" not in said:
            others.append(
                f"{parameter.label[language]}: {name}" if language == "en" else f"{parameter.label[language]}：{name}"
            )
        said = said.replace("{" + parameter.name + "}", name)
    if not others:
        return said
    return f"{said} ({'; '.join(others)})" if language == "en" else f"{said}（{'、'.join(others)}）"


def command(way: Understanding, labels: Callable[[str], str] | None = None) -> str:
    """Return the command line for a way, including default values."""
    words = ["kg query", way.question.name]
    for parameter in way.question.parameters:
        value = way.arguments.get(parameter.name, parameter.default)
        if value is not None:
            shown = labels(value) if labels else terms.local_name(value)
            words.append(f'{parameter.option} "{shown}"' if " " in shown else f"{parameter.option} {shown}")
        elif parameter.name in way.missing:
            words.append(f"{parameter.option} …")
    return " ".join(words)
