"""What a text is made of: its lines, and the characters in it that nobody can see or that other formats lose."""

import unicodedata
from collections.abc import Iterator

# Joiners, and the selectors of the variants of a character, belong to the spelling of some names.
_JOINERS = "\u200c\u200d"
_SPACES = str.maketrans("", "", "\n\r\t\u3000")
_INVISIBLE = {
    "Cc": "a control character",
    "Cf": "a character that nobody can see",
    "Co": "a character of one font only",
    "Cs": "half a character",
}


def lines(text: str) -> list[str]:
    r"""Return the lines of a text as editors and parsers count them: they end at a line feed and nowhere else.

    str.splitlines also takes form feeds, file separators and U+2028 for line ends.

    >>> lines("one\x0c\ntwo\u2028three\n")
    ['one\x0c', 'two\u2028three']
    """
    return text.removesuffix("\n").split("\n") if text else []


def unseen(text: str) -> Iterator[tuple[int, str]]:
    r"""Yield place and description of each character that is no part of a name or sentence; tab and line end are.

    >>> list(unseen("quantum\x0btech"))
    [(7, 'U+000B, a control character')]
    """
    if text.translate(_SPACES).isprintable():  # nearly every text
        return
    for place, char in enumerate(text):
        kind = unicodedata.category(char)
        if char in "\n\r\t" or char in _JOINERS:
            continue
        if kind in _INVISIBLE:
            name = unicodedata.name(char, "")
            yield place, f"U+{ord(char):04X}{name and ' '}{name}, {_INVISIBLE[kind]}"
        elif kind == "Cn" and ord(char) & 0xFFFE == 0xFFFE:
            yield place, f"U+{ord(char):04X}, which is no character"
