"""`kg build`: from the fact tables to the graph."""

from __future__ import annotations

import argparse
from pathlib import Path

from kg.console import emit, say
from kg.errors import UsageError

SUMMARY = "Build the graph from the fact tables."
EXAMPLES = """  kg build                                   write kg/innovation-strategy.nq and .ttl
  kg build --check                           only say whether the committed files are fresh
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
    from kg import paths
    from kg.build import build, stale, write
    from kg.files import write_beside
    from kg.stored import headers_as_json

    built = build(arguments.facts or paths.FACTS)
    if arguments.check:
        old = stale(built)
        if not paths.HEADERS.is_file() or paths.HEADERS.read_text(encoding="utf-8") != headers_as_json():
            old.append(paths.HEADERS)
        for path in old:
            say(f"kg: {path.name} is stale: run kg build")
        return 1 if old else 0
    if arguments.output:
        emit(built.trig, arguments.output)
    elif arguments.facts:
        raise UsageError("--facts needs -o FILE: the package's own graph is built from its own tables only")
    else:
        write(built)
        write_beside(paths.HEADERS, headers_as_json())
    say(f"{len(built.quads):,} statements")
    return 0
