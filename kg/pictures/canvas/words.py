"""The words of the pictures, in both languages: kg/pictures/words.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from kg.terms import Text


@dataclass(frozen=True)
class Words:
    """The texts of a picture by key, and the heads of its columns."""

    texts: Mapping[str, Text]
    heads: Mapping[str, Any]

    def __call__(self, key: str, lang: str, /, **values: object) -> str:
        """Return a text in a language, with values filled in."""
        return self.texts[key][lang].format(**values)


def read_words(picture: str) -> Words:
    """Return the words of a picture: its own, and those that all pictures share."""
    every = _read()
    return Words(every["all"] | every[picture], every[picture].get("heads", {}))


@lru_cache(maxsize=1)
def _read() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent.parent / "words.toml").read_text(encoding="utf-8"))
