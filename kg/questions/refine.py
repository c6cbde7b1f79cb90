"""Refine an answer: largest and smallest rows, another order, what rose or fell, limits, and what is left out."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pyoxigraph as ox

from kg import terms
from kg.errors import UsageError, did_you_mean, nearest
from kg.money.limit import Limit
from kg.paths import read_query
from kg.questions.answer import MONEY_COLUMNS, Answer, Column
from kg.questions.bearers import fold_name
from kg.questions.refined_sentence import in_order, refined_sentence, unmeasured_note
from kg.questions.refinement import Refinement
from kg.rdf.nodes import natural
from kg.stores.embedded import Store

_OTHER_NAMES = read_query("questions", "names-in-rows")
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
_PAGE = re.compile(r"\bp(?:age )?([0-9]+)(?=,| l|$)")  # as kg.tables.citation cites it
_FEW = 12  # a message lists up to this many names


__all__ = ["Refinement", "named_in", "refine"]


def refine(answer: Answer, how: Refinement) -> Answer:
    """Return the answer with the rows that are wanted, a sentence that says what was done, and the sum of these rows.

    Rows chosen by a figure come with the highest first, or the lowest for `bottom` and `fell`; rows without that figure
    are left out, and a note counts them. Other rows keep their order. Raises UsageError if the answer has no such
    column, no figure in the unit of a limit, no change, or nothing with a name that is to be left out.
    """
    if how == Refinement(column=how.column):
        return answer
    if how.panel is not None:
        how = replace(how, panel=_heading(answer, how.panel))
    out = sorted({iri for name in how.without for iri in _named(name, answer)})
    kept = [i for i, row in enumerate(answer.rows) if not any(getattr(cell, "value", None) in out for cell in row)]
    if how.panel is not None:
        kept = [i for i in kept if how.panel in _names_of(answer, i, column_of(answer, "panel"))]
    if how.page is not None:
        kept = [i for i in kept if str(how.page) in _pages(answer, i)]
    figure, unmeasured = None, 0
    if how.directions or how.limits or how.ranked:
        figure = _figure(answer, how)
        if how.directions:
            kept = [i for i in kept if _direction(answer, i) in how.directions]
        for side, limit in how.limits:
            column = _compared(answer, how, figure, limit)
            kept = [i for i in kept if _passes(number_at(answer, i, column), side, limit, bool(how.directions))]
        measured = [i for i in kept if number_at(answer, i, figure) is not None]
        unmeasured = len(kept) - len(measured)
        kept = _ranked(answer, measured, figure, how)
    found = _with_rows(answer, kept)
    if figure or out or how.panel is not None or how.page is not None:
        said = refined_sentence(answer, found, replace(how, without=tuple(out)), figure)
        notes = (*found.notes, *unmeasured_note(unmeasured, answer, figure))
        found = replace(found, sentence=said, notes=notes)
        if how.ranked:
            found = replace(found, outline=replace(found.outline, ordered=True))
    return _sorted(found, how.sort) if how.sort else found


def named_in(answer: Answer, names: Sequence[str], store: Store) -> tuple[str, ...]:
    """Return the IRIs of the entities in the rows that have these names in the store, other names included.

    A name that none of them has is kept as it is.
    """
    things = sorted({t.value for row in answer.rows for t in row if isinstance(t, ox.NamedNode)})
    rows = store.select(_OTHER_NAMES % " ".join(f"<{iri}>" for iri in things)).rows if things and names else []
    found: list[str] = []
    for name in names:
        known = [thing.value for thing, label in rows if _fits(name, label)]  # type: ignore[union-attr]
        found += dict.fromkeys(known) or [name]
    return tuple(found)


def _fits(name: str, label: object) -> bool:
    return fold_name(name) == fold_name(str(getattr(label, "value", "")))


def _heading(answer: Answer, wanted: str) -> str:
    """Return the English name of a heading among the rows that has a name. Raises UsageError if there is none."""
    column = column_of(answer, "panel")
    at = answer.columns.index(column)
    known: dict[str, set[str]] = {}
    for place, row in enumerate(answer.rows):
        term = row[at]
        iri = term.value if isinstance(term, ox.NamedNode) else ""
        labels = {answer.labels.get((iri, language), "") for language in ("en", "ja")}
        for name in _names_of(answer, place, column):
            known.setdefault(name, set()).update(map(fold_name, {name, iri, terms.local_name(iri), *labels} - {""}))
    found = [name for name, names in known.items() if fold_name(wanted) in names]
    if not found:
        hint = did_you_mean(wanted, known) or f"choose from {', '.join(known)}"
        raise UsageError(f"--panel: nothing in this answer is printed under {wanted!r}; {hint}")
    return found[0]


def _names_of(answer: Answer, place: int, column: Column) -> list[str]:
    """Return the English names in a cell: several where it joins those of the amounts that the row sums."""
    return answer.text(place, answer.columns.index(column), "en").split("; ")


def _pages(answer: Answer, place: int) -> set[str]:
    """Return the pages that the sources of a row are on, by their citations. Raises UsageError if it has no sources."""
    columns = [column for column in answer.columns if column.name.lower().endswith("source")]
    if not columns:
        raise UsageError(f"{answer.name} has no source: --page needs one")
    return {page for column in columns for name in _names_of(answer, place, column) for page in _PAGE.findall(name)}


def number_at(answer: Answer, place: int, column: Column) -> Decimal | None:
    """Return the figure of a row in a column; None if it has none, or only repeats another row's amount."""
    names = [c.name for c in answer.columns]
    if "counts" in names and getattr(answer.rows[place][names.index("counts")], "value", "") == "no":
        return None
    term = answer.rows[place][names.index(column.name)]
    return Decimal(term.value) if isinstance(term, ox.Literal) and _NUMBER.fullmatch(term.value) else None


