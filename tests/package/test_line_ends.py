"""Lines end at a line feed: str.splitlines, which also ends them within a text, at U+2028 or a form feed, is not used."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.conftest import ROOT

CODE = sorted((ROOT / "kg").rglob("*.py"))


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_code_splits_lines_where_no_editor_does(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = [node.lineno for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr == "splitlines"]
    assert not found, "use kg.characters.lines"
