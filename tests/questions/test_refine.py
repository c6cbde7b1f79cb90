"""Rows chosen after they are found: the sentence says what was done, and the sum is that of the rows that are left."""

from __future__ import annotations

import re
from typing import Any

import pytest

import kg
from kg.errors import UsageError
from kg.money.limit import read_limit
from kg.questions.answer import Answer
from kg.questions.catalogue import load_question
from kg.questions.refine import Refinement, refine
from kg.questions.run import run
from kg.stores.embedded import EmbeddedStore


@pytest.fixture(scope="module")
def changes(first_store: EmbeddedStore) -> Answer:
    return run(load_question("budget-changes"), {}, first_store)


@pytest.fixture(scope="module")
def ranked(first_store: EmbeddedStore) -> Answer:
    return run(load_question("rank-ministries"), {}, first_store)


@pytest.fixture(scope="module")
def funding(first_store: EmbeddedStore) -> Answer:
    return run(load_question("funding"), {"domain": "quantum-security"}, first_store)


SENTENCES: list[tuple[dict[str, Any], str, str]] = [
    ({"fell": True}, "5 of 17 ministries fell; the largest fall: Ministry of Education, Culture, Sports, Science and Technology, −¥65.2 bn (−652億円), −3.0%", "17所管のうち5所管が減少。最大の減：文部科学省、−652億円（−3.0%）"),
    ({"fell": True, "more_than": read_limit("100億円")}, "1 of 17 ministries fell by more than ¥10 bn (100億円); the largest fall: Min", "17所管のうち1所管が減少（100億円超）。"),
    ({"fell": True, "more_than": read_limit("2%")}, "3 of 17 ministries fell by more than 2%; ", "17所管のうち3所管が減少（2%超）。"),
    ({"rose": True, "top": 1}, "The largest rise of 17 ministries: Ministry of Land, Infrastructure, Transport and Tourism ¥76.1 bn (761億円), 26.1%", "17所管のうち増加の上位1所管：国土交通省 761億円（26.1%）"),
    ({"unchanged": True}, "None of 17 ministries stayed the same", "17所管のうち該当なし（同額）"),
]  # fmt: skip


@pytest.mark.parametrize(("how", "english", "japanese"), SENTENCES)
def test_the_sentence_says_what_was_done(how: dict[str, Any], english: str, japanese: str, changes: Answer) -> None:
    said = refine(changes, Refinement(**how)).sentence
    assert said["en"].startswith(english)
    assert said["ja"].startswith(japanese)


def test_a_change_that_is_printed_as_zero_has_the_direction_of_its_rate(changes: Answer) -> None:
    rose, fell = refine(changes, Refinement(rose=True)), refine(changes, Refinement(fell=True))
    zero = [row for row in [*rose, *fell] if getattr(row["change"], "value", "") == "0"]
    assert zero
    assert len(rose) + len(fell) == len(changes)


def test_the_largest_and_the_smallest_do_not_overlap(ranked: Answer) -> None:
    ends = refine(ranked, Refinement(top=16, bottom=16))
    assert len(ends) == len(ranked) == 17
    few = refine(ranked, Refinement(top=2, bottom=1))
    assert [row["rank"] for row in few] == [row["rank"] for row in [*ranked][:2] + [*ranked][-1:]]


def test_rows_are_sorted_by_figures_or_names(ranked: Answer) -> None:
    shares = [float(getattr(row["share"], "value", "nan")) for row in refine(ranked, Refinement(sort="share"))]
    assert shares == sorted(shares)
    by_name = refine(ranked, Refinement(sort="-Ministry"))
    names = [by_name.text(i, 1, "en") for i in range(len(by_name))]
    assert names == sorted(names, reverse=True)
    assert by_name.sentence["en"].endswith("; in order of ministry, highest first")


def test_the_sum_is_that_of_the_rows_that_are_left(funding: Answer) -> None:
    assert funding.total is not None
    largest = refine(funding, Refinement(top=1))
    assert largest.total is not None
    assert (len(largest), largest.total.upper) == (1, 27_900_000_000)
    rest = refine(funding, Refinement(less_than=10**10))
    assert rest.total is not None
    assert rest.total.known == funding.total.known - 27_900_000_000
    assert "Together: nothing is stated; the layout suggests" in rest.sentence["en"]


