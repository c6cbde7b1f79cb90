"""Definitions stand alone: no pronoun for what is defined, and a property names what it relates."""

from __future__ import annotations

import re

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, Graph, URIRef

from kg import paths, terms

LANGUAGES = ("en", "ja")
PRONOUN = {"en": re.compile(r"\b(it|they)\b", re.I), "ja": re.compile(r"それ(?!ぞれ)|これ")}


def read() -> Graph:
    graph = Graph()
    for path in paths.ontology_files():
        graph.parse(path)
    return graph


ONTOLOGY = read()


def texts(term: URIRef, prop: URIRef) -> dict[str, str]:
    return {str(getattr(o, "language", "")): str(o) for o in ONTOLOGY.objects(term, prop)}


def own(kind: URIRef) -> list[URIRef]:
    return sorted(s for s in ONTOLOGY.subjects(RDF.type, kind) if isinstance(s, URIRef) and str(s).startswith(terms.IS))


DEFINED = sorted({s for s in ONTOLOGY.subjects(SKOS.definition) if isinstance(s, URIRef)})
OBJECT, DATA = own(OWL.ObjectProperty), own(OWL.DatatypeProperty)


def faults_of(definition: dict[str, str], ends: list[dict[str, str]], *, relates: bool) -> list[str]:
    """What is wrong with a definition; `ends` are the names of the classes that it must mention, in this order."""
    found = [f"{lang}: a pronoun" for lang in LANGUAGES if PRONOUN[lang].search(definition[lang])]
    if relates and not re.match(r"Relates .+ to .+\.$", definition["en"]):
        found.append("en: begins with “Relates … to”")
    if relates and not re.search(r"から.+への関係。", definition["ja"]):
        found.append("ja: 「…から…への関係」とする")
    for lang in LANGUAGES:
        rest = definition[lang].lower()
        for end in ends:
            at = rest.find(end[lang].lower())
            if at < 0:
                found.append(f"{lang}: does not name “{end[lang]}”")
            elif relates:
                rest = rest[at + len(end[lang]) :]
    return found


def ends_of(prop: URIRef) -> list[dict[str, str]]:
    classes = [c for p in (RDFS.domain, RDFS.range) for c in ONTOLOGY.objects(prop, p) if str(c).startswith(terms.IS)]
    return [texts(c, SKOS.prefLabel) for c in classes if isinstance(c, URIRef)]


def test_there_is_something_to_hold() -> None:
    assert len(DEFINED) > 250 and len(OBJECT) > 70 and len(DATA) > 30


@pytest.mark.parametrize("term", DEFINED, ids=terms.shorten)
def test_a_definition_has_no_pronoun_for_what_is_defined(term: URIRef) -> None:
    assert faults_of(texts(term, SKOS.definition), [], relates=False) == []


@pytest.mark.parametrize("prop", OBJECT, ids=terms.shorten)
def test_an_object_property_names_both_ends(prop: URIRef) -> None:
    assert faults_of(texts(prop, SKOS.definition), ends_of(prop), relates=True) == []


@pytest.mark.parametrize("prop", DATA, ids=terms.shorten)
def test_a_datatype_property_names_what_has_it(prop: URIRef) -> None:
    assert faults_of(texts(prop, SKOS.definition), ends_of(prop), relates=False) == []


@pytest.mark.parametrize(
    ("definition", "fault"),
    [
        ({"en": "Relates a line to the panel it stands under.", "ja": "掲載行から区画への関係。"}, "en: a pronoun"),
        ({"en": "Relates a line to a panel.", "ja": "掲載行から、それが置かれる区画への関係。"}, "ja: a pronoun"),
        ({"en": "From a line to its panel.", "ja": "掲載行から区画への関係。"}, "en: begins with “Relates … to”"),
        ({"en": "Relates a line to a panel.", "ja": "掲載行の区画。"}, "ja: 「…から…への関係」とする"),
        ({"en": "Relates a panel to a line.", "ja": "掲載行から区画への関係。"}, "en: does not name “panel”"),
        ({"en": "Relates a line to a panel.", "ja": "掲載行から頁への関係。"}, "ja: does not name “区画”"),
    ],
)
def test_each_fault_is_found(definition: dict[str, str], fault: str) -> None:
    ends = [{"en": "line", "ja": "掲載行"}, {"en": "panel", "ja": "区画"}]
    assert faults_of(definition, ends, relates=True) == [fault]


def test_notes_and_examples_come_in_both_languages() -> None:
    for prop in (SKOS.scopeNote, SKOS.example):
        with_it = sorted(s for s in ONTOLOGY.subjects(prop) if isinstance(s, URIRef))
        assert len(set(with_it)) >= 4
        assert [terms.shorten(t) for t in with_it if set(texts(t, prop)) != {"en", "ja"}] == []


@pytest.mark.parametrize("group", [("isImplementedBy", "isExecutedBy", "isCarriedOutBy")])
def test_near_synonyms_send_to_each_other(group: tuple[str, ...]) -> None:
    for name in group:
        note = texts(URIRef(terms.IS + name), SKOS.scopeNote)
        assert [other for other in group if other != name and any(other not in note[lang] for lang in LANGUAGES)] == []
