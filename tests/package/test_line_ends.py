"""Lines end at a line feed: str.splitlines, which also ends them within a text, at U+2028 or a form feed, is not used."""

from __future__ import annotations

import ast

from tests.conftest import ROOT


def test_no_code_splits_lines_where_no_editor_does() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}: use kg.characters.lines"
        for path in sorted((ROOT / "kg").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr == "splitlines"
    ]
    assert found == []
