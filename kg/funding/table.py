"""The funding network as tables: institutions by centrality, pairs that share programmes, ministries and domains."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg import terms
from kg.funding.centrality import central_institutions, institutions_sharing, ministries_and_domains, with_measures
from kg.questions.answer import NONE, Answer, Column, agreeing, labels_of, text_of
from kg.stores.embedded import Store, Term
from kg.terms import Text

if TYPE_CHECKING:
    import networkx as nx

    Graph = nx.Graph[str]
    Rows = tuple[tuple[Term | None, ...], ...]

_INSTITUTIONS = (
    Column("institution", {"en": "Institution", "ja": "機関"}),
    Column("degree", {"en": "Links", "ja": "つながり"}, "number"),
    Column("lower", {"en": "At least", "ja": "下限"}, "yen", NONE),
    Column("upper", {"en": "At most", "ja": "上限"}, "yen", NONE),
    Column("betweenness", {"en": "Betweenness", "ja": "媒介中心性"}),
    Column("pagerank", {"en": "PageRank", "ja": "ページランク"}),
    Column("community", {"en": "Community", "ja": "コミュニティ"}),
)
_SHARING = (
    Column("one", {"en": "Institution", "ja": "機関"}),
    Column("other", {"en": "Shares with", "ja": "共有する機関"}),
    Column("count", {"en": "In common", "ja": "共有数"}, "number"),
    Column("shared", {"en": "Programmes and domains", "ja": "共有する事業・領域"}),
)
_MINISTRIES = (
    Column("ministry", {"en": "Ministry", "ja": "府省"}),
    Column("domain", {"en": "Domain", "ja": "領域"}),
    Column("count", {"en": "Programmes", "ja": "事業数"}, "number"),
    Column("through", {"en": "Through", "ja": "経由する事業"}),
)


def institutions(graph: nx.MultiDiGraph[str]) -> tuple[tuple[Column, ...], Rows]:
    """Return ministries and institutions with their measures, most central first; amounts in yen."""
    found = central_institutions(graph)
    names = [column.name for column in _INSTITUTIONS[1:]]
    rows = tuple((ox.NamedNode(c.institution), *(_number(getattr(c, name)) for name in names)) for c in found)
    return _INSTITUTIONS, rows


def sharing(graph: Graph) -> tuple[tuple[Column, ...], Rows]:
    """Return the pairs of institutions that share programmes or domains, those with most in common first."""
    return _SHARING, _pairs(graph, "institution", "shared")


def ministries(graph: Graph) -> tuple[tuple[Column, ...], Rows]:
    """Return ministries with the domains that their programmes serve, and the number of these programmes."""
    return _MINISTRIES, _pairs(graph, "ministry", "through")


def _pairs(graph: Graph, first: str, between: str) -> Rows:
    """Return one row for each edge, starting with its node of the kind `first`."""
    rows = []
    for one, other, data in graph.edges(data=True):
        pair = sorted((one, other), key=lambda node: (graph.nodes[node]["kind"] != first, node))
        rows.append((-data["weight"], *pair, data[between]))
    return tuple(
        (ox.NamedNode(one), ox.NamedNode(other), _number(-less), ox.Literal(shared))
        for less, one, other, shared in sorted(rows)
    )


def _number(number: float | None) -> Term | None:
    if number is None:
        return None
    kind = "integer" if isinstance(number, int) else "decimal"
    text = str(number) if isinstance(number, int) else f"{number:.6f}"
    return ox.Literal(text, datatype=ox.NamedNode(terms.XSD + kind))


@dataclass(frozen=True)
class View:
    """One view of the network: its projection, its table, and the sentence above the table."""

    project: Callable[[nx.MultiDiGraph[str]], Graph]
    table: Callable[..., tuple[tuple[Column, ...], Rows]]
    sentence: Text


VIEWS = {
    "institutions": View(
        with_measures,
        institutions,
        {
            "en": "{rows} ministries and institutions, most central first",
            "ja": "府省・機関{rows}件、中心性の高い順",
        },
    ),
    "sharing": View(
        institutions_sharing,
        sharing,
        {
            "en": "{rows} pair(|s) of institutions with programmes or domains in common",
            "ja": "事業・領域を共有する機関の組{rows}件",
        },
    ),
    "ministries": View(
        ministries_and_domains,
        ministries,
        {"en": "{rows} pair(|s) of a ministry and a domain", "ja": "府省と領域の組{rows}件"},
    ),
}


def as_table(graph: Graph, view: str, store: Store, language: str = "en") -> Answer:
    """Return the table of a view of the network; cells with several names are in the given language."""
    columns, rows = VIEWS[view].table(graph)
    if columns[-1].name in {"shared", "through"}:
        iris = [[ox.NamedNode(iri) for iri in getattr(row[-1], "value", "").split()] for row in rows]
        names = labels_of(store, iris)
        joined = ["; ".join(text_of(node, names, language) for node in nodes) for nodes in iris]
        rows = tuple((*row[:-1], ox.Literal(text)) for row, text in zip(rows, joined, strict=True))
    said = {lang: agreeing(text, len(rows)).format(rows=len(rows)) for lang, text in VIEWS[view].sentence.items()}
    return Answer(f"network-{view}", {}, columns, rows, said, labels=labels_of(store, rows))
