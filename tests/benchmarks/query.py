"""A stored question as a whole cold process, against an rdflib script and the native Oxigraph command on the same data.

Run with `python -m tests.benchmarks.query`. Prints the median of each and the ratios, all measured in one run. The peers get
the question ready bound, and the graph as one Turtle file (rdflib) or as one N-Quads file to load (Oxigraph's command has
no other cold start than to load the data into a store on disk, so that the query on the ready store is measured).
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import kg
from kg.exports.export import export
from kg.questions.catalogue import load_question
from kg.questions.run import take_arguments
from kg.stores.binding import bind

QUESTION, ARGUMENTS = "programmes-funding-domain", {"domain": "quantum security", "fiscalYear": "2020"}
RDFLIB = """
import sys, rdflib
graph = rdflib.Graph().parse(sys.argv[1], format="turtle")
for row in graph.query(open(sys.argv[2], encoding="utf-8").read()):
    print(*row, sep="\\t")
"""


def median(command: list[str], runs: int) -> float:
    """Return the median wall-clock seconds of a command."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=11)
    runs = parser.parse_args().runs
    oxigraph = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or shutil.which("oxigraph")
    if oxigraph is None:
        sys.exit("the oxigraph command is missing: pip install '.[test]'")
    with tempfile.TemporaryDirectory() as folder:
        turtle, nquads, query, store = (Path(folder) / n for n in ("all.ttl", "all.nq", "q.rq", "store"))
        turtle.write_bytes(_bytes(export("ttl")))
        nquads.write_bytes(_bytes(export("nq")))
        question = load_question(QUESTION)
        query.write_text(bind(question.text, take_arguments(question, ARGUMENTS, kg.load_store())), encoding="utf-8")
        subprocess.run([oxigraph, "load", "--location", store, "--file", nquads], check=True, capture_output=True)
        ours = median([sys.executable, "-m", "kg", "query", QUESTION, "--domain", "quantum security"], runs)
        empty = median([sys.executable, "-c", ""], runs)
        helped = median([sys.executable, "-m", "kg", "--help"], runs)
        asked = [
            "--location",
            str(store),
            "--query-file",
            str(query),
            "--results-format",
            "tsv",
            "--union-default-graph",
        ]
        native = median([oxigraph, "query", *asked], runs)
        plain = median([sys.executable, "-c", RDFLIB, str(turtle), str(query)], max(3, runs // 4))
    rows = [
        ("python -c ''", empty),
        ("kg --help", helped),
        (f"kg query {QUESTION}", ours),
        ("rdflib script", plain),
        ("oxigraph query", native),
    ]
    for name, seconds in rows:
        print(f"{name:36} {seconds * 1000:8.0f} ms")
    print(f"rdflib script / kg query             {plain / ours:8.1f} times (goal: at least 5)")
    print(f"kg query / oxigraph query            {ours / native:8.1f} times (goal: at most 2.5)")


def _bytes(content: object) -> bytes:
    return content.encode() if isinstance(content, str) else bytes(content)  # type: ignore[call-overload]


if __name__ == "__main__":
    main()
