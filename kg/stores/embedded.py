"""The embedded store, and the interface of any store."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple, Protocol

import pyoxigraph as ox

from kg.assembly import shipped
from kg.errors import QueryError
from kg.rdf.nodes import Term
from kg.rdf.tokens import without_keyword

_LONGEST = 160  # of the message of an engine


class Solutions(NamedTuple):
    """The rows of a SELECT and the names of their columns; an unbound cell is None."""

    columns: tuple[str, ...]
    rows: list[tuple[Term | None, ...]]


class Store(Protocol):
    """The interface of a store that stored questions need."""

    def query(self, query: str) -> Solutions | bool | list[ox.Triple]:
        """Return the rows of a SELECT, the truth value of an ASK, or the triples of a CONSTRUCT or DESCRIBE."""

    def select(self, query: str) -> Solutions:
        """Return the rows of a SELECT."""


class EmbeddedStore:
    """An in-memory Oxigraph store; queries without FROM see the union of its named graphs."""

    def __init__(self, inner: ox.Store) -> None:
        """Wrap an Oxigraph store."""
        self.inner = inner

    def evaluate(
        self, query: str, prefixes: Mapping[str, str] | None = None
    ) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        """Return what the engine gives for a read-only query, before it has computed more than the beginning.

        `prefixes` are declared for a query that lacks them. Raises QueryError if it does not parse or cannot be
        evaluated.
        """
        known = dict(prefixes or {})
        try:
            return self.inner.query(query, prefixes=known, use_default_graph_as_union=not has_dataset(query, known))
        except SyntaxError as error:
            raise QueryError(syntax_message(error)) from error
        except (ValueError, OSError) as error:
            raise QueryError(f"the query failed: {error}") from error

    def query(self, query: str) -> Solutions | bool | list[ox.Triple]:
        """Return the answer of any read-only query. Raises QueryError if it does not parse or cannot be evaluated."""
        result = self.evaluate(query)
        try:
            return solutions(result) if isinstance(result, ox.QuerySolutions) else _other(result)
        except (ValueError, OSError) as error:
            raise QueryError(f"the query failed: {error}") from error

    def __reduce__(self) -> tuple[Callable[[bytes], EmbeddedStore], tuple[bytes]]:
        """Return the statements, for a process that has no copy of the memory of this one."""
        return from_nquads, (self.inner.dump(format=ox.RdfFormat.N_QUADS) or b"",)

    def select(self, query: str) -> Solutions:
        """Return the rows of a SELECT. Raises QueryError if the query has another form."""
        answer = self.query(query)
        if not isinstance(answer, Solutions):
            raise QueryError("this must be a SELECT query")
        return answer


def from_nquads(nquads: bytes) -> EmbeddedStore:
    """Return a store with the statements of another, or of a build, which has checked the IRIs: that takes time."""
    store = ox.Store()
    store.load(input=nquads, format=ox.RdfFormat.N_QUADS, lenient=True)
    return EmbeddedStore(store)


def solutions(result: ox.QuerySolutions) -> Solutions:
    """Return all rows of a result."""
    return Solutions(tuple(v.value for v in result.variables), [tuple(row) for row in result])


def _other(result: ox.QueryBoolean | ox.QueryTriples) -> bool | list[ox.Triple]:
    return bool(result) if isinstance(result, ox.QueryBoolean) else list(result)


def has_dataset(query: str, prefixes: Mapping[str, str]) -> bool:
    """Return whether a query says itself which graphs it asks, by FROM or FROM NAMED.

    >>> has_dataset("ASK FROM <urn:g> {}", {}), has_dataset("ASK { ?from <urn:from> 'FROM' }", {})
    (True, False)
    """
    if "from" not in query.lower():
        return False
    without = without_keyword(query, "FROM")
    if "froḿ" not in without.lower():  # no such letters outside strings, comments and IRIs
        return False
    try:
        ox.Store().query(without, prefixes=dict(prefixes))
    except (SyntaxError, ValueError, OSError):
        return True
    return False


def syntax_message(error: SyntaxError) -> str:
    """Return the message of a SPARQL syntax error with its line and column."""
    where = re.search(r"at (\d+):(\d+)", str(error))
    said = " ".join(re.sub(r"^error at [0-9:]+: ", "", error.msg or "").split())
    said = said if len(said) <= _LONGEST else said[:_LONGEST] + " …"
    return f"SPARQL does not parse{f' at line {where[1]}, column {where[2]}' if where else ''}: {said}"


def open_embedded(dataset: Path | None = None, data_format: str | None = None) -> EmbeddedStore:
    """Return a store with the dataset of one RDF file (in a format of kg.rdf.read), by default the package's own.

    Raises InputError with the file and the line of a syntax error; TableError if the package's own dataset has to be
    built and its tables have faults.
    """
    if dataset is None:
        return from_nquads(shipped.nquads())
    from kg.rdf.read import read_quads

    store = ox.Store()
    store.extend(read_quads(dataset, data_format))
    return EmbeddedStore(store)
