"""The engines of Apache Jena and of TopBraid read the shapes as ours do, with one message per language."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg import paths, terms
from kg.assembly.build import Built
from kg.rdf.write import to_turtle
from kg.tables.schema import parse_turtle
from kg.validation.engines import read_report, run_fast, to_ntriples
from kg.validation.shapes import SH, documents_with_hints, read_shapes
from tests.conftest import ROOT
from tests.support.tools import need
from tests.validation.test_shapes import side_by_side

pytestmark = pytest.mark.slow("starts Jena and TopBraid, Java programs")

SHAPES = read_shapes(proofread=documents_with_hints())
TOOLS = ROOT / ".tools"
ENGINES = {
    "jena": ("shacl.shacl", "validate", "--shapes={shapes}", "--data={data}"),
    "topbraid": ("org.topbraid.shacl.tools.Validate", "-datafile", "{data}", "-shapesfile", "{shapes}"),
}
Key = tuple[str, ...]


def real(built: Built) -> set[ox.Triple]:
    apart = {terms.INFERRED_GRAPH, terms.RELEASE_GRAPH, terms.ONTOLOGY_GRAPH}
    return {q.triple for q in built.quads if str(q.graph_name)[1:-1] not in apart}


def report(engine: str, data: set[ox.Triple], folder: Path, shapes: str) -> list[ox.Triple]:
    """The validation report that an engine writes; TopBraid exits with 1 where there are results."""
    need("java")
    need(engine, TOOLS / engine)
    files = {"shapes": folder / "shapes.ttl", "data": folder / "data.ttl"}
    files["shapes"].write_text(shapes, encoding="utf-8")
    files["data"].write_bytes(to_ntriples(data))
    call = [part.format(**files) for part in ENGINES[engine]]
    done = subprocess.run(["java", "-cp", f"{TOOLS / engine}/*", *call], capture_output=True, check=False)
    text = done.stdout.decode()
    assert "ValidationReport" in text, text + done.stderr.decode()
    return [q.triple for q in ox.parse(text, format=ox.RdfFormat.TURTLE)]


def keys(triples: list[ox.Triple]) -> set[Key]:
    found = read_report(to_ntriples(triples).decode())
    return {(r.severity, r.focus, r.path or "", r.shape, r.component) for r in found}


@pytest.fixture(scope="module", params=["counterexamples", "real"])
def graph(request: pytest.FixtureRequest, built: Built) -> set[ox.Triple]:
    facts = side_by_side() if request.param == "counterexamples" else real(built)
    return facts | {t for path in paths.ontology_files() for t in parse_turtle(path)}


@pytest.mark.parametrize("engine", ENGINES)
def test_another_engine_finds_the_same_and_says_what_to_do(engine: str, graph: set[ox.Triple], tmp_path: Path) -> None:
    ours = run_fast(graph, SHAPES, lambda _: None)
    expected = {(r.severity, r.focus, r.path or "", r.shape, r.component) for r in ours}
    found = report(engine, graph, tmp_path, to_turtle(SHAPES.triples))
    assert expected and keys(found) == expected
    said: dict[object, list[str]] = {}
    for t in found:
        if t.predicate.value == SH + "resultMessage" and isinstance(t.object, ox.Literal):
            assert "{?" not in t.object.value
            said.setdefault(t.subject, []).append(t.object.language or "")
    assert {tuple(sorted(languages)) for languages in said.values()} == {("en", "ja")}


def test_several_messages_on_a_query_would_stop_jena(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="More than one match"):
        report("jena", side_by_side(), tmp_path, to_turtle(SHAPES.filled()))
