"""The axioms of an ontology as rules: what follows from what, and what must not be, each named as in OWL 2 RL.

The names are those of https://www.w3.org/TR/owl2-profiles/#Reasoning_in_OWL_2_RL_and_RDF_Graphs_using_Rules. A rule is
plain data; `update_text` and `query_text` give it as SPARQL 1.1 for any store.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from pyoxigraph import Literal, NamedNode, Triple, Variable

from kg.axioms import (
    NOTHING,
    SAME,
    THING,
    TRIVIAL,
    TYPE,
    Axioms,
    Term,
    is_anonymous,
    is_datatype,
    read_axioms,
)
from kg.terms import OWL, RDFS

Slot = NamedNode | Literal | Variable
Pattern = tuple[NamedNode | Variable, NamedNode, Slot]

X, Y, Z = Variable("x"), Variable("y"), Variable("z")


@dataclass(frozen=True)
class Rule:
    """What follows from what: every match of the body gives the head. An empty body always matches."""

    name: str
    axioms: tuple[Triple, ...]
    body: tuple[Pattern, ...]
    head: tuple[Pattern, ...]

    def update_text(self, into: str | None = None) -> str:
        """Return the rule as one SPARQL update over the default graph; `into` is the IRI of a graph for the head."""
        head = patterns_text(self.head)
        return f"INSERT {{ {f'GRAPH <{into}> {{ {head} }}' if into else head} }} WHERE {{ {patterns_text(self.body)} }}"


@dataclass(frozen=True)
class Check:
    """What must not be: every match of the body is an inconsistency.

    `different` names two variables that must stand for different values, things being different if their names are.
    `outside` names a variable and a datatype: only a literal outside the datatype matches.
    """

    name: str
    axioms: tuple[Triple, ...]
    body: tuple[Pattern, ...]
    different: tuple[Variable, Variable] | None = None
    outside: tuple[Variable, NamedNode] | None = None

    def query_text(self) -> str:
        """Return the check as one SPARQL query over the default graph; what is outside a datatype is prefiltered."""
        filters = ""
        if self.different:
            one, other = self.different
            filters = f" FILTER(!sameTerm({one}, {other}) && COALESCE({one} != {other}, true))"
        if self.outside:
            variable, datatype = self.outside
            filters += f" FILTER(isLiteral({variable}) && datatype({variable}) != {datatype})"
        return f"SELECT DISTINCT * WHERE {{ {patterns_text(self.body)}{filters} }}"


def patterns_text(patterns: Iterable[Pattern]) -> str:
    """Return triple patterns as SPARQL."""
    return " . ".join(" ".join(map(str, pattern)) for pattern in patterns)


def compile_rules(ontology: Iterable[Triple]) -> list[Rule]:
    """Return the rules that the axioms of an ontology amount to, sorted; what is not covered is left out in silence.

    `kg.axioms.unsupported` tells what that would be. Left out on purpose: rules that conclude owl:Thing, rdfs:Resource
    or a datatype, rules about the schema itself, and those that conclude owl:sameAs (they are checks instead).
    """
    return compile_axioms(read_axioms(ontology))


def compile_axioms(axioms: Axioms) -> list[Rule]:
    """Return the rules of axioms already read."""
    makers = _makers(axioms)
    found = (rule for t in axioms.triples if t.predicate.value in makers for rule in makers[t.predicate.value](t))
    return [rule for rule in found if _is_useful(rule)]


def _is_useful(rule: Rule) -> bool:
    """A rule over what no fact can be, or with a head that says nothing, is none."""
    if any(p == TYPE and (not isinstance(c, NamedNode) or c == THING or is_datatype(c)) for _, p, c in rule.body):
        return False
    subject, predicate, value = rule.head[0]
    if not isinstance(subject, NamedNode | Variable) or rule.head[0] in rule.body:
        return False
    return predicate != TYPE or (isinstance(value, NamedNode) and value not in TRIVIAL and not is_datatype(value))


def a(subject: Term | Variable, kind: Term) -> Pattern:
    """Return the pattern that types a subject."""
    return (subject, TYPE, kind)  # type: ignore[return-value]


class _Property:
    """A property expression: a named property, or the inverse of one."""

    def __init__(self, axioms: Axioms, node: Term) -> None:
        inner = axioms.objects(node, OWL + "inverseOf")[:1] if is_anonymous(node) else ()
        self.name = inner[0] if inner else node
        self.inverse = bool(inner)
        self.axioms = (Triple(node, NamedNode(OWL + "inverseOf"), self.name),) if inner else ()  # type: ignore[arg-type]

    def __call__(self, subject: Term | Variable, value: Term | Variable) -> Pattern:
        return (value, self.name, subject) if self.inverse else (subject, self.name, value)  # type: ignore[return-value]


def _makers(axioms: Axioms) -> dict[str, Callable[[Triple], Iterator[Rule]]]:
    def prop(node: Term) -> _Property:
        return _Property(axioms, node)

    def on(node: Term) -> tuple[tuple[Triple, ...], _Property]:
        target = axioms.objects(node, OWL + "onProperty")[0]
        made = prop(target)
        return (Triple(node, NamedNode(OWL + "onProperty"), target), *made.axioms), made  # type: ignore[arg-type]

    def typed(t: Triple) -> Iterator[Rule]:
        p = prop(t.subject)
        if t.object == NamedNode(OWL + "SymmetricProperty"):
            yield Rule("prp-symp", (t, *p.axioms), (p(X, Y),), (p(Y, X),))
        elif t.object == NamedNode(OWL + "TransitiveProperty"):
            yield Rule("prp-trp", (t, *p.axioms), (p(X, Y), p(Y, Z)), (p(X, Z),))

    def sub_class(t: Triple) -> Iterator[Rule]:
        yield Rule("cax-sco", (t,), (a(X, t.subject),), (a(X, t.object),))

    def equivalent_class(t: Triple) -> Iterator[Rule]:
        yield Rule("cax-eqc1", (t,), (a(X, t.subject),), (a(X, t.object),))
        yield Rule("cax-eqc2", (t,), (a(X, t.object),), (a(X, t.subject),))

    def domain(t: Triple) -> Iterator[Rule]:
        p = prop(t.subject)
        yield Rule("prp-dom", (t, *p.axioms), (p(X, Y),), (a(X, t.object),))

    def range_(t: Triple) -> Iterator[Rule]:
        p = prop(t.subject)
        yield Rule("prp-rng", (t, *p.axioms), (p(X, Y),), (a(Y, t.object),))

    def sub_property(t: Triple) -> Iterator[Rule]:
        p, q = prop(t.subject), prop(t.object)
        yield Rule("prp-spo1", (t, *p.axioms, *q.axioms), (p(X, Y),), (q(X, Y),))

    def equivalent_property(t: Triple) -> Iterator[Rule]:
        p, q = prop(t.subject), prop(t.object)
        both = (t, *p.axioms, *q.axioms)
        yield Rule("prp-eqp1", both, (p(X, Y),), (q(X, Y),))
        yield Rule("prp-eqp2", both, (q(X, Y),), (p(X, Y),))

    def inverse(t: Triple) -> Iterator[Rule]:
        if not is_anonymous(t.subject) and not is_anonymous(t.object):
            p, q = prop(t.subject), prop(t.object)
            yield Rule("prp-inv1", (t,), (p(X, Y),), (q(Y, X),))
            yield Rule("prp-inv2", (t,), (q(X, Y),), (p(Y, X),))

    def chain(t: Triple) -> Iterator[Rule]:
        parts, whole = [prop(member) for member in axioms.members(t.object)], prop(t.subject)
        steps = [Variable(f"v{i}") for i in range(len(parts) + 1)]
        used = dict.fromkeys(extra for part in (*parts, whole) for extra in part.axioms)
        if parts:
            body = tuple(part(*ends) for part, ends in zip(parts, zip(steps, steps[1:], strict=False), strict=True))
            yield Rule("prp-spo2", (t, *axioms.list_triples(t.object), *used), body, (whole(steps[0], steps[-1]),))

    def intersection(t: Triple) -> Iterator[Rule]:
        source, members = (t, *axioms.list_triples(t.object)), axioms.members(t.object)
        if members:
            yield Rule("cls-int1", source, tuple(a(X, m) for m in members), (a(X, t.subject),))
        for member in members:
            yield Rule("cls-int2", source, (a(X, t.subject),), (a(X, member),))

    def union(t: Triple) -> Iterator[Rule]:
        for member in axioms.members(t.object):
            yield Rule("cls-uni", (t, *axioms.list_triples(t.object)), (a(X, member),), (a(X, t.subject),))

    def one_of(t: Triple) -> Iterator[Rule]:
        for member in axioms.members(t.object):
            yield Rule("cls-oo", (t, *axioms.list_triples(t.object)), (), (a(member, t.subject),))

    def some_values(t: Triple) -> Iterator[Rule]:
        extra, p = on(t.subject)
        if t.object == THING:
            yield Rule("cls-svf2", (t, *extra), (p(X, Y),), (a(X, t.subject),))
        else:
            yield Rule("cls-svf1", (t, *extra), (p(X, Y), a(Y, t.object)), (a(X, t.subject),))

    def all_values(t: Triple) -> Iterator[Rule]:
        extra, p = on(t.subject)
        yield Rule("cls-avf", (t, *extra), (a(X, t.subject), p(X, Y)), (a(Y, t.object),))

    def has_value(t: Triple) -> Iterator[Rule]:
        extra, p = on(t.subject)
        yield Rule("cls-hv1", (t, *extra), (a(X, t.subject),), (p(X, t.object),))
        if not (p.inverse and isinstance(t.object, Literal)):
            yield Rule("cls-hv2", (t, *extra), (p(X, t.object),), (a(X, t.subject),))

    rdfs = {"subClassOf": sub_class, "subPropertyOf": sub_property, "domain": domain, "range": range_}
    owl = {
        "equivalentClass": equivalent_class,
        "equivalentProperty": equivalent_property,
        "inverseOf": inverse,
        "propertyChainAxiom": chain,
        "intersectionOf": intersection,
        "unionOf": union,
        "oneOf": one_of,
        "someValuesFrom": some_values,
        "allValuesFrom": all_values,
        "hasValue": has_value,
    }
    return {RDFS + k: v for k, v in rdfs.items()} | {OWL + k: v for k, v in owl.items()} | {TYPE.value: typed}


def compile_checks(axioms: Axioms) -> list[Check]:
    """Return what the axioms forbid. Names are unique: two names are two things, so that what OWL 2 RL would conclude
    with owl:sameAs (prp-fp, prp-ifp, prp-key, cls-maxc2, cls-maxqc3, cls-maxqc4) is an inconsistency here.
    """  # noqa: D205
    always = [Check("cls-nothing2", (), (a(X, NOTHING),)), Check("eq-diff1", (), ((X, SAME, Y),), (X, Y))]
    return always + [check for t in axioms.triples for check in _checks(axioms, t)]


def _checks(axioms: Axioms, t: Triple) -> Iterator[Check]:
    local = (
        t.object.value if t.predicate == TYPE and isinstance(t.object, NamedNode) else t.predicate.value
    ).removeprefix(OWL)
    p = _Property(axioms, t.subject)
    heads = axioms.objects(t.subject, OWL + "members")
    if t.predicate == NamedNode(RDFS + "range") and is_datatype(t.object):
        yield from _datatype_check((t, *p.axioms), (p(X, Y),), t.object)
    elif local == "FunctionalProperty":
        yield Check("prp-fp", (t, *p.axioms), (p(X, Y), p(X, Z)), (Y, Z))
    elif local == "InverseFunctionalProperty":
        yield Check("prp-ifp", (t, *p.axioms), (p(X, Z), p(Y, Z)), (X, Y))
    elif local == "IrreflexiveProperty":
        yield Check("prp-irp", (t, *p.axioms), (p(X, X),))
    elif local == "AsymmetricProperty":
        yield Check("prp-asyp", (t, *p.axioms), (p(X, Y), p(Y, X)))
    elif local == "propertyDisjointWith":
        q = _Property(axioms, t.object)
        yield Check("prp-pdw", (t, *p.axioms, *q.axioms), (p(X, Y), q(X, Y)))
    elif local == "disjointWith":
        yield Check("cax-dw", (t,), (a(X, t.subject), a(X, t.object)))
    elif local == "complementOf":
        yield Check("cls-com", (t,), (a(X, t.subject), a(X, t.object)))
    elif local in ("AllDisjointClasses", "AllDisjointProperties"):
        for head in heads:
            source = (t, Triple(t.subject, NamedNode(OWL + "members"), head), *axioms.list_triples(head))  # type: ignore[arg-type]
            for one, other in combinations(axioms.members(head), 2):
                if local == "AllDisjointClasses":
                    yield Check("cax-adc", source, (a(X, one), a(X, other)))
                else:
                    q, r = _Property(axioms, one), _Property(axioms, other)
                    yield Check("prp-adp", (*source, *q.axioms, *r.axioms), (q(X, Y), r(X, Y)))
    elif local == "hasKey":
        keys = [_Property(axioms, member) for member in axioms.members(t.object)]
        shared = [(key, Variable(f"k{i}")) for i, key in enumerate(keys)]
        body = [a(X, t.subject), *(key(X, v) for key, v in shared), *(key(Y, v) for key, v in shared), a(Y, t.subject)]
        yield Check("prp-key", (t, *axioms.list_triples(t.object)), tuple(body), (X, Y))
    elif local == "sourceIndividual":
        yield from _negative_checks(axioms, t)
    elif local in ("maxCardinality", "maxQualifiedCardinality", "allValuesFrom"):
        yield from _restriction_checks(axioms, t, local)


def _datatype_check(source: tuple[Triple, ...], body: tuple[Pattern, ...], datatype: Term) -> Iterator[Check]:
    if isinstance(datatype, NamedNode) and datatype.value != RDFS + "Literal":
        yield Check("dt-not-type", source, body, outside=(Y, datatype))


def _negative_checks(axioms: Axioms, t: Triple) -> Iterator[Check]:
    for name, target in (("prp-npa1", OWL + "targetIndividual"), ("prp-npa2", OWL + "targetValue")):
        for value in axioms.objects(t.subject, target):
            for node in axioms.objects(t.subject, OWL + "assertionProperty"):
                p = _Property(axioms, node)
                yield Check(name, (t, Triple(t.subject, NamedNode(target), value), *p.axioms), (p(t.object, value),))


def _restriction_checks(axioms: Axioms, t: Triple, local: str) -> Iterator[Check]:
    node = axioms.objects(t.subject, OWL + "onProperty")[0]
    p = _Property(axioms, node)
    source = (t, Triple(t.subject, NamedNode(OWL + "onProperty"), node), *p.axioms)  # type: ignore[arg-type]
    start = (a(X, t.subject), p(X, Y))
    if local == "allValuesFrom" and is_datatype(t.object):
        yield from _datatype_check(source, start, t.object)
    fillers = axioms.objects(t.subject, OWL + "onClass") if local == "maxQualifiedCardinality" else (THING,)
    for filler in fillers if isinstance(t.object, Literal) and t.object.value in ("0", "1") else ():
        name = "cls-maxc" if local == "maxCardinality" else "cls-maxqc"
        number = 1 if name == "cls-maxc" or filler != THING else 2
        extra = () if filler == THING else (a(Y, filler),)
        if t.object.value == "0":
            yield Check(f"{name}{number}", source, (*start, *extra))
        else:
            number += 1 if name == "cls-maxc" else 2
            more = () if filler == THING else (a(Z, filler),)
            yield Check(f"{name}{number}", source, (*start, p(X, Z), *extra, *more), (Y, Z))
