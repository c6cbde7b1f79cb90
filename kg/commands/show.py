"""`kg show`: the profile of one entity, or every statement about it."""

import argparse

from kg.commands.shell.console import answer_options, endpoint_options, finish, language_of, store_of

SUMMARY = "Show the profile of an entity: money, roles, domains, parts, or every statement about it."
EXAMPLES = """  kg show RIKEN
  kg show 総務省 --all
  kg show "page 7"
"""
ASKS_THE_GRAPH = True


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("thing", nargs="+", help="a name, an id such as q-leap, an identifier, or an IRI")
    parser.add_argument("--all", action="store_true", help="every statement about it with evidence, page and line")
    answer_options(parser)
    endpoint_options(parser)


def run(arguments: argparse.Namespace) -> int:
    """Write the profile, or every statement that the entity makes or appears in."""
    import kg
    from kg.profiles.layout import profile_text

    language = language_of(arguments)
    found = kg.show(" ".join(arguments.thing), lang=language, all=arguments.all, store=store_of(arguments))
    return finish(found, arguments, language, profile_text)
