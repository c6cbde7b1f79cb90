"""Lay out an outline: nested lines in columns, each with a sign, a text and a figure; the page can fold it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kg.pictures.canvas.svg import INK, LINE, SOFT, Behind, Label, Mark, Shape, shape
from kg.pictures.canvas.text import width, wrap

INDENT, SIZE, LEADING, BETWEEN, MARGIN = 20.0, 12.0, 14.7, 30.0, 20.0

Sign = Callable[[float, float], Sequence[Shape]]


@dataclass(frozen=True)
class OutlineLine:
    """One line: its key, the keys of its parents (outermost first), its texts, and the printed amounts behind it."""

    key: str
    above: tuple[str, ...]
    text: str
    says: str
    sign: Sign
    tail: str = ""
    bold: bool = False
    faint: bool = False
    behind: tuple[Behind, ...] = ()
    groups: tuple[str, ...] = ()
    name: str = ""


def lay_out_outline(lines: Sequence[OutlineLine], columns: int, *, top: float, full: float) -> tuple[list[Mark], float]:
    """Return the lines as marks in columns across `full` pixels, and the bottom of the longest column.

    Columns begin at bold lines, chosen to make the longest column as short as possible.
    """
    room = (full - 2 * MARGIN - (columns - 1) * BETWEEN) / columns
    measured = [_measure(line, room) for line in lines]
    breaks = _breaks(lines, [height for _, height in measured], columns)
    marks: list[Mark] = []
    column, y, lowest = 0, top, top
    for place, (line, (wrapped, height)) in enumerate(zip(lines, measured, strict=True)):
        if place in breaks:
            column, y = column + 1, top
        marks.append(_mark(line, wrapped, MARGIN + column * (room + BETWEEN), y, room, height, column))
        y += height
        lowest = max(lowest, y)
    return marks, lowest


def _measure(line: OutlineLine, room: float) -> tuple[tuple[str, ...], float]:
    room -= len(line.above) * INDENT + 24
    if line.tail:
        room -= width(line.tail, SIZE, bold=True) + 12
    wrapped = wrap(line.text, room, SIZE, most=2, bold=line.bold)
    return wrapped, 4 + LEADING * len(wrapped) + (6 if line.bold else 0)


def _breaks(lines: Sequence[OutlineLine], heights: Sequence[float], columns: int) -> set[int]:
    """Return the start of each column after the first."""
    heads = [i for i, line in enumerate(lines) if i and line.bold]
    breaks: set[int] = set()
    begin, left = 0, sum(heights)
    for rest in range(columns, 1, -1):
        share = left / rest
        later = [i for i in heads if i > begin]
        if not later:
            break
        best = min(later, key=lambda i, begin=begin, share=share: abs(sum(heights[begin:i]) - share))  # type: ignore[misc]
        breaks.add(best)
        left -= sum(heights[begin:best])
        begin = best
    return breaks


def _mark(
    line: OutlineLine, wrapped: tuple[str, ...], left: float, y: float, room: float, height: float, column: int
) -> Mark:
    items: list[Shape | Label] = []
    for depth in range(len(line.above)):
        guide = left + INDENT * depth + 6
        items.append(shape("line", x1=guide, x2=guide, y1=y, y2=y + height, stroke=LINE))
    x, base = left + INDENT * len(line.above), y + height - LEADING * (len(wrapped) - 1) - 6
    items += line.sign(x + 6, base - 4)
    items.append(Label(x + 20, base, wrapped, SIZE, bold=line.bold, fill=SOFT if line.faint else INK))
    if line.tail:
        items.append(Label(left + room, base, (line.tail,), SIZE, "end", bold=True, figure=""))
    groups = tuple(dict.fromkeys((*line.above, line.key, *line.groups)))
    return Mark(line.key, line.says, tuple(items), groups, line.behind, (column, y, height), line.name)
