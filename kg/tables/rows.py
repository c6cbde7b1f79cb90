"""Read the fact tables as records with file, line and cells."""

import csv
import io
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from kg import terms
from kg.characters import unseen
from kg.errors import Fault, did_you_mean
from kg.files.read import read_file
from kg.tables.folders import find_tables
from kg.tables.heads import FactColumn, read_head, separator_fault
from kg.tables.schema import Schema

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

    def fault(self, column: str, problem: str, remedy: str = "", value: str | None = None) -> Fault:
        """Return a fault of this row's cell in `column`."""
        return Fault(
            self.file, self.line, column, self.cells.get(column, "") if value is None else value, problem, remedy
        )


@dataclass(frozen=True)
class FactTable:
    """One fact table."""

    file: str
    columns: tuple[FactColumn, ...]
    rows: tuple[FactRow, ...]


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

    def read(self) -> None:
        """Read the table; where its name, text or head is at fault, that is the only fault, and no row is read."""
        content = read_file(self.path)
        text = _decoded(content)
        fault = self._of_name() or self._of_text(content) or separator_fault(self.name, text)
        if fault:
            self.faults.append(fault)
        else:
            # a line ends at a line feed alone: str.splitlines would end it at the separators within a cell too
            self._read_rows(io.StringIO(text, newline=""))
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

    def _read_rows(self, text: io.StringIO) -> None:
        reader, start = csv.reader(text, strict=True), 1
        try:
            head = [_canonical(cell) for cell in next(reader, [])]
            columns, faults = read_head(head, self.name, self.cls, self.schema)
            self.faults += faults
            if "id" not in head:
                return
            rows = []
            while True:
                start = reader.line_num + 1
                cells = next(reader, None)
                if cells is None:
                    break
                if row := self._row(start, head, cells):
                    rows.append(row)
        except csv.Error as error:
            problem = "has an open quote" if "unexpected end" in str(error) else f"is not a CSV table: {error}"
            if "field limit" in str(error):
                problem = f"has a cell of more than {csv.field_size_limit():,} characters"
            self.faults.append(Fault(self.name, start, "", "", problem, "check the quotes"))
            return
        self.table = FactTable(self.name, tuple(columns), tuple(rows))

    def _row(self, line: int, head: list[str], cells: list[str]) -> FactRow | None:
        if not any(cell.strip() for cell in cells):
            return None
        if len(cells) != len(head):
            problem = f"has {len(cells)} cells, the head has {len(head)}"
            self.faults.append(Fault(self.name, line, "", "", problem, "quote cells that contain a comma"))
            self.unread |= _words(" ".join(cells))
            return None
        filled = {h: text for h, c in zip(head, cells, strict=True) if (text := _canonical(c))}
        for column, text in filled.items():
            if found := dict(unseen(text)):
                shown = "".join(f"\\u{ord(c):04x}" if i in found else c for i, c in enumerate(text))
                what = next(iter(found.values()))
                self.faults.append(Fault(self.name, line, column, shown, f"contains {what}", "delete it"))
                filled[column] = "".join(c for i, c in enumerate(text) if i not in found)  # so that no fault follows
        return FactRow(self.name, line, self.folder, self.cls, filled)


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
