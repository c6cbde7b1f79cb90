"""The workbook: it holds what the tables hold, reads well in both languages, and nothing in it runs."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime

import openpyxl
import pyoxigraph as ox
import pytest

from kg import terms
from kg.errors import DataError
from kg.exports.export import export
from kg.exports.formats.csvw import csv_on_the_web
from kg.exports.formats.xlsx import sheet_names, workbook
from kg.exports.select import Choice, Selection
from kg.exports.tables.sheets import make_sheets
from kg.exports.tables.tabular import Sheet
from tests.exports.spreadsheets import HOSTILE, hostile_selection, quads_of

ID, IS, RDF, SKOS = terms.ID, terms.IS, terms.RDF, terms.SKOS


@pytest.fixture(scope="module")
def hostile() -> Selection:
    return hostile_selection()


@pytest.fixture(scope="module")
def book() -> openpyxl.Workbook:
    content = export("xlsx")
    assert isinstance(content, bytes)
    return openpyxl.load_workbook(io.BytesIO(content))


@pytest.mark.slow("reads the whole workbook back")
def test_the_workbook_holds_what_the_tables_hold(book: openpyxl.Workbook) -> None:
    sheets = make_sheets(Selection(tuple(quads_of())))
    names = sheet_names(sheets.tables)
    assert book.sheetnames == ["About", *names.values(), "Columns"]
    kinds = {"text": str, "id": str, "iri": str, "integer": int, "yen": int, "boolean": bool, "date": datetime}
    for table in sheets.tables:
        sheet = book[names[table.name]]
        assert sheet.max_row == max(len(table.rows) + 1, 1)
        for cells, row in zip(sheet.iter_rows(min_row=2), table.rows, strict=True):
            for cell, values, column in zip(cells, row, table.columns, strict=True):
                if not values:
                    assert cell.value is None
                elif column.separator is not None or column.kind in {"text", "id", "iri"}:
                    assert cell.value == (column.separator or "").join(values)
                elif column.kind == "decimal":
                    assert cell.value == pytest.approx(float(values[0]))
                else:
                    assert isinstance(cell.value, kinds[column.kind]), (table.name, column.name, cell.value)
                    shown = cell.value.date() if isinstance(cell.value, datetime) else cell.value
                    said = str(shown).lower() if isinstance(shown, bool) else str(shown)
                    assert said == values[0]
                assert (cell.number_format == "#,##0") == (column.kind == "yen" and cell.value is not None)


@pytest.mark.slow("reads the whole workbook")
def test_the_workbook_reads_well(book: openpyxl.Workbook) -> None:
    about = [str(c.value) for row in book["About"].iter_rows() for c in row if c.value is not None]
    for said in ("Not an official government dataset", "https://creativecommons.org/licenses/by/4.0/", "0.1.0", "yen"):
        assert any(said in text for text in about), said
    for name in book.sheetnames[1:]:
        sheet = book[name]
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref is not None
        widths = [d.width for d in sheet.column_dimensions.values()]
        assert widths
        assert max(widths) <= 62
    assert book.properties.created == datetime(2026, 11, 23)


@pytest.mark.slow("writes a workbook")
def test_a_workbook_speaks_the_language_asked_for() -> None:
    content = export("xlsx", Choice(things=(f"{ID}institution/riken",), depth=0), language="ja")
    assert isinstance(content, bytes)
    read = openpyxl.load_workbook(io.BytesIO(content))
    assert [c.value for c in read["ResearchInstitute"][1]][3] == "名称"
    assert "政府の公式データではない" in str(read["About"]["A2"].value)


@pytest.mark.slow("writes the whole workbook once more")
def test_nothing_in_a_workbook_is_a_formula(hostile: Selection) -> None:
    content = workbook(hostile)
    assert isinstance(content, bytes)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheets = [archive.read(n) for n in archive.namelist() if n.startswith("xl/worksheets/sheet")]
        assert len(sheets) > 70
        assert not [s for s in sheets if b"<f>" in s or b"<f " in s]
        links = [archive.read(n).decode() for n in archive.namelist() if n.endswith(".rels")]
        assert not [text for text in links if "External" in text]
    read = openpyxl.load_workbook(io.BytesIO(content))
    cell = next(r[2] for r in read["ResearchInstitute"].iter_rows(min_row=2) if r[0].value == "institution/riken")
    assert (cell.value, cell.data_type, bool(cell.quotePrefix)) == (HOSTILE, "s", True)


def test_a_text_that_excel_cannot_hold_is_refused() -> None:
    subject, graph = ox.NamedNode(f"{ID}institution/x"), ox.NamedNode(terms.GRAPH + "common")
    kind = ox.Quad(subject, ox.NamedNode(RDF + "type"), ox.NamedNode(IS + "Ministry"), graph)
    note = ox.Quad(subject, ox.NamedNode(SKOS + "note"), ox.Literal("x" * 32_768, language="en"), graph)
    with pytest.raises(DataError, match="longer than Excel takes"):
        workbook(Selection((kind, note)))
    written = csv_on_the_web(Selection((kind, note)))
    assert isinstance(written, dict)
    assert "x" * 32_768 in written["Ministry.csv"].decode()


def test_names_of_sheets_are_short_and_differ() -> None:
    tables = tuple(Sheet(name, {}, (), (), ()) for name in ("A" * 40, "a" * 40, "About", "x"))
    names = list(sheet_names(tables).values())
    assert len({n.lower() for n in names} | {"about"}) == 5
    assert max(map(len, names)) <= 31
