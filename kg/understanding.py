"""From free text, English or Japanese, to the stored question it means and the things it names."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from kg import terms
from kg.answers import Answer, run
from kg.likeness import STOP, Wording, compare, features, weights, wording
from kg.named import CODE, Named, find_named, fold, mend, narrowest, take_identifier, take_years, vocabulary
from kg.store import Store
from kg.stored import Parameter, Question, catalogue

SURE, CLEAR, COVERED = 0.55, 0.03, 0.6  # the least score, lead over the next, and share of the text that is understood
_MISSING = 0.1  # what a way loses for each thing that it needs and the text does not name


@dataclass(frozen=True)
class Understanding:
    """One way to understand a text: a stored question, its arguments, how well it fits, and what it still needs.

    `score` runs from 0 to 1, `cover` is the share of the text's telling words that the question knows.
    """

    question: Question
    arguments: dict[str, str]
    score: float
    missing: tuple[str, ...] = ()
    cover: float = 1.0


@dataclass(frozen=True)
class Reply:
    """What `ask` returns: how the text was understood, and the answer; when unsure, no answer but the nearest ways."""

    ways: tuple[Understanding, ...]
    answer: Answer | None

    @property
    def understood(self) -> Understanding | None:
        """The way that was taken, or None when unsure."""
        return self.ways[0] if self.answer is not None else None


def ask(text: str, store: Store, language: str | None = None) -> Reply:
    """Return the answer to a question in free text, or the three nearest ways to understand it when unsure.

    Without a language, a text with Japanese characters is answered in Japanese.
    """
    chosen = language or language_of_text(text)
    ways = understand(text, catalogue(), store)
    if not sure(ways):
        return Reply(tuple(ways[:3]), None)
    best = ways[0]
    return Reply(tuple(ways[:3]), run(best.question, best.arguments, store, chosen))


def language_of_text(text: str) -> str:
    """Return `ja` for a text with Japanese characters, else `en`."""
    return "ja" if re.search(r"[\u3040-\u9fff]", text) else "en"


def understand(text: str, questions: Sequence[Question], store: Store) -> list[Understanding]:
    """Return the ways to understand `text`, best first; the first is to be trusted only when `sure` says so."""
    wordings = {q.name: [wording(p) for p in phrases(q)] for q in questions}
    names = vocabulary({p.cls for q in questions for p in q.parameters if p.cls}, store)
    said = {w for q in questions for p in phrases(q) for w in re.findall(r"[a-z]+", fold(p))}
    folded = mend(fold(text), names.words | said | STOP)
    named = find_named(folded, names.labels, STOP)
    idf = weights(list(wordings.values()))
    ways = [_fit(q, text, folded, named, names.sizes, wordings[q.name], idf) for q in questions]
    return sorted(ways, key=lambda way: (-way.score, way.question.name))


def sure(ways: Sequence[Understanding]) -> bool:
    """Return whether the best way fits well, clearly better than the next, with nothing missing."""
    if not ways or ways[0].score < SURE or ways[0].cover < COVERED or ways[0].missing:
        return False
    return len(ways) == 1 or ways[0].score - ways[1].score >= CLEAR


def phrases(question: Question) -> list[str]:
    """Return the wordings by which a question is known: its summaries and its own phrases."""
    return [*question.summary.values(), *question.ask]


def _fit(
    question: Question,
    original: str,
    folded: str,
    named: Sequence[Named],
    sizes: Mapping[str, int],
    known: Sequence[Wording],
    idf: dict[str, float],
) -> Understanding:
    arguments, spans = _take_named(question, named, sizes)
    rest = list(folded)
    for start, end in spans:
        rest[start:end] = " " * (end - start)
    years, text = take_years("".join(rest))
    free = [p for p in question.parameters if p.type == "year" and p.name not in arguments]
    if years and free and len(set(years)) == 1:
        arguments[free[0].name] = str(years[0])
        text = text.replace("#", " ")
    slots = frozenset(arguments) - {p.name for p in free}
    for p in question.parameters:
        if p.type == "text" and (identifier := take_identifier(original)):
            arguments[p.name] = identifier
            text = text.replace(fold(identifier), " ")
    required = frozenset(p.name for p in question.parameters if p.required)
    missing = tuple(sorted(r for r in required - set(arguments) if _default(question, r) is None))
    like = compare(features(text), slots, known, idf)
    score = max(like.score - _MISSING * len(missing), 0.0)
    return Understanding(question, arguments, round(score, 4), missing, round(like.cover, 4))


def _default(question: Question, name: str) -> str | None:
    parameter = question.parameter(name)
    return parameter.default if parameter else None


def _take_named(
    question: Question, named: Sequence[Named], sizes: Mapping[str, int]
) -> tuple[dict[str, str], list[tuple[int, int]]]:
    """Return the arguments that the names fill, and where these names stand.

    Of names that overlap the longest that fits is taken; each goes to the parameter whose class is narrowest, in the
    order of the text. What no parameter takes stays text.
    """
    taken: list[Named] = []
    for name in named:
        clear = not any(name.start < other.end and other.start < name.end for other in taken)
        if clear and any(_takes(p, of) for p in question.parameters for _, of in name.bearers):
            taken.append(name)
    arguments: dict[str, str] = {}
    spans: list[tuple[int, int]] = []
    order = sorted(question.parameters, key=lambda p: narrowest(sizes, p.cls))
    for name in sorted(taken, key=lambda n: n.start):
        fits = ((p, iri) for p in order if p.name not in arguments for iri, of in name.bearers if _takes(p, of))
        if (fit := next(fits, None)) is not None and fit[1] not in arguments.values():
            arguments[fit[0].name] = fit[1]
        if fit is not None or any(iri in arguments.values() for iri, _ in name.bearers):
            spans.append((name.start, name.end))
    return arguments, spans


def _takes(parameter: Parameter, classes: frozenset[str]) -> bool:
    if parameter.type != "iri":
        return False
    return CODE not in classes if parameter.cls is None else parameter.cls in classes


def command(way: Understanding, labels: Callable[[str], str] | None = None) -> str:
    """Return the command line that asks what was understood."""
    words = ["kg query", way.question.name]
    for name, value in way.arguments.items():
        parameter = way.question.parameter(name)
        shown = labels(value) if labels else terms.local_name(value)
        quoted = f'"{shown}"' if " " in shown else shown
        words.append(f"{parameter.option if parameter else name} {quoted}")
    words += [f"{p.option} …" for p in way.question.parameters if p.name in way.missing]
    return " ".join(words)
