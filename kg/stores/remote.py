"""A store elsewhere: any SPARQL 1.1 endpoint that holds the graph, asked like the embedded one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any, cast
from urllib.parse import urlencode
from urllib.request import Request

import pyoxigraph as ox
from SPARQLWrapper import ASK, POST, SELECT, SPARQLWrapper

from kg import terms
from kg.errors import QueryError, RemoteError
from kg.stores.binding import form
from kg.stores.embedded import EmbeddedStore, Solutions, Term
from kg.stores.http import Limits, Response, check_address, refuse, send

STAGING = terms.GRAPH + "staging/"
"""Graphs on their way into a store; no question sees them."""

_GRAPHS = "SELECT DISTINCT ?graph WHERE { GRAPH ?graph { ?s ?p ?o } }"
_EVERYTHING = "SELECT ?s ?p ?o ?graph WHERE { GRAPH ?graph { ?s ?p ?o } }"
_RESULTS = ("application/sparql-results+json", "application/json")
_GRAPH_RESULTS = ("text/turtle", "application/turtle")
_FORM = "application/x-www-form-urlencoded"
_SYNTAX = 400


class RemoteStore:
    """A SPARQL 1.1 endpoint. Questions see the union of those of its named graphs that are ours, and no other."""

    def __init__(self, endpoint: str, limits: Limits | None = None) -> None:
        """Name the endpoint; nothing is sent yet.

        Raises UsageError when it is no http address or carries credentials.
        """
        self.endpoint, self.limits = check_address(endpoint), limits or Limits()

    @cached_property
    def graphs(self) -> tuple[str, ...]:
        """The names of our graphs that it holds, sorted.

        Raises RemoteError when it holds none.
        """
        found = self.named_graphs()
        if not found:
            raise RemoteError(f"{self.endpoint}: holds no graph of ours; kg push loads them")
        return found

    def named_graphs(self) -> tuple[str, ...]:
        """Return the names of our graphs that it holds now, sorted, those on their way left out."""
        return tuple(n for n in self._graphs_of_ours() if not n.startswith(STAGING))

    def staged_graphs(self) -> tuple[str, ...]:
        """Return the names of our graphs that are on their way into it, or were when a push broke off, sorted."""
        return tuple(n for n in self._graphs_of_ours() if n.startswith(STAGING))

    def _graphs_of_ours(self) -> list[str]:
        rows = _solutions(self.ask(_GRAPHS)).rows
        names = {row[0].value for row in rows if isinstance(row[0], ox.NamedNode)}
        return sorted(n for n in names if n.startswith(terms.GRAPH))

    def query(self, query: str) -> Solutions | bool | list[ox.Triple]:
        """Return the answer of any read-only query.

        Raises RemoteError when the store fails, is not to be reached, or gives no whole answer in time; QueryError when
        it does not understand the query.
        """
        return self.ask(query, self.graphs)

    def select(self, query: str) -> Solutions:
        """Return the rows of a SELECT.

        Raises as `query` does.
        """
        return _solutions(self.query(query))

    def copy(self) -> EmbeddedStore:
        """Return an embedded store that holds our graphs of this one: a derivation needs all statements at hand."""
        store = ox.Store()
        rows = _solutions(self.ask(_EVERYTHING, self.graphs)).rows
        store.extend(ox.Quad(*cast("tuple[Any, Any, Any, Any]", row)) for row in rows)
        return EmbeddedStore(store)

    def ask(self, query: str, graphs: Sequence[str] = ()) -> Solutions | bool | list[ox.Triple]:
        """Return the answer of a query over the union of some named graphs, or over the store's own default dataset."""
        caller = _Caller(self.endpoint, self.limits)
        for graph in graphs:
            caller.addParameter("default-graph-uri", graph)
            caller.addParameter("named-graph-uri", graph)
        caller.setQuery(query)
        response = caller.query()
        if response.status == _SYNTAX:
            raise QueryError(f"{self.endpoint}: the store does not take the query; it said: {response.said()}")
        if not response.ok:
            refuse(response)
        if limit := response.headers.get("x-sparql-maxrows"):
            raise RemoteError(f"{self.endpoint}: the store cuts answers after {limit} rows, so this one is not whole")
        return _read(response)


class _Caller(SPARQLWrapper):
    """SPARQLWrapper that sends as we do; its own sending takes credentials along redirects and waits without end."""

    def __init__(self, endpoint: str, limits: Limits) -> None:
        """Set up a call by POST, where nothing of the query stands in the address."""
        super().__init__(endpoint, agent="innovation-strategy-kg")
        self._limits = limits
        self.setMethod(POST)

    def query(self) -> Response:  # type: ignore[override] # its own result knows no status
        """Return what the store answers to the query that was set, whatever the status."""
        accepted = _RESULTS if form(self.queryString) in {SELECT, ASK} else _GRAPH_RESULTS
        values = {"query": [self.queryString], **self.parameters}
        headers = {"Accept": ",".join(accepted), "User-Agent": self.agent, "Content-Type": _FORM}
        body = urlencode(values, doseq=True, safe="/:").encode()
        return send(Request(self.endpoint, body, headers, method=self.method), self._limits)  # noqa: S310 — checked


def canonical(term: Term | None) -> Term | None:
    """Return a term, a decimal as XML Schema's canonical form has it: 11, where other stores say 11.0."""
    if isinstance(term, ox.Literal) and term.datatype.value == terms.XSD + "decimal" and "." in term.value:
        return ox.Literal(term.value.rstrip("0").rstrip(".") or "0", datatype=term.datatype)
    return term


def _read(response: Response) -> Solutions | bool | list[ox.Triple]:
    """Return what an answer holds; one that does not parse to its end is no answer."""
    try:
        if response.media in _RESULTS:
            results = ox.parse_query_results(response.body, format=ox.QueryResultsFormat.JSON)
            if isinstance(results, ox.QueryBoolean):
                return bool(results)
            rows = [tuple(map(canonical, row)) for row in results]
            return Solutions(tuple(v.value for v in results.variables), rows)
        form = ox.RdfFormat.from_media_type(response.media) if response.media else None
        if form is None:
            raise RemoteError(
                f"{response.url}: is it a SPARQL endpoint? It answered {response.media or 'without a media type'}: "
                f"{response.said()}"
            )
        return [quad.triple for quad in ox.parse(response.body, format=form)]
    except (SyntaxError, ValueError) as error:
        if isinstance(error, RemoteError):
            raise
        raise RemoteError(f"{response.url}: the answer broke off or is malformed: {error}") from error


def _solutions(answer: Solutions | bool | list[ox.Triple]) -> Solutions:
    if not isinstance(answer, Solutions):
        raise QueryError("a SELECT query is needed here")
    return answer
