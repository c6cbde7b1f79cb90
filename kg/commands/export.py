"""`kg export`: the graph for other systems."""

from __future__ import annotations

import argparse
from pathlib import Path

from kg.console import emit

SUMMARY = "Write the graph for other systems."
EXAMPLES = """  kg export -f nq -o graph.nq
  kg export -f ttl > graph.ttl
  kg export -f trig --no-inferred -o graph.trig
"""


def options(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("-f", "--format", choices=("nq", "trig", "ttl", "nt"), default="ttl")
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="default: standard output")
    parser.add_argument("--no-inferred", action="store_true", help="leave out what is inferred")


def run(arguments: argparse.Namespace) -> int:
    """Write the graph."""
    from kg.exports import export

    emit(export(arguments.format, inferred=not arguments.no_inferred), arguments.output)
    return 0
