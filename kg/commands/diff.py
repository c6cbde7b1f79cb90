"""`kg diff`: what changed between two releases."""

from __future__ import annotations

import argparse
from pathlib import Path

from kg.console import answer_options, emit, finish, language_of

SUMMARY = "What changed between two releases: facts added, removed, renamed, figures changed."
EXAMPLES = """  kg diff old.trig new.trig
  kg diff old.trig                           against the graph of this package
  kg diff old.trig new.trig --patch > changes.rdfp
"""


def options(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("old", type=Path, help="the older dataset, any RDF form")
    parser.add_argument("new", type=Path, nargs="?", help="the newer one (default: the graph of this package)")
    parser.add_argument("--patch", action="store_true", help="write an RDF patch instead")
    parser.add_argument("--fail-if-different", action="store_true", help="exit 1 when a fact differs")
    answer_options(parser)


def run(arguments: argparse.Namespace) -> int:
    """Write the differences."""
    from kg import paths
    from kg.diff import compare, patch
    from kg.reading import read_quads

    old, new = read_quads(arguments.old), read_quads(arguments.new or paths.DATASET)
    language = language_of(arguments)
    answer = compare(old, new, language)
    differs = 1 if arguments.fail_if_different and answer.rows else 0
    if arguments.patch:
        emit(patch(old, new), arguments.output)
        return differs
    return finish(answer, arguments, language) or differs
