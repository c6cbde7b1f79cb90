"""Search what the documents say: names, descriptions, notes, dates and printed forms, each with its page and line."""

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from kg.language.names import fold
from kg.language.similarity import features
from kg.paths import read_query, read_texts
from kg.questions.answer import Answer, columns_from, labels_of
from kg.rdf.nodes import Term
from kg.stores.embedded import Store
from kg.terms import Text

_PASSAGES = read_query("asking", "passages")
_CONTEXT = 0.5  # what a word counts that stands only in the heading above
_LIMIT = 5
_HELD, _MOST = (
    0.45,
    0.75,
)  # a lower share is enough for a passage that has all unknown words; of a word, most of its pairs
NAMES_ONLY = ("Mention", "DomainEntry", "StrategyPart", "Hub")  # these name an entity and say nothing of it
_KANA = re.compile(r"[\u3041-\u309f]")


@dataclass(frozen=True)
class Passage:
    """One entity that a document says: its own words, those of the headings above, and what is shown of it."""

    thing: str
    cls: str
    source: str
    own: frozenset[str]
    context: frozenset[str]
    says: Mapping[str, str]


@dataclass(frozen=True)
class Found:
    """The nearest passages as an answer, the share of the question that the first one holds, and the unknown words."""

    answer: Answer
    share: float
    unknown: tuple[str, ...]
    enough: bool


def read_passages(store: Store) -> tuple[Passage, ...]:
    """Return everything that the documents say, by entity."""
    texts: dict[tuple[str, str, str], list[tuple[str, str, str]]] = defaultdict(list)
    for row in store.select(_PASSAGES).rows:
        said, role = row[3], row[4]
        key = (_value(row[0]), _value(row[1]), _value(row[2]))
        texts[key].append((_value(role), _value(said), getattr(said, "language", None) or ""))
    found = []
    for (thing, cls, source), parts in sorted(texts.items()):
        own = frozenset(f for role, text, _ in parts if role != "context" for f in features(fold(text)))
        context = frozenset(f for role, text, _ in parts if role == "context" for f in features(fold(text)))
        found.append(Passage(thing, cls, source, own, context, _says(parts)))
    return tuple(found)


def _says(said: Iterable[tuple[str, str, str]]) -> dict[str, str]:
    """Return in both languages what is shown of an entity: description, printed form, date and note."""
    lines: dict[str, str] = {}
    for language in ("en", "ja"):
        parts = [
            text
            for wanted in ("says", "printed", "date", "note")
            for role, text, of in said
            if role == wanted and of in ("", language)
        ]
        lines[language] = (" " if language == "en" else "").join(dict.fromkeys(parts))
    return lines


def _value(term: Term | None) -> str:
    return str(getattr(term, "value", ""))


def search_passages(
    text: str,
    passages: Iterable[Passage],
    everything: Iterable[Passage],
    store: Store,
    enough: float,
    words: Iterable[str] = (),
    names_only: tuple[str, ...] = NAMES_ONLY,
) -> Found:
    """Return the passages that hold most of the words of a text, weighted by how rare they are.

    Passages of the classes `names_only` are no answers. A share of at least `enough` makes the first one an answer,
    unless a word of `words` stands nowhere in `everything`.
    """
    known = list(passages)
    asked = _features(text)
    number = {f: sum(f in p.own or f in p.context for p in known) for f in asked}
    weight = {f: _base(f) * math.log(1 + len(known) / max(n, 1)) for f, n in number.items()}
    total = sum(weight.values()) or 1.0

    def score(p: Passage) -> float:
        held = sum(w for f, w in weight.items() if f in p.own)
        above = sum(w for f, w in weight.items() if f not in p.own and f in p.context)
        return (held + _CONTEXT * above) / total

    ranked = sorted(((score(p), p) for p in known), key=lambda each: (-each[0], each[1].source, each[1].thing))
    best = [(s, p) for s, p in ranked[:_LIMIT] if s > 0]
    rows = tuple(
        (ox.NamedNode(p.thing), ox.Literal(p.says["en"]), ox.Literal(p.says["ja"]), ox.NamedNode(p.source))
        for _, p in best
    )
    columns = columns_from(read_texts("asking")["columns"]["passages"])
    labels = labels_of(store, rows)
    every = frozenset().union(*(p.own | p.context for p in everything))
    unknown = tuple(word for word in words if not _features(word) & every)
    answer = Answer("passages", {}, columns, rows, _sentence(best, labels), labels=labels)
    share = best[0][0] if best else 0.0
    says = bool(best) and not best[0][1].cls.endswith(names_only)  # a name in passing says nothing of the entity
    held = _HELD if enough <= 1 and _holds(best, words) else enough
    return Found(answer, share, unknown, share >= min(enough, held) and not unknown and says)


def _holds(best: Sequence[tuple[float, Passage]], words: Iterable[str]) -> bool:
    """Return whether the first passage has every word that nothing else in a text accounts for."""
    asked = [_features(word) for word in words]
    there = best[0][1].own | best[0][1].context if best else frozenset()
    return bool(asked) and all(fs and len(fs & there) >= _MOST * len(fs) for fs in asked)


def _features(text: str) -> frozenset[str]:
    """Return the features of a text that speak of something: no pairs with hiragana, no years."""
    return frozenset(f for f in features(text) if f.isascii() or not _KANA.search(f)) - {"howmuch", "#", "years"}


def _base(feature: str) -> float:
    return 1.0 if feature.isascii() else 0.4


def _sentence(best: Iterable[tuple[float, Passage]], labels: Mapping[tuple[str, str], str]) -> Text:
    first = next((p for _, p in best), None)
    texts = read_texts("asking")["passages"]
    if first is None:
        return {language: texts["none"][language] for language in ("en", "ja")}
    return {
        language: _line(first.thing, first.says[language], first.source, labels, language) for language in ("en", "ja")
    }


def _line(thing: str, says: str, source: str, labels: Mapping[tuple[str, str], str], language: str) -> str:
    texts = read_texts("asking")["passages"]
    name = labels.get((thing, language)) or labels.get((thing, "en"), "")
    place = labels.get((source, language)) or labels.get((source, "en"), "")
    return str((texts["found"] if says else texts["named"])[language].format(name=name, says=says, place=place))


def passage_lines(answer: Answer, language: str) -> list[str]:
    """Return the passages of an answer in words, one a line."""
    at = 1 if language == "en" else 2
    return [_line(_value(row[0]), _value(row[at]), _value(row[3]), answer.labels, language) for row in answer.rows]
