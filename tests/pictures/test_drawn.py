"""The pictures that the documentation shows are what the program draws now."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

import kg
from kg.pictures import kind_names

FOLDER = Path(__file__).parent / "drawn"
CHOICES: dict[str, tuple[str, Any]] = {
    **{kind: (kind, {}) for kind in kind_names()},
    "flow-quantum": ("flow", {"part": "quantum-strategy"}),
    "flow-ai": ("flow", {"part": "ai-strategy-2019"}),
    "flow-focused": ("flow", {"domain": "quantum-security"}),
    "matrix-years": ("matrix", {"rows": "ministries", "columns": "years", "fiscal_year": "any"}),
}
CASES = [(name, lang) for name in CHOICES for lang in ("en", "ja")]
REFRESH = "stale: python -m tests.pictures.test_drawn, then look at it"


def drawn(name: str, lang: str) -> str:
    kind, choice = CHOICES[name]
    picture = kg.draw(kind, "svg", lang=lang, **choice)
    assert isinstance(picture, str)
    return picture


@pytest.mark.parametrize(("name", "lang"), CASES)
def test_a_documented_picture_is_fresh(name: str, lang: str) -> None:
    assert (FOLDER / f"{name}-{lang}.svg").read_text(encoding="utf-8") == drawn(name, lang), REFRESH


@pytest.mark.parametrize(("name", "lang"), CASES)
def test_no_name_on_a_documented_picture_is_cut(name: str, lang: str) -> None:
    kept = FOLDER / f"{name}-{lang}.svg"  # the test above says how to write one that is not there
    assert not kept.is_file() or not re.findall("[^<>]*…", kept.read_text(encoding="utf-8"))


def test_no_documented_picture_is_left_over() -> None:
    assert {p.name for p in FOLDER.iterdir()} == {f"{name}-{lang}.svg" for name, lang in CASES}


def test_the_readme_shows_three() -> None:
    readme = (FOLDER.parent.parent.parent / "README.md").read_text(encoding="utf-8")
    assert readme.count("](tests/pictures/drawn/") == 3


def refresh() -> None:
    """Draw them anew; to be looked at before they are committed."""
    for name, lang in CASES:
        (FOLDER / f"{name}-{lang}.svg").write_text(drawn(name, lang), encoding="utf-8")


if __name__ == "__main__":
    refresh()
