"""The funding network as tables: institutions by centrality, pairs that share programmes, ministries and domains."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg import terms
from kg.funding.centrality import central_institutions, institutions_sharing, ministries_and_domains, with_measures
from kg.paths import read_texts
from kg.questions.answer import Answer, columns_from, labels_of, text_of
from kg.rdf.nodes import Term, integer
from kg.stores.embedded import Store
from kg.terms import agreeing

if TYPE_CHECKING:
    import networkx as nx

    Graph = nx.Graph[str]

VIEWS = {
    "institutions": with_measures,
    "sharing": institutions_sharing,
    "ministries": ministries_and_domains,
}
"""How the network is projected for each view."""


def as_table(graph: Graph, view: str, store: Store, language: str = "en") -> Answer:
    """Return the table of a view of the network, amounts in yen; cells with several names are in the given language."""
    texts = read_texts("funding")
    columns = columns_from(texts["columns"][view])
    names = [column.name for column in columns]
    if view == "institutions":
        found = central_institutions(graph)  # type: ignore[arg-type]
        rows = [(ox.NamedNode(c.institution), *(_number(getattr(c, name)) for name in names[1:])) for c in found]
    else:
        rows = _pairs(graph, names[-1], store, language)
    said = {lang: agreeing(text, len(rows)).format(rows=len(rows)) for lang, text in texts["sentence"][view].items()}
    is_stated = all(data.get("evidence", "stated") == "stated" for *_, data in graph.edges(data=True))
    notes = () if is_stated else (dict(texts["note"]),)
    return Answer(f"network-{view}", {}, columns, tuple(rows), said, notes, labels=labels_of(store, rows))


def _pairs(graph: Graph, between: str, store: Store, language: str) -> list[tuple[Term | None, ...]]:
    """Return one row for each edge, a ministry before a domain, the edges with the most in common first."""
    edges = []
    for one, other, data in graph.edges(data=True):
        pair = sorted((one, other), key=lambda node: (graph.nodes[node]["kind"] != "ministry", node))
        edges.append((-data["weight"], *pair, [ox.NamedNode(iri) for iri in data[between].split()]))
    labels = labels_of(store, [nodes for *_, nodes in edges])
    return [
        (
            ox.NamedNode(one),
            ox.NamedNode(other),
            _number(-less),
            ox.Literal("; ".join(text_of(node, labels, language) for node in nodes)),
        )
        for less, one, other, nodes in sorted(edges, key=lambda edge: edge[:3])
    ]


def _number(number: float | None) -> Term | None:
    if number is None:
        return None
    if isinstance(number, int):
        return integer(number)
    return ox.Literal(f"{number:.6f}", datatype=ox.NamedNode(terms.XSD + "decimal"))
