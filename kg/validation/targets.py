"""Which nodes of the data the shapes apply to: a graph that no shape knows anything of has not been checked."""

from collections import defaultdict
from collections.abc import Iterable

import pyoxigraph as ox

from kg import terms
from kg.validation.shapes import SH, Shapes

_TYPE, _SUBCLASS = terms.RDF + "type", terms.RDFS + "subClassOf"
_CLASSES = frozenset([terms.RDFS + "Class", terms.OWL + "Class"])
_SHAPES = frozenset([SH + "NodeShape", SH + "PropertyShape"])


def checked_nodes(facts: Iterable[ox.Triple], ontology: Iterable[ox.Triple], shapes: Shapes) -> int | None:
    """Return how many nodes of the facts are focus nodes of a shape (SHACL 1.0, section 2.1).

    `ontology` has the classes above those of the facts. None if shapes find their nodes in another way (`sh:target`).
    """
    facts = list(facts)
    targets: dict[str, set[object]] = defaultdict(set)
    types: dict[object, set[str]] = defaultdict(set)
    for t in shapes.triples:
        targets[t.predicate.value].add(t.object)
        if t.predicate.value == _TYPE and isinstance(t.object, ox.NamedNode):
            types[t.subject].add(t.object.value)
    if targets[SH + "target"]:
        return None
    implicit = {node for node, of in types.items() if of & _CLASSES and of & _SHAPES}
    classes = _with_subclasses(targets[SH + "targetClass"] | implicit, [*facts, *ontology])
    subjects_of, objects_of = targets[SH + "targetSubjectsOf"], targets[SH + "targetObjectsOf"]
    nodes: set[object] = {
        t.subject for t in facts if t.predicate in subjects_of or t.subject in targets[SH + "targetNode"]
    }
    nodes |= {t.object for t in facts if t.predicate in objects_of}
    nodes |= {t.subject for t in facts if t.predicate.value == _TYPE and t.object in classes}
    return len(nodes)


def _with_subclasses(classes: set[object], triples: Iterable[ox.Triple]) -> set[object]:
    below: dict[object, list[object]] = defaultdict(list)
    for t in triples:
        if t.predicate.value == _SUBCLASS:
            below[t.object].append(t.subject)
    found, waiting = set(classes), list(classes)
    while waiting:
        new = [node for node in below[waiting.pop()] if node not in found]
        found.update(new)
        waiting.extend(new)
    return found
