"""What the money question takes in: generated listings under every combination of filters, against brute force.

The brute force knows nothing of the query. It takes each printed amount as a set of yen, hands every yen out in every way
that the attributions and roles leave open, and looks at the smallest and the largest set that can serve what was asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, product

import pyoxigraph as ox
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kg import terms
from kg.answers import run
from kg.reason import entail
from kg.schema import read_schema
from kg.store import EmbeddedStore
from kg.stored import load_question

BROADER = {"d-top": None, "d-left": "d-top", "d-right": "d-top", "d-leaf": "d-left"}
UNIT_OF = {"i-head": None, "i-unit": "i-head", "i-other": None}
PARTS = {"s-top": None, "s-part": "s-top", "s-other": "s-top"}
MINISTRIES, PROGRAMMES, YEARS, PHASES = (
    ("m-one", "m-two"),
    ("p-one", "p-two"),
    (2019, 2020),
    ("initial", "supplementary"),
)
EVIDENCE = ("stated", "placed")
KINDS = {"d": "domain", "i": "institution", "m": "institution", "p": "programme", "s": "part"}


@dataclass(frozen=True)
class Budget:
    """An appropriation of a few yen, or none when it lies inside another: `inside` says which."""

    name: str
    yen: int
    year: int
    phase: str
    inside: str | None = None


@dataclass(frozen=True)
class Attribution:
    domain: str
    extent: str
    evidence: str


@dataclass(frozen=True)
class Role:
    holder: str
    kind: str
    evidence: str


@dataclass(frozen=True)
class Line:
    """One printed amount in a listing of its own; `budget` None: undetermined; `dated` False: no year printed."""

    programme: str
    part: str
    budget: Budget | None
    portion: bool
    attributions: tuple[Attribution, ...]
    dated: bool = True


@dataclass(frozen=True)
class World:
    lines: tuple[Line, ...]
    roles: tuple[tuple[str, Role], ...]


def up(tree: dict[str, str | None], name: str | None) -> Iterator[str]:
    while name is not None:
        yield name
        name = tree[name]


BIG = [Budget(f"b-{y}-{p}", 3, y, p) for y in YEARS for p in PHASES]
BUDGETS = [
    *BIG,
    *(Budget(b.name + "-in", 1, b.year, b.phase, b.name) for b in BIG),
    Budget("b-more", 2, 2020, "initial"),
]
attributions = st.lists(
    st.builds(
        Attribution,
        st.sampled_from(sorted(BROADER)),
        st.sampled_from(["shared", "whole", "all-narrower", "shared"]),
        st.sampled_from(EVIDENCE),
    ),
    max_size=3,
    unique_by=lambda a: a.domain,
).map(tuple)
lines = st.builds(
    Line,
    st.sampled_from(PROGRAMMES),
    st.sampled_from(sorted(PARTS)),
    st.sampled_from([*BUDGETS, None]),
    st.booleans(),
    attributions,
    st.sampled_from([True, True, True, False]),
)
roles = st.tuples(
    st.sampled_from(PROGRAMMES),
    st.one_of(
        st.builds(Role, st.sampled_from(MINISTRIES), st.just("Administrator"), st.sampled_from(EVIDENCE)),
        st.builds(
            Role,
            st.sampled_from([*UNIT_OF, *MINISTRIES]),
            st.sampled_from(["Implementer", "Recipient", "Executor"]),
            st.sampled_from(EVIDENCE),
        ),
    ),
)
worlds = st.builds(
    World, st.lists(lines, min_size=1, max_size=4).map(tuple), st.lists(roles, max_size=4, unique=True).map(tuple)
)
CHOICES = {
    "domain": sorted(BROADER),
    "institution": sorted(UNIT_OF),
    "ministry": MINISTRIES,
    "programme": PROGRAMMES,
    "part": sorted(PARTS),
    "phase": PHASES,
    "fiscalYear": [str(y) for y in YEARS],
    "evidence": EVIDENCE,
}
# Up to three filters at a time: with all eight most answers would be empty and prove little.
filters = st.lists(st.sampled_from(["domain", "domain", *CHOICES]), max_size=4).flatmap(
    lambda names: st.fixed_dictionaries({name: st.sampled_from(CHOICES[name]) for name in sorted(set(names))})
)


# --- the world as a graph ---------------------------------------------------------------------------------------------


def iri(name: str) -> str:
    return f"<{terms.ID}{KINDS[name[0]]}/{name}>"


def graph(world: World) -> str:
    """The world as Turtle, in the words that the fact tables use."""
    out = [f"@prefix is: <{terms.IS}> . @prefix skos: <{terms.SKOS}> . @prefix id: <{terms.ID}> ."]
    out += ["id:x-page is:pageNumber 4 . id:x-source is:isOnPage id:x-page ; is:firstLine 1 ; is:lastLine 1 ."]
    out += [
        f"{iri(d)} a is:TechnicalDomain" + (f" ; skos:broader {iri(b)}" if b else "") + " ." for d, b in BROADER.items()
    ]
    out += [f"{iri(i)} a is:Institution" + (f" ; is:isUnitOf {iri(u)}" if u else "") + " ." for i, u in UNIT_OF.items()]
    out += [
        f"{iri(s)} a is:StrategyElement" + (f" ; is:isPartOf {iri(b)}" if b else "") + " ." for s, b in PARTS.items()
    ]
    out += [f"{iri(m)} a is:GovernmentBody ." for m in MINISTRIES] + [f"{iri(p)} a is:Programme ." for p in PROGRAMMES]
    out += [f"id:panel-{s} a is:Panel ; is:isPanelOf {iri(s)} ." for s in PARTS]
    for b in BUDGETS:
        out.append(
            f"id:{b.name} a is:Appropriation ; is:amount {b.yen} ; is:roundingUnit 0 ; is:fiscalYear {b.year} ; is:hasPhase {phase(b.phase)} ."
        )
        out.append(f"id:{b.name}-portion a is:Portion ; is:isPortionOf id:{b.name} .")
        out += [f"id:{b.name} is:isIncludedIn id:{b.inside} ."] if b.inside else []
    for n, (programme, role) in enumerate(world.roles):
        out.append(
            f"id:role-{n} a is:Role ; is:isRoleIn {iri(programme)} ; is:has{role.kind} {iri(role.holder)} ; is:hasEvidence {evidence(role.evidence)} ."
        )
    for n, line in enumerate(world.lines):
        out.append(
            f"id:listing-{n} a is:Listing ; is:isListingOf {iri(line.programme)} ; is:isListedUnder id:panel-{line.part} ."
        )
        out.append(
            f'id:listed-{n} a is:ListedAmount ; is:isAmountIn id:listing-{n} ; is:printedAmount "x" ; is:isReadFrom id:x-source .'
        )
        if line.budget is None:
            out.append(f"id:listed-{n} is:hasAmountStatus <{terms.ID}amount-status/undetermined> .")
        else:
            status = "ceiling" if line.portion else "exact"
            out.append(
                f"id:listed-{n} is:lists id:{line.budget.name}{'-portion' if line.portion else ''} ; is:hasAmountStatus <{terms.ID}amount-status/{status}> ."
            )
            if line.dated:
                out.append(f"id:listed-{n} is:fiscalYear {line.budget.year} ; is:hasPhase {phase(line.budget.phase)} .")
        for k, a in enumerate(line.attributions):
            out.append(
                f"id:attribution-{n}-{k} a is:DomainAttribution ; is:isAttributionOf id:listing-{n} ; is:attributesDomain {iri(a.domain)} ; is:hasExtent <{terms.ID}extent/{a.extent}> ; is:hasEvidence {evidence(a.evidence)} ."
            )
    return "\n".join(out)


def phase(name: str) -> str:
    return f"<{terms.ID}phase/{name}>"


def evidence(name: str) -> str:
    return f"<{terms.ID}evidence/{name}>"


ONTOLOGY = read_schema().triples


def store_of(world: World) -> EmbeddedStore:
    facts = {q.triple for q in ox.parse(graph(world), format=ox.RdfFormat.TURTLE)}
    inner = ox.Store()
    every = facts | set(ONTOLOGY) | set(entail(facts, ONTOLOGY))
    inner.extend(ox.Quad(t.subject, t.predicate, t.object) for t in every)
    return EmbeddedStore(inner)


# --- the brute force --------------------------------------------------------------------------------------------------


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


@settings(max_examples=150, derandomize=True)
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
