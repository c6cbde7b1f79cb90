"""Set a table on a terminal: the width of a text, line breaks, and the widths of the columns."""

import re

_NARROWEST, _WORD = 8, 16


def columns_of(text: str) -> int:
    """Return how many terminal columns a text takes, without its control characters.

    >>> columns_of("量子 AI")
    7
    """
    if text.isascii():
        return len(text)
    import wcwidth  # takes a twentieth of the time of a whole answer

    return wcwidth.width(text)


def wrap_columns(text: str, most: int) -> list[str]:
    """Return a text in lines of at most `most` terminal columns, broken at spaces or, failing that, between characters.

    >>> wrap_columns("quantum security 量子セキュリティ", 10)
    ['quantum', 'security', '量子セキュ', 'リティ']
    """
    lines: list[str] = []
    line = ""
    for word in re.findall(r"\S+\s*", text):
        if line and columns_of(line + word.rstrip()) > most:
            lines.append(line.rstrip())
            line = ""
        for char in word:
            if line and columns_of(line + char) > most and not char.isspace():
                lines.append(line)
                line = ""
            line += char
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def fitted(widths: list[int], floors: list[int], columns: int | None) -> list[int]:
    """Return the widths, reduced from the widest column on until a row fits or every column has reached its floor."""
    found = list(widths)
    room = (columns or 10_000) - 2 * (len(found) - 1)
    while sum(found) > room and (larger := [i for i, floor in enumerate(floors) if found[i] > floor]):
        found[max(larger, key=lambda i: found[i])] -= 1
    return found


def floor_of(texts: list[str], *, whole: bool) -> int:
    """Return the minimum width of a column: amounts are never broken, other texts may break between words."""
    words = texts if whole else [word for text in texts for word in text.split() if word.isascii()]
    longest = max(map(columns_of, words), default=0)
    return longest if whole else max(_NARROWEST, min(longest, _WORD))
