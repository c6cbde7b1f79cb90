"""Read the fact tables as records with file, line and cells."""

import csv
from dataclasses import dataclass
from pathlib import Path

from kg import terms
from kg.errors import Fault, InputError, did_you_mean
from kg.files.read import read_text
from kg.tables.schema import Property, Schema

PLAIN_COLUMNS = ("id", "type", "page", "lines")


@dataclass(frozen=True)
class FactColumn:
    """One column: a property, with the language of its values if they are words."""

    name: str
    prop: Property
    language: str | None


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


def read_tables(facts: Path, schema: Schema) -> tuple[list[FactTable], list[Fault]]:
    """Return every table under `facts` (one folder per document) and the faults in their headers.

    Raises InputError if the folder is missing.
    """
    if not facts.is_dir():
        raise InputError(f"{facts}: no such folder of fact tables")
    tables, faults = [], []
    for path in sorted(facts.glob("*/*.csv")):
        name = f"{facts.name}/{path.parent.name}/{path.name}"
        table, problems = _read_table(path, name, schema)
        faults += problems
        if table:
            tables.append(table)
    return tables, faults


def _read_table(path: Path, name: str, schema: Schema) -> tuple[FactTable | None, list[Fault]]:
    cls = terms.IS + path.stem
    if cls not in schema.classes:
        known = [terms.local_name(c) for c in schema.classes if c.startswith(terms.IS)]
        problem = "no such class in the ontology"
        return None, [Fault(name, 1, "file name", path.stem, problem, did_you_mean(path.stem, known))]
    try:
        text = read_text(path, "utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        return None, [Fault(name, line, "", "", "is not UTF-8 text", "save the table as UTF-8")]
    reader = csv.reader(text.splitlines(keepends=True), strict=True)
    try:
        header = [cell.strip() for cell in next(reader, [])]
        columns, faults = _read_header(header, name, cls, schema)
        rows = []
        while True:
            start = reader.line_num + 1
            cells = next(reader, None)
            if cells is None:
                break
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(header):
                problem = f"has {len(cells)} cells, the head has {len(header)}"
                faults.append(Fault(name, start, "", "", problem, "quote cells that hold a comma"))
                continue
            filled = {h: c.strip() for h, c in zip(header, cells, strict=True) if c.strip()}
            rows.append(FactRow(name, start, path.parent.name, cls, filled))
    except csv.Error as error:
        return None, [Fault(name, reader.line_num, "", "", f"is not a CSV table: {error}", "check the quotes")]
    return FactTable(name, tuple(columns), tuple(rows)), faults


def _read_header(header: list[str], file: str, cls: str, schema: Schema) -> tuple[list[FactColumn], list[Fault]]:
    columns: list[FactColumn] = []
    faults = [
        Fault(file, 1, name, "", "is repeated in the header", "keep one") for name in header if header.count(name) > 1
    ]
    for name in header:
        if name in PLAIN_COLUMNS:
            continue
        column = read_column(name, schema)
        if column is None:
            known = [column_name(p) for p in schema.properties]
            base = name.partition("@")[0]
            faults.append(Fault(file, 1, name, "", "no such property in the ontology", did_you_mean(base, known)))
        elif not _allowed(column.prop, cls, schema):
            domain = terms.shorten(column.prop.domain or "")
            faults.append(
                Fault(file, 1, name, "", f"belongs to {domain}", f"a {terms.local_name(cls)} has no such column")
            )
        else:
            columns.append(column)
    if "id" not in header:
        faults.append(Fault(file, 1, "id", "", "the column is missing", "add the column id"))
    return columns, faults


def read_column(name: str, schema: Schema) -> FactColumn | None:
    """Return the column with a heading such as `amount` or `skos:prefLabel@ja`, or None."""
    base, _, language = name.partition("@")
    iri = terms.expand(base) if ":" in base else terms.IS + base
    prop = schema.properties.get(iri or "")
    return FactColumn(name, prop, language or None) if prop else None


def column_name(iri: str) -> str:
    """Return the heading of a property: its local name if it belongs to this ontology, or else its CURIE."""
    return iri.removeprefix(terms.IS) if iri.startswith(terms.IS) else terms.shorten(iri)


def _allowed(prop: Property, cls: str, schema: Schema) -> bool:
    return prop.domain is None or schema.descends(cls, prop.domain) or schema.descends(prop.domain, cls)
