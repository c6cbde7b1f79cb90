"""Questions that compare, combine or leave out: what they say agrees with the questions about one thing alone."""

from __future__ import annotations

import pytest

from kg import terms
from kg.questions.answer import Answer
from kg.questions.catalogue import load_question
from kg.questions.run import run
from kg.stores.embedded import EmbeddedStore

YEAR = {"fiscalYear": "2020"}


def asked(name: str, store: EmbeddedStore, **given: str) -> Answer:
    return run(load_question(name), given, store)


def cells(answer: Answer, *names: str) -> list[tuple[str, ...]]:
    """The values of some columns, IRIs as local names, nothing as an empty text."""
    places = [[column.name for column in answer.columns].index(name) for name in names]
    return [tuple(terms.local_name(getattr(row[i], "value", "")) for i in places) for row in answer.rows]


@pytest.mark.parametrize(
    ("name", "parameter", "things"),
    [
        ("compare-domains", "domain", ("quantum-security", "quantum-computing", "ai")),
        ("compare-institutions", "institution", ("riken", "aist", "nims")),
        ("compare-parts", "part", ("quantum-strategy", "ai-strategy-2019", "quantum-part-1")),
        ("compare-programmes", "programme", ("q-leap", "sip", "riken-operating-grant")),
    ],
)
def test_each_thing_compared_has_the_money_that_it_has_alone(
    name: str, parameter: str, things: tuple[str, str, str], first_store: EmbeddedStore
) -> None:
    column = "item" if parameter == "programme" else parameter
    both = asked(name, first_store, first=things[0], second=things[1], third=things[2], **YEAR)
    found = {thing: (lower, upper) for thing, lower, upper in cells(both, column, "lower", "upper")}
    assert set(found) == set(things)
    for thing in things:
        total = asked("funding", first_store, **{parameter: thing}, **YEAR).total
        assert total is not None
        assert found[thing] == (str(total.lower), str(total.upper))


def test_the_largest_comes_first_and_what_has_no_amount_is_not_counted(first_store: EmbeddedStore) -> None:
    ministries = asked("compare-ministries", first_store, first="METI", second="MEXT", **YEAR)
    assert cells(ministries, "ministry", "difference") == [("meti", ""), ("mext", "1433500000000")]
    domains = asked("compare-domains", first_store, first="quantum security", second="space", **YEAR)
    assert cells(domains, "domain") == [("quantum-security",)]
    assert "of those compared, 1 has printed amounts" in domains.sentence["en"]


def test_an_account_is_compared_only_where_it_is_asked_for(first_store: EmbeddedStore) -> None:
    given = {"first": "METI", "second": "MEXT", **YEAR}
    assert cells(asked("compare-ministries", first_store, **given, account="special"), "account", "amount") == [
        ("special", "510200000000"),
        ("special", "108900000000"),
    ]
    promotion = asked("compare-ministries", first_store, **given, category="st-promotion")
    assert cells(promotion, "account", "category") == [("general", "st-promotion")] * 2


def test_initial_and_supplementary_are_added_and_each_is_told_apart(first_store: EmbeddedStore) -> None:
    grant = {"programme": "nict-operating-grant"}
    together = asked("with-supplementary", first_store, **grant, **YEAR)
    initial = asked("funding", first_store, **grant, **YEAR, phase="initial")
    added = asked("funding", first_store, **grant, fiscalYear="2019", phase="supplementary")
    assert together.total is not None and initial.total is not None and added.total is not None
    assert together.total.lower == initial.total.lower + added.total.lower > initial.total.lower
    assert set(cells(together, "fiscalYear", "phase")) == {("2020", "initial"), ("2019", "supplementary")}
    assert any(note["en"].startswith("adds up FY2020 initial budget") for note in together.notes)
    only = asked("with-supplementary", first_store, **grant, **YEAR, supplementaryYear="2020")
    assert only.total == initial.total


@pytest.mark.slow("takes over a second")
def test_a_ministry_is_listed_for_what_it_has_and_what_it_lacks(first_store: EmbeddedStore) -> None:
    def found(**given: str) -> set[str]:
        return {name for (name,) in cells(asked("ministries-without", first_store, **given, **YEAR), "ministry")}

    assert found(category="st-promotion") == {"diet", "npa", "mof"}
    assert found() == {"diet", "npa", "mof", "caa", "reconstruction-agency"}
    assert found(account="special") == {"reconstruction-agency"}
    special = {name for (name,) in cells(asked("table-changes", first_store, account="special", **YEAR), "ministry")}
    assert not found(withoutAccount="special") & special


def test_a_line_has_no_year_before_or_no_year_after_but_never_both(first_store: EmbeddedStore) -> None:
    begun = asked("lines-without-year-before", first_store, **YEAR)
    assert {why for (why,) in cells(begun, "why")} == {"new", "silent"}
    ended = asked("ended-lines", first_store, **YEAR)
    changed = asked("lines-changed", first_store, **YEAR)
    lines = [set(cells(answer, "programme", "panel")) for answer in (begun, ended, changed)]
    assert all(lines)
    assert not lines[0] & lines[1] and not lines[0] & lines[2] and not lines[1] & lines[2]


@pytest.mark.parametrize(
    ("term", "origin"),
    [("科学技術振興費", "document"), ("内数", "list"), ("再掲", "list"), ("検討中", "list"), ("Portion", "ontology")],
)
def test_a_definition_says_who_defines(term: str, origin: str, store: EmbeddedStore) -> None:
    assert cells(asked("definitions", store, term=term), "from")[0] == (origin,)
    assert not asked("definitions", store, term="量子超越").rows


@pytest.mark.slow("takes over a second")
@pytest.mark.parametrize(
    ("thing", "reason"),
    [("sip", "undetermined"), ("moonshot", "under-consideration"), ("prism", "not-stated"), ("space", "not-stated")],
)
def test_what_is_absent_has_its_reason(thing: str, reason: str, first_store: EmbeddedStore) -> None:
    assert cells(asked("absences", first_store, thing=thing), "reason")[0] == (reason,)
    assert not asked("absences", first_store, thing="q-leap").rows
