"""Rows are read when they are needed, and not held."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

from kg.tables.rows import read_tables
from kg.tables.schema import read_schema
from tests.tables.small import write

ROWS = 5_000


def test_the_rows_of_a_large_table_are_not_held_in_memory(tmp_path: Path) -> None:
    head = "id,skos:prefLabel@ja,skos:prefLabel@en,hasEvidence\n"
    rows = "".join(f"body-{i},機関の名称{i},The name of body {i},background\n" for i in range(ROWS))
    folder, schema = write(tmp_path, Institution=head + rows), read_schema()
    tracemalloc.start()
    read = read_tables(folder, schema)
    held, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    (table,) = (table for table in read.tables if table.cls.endswith("#Institution"))
    assert not read.faults and table.size == ROWS
    assert held < 4 * len(head + rows), "the text and little more"
    assert peak < 12 * len(head + rows)
    first, *_, last = table.rows()
    assert (first.line, last.line) == (2, ROWS + 1)
    assert list(table.rows()) == list(table.rows())
    assert first.cells["skos:prefLabel@ja"] == "機関の名称0"
    assert next(table.rows("id")).cells == {"id": "body-0"}
