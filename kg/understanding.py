"""From free text, English or Japanese, to the stored question it means and the things it names."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from kg import terms
from kg.answers import Answer, run
from kg.store import Store
from kg.stored import Parameter, Question, catalogue

SURE, CLEAR = 0.42, 0.03
_LABELS = """
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
SELECT DISTINCT ?thing ?label ?class
WHERE {
  { ?thing skos:prefLabel ?label } UNION { ?thing skos:altLabel ?label }
  ?thing a ?class .
  FILTER(STRSTARTS(STR(?class), "https://w3id.org/innovation-strategy/ontology#"))
}
"""
_ERAS = {"令和": 2018, "平成": 1988, "r": 2018, "h": 1988}
_STOP = frozenset(
    ["a", "an", "and", "are", "as", "at", "be", "by", "can", "do", "does", "for", "from", "give", "have", "how", "i", "in", "is", "it", "list", "me", "much", "many", "of", "on", "or", "please", "show", "tell", "that", "the", "their", "there", "they", "this", "to", "was", "we", "were", "what", "which", "who", "whom", "whose", "why", "with", "you", "all", "any", "get"]
)
_JA_STOP = re.compile(r"[\s、。，．？?！!「」『』（）()・:：/]+|ください|教えて|について|とは|ですか|ますか|でしょうか")


@dataclass(frozen=True)
class Named:
    """One thing that the text names: its IRI, the classes it is of, where it stands in the folded text."""

    iri: str
    classes: frozenset[str]
    label: str
    start: int
    end: int


@dataclass(frozen=True)
class Understanding:
    """One way to understand a text: a stored question, its arguments, and how well it fits (0 to 1)."""

    question: Question
    arguments: dict[str, str]
    score: float
    missing: tuple[str, ...] = field(default=())


def fold(text: str) -> str:
    """Return a text as it is compared: NFKC, lower case, hyphens and dots between words as spaces.

    >>> fold("Quantum-Security　の事業")
    'quantum security の事業'
    """
    plain = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(re.sub(r"(?<=[a-z0-9])[-–_/](?=[a-z0-9])", " ", plain).split())


def understand(text: str, questions: Sequence[Question], store: Store) -> list[Understanding]:
    """Return the ways to understand `text`, best first; the first is to be trusted only when `sure` says so."""
    folded = fold(text)
    named = find_named(folded, labels_of(store))
    years, rest = take_years(_blank(folded, named))
    weights = _weights(questions)
    ways = [_fit(question, rest, named, years, weights) for question in questions]
    return sorted(ways, key=lambda way: (-way.score, way.question.name))


def sure(ways: Sequence[Understanding]) -> bool:
    """Return whether the best way fits well, clearly better than the next, with nothing missing."""
    if not ways or ways[0].score < SURE or ways[0].missing:
        return False
    return len(ways) == 1 or ways[0].score - ways[1].score >= CLEAR


def labels_of(store: Store) -> dict[str, list[tuple[str, frozenset[str]]]]:
    """Return folded label → the things that bear it, each with its classes (inferred ones included)."""
    classes: dict[str, set[str]] = {}
    bearers: dict[str, set[str]] = {}
    for thing, label, cls in store.select(_LABELS).rows:
        if thing is None or label is None or cls is None:
            continue
        iri = str(thing)[1:-1]
        classes.setdefault(iri, set()).add(str(cls)[1:-1])
        bearers.setdefault(fold(_value(label)), set()).add(iri)
    return {label: [(i, frozenset(classes[i])) for i in sorted(iris)] for label, iris in bearers.items()}


def _value(term: object) -> str:
    return str(getattr(term, "value", term))


def find_named(text: str, labels: dict[str, list[tuple[str, frozenset[str]]]]) -> list[Named]:
    """Return the things whose labels stand in the text, longest label first, none over another.

    A word that is no label but is spelt nearly like one counts as that label.
    """
    found: list[Named] = []
    taken = [False] * len(text)

    def take(label: str, start: int, end: int) -> None:
        if any(taken[start:end]):
            return
        taken[start:end] = [True] * (end - start)
        found.extend(Named(iri, classes, label, start, end) for iri, classes in labels[label])

    for label in sorted(labels, key=lambda known: (-len(known), known)):
        if len(label) < 2 or label in _STOP or label == "us":
            continue
        edge = r"(?<![a-z0-9])", r"(?:s|'s)?(?![a-z0-9])"
        ascii_ends = label[0].isascii(), label[-1].isascii()
        pattern = (edge[0] if ascii_ends[0] else "") + re.escape(label) + (edge[1] if ascii_ends[1] else "")
        for match in re.finditer(pattern, text):
            take(label, match.start(), match.end())
    for start, end, label in _misspelt(text, taken, labels):
        take(label, start, end)
    return sorted(found, key=lambda n: (n.start, n.iri))


def _misspelt(text: str, taken: list[bool], labels: Iterable[str]) -> list[tuple[int, int, str]]:
    words = [m for m in re.finditer(r"[a-z0-9]+", text) if not taken[m.start()]]
    known = [label for label in labels if len(label) >= 5 and label.isascii()]
    near: list[tuple[float, int, int, str]] = []
    for size in (4, 3, 2, 1):
        for i in range(len(words) - size + 1):
            start, end = words[i].start(), words[i + size - 1].end()
            span = text[start:end]
            if len(span) < 5 or any(taken[start:end]) or (size == 1 and span in _STOP):
                continue
            matcher = SequenceMatcher(b=span, autojunk=False)
            for label in known:
                if abs(len(label) - len(span)) > 3 or label.count(" ") != size - 1:
                    continue
                matcher.set_seq1(label)
                if matcher.quick_ratio() >= 0.85 and (ratio := matcher.ratio()) >= 0.85:
                    near.append((ratio, start, end, label))
    near.sort(key=lambda hit: (-hit[0], -(hit[2] - hit[1]), hit[1], hit[3]))
    return [(start, end, label) for _, start, end, label in near]


def _blank(text: str, named: Sequence[Named]) -> str:
    chars = list(text)
    for n in named:
        chars[n.start : n.end] = "\x00" * (n.end - n.start)
    return "".join(chars)


def take_years(text: str) -> tuple[list[int], str]:
    """Return the years that the text names (令和 and 平成 converted) and the text without them.

    >>> take_years("令和2年度の予算")
    ([2020], ' の予算')
    """
    years: list[int] = []

    def era(match: re.Match[str]) -> str:
        years.append(_ERAS[match[1]] + (1 if match[2] == "元" else int(match[2])))
        return " "

    def plain(match: re.Match[str]) -> str:
        years.append(int(match[1]))
        return " "

    text = re.sub(r"(令和|平成)\s*(元|[0-9]{1,2})\s*年?度?", era, text)
    text = re.sub(r"(?<![a-z0-9])([rh])([0-9]{1,2})(?:年度)?(?![a-z0-9])", era, text)
    text = re.sub(
        r"(?:(?<![a-z0-9])(?:fy|fiscal year|fiscal|in)\s*)?(?<![0-9])((?:19|20)[0-9]{2})(?![0-9])\s*(?:年度|年)?",
        plain,
        text,
    )
    return years, text


def _stem(word: str) -> str:
    word = {"programmes": "programme", "programs": "programme", "program": "programme"}.get(word, word)
    for ending, kept in (("ies", "y"), ("sses", "ss"), ("ing", ""), ("ed", ""), ("s", "")):
        if word.endswith(ending) and len(word) - len(ending) + len(kept) >= 3 and not word.endswith("ss"):
            return word[: len(word) - len(ending)] + kept
    return word


def features(text: str) -> Counter[str]:
    """Return what a text is compared by: stems of English words, pairs of Japanese characters, slots."""
    folded = fold(text)
    found = Counter(re.findall(r"\{\w+\}", folded))
    folded = re.sub(r"\{\w+\}", " ", folded)
    found.update(_stem(w) for w in re.findall(r"[a-z][a-z0-9&']*", folded) if w not in _STOP)
    for run in re.findall(r"[\u3040-\u30ff\u3400-\u9fff々ー]+", _JA_STOP.sub(" ", folded)):
        content = re.sub(r"[\u3041-\u3096]", " ", run)
        found.update(piece[i : i + 2] for piece in content.split() for i in range(max(1, len(piece) - 1)))
    return found


def phrases(question: Question) -> list[str]:
    """Return the wordings by which a question is known: its summaries and its own phrases."""
    return [*question.summary.values(), *question.ask]


def _weights(questions: Sequence[Question]) -> dict[str, float]:
    seen: Counter[str] = Counter()
    for question in questions:
        seen.update(set().union(*(features(p) for p in phrases(question))))
    return {f: math.log(1 + len(questions) / n) for f, n in seen.items()}


def _fit(
    question: Question, rest: str, named: Sequence[Named], years: Sequence[int], weights: dict[str, float]
) -> Understanding:
    arguments, slots, unused = _arguments(question, named, years)
    asked = features(rest)
    best = max(_likeness(asked + slots, features(p), weights) for p in phrases(question))
    missing = tuple(p.name for p in question.parameters if p.required and p.name not in arguments and p.default is None)
    score = best - 0.12 * unused - 0.15 * len(missing)
    return Understanding(question, arguments, round(max(score, 0.0), 4), missing)


def _arguments(
    question: Question, named: Sequence[Named], years: Sequence[int]
) -> tuple[dict[str, str], Counter[str], int]:
    arguments: dict[str, str] = {}
    slots: Counter[str] = Counter()
    spans = sorted({(n.start, n.end) for n in named})
    unused = 0
    for span in spans:
        here = [n for n in named if (n.start, n.end) == span]
        chosen = next(
            ((p, n) for p in question.parameters if p.name not in arguments for n in here if _takes(p, n)), None
        )
        if chosen is None:
            unused += 1
        else:
            arguments[chosen[0].name] = chosen[1].iri
            slots[f"{{{chosen[0].name.lower()}}}"] += 1
    for year in years:
        parameter = next((p for p in question.parameters if p.type == "year" and p.name not in arguments), None)
        if parameter is None:
            unused += 1
        else:
            arguments[parameter.name] = str(year)
    return arguments, slots, unused


def _takes(parameter: Parameter, named: Named) -> bool:
    return parameter.type == "iri" and (
        parameter.cls is None or parameter.cls in {terms.shorten(c) for c in named.classes} | named.classes
    )


def _likeness(asked: Counter[str], phrase: Counter[str], weights: dict[str, float]) -> float:
    def weigh(bag: Counter[str]) -> float:
        return sum(weights.get(f, 1.0) * min(n, 2) for f, n in bag.items())

    slots = Counter({f: n for f, n in phrase.items() if f.startswith("{")})
    body = phrase - slots + Counter({f: n for f, n in slots.items() if f in asked})
    total = weigh(asked) + weigh(body)
    return 2 * weigh(asked & phrase) / total if total else 0.0


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
    chosen = language or ("ja" if re.search(r"[\u3040-\u9fff]", text) else "en")
    ways = understand(text, catalogue(), store)
    if not sure(ways):
        return Reply(tuple(ways[:3]), None)
    best = ways[0]
    return Reply(tuple(ways[:3]), run(best.question, best.arguments, store, chosen))


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