def column_of(answer: Answer, wanted: str) -> Column:
    """Return the column with a name or a heading, in either language. Raises UsageError."""
    folded = fold_name(wanted)
    for column in answer.columns:
        if folded in map(fold_name, (column.name, *column.label.values())):
            return column
    names = [column.name for column in answer.columns]
    hint = did_you_mean(wanted, names) or f"its columns are {', '.join(names)}"
    raise UsageError(f"{answer.name} has no column {wanted!r}; {hint}")


def _figure(answer: Answer, how: Refinement) -> Column:
    """Return the column whose figures count: the one asked for, the change, or the main figure of the question."""
    outline = answer.outline
    if how.column:
        column = column_of(answer, how.column)
        if answer.rows and all(number_at(answer, i, column) is None for i in range(len(answer))):
            raise UsageError(f"the column {column.name} of {answer.name} has no figures")
    if how.directions and not (outline.change or outline.rate):
        raise UsageError(f"{answer.name} has no change: --rose, --fell and --unchanged need one, as in lines-changed")
    name = how.column or ((outline.change or outline.rate) if how.directions else outline.figure)
    if name is None:
        raise UsageError(f"{answer.name} has no main figure; name a column with figures: --column NAME")
    return column_of(answer, name)


def _direction(answer: Answer, place: int) -> int | None:
    """Return the sign of a row's change; a change that is printed as 0 has the sign of its rate."""
    names = [name for name in (answer.outline.change, answer.outline.rate) if name]
    numbers = [n for name in names if (n := number_at(answer, place, column_of(answer, name))) is not None]
    signs = [(n > 0) - (n < 0) for n in numbers]
    return next((sign for sign in signs if sign), 0) if signs else None


def _compared(answer: Answer, how: Refinement, figure: Column, limit: Limit) -> Column:
    """Return the column that a limit is compared with: the figure, or the rate or share for a limit in percent."""
    if limit.unit in {None, figure.unit}:
        return figure
    rate = answer.outline.rate if how.directions or answer.outline.figure == answer.outline.change else None
    percent = rate or next((column.name for column in answer.columns if column.unit == "percent"), None)
    if limit.unit == "percent" and percent and not how.column:
        return column_of(answer, percent)
    unit = "per cent" if limit.unit == "percent" else "yen"
    raise UsageError(f"the column {figure.name} of {answer.name} is not in {unit}")


