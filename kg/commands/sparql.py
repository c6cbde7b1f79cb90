"""`kg sparql`: any SPARQL query."""

import argparse
from pathlib import Path

from kg.commands.shell.console import (
    TABLE_FORMATS,
    answer_options,
    data_options,
    emit,
    endpoint_options,
    finish,
    language_of,
    store_of,
)
from kg.commands.shell.streams import read_in
from kg.errors import InputError, UsageError
from kg.files.read import read_text

SUMMARY = "Run any read-only SPARQL 1.1 query."
EXAMPLES = """  kg sparql 'SELECT * { ?s ?p ?o } LIMIT 5'
  kg sparql question.rq --format csv
  cat question.rq | kg sparql - --data other.ttl --timeout 10
"""
ASKS_THE_GRAPH = True


_RESULTS = ("csv", "tsv", "json")  # here these are the SPARQL results formats: a query has its own names and columns
_OF_TRIPLES = ("ttl", "nt", "nq", "trig", "rdfxml", "jsonld")  # named here: help imports no engine
_OF_TABLES = ("wide", "notes", "with_notes")  # options that only rows can keep


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("query", help="the query, a file with the query, or - for standard input")
    data_options(parser, "query this RDF file instead of the dataset of this package")
    parser.add_argument(
        "--allow-service", action="store_true", help="allow SERVICE, which sends parts of the query to other endpoints"
    )
    answer_options(parser, *_OF_TRIPLES)
    endpoint_options(parser)


def run(arguments: argparse.Namespace) -> int:
    """Write the rows, the truth value or the triples. Raises UsageError for an option that does not fit the query."""
    import json

    import kg
    from kg.exports.query_results import result_format, write_triples
    from kg.stores.binding import query_form

    query = _text(arguments.query)
    ending = arguments.output.suffix[1:].lower() if arguments.output else ""
    form = result_format(query, arguments.format, ending, TABLE_FORMATS)
    if query_form(query) != "SELECT" and (unfit := [name for name in _OF_TABLES if getattr(arguments, name)]):
        raise UsageError(f"--{unfit[0].replace('_', '-')} is for rows, and {query_form(query)} gives none")
    answer = kg.sparql(
        query,
        data=arguments.data,
        data_format=arguments.data_format,
        store=store_of(arguments),
        allow_service=arguments.allow_service,
        timeout=arguments.timeout,
    )
    if isinstance(answer, bool):
        as_json = json.dumps({"head": {}, "boolean": answer})
        emit((as_json if form.endswith("json") else str(answer).lower()) + "\n", arguments.output)
        return 1 if arguments.fail_if_empty and not answer else 0
    if isinstance(answer, list):
        emit(write_triples(answer, form), arguments.output)
        return 1 if arguments.fail_if_empty and not answer else 0
    arguments.format = f"sparql-{form}" if form in _RESULTS else form
    arguments.wide = True
    return finish(answer, arguments, language_of(arguments))


def _text(given: str) -> str:
    """Return the query that an argument is, or names."""
    from kg.stores.binding import looks_like_query

    if given == "-":
        return read_in()
    if not given.strip():
        raise UsageError("the query is empty; try kg sparql --help")
    if looks_like_query(given):
        return given
    try:
        return read_text(Path(given), "utf-8-sig")
    except (InputError, ValueError) as error:
        raise InputError(f"{given!r} is neither a query nor a readable file: {error}") from error
