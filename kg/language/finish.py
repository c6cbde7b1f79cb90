"""Finish an answer as the question asks: of these rows the count, share, sum, difference, rank, or the few that lead."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pyoxigraph as ox

from kg.language.frames import Reading
from kg.money.interval import both_units
from kg.money.limit import Limit
from kg.paths import read_texts
from kg.questions.answer import Answer, shown, text_of
from kg.questions.refine import Refinement, refine
from kg.rdf.nodes import Term
from kg.terms import Text, agreeing

Row = Mapping[str, Term | None]
_LANGUAGES = ("en", "ja")
_FEW = 5


def finish(answer: Answer, reading: Reading, whole: Answer | None = None) -> Answer:
    """Return the answer with the rows that a reading means, and a sentence that says what was asked.

    `whole` is what a share is taken of, if the answer itself does not hold it.
    """
    if answer.working is not None or not len(answer):
        return answer
    kept = _about(answer, reading.things)
    whole = whole or answer
    if not {answer.outline.figure, "now"} & set(_names(answer)) and "foreign" not in _names(answer):
        return kept if reading.what == "count" else enriched(kept)
    chosen = _conditions(kept if reading.what not in ("rank", "share") else kept, reading)
    do: dict[str, Callable[[Answer, Answer, Reading], Answer]] = {
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
    return do[reading.what](chosen, whole, reading)


def enriched(answer: Answer) -> Answer:
    """Return the answer with its few rows in the sentence, for tables of names and texts."""
    if not 0 < len(answer) <= _FEW or answer.working is not None:
        return answer
    said = {}
    for language in _LANGUAGES:
        lines = dict.fromkeys(_cells(answer, row, language) for row in answer.rows)
        said[language] = f"{answer.sentence[language]}: " if language == "en" else f"{answer.sentence[language]}："
        said[language] += _texts()["and"][language].join(lines)
    return replace(answer, sentence=said)


def _cells(answer: Answer, row: Sequence[Term | None], language: str) -> str:
    """Return the cells of a row in words, without the page."""
    cells = [
        shown(cell, column, answer.labels, language)
        for column, cell in zip(answer.columns, row, strict=True)
        if cell is not None and column.name not in ("evidence",) and column.only in (None, language)
    ]
    return (", " if language == "en" else "、").join(dict.fromkeys(c for c in cells if c))


def _about(answer: Answer, things: Sequence[str]) -> Answer:
    """Return the rows about some things, in the order of these."""
    if not things:
        return answer
    place = _names(answer).index(answer.outline.name or "")
    rows = [row for thing in things for row in answer.rows if getattr(row[place], "value", "") == thing]
    return replace(answer, rows=tuple(rows)) if rows else answer


def _conditions(answer: Answer, reading: Reading) -> Answer:
    asked = reading.asked
    names = _names(answer)
    rows = list(answer.rows)
    for cue, column in (("new", "isNew"), ("ceiling", "ceiling")):
        if cue in asked.which and column in names and not (cue == "ceiling" and "including" in asked.which):
            wanted = "false" if cue == "ceiling" and "except" in asked.which else "true"
            rows = [r for r in rows if getattr(r[names.index(column)], "value", "") == wanted]
    out = {iri for name in asked.without for iris in name.iris.values() for iri in iris}
    rows = [r for r in rows if not any(getattr(cell, "value", None) in out for cell in r)]
    if _phase(reading, "initial") and "now" in names and not reading.things:
        rows = [r for r in rows if r[names.index("now")] is not None]
    elif _phase(reading, "supplementary") and "supplementary" in names and not reading.things:
        rows = [r for r in rows if r[names.index("supplementary")] is not None]
    if "amount" in names and reading.question.name == "ministry-table" and not reading.things:
        if "none" in asked.which:
            rows = [r for r in rows if r[names.index("amount")] is None]
        elif reading.arguments:
            rows = [r for r in rows if r[names.index("amount")] is not None]
    kept = replace(answer, rows=tuple(rows))
    rose, fell = "rose" in asked.which, "fell" in asked.which
    how = Refinement(
        rose=rose and not fell and not reading.things,
        fell=fell and not rose and not reading.things,
        more_than=Limit(Decimal(asked.limit.yen), "yen") if asked.limit and asked.limit.more else None,
        less_than=Limit(Decimal(asked.limit.yen), "yen") if asked.limit and not asked.limit.more else None,
    )
    return refine(kept, how) if how != Refinement() and len(kept) else kept


def _phase(reading: Reading, phase: str) -> bool:
    named = any(iri.endswith(f"/{phase}") for iri in reading.asked.named("phase"))
    return phase in reading.asked.which or named


def _names(answer: Answer) -> list[str]:
    return [column.name for column in answer.columns]


def _texts() -> Any:
    return read_texts("language")["finish"]


def _said(key: str, /, **values: Callable[[str], str] | str | int) -> Text:
    texts = _texts()[key]
    said = {}
    for language in _LANGUAGES:
        filled = {key: value(language) if callable(value) else value for key, value in values.items()}
        said[language] = texts[language].format(**filled)
    return said


def _cell(answer: Answer, row: Sequence[Term | None], name: str, language: str) -> str:
    at = _names(answer).index(name)
    column = answer.columns[at]
    term = row[at]
    if column.unit == "yen" and isinstance(term, ox.Literal) and term.value not in column.values:
        return both_units(int(Decimal(term.value)), language)
    return shown(term, column, answer.labels, language)


def _number(answer: Answer, row: Sequence[Term | None], name: str | None) -> Decimal | None:
    if name not in (names := _names(answer)):
        return None
    term = row[names.index(name or "")]
    return Decimal(term.value) if isinstance(term, ox.Literal) and term.value else None


def _name(answer: Answer, row: Sequence[Term | None], language: str) -> str:
    outline = answer.outline
    if outline.name == "category":
        parts = [text_of(row[_names(answer).index(n)], answer.labels, language) for n in ("account", "category", "frame")]
        return (", " if language == "en" else "・").join(parts)
    return text_of(row[_names(answer).index(outline.name or "")], answer.labels, language)


def _line(answer: Answer, row: Sequence[Term | None], language: str, *, change: bool = False) -> str:
    """Return one row in words: name, amount as printed or in yen, the year before, supplementary money, the change."""
    names, texts = _names(answer), _texts()
    outline = answer.outline

    def has(name: str | None) -> bool:
        return name in names and row[names.index(name or "")] is not None

    parts: list[str] = []
    ceiling = has("ceiling") and _cell(answer, row, "ceiling", "en") == "yes"
    if "now" in names or "foreign" in names:
        now = "now" if "now" in names else "printed"
        if has(now):
            printed = text_of(row[names.index(now)], {}, language)
            yen = _cell(answer, row, "amount", language) if has("amount") and now == "now" else ""
            up = texts["up-to"][language].format(amount=yen) if ceiling and yen else yen
            printed += f" ({_cell(answer, row, 'year', language)})" if "yearBefore" in names else ""
            parts.append(texts["printed"][language].format(printed=printed, amount=up) if up else printed)
        if has("supplementary"):
            printed = text_of(row[names.index("supplementary")], {}, language)
            parts.append(texts["supplementary"][language].format(printed=printed))
        if has("isNew") and _cell(answer, row, "isNew", "en") == "yes":
            parts.append(texts["new"][language])
        if has("before"):
            printed = text_of(row[names.index("before")], {}, language)
            year = _cell(answer, row, "yearBefore", language) if "yearBefore" in names else ""
            text = texts["from"] if year else texts["before"]
            parts.append(text[language].format(amount=printed, year=year))
            if has("direction"):
                parts.append(_cell(answer, row, "direction", language))
    else:
        parts.append(_cell(answer, row, outline.figure or "", language) or texts["nothing"][language])
        if has("before"):
            parts.append(texts["before"][language].format(amount=_cell(answer, row, "before", language)))
    if has(outline.change) and (change or has("before")):
        moved = _cell(answer, row, outline.change or "", language)
        moved = moved if moved.startswith(("−", "under")) else f"+{moved}"
        parts.append(f"{moved}" + (f", {_cell(answer, row, outline.rate or '', language)}" if has(outline.rate) else ""))
    return texts["row"][language].format(name=_name(answer, row, language), said=texts["joined"][language].join(parts))


def _distinct(answer: Answer) -> list[tuple[Term | None, ...]]:
    """Return the rows without those that say the same amounts of the same thing again."""
    names = _names(answer)
    keys = [names.index(n) for n in (answer.outline.name, "now", "supplementary", answer.outline.figure) if n in names]
    seen: dict[tuple[Term | None, ...], tuple[Term | None, ...]] = {}
    for row in answer.rows:
        seen.setdefault(tuple(row[i] for i in keys), row)
    return list(seen.values())


def _each(answer: Answer, whole: Answer, reading: Reading) -> Answer:
    if not reading.things and reading.what == "amount" and "amount" in _names(answer) and len(_distinct(answer)) > 1:
        if "now" in _names(answer) and reading.question.name != "strategy-totals":
            return _count(answer, whole, reading)
        if reading.question.name not in ("budget-totals", "strategy-totals"):
            return answer
        answer = replace(answer, rows=answer.rows[:1])
    rows = _distinct(answer)
    if not rows:
        return answer
    change = reading.what == "change"
    if not reading.things and change and len(rows) > 1 and reading.question.name not in ("budget-totals",):
        how = Refinement(top=min(len(rows), _FEW), column=answer.outline.change)
        return refine(answer, how)
    shown_rows = rows[:_FEW]
    said = {
        language: _texts()["and"][language].join(_line(answer, row, language, change=change) for row in shown_rows)
        for language in _LANGUAGES
    }
    return replace(answer, sentence=said)


def _figure_of(answer: Answer, reading: Reading) -> str | None:
    outline = answer.outline
    if "rate" in reading.asked.which and outline.rate and reading.what != "share":
        return outline.rate
    if reading.asked.which & {"rose", "fell"} or "change" in reading.asked.what:
        return outline.change
    return outline.figure


def _top(answer: Answer, whole: Answer, reading: Reading) -> Answer:
    count = reading.asked.first or (1 if len(answer) else 0)
    column = _figure_of(answer, reading)
    rows = _distinct(answer)
    answer = replace(answer, rows=tuple(rows))
    if reading.what == "bottom":
        how = Refinement(bottom=max(count, min(_FEW, len(rows))), column=column)
    else:
        fell = "fell" in reading.asked.which
        how = Refinement(top=max(count, min(_FEW, len(rows))), column=column, fell=fell)
    found = refine(answer, how)
    if not len(found):
        return found
    first = {
        language: _texts()["and"][language].join(_line(found, row, language) for row in found.rows[:count])
        for language in _LANGUAGES
    }
    kind = "least" if reading.what == "bottom" else "most"
    return replace(found, sentence=_said(kind, rows=lambda lang: first[lang], column=lambda lang: _label(found, column, lang)))


def _label(answer: Answer, name: str | None, language: str) -> str:
    label = next(c.label[language] for c in answer.columns if c.name == name)
    return label[:1].lower() + label[1:] if language == "en" else label


def _rank(answer: Answer, whole: Answer, reading: Reading) -> Answer:
    column = _figure_of(whole, reading)
    place = _names(whole).index(whole.outline.name or "")
    numbers = {getattr(r[place], "value", ""): _number(whole, r, column) for r in whole.rows}
    known = {thing: n for thing, n in numbers.items() if n is not None}
    parts: dict[str, list[str]] = {language: [] for language in _LANGUAGES}
    for row in answer.rows:
        own = known.get(getattr(row[place], "value", ""))
        if own is None:
            continue
        rank = 1 + sum(n > own for n in known.values())
        for language in _LANGUAGES:
            text = _texts()["rank"][language]
            parts[language].append(
                text.format(
                    name=_name(whole, row, language),
                    rank=_ordinal(rank) if language == "en" else rank,
                    of=len(known),
                    figure=_cell(whole, row, column or "", language),
                    column=_label(whole, column, language),
                )
            )
    ordered = refine(whole, Refinement(top=len(whole), column=column))
    return replace(ordered, sentence={language: _texts()["and"][language].join(parts[language]) for language in _LANGUAGES})


def _ordinal(number: int) -> str:
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _count(answer: Answer, whole: Answer, reading: Reading) -> Answer:
    rows = _distinct(answer)
    noun = {language: agreeing(whole.outline.noun[language], len(rows)) for language in _LANGUAGES}
    named = {
        language: (", " if language == "en" else "、").join(
            dict.fromkeys(_named(answer, row, language) for row in rows[:20])
        )
        for language in _LANGUAGES
    }
    found = replace(answer, rows=tuple(rows))
    key = "count" if len(rows) < len(_distinct(whole)) else "all"
    return replace(
        found,
        sentence=_said(
            key,
            count=len(rows),
            of=len(_distinct(whole)),
            noun=lambda lang: noun[lang],
            names=lambda lang: named[lang] or "–",
        ),
    )


def _named(answer: Answer, row: Sequence[Term | None], language: str) -> str:
    """Return the name of a row with its amount."""
    names = _names(answer)
    amount = next((text_of(row[names.index(n)], {}, language) for n in ("now", "supplementary") if n in names and row[names.index(n)]), "")
    if not amount and answer.outline.figure in names:
        amount = _cell(answer, row, answer.outline.figure or "", language)
    name = _name(answer, row, language)
    return f"{name} {amount}".strip() if language == "en" else f"{name}{amount}"


def _share(answer: Answer, whole: Answer, reading: Reading) -> Answer:
    rows = _distinct(answer)
    if "share" in _names(answer) and reading.things:
        said = {
            language: _texts()["and"][language].join(
                _texts()["share"][language].format(
                    name=_name(answer, row, language),
                    share=_cell(answer, row, "share", language),
                    figure=_cell(answer, row, answer.outline.figure or "", language),
                )
                for row in rows
            )
            for language in _LANGUAGES
        }
        return replace(answer, sentence=said)
    figure = answer.outline.figure
    total = max((n for r in whole.rows if (n := _number(whole, r, figure)) is not None), default=None)
    own = _number(answer, rows[0], figure) if rows else None
    if total is None or own is None or not total:
        return answer
    percent = f"{own * 100 / total:.1f}%"
    return replace(
        answer,
        rows=answer.rows[:1],
        sentence=_said(
            "share-of",
            name=lambda lang: _name(answer, rows[0], lang),
            share=percent,
            figure=lambda lang: both_units(int(own), lang),
            total=lambda lang: both_units(int(total), lang),
        ),
    )


def _sum(answer: Answer, whole: Answer, reading: Reading) -> Answer:
    if "both" in _names(answer) and len(answer):
        return replace(
            answer,
            sentence={
                language: _texts()["both"][language].format(
                    row=_line(answer, answer.rows[0], language), both=_cell(answer, answer.rows[0], "both", language)
                )
                for language in _LANGUAGES
            },
        )
    figure = answer.outline.figure
    rows = [row for row in _distinct(answer) if _number(answer, row, figure) is not None]
    total = int(sum((_number(answer, row, figure) or Decimal(0) for row in rows), Decimal(0)))
    ceiling = any(
        "ceiling" in _names(answer) and _cell(answer, row, "ceiling", "en") == "yes" for row in rows
    )
    return replace(
        answer,
        rows=tuple(rows),
        sentence=_said(
            "sum-up-to" if ceiling else "sum",
            total=lambda lang: both_units(total, lang),
            rows=lambda lang: _texts()["and"][lang].join(_line(answer, row, lang) for row in rows[:_FEW]),
        ),
    )


def _compare(answer: Answer, whole: Answer, reading: Reading) -> Answer:
    column = _figure_of(answer, reading)
    rows = _distinct(answer)
    numbered = sorted(
        ((n, row) for row in rows if (n := _number(answer, row, column)) is not None), key=lambda each: -each[0]
    )
    lines = {
        language: _texts()["and"][language].join(_line(answer, row, language) for row in rows[:_FEW])
        for language in _LANGUAGES
    }
    found = replace(answer, rows=tuple(rows))
    things = {getattr(row[_names(answer).index(answer.outline.name or "")], "value", "") for _, row in numbered}
    if len(things) < 2:
        return replace(found, sentence=lines)
    (high, first), (low, last) = numbered[0], numbered[-1]
    yen = next(c.unit for c in answer.columns if c.name == column) == "yen"
    gap = {language: both_units(int(high - low), language) if yen else f"{high - low}" for language in _LANGUAGES}
    return replace(
        found,
        sentence=_said(
            "compare",
            first=lambda lang: _name(answer, first, lang),
            last=lambda lang: _name(answer, last, lang),
            gap=lambda lang: gap[lang],
            rows=lambda lang: lines[lang],
        ),
    )
