"""`kg push`: the graph into another store."""

from __future__ import annotations

import argparse
from pathlib import Path

from kg.commands.shell.console import Progress, emit, say, seconds

SUMMARY = "Load the graph into a SPARQL 1.1 store, each named graph as a whole, and check that it is there."
EXAMPLES = """  kg push http://localhost:3030/ds/query                        Fuseki; Oxigraph: …/query
  kg push http://localhost:8080/rdf4j-server/repositories/kg    RDF4J, GraphDB
  KG_USER=me KG_PASSWORD=… kg push https://store.example.org/sparql --update https://store.example.org/update
"""


def options(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument(
        "endpoint", help="where the store is asked; credentials come from KG_TOKEN, KG_USER and KG_PASSWORD, or netrc"
    )
    parser.add_argument("--data", type=Path, metavar="FILE", help="push this dataset instead of the shipped one")
    parser.add_argument("--update", metavar="URL", help="where it takes updates (default: found out)")
    parser.add_argument("--graph-store", metavar="URL", help="where its graph store is (default: found out)")
    parser.add_argument("--by", choices=("graph-store", "update"), help="how to send (default: graph store if it can)")
    parser.add_argument("--timeout", type=seconds, default=600.0, metavar="SECONDS", help="for each step (default 600)")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="of the report (default text)")


def run(arguments: argparse.Namespace) -> int:
    """Push and report."""
    import json
    from dataclasses import asdict

    import kg

    progress = Progress()
    try:
        done = kg.push(
            arguments.endpoint,
            data=arguments.data,
            update=arguments.update,
            graph_store=arguments.graph_store,
            by=arguments.by,
            timeout=arguments.timeout,
            tell=progress,
        )
    finally:
        progress.close()
    pushed = {graph.graph for graph in done}
    for name in sorted(set(kg.connect(arguments.endpoint, timeout=arguments.timeout).named_graphs()) - pushed):
        say(f"also there, and not touched: {name}; questions asked of the store see it too")
    if arguments.format == "json":
        emit(json.dumps([asdict(graph) for graph in done], indent=1) + "\n")
    else:
        lines = [f"{g.graph}  {g.statements:>7,}  {'sent' if g.sent else 'was there'}\n" for g in done]
        emit("".join(lines) + f"{sum(g.statements for g in done):,} statements; counted and compared: all there\n")
    return 0
