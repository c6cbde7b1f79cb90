"""Read the fact tables as records with file, line and cells."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kg import terms
from kg.characters import unseen
from kg.errors import Fault, did_you_mean
from kg.files.read import read_file
from kg.tables.folders import find_tables
from kg.tables.heads import FactColumn, read_head, separator_fault
from kg.tables.schema import Schema

if TYPE_CHECKING:
    from _csv import Reader

_PAGE = terms.IS + "Page"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True)
class FactRow:
    """One row, which is one fact: its place, the class of its file and its cells as written."""

    file: str
    line: int
    folder: str
    cls: str
    cells: dict[str, str]

    @property
    def place(self) -> tuple[str, int]:
        """File and line."""
        return self.file, self.line

    def fault(self, column: str, problem: str, remedy: str = "", value: str | None = None) -> Fault:
        """Return a fault of this row's cell in `column`."""
        return Fault(
            self.file, self.line, column, self.cells.get(column, "") if value is None else value, problem, remedy
        )


@dataclass(frozen=True)
class FactTable:
    """One fact table. Its rows are not held in memory, but read again each time."""

    file: str
    folder: str
    cls: str
    columns: tuple[FactColumn, ...]
    size: int
    _reader: _Reader

    def rows(self, *columns: str) -> Iterator[FactRow]:
        """Yield the rows that are well-formed, with the cells of some columns, by default of all."""
        return self._reader.rows(frozenset(columns))


@dataclass(frozen=True)
class Tables:
    """The tables that could be read, and the faults of the others and of single rows.

    `unread` are the words in what could not be read: ids among them are declared, only not known. `unpaged` are the
    folders of documents whose pages could not all be read.
    """

    tables: tuple[FactTable, ...]
    faults: tuple[Fault, ...]
    unread: frozenset[str]
    unpaged: frozenset[str]

    @property
    def folders(self) -> frozenset[str]:
        """The folders of the tables."""
        return frozenset(table.folder for table in self.tables)


def read_tables(facts: Path, schema: Schema) -> Tables:
    """Return every table under `facts` (one folder per document) and the faults in their names, heads and rows.

    Raises InputError if the folder is missing or contains no table, or a file cannot be read.
    """
    found = find_tables(facts, {terms.local_name(cls) for cls in schema.classes if cls.startswith(terms.IS)})
    readers = [_Reader(path, f"{facts.name}/{path.parent.name}/{path.name}", schema) for path in found.files]
    for reader in readers:
        reader.read()
    unread = set().union(*(_words(_decoded(read_file(path))) for path in found.unread), *(r.unread for r in readers))
    return Tables(
        tuple(reader.table for reader in readers if reader.table),
        (*found.faults, *(fault for reader in readers for fault in reader.faults)),
        frozenset(unread),
        frozenset(reader.folder for reader in readers if reader.cls == _PAGE and reader.unread)
        | {path.parent.name for path in found.unread if path.name.casefold().startswith("page.")},
    )


