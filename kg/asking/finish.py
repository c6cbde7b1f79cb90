"""Finish an answer as the question asks: of its rows the count, share, sum, difference, rank, or those that lead."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from kg.asking.frames import Reading
from kg.asking.rows import LANGUAGES, Row, Rows
from kg.money.interval import both_units
from kg.money.limit import Limit
from kg.paths import read_texts
from kg.questions.answer import Answer
from kg.questions.refine import Refinement, refine
from kg.rdf.nodes import Term
from kg.terms import Text, agreeing

_FEW = 5


def finish(answer: Answer, reading: Reading, whole: Answer | None = None) -> Answer:
    """Return the answer with the rows that a reading means, and a sentence that says what was asked.

    `whole` is what a share is taken of, if the answer itself does not hold it.
    """
    if answer.working is not None or not len(answer):
        return answer
    whole = whole or answer
    kept = _about(answer, reading.things)
    if not {answer.outline.figure, "now"} & {c.name for c in answer.columns} and reading.what != "count":
        return enriched(kept)
    chosen = _conditions(kept, reading)
    return _STEPS[reading.what](chosen, whole, reading) if len(chosen) else chosen


def enriched(answer: Answer) -> Answer:
    """Return the answer with its few rows in the sentence, for tables of names and texts."""
    if not 0 < len(answer) <= _FEW or answer.working is not None:
        return answer
    rows, said = Rows(answer), {}
    for language in LANGUAGES:
        lines = dict.fromkeys(rows.cells(row, language) for row in answer.rows)
        join = ": " if language == "en" else "："
        said[language] = answer.sentence[language] + join + _texts()["and"][language].join(lines)
    return replace(answer, sentence=said)


def _about(answer: Answer, things: Sequence[str]) -> Answer:
    """Return the rows about some entities, in the order of these; all rows if the question chose them already."""
    rows = Rows(answer)
    found = [row for thing in things for row in answer.rows if rows.value(row, answer.outline.name or "") == thing]
    return replace(answer, rows=tuple(found)) if found else answer


def _conditions(answer: Answer, reading: Reading) -> Answer:
    """Return the rows that have what is asked of them: new, a ceiling, supplementary money, a rise, a limit."""
    asked, rows = reading.asked, Rows(answer)
    kept: list[tuple[Term | None, ...]] = list(answer.rows)
    for cue, column in (("new", "isNew"), ("ceiling", "ceiling")):
        if cue in asked.which and column in rows.names and not (cue == "ceiling" and "including" in asked.which):
            wanted = "false" if cue == "ceiling" and "except" in asked.which else "true"
            kept = [r for r in kept if rows.value(r, column) == wanted]
    out = {iri for name in asked.without for iris in name.iris.values() for iri in iris}
    kept = [r for r in kept if not any(getattr(cell, "value", None) in out for cell in r)]
    if not reading.things:
        for phase, column in (("initial", "now"), ("supplementary", "supplementary")):
            if _phase(reading, phase) and column in rows.names:
                has = not ("none" in asked.which and "new" not in asked.which)
                kept = [r for r in kept if rows.has(r, column) == has]
        if reading.frame.thing and "amount" in rows.names and len(answer.columns) > 1:
            has = "none" not in asked.which
            kept = [r for r in kept if rows.has(r, "amount") == has] if reading.frame.dashes else kept
    chosen = replace(answer, rows=tuple(kept))
    rose, fell = "rose" in asked.which, "fell" in asked.which
    how = Refinement(
        rose=rose and not fell and not reading.things,
        fell=fell and not rose and not reading.things,
        more_than=Limit(Decimal(asked.limit.yen), "yen") if asked.limit and asked.limit.more else None,
        less_than=Limit(Decimal(asked.limit.yen), "yen") if asked.limit and not asked.limit.more else None,
    )
    return refine(chosen, how) if how != Refinement() and len(chosen) else chosen


def _phase(reading: Reading, phase: str) -> bool:
    named = any(iri.endswith(f"/{phase}") for iri in reading.asked.named("phase"))
    return phase in reading.asked.which or named


def _texts() -> Any:
    return read_texts("asking")["finish"]


def _say(answer: Answer, key: str, **values: Callable[[str], str] | str | int) -> Answer:
    """Return the answer with a sentence from the texts, filled in for each language."""
    said: Text = {}
    for language in LANGUAGES:
        filled = {name: value(language) if callable(value) else value for name, value in values.items()}
        said[language] = _texts()[key][language].format(**filled)
    return replace(answer, sentence=said)


def _distinct(answer: Answer) -> list[tuple[Term | None, ...]]:
    """Return the rows without those that say the same amounts of the same entity again."""
    rows = Rows(answer)
    keys = [n for n in (answer.outline.name, "now", "supplementary", answer.outline.figure) if n in rows.names]
    seen: dict[tuple[str, ...], tuple[Term | None, ...]] = {}
    for row in answer.rows:
        seen.setdefault(tuple(rows.value(row, key) for key in keys if key), row)
    return list(seen.values())


def _figure_of(answer: Answer, reading: Reading) -> str | None:
    """Return the column that a question is about: the rate, the change, or the amount."""
    outline = answer.outline
    if "rate" in reading.asked.which and outline.rate:
        return outline.rate
    if reading.asked.which & {"rose", "fell"} or "change" in reading.asked.what:
        return outline.change
    return outline.figure


def _each(answer: Answer, whole: Answer, reading: Reading) -> Answer:
    """Say each row; of many rows, say how many there are and name them."""
    rows = _distinct(answer)
    if answer.outline.name == "category":
        rows = rows[:1]  # the newest year of the total that is asked for
    elif len(rows) > _FEW or (len(rows) > 1 and not reading.things and "both" not in Rows(answer).names):
        if reading.what == "change":
            return refine(answer, Refinement(top=min(len(rows), _FEW), column=answer.outline.change))
        return _count(answer, whole, reading)
    answer = replace(answer, rows=tuple(rows))
    return _say(answer, "plain", rows=lambda lang: Rows(answer).lines(rows, lang))


def _top(answer: Answer, whole: Answer, reading: Reading) -> Answer:
    del whole
    count = reading.asked.first or 1
    rows, column = _distinct(answer), _figure_of(answer, reading)
    shown = max(count, min(_FEW, len(rows)))
    answer = replace(answer, rows=tuple(rows))
    least = reading.what == "bottom"
    fell = "fell" in reading.asked.which
    how = Refinement(bottom=shown, column=column) if least else Refinement(top=shown, column=column, fell=fell)
    found = refine(answer, how)
    first = found.rows[:count]
    return _say(
        found,
        "least" if least else "most",
        rows=lambda lang: Rows(found).lines(first, lang),
        column=lambda lang: _label(found, column, lang),
    )


def _label(answer: Answer, name: str | None, language: str) -> str:
    label = Rows(answer).column(name).label[language]
    return label[:1].lower() + label[1:] if language == "en" else label


def _rank(answer: Answer, whole: Answer, reading: Reading) -> Answer:
    """Say the place of each entity among all rows, by the figure that is asked for."""
    column, rows = _figure_of(whole, reading), Rows(whole)
    known = [n for row in whole.rows if (n := rows.number(row, column)) is not None]
    ordered = refine(whole, Refinement(top=len(whole), column=column))

    def places(language: str) -> str:
        said = []
        for row in answer.rows:
            own = rows.number(row, column)
            if own is not None:
                rank = 1 + sum(n > own for n in known)
                said.append(
                    _texts()["rank"][language].format(
                        name=rows.name(row, language),
                        rank=_ordinal(rank) if language == "en" else rank,
                        of=len(known),
                        figure=rows.cell(row, column or "", language),
                        column=_label(whole, column, language),
                    )
                )
        return str(_texts()["and"][language].join(said))

    return _say(ordered, "plain", rows=places)


def _ordinal(number: int) -> str:
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _count(answer: Answer, whole: Answer, reading: Reading) -> Answer:
    rows, of = _distinct(answer), len(_distinct(whole))
    found = replace(answer, rows=tuple(rows))
    figure = _figure_of(answer, reading)
    return _say(
        found,
        "count" if len(rows) < of else "all",
        count=len(rows),
        of=of,
        noun=lambda lang: agreeing(whole.outline.noun[lang], of if len(rows) < of else len(rows)),
        names=lambda lang: Rows(found).listed(rows, lang, figure) or "–",
    )


def _share(answer: Answer, whole: Answer, reading: Reading) -> Answer:
    """Say the share of the whole that each row has, of all named together, and the year before if it is asked for."""
    rows, view, all_rows = _distinct(answer), Rows(answer), Rows(whole)
    figure = answer.outline.figure or ""
    asked = reading.asked
    before = "before" in view.names and ("before" in asked.which or "change" in asked.what or len(asked.years) > 1)
    if "share" in view.names:
        total = _total(all_rows, figure)
        parts = [(row, view.number(row, figure) or Decimal(0)) for row in rows]

        def shares(language: str) -> str:
            text = _texts()["share"][language]
            said = [
                text.format(
                    name=view.name(row, language),
                    share=_percent(own, total),
                    figure=view.cell(row, figure, language),
                    before=_texts()["share-before"][language].format(
                        share=_percent(view.number(row, "before") or Decimal(0), _total(all_rows, "before"))
                    )
                    if before
                    else "",
                )
                for row, own in parts
            ]
            if len(parts) > 1:
                both = sum((own for _, own in parts), Decimal(0))
                said.append(
                    _texts()["share-together"][language].format(
                        share=_percent(both, total), figure=both_units(int(both), language)
                    )
                )
            return str(_texts()["and"][language].join(said))

        return _say(answer, "plain", rows=shares)
    largest = max((n for row in whole.rows if (n := all_rows.number(row, figure)) is not None), default=Decimal(0))
    own = view.number(rows[0], figure)
    if not largest or own is None:
        return answer
    return _say(
        replace(answer, rows=(rows[0],)),
        "share-of",
        name=lambda lang: view.name(rows[0], lang),
        share=_percent(own, largest),
        figure=lambda lang: both_units(int(own), lang),
        total=lambda lang: both_units(int(largest), lang),
    )


def _total(rows: Rows, column: str) -> Decimal:
    return sum((rows.number(row, column) or Decimal(0) for row in rows.answer.rows), Decimal(0))


def _percent(part: Decimal, whole: Decimal) -> str:
    return f"{part * 100 / whole:.1f}%" if whole else "–"


def _sum(answer: Answer, whole: Answer, reading: Reading) -> Answer:
    del whole, reading
    view, figure = Rows(answer), answer.outline.figure
    if "both" in view.names:
        row = answer.rows[0]
        return _say(
            answer, "both", row=lambda lang: view.line(row, lang), both=lambda lang: view.cell(row, "both", lang)
        )
    rows = [row for row in _distinct(answer) if view.number(row, figure) is not None]
    total = int(sum((view.number(row, figure) or Decimal(0) for row in rows), Decimal(0)))
    total += int(  # supplementary money beside an initial amount; alone it is the amount itself
        sum((view.number(row, "supplementaryAmount") or Decimal(0) for row in rows if view.has(row, "now")), Decimal(0))
    )
    ceiling = any(view.value(row, "ceiling") == "true" for row in rows)
    return _say(
        replace(answer, rows=tuple(rows)),
        "sum-up-to" if ceiling else "sum",
        total=lambda lang: both_units(total, lang),
        rows=lambda lang: view.lines(rows[:_FEW], lang),
    )


def _compare(answer: Answer, whole: Answer, reading: Reading) -> Answer:
    """Say which of the named entities has more, by how much, and what each has; ceilings are not compared."""
    del whole
    view, column, rows = Rows(answer), _figure_of(answer, reading), _distinct(answer)
    found = replace(answer, rows=tuple(rows))
    known = [(n, row) for row in rows if (n := view.number(row, column)) is not None]
    things = {view.name(row, "en") for _, row in known}
    if len(things) < 2:
        return _say(found, "plain", rows=lambda lang: view.lines(rows[:_FEW], lang))
    (high, first), (low, _) = max(known, key=lambda k: k[0]), min(known, key=lambda k: k[0])
    is_yen = view.column(column).unit == "yen"
    ceiling = any(view.value(row, "ceiling") == "true" for _, row in known)
    return _say(
        found,
        "compare-ceilings" if ceiling else "compare",
        first=lambda lang: view.name(first, lang),
        gap=lambda lang: both_units(int(high - low), lang) if is_yen else f"{high - low}",
        rows=lambda lang: view.lines(rows[:_FEW], lang),
    )


_STEPS: Mapping[str, Callable[[Answer, Answer, Reading], Answer]] = {
    "rank": _rank,
    "count": _count,
    "share": _share,
    "sum": _sum,
    "difference": _compare,
    "compare": _compare,
    "top": _top,
    "bottom": _top,
    "change": _each,
    "amount": _each,
    "list": _count,
}

__all__ = ["Row", "enriched", "finish"]
