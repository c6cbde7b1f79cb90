"""Run the W3C OWL 2 RL test cases against the rules.

    python -m tests.reasoning.conformance.owl2                      the stored cases; `python -m tests.refresh conformance` keeps it in report.txt
    python -m tests.reasoning.conformance.owl2 --import all.rdf     store the OWL 2 RL cases of the export again

Each kind of a case (consistency, inconsistency, entailment, non-entailment) counts by itself; rejected cases are left
out. Not supported is what `kg.reasoning.entailment` leaves out: axioms beyond its profile, conclusions about the schema, equality,
imports. Exit code 1 when a case fails.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from pyoxigraph import BlankNode, Literal, RdfFormat, Triple, parse

from kg.reasoning.axioms import TYPE, is_anonymous, read_axioms, unsupported
from kg.reasoning.entailment import Conclusions, Inconsistency, as_stored, is_reported, reason
from kg.terms import OWL

HERE = Path(__file__).resolve().parent
CASES = HERE / "owl2-rl.json"
REPORT = HERE / "report.txt"
TEST = "http://www.w3.org/2007/OWL/testOntology#"
UNIQUE_NAMES = {"prp-fp", "prp-ifp", "prp-key", "cls-maxc2", "cls-maxqc3", "cls-maxqc4", "eq-diff1"}
KINDS = ("ConsistencyTest", "InconsistencyTest", "PositiveEntailmentTest", "NegativeEntailmentTest")


class NotSupportedError(Exception):
    """A case asks for something that is left out."""


@dataclass(frozen=True)
class Case:
    """A test case, its ontologies in RDF/XML; those given in functional syntax only were put into RDF/XML."""

    name: str
    creators: tuple[str, ...]
    kinds: tuple[str, ...]
    premise: str | None
    conclusion: str | None
    non_conclusion: str | None
    imports: bool


def stored_cases() -> list[Case]:
    """The cases in this folder, sorted by name."""
    rows = json.loads(CASES.read_text(encoding="utf-8"))["cases"]
    return [Case(**{**row, "creators": tuple(row["creators"]), "kinds": tuple(row["kinds"])}) for row in rows]


def read_export(path: Path) -> Iterator[Case]:
    """Yield the RL cases of an export, sorted by name; rdflib reads it, for its entities are quoted unusually."""
    import rdflib

    graph = rdflib.Graph()
    graph.parse(path, format="xml")
    test = rdflib.Namespace(TEST)
    for node in sorted(graph.subjects(rdflib.RDF.type, test.TestCase), key=str):
        if (node, test.status, test.Rejected) in graph:
            continue

        kinds = tuple(kind for kind in KINDS if (node, rdflib.RDF.type, test[kind]) in graph)
        if not kinds or (node, test.profile, test.RL) not in graph:
            continue

        def text(name: str, node: rdflib.term.Node = node) -> str | None:
            value = graph.value(node, test[f"rdfXml{name}Ontology"])
            given = graph.value(node, test[f"fs{name}Ontology"])
            return str(value) if value is not None else None if given is None else in_rdf_xml(str(given))

        yield Case(
            str(graph.value(node, test.identifier)),
            tuple(sorted(str(creator) for creator in graph.objects(node, test.creator))),
            kinds,
            text("Premise"),
            text("Conclusion"),
            text("NonConclusion"),
            (node, test.importedOntology, None) in graph,
        )


def in_rdf_xml(functional: str) -> str:
    """An ontology in functional syntax as RDF/XML, by the OWL API."""
    from tests.reasoning.owl_profiles import _java, _load

    ontology, api = _load(functional), _java().owlapi
    target = api.io.StringDocumentTarget()
    ontology.getOWLOntologyManager().saveOntology(ontology, api.io.RDFXMLOntologyFormat(), target)
    return str(target.toString())


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
        if found.inconsistencies and all(map(is_about_names, found.inconsistencies)):
            raise NotSupportedError("equality: names are unique here")
        return bool(found.inconsistencies) == (kind == "InconsistencyTest")
    wanted = triples(case.conclusion if kind == "PositiveEntailmentTest" else case.non_conclusion)
    return entails(premise, found, wanted) == (kind == "PositiveEntailmentTest")


def is_about_names(problem: Inconsistency) -> bool:
    """Whether it is a contradiction only because names are unique: two different values are never one."""
    if problem.rule not in UNIQUE_NAMES:
        return False
    return problem.rule == "prp-key" or not all(
        isinstance(t.object, Literal) for t in problem.premises if t.predicate != TYPE
    )


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
    known = as_stored(premise) | set(found.entailed)
    return as_stored(assertions) <= known


def report(cases: list[Case]) -> tuple[str, int]:
    """What passes, what is not supported and why, and what fails; and how many fail."""
    passed: list[str] = []
    failed: list[str] = []
    reasons: dict[str, list[str]] = {}
    for case in cases:
        for kind in case.kinds:
            label = f"{case.name} ({kind.removesuffix('Test')})"
            try:
                (passed if run(case, kind) else failed).append(label)
            except NotSupportedError as refusal:
                reasons.setdefault(str(refusal), []).append(label)
    counted = Counter(label.rsplit(" ", 1)[1].strip("()") for label in passed)
    lines = [f"passed {len(passed)}: {', '.join(f'{kind} {count}' for kind, count in counted.items())}"]
    lines += [f"not supported {sum(map(len, reasons.values()))}:"]
    for why in sorted(reasons):
        lines += [f"  {why} ({len(reasons[why])}):", *(f"    {label}" for label in reasons[why])]
    lines += [f"failed {len(failed)}:", *(f"  {label}" for label in failed)]
    return "".join(f"{line}\n" for line in lines), len(failed)


def made() -> dict[Path, str]:
    """Return the report as it is now."""
    return {REPORT: report(stored_cases())[0]}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--import", dest="source", type=Path, metavar="FILE", help="an export of the test cases")
    options = parser.parse_args()
    if options.source:
        rows = [asdict(case) for case in read_export(options.source)]
        CASES.write_text(json.dumps({"cases": rows}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    text, failures = report(stored_cases())
    if options.source:
        REPORT.write_text(text, encoding="utf-8")
    sys.stdout.write(text)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
