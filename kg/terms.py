"""Namespaces, prefixes and named graphs, and the conversion between IRIs and short names."""

import re

Text = dict[str, str]  # by language: en, ja

VERSION = "0.1.0"  # of the package, the dataset and the ontology alike; a test compares what must repeat it
ISSUED = "2026-11-23"

BASE = "https://w3id.org/innovation-strategy/"
IS = BASE + "ontology#"
ID = BASE + "id/"
GRAPH = BASE + "graph/"

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
XSD = "http://www.w3.org/2001/XMLSchema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DCTERMS = "http://purl.org/dc/terms/"
QB = "http://purl.org/linked-data/cube#"
PROV = "http://www.w3.org/ns/prov#"

PREFIXES: dict[str, str] = {
    "is": IS,
    "id": ID,
    "graph": GRAPH,
    "rdf": RDF,
    "rdfs": RDFS,
    "owl": OWL,
    "xsd": XSD,
    "skos": SKOS,
    "dcterms": DCTERMS,
    "qb": QB,
    "prov": PROV,
    "org": "http://www.w3.org/ns/org#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "schema": "http://schema.org/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "void": "http://rdfs.org/ns/void#",
    "vann": "http://purl.org/vocab/vann/",
    "frapo": "http://purl.org/cerif/frapo/",
    "dingo": "https://w3id.org/dingo#",
    "eurio": "http://data.europa.eu/s66#",
    "obeu": "http://data.openbudgets.eu/ontology/",
    "sh": "http://www.w3.org/ns/shacl#",
    "spdx": "http://spdx.org/rdf/terms#",
    "ror": "https://ror.org/",
    "wd": "http://www.wikidata.org/entity/",
}

ONTOLOGY_GRAPH = GRAPH + "ontology"
INFERRED_GRAPH = GRAPH + "inferred"
RELEASE_GRAPH = GRAPH + "release"


def expand(curie: str) -> str | None:
    """Return the IRI of `prefix:name`, or None if the prefix is unknown.

    >>> expand("is:Programme")
    'https://w3id.org/innovation-strategy/ontology#Programme'
    """
    prefix, colon, name = curie.partition(":")
    namespace = PREFIXES.get(prefix) if colon else None
    return None if namespace is None else namespace + name


def shorten(iri: str) -> str:
    """Return the CURIE of an IRI by its longest known namespace, or the IRI itself.

    >>> shorten("https://w3id.org/innovation-strategy/id/institution/riken")
    'id:institution/riken'
    """
    best = max(
        ((ns, p) for p, ns in PREFIXES.items() if iri.startswith(ns)), default=None, key=lambda pair: len(pair[0])
    )
    return f"{best[1]}:{iri[len(best[0]) :]}" if best else iri


def local_name(iri: str) -> str:
    """Return the part after the last `#` or `/`."""
    return iri.rsplit("#", 1)[-1].rsplit("/", 1)[-1]


def agreeing(text: str, count: int) -> str:
    """Return a text with each `(one|many)` in the form that agrees with a count.

    >>> agreeing("1 ministr(y|ies)", 1)
    '1 ministry'
    """
    return re.sub(r"\(([^()|]*)\|([^()|]*)\)", r"\1" if count == 1 else r"\2", text)
