"""How wide text runs and where it may break: Latin and Japanese, without a font at hand."""

from __future__ import annotations

import unicodedata

_NARROW = frozenset("iIjl.,:;'|!()[]{}·‘’ ")
_SEMI = frozenset('frtJ-–/\\"*^`“”')
_BROAD = frozenset("mwMW%@&—…")
NO_START = frozenset("、。，．・：；？！）」』】〕〉》ーゃゅょっぁぃぅぇぉャュョッァィゥェォ々,.:;)]}%")


def char_width(char: str) -> float:
    """Return how wide one character runs, in ems of a sans-serif face, on the generous side."""
    if unicodedata.east_asian_width(char) in "WFA":
        return 1.0
    if unicodedata.combining(char):
        return 0.0
    if char in _NARROW:
        return 0.3
    if char in _SEMI:
        return 0.43
    if char in _BROAD:
        return 0.92
    return 0.66 if char.isupper() else 0.56


def width(text: str, size: float = 12, *, bold: bool = False) -> float:
    """Return how wide a text runs in pixels at a font size.

    >>> width("量子", 12)
    24.0
    """
    return sum(map(char_width, text)) * size * (1.06 if bold else 1)


def wrap(text: str, room: float, size: float = 12, *, most: int = 3, bold: bool = False) -> tuple[str, ...]:
    """Return the text in lines no wider than `room` pixels, at most `most` of them; what is left off ends in `…`.

    Latin breaks between words, Japanese between characters, but no line begins with closing punctuation.

    >>> wrap("Quantum computing", 80), wrap("量子暗号通信", 48)
    (('Quantum', 'computing'), ('量子暗号', '通信'))
    """
    lines: list[str] = []
    line = ""
    for piece in _pieces(text):
        if line and width((line + piece).rstrip(), size, bold=bold) > room:
            lines.append(line.rstrip())
            line = piece.lstrip()
        else:
            line += piece
    lines.append(line.rstrip())
    if len(lines) > most:
        lines = [*lines[: most - 1], lines[most - 1] + " " + " ".join(lines[most:])]
    return tuple(shorten(each, room, size, bold=bold) for each in lines)


def shorten(text: str, room: float, size: float = 12, *, bold: bool = False) -> str:
    """Return the text, its end replaced by `…` where it does not fit.

    >>> shorten("Operating grant", 60)
    'Operati…'
    """
    if width(text, size, bold=bold) <= room:
        return text
    while text and width(text + "…", size, bold=bold) > room:
        text = text[:-1]
    return text.rstrip() + "…"


def _pieces(text: str) -> list[str]:
    """Return what may not be broken: Latin words with the space after them, single wide characters."""
    pieces: list[str] = []
    open_word = False
    for char in text:
        wide = unicodedata.east_asian_width(char) in "WF"
        if pieces and (char in NO_START or char == " " or (open_word and not wide)):
            pieces[-1] += char
        else:
            pieces.append(char)
        open_word = not wide and char not in " /-–"
    return pieces
