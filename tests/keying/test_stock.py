"""No row comes or goes unnoticed."""

from __future__ import annotations

import pytest

from kg import paths
from kg.tables.rows import read_tables
from kg.tables.schema import read_schema
from tests.keying import stock

REFRESH = "if every one of them is meant: python -m tests.refresh stock"


def test_every_page_has_the_rows_that_were_counted() -> None:
    tables, faults = read_tables(paths.FACTS, read_schema())
    assert not faults
    told = list(stock.differences([row for table in tables for row in table.rows]))
    assert sum(stock.expected().values()) > 1000
    if told:
        pytest.fail("\n".join(["rows have come or gone:", *told, REFRESH]), pytrace=False)
