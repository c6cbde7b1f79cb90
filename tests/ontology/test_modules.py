"""The ontology by topic: every file is a module whose imports resolve, and all together are the whole that is exported."""

from __future__ import annotations

import re
import subprocess
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, BNode, Graph, URIRef
from rdflib.compare import to_isomorphic
from rdflib.namespace import DCTERMS

from kg import paths, terms
from kg.exports.export import export
from kg.exports.select import Choice
from tests.conftest import ROOT
from tests.support.tools import need

IRI = terms.BASE + "ontology"
CATALOGUE = paths.ONTOLOGY / "catalog-v001.xml"
FILES = paths.ontology_files()
HELPERS = {"cube", "inference", "loading"}
ROBOT = ROOT / ".tools" / "robot"
JAVA = pytest.mark.slow("starts ROBOT, a Java program")


def name(path: Path) -> str:
    return path.relative_to(paths.ONTOLOGY).with_suffix("").as_posix()


def iri(path: Path) -> str:
    return IRI if name(path) == "ontology" else f"{IRI}/{name(path)}"


@cache
def graph(path: Path) -> Graph:
    return Graph().parse(path)


@cache
def catalogue() -> dict[str, Path]:
    entries = ElementTree.parse(CATALOGUE).getroot()
    return {entry.attrib["name"]: paths.ONTOLOGY / entry.attrib["uri"] for entry in entries}


def closure(path: Path, seen: frozenset[Path] = frozenset()) -> frozenset[Path]:
    found = seen | {path}
    for imported in graph(path).objects(URIRef(iri(path)), OWL.imports):
        if (there := catalogue()[str(imported)]) not in found:
            found |= closure(there, found)
    return found


def test_the_catalogue_has_every_file_and_no_other() -> None:
    assert len(FILES) > 20
    assert catalogue() == {iri(path): path for path in FILES}, f"correct {CATALOGUE.name}"


@pytest.mark.parametrize("path", FILES, ids=name)
def test_a_file_is_a_module_with_iri_version_and_texts(path: Path) -> None:
    header = URIRef(iri(path))
    assert set(graph(path).subjects(RDF.type, OWL.Ontology)) == {header}
    version = f"{IRI}/{terms.VERSION}" + iri(path).removeprefix(IRI)
    assert list(graph(path).objects(header, OWL.versionIRI)) == [URIRef(version)]
    assert [str(v) for v in graph(path).objects(header, OWL.versionInfo)] == [terms.VERSION]
    assert {getattr(t, "language", None) for t in graph(path).objects(header, DCTERMS.title)} == {"en", "ja"}
    assert list(graph(path).objects(header, DCTERMS.license))


@pytest.mark.parametrize("path", FILES, ids=name)
def test_what_a_module_names_is_declared_in_what_it_imports(path: Path) -> None:
    """Of terms and codes; institutions, which a code list may name, are facts."""
    known = {s for file in closure(path) for s in graph(file).subjects() if not isinstance(s, BNode)}
    named = {t for triple in graph(path) for t in triple if isinstance(t, URIRef)}
    ours = {t for t in named if str(t).startswith(terms.IS) or "/id/scheme/" in t}
    assert {terms.shorten(t) for t in ours - known} == set()
    foreign = {p for p in graph(path).predicates() if str(p).startswith((str(SKOS), str(DCTERMS)))}
    assert {terms.shorten(str(p)) for p in foreign - known} == set()


def test_the_topics_do_not_need_each_other_in_a_circle() -> None:
    for path in FILES:
        below = [catalogue()[str(i)] for i in graph(path).objects(URIRef(iri(path)), OWL.imports)]
        assert [name(p) for p in below if path in closure(p)] == [], name(path)


def test_the_whole_imports_all_but_the_data_cube_structure() -> None:
    assert closure(paths.ONTOLOGY / "ontology.ttl") == {p for p in FILES if name(p) != "cube"}


