"""An Excel workbook: an introduction, the tables of money, one sheet per class, and a description of all columns."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from kg import terms
from kg.errors import DataError
from kg.exports.registry import form
from kg.exports.select import Selection
from kg.exports.tables.sheets import NOTES, Sheets, make_sheets
from kg.exports.tables.tabular import Cell, Field, Sheet, is_formula
from kg.questions import terminal as columns

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

MEDIA = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ABOUT, COLUMNS = "About", "Columns"
_LONGEST, _ROWS, _DIGITS = 32_767, 1_048_575, 15  # limits of Excel: characters in a cell, rows below the header, digits
_NARROW, _WIDE = 8, 60
_HEADS = {
    "en": {"sheet": "Sheet", "what": "What", "rows": "Rows", "note": "Note", "column": "Column", "head": "Head"}
    | {"kind": "Kind", "property": "Property", "separator": "Between values", "key": "Key of"},
    "ja": {"sheet": "シート", "what": "内容", "rows": "行数", "note": "注記", "column": "列", "head": "見出し"}
    | {"kind": "種類", "property": "プロパティ", "separator": "値の区切り", "key": "参照先"},
}
_SAID = {
    "en": {"version": "Version", "issued": "Date", "licence": "Licence", "source": "Source", "iri": "Dataset"},
    "ja": {"version": "版", "issued": "日付", "licence": "利用許諾", "source": "出典", "iri": "データセット"},
}


@form("xlsx", ".xlsx", MEDIA)
def workbook(selection: Selection) -> bytes:
    """Excel workbook: the tables of money and one sheet per class."""
    from xlsxwriter.workbook import Workbook

    sheets = make_sheets(selection)
    out = io.BytesIO()
    settings = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(out, settings) as book:
        book.set_properties(
            {
                "title": sheets.title[selection.language],
                "comments": sheets.notice[selection.language],
                "created": datetime.fromisoformat(sheets.issued).replace(tzinfo=UTC),
            }
        )
        _Writer(book, selection.language).write(sheets)
    return out.getvalue()


class _Writer:
    """The writer of the sheets of one workbook in one language."""

    def __init__(self, book: Workbook, language: str) -> None:
        self.book, self.language = book, language
        self.head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self.bold = book.add_format({"bold": True})
        self.plain = book.add_format({"text_wrap": True, "valign": "top"})
        # Excel keeps such a cell a text even after someone edits it.
        self.quoted = book.add_format({"quote_prefix": True})
        self.yen = book.add_format({"num_format": "#,##0"})
        self.whole = book.add_format({"num_format": "0"})
        self.date = book.add_format({"num_format": "yyyy-mm-dd"})

    def write(self, sheets: Sheets) -> None:
        about = self.book.add_worksheet(ABOUT)
        names = sheet_names(sheets.tables)
        for table in sheets.tables:
            self.table(self.book.add_worksheet(names[table.name]), table)
        self.columns(sheets, names)
        self.about(about, sheets, names)

    def about(self, sheet: Worksheet, sheets: Sheets, names: dict[str, str]) -> None:
        said, heads = _SAID[self.language], _HEADS[self.language]
        sheet.set_column(0, 0, 26)
        sheet.set_column(1, 1, 44)
        sheet.set_column(2, 2, 10)
        sheet.set_column(3, 3, 100)
        sheet.write_string(0, 0, sheets.title[self.language], self.bold)
        sheet.write_string(1, 0, sheets.notice[self.language])
        facts = [
            (said["version"], sheets.version),
            (said["issued"], sheets.issued),
            (said["licence"], sheets.licence),
            (said["iri"], terms.BASE + "dataset"),
            *((said["source"], title[self.language] or iri) for iri, title in sheets.sources.items()),
        ]
        for line, (name, text) in enumerate(facts, 3):
            sheet.write_string(line, 0, name)
            self.text(sheet, line, 1, text)
        line = 4 + len(facts)
        for note in NOTES:
            sheet.write_string(line, 0, note[self.language])
            line += 1
        line += 1
        for place, head in enumerate(("sheet", "what", "rows", "note")):
            sheet.write_string(line, place, heads[head], self.head)
        for number, table in enumerate(sheets.tables, line + 1):
            name = names[table.name]
            sheet.write_url(number, 0, f"internal:'{name}'!A1", string=name)
            self.text(sheet, number, 1, table.titles[self.language])
            sheet.write_number(number, 2, len(table.rows), self.yen)
            self.text(sheet, number, 3, table.note.get(self.language, ""))

    def columns(self, sheets: Sheets, names: dict[str, str]) -> None:
        heads = _HEADS[self.language]
        listed = ("sheet", "column", "head", "kind", "separator", "key", "property", "note")
        columns = tuple(Field(name, {self.language: heads[name]}) for name in listed)
        rows = [
            tuple((text,) if text else () for text in self._told(table, column, names))
            for table in sheets.tables
            for column in table.columns
        ]
        self.table(self.book.add_worksheet(COLUMNS), Sheet(COLUMNS, {}, columns, tuple(rows), ()))

    def _told(self, table: Sheet, column: Field, names: dict[str, str]) -> tuple[str, ...]:
        target = next((f.table for f in table.foreign if f.column == column.name), "")
        note = column.note.get(self.language, "")
        between, prop = column.separator or "", column.property or ""
        head = column.titles[self.language]
        return (names[table.name], column.name, head, column.kind, between, names.get(target, ""), prop, note)

    def table(self, sheet: Worksheet, table: Sheet) -> None:
        if len(table.rows) > _ROWS:
            raise DataError(f"{table.name}: {len(table.rows):,} rows are more than a sheet of Excel holds; use csv")
        for place, column in enumerate(table.columns):
            sheet.write_string(0, place, column.titles[self.language], self.head)
            sheet.set_column(place, place, self._width(column, [row[place] for row in table.rows]))
        for line, row in enumerate(table.rows, 1):
            for place, (column, cell) in enumerate(zip(table.columns, row, strict=True)):
                self.cell(sheet, line, place, column, cell)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, max(len(table.rows), 1), len(table.columns) - 1)

    def _width(self, column: Field, cells: list[Cell]) -> int:
        longest = max((columns.columns_of(self._shown(column, cell)) for cell in cells), default=0)
        head = max(columns.columns_of(word) for word in column.titles[self.language].split() or [""])
        return min(max(longest, head + 3, _NARROW) + 1, _WIDE)

    def _shown(self, column: Field, cell: Cell) -> str:
        text = (column.separator or "").join(cell)
        return f"{int(text):,}" if column.kind == "yen" and text and column.separator is None else text

    def cell(self, sheet: Worksheet, line: int, place: int, column: Field, cell: Cell) -> None:
        if not cell:
            return
        text = cell[0]
        number = len(text.lstrip("-").replace(".", "")) <= _DIGITS
        if column.separator is not None:
            self.text(sheet, line, place, column.separator.join(cell))
        elif column.kind == "boolean":
            sheet.write_boolean(line, place, text in {"true", "1"})
        elif column.kind == "date":
            sheet.write_datetime(line, place, datetime.fromisoformat(text), self.date)
        elif column.kind in {"yen", "integer"} and number:
            sheet.write_number(line, place, int(text), self.yen if column.kind == "yen" else self.whole)
        elif column.kind == "decimal" and number:
            sheet.write_number(line, place, float(text))
        else:
            self.text(sheet, line, place, text)

    def text(self, sheet: Worksheet, line: int, place: int, text: str) -> None:
        if len(text) > _LONGEST:
            raise DataError(f"{sheet.name}: a text of {len(text):,} characters is longer than Excel takes; use csv")
        sheet.write_string(line, place, text, self.quoted if is_formula(text) else None)


def sheet_names(tables: tuple[Sheet, ...]) -> dict[str, str]:
    """Return the sheet name of each table; Excel allows 31 characters and ignores case."""
    names: dict[str, str] = {}
    taken = {ABOUT.lower(), COLUMNS.lower(), "history"}
    for table in tables:
        name, number = table.name[:31], 1
        while name.lower() in taken:
            number += 1
            name = f"{table.name[: 30 - len(str(number))]}-{number}"
        taken.add(name.lower())
        names[table.name] = name
    return names
