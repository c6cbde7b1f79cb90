"""The embedded store, and the interface of any store."""

import re
from pathlib import Path
from typing import NamedTuple, Protocol

import pyoxigraph as ox

from kg.assembly import shipped
from kg.errors import QueryError
from kg.rdf.nodes import Term

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
    """An in-memory Oxigraph store; queries see the union of its named graphs."""

    def __init__(self, inner: ox.Store) -> None:
        """Wrap an Oxigraph store."""
        self.inner = inner

    def query(self, query: str) -> Solutions | bool | list[ox.Triple]:
        """Return the answer of any read-only query. Raises QueryError if it does not parse or cannot be evaluated."""
        try:
            result = self.inner.query(query, use_default_graph_as_union=True)
        except SyntaxError as error:
            raise QueryError(syntax_message(error)) from error
        except (ValueError, OSError) as error:
            raise QueryError(f"the query failed: {error}") from error
        if isinstance(result, ox.QuerySolutions):
            columns = tuple(v.value for v in result.variables)
            return Solutions(columns, [tuple(row) for row in result])
        return bool(result) if isinstance(result, ox.QueryBoolean) else list(result)

    def select(self, query: str) -> Solutions:
        """Return the rows of a SELECT. Raises QueryError if the query has another form."""
        answer = self.query(query)
        if not isinstance(answer, Solutions):
            raise QueryError("this must be a SELECT query")
        return answer


def syntax_message(error: SyntaxError) -> str:
    """Return the message of a SPARQL syntax error with its line and column."""
    where = re.search(r"at (\d+):(\d+)", str(error))
    said = " ".join(re.sub(r"^error at [0-9:]+: ", "", error.msg or "").split())
    said = said if len(said) <= _LONGEST else said[:_LONGEST] + " …"
    return f"SPARQL does not parse{f' at line {where[1]}, column {where[2]}' if where else ''}: {said}"


def open_embedded(dataset: Path | None = None) -> EmbeddedStore:
    """Return a store with the dataset of one RDF file, by default the package's own.

    Raises InputError with the file and the line of a syntax error; TableError if the package's own dataset has to be
    built and its tables have faults.
    """
    store = ox.Store()
    if dataset is None:
        # The build has checked the IRIs; checking them again would slow down start-up.
        store.load(input=shipped.nquads(), format=ox.RdfFormat.N_QUADS, lenient=True)
        return EmbeddedStore(store)
    from kg.rdf.read import read_quads

    store.extend(read_quads(dataset))
    return EmbeddedStore(store)
