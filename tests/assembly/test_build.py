"""The build: fast, repeatable, and the committed files are what it gives."""

from __future__ import annotations

import errno
import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg import paths, terms
from kg.assembly import shipped
from kg.assembly.build import Built, build
from kg.commands.shell.parser import run
from kg.stores.embedded import EmbeddedStore
from tests.conftest import BOTH, ROOT
from tests.support.kept import assert_kept


def test_the_committed_turtle_is_what_the_tables_give(built: Built) -> None:
    assert_kept(paths.GRAPH_TTL, (build(paths.OWN_FACTS) if BOTH else built).turtle, "graph")


@pytest.mark.slow("builds twice")
def test_a_second_document_changes_nothing_that_is_said_of_the_first(both_store: EmbeddedStore) -> None:
    """Except how pages and lines are cited, which then name the document."""
    first, both = set(build(paths.OWN_FACTS).quads), set(both_store.inner)
    drawn_up = {ox.NamedNode(g) for g in (terms.RELEASE_GRAPH, terms.INFERRED_GRAPH)}
    kept = {q for q in first if q.graph_name not in drawn_up and "_:" not in f"{q.subject}{q.object}"}
    lost = {q for q in kept - both if "/id/pa" not in str(q.subject)}  # pages and passages
    assert not lost
    assert {q.predicate.value for q in kept - both} == {terms.SKOS + "prefLabel"}
    assert len(both - first) > 1000


def made() -> dict[Path, str]:
    """The graph as the tables give it, as `kg build` writes it."""
    return {paths.GRAPH_TTL: build().turtle}


@pytest.mark.slow("builds several times")
def test_a_dataset_that_is_stale_is_built_again(tmp_path: Path, built: Built) -> None:
    kept = tmp_path / "built" / "dataset.nq"
    fresh = shipped.nquads(kept)
    assert fresh.decode().partition("\n")[2] == built.nquads
    assert kept.read_bytes() == fresh
    kept.write_bytes(fresh.replace(b"digest ", b"digest 0"))
    assert shipped.nquads(kept) == fresh == kept.read_bytes()


def test_a_document_that_is_renamed_makes_the_dataset_stale(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    marks = []
    for name in ("one", "other"):  # the folder is the named graph
        table = tmp_path / name / "Role.csv"
        table.parent.mkdir()
        table.write_text("id\n", encoding="utf-8")
        monkeypatch.setattr(shipped, "sources", lambda table=table: [table])
        marks.append(shipped._mark())
    assert marks[0] != marks[1]


def test_every_source_of_the_dataset_makes_it_stale() -> None:
    names = {str(path).removeprefix(f"{paths.PACKAGE.parent}/") for path in shipped.sources()}
    assert {
        str(paths.FACTS / "common" / "Role.csv").removeprefix(f"{paths.PACKAGE.parent}/"),
        "kg/tables/load.py",
        "ontology/schemes/flag.ttl",
        "kg/terms.py",
    } <= names


@pytest.mark.slow("builds in other processes")
def test_another_process_with_another_hash_seed_gives_the_same_bytes(built: Built) -> None:
    code = "import hashlib, kg.assembly.build; b = kg.assembly.build.build(); print(hashlib.sha256((b.trig + b.turtle).encode()).hexdigest())"
    env = {**os.environ, "PYTHONHASHSEED": "4711", "PYTHONPATH": str(ROOT)}
    other = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
    assert other.stdout.strip() == hashlib.sha256((built.trig + built.turtle).encode()).hexdigest()


@pytest.mark.slow("takes over a second")
def test_all_forms_hold_the_same_statements(built: Built) -> None:
    trig = set(ox.parse(built.trig, format=ox.RdfFormat.TRIG))
    nquads = set(ox.parse(built.nquads, format=ox.RdfFormat.N_QUADS))
    assert len(trig) == len(nquads) == len(set(built.quads))
    assert {q for q in trig if "c14n" not in str(q)} >= {q for q in nquads if "_:" not in str(q)}


def test_every_statement_stands_in_a_named_graph(built: Built) -> None:
    graphs = {str(q.graph_name)[1:-1] for q in built.quads}
    documents = {path.name for path in paths.FACTS.iterdir() if path.is_dir()}
    assert documents >= {"common", "science-technology-budget-2020"}
    assert graphs == {terms.GRAPH + n for n in documents | {"inferred", "ontology", "release"}}


def test_facts_have_no_blank_nodes(built: Built) -> None:
    apart = ox.NamedNode(terms.ONTOLOGY_GRAPH)
    blank = [q for q in built.quads if q.graph_name != apart and "_:" in f"{q.subject}{str(q.object)[:2]}"]
    assert blank == []


def test_nothing_inferred_is_asserted_too(built: Built) -> None:
    inferred = {q.triple for q in built.quads if str(q.graph_name)[1:-1] == terms.INFERRED_GRAPH}
    asserted = {q.triple for q in built.quads if str(q.graph_name)[1:-1] != terms.INFERRED_GRAPH}
    assert len(inferred) > 3000
    assert inferred & asserted == set()


def test_no_statement_stands_in_two_graphs(built: Built) -> None:
    """Oxigraph's union of named graphs gives such a statement twice, and a sum over it would be wrong."""
    quads = set(built.quads)
    assert len({q.triple for q in quads}) == len(quads)


@pytest.mark.slow("builds")
def test_a_folder_that_only_others_may_write_to_is_no_obstacle(tmp_path: Path, built: Built) -> None:
    (tmp_path / "built").write_text("a file where the folder would be")
    assert shipped.nquads(tmp_path / "built" / "dataset.nq").decode().endswith(built.nquads)


def test_the_release_counts_what_is_there(built: Built) -> None:
    def said(subject: str, predicate: str) -> list[str]:
        return [
            str(getattr(q.object, "value", q.object))
            for q in built.quads
            if str(q.subject) == f"<{subject}>" and q.predicate.value == predicate
        ]

    void = terms.PREFIXES["void"]
    release = ox.NamedNode(terms.RELEASE_GRAPH)
    assert said(terms.BASE + "dataset", void + "triples") == [str(sum(q.graph_name != release for q in built.quads))]
    ministries = {
        q.subject
        for q in built.quads
        if str(q.object) == f"<{terms.IS}Ministry>" and q.predicate.value == terms.RDF + "type"
    }
    assert said(terms.BASE + "dataset/class/Ministry", void + "entities") == [str(len(ministries))]


@pytest.mark.slow("builds twice")
def test_a_build_writes_one_file_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "graph.ttl"
    place.write_text("before", encoding="utf-8")
    monkeypatch.setattr(paths, "GRAPH_TTL", place)
    monkeypatch.setattr(paths, "FACTS", paths.OWN_FACTS)  # other tables may not replace the package's own graph
    changed = {path: path.stat().st_mtime_ns for path in paths.PACKAGE.rglob("*.ttl")}

    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, "no space left")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", fail)
        assert run(["build"]) == 3
    assert [path.read_text(encoding="utf-8") for path in tmp_path.iterdir()] == ["before"]
    assert run(["build"]) == 0
    assert [path.name for path in tmp_path.iterdir()] == ["graph.ttl"]
    assert place.read_text(encoding="utf-8").startswith("@prefix")
    assert {path: path.stat().st_mtime_ns for path in paths.PACKAGE.rglob("*.ttl")} == changed
