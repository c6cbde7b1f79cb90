"""The institution-funding network: who administers, carries out and receives what, for which domain, with the money.

It is drawn from the printed amounts and what each serves, as the stored questions `funding` and `funding-links` give
them; never from reachability, which would let money for one domain shine on another. networkx holds it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from kg import terms
from kg.funding.scope import Money, Scope, asker, institutions, narrowest, read_evidence, read_money
from kg.money.working import Row
from kg.rdf.nodes import value
from kg.stores.embedded import Store

if TYPE_CHECKING:
    import networkx as nx

KINDS = ("ministry", "programme", "institution", "domain", "part")


Edge = tuple[str, str, dict[str, str | int]]  # from, to, and the attributes that `make_network` describes


def make_network(store: Store, choice: Scope | None = None) -> nx.MultiDiGraph[str]:
    """Return the network within a scope (by default the default year and phase of `funding`).

    Nodes are IRIs with `kind`, `label_en`, `label_ja`, `lower`, `upper` (yen, nothing counted twice; no `upper` if
    nothing bounds an amount), `known` (the upper bound without such amounts) and `printed` (amounts).
    An edge is one printed amount between two nodes: `relation`, `year`, `phase`, `evidence`, `page`, `line`, the names
    `listed_amount`, `listing` and `appropriation`, and the yen of this amount that pass here (`lower`, `upper`; no
    `upper`: undetermined). The same appropriation may be printed several times: add up over distinct `appropriation`s,
    or take the totals of the nodes, which do. Raises UsageError as the question does.
    """
    import networkx as nx

    ask, choice = asker(store), choice or Scope()
    money, evidence = read_money(ask, choice), read_evidence(ask, choice.evidence)
    roles = _roles(store)
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    rows: dict[str, list[Row]] = defaultdict(list)
    kinds: dict[str, str] = {}
    edges: list[Edge] = []
    for row in money.working.rows:
        for kind, thing, edge in _edges(row, money, roles, evidence):
            kinds.setdefault(thing, kind)
            rows[thing].append(row)
            edges += [edge] if edge else []
    for thing in sorted(kinds, key=lambda t: (KINDS.index(kinds[t]), t)):
        total = money.again(money.rows_for(kinds[thing], thing)).total
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
    for source, target, data in sorted(edges, key=lambda e: (*e[:2], e[2]["relation"], e[2]["listed_amount"])):
        graph.add_edge(source, target, f"{data['relation']}:{terms.local_name(str(data['listed_amount']))}", **data)
    return graph


def _edges(
    row: Row, money: Money, roles: Mapping[tuple[str, str], str], evidence: Mapping[tuple[str, str, str], str]
) -> Iterable[tuple[str, str, Edge | None]]:
    line, programme = value(row, "listedAmount"), value(row, "programme")

    def edge(kind: str, thing: str, relation: str, whole: bool) -> tuple[str, str, Edge]:
        ends = (thing, programme) if kind == "ministry" else (programme, thing)
        return kind, thing, _edge(*ends, relation, money.serving(row, whole), evidence.get((line, kind, thing), ""))

    yield "programme", programme, None
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
