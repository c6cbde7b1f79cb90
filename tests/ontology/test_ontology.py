"""The ontology's own style: every term declared, named, defined, placed and used."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import rdflib
from rdflib import OWL, RDF, RDFS, SKOS, URIRef

from kg import paths, terms
from kg.assembly.build import Built

IS = rdflib.Namespace(terms.IS)
VOCABULARIES = Path(__file__).parent / "vocabularies"
KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)


def merged(*files: Path) -> rdflib.Graph:
    graph = rdflib.Graph()
    for path in files:
        graph.parse(path)
    return graph


ONTOLOGY = merged(*paths.ontology_files())
FOREIGN = ("alignments.ttl", "cube.ttl", "reused.ttl")  # links, and statements about terms declared elsewhere
TOPICS = [path for path in sorted(paths.ONTOLOGY.glob("*.ttl")) if path.name not in FOREIGN]
OWN = merged(*TOPICS)
TERMS = sorted({s for kind in KINDS for s in OWN.subjects(RDF.type, kind) if isinstance(s, URIRef) and s in IS})
PROPERTIES = [
    t for t in TERMS if (t, RDF.type, OWL.Class) not in OWN and (t, RDF.type, OWL.AnnotationProperty) not in OWN
]
CODES = sorted(s for s in ONTOLOGY.subjects(SKOS.inScheme, None) if isinstance(s, URIRef))


def name(term: URIRef) -> str:
    return terms.shorten(str(term))


def test_there_are_terms() -> None:
    assert len(TERMS) > 150
    assert len(PROPERTIES) > 90
    assert len(CODES) > 60


@pytest.mark.parametrize("term", [*TERMS, *CODES], ids=name)
def test_one_name_and_one_definition_in_each_language(term: URIRef) -> None:
    for prop in (SKOS.prefLabel, SKOS.definition):
        assert sorted(str(o.language) for o in ONTOLOGY.objects(term, prop)) == ["en", "ja"]  # type: ignore[attr-defined]


@pytest.mark.parametrize("term", PROPERTIES, ids=name)
def test_a_property_has_domain_and_range_or_says_why_not(term: URIRef) -> None:
    for prop, reason in ((RDFS.domain, IS.domainOpenBecause), (RDFS.range, IS.rangeOpenBecause)):
        assert ((term, prop, None) in OWN) != ((term, reason, None) in OWN)


@pytest.mark.parametrize("term", TERMS, ids=name)
def test_names_follow_the_style(term: URIRef) -> None:
    local = terms.local_name(str(term))
    pattern = r"[A-Z][a-zA-Z]+" if (term, RDF.type, OWL.Class) in OWN else r"[a-z][a-zA-Z]+"
    assert re.fullmatch(pattern, local)


def test_no_term_is_of_two_kinds() -> None:
    kinds = {t: [k for k in KINDS if (t, RDF.type, k) in ONTOLOGY] for t in set(ONTOLOGY.subjects(RDF.type, None))}
    assert {name(t): k for t, k in kinds.items() if len(k) > 1 and isinstance(t, URIRef)} == {}


def test_every_term_of_ours_that_is_mentioned_is_declared() -> None:
    mentioned = {t for triple in ONTOLOGY for t in triple if isinstance(t, URIRef) and t in IS}
    assert {name(t) for t in mentioned - set(TERMS)} == set()


def test_every_foreign_property_and_class_in_use_is_declared(built: Built) -> None:
    declared = {str(s) for kind in KINDS for s in ONTOLOGY.subjects(RDF.type, kind)}
    apart = {terms.RELEASE_GRAPH, terms.ONTOLOGY_GRAPH}
    used = {q.predicate.value for q in built.quads if str(q.graph_name)[1:-1] not in apart}
    used |= {
        str(q.object)[1:-1]
        for q in built.quads
        if q.predicate.value == terms.RDF + "type" and str(q.graph_name)[1:-1] not in apart
    }
    built_in = (terms.RDF, terms.RDFS, terms.OWL)
    assert {u for u in used - declared if not u.startswith(built_in)} == set()


def test_every_term_is_used(built: Built) -> None:
    """A class has instances, of its own or of a subclass; a property has statements, asserted or inferred."""
    facts = [q for q in built.quads if str(q.graph_name)[1:-1] != terms.RELEASE_GRAPH]
    used = {q.predicate.value for q in facts} | {
        str(q.object)[1:-1] for q in facts if q.predicate.value == terms.RDF + "type"
    }
    assert {name(t) for t in TERMS if str(t) not in used} == set()


def test_each_term_is_declared_in_one_file_of_a_readable_length() -> None:
    declared = [str(t) for path in TOPICS for t in {s for s, k in merged(path).subject_objects(RDF.type) if k in KINDS}]
    assert sorted(declared) == sorted(set(declared))
    assert set(map(str, TERMS)) <= set(declared)
    assert [path.name for path in TOPICS if len(path.read_text(encoding="utf-8").splitlines()) > 300] == []


def test_what_only_helps_inference_or_loading_stands_apart(built: Built) -> None:
    """In inference.ttl and funding-links.ttl what nobody states, in loading.ttl what only the loader reads."""
    apart = (terms.INFERRED_GRAPH, terms.RELEASE_GRAPH)
    stated = {q.predicate.value for q in built.quads if str(q.graph_name)[1:-1] not in apart}
    follows = {t for t in PROPERTIES if str(t) not in stated}
    assert len(follows) > 20
    concluded = declared_in("inference.ttl") | (declared_in("funding-links.ttl") & set(PROPERTIES))
    assert {name(t) for t in follows ^ concluded} == set()
    loader = declared_in("loading.ttl")
    assert len(loader) == 4
    others = merged(*(path for path in TOPICS if path.name != "loading.ttl"))
    assert [name(t) for t in sorted(loader) if (None, t, None) in others] == []


def declared_in(file: str) -> set[URIRef]:
    return {s for s in merged(paths.ONTOLOGY / file).subjects(RDF.type) if s in TERMS}  # type: ignore[misc]


def vocabulary_terms() -> set[str]:
    return {
        line.split("\t")[0]
        for path in sorted(VOCABULARIES.glob("*.tsv"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    }


def aligned_terms() -> set[str]:
    foreign = tuple(
        terms.PREFIXES[p] for p in ("org", "foaf", "prov", "dcterms", "frapo", "dingo", "eurio", "obeu", "schema", "qb")
    )
    alignments = merged(paths.ONTOLOGY / "alignments.ttl", paths.ONTOLOGY / "cube.ttl")
    return {str(t) for triple in alignments for t in triple if str(t).startswith(foreign)}


def test_alignments_use_terms_that_exist() -> None:
    assert len(aligned_terms()) > 40
    assert aligned_terms() - vocabulary_terms() == set()


def test_the_check_of_alignments_can_fail() -> None:
    assert "http://purl.org/cerif/frapo/FundingProgram" not in vocabulary_terms()


def test_each_vocabulary_list_says_where_it_was_read() -> None:
    lists = sorted(VOCABULARIES.glob("*.tsv"))
    assert len(lists) >= 10
    assert [p.name for p in lists if not p.read_text(encoding="utf-8").startswith("# ")] == []
