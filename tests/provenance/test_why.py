"""Why a statement holds, and that explanations can be trusted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from pyoxigraph import Literal, Triple

from kg import terms
from kg.assembly.build import Built
from kg.errors import UsageError
from kg.provenance.explain import _known, explain
from kg.reasoning.derivation import Derivation, derive
from kg.reasoning.entailment import entail, is_reported
from kg.reasoning.inference import conclude, trace
from kg.stores.embedded import EmbeddedStore
from tests.reasoning.judge import facts_and_ontology
from tests.reasoning.ontologies import axioms, facts, triples
from tests.reasoning.test_entailment import FOLLOWS, one
from tests.reasoning.verify import explanations, verify, verify_all

ONTOLOGY = triples(
    """
    :Ministry rdfs:subClassOf :Institution .
    :funds owl:propertyChainAxiom ( :administers :isImplementedBy ) ; rdfs:domain :Ministry ; rdfs:range :Institution .
    :isPartOf a owl:TransitiveProperty .
    """
)
FACTS = triples(":mext :administers :qleap . :qleap :isImplementedBy :riken . :a :isPartOf :b . :b :isPartOf :c .")


def proof(turtle: str) -> Derivation:
    found = derive(one(turtle), FACTS, ONTOLOGY)
    assert found is not None
    return found


def test_a_derivation_leads_down_to_asserted_statements() -> None:
    found = proof(":mext a :Institution .")
    assert found.rule == "cax-sco"
    assert found.axioms == (one(":Ministry rdfs:subClassOf :Institution ."),)
    (typed,) = found.premises
    assert (typed.rule, typed.conclusion) == ("prp-dom", one(":mext a :Ministry ."))
    (funded,) = typed.premises
    assert (funded.rule, funded.conclusion) == ("prp-spo2", one(":mext :funds :riken ."))
    assert [leaf.conclusion for leaf in funded.premises] == FACTS[:2]
    assert (found.steps, found.depth, found.leaves()) == (3, 3, FACTS[:2])


def test_an_asserted_statement_is_its_own_explanation() -> None:
    assert proof(":a :isPartOf :b .") == Derivation(FACTS[2])


def test_what_does_not_follow_has_no_derivation() -> None:
    assert derive(one(":riken :funds :mext ."), FACTS, ONTOLOGY) is None


def test_the_shortest_of_several_ways_is_taken() -> None:
    ontology = triples(":A rdfs:subClassOf :B . :B rdfs:subClassOf :C . :C rdfs:subClassOf :D . :p rdfs:range :D .")
    found = derive(one(":x a :D ."), triples(":x a :A . :y :p :x ."), ontology)
    assert found is not None
    assert (found.rule, found.steps) == ("prp-rng", 1)


def test_a_long_way_is_balanced() -> None:
    way = triples(" ".join(f":n{i} :isPartOf :n{i + 1} ." for i in range(64)))
    found = derive(one(":n0 :isPartOf :n64 ."), way, ONTOLOGY)
    assert found is not None
    assert (found.steps, found.depth) == (63, 6)
    assert verify(found, way, ONTOLOGY) == []


def test_any_name_in_the_dataset_can_be_asked_about(store: EmbeddedStore) -> None:
    """Also TOP1%補正論文数世界ランク, which is no IRI with a percent encoding."""
    found = explain("TOP1%補正論文数世界ランク", "a", "is:Indicator", store)
    assert found.status == "stated"
    names = {quad.object.value for quad in store.inner if isinstance(quad.object, Literal)}
    odd = sorted(name for name in names if "%" in name)[:9]
    assert len(odd) > 1
    assert not any(_known(f"is:{name}", store) for name in odd)


@pytest.mark.slow("takes over a second")
@pytest.mark.parametrize("name", ["is:%", "id:a%2", "https://[", "http://e/\ue000", "is:a b", "is:<b>", "a:b", ":"])
def test_what_is_no_iri_is_an_unknown_name(name: str, store: EmbeddedStore) -> None:
    with pytest.raises(UsageError):
        explain(name, "a", "is:Indicator", store)


def test_a_value_is_found_in_whatever_way_it_is_written() -> None:
    ontology, data = triples(":d rdfs:subPropertyOf :e ."), triples(':x :d "1.50"^^xsd:decimal .')
    for spelling in ("1.5", "1.50"):
        found = derive(one(f':x :e "{spelling}"^^xsd:decimal .'), data, ontology)
        assert found is not None
        assert verify(found, data, ontology) == []


@pytest.mark.parametrize("rule", FOLLOWS)
def test_a_step_of_every_rule_is_found_and_verified(rule: str) -> None:
    ontology, data, expected = map(triples, FOLLOWS[rule])
    found = explanations(data, ontology)
    assert rule in {derivation.rule for derivation in found.values()}
    assert set(expected) <= set(found)
    assert verify_all(found.values(), data, ontology) == []


@pytest.mark.slow("takes over a second")
@settings(max_examples=150, suppress_health_check=list(HealthCheck))
@given(axioms, facts)
def test_everything_that_follows_is_explained_and_every_explanation_holds(ontology_text: str, facts_text: str) -> None:
    ontology, data = triples(ontology_text), triples(facts_text)
    found = explanations(data, ontology)
    inferred = {triple for triple, derivation in found.items() if not derivation.is_asserted}
    assert {triple for triple in inferred if is_reported(triple, ())} >= entail(data, ontology)
    assert entail(data, ontology) >= {triple for triple in inferred if is_reported(triple, ())} - set(ontology)
    assert verify_all(found.values(), data, ontology) == []


Real = tuple[list[Triple], list[Triple], dict[Triple, Derivation]]


@pytest.fixture(scope="module")
def real(built: Built) -> Real:
    """The facts of the graph with what rules conclude, the ontology, and an explanation of all that holds."""
    data, ontology = facts_and_ontology(built)
    _, concluded = conclude(data, ontology)
    return [*data, *concluded], ontology, explanations([*data, *concluded], ontology)


@pytest.mark.slow("explains everything")
def test_every_inferred_statement_of_the_graph_has_an_explanation_that_holds(real: Real, built: Built) -> None:
    data, ontology, found = real
    inferred = [q.triple for q in built.quads if str(q.graph_name) == f"<{terms.INFERRED_GRAPH}>"]
    assert len(inferred) > 5000
    by_rule = set(data)
    inferred = [triple for triple in inferred if triple not in by_rule]  # those of rules are explained below
    assert len(inferred) > 5000
    assert not any(found[triple].is_asserted for triple in inferred)
    assert verify_all((found[triple] for triple in inferred), data, ontology) == []
    stated = set(data) | set(ontology)
    assert {leaf for triple in inferred for leaf in found[triple].leaves()} <= stated


@pytest.mark.slow("takes over a second")
@pytest.mark.parametrize(
    "wanted",
    ["linksTo", "worksInDomain"],
)
def test_what_a_rule_concludes_is_explained_by_what_holds(wanted: str, built: Built) -> None:
    data, ontology = facts_and_ontology(built)
    inferred = {q.triple for q in built.quads if str(q.graph_name) == f"<{terms.INFERRED_GRAPH}>"}
    holds = {*data, *ontology, *inferred}
    candidates = sorted((t for t in inferred if t.predicate.value == terms.IS + wanted), key=str)
    for triple in candidates[len(candidates) // 2 :][:1]:
        derivation = trace(triple, data, ontology)
        assert derivation is not None
        parts = list(derivation.parts())
        assert any(part.rule in {"funding-links", "domains"} and len(part.premises) >= 2 for part in parts)
        assert {part.conclusion for part in parts} <= holds
        assert set(derivation.leaves()) <= {*data, *ontology}
        (by_rule,) = [part for part in parts if part.rule in {"funding-links", "domains"}]
        about = {term for premise in by_rule.premises for term in premise.conclusion}
        assert by_rule.conclusion.subject in about or by_rule.rule == "funding-links"


@pytest.mark.slow("infers everything for each statement")
def test_a_single_statement_is_explained_as_it_is_among_all(real: Real) -> None:
    data, ontology, found = real
    inferred = sorted((t for t, d in found.items() if not d.is_asserted and is_reported(t, ())), key=str)
    picked = inferred[:: len(inferred) // 12]
    assert len(picked) >= 12
    for triple in picked:
        alone = derive(triple, data, ontology)
        assert alone is not None
        assert (alone.steps, alone.depth) == (found[triple].steps, found[triple].depth)
        assert verify(alone, data, ontology) == []


BROKEN: dict[str, Callable[[Derivation], Derivation]] = {
    "a leaf that nobody asserted": lambda d: replace(d, premises=(Derivation(one(":riken :funds :mext .")),)),
    "an axiom that is not in the ontology": lambda d: replace(
        d, axioms=(one(":Ministry rdfs:subClassOf :Bank ."),), conclusion=one(":mext a :Bank .")
    ),
    "another axiom of the ontology": lambda d: replace(d, axioms=(one(":funds rdfs:domain :Ministry ."),)),
    "no axiom": lambda d: replace(d, axioms=()),
    "another conclusion": lambda d: replace(d, conclusion=one(":riken a :Institution .")),
    "another rule": lambda d: replace(d, rule="prp-dom"),
    "a rule that does not exist": lambda d: replace(d, rule="because"),
    "a premise too few": lambda d: replace(d, premises=(), steps=1),
    "a premise too many": lambda d: replace(d, premises=d.premises * 2, steps=5),
    "a false number of steps": lambda d: replace(d, steps=1),
    "a conclusion passed off as asserted": lambda d: Derivation(d.conclusion),
    "a fault deep below": lambda d: replace(d, premises=(replace(d.premises[0], rule="prp-rng"),)),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_a_broken_derivation_is_rejected(fault: str) -> None:
    sound = proof(":mext a :Institution .")
    assert verify(sound, FACTS, ONTOLOGY) == []
    assert verify(BROKEN[fault](sound), FACTS, ONTOLOGY) != []


def test_the_links_of_a_chain_must_meet() -> None:
    sound = proof(":mext :funds :riken .")
    stray = one(":qleap2 :isImplementedBy :riken .")
    torn = replace(sound, premises=(sound.premises[0], Derivation(stray)))
    fault = f"{sound.conclusion}: prp-spo2: the step is not an instance of the rule"
    assert verify(torn, [*FACTS, stray], ONTOLOGY) == [fault]


def test_an_inverse_is_read_the_other_way_round() -> None:
    ontology = triples(":s owl:propertyChainAxiom ( [ owl:inverseOf :p ] :q ) .")
    data = triples(":y :p :x . :y :q :z . :x :p :y . :y :r :x .")
    sound = derive(one(":x :s :z ."), data, ontology)
    assert sound is not None
    assert verify(sound, data, ontology) == []
    for wrong in (":x :p :y .", ":y :r :x ."):
        forged = replace(sound, premises=(Derivation(one(wrong)), sound.premises[1]))
        assert verify(forged, data, ontology) != []


@pytest.mark.parametrize("rule", ["cls-uni", "cls-oo", "cls-int2"])
def test_only_members_of_the_list_count(rule: str) -> None:
    ontology, data, _ = map(triples, FOLLOWS[rule])
    step = next(d for d in explanations(data, ontology).values() if d.rule == rule)
    stranger = one(":x a :D .") if rule != "cls-oo" else Triple(one(":z a :D .").subject, *list(step.conclusion)[1:])
    if rule == "cls-uni":
        forged = replace(step, premises=(Derivation(stranger),))
    else:
        forged = replace(step, conclusion=stranger)
    assert verify(step, data, ontology) == []
    assert verify(forged, [*data, stranger], ontology) != []