def test_a_line_that_only_repeats_another_has_no_figure(funding: Answer) -> None:
    small = refine(funding, Refinement(less_than=1))
    assert len(small) == 0
    most = refine(funding, Refinement(top=9))
    assert all(getattr(row["counts"], "value", "") != "no" for row in most)
    assert most.notes[-1]["en"] == "1 printed amount without a figure (upper limit) is left out"


def test_what_is_left_out_is_known_by_any_of_its_names(first_store: EmbeddedStore) -> None:
    whole = kg.query("budget-changes", store=first_store)
    for name in (
        "MEXT",
        "文科省",
        "mext",
        "id:institution/mext",
        "Ministry of Education, Culture, Sports, Science and Technology",
    ):
        rest = kg.query("budget-changes", store=first_store, without=name)
        assert len(rest) == len(whole) - 1, name
        assert rest.sentence["en"].startswith("16 of 17 ministries, without Ministry of Education")
    several = kg.query("budget-changes", store=first_store, without=["MEXT", "METI"])
    assert len(several) == len(whole) - 2


def test_a_parameter_of_the_question_comes_before_the_option_of_that_name(first_store: EmbeddedStore) -> None:
    rest = kg.query("rank-ministries", store=first_store, without=["MEXT"], top="2")
    assert [getattr(row["rank"], "value", "") for row in rest] == ["1", "2"]
    assert rest.arguments["without"].value.endswith("/mext")  # type: ignore[union-attr]


WRONG = [
    ("hubs", {"top": 3}, "hubs has no main figure; name a column with figures: --column NAME"),
    ("funding", {"fell": True}, "funding has no change: --rose, --fell and --unchanged need one"),
    ("rank-ministries", {"sort": "amont"}, "rank-ministries has no column 'amont'; did you mean 'amount'?"),
    ("rank-ministries", {"column": "ministry", "top": 1}, "the column ministry of rank-ministries has no figures"),
    ("funding", {"more_than": "5%"}, "the column upper of funding is not in per cent"),
    ("central-institutions", {"more_than": "5bn"}, "the column links of central-institutions is not in yen"),
    (
        "budget-changes",
        {"without": "MEXTT"},
        "--without: nothing in this answer is called 'MEXTT'; did you mean 'mext'",
    ),
    ("budget-changes", {"top": 0}, "--top: '0' is not a whole number above 0"),
    ("budget-changes", {"top": "many"}, "--top: 'many' is not a whole number above 0"),
    ("budget-changes", {"more_than": "a lot"}, "'a lot' is not an amount"),
    ("budget-changes", {"more_than": "9" * 5_000}, "… (5,000 characters)' is not an amount; write up to 40 characters"),
    ("budget-changes", {"top": "9" * 5_000}, "… (5,000 characters)' is not a whole number of up to 9 digits"),
    ("funding", {"page": "9" * 10}, "--page: '9999999999' is not a whole number of up to 9 digits"),
]


@pytest.mark.parametrize(("name", "how", "said"), WRONG)
def test_what_an_answer_does_not_have_is_refused(
    name: str, how: dict[str, Any], said: str, first_store: EmbeddedStore
) -> None:
    given = {"domain": "quantum-security"} if name == "funding" else {}
    with pytest.raises(UsageError, match=re.escape(said)):
        kg.query(name, store=first_store, **given, **how)


def test_nothing_asked_changes_nothing(funding: Answer) -> None:
    assert refine(funding, Refinement()) is funding


def test_lines_are_chosen_by_heading_and_page(funding: Answer) -> None:
    hubs = refine(funding, Refinement(panel="in-house-centre hubs"))
    assert 0 < len(hubs) < len(funding)
    assert hubs.sentence["en"].startswith(f"{len(hubs)} of 5 printed amounts under in-house-centre hubs")
    assert refine(funding, Refinement(panel="p4-hubs-in-house")).rows == hubs.rows
    assert len(refine(funding, Refinement(page=4))) == len(funding)
    assert refine(funding, Refinement(page=7)).sentence["en"] == "None of 5 printed amounts on page 7"
    with pytest.raises(UsageError, match="nothing in this answer is printed under 'hubs'"):
        refine(funding, Refinement(panel="hubs"))


def test_a_heading_of_several_documents_is_on_its_page(both_store: EmbeddedStore) -> None:
    answer = run(load_question("rank-ministries"), {"fiscalYear": "2020"}, both_store)
    assert 0 < len(refine(answer, Refinement(page=3))) < len(answer) + 1
