"""The institution-funding network: who administers, carries out and receives what, for which domain, with the money.

It is drawn from the printed amounts and what each serves, as the stored questions `funding` and `funding-links` give
them; never from reachability, which would let money for one domain shine on another. networkx holds it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg import terms
from kg.funding.scope import Money, Scope, asker, institutions, narrowest, read_money
from kg.money.interval import Interval
from kg.money.working import Row
from kg.rdf.nodes import value
from kg.stores.embedded import Store

if TYPE_CHECKING:
    import networkx as nx

KINDS = ("ministry", "programme", "institution", "domain", "part")


@dataclass(frozen=True)
class Link:
    """One edge: one printed amount between two nodes.

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
        """Return the attributes of the edge that have a value; the graph formats have no null."""
        names = ("relation", "lower", "upper", "year", "phase", "evidence", "page", "line", "listed_amount", "listing")
        found = {name: getattr(self, name) for name in (*names, "appropriation")}
        return {name: content for name, content in found.items() if content not in {None, ""}}


def make_network(store: Store, choice: Scope | None = None) -> nx.MultiDiGraph[str]:
    """Return the network of a choice (by default the year and phase that `funding` takes).

    Nodes are IRIs with `kind`, `label_en`, `label_ja`, `lower`, `upper` (yen, nothing counted twice; no `upper`:
    undetermined), `known` (what is determined of the upper bound) and `printed` (amounts).
    Edges carry the attributes of Link. Raises UsageError as the question does.
    """
    import networkx as nx

    money = read_money(asker(store), choice or Scope())
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
    """Return the sum of the amounts that serve a node; an amount that serves it only in part is an upper limit."""
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
    """Return the first role that `roles` gives for each institution and programme."""
    found: dict[tuple[str, str], str] = {}
    for row in asker(store)("roles", {}):
        found.setdefault((value(row, "institution"), value(row, "thing")), value(row, "role"))
    return found


def of_kind(graph: nx.MultiDiGraph[str], *kinds: str) -> list[str]:
    """Return the nodes of the given kinds, sorted."""
    return sorted(n for n, data in graph.nodes(data=True) if data["kind"] in kinds)
