"""What owlrl says, brought into the form in which conclusions are compared.

    python -m tests.reasoning.judge

compares all that follows from the shipped graph with what owlrl concludes from it, which takes owlrl most of a minute;
exit code 1 when they differ. The tests compare each page by itself.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable

from pyoxigraph import RdfFormat, Triple, parse

from kg import terms
from kg.assembly.build import Built, build
from kg.reasoning.axioms import read_axioms
from kg.reasoning.entailment import is_reported, reason
from kg.terms import OWL, RDF, RDFS, XSD

_APART = {terms.ONTOLOGY_GRAPH, terms.INFERRED_GRAPH, terms.RELEASE_GRAPH}


def judged(data: Iterable[Triple], ontology: Iterable[Triple]) -> tuple[set[Triple], bool]:
    """Return what owlrl concludes about named things, and whether it finds a contradiction.

    Looked at are triples whose subject is an IRI that is neither declared as a term nor one of RDF, RDFS, OWL or XML
    Schema, and that `is_reported` counts: no types owl:Thing and the like, no equality, no blank nodes. A contradiction
    is an error that owlrl reports, or an owl:sameAs between two different terms.
    """
    import rdflib
    from owlrl import OWLRL_Semantics

    given_triples = [*data, *ontology]
    graph = rdflib.Graph()
    graph.parse(data="\n".join(f"{triple} ." for triple in given_triples), format="nt")
    closure = OWLRL_Semantics(graph, False, False)
    closure.closure()
    same = any(s != o for s, o in graph.subject_objects(rdflib.OWL.sameAs))
    lines = (
        " ".join(term.n3() for term in triple) + " ." for triple in graph if not isinstance(triple[0], rdflib.Literal)
    )
    found = {quad.triple for quad in parse("\n".join(lines), format=RdfFormat.N_TRIPLES)}
    declared = read_axioms(ontology).schema_terms()
    named = {
        triple
        for triple in found - set(given_triples)
        if is_reported(triple, declared) and not str(triple.subject)[1:].startswith((RDF, RDFS, OWL, XSD))
    }
    return named, bool(closure.error_messages) or same


def facts_and_ontology(built: Built) -> tuple[list[Triple], list[Triple]]:
    """Return what the build reasons from: the facts of all documents, and the ontology."""

    graphs = [(q.triple, str(q.graph_name).strip("<>")) for q in built.quads]
    facts = [triple for triple, graph in graphs if graph not in _APART]
    return facts, [triple for triple, graph in graphs if graph == terms.ONTOLOGY_GRAPH]


def facts_read_from(page: int, facts: Iterable[Triple]) -> list[Triple]:
    """Return every fact about the things that are read from a page, and about the things that those name."""
    known = list(facts)
    on_page = {
        t.subject
        for t in known
        if t.predicate.value == terms.IS + "isOnPage" and str(t.object).strip("<>").endswith(f"/page-{page}")
    }
    read = {t.subject for t in known if t.predicate.value == terms.IS + "isReadFrom" and t.object in on_page}
    named = {t.object for t in known if t.subject in read}
    return [t for t in known if t.subject in on_page | read | named]


def main() -> int:
    facts, ontology = facts_and_ontology(build())
    started = time.perf_counter()
    ours = reason(facts, ontology)
    between = time.perf_counter()
    theirs, contradictory = judged(facts, ontology)
    seconds = between - started, time.perf_counter() - between
    lines = [
        f"facts {len(facts)}, ontology {len(ontology)} statements",
        f"kg    {len(ours.entailed)} conclusions, {len(ours.inconsistencies)} contradictions, {seconds[0]:.2f} s",
        f"owlrl {len(theirs)} conclusions, contradiction: {'yes' if contradictory else 'no'}, {seconds[1]:.1f} s",
        *(f"only kg    {t}" for t in sorted(ours.entailed - theirs, key=str)),
        *(f"only owlrl {t}" for t in sorted(theirs - ours.entailed, key=str)),
    ]
    print("\n".join(lines))
    return 0 if ours.entailed == theirs and bool(ours.inconsistencies) == contradictory else 1


if __name__ == "__main__":
    sys.exit(main())
