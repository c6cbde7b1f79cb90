"""An independent check of derivations: leaves are asserted, and each step is an instance of its rule.

Nothing here is shared with the code that finds derivations, except how blank nodes of axioms are named. The rules are
written out once more, as the W3C table has them: axioms, premises, conclusion
(https://www.w3.org/TR/owl2-profiles/#Reasoning_in_OWL_2_RL_and_RDF_Graphs_using_Rules).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pyoxigraph import Literal, NamedNode, Quad, Store, Triple

from kg.reasoning.axioms import read_axioms
from kg.reasoning.derivation import Derivation, prove
from kg.reasoning.rules import Rule, compile_axioms
from kg.terms import OWL, RDF, expand

_TABLE = """
prp-dom  | ?p rdfs:domain ?c                              | ?x ?p ?y            | ?x rdf:type ?c
prp-rng  | ?p rdfs:range ?c                               | ?x ?p ?y            | ?y rdf:type ?c
prp-symp | ?p rdf:type owl:SymmetricProperty              | ?x ?p ?y            | ?y ?p ?x
prp-trp  | ?p rdf:type owl:TransitiveProperty             | ?x ?p ?y . ?y ?p ?z | ?x ?p ?z
prp-spo1 | ?p rdfs:subPropertyOf ?q                       | ?x ?p ?y            | ?x ?q ?y
prp-eqp1 | ?p owl:equivalentProperty ?q                   | ?x ?p ?y            | ?x ?q ?y
prp-eqp2 | ?p owl:equivalentProperty ?q                   | ?x ?q ?y            | ?x ?p ?y
prp-inv1 | ?p owl:inverseOf ?q                            | ?x ?p ?y            | ?y ?q ?x
prp-inv2 | ?p owl:inverseOf ?q                            | ?x ?q ?y            | ?y ?p ?x
cls-svf1 | ?c owl:someValuesFrom ?d . ?c owl:onProperty ?p | ?x ?p ?y . ?y rdf:type ?d | ?x rdf:type ?c
cls-svf2 | ?c owl:someValuesFrom owl:Thing . ?c owl:onProperty ?p | ?x ?p ?y    | ?x rdf:type ?c
cls-avf  | ?c owl:allValuesFrom ?d . ?c owl:onProperty ?p | ?x rdf:type ?c . ?x ?p ?y | ?y rdf:type ?d
cls-hv1  | ?c owl:hasValue ?v . ?c owl:onProperty ?p      | ?x rdf:type ?c      | ?x ?p ?v
cls-hv2  | ?c owl:hasValue ?v . ?c owl:onProperty ?p      | ?x ?p ?v            | ?x rdf:type ?c
cax-sco  | ?c rdfs:subClassOf ?d                          | ?x rdf:type ?c      | ?x rdf:type ?d
cax-eqc1 | ?c owl:equivalentClass ?d                      | ?x rdf:type ?c      | ?x rdf:type ?d
cax-eqc2 | ?c owl:equivalentClass ?d                      | ?x rdf:type ?d      | ?x rdf:type ?c
prp-spo2 | ?p owl:propertyChainAxiom ?l                   | chain               | ?v0 ?p ?end
cls-int1 | ?c owl:intersectionOf ?l                       | each                | ?x rdf:type ?c
cls-int2 | ?c owl:intersectionOf ?l                       | ?x rdf:type ?c      | ?x rdf:type ?member
cls-uni  | ?c owl:unionOf ?l                              | ?x rdf:type ?member | ?x rdf:type ?c
cls-oo   | ?c owl:oneOf ?l                                |                     | ?member rdf:type ?c
"""

Slot = object  # a term, or a string `?name`
Pattern = tuple[Slot, Slot, Slot]


def verify(derivation: Derivation, facts: Iterable[Triple], ontology: Iterable[Triple]) -> list[str]:
    """Return what is wrong with a derivation, one line a fault; an empty list says that it is sound."""
    return verify_all([derivation], facts, ontology)


def verify_all(derivations: Iterable[Derivation], facts: Iterable[Triple], ontology: Iterable[Triple]) -> list[str]:
    """Return what is wrong with any of many derivations; parts that they share are looked at once."""
    stated, axioms = set(facts), set(read_axioms(ontology).triples)
    asserted = stated | _as_stored(stated | axioms) | axioms
    seen: set[int] = set()
    faults: list[str] = []
    waiting = list(derivations)
    while waiting:
        part = waiting.pop()
        if id(part) in seen:
            continue
        seen.add(id(part))
        waiting += part.premises
        if part.is_asserted:
            if part.premises or part.axioms or part.steps:
                faults.append(f"{part.conclusion}: asserted, yet with premises")
            elif part.conclusion not in asserted:
                faults.append(f"{part.conclusion}: not asserted")
        else:
            faults += [f"{part.conclusion}: {part.rule}: {fault}" for fault in _step_faults(part, axioms)]
    return faults


def _as_stored(triples: Iterable[Triple]) -> set[Triple]:
    """Return the triples with literals, as a store gives them back."""
    store = Store()
    store.extend(Quad(*triple) for triple in triples if isinstance(triple.object, Literal))
    return {quad.triple for quad in store}


def _step_faults(step: Derivation, axioms: set[Triple]) -> list[str]:
    missing = [f"not an axiom of the ontology: {axiom}" for axiom in step.axioms if axiom not in axioms]
    if missing:
        return missing
    if step.steps != 1 + sum(part.steps for part in step.premises):
        return ["the number of steps is wrong"]
    row = next((line for line in _TABLE.splitlines() if line.split("|")[0].strip() == step.rule), None)
    if row is None:
        return ["no such rule"]
    return [] if _is_instance(row, step) else ["the step is not an instance of the rule"]


def _is_instance(row: str, step: Derivation) -> bool:
    _, axiom_text, premise_text, conclusion_text = (cell.strip() for cell in row.split("|"))
    bound: dict[str, object] = {}
    sources = _patterns(axiom_text)
    if len(step.axioms) < len(sources):
        return False
    if not all(_unify(pattern, axiom, bound, {}) for pattern, axiom in zip(sources, step.axioms, strict=False)):
        return False
    extra = step.axioms[len(sources) :]
    inverses: dict[object, object] = {t.subject: t.object for t in extra if t.predicate.value == OWL + "inverseOf"}
    members = _members(bound.get("?l"), extra)
    if premise_text == "chain":
        premises: list[Pattern] = [(f"?v{i}", member, f"?v{i + 1}") for i, member in enumerate(members)]
        conclusion_text = conclusion_text.replace("?end", f"?v{len(members)}")
    elif premise_text == "each":
        premises = [("?x", NamedNode(RDF + "type"), member) for member in members]
    else:
        premises = _patterns(premise_text)
    triples = [part.conclusion for part in step.premises]
    if len(triples) != len(premises) or ("?l" in bound and not members):
        return False
    patterns = [*premises, *_patterns(conclusion_text)]
    if not all(_unify(p, t, bound, inverses) for p, t in zip(patterns, [*triples, step.conclusion], strict=True)):
        return False
    return "?member" not in bound or bound["?member"] in members


def _patterns(text: str) -> list[Pattern]:
    def slot(word: str) -> Slot:
        return word if word.startswith("?") else NamedNode(expand(word) or word)

    rows = [[slot(word) for word in part.split()] for part in text.split(" . ") if part.strip()]
    return [(s, p, o) for s, p, o in rows]


def _unify(pattern: Pattern, triple: Triple, bound: dict[str, object], inverses: dict[object, object]) -> bool:
    """Bind the variables of a pattern to a triple; a predicate that is an inverse wants the triple the other way."""
    subject, predicate, value = triple
    named = bound.get(pattern[1], pattern[1]) if isinstance(pattern[1], str) else pattern[1]
    given: tuple[object, object, object] = (subject, predicate, value)
    if named in inverses:
        if inverses[named] != predicate:
            return False
        given = (value, named, subject)
    return all(
        (bound.setdefault(slot, term) if isinstance(slot, str) else slot) == term
        for slot, term in zip(pattern, given, strict=True)
    )


def _members(head: object, triples: Sequence[Triple]) -> list[object]:
    """Return the members of a list whose first and rest triples are given."""
    first: dict[object, object] = {t.subject: t.object for t in triples if t.predicate.value == RDF + "first"}
    rest: dict[object, object] = {t.subject: t.object for t in triples if t.predicate.value == RDF + "rest"}
    found: list[object] = []
    while head in first and len(found) <= len(first):
        found.append(first[head])
        head = rest.get(head)
    return found if head == NamedNode(RDF + "nil") else []


def rule_names() -> set[str]:
    """Return the names of the rules that can be checked."""
    return {line.split("|")[0].strip() for line in _TABLE.strip().splitlines()}


def explanations(
    facts: Iterable[Triple], ontology: Iterable[Triple], *, strict: bool = True
) -> dict[Triple, Derivation]:
    """Return a shortest derivation of every triple that is asserted or follows, helper triples included."""
    return prove(facts, ontology, strict, None)


def compile_rules(ontology: Iterable[Triple]) -> list[Rule]:
    """The rules for the axioms of an ontology."""
    return compile_axioms(read_axioms(ontology))
