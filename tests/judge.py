"""What owlrl says, brought into the form in which conclusions are compared."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import RdfFormat, Triple, parse

from kg.axioms import read_axioms
from kg.reason import is_reported
from kg.terms import OWL, RDF, RDFS, XSD


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
    terms = read_axioms(ontology).schema_terms()
    named = {
        triple
        for triple in found - set(given_triples)
        if is_reported(triple, terms) and not str(triple.subject)[1:].startswith((RDF, RDFS, OWL, XSD))
    }
    return named, bool(closure.error_messages) or same
