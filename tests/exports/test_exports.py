"""Exports: choosing, forms, the same bytes; and other readers understand exactly what we meant."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
import warnings
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from kg import terms
from kg.errors import DataError, KgError, UsageError
from kg.exports.export import export, load_forms
from kg.exports.formats.rdf import framed, jsonld, rdfxml
from kg.exports.registry import FORMS
from kg.exports.select import Choice, Selection
from tests.conftest import DOCUMENTS, ROOT
from tests.support.tools import need

load_forms()
DATASETS, TRIPLES = ("nq", "trig", "jsonld-dataset"), ("ttl", "nt", "rdfxml", "jsonld")
FORMS_READ = (*DATASETS, *TRIPLES)
RDFLIB = {"nq": "nquads", "trig": "trig", "ttl": "turtle", "nt": "nt", "rdfxml": "xml"}
FORMATS = {"ttl": ox.RdfFormat.TURTLE, "nt": ox.RdfFormat.N_TRIPLES, "rdfxml": ox.RdfFormat.RDF_XML, "jsonld": ox.RdfFormat.JSON_LD}  # fmt: skip
RDFLIB |= dict.fromkeys(("jsonld", "jsonld-dataset", "jsonld-framed"), "json-ld")
OTHERS = pytest.mark.slow("a program of another maker reads the whole graph")
INTEROP = Path(__file__).parent / "interop"
JENA = ROOT / ".tools" / "jena"


def text(name: str, choice: Choice | None = None) -> str:
    content = export(name, choice)
    assert isinstance(content, str)
    return content


def digest(quads: list[ox.Quad], *, graphs: bool) -> str:
    """The hash of the canonical form (RDF Dataset Canonicalization 1.0)."""
    dataset = ox.Dataset(quads if graphs else (ox.Quad(q.subject, q.predicate, q.object) for q in quads))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return hashlib.sha256("".join(sorted(f"{q} .\n" for q in dataset)).encode()).hexdigest()


@pytest.fixture(scope="module")
def expected() -> dict[bool, str]:
    quads = list(ox.parse(text("nq"), format=ox.RdfFormat.N_QUADS))
    return {graphs: digest(quads, graphs=graphs) for graphs in (True, False)}


Written = Callable[[str], Path]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Written:
    """How a form is written to a file, once."""
    folder = tmp_path_factory.mktemp("forms")

    @cache
    def write(name: str) -> Path:
        path = folder / f"{name}{FORMS[name].ending}"
        path.write_text(text(name), encoding="utf-8")
        return path

    return write


def assert_understood(nquads: str, name: str, expected: dict[bool, str]) -> None:
    quads = list(ox.parse(nquads, format=ox.RdfFormat.N_QUADS))
    assert digest(quads, graphs=name in DATASETS) == expected[name in DATASETS]


@pytest.mark.slow("rdflib takes its time")
@pytest.mark.parametrize("name", ["jsonld", *(pytest.param(name, marks=OTHERS) for name in FORMS_READ if name != "jsonld")])  # fmt: skip
def test_rdflib_understands(name: str, written: Written, expected: dict[bool, str]) -> None:
    spoken = RDFLIB[name]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        dataset = rdflib.Dataset()
        dataset.parse(written(name), format=spoken)
        nquads = dataset.serialize(format="nquads")
    assert_understood(nquads.replace("<urn:x-rdflib:default> ", ""), name, expected)


@OTHERS
@pytest.mark.parametrize("name", ["nq", "trig", "ttl", "nt", "rdfxml"])
def test_raptor_understands(name: str, written: Written, expected: dict[bool, str]) -> None:
    spoken = {"nq": "nquads", "nt": "ntriples", "ttl": "turtle"}.get(name, name)
    command = [need("rapper"), "-q", "-i", spoken, "-o", "nquads", str(written(name)), "http://base/"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, encoding="utf-8")
    assert_understood(done.stdout, name, expected)


@pytest.fixture(scope="module")
def javascript(written: Written) -> dict[str, str]:
    """What N3.js, jsonld.js and rdfxml-streaming-parser read, as N-Quads; one process reads all."""
    need("node")
    need("node_modules", INTEROP / "node_modules")
    readers = {"jsonld": "jsonld", "jsonld-dataset": "jsonld", "rdfxml": "rdfxml"}
    files = {name: written(name) for name in FORMS_READ}
    jobs = {name: f"{readers.get(name, 'n3')}={path}" for name, path in files.items()}
    subprocess.run(["node", "read.mjs", *jobs.values()], cwd=INTEROP, check=True)
    return {n: Path(f"{p}.{readers.get(n, 'n3')}.nq").read_text(encoding="utf-8") for n, p in files.items()}


@OTHERS
@pytest.mark.parametrize("name", FORMS_READ)
def test_javascript_understands(name: str, javascript: dict[str, str], expected: dict[bool, str]) -> None:
    assert_understood(javascript[name], name, expected)


@pytest.fixture(scope="module")
def jena(written: Written) -> dict[str, str]:
    need("java")
    need("jena", JENA)

    def riot(path: Path) -> str:
        command = ["java", "-cp", f"{JENA}/*", "riotcmd.riot", "--output=nquads", str(path)]
        done = subprocess.run(command, capture_output=True, check=True)
        assert b"ERROR" not in done.stderr
        assert b"WARN" not in done.stderr, done.stderr.decode()
        return done.stdout.decode()

    with ThreadPoolExecutor(3) as pool:
        return dict(zip(FORMS_READ, pool.map(riot, map(written, FORMS_READ)), strict=True))


@OTHERS
@pytest.mark.parametrize("name", FORMS_READ)
def test_jena_understands_without_a_murmur(name: str, jena: dict[str, str], expected: dict[bool, str]) -> None:
    assert_understood(jena[name], name, expected)


@pytest.mark.slow("reads everything twice")
def test_a_changed_figure_would_not_be_understood_alike(expected: dict[bool, str]) -> None:
    nquads = text("nq")
    changed = nquads.replace('"3200000000"', '"2300000000"')
    assert changed != nquads
    assert digest(list(ox.parse(changed, format=ox.RdfFormat.N_QUADS)), graphs=True) != expected[True]


@pytest.mark.slow("writes every form twice")
def test_the_same_dataset_gives_the_same_bytes_in_another_process() -> None:
    code = """
