"""`kg build`: make the graph from the fact tables."""

import argparse
from pathlib import Path

from kg.commands.shell.console import emit, say
from kg.errors import UsageError

SUMMARY = "Build the graph from the fact tables."
EXAMPLES = """  kg build                                   write kg/innovation-strategy.ttl
  kg build --check                           check that this file is up to date
  kg build --facts my-facts -o my.trig
"""


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--facts", type=Path, metavar="DIR", help="folder of fact tables (default: those of this package)"
    )
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="write the dataset to this file, as TriG")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if the built file is out of date")


def run(arguments: argparse.Namespace) -> int:
    """Build the graph, then write it or compare it with the built file.

    Raises TableError with every fault in every table.
    """
    import kg
    from kg import paths
    from kg.files.write import write_file

    built = kg.build(arguments.facts, check=arguments.check)
    if arguments.check:
        return 0
    if arguments.output:
        emit(built.trig, arguments.output)
    elif arguments.facts or paths.FACTS != paths.OWN_FACTS:
        given = "--facts" if arguments.facts else "KG_FACTS"
        raise UsageError(f"{given} needs -o FILE: only the package's own tables may replace the package's own graph")
    else:
        write_file(paths.GRAPH_TTL, built.turtle)
    say(f"built {len(built.quads):,} statements")
    return 0
