"""Small made-up worlds of listings, attributions and roles, their graphs, and filters to ask them with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox
from hypothesis import strategies as st

from kg import terms
from kg.reasoning.inference import infer
from kg.stores.embedded import EmbeddedStore
from kg.tables.schema import read_schema

BROADER = {"d-top": None, "d-left": "d-top", "d-right": "d-top", "d-leaf": "d-left"}
UNIT_OF = {"i-head": None, "i-unit": "i-head", "i-other": None}
PARTS = {"s-top": None, "s-part": "s-top", "s-other": "s-top"}
MINISTRIES, PROGRAMMES, YEARS, PHASES = (
    ("m-one", "m-two"),
    ("p-one", "p-two", "p-grant"),
    (2019, 2020),
    ("initial", "supplementary"),
)
EVIDENCE = ("stated", "placed", "background")
GRANTS = ("p-grant",)
KINDS = {"d": "domain", "i": "institution", "m": "institution", "p": "programme", "s": "part"}


@dataclass(frozen=True)
class Budget:
    """An appropriation of a few yen: those of another that are named, if it lies `inside` that one, or may."""

    name: str
    yen: int
    year: int
    phase: str
    inside: str | None = None
    first: int = 0
    is_certain: bool = True


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
    """One printed amount in a listing of its own.

    `budget` None: nothing bounds it; `is_open`: undetermined, a part of the budget; `dated` False: no year printed.
    """

    programme: str
    part: str
    budget: Budget | None
    portion: bool
    attributions: tuple[Attribution, ...]
    dated: bool = True
    is_open: bool = False


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
    Budget("b-perhaps", 1, 2020, "initial", "b-2020-initial", 1, is_certain=False),
    Budget("b-too", 1, 2020, "initial", "b-2020-initial", 2, is_certain=False),
]
attributions = st.lists(
    st.builds(
        Attribution,
        st.sampled_from(sorted(BROADER)),
        st.sampled_from(["shared", "whole", "all-narrower", "shared", "partial"]),
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
    st.sampled_from([False, False, False, True]),
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
    out += [f"{iri(m)} a is:GovernmentBody ." for m in MINISTRIES] + [
        f"{iri(p)} a is:{'OperatingGrant' if p in GRANTS else 'Programme'} ." for p in PROGRAMMES
    ]
    out += [f"id:panel-{s} a is:Panel ; is:isPanelOf {iri(s)} ; is:hasEvidence {evidence('stated')} ." for s in PARTS]
    for b in BUDGETS:
        out.append(
            f"id:{b.name} a is:Appropriation ; is:amount {b.yen} ; is:roundingUnit 0 ; is:fiscalYear {b.year} ; is:hasPhase {phase(b.phase)} ."
        )
        out.append(f"id:{b.name}-portion a is:Portion ; is:isPortionOf id:{b.name} .")
        relation = "isIncludedIn" if b.is_certain else "mayBeIncludedIn"
        out += [f"id:{b.name} is:{relation} id:{b.inside} ."] if b.inside else []
    for n, (programme, role) in enumerate(world.roles):
        out.append(
            f"id:role-{n} a is:Role ; is:isRoleIn {iri(programme)} ; is:has{role.kind} {iri(role.holder)} ; is:hasEvidence {evidence(role.evidence)} ."
        )
    for n, line in enumerate(world.lines):
        out.append(
            f"id:listing-{n} a is:Listing ; is:isListingOf {iri(line.programme)} ; is:isListedUnder id:panel-{line.part} ; is:hasEvidence {evidence('stated')} ."
        )
        out.append(
            f'id:listed-{n} a is:ListedAmount ; is:isAmountIn id:listing-{n} ; is:printedAmount "x" ; is:isReadFrom id:x-source .'
        )
        if line.budget is None:
            out.append(f"id:listed-{n} is:hasAmountStatus <{terms.ID}amount-status/undetermined> .")
        else:
            status = "undetermined" if line.is_open else "ceiling" if line.portion else "exact"
            out.append(
                f"id:listed-{n} is:lists id:{line.budget.name}{'-portion' if line.portion or line.is_open else ''} ; is:hasAmountStatus <{terms.ID}amount-status/{status}> ."
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
    every = facts | set(ONTOLOGY) | set(infer(facts, ONTOLOGY))
    inner.extend(ox.Quad(t.subject, t.predicate, t.object) for t in every)
    return EmbeddedStore(inner)


# --- the brute force --------------------------------------------------------------------------------------------------
