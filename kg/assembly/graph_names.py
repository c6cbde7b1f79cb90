"""Give the statements of a whole export without named graphs their graphs back, as far as these matter to checks.

Turtle, N-Triples, RDF/XML and plain JSON-LD mix what is asserted with the ontology, with what was inferred and with the
metadata of the release. The metadata says that there are inferred statements; which ones they are is found again:

- what the rules conclude from the rest, and what the ontology derives from that;
- properties that by the ontology nobody states, since its module of inference declares them;
- a class or property above another one that is stated of the same;
- what follows by a chain, or from a class, without statements of the same property;
- the class of what nothing else is stated of, if it follows from a domain or range;
- a step that transitivity adds to smaller ones.

An asserted statement that follows in this way from other ones counts as inferred. The dataset has none, which a test
holds.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping

import pyoxigraph as ox

from kg import terms
from kg.assembly.description import DATASET
from kg.rdf.nodes import Term
from kg.reasoning.entailment import entail
from kg.reasoning.inference import conclude
from kg.tables.schema import read_schema

_TYPE, _LABEL, _NAME = terms.RDF + "type", terms.RDFS + "label", terms.SKOS + "prefLabel"
_SCHEME = terms.SKOS + "inScheme"
_INFERENCE = terms.BASE + "ontology/inference"
_TRANSITIVE, _SYMMETRIC = terms.OWL + "TransitiveProperty", terms.OWL + "SymmetricProperty"
_LANGUAGES = (terms.OWL, terms.RDF, terms.RDFS)  # whose statements about blank nodes are axioms
Triples = set[ox.Triple]


def lacks_graph_names(quads: Collection[ox.Quad]) -> bool:
    """Return whether this is a whole export without named graphs: its metadata says that it has inferred statements."""
    if any(not isinstance(quad.graph_name, ox.DefaultGraph) for quad in quads):
        return False
    inferred, count = ox.NamedNode(terms.INFERRED_GRAPH), ox.NamedNode(terms.PREFIXES["void"] + "triples")
    return any(quad.subject == inferred and quad.predicate == count for quad in quads)


def with_graph_names(quads: Iterable[ox.Quad]) -> list[ox.Quad]:
    """Return the statements with ontology, inferred statements and release metadata in their named graphs.

    Asserted ones stay in the default graph, since nothing says whether a document or the background states them.
    Anything but a whole export without named graphs is returned as it is.
    """
    every = list(quads)
    if not lacks_graph_names(every):
        return every
    ontology = set(read_schema().triples)
    triples = {quad.triple for quad in every}
    graphs: dict[ox.Triple, str] = {t: graph for t in triples if (graph := _graph_of(t, ontology))}
    facts = {t for t in triples if t not in graphs and t.predicate.value != _LABEL}
    graphs |= dict.fromkeys(_inferred(facts, ontology), terms.INFERRED_GRAPH)
    for t in triples - set(graphs):
        if t.predicate.value == _LABEL:  # the name again, for tools
            graphs[t] = graphs.get(ox.Triple(t.subject, ox.NamedNode(_NAME), t.object), "")
    return [ox.Quad(t.subject, t.predicate, t.object, _node(graphs.get(t, ""))) for t in triples]


def _node(name: str) -> ox.NamedNode | ox.DefaultGraph:
    return ox.NamedNode(name) if name else ox.DefaultGraph()


def _graph_of(t: ox.Triple, ontology: Triples) -> str | None:
    """Return the graph of release metadata and of the ontology, or None."""
    if isinstance(t.subject, ox.NamedNode):
        if t.subject.value.startswith((DATASET, terms.GRAPH)):
            return terms.RELEASE_GRAPH
        is_term = t.subject.value.startswith((terms.IS, terms.BASE + "ontology"))
        return terms.ONTOLOGY_GRAPH if is_term or t in ontology else None
    speaks = t.object if t.predicate.value == _TYPE else t.predicate
    return terms.ONTOLOGY_GRAPH if getattr(speaks, "value", "").startswith(_LANGUAGES) else None


def _inferred(facts: Triples, ontology: Triples) -> Triples:
    """Return the statements among the facts that were inferred."""
    concluded = set(conclude(facts, ontology)[1])
    unstated = {t.subject for t in ontology if t.predicate.value == terms.RDFS + "isDefinedBy" and _says(t, _INFERENCE)}
    left = {t for t in facts - concluded if t.predicate not in unstated}
    left -= _more_general(facts | ontology, ontology)
    derived = _derived_properties(ontology)
    described = {t.subject for t in left if t.predicate.value != _TYPE}
    sure = {t for t in left if t.predicate not in derived and t.subject in described}
    left -= entail(sure | concluded, ontology)
    transitive = {
        t.subject for t in ontology if t.predicate.value == _TYPE and _says(t, terms.OWL + "TransitiveProperty")
    }
    for predicate in transitive:
        left -= _bridges({t for t in left if t.predicate == predicate})
    left |= {t for t in facts if t.predicate.value == _SCHEME}  # to be stated of each code, though it may follow too
    return facts - left


def _says(t: ox.Triple, iri: str) -> bool:
    return isinstance(t.object, ox.NamedNode) and t.object.value == iri


def _more_general(stated: Triples, ontology: Triples) -> Triples:
    """Return what is said in a more general way of what is stated: of a superclass, or with a superproperty."""
    classes, properties = _above(ontology, "subClassOf"), _above(ontology, "subPropertyOf")
    found: Triples = set()
    for t in stated:
        if t.predicate.value == _TYPE:
            found |= {ox.Triple(t.subject, t.predicate, cls) for cls in classes(t.object)}
        found |= {ox.Triple(t.subject, wider, t.object) for wider in properties(t.predicate)}  # type: ignore[arg-type]
    return found


def _above(ontology: Triples, axiom: str) -> Callable[[Term], set[Term]]:
    """Return a function from a class or property to all strictly above it."""
    up: dict[Term, set[Term]] = defaultdict(set)
    for t in ontology:
        if t.predicate.value == terms.RDFS + axiom and isinstance(t.object, ox.NamedNode):
            up[t.subject].add(t.object)

    known = {node: _reached(node, up) for node in up}
    return lambda node: {wider for wider in known.get(node, ()) if node not in known.get(wider, ())}


def _derived_properties(ontology: Triples) -> set[Term]:
    """Return the properties that chains, classes, symmetry or transitivity derive."""
    chained = {t.subject for t in ontology if t.predicate.value == terms.OWL + "propertyChainAxiom"}
    own = {
        t.subject for t in ontology if t.predicate.value == _TYPE and (_says(t, _TRANSITIVE) or _says(t, _SYMMETRIC))
    }
    fixed = {t.subject for t in ontology if t.predicate.value == terms.OWL + "hasValue"}
    of_classes = {t.object for t in ontology if t.predicate.value == terms.OWL + "onProperty" and t.subject in fixed}
    return {*chained, *own, *of_classes}


def _bridges(steps: Triples) -> Triples:
    """Return the statements of one transitive property that lead where two or more others lead."""
    after: dict[Term, set[Term]] = defaultdict(set)
    for t in steps:
        after[t.subject].add(t.object)

    reached = {node: _reached(node, after) for node in {b for t in steps for b in (t.subject, t.object)}}
    straight = {t for t in steps if t.subject not in reached[t.object]}  # in a circle each leads where others lead
    return {t for t in straight if any(t.object in reached[b] for b in after[t.subject] - {t.object})}


def _reached(node: Term, steps: Mapping[Term, set[Term]]) -> set[Term]:
    """Return all nodes that one or more steps lead to."""
    seen: set[Term] = set()
    edge = {node}
    while edge:
        edge = {b for a in edge for b in steps.get(a, ())} - seen
        seen |= edge
    return seen
