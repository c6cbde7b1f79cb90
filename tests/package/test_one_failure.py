"""A fault in a file that people edit is one failure that says where it is, not hundreds: tried in copies of the project."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.slow("runs the tests in copies of the project")
TABLE = "kg/facts/science-technology-budget-2020/Appropriation.csv"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("copy") / "project"
    shutil.copytree(ROOT, place, ignore=shutil.ignore_patterns("node_modules", ".*", "__pycache__", "*.egg-info"))
    return place


def first(pattern: str, replacement: str) -> Callable[[str], str]:
    """A change of the first place where a pattern is found."""

    def change(text: str) -> str:
        changed, count = re.subn(pattern, replacement, text, count=1)
        assert count == 1
        return changed

    return change


@pytest.mark.parametrize(
    ("file", "change", "said"),
    [
        (TABLE, first("億円", "億yen"), f"{TABLE}:2:amount: 7.0億yen: "),
        (TABLE, first(r"ai-network-platform,2019", "ai-network-platfrom,2019"), f"{TABLE}:2:isAppropriationFor: ai-network-platfrom"),
        (TABLE, first(",0.1億円,", ",0.2億円,"), f"{TABLE}:2: Set the rounding unit"),
        ("ontology/money.ttl", first(r"a owl:Class", "a owl:Class owl:"), "ontology/money.ttl:"),
        ("shapes/facts/money.ttl", first(r"sh:severity", "sh:severity ;"), "money.ttl:"),
        ("queries/funding.rq", first("summary:", "sumary:"), "queries/funding.rq:"),
        ("queries/funding.rq", first("SELECT", "SELEKT"), "queries/funding.rq"),
    ],
    ids=["cell", "reference", "shape violated", "ontology", "shape", "header of a question", "query"],
)  # fmt: skip
def test_a_fault_is_one_failure_that_says_where(
    file: str, change: Callable[[str], str], said: str, project: Path
) -> None:
    path = project / file
    before = path.read_text(encoding="utf-8")
    path.write_text(change(before), encoding="utf-8")
    try:
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "tests/assembly", "tests/money"],
            cwd=project,
            env={**os.environ, "PYTHONPATH": str(project), "PYTEST_ADDOPTS": "", "PYTEST_XDIST_AUTO_NUM_WORKERS": "1"},
            capture_output=True,
            text=True,
        )
    finally:
        path.write_text(before, encoding="utf-8")
    assert done.returncode == 1, done.stdout
    assert said in done.stdout
    assert re.search(r"^1 failed in ", done.stdout, re.MULTILINE), done.stdout[-2000:]
