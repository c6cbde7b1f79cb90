"""`kg find`: search by name."""

import argparse

from kg.commands.shell.console import answer_options, endpoint_options, finish, language_of, store_of

SUMMARY = "Search by name, part of a name, abbreviation or identifier."
EXAMPLES = """  kg find 暗号
  kg find "open platfrom"
  kg find 01sjwvz98
"""
ASKS_THE_GRAPH = True


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("text", nargs="+", help="what to look for")
    parser.add_argument("--limit", type=int, default=20, help="maximum number of results (default 20)")
    answer_options(parser)
    endpoint_options(parser)


def run(arguments: argparse.Namespace) -> int:
    """Write the matches, best first. Raises UsageError for an empty text."""
    import kg

    found = kg.find(" ".join(arguments.text), limit=arguments.limit, store=store_of(arguments))
    return finish(found, arguments, language_of(arguments))
