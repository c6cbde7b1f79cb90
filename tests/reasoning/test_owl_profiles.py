"""The ontology is OWL 2 DL, consistent, and inside OWL 2 RL; the judges are the OWL API and HermiT."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest
import rdflib

from kg import paths
from kg.tables.schema import parse_module
from kg.validation.engines import to_ntriples
from tests.reasoning.owl_profiles import is_consistent, profile_violations, unsatisfiable_classes

pytestmark = pytest.mark.slow("starts a Java machine")

# Data about our properties (Data Cube), not axioms: its own head says why it stands apart.
APART = {"cube.ttl"}


def merged(files: list[Path]) -> str:
    """The modules as one ontology; the OWL API would look for their imports on the web."""
    graph = rdflib.Graph()
    graph.parse(data=to_ntriples(t for path in files for t in parse_module(path)), format="nt")
    return graph.serialize(format="turtle")


@pytest.fixture(scope="module")
def ontology() -> str:
    files = [p for p in paths.ontology_files() if p.name not in APART]
    assert len(files) > 15
    return merged(files)


PREFIX = """
@prefix : <https://example.org/> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<https://example.org> a owl:Ontology . :A a owl:Class . :B a owl:Class . :C a owl:Class . :p a owl:ObjectProperty .
"""


@pytest.mark.parametrize("profile", ["DL", "RL"])
def test_the_ontology_is_in_the_profile(ontology: str, profile: Literal["DL", "RL"]) -> None:
    assert profile_violations(ontology, profile) == []


def test_the_ontology_is_consistent_and_every_class_can_have_instances(ontology: str) -> None:
    assert is_consistent(ontology)
    assert unsatisfiable_classes(ontology) == []


@pytest.mark.parametrize(
    ("axioms", "profile"),
    [
        (":A rdfs:subClassOf :Undeclared .", "DL"),
        (":x :undeclared :y . :q a owl:ObjectProperty ; rdfs:subPropertyOf :undeclared .", "DL"),
        (":p a owl:DatatypeProperty .", "DL"),
        (":p a owl:TransitiveProperty . :A rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :p ; owl:maxCardinality 1 ] .", "DL"),
        (":p a owl:TransitiveProperty , owl:FunctionalProperty .", "DL"),
        (":A rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :p ; owl:someValuesFrom :B ] .", "RL"),
        (":A rdfs:subClassOf [ a owl:Class ; owl:unionOf ( :B :C ) ] .", "RL"),
        (":A rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :p ; owl:maxCardinality 3 ] .", "RL"),
    ],
)  # fmt: skip
def test_an_ontology_outside_the_profile_is_caught(axioms: str, profile: Literal["DL", "RL"]) -> None:
    assert profile_violations(PREFIX, profile) == []
    assert profile_violations(PREFIX + axioms, profile) != []


def test_an_inconsistency_is_caught(ontology: str) -> None:
    assert is_consistent(PREFIX + ":x a :A .")
    assert not is_consistent(PREFIX + ":A owl:disjointWith :B . :x a :A , :B .")
    both = "<urn:x> a <https://w3id.org/innovation-strategy/ontology#Appropriation> , <https://w3id.org/innovation-strategy/ontology#Portion> ."
    assert not is_consistent(ontology + both)
