"""Read what a store answers as strictly as a file of a stranger: whole, and of the kind that was asked."""

import time
from contextlib import suppress

import pyoxigraph as ox

from kg import terms
from kg.errors import InputError, QueryError, RemoteError
from kg.rdf.nesting import DEEPEST, nests_results, nests_triples
from kg.rdf.nodes import Term
from kg.rdf.read import FORMS, parse_text
from kg.stores.embedded import Solutions
from kg.stores.http import Response

RESULTS = ("application/sparql-results+json", "application/json")
GRAPH_RESULTS = ("text/turtle", "application/turtle")
_FORMS = {*FORMS.values()} - {ox.RdfFormat.N3}  # which no store sends
_GUARDED = (ox.RdfFormat.RDF_XML, ox.RdfFormat.JSON_LD)  # whose guards parse_text has
_EVERY = 4096  # items between two looks at the clock
_KINDS = {"SELECT": "rows", "ASK": "a truth value", "CONSTRUCT": "triples", "DESCRIBE": "triples"}


def read_answer(response: Response, query: str, form: str, deadline: float) -> Solutions | bool | list[ox.Triple]:
    """Return the answer to a query of a form (SELECT, ASK, CONSTRUCT, DESCRIBE).

    Raises RemoteError if it is incomplete, not what was asked, or not read by the deadline (on the monotonic clock).
    """
    if response.credentials.are_in(response.body):
        raise RemoteError(f"{response.url}: the answer repeats the credentials of the request; it is not shown")
    found = _rows(response, deadline) if response.media in RESULTS else read_triples(response, deadline)
    given = "rows" if isinstance(found, Solutions) else "a truth value" if isinstance(found, bool) else "triples"
    if given != _KINDS[form]:
        raise RemoteError(f"{response.url}: the store answered with {given}; the query asks for {_KINDS[form]}")
    return _as_asked(found, query, response) if isinstance(found, Solutions) else found


def read_triples(response: Response, deadline: float) -> list[ox.Triple]:
    """Return the triples of an answer in RDF. Raises RemoteError as `read_answer` does."""
    form = ox.RdfFormat.from_media_type(response.media) if response.media else None
    if form not in _FORMS:
        sent = response.quoted(response.media) or "no media type"
        raise RemoteError(f"{response.url}: this may not be a SPARQL endpoint: it sent {sent}: {response.said()}")
    try:
        text = response.body.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _malformed(response, "it is not UTF-8") from None
    if not text.strip():
        return []
    if nests_triples(text, tick=lambda number: _check_time(number, response, deadline)):
        raise _malformed(response, f"triples are nested deeper than {DEEPEST} levels")
    try:
        quads = parse_text(text, form, response.url) if form in _GUARDED else ox.parse(text, format=form)
        triples: list[ox.Triple] = []
        for quad in quads:
            _check_time(len(triples), response, deadline)
            triples.append(quad.triple)
    except InputError as error:
        raise _malformed(response, str(error).removeprefix(f"{response.url}:")) from None
    except SyntaxError as error:
        raise _malformed(response, str(error)) from None
    return triples


def _rows(response: Response, deadline: float) -> Solutions | bool:
    if nests_results(response.body):
        raise _malformed(response, f"nested deeper than {DEEPEST} levels")
    results: ox.QuerySolutions | ox.QueryBoolean | None = None
    try:
        results = ox.parse_query_results(response.body, format=ox.QueryResultsFormat.JSON)
        if isinstance(results, ox.QueryBoolean):
            return bool(results)
        rows: list[tuple[Term | None, ...]] = []
        for row in results:
            _check_time(len(rows), response, deadline)
            rows.append(tuple(map(canonical_literal, row)))
        return Solutions(tuple(v.value for v in results.variables), rows)
    except (SyntaxError, ValueError) as error:
        if isinstance(error, RemoteError):
            raise
        raise _malformed(response, str(error)) from None
    finally:
        results = (
            None  # an error keeps the frame, and the engine wants its results dropped in the thread they come from
        )


def _check_time(read: int, response: Response, deadline: float) -> None:
    """Look at the clock now and then. Raises RemoteError when the deadline has passed."""
    if not read % _EVERY and time.monotonic() > deadline:
        raise RemoteError(f"{response.url}: the answer could not be read in time (see --timeout)")


def _malformed(response: Response, why: str) -> RemoteError:
    """Return the error; it replaces that of the parser, which quotes the store with all that should not be shown."""
    return RemoteError(f"{response.url}: the answer is incomplete or malformed: {response.quoted(why)}")


def _as_asked(found: Solutions, query: str, response: Response) -> Solutions:
    """Return the rows with their columns in the order of the query, whatever order the store has."""
    wanted = projection(query)
    if wanted is None or wanted == found.columns:
        return found
    if set(wanted) != set(found.columns):
        if not found.rows:
            return Solutions(wanted, [])
        names = [", ".join(f"?{name}" for name in columns) or "none" for columns in (found.columns, wanted)]
        raise RemoteError(f"{response.url}: the store answered with the columns {names[0]}; asked were {names[1]}")
    places = [found.columns.index(name) for name in wanted]
    return Solutions(wanted, [tuple(row[place] for place in places) for row in found.rows])


def projection(query: str) -> tuple[str, ...] | None:
    """Return the columns of a SELECT in order, or None where only the store can read the query.

    >>> projection("SELECT ?b (1 AS ?a) { ?b ?c ?d }")
    ('b', 'a')
    """
    with suppress(SyntaxError, ValueError, OSError):
        results = ox.Store().query(query)
        if isinstance(results, ox.QuerySolutions):
            return tuple(variable.value for variable in results.variables)
    return None


def number_in(found: object, what: str, url: str) -> int:
    """Return the whole number that is the only cell of an answer. Raises RemoteError if it is something else."""
    cell = found.rows[0][0] if isinstance(found, Solutions) and found.rows and found.columns else None
    if isinstance(cell, ox.Literal) and cell.value.isascii() and cell.value.isdigit() and len(cell.value) < 20:
        return int(cell.value)
    raise RemoteError(f"{url}: the store did not return {what}")


def canonical_literal(term: Term | None) -> Term | None:
    """Return a term, with decimals in the canonical form of XML Schema: 11 for the 11.0 of other stores."""
    if isinstance(term, ox.Literal) and term.datatype.value == terms.XSD + "decimal" and "." in term.value:
        return ox.Literal(term.value.rstrip("0").rstrip(".") or "0", datatype=term.datatype)
    return term


def rows_of(answer: Solutions | bool | list[ox.Triple]) -> Solutions:
    """Return the rows of a SELECT. Raises QueryError if the query had another form."""
    if not isinstance(answer, Solutions):
        raise QueryError("this must be a SELECT query")
    return answer