def _passes(number: Decimal | None, side: str, limit: Limit, by_size: bool) -> bool:
    if number is None:
        return False
    size = abs(number) if by_size else number
    return size > limit.number if side == "more" else size < limit.number


def _ranked(answer: Answer, places: list[int], figure: Column, how: Refinement) -> list[int]:
    """Return the places with the highest figure first, or the largest fall, and of these the ends that are wanted."""
    sign = -1 if how.directions == {-1} else 1
    rate = answer.outline.rate and column_of(answer, answer.outline.rate)

    def key(place: int) -> tuple[Decimal, Decimal]:
        beside = number_at(answer, place, rate) if rate else None
        return -sign * (number_at(answer, place, figure) or Decimal(0)), -sign * (beside or Decimal(0))

    order = sorted(places, key=key)
    if not how.ranked:
        return order
    first = order[: how.top or 0]
    last = [place for place in order[::-1][: how.bottom or 0] if place not in first]
    return [*first, *(last if how.top is None else last[::-1])]


def _sorted(answer: Answer, wanted: str) -> Answer:
    """Return the answer by the figures or else by the English texts of a column; rows without a value come last."""
    column, down = column_of(answer, wanted.lstrip("-")), wanted.startswith("-")
    at = answer.columns.index(column)
    places = range(len(answer))
    filled = [i for i in places if answer.rows[i][at] is not None]
    numbers = {i: number_at(answer, i, column) for i in filled}
    if all(number is not None for number in numbers.values()):
        order = sorted(filled, key=lambda i: numbers[i] or 0, reverse=down)
    else:
        order = sorted(filled, key=lambda i: natural(answer.text(i, at, "en").casefold()), reverse=down)
    found = _with_rows(answer, [*order, *(i for i in places if answer.rows[i][at] is None)])
    outline = replace(answer.outline, ordered=True)
    return replace(found, sentence=in_order(answer.sentence, column, down=down), outline=outline)


def _named(name: str, answer: Answer) -> set[str]:
    """Return the IRIs in the rows that have a name: an IRI, an id or a label. Raises UsageError if there are none."""
    things = {t.value for row in answer.rows for t in row if isinstance(t, ox.NamedNode)}
    names = {iri: {iri, terms.shorten(iri), fold_name(terms.local_name(iri))} for iri in things}
    for (iri, _), label in answer.labels.items():
        if iri in names:
            names[iri].add(fold_name(label))
    if found := {iri for iri, known in names.items() if {name, fold_name(name)} & known}:
        return found
    own = [iri for iri in things if iri.startswith(terms.ID) and "/passage/" not in iri]
    known = sorted({terms.local_name(iri) for iri in own} | {answer.labels.get((iri, "en"), "") for iri in own} - {""})
    near = nearest(name, known)
    hint = f"did you mean {', '.join(map(repr, near))}?" if near else ", ".join(known[:_FEW])
    raise UsageError(f"--without: nothing in this answer is called {name!r}; {hint}".rstrip("; "))


def _with_rows(answer: Answer, places: list[int]) -> Answer:
    """Return the answer with the rows at these places, and for money with the working of these rows alone."""
    rows = tuple(answer.rows[i] for i in places)
    working = answer.working
    if working is None:
        return replace(answer, rows=rows)
    names = [column.name for column in answer.columns]
    if answer.outline.grouped:
        at, by = names.index(answer.outline.name or ""), answer.outline.name or ""
        groups = {row[at] for row in rows}
        again = working.again([row for row in working.every_row if row.get(by) in groups])
    else:
        again = working.again([working.rows[i] for i in places])
        _, rows = again.ungrouped([name for name in names if name not in MONEY_COLUMNS])
    before = working.notes()
    leading = [note for note in answer.notes[: answer.leading] if note not in before]
    others = [note for note in answer.notes[answer.leading :] if note not in before]
    notes = (*leading, *again.notes(), *others)
    return replace(answer, rows=rows, working=again, total=again.total, notes=notes, leading=len(leading))
