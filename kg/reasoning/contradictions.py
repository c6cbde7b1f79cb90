"""SPARQL queries that find what the axioms of an ontology forbid.

Names are unique: two names denote two individuals. Where OWL 2 RL would conclude owl:sameAs (prp-fp, prp-ifp, prp-key,
cls-maxc2, cls-maxqc3, cls-maxqc4), this is a contradiction, as is owl:sameAs itself between two names (eq-diff1).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations

from pyoxigraph import Literal, NamedNode, Triple, Variable

from kg.rdf.nodes import Term
from kg.reasoning.axioms import DIFFERENT, NOTHING, SAME, THING, TYPE, Axioms, is_datatype
from kg.reasoning.datatypes import written
from kg.reasoning.rules import Pattern, RuleProperty, X, Y, Z, a, patterns_text, restrictions
from kg.terms import OWL, RDFS


@dataclass(frozen=True)
class Check:
    """A forbidden pattern: every match of the body is an inconsistency.

    `different` names two variables that must have different values; individuals differ if their names do. `outside`
    names a variable and a datatype: only a literal outside the datatype matches.
    """

    name: str
    axioms: tuple[Triple, ...]
    body: tuple[Pattern, ...]
    different: tuple[Variable, Variable] | None = None
    outside: tuple[Variable, NamedNode] | None = None

    def query_text(self) -> str:
        """Return the check as a SPARQL query on the default graph; literals outside a datatype are only prefiltered."""
        filters = ""
        if self.different:
            one, other = self.different
            # -0 and 0 are different floats, although SPARQL finds them equal
            sign = f'STRSTARTS(STR({one}), "-") != STRSTARTS(STR({other}), "-")'
            filters = f" FILTER(!sameTerm({one}, {other}) && (COALESCE({one} != {other}, true) || {sign}))"
        if self.outside:
            variable, datatype = self.outside
            form = written(datatype)
            ill = f" || !REGEX(STR({variable}), {Literal(f'^({form})$')})" if form else ""
            filters += f" FILTER(isLiteral({variable}) && (datatype({variable}) != {datatype}{ill}))"
        return f"SELECT DISTINCT * WHERE {{ {patterns_text(self.body)}{filters} }}"


def compile_checks(axioms: Axioms) -> list[Check]:
    """Return the checks for the axioms, and two that always apply: members of owl:Nothing, owl:sameAs between names."""
    always = [
        Check("cls-nothing2", (), (a(X, NOTHING),)),
        Check("eq-diff1", (), ((X, SAME, Y),), (X, Y)),
        Check("eq-diff1", (), ((X, DIFFERENT, X),)),
    ]
    found = [check for t in axioms.triples for maker in _makers_for(t) for check in maker(axioms, t)]
    return always + found


def _makers_for(t: Triple) -> Iterator[Callable[[Axioms, Triple], Iterator[Check]]]:
    kind = t.object.value if t.predicate == TYPE and isinstance(t.object, NamedNode) else t.predicate.value
    if kind in _MAKERS:
        yield _MAKERS[kind]


def _characteristic(axioms: Axioms, t: Triple) -> Iterator[Check]:
    p = RuleProperty(axioms, t.subject)
    source = (t, *p.axioms)
    match t.object:
        case NamedNode(value=kind) if kind == OWL + "FunctionalProperty":
            yield Check("prp-fp", source, (p(X, Y), p(X, Z)), (Y, Z))
        case NamedNode(value=kind) if kind == OWL + "InverseFunctionalProperty":
            yield Check("prp-ifp", source, (p(X, Z), p(Y, Z)), (X, Y))
        case NamedNode(value=kind) if kind == OWL + "IrreflexiveProperty":
            yield Check("prp-irp", source, (p(X, X),))
        case NamedNode(value=kind) if kind == OWL + "AsymmetricProperty":
            yield Check("prp-asyp", source, (p(X, Y), p(Y, X)))


def _disjoint_properties(axioms: Axioms, t: Triple) -> Iterator[Check]:
    p, q = RuleProperty(axioms, t.subject), RuleProperty(axioms, t.object)
    yield Check("prp-pdw", (t, *p.axioms, *q.axioms), (p(X, Y), q(X, Y)))


def _disjoint_classes(_: Axioms, t: Triple) -> Iterator[Check]:
    name = "cax-dw" if t.predicate.value == OWL + "disjointWith" else "cls-com"
    yield Check(name, (t,), (a(X, t.subject), a(X, t.object)))


def _all_disjoint(axioms: Axioms, t: Triple) -> Iterator[Check]:
    for head in axioms.objects(t.subject, OWL + "members"):
        source = (t, Triple(t.subject, NamedNode(OWL + "members"), head), *axioms.list_triples(head))
        for one, other in combinations(axioms.members(head), 2):
            if t.object == NamedNode(OWL + "AllDisjointClasses"):
                yield Check("cax-adc", source, (a(X, one), a(X, other)))
            else:
                p, q = RuleProperty(axioms, one), RuleProperty(axioms, other)
                yield Check("prp-adp", (*source, *p.axioms, *q.axioms), (p(X, Y), q(X, Y)))


def _key(axioms: Axioms, t: Triple) -> Iterator[Check]:
    keys = [(RuleProperty(axioms, member), Variable(f"k{i}")) for i, member in enumerate(axioms.members(t.object))]
    shared = [key(thing, value) for thing in (X, Y) for key, value in keys]
    extra = [axiom for key, _ in keys for axiom in key.axioms]
    body = (a(X, t.subject), *shared, a(Y, t.subject))
    yield Check("prp-key", (t, *axioms.list_triples(t.object), *extra), body, (X, Y))


def _negative(axioms: Axioms, t: Triple) -> Iterator[Check]:
    for name, target in (("prp-npa1", OWL + "targetIndividual"), ("prp-npa2", OWL + "targetValue")):
        for value in axioms.objects(t.subject, target):
            for node in axioms.objects(t.subject, OWL + "assertionProperty"):
                p = RuleProperty(axioms, node)
                yield Check(name, (t, Triple(t.subject, NamedNode(target), value), *p.axioms), (p(t.object, value),))


def _range(axioms: Axioms, t: Triple) -> Iterator[Check]:
    p = RuleProperty(axioms, t.subject)
    yield from _outside((t, *p.axioms), (p(X, Y),), t.object)


def _all_values(axioms: Axioms, t: Triple) -> Iterator[Check]:
    for extra, p in restrictions(axioms, t.subject):
        yield from _outside((t, *extra), (a(X, t.subject), p(X, Y)), t.object)


def _outside(source: tuple[Triple, ...], body: tuple[Pattern, ...], datatype: Term) -> Iterator[Check]:
    if isinstance(datatype, NamedNode) and is_datatype(datatype) and datatype.value != RDFS + "Literal":
        yield Check("dt-not-type", source, body, outside=(Y, datatype))


def _at_most(axioms: Axioms, t: Triple) -> Iterator[Check]:
    """Yield the checks of a cardinality: cls-maxc for any value, cls-maxqc for values of a class."""
    limit = t.object.value if isinstance(t.object, Literal) else ""
    qualified = t.predicate.value == OWL + "maxQualifiedCardinality"
    fillers = axioms.objects(t.subject, OWL + "onClass") if qualified else (THING,)
    for extra, p in restrictions(axioms, t.subject):
        for filler in fillers:
            of_kind = [(v, a(v, filler)) for v in (Y, Z) if filler != THING]
            number = (1 if of_kind or not qualified else 2) + (0 if limit == "0" else 2 if qualified else 1)
            name = f"cls-maxqc{number}" if qualified else f"cls-maxc{number}"
            body = (a(X, t.subject), p(X, Y))
            if limit == "0":
                yield Check(name, (t, *extra), (*body, *(pattern for v, pattern in of_kind if v == Y)))
            elif limit == "1":
                yield Check(name, (t, *extra), (*body, p(X, Z), *(pattern for _, pattern in of_kind)), (Y, Z))


_MAKERS: dict[str, Callable[[Axioms, Triple], Iterator[Check]]] = {
    RDFS + "range": _range,
    OWL + "FunctionalProperty": _characteristic,
    OWL + "InverseFunctionalProperty": _characteristic,
    OWL + "IrreflexiveProperty": _characteristic,
    OWL + "AsymmetricProperty": _characteristic,
    OWL + "propertyDisjointWith": _disjoint_properties,
    OWL + "disjointWith": _disjoint_classes,
    OWL + "complementOf": _disjoint_classes,
    OWL + "AllDisjointClasses": _all_disjoint,
    OWL + "AllDisjointProperties": _all_disjoint,
    OWL + "hasKey": _key,
    OWL + "sourceIndividual": _negative,
    OWL + "allValuesFrom": _all_values,
    OWL + "maxCardinality": _at_most,
    OWL + "maxQualifiedCardinality": _at_most,
}
