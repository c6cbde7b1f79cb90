"""Several fiscal years, phases or kinds of evidence at once: the union, each row once, and what each period adds."""

from __future__ import annotations

import pytest

import kg
from kg.errors import UsageError
from kg.money.interval import Interval
from kg.questions.answer import Answer
from kg.questions.catalogue import load_question
from kg.questions.run import run
from kg.stores.embedded import EmbeddedStore


def total(answer: Answer) -> Interval:
    assert answer.total is not None
    return answer.total


def test_a_list_of_years_is_their_union_and_says_what_each_adds(first_store: EmbeddedStore) -> None:
    one, other = (
        kg.query("funding", store=first_store, domain="quantum-security", fiscal_year=y) for y in (2019, 2020)
    )
    both = kg.query("funding", store=first_store, domain="quantum-security", fiscal_year="2019, 2020")
    assert set(both.rows) == set(one.rows) | set(other.rows)
    assert total(both).lower == total(one).lower + total(other).lower
    assert both.notes[0]["en"].startswith("adds up FY2020 initial budget: ")
    assert "FY2019 supplementary budget: exactly ¥7.9 bn (79億円)" in both.notes[0]["en"]
    listed = kg.query("funding", store=first_store, domain="quantum-security", fiscal_year=[2019, 2020])
    assert listed.rows == both.rows


def test_phases_are_listed_by_any_of_their_names(first_store: EmbeddedStore) -> None:
    every = kg.query("funding", store=first_store, domain="quantum-security", fiscal_year=2019)
    for phases in ("initial,supplementary", "initial、補正予算"):
        some = kg.query("funding", store=first_store, domain="quantum-security", fiscal_year=2019, phase=phases)
        assert set(some.rows) == set(every.rows)


def test_a_table_over_several_years_says_so(first_store: EmbeddedStore) -> None:
    answer = kg.query("rank-ministries", store=first_store, fiscal_year="2019,2020")
    assert len(answer) == 34
    assert answer.notes[0]["en"] == "these are FY2020: 17 rows · FY2019: 17 rows"
    assert answer.leading == 1


def test_each_part_of_a_list_must_be_known(first_store: EmbeddedStore) -> None:
    with pytest.raises(UsageError, match="2019x: is not a whole number"):
        kg.query("funding", store=first_store, fiscal_year="2020,2019x")
    with pytest.raises(UsageError, match="unknown budget phase 'second'"):
        kg.query("funding", store=first_store, phase="initial,second")


def test_a_name_with_commas_is_one_name(first_store: EmbeddedStore) -> None:
    name = "Ministry of Education, Culture, Sports, Science and Technology"
    answer = kg.query("ministry-budget", store=first_store, ministry=name, fiscal_year="2019,2020")
    assert len({getattr(row["fiscalYear"], "value", "") for row in answer}) == 2


PRINTED = "The document prints a total of about ¥21.5 bn (約215億円; page 4, line 487). Its lines: "


@pytest.mark.parametrize("scope", [{"domain": "quantum-technology"}, {"part": "quantum-strategy"}])
def test_a_total_that_is_printed_for_what_is_asked_comes_first(
    scope: dict[str, str], first_store: EmbeddedStore
) -> None:
    answer = run_funding(first_store, **scope)
    assert answer.sentence["en"].startswith(PRINTED)
    assert answer.sentence["ja"].startswith("文書が印刷する合計は約215億円（4頁487行）。")


@pytest.mark.parametrize(
    "scope",
    [
        {"domain": "quantum-security"},
        {"domain": "quantum-technology", "institution": "riken"},
        {"domain": "quantum-technology", "fiscalYear": "2019"},
        {"part": "ai-strategy-2019"},
    ],
)
def test_no_total_is_taken_for_what_it_is_not_printed_for(scope: dict[str, str], first_store: EmbeddedStore) -> None:
    assert "prints a total" not in run_funding(first_store, **scope).sentence["en"]


def run_funding(store: EmbeddedStore, **scope: str) -> Answer:
    return run(load_question("funding"), scope, store)
