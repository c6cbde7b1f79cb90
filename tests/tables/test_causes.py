"""The cause comes first and alone: what follows from a table or a row that cannot be read is not reported."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg import terms
from tests.tables.small import ITEM, PAGE, faults, load_facts, values, write

MONEY = "id,isAppropriationFor,fiscalYear,hasPhase,amount,roundingUnit,page,lines,hasEvidence\n"
AMOUNTS = MONEY + "".join(f"a-{n},q-leap,2020,initial,32億円,1億円,1,{n},stated\n" for n in range(1, 9))
UNREADABLE = [
    (ITEM.replace(",", ";"), "1:: separates its cells by semicolons, not by commas — save the table as CSV with commas"),
    (ITEM.replace(",", "\t"), "1:: separates its cells by tabs, not by commas"),
    ("sep=;\n" + ITEM.replace(",", ";"), "1:: sep=;: is a line for one spreadsheet program only"),
    (ITEM.encode("utf-16"), "1:: is not UTF-8 text"),
    (ITEM.encode("cp932"), "2:: is not UTF-8 text"),
    (ITEM.replace("id,", "ID,"), "1:ID: no such property in the ontology — did you mean 'id'"),
    (ITEM.replace("id,", "", 1), "1:id: the column is missing"),
    ("\n" + ITEM, "1:: has no head"),
    (ITEM.replace("光", '"光'), "2:: has an open quote — check the quotes"),
    (ITEM.replace("光", '"光"x'), "2:: is not a CSV table: ',' expected after '\"' — check the quotes"),
    (ITEM.replace("光", "光" * 140_000), "2:: has a cell of more than 131,072 characters"),
]  # fmt: skip


@pytest.mark.parametrize(("table", "said"), UNREADABLE, ids=[said[:40] for _, said in UNREADABLE])
def test_a_table_that_cannot_be_read_is_the_only_fault(table: str | bytes, said: str, tmp_path: Path) -> None:
    """Eight other rows name its row."""
    (found,) = faults(tmp_path, FundedItem=table, Appropriation=AMOUNTS)
    assert found.startswith(f"facts/doc/FundedItem.csv:{said}")


def test_an_empty_table_is_said_to_be_empty(tmp_path: Path) -> None:
    assert faults(tmp_path, FundedItem="") == [
        "facts/doc/FundedItem.csv:1:: has no head — name the columns in the first line, beginning with id"
    ]


@pytest.mark.parametrize(
    "page",
    [PAGE.replace(",", ";"), PAGE.replace("50", "5O"), PAGE.replace("1,1,50", "1,1"), PAGE.replace("page-1", "Page 1")],
)
def test_pages_that_cannot_be_read_are_the_only_fault(page: str, tmp_path: Path) -> None:
    (found,) = faults(tmp_path, Page=page, Appropriation=AMOUNTS)
    assert found.startswith("facts/doc/Page.csv:")


@pytest.mark.parametrize(
    "row", ["q-leap,Programme", "q-leap,Programe,光,Q-LEAP,1,7,stated", "Q-leap,Programme,光,Q-LEAP,1,7,stated"]
)
def test_a_row_that_cannot_be_read_is_the_only_fault(row: str, tmp_path: Path) -> None:
    item = ITEM.partition("\n")[0] + f"\n{row}\n"
    id_in_use = row.partition(",")[0]
    (found,) = faults(tmp_path, FundedItem=item, Appropriation=AMOUNTS.replace("q-leap", id_in_use))
    assert found.startswith("facts/doc/FundedItem.csv:2:")


def test_other_faults_are_reported_beside_the_cause(tmp_path: Path) -> None:
    wrong = AMOUNTS.replace("a-3,q-leap", "a-3,q-leep").replace("a-5,q-leap,2020", "a-5,q-leap,20x0")
    found = faults(tmp_path, FundedItem=ITEM.replace(",", ";"), Appropriation=wrong)
    assert [fault.split(": ")[0] for fault in found] == [
        "facts/doc/Appropriation.csv:4:isAppropriationFor",
        "facts/doc/Appropriation.csv:6:fiscalYear",
        "facts/doc/FundedItem.csv:1:",
    ]


@pytest.mark.parametrize("marks", ["\ufeff", "\ufeff\ufeff", "\ufeff\ufeff\ufeff"])
def test_byte_order_marks_are_read_however_many(marks: str, tmp_path: Path) -> None:
    """Programs that add one do so again at the next saving."""
    assert load_facts(write(tmp_path / "m", FundedItem=marks + ITEM)).quads == load_facts(write(tmp_path / "p")).quads


def test_old_line_ends_are_read(tmp_path: Path) -> None:
    old = load_facts(write(tmp_path / "old", FundedItem=ITEM.replace("\n", "\r"))).quads
    assert old == load_facts(write(tmp_path / "new")).quads


def test_a_reduction_is_read_as_printed(tmp_path: Path) -> None:
    cut = (
        MONEY + "a-1,q-leap,2020,initial,▲32億円,1億円,1,7,stated\na-2,q-leap,2019,initial,△3.2億円,1億円,1,7,stated\n"
    )
    facts = load_facts(write(tmp_path, Appropriation=cut))
    assert values(facts, "appropriation/a-1", terms.IS + "amount") == ["-3200000000"]
    assert values(facts, "appropriation/a-2", terms.IS + "amount") == ["-320000000"]
