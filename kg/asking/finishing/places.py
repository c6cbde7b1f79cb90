"""Where a row stands among all: its rank, and its share of the whole, now and the year before."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from kg.asking.finishing.rows import Row, Rows, distinct, say, texts
from kg.asking.frames import Reading
from kg.money.interval import both_units
from kg.questions.answer import Answer
from kg.questions.refine import Refinement, refine


def figure_of(answer: Answer, reading: Reading) -> str | None:
    """Return the column that a question is about: the rate, the change, or the amount."""
    outline = answer.outline
    if "rate" in reading.asked.which and outline.rate:
        return outline.rate
    if "supplementaryAmount" in {c.name for c in answer.columns} and supplementary(reading):
        return "supplementaryAmount"
    compares = reading.what in ("compare", "difference", "ratio")
    if reading.asked.which & {"rose", "fell"} or (not compares and "change" in reading.asked.what):
        return outline.change
    return outline.figure


def supplementary(reading: Reading) -> bool:
    """Return whether a text asks for supplementary budgets, and not for the initial ones too, as a sum of both does."""
    if reading.what == "sum" and reading.things:
        return False
    phases = reading.asked.named("phase")
    named = any(iri.endswith("/supplementary") for iri in phases) and len(phases) == 1
    return (named or "supplementary" in reading.asked.which) and "initial" not in reading.asked.which


def following(answer: Answer, whole: Answer, reading: Reading) -> Answer:
    """Say which row comes right after the entity that is named, by the figure that is asked for."""
    column = figure_of(whole, reading)
    ordered = refine(whole, Refinement(top=len(whole), column=column))
    rows, name = Rows(ordered), whole.outline.name or ""
    places = [i for i, row in enumerate(ordered.rows) if rows.value(row, name) in reading.things]
    after = ordered.rows[max(places) + 1 : max(places) + 2] if places else ()
    found = replace(ordered, rows=after)
    return say(found, "plain", rows=lambda lang: rows.lines(after, lang)) if after else found


def rank(answer: Answer, whole: Answer, reading: Reading) -> Answer:
    """Say the place of each entity among all rows, by the figure that is asked for; and that of the year before."""
    column, rows = figure_of(whole, reading), Rows(whole)
    earlier = "before" if column == whole.outline.figure and "before" in rows.names else None
    ordered = refine(whole, Refinement(top=len(whole), column=column))

    def places(language: str) -> str:
        said = []
        for row in answer.rows:
            place = _place(rows, row, column, language)
            if place is None:
                continue
            before = _place(rows, row, earlier, language) if earlier else None
            said.append(
                texts()["rank"][language].format(
                    name=rows.name(row, language),
                    rank=place,
                    of=len(_numbers(rows, column)),
                    figure=rows.cell(row, column or "", language),
                    column=rows.heading(column, language),
                    before=texts()["rank-before"][language].format(
                        rank=before, figure=rows.cell(row, earlier or "", language)
                    )
                    if before
                    else "",
                )
            )
        return str(texts()["and"][language].join(said))

    return say(ordered, "plain", rows=places)


def _numbers(rows: Rows, column: str | None) -> list[Decimal]:
    return [n for row in rows.answer.rows if (n := rows.number(row, column)) is not None]


def _place(rows: Rows, row: Row, column: str | None, language: str) -> str | None:
    own = rows.number(row, column)
    if own is None:
        return None
    place = 1 + sum(n > own for n in _numbers(rows, column))
    return ordinal(place) if language == "en" else str(place)


def ordinal(number: int) -> str:
    """Return an English ordinal number, as `2nd`."""
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def share(answer: Answer, everything: Answer, reading: Reading, wholes: Sequence[Answer]) -> Answer:
    """Say the share of the whole that each row has, of all named together, and the year before if it is asked for.

    Without a column of shares, the shares are those of each of `wholes`; with one, also of what they say of the entity.
    """
    if "share" not in Rows(answer).names:
        return _of_totals(answer, wholes)
    rows, view, figure = distinct(answer), Rows(answer), answer.outline.figure or ""
    asked = reading.asked
    before = "before" in view.names and ("before" in asked.which or "change" in asked.what or len(asked.years) > 1)
    before = before or ("before" in view.names and bool(asked.which & {"rose", "fell"}))

    def shares(language: str) -> str:
        said = [_of_all(row, Rows(everything), figure, before, language) for row in rows]
        said = [text + _of_own(row, view, wholes, language) for text, row in zip(said, rows, strict=True)]
        if len(rows) > 1:
            both = sum((view.number(row, figure) or Decimal(0) for row in rows), Decimal(0))
            said.append(
                texts()["share-together"][language].format(
                    share=_percent(both, _total(Rows(everything), figure)), figure=both_units(int(both), language)
                )
            )
        return str(texts()["and"][language].join(said))

    return say(answer, "plain", rows=shares)


def _of_all(row: Row, rows: Rows, figure: str, before: bool, language: str) -> str:
    earlier = rows.number(row, "before") or Decimal(0) if before else Decimal(0)
    return str(
        texts()["share"][language].format(
            name=rows.name(row, language),
            share=_percent(rows.number(row, figure) or Decimal(0), _total(rows, figure)),
            figure=rows.cell(row, figure, language),
            before=texts()["share-before"][language].format(share=_percent(earlier, _total(rows, "before")))
            if before
            else "",
        )
    )


def _of_own(row: Row, view: Rows, wholes: Sequence[Answer], language: str) -> str:
    """Return the share that a row has of what each whole says of the same entity."""
    said = []
    name, figure = view.answer.outline.name or "", view.answer.outline.figure or ""
    for whole in map(Rows, wholes):
        own = next((r for r in whole.answer.rows if whole.value(r, name) == view.value(row, name)), None)
        total = whole.number(own, figure) if own is not None else None
        if total and own is not None:
            said.append(
                texts()["share-own"][language].format(
                    share=_percent(view.number(row, figure) or Decimal(0), total),
                    total=whole.cell(own, figure, language),
                )
            )
    return "".join(said)


def _of_totals(answer: Answer, wholes: Sequence[Answer]) -> Answer:
    """Say the share that the first row has of the first row of each whole."""
    view, row, figure = Rows(answer), answer.rows[0], answer.outline.figure or ""
    own = view.number(row, figure)
    of = [whole for whole in map(Rows, wholes) if len(whole.answer) and whole.number(whole.answer.rows[0], figure)]
    if own is None or not of:
        return answer

    def shares(language: str) -> str:
        return str(
            texts()["joined"][language].join(
                texts()["share-of"][language].format(
                    share=_percent(own, whole.number(whole.answer.rows[0], figure) or Decimal(0)),
                    total=whole.cell(whole.answer.rows[0], figure, language),
                    whole=whole.name(whole.answer.rows[0], language),
                )
                for whole in of
            )
        )

    return say(
        replace(answer, rows=(row,)),
        "share-total",
        name=lambda lang: view.name(row, lang),
        figure=lambda lang: view.cell(row, figure, lang),
        shares=shares,
    )


def _total(rows: Rows, column: str) -> Decimal:
    return sum((rows.number(row, column) or Decimal(0) for row in rows.answer.rows), Decimal(0))


def _percent(part: Decimal, whole: Decimal) -> str:
    return f"{part * 100 / whole:.1f}%" if whole else "–"
