"""The words of the pictures, in both languages: kg/pictures/texts.toml."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kg.errors import InputError
from kg.paths import read_texts
from kg.terms import Text


@dataclass(frozen=True)
class Words:
    """The texts of a picture by key, and the heads of its columns."""

    texts: Mapping[str, Text]
    heads: Mapping[str, Any]
    table_heads: Mapping[str, list[str]]

    def __call__(self, key: str, lang: str, /, **values: object) -> str:
        """Return a text in a language, with values filled in."""
        return self.texts[key][lang].format(**values)

    def table(self, lang: str) -> tuple[str, ...]:
        """Return the heads of the table under the picture, or those of the bounds that end it."""
        return tuple(self.table_heads[lang])


def read_words(picture: str) -> Words:
    """Return the words of a picture: its own, and those that all pictures share."""
    every = read_texts("pictures")
    if picture not in every:
        raise InputError(f"kg/pictures/texts.toml: no section [{picture}] with the words of the picture")
    own = every["all"] | every[picture]
    return Words(own, own.get("heads", {}), own["table"])
