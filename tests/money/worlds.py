"""Small made-up worlds of listings, attributions and roles, their graphs, and filters to ask them with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox
from hypothesis import strategies as st

from kg import terms
from kg.reasoning.entailment import entail
from kg.stores.embedded import EmbeddedStore
from kg.tables.schema import read_schema

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
