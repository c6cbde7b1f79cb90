"""The tables of both keyings, and the few ways in which their rows are made comparable."""

from __future__ import annotations

import csv
import unicodedata
from functools import cache
from pathlib import Path

from kg import paths
from kg.tables.cells import parse_line_ranges

HERE = Path(__file__).parent
SECOND = HERE / "second_keying"
FACTS = paths.FACTS / "science-technology-budget-2020"
COMMON = paths.FACTS / "common"
LAST_LINES = {"1": 149, "2": 194, "3": 262, "4": 492, "5": 559, "6": 632, "7": 705}
PRINTED = {
    n for n, text in enumerate((HERE / "masked_source.txt").read_text(encoding="utf-8").splitlines(), 1) if text.strip()
}

Row = dict[str, str]


def table(folder: Path, name: str) -> list[Row]:
    """Return the rows of a table."""
    return read(folder / f"{name}.csv")


def read(path: Path) -> list[Row]:
    """Return the rows of a file; the mutation run gives it those of a table with an error."""
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def second(name: str, *kinds: str) -> list[Row]:
    """Return the rows of a second keying, only those of some kinds when kinds are named."""
    rows = [row for row in table(SECOND, name) if not kinds or row["kind"] in kinds]
    assert rows, f"{name}: nothing was keyed as {kinds}"
    return rows


def page_of(line: int) -> str:
    """Return the page on which a line of the text stands."""
    return next(page for page, last in LAST_LINES.items() if line <= last)


def lines_of(row: Row, *pages: str) -> frozenset[int]:
    """Return the lines that a row cites, blank ones left out; only those of some pages when pages are named."""
    cited = _printed_in(row["lines"])
    return frozenset(n for n in cited if page_of(n) in pages) if pages else cited


@cache
def _printed_in(spans: str) -> frozenset[int]:
    ranges = parse_line_ranges(spans) if spans else ()
    return frozenset(n for n in PRINTED if any(a <= n <= b for a, b in ranges))


def on(rows: list[Row], *pages: str) -> list[Row]:
    """Return the rows that cite a line of these pages."""
    return [row for row in rows if lines_of(row, *pages)]


def squeeze(text: str) -> str:
    """Return a text as it is compared: NFKC, no white space.

    >>> squeeze("研 究 力 の 強 化")
    '研究力の強化'
    """
    return "".join(unicodedata.normalize("NFKC", text).split())


def forms(row: Row) -> set[str]:
    """Return what a fact is called in Japanese: its label, its other labels, its printed forms."""
    columns = ("skos:prefLabel@ja", "skos:altLabel@ja", "printedForm")
    return {squeeze(name) for c in columns for name in row.get(c, "").split("|") if name}


def label(row: Row) -> str:
    """Return the Japanese label of a fact, as it is compared."""
    return squeeze(row["skos:prefLabel@ja"])


def by_id(*names: str) -> dict[str, Row]:
    """Return the facts of several tables of the document by their id."""
    return {row["id"]: row for name in names for row in table(FACTS, name)}


def institutions() -> dict[str, Row]:
    """Return the institutions by their id."""
    return {row["id"]: row for row in table(COMMON, "Institution")}
