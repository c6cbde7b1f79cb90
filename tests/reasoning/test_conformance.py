"""The public OWL 2 RL test cases: what is supported is answered rightly, what is not is refused and listed."""

from __future__ import annotations

import re

import pytest

from kg.reasoning.axioms import UnsupportedAxiom
from kg.reasoning.entailment import entail
from tests.reasoning.conformance import owl2
from tests.support.kept import assert_kept

CASES = owl2.stored_cases()
ANSWERED = [(case, kind) for case in CASES for kind in case.kinds]


def test_the_cases_are_there_and_name_their_creators() -> None:
    assert len(CASES) > 70
    assert all(case.creators for case in CASES)


@pytest.mark.parametrize(("case", "kind"), ANSWERED, ids=lambda part: getattr(part, "name", part))
def test_a_case_is_answered_rightly_or_is_listed_as_not_supported(case: owl2.Case, kind: str) -> None:
    label = f"    {case.name} ({kind.removesuffix('Test')})"
    listed = label in owl2.REPORT.read_text(encoding="utf-8").splitlines()
    try:
        right = owl2.run(case, kind)
    except owl2.NotSupportedError:
        assert listed
    else:
        assert right
        assert not listed


def test_the_report_is_what_the_cases_give_now() -> None:
    text, failures = owl2.report(CASES)
    assert failures == 0
    assert_kept(owl2.REPORT, text, "conformance")


def test_every_reason_in_the_report_is_explained() -> None:
    readme = (owl2.HERE / "README.md").read_text(encoding="utf-8")
    reasons = re.findall(r"^  (\S[^(:]*)", owl2.REPORT.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(reasons) > 3
    for why in reasons:
        assert f"| {why.split(':')[0].strip()}" in readme


def test_an_axiom_beyond_the_profile_is_refused_with_its_name() -> None:
    case = next(case for case in CASES if case.name == "New-Feature-ReflexiveProperty-001")
    with pytest.raises(UnsupportedAxiom, match="owl:ReflexiveProperty is not covered"):
        entail([], owl2.triples(case.premise))


def test_a_case_that_is_turned_round_fails() -> None:
    case = next(case for case in CASES if "InconsistencyTest" in case.kinds)
    assert owl2.run(case, "InconsistencyTest")
    assert not owl2.run(case, "ConsistencyTest")
