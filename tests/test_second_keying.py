"""The figures against a second, independent keying of the same pages: whoever changes one must mean it twice."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

import pytest

from kg.cells import parse_line_ranges, parse_yen
from tests.keying import FACTS, SECOND, table


def cells(page: str) -> dict[tuple[str, str, str, str, str], str]:
    """Printed values by (row line, year, account, category, frame)."""
    return {
        (r["lines"], r["fiscalYear"], r["hasAccount"], r["hasCostCategory"], r["hasFrame"]): r["printedValue"]
        for r in table(FACTS, "BudgetCell")
        if r["page"] == page
    }


BLOCKS = {"fy2020": ("2020", "whole"), "priority": ("2020", "priority"), "fy2019": ("2019", "whole")}
COLUMNS = {
    "general": ("general", "st-related"),
    "promotion": ("general", "st-promotion"),
    "special": ("special", "st-related"),
    "total": ("all-accounts", "st-related"),
}


def test_every_cell_of_the_ministry_table_was_keyed_alike_twice() -> None:
    second = {
        (row["line"], year, account, category, frame): row[f"{block}_{column}"]
        for row in table(SECOND, "ministry")
        for block, (year, frame) in BLOCKS.items()
        for column, (account, category) in COLUMNS.items()
    }
    assert len(second) == 18 * 12
    assert cells("3") == second


def test_every_change_and_rate_was_keyed_alike_twice() -> None:
    """They are those of the last column but two: all accounts, all S&T-related costs."""
    first = {
        r["lines"]: tuple(r[c] for c in ("printedValue", "changeRate", "hasAccount", "hasCostCategory"))
        for r in table(FACTS, "ChangeObservation")
        if r["page"] == "3"
    }
    second = {
        r["line"]: (f"{r['change']} {r['rate']}", r["rate"].rstrip("%"), "all-accounts", "st-related")
        for r in table(SECOND, "ministry")
    }
    assert len(second) == 18
    assert first == second


def test_the_overall_amounts_were_keyed_alike_twice() -> None:
    first = Counter(cells("2").values()) + Counter(
        r["printedValue"] for r in table(FACTS, "ChangeObservation") if r["page"] == "2"
    )
    rows = table(SECOND, "totals")
    second = Counter(r[c] for r in rows for c in ("fy2020", "priority", "fy2019")) + Counter(
        f"{r['change']} {r['rate']}" for r in rows
    )
    assert sum(second.values()) == 16
    assert first == second


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
