"""Numbers and addresses in a cell: exact or refused, never rounded, never a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg import terms
from kg.tables.cells import LARGEST, CellError, parse_decimal, parse_integer, parse_line_ranges, parse_yen
from kg.tables.coverage import compare_with_source
from tests.tables.small import ITEM, faults, load_facts, values, write


@pytest.mark.parametrize(
    ("cell", "yen"),
    [
        (f"{LARGEST}", LARGEST),
        ("90,071,992.54740991億円", LARGEST),
        ("-9,007兆円", -9_007 * 10**12),
        ("0.00000001億円", 1),
        ("000000000000000000000000000000007円", 7),
    ],
)
def test_yen_are_exact(cell: str, yen: int) -> None:
    assert parse_yen(cell) == yen


TOO_LARGE = [f"{LARGEST + 1}", "12345678901234567890123456789", "1234567890123456789012345678.9億円", "9" * 40]


@pytest.mark.parametrize("cell", TOO_LARGE)
def test_yen_that_would_be_rounded_are_refused(cell: str) -> None:
    with pytest.raises(CellError, match="the most that is kept exactly"):
        parse_yen(cell)


@pytest.mark.parametrize(
    "cell", ["3,2億円", "1,00", "1,0000億円", "32,億円", ",5", "0,5兆円", "9" * 5_000, "1." + "0" * 200]
)
def test_a_comma_is_no_decimal_point(cell: str) -> None:
    """`3,2億円` was read as 32億円."""
    with pytest.raises(CellError, match="is not an amount of money"):
        parse_yen(cell)


@pytest.mark.parametrize("cell", ["3,3", "1,00", "1_000", "٣", "Infinity", "NaN", "1e", "e5", ".", "1e9999", "0x1"])
def test_what_is_no_decimal_number_is_refused(cell: str) -> None:
    with pytest.raises(CellError, match="is not a number"):
        parse_decimal(cell)


@pytest.mark.parametrize("cell", ["1e999", "1e-999", "9" * 19, "0." + "1" * 19, "9" * 5_000])
def test_digits_that_are_not_kept_are_refused(cell: str) -> None:
    with pytest.raises(CellError, match="more than 18 digits"):
        parse_decimal(cell)


def test_decimals_that_programs_write_are_read() -> None:
    cells = ["1.5E+3", "1e-2", ".5", "5.", "1,234.50", "+3", "-0.0", "0." + "3" * 18]
    assert [parse_decimal(cell) for cell in cells] == ["1500", "0.01", "0.5", "5", "1234.5", "3", "0", "0." + "3" * 18]


@pytest.mark.parametrize("cell", [f"{LARGEST + 1}", "9" * 5_000, "-" + "9" * 17])
def test_whole_numbers_that_are_not_kept_are_refused(cell: str) -> None:
    with pytest.raises(CellError, match="whole numbers are kept exactly"):
        parse_integer(cell)


def test_a_line_number_of_many_digits_is_no_range() -> None:
    with pytest.raises(CellError, match="is not a range of lines"):
        parse_line_ranges("1-" + "9" * 5_000)


@pytest.mark.parametrize(
    ("column", "cell", "said"),
    [
        ("dcterms:source", "https://[", "is not a web address"),
        ("dcterms:source", "https://e.org/<b>", "is not a web address"),
        ("dcterms:source", "https://e.org/%zz", "is not a web address"),
        ("foaf:homepage", "http://e.org/a^b", "is not a web address"),
        ("wikidataId", "Q 1", "is no part of a web address — write the identifier alone"),
        ("rorId", "<b>", "is no part of a web address — write the identifier alone"),
    ],
)
def test_an_address_that_is_none_is_refused(column: str, cell: str, said: str, tmp_path: Path) -> None:
    table = f"id,type,{column},page,lines,hasEvidence\nnict,ResearchInstitute,{cell},1,7,stated\n"
    (found,) = faults(tmp_path, Institution=table)
    assert found.startswith(f"facts/doc/Institution.csv:2:{column}: {cell}: {said}")


def test_an_address_may_have_japanese_characters(tmp_path: Path) -> None:
    table = "id,type,dcterms:source,page,lines,hasEvidence\nnict,ResearchInstitute,https://例え.jp/予算,1,7,stated\n"
    facts = load_facts(write(tmp_path, Institution=table))
    assert values(facts, "institution/nict", terms.DCTERMS + "source") == ["https://例え.jp/予算"]


def test_of_a_long_value_the_beginning_is_shown(tmp_path: Path) -> None:
    (found,) = faults(tmp_path, FundedItem=ITEM.replace(",7,", f",{'x' * 100_000},"))
    assert found.startswith("facts/doc/FundedItem.csv:2:lines: " + "x" * 60 + "… (100,000 characters): is not a range")
    assert len(found) < 250


def test_a_page_that_claims_a_thousand_million_lines_is_compared_at_once(tmp_path: Path) -> None:
    page = "id,pageNumber,firstLine,lastLine\npage-1,1,1,999999999\n"
    facts = load_facts(write(tmp_path, Page=page, FundedItem=ITEM.replace(",7,", ",1-999999999,")))
    assert [line.facts for line in compare_with_source("one\ntwo\n", facts.quads, "doc").lines] == [
        (f"{terms.ID}programme/q-leap",),
        (f"{terms.ID}programme/q-leap",),
    ]
