"""The figures against a second, independent keying of the same pages: whoever changes one must mean it twice."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

import pytest

from kg.tables.cells import parse_line_ranges, parse_yen
from tests.keying.keying import FACTS, SECOND, Row, table

Cell = tuple[str, ...]


def cells(page: str) -> dict[Cell, str]:
    """Printed values by (row line, year, account, category, frame, phase)."""
    columns = ("lines", "fiscalYear", "hasAccount", "hasCostCategory", "hasFrame", "hasPhase")
    return {tuple(r[c] for c in columns): r["printedValue"] for r in table(FACTS, "BudgetCell") if r["page"] == page}


def changes(page: str) -> dict[Cell, tuple[str, str]]:
    """Printed change and rate by (row line, year, year before, account, category, phase)."""
    columns = ("lines", "fiscalYear", "baseYear", "hasAccount", "hasCostCategory", "hasPhase")
    return {
        tuple(r[c] for c in columns): (r["printedValue"], r["changeRate"])
        for r in table(FACTS, "ChangeObservation")
        if r["page"] == page
    }


BLOCKS = {"fy2020": ("2020", "whole"), "priority": ("2020", "priority"), "fy2019": ("2019", "whole")}
COLUMNS = {
    "general": ("general", "st-related"),
    "promotion": ("general", "st-promotion"),
    "special": ("special", "st-related"),
    "total": ("all-accounts", "st-related"),
}


TOTALS = {"178-181": "total", "183": "general", "184-187": "promotion", "189": "special"}


def changed(line: str, column: str, row: Row) -> tuple[Cell, tuple[str, str]]:
    """A change and its rate as keyed the second time."""
    return (line, "2020", "2019", *COLUMNS[column], "initial"), (
        f"{row['change']} {row['rate']}",
        row["rate"].rstrip("%"),
    )


def test_every_cell_of_the_ministry_table_was_keyed_alike_twice() -> None:
    second = {
        (row["line"], year, account, category, frame, "initial"): row[f"{block}_{column}"]
        for row in table(SECOND, "ministry")
        for block, (year, frame) in BLOCKS.items()
        for column, (account, category) in COLUMNS.items()
    }
    assert len(second) == 18 * 12
    assert cells("3") == second


def test_every_change_and_rate_was_keyed_alike_twice() -> None:
    second = dict(changed(row["line"], "total", row) for row in table(SECOND, "ministry"))
    assert len(second) == 18
    assert changes("3") == second


def test_the_overall_amounts_were_keyed_alike_twice() -> None:
    rows = table(SECOND, "totals")
    second = {
        (row["line"], year, *COLUMNS[TOTALS[row["line"]]], frame, "initial"): row[block]
        for row in rows
        for block, (year, frame) in BLOCKS.items()
    }
    assert len(second) == 12
    assert cells("2") == second
    assert changes("2") == dict(changed(row["line"], TOTALS[row["line"]], row) for row in rows)


def oku(text: str) -> Decimal:
    return Decimal(parse_yen(text)) / 10**8


YEARS = {"2020": ("2020", "initial"), "2019": ("2019", "initial"), "R1補正": ("2019", "supplementary"), "補正 (no year printed)": ("2019", "supplementary"), "none printed": ("", "")}  # fmt: skip


def first_keying() -> Counter[tuple[str, str, str, str, bool]]:
    """(first line of the amount's listing, amount as printed, year, phase, ceiling) of every listed amount."""
    listings = {r["id"]: r for r in table(FACTS, "Listing")}
    found: Counter[tuple[str, str, str, str, bool]] = Counter()
    for row in table(FACTS, "ListedAmount"):
        printed = row["printedAmount"]
        amount = printed if printed in {"未定", "検討中"} else str(oku(printed.split("億円")[0] + "億円"))
        line = listings[row["isAmountIn"]]["lines"].split("|")[-1].split("-")[0]
        year = ("", "") if row["id"] == "listed-p4-hubs-co-creation-2020" else (row["fiscalYear"], row["hasPhase"])
        found[line, amount, *year, row["hasAmountStatus"] == "ceiling"] += 1
    return found


def second_keying() -> Counter[tuple[str, str, str, str, bool]]:
    listings = table(FACTS, "Listing")
    starts = {
        n: r["lines"].split("|")[-1].split("-")[0]
        for r in listings
        for a, b in parse_line_ranges(r["lines"].split("|")[-1])
        for n in range(a, b + 1)
    }
    found: Counter[tuple[str, str, str, str, bool]] = Counter()
    for row in table(SECOND, "lines"):
        if row["programme_ja"] == "printed total" or row["lines"] in {"467", "467-468", "468"}:
            continue
        amount = (
            row["amount_oku"]
            if row["amount_oku"] in {"未定", "検討中"}
            else str(Decimal(row["amount_oku"]).normalize())
        )
        amount = amount if amount in {"未定", "検討中"} else str(oku(format(Decimal(amount), "f") + "億円"))
        line = starts[parse_line_ranges(row["lines"])[-1][1]]
        found[line, amount, *YEARS[row["fiscal_year"]], row["ceiling"] == "1"] += 1
    return found


def test_every_listed_amount_was_keyed_alike_twice() -> None:
    first, second = first_keying(), second_keying()
    assert sum(second.values()) > 75
    assert (first - second, second - first) == (Counter(), Counter())


MARKS = [("repeated", "repeated"), ("new", "new"), ("part", "part")]


@pytest.mark.parametrize("mark", MARKS, ids=lambda m: m[0])
def test_every_mark_was_keyed_alike_twice(mark: tuple[str, str]) -> None:
    flag, column = mark
    first = {
        r["lines"].split("|")[-1].split("-")[-1] for r in table(FACTS, "Listing") if flag in r["hasFlag"].split("|")
    }
    rows = [r for r in table(SECOND, "lines") if r[column] == "1"]
    listings = [parse_line_ranges(r["lines"].split("|")[-1])[0] for r in table(FACTS, "Listing")]
    ends = {str(b) for r in rows for a, b in listings if a <= parse_line_ranges(r["lines"])[-1][1] <= b}
    assert len(ends) >= 2
    assert first == ends
