"""What the money question takes in: generated listings under every combination of filters, against brute force.

The brute force knows nothing of the query. It takes each printed amount as a set of yen, hands every yen out in every way
that the attributions and roles leave open, and looks at the smallest and the largest set that can serve what was asked.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations, product

import pytest
from hypothesis import example, given, settings

from kg.questions.catalogue import load_question
from kg.questions.run import run
from tests.money.worlds import (
    BIG,
    BROADER,
    BUDGETS,
    GRANTS,
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

FIRMNESS = {"background": 1, "placed": 2, "stated": 3}
ELSEWHERE = "elsewhere"
Sets = set[frozenset[str]]


def yen_of(budget: Budget, inside: bool) -> frozenset[str]:
    """The yen of an appropriation: its own, or those of the one around it; `inside` decides where it may be either."""
    around = budget.inside if budget.is_certain or inside else None
    return frozenset(f"{around or budget.name}:{n + budget.first if around else n}" for n in range(budget.yen))


def subsets(yen: frozenset[str]) -> Sets:
    ordered = sorted(yen)
    return {frozenset(c) for n in range(len(ordered) + 1) for c in combinations(ordered, n)}


def within(asked: str, domain: str) -> bool:
    return domain != ELSEWHERE and asked in up(BROADER, domain)


def believed(asked: dict[str, str], kinds: Iterable[str]) -> str | None:
    """The firmest evidence; None where there is none, or another is asked for."""
    firmest = max(kinds, key=lambda kind: FIRMNESS[kind], default=None)
    return firmest if asked.get("evidence") in {None, firmest} else None


def for_domain(line: Line, yen: frozenset[str], printed: Sets, asked: dict[str, str]) -> Sets | None:
    """The sets of yen that can serve the asked domain, every yen handed out in every way; None: it is not served."""
    domain = asked["domain"]
    reaching = [
        a
        for a in line.attributions
        if within(domain, a.domain) or (a.extent == "all-narrower" and a.domain in up(BROADER, domain))
    ]
    firmest = believed(asked, [a.evidence for a in reaching])
    if firmest is None:
        return None
    if any(a.extent == "whole" and within(domain, a.domain) for a in reaching if a.evidence == firmest):
        return printed
    # Each yen goes to one of the domains that share the line, or, where all narrower ones do, to any of them. Something
    # may stay with the domain itself, so that it is among its own narrower ones.
    holders = {ELSEWHERE for a in line.attributions if a.extent == "partial"}
    for a in line.attributions:
        holders |= {n for n in BROADER if within(a.domain, n)} if a.extent == "all-narrower" else {a.domain}
    ordered = sorted(yen)
    handed = {
        frozenset(y for y, holder in zip(ordered, hands, strict=True) if within(domain, holder))
        for hands in product(sorted(holders), repeat=len(ordered))
    }
    return {p & h for p in printed for h in handed}


def for_roles(
    world: World, line: Line, yen: frozenset[str], printed: Sets, asked: dict[str, str], kind: str
) -> Sets | None:
    """The sets of yen of an institution or a ministry: all, or any part where another holds a role beside it."""
    target = asked[kind]
    tree = {**UNIT_OF, **dict.fromkeys(MINISTRIES)}
    there = [role for programme, role in world.roles if programme == line.programme]
    ways: list[tuple[str, Sets]] = []
    for role in there:
        if role.kind == "Administrator":
            alone = all(r.holder == target for r in there if r.kind == "Administrator")
            served, takes_all = role.holder == target, line.programme in GRANTS
        elif kind == "ministry":
            continue
        else:
            mains = [r.holder for r in there if r.kind in {"Implementer", "Recipient"}]
            alone = role.kind != "Executor" and all(
                target in up(tree, holder) or holder in up(tree, target) for holder in mains
            )
            served = target in up(tree, role.holder)
            takes_all = role.kind == "Recipient" and line.programme in GRANTS
        if served:
            ways.append((role.evidence, subsets(yen) if not alone else {yen} if takes_all else printed))
    firmest = believed(asked, [evidence for evidence, _ in ways])
    # Of equally firm ways the one that leaves least open
    return min((sets for evidence, sets in ways if evidence == firmest), key=len) if firmest else None


def served(world: World, line: Line, yen: frozenset[str], asked: dict[str, str]) -> Sets | None:
    """The sets of yen of a line that can serve everything that is asked for; None: something is not served."""
    printed = subsets(yen) if line.portion or line.is_open else {yen}
    found: list[Sets | None] = []
    if "domain" in asked:
        found.append(for_domain(line, yen, printed, asked))
    found += [for_roles(world, line, yen, printed, asked, k) for k in ("institution", "ministry") if k in asked]
    if "programme" in asked:
        whole = {yen} if line.programme in GRANTS else printed
        found.append(whole if asked["programme"] == line.programme else None)
    if "part" in asked:
        found.append(printed if asked["part"] in up(PARTS, line.part) else None)
    if not found:
        return printed
    possible = {yen}
    for sets in found:
        if sets is None:
            return None
        possible = {p & s for p in possible for s in sets}
    return possible


def takes_in(line: Line, asked: dict[str, str]) -> bool:
    """Whether the year and the phase fit: a line without them has none."""
    dated = line.budget if line.dated else None
    if dated is None:
        return "fiscalYear" not in asked and "phase" not in asked
    return asked.get("fiscalYear") in {None, str(dated.year)} and asked.get("phase") in {None, dated.phase}


def brute_force(world: World, asked: dict[str, str]) -> tuple[int, int, int]:
    """The fewest yen, the most yen, and the number of amounts that nothing bounds."""
    sizes: set[int] = set()
    unbounded = 0
    for inside in (True, False):
        unions, unbounded = {frozenset[str]()}, 0
        for line in world.lines:
            yen = yen_of(line.budget, inside) if line.budget else frozenset[str]()
            sets = served(world, line, yen, asked) if takes_in(line, asked) else None
            if sets is None:
                continue
            if line.budget is None:
                unbounded += 1
            unions = {u | s for u in unions for s in sets}
        sizes |= set(map(len, unions))
    return min(sizes), max(sizes), unbounded


def asked_of_the_graph(world: World, asked: dict[str, str]) -> tuple[int, int, int]:
    given = {k: v if k in {"phase", "fiscalYear", "evidence"} else iri(v)[1:-1] for k, v in asked.items()}
    answer = run(load_question("funding"), {"fiscalYear": "any", **given}, store_of(world))
    assert answer.total is not None
    return answer.total.lower, answer.total.known, answer.total.open_count


MORE = next(b for b in BUDGETS if b.name == "b-more")
SHARED = (Attribution("d-leaf", "shared", "placed"), Attribution("d-right", "shared", "stated"))
Q_LEAP = World(
    (
        Line("p-one", "s-part", MORE, False, SHARED),
        Line("p-one", "s-other", MORE, False, (Attribution("d-leaf", "whole", "stated"),)),
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
ALONE = World((Line("p-one", "s-part", MORE, False, SHARED),), ())


GRANT = World(
    (
        Line("p-grant", "s-part", BIG[-2], True, SHARED),
        Line("p-two", "s-other", next(b for b in BUDGETS if b.name == "b-perhaps"), False, ()),
        Line("p-two", "s-other", MORE, False, (), is_open=True),
    ),
    (("p-grant", Role("i-unit", "Recipient", "stated")), ("p-two", Role("i-head", "Implementer", "placed"))),
)
HUB = World(
    (
        Line(
            "p-one",
            "s-part",
            BIG[0],
            False,
            (Attribution("d-leaf", "whole", "stated"), Attribution("d-right", "shared", "placed")),
        ),
    ),
    (),
)


PARTIAL = World((Line("p-one", "s-part", MORE, False, (Attribution("d-leaf", "partial", "stated"),)),), ())
BESIDE = World(
    (Line("p-one", "s-part", MORE, False, ()),),
    (("p-one", Role("i-unit", "Implementer", "stated")), ("p-one", Role("i-other", "Recipient", "stated"))),
)


@pytest.mark.slow("takes over a second")
@settings(max_examples=2, derandomize=True)
@given(world=worlds, asked=filters)
@example(world=Q_LEAP, asked={"domain": "d-leaf", "institution": "i-head", "ministry": "m-one"})
@example(world=YEARLY, asked={"fiscalYear": "2020"})
@example(world=ALONE, asked={"domain": "d-top"})
@example(world=GRANT, asked={"institution": "i-head"})
@example(world=GRANT, asked={"programme": "p-two"})
@example(world=HUB, asked={"domain": "d-right"})
@example(world=PARTIAL, asked={"domain": "d-leaf"})
@example(world=BESIDE, asked={"institution": "i-head"})
def test_the_interval_is_that_of_brute_force_under_every_combination_of_filters(
    world: World, asked: dict[str, str]
) -> None:
    assert asked_of_the_graph(world, asked) == brute_force(world, asked)


@pytest.mark.slow("the same with many more worlds")
@settings(max_examples=150, derandomize=True)
@given(world=worlds, asked=filters)
@example(world=Q_LEAP, asked={"domain": "d-left", "evidence": "stated"})
@example(world=Q_LEAP, asked={})
@example(world=YEARLY, asked={"phase": "initial"})
@example(world=YEARLY, asked={"domain": "d-leaf"})
@example(world=YEARLY, asked={"ministry": "m-one"})
@example(world=YEARLY, asked={"ministry": "m-two", "evidence": "stated"})
@example(world=YEARLY, asked={"part": "s-top"})
@example(world=YEARLY, asked={"programme": "p-two"})
@example(world=ALONE, asked={"domain": "d-leaf"})
@example(world=GRANT, asked={"domain": "d-top", "institution": "i-unit"})
@example(world=HUB, asked={"domain": "d-top"})
def test_the_interval_is_that_of_brute_force_in_many_worlds(world: World, asked: dict[str, str]) -> None:
    assert asked_of_the_graph(world, asked) == brute_force(world, asked)
