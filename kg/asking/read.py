"""Answer a question by its parts, or by the passages that speak of it, or say why there is no answer."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from kg.asking.finish import finish
from kg.asking.frames import Known, Reading, read_as
from kg.asking.parse import Asked
from kg.asking.passages import Found, read_passages, search_passages
from kg.errors import UsageError
from kg.paths import read_query, read_texts
from kg.questions.answer import Answer, labels_of
from kg.questions.catalogue import Question
from kg.questions.run import run
from kg.stores.embedded import Store
from kg.terms import Text

_KINDS_BESIDE = read_query("asking", "kinds")
_YEARS = read_query("asking", "printed-years")
_ENOUGH = 0.72  # share of the weight of a question that one passage must hold to be its answer
_DATE_ENOUGH = 0.5
_IN_NOTES = 0.38  # for a reason or a definition, which only notes give


@dataclass(frozen=True)
class Read:
    """The answer to a question that was read by its parts, with the reading."""

    reading: Reading
    answer: Answer


def answer_by_parts(
    asked: Asked, questions: Sequence[Question], store: Store, language: str, above: Mapping[str, frozenset[str]]
) -> Read | None:
    """Return the answer of the first reading that accounts for every word and finds something, or None."""
    known = Known(others(store), above, printed_years(store))
    for reading in read_as(asked, questions, known):
        try:
            answer = run(reading.question, dict(reading.arguments), store, language)
            whole = None
            if reading.what == "share" and reading.frame.defaults and not reading.things:
                year = {k: v for k, v in reading.arguments.items() if k == "fiscalYear"}
                whole = run(reading.question, {**reading.frame.defaults, **year}, store, language)
            answer = finish(answer, reading, whole)
        except UsageError:
            continue
        if len(answer):
            return Read(reading, answer)
    return None


def others(store: Store) -> Mapping[str, Mapping[str, str]]:
    """Return by kind what entities stand for beside their own kind: the first of several."""
    found: dict[str, dict[str, str]] = {}
    for thing, kind, other in store.select(_KINDS_BESIDE).rows:
        if isinstance(thing, ox.NamedNode) and isinstance(other, ox.NamedNode):
            found.setdefault(str(getattr(kind, "value", "")), {}).setdefault(thing.value, other.value)
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
    texts = read_texts("asking")["refused"]["year"]
    known = ", ".join(map(str, sorted(printed)))
    return {language: texts[language].format(year=missing[0], known=known) for language in ("en", "ja")}


_FIGURES = {"amount", "sum", "share", "difference", "rank"}
_ROUNDING = " rounding 四捨五入"  # the usual reason why figures do not add up
_NUMBER = re.compile(r"[0-9]")
_DATED = re.compile(r"[0-9]{4}|年")
_KINDS = {"reason": ("Note",), "definition": ("Note", "ExpenseKind")}


def search(asked: Asked, store: Store) -> Found:
    """Return the passages that speak of what is asked; reasons and definitions stand in notes first of all."""
    everything = read_passages(store)
    iris = {iri for name in asked.names for iris in name.iris.values() for iri in iris}
    labels = labels_of(store, [[ox.NamedNode(iri) for iri in sorted(iris)]])
    text = asked.content or asked.text
    if "definition" in asked.what:  # a term is defined under its own name
        text = " ".join([text, *(label for _, label in sorted(labels.items()))])
    if {"reason", "sum"} <= asked.what:
        text += _ROUNDING
    if "count" in asked.what:
        everything = tuple(p for p in everything if _NUMBER.search(p.says["en"]))
    for what, kinds in _KINDS.items():
        if what in asked.what:
            notes = [p for p in everything if p.cls.rsplit("#", 1)[-1] in kinds]
            found = search_passages(text, notes, everything, store, _IN_NOTES, (*asked.left, *asked.beside))
            if found.enough or what == "reason":
                return found
    if "count" in asked.what:  # of what is counted a passage must speak in its own words
        words = [word[:-1] for word in (*asked.left, *asked.beside) if word.isascii()]
        everything = tuple(p for p in everything if all(word in p.says["en"].casefold() for word in words))
    passages = [p for p in everything if _DATED.search(p.says["ja"])] if "date" in asked.what else everything
    enough = 2.0 if asked.what & _FIGURES or "total" in asked.topics else _ENOUGH  # a passage is no figure
    return search_passages(
        text,
        passages,
        everything,
        store,
        _DATE_ENOUGH if "date" in asked.what else enough,
        (*asked.left, *asked.beside),
    )


def refusal(found: Found) -> Text:
    """Return why there is no answer: words that the documents do not contain, or that nothing fits."""
    texts = read_texts("asking")["refused"]
    text = texts["unknown"] if found.unknown else texts["unfit"]
    said = {}
    for language in ("en", "ja"):
        words = ("、" if language == "ja" else ", ").join(found.unknown)
        said[language] = text[language].format(words=words)
    return said
