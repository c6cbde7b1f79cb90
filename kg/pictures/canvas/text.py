"""The width and line breaks of Latin and Japanese text, computed without a font."""

import unicodedata
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise

_NARROW = frozenset("iIjl.,:;'|!()[]{}·‘’ ")
_SEMI = frozenset('frtJ-–/\\"*^`“”')
_BROAD = frozenset("mwMW%@&—…")
NO_START = frozenset("、。，．・：；？！）」』】〕〉》ーゃゅょっぁぃぅぇぉャュョッァィゥェォ々,.:;)]}%")
NO_END = frozenset("「『（【〔〈《([{")
_JAPANESE = frozenset({"HIRAGANA", "KATAKANA", "CJK"})
_TEARS = 2


@lru_cache(maxsize=4096)
def char_width(char: str) -> float:
    """Return the width of a character in ems of a sans-serif face, rounded up generously."""
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
    """Return the width of a text in pixels at a font size.

    >>> width("量子", 12)
    24.0
    """
    return sum(map(char_width, text)) * size * (1.06 if bold else 1)


@lru_cache(maxsize=4096)  # the same names recur for every year, language and filter
def wrap(
    text: str, room: float, size: float = 12, *, most: int = 3, bold: bool = False, even: bool = False
) -> tuple[str, ...]:
    """Return the text in up to `most` lines no wider than `room` pixels; a text cut short ends in `…`.

    Latin breaks between words, Japanese between phrases where one ends near by, else between characters, but not within
    a word in katakana, nor right after an opening or before a closing sign. `even` makes the lines about as long as
    each other.

    >>> wrap("Quantum computing", 80), wrap("量子暗号通信", 48), wrap("量子セキュリティ", 84)
    (('Quantum', 'computing'), ('量子暗号', '通信'), ('量子', 'セキュリティ'))
    >>> wrap("研究への取り組みの推進", 84)
    ('研究への', '取り組みの推進')
    """
    lines = _lines(text, room, size, bold=bold)
    if len(lines) > most:
        rest = "".join(line + " " * line[-1:].isascii() for line in lines[most - 1 :])
        lines = [*lines[: most - 1], rest.rstrip()]
    elif even and len(lines) > 1:
        least = max(widest(text, size, bold=bold), room / 2)
        steps = range(int((room - least) / (size / 4)) + 1) if room > least else ()
        tried = [_lines(text, room - step * size / 4, size, bold=bold) for step in steps]
        alike = [each for each in tried if len(each) == len(lines)] or [lines]
        lines = min(alike, key=lambda each: (_split(each), max(width(line, size, bold=bold) for line in each)))
    return tuple(clip(each, room, size, bold=bold) for each in lines)


def clip(text: str, room: float, size: float = 12, *, bold: bool = False) -> str:
    """Return the text, cut short with `…` if it does not fit.

    >>> clip("Operating grant", 60)
    'Operati…'
    """
    if width(text, size, bold=bold) <= room:
        return text
    while text and width(text + "…", size, bold=bold) > room:
        text = text[:-1]
    return text.rstrip() + "…"


def fit(name: str, drawn: str, room: float, size: float) -> tuple[tuple[str, ...], str]:
    """Return a name in as many lines as it needs, and the figure after the last line, or "" if it has its own line."""
    rest = width(f" {drawn}", size, bold=True)
    if width(name, size) + rest <= room:
        return (name,), drawn
    below = wrap(name, room, size, most=9, even=True)
    beside = wrap(name, room - rest, size, most=9, even=True) if widest(name, size) <= room - rest else ()
    short = len(below) == 1 and (width(name, size) < 0.7 * room or _torn(beside))
    if beside and len(beside) <= len(below) + 1 and not short:
        return beside, drawn
    return (*below, drawn), ""


def widest(text: str, size: float = 12, *, bold: bool = False) -> float:
    """Return the width of the widest unbreakable part.

    >>> widest("量子セキュリティ", 10)
    60.0
    """
    return max((width(piece.strip(), size, bold=bold) for piece in _pieces(text)), default=0.0)


def _torn(lines: Sequence[str]) -> int:
    """Return how many lines end within a phrase: in a compound in kanji, or before an ending in hiragana."""
    return sum(_breaks(before[-3:], after[:3]) == _TEARS for before, after in pairwise(lines))


def _split(lines: Sequence[str]) -> int:
    return sum(_breaks(before[-3:], after[:3]) for before, after in pairwise(lines))


@lru_cache(maxsize=4096)
def _breaks(before: str, after: str) -> int:
    """Return what a line break does between some characters and the next: nothing, split a phrase, or tear a word.

    Three characters on either side are all that BudouX goes by.
    """
    last, first = (unicodedata.name(char or " ", "").partition(" ")[0] for char in (before[-1:], after[:1]))
    is_japanese = {last, first} <= _JAPANESE and not before.endswith("・")
    if is_japanese and len(before) in accumulate(map(len, _phrases()(before + after))):
        return 0
    return _TEARS if first == "HIRAGANA" or last == first == "CJK" else int(is_japanese)


@lru_cache(maxsize=1)
def _phrases() -> Callable[[str], list[str]]:
    from budoux import load_default_japanese_parser

    return load_default_japanese_parser().parse


def _lines(text: str, room: float, size: float, *, bold: bool) -> list[str]:
    lines: list[str] = []
    line: list[str] = []
    long = 0.0
    for whole in _pieces(text):
        fits = width(whole.rstrip(), size, bold=bold) <= room or unicodedata.east_asian_width(whole[0]) not in "WF"
        for piece in [whole] if fits else whole:
            if line and long + width(piece.rstrip(), size, bold=bold) > room and piece not in NO_START:
                end = _whole_words(line, piece)
                lines.append("".join(line[:end]).rstrip())
                line = [*line[end:], piece.lstrip()]
                long = width("".join(line), size, bold=bold)
            else:
                line.append(piece)
                long += width(piece, size, bold=bold)
    return [*lines, "".join(line).rstrip()]


def _whole_words(line: Sequence[str], after: str) -> int:
    """Return where to end a line so that a short compound stays whole; at its end where that is no use."""
    every = [*line, after]
    ends = range(len(line), max(0, len(line) - 4), -1)
    return min(ends, key=lambda end: _breaks("".join(every[:end])[-3:], "".join(every[end:])[:3]))


def _pieces(text: str) -> list[str]:
    """Return the unbreakable parts: Latin words with the following space, katakana words, single characters."""
    pieces: list[str] = []
    before = ""
    for char in text:
        if pieces and (char in NO_START or char == " " or before in NO_END or _one_word(before, char)):
            pieces[-1] += char
        else:
            pieces.append(char)
        before = char
    return pieces


def _one_word(before: str, char: str) -> bool:
    """Return whether two characters belong to one Latin word or one katakana word."""
    if unicodedata.east_asian_width(char) in "WF" or unicodedata.east_asian_width(before) in "WF":
        return _is_katakana(before) and _is_katakana(char)
    return before not in " /-–"


def _is_katakana(char: str) -> bool:
    return "ァ" <= char <= "ー" and char != "・"
