"""One table per class with a column for each property, and one table of all entities."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from kg import terms
from kg.exports.select import Selection
from kg.exports.tables.tabular import THINGS, Field, Kind, Sheet, make_table, short_id
from kg.tables.schema import Schema

_TYPE, _LABEL = terms.RDF + "type", terms.SKOS + "prefLabel"
_SHOWN = {_TYPE, _LABEL, terms.RDFS + "label", terms.RDFS + "isDefinedBy"}  # by the table, its first columns, or no row
_LANGUAGES = ("en", "ja")
_KINDS: dict[str, Kind] = {"integer": "integer", "decimal": "decimal", "boolean": "boolean", "date": "date"}
ID = Field("id", {"en": "Id", "ja": "ID"}, "id")
IRI = Field("iri", {"en": "IRI", "ja": "IRI"}, "iri")
NAMES = tuple(
    Field(f"name_{language}", titles, "text", _LABEL, language)
    for language, titles in (
        ("en", {"en": "Name", "ja": "名称（英）"}),
        ("ja", {"en": "Name (Japanese)", "ja": "名称"}),
    )
)
Values = Mapping[str, Sequence[ox.NamedNode | ox.Literal]]


@dataclass(frozen=True)
class ThingNames:
    """Names by (IRI, language), in the languages of the selection."""

    labels: Mapping[tuple[str, str], str]

    def of(self, iri: str, language: str) -> str:
        """Return the name of an entity in a language, or an empty string."""
        return self.labels.get((iri, language), "")


def names_in(selection: Selection) -> ThingNames:
    """Return all names in the whole dataset, in the languages of the selection."""
    spoken = {_language(q.object) for q in selection.quads if q.predicate.value == _LABEL}
    found: dict[tuple[str, str], str] = {}
    for quad in sorted((q for q in selection.known if q.predicate.value == _LABEL), key=str, reverse=True):
        language = _language(quad.object)
        if language in spoken and isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal):
            found[quad.subject.value, language] = quad.object.value
    return ThingNames(found)


def _language(term: object) -> str:
    return (term.language or "") if isinstance(term, ox.Literal) else ""


def class_tables(selection: Selection, schema: Schema, names: ThingNames) -> list[Sheet]:
    """Return one table for each class of this ontology with instances in the selection, by name.

    An entity is in the table of its narrowest class. There are no columns for unused properties, nor for properties of
    other vocabularies that merely repeat one of this ontology.
    """
    order = {iri: place for place, iri in reversed(list(enumerate(_subjects(schema))))}
    things = described(selection)
    members = defaultdict(list)
    for iri, values in sorted(things.items()):
        for cls in narrowest_classes(values, schema):
            members[cls].append(iri)
    return [
        _class_table(cls, {iri: things[iri] for iri in members[cls]}, schema, names, order)
        for cls in sorted(members, key=terms.local_name)
    ]


def described(selection: Selection) -> dict[str, dict[str, list[ox.NamedNode | ox.Literal]]]:
    """Return the values by property, sorted, of each entity with a type in the selection."""
    found: dict[str, dict[str, list[ox.NamedNode | ox.Literal]]] = defaultdict(lambda: defaultdict(list))
    for quad in selection.quads:
        of, value, predicate = quad.subject, quad.object, quad.predicate.value
        if not isinstance(of, ox.NamedNode) or not isinstance(value, ox.NamedNode | ox.Literal):
            continue
        ours = predicate.startswith(terms.IS) or predicate == _TYPE
        inferred = quad.graph_name == ox.NamedNode(terms.INFERRED_GRAPH)
        if (ours or not inferred) and value not in found[of.value][predicate]:
            found[of.value][predicate].append(value)
    return {iri: {p: sorted(v, key=str) for p, v in values.items()} for iri, values in found.items() if _TYPE in values}


def narrowest_classes(values: Values, schema: Schema) -> list[str]:
    """Return the narrowest classes of this ontology among the types of an entity."""
    types = {t.value for t in values[_TYPE] if t.value.startswith(terms.IS) and t.value in schema.classes}
    return sorted(t for t in types if not any(o != t and schema.descends(o, t) for o in types))


def _subjects(schema: Schema) -> list[str]:
    return list(dict.fromkeys(t.subject.value for t in schema.triples if isinstance(t.subject, ox.NamedNode)))


def _class_table(
    cls: str, things: Mapping[str, Values], schema: Schema, names: ThingNames, order: Mapping[str, int]
) -> Sheet:
    used: dict[tuple[str, str], list[ox.NamedNode | ox.Literal]] = defaultdict(list)
    for values in things.values():
        for predicate, objects in values.items():
            if predicate in _SHOWN:
                continue
            for value in objects:
                used[predicate, _language(value)].append(value)
    ordered = sorted(used, key=lambda k: (order.get(k[0], len(order)), k[0], k[1]))
    twice = Counter(terms.local_name(p) for p in {p for p, _ in ordered})
    columns, of = [ID, IRI, *NAMES], {}
    for predicate, language in ordered:
        name = _name(predicate, language, alone=twice[terms.local_name(predicate)] == 1)
        of[name] = (predicate, language)
        columns.append(_column(name, predicate, language, used[predicate, language], schema))
    rows = []
    for iri, values in things.items():
        row: dict[str, str | Sequence[str] | None] = {
            "id": short_id(iri),
            "iri": iri,
            "name_en": names.of(iri, "en"),
            "name_ja": names.of(iri, "ja"),
        }
        for column in columns[4:]:
            predicate, language = of[column.name]
            chosen = [v for v in values.get(predicate, ()) if _language(v) == language]
            row[column.name] = [short_id(v.value) if column.kind == "id" else v.value for v in chosen]
        rows.append(row)
    local = terms.local_name(cls)
    titles = {language: schema.labels.get((cls, language), local) for language in _LANGUAGES}
    return make_table(local, titles, columns, rows, about="{+iri}", cls=cls)


def _name(predicate: str, language: str, *, alone: bool) -> str:
    """Return the name of a column: the local name of the property, or its CURIE if ambiguous, plus the language."""
    name = terms.local_name(predicate) if alone else terms.shorten(predicate)
    name = re.sub(r"[^A-Za-z0-9_]", "_", name)
    return f"{name}_{language}" if language else name


def _column(
    name: str, predicate: str, language: str, values: Iterable[ox.NamedNode | ox.Literal], schema: Schema
) -> Field:
    known = schema.properties.get(predicate)
    several = "" if known is None or not known.functional else None
    titles = {
        shown: schema.labels.get((predicate, shown), terms.local_name(predicate))
        + ({"en": f" ({language})", "ja": f"（{language}）"}[shown] if language else "")
        for shown in _LANGUAGES
    }
    kind = _kind(values, in_yen=known is not None and known.in_yen)
    return Field(name, titles, kind, predicate, language or None, several)


def _kind(values: Iterable[ox.NamedNode | ox.Literal], *, in_yen: bool) -> Kind:
    """Return the kind of the values in a column; mixed values are texts."""
    found: set[Kind] = set()
    for value in values:
        if isinstance(value, ox.NamedNode):
            found.add("id" if value.value.startswith(terms.ID) else "iri")
        else:
            found.add(_KINDS.get(value.datatype.value.removeprefix(terms.XSD), "text"))
    if found == {"id", "iri"}:
        return "iri"
    kind = found.pop() if len(found) == 1 else "text"
    return "yen" if kind == "integer" and in_yen else kind


def things_table(tables: Iterable[Sheet], names: ThingNames) -> Sheet:
    """Return the table of all entities that occur in the tables, with the table that describes each."""
    held: dict[str, set[str]] = defaultdict(set)
    for table in tables:
        for column in table.columns:
            if column.kind == "id":
                for cell in table.values(column.name):
                    for thing in cell:
                        held[thing] |= {table.name} if column.name == "id" and table.cls else set()
    rows = [
        {
            "id": thing,
            "iri": iri,
            "name_en": names.of(iri, "en"),
            "name_ja": names.of(iri, "ja"),
            "table": sorted(held[thing]),
        }
        for thing in sorted(held)
        for iri in [thing if ":" in thing else terms.ID + thing]
    ]
    described = Field("table", {"en": "Table", "ja": "表"}, separator="")
    note = {
        "en": "Every entity that occurs in a table, and the table that describes it.",
        "ja": "表に現れるすべてのものと、それを記述する表。",
    }
    return make_table(
        THINGS, {"en": "All entities", "ja": "全項目"}, [ID, IRI, *NAMES, described], rows, about="{+iri}", note=note
    )
