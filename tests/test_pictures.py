"""The pictures that the documentation shows are what the program draws now."""

from __future__ import annotations

from pathlib import Path

import pytest

import kg
from kg.pictures import kinds

FOLDER = Path(__file__).parent / "pictures"
CASES = [(kind, lang) for kind in kinds() for lang in ("en", "ja")]
REFRESH = "stale: python -m tests.test_pictures, then look at it"


def drawn(kind: str, lang: str) -> str:
    picture = kg.draw(kind, "svg", lang=lang)
    assert isinstance(picture, str)
    return picture


@pytest.mark.parametrize(("kind", "lang"), CASES)
def test_a_documented_picture_is_fresh(kind: str, lang: str) -> None:
    assert (FOLDER / f"{kind}-{lang}.svg").read_text(encoding="utf-8") == drawn(kind, lang), REFRESH


def test_no_documented_picture_is_left_over() -> None:
    assert {p.name for p in FOLDER.iterdir()} == {f"{kind}-{lang}.svg" for kind, lang in CASES}


def test_the_readme_shows_three() -> None:
    readme = (FOLDER.parent.parent / "README.md").read_text(encoding="utf-8")
    assert readme.count("](tests/pictures/") == 3


def refresh() -> None:
    """Draw them anew; to be looked at before they are committed."""
    for kind, lang in CASES:
        (FOLDER / f"{kind}-{lang}.svg").write_text(drawn(kind, lang), encoding="utf-8")


if __name__ == "__main__":
    refresh()
