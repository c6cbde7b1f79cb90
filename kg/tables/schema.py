"""Read the ontology as the schema of the tables: the columns of each class and how their cells are read."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from kg import paths, terms
from kg.errors import InputError
from kg.files.read import read_file

Iri = str
_ANNOTATION, _OBJECT, _DATA = (terms.OWL + n for n in ("AnnotationProperty", "ObjectProperty", "DatatypeProperty"))
_HEADER = terms.OWL + "Ontology"
_OF_THE_WHOLE = {terms.DCTERMS + "title", terms.DCTERMS + "description", terms.IS + "helpsOnly"}
_CLASS = terms.OWL + "Class"
_KINDS = {_ANNOTATION: "annotation", _OBJECT: "object", _DATA: "data"}


@dataclass(frozen=True)
class Property:
    """One property: its kind (`object`, `data`, `annotation`), range, domain and reading rules."""

    iri: Iri
    kind: str
    range: Iri | None
    domain: Iri | None
    functional: bool
    in_yen: bool
    exact_match_template: str | None


@dataclass(frozen=True)
class Class:
    """One class: the classes above it (itself included), its IRI segment and its label templates by language."""

    iri: Iri
    ancestors: frozenset[Iri]
    segment: str | None
    templates: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Schema:
    """The schema of the tables; `codes` maps a class to its code list, from notation to IRI; schemes go by id."""

    classes: dict[Iri, Class]
    properties: dict[Iri, Property]
    codes: dict[Iri, dict[str, Iri]]
    labels: dict[tuple[Iri, str], str]
    triples: tuple[ox.Triple, ...]

    def descends(self, cls: Iri, ancestor: Iri) -> bool:
        """Return whether `cls` is `ancestor` or a subclass of it."""
        return cls in self.classes and ancestor in self.classes[cls].ancestors


def parse_turtle(path: Path) -> list[ox.Triple]:
    """Return the triples of one Turtle file.

    Raises InputError with file and line if the file is missing or does not parse.
    """
    try:
        quads = ox.parse(read_file(path), format=ox.RdfFormat.TURTLE)
        return [ox.Triple(q.subject, q.predicate, q.object) for q in quads]
    except SyntaxError as error:
        raise InputError(f"{path}:{error.lineno}: not Turtle: {error.msg}") from error
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error
    except MemoryError as error:
        raise InputError(f"{path}: not Turtle: a value is too long") from error


def parse_module(path: Path) -> list[ox.Triple]:
    """Return the triples of an ontology file as part of the whole ontology.

    Of a module's header its texts remain, with the title as its name, and its own terms, codes and code lists say which
    module defines them (rdfs:isDefinedBy); what the whole imports is part of it.

    Raises InputError as parse_turtle does.
    """
    triples = parse_turtle(path)
    module = next((t.subject for t in triples if getattr(t.object, "value", "") == _HEADER), None)
    if not isinstance(module, ox.NamedNode):
        return triples
    whole = module.value == terms.BASE + "ontology"
    kept = [
        t
        for t in triples
        if t.subject != module
        or t.predicate.value in _OF_THE_WHOLE
        or (whole and t.predicate.value != terms.OWL + "imports")
    ]
    declaring = {_CLASS, *_KINDS, terms.SKOS + "ConceptScheme"}
    declared = {
        t.subject: None
        for t in triples
        if (t.predicate.value == terms.RDF + "type" and getattr(t.object, "value", "") in declaring)
        or t.predicate.value == terms.SKOS + "notation"
    }
    by = ox.NamedNode(terms.RDFS + "isDefinedBy")
    own = (s for s in declared if isinstance(s, ox.NamedNode) and s.value.startswith(terms.BASE))
    titles = (t.object for t in kept if t.subject == module and t.predicate.value == terms.DCTERMS + "title")
    named = (ox.Triple(module, ox.NamedNode(terms.SKOS + "prefLabel"), title) for title in titles)
    return [*kept, *named, *(ox.Triple(s, by, module) for s in own)]


def read_schema(files: Iterable[Path] | None = None) -> Schema:
    """Return the schema that the ontology files (by default the package's own) declare.

    Raises InputError if a file cannot be read.
    """
    triples = [t for path in (paths.ontology_files() if files is None else files) for t in parse_module(path)]
    objects: dict[tuple[str, str], list[ox.NamedNode | ox.Literal]] = defaultdict(list)
    for t in triples:
        if isinstance(t.subject, ox.NamedNode) and isinstance(t.object, ox.NamedNode | ox.Literal):
            objects[t.subject.value, t.predicate.value].append(t.object)
    types = {
        (t.subject.value, t.object.value)
        for t in triples
        if t.predicate.value == terms.RDF + "type"
        and isinstance(t.subject, ox.NamedNode)
        and isinstance(t.object, ox.NamedNode)
    }

    def one(subject: Iri, predicate: Iri) -> str | None:
        return next((o.value for o in objects.get((subject, predicate), [])), None)

    def ancestors(cls: Iri, seen: frozenset[Iri] = frozenset()) -> frozenset[Iri]:
        above = seen | {cls}
        for parent in objects.get((cls, terms.RDFS + "subClassOf"), []):
            if parent.value not in above:
                above |= ancestors(parent.value, above)
        return above

    def inherited(cls: Iri, predicate: Iri) -> list[ox.NamedNode | ox.Literal]:
        found = objects.get((cls, predicate), [])
        parents = sorted(p.value for p in objects.get((cls, terms.RDFS + "subClassOf"), []))
        return found or next((above for p in parents if (above := inherited(p, predicate))), [])

    classes = {
        s: Class(
            iri=s,
            ancestors=ancestors(s),
            segment=next((o.value for o in inherited(s, terms.IS + "iriSegment")), None),
            templates={
                o.language: o.value
                for o in inherited(s, terms.IS + "labelTemplate")
                if isinstance(o, ox.Literal) and o.language
            },
        )
        for s, t in sorted(types)
        if t == _CLASS
    }
    properties = {
        s: Property(
            iri=s,
            kind=_KINDS[t],
            range=one(s, terms.RDFS + "range"),
            domain=one(s, terms.RDFS + "domain"),
            functional=(s, terms.OWL + "FunctionalProperty") in types,
            in_yen=one(s, terms.IS + "cellUnit") == "yen",
            exact_match_template=one(s, terms.IS + "exactMatchTemplate"),
        )
        for s, t in sorted(types)
        if t in _KINDS
    }
    codes: dict[Iri, dict[str, Iri]] = defaultdict(dict)
    for s, cls in sorted(types):
        if cls in classes and (notation := one(s, terms.SKOS + "notation")):
            codes[cls][notation] = s
    for s, cls in sorted(types):
        if cls == terms.SKOS + "ConceptScheme":
            codes[cls][terms.local_name(s)] = s
    labels = {
        (s, o.language): o.value
        for (s, p), values in objects.items()
        if p == terms.SKOS + "prefLabel"
        for o in values
        if isinstance(o, ox.Literal) and o.language
    }
    return Schema(classes, properties, dict(codes), labels, tuple(triples))
