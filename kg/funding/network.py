"""The institution-funding network: who administers, carries out and receives what, for which domain, with the money.

It is drawn from the printed amounts and what each serves, as the stored questions `funding` and `funding-links` give
them; never from reachability, which would let money for one domain shine on another. networkx holds it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from kg import terms
from kg.funding.scope import ANY, Money, Scope, asker, institutions, narrowest, read_evidence, read_money
from kg.money.working import Row
from kg.rdf.nodes import value
from kg.stores.embedded import Store

if TYPE_CHECKING:
    import networkx as nx

KINDS = ("ministry", "programme", "institution", "domain", "part")


Edge = tuple[str, str, dict[str, str | int]]  # from, to, and the attributes that `make_network` describes


@dataclass(frozen=True)
class Lines:
    """The money within a scope by line: the kind of each node, its lines, and each edge with the line behind it."""

    money: Money
    kinds: Mapping[str, str]
    rows: Mapping[str, list[Row]]
    edges: tuple[tuple[Edge, Row], ...]


def make_network(store: Store, choice: Scope | None = None) -> nx.MultiDiGraph[str]:
    """Return the network within a scope (by default the default year and phase of `funding`).

    Nodes are IRIs with `kind`, `label_en`, `label_ja`, `lower`, `upper` (yen, nothing counted twice; no `upper` if
    nothing bounds an amount), `known` (the upper bound without such amounts) and `printed` (amounts).
    An edge is one printed amount between two nodes: `relation`, `year`, `phase`, `evidence`, `page`, `line`, the names
    `listed_amount`, `listing` and `appropriation`, and the yen of this amount that pass here (`lower`, `upper`; no
    `upper`: undetermined). The same appropriation may be printed several times: add up over distinct `appropriation`s,
    or take the totals of the nodes or of `make_flows`, which do. Raises UsageError as the question does.
    """
    lines = _read(store, choice or Scope())
    graph = _with_nodes(lines)
    every = (edge for edge, _ in lines.edges)
    for source, target, data in sorted(every, key=lambda e: (*e[:2], e[2]["relation"], e[2]["listed_amount"])):
        graph.add_edge(source, target, f"{data['relation']}:{terms.local_name(str(data['listed_amount']))}", **data)
    return graph


def make_flows(store: Store, choice: Scope | None = None) -> nx.MultiDiGraph[str]:
    """Return the network within a scope (by default of all years and phases), one edge a pair, fiscal year and phase.

    Nodes are those of make_network. An edge has `relation`, `year`, `phase`; `lower` and `upper` (yen, nothing counted
    twice; no `upper` if nothing bounds an amount); `weight`: the upper bound in yen of what is bounded, and none where
    nothing is; `lines`: how many printed amounts are behind it, and of these, separated by blanks, `listed_amounts`,
    `listings`, `appropriations`, `passages`, `pages` and `evidence`. Raises UsageError as the question does.
    """
    choice = everything(choice or Scope())
    lines = _read(store, choice)
    graph = _with_nodes(lines)
    together: dict[tuple[str, str, str, str], list[tuple[dict[str, str | int], Row]]] = defaultdict(list)
    for (source, target, data), row in lines.edges:
        together[source, target, str(data.get("year", "")), str(data.get("phase", ""))].append((data, row))
    for (source, target, year, phase), parts in sorted(together.items()):
        total = lines.money.again([row for _, row in parts]).total
        known: dict[str, str | int] = {} if total.upper is None else {"upper": total.upper}
        weight: dict[str, str | int] = {"weight": total.known} if total.known else {}
        found: dict[str, str | int] = {
            "relation": str(parts[0][0]["relation"]),
            "lower": total.lower,
            **known,
            **weight,
            "year": year,
            "phase": phase,
            "lines": len({str(line["listed_amount"]) for line, _ in parts}),
            **{name: _joined(line.get(of, "") for line, _ in parts) for name, of in _OF_LINES.items()},
        }
        kept = {name: content for name, content in found.items() if content != ""}  # formats have no null
        graph.add_edge(source, target, f"{year}:{phase}", **kept)
    return graph


_OF_LINES = {
    "evidence": "evidence",
    "pages": "page",
    "passages": "passage",
    "listed_amounts": "listed_amount",
    "listings": "listing",
    "appropriations": "appropriation",
}


def everything(choice: Scope) -> Scope:
    """Return a scope with all years and phases where it names none."""
    return replace(choice, fiscal_year=choice.fiscal_year or ANY, phase=choice.phase or ANY)


def things_within(store: Store, choice: Scope) -> list[str]:
    """Return what the money within a scope is about: the nodes of the network and the lines, with their sources.

    Raises UsageError as the question does.
    """
    lines = _read(store, everything(choice))
    columns = ("listedAmount", "listing", "appropriation", "source")
    found = {value(row, name) for row in lines.money.working.rows for name in columns}
    return sorted({*lines.kinds, *found} - {""})


def _joined(values: Iterable[str | int]) -> str:
    return " ".join(dict.fromkeys(str(v) for v in values if v != ""))


def _read(store: Store, choice: Scope) -> Lines:
    ask = asker(store)
    money, evidence = read_money(ask, choice), read_evidence(ask, choice.evidence)
    roles = _roles(store)
    rows: dict[str, list[Row]] = defaultdict(list)
    kinds: dict[str, str] = {}
    edges: list[tuple[Edge, Row]] = []
    for row in money.working.rows:
        for kind, thing, edge, counted in _edges(row, money, roles, evidence):
            kinds.setdefault(thing, kind)
            rows[thing].append(row)
            edges += [(edge, counted)] if edge else []
    return Lines(money, kinds, rows, tuple(edges))


def _with_nodes(lines: Lines) -> nx.MultiDiGraph[str]:
    import networkx as nx

    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for thing in sorted(lines.kinds, key=lambda t: (KINDS.index(lines.kinds[t]), t)):
        total = lines.money.again(lines.money.rows_for(lines.kinds[thing], thing)).total
        attributes: dict[str, Any] = {
            "kind": lines.kinds[thing],
            "label_en": lines.money.names.full(thing, "en"),
            "label_ja": lines.money.names.full(thing, "ja"),
            "lower": total.lower,
            "known": total.known,
            "printed": len({value(row, "listedAmount") for row in lines.rows[thing]}),
        }
        if total.upper is not None:
            attributes["upper"] = total.upper
        graph.add_node(thing, **attributes)
    return graph


def _edges(
    row: Row, money: Money, roles: Mapping[tuple[str, str], str], evidence: Mapping[tuple[str, str, str], str]
) -> Iterable[tuple[str, str, Edge | None, Row]]:
    line, programme = value(row, "listedAmount"), value(row, "programme")

    def edge(kind: str, thing: str, relation: str, whole: bool) -> tuple[str, str, Edge, Row]:
        ends = (thing, programme) if kind == "ministry" else (programme, thing)
        counted = money.serving(row, whole)
        return kind, thing, _edge(*ends, relation, counted, evidence.get((line, kind, thing), "")), counted

    yield "programme", programme, None, row
    for ministry, whole in money.served(row, "ministry").items():
        yield edge("ministry", ministry, "administers", whole)
    for institution, whole in institutions(money, line).items():
        yield edge("institution", institution, roles.get((institution, programme), "carries out"), whole)
    for domain, whole in narrowest(money, line).items():
        yield edge("domain", domain, "serves", whole)
    for part, whole in money.served(row, "part").items():
        yield edge("part", part, "is listed under", whole)


def _edge(source: str, target: str, relation: str, row: Row, evidence: str) -> Edge:
    amount = value(row, "amount")
    known: dict[str, str | int] = {"upper": int(amount)} if amount else {}
    data: dict[str, str | int] = {
        "relation": relation,
        "lower": int(amount) if amount and value(row, "share") == "whole" else 0,
        **known,
        "year": value(row, "fiscalYear"),
        "phase": terms.local_name(value(row, "phase")),
        "evidence": evidence,
        "page": int(value(row, "page") or 0),
        "line": int(value(row, "line") or 0),
        "passage": value(row, "source"),  # of its document
        "listed_amount": value(row, "listedAmount"),
        "listing": value(row, "listing"),
        "appropriation": value(row, "appropriation"),
    }
    return source, target, {name: content for name, content in data.items() if content != ""}  # formats have no null


def _roles(store: Store) -> dict[tuple[str, str], str]:
    """Return the first role that `roles` gives for each institution and programme."""
    found: dict[tuple[str, str], str] = {}
    for row in asker(store)("roles", {}):
        found.setdefault((value(row, "institution"), value(row, "thing")), value(row, "role"))
    return found


def of_kind(graph: nx.MultiDiGraph[str], *kinds: str) -> list[str]:
    """Return the nodes of the given kinds, sorted."""
    return sorted(n for n, data in graph.nodes(data=True) if data["kind"] in kinds)
