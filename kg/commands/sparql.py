"""`kg sparql`: any SPARQL query."""

import argparse
from pathlib import Path

from kg.commands.shell.console import answer_options, emit, endpoint_options, finish, format_of, language_of, store_of
from kg.commands.shell.streams import read_in
from kg.errors import InputError, UsageError
from kg.files.read import read_text

SUMMARY = "Run any read-only SPARQL 1.1 query."
EXAMPLES = """  kg sparql 'SELECT * { ?s ?p ?o } LIMIT 5'
  kg sparql question.rq --format csv
  cat question.rq | kg sparql - --data other.ttl
"""
ASKS_THE_GRAPH = True


_RESULTS = ("csv", "tsv", "json")  # here these are the SPARQL results formats: a query has its own names and columns


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("query", help="the query, a file with the query, or - for standard input")
    parser.add_argument(
        "--data", type=Path, metavar="FILE", help="query this RDF file instead of the dataset of this package"
    )
    parser.add_argument(
        "--allow-service", action="store_true", help="allow SERVICE, which sends parts of the query to other endpoints"
    )
    answer_options(parser)
    endpoint_options(parser)


def run(arguments: argparse.Namespace) -> int:
    """Write the rows, the truth value or the triples."""
    import json

    import kg
    from kg.questions.answer_text import write_triples

    answer = kg.sparql(
        _text(arguments.query),
        data=arguments.data,
        store=store_of(arguments),
        allow_service=arguments.allow_service,
    )
    form = format_of(arguments)
    if isinstance(answer, bool):
        as_json = json.dumps({"head": {}, "boolean": answer})
        emit((as_json if form.endswith("json") else str(answer).lower()) + "\n", arguments.output)
        return 0
    if isinstance(answer, list):
        emit(write_triples(answer), arguments.output)
        return 1 if arguments.fail_if_empty and not answer else 0
    arguments.format = f"sparql-{form}" if form in _RESULTS else form
    arguments.wide = True
    return finish(answer, arguments, language_of(arguments))


def _text(given: str) -> str:
    if given == "-":
        return read_in()
    if "{" in given:
        return given
    if not given.strip():
        raise UsageError("the query is empty; try kg sparql --help")
    try:
        return read_text(Path(given), "utf-8-sig")
    except (InputError, UnicodeDecodeError) as error:
        raise InputError(f"{given!r} is neither a query nor a readable file: {error}") from error
