"""A remote store: any SPARQL 1.1 endpoint with the dataset, with the same interface as the embedded store."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any, cast
from urllib.parse import urlencode
from urllib.request import Request

import pyoxigraph as ox
from SPARQLWrapper import ASK, POST, SELECT, SPARQLWrapper

from kg import terms
from kg.errors import QueryError, RemoteError
from kg.stores.address import check_address, shown_address
from kg.stores.binding import query_form
from kg.stores.embedded import EmbeddedStore, Solutions
from kg.stores.http import Limits, Response, refuse, send
from kg.stores.results import GRAPH_RESULTS, RESULTS, read_answer, rows_of
from kg.stores.scope import names_graphs, with_graphs

STAGING = terms.GRAPH + "staging/"
"""Graphs on their way into a store; no question sees them."""

_GRAPHS = "SELECT DISTINCT ?graph WHERE { GRAPH ?graph { ?s ?p ?o } }"
_EVERYTHING = "SELECT ?s ?p ?o ?graph WHERE { GRAPH ?graph { ?s ?p ?o } }"
_ANYTHING = "ASK { ?s ?p ?o }"
_OUTSIDE = "ASK { ?s ?p ?o FILTER NOT EXISTS { GRAPH ?graph { ?s ?p ?o } } }"
_NOWHERE = STAGING + "nowhere"
_FORM = "application/x-www-form-urlencoded"
_SYNTAX = 400


class RemoteStore:
    """A SPARQL 1.1 endpoint. Queries without FROM see the union of the dataset's named graphs in it, and no others."""

    def __init__(self, endpoint: str, limits: Limits | None = None) -> None:
        """Create the store; no request is sent yet.

        Raises UsageError if the endpoint is not an http address or contains credentials.
        """
        self.endpoint, self.limits = check_address(endpoint, "--endpoint"), limits or Limits()

    @property
    def name(self) -> str:
        """The endpoint as messages show it."""
        return shown_address(self.endpoint)

    @cached_property
    def graphs(self) -> tuple[str, ...]:
        """The dataset's named graphs in the store, sorted. Raises RemoteError if there are none."""
        found = self.named_graphs()
        if not found:
            raise RemoteError(
                f"{self.name}: this store does not contain the dataset (looked for graphs under {terms.GRAPH}); "
                "kg push loads it"
            )
        return found

    @cached_property
    def way(self) -> str:
        """How the store is given the graphs of a question, tried once: `parameter`, `text` (FROM), or `everything`.

        The last is for a store that ignores both, but whose default graph is the union of the dataset's graphs and
        nothing else. Raises RemoteError otherwise: answers would lack statements, or contain those of other data.
        """
        first = self.graphs[:1]
        for way in ("parameter", "text"):
            if self._sees_something(first, way) and not self._sees_something((_NOWHERE,), way):
                return way
        foreign = set(self._every_graph()) - set(self.graphs)
        if self._sees_something((), "everything") and not foreign and self.ask(_OUTSIDE) is False:
            return "everything"
        raise RemoteError(
            f"{self.name}: the store ignores which graphs a question is about (default-graph-uri, and FROM in the "
            "query), so its answers would be wrong; let its default graph be the union of its named graphs, and keep "
            "no other data in it"
        )

    def _sees_something(self, graphs: Sequence[str], way: str) -> bool:
        try:
            return self.ask(_ANYTHING, graphs, way) is True
        except (RemoteError, QueryError):
            if way == "parameter" and _NOWHERE not in graphs:
                raise
            return False  # a store may refuse FROM, look for the graph in the Web, or refuse an unknown one

    def named_graphs(self) -> tuple[str, ...]:
        """Return the dataset's named graphs in the store, sorted, without temporary ones."""
        return tuple(n for n in self._every_graph() if n.startswith(terms.GRAPH) and not n.startswith(STAGING))

    def staged_graphs(self) -> tuple[str, ...]:
        """Return the temporary graphs of a running or interrupted push, sorted."""
        return tuple(n for n in self._every_graph() if n.startswith(STAGING))

    def _every_graph(self) -> list[str]:
        rows = rows_of(self.ask(_GRAPHS)).rows
        return sorted({row[0].value for row in rows if isinstance(row[0], ox.NamedNode)})

    def query(self, query: str) -> Solutions | bool | list[ox.Triple]:
        """Return the answer of any read-only query; one with FROM says itself which graphs it asks.

        Raises RemoteError if the store fails, cannot be reached, does not complete its answer in time, or cannot be
        asked about the dataset alone; QueryError if it rejects the query.
        """
        return self.ask(query) if names_graphs(query) else self.ask(query, self.graphs, self.way)

    def select(self, query: str) -> Solutions:
        """Return the rows of a SELECT. Raises as `query` does."""
        return rows_of(self.query(query))

    def copy(self) -> EmbeddedStore:
        """Return an embedded store with a copy of the dataset, for derivations, which need all statements."""
        store = ox.Store()
        rows = rows_of(self.ask(_EVERYTHING, self.graphs, self.way)).rows
        wanted = {ox.NamedNode(name) for name in self.graphs}
        try:
            quads = [ox.Quad(*cast("tuple[Any, Any, Any, Any]", row)) for row in rows if row[3] in wanted]
        except TypeError as error:
            raise RemoteError(f"{self.name}: the store has a statement that is none: {error}") from error
        store.extend(quads)
        return EmbeddedStore(store)

    def ask(self, query: str, graphs: Sequence[str] = (), way: str = "parameter") -> Solutions | bool | list[ox.Triple]:
        """Return the answer of a query on the union of some named graphs, or on the default dataset of the store."""
        deadline = self.limits.deadline()
        caller = _Caller(self.endpoint, self.limits, deadline)
        if way == "parameter":
            for graph in graphs:
                caller.addParameter("default-graph-uri", graph)
                caller.addParameter("named-graph-uri", graph)
        caller.setQuery(with_graphs(query, graphs) if way == "text" and graphs else query)
        response = caller.query()
        if response.status == _SYNTAX:
            raise QueryError(f"{self.name}: the store rejects the query: {response.said()}")
        if not response.ok:
            refuse(response)
        return read_answer(response, query, query_form(query), deadline)


class _Caller(SPARQLWrapper):
    """SPARQLWrapper with deadlines, a size limit, no redirects, and errors that quote the store."""

    def __init__(self, endpoint: str, limits: Limits, deadline: float) -> None:
        """Set up a call by POST, which keeps the query out of the address."""
        super().__init__(endpoint, agent="innovation-strategy-kg")
        self._limits, self._deadline = limits, deadline
        self.setMethod(POST)

    def query(self) -> Response:  # type: ignore[override] # its own result knows no status
        """Return the store's answer to the query that was set, whatever its status."""
        accepted = RESULTS if query_form(self.queryString) in {SELECT, ASK} else GRAPH_RESULTS
        values = {"query": [self.queryString], **self.parameters}
        headers = {"Accept": ",".join(accepted), "User-Agent": self.agent, "Content-Type": _FORM}
        try:
            body = urlencode(values, doseq=True, safe="/:").encode()
        except UnicodeEncodeError as error:
            raise QueryError("the query has a character that UTF-8 cannot encode") from error
        request = Request(self.endpoint, body, headers, method=self.method)  # noqa: S310 — checked
        return send(request, self._limits, self._deadline)