def test_the_modules_that_only_help_say_so_and_no_topic_needs_them() -> None:
    helps = URIRef(terms.IS + "helpsOnly")
    assert {name(p) for p in FILES if (URIRef(iri(p)), helps, None) in graph(p)} == HELPERS
    for path in FILES:
        if name(path) not in {"ontology", "alignments", *HELPERS}:
            assert {name(p) for p in closure(path)} & HELPERS == set(), name(path)


def whole() -> Graph:
    content = export("nt", Choice(graph="ontology"))
    assert isinstance(content, str)
    return Graph().parse(data=content, format="nt")


@pytest.mark.slow("exports the ontology")
def test_the_export_is_one_ontology_that_holds_what_the_modules_hold() -> None:
    exported = whole()
    assert set(exported.subjects(RDF.type, OWL.Ontology)) == {URIRef(IRI)}
    assert list(exported.objects(None, OWL.imports)) == []
    headers = {URIRef(iri(path)) for path in FILES}
    modules = Graph()
    for path in FILES:
        for s, p, o in graph(path):
            if s not in headers:
                modules.add((s, p, o))
    rest = Graph()
    for s, p, o in exported:
        if s not in headers and p not in {RDFS.label, RDFS.isDefinedBy}:
            rest.add((s, p, o))
    assert to_isomorphic(rest) == to_isomorphic(modules)


def test_each_term_and_code_says_which_module_defines_it() -> None:
    exported = whole()
    for path in FILES:
        kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty, SKOS.ConceptScheme)
        declared = {s for kind in kinds for s in graph(path).subjects(RDF.type, kind) if str(s).startswith(terms.BASE)}
        for term in declared | set(graph(path).subjects(SKOS.notation)):
            assert list(exported.objects(term, RDFS.isDefinedBy)) == [URIRef(iri(path))], term


def robot(*arguments: str) -> str:
    need("java")
    need("robot", ROBOT)
    command = ["java", "-cp", f"{ROBOT}/*", "org.obolibrary.robot.CommandLineInterface", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def report(turtle: str, folder: Path) -> list[list[str]]:
    """The rows of ROBOT's report with its own profile: level, rule, entity, property, value."""
    (folder / "whole.ttl").write_text(turtle, encoding="utf-8")
    rows = folder / "report.tsv"
    robot("report", "--input", str(folder / "whole.ttl"), "--output", str(rows), "--fail-on", "none")
    return [line.split("\t") for line in rows.read_text(encoding="utf-8").splitlines()[1:]]


@JAVA
def test_the_report_of_robot_shows_no_error_and_no_missing_label(tmp_path: Path) -> None:
    content = export("ttl", Choice(graph="ontology"))
    assert isinstance(content, str)
    rows = report(content, tmp_path)
    assert len(rows) > 100  # it has read the terms: it misses the OBO annotation for definitions, a warning
    assert [row for row in rows if row[0] == "ERROR" or row[1] == "missing_label"] == []
    assert {row[1] for row in rows if row[0] == "WARN"} == {"missing_definition"}
    nameless = re.sub(r'(?m)rdfs:label "programme"@en ;$', "", content)
    assert nameless != content
    assert [row[2] for row in report(nameless, tmp_path) if row[1] == "missing_label"] == [terms.IS + "Programme"]


@JAVA
def test_robot_finds_the_imports_on_disk(tmp_path: Path) -> None:
    """With the catalogue beside the files; a module that is not there would be looked for on the web and refused."""
    merged = tmp_path / "merged.ttl"
    robot("merge", "--input", str(paths.ONTOLOGY / "ontology.ttl"), "--output", str(merged))
    own = {str(s) for s in Graph().parse(merged).subjects(RDF.type, OWL.Class) if str(s).startswith(terms.IS)}
    declared = {str(s) for p in FILES for s in graph(p).subjects(RDF.type, OWL.Class) if str(s).startswith(terms.IS)}
    assert own == declared and len(own) > 50
