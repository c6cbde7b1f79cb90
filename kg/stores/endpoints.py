"""The addresses of a store for queries, updates and graphs, which differ from vendor to vendor."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote, urlsplit, urlunsplit
from urllib.request import Request

from kg.errors import RemoteError
from kg.stores.address import check_address, shown_address
from kg.stores.http import Limits, refuse, send

_RDF = {"text/turtle", "application/n-triples", "application/rdf+xml", "application/trig", "application/ld+json"}


Way = Literal["graph-store", "update"]


@dataclass(frozen=True)
class _Layout:
    """How to derive the paths for updates and for the graph store from that for queries."""

    query: str
    update: str
    graph_store: str


_LAYOUTS = (
    _Layout(r"(.*/repositories/[^/]+)/?", r"\1/statements", r"\1/rdf-graphs/service"),  # RDF4J, GraphDB
    _Layout(r"(.*)/(?:query|sparql)", r"\1/update", r"\1/data"),  # Fuseki
    _Layout(r"(.*)/query", r"\1/update", r"\1/store"),  # Oxigraph
    _Layout(r"(.*)/query", r"\1/update", r"\1"),  # Stardog
    _Layout(r"(.*)/sparql", r"\1/sparql", r"\1/sparql/gsp/"),  # Neptune
    _Layout(r"(.*)/sparql", r"\1/sparql-auth", r"\1/sparql-graph-crud-auth"),  # Virtuoso
    _Layout(r"(.*)", r"\1", r"\1"),  # one address for everything, which Fuseki offers as well
)


@dataclass(frozen=True)
class Addresses:
    """The addresses for queries and updates, and that of the graph store (SPARQL 1.1) if there is one."""

    query: str
    update: str
    graph_store: str | None

    def of_graph(self, graph: str) -> str:
        """Return the address of a named graph in the graph store."""
        return f"{self.graph_store}?graph={quote(graph, safe='')}"


def find_addresses(
    endpoint: str,
    update: str | None = None,
    graph_store: str | None = None,
    limits: Limits | None = None,
    by: Way | None = None,
) -> Addresses:
    """Return the addresses of a store; those not given are detected by trying the usual paths.

    The graph store is preferred to updates unless `by` says otherwise. Raises UsageError for an invalid address,
    RemoteError if the store cannot be reached or accepts no changes.
    """
    endpoint = check_address(endpoint)
    update = check_address(update, "--update") if update is not None else None
    graph_store = check_address(graph_store, "--graph-store") if graph_store is not None else None
    layouts = [(update or u, graph_store or g) for u, g in _candidates(endpoint)]
    for updated, stored in layouts if by != "update" else ():
        if stored == graph_store or _is_graph_store(stored, limits):
            return Addresses(endpoint, updated, stored)
    for updated, _ in layouts if by != "graph-store" else ():
        if updated == update or _takes_updates(updated, limits):
            return Addresses(endpoint, updated, None)
    tried = ", ".join(dict.fromkeys(shown_address(address) for pair in layouts for address in pair))
    raise RemoteError(
        f"{shown_address(endpoint)}: the store accepts no changes at {tried}; set --update or --graph-store"
    )


def _candidates(endpoint: str) -> Iterator[tuple[str, str]]:
    parts = urlsplit(endpoint)
    for layout in _LAYOUTS:
        if match := re.fullmatch(layout.query, parts.path):
            update = urlunsplit(parts._replace(path=match.expand(layout.update), query=""))
            yield update, urlunsplit(parts._replace(path=match.expand(layout.graph_store), query=""))


def _is_graph_store(address: str, limits: Limits | None) -> bool:
    """Return whether a request for the head of the default graph gives RDF."""
    request = Request(f"{address}?default", headers={"Accept": "text/turtle, application/n-triples"}, method="HEAD")  # noqa: S310 — checked
    response = send(request, limits)
    if response.status in {401, 403}:
        refuse(response)
    return response.ok and (not response.media or response.media in _RDF)


def _takes_updates(address: str, limits: Limits | None) -> bool:
    """Return whether the address accepts an update that changes nothing."""
    headers = {"Content-Type": "application/sparql-update"}
    request = Request(address, data=b"DELETE DATA {}", headers=headers, method="POST")  # noqa: S310 — checked
    response = send(request, limits)
    if response.status in {401, 403}:
        refuse(response)
    return response.ok
