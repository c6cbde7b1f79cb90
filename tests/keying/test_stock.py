"""No row comes or goes unnoticed."""

from __future__ import annotations

from collections import Counter

import pytest

from kg import paths
from kg.tables.rows import read_tables
from kg.tables.schema import read_schema
from tests.conftest import BOTH
from tests.keying import stock
from tests.support import both

REFRESH = "if every one of them is meant: python -m tests.refresh stock"


def test_every_page_has_the_rows_that_were_counted() -> None:
    read = read_tables(paths.FACTS, read_schema())
    assert not read.faults
    rows = [row for table in read.tables for row in table.rows()]
    second = read_tables(both.SECOND, read_schema()).tables
    own = stock.taken(row for table in second for row in table.rows()) if BOTH else Counter()
    told = list(stock.differences(rows, own))
    assert sum(stock.expected().values()) > 1000
    if told:
        pytest.fail("\n".join(["rows have come or gone:", *told, REFRESH]), pytrace=False)
