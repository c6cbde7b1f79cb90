"""The columns of the tables of money, from money-columns.csv: headings in both languages, kinds, RDF properties.

A column of the kind `thing` has the ids of entities; their English and Japanese names follow in two more columns.
"""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import cast

from kg import terms
from kg.exports.tables.classes import ID
from kg.exports.tables.tabular import Field, Kind


def read_columns(table: str) -> tuple[Field, ...]:
    """Return the columns of a table of money, the id first if its rows are entities."""
    with Path(__file__).with_name("money-columns.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["table"] == table]
    columns = [column for row in rows for column in _columns(row)]
    return tuple(columns) if table == "money-links" else (ID, *columns)


def _columns(row: dict[str, str]) -> Iterator[Field]:
    name, en, ja = row["name"], row["en"], row["ja"]
    several = "" if row["several"] else None
    prop = terms.IS + row["property"] if row["property"] else None
    note = {"en": row["note_en"], "ja": row["note_ja"]} if row["note_en"] else {}
    is_thing = row["kind"] == "thing"
    yield Field(name, {"en": en, "ja": ja}, "id" if is_thing else cast("Kind", row["kind"]), prop, None, several, note)
    if is_thing:
        yield Field(f"{name}_en", {"en": f"{en}: name", "ja": f"{ja}（英語名）"}, "text", None, None, several)
        yield Field(f"{name}_ja", {"en": f"{en}: Japanese name", "ja": f"{ja}名"}, "text", None, None, several)
