"""`kg find`: things by name."""

from __future__ import annotations

import argparse

from kg.commands.shell.console import answer_options, endpoint_options, finish, language_of, store_of

SUMMARY = "Find things by (part of) a name, an abbreviation or an identifier."
EXAMPLES = """  kg find 暗号
  kg find "open platfrom"
  kg find 01sjwvz98
"""
ASKS_THE_GRAPH = True


def options(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("text", nargs="+", help="what to look for")
    parser.add_argument("--limit", type=int, default=20, help="at most so many (default 20)")
    answer_options(parser)
    endpoint_options(parser)


def run(arguments: argparse.Namespace) -> int:
    """Write the things found, best first.

    Raises UsageError when there is nothing to look for.
    """
    import kg

    found = kg.find(" ".join(arguments.text), limit=arguments.limit, store=store_of(arguments))
    return finish(found, arguments, language_of(arguments))
