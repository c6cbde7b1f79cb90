"""Amounts and rates in the ways people write them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kg.errors import UsageError
from kg.money.limit import Limit, read_limit

TEN_BILLION = Limit(Decimal(10**10), "yen")


@pytest.mark.parametrize("text", ["10bn", "10 bn", "¥10 billion", "JPY 10bn", "100億円", "100億", "１００億円", "10,000,000,000円", "0.01tn", "100 oku", "10000 million yen"])  # fmt: skip
def test_an_amount_may_be_written_in_many_ways(text: str) -> None:
    assert read_limit(text) == TEN_BILLION


@pytest.mark.parametrize(("text", "number", "unit"), [("5%", "5", "percent"), ("−3.5％", "-3.5", "percent"), ("1兆2,000億円", "1200000000000", "yen"), ("12", "12", None), ("-2bn", "-2000000000", "yen")])  # fmt: skip
def test_a_limit_knows_its_unit(text: str, number: str, unit: str | None) -> None:
    assert read_limit(text) == Limit(Decimal(number), unit)


@pytest.mark.parametrize("text", ["", "much", "10 apples", "10 5", "5%%", "億円"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="is not an amount; write 10bn, 100億円 or 5%"):
        read_limit(text)
