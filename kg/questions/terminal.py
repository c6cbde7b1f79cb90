"""Set a table on a terminal: the width of a text, where it may break, and the widths of the columns."""

import re
import unicodedata
from collections.abc import Sequence
from itertools import takewhile

_NARROWEST = 6
_TERM, _INDENT = re.compile(r" *\S+ {2,}"), re.compile(r" *")  # a name with its explanation beside it; any line
# Where a Japanese text may break: not inside a run of katakana, a number with its unit, or a word with its ending.
_OPENING, _CLOSING = "（「『［〔【(<[", "）」』］〕】)>]、。，．・：；！？／→～…;,:!?"
_ENDINGS = "のをにはがとでもやへるたくすうむい"  # after these a word begins if a kanji follows
_YEN = ("¥", "−¥", "(¥")
_LONG = 12  # characters of kanji in a row, from which on they may break after every four
NO_BREAK = "\N{NO-BREAK SPACE}"  # keeps words together
Atom = tuple[str, bool]  # a part of a text that is never broken, and whether a space follows


def columns_of(text: str) -> int:
    """Return how many terminal columns a text takes, without its control characters.

    >>> columns_of("量子 AI")
    7
    """
    if text.isascii():
        return len(text)
    return sum(map(_width, text))


def _width(char: str) -> int:
    """Return the columns of a character: two for wide ones, none for those that are set over another."""
    if unicodedata.east_asian_width(char) in "WF":
        return 2
    return 0 if unicodedata.category(char) in {"Mn", "Me", "Cf"} else 1


def atoms(text: str) -> list[Atom]:
    """Return the parts of a text that stay whole: English words, and Japanese words as far as the script shows them.

    >>> [part for part, _ in atoms("R&D of 衛星通信における量子暗号技術")]
    ['R&D', 'of', '衛星通信における', '量子暗号技術']
    """
    found: list[Atom] = []
    for word in re.findall(r"¥[0-9,.]+ bn[^ \t\r\n]*|[^ \t\r\n]+", text):
        parts = _parts(word) if "://" in word or not (word.isascii() or word.startswith(_YEN)) else [word]
        found += [(part, False) for part in parts[:-1]] + [(parts[-1], True)]
    return found


def _parts(word: str) -> list[str]:
    if address := re.search(r"[a-z]+://.*", word):
        before = word[: address.start()]
        return [*(_parts(before) if before else []), *re.findall(r"[a-z]+://[^/]*/?|[^/]+/?|/", address[0])]
    parts, start = [], 0
    for i in range(1, len(word)):
        if _may_break(word[:i][-_LONG:], word[i:], i - start):
            parts.append(word[start:i])
            start = i
    return [*parts, word[start:]]


def _may_break(before: str, after: str, length: int) -> bool:
    last, first = before[-1], after[0]
    if first in _CLOSING or first in "ーー々" or last in _OPENING:
        return False
    kinds = _kind(last), _kind(first)
    if last in _CLOSING or first in _OPENING:
        return first in _OPENING or not (kinds[1] == "kana" or (last in ",.:" and first.isdigit()))
    if kinds[0] == kinds[1]:
        return kinds[0] == "kanji" and length % 4 == 0 and _is_long(before, after)
    if kinds[1] == "kana" or "number" in kinds:
        return kinds == ("kana", "number")
    return last in _ENDINGS if kinds[0] == "kana" else True


def _is_long(before: str, after: str) -> bool:
    """Return whether two texts meet in a long run of kanji, of which enough is left for a line of its own."""
    behind, ahead = (sum(1 for _ in takewhile(_is_kanji, text)) for text in (reversed(before), after))
    return behind + ahead > _LONG and ahead > 2


def _is_kanji(char: str) -> bool:
    return "一" <= char <= "鿿" or char == "々"


def _kind(char: str) -> str:
    if char.isdigit() or char in ",.−–%*±<>()=+-" + NO_BREAK:
        return "number"
    if char.isascii():
        return "latin"
    if "ぁ" <= char <= "ゟ":
        return "kana"
    return "katakana" if "゠" <= char <= "ヿ" or "ｦ" <= char <= "ﾟ" else "kanji"


def wrap_columns(text: str, most: int) -> list[str]:
    """Return a text in lines of at most `most` terminal columns; only a word that is wider is broken.

    >>> wrap_columns("quantum security 量子セキュリティの研究", 16)
    ['quantum security', '量子', 'セキュリティの', '研究']
    """
    lines: list[str] = []
    line, space = "", ""
    for part, spaced in atoms(text):
        if line and columns_of(line + space + part) > most:
            lines.append(line)
            line, space = "", ""
        line += space + part
        while columns_of(line) > most:
            size = next(i for i in range(len(line), 0, -1) if columns_of(line[:i]) <= most or i == 1)
            lines.append(line[:size])
            line = line[size:]
        space = " " if spaced else ""
    return [*lines, line] if line or not lines else lines


def fold_lines(text: str, most: int) -> str:
    r"""Return a text whose lines take at most `most` terminal columns; what is broken off is indented like its line.

    >>> print(fold_lines("  csv    a table for every class of entities", 24))
      csv    a table for
             every class of
             entities
    >>> print(fold_lines("  kg query funding --domain ai --fiscal-year 2020", 30))
      kg query funding \
        --domain ai \
        --fiscal-year 2020
    """
    return "\n".join(line if columns_of(line) <= most else _folded(line, most) for line in text.split("\n"))


def fold_command(text: str, most: int) -> str:
    """Return a command in lines of at most `most` columns, each but the last with a backslash for the shell."""
    margin = " " * (len(text) - len(text.lstrip()))
    lines = [""]
    for part in text.replace(" --", "\n--").split("\n"):
        if lines[-1] and columns_of(lines[-1]) + columns_of(part) + 3 > most:
            lines[-1] += " \\"
            lines.append(f"{margin}  {part}")
        else:
            lines[-1] += f" {part}" if lines[-1] else part
    return "\n".join(lines)


def _folded(line: str, most: int) -> str:
    if line.lstrip().startswith("kg "):
        return fold_command(line, most)
    begin = _TERM.match(line) or _INDENT.match(line)
    assert begin
    if columns_of(begin[0]) > most // 2:
        begin = _INDENT.match(line[: most // 2])
        assert begin
    margin = columns_of(begin[0])
    parts = wrap_columns(line[begin.end() :], max(most - margin, 1))
    return "\n".join((begin[0] if n == 0 else " " * margin) + part for n, part in enumerate(parts))


def fitted(widths: Sequence[int], floors: Sequence[int], columns: int) -> list[int]:
    """Return the widths, reduced from the widest column on until a row fits or every column has reached its floor."""
    found = list(widths)
    room = columns - 2 * (len(found) - 1)
    while sum(found) > room and (larger := [i for i, floor in enumerate(floors) if found[i] > floor]):
        found[max(larger, key=lambda i: found[i])] -= 1
    return found


def floor_of(texts: Sequence[str], *, whole: bool) -> int:
    """Return the minimum width of a column: the widest word in it; amounts are never broken."""
    words = texts if whole else [part for text in texts for part, _ in atoms(text)]
    return max(0 if whole else min(_NARROWEST, *map(columns_of, texts), _NARROWEST), *map(columns_of, words), 1)
