"""The stored questions as files: short lines, plain SPARQL, and headers that are checked once and never used stale."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from rdflib.plugins.sparql import prepareQuery

from kg import paths
from kg.errors import DataError
from kg.questions.catalogue import Question, catalogue, load_question, question_names
from kg.questions.run import run
from kg.stores.embedded import EmbeddedStore
from tests.conftest import ROOT

NAMES = question_names()
SOME = [n if i % 4 == 0 else pytest.param(n, marks=pytest.mark.slow("one of many")) for i, n in enumerate(NAMES)]
TEXTS = [*paths.QUERIES.glob("*.rq"), *paths.QUERIES.glob("*.md"), *paths.PHRASES.glob("*.txt")]
ORDER_ONLY = {("what-is", "place")}  # SELECT DISTINCT sorts by what it selects only
FOR_MONEY = {"listedAmount", "share", "link", "fiscalYear", "phase"}


@pytest.mark.parametrize("path", TEXTS, ids=lambda p: p.name)
def test_lines_are_short_and_a_question_fits_two_screens(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert [(i, line) for i, line in enumerate(lines, 1) if len(line) > 100 or line != line.rstrip()] == []
    assert path.suffix != ".rq" or len(lines) <= 120


@pytest.mark.parametrize("name", SOME)
def test_a_question_runs_as_it_stands_in_any_tool(name: str, store: EmbeddedStore) -> None:
    question = load_question(name)
    found = store.select(question.text)
    prepareQuery(question.text)  # rdflib parses it too
    shown = [column for column in found.columns if column in question.columns]
    if question.money is None:
        assert {(name, c) for c in found.columns if c not in shown} <= ORDER_ONLY
        assert shown == list(question.columns)
    else:
        assert set(shown) == set(question.columns)
        assert set(found.columns) >= FOR_MONEY
        assert set(question.columns) >= ({question.money} if question.money else set())


def test_the_example_for_newcomers_is_a_question(folder: Path, store: EmbeddedStore) -> None:
    readme = (paths.QUERIES / "README.md").read_text(encoding="utf-8")
    block = next(b for b in re.findall(r"```sparql\n(.*?)```", readme, re.DOTALL) if "#+" in b)
    (folder / "example.rq").write_text(re.sub("^   ", "", block, flags=re.MULTILINE), encoding="utf-8")
    answer = run(load_question("example", folder), {"ministry": "meti"}, store)
    assert len(answer) >= 5
    assert answer.sentence["en"] == f"{len(answer)} programmes"


def schema() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(paths.HEADER_SCHEMA.read_text(encoding="utf-8"))
    return found


def test_the_schema_is_one_and_describes_every_key() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())
    objects = [schema(), schema()["properties"]["money"], schema()["properties"]["expect"]]
    objects += [each for each in schema()["$defs"].values() if each["type"] == "object"]
    assert len(objects) == 6
    for each in objects:
        assert each["additionalProperties"] is False
        assert all(one["description"] for one in each["properties"].values())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of three questions, with nothing built yet."""
    folder = tmp_path / "queries"
    folder.mkdir()
    for name in ("funding.rq", "classes.rq", "release.rq", paths.HEADER_SCHEMA.name):
        shutil.copy(paths.QUERIES / name, folder)
    return folder


def read_anew(monkeypatch: pytest.MonkeyPatch, folder: Path) -> list[str]:
    """The names of the questions whose headers are read from their files when all are asked for."""
    from kg.questions import header

    read, real = [], header.read_header

    def note(file: str, text: str, schema: Path) -> dict[str, Any]:
        read.append(Path(file).stem)
        return real(file, text, schema)

    with monkeypatch.context() as patch:
        patch.setattr(header, "read_header", note)
        catalogue.cache_clear()
        catalogue(folder)
    return read


def test_a_header_is_checked_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_anew(monkeypatch, folder) == ["classes", "funding", "release"]
    before = load_question("funding", folder)
    assert read_anew(monkeypatch, folder) == []
    assert load_question("funding", folder) == before == load_question("funding")


@pytest.mark.parametrize("file", ["funding.rq", paths.HEADER_SCHEMA.name])
def test_a_header_is_read_anew_when_its_text_or_the_schema_changed(
    file: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalogue(folder)
    changed = (folder / file).read_text(encoding="utf-8").replace("tags: [money]", "tags: [gold]")
    (folder / file).write_text(changed + "\n", encoding="utf-8")
    assert read_anew(monkeypatch, folder) == (
        ["funding"] if file == "funding.rq" else ["classes", "funding", "release"]
    )
    assert load_question("funding", folder).tags == (("gold",) if file == "funding.rq" else ("money",))


def test_a_header_is_read_anew_when_the_code_that_checks_changed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from kg.questions import catalogue as module

    catalogue(folder)
    code = folder / "header.py"
    code.write_text("", encoding="utf-8")
    assert {path.name for path in module._CHECKED_BY} >= {"header.py", "binding.py"}
    monkeypatch.setattr(module, "_CHECKED_BY", [code])
    assert len(read_anew(monkeypatch, folder)) == 3
    code.write_text("# changed\n", encoding="utf-8")
    assert len(read_anew(monkeypatch, folder)) == 3
    assert read_anew(monkeypatch, folder) == []


@pytest.mark.parametrize("content", ["", "[]", "{", '{"funding": {}}'])
def test_a_broken_cache_is_written_again(content: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = folder.parent / "built" / paths.HEADERS.name
    cache.parent.mkdir()
    cache.write_text(content, encoding="utf-8")
    assert len(read_anew(monkeypatch, folder)) == 3
    assert set(json.loads(cache.read_text(encoding="utf-8"))) == {"classes", "funding", "release"}


def test_a_question_that_is_gone_leaves_the_cache(folder: Path) -> None:
    load_question("funding", folder)
    (folder / "funding.rq").unlink()
    load_question("classes", folder)
    assert set(json.loads((folder.parent / "built" / paths.HEADERS.name).read_text(encoding="utf-8"))) == {"classes"}


def test_where_nothing_can_be_written_the_answer_is_the_same(folder: Path) -> None:
    (folder.parent / "built").write_text("a file where the folder should be", encoding="utf-8")
    assert load_question("funding", folder) == load_question("funding")


def test_a_fault_in_one_question_leaves_the_others_usable(folder: Path) -> None:
    (folder / "release.rq").write_text("SELECT * {}", encoding="utf-8")
    assert load_question("funding", folder).name == "funding"
    with pytest.raises(DataError, match=re.escape("queries/release.rq:1: the #+ header is missing")):
        load_question("release", folder)


def test_a_fresh_cache_spares_the_imports_that_checking_needs() -> None:
    load_question("funding")
    catalogue.cache_clear()
    assert isinstance(catalogue()[0], Question)
    code = (
        "import sys; from kg.commands.shell.parser import run; run(sys.argv[1:]);"
        "print('imported:', *{'yaml', 'jsonschema', 'kg.questions.header'} & set(sys.modules))"
    )
    for command in (["query", "funding", "--domain", "quantum security"], ["ask", "how much money for RIKEN"]):
        done = subprocess.run(
            [sys.executable, "-c", code, *command],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout.splitlines()[-1] == "imported:"
