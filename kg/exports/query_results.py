"""The formats of what a query gives: rows, a truth value, or triples."""

from collections.abc import Callable, Collection

import pyoxigraph as ox

from kg.errors import UsageError
from kg.printable import escaped
from kg.stores.binding import query_form

Triples = Collection[ox.Triple]


def _turtle(triples: Triples) -> str:
    from kg.rdf.write import to_turtle

    return to_turtle(triples)


def _trig(triples: Triples) -> str:
    from kg.rdf.write import to_trig

    return to_trig(_quads(triples))


def _lines(triples: Triples) -> str:
    return "".join(sorted({f"{t} .\n" for t in triples}))


def _rdfxml(triples: Triples) -> str:
    from kg.exports.formats.rdf import to_rdfxml

    return to_rdfxml(triples)


def _jsonld(triples: Triples) -> str:
    from kg.exports.jsonld import to_jsonld

    return to_jsonld(_quads(triples))


def _quads(triples: Triples) -> list[ox.Quad]:
    return [ox.Quad(t.subject, t.predicate, t.object) for t in triples]


_WRITERS: dict[str, Callable[[Triples], str]] = {
    "ttl": _turtle,
    "nt": _lines,
    "nq": _lines,
    "trig": _trig,
    "rdfxml": _rdfxml,
    "jsonld": _jsonld,
}
TRIPLE_FORMATS = tuple(_WRITERS)
_TRUTH_FORMATS = ("table", "json", "sparql-json")
_ENDINGS = {"rdf": "rdfxml", "turtle": "ttl"}


def write_triples(triples: Triples, form: str) -> str:
    """Return triples in one of the TRIPLE_FORMATS, sorted, control characters in their texts as escapes.

    Raises DataError for what RDF/XML, which has no escapes, cannot hold.
    """
    text = _WRITERS[form](triples)
    return text if form == "rdfxml" else escaped(text)


def result_format(query: str, asked: str | None, ending: str, of_rows: Collection[str]) -> str:
    """Return the format for what a query gives: the one asked for, or that of the ending of a file, or the usual one.

    `of_rows` are the formats for rows. Raises UsageError if the format cannot hold what the query gives, QueryError if
    the query has no known form.

    >>> result_format("ASK {}", None, "", ["table"]), result_format("CONSTRUCT WHERE {}", None, "rdf", ["csv"])
    ('table', 'rdfxml')
    """
    form = query_form(query)
    known: Collection[str] = of_rows
    usual, gives = "table", "rows"
    if form == "ASK":
        known, gives = _TRUTH_FORMATS, "a truth value"
    elif form != "SELECT":
        known, usual, gives = TRIPLE_FORMATS, "ttl", "triples"
    looks = _ENDINGS.get(ending, ending)
    wanted = asked or (looks if looks in {*known, *of_rows, *TRIPLE_FORMATS} else usual)
    if wanted not in known:
        source = f"--format {wanted}" if asked else f"the ending .{ending}"
        raise UsageError(f"{source} does not fit: {form} gives {gives}; choose from {', '.join(known)}")
    return wanted
