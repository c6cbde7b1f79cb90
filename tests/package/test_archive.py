"""A package that is run from an archive says so, instead of finding none of its files."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from kg import paths

CALL = "import kg; kg.query('hubs')"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("archive") / "kg.zip"
    with zipfile.ZipFile(place, "w") as made:
        for path in sorted(paths.PACKAGE.rglob("*")):
            if path.suffix in {".py", ".toml"}:
                made.write(path, path.relative_to(paths.PACKAGE.parent))
    return place


@pytest.mark.parametrize("words", [["find", "RIKEN"], ["query", "hubs"], ["--help"], ["frob"]])
def test_the_command_line_says_that_it_does_not_run_from_an_archive(words: list[str], archive: Path) -> None:
    env = {**os.environ, "PYTHONPATH": str(archive), "LC_ALL": "C.UTF-8"}
    done = subprocess.run(
        [sys.executable, "-m", "kg", *words], cwd=archive.parent, env=env, capture_output=True, text=True
    )
    said = f"kg: {archive}: kg does not run from an archive; unpack it, or install it with pip\n"
    assert (done.returncode, done.stdout, done.stderr) == (3, "", said)


def test_the_functions_say_it_too(archive: Path) -> None:
    env = {**os.environ, "PYTHONPATH": str(archive)}
    done = subprocess.run([sys.executable, "-c", CALL], cwd=archive.parent, env=env, capture_output=True, text=True)
    assert "InputError: " in done.stderr
    assert "does not run from an archive" in done.stderr
