"""The data of the network: roles, the money behind them, and the size of the nodes."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.errors import unknown
from kg.funding import scope
from kg.funding.scope import Ask, Money, Names, Scope
from kg.money.working import Row, Working
from kg.rdf.nodes import value

SIZES = ("amount", "degree", "betweenness")
Node = tuple[str, str]  # its layer, its IRI
LAYERS = ("m", "p", "i", "h")
MOST = (20, 50, 40, 20)


@dataclass(frozen=True)
class Edge:
    """A role, from giver to recipient, with the money behind it (None: no amount is printed)."""

    source: tuple[str, str]
    target: tuple[str, str]
    role: str
    working: Working | None


@dataclass(frozen=True)
class Network:
    """The nodes of each layer in a fixed order, the edges, and the size of each node by measure.

    Sizes are yen, numbers of links, or a betweenness from 0 to 1; `largest` is the yen of the largest programme.
    """

    choice: Scope
    measure: str
    money: Money
    names: Names
    layers: tuple[tuple[str, ...], ...]
    edges: tuple[Edge, ...]
    sizes: Mapping[str, Mapping[Node, float]]
    totals: Mapping[tuple[str, str], Working]
    largest: int
    left_out: Mapping[str, tuple[int, Working]]


def read(ask: Ask, choice: Scope) -> Network:
    """Return the network from `roles`, its money from `funding` and `funding-links`.

    Raises UsageError for an unknown measure.
    """
    measure = choice.size or SIZES[0]
    if measure not in SIZES:
        raise unknown("measure", measure, SIZES)
    money = scope.read_money(ask, replace(choice, size=None))
    every = scope.read_money(ask, replace(choice, size=None, fiscal_year=scope.ANY, phase=scope.ANY))
    largest = max([money.again(rows).total.known for rows in _by_programme(every).values()] + [1])
    roles = ask("roles", choice.given("evidence"))
    edges = edges_of(money, roles)
    names = scope.read_names(
        ask, money.answer, every.answer, roles, ask("funding-links", choice.given("evidence")), ask("documents", {})
    )
    totals = totals_of(money)
    edges, layers, left_out = _gather(money, edges, totals)
    nodes = [(layer, node) for layer, column in zip(LAYERS, layers, strict=True) for node in column]
    measured = {each: sizes(each, nodes, edges, totals) for each in SIZES}
    return Network(choice, measure, money, names, layers, edges, measured, totals, largest, left_out)


def _by_programme(money: Money) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in money.working.rows:
        found[value(row, "programme")].append(row)
    return found


def edges_of(money: Money, answer: Iterable[Row]) -> tuple[Edge, ...]:
    """Return the edges of programmes with lines in scope, and the hubs of their institutions."""
    roles = [(value(r, "institution"), value(r, "role"), value(r, "thing")) for r in answer]
    rows_of = _by_programme(money)
    edges = []
    for institution, role, thing in roles:
        if thing not in rows_of:
            continue
        dimension = "ministry" if role == "administers" else "institution"
        shares = ((row, money.served(row, dimension).get(institution)) for row in rows_of[thing])
        rows = [money.serving(row, share) for row, share in shares if share is not None]
        working = money.again(rows) if rows else None
        if role == "administers":
            edges.append(Edge(("m", institution), ("p", thing), role, working))
        elif role != "hosts":
            edges.append(Edge(("p", thing), ("i", institution), role, working))
    reached = {edge.target[1] for edge in edges if edge.target[0] == "i"}
    edges += [Edge(("i", i), ("h", thing), role, None) for i, role, thing in roles if role == "hosts" and i in reached]
    return tuple(edges)


def totals_of(money: Money) -> dict[Node, Working]:
    """Return the working of each ministry, programme and institution."""
    rows: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in money.working.rows:
        for layer, dimension in (("m", "ministry"), ("p", "programme"), ("i", "institution")):
            for thing, whole in money.served(row, dimension).items():
                rows[layer, thing].append(money.serving(row, whole))
    return {node: money.again(each) for node, each in rows.items()}


def _gather(
    money: Money, edges: Sequence[Edge], totals: Mapping[tuple[str, str], Working]
) -> tuple[tuple[Edge, ...], tuple[tuple[str, ...], ...], dict[str, tuple[int, Working]]]:
    """Return edges and layers; beyond MOST, the nodes with least money are left out, counted, and summed together."""
    found: dict[str, dict[str, None]] = {layer: {} for layer in LAYERS}
    for edge in edges:
        for layer, node in (edge.source, edge.target):
            found[layer][node] = None

    def size(node: tuple[str, str]) -> int:
        return totals[node].total.known if node in totals else 0

    kept, left_out = {}, {}
    for layer, most in zip(LAYERS, MOST, strict=True):
        ranked = sorted(found[layer], key=lambda n, layer=layer: (-size((layer, n)), n))  # type: ignore[misc]
        kept[layer] = ranked[:most]
        if len(ranked) > most:
            rows = [row for n in ranked[most:] if (layer, n) in totals for row in totals[layer, n].rows]
            left_out[layer] = (len(ranked) - most, money.again(rows))
    edges = [e for e in edges if e.source[1] in kept[e.source[0]] and e.target[1] in kept[e.target[0]]]
    ministries = {n: i for i, n in enumerate(kept["m"])}
    rank: dict[tuple[str, str], int] = {}
    for edge in edges:
        if edge.source[0] == "m":
            rank[edge.target] = min(rank.get(edge.target, 99), ministries[edge.source[1]])
    programmes = sorted(kept["p"], key=lambda n: (rank.get(("p", n), 99), -size(("p", n)), n))
    layers = [kept["m"], programmes]
    for layer in ("i", "h"):
        before = {n: i for i, n in enumerate(layers[-1])}
        places: dict[str, list[int]] = defaultdict(list)
        for edge in edges:
            if edge.target[0] == layer:
                places[edge.target[1]].append(before[edge.source[1]])
        layers.append(sorted(kept[layer], key=lambda n, p=places: (sum(p[n]) / len(p[n]) if p[n] else 99, n)))  # type: ignore[misc]
    return tuple(edges), tuple(map(tuple, layers)), left_out


def sizes(
    measure: str, nodes: Sequence[Node], edges: Sequence[Edge], totals: Mapping[Node, Working]
) -> dict[Node, float]:
    """Return the size of nodes by a measure: yen, number of links, or betweenness from 0 to 1."""
    if measure == "amount":
        return {n: float(totals[n].total.known) if n in totals else 0.0 for n in nodes}
    if measure == "degree":
        return {n: float(sum(n in (e.source, e.target) for e in edges)) for n in nodes}
    import networkx as nx

    graph: nx.Graph[Node] = nx.Graph()
    graph.add_nodes_from(nodes)
    graph.add_edges_from((e.source, e.target) for e in edges)
    return dict(nx.betweenness_centrality(graph))
