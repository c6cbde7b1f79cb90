"""No row comes or goes unnoticed."""

from __future__ import annotations

from kg import paths
from kg.tables.rows import read_tables
from kg.tables.schema import read_schema
from tests.keying import stock

REFRESH = "if the change is meant: python -m tests.keying.stock, then read the diff"


def test_every_page_has_the_rows_that_were_counted() -> None:
    tables, faults = read_tables(paths.FACTS, read_schema())
    assert not faults
    there, counted = stock.taken(row for table in tables for row in table.rows), stock.expected()
    assert sum(counted.values()) > 1000
    assert (there - counted, counted - there) == ({}, {}), REFRESH
