"""Read the axioms of an ontology from its triples, and find those that the rules do not cover.

The grammar is that of the OWL 2 RL profile (https://www.w3.org/TR/owl2-profiles/#OWL_2_RL). Within it, the rules find
every entailed assertion about named individuals, so answers are complete for every ontology that is accepted.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.errors import DataError
from kg.rdf.nodes import Term
from kg.terms import BASE, OWL, RDF, RDFS, XSD, shorten

Node = NamedNode | BlankNode | Triple

ANONYMOUS = BASE + ".well-known/genid/"  # IRIs that replace the blank nodes of axioms, derived from their content
TYPE = NamedNode(RDF + "type")
FIRST, REST, NIL = (NamedNode(RDF + name) for name in ("first", "rest", "nil"))
THING, NOTHING = NamedNode(OWL + "Thing"), NamedNode(OWL + "Nothing")
SAME, DIFFERENT = NamedNode(OWL + "sameAs"), NamedNode(OWL + "differentFrom")
ANNOTATIONS = {RDFS + name for name in ("label", "comment", "seeAlso", "isDefinedBy", "member")}
TRIVIAL = {THING, NamedNode(RDFS + "Resource"), NamedNode(OWL + "NamedIndividual")}
_RDFS_AXIOMS = {RDFS + name for name in ("subClassOf", "subPropertyOf", "domain", "range")}


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_CONSTRUCTORS = _words(
    "intersectionOf unionOf complementOf oneOf someValuesFrom allValuesFrom hasValue hasSelf minCardinality "
    "maxCardinality cardinality minQualifiedCardinality maxQualifiedCardinality qualifiedCardinality onDatatype "
    "datatypeComplementOf onProperties"
)
_ALLOWED = {
    "subclass": _words("intersectionOf unionOf oneOf someValuesFrom hasValue"),
    "superclass": _words("intersectionOf complementOf allValuesFrom hasValue maxCardinality maxQualifiedCardinality"),
    "equivalent class": _words("intersectionOf hasValue"),
}
_SIDES = {  # what is before and after the predicate of an axiom
    RDFS + "subClassOf": ("subclass", "superclass"),
    RDFS + "domain": ("property", "superclass"),
    RDFS + "range": ("property", "superclass"),
    RDFS + "subPropertyOf": ("property", "property"),
    OWL + "equivalentClass": ("equivalent class", "equivalent class"),
    OWL + "disjointWith": ("subclass", "subclass"),
    OWL + "hasKey": ("subclass", ""),
    OWL + "equivalentProperty": ("property", "property"),
    OWL + "propertyDisjointWith": ("property", "property"),
    OWL + "inverseOf": ("property", "property"),
    OWL + "propertyChainAxiom": ("property", ""),
    OWL + "onProperty": ("", "property"),
}
_KNOWN_TYPES = _words(
    "Class Restriction ObjectProperty DatatypeProperty AnnotationProperty OntologyProperty NamedIndividual Ontology "
    "Thing Nothing DeprecatedClass DeprecatedProperty DataRange Axiom Annotation NegativePropertyAssertion "
    "AllDifferent AllDisjointClasses AllDisjointProperties FunctionalProperty InverseFunctionalProperty "
    "IrreflexiveProperty SymmetricProperty AsymmetricProperty TransitiveProperty"
)
_CHARACTERISTICS = {name for name in _KNOWN_TYPES if name.endswith("Property")} - {"DeprecatedProperty"}
_KNOWN_PREDICATES = _CONSTRUCTORS | _words(
    "equivalentClass disjointWith hasKey equivalentProperty propertyDisjointWith inverseOf propertyChainAxiom members "
    "distinctMembers sameAs differentFrom onProperty onClass onDataRange sourceIndividual assertionProperty "
    "targetIndividual targetValue annotatedSource annotatedProperty annotatedTarget imports versionIRI versionInfo "
    "priorVersion backwardCompatibleWith incompatibleWith deprecated"
)


class UnsupportedAxiom(DataError):  # noqa: N818 - named for the situation
    """An ontology uses constructs that the rules do not cover; `problems` has one line for each."""

    def __init__(self, problems: Iterable[str]) -> None:
        """Keep the problems in the order given."""
        self.problems = list(problems)
        super().__init__("\n".join(["The ontology goes beyond the OWL 2 RL profile:", *self.problems]))


@dataclass(frozen=True)
class Axioms:
    """The triples of an ontology with named axiom nodes, sorted and indexed by subject and predicate."""

    triples: tuple[Triple, ...]
    index: Mapping[tuple[Term, str], tuple[Term, ...]]

    def objects(self, subject: Term, predicate: str) -> tuple[Term, ...]:
        """Return the values of a predicate, given as a full IRI."""
        return self.index.get((subject, predicate), ())

    def pairs(self, predicate: str) -> Iterator[Triple]:
        """Return the triples with a predicate, given as a full IRI, in order."""
        return (triple for triple in self.triples if triple.predicate.value == predicate)

    def list_triples(self, head: Term) -> tuple[Triple, ...]:
        """Return the first and rest triples of an RDF list from its head on; a cyclic list is cut off."""
        found: list[Triple] = []
        seen: set[Term] = set()
        while head != NIL and head not in seen and isinstance(head, NamedNode | BlankNode):
            seen.add(head)
            for predicate in (FIRST, REST):
                found += [Triple(head, predicate, value) for value in self.objects(head, predicate.value)[:1]]
            head = next(iter(self.objects(head, REST.value)), NIL)
        return tuple(found)

    def members(self, head: Term) -> tuple[Term, ...]:
        """Return the members of an RDF list."""
        return tuple(triple.object for triple in self.list_triples(head) if triple.predicate == FIRST)

    def constructor(self, node: Term) -> str | None:
        """Return the local name of the OWL constructor of a class expression, if it is one."""
        return next((name for name in sorted(_CONSTRUCTORS) if (node, OWL + name) in self.index), None)

    def assertions(self) -> list[Triple]:
        """Return the triples that state facts: all that do not encode an axiom."""
        return [triple for triple in self.triples if not is_axiomatic(triple)]

    def schema_terms(self) -> set[Term]:
        """Return the classes, properties, datatypes and ontologies that the ontology declares."""
        kinds = {OWL + name for name in _CHARACTERISTICS} | {OWL + "Class", OWL + "Ontology", RDFS + "Class"}
        kinds |= {RDFS + "Datatype", RDF + "Property"}
        return {
            t.subject for t in self.pairs(TYPE.value) if isinstance(t.object, NamedNode) and t.object.value in kinds
        }


def is_anonymous(node: object) -> bool:
    """Return whether a node replaces a blank node of an axiom."""
    return isinstance(node, NamedNode) and node.value.startswith(ANONYMOUS)


def is_datatype(node: Term) -> bool:
    """Return whether a node is a datatype of XML Schema, RDF or RDFS."""
    plain = (RDFS + "Literal", RDF + "langString", RDF + "PlainLiteral", RDF + "XMLLiteral")
    return isinstance(node, NamedNode) and (node.value.startswith(XSD) or node.value in plain)


def is_axiomatic(triple: Triple) -> bool:
    """Return whether a triple of an ontology encodes an axiom or declares a term, rather than stating a fact."""
    predicate = triple.predicate.value
    if predicate == TYPE.value:
        reserved = isinstance(triple.object, NamedNode) and triple.object.value.startswith((OWL, RDFS, RDF))
        return reserved and triple.object != NOTHING
    if predicate in (FIRST.value, REST.value) or predicate in _RDFS_AXIOMS:
        return True
    return predicate.startswith(OWL) and predicate not in (SAME.value, DIFFERENT.value)


def read_axioms(ontology: Iterable[Triple]) -> Axioms:
    """Return the axioms of an ontology, with each blank node of an axiom replaced by an IRI derived from its content.

    The IRIs do not depend on the order or the labels in the file. Blank nodes that are individuals keep their labels.
    """
    triples = set(ontology)
    below: dict[Term, list[Triple]] = {}
    for triple in triples:
        if isinstance(triple.subject, BlankNode):
            below.setdefault(triple.subject, []).append(triple)
    axiomatic = {node for node, own in below.items() if any(map(is_axiomatic, own))}
    texts: dict[Term, str] = {}

    def text(node: Term, path: tuple[Term, ...] = ()) -> str:
        if node not in axiomatic or node in path:
            return str(node)
        if node not in texts:
            parts = sorted(f"{t.predicate} {text(t.object, (*path, node))}" for t in below[node])
            texts[node] = "[" + " ; ".join(parts) + "]"
        return texts[node]

    names = {node: NamedNode(ANONYMOUS + hashlib.sha256(text(node).encode()).hexdigest()[:20]) for node in axiomatic}
    kept = {t for t in triples if not isinstance(t.subject, BlankNode) and not isinstance(t.object, BlankNode)}
    kept |= {Triple(names.get(s, s), p, names.get(o, o)) for s, p, o in triples - kept}
    ordered = tuple(sorted(kept, key=str))
    index: dict[tuple[Term, str], list[Term]] = {}
    for triple in ordered:
        index.setdefault((triple.subject, triple.predicate.value), []).append(triple.object)
    return Axioms(ordered, {key: tuple(values) for key, values in index.items()})


def unsupported(ontology: Iterable[Triple]) -> list[str]:
    """Return one line for each use of a construct that the rules do not cover, sorted; empty if all are covered.

    Limits beyond those of the profile: no data ranges other than named datatypes, no datatype in someValuesFrom, no
    blank node as an individual in an axiom, no RDF, RDFS or OWL term where an axiom needs a term of the ontology.
    """
    return find_problems(read_axioms(ontology))


def find_problems(axioms: Axioms) -> list[str]:
    """Return the result of `unsupported` for axioms already read."""
    return sorted({f"{_sentence(t)}: {problem}" for t in axioms.triples for problem in _problems(axioms, t)})


def _problems(axioms: Axioms, triple: Triple) -> Iterator[str]:
    predicate = triple.predicate.value
    local = predicate.removeprefix(OWL)
    if predicate == TYPE.value:
        yield from _type_problems(axioms, triple)
    elif predicate in _SIDES:
        for node, side in zip((triple.subject, triple.object), _SIDES[predicate], strict=True):
            if side == "property":
                yield from _property_problems(axioms, node)
            elif side:
                yield from _class_problems(axioms, node, side)
        if local in ("propertyChainAxiom", "hasKey"):
            yield from _property_problems(axioms, *axioms.members(triple.object))
    elif local in _CONSTRUCTORS and not is_anonymous(triple.subject):
        yield from _expression_problems(axioms, triple.subject, "equivalent class")
    elif predicate.startswith(OWL) and local not in _KNOWN_PREDICATES:
        yield f"owl:{local} is not covered"


def _type_problems(axioms: Axioms, triple: Triple) -> Iterator[str]:
    kind = triple.object
    if not isinstance(kind, NamedNode):
        return
    local = kind.value.removeprefix(OWL)
    if is_anonymous(kind):
        yield from _class_problems(axioms, kind, "superclass")
    elif kind.value.startswith(OWL) and local not in _KNOWN_TYPES:
        yield f"owl:{local} is not covered"
    elif local in _CHARACTERISTICS:
        yield from _property_problems(axioms, triple.subject)
    elif local in ("AllDisjointClasses", "AllDisjointProperties"):
        members = [m for head in axioms.objects(triple.subject, OWL + "members") for m in axioms.members(head)]
        for member in members:
            if local == "AllDisjointClasses":
                yield from _class_problems(axioms, member, "subclass")
            else:
                yield from _property_problems(axioms, member)


def _class_problems(axioms: Axioms, node: Term, side: str) -> Iterator[str]:
    if is_anonymous(node):
        yield from _expression_problems(axioms, node, side)
    elif not isinstance(node, NamedNode):
        yield f"{node} is not a class expression"
    elif node == THING and side != "superclass":
        yield f"owl:Thing stands as {side}"
    elif node.value.startswith((RDF, RDFS, OWL)) and node not in {*TRIVIAL, NOTHING} and not is_datatype(node):
        yield f"{shorten(node.value)} is a term of the language, not a class"


def _expression_problems(axioms: Axioms, node: Term, side: str) -> Iterator[str]:
    name = axioms.constructor(node)
    if name is None or name not in _ALLOWED[side]:
        yield f"{'an unreadable expression' if name is None else 'owl:' + name} stands as {side}"
        return
    value = axioms.objects(node, OWL + name)[0]
    if name in ("intersectionOf", "unionOf"):
        for member in axioms.members(value):
            yield from _class_problems(axioms, member, side)
    elif name in ("hasValue", "oneOf"):
        members = (value,) if name == "hasValue" else axioms.members(value)
        if any(
            isinstance(member, BlankNode) or (name == "oneOf" and isinstance(member, Literal)) for member in members
        ):
            yield f"owl:{name} holds {'a blank node' if name == 'hasValue' else 'blank nodes or literals'}"
    elif name == "someValuesFrom" and (is_datatype(value) or _is_data_range(axioms, value)):
        yield "owl:someValuesFrom names a datatype"
    elif name.startswith("max"):
        yield from _cardinality_problems(axioms, node, name, value)
    elif value != THING:
        yield from _class_problems(axioms, value, "superclass" if name == "allValuesFrom" else "subclass")


def _cardinality_problems(axioms: Axioms, node: Term, name: str, value: Term) -> Iterator[str]:
    if not isinstance(value, Literal) or value.value not in ("0", "1"):
        yield f"owl:{name} is neither 0 nor 1"
    if axioms.objects(node, OWL + "onDataRange"):
        yield "owl:onDataRange is not covered"
    for filler in axioms.objects(node, OWL + "onClass"):
        if filler != THING:
            yield from _class_problems(axioms, filler, "subclass")


def _is_data_range(axioms: Axioms, node: Term) -> bool:
    return NamedNode(RDFS + "Datatype") in axioms.objects(node, TYPE.value)


def _property_problems(axioms: Axioms, *nodes: Term) -> Iterator[str]:
    for node in nodes:
        inner = axioms.objects(node, OWL + "inverseOf")[:1] if is_anonymous(node) else (node,)
        name = inner[0].value if inner and isinstance(inner[0], NamedNode) and not is_anonymous(inner[0]) else None
        if name is None:
            yield f"{node} is not a property"
        elif name.startswith((RDF, RDFS, OWL)) and name not in ANNOTATIONS and name != OWL + "versionInfo":
            yield f"{shorten(name)} is a term of the language, not a property"


def _sentence(triple: Triple) -> str:
    return " ".join(
        "[…]" if is_anonymous(node) else shorten(node.value) if isinstance(node, NamedNode) else str(node)
        for node in (triple.subject, triple.predicate, triple.object)
    )
