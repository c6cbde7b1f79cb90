"""A generated file that is stale is told by what differs, and by the command that writes it anew."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

from tests import refresh
from tests.conftest import ROOT
from tests.support.kept import assert_kept, assert_none_left_over, differences


@pytest.mark.parametrize(
    ("name", "kept", "now", "told"),
    [
        ("a.csv", "# one row\nid,amount\nx,1\ny,2\n", "# one row\nid,amount\nx,1\ny,3\n", ["  line 4 (y), amount: '2' → '3'"]),
        ("a.csv", "id,amount\nx,1\n", "id,amount\nx,1\ny,2\n", ["  line 3: + y,2"]),
        ("a.csv", "id,amount\nx,1\n", "id,amount\ny,1\n", ["  line 2: - x,1", "  line 2: + y,1"]),
        ("a.svg", '<svg><g><text x="1">A</text></g></svg>', '<svg><g><text x="2">A</text></g></svg>', ['  element 3: - <text x="1">A</text>', '  element 3: + <text x="2">A</text>']),
        ("a.md", "one\ntwo\n", "one\n", ["  line 2: - two"]),
        ("a.txt", "same\n", "same\n", []),
    ],
)  # fmt: skip
def test_what_differs_is_told_line_by_line(name: str, kept: str, now: str, told: list[str]) -> None:
    assert list(differences(Path(name), kept, now)) == told


def test_of_a_long_line_the_place_is_told_where_it_differs() -> None:
    told = list(differences(Path("a.ttl"), "x" * 900 + "1", "x" * 900 + "2"))
    assert all(len(line) < 300 for line in told)
    assert [line[-1] for line in told] == ["1", "2"]


def test_a_stale_file_fails_with_the_command_that_writes_it() -> None:
    with pytest.raises(pytest.fail.Exception, match=r"LICENSE is stale:\n(.*\n)+.*python -m tests.refresh readme"):
        assert_kept(ROOT / "LICENSE", "nothing", "readme")
    with pytest.raises(pytest.fail.Exception, match=r"none.csv is not there: python -m tests.refresh answers"):
        assert_kept(ROOT / "none.csv", "", "answers")
    with pytest.raises(
        pytest.fail.Exception, match=r"left over: requirements.txt, run: python -m tests.refresh pictures"
    ):
        assert_none_left_over(ROOT / ".ci", [], "pictures")


def test_only_what_changed_is_written_and_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "same.csv").write_text("a\n")
    (tmp_path / "stale.csv").write_text("a\n")
    (tmp_path / "over.csv").write_text("a\n")
    files = {tmp_path / "same.csv": "a\n", tmp_path / "stale.csv": "b\n", tmp_path / "new.csv": "c\n"}
    module = import_module(refresh.FAMILIES["answers"])
    monkeypatch.setattr(module, "made", lambda: files)
    monkeypatch.setattr(refresh, "ROOT", tmp_path)
    assert refresh.refresh("answers") == ["new: new.csv", "changed: stale.csv", "deleted: over.csv"]
    assert refresh.refresh("answers") == []
    assert {p.name: p.read_text() for p in tmp_path.iterdir()} == {p.name: text for p, text in files.items()}


@pytest.mark.parametrize("family", refresh.FAMILIES)
def test_every_family_says_what_its_files_hold(family: str) -> None:
    assert callable(import_module(refresh.FAMILIES[family]).made)
