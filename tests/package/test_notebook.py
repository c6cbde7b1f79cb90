"""The notebook runs from its first cell to its last and ends in a picture."""

from __future__ import annotations

import os
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from tests.conftest import ROOT

NOTEBOOK = Path(__file__).parent / "notebook" / "analyst.ipynb"


@pytest.fixture(scope="module")
def executed() -> nbformat.NotebookNode:
    notebook = nbformat.reads(NOTEBOOK.read_text(encoding="utf-8"), as_version=4)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    client = NotebookClient(notebook, timeout=60, kernel_name="python3", resources={"metadata": {"path": str(ROOT)}})
    return client.execute(env=environment)


def test_it_has_ten_cells(executed: nbformat.NotebookNode) -> None:
    assert len(executed.cells) == 10


def test_it_says_what_the_stored_question_says(executed: nbformat.NotebookNode) -> None:
    said = executed.cells[1].outputs[0].data["text/plain"]
    assert "between ¥1.4 bn and ¥34.5 bn" in said


def test_it_ends_in_a_picture(executed: nbformat.NotebookNode) -> None:
    assert executed.cells[-1].outputs[0].data["image/svg+xml"].startswith("<svg")


def test_it_is_kept_without_outputs() -> None:
    for cell in nbformat.reads(NOTEBOOK.read_text(encoding="utf-8"), as_version=4).cells:
        assert not cell.get("outputs")
