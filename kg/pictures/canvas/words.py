"""The words of a picture, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from kg.terms import Text


class Word(Protocol):
    """Returns a word or a sentence in a language, with values filled in."""

    def __call__(self, key: str, lang: str, /, **values: object) -> str:
        """Return the text of a key."""


def words(table: Mapping[str, Text]) -> Word:
    """Return the function that looks words up in a table, by key and language."""
    return lambda key, lang, /, **values: table[key][lang].format(**values)
