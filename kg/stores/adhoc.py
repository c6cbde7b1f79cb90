"""Ask a stranger's query: checked first, then answered in a worker, so that it cannot stop or end this process."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import IO

import pyoxigraph as ox

from kg.errors import QueryError
from kg.stores.binding import query_form
from kg.stores.embedded import EmbeddedStore, Solutions, Store, open_embedded, solutions
from kg.stores.guard import names_service, refuse_service, refuse_unsafe
from kg.stores.prefixes import declare, lacking, name_unknown
from kg.worker import Limits, run

_QUERY = "the query"
_LIMITS = Limits()
_FILE_MEMORY = 16  # bytes of memory for each byte of a file, at most: statements, their index, and the text


def ask_adhoc(
    query: str, source: Store | Path, *, allow_service: bool = False, limits: Limits = _LIMITS, form: str | None = None
) -> Solutions | bool | list[ox.Triple]:
    """Return the answer of a read-only query from a store, or from an RDF file in a format (default: by its name).

    House prefixes need no declaration. A remote store has its own deadline. Raises QueryError for an update, for
    SERVICE unless allowed, for what does not parse, with line and column, and for what exceeds the limits; InputError
    if the file cannot be read; RemoteError.
    """
    refuse_unsafe(query)
    known = lacking(query)
    try:
        if not isinstance(source, EmbeddedStore | Path):
            if not allow_service and names_service(query):
                run(partial(_check, query, known), limits, _QUERY, QueryError)
            return source.query(declare(query))
        if isinstance(source, Path) and source.is_file():
            limits = limits._replace(memory=limits.memory + _FILE_MEMORY * source.stat().st_size)
        answer = run(partial(write_answer, query, known, source, allow_service, form), limits, _QUERY, QueryError)
    except QueryError as error:
        if unknown := name_unknown(query):
            raise QueryError(unknown) from error
        raise
    return _read(answer, query_form(query))


def write_answer(
    query: str, prefixes: Mapping[str, str], source: EmbeddedStore | Path, allow_service: bool, form: str | None,
    output: IO[bytes],
) -> None:  # fmt: skip
    """Write the answer in SPARQL JSON, or as N-Triples: the task of a worker. Raises QueryError, InputError."""
    if not allow_service and names_service(query):
        refuse_service(query, prefixes)
    store = source if isinstance(source, EmbeddedStore) else open_embedded(source, form)
    result = store.evaluate(query, prefixes)
    try:
        if isinstance(result, ox.QueryTriples):
            result.serialize(output, ox.RdfFormat.N_TRIPLES)
        else:
            result.serialize(output, ox.QueryResultsFormat.JSON)
    except (ValueError, OSError) as error:
        raise QueryError(f"the query failed: {error}") from error


def _check(query: str, prefixes: Mapping[str, str], _: IO[bytes]) -> None:
    refuse_service(query, prefixes)


def _read(answer: bytes, form: str) -> Solutions | bool | list[ox.Triple]:
    if form in {"CONSTRUCT", "DESCRIBE"}:
        found = ox.parse(input=answer, format=ox.RdfFormat.N_TRIPLES, lenient=True)
        return list(dict.fromkeys(quad.triple for quad in found))
    result = ox.parse_query_results(input=answer, format=ox.QueryResultsFormat.JSON)
    return bool(result) if isinstance(result, ox.QueryBoolean) else solutions(result)
