"""What people read of an answer: its cells as texts, money by how certain it is, numbered notes, the total."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import pyoxigraph as ox

from kg.paths import read_texts
from kg.questions.answer import MONEY_COLUMNS, Answer, Column, shown
from kg.questions.formats.style import Style, in_unit, plain, whole_yen
from kg.rdf.nodes import Term, integer

Cells = tuple[Term | None, ...]
_CERTAINTY = ("certain", "up-to", "undecided", "nothing")


@dataclass(frozen=True)
class Row:
    """One row: its cells as texts, and the terms that stand behind them."""

    texts: tuple[str, ...]
    terms: Cells


@dataclass(frozen=True)
class Sheet:
    """An answer in one language and unit; `sections` are titles (empty: none) with their rows."""

    columns: tuple[Column, ...]
    heads: tuple[str, ...]
    sections: tuple[tuple[str, tuple[Row, ...]], ...]
    total: tuple[str, ...] | None
    footnotes: tuple[str, ...]
    sentence: str
    above: tuple[str, ...]
    below: tuple[str, ...]
    readings: tuple[str, ...]

    @property
    def rows(self) -> list[Row]:
        """All rows, in order."""
        return [row for _, rows in self.sections for row in rows]


def sheet(answer: Answer, language: str, style: Style) -> Sheet:
    """Return what people read of an answer, without the columns for readers of the other language."""
    answer = for_language(answer, language)
    sections = [(title, _merged(answer, rows, language, style)) for title, rows in _sections(answer, language)]
    columns, sections, footnotes = _with_footnotes(answer, sections, language)
    texts = (in_unit(note[language], style.unit) if language == "en" else note[language] for note in answer.notes)
    notes = tuple(map(plain, texts))
    said = answer.sentence[language]
    return Sheet(
        columns=columns,
        heads=tuple(column.label[language] for column in columns),
        sections=tuple((title, tuple(rows)) for title, rows in sections),
        total=_total(answer, columns, language, style),
        footnotes=footnotes,
        sentence=plain(in_unit(said, style.unit) if language == "en" else said),
        above=notes[: answer.leading],
        below=notes[answer.leading :],
        readings=tuple(plain(reading[language]) for reading in answer.readings),
    )


def for_language(answer: Answer, language: str) -> Answer:
    """Return an answer without the columns that are meant for readers of the other language."""
    places = [i for i, column in enumerate(answer.columns) if column.only in {None, language}]
    columns = tuple(answer.columns[i] for i in places)
    return replace(answer, columns=columns, rows=tuple(tuple(row[i] for i in places) for row in answer.rows))


def cell(term: Term | None, column: Column, answer: Answer, language: str, style: Style) -> str:
    """Return the text of a cell: names for IRIs, money in the unit (English) or in 億円 (Japanese)."""
    if term is None:
        is_bound = column.name == "upper" and "0" in column.values  # MONEY_COLUMNS, not an upper bound of another kind
        return ("no limit" if language == "en" else "上限なし") if is_bound else ""
    said = plain(shown(term, column, answer.labels, language))
    number = getattr(term, "value", "")
    if column.unit == "yen" and style.unit == "yen" and number not in column.values and number.lstrip("-").isdecimal():
        return whole_yen(number, language)
    return in_unit(said, style.unit) if language == "en" else said


def _sections(answer: Answer, language: str) -> list[tuple[str, list[Cells]]]:
    """Return the rows by how certain their money is, largest first; one section if it is all alike."""
    names = [column.name for column in answer.columns]
    if answer.working is None or answer.outline.ordered or not {"lower", "upper"} <= set(names):
        return [("", list(answer.rows))]
    at = names.index("lower"), names.index("upper")
    found: dict[str, list[Cells]] = {kind: [] for kind in _CERTAINTY}
    for row in answer.rows:
        found[_certainty(row[at[0]], row[at[1]])].append(row)
    kinds = [kind for kind in _CERTAINTY if found[kind]]
    for rows in found.values():
        rows.sort(key=lambda row: (-_number(row[at[1]]), -_number(row[at[0]])))
    titles = read_texts("questions")["table"]["certainty"]
    if len(kinds) < 2:
        return [("", found[kind]) for kind in kinds]
    return [(titles[kind][language], found[kind]) for kind in kinds]


def _certainty(lower: Term | None, upper: Term | None) -> str:
    if upper is None:
        return "undecided"
    if not _number(upper):
        return "nothing"
    return "certain" if _number(lower) == _number(upper) else "up-to"


def _number(term: Term | None) -> Decimal:
    return Decimal(term.value) if isinstance(term, ox.Literal) else Decimal(0)


def _merged(answer: Answer, rows: Iterable[Cells], language: str, style: Style) -> list[Row]:
    """Return the rows as texts; those that differ only in their source become one, with all sources."""
    made = [
        Row(tuple(cell(t, c, answer, language, style) for t, c in zip(row, answer.columns, strict=True)), row)
        for row in rows
    ]
    place = next((i for i, c in enumerate(answer.columns) if c.name == "source"), None)
    if place is None or answer.working:
        return made
    alike: dict[tuple[str, ...], list[Row]] = {}
    for row in made:
        alike.setdefault((*row.texts[:place], *row.texts[place + 1 :]), []).append(row)
    return [_joined(same, place) for same in alike.values()]


def _joined(same: Sequence[Row], place: int) -> Row:
    first = same[0]
    if len(same) == 1:
        return first
    sources = "; ".join(dict.fromkeys(row.texts[place] for row in same))
    texts = (*first.texts[:place], sources, *first.texts[place + 1 :])
    return Row(texts, (*first.terms[:place], ox.Literal(sources), *first.terms[place + 1 :]))


def _with_footnotes(
    answer: Answer, sections: list[tuple[str, list[Row]]], language: str
) -> tuple[tuple[Column, ...], list[tuple[str, list[Row]]], tuple[str, ...]]:
    """Return columns and rows with numbers in place of notes, and the notes: each once, in the order of the rows."""
    places = [i for i, column in enumerate(answer.columns) if column.footnote]
    if not places:
        return answer.columns, sections, ()
    numbers: dict[str, int] = {}
    head: dict[str, Any] = read_texts("questions")["table"]["note"]
    columns = [c for i, c in enumerate(answer.columns) if i not in places] + [Column("note", head, footnote=True)]

    def numbered(row: Row) -> Row:
        notes = [note for i in places for note in _notes(answer.columns[i], row.texts[i])]
        said = ", ".join(str(n) for n in sorted({numbers.setdefault(note, len(numbers) + 1) for note in notes}))
        texts = [text for i, text in enumerate(row.texts) if i not in places]
        terms = [term for i, term in enumerate(row.terms) if i not in places]
        return Row((*texts, said), (*terms, None))

    made = [(title, [numbered(row) for row in rows]) for title, rows in sections]
    return tuple(columns), made, tuple(numbers)


def _notes(column: Column, text: str) -> list[str]:
    """Return the notes in a cell; the reasons of a sum stand in one cell."""
    return [note for note in (text.split("; ") if is_money(column) else [text]) if note]


def _total(answer: Answer, columns: Sequence[Column], language: str, style: Style) -> tuple[str, ...] | None:
    """Return the row of the total: the sum of a money answer, or of the column whose figures may be added up."""
    if len(answer) < 2:
        return None
    texts = read_texts("questions")["table"]["total"]
    cells: dict[str, Term | None] = {}
    twice = False
    if answer.total is not None and "lower" in {c.name for c in columns}:
        upper = answer.total.upper
        cells = {"lower": integer(answer.total.lower), "upper": None if upper is None else integer(upper)}
        at = [column.name for column in answer.columns].index("upper")
        twice = sum(_number(row[at]) for row in answer.rows) != answer.total.known
    elif answer.outline.sum and _one_period(answer):
        at = [column.name for column in answer.columns].index(answer.outline.sum)
        cells = {answer.outline.sum: integer(int(sum(_number(row[at]) for row in answer.rows)))}
    if not cells:
        return None
    figures = [cell(cells[c.name], c, answer, language, style) if c.name in cells else "" for c in columns]
    label = texts["once" if twice else "plain"][language]
    place = next((i for i, c in enumerate(columns) if c.name == answer.outline.name and c.name not in cells), 0)
    return tuple(label if i == place else figure for i, figure in enumerate(figures))


def _one_period(answer: Answer) -> bool:
    places = [i for i, column in enumerate(answer.columns) if column.name in {"fiscalYear", "phase"}]
    return len({tuple(row[i] for i in places) for row in answer.rows}) == 1


def is_money(column: Column) -> bool:
    """Return whether a column is one of those that a sum of money adds."""
    return MONEY_COLUMNS.get(column.name) == column
