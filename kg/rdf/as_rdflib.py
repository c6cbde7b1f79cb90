"""Statements as rdflib's own objects, with the prefixes of the dataset; rdflib is imported only here, when needed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg import terms
from kg.errors import DataError
from kg.rdf.prefixes import prefixes_of

if TYPE_CHECKING:
    import rdflib

    Node = rdflib.URIRef | rdflib.BNode | rdflib.Literal


def to_graph(quads: Iterable[ox.Quad]) -> rdflib.Graph:
    """Return the statements as an rdflib.Graph, without their named graphs.

    Raises DataError for a statement about a statement (RDF 1.2), which rdflib does not know.
    """
    import rdflib

    every, node = list(quads), _nodes()
    graph = rdflib.Graph()
    for quad in every:
        graph.add((node(quad.subject), node(quad.predicate), node(quad.object)))
    _bind(graph, every)
    return graph


def to_dataset(quads: Iterable[ox.Quad]) -> rdflib.Dataset:
    """Return the statements as an rdflib.Dataset with their named graphs, whose default graph is the union of these.

    Raises DataError as to_graph does.
    """
    import rdflib
    from rdflib.graph import DATASET_DEFAULT_GRAPH_ID

    every, node = list(quads), _nodes()
    dataset = rdflib.Dataset(default_union=True)
    _bind(dataset, every)
    names = {quad.graph_name for quad in every}
    graphs = {n: dataset.graph(DATASET_DEFAULT_GRAPH_ID if isinstance(n, ox.DefaultGraph) else node(n)) for n in names}
    for quad in every:
        graphs[quad.graph_name].add((node(quad.subject), node(quad.predicate), node(quad.object)))
    return dataset


def _bind(graph: rdflib.Graph, quads: Iterable[ox.Quad]) -> None:
    """Bind the prefixes of the dataset, also where rdflib has a namespace of its own under the name."""
    for prefix, namespace in {**prefixes_of(quads), **terms.PREFIXES}.items():
        graph.bind(prefix, namespace, override=True, replace=True)


def _nodes() -> Callable[[object], Node]:
    """Return the conversion of a term, which makes each term once: 40,000 statements have 10,000 terms."""
    import rdflib

    @cache
    def node(term: object) -> Node:
        if isinstance(term, ox.NamedNode):
            return rdflib.URIRef(term.value)
        if isinstance(term, ox.BlankNode):
            return rdflib.BNode(term.value)
        if not isinstance(term, ox.Literal):
            raise DataError(f"rdflib has no statements about statements (RDF 1.2): {term}")
        if term.language:
            return rdflib.Literal(term.value, lang=term.language)
        if term.datatype.value == terms.XSD + "string":
            return rdflib.Literal(term.value)
        return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value), normalize=False)

    return node
