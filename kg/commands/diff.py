"""`kg diff`: what changed between two releases."""

import argparse
from pathlib import Path

from kg.commands.shell.console import answer_options, emit, finish, format_of_data, language_of
from kg.errors import UsageError

SUMMARY = "Compare two releases: facts added, removed or renamed, figures changed."
EXAMPLES = """  kg diff old.trig new.trig
  kg diff old.trig                           compare with the dataset of this package
  kg diff old.trig new.trig --patch > changes.rdfp
"""


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("old", type=Path, help="the older dataset, in any RDF format")
    parser.add_argument("new", type=Path, nargs="?", help="the newer dataset (default: that of this package)")
    format_of_data(parser)
    parser.add_argument("--patch", action="store_true", help="write an RDF patch instead")
    parser.add_argument("--fail-if-different", action="store_true", help="exit 1 if any fact differs")
    answer_options(parser)


def run(arguments: argparse.Namespace) -> int:
    """Write the differences. Raises UsageError for a format with --patch, which has its own."""
    import kg

    if arguments.patch and arguments.format:
        raise UsageError(f"--patch is an RDF patch; it cannot be combined with --format {arguments.format}")
    language, form = language_of(arguments), arguments.data_format
    answer = kg.diff(arguments.old, arguments.new, lang=language, data_format=form)
    differs = 1 if arguments.fail_if_different and answer.rows else 0
    if arguments.patch:
        emit(kg.diff(arguments.old, arguments.new, patch=True, data_format=form), arguments.output)
        return differs
    return finish(answer, arguments, language) or differs
