"""Answer a question by its parts, or by the passages that speak of it, or say why there is no answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from kg.errors import UsageError
from kg.language.finish import finish
from kg.language.frames import Reading, read_as
from kg.language.parse import Asked
from kg.language.passages import Found, read_passages, search_passages
from kg.paths import read_query, read_texts
from kg.questions.answer import Answer
from kg.questions.catalogue import Question
from kg.questions.run import run
from kg.stores.embedded import Store
from kg.terms import Text

_TOPICS = read_query("language", "topics")
_YEARS = read_query("language", "printed-years")
_ENOUGH = 0.72  # share of the weight of a question that one passage must hold to be its answer
_IN_NOTES = 0.3  # for a reason or a definition, which only notes give


@dataclass(frozen=True)
class Read:
    """The answer to a question that was read by its parts, with the reading."""

    reading: Reading
    answer: Answer


def answer_by_parts(asked: Asked, questions: Sequence[Question], store: Store, language: str) -> Read | None:
    """Return the answer of the first reading that accounts for every word and finds something, or None."""
    for reading in read_as(asked, questions, topics(store), printed_years(store)):
        try:
            answer = run(reading.question, dict(reading.arguments), store, language)
            whole = None
            if reading.what == "share" and reading.frame.defaults:
                year = {k: v for k, v in reading.arguments.items() if k == "fiscalYear"}
                whole = run(reading.question, {**reading.frame.defaults, **year}, store, language)
            answer = finish(answer, reading, whole)
        except UsageError:
            continue
        if len(answer):
            return Read(reading, answer)
    return None


def topics(store: Store) -> Mapping[str, str]:
    """Return the strategy that is about a domain, by domain; the first one that is printed with lines."""
    found: dict[str, str] = {}
    for domain, strategy in store.select(_TOPICS).rows:
        if isinstance(domain, ox.NamedNode) and isinstance(strategy, ox.NamedNode):
            found.setdefault(domain.value, strategy.value)
    return found


def printed_years(store: Store) -> tuple[int, ...]:
    """Return the fiscal years of which figures are printed, in order."""
    return tuple(sorted(int(str(getattr(year, "value", 0))) for (year,) in store.select(_YEARS).rows))


def years_missing(asked: Asked, store: Store) -> Text | None:
    """Return the reason why there is no answer if a year is asked for that no document prints, or else None."""
    printed = printed_years(store)
    missing = [year for year in asked.years if year not in printed]
    if not missing:
        return None
    texts = read_texts("language")["refused"]["year"]
    known = ", ".join(map(str, sorted(printed)))
    return {language: texts[language].format(year=missing[0], known=known) for language in ("en", "ja")}


_KINDS = {"reason": ("Note",), "definition": ("Note", "ExpenseKind"), "date": ("Strategy", "Hub", "Measure", "Direction")}


def search(asked: Asked, store: Store) -> Found:
    """Return the passages that speak of what is asked; reasons and definitions stand in notes."""
    kinds = next((of for what, of in _KINDS.items() if what in asked.what), ())
    passages = [p for p in read_passages(store) if not kinds or p.cls.rsplit("#", 1)[-1] in kinds]
    return search_passages(asked.content or asked.text, passages, store, _IN_NOTES if kinds else _ENOUGH, asked.left)


def refusal(found: Found) -> Text:
    """Return why there is no answer: words that the documents do not contain, or that nothing fits."""
    texts = read_texts("language")["refused"]
    text = texts["unknown"] if found.unknown else texts["unfit"]
    said = {}
    for language in ("en", "ja"):
        words = ("、" if language == "ja" else ", ").join(found.unknown)
        said[language] = text[language].format(words=words)
    return said
