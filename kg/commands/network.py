"""`kg network`: the funding network of institutions as a table."""

import argparse

from kg.commands.shell.console import (
    answer_options,
    endpoint_options,
    finish,
    language_of,
    scope_of,
    scope_options,
    store_of,
)

SUMMARY = "List the most central institutions of the funding network, or the programmes they share."
EXAMPLES = """  kg network                                 degree, betweenness, PageRank and community of each
  kg network sharing --domain "quantum security"
  kg network ministries --fiscal-year any --format csv
"""
ASKS_THE_GRAPH = True


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("view", nargs="?", default="institutions", help="institutions (default), sharing or ministries")
    scope_options(parser, "what to include")
    answer_options(parser)
    endpoint_options(parser)


def run(arguments: argparse.Namespace) -> int:
    """Write the table of the chosen view of the network."""
    import kg
    from kg.funding.table import as_table

    language = language_of(arguments)
    store = store_of(arguments) or kg.load_store()
    graph = kg.network(arguments.view, store=store, **scope_of(arguments))
    return finish(as_table(graph, arguments.view, store, language), arguments, language)