import hashlib
from kg.exports.export import export
from kg.exports.registry import FORMS
from kg.exports.export import load_forms
load_forms()
for name in sorted(FORMS):
    content = export(name)
    parts = content if isinstance(content, dict) else {"": content}
    for key, value in sorted(parts.items()):
        print(name, key, hashlib.sha256(value.encode() if isinstance(value, str) else value).hexdigest())
"""
    first, second = (
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.splitlines()
        for seed in ("1", "4711")
    )
    assert first == second
    assert {line.split()[0] for line in first} == set(FORMS)


def graphs_of(quads: str) -> set[str]:
    return {str(q.graph_name)[1:-1].removeprefix(terms.GRAPH) for q in ox.parse(quads, format=ox.RdfFormat.N_QUADS)}


@pytest.mark.slow("exports several times")
def test_one_graph_or_all_but_some_can_be_chosen() -> None:
    assert graphs_of(text("nq")) == {"common", "inferred", "ontology", "release", *DOCUMENTS}
    assert graphs_of(text("nq", Choice(graph="common"))) == {"common"}
    assert graphs_of(text("nq", Choice(inferred=False, background=False, ontology=False))) == {"release", *DOCUMENTS}  # fmt: skip
    with pytest.raises(UsageError, match="did you mean 'common'"):
        export("nq", Choice(graph="comon"))


@pytest.mark.slow("infers everything again")
def test_without_background_nothing_is_left_that_follows_from_it() -> None:
    def inferred(choice: Choice) -> set[str]:
        quads = ox.parse(text("nq", choice), format=ox.RdfFormat.N_QUADS)
        return {str(q.triple) for q in quads if str(q.graph_name)[1:-1] == terms.INFERRED_GRAPH}

    everything, stated = inferred(Choice()), inferred(Choice(background=False))
    ministry = "/id/funding-link/listed-p4-hubs-nict-operating-2020-ministry-mic>"
    hub = "/id/funding-link/listed-p4-hubs-nict-operating-2020-domain-quantum-security>"
    assert stated < everything
    assert any(ministry in triple for triple in everything)
    assert not any(ministry in triple for triple in stated)
    assert any(hub in triple for triple in stated)


@pytest.mark.slow("seconds long")
def test_one_language_leaves_no_text_of_another() -> None:
    languages = {q.object.language for q in ox.parse(text("nq", Choice(only_language="ja")), format=ox.RdfFormat.N_QUADS) if isinstance(q.object, ox.Literal)}  # fmt: skip
    assert languages == {None, "ja"}


def labels(name: str, choice: Choice, language: str) -> dict[str, set[tuple[str, str]]]:
    """What has a label in an RDF form, with the label, and what has a name in a language, with the name."""
    content = export(name, choice, language=language)
    assert isinstance(content, str)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        dataset = rdflib.Dataset()
        dataset.parse(data=content, format=RDFLIB[name])
        return {
            str(p): {(str(s), str(o)) for s, _, o, _ in dataset.quads((None, p, None, None)) if p == rdflib.RDFS.label or getattr(o, "language", "") == language}
            for p in (rdflib.RDFS.label, rdflib.SKOS.prefLabel)
        }  # fmt: skip


@pytest.mark.slow("exports the whole graph fourteen times")
@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("name", [*FORMS_READ, "jsonld-framed"])
def test_every_rdf_form_names_terms_and_entities_by_rdfs_label_too(name: str, language: str) -> None:
    """In one language each, also where only the ontology, or nothing inferred, is exported."""
    for choice in (Choice(graph="ontology"), Choice(things=(f"{terms.ID}programme/q-leap",), inferred=False, depth=1)):
        if name == "jsonld-framed" and choice.graph:
            continue  # trees of programmes: the ontology has none
        found = labels(name, choice, language)
        assert len(found[terms.SKOS + "prefLabel"]) > 2
        assert found[terms.RDFS + "label"] == found[terms.SKOS + "prefLabel"]


def test_an_export_of_one_language_has_labels_in_that_language() -> None:
    quads = ox.parse(text("nq", Choice(graph="ontology", only_language="ja")), format=ox.RdfFormat.N_QUADS)
    assert {q.object.language for q in quads if q.predicate.value == terms.RDFS + "label" and isinstance(q.object, ox.Literal)} == {"ja"}  # fmt: skip


@pytest.mark.slow("exports")
def test_a_thing_comes_with_its_surroundings_and_their_names() -> None:
    riken = f"{terms.ID}institution/riken"
    only = list(ox.parse(text("nq", Choice(things=(riken,), depth=0)), format=ox.RdfFormat.N_QUADS))
    near = list(ox.parse(text("nq", Choice(things=(riken,), depth=1)), format=ox.RdfFormat.N_QUADS))
    names = (terms.SKOS + "prefLabel", terms.RDFS + "label")
    subjects = {q.subject for q in only if q.predicate.value not in names}
    assert subjects == {ox.NamedNode(riken)}
    assert len(near) > len(only) > 20
    named = {q.subject for q in near if q.predicate.value == terms.SKOS + "prefLabel"}
    assert {t for q in near for t in (q.subject, q.object) if isinstance(t, ox.NamedNode) and t.value.startswith(terms.ID)} <= named  # fmt: skip


def kg(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "kg", "export", *arguments], capture_output=True, text=True, encoding="utf-8", env={**os.environ, "PYTHONPATH": str(ROOT)})  # fmt: skip


@pytest.mark.slow("takes over a second")
def test_the_things_behind_a_question_can_be_taken() -> None:
    done = kg("-f", "nq", "--query", "programmes-funding-domain", "--domain", "quantum security")
    subjects = {
        q.subject.value
        for q in ox.parse(done.stdout, format=ox.RdfFormat.N_QUADS)
        if isinstance(q.subject, ox.NamedNode)
    }
    assert f"{terms.ID}programme/global-qkd-network" in subjects
    assert f"{terms.ID}programme/isobase" not in subjects
    assert f"{terms.ID}institution/riken" not in subjects


@pytest.mark.slow("starts the command seven times")
@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["-f", "turtl"], 2, "did you mean 'ttl'"),
        (["--graph", "inferrd"], 2, "did you mean 'inferred'"),
        (["--thing", "RIKN"], 2, "did you mean"),
        (["--domian", "ai"], 2, "kg export has no option --domian; did you mean '--domain'"),
        (["--domain", "no such domain"], 2, "unknown"),
        (["-o", "/nowhere/x.ttl"], 3, "cannot be written"),
        (["-f", "csvw"], 2, "did you mean 'csv'"),
        (["-f", "csv"], 2, "name a folder with -o"),
    ],
)
def test_a_mistake_is_one_message(arguments: list[str], code: int, said: str) -> None:
    done = kg(*arguments)
    assert (done.returncode, said in done.stderr, "Traceback" in done.stderr, done.stdout) == (code, True, False, "")


@pytest.mark.slow("seconds long")
def test_a_form_of_several_files_goes_to_a_folder(tmp_path: Path) -> None:
    done = kg("-f", "csv", "--thing", "RIKEN", "--depth", "0", "-o", str(tmp_path / "tables"))
    assert (done.returncode, done.stderr) == (0, "")
    assert {"ResearchInstitute.csv", "csv-metadata.json"} <= {p.name for p in (tmp_path / "tables").iterdir()}


def test_the_pleasant_json_ld_is_pleasant() -> None:
    riken = f"{terms.ID}institution/riken"
    document = json.loads(text("jsonld", Choice(graph="common", things=(riken,), depth=0)))
    nodes = {n["id"]: n for n in document["@graph"]}
    node = nodes["thing:institution/riken"]
    assert node["prefLabel"] == {"en": "RIKEN", "ja": "理化学研究所"}
    assert node["type"] == "is:ResearchInstitute"
    assert node["rorId"] == "01sjwvz98"


def small() -> Selection:
    """Two named graphs that speak of the same thing."""
    subject, label = ox.NamedNode(f"{terms.ID}institution/riken"), ox.NamedNode(terms.SKOS + "prefLabel")
    facts, inferred = ox.NamedNode(terms.GRAPH + "common"), ox.NamedNode(terms.INFERRED_GRAPH)
    return Selection(
        (
            ox.Quad(subject, label, ox.Literal("RIKEN", language="en"), facts),
            ox.Quad(subject, label, ox.Literal("理化学研究所", language="ja"), facts),
            ox.Quad(subject, ox.NamedNode(terms.RDF + "type"), ox.NamedNode(terms.IS + "Institution"), inferred),
        )
    )


def written_small(name: str) -> str:
    content = FORMS[name].write(small())
    assert isinstance(content, str)
    return content


@pytest.mark.parametrize("name", TRIPLES)
def test_a_reader_of_one_graph_finds_every_statement(name: str) -> None:
    """What most write: Graph().parse(file). Named graphs would be lost on it."""
    every = list(ox.parse(written_small(name), format=FORMATS[name]))
    assert {q.graph_name for q in every} == {ox.DefaultGraph()}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        graph = rdflib.Graph().parse(data=written_small(name), format=RDFLIB[name])
    assert len(graph) == len(every) == 4


def test_json_ld_with_named_graphs_has_a_name_of_its_own() -> None:
    quads = set(ox.parse(written_small("jsonld-dataset"), format=ox.RdfFormat.JSON_LD))
    assert quads == set(ox.parse(written_small("nq"), format=ox.RdfFormat.N_QUADS))
    assert len({q.graph_name for q in quads}) == 2


@pytest.mark.slow("writes and reads all trees")
def test_the_framed_json_ld_holds_amounts_inside_lines_inside_programmes() -> None:
    document = json.loads(text("jsonld-framed"))
    programmes = {n["id"]: n for n in document["@graph"]}
    lines = programmes["thing:programme/q-leap"]["listings"]
    assert len(lines) == 3
    amounts = {a["lists"]["amount"] for line in lines for a in line["amounts"]}
    assert amounts == {3_200_000_000, 2_200_000_000}
    said = {q.triple for q in ox.parse(text("jsonld-framed"), format=ox.RdfFormat.JSON_LD)}
    assert said <= {q.triple for q in ox.parse(text("nq"), format=ox.RdfFormat.N_QUADS)}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("import no_such_module\n", "cannot be loaded: No module named 'no_such_module'"),
        ("def write(x:\n", "cannot be loaded: '(' was never closed"),
        ("def write(selection): ...\n", "registers no format; put @form(name, ending, media) on its writer"),
    ],
)
def test_a_module_that_gives_no_format_is_an_error_that_names_it(
    text: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "__init__.py").touch()
    (tmp_path / "faulty.py").write_text(text)
    monkeypatch.syspath_prepend(tmp_path.parent)
    with pytest.raises(KgError, match=re.escape(f"{tmp_path.name}.faulty: {said}")):
        load_forms(tmp_path.name)


@pytest.mark.parametrize("write", [jsonld, framed])
def test_json_ld_is_refused_what_it_cannot_say(write: Callable[[Selection], str]) -> None:
    node = ox.NamedNode("http://a/s")
    text = ox.Literal("x", language="ar", direction=ox.BaseDirection.RTL)
    for value, said in ((ox.Triple(node, node, node), "a triple as a value"), (text, "a text with a direction")):
        with pytest.raises(DataError, match=f"JSON-LD cannot hold {said}"):
            write(Selection((ox.Quad(node, node, value),)))


def test_xml_is_refused_what_it_cannot_say() -> None:
    subject = ox.NamedNode("http://a/s")
    odd = ox.Quad(subject, ox.NamedNode("http://a/1"), ox.Literal("x"))
    control = ox.Quad(subject, ox.NamedNode("http://a/p"), ox.Literal("\x01"))
    for quad, said in ((odd, "cannot name the predicate"), (control, "control character")):
        with pytest.raises(DataError, match=said):
            rdfxml(Selection((quad,)))
