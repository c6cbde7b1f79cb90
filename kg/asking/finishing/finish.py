"""Finish an answer as the question asks: of its rows the count, share, sum, difference, rank, or those that lead."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from kg.asking.finishing.conditions import NO_REPEATS, conditions
from kg.asking.finishing.places import figure_of, following, ordinal, rank, share
from kg.asking.finishing.rows import LANGUAGES, Row, Rows, distinct, say, texts
from kg.asking.frames import Reading
from kg.money.interval import both_units
from kg.questions.answer import Answer
from kg.questions.refine import Refinement, refine
from kg.terms import agreeing

_OF_ALL = ("compare", "difference", "ratio", "sum")  # what takes all the entities that are named
_SYSTEMS = re.compile(r"wikidata|crossref|\bror\b|isni|grid|corporate|法人番号")
_FIRST = ("top", "bottom", "change", "next", "rank")  # what comes with a number of rows
_FEW, _SOME = 5, 8  # rows in a sentence: with their figures, and in a few words


def finish(answer: Answer, reading: Reading, wholes: Sequence[Answer] = ()) -> Answer:
    """Return the answer with the rows that a reading means, and a sentence that says what was asked.

    `wholes` are what a share is taken of, besides the sum of the answer itself.
    """
    if answer.working is not None or not len(answer):
        return replace(answer, rows=()) if reading.asked.bounds else answer
    kept = _about(answer, reading.things)
    if not {answer.outline.figure, "now"} & {c.name for c in answer.columns} and reading.what != "count":
        named = enriched(_examples(of_systems(kept, reading.asked.text), reading))
        return replace(kept, rows=()) if reading.asked.bounds else named
    chosen = conditions(kept, reading)
    if not len(chosen) or (reading.what in _OF_ALL and not _has_all(chosen, reading)):
        return replace(chosen, rows=())
    if reading.asked.first and reading.what in ("share", "sum") and not reading.things:
        first = Refinement(top=reading.asked.first, column=chosen.outline.figure)
        chosen = replace(refine(chosen, first), sentence=chosen.sentence)
    elif (reading.asked.first and reading.what not in _FIRST) or (
        reading.asked.place and reading.what not in ("top", "bottom")
    ):
        return replace(chosen, rows=())
    if reading.what == "share":
        return share(chosen, answer, reading, wholes)
    return _STEPS[reading.what](chosen, answer, reading)


def enriched(answer: Answer) -> Answer:
    """Return the answer with its few rows in the sentence, for tables of names and texts."""
    if not 0 < len(answer) <= _SOME or answer.working is not None:
        return answer
    rows, said = Rows(answer), {}
    if "yearBefore" in rows.names:
        return say(answer, "plain", rows=lambda language: rows.lines(answer.rows, language))
    for language in LANGUAGES:
        lines = dict.fromkeys(rows.cells(row, language) for row in answer.rows)
        join = ": " if language == "en" else "："
        said[language] = answer.sentence[language] + join + texts()["and"][language].join(lines)
    return replace(answer, sentence=said)


def of_systems(answer: Answer, text: str) -> Answer:
    """Return the identifiers of the systems that a text names; all if it names none."""
    rows = Rows(answer)
    if "system" not in rows.names or not _SYSTEMS.search(text):
        return answer
    named = [
        row
        for row in answer.rows
        if any(rows.cell(row, "system", language).casefold().split()[0] in text for language in LANGUAGES)
    ]
    return replace(answer, rows=tuple(named), sentence={lang: rows.heading("identifier", lang) for lang in LANGUAGES})


def _examples(answer: Answer, reading: Reading) -> Answer:
    """Return the rows that are only named as examples, if a text asks for these."""
    rows = Rows(answer)
    if "example" not in reading.asked.which:
        return answer
    if "status" not in rows.names:
        return replace(answer, rows=())
    kept = tuple(row for row in answer.rows if rows.value(row, "status").endswith("/example"))
    noun, count = answer.outline.noun, len({rows.value(row, answer.outline.name or "") for row in kept})
    said = {lang: f"{count} {agreeing(noun[lang], count)}" for lang in LANGUAGES}
    return replace(answer, rows=kept, sentence=said)


def _has_all(answer: Answer, reading: Reading) -> bool:
    """Return whether every entity that rows are chosen by has a row: none may be left out of a comparison."""
    rows = Rows(answer)
    there = {rows.value(row, answer.outline.name or "") for row in answer.rows}
    return all(thing in there for thing in reading.things)


def _about(answer: Answer, things: Sequence[str]) -> Answer:
    """Return the rows about some entities, in the order of these; all rows if the question chose them already."""
    rows = Rows(answer)
    found = [row for thing in things for row in answer.rows if rows.value(row, answer.outline.name or "") == thing]
    return replace(answer, rows=tuple(found)) if found else answer


def _each(answer: Answer, whole: Answer, reading: Reading) -> Answer:
    """Say each row; of many rows, say how many there are and name them."""
    again = "place" in reading.asked.what or "repeats" in reading.asked.which
    rows = list(answer.rows) if again else distinct(answer)
    if answer.outline.name == "category":
        rows = rows[:1]  # the newest year of the total that is asked for
    elif len(rows) > _FEW or (len(rows) > 1 and not reading.things and "both" not in Rows(answer).names):
        if reading.what == "change":
            fell = "fell" in reading.asked.which and "rose" not in reading.asked.which
            return refine(answer, Refinement(top=min(len(rows), _FEW), column=figure_of(answer, reading), fell=fell))
        return _count(answer, whole, reading)
    repeats = (
        0 if "place" in reading.asked.what else sum(Rows(answer).value(row, "repeats") == "true" for row in answer.rows)
    )
    answer = replace(answer, rows=tuple(rows))

    def lines(language: str) -> str:
        more = texts()["not-again"][language].format(count=repeats) if repeats else ""
        return Rows(answer).lines(rows, language) + str(more)

    return say(answer, "plain", rows=lines)


def _top(answer: Answer, whole: Answer, reading: Reading) -> Answer:
    del whole
    place = reading.asked.place
    count = place or reading.asked.first or 1
    rows, column = distinct(answer), figure_of(answer, reading)
    shown = max(count, min(_FEW, len(rows)))
    answer = replace(answer, rows=tuple(rows))
    least = reading.what == "bottom"
    fell = "fell" in reading.asked.which
    how = Refinement(bottom=shown, column=column) if least else Refinement(top=shown, column=column, fell=fell)
    found = refine(answer, how)
    first = found.rows[(place or 1) - 1 : count]
    if not first:
        return replace(found, rows=())
    return say(
        found,
        ("least" if least else "most") if not place else ("place-least" if least else "place"),
        place=lambda lang: ordinal(count) if lang == "en" else str(count),
        rows=lambda lang: Rows(found).lines(first, lang),
        column=lambda lang: Rows(found).heading(column, lang),
    )


def _count(answer: Answer, whole: Answer, reading: Reading) -> Answer:
    """Say how many rows there are, with all that a few of them say; of an entity also those that repeat another."""
    view = Rows(answer)
    repeats = [row for row in answer.rows if view.value(row, "repeats") == "true"]
    without = NO_REPEATS.search(reading.asked.text) is not None
    said_again = "repeats" in reading.asked.which and bool(repeats) and not without
    if without and repeats and len(repeats) < len(answer):
        answer = replace(answer, rows=tuple(row for row in answer.rows if row not in repeats))
        whole = replace(whole, rows=tuple(row for row in whole.rows if view.value(row, "repeats") != "true"))
    rows, of = (list(answer.rows), len(whole)) if said_again else (distinct(answer), len(distinct(whole)))
    found = replace(answer, rows=tuple(rows))
    figure = figure_of(answer, reading)
    few = len(rows) <= _FEW and bool({"now", "yearBefore", "foreign"} & {*view.names})

    def names(language: str) -> str:
        if few:
            return Rows(found).lines(distinct(found), language)
        return Rows(found).listed(rows, language, figure) or "–"

    def again(language: str) -> str:
        if not said_again:
            return ""
        different = len(rows) - len(repeats) if "count" in reading.asked.what else 0
        text = texts()["again-without" if different else "again"][language]
        return agreeing(text, len(repeats)).format(count=len(repeats), different=different)

    def together(language: str) -> str:
        return _together(found, reading, language)

    return say(
        found,
        "count" if len(rows) < of else "all",
        count=len(rows),
        of=of,
        noun=lambda lang: agreeing(whole.outline.noun[lang], of if len(rows) < of else len(rows)),
        names=names,
        again=again,
        together=together,
    )


def _together(answer: Answer, reading: Reading, language: str) -> str:
    """Return what a few amounts of one entity and one phase give together, if their sum may be meant."""
    view, figure = Rows(answer), answer.outline.figure
    one = all(
        len({view.value(row, name) for row in answer.rows}) == 1 for name in (answer.outline.name, "phase") if name
    )
    numbers = [view.number(row, figure) for row in answer.rows]
    printed = [view.value(row, "printed") for row in answer.rows]
    if not reading.frame.sums or len(numbers) < 2 or not one or None in numbers or any("内数" in p for p in printed):
        return ""
    if "phase" not in view.names or len({view.value(row, "fiscalYear") for row in answer.rows}) > 1:
        return ""
    total = int(sum((n for n in numbers if n is not None), Decimal(0)))
    return str(texts()["together"][language].format(total=both_units(total, language)))


def _sum(answer: Answer, whole: Answer, reading: Reading) -> Answer:
    del whole
    view, figure = Rows(answer), figure_of(answer, reading)
    if "both" in view.names:
        row = answer.rows[0]
        return say(
            answer, "both", row=lambda lang: view.line(row, lang), both=lambda lang: view.cell(row, "both", lang)
        )
    rows = [row for row in distinct(answer) if view.number(row, figure) is not None]
    total = int(sum((view.number(row, figure) or Decimal(0) for row in rows), Decimal(0)))
    phases = [name for name in ("now", "supplementary") if view.has(answer.rows[0], name)]
    if len(answer) == 1 and len(phases) < 2 and answer.outline.name not in ("category", "part"):
        return replace(answer, rows=())  # one line is no sum
    moved = figure != answer.outline.figure
    total += (
        0
        if moved
        else int(  # supplementary money beside an initial amount; alone it is the amount itself
            sum(
                (view.number(row, "supplementaryAmount") or Decimal(0) for row in rows if view.has(row, "now")),
                Decimal(0),
            )
        )
    )
    ceiling = any(view.value(row, "ceiling") == "true" for row in rows)
    repeats = sum(view.value(row, "repeats") == "true" for row in answer.rows)
    return say(
        replace(answer, rows=tuple(rows)),
        "sum-up-to" if ceiling else "sum",
        again=lambda lang: texts()["not-again"][lang].format(count=repeats) if repeats else "",
        total=lambda lang: both_units(total, lang),
        rows=lambda lang: view.lines(rows[:_FEW], lang),
    )


def _compare(answer: Answer, whole: Answer, reading: Reading) -> Answer:
    """Say which of the named entities has more, by how much, and what each has; ceilings are not compared."""
    del whole
    view, column, rows = Rows(answer), figure_of(answer, reading), distinct(answer)
    found = replace(answer, rows=tuple(rows))
    known = [(n, row) for row in rows if (n := view.number(row, column)) is not None]
    things = {view.name(row, "en") for _, row in known}
    if len(things) < 2:
        return say(found, "plain", rows=lambda lang: view.lines(rows[:_FEW], lang))
    ranked = sorted(known, key=lambda k: -k[0])
    (high, first), (low, second) = ranked[0], ranked[1]
    is_yen = view.column(column).unit == "yen"
    ceiling = any(view.value(row, "ceiling") == "true" for _, row in known)
    times = f"{high / low:.2f}" if "ratio" in reading.asked.what and len(things) == 2 and low > 0 else ""

    def ratio(lang: str) -> str:
        names = {"first": view.name(first, lang), "second": view.name(second, lang), "times": times}
        return texts()["ratio"][lang].format(**names) if times else ""

    return say(
        found,
        "compare-ceilings" if ceiling else "compare",
        ratio=ratio,
        first=lambda lang: view.name(first, lang),
        gap=lambda lang: both_units(int(high - low), lang) if is_yen else f"{high - low}",
        rows=lambda lang: view.lines(rows[:_FEW], lang),
    )


_STEPS: Mapping[str, Callable[[Answer, Answer, Reading], Answer]] = {
    "rank": rank,
    "next": following,
    "count": _count,
    "sum": _sum,
    "difference": _compare,
    "ratio": _compare,
    "compare": _compare,
    "top": _top,
    "bottom": _top,
    "change": _each,
    "amount": _each,
    "list": _count,
}

__all__ = ["Row", "enriched", "finish", "of_systems"]
