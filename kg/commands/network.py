"""`kg network`: the funding network of institutions as a table."""

from __future__ import annotations

import argparse
from typing import Any

from kg.commands.shell.console import answer_options, endpoint_options, finish, language_of, store_of

SUMMARY = "List the most central institutions of the funding network, or the programmes they share."
EXAMPLES = """  kg network                                 degree, betweenness, PageRank and community of each
  kg network sharing --domain "quantum security"
  kg network ministries --fiscal-year any --format csv
"""
ASKS_THE_GRAPH = True
_SCOPE = {
    "domain": "only money that serves this technical domain",
    "institution": "only what this institution receives or carries out",
    "ministry": "only what this ministry administers",
    "programme": "only this programme",
    "part": "only this strategy or part of one",
    "fiscal_year": "the year, or any for all years (default: the latest)",
    "phase": "initial, supplementary, request, or any",
    "evidence": "only links with this evidence, such as stated",
}


def options(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("view", nargs="?", default="institutions", help="institutions (default), sharing or ministries")
    group = parser.add_argument_group("what to include")
    for name, text in _SCOPE.items():
        group.add_argument("--" + name.replace("_", "-"), metavar=name.upper(), help=text)
    answer_options(parser)
    endpoint_options(parser)


def run(arguments: argparse.Namespace) -> int:
    """Write the table of the chosen view of the network."""
    import kg
    from kg.funding.table import as_table

    language = language_of(arguments)
    store = store_of(arguments) or kg.load_store()
    scope: Any = {name: getattr(arguments, name) for name in _SCOPE}
    graph = kg.network(arguments.view, store=store, **scope)
    return finish(as_table(graph, arguments.view, store, language), arguments, language)
