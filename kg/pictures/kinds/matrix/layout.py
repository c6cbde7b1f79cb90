"""`matrix`: recipients by purpose, one bubble per cell, with totals as intervals in the margins."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import log10, sqrt

from kg.funding import scope
from kg.money.interval import Interval, say
from kg.money.working import Working
from kg.pictures.canvas.colours import NEUTRAL, colour_of
from kg.pictures.canvas.svg import INK, LINE, SOFT, DataTable, Label, Mark, Scene, Shape, shape
from kg.pictures.canvas.text import widest, width, wrap
from kg.pictures.figures import UNITS, amount, behind, figure, span
from kg.pictures.kinds.matrix.bubbles import bubble
from kg.pictures.kinds.matrix.data import NONE, OTHERS, Head, Matrix, read
from kg.pictures.kinds.matrix.words import HEADS, name_of, word
from kg.pictures.page.filters import WHOLE
from kg.pictures.sources import document_of, in_documents, source_note

__all__ = ["OPTIONS", "SUMMARY", "read", "scene"]
SUMMARY = {"en": "Who receives money for what", "ja": "機関・領域別の資金"}
OPTIONS = (*scope.MONEY, "rows", "columns")
WIDTH, NARROWEST, RIGHT, TOP, LARGEST, SMALLEST = 1400.0, 900.0, 140.0, 142.0, 42.0, 3.5
HEAD, SMALL_HEAD = 11.5, 10.5  # pixels: width of column headings, and of those with a long word


def scene(data: Matrix, lang: str) -> Scene:
    """Return the matrix as a scene; its figures are those of `funding` for row and column."""
    layout = lay_out(data, lang)
    items: list[Shape | Label | Mark] = [*_frame(data, layout, lang), *_heads_of_columns(data, layout, lang)]
    for row in data.rows:
        items += _row(data, layout, row, lang)
    items += _foot(data, layout, lang)
    title = _title(data, lang)
    return Scene(
        width=layout.width,
        height=layout.bottom + 118,
        lang=lang,
        title=title,
        description=_description(data, lang),
        items=tuple(items),
        table=_table(data, lang),
        lines=data.money.lines(lang, data.money.working.rows),
        hatches=(),
    )


@dataclass(frozen=True)
class Layout:
    """The positions of rows and columns, in pixels."""

    top: float
    left: float
    step: float
    width: float
    tops: dict[str, float]
    heights: dict[str, float]
    centres: dict[str, float]
    bottom: float


def lay_out(data: Matrix, lang: str) -> Layout:
    """Return the positions of rows and columns."""
    left = 330.0 if data.kinds[0] in {"programmes", "parts"} else 200.0
    names = [name_of(data, column, data.kinds[1], lang) for column in data.columns]
    widest_word = max((widest(name, SMALL_HEAD, bold=True) for name in names), default=0.0)
    step = max(widest_word + 7, min(170.0, (WIDTH - left - RIGHT) / max(1, len(data.columns))))
    full = max(NARROWEST, left + step * len(data.columns) + RIGHT)
    deepest = max((len(_head(data, column, step, lang)[0]) for column in data.columns), default=1)
    top = max(TOP, TOP + (deepest - 4) * HEAD * 1.22)
    tops, heights, y = {}, {}, top
    for row in data.rows:
        tops[row.key] = y
        heights[row.key] = max(32.0, 2 * _radius(data.tallest[row.key], data) + 22)
        y += heights[row.key]
    centres = {column.key: left + step * (i + 0.5) for i, column in enumerate(data.columns)}
    return Layout(top, left, step, full, tops, heights, centres, y)


def _head(data: Matrix, column: Head, step: float, lang: str) -> tuple[tuple[str, ...], float]:
    """Return the lines and font size of a column heading, without cutting names or, if possible, breaking words."""
    name = name_of(data, column, data.kinds[1], lang)
    size = HEAD if widest(name, HEAD, bold=True) <= step - 6 else SMALL_HEAD
    return wrap(name, step - 6, size, most=9, bold=True, even=True), size


def _radius(yen: int, data: Matrix) -> float:
    return max(SMALLEST, LARGEST * sqrt(yen / data.largest)) if yen else 0.0


def _colour(data: Matrix, column: Head) -> str:
    if column.key in (NONE, OTHERS):
        return NEUTRAL
    return colour_of([c.key for c in data.columns].index(column.key))


def _frame(data: Matrix, layout: Layout, lang: str) -> list[Shape | Label | Mark]:
    items: list[Shape | Label | Mark] = [
        Label(20, 34, (_title(data, lang),), size=20, bold=True),
        Label(20, 56, (word("unit", lang, unit=UNITS[lang]),), size=12.5, fill=SOFT),
        *_legend(data, lang),
    ]
    right = layout.width
    for i, row in enumerate(data.rows):
        if i % 2 == 0:
            items.append(
                shape("rect", x=0, y=layout.tops[row.key], width=right, height=layout.heights[row.key], fill="#f5f6f8")
            )
    items.append(shape("line", x1=0, x2=right, y1=layout.top, y2=layout.top, stroke=LINE))
    items.append(shape("line", x1=0, x2=right, y1=layout.bottom, y2=layout.bottom, stroke=LINE))
    return items


def _title(data: Matrix, lang: str) -> str:
    rows, columns = (HEADS[kind][lang] for kind in data.kinds)
    period = scope.period(data.choice, data.money.names, lang)
    title = word("title", lang, rows=rows.lower(), columns=columns.lower(), period=period)
    return title + in_documents({document_of(row) for row in data.money.working.rows}, data.money.names, lang)


def _legend(data: Matrix, lang: str) -> list[Shape | Label | Mark]:
    x, y = 20 + width(word("unit", lang, unit=UNITS[lang]), 12.5) + 24, 52.0
    items: list[Shape | Label | Mark] = []
    for name in ("stated", "most", "open"):
        items += bubble(
            x + 8, y, NEUTRAL, 8 if name == "stated" else 0, 9 if name == "most" else 0, dotted=name == "open"
        )
        items.append(Label(x + 24, y + 4, (word(name, lang),), size=12.5, fill=SOFT))
        x += 24 + width(word(name, lang), 12.5) + 26
    x += 30
    for yen in (10 ** (int(log10(data.largest)) - step) for step in range(3)):
        radius = _radius(yen, data)
        if radius > SMALLEST:
            items.append(shape("circle", cx=x + radius, cy=y - 6, r=radius, fill="none", stroke=SOFT))
            said = amount(yen, lang)
            items.append(Label(x + 2 * radius + 5, y - 2, (said,), size=11.5, fill=SOFT))
            x += 2 * radius + 5 + width(said, 11.5) + 16
    return items


def _heads_of_columns(data: Matrix, layout: Layout, lang: str) -> list[Shape | Label | Mark]:
    items: list[Shape | Label | Mark] = []
    for column in data.columns:
        lines, size = _head(data, column, layout.step, lang)
        top = layout.top - 10 - size * 1.22 * (len(lines) - 1)
        label = Label(layout.centres[column.key], top, lines, size, "middle", bold=True, fill=_colour(data, column))
        items.append(_margin(data, column, data.column_totals, data.kinds[1], lang, (label,), "c"))
    x = layout.width - 14
    items.append(Label(x, layout.top - 10, (word("total", lang),), anchor="end", bold=True, fill=SOFT))
    return items


def _margin(
    data: Matrix,
    head: Head,
    totals: Mapping[str, Working],
    kind: str,
    lang: str,
    items: tuple[Shape | Label, ...],
    side: str,
) -> Mark:
    working = _worded(data, totals[head.key], lang)
    name = name_of(data, head, kind, lang, short=False)
    says = f"{name}: {say(working.total, lang)}"
    crossed = "r" if side == "c" else "c"
    other = 0 if side == "c" else 1
    groups = [f"{crossed}:{id_of(key[other])}" for key in data.cells if key[1 - other] == head.key]
    return Mark(
        f"{side}:{id_of(head.key)}", says, items, (f"{side}:{id_of(head.key)}", *groups), behind(working), name=name
    )


def _worded(data: Matrix, working: Working, lang: str) -> Working:
    return data.money.again(working.rows, lang)


def id_of(key: str) -> str:
    """Return the last part of an IRI, as keys of marks have it."""
    return key.rsplit("/", 1)[-1]


def _row(data: Matrix, layout: Layout, row: Head, lang: str) -> list[Shape | Label | Mark]:
    top, height = layout.tops[row.key], layout.heights[row.key]
    middle = top + height / 2
    name = name_of(data, row, data.kinds[0], lang)
    lines = wrap(("└ " if row.depth else "") + name, layout.left - 36, 12.5, most=2, even=True)
    there = data.row_totals[row.key].total
    ink = INK if there.known or there.open_count else SOFT
    label = Label(layout.left - 16, middle + 4.5 - 7.6 * (len(lines) - 1), lines, size=12.5, anchor="end", fill=ink)
    items: list[Shape | Label | Mark] = [_margin(data, row, data.row_totals, data.kinds[0], lang, (label,), "r")]
    for column in data.columns:
        cell = data.cells.get((row.key, column.key))
        if cell is not None:
            items.append(_cell(data, layout, row, column, cell, lang, middle))
    total = data.row_totals[row.key].total
    if total.known or total.open_count:
        x = layout.width - 14
        key = f"r:{id_of(row.key)}"
        items.append(Label(x, middle + 4.5, (span(total, lang),), size=12.5, anchor="end", figure=key))
    return items


def _cell(data: Matrix, layout: Layout, row: Head, column: Head, cell: Working, lang: str, middle: float) -> Mark:
    x, y, total = layout.centres[column.key], middle - 6, cell.total
    shapes, reach = cell_shapes(data, row, column, total, x, y)
    text = Label(x, y + max(reach, 5) + 12.5, (figure(total, lang),), 11, "middle", halo=True, figure="")
    heads = zip((row, column), data.kinds, strict=True)
    name = " × ".join(name_of(data, head, kind, lang, short=False) for head, kind in heads)
    groups = (f"r:{id_of(row.key)}", f"c:{id_of(column.key)}")
    says = f"{name}: {say(total, lang)}"
    return Mark(at(row, column), says, (*shapes, text), groups, behind(_worded(data, cell, lang)), name=name)


def at(row: Head, column: Head) -> str:
    """Return the key of a cell."""
    return f"{id_of(row.key)}*{id_of(column.key)}"


def cell_shapes(
    data: Matrix, row: Head, column: Head, total: Interval, x: float, y: float
) -> tuple[tuple[Shape, ...], float]:
    """Return the bubble of a cell around a point, and its radius."""
    solid, ring = _radius(total.lower, data), _radius(total.known, data)
    if total.known > total.lower:
        ring = max(ring, solid + 2.5, 5.0)  # below this size, dashes are not visible as such
    if OTHERS in (row.key, column.key):
        solid, ring = 0.0, 0.0
    return tuple(bubble(x, y, _colour(data, column), solid, ring, dotted=bool(total.open_count))), max(solid, ring)


def _foot(data: Matrix, layout: Layout, lang: str) -> list[Shape | Label | Mark]:
    y = layout.bottom + 20
    items: list[Shape | Label | Mark] = [
        Label(layout.left - 16, y, (word("total", lang),), size=12.5, anchor="end", bold=True, fill=SOFT)
    ]
    for column in data.columns:
        total = data.column_totals[column.key].total
        if total.known or total.open_count:
            lines = wrap(span(total, lang), layout.step - 4, 11.5, most=2)
            key = f"c:{id_of(column.key)}"
            items.append(Label(layout.centres[column.key], y, lines, size=11.5, anchor="middle", figure=key))
    x = layout.width - 14
    items.append(Label(x, y, (span(data.money.working.total, lang),), size=12.5, anchor="end", bold=True, figure=WHOLE))
    if not data.rows:
        items.append(Label(layout.left, layout.top + 30, (word("empty", lang),), size=14, fill=INK))
    notes = [source_note(data.money, lang), word("margins", lang)]
    lines = tuple(line for note in notes for line in wrap(note, layout.width - 40, 11.5, most=3))
    items.append(Label(20, y + 46, lines, size=11.5, fill=SOFT))
    return items


def _description(data: Matrix, lang: str) -> str:
    return f"{say(data.money.working.total, lang)}. {word('margins', lang)} {source_note(data.money, lang)}"


def _table(data: Matrix, lang: str) -> DataTable:
    heads = (HEADS[data.kinds[0]][lang], HEADS[data.kinds[1]][lang], *word.table(lang))

    def numbers(interval: Interval) -> tuple[int, int | None, int]:
        return interval.lower, interval.upper, interval.open_count

    total = word("total", lang)
    found: list[tuple[str | int | None, ...]] = []
    keys: list[str] = []

    def add(key: str, row: str, column: str, sum_of: Working) -> None:
        found.append((row, column, *numbers(sum_of.total)))
        keys.append(key)

    names = {column.key: name_of(data, column, data.kinds[1], lang, short=False) for column in data.columns}
    for row in data.rows:
        name = name_of(data, row, data.kinds[0], lang, short=False)
        for column in data.columns:
            if cell := data.cells.get((row.key, column.key)):
                add(at(row, column), name, names[column.key], cell)
        add(f"r:{id_of(row.key)}", name, total, data.row_totals[row.key])
    for column in data.columns:
        add(f"c:{id_of(column.key)}", total, names[column.key], data.column_totals[column.key])
    add(WHOLE, total, total, data.money.working)
    return DataTable(heads, tuple(found), tuple(keys), 2)