class _Reader:
    """Reads one table: its rows, the faults in it, and the words in what it could not read."""

    def __init__(self, path: Path, name: str, schema: Schema) -> None:
        self.path, self.name, self.schema = path, name, schema
        self.folder, self.cls = path.parent.name, terms.IS + path.stem
        self.faults: list[Fault] = []
        self.unread: set[str] = set()
        self.table: FactTable | None = None
        self._text, self._clean, self._start = "", False, 1

    def read(self) -> None:
        """Read the table; where its name, text or head is at fault, that is the only fault, and no row is read."""
        content = read_file(self.path)
        text = _decoded(content)
        fault = self._of_name() or self._of_text(content) or separator_fault(self.name, text)
        if fault:
            self.faults.append(fault)
        else:
            self._text = text
            self._clean = unicodedata.is_normalized("NFC", text) and next(unseen(text), None) is None
            self._read_all()
        if self.table is None:
            self.unread = _words(text)

    def _of_name(self) -> Fault | None:
        if self.cls in self.schema.classes:
            return None
        known = [terms.local_name(c) for c in self.schema.classes if c.startswith(terms.IS)]
        hint = did_you_mean(self.path.stem, known)
        return Fault(self.name, 1, "file name", self.path.stem, "no such class in the ontology", hint)

    def _of_text(self, content: bytes) -> Fault | None:
        try:
            content.decode("utf-8")
        except UnicodeDecodeError as error:
            line = 1 if content.startswith(_UTF_16) else content[: error.start].count(b"\n") + 1
            remedy = 'save the table as UTF-8 (in a spreadsheet: "CSV UTF-8")'
            return Fault(self.name, line, "", "", "is not UTF-8 text", remedy)
        return None

    def _read_all(self) -> None:
        """Read the head, and each row once for its faults."""
        try:
            head = self._head(next(self._lines(), []))
            columns, faults = read_head(head, self.name, self.cls, self.schema)
            self.faults += faults
            if "id" not in head:
                return
            size = sum(1 for _ in self.rows(faults=self.faults))
        except csv.Error as error:
            problem = "has an open quote" if "unexpected end" in str(error) else f"is not a CSV table: {error}"
            if "field limit" in str(error):
                problem = f"has a cell of more than {csv.field_size_limit():,} characters"
            self.faults.append(Fault(self.name, self._start, "", "", problem, "check the quotes"))
            return
        self.table = FactTable(self.name, self.folder, self.cls, tuple(columns), size, self)

    def rows(self, columns: frozenset[str] = frozenset(), faults: list[Fault] | None = None) -> Iterator[FactRow]:
        """Yield the well-formed rows with the cells of some columns, by default of all; add the faults to a list."""
        lines = self._lines()
        head = self._head(next(lines, []))
        for number, cells in self._numbered(lines):
            if len(cells) != len(head):
                if faults is not None and any(map(str.strip, cells)):
                    problem = f"has {len(cells)} cells, the head has {len(head)}"
                    faults.append(Fault(self.name, number, "", "", problem, "quote cells that contain a comma"))
                    self.unread |= _words(" ".join(cells))
                continue
            wanted = ((h, c) for h, c in zip(head, cells, strict=True) if c and (not columns or h in columns))
            filled = {h: text for h, c in wanted if (text := c.strip() if self._clean else _canonical(c))}
            if not filled and not any(map(str.strip, cells)):
                continue
            row = FactRow(self.name, number, self.folder, self.cls, filled)
            if not self._clean:
                _without_unseen(row, faults)
            yield row

    def _lines(self) -> Reader:
        # a line ends at a line feed alone: str.splitlines would end it at the separators within a cell too
        return csv.reader(io.StringIO(self._text, newline=""), strict=True)

    def _numbered(self, lines: Reader) -> Iterator[tuple[int, list[str]]]:
        """Yield each row with the number of its first line, which also stands in `_start` if it cannot be read."""
        while True:
            self._start = lines.line_num + 1
            cells = next(lines, None)
            if cells is None:
                return
            yield self._start, cells

    def _head(self, cells: list[str]) -> list[str]:
        return [_canonical(cell) for cell in cells]


def _without_unseen(row: FactRow, faults: list[Fault] | None) -> None:
    """Delete the characters that nobody can see, so that no other fault follows, and report them."""
    for column, text in row.cells.items():
        if found := dict(unseen(text)):
            if faults is not None:
                shown = "".join(f"\\u{ord(c):04x}" if i in found else c for i, c in enumerate(text))
                what = next(iter(found.values()))
                faults.append(Fault(row.file, row.line, column, shown, f"contains {what}", "delete it"))
            row.cells[column] = "".join(c for i, c in enumerate(text) if i not in found)


def _canonical(cell: str) -> str:
    """Return a cell without blanks around it, in NFC: some systems write が as か and a mark, which looks the same."""
    return unicodedata.normalize("NFC", cell.strip())


def _decoded(content: bytes) -> str:
    """Return the text of a table, without byte order marks and with line feeds as line ends."""
    encoding = "utf-16" if content.startswith(_UTF_16) else "utf-8"
    text = content.decode(encoding, errors="replace").lstrip("\ufeff")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _words(text: str) -> set[str]:
    return set(re.split(r"[\s,;|\"]+", text))
