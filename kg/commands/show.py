"""`kg show`: everything known about one entity."""

import argparse

from kg.commands.shell.console import answer_options, endpoint_options, finish, language_of, store_of

SUMMARY = "Show everything known about an entity, with page and line."
EXAMPLES = """  kg show RIKEN
  kg show 量子セキュリティ
  kg show q-leap --format json
"""
ASKS_THE_GRAPH = True


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("thing", nargs="+", help="a name, an id such as q-leap, or an IRI")
    answer_options(parser)
    endpoint_options(parser)


def run(arguments: argparse.Namespace) -> int:
    """Write every statement that the entity makes or appears in."""
    import kg

    language = language_of(arguments)
    return finish(kg.show(" ".join(arguments.thing), lang=language, store=store_of(arguments)), arguments, language)
