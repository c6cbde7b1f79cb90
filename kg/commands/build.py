"""`kg build`: from the fact tables to the graph."""

from __future__ import annotations

import argparse
from pathlib import Path

from kg.commands.shell.console import emit, say
from kg.errors import UsageError

SUMMARY = "Build the graph from the fact tables."
EXAMPLES = """  kg build                                   write kg/innovation-strategy.ttl
  kg build --check                           only say whether that file is fresh
  kg build --facts my-facts -o my.trig
"""


def options(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("--facts", type=Path, metavar="DIR", help="the fact tables (default: the package's own)")
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="write the dataset here, as TriG")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 when the built files are stale")


def run(arguments: argparse.Namespace) -> int:
    """Build, and write or compare.

    Raises TableError with all faults of all tables.
    """
    import kg
    from kg import paths
    from kg.paths import write_beside

    built = kg.build(arguments.facts, check=arguments.check)
    if arguments.check:
        return 0
    if arguments.output:
        emit(built.trig, arguments.output)
    elif arguments.facts:
        raise UsageError("--facts needs -o FILE: the package's own graph is built from its own tables only")
    else:
        write_beside(paths.GRAPH_TTL, built.turtle)
    say(f"{len(built.quads):,} statements")
    return 0
