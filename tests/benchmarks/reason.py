"""Time and memory of the rules against owlrl: on the graph itself, and on generated facts in its shape.

    python -m tests.benchmarks.reason --sizes graph 10000 100000 1000000 --time-limit 600

Each run is a process of its own; the time is that of reasoning alone, the first time in the process (triples in memory
before and after); the memory is the peak of the whole process. Growth is time by n log n, n being all triples in and
out, against that of the smallest generated size: 1.0 means that the time grows just so.
"""

from __future__ import annotations

import argparse
import math
import resource
import subprocess
import sys
import time
from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Triple, parse

from kg import paths
from kg.terms import IS, RDF, SKOS, XSD

ENGINES = ("kg", "explanations", "owlrl")
TYPE = NamedNode(RDF + "type")


def ontology() -> list[Triple]:
    return [quad.triple for path in paths.ontology_files() for quad in parse(path=str(path))]


def thing(kind: str, number: int) -> NamedNode:
    return NamedNode(f"https://example.org/{kind}/{number}")


def programme(i: int) -> Iterator[Triple]:
    """Yield the facts around one programme: its roles, budget lines, amounts, passages, domain and measure."""

    def say(subject: NamedNode, **values: NamedNode | int | str) -> Iterator[Triple]:
        for name, value in values.items():
            if name == "a":
                yield Triple(subject, TYPE, NamedNode(IS + str(value)))
            elif isinstance(value, NamedNode):
                yield Triple(subject, NamedNode(IS + name), value)
            else:
                kind = XSD + ("integer" if isinstance(value, int) else "string")
                yield Triple(subject, NamedNode(IS + name), Literal(str(value), datatype=NamedNode(kind)))

    me, panel, institution, domain = thing("programme", i), thing("panel", i // 10), i // 10, i // 20
    yield from say(me, a="Programme", hasPurpose=thing("purpose", i % 6))
    yield Triple(me, NamedNode(SKOS + "prefLabel"), Literal(f"programme {i}", language="en"))
    holders = (("hasAdministrator", i % 14), ("hasImplementer", 100 + institution), ("hasRecipient", 101 + institution))
    for k, (role, holder) in enumerate(holders):
        yield from say(thing("role", 3 * i + k), a="Role", isRoleIn=me, **{role: thing("institution", holder)})
    for k in range(2):
        place, line, share = (thing(kind, 2 * i + k) for kind in ("passage", "listing", "appropriation"))
        yield from say(place, a="Passage", isOnPage=thing("page", i % 9), firstLine=i, lastLine=i + 2)
        yield from say(share, a="Appropriation", isAppropriationFor=me, fiscalYear=2019 + k, amount=i * 10**8)
        yield from say(line, a="Listing", isListingOf=me, isListedUnder=panel, isReadFrom=place)
        for year in range(2):
            node = thing("listed-amount", 4 * i + 2 * k + year)
            yield from say(node, a="ListedAmount", isAmountIn=line, fiscalYear=2019 + year, printedAmount=f"{i}億円")
    tie = thing("attribution", i)
    yield from say(
        tie, a="DomainAttribution", isAttributionOf=thing("listing", 2 * i), attributesDomain=thing("domain", domain)
    )
    yield from say(thing("measure", i), a="Measure", isPartOf=thing("theme", i // 5))
    if i % 5 == 0:
        yield from say(thing("theme", i // 5), a="Theme", isPartOf=thing("part", i // 50))
    if i % 50 == 0:
        yield from say(thing("part", i // 50), a="StrategyPart", isPartOf=thing("strategy", i // 500))
    if i % 10 == 0:
        yield from say(panel, a="Panel", isPanelOf=thing("part", i // 50))
        yield from say(thing("institution", 100 + institution), a="ResearchInstitute")
    if i % 20 == 0:
        yield from say(thing("domain", domain), a="TechnicalDomain")
        if domain:
            yield Triple(thing("domain", domain), NamedNode(SKOS + "broader"), thing("domain", (domain - 1) // 4))


def facts(size: int) -> list[Triple]:
    """Return at least `size` different triples."""
    found: dict[Triple, None] = {}
    i = 0
    while len(found) < size:
        found.update(dict.fromkeys(programme(i)))
        i += 1
    return list(found)


def measure(engine: str, size: str) -> None:
    axioms = ontology()
    if size == "graph":
        from kg.tables.load import load_facts

        data = list({quad.triple for quad in load_facts().quads})
    else:
        data = facts(int(size))
    if engine == "owlrl":
        import rdflib
        from owlrl import DeductiveClosure, OWLRL_Semantics

        graph = rdflib.Graph()
        graph.parse(data="\n".join(f"{t} ." for t in [*data, *axioms]), format="nt")
        started = time.perf_counter()
        DeductiveClosure(OWLRL_Semantics).expand(graph)
        found = len(graph)
    elif engine == "explanations":
        from tests.reasoning.verify import explanations

        started = time.perf_counter()
        found = len(explanations(data, axioms))
    else:
        from kg.reasoning.entailment import entail

        started = time.perf_counter()
        found = len(entail(data, axioms))
    seconds = time.perf_counter() - started
    kilobytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(len(data), found, seconds, kilobytes / 1024)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--sizes",
        nargs="+",
        default=["graph", "10000", "100000", "1000000"],
        help="numbers of facts, or graph for those of the shipped graph (default: %(default)s)",
    )
    parser.add_argument(
        "--time-limit", type=float, default=600, help="seconds for each run of an engine (default: 600)"
    )
    parser.add_argument("--engines", nargs="+", choices=ENGINES, default=["kg", "owlrl"])
    parser.add_argument("--single", nargs=2, metavar=("ENGINE", "SIZE"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.single:
        measure(*options.single)
        return
    print(
        f"{'facts':>9} {'engine':>13} {'triples out':>12} {'seconds':>9} {'MB':>7} {'growth':>7}  times kg (time, memory)"
    )
    unit: dict[str, float] = {}
    for size in options.sizes:
        base: tuple[float, float] | None = None
        for engine in options.engines:
            call = [sys.executable, "-m", "tests.benchmarks.reason", "--single", engine, size]
            try:
                done = subprocess.run(call, capture_output=True, text=True, timeout=options.time_limit, check=True)
            except subprocess.TimeoutExpired:
                least = f"more than {options.time_limit / base[0]:.0f}" if base else ""
                over = f"> {options.time_limit:.0f}"
                print(f"{size:>9} {engine:>13} {'-':>12} {over:>9} {'-':>7} {'-':>7}  {least}", flush=True)
                continue
            count, found, seconds, megabytes = map(float, done.stdout.split())
            base = base or (seconds, max(megabytes, 1.0))
            n = count + found
            share = seconds / (n * math.log(n))
            growth = "-" if size == "graph" else f"{share / unit.setdefault(engine, share):.2f}"
            ratio = f"{seconds / base[0]:.1f}, {megabytes / base[1]:.1f}"
            row = f"{count:>9.0f} {engine:>13} {found:>12.0f} {seconds:>9.3f} {megabytes:>7.0f} {growth:>7}  {ratio}"
            print(row, flush=True)


if __name__ == "__main__":
    main()
