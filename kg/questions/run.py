"""Run a stored question: bind its parameters, select, sum the money, and put the answer into a sentence."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

import pyoxigraph as ox

from kg import terms
from kg.money.working import Working, work_out
from kg.paths import read_query
from kg.questions.answer import (
    MONEY_COLUMNS,
    ROW,
    Answer,
    Column,
    Outline,
    columns_from,
    in_words,
    labels_of,
    text_of,
)
from kg.questions.arguments import NARROWING, Chosen, choose, select
from kg.questions.beside_domain import related_money, same_money
from kg.questions.catalogue import Question
from kg.questions.default_year import (
    Elsewhere,
    empty_sentence,
    periods_notes,
    periods_of,
    search_elsewhere,
    several_periods,
)
from kg.questions.printed_total import with_printed_total
from kg.rdf.nodes import Term
from kg.stores.embedded import Solutions, Store
from kg.terms import Text, agreeing

_OPEN = read_query("questions", "open-readings")


def run(question: Question, given: Mapping[str, str], store: Store, language: str = "en") -> Answer:
    """Return the answer to a stored question; `given` maps parameter names to what people write. Amounts are in yen.

    Raises UsageError for an unknown or missing parameter, and for an unknown or ambiguous name.
    """
    chosen, newest, elsewhere = _prepare(question, given, store)
    arguments = chosen.shown()
    found = select(question.text, chosen, store)
    beside = elsewhere.beside(found, chosen.of("fiscalYear")) if elsewhere else {}
    notes = periods_notes(question, newest, beside, store)
    if question.money is not None:
        answer = _money_answer(question, chosen, found, store, language, notes)
        said = answer.sentence if answer.rows else empty_sentence(chosen, beside, store, answer.sentence)
        return replace(answer, sentence=said)
    columns = _columns(question, found.columns)
    places = [found.columns.index(c.name) for c in columns]
    rows = tuple(tuple(row[i] for i in places) for row in found.rows)
    labels = labels_of(store, [*rows, tuple(arguments.values())])
    sentence = _sentence(question, arguments, labels, columns, rows, len(rows), None)
    outline = _outline(question, columns, rows)
    listed = any(len(chosen.of(name)) > 1 for name in NARROWING)
    leading = (*(several_periods(question, found, store) if listed else ()), *notes[0])
    return Answer(
        question.name,
        arguments,
        columns,
        rows,
        sentence,
        notes=(*leading, *notes[1]),
        labels=labels,
        leading=len(leading),
        outline=outline,
    )


def take_arguments(question: Question, given: Mapping[str, str], store: Store) -> dict[str, Term]:
    """Return the term for each parameter: the given value, or else the default; optional parameters may be absent.

    The value `any` stands for no value, `newest` for the newest fiscal year with rows. Raises UsageError.
    """
    return _prepare(question, given, store)[0].shown()


def _prepare(
    question: Question, given: Mapping[str, str], store: Store
) -> tuple[Chosen, Term | None, Elsewhere | None]:
    """Return the arguments, the newest year if it is one of them, and, if they narrow the period, all other rows."""
    chosen, wants_newest = choose(question, given, store)
    if not wants_newest and not any(chosen.of(name) for name in NARROWING):
        return chosen, None, None
    elsewhere = search_elsewhere(question, chosen, store)
    newest = elsewhere.newest(chosen.of("phase")) if wants_newest else None
    return (chosen.having("fiscalYear", newest) if newest else chosen), newest, elsewhere


def _columns(question: Question, selected: tuple[str, ...]) -> tuple[Column, ...]:
    return columns_from({name: given for name, given in question.columns.items() if name in selected})


def _money_answer(
    question: Question,
    chosen: Chosen,
    found: Solutions,
    store: Store,
    language: str,
    periods: tuple[list[Text], list[Text]],
) -> Answer:
    arguments = chosen.shown()
    labels = labels_of(store, [*found.rows, tuple(arguments.values())])
    working = work_out(found, store, lambda iri: labels.get((iri, language), terms.local_name(iri)), language)
    wanted = _columns(question, found.columns)
    names = [column.name for column in wanted]
    added, rows = (
        working.grouped(names, question.money, largest_first=question.largest_first)
        if question.money
        else working.ungrouped(names)
    )
    columns = (*wanted, *(MONEY_COLUMNS[name] for name in added))
    together = several_periods(question, found, store)
    leading = (*together, *periods[0])
    beside = (*periods[1], *related_money(question, chosen, working, store))
    readings = _open_readings(working, chosen, store, labels)
    notes = (*leading, *beside, *same_money(arguments, working, store), *working.notes())
    sentence = _sentence(question, arguments, labels, columns, rows, len(working.contributions), working.said)
    sentence = with_printed_total(sentence, chosen, periods_of(found), store)
    outline = _outline(question, columns, rows)
    return Answer(
        question.name,
        arguments,
        columns,
        rows,
        sentence,
        notes,
        working.total,
        working,
        labels,
        len(leading),
        outline,
        tuple(readings),
    )


def _outline(question: Question, columns: tuple[Column, ...], rows: tuple[tuple[Term | None, ...], ...]) -> Outline:
    """Return what the rows are: as the header says or, where it is silent, by the units and the kinds of the cells."""
    given, money = question.row, question.money
    there = {column.name for column in columns}
    noun = {"en": given["en"], "ja": given["ja"]} if given else ROW.noun
    things = (c.name for i, c in enumerate(columns) if any(isinstance(row[i], ox.NamedNode) for row in rows))
    yen = (column.name for column in columns if column.unit == "yen")
    named = {
        "name": given.get("name") or money or next(things, None),
        "figure": given.get("figure") or ("upper" if money is not None else next(yen, None)),
        "change": given.get("change"),
        "rate": given.get("rate"),
        "sum": given.get("sum"),
    }
    known = {role: name if name in there else None for role, name in named.items()}
    return Outline(
        noun,
        known["name"],
        known["figure"],
        known["change"],
        known["rate"],
        grouped=bool(money),
        sum=known["sum"],
        shown=tuple(given.get("shown", ())),
    )


def _open_readings(working: Working, chosen: Chosen, store: Store, labels: dict[tuple[str, str], str]) -> list[Text]:
    concerned = working.concerned()
    if not concerned:
        return []
    names = {"things": concerned, "asked": chosen.every()}
    points = store.select(_OPEN % {k: " ".join(f"<{iri}>" for iri in sorted(iris)) for k, iris in names.items()}).rows
    labels.update(labels_of(store, points))
    iris = [point.value for (point,) in points if isinstance(point, ox.NamedNode)]
    return [
        {
            "en": f"{labels.get((iri, 'en'), iri)} (kg show {terms.local_name(iri)})",
            "ja": f"{labels.get((iri, 'ja'), iri)}（kg show {terms.local_name(iri)}）",
        }
        for iri in iris
    ]


def _sentence(
    question: Question,
    arguments: dict[str, Term],
    labels: dict[tuple[str, str], str],
    columns: tuple[Column, ...],
    rows: tuple[tuple[Term | None, ...], ...],
    lines: int,
    interval: Callable[[str], str] | None,
) -> Text:
    """Return the template with its names filled in: counts, arguments, `interval`, and figures.

    `first_…` and `last_…` are cells of the first and last row, `negative_…` counts the negative figures in a column.
    `(one|many)` becomes the form that agrees with the first count in the template.
    """
    counts = {"rows": str(len(rows)), "things": str(len({row[0] for row in rows})), "lines": str(lines)}
    said: Text = {}
    for language in ("en", "ja"):
        template = question.sentence.get(language) if rows else question.empty[language]
        values = {name: text_of(term, labels, language) for name, term in arguments.items()}
        filled = template or ("{rows} row(|s)" if language == "en" else "{rows}件")
        leading = next((counts[name] for name in re.findall(r"\{(\w+)\}", filled) if name in counts), "")
        filled = agreeing(filled, 1 if leading == "1" else 2)
        cells = zip(columns, rows[0], strict=True) if rows else ()
        first = {f"first_{column.name}": in_words(term, column, labels, language) or "–" for column, term in cells}
        last = zip(columns, rows[-1], strict=True) if rows else ()
        first |= {f"last_{column.name}": in_words(term, column, labels, language) or "–" for column, term in last}
        first |= {
            f"negative_{column.name}": str(sum(getattr(row[i], "value", "").startswith("-") for row in rows))
            for i, column in enumerate(columns)
        }
        known = {**values, **counts, **first, "interval": interval(language) if interval else ""}
        said[language] = re.sub(r"\{(\w+)\}", lambda m, known=known: known.get(m[1], m[0]), filled)  # type: ignore[misc]
    return said
