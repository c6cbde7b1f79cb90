"""What follows from facts and axioms; owlrl is the judge."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, Store, Triple

from kg import terms
from kg.assembly.build import Built
from kg.reasoning.axioms import UnsupportedAxiom, read_axioms, unsupported
from kg.reasoning.contradictions import compile_checks
from kg.reasoning.entailment import Closure, entail, inconsistencies, reason
from kg.reasoning.rules import Rule, patterns_text
from tests.reasoning.judge import facts_and_ontology, facts_read_from, judged
from tests.reasoning.ontologies import AXIOMS, DECLARED, axioms, facts, triples
from tests.reasoning.verify import compile_rules, explanations, rule_names

FOLLOWS = {
    "prp-dom": (":p rdfs:domain :A .", ":x :p :y .", ":x a :A ."),
    "prp-rng": (":p rdfs:range :A .", ":x :p :y .", ":y a :A ."),
    "prp-symp": (":p a owl:SymmetricProperty .", ":x :p :y .", ":y :p :x ."),
    "prp-trp": (":p a owl:TransitiveProperty .", ":w :p :x . :x :p :y . :y :p :z .", ":w :p :y , :z . :x :p :z ."),
    "prp-spo1": (":p rdfs:subPropertyOf :q .", ":x :p :y , 1 .", ":x :q :y , 1 ."),
    "prp-spo2": (":s owl:propertyChainAxiom ( :p :q :r ) .", ":w :p :x . :x :q :y . :y :r :z .", ":w :s :z ."),
    "prp-eqp1": (":p owl:equivalentProperty :q .", ":x :p :y .", ":x :q :y ."),
    "prp-eqp2": (":p owl:equivalentProperty :q .", ":x :q :y .", ":x :p :y ."),
    "prp-inv1": (":p owl:inverseOf :q .", ":x :p :y .", ":y :q :x ."),
    "prp-inv2": (":p owl:inverseOf :q .", ":x :q :y .", ":y :p :x ."),
    "cls-int1": ("[ owl:intersectionOf ( :A :B ) ] rdfs:subClassOf :C .", ":x a :A , :B . :y a :A .", ":x a :C ."),
    "cls-int2": (":C rdfs:subClassOf [ owl:intersectionOf ( :A :B ) ] .", ":x a :C .", ":x a :A , :B ."),
    "cls-uni": ("[ owl:unionOf ( :A :B ) ] rdfs:subClassOf :C .", ":x a :A . :y a :B .", ":x a :C . :y a :C ."),
    "cls-oo": ("[ owl:oneOf ( :x :y ) ] rdfs:subClassOf :C .", "", ":x a :C . :y a :C ."),
    "cls-svf1": (
        "[ owl:onProperty :p ; owl:someValuesFrom :A ] rdfs:subClassOf :C .",
        ":x :p :y . :y a :A . :z :p :z .",
        ":x a :C .",
    ),
    "cls-svf2": (
        "[ owl:onProperty :p ; owl:someValuesFrom owl:Thing ] rdfs:subClassOf :C .",
        ":x :p :y .",
        ":x a :C .",
    ),
    "cls-avf": (":C rdfs:subClassOf [ owl:onProperty :p ; owl:allValuesFrom :A ] .", ":x a :C ; :p :y .", ":y a :A ."),
    "cls-hv1": (":C rdfs:subClassOf [ owl:onProperty :p ; owl:hasValue :y ] .", ":x a :C .", ":x :p :y ."),
    "cls-hv2": ("[ owl:onProperty :p ; owl:hasValue :y ] rdfs:subClassOf :C .", ":x :p :y . :z :p :z .", ":x a :C ."),
    "cax-sco": (":A rdfs:subClassOf :B . :B rdfs:subClassOf :C .", ":x a :A .", ":x a :B , :C ."),
    "cax-eqc1": (":A owl:equivalentClass :B .", ":x a :A .", ":x a :B ."),
    "cax-eqc2": (":A owl:equivalentClass :B .", ":x a :B .", ":x a :A ."),
}
BREAKS = {
    "prp-fp": (":d a owl:FunctionalProperty .", ":x :d 1 , 2 ."),
    "prp-ifp": (":p a owl:InverseFunctionalProperty .", ":x :p :z . :y :p :z ."),
    "prp-irp": (":p a owl:IrreflexiveProperty .", ":x :p :x ."),
    "prp-asyp": (":p a owl:AsymmetricProperty .", ":x :p :y . :y :p :x ."),
    "prp-pdw": (":p owl:propertyDisjointWith :q .", ":x :p :y ; :q :y ."),
    "prp-adp": ("[] a owl:AllDisjointProperties ; owl:members ( :p :q :r ) .", ":x :p :y ; :r :y ."),
    "prp-key": (
        ":A owl:hasKey ( :d :p ) .",
        ":w a :A ; :d 1 ; :p :x . :x a :A ; :d 1 ; :p :z . :y a :A ; :d 1 ; :p :z .",
    ),
    "prp-npa1": (
        "[] owl:sourceIndividual :x ; owl:assertionProperty :p ; owl:targetIndividual :y .",
        ":x :p :y .",
    ),
    "prp-npa2": ("[] owl:sourceIndividual :x ; owl:assertionProperty :d ; owl:targetValue 1 .", ":x :d 1 ."),
    "cls-nothing2": (":p rdfs:domain owl:Nothing .", ":x :p :y ."),
    "cls-com": (":A rdfs:subClassOf [ owl:complementOf :B ] .", ":x a :A , :B ."),
    "cls-maxc1": (":A rdfs:subClassOf [ owl:onProperty :p ; owl:maxCardinality 0 ] .", ":x a :A ; :p :y ."),
    "cls-maxc2": (":A rdfs:subClassOf [ owl:onProperty :p ; owl:maxCardinality 1 ] .", ":x a :A ; :p :y , :z ."),
    "cls-maxqc1": (
        ":A rdfs:subClassOf [ owl:onProperty :p ; owl:maxQualifiedCardinality 0 ; owl:onClass :B ] .",
        ":x a :A ; :p :y . :y a :B .",
    ),
    "cls-maxqc2": (
        ":A rdfs:subClassOf [ owl:onProperty :p ; owl:maxQualifiedCardinality 0 ; owl:onClass owl:Thing ] .",
        ":x a :A ; :p :y .",
    ),
    "cls-maxqc3": (
        ":A rdfs:subClassOf [ owl:onProperty :p ; owl:maxQualifiedCardinality 1 ; owl:onClass :B ] .",
        ":x a :A ; :p :w , :y , :z . :y a :B . :z a :B .",
    ),
    "cls-maxqc4": (
        ":A rdfs:subClassOf [ owl:onProperty :p ; owl:maxQualifiedCardinality 1 ; owl:onClass owl:Thing ] .",
        ":x a :A ; :p :y , :z .",
    ),
    "cax-dw": (":A owl:disjointWith :B .", ":x a :A , :B ."),
    "cax-adc": ("[] a owl:AllDisjointClasses ; owl:members ( :A :B :C ) .", ":x a :A , :C ."),
    "eq-diff1": ("", ":x owl:sameAs :y ."),
    "eq-diff1 of one": ("", ":x owl:differentFrom :x ."),
    "dt-not-type": (":d rdfs:range xsd:nonNegativeInteger .", ":x :d 1 , -1 ."),
    "dt-not-type that is no integer": (":d rdfs:range xsd:integer .", ":x :d 1 , 'one'^^xsd:integer ."),
    "dt-not-type below a class": (
        ":A rdfs:subClassOf [ owl:onProperty :d ; owl:allValuesFrom xsd:string ] .",
        ":x a :A ; :d 'one' . :y :d 1 . :z a :A ; :d 1 .",
    ),
}
# owlrl overlooks the last property of a key and of a disjointness, knows a datatype only when a literal bears it, and
# finds nothing wrong with a thing that differs from itself
NOT_JUDGED = {
    "prp-key",
    "prp-adp",
    "dt-not-type",
    "dt-not-type that is no integer",
    "dt-not-type below a class",
    "eq-diff1 of one",
}
REFUSED = {
    ":A rdfs:subClassOf [ owl:onProperty :p ; owl:someValuesFrom :B ] .": "owl:someValuesFrom stands as superclass",
    ":p rdfs:domain [ owl:unionOf ( :A :B ) ] .": "owl:unionOf stands as superclass",
    ":A owl:equivalentClass [ owl:oneOf ( :x :y ) ] .": "owl:oneOf stands as equivalent class",
    "[ owl:onProperty :p ; owl:allValuesFrom :B ] rdfs:subClassOf :A .": "owl:allValuesFrom stands as subclass",
    ":A owl:disjointUnionOf ( :B :C ) .": "owl:disjointUnionOf is not covered",
    ":p a owl:ReflexiveProperty .": "owl:ReflexiveProperty is not covered",
    ":A rdfs:subClassOf [ owl:onProperty :p ; owl:maxCardinality 2 ] .": "owl:maxCardinality is neither 0 nor 1",
    ":A rdfs:subClassOf [ owl:onProperty :p ; owl:minCardinality 1 ] .": "owl:minCardinality stands as superclass",
    ":A rdfs:subClassOf owl:TransitiveProperty .": "owl:TransitiveProperty is a term of the language",
    ":p rdfs:subPropertyOf rdfs:subClassOf .": "rdfs:subClassOf is a term of the language",
    "owl:Thing rdfs:subClassOf :A .": "owl:Thing stands as subclass",
    ":A rdfs:subClassOf [ owl:onProperty :p ; owl:hasValue [ a :B ] ] .": "owl:hasValue holds a blank node",
    "[ owl:onProperty :d ; owl:someValuesFrom xsd:date ] rdfs:subClassOf :A .": "owl:someValuesFrom names a datatype",
}


@pytest.mark.parametrize("rule", FOLLOWS)
def test_an_axiom_gives_what_its_rule_says_and_nothing_else(rule: str) -> None:
    ontology, given_facts, expected = map(triples, FOLLOWS[rule])
    assert rule in {made.name for made in compile_rules(ontology)}
    assert entail(given_facts, ontology) == set(expected)


def test_every_rule_that_concludes_has_an_example() -> None:
    assert set(FOLLOWS) == rule_names()


@pytest.mark.parametrize("rule", BREAKS)
def test_what_an_axiom_forbids_is_reported_once_with_its_statements(rule: str) -> None:
    ontology, given_facts = map(triples, BREAKS[rule])
    found = inconsistencies(given_facts, ontology)
    assert [problem.rule for problem in found] == [rule.split(maxsplit=1)[0]]
    assert set(found[0].axioms) <= set(read_axioms(ontology).triples)
    assert set(found[0].premises) <= set(explanations(given_facts, ontology))


@pytest.mark.parametrize("rule", BREAKS)
def test_facts_without_the_last_statement_break_nothing(rule: str) -> None:
    ontology, given_facts = map(triples, BREAKS[rule])
    assert inconsistencies(given_facts[:-1], ontology) == []


def test_two_values_are_one_when_they_only_differ_in_spelling() -> None:
    ontology = triples(":d a owl:FunctionalProperty .")
    assert inconsistencies(triples(':x :d "1"^^xsd:integer , "01"^^xsd:integer .'), ontology) == []


def test_zero_and_minus_zero_are_two_values() -> None:
    ontology = triples(":d a owl:FunctionalProperty .")
    assert len(inconsistencies(triples(':x :d "0.0"^^xsd:float , "-0.0"^^xsd:float .'), ontology)) == 1


def test_values_of_a_datatype_that_nobody_knows_are_different_when_they_are_written_differently() -> None:
    ontology = triples(":d a owl:FunctionalProperty .")
    assert len(inconsistencies(triples(':x :d "a"^^:code , "b"^^:code .'), ontology)) == 1


def test_a_rule_is_looked_at_again_when_any_of_its_premises_is_new() -> None:
    ontology = triples(
        ":s owl:propertyChainAxiom ( :p :q ) . :A rdfs:subClassOf [ owl:onProperty :q ; owl:hasValue :z ] ."
    )
    assert one(":x :s :z .") in entail(triples(":x :p :y . :y a :A ."), ontology)


def test_a_functional_link_to_two_names_is_a_contradiction_for_names_are_unique() -> None:
    ontology = triples(":p a owl:FunctionalProperty .")
    (problem,) = inconsistencies(triples(":x :p :y , :z ."), ontology)
    assert problem.rule == "prp-fp"
    assert set(problem.premises) == set(triples(":x :p :y , :z ."))


@pytest.mark.parametrize("axiom", REFUSED)
def test_what_is_not_covered_is_refused_and_named(axiom: str) -> None:
    ontology = triples(axiom)
    assert any(REFUSED[axiom] in problem for problem in unsupported(ontology))
    with pytest.raises(UnsupportedAxiom) as refusal:
        entail([], ontology)
    assert refusal.value.problems == unsupported(ontology)


def test_an_ontology_beyond_the_profile_gives_what_it_can_on_request() -> None:
    ontology = triples(":A owl:equivalentClass [ owl:oneOf ( :x ) ] .")
    assert entail([], ontology, strict=False) == set(triples(":x a :A ."))


def test_an_inverse_may_stand_wherever_a_property_may() -> None:
    ontology = triples(":s owl:propertyChainAxiom ( [ owl:inverseOf :p ] :q ) .")
    assert entail(triples(":y :p :x . :y :q :z ."), ontology) == set(triples(":x :s :z ."))


def test_code_lists_in_the_ontology_take_part_and_are_not_repeated() -> None:
    ontology = triples(":p a owl:TransitiveProperty . :x :p :y .")
    assert entail(triples(":w :p :x ."), ontology) == set(triples(":w :p :y ."))


def test_terms_of_the_ontology_get_no_conclusions() -> None:
    ontology = triples(":e rdfs:subPropertyOf rdfs:label . :A a owl:Class ; :e 'a class' .")
    assert entail(triples(":x :e 'a thing' ."), ontology) == set(triples(":x rdfs:label 'a thing' ."))


def test_rules_do_not_depend_on_the_order_of_the_triples_or_the_labels_of_blank_nodes() -> None:
    text = DECLARED + "".join(axiom for axiom, _, _ in FOLLOWS.values())
    assert compile_rules(triples(text)) == compile_rules(reversed(triples(text)))


def update_text(rule: Rule, into: str | None = None) -> str:
    """The rule as one SPARQL update over the default graph; `into` is the IRI of a graph for the head."""
    head = patterns_text(rule.head)
    return f"INSERT {{ {f'GRAPH <{into}> {{ {head} }}' if into else head} }} WHERE {{ {patterns_text(rule.body)} }}"


@pytest.mark.parametrize("rule", FOLLOWS)
def test_the_update_of_a_rule_runs_on_any_store(rule: str) -> None:
    ontology, given_facts, expected = map(triples, FOLLOWS[rule])
    data = [*given_facts, *ontology]
    store = Store()
    store.load("\n".join(f"{triple} ." for triple in data).encode(), RdfFormat.N_TRIPLES)
    before = -1
    while before < len(store):
        before = len(store)
        for made in compile_rules(ontology):
            store.update(update_text(made))
    assert {quad.triple for quad in store} >= set(expected)


def test_conclusions_can_go_into_a_graph_of_their_own() -> None:
    (made,) = compile_rules(triples(":A rdfs:subClassOf :B ."))
    assert isinstance(made, Rule)
    store = Store()
    store.load(b"<https://example.org/x> a <https://example.org/A> .", RdfFormat.TURTLE)
    store.update(update_text(made, into="https://example.org/inferred"))
    assert [str(quad.graph_name) for quad in store if quad.triple in triples(":x a :B .")] == [
        "<https://example.org/inferred>"
    ]


def one(turtle: str) -> Triple:
    (triple,) = triples(turtle)
    return triple


@pytest.mark.parametrize("rule", FOLLOWS)
def test_owlrl_gives_what_each_rule_gives(rule: str) -> None:
    axiom, data, expected = FOLLOWS[rule]
    assert judged(triples(data), triples(DECLARED + axiom)) == (set(triples(expected)), False)


@pytest.mark.parametrize("rule", sorted(set(BREAKS) - NOT_JUDGED))
def test_owlrl_finds_what_each_check_finds(rule: str) -> None:
    ontology, data = map(triples, BREAKS[rule])
    assert judged(data, ontology)[1]


def assert_concluded_alike(ontology_text: str, facts_text: str) -> None:
    ontology, data = triples(ontology_text), triples(facts_text)
    conclusions = reason(data, ontology)
    expected, contradictory = judged(data, ontology)
    assert bool(conclusions.inconsistencies) == contradictory
    if not contradictory:
        assert conclusions.entailed == expected


@pytest.mark.slow("owlrl takes its time")
@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(axioms, facts)
def test_owlrl_concludes_the_same_about_named_things(ontology_text: str, facts_text: str) -> None:
    assert_concluded_alike(ontology_text, facts_text)


@pytest.mark.slow("the same with many more ontologies")
@settings(max_examples=100, suppress_health_check=list(HealthCheck))
@given(axioms, facts)
def test_owlrl_concludes_the_same_from_many_ontologies(ontology_text: str, facts_text: str) -> None:
    assert_concluded_alike(ontology_text, facts_text)


@pytest.mark.slow("owlrl on a page of the graph takes seconds")
@pytest.mark.parametrize("page", [1, 6])
def test_owlrl_concludes_the_same_from_a_page_of_the_document(page: int, built: Built) -> None:
    facts, ontology = facts_and_ontology(built)
    read = facts_read_from(page, facts)
    conclusions = reason(read, ontology)
    assert len(conclusions.entailed - reason([], ontology).entailed) > 300
    assert judged(read, ontology) == (set(conclusions.entailed), False)


@pytest.mark.slow("takes over a second")
def test_the_inferred_graph_is_all_that_follows_and_nothing_contradicts(built: Built) -> None:
    facts, ontology = facts_and_ontology(built)
    inferred = {q.triple for q in built.quads if str(q.graph_name) == f"<{terms.INFERRED_GRAPH}>"}
    assert len(inferred) > 5000
    entailed = reason(facts, ontology).entailed
    assert entailed < inferred
    # What axioms alone do not give is about funding links or domains; with it, they give the rest.
    concluded = {t for t in inferred - entailed if is_by_rule(t)}
    conclusions = reason([*facts, *concluded], ontology)
    assert conclusions.entailed | concluded == inferred
    assert conclusions.inconsistencies == ()


def is_by_rule(triple: Triple) -> bool:
    name = terms.local_name(triple.predicate.value)
    is_link = "/funding-link/" in str(triple.subject) and name != "linksTo"
    return is_link or name in {"isForDomain", "mayBeForDomain", "mayFundDomain", "worksInDomain", "mayWorkInDomain"}


@pytest.mark.parametrize("kind", AXIOMS)
@settings(max_examples=10, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_every_kind_of_generated_axiom_is_accepted(kind: str, data: st.DataObject) -> None:
    assert unsupported(triples(DECLARED + data.draw(AXIOMS[kind]))) == []


@pytest.mark.slow("takes over a second")
def test_the_order_of_conclusions_does_not_depend_on_the_hash_seed() -> None:
    program = (
        "from tests.reasoning.ontologies import triples; from kg.reasoning.entailment import inconsistencies; from tests.reasoning.verify import compile_rules;"
        "o = triples(':A rdfs:subClassOf [ owl:intersectionOf ( :B :C ) ] . :B owl:disjointWith :C .');"
        "print(inconsistencies(triples(':x a :A . :y a :A .'), o), compile_rules(o))"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": "."},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1


def test_every_check_has_an_example() -> None:
    text = "".join(ontology for ontology, _ in BREAKS.values())
    assert {name.split(maxsplit=1)[0] for name in BREAKS} == {
        check.name for check in compile_checks(read_axioms(triples(text)))
    }


@settings(max_examples=60, deadline=None)
@given(axioms, facts, st.integers(0, 20))
def test_facts_that_are_added_entail_what_they_would_have_from_the_start(
    ontology_text: str, facts_text: str, at: int
) -> None:
    ontology, given_facts = triples(ontology_text), triples(facts_text)
    closure = Closure(given_facts[:at], ontology)
    closure.add(given_facts[at:])
    assert closure.entailed - set(given_facts) == entail(given_facts, ontology)


def test_a_rule_that_could_not_fire_before_reads_what_was_concluded_then() -> None:
    ontology = triples(":p rdfs:subPropertyOf :q . :s owl:propertyChainAxiom ( :q :r ) .")
    closure = Closure(triples(":x :p :y ."), ontology)
    closure.add(triples(":y :r :z ."))
    assert closure.entailed == set(triples(":x :q :y ; :s :z ."))
