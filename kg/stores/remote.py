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
from kg.rdf.nodes import Term
from kg.rdf.read import parse_text, refuse_deep_json
from kg.stores.adhoc import names_dataset
from kg.stores.binding import query_form
from kg.stores.embedded import EmbeddedStore, Solutions
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
    """A SPARQL 1.1 endpoint. Queries without FROM see the union of the dataset's named graphs in it, and no others."""

    def __init__(self, endpoint: str, limits: Limits | None = None) -> None:
        """Create the store; no request is sent yet.

        Raises UsageError if the endpoint is not an http address or contains credentials.
        """
        self.endpoint, self.limits = check_address(endpoint), limits or Limits()

    @cached_property
    def graphs(self) -> tuple[str, ...]:
        """The dataset's named graphs in the store, sorted. Raises RemoteError if there are none."""
        found = self.named_graphs()
        if not found:
            raise RemoteError(
                f"{self.endpoint}: this store does not contain the dataset (looked for graphs under {terms.GRAPH}); "
                "kg push loads it"
            )
        return found

    def named_graphs(self) -> tuple[str, ...]:
        """Return the dataset's named graphs in the store, sorted, without temporary ones."""
        return tuple(n for n in self._graphs_of_ours() if not n.startswith(STAGING))

    def staged_graphs(self) -> tuple[str, ...]:
        """Return the temporary graphs of a running or interrupted push, sorted."""
        return tuple(n for n in self._graphs_of_ours() if n.startswith(STAGING))

    def _graphs_of_ours(self) -> list[str]:
        rows = _solutions(self.ask(_GRAPHS)).rows
        names = {row[0].value for row in rows if isinstance(row[0], ox.NamedNode)}
        return sorted(n for n in names if n.startswith(terms.GRAPH))

    def query(self, query: str) -> Solutions | bool | list[ox.Triple]:
        """Return the answer of any read-only query.

        Raises RemoteError if the store fails, cannot be reached, or does not complete its answer in time; QueryError if
        it rejects the query.
        """
        return self.ask(query, () if names_dataset(query) else self.graphs)

    def select(self, query: str) -> Solutions:
        """Return the rows of a SELECT. Raises as `query` does."""
        return _solutions(self.query(query))

    def copy(self) -> EmbeddedStore:
        """Return an embedded store with a copy of the dataset, for derivations, which need all statements."""
        store = ox.Store()
        rows = _solutions(self.ask(_EVERYTHING, self.graphs)).rows
        store.extend(ox.Quad(*cast("tuple[Any, Any, Any, Any]", row)) for row in rows)
        return EmbeddedStore(store)

    def ask(self, query: str, graphs: Sequence[str] = ()) -> Solutions | bool | list[ox.Triple]:
        """Return the answer of a query on the union of some named graphs, or on the default dataset of the store."""
        caller = _Caller(self.endpoint, self.limits)
        for graph in graphs:
            caller.addParameter("default-graph-uri", graph)
            caller.addParameter("named-graph-uri", graph)
        caller.setQuery(query)
        response = caller.query()
        if response.status == _SYNTAX:
            raise QueryError(f"{self.endpoint}: the store rejects the query: {response.said()}")
        if not response.ok:
            refuse(response)
        if limit := response.headers.get("x-sparql-maxrows"):
            raise RemoteError(f"{self.endpoint}: the answer is incomplete: the store truncates it after {limit} rows")
        return _read(response)


class _Caller(SPARQLWrapper):
    """SPARQLWrapper with deadlines, a size limit, no redirects, and errors that quote the store."""

    def __init__(self, endpoint: str, limits: Limits) -> None:
        """Set up a call by POST, which keeps the query out of the address."""
        super().__init__(endpoint, agent="innovation-strategy-kg")
        self._limits = limits
        self.setMethod(POST)

    def query(self) -> Response:  # type: ignore[override] # its own result knows no status
        """Return the store's answer to the query that was set, whatever its status."""
        accepted = _RESULTS if query_form(self.queryString) in {SELECT, ASK} else _GRAPH_RESULTS
        values = {"query": [self.queryString], **self.parameters}
        headers = {"Accept": ",".join(accepted), "User-Agent": self.agent, "Content-Type": _FORM}
        body = urlencode(values, doseq=True, safe="/:").encode()
        return send(Request(self.endpoint, body, headers, method=self.method), self._limits)  # noqa: S310 — checked


def canonical_literal(term: Term | None) -> Term | None:
    """Return a term, with decimals in the canonical form of XML Schema: 11 for the 11.0 of other stores."""
    if isinstance(term, ox.Literal) and term.datatype.value == terms.XSD + "decimal" and "." in term.value:
        return ox.Literal(term.value.rstrip("0").rstrip(".") or "0", datatype=term.datatype)
    return term


def _read(response: Response) -> Solutions | bool | list[ox.Triple]:
    """Return the content of an answer, or raise an error if it does not parse completely."""
    try:
        if response.media in _RESULTS:
            refuse_deep_json(response.body)
            results = ox.parse_query_results(response.body, format=ox.QueryResultsFormat.JSON)
            if isinstance(results, ox.QueryBoolean):
                return bool(results)
            rows = [tuple(map(canonical_literal, row)) for row in results]
            return Solutions(tuple(v.value for v in results.variables), rows)
        form = ox.RdfFormat.from_media_type(response.media) if response.media else None
        if form is None:
            raise RemoteError(
                f"{response.url}: this may not be a SPARQL endpoint: it sent {response.media or 'no media type'}: "
                f"{response.said()}"
            )
        text = response.body.decode()
        return [quad.triple for quad in parse_text(text, form, "line")] if text.strip() else []
    except (SyntaxError, ValueError) as error:
        if isinstance(error, RemoteError):
            raise
        raise RemoteError(f"{response.url}: the answer is incomplete or malformed: {error}") from error


def _solutions(answer: Solutions | bool | list[ox.Triple]) -> Solutions:
    if not isinstance(answer, Solutions):
        raise QueryError("this must be a SELECT query")
    return answer
