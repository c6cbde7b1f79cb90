"""What the money question takes in: generated listings under every combination of filters, against brute force.

The brute force knows nothing of the query. It takes each printed amount as a set of yen, hands every yen out in every way
that the attributions and roles leave open, and looks at the smallest and the largest set that can serve what was asked.
"""

from __future__ import annotations

from itertools import combinations, product

import pytest
from hypothesis import example, given, settings

from kg.questions.catalogue import load_question
from kg.questions.run import run
from tests.money.worlds import (
    BIG,
    BROADER,
    BUDGETS,
    MINISTRIES,
    PARTS,
    UNIT_OF,
    Attribution,
    Budget,
    Line,
    Role,
    World,
    filters,
    iri,
    store_of,
    up,
    worlds,
)


def yen_of(budget: Budget) -> frozenset[str]:
    """The yen of an appropriation; what lies inside another is made of the other's first yen."""
    whole = budget.inside or budget.name
    return frozenset(f"{whole}:{n}" for n in range(budget.yen))


def subsets(yen: frozenset[str]) -> list[frozenset[str]]:
    ordered = sorted(yen)
    return [frozenset(c) for n in range(len(ordered) + 1) for c in combinations(ordered, n)]


def within(asked: str, domain: str) -> bool:
    return asked in up(BROADER, domain)


def for_domain(line: Line, yen: frozenset[str], asked: dict[str, str]) -> set[frozenset[str]] | None:
    """The sets of yen that can serve the asked domain, every yen handed out in every way; None: it is not served."""
    if "domain" not in asked:
        return {yen}
    domain = asked["domain"]
    believed = [a for a in line.attributions if asked.get("evidence") in {None, a.evidence}]
    below = [a for a in believed if a.extent == "all-narrower" and a.domain in up(BROADER, domain)]
    served = [a for a in believed if within(domain, a.domain)]
    if not served and not below:
        return None
    if any(a.extent == "whole" for a in served):
        return {yen}
    # Each yen goes to one of the domains that share the line, or, where all narrower ones do, to any of them. Something
    # may stay with the domain itself, so that it is among its own narrower ones.
    holders = [
        d
        for a in line.attributions
        if a.extent != "whole"
        for d in ([a.domain] if a.extent == "shared" else [n for n in BROADER if within(a.domain, n)])
    ]
    ordered = sorted(yen)
    return {
        frozenset(y for y, holder in zip(ordered, hands, strict=True) if within(domain, holder))
        for hands in product(sorted(set(holders)), repeat=len(ordered))
    }


def for_institution(world: World, line: Line, yen: frozenset[str], asked: dict[str, str]) -> set[frozenset[str]] | None:
    if "institution" not in asked:
        return {yen}
    held = [
        role
        for programme, role in world.roles
        if programme == line.programme
        and role.kind in {"Implementer", "Recipient", "Executor"}
        and asked["institution"] in up({**UNIT_OF, **dict.fromkeys(MINISTRIES)}, role.holder)
        and asked.get("evidence") in {None, role.evidence}
    ]
    if not held:
        return None
    return {yen} if any(role.kind != "Executor" for role in held) else set(subsets(yen))


def takes_in(world: World, line: Line, asked: dict[str, str]) -> bool:
    administered = any(
        programme == line.programme
        and role.kind == "Administrator"
        and role.holder == asked.get("ministry")
        and asked.get("evidence") in {None, role.evidence}
        for programme, role in world.roles
    )
    dated = line.budget if line.dated else None
    return (
        asked.get("programme") in {None, line.programme}
        and ("part" not in asked or asked["part"] in up(PARTS, line.part))
        and ("ministry" not in asked or administered)
        and (dated is None or asked.get("fiscalYear") in {None, str(dated.year)})
        and (dated is None or asked.get("phase") in {None, dated.phase})
    )


def brute_force(world: World, asked: dict[str, str]) -> tuple[int, int, int]:
    """The fewest yen, the most yen, and the number of undetermined amounts."""
    choices: list[set[frozenset[str]]] = []
    undetermined = 0
    for line in world.lines:
        yen = yen_of(line.budget) if line.budget else frozenset()
        domain, institution = for_domain(line, yen, asked), for_institution(world, line, yen, asked)
        if not takes_in(world, line, asked) or domain is None or institution is None:
            continue
        if line.budget is None:
            undetermined += 1
            continue
        printed = subsets(yen) if line.portion else [yen]
        choices.append({p & d & i for p in printed for d in domain for i in institution})
    unions = {frozenset[str]()}
    for sets in choices:
        unions = {u | s for u in unions for s in sets}
    return min(map(len, unions)), max(map(len, unions)), undetermined


def asked_of_the_graph(world: World, asked: dict[str, str]) -> tuple[int, int, int]:
    given = {k: v if k in {"phase", "fiscalYear", "evidence"} else iri(v)[1:-1] for k, v in asked.items()}
    answer = run(load_question("funding"), {"fiscalYear": "any", **given}, store_of(world))
    assert answer.total is not None
    return answer.total.lower, answer.total.known, answer.total.open_count


SHARED = (Attribution("d-leaf", "shared", "placed"), Attribution("d-right", "shared", "stated"))
Q_LEAP = World(
    (
        Line("p-one", "s-part", BUDGETS[-1], False, SHARED),
        Line("p-one", "s-other", BUDGETS[-1], False, (Attribution("d-leaf", "whole", "stated"),)),
        Line("p-two", "s-other", None, False, (Attribution("d-top", "all-narrower", "stated"),)),
    ),
    (("p-one", Role("i-unit", "Executor", "stated")), ("p-one", Role("m-one", "Administrator", "stated"))),
)


YEARLY = World(
    tuple(
        Line(
            "p-one",
            "s-part",
            b,
            False,
            (Attribution("d-leaf", "shared", "stated"), Attribution("d-right", "whole", "stated")),
        )
        for b in BIG
    ),
    (("p-one", Role("m-one", "Implementer", "stated")), ("p-one", Role("m-two", "Administrator", "placed"))),
)
ALONE = World((Line("p-one", "s-part", BUDGETS[-1], False, SHARED),), ())


@settings(max_examples=25, derandomize=True)
@given(world=worlds, asked=filters)
@example(world=Q_LEAP, asked={"domain": "d-leaf", "institution": "i-head", "ministry": "m-one"})
@example(world=Q_LEAP, asked={"domain": "d-left", "evidence": "stated"})
@example(world=Q_LEAP, asked={})
@example(world=YEARLY, asked={"fiscalYear": "2020"})
@example(world=YEARLY, asked={"phase": "initial"})
@example(world=YEARLY, asked={"domain": "d-leaf"})
@example(world=YEARLY, asked={"ministry": "m-one"})
@example(world=YEARLY, asked={"ministry": "m-two", "evidence": "stated"})
@example(world=YEARLY, asked={"part": "s-top"})
@example(world=YEARLY, asked={"programme": "p-two"})
@example(world=ALONE, asked={"domain": "d-leaf"})
@example(world=ALONE, asked={"domain": "d-top"})
def test_the_interval_is_that_of_brute_force_under_every_combination_of_filters(
    world: World, asked: dict[str, str]
) -> None:
    assert asked_of_the_graph(world, asked) == brute_force(world, asked)


@pytest.mark.slow("the same with many more worlds")
@settings(max_examples=150, derandomize=True)
@given(world=worlds, asked=filters)
def test_the_interval_is_that_of_brute_force_in_many_worlds(world: World, asked: dict[str, str]) -> None:
    assert asked_of_the_graph(world, asked) == brute_force(world, asked)
