"""The institution-funding network: who administers, carries out and receives what, for which domain, with the money.

It is drawn from the printed amounts and what each serves, as the stored questions `funding` and `funding-links` give
them; never from reachability, which would let money for one domain shine on another. networkx holds it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

from kg import terms
from kg.money import Interval
from kg.pictures.figures import Choice, Money, asker, institutions, narrowest, read_money, value
from kg.store import Store, Term
from kg.working import Row

if TYPE_CHECKING:
    import networkx as nx

KINDS = ("ministry", "programme", "institution", "domain", "part")
RELATIONS = ("administers", "implements", "receives", "hosts", "executes", "carries out", "serves", "is listed under")


@dataclass(frozen=True)
class Link:
    """One edge: one printed amount between two things.

    `lower` and `upper` are the yen of this amount that pass here (upper None: undetermined). The same appropriation may
    be printed several times: add up over distinct `appropriation`s, or take the totals of the nodes, which do.
    """

    source: str
    target: str
    relation: str
    lower: int
    upper: int | None
    year: str
    phase: str
    evidence: str
    page: int
    line: int
    listed_amount: str
    listing: str
    appropriation: str

    def attributes(self) -> dict[str, str | int]:
        """Return the edge's attributes, those without a value left out (forms for graphs know no nothing)."""
        names = ("relation", "lower", "upper", "year", "phase", "evidence", "page", "line", "listed_amount", "listing")
        found = {name: getattr(self, name) for name in (*names, "appropriation")}
        return {name: content for name, content in found.items() if content not in {None, ""}}


@dataclass(frozen=True)
class Centrality:
    """How central an institution is: `degree` counts neighbours, `lower`/`upper` its yen, `community` its group."""

    institution: str
    degree: int
    lower: int
    upper: int | None
    betweenness: float
    pagerank: float
    community: int


def measured(store: Store, names: Sequence[str]) -> dict[str, tuple[Term | None, ...]]:
    """Return measures by institution, as terms in the order of their names, of the network of all years and phases."""
    found = central_institutions(make_network(store, Choice(fiscal_year="any")))
    return {c.institution: tuple(_term(getattr(c, name)) for name in names) for c in found}


def _term(number: float | None) -> Term | None:
    import pyoxigraph as ox

    if number is None:
        return None
    datatype = "integer" if isinstance(number, int) else "decimal"
    return ox.Literal(
        str(number) if isinstance(number, int) else f"{number:.6f}", datatype=ox.NamedNode(terms.XSD + datatype)
    )


def make_network(store: Store, choice: Choice | None = None) -> nx.MultiDiGraph[str]:
    """Return the network of a choice (by default the year and phase that `funding` takes).

    Nodes are IRIs with `kind`, `label_en`, `label_ja`, `lower`, `upper` (yen, nothing counted twice; no `upper`:
    undetermined), `known` (what is determined of the upper bound) and `printed` (amounts).
    Edges carry the attributes of Link. Raises UsageError as the question does.
    """
    import networkx as nx

    money = read_money(asker(store), choice or Choice())
    roles = _roles(store)
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    rows: dict[str, list[Row]] = defaultdict(list)
    kinds: dict[str, str] = {}
    links: list[Link] = []
    for row in money.working.rows:
        for kind, thing, link in _links(row, money, roles):
            kinds.setdefault(thing, kind)
            rows[thing].append(row)
            links += [link] if link else []
    for thing in sorted(kinds, key=lambda t: (KINDS.index(kinds[t]), t)):
        total = money.again(rows[thing]).total if kinds[thing] == "programme" else _total(money, thing, kinds[thing])
        attributes: dict[str, Any] = {
            "kind": kinds[thing],
            "label_en": money.names.full(thing, "en"),
            "label_ja": money.names.full(thing, "ja"),
            "lower": total.lower,
            "known": total.known,
            "printed": len({value(row, "listedAmount") for row in rows[thing]}),
        }
        if total.upper is not None:
            attributes["upper"] = total.upper
        graph.add_node(thing, **attributes)
    for link in sorted(links, key=lambda k: (k.source, k.target, k.relation, k.listed_amount)):
        graph.add_edge(
            link.source, link.target, f"{link.relation}:{terms.local_name(link.listed_amount)}", **link.attributes()
        )
    return graph


def _total(money: Money, thing: str, kind: str) -> Interval:
    """Return the sum of the amounts that serve a thing; what serves it in part only is a ceiling."""
    chosen: list[Row] = []
    for row in money.working.rows:
        served = money.links.get(value(row, "listedAmount"), {}).get(kind, {})
        if thing in served:
            chosen.append(row if served[thing] else _in_part(row))
    return money.again(chosen).total


def _in_part(row: Row) -> Row:
    import pyoxigraph as ox

    return {**row, "share": ox.Literal("part")}


def _links(row: Row, money: Money, roles: Mapping[tuple[str, str], str]) -> Iterable[tuple[str, str, Link | None]]:
    line, programme = value(row, "listedAmount"), value(row, "programme")
    served = money.links.get(line, {})
    yield "programme", programme, None
    for ministry in served.get("ministry", {}):
        yield "ministry", ministry, _link(ministry, programme, "administers", row, whole=True)
    for institution, whole in institutions(money, line).items():
        relation = roles.get((institution, programme), "carries out")
        yield "institution", institution, _link(programme, institution, relation, row, whole=whole)
    for domain, whole in narrowest(money, line).items():
        yield "domain", domain, _link(programme, domain, "serves", row, whole=whole)
    for part in served.get("part", {}):
        yield "part", part, _link(programme, part, "is listed under", row, whole=True)


def _link(source: str, target: str, relation: str, row: Row, *, whole: bool) -> Link:
    amount = value(row, "amount")
    exact = whole and value(row, "share") == "whole"
    return Link(
        source=source,
        target=target,
        relation=relation,
        lower=int(amount) if amount and exact else 0,
        upper=int(amount) if amount else None,
        year=value(row, "fiscalYear"),
        phase=terms.local_name(value(row, "phase")),
        evidence=terms.local_name(value(row, "link")),
        page=int(value(row, "page") or 0),
        line=int(value(row, "line") or 0),
        listed_amount=value(row, "listedAmount"),
        listing=value(row, "listing"),
        appropriation=value(row, "appropriation"),
    )


def _roles(store: Store) -> dict[tuple[str, str], str]:
    """Return what an institution does by institution and programme: the first role that `roles` gives."""
    found: dict[tuple[str, str], str] = {}
    for row in asker(store)("roles", {}):
        found.setdefault((value(row, "institution"), value(row, "thing")), value(row, "role"))
    return found


def institutions_sharing(graph: nx.MultiDiGraph[str]) -> nx.Graph[str]:
    """Return institution–institution: `weight` counts shared programmes and domains, `shared` names them."""
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
    """Return ministry–domain, joined by the programmes between them; `weight` counts these, `through` names them."""
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


def of_kind(graph: nx.MultiDiGraph[str], *kinds: str) -> list[str]:
    """Return the nodes of some kinds, sorted."""
    return sorted(n for n, data in graph.nodes(data=True) if data["kind"] in kinds)


def central_institutions(graph: nx.MultiDiGraph[str]) -> list[Centrality]:
    """Return ministries and institutions, the most central (by betweenness, then degree) first.

    Measured on the simple undirected graph of ministries, programmes, institutions and domains.
    """
    import networkx as nx

    simple: nx.Graph[str] = nx.Graph(graph.subgraph(of_kind(graph, "ministry", "programme", "institution", "domain")))
    # The order of nodes decides ties in some measures: it is fixed.
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
