"""A stock-take of the tables: how many rows of each table are read from each page.

It is no second reading of the source: it says that nobody loses a row, or keys one twice, without meaning to. Who
changes the number of rows takes stock again with `python -m tests.refresh stock`, and reads the difference.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from kg import paths, terms
from kg.errors import TableError
from kg.tables.rows import FactRow, read_tables
from kg.tables.schema import read_schema

COUNTED = Path(__file__).with_suffix(".csv")


class Shelf(NamedTuple):
    """What is counted together: the rows of one table that are read from one page; without a page, all that have none."""

    folder: str
    table: str
    page: str


def taken(rows: Iterable[FactRow]) -> Counter[Shelf]:
    """Return how many rows there are of each."""
    return Counter(Shelf(row.folder, terms.local_name(row.cls), row.cells.get("page", "")) for row in rows)


def expected() -> Counter[Shelf]:
    """Return how many rows there are to be."""
    with COUNTED.open(encoding="utf-8", newline="") as file:
        return Counter({Shelf(r["folder"], r["table"], r["page"]): int(r["rows"]) for r in csv.DictReader(file)})


def differences(rows: Sequence[FactRow], more: Counter[Shelf]) -> Iterator[str]:
    """Yield each shelf with more or fewer rows than were counted, and the lines on which its rows stand.

    `more` are the rows of a document that is not counted here.
    """
    there, counted = taken(rows), expected() + more
    for shelf in sorted({s for s in there | counted if there[s] != counted[s]}):
        lines = [str(row.line) for row in rows if taken([row])[shelf]]
        page = f"page {shelf.page}" if shelf.page else "without a page"
        yield (
            f"kg/facts/{shelf.folder}/{shelf.table}.csv, {page}: {there[shelf]} rows, {counted[shelf]} were counted; "
            f"they stand on line {' '.join(lines) or '(none)'}"
        )


def made() -> dict[Path, str]:
    """Return the stock as it is.

    Raises TableError when the tables cannot be read.
    """
    read = read_tables(paths.FACTS, read_schema())
    if read.faults:
        raise TableError(read.faults)
    stock = taken(row for table in read.tables for row in table.rows())
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*Shelf._fields, "rows"])
    writer.writerows([*shelf, stock[shelf]] for shelf in sorted(stock))
    return {COUNTED: text.getvalue()}
