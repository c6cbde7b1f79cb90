"""Where queries run: the embedded store over the shipped dataset, and what any store answers."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple, Protocol

import pyoxigraph as ox

from kg.dataset import shipped
from kg.errors import QueryError
from kg.rdf.nodes import Term

_LONGEST = 160  # of an engine's own message


class Solutions(NamedTuple):
    """The rows of a SELECT: `columns` names them, an unbound cell is None."""

    columns: tuple[str, ...]
    rows: list[tuple[Term | None, ...]]


class Store(Protocol):
    """What the stored questions need of a store."""

    def query(self, query: str) -> Solutions | bool | list[ox.Triple]:
        """Return the rows of a SELECT, the truth of an ASK, the triples of a CONSTRUCT or DESCRIBE."""

    def select(self, query: str) -> Solutions:
        """Return the rows of a SELECT."""


class EmbeddedStore:
    """An in-memory Oxigraph store; queries see the union of its named graphs."""

    def __init__(self, inner: ox.Store) -> None:
        """Wrap an Oxigraph store."""
        self.inner = inner

    def query(self, query: str) -> Solutions | bool | list[ox.Triple]:
        """Return the answer of any read-only query. Raises QueryError when it does not parse or cannot be evaluated."""
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
        """Return the rows of a SELECT. Raises QueryError when the query is of another form."""
        answer = self.query(query)
        if not isinstance(answer, Solutions):
            raise QueryError("a SELECT query is needed here")
        return answer


def syntax_message(error: SyntaxError) -> str:
    """Return the message of a SPARQL syntax error with its line and column."""
    where = re.search(r"at (\d+):(\d+)", str(error))
    said = " ".join(re.sub(r"^error at [0-9:]+: ", "", error.msg or "").split())
    said = said if len(said) <= _LONGEST else said[:_LONGEST] + " …"
    return f"SPARQL does not parse{f' at line {where[1]}, column {where[2]}' if where else ''}: {said}"


def open_embedded(dataset: Path | None = None) -> EmbeddedStore:
    """Return a store that holds the dataset of one RDF file, by default the package's own.

    Raises InputError naming the file, and the line where it does not parse; TableError when the package's own dataset
    has to be built and its tables have faults.
    """
    store = ox.Store()
    if dataset is None:
        # IRIs that the build has checked are not checked again: start-up is part of the interface.
        store.load(input=shipped.nquads(), format=ox.RdfFormat.N_QUADS, lenient=True)
        return EmbeddedStore(store)
    from kg.rdf.read import read_quads

    store.extend(read_quads(dataset))
    return EmbeddedStore(store)
