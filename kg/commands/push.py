"""`kg push`: load the graph into another store."""

import argparse

from kg.commands.shell.console import Progress, data_options, emit, say, seconds
from kg.printable import escaped, visible

SUMMARY = "Load the dataset into a SPARQL 1.1 store and verify that it arrived complete."
EXAMPLES = """  kg push http://localhost:3030/ds/query                        Fuseki; Oxigraph: …/query
  kg push http://localhost:8080/rdf4j-server/repositories/kg    RDF4J, GraphDB
  KG_USER=me KG_PASSWORD=… kg push https://store.example.org/sparql --update https://store.example.org/update
"""


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "endpoint", help="query address of the store; credentials come from KG_TOKEN, KG_USER and KG_PASSWORD, or netrc"
    )
    data_options(parser, "push this dataset instead of that of the package")
    parser.add_argument("--update", metavar="URL", help="address for SPARQL Update (default: detected)")
    parser.add_argument("--graph-store", metavar="URL", help="address of the Graph Store Protocol (default: detected)")
    parser.add_argument(
        "--by", choices=("graph-store", "update"), help="protocol (default: graph-store if the store supports it)"
    )
    parser.add_argument("--timeout", type=seconds, default=600.0, metavar="SECONDS", help="for each step (default 600)")
    parser.add_argument(
        "--format", choices=("text", "json"), default="text", help="format of the report (default text)"
    )


def run(arguments: argparse.Namespace) -> int:
    """Push the dataset and report what was sent."""
    import json
    from dataclasses import asdict

    import kg

    taken = {
        name: getattr(arguments, name) for name in ("data", "data_format", "update", "graph_store", "by", "timeout")
    }
    with Progress() as progress:
        done = kg.push(arguments.endpoint, **taken, tell=progress)
    pushed = {graph.graph for graph in done}
    for name in sorted(set(kg.connect(arguments.endpoint, timeout=arguments.timeout).named_graphs()) - pushed):
        say(f"the store also contains {name}, which was left unchanged; questions asked there include it")
    if arguments.format == "json":
        emit(escaped(json.dumps([asdict(graph) for graph in done], indent=1)) + "\n")
    else:
        lines = [f"{visible(g.graph)}  {g.statements:>7,}  {'sent' if g.sent else 'unchanged'}\n" for g in done]
        emit("".join(lines) + f"{sum(g.statements for g in done):,} statements in the store; counts and hashes agree\n")
    return 0
