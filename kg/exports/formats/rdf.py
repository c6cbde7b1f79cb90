"""The RDF formats."""

import re
from collections.abc import Collection, Iterable, Iterator

import pyoxigraph as ox

from kg import terms
from kg.errors import DataError
from kg.exports.registry import form
from kg.exports.select import Selection
from kg.rdf.write import to_nquads, to_trig, to_turtle

_NAME = re.compile(r"[A-Za-z_À-￿][\w.\-À-￿]*$")
_NAMED = terms.SKOS + "prefLabel"
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f￾￿]")


def labelled(quads: Collection[ox.Quad], language: str) -> Iterator[ox.Quad]:
    """Yield the statements, and the name of each term and entity in one language as rdfs:label.

    OWL tools show rdfs:label, and expect one: ROBOT reports a second, in whatever language, as an error. Where no name
    is in the language, as in an export of one language only, the names of another serve.
    """
    yield from quads
    names = [quad for quad in quads if quad.predicate.value == _NAMED]
    spoken = sorted({_language(name) for name in names})
    chosen = language if language in spoken else next(iter(spoken), "")
    for name in names:
        if _language(name) == chosen:
            yield ox.Quad(name.subject, ox.NamedNode(terms.RDFS + "label"), name.object, name.graph_name)


def _language(name: ox.Quad) -> str:
    return (name.object.language or "") if isinstance(name.object, ox.Literal) else ""


def _triples(selection: Selection) -> set[ox.Triple]:
    return {quad.triple for quad in labelled(selection.quads, selection.language)}


@form("nq", ".nq", "application/n-quads")
def nquads(selection: Selection) -> str:
    """N-Quads: one statement per line, with its graph."""
    return to_nquads(labelled(selection.quads, selection.language))


@form("trig", ".trig", "application/trig")
def trig(selection: Selection) -> str:
    """TriG: Turtle with named graphs."""
    return to_trig(labelled(selection.quads, selection.language))


@form("ttl", ".ttl", "text/turtle")
def turtle(selection: Selection) -> str:
    """Turtle."""
    return to_turtle(_triples(selection))


@form("nt", ".nt", "application/n-triples")
def ntriples(selection: Selection) -> str:
    """N-Triples: one statement per line."""
    return "".join(sorted(f"{t} .\n" for t in _triples(selection)))


@form("rdfxml", ".rdf", "application/rdf+xml")
def rdfxml(selection: Selection) -> str:
    """RDF/XML."""
    return to_rdfxml(_triples(selection))


def to_rdfxml(triples: Iterable[ox.Triple]) -> str:
    """Return triples as RDF/XML, sorted.

    Raises DataError for what XML cannot express: a predicate without an XML name at its end, or a control character.
    """
    ordered = sorted(set(triples), key=lambda t: (str(t.subject), t.predicate.value, str(t.object)))
    for t in ordered:
        if not _NAME.search(t.predicate.value):
            raise DataError(f"RDF/XML cannot name the predicate {t.predicate.value}; use another format")
        if isinstance(t.object, ox.Literal) and (found := _CONTROL.search(t.object.value)):
            raise DataError(
                f"RDF/XML cannot hold the control character {found[0]!r} of {t.subject}; use another format"
            )
    prefixes = {p: ns for p, ns in terms.PREFIXES.items() if any(t.predicate.value.startswith(ns) for t in ordered)}
    text = (ox.serialize(ordered, format=ox.RdfFormat.RDF_XML, prefixes=prefixes) or b"").decode()
    # The serialiser writes namespaces in random order.
    return re.sub(r"(?<=<rdf:RDF)((?: xmlns:[\w-]+=\"[^\"]*\")+)", lambda m: _sorted_attributes(m[1]), text, count=1)


def _sorted_attributes(text: str) -> str:
    return "".join(sorted(re.findall(r" xmlns:[\w-]+=\"[^\"]*\"", text)))


@form("jsonld", ".jsonld", "application/ld+json")
def jsonld(selection: Selection) -> str:
    """JSON-LD: short keys, language maps, one node per entity.

    Raises DataError for triples as values and texts with a direction, which are new in RDF 1.2.
    """
    from kg.exports.jsonld import to_jsonld

    return to_jsonld(ox.Quad(t.subject, t.predicate, t.object) for t in _triples(selection))


@form("jsonld-dataset", ".jsonld", "application/ld+json")
def jsonld_dataset(selection: Selection) -> str:
    """JSON-LD with named graphs: one node per entity in each. Raises DataError as `jsonld` does."""
    from kg.exports.jsonld import to_jsonld

    return to_jsonld(labelled(selection.quads, selection.language))


@form("jsonld-framed", ".jsonld", "application/ld+json")
def framed(selection: Selection) -> str:
    """JSON-LD trees: each programme with its lines, amounts, appropriations and roles nested in it."""
    from kg.exports.jsonld import to_framed

    return to_framed(_triples(selection))
