"""Turn the axioms of an ontology into rules, named as in OWL 2 RL.

The names are those of https://www.w3.org/TR/owl2-profiles/#Reasoning_in_OWL_2_RL_and_RDF_Graphs_using_Rules. A rule is
plain data; `patterns_text` gives either side of it as SPARQL 1.1 for any store.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from pyoxigraph import Literal, NamedNode, Triple, Variable

from kg.rdf.nodes import Term
from kg.reasoning.axioms import THING, TRIVIAL, TYPE, Axioms, is_anonymous, is_datatype
from kg.terms import OWL, RDFS

Slot = NamedNode | Literal | Variable
Pattern = tuple[NamedNode | Variable, NamedNode, Slot]

X, Y, Z = Variable("x"), Variable("y"), Variable("z")


@dataclass(frozen=True)
class Rule:
    """A rule: every match of the body yields the head. An empty body always matches."""

    name: str
    axioms: tuple[Triple, ...]
    body: tuple[Pattern, ...]
    head: tuple[Pattern, ...]


def patterns_text(patterns: Iterable[Pattern]) -> str:
    """Return triple patterns as SPARQL."""
    return " . ".join(" ".join(map(str, pattern)) for pattern in patterns)


def compile_axioms(axioms: Axioms) -> list[Rule]:
    """Return the rules for axioms, sorted, ignoring those that are not covered (`kg.reasoning.axioms.unsupported`).

    There are no rules that conclude owl:Thing, rdfs:Resource or a datatype, none about the schema itself, and none that
    conclude owl:sameAs (these are checks instead).
    """
    makers = ((_MAKERS.get(t.predicate.value), t) for t in axioms.triples)
    return [rule for maker, t in makers if maker for rule in maker(axioms, t) if _is_useful(rule)]


def _is_useful(rule: Rule) -> bool:
    """Return False for a rule that no fact can match, or whose head is trivial."""
    if any(p == TYPE and (not isinstance(c, NamedNode) or c == THING or is_datatype(c)) for _, p, c in rule.body):
        return False
    subject, predicate, value = rule.head[0]
    if not isinstance(subject, NamedNode | Variable) or rule.head[0] in rule.body:
        return False
    return predicate != TYPE or (isinstance(value, NamedNode) and value not in TRIVIAL and not is_datatype(value))


def a(subject: Term | Variable, kind: Term) -> Pattern:
    """Return the pattern that types a subject."""
    return (subject, TYPE, kind)  # type: ignore[return-value]


class RuleProperty:
    """A property expression: a named property or its inverse; calling it makes a pattern."""

    def __init__(self, axioms: Axioms, node: Term) -> None:
        inner = axioms.objects(node, OWL + "inverseOf")[:1] if is_anonymous(node) else ()
        self.name = inner[0] if inner else node
        self.inverse = bool(inner)
        self.axioms = (Triple(node, NamedNode(OWL + "inverseOf"), self.name),) if inner else ()  # type: ignore[arg-type]

    def __call__(self, subject: Term | Variable, value: Term | Variable) -> Pattern:
        """Return the pattern of a subject with a value."""
        return (value, self.name, subject) if self.inverse else (subject, self.name, value)  # type: ignore[return-value]


def restrictions(axioms: Axioms, node: Term) -> Iterator[tuple[tuple[Triple, ...], RuleProperty]]:
    """Yield the property of a restriction, with the axioms that state it."""
    for target in axioms.objects(node, OWL + "onProperty")[:1]:
        p = RuleProperty(axioms, target)
        yield (Triple(node, NamedNode(OWL + "onProperty"), target), *p.axioms), p  # type: ignore[arg-type]


def _typed(axioms: Axioms, t: Triple) -> Iterator[Rule]:
    p = RuleProperty(axioms, t.subject)
    if t.object == NamedNode(OWL + "SymmetricProperty"):
        yield Rule("prp-symp", (t, *p.axioms), (p(X, Y),), (p(Y, X),))
    elif t.object == NamedNode(OWL + "TransitiveProperty"):
        yield Rule("prp-trp", (t, *p.axioms), (p(X, Y), p(Y, Z)), (p(X, Z),))


def _sub_class(_: Axioms, t: Triple) -> Iterator[Rule]:
    yield Rule("cax-sco", (t,), (a(X, t.subject),), (a(X, t.object),))


def _equivalent_class(_: Axioms, t: Triple) -> Iterator[Rule]:
    yield Rule("cax-eqc1", (t,), (a(X, t.subject),), (a(X, t.object),))
    yield Rule("cax-eqc2", (t,), (a(X, t.object),), (a(X, t.subject),))


def _domain(axioms: Axioms, t: Triple) -> Iterator[Rule]:
    p = RuleProperty(axioms, t.subject)
    yield Rule("prp-dom", (t, *p.axioms), (p(X, Y),), (a(X, t.object),))


def _range(axioms: Axioms, t: Triple) -> Iterator[Rule]:
    p = RuleProperty(axioms, t.subject)
    yield Rule("prp-rng", (t, *p.axioms), (p(X, Y),), (a(Y, t.object),))


def _sub_property(axioms: Axioms, t: Triple) -> Iterator[Rule]:
    p, q = RuleProperty(axioms, t.subject), RuleProperty(axioms, t.object)
    yield Rule("prp-spo1", (t, *p.axioms, *q.axioms), (p(X, Y),), (q(X, Y),))


def _equivalent_property(axioms: Axioms, t: Triple) -> Iterator[Rule]:
    p, q = RuleProperty(axioms, t.subject), RuleProperty(axioms, t.object)
    both = (t, *p.axioms, *q.axioms)
    yield Rule("prp-eqp1", both, (p(X, Y),), (q(X, Y),))
    yield Rule("prp-eqp2", both, (q(X, Y),), (p(X, Y),))


def _inverse(axioms: Axioms, t: Triple) -> Iterator[Rule]:
    if not is_anonymous(t.subject) and not is_anonymous(t.object):
        p, q = RuleProperty(axioms, t.subject), RuleProperty(axioms, t.object)
        yield Rule("prp-inv1", (t,), (p(X, Y),), (q(Y, X),))
        yield Rule("prp-inv2", (t,), (q(X, Y),), (p(Y, X),))


def _chain(axioms: Axioms, t: Triple) -> Iterator[Rule]:
    parts, whole = (
        [RuleProperty(axioms, member) for member in axioms.members(t.object)],
        RuleProperty(axioms, t.subject),
    )
    steps = [Variable(f"v{i}") for i in range(len(parts) + 1)]
    used = dict.fromkeys(extra for part in (*parts, whole) for extra in part.axioms)
    if parts:
        body = tuple(part(*ends) for part, ends in zip(parts, pairwise(steps), strict=True))
        yield Rule("prp-spo2", (t, *axioms.list_triples(t.object), *used), body, (whole(steps[0], steps[-1]),))


def _intersection(axioms: Axioms, t: Triple) -> Iterator[Rule]:
    source, members = (t, *axioms.list_triples(t.object)), axioms.members(t.object)
    if members:
        yield Rule("cls-int1", source, tuple(a(X, m) for m in members), (a(X, t.subject),))
    for member in members:
        yield Rule("cls-int2", source, (a(X, t.subject),), (a(X, member),))


def _union(axioms: Axioms, t: Triple) -> Iterator[Rule]:
    for member in axioms.members(t.object):
        yield Rule("cls-uni", (t, *axioms.list_triples(t.object)), (a(X, member),), (a(X, t.subject),))


def _one_of(axioms: Axioms, t: Triple) -> Iterator[Rule]:
    for member in axioms.members(t.object):
        yield Rule("cls-oo", (t, *axioms.list_triples(t.object)), (), (a(member, t.subject),))


def _some_values(axioms: Axioms, t: Triple) -> Iterator[Rule]:
    for extra, p in restrictions(axioms, t.subject):
        if t.object == THING:
            yield Rule("cls-svf2", (t, *extra), (p(X, Y),), (a(X, t.subject),))
        else:
            yield Rule("cls-svf1", (t, *extra), (p(X, Y), a(Y, t.object)), (a(X, t.subject),))


def _all_values(axioms: Axioms, t: Triple) -> Iterator[Rule]:
    for extra, p in restrictions(axioms, t.subject):
        yield Rule("cls-avf", (t, *extra), (a(X, t.subject), p(X, Y)), (a(Y, t.object),))


def _has_value(axioms: Axioms, t: Triple) -> Iterator[Rule]:
    for extra, p in restrictions(axioms, t.subject):
        yield Rule("cls-hv1", (t, *extra), (a(X, t.subject),), (p(X, t.object),))
        if not (p.inverse and isinstance(t.object, Literal)):
            yield Rule("cls-hv2", (t, *extra), (p(X, t.object),), (a(X, t.subject),))


_MAKERS: dict[str, Callable[[Axioms, Triple], Iterator[Rule]]] = {
    TYPE.value: _typed,
    RDFS + "subClassOf": _sub_class,
    RDFS + "subPropertyOf": _sub_property,
    RDFS + "domain": _domain,
    RDFS + "range": _range,
    OWL + "equivalentClass": _equivalent_class,
    OWL + "equivalentProperty": _equivalent_property,
    OWL + "inverseOf": _inverse,
    OWL + "propertyChainAxiom": _chain,
    OWL + "intersectionOf": _intersection,
    OWL + "unionOf": _union,
    OWL + "oneOf": _one_of,
    OWL + "someValuesFrom": _some_values,
    OWL + "allValuesFrom": _all_values,
    OWL + "hasValue": _has_value,
}
