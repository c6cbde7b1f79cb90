"""The wheel carries everything and works away from the checkout."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.slow("builds the wheel and runs what is in it")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run([sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)], check=True, capture_output=True)  # fmt: skip
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path) -> Path:
    folder = wheel.parent / "installed"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def run(installed: Path, *arguments: str) -> str:
    settings = {**os.environ, "PYTHONPATH": str(installed), "LC_ALL": "C.UTF-8"}
    done = subprocess.run(
        [sys.executable, *arguments], cwd="/", env=settings, capture_output=True, text=True, check=True
    )
    return done.stdout


def test_the_wheel_holds_what_the_checkout_holds(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    for folder, pattern, place in [
        ("kg", "**/*.py", "kg"),
        ("kg/facts", "**/*.csv", "kg/facts"),
        ("kg", "innovation-strategy.t*", "kg"),
        ("kg/pictures/page/assets", "*.*", "kg/pictures/page/assets"),
        ("kg/site/templates", "*.*", "kg/site/templates"),
        ("ontology", "**/*.ttl", "kg/_data/ontology"),
        ("shapes", "**/*.ttl", "kg/_data/shapes"),
        ("queries", "*.rq", "kg/_data/queries"),
        ("queries", "phrases/*.txt", "kg/_data/queries"),
        ("queries", "header.schema.json", "kg/_data/queries"),
    ]:
        here = {f"{place}/{p.relative_to(ROOT / folder).as_posix()}" for p in (ROOT / folder).glob(pattern)}
        assert here, folder
        assert here <= names
    assert {"kg/_data/built/innovation-strategy.nq", "kg/_data/built/questions.json"} <= names
    assert not [n for n in names if n.startswith("tests/")]
    assert [n for n in names if n.endswith("licenses/LICENSE")]


def test_the_installed_package_is_the_one_that_runs(installed: Path) -> None:
    assert run(installed, "-c", "import kg; print(kg.__file__)").strip() == str(installed / "kg" / "__init__.py")


def test_the_installed_package_answers_away_from_the_checkout(installed: Path) -> None:
    out = run(installed, "-m", "kg", "ask", "which programs fund quantum security", "--format", "table")
    assert "4 programmes; stated: at most ¥27.9 bn (279億円), with what the layout suggests: between ¥1.4 bn" in out


def test_the_installed_package_draws_and_validates(installed: Path) -> None:
    assert "<svg" in run(installed, "-m", "kg", "draw", "matrix", "--format", "html", "-o", "-")
    run(installed, "-m", "kg", "validate")


def test_the_installed_package_builds_the_graph_it_carries(installed: Path) -> None:
    run(installed, "-m", "kg", "build", "--check")


def test_the_wheel_carries_a_dataset_that_is_fresh_where_it_is_installed(installed: Path) -> None:
    made = installed / "kg" / "_data" / "built" / "innovation-strategy.nq"
    before = made.stat().st_mtime_ns, made.read_bytes()
    code = "from kg import paths; from kg.assembly import shipped; print(len(shipped.nquads()), paths.DATASET)"
    assert run(installed, "-c", code).split() == [str(len(before[1])), str(made)]
    assert (made.stat().st_mtime_ns, made.read_bytes()) == before, "it was built again"


def test_the_wheel_carries_checked_headers_that_are_fresh_where_it_is_installed(installed: Path) -> None:
    made = installed / "kg" / "_data" / "built" / "questions.json"
    before = made.stat().st_mtime_ns, made.read_bytes()
    code = (
        "import sys; from kg import paths; from kg.questions.catalogue import catalogue;"
        "print(len(catalogue()), paths.HEADERS, *{'yaml', 'jsonschema'} & set(sys.modules))"
    )
    count = len(list((ROOT / "queries").glob("*.rq")))
    assert run(installed, "-c", code).split() == [str(count), str(made)]
    assert (made.stat().st_mtime_ns, made.read_bytes()) == before, "it was written again"


def test_the_build_of_a_wheel_asks_for_all_that_making_its_files_imports(tmp_path: Path) -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    code = (
        "import sys; from importlib.metadata import packages_distributions; from pathlib import Path;"
        "from kg.assembly import shipped; from kg.questions.catalogue import cache_headers;"
        "folder = Path(sys.argv[1]); shipped.refresh(folder / 'graph'); cache_headers(folder / 'headers');"
        "owners = packages_distributions(); print(*{d for m in list(sys.modules) for d in owners.get(m, ())})"
    )
    loaded = set(run(ROOT, "-c", code, str(tmp_path)).split())
    runtime = set(settings["project"]["dependencies"])
    needed = {each for each in runtime if re.split(r"[<>=~]", each)[0] in loaded}
    assert needed >= {"pyoxigraph>=0.5.2,<0.6", "PyYAML>=6.0.1"}
    assert needed | {"hatchling>=1.25"} == set(settings["build-system"]["requires"])
