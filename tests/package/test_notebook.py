"""The notebook runs from its first cell to its last and ends in a picture."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT

if TYPE_CHECKING:
    import nbformat

NOTEBOOK = Path(__file__).parent / "notebook" / "analyst.ipynb"


@pytest.fixture(scope="module")
def executed() -> nbformat.NotebookNode:
    import nbformat
    from nbclient import NotebookClient

    notebook = nbformat.reads(NOTEBOOK.read_text(encoding="utf-8"), as_version=4)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    client = NotebookClient(notebook, timeout=60, kernel_name="python3", resources={"metadata": {"path": str(ROOT)}})
    return client.execute(env=environment)


@pytest.mark.slow("starts a notebook kernel")
def test_it_has_ten_cells(executed: nbformat.NotebookNode) -> None:
    assert len(executed.cells) == 10


@pytest.mark.slow("starts a notebook kernel")
def test_it_says_what_the_stored_question_says(executed: nbformat.NotebookNode) -> None:
    said = executed.cells[1].outputs[0].data["text/plain"]
    assert "between ¥1.4 bn and ¥34.5 bn" in said


@pytest.mark.slow("starts a notebook kernel")
def test_it_ends_in_a_picture(executed: nbformat.NotebookNode) -> None:
    assert executed.cells[-1].outputs[0].data["image/svg+xml"].startswith("<svg")


def test_it_is_kept_without_outputs() -> None:
    for cell in json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]:
        assert not cell.get("outputs"), "clear all outputs of analyst.ipynb before it is saved"
