"""Make names for entities without one, from the label templates of their classes."""

import re
from collections import defaultdict
from collections.abc import Iterable

import pyoxigraph as ox

from kg import terms
from kg.tables.schema import Schema

_FIELD = re.compile(r"\{(\w+)\}")
_PREF_LABEL = ox.NamedNode(terms.SKOS + "prefLabel")


def label_quads(quads: Iterable[ox.Quad], schema: Schema) -> set[ox.Quad]:
    """Return the skos:prefLabel quads that the templates add to entities without a name in a language."""
    values: dict[str, dict[str, list[ox.NamedNode | ox.Literal]]] = defaultdict(lambda: defaultdict(list))
    graph_of: dict[str, ox.NamedNode] = {}
    fields = {
        name for cls in schema.classes.values() for text in cls.templates.values() for name in _FIELD.findall(text)
    }
    wanted = {_PREF_LABEL.value, terms.RDF + "type", *(terms.IS + name for name in fields)}
    for quad in quads:
        predicate = quad.predicate.value
        if predicate not in wanted:
            continue
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode | ox.Literal):
            subject = quad.subject.value
            values[subject][predicate].append(quad.object)
            if predicate == terms.RDF + "type" and isinstance(quad.graph_name, ox.NamedNode):
                graph_of[subject] = quad.graph_name
    made: dict[tuple[str, str], str] = {}
    none: dict[str, list[ox.NamedNode | ox.Literal]] = {}

    def name(iri: str, language: str, under: tuple[str, ...] = ()) -> str:
        given = [
            o.value
            for o in values.get(iri, none).get(_PREF_LABEL.value, [])
            if isinstance(o, ox.Literal) and o.language == language
        ]
        if given:
            return min(given)
        if (iri, language) in schema.labels:
            return schema.labels[iri, language]
        cls = next((o.value for o in values.get(iri, none).get(terms.RDF + "type", [])), "")
        template = schema.classes[cls].templates.get(language) if cls in schema.classes else None
        if template is None or iri in under:
            return terms.local_name(iri)
        if (iri, language) not in made:
            text = _FIELD.sub(lambda m: filled(iri, m[1], language, (*under, iri)), template)
            made[iri, language] = _tidy(text)
        return made[iri, language]

    def filled(iri: str, prop: str, language: str, under: tuple[str, ...]) -> str:
        found = values.get(iri, none).get(terms.IS + prop, [])
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
