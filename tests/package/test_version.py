"""The version, the date and the pinned tools are said once, and whatever must repeat them agrees."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest

import kg
from kg import paths, terms
from kg.site.release import citation
from tests.conftest import ROOT
from tests.support.kept import assert_kept

ONTOLOGY = paths.ONTOLOGY / "ontology.ttl"
CITATION = ROOT / "CITATION.cff"


def test_the_package_has_the_version_of_the_dataset() -> None:
    assert kg.__version__ == terms.VERSION
    assert version("innovation-strategy-kg") == terms.VERSION, "installed before the version changed: pip install -e ."


@pytest.mark.parametrize("said", [f'owl:versionInfo "{terms.VERSION}"', f"owl:versionIRI <{terms.BASE}ontology/{terms.VERSION}>"])  # fmt: skip
def test_the_ontology_has_the_version_of_the_package(said: str) -> None:
    assert said in ONTOLOGY.read_text(encoding="utf-8"), f"{ONTOLOGY.name}: write {said}, as kg/terms.py has it"


def test_the_changelog_has_the_version_and_its_date() -> None:
    versions = re.findall(r"^## (?!Unreleased)(.*)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.M)
    assert versions[0] == f"{terms.VERSION} — {terms.ISSUED}", "CHANGELOG.md and kg/terms.py differ"


def test_the_citation_is_fresh() -> None:
    assert_kept(CITATION, citation(), "citation")


def test_the_hooks_before_a_commit_run_the_ruff_of_the_tests() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    (pinned,) = [p for p in project["optional-dependencies"]["lint"] if p.startswith("ruff")]
    minor = pinned.removeprefix("ruff~=").rpartition(".")[0]
    assert f"rev: v{minor}." in (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"), pinned


def made() -> dict[Path, str]:
    """How to cite the dataset."""
    return {CITATION: citation()}
