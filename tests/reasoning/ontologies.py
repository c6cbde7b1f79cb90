"""Small ontologies and facts for tests: Turtle with short names, and generated ones within the OWL 2 RL profile."""

from __future__ import annotations

from hypothesis import strategies as st
from pyoxigraph import RdfFormat, Triple, parse

EXAMPLE = "https://example.org/"
PREFIXES = f"""
@prefix : <{EXAMPLE}> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
CLASSES = [f":{name}" for name in "ABC"]
LINKS = [f":{name}" for name in "pqr"]
VALUES = [":d", ":e"]
THINGS = [f":{name}" for name in "xyz"]
LITERALS = ['"one"', '"two"', "1", "2"]
DECLARED = (
    "".join(f"{name} a owl:Class .\n" for name in CLASSES)
    + "".join(f"{name} a owl:ObjectProperty .\n" for name in [*LINKS, ":s", ":spare"])
    + "".join(f"{name} a owl:DatatypeProperty .\n" for name in VALUES)
)


def triples(turtle: str) -> list[Triple]:
    """Return the triples of Turtle text in which the prefixes above stand."""
    return [quad.triple for quad in parse(PREFIXES + turtle, format=RdfFormat.TURTLE)]


classes, links, values = st.sampled_from(CLASSES), st.sampled_from(LINKS), st.sampled_from(VALUES)
things, literals = st.sampled_from(THINGS), st.sampled_from(LITERALS)
expressions = links | links.map(lambda p: f"[ owl:inverseOf {p} ]")


def _restriction(constructor: str, filler: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds(
        "[ a owl:Restriction ; owl:onProperty {} ; owl:{} {} ]".format, expressions, st.just(constructor), filler
    )


def _list(member: st.SearchStrategy[str], least: int = 1) -> st.SearchStrategy[str]:
    return st.lists(member, min_size=least, max_size=3, unique=True).map(lambda found: f"( {' '.join(found)} )")


def _made(constructor: str, member: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return _list(member).map(lambda text: f"[ a owl:Class ; owl:{constructor} {text} ]")


has_value = _restriction("hasValue", things) | st.builds(
    "[ a owl:Restriction ; owl:onProperty {} ; owl:hasValue {} ]".format, values, literals
)
subclasses = st.recursive(
    classes | has_value | _restriction("someValuesFrom", st.just("owl:Thing")) | _made("oneOf", things),
    lambda inner: _made("intersectionOf", inner) | _made("unionOf", inner) | _restriction("someValuesFrom", inner),
    max_leaves=3,
)
at_most = st.builds(
    "[ a owl:Restriction ; owl:onProperty {} ; owl:maxCardinality {} ]".format, expressions, st.sampled_from("01")
) | st.builds(
    "[ a owl:Restriction ; owl:onProperty {} ; owl:maxQualifiedCardinality {} ; owl:onClass {} ]".format,
    expressions,
    st.sampled_from("01"),
    classes | st.just("owl:Thing"),
)
superclasses = st.recursive(
    classes | has_value | at_most | subclasses.map(lambda c: f"[ a owl:Class ; owl:complementOf {c} ]"),
    lambda inner: _made("intersectionOf", inner) | _restriction("allValuesFrom", inner),
    max_leaves=3,
)
equivalents = classes | has_value | _made("intersectionOf", classes | has_value)

# Ranges that are datatypes are left out: owlrl knows a datatype only when some literal bears it
AXIOMS: dict[str, st.SearchStrategy[str]] = {
    "subClassOf": st.builds("{} rdfs:subClassOf {} .".format, subclasses, superclasses),
    "equivalentClass": st.builds("{} owl:equivalentClass {} .".format, classes, equivalents),
    "disjointWith": st.builds("{} owl:disjointWith {} .".format, subclasses, classes),
    "AllDisjointClasses": _list(classes, 2).map("[] a owl:AllDisjointClasses ; owl:members {} .".format),
    "domain": st.builds("{} rdfs:domain {} .".format, links | values, superclasses),
    "range": st.builds("{} rdfs:range {} .".format, links, superclasses),
    "subPropertyOf": st.builds("{} rdfs:subPropertyOf {} .".format, expressions, expressions),
    "subPropertyOf of values": st.just(":d rdfs:subPropertyOf :e ."),
    "equivalentProperty": st.builds("{} owl:equivalentProperty {} .".format, links, links),
    "inverseOf": st.builds("{} owl:inverseOf {} .".format, links, links),
    "propertyChainAxiom": st.builds("{} owl:propertyChainAxiom {} .".format, links, _list(expressions)),
    "characteristic": st.builds(
        "{} a owl:{}Property .".format,
        links,
        st.sampled_from("Symmetric Transitive Functional InverseFunctional Irreflexive Asymmetric".split()),  # noqa: SIM905
    ),
    "functional values": values.map("{} a owl:FunctionalProperty .".format),
    "propertyDisjointWith": st.builds("{} owl:propertyDisjointWith {} .".format, links, links),
    # owlrl overlooks the last member of the list: a property that nothing has stands there
    "AllDisjointProperties": _list(links, 2).map(
        lambda found: f"[] a owl:AllDisjointProperties ; owl:members {found[:-1]} :spare ) ."
    ),
    "negative": st.builds(
        "[] a owl:NegativePropertyAssertion ; owl:sourceIndividual {} ; owl:assertionProperty {} ; "
        "owl:targetIndividual {} .".format,
        things,
        links,
        things,
    ),
}
axioms = st.lists(st.one_of(*AXIOMS.values()), min_size=3, max_size=8).map(lambda found: DECLARED + "\n".join(found))
facts = st.lists(
    st.builds("{} a {} .".format, things, classes)
    | st.builds("{} {} {} .".format, things, links, things)
    | st.builds("{} {} {} .".format, things, values, literals),
    min_size=4,
    max_size=12,
).map("\n".join)
