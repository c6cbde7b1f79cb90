"""All that follows from the facts: OWL entailments, and the conclusions of the SPARQL rules in `ontology/rules/`.

A rule `NAME.rq` is a CONSTRUCT query over facts, ontology and entailments that does not read the conclusions of rules.
Those count as facts when the axioms are applied again. `NAME.because.rq` finds the premises of one conclusion, given as
`?subject ?property ?value`.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain

from pyoxigraph import DefaultGraph, NamedNode, Quad, QueryTriples, Store, Triple

from kg import paths
from kg.reasoning.derivation import Derivation, derive, prove
from kg.reasoning.entailment import Closure

_BECAUSE = ".because"
_ONTOLOGY = NamedNode("urn:ontology")


def infer(facts: Iterable[Triple], ontology: Collection[Triple]) -> frozenset[Triple]:
    """Return all triples that follow and are neither among the facts nor in the ontology.

    Raises UnsupportedAxiom as `kg.reasoning.entailment.entail` does.
    """
    closure, concluded = _conclude(facts, ontology)
    new = {triple for triple in concluded if Quad(*triple) not in closure.store}
    closure.add(new)
    return closure.entailed | new


def trace(triple: Triple, facts: Collection[Triple], ontology: Collection[Triple]) -> Derivation | None:
    """Return a derivation of a triple by axioms and rules, or None if there is none.

    By axioms alone it is a shortest one, as `kg.reasoning.derivation.derive` returns it. Raises UnsupportedAxiom.
    """
    found = derive(triple, facts, ontology)
    if found is not None:
        return found
    store, concluded = conclude(facts, ontology)
    found = derive(triple, [*facts, *concluded], ontology)
    if found is None:
        return None
    store.extend(Quad(*triple) for triple in concluded)
    premises = {leaf: _premises(store, leaf, concluded[leaf]) for leaf in found.leaves() if leaf in concluded}
    proofs = prove(facts, ontology, True, set(chain.from_iterable(premises.values())))
    steps = {
        leaf: Derivation(leaf, concluded[leaf], (), tuple(proofs[premise] for premise in because))
        for leaf, because in premises.items()
    }
    return _completed(found, steps)


def _completed(part: Derivation, steps: Mapping[Triple, Derivation]) -> Derivation:
    """Return a derivation with the conclusions of rules explained, its steps and depth counted anew."""
    part = steps.get(part.conclusion, part) if part.is_asserted else part
    if part.is_asserted:
        return part
    premises = tuple(_completed(premise, steps) for premise in part.premises)
    count = 1 + sum(premise.steps for premise in premises)
    return replace(part, premises=premises, steps=count, depth=1 + max((p.depth for p in premises), default=0))


def conclude(facts: Iterable[Triple], ontology: Collection[Triple]) -> tuple[Store, dict[Triple, str]]:
    """Return a store with facts, ontology and entailments, and what the rules conclude, each with the name of its rule.

    Raises UnsupportedAxiom.
    """
    closure, concluded = _conclude(facts, ontology)
    return closure.store, concluded


def _conclude(facts: Iterable[Triple], ontology: Collection[Triple]) -> tuple[Closure, dict[Triple, str]]:
    closure = Closure(facts, ontology)
    closure.gather()
    store = closure.store
    apart = [t for t in ontology if Quad(*t) not in store]  # else a query would count what stands in both graphs twice
    store.extend(Quad(t.subject, t.predicate, t.object, _ONTOLOGY) for t in apart)
    concluded: dict[Triple, str] = {}
    for path in paths.rule_files():
        concluded |= dict.fromkeys(_construct(store, path.read_text(encoding="utf-8")), path.stem)
    return closure, concluded


def _construct(store: Store, query: str) -> Iterator[Triple]:
    found = store.query(query, default_graph=[DefaultGraph(), _ONTOLOGY])
    assert isinstance(found, QueryTriples)
    return found


def _premises(store: Store, conclusion: Triple, rule: str) -> list[Triple]:
    text = (paths.RULES / f"{rule}{_BECAUSE}.rq").read_text(encoding="utf-8")
    given = f"VALUES (?subject ?property ?value) {{ ({' '.join(map(str, conclusion))}) }}"
    return sorted(set(_construct(store, text.replace("WHERE {", f"WHERE {{ {given}", 1))), key=str)
