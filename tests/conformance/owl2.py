"""Run the W3C OWL 2 test cases against the rules.

    python tests/conformance/owl2.py all.rdf

Prints how many cases pass, which are not supported and why, and which fail; exit code 1 when one fails. Each kind of a
case (consistency, inconsistency, entailment, non-entailment) counts by itself; rejected cases are left out. Not
supported is what `kg.reason` leaves out: axioms beyond OWL 2 RL, conclusions about the schema, equality, blank nodes.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import BlankNode, RdfFormat, Triple, parse

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from kg.axioms import is_anonymous, read_axioms
from kg.reason import Conclusions, canonical, is_reported, reason, unsupported
from kg.terms import OWL

TEST = "http://www.w3.org/2007/OWL/testOntology#"
UNIQUE_NAMES = {"prp-fp", "prp-ifp", "prp-key", "cls-maxc2", "cls-maxqc3", "cls-maxqc4", "eq-diff1"}
KINDS = ("ConsistencyTest", "InconsistencyTest", "PositiveEntailmentTest", "NegativeEntailmentTest")


class NotSupportedError(Exception):
    """A case asks for something that is left out."""


@dataclass(frozen=True)
class Case:
    name: str
    kinds: tuple[str, ...]
    rl: bool
    premise: str | None
    conclusion: str | None
    non_conclusion: str | None
    imports: bool


def read_cases(path: Path) -> Iterator[Case]:
    """Yield the cases of a file, sorted by name; rdflib reads it, for its entities are quoted in a way not all take."""
    import rdflib

    graph = rdflib.Graph()
    graph.parse(path, format="xml")
    test = rdflib.Namespace(TEST)
    for node in sorted(graph.subjects(rdflib.RDF.type, test.TestCase), key=str):
        if (node, test.status, test.Rejected) in graph:
            continue

        def text(name: str, node: rdflib.term.Node = node) -> str | None:
            value = graph.value(node, test[name])
            return None if value is None else str(value)

        kinds = tuple(kind for kind in KINDS if (node, rdflib.RDF.type, test[kind]) in graph)
        yield Case(
            str(graph.value(node, test.identifier)),
            kinds,
            (node, test.profile, test.RL) in graph,
            text("rdfXmlPremiseOntology"),
            text("rdfXmlConclusionOntology"),
            text("rdfXmlNonConclusionOntology"),
            (node, test.importedOntology, None) in graph,
        )


def triples(text: str | None) -> list[Triple]:
    if text is None:
        raise NotSupportedError("not given in RDF/XML")
    try:
        return [quad.triple for quad in parse(text, format=RdfFormat.RDF_XML, base_iri="http://example.org/base")]
    except SyntaxError as error:
        raise NotSupportedError(f"RDF/XML that does not parse: {error}") from None


def run(case: Case, kind: str) -> bool:
    """Return whether the rules answer one kind of a case rightly, or raise `NotSupportedError`."""
    if case.imports:
        raise NotSupportedError("imports")
    premise = triples(case.premise)
    problems = unsupported(premise)
    if problems:
        raise NotSupportedError("beyond the profile: " + problems[0].split(": ")[-1])
    found = reason([], premise)
    if kind in ("ConsistencyTest", "InconsistencyTest"):
        if found.inconsistencies and {problem.rule for problem in found.inconsistencies} <= UNIQUE_NAMES:
            raise NotSupportedError("equality: names are unique here")
        return bool(found.inconsistencies) == (kind == "InconsistencyTest")
    wanted = triples(case.conclusion if kind == "PositiveEntailmentTest" else case.non_conclusion)
    return entails(premise, found, wanted) == (kind == "PositiveEntailmentTest")


def entails(premise: list[Triple], found: Conclusions, wanted: list[Triple]) -> bool:
    """Return whether assertions follow; from a contradiction everything does."""
    axioms = read_axioms(wanted)
    assertions = axioms.assertions()
    declared = {OWL + name for name in ("Class", "ObjectProperty", "DatatypeProperty", "NamedIndividual", "Ontology")}
    declared |= {OWL + "AnnotationProperty", OWL + "Thing"}
    others = [t for t in set(axioms.triples) - set(assertions) - set(premise) if str(t.object)[1:-1] not in declared]
    if any(t.predicate.value.startswith(OWL) for t in assertions):
        raise NotSupportedError("equality: names are unique here")
    if others or not assertions:
        raise NotSupportedError("the conclusion is about the schema")
    terms = read_axioms(premise).schema_terms()
    for triple in assertions:
        if isinstance(triple.subject, BlankNode) or isinstance(triple.object, BlankNode) or is_anonymous(triple.object):
            raise NotSupportedError("the conclusion has a blank node")
        if not is_reported(triple, terms):
            raise NotSupportedError("the conclusion is about the schema")
    if found.inconsistencies:
        return True
    known = canonical(premise) | set(found.entailed)
    return canonical(assertions) <= known


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", type=Path, help="the test cases in RDF/XML")
    parser.add_argument("--all", action="store_true", help="also the cases that are not marked as OWL 2 RL")
    options = parser.parse_args()
    passed: list[str] = []
    failed: list[str] = []
    reasons: dict[str, list[str]] = {}
    for case in read_cases(options.path):
        for kind in case.kinds if case.rl or options.all else ():
            label = f"{case.name} ({kind.removesuffix('Test')})"
            try:
                (passed if run(case, kind) else failed).append(label)
            except NotSupportedError as refusal:
                reasons.setdefault(str(refusal), []).append(label)
    print(f"passed {len(passed)}: {dict(Counter(label.rsplit(' ', 1)[1].strip('()') for label in passed))}")
    print(f"not supported {sum(map(len, reasons.values()))}:")
    for why in sorted(reasons):
        print(f"  {why}: {', '.join(reasons[why])}")
    print(f"failed {len(failed)}: {', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
