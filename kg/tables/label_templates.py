"""Make names for entities without one, from the label templates of their classes."""

import re
from collections import defaultdict
from collections.abc import Iterable

import pyoxigraph as ox

from kg import terms
from kg.tables.schema import Schema

_FIELD = re.compile(r"\{(\w+)\}")
_TYPE = terms.RDF + "type"
_PREF_LABEL = ox.NamedNode(terms.SKOS + "prefLabel")


def label_quads(quads: Iterable[ox.Quad], schema: Schema) -> set[ox.Quad]:
    """Return the skos:prefLabel quads that the templates add to entities without a name in a language."""
    fields = {
        terms.IS + field
        for cls in schema.classes.values()
        for text in cls.templates.values()
        for field in _FIELD.findall(text)
    }
    values: dict[tuple[str, str], list[ox.NamedNode | ox.Literal]] = defaultdict(list)
    own: dict[tuple[str, str], str] = {}
    class_of: dict[str, str] = {}
    graph_of: dict[str, ox.NamedNode] = {}
    for quad in quads:
        predicate, found = quad.predicate.value, quad.object
        if not isinstance(quad.subject, ox.NamedNode) or not isinstance(found, ox.NamedNode | ox.Literal):
            continue
        subject = quad.subject.value
        if predicate == _TYPE and isinstance(quad.graph_name, ox.NamedNode):
            class_of.setdefault(subject, found.value)
            graph_of[subject] = quad.graph_name
        elif predicate == _PREF_LABEL.value and isinstance(found, ox.Literal):
            key = subject, found.language or ""
            own[key] = min(own.get(key, found.value), found.value)
        elif predicate in fields:
            values[subject, predicate].append(found)
    given = {**schema.labels, **own}
    made: dict[tuple[str, str], str] = {}

    def name(iri: str, language: str, under: tuple[str, ...] = ()) -> str:
        if (iri, language) in given:
            return given[iri, language]
        known = schema.classes.get(class_of.get(iri, ""))
        template = known.templates.get(language) if known else None
        if template is None or iri in under:
            return terms.local_name(iri)
        if (iri, language) not in made:
            text = _FIELD.sub(lambda m: filled(iri, m[1], language, (*under, iri)), template)
            made[iri, language] = _tidy(text)
        return made[iri, language]

    def filled(iri: str, prop: str, language: str, under: tuple[str, ...]) -> str:
        found = values.get((iri, terms.IS + prop), [])
        names = {name(o.value, language, under) if isinstance(o, ox.NamedNode) else o.value for o in found}
        return ", ".join(sorted(names))

    for iri in sorted(graph_of):
        for language in ("en", "ja"):
            name(iri, language)
    return {
        ox.Quad(ox.NamedNode(iri), _PREF_LABEL, ox.Literal(text, language=language), graph_of[iri])
        for (iri, language), text in made.items()
    }


def _tidy(text: str) -> str:
    """Close the gaps that missing values leave in a template."""
    text = re.sub(r"\(\s*\)|（\s*年度\s*）|FY(?=[\s,]|$)|(?<![0-9])年度", "", text)
    return re.sub(r"\s+", " ", re.sub(r",\s*(?=,|$)", "", text)).replace(" :", ":").strip(" ,")
