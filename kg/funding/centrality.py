"""Centrality of ministries and institutions in the funding network, and what they share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from kg.funding.network import of_kind

if TYPE_CHECKING:
    import networkx as nx


@dataclass(frozen=True)
class Centrality:
    """Measures of an institution: `degree` counts neighbours, `lower`/`upper` are in yen, `community` is a group."""

    institution: str
    degree: int
    lower: int
    upper: int | None
    betweenness: float
    pagerank: float
    community: int


def central_institutions(graph: nx.MultiDiGraph[str]) -> list[Centrality]:
    """Return ministries and institutions, most central first (by betweenness, then degree).

    Measured on the simple undirected graph of ministries, programmes, institutions and domains.
    """
    import networkx as nx

    simple: nx.Graph[str] = nx.Graph(graph.subgraph(of_kind(graph, "ministry", "programme", "institution", "domain")))
    # Some measures break ties by the order of nodes, so it is fixed.
    ordered: nx.Graph[str] = nx.Graph()
    ordered.add_nodes_from(sorted(simple))
    ordered.add_edges_from(sorted((min(one, other), max(one, other)) for one, other in simple.edges()))
    between, rank = nx.betweenness_centrality(ordered), pagerank(ordered)
    groups = nx.community.greedy_modularity_communities(ordered)
    community = {node: number for number, members in enumerate(groups, 1) for node in members}
    found = [
        Centrality(
            node,
            ordered.degree(node),
            graph.nodes[node]["lower"],
            graph.nodes[node].get("upper"),
            round(between[node], 6),
            round(rank[node], 6),
            community[node],
        )
        for node in of_kind(graph, "ministry", "institution")
    ]
    return sorted(found, key=lambda c: (-c.betweenness, -c.degree, c.institution))


def with_measures(graph: nx.MultiDiGraph[str]) -> nx.MultiDiGraph[str]:
    """Return the network with degree, betweenness, pagerank and community on its ministries and institutions."""
    for found in central_institutions(graph):
        node = graph.nodes[found.institution]
        node.update({name: getattr(found, name) for name in ("degree", "betweenness", "pagerank", "community")})
    return graph


def pagerank(graph: nx.Graph[str], damping: float = 0.85, tolerance: float = 1e-10) -> dict[str, float]:
    """Return the PageRank of each node of an undirected graph, by power iteration (Page and Brin, 1998).

    As networkx gives it, which needs scipy to do so: some hundred megabytes for a graph of a hundred nodes.
    """
    rank = dict.fromkeys(graph, 1 / max(len(graph), 1))
    for _ in range(1_000):
        lost = sum(rank[node] for node in graph if not graph.degree(node))
        rest = (1 - damping + damping * lost) / len(graph)
        new = {node: rest + damping * sum(rank[other] / graph.degree(other) for other in graph[node]) for node in graph}
        if sum(abs(new[node] - rank[node]) for node in graph) < tolerance:
            return new
        rank = new
    return rank


def institutions_sharing(graph: nx.MultiDiGraph[str]) -> nx.Graph[str]:
    """Return the network of institutions: `weight` counts shared programmes and domains, `shared` lists them."""
    import networkx as nx

    reached: dict[str, set[str]] = defaultdict(set)
    for institution in of_kind(graph, "institution"):
        for programme in graph.predecessors(institution):
            reached[institution].add(programme)
            reached[institution] |= {d for d in graph.successors(programme) if graph.nodes[d]["kind"] == "domain"}
    return _joined(nx.Graph(), graph, reached)


def _joined(found: nx.Graph[str], graph: nx.MultiDiGraph[str], reached: Mapping[str, set[str]]) -> nx.Graph[str]:
    for node in sorted(reached):
        found.add_node(node, **graph.nodes[node])
    for one, other in combinations(sorted(reached), 2):
        if shared := reached[one] & reached[other]:
            found.add_edge(one, other, weight=len(shared), shared=" ".join(sorted(shared)))
    return found


def ministries_and_domains(graph: nx.MultiDiGraph[str]) -> nx.Graph[str]:
    """Return the network of ministries and domains: `weight` counts the linking programmes, `through` lists them."""
    import networkx as nx

    found: nx.Graph[str] = nx.Graph()
    for ministry in of_kind(graph, "ministry"):
        through: dict[str, set[str]] = defaultdict(set)
        for programme in graph.successors(ministry):
            for domain in graph.successors(programme):
                if graph.nodes[domain]["kind"] == "domain":
                    through[domain].add(programme)
        found.add_node(ministry, **graph.nodes[ministry])
        for domain, programmes in sorted(through.items()):
            found.add_node(domain, **graph.nodes[domain])
            found.add_edge(ministry, domain, weight=len(programmes), through=" ".join(sorted(programmes)))
    return found
