"""CSV on the Web (W3C, 2015): one CSV file per table, and `csv-metadata.json`, which describes every column."""

import csv
import io
import json
from typing import Any

from kg import terms
from kg.exports.registry import form
from kg.exports.select import Selection
from kg.exports.tables.sheets import NOTES, Sheets, make_sheets
from kg.exports.tables.tabular import Field, Kind, Sheet, Text, neutral

METADATA = "csv-metadata.json"
_AN_ID = {"base": "string", "format": "[a-z0-9-]+/.+"}
_DATATYPES: dict[Kind, str] = {
    "text": "string",
    "id": "string",
    "iri": "anyURI",
    "integer": "integer",
    "yen": "integer",
    "decimal": "decimal",
    "boolean": "boolean",
    "date": "date",
}
_NEUTRAL = {
    "en": "A text that a spreadsheet would take for a formula (it is no number and begins with = + - @, a full-width "
    "form of these, a tab or a line break, also after apostrophes) has an apostrophe put before it; take one away to "
    "get it back.",
    "ja": "表計算ソフトが数式とみなす文字列（数値以外で、= + - @ とその全角、タブ、改行で始まるもの。"
    "アポストロフィの後でも同じ）には、先頭にアポストロフィを一つ付けてある。一つ除けば元の文字列になる。",
}


@form("csv", "", "text/csv")
def csv_on_the_web(selection: Selection) -> dict[str, bytes]:
    """CSV on the Web: a folder with one file per class, the tables of money and csv-metadata.json."""
    sheets = make_sheets(selection)
    files = {f"{table.name}.csv": to_csv(table).encode() for table in sheets.tables}
    return {**files, METADATA: (json.dumps(metadata(sheets), ensure_ascii=False, indent=1) + "\n").encode()}


def to_csv(table: Sheet) -> str:
    """Return a table as CSV (RFC 4180), headed by column names; no text begins like a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([column.name for column in table.columns])
    for row in table.rows:
        writer.writerow([_written(column, cell) for column, cell in zip(table.columns, row, strict=True)])
    return out.getvalue()


def _written(column: Field, cell: tuple[str, ...]) -> str:
    safe = [neutral(text) for text in cell] if column.kind in {"text", "id", "iri"} else cell
    return (column.separator or "").join(safe)


def metadata(sheets: Sheets) -> dict[str, Any]:
    """Return the metadata of all tables, as JSON for CSV on the Web."""
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "dc:title": _texts(sheets.title),
        "dc:description": [text for note in (sheets.notice, *NOTES, _NEUTRAL) for text in _texts(note)],
        "dc:license": {"@id": sheets.licence},
        "dc:issued": {"@value": sheets.issued, "@type": "xsd:date"},
        "dcat:version": sheets.version,
        "dc:isPartOf": {"@id": terms.BASE + "dataset"},
        "dc:source": [{"@id": iri} for iri in sheets.sources],
        "dialect": {"encoding": "utf-8", "header": True, "trim": False, "lineTerminators": ["\r\n", "\n"]},
        "tables": [_table(table) for table in sheets.tables],
    }


def _texts(text: Text) -> list[dict[str, str]]:
    return [{"@value": said, "@language": language} for language, said in sorted(text.items())]


def _table(table: Sheet) -> dict[str, Any]:
    schema: dict[str, Any] = {"columns": [_column(column) for column in table.columns], "primaryKey": list(table.key)}
    if table.foreign:
        schema["foreignKeys"] = [
            {
                "columnReference": foreign.column,
                "reference": {"resource": f"{foreign.table}.csv", "columnReference": "id"},
            }
            for foreign in table.foreign
        ]
    if table.about:
        schema["aboutUrl"] = table.about
    if table.cls:
        kind = {"name": "type", "virtual": True, "propertyUrl": "rdf:type", "valueUrl": table.cls}
        schema["columns"].append(kind)
    found: dict[str, Any] = {"url": f"{table.name}.csv", "dc:title": _texts(table.titles)}
    if table.note:
        found["dc:description"] = _texts(table.note)
    return {**found, "tableSchema": schema}


def _column(column: Field) -> dict[str, Any]:
    # "und": the name of the column in the first line of the file.
    found: dict[str, Any] = {
        "name": column.name,
        "titles": {"und": column.name, **column.titles},
        "datatype": _DATATYPES[column.kind],
    }
    if column.property:
        found["propertyUrl"] = column.property
    if column.language:
        found["lang"] = column.language
    if column.separator:
        found["separator"] = column.separator
    if column.name in {"id", "iri"}:
        found["required"] = True
        found["suppressOutput"] = True
    elif column.kind == "id":
        found["datatype"] = _AN_ID
        if column.separator is None:
            found["valueUrl"] = f"{terms.ID}{{+{column.name}}}"
    elif column.kind == "iri" and column.separator is None:
        found["valueUrl"] = f"{{+{column.name}}}"
    if column.note:
        found["dc:description"] = _texts(column.note)
    return found
