"""Answer a question by its parts, or by the passages that speak of it, or say why there is no answer."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import pyoxigraph as ox

from kg.asking.finishing.beside import side_by_side
from kg.asking.finishing.finish import finish
from kg.asking.finishing.rows import Rows, with_pages
from kg.asking.fitting import read_as
from kg.asking.frames import Known, Reading
from kg.asking.passages import NAMES_ONLY, Found, read_passages, search_passages
from kg.asking.words.parse import Asked
from kg.errors import UsageError
from kg.paths import read_query, read_texts
from kg.questions.answer import Answer, labels_of, text_of
from kg.questions.catalogue import Question
from kg.questions.run import run
from kg.stores.embedded import Store
from kg.terms import Text

_KINDS_BESIDE = read_query("asking", "kinds")
_YEARS = read_query("asking", "printed-years")
_ENOUGH = 0.72  # share of the weight of a question that one passage must hold to be its answer
_SPARE, _NEAREST = 2, 2  # cues and names without a place in a near reading, and how many of these are shown
_NEVER = 2.0
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
    no_total: Reading | None = None
    for reading in read_as(asked, questions, known):
        found = answer_of(reading, store, language)
        if found is None and _seeks_total(reading):
            no_total = no_total or reading
        if found is not None:
            return Read(reading, _without_total(found, no_total, store) if no_total and found.working else found)
    return None


def nearly_read(
    asked: Asked, questions: Sequence[Question], store: Store, language: str, above: Mapping[str, frozenset[str]]
) -> list[Read]:
    """Return the answers of readings that leave a cue or a name without a place, the nearest first, two at most."""
    known = Known(others(store), above, printed_years(store))
    found: dict[str, Read] = {}
    for reading in read_as(asked, questions, known, _SPARE):
        if reading.question.name not in found and (answer := answer_of(reading, store, language)) is not None:
            found[reading.question.name] = Read(reading, answer)
        if len(found) == _NEAREST:
            break
    return list(found.values())


def answer_of(reading: Reading, store: Store, language: str) -> Answer | None:
    """Return the finished answer of a reading, or None if it finds nothing or is refused."""
    try:
        if reading.beside:
            return _beside(reading, store, language)
        answer = finish(run(reading.question, dict(reading.arguments), store, language), reading)
        if reading.what == "share":
            answer = run(reading.question, dict(reading.arguments), store, language)
            answer = finish(answer, reading, _wholes(reading, store, language))
    except UsageError:
        return None
    if answer.working is not None and any(not name.is_a("phase") for name in reading.asked.without):
        return None  # nothing is left out of a sum with its working
    if not len(answer) or not shows(answer, _sought(reading)):
        return None
    return with_pages(answer) if "place" in reading.asked.what else answer


def shows(answer: Answer, sought: Iterable[str]) -> bool:
    """Return whether an answer has all of some figures, in its sentence or in its rows."""
    rows = Rows(answer)
    said = [*answer.sentence.values(), *(rows.cells(row, lang) for row in answer.rows for lang in answer.sentence)]
    said += [getattr(cell, "value", "") for row in answer.rows for cell in row]
    text = " ".join(said).replace(",", "")
    return all(re.search(rf"(?<![0-9.]){re.escape(one.replace(',', ''))}(?![0-9.]*[0-9])", text) for one in sought)


def _sought(reading: Reading) -> list[str]:
    """Return the figures that an answer has to show: those that are no bounds, and years that are no fiscal years."""
    asked = reading.asked
    figures = [] if "yesno" in asked.what else asked.figures
    return [*figures, *(() if reading.frame.dated else map(str, asked.years))]


def _beside(reading: Reading, store: Store, language: str) -> Answer | None:
    """Return the answers of a reading for each of the values that it sets side by side, as one."""
    ((parameter, values),) = reading.beside.items()
    what = "share" if "share" in reading.asked.what and "share" in reading.frame.what else "amount"
    alone = replace(reading, beside={}, what=what)
    answers = {}
    for value in values:
        one = answer_of(replace(alone, arguments={**reading.arguments, parameter: value}), store, language)
        if one is not None:
            answers[value] = one
    if len(answers) < len(values):
        return None
    return side_by_side(answers, reading, labels_of(store, [[ox.NamedNode(value) for value in values]]))


def _wholes(reading: Reading, store: Store, language: str) -> list[Answer]:
    """Return what a share may be taken of: the same without what narrows it, all at once or, of several, one by one."""
    usual, given = reading.frame.defaults, reading.arguments
    narrowing = dict.fromkeys(reading.frame.kinds.values())
    narrowed = [name for name in narrowing if name in given and _local(given[name]) != usual.get(name)]
    if not narrowed or (reading.frame.thing and not reading.things):
        return []
    kept = {name: value for name, value in reading.arguments.items() if name not in narrowed}
    each = [{**kept, **usual, **{n: reading.arguments[n]}} for n in narrowed] if len(narrowed) > 1 else []
    asked = [{**usual, **kept}, *each]
    return [run(reading.question, arguments, store, language) for arguments in asked]


def _local(iri: str) -> str:
    return iri.rsplit("/", 1)[-1]


def _seeks_total(reading: Reading) -> bool:
    return reading.question.name == "strategy-totals" and "total" in reading.asked.topics


def _without_total(answer: Answer, reading: Reading, store: Store) -> Answer:
    """Return an answer that says before all that no total is printed for what is asked."""
    things = [ox.NamedNode(v) for v in reading.arguments.values() if v.startswith("http")]
    labels = labels_of(store, [things])
    text = read_texts("asking")["finish"]["no-total"]
    said = {
        language: text[language].format(name=text_of(things[0], labels, language), sentence=answer.sentence[language])
        for language in ("en", "ja")
    }
    return replace(answer, sentence=said)


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
_UNEQUAL = re.compile(r"\b(?:match|add up|tally|agree|reconcile)|合わ(?:ない|ず|ん)|合い?ません|一致し|ずれ")
_YES_NO = re.compile(r"(?:is|are|was|were|do|does|did|has|have|can|could|will)\b")
_SEVERAL = re.compile(
    r"\b(?:which|list|name|all|every|enumerate)\b.*?\b[a-z]{3,}s\b|すべて|全て|全部|列挙|一覧|リスト|それぞれ|どれとどれ"
)
_NUMBER, _FIGURE = re.compile(r"(?<![※0-9])[0-9]"), re.compile(r"[0-9][0-9,.]+")
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
    unequal = "sum" in asked.what or len(_FIGURE.findall(asked.text)) > 1 or _UNEQUAL.search(asked.text)
    if "reason" in asked.what and unequal:
        text += _ROUNDING
    if "count" in asked.what:
        everything = tuple(p for p in everything if _NUMBER.search(p.says["en"]))
    for what, kinds in _KINDS.items():
        if what in asked.what and not asked.what & {"share", "difference", "rank"}:
            notes = [p for p in everything if p.cls.rsplit("#", 1)[-1] in kinds]
            found = search_passages(text, notes, everything, store, _IN_NOTES, (*asked.left, *asked.beside))
            if found.enough:
                return found
            if what == "reason":  # other passages may say it, but never for certain
                said = [p for p in everything if not p.cls.endswith("Mention")]
                return search_passages(text, said, everything, store, _NEVER, (*asked.left, *asked.beside))
    if "count" in asked.what:  # of what is counted a passage must speak in its own words
        words = [word[:-1] for word in (*asked.left, *asked.beside) if word.isascii()]
        everything = tuple(p for p in everything if all(word in p.says["en"].casefold() for word in words))
    passages = [p for p in everything if _DATED.search(p.says["ja"])] if "date" in asked.what else everything
    if _YES_NO.match(asked.text) and asked.what <= {"amount", "yesno"} and asked.left:
        asked = replace(asked, what=asked.what - {"amount"})  # whether a cost is counted, not how much it is
    several = _SEVERAL.search(asked.text) is not None  # one passage is no list
    enough = (
        _NEVER if several or asked.what & _FIGURES or "total" in asked.topics else _ENOUGH
    )  # a passage is no figure
    return search_passages(
        text,
        passages,
        everything,
        store,
        _DATE_ENOUGH if "date" in asked.what else enough,
        (*asked.left, *asked.beside),
        ("Mention",) if "place" in asked.what else NAMES_ONLY,
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
