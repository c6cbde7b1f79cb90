"""Readable JSON-LD: a context derived from the statements, language maps, numbers as JSON numbers."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

import pyoxigraph as ox

from kg import terms
from kg.errors import DataError

_NATIVE = 2**53  # larger JSON numbers lose digits
_KEYWORDS = {"id", "type"}
_LEADING = (terms.RDF + "type", terms.SKOS + "prefLabel", terms.SKOS + "altLabel")
Node = dict[str, Any]


def to_jsonld(quads: Iterable[ox.Quad]) -> str:
    """Return a dataset as JSON-LD 1.1, with the statements of the default graph beside the named graphs.

    Readers of one graph, such as Graph().parse of rdflib, take the statements of the default graph only.
    """
    every = list(quads)
    context, keys = make_context(q.triple for q in every)
    by_graph: dict[str, set[ox.Triple]] = defaultdict(set)
    for quad in every:
        name = quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else ""
        by_graph[name].add(quad.triple)
    graph: list[Node] = []
    for name, triples in sorted(by_graph.items()):
        nodes = _nodes(triples, keys, context)
        graph += [{"id": _short(name), "@graph": nodes}] if name else nodes
    return _text({"@context": context, "@graph": graph})


def make_context(triples: Iterable[ox.Triple]) -> tuple[dict[str, Any], dict[str, str]]:
    """Return a context for the statements, and the key of each predicate in it.

    If all values of a predicate are IRIs, of one datatype, or texts with a language, the context declares it and the
    values need no wrapper. The key is the local name of the predicate, or its CURIE where the local name is ambiguous.
    """
    values: dict[str, set[str]] = defaultdict(set)
    for t in triples:
        values[t.predicate.value].add(_kind(t.object))
    names = Counter(terms.local_name(iri) for iri in values)
    context: dict[str, Any] = {"id": "@id", "type": "@type", **dict(sorted(terms.PREFIXES.items()))}
    context["id"] = "@id"  # the dataset's own IRIs have the prefix thing:
    context["thing"] = terms.ID
    keys: dict[str, str] = {}
    for iri, kinds in sorted(values.items()):
        if iri == terms.RDF + "type":
            keys[iri] = "type"
            continue
        name = terms.local_name(iri)
        free = names[name] == 1 and name not in context and name not in _KEYWORDS
        key = name if free else terms.shorten(iri)
        kind = next(iter(kinds)) if len(kinds) == 1 else ""
        entry: dict[str, str] = {"@id": _short(iri)}
        if kind == "@language":
            entry["@container"] = "@language"
        elif kind not in {"", terms.XSD + "string"}:
            entry["@type"] = kind if kind == "@id" else _short(kind)
        context[key] = entry if len(entry) > 1 else entry["@id"]
        keys[iri] = key
    return context, keys


def _kind(term: object) -> str:
    """Return the kind of a value for the context. Raises DataError for what JSON-LD 1.1 does not have."""
    if isinstance(term, ox.Triple) or (isinstance(term, ox.Literal) and term.direction):
        what = "a text with a direction" if isinstance(term, ox.Literal) else "a triple as a value"
        raise DataError(f"JSON-LD cannot hold {what} ({term}); use another format")
    if isinstance(term, ox.Literal):
        return "@language" if term.language else term.datatype.value
    return "@id"


def _short(iri: str) -> str:
    if iri.startswith(terms.ID):
        return "thing:" + iri.removeprefix(terms.ID)
    return terms.shorten(iri)


def _nodes(triples: Iterable[ox.Triple], keys: Mapping[str, str], context: Mapping[str, Any]) -> list[Node]:
    by_subject: dict[str, dict[str, list[ox.Triple]]] = defaultdict(lambda: defaultdict(list))
    for t in sorted(triples, key=str):
        by_subject[_name(t.subject)][t.predicate.value].append(t)
    nodes = []
    for subject, predicates in sorted(by_subject.items()):
        node: Node = {"id": subject}
        for iri in sorted(predicates, key=lambda p: (_LEADING.index(p) if p in _LEADING else len(_LEADING), p)):
            objects = [t.object for t in predicates[iri]]
            node[keys[iri]] = _values(objects, context.get(keys[iri]), is_type=iri == terms.RDF + "type")
        nodes.append(node)
    return nodes


def _name(term: object) -> str:
    return f"_:{term.value}" if isinstance(term, ox.BlankNode) else _short(str(getattr(term, "value", term)))


def _values(objects: list[Any], entry: object, *, is_type: bool) -> Any:
    definition = entry if isinstance(entry, dict) else {}
    if definition.get("@container") == "@language":
        texts: dict[str, list[str]] = defaultdict(list)
        for literal in objects:
            texts[literal.language].append(literal.value)
        return {language: _one(found) for language, found in sorted(texts.items())}
    if is_type:
        return _one([_name(o) for o in objects])
    return _one([_value(o, definition.get("@type")) for o in objects])


def _value(term: object, coerced: str | None) -> Any:
    if not isinstance(term, ox.Literal):
        return _name(term) if coerced == "@id" else {"id": _name(term)}
    if term.language:
        return {"@value": term.value, "@language": term.language}
    datatype = term.datatype.value
    if datatype == terms.XSD + "string":
        return term.value
    native = _native(term.value, datatype)
    if coerced and _short(datatype) == coerced:
        return native
    return {"@value": native, "@type": _short(datatype)}


def _native(text: str, datatype: str) -> str | int | bool:
    if datatype == terms.XSD + "integer" and str(int(text)) == text and abs(int(text)) < _NATIVE:
        return int(text)
    if datatype == terms.XSD + "boolean" and text in {"true", "false"}:
        return text == "true"
    return text


def _one(found: list[Any]) -> Any:
    return found[0] if len(found) == 1 else found


def to_framed(triples: Iterable[ox.Triple]) -> str:
    """Return the funded items as JSON-LD trees, with their listings, the amounts of these, and their roles.

    A node that belongs to several trees is written out in each.
    """
    every = set(triples)
    context, keys = make_context(every)
    for name, iri in _REVERSED.items():
        context[name] = {"@reverse": _short(iri)}
    nodes = {node["id"]: node for node in _nodes(every, keys, context)}
    pointing: dict[tuple[str, str], list[str]] = defaultdict(list)
    for t in sorted(every, key=str):
        if isinstance(t.object, ox.NamedNode):
            pointing[t.predicate.value, _name(t.object)].append(_name(t.subject))

    def tree(identifier: str, frame: Mapping[str, Any]) -> Node:
        node: Node = dict(nodes[identifier])
        for key, inner in frame.items():
            if key in _REVERSED:
                below = [tree(s, inner) for s in pointing[_REVERSED[key], identifier]]
                if below:
                    node[key] = below
            elif (key_in_use := keys.get(terms.IS + key)) in node:
                there = node[key_in_use] if isinstance(node[key_in_use], list) else [node[key_in_use]]
                node[key_in_use] = _one([tree(s, inner) if s in nodes else s for s in there])
        return node

    roots = (
        pointing[terms.RDF + "type", _short(terms.IS + "FundedItem")]
        or pointing[terms.RDF + "type", _short(terms.IS + "Programme")]
    )
    return _text({"@context": context, "@graph": [tree(root, _FRAME) for root in sorted(set(roots))]})


_REVERSED = {
    "listings": terms.IS + "isListingOf",
    "amounts": terms.IS + "isAmountIn",
    "roles": terms.IS + "isRoleIn",
}
_FRAME: dict[str, Any] = {
    "listings": {"isListedUnder": {}, "isReadFrom": {}, "amounts": {"lists": {"isPortionOf": {}}, "isReadFrom": {}}},
    "roles": {"isHeldBy": {}},
}


def _text(document: Node) -> str:
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"
