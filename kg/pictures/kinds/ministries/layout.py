"""`ministries`: the science and technology budget by ministry, with accounts, change and priority frame."""

from kg import terms
from kg.pictures.canvas.svg import INK, SOFT, Behind, DataTable, Label, Mark, Scene, Shape, shape
from kg.pictures.canvas.text import width, wrap
from kg.pictures.canvas.words import read_words
from kg.pictures.figures import UNITS, amount
from kg.pictures.kinds.ministries.data import LONG, Budget, Ministries, read, source_of, title_end

__all__ = ["OPTIONS", "SUMMARY", "read", "scene"]
SUMMARY = {"en": "The science and technology budget by ministry", "ja": "府省別の科学技術関係予算"}
OPTIONS = ("ministry", "fiscal_year")
WIDTH, TOP, STEP, BAR = 1400.0, 128.0, 37.0, 17.0
LEFT = 232.0  # left end of the bars
ZERO, REACH = 1030.0, 72.0  # position of no change, and length of the largest change
SMALL, TIMES = 100_000_000_000, 20  # yen below which bars are enlarged, and how many times
DARK, MIDDLE = "#123f66", "#2d7fb1"
word = read_words("ministries")
HEADS = word.heads


def scene(data: Ministries, lang: str) -> Scene:
    """Return the budgets as a scene 1400 pixels wide, with one bar per ministry and its change beside it."""
    items: list[Shape | Label | Mark] = [*_frame(data, lang)]
    y, magnified = TOP, False
    for place, row in enumerate(data.rows):
        if row.total < SMALL and not magnified:
            magnified = True
            items += _divider(y, lang)
            y += 34
        items += _row(data, row, y, magnified, place, lang)
        y += STEP
    items.append(shape("line", x1=ZERO, x2=ZERO, y1=TOP - 4, y2=y, stroke=INK, stroke_width=0.8))
    if data.total is not None and len(data.rows) > 1:
        items.append(Label(LEFT - 14, y + 22, (word("total", lang),), 12.5, "end", bold=True))
        items.append(Label(LEFT + LONG + 104, y + 22, (_column(data.total, lang),), 12.5, "end", bold=True))
        y += 30
    source = source_of(data, lang)
    notes = tuple(line for note in (source, word("note", lang)) for line in wrap(note, WIDTH - 40, 11.5))
    items.append(Label(20, y + 26, notes, 11.5, fill=SOFT))
    return Scene(
        width=WIDTH,
        height=y + 64,
        lang=lang,
        title=_title(data, lang),
        description=f"{word('note', lang)} {source}",
        items=tuple(items),
        table=_table(data, lang),
        lines={_line(row, i): _shown(data, cell, lang) for row in data.rows for i, cell in enumerate(row.cells)},
        hatches=(("hatch-special", DARK),),
    )


def _title(data: Ministries, lang: str) -> str:
    return word("title", lang, year=data.years[0]) + title_end(data, lang)


def _frame(data: Ministries, lang: str) -> list[Shape | Label | Mark]:
    before = data.years[1]
    unit = word("unit", lang, unit=UNITS[lang])
    items: list[Shape | Label | Mark] = [
        Label(20, 34, (_title(data, lang),), 20, bold=True),
        Label(20, 58, (unit,), 12.5, fill=SOFT),
    ]
    x = 20 + width(unit, 12.5) + 20
    for name in ("promotion", "general", "special", "before", "frame"):
        items += _sample(name, x)
        said = word(name, lang, year=before)
        items.append(Label(x + 30, 58, (said,), 12.5, fill=SOFT))
        x += 30 + width(said, 12.5) + 18
    heads = [str(head).format(year=before) for head in HEADS[lang]]
    places = (
        (LEFT - 14, "end"),
        (LEFT + LONG + 104, "end"),
        (LEFT + LONG + 160, "end"),
        (ZERO, "middle"),
        (WIDTH - 24, "end"),
    )
    for head, (place, anchor) in zip(heads, places, strict=True):
        items.append(Label(place, TOP - 22, (head,), anchor=anchor, bold=True, fill=SOFT))
    return items


def _sample(name: str, x: float) -> list[Shape]:
    if name == "before":
        return [shape("line", x1=x + 13, x2=x + 13, y1=46, y2=62, stroke=INK, stroke_width=2.4)]
    if name == "frame":
        return [shape("rect", x=x, y=53, width=24, height=4, fill=INK)]
    fill = {"promotion": DARK, "general": MIDDLE, "special": "url(#hatch-special)"}[name]
    return [shape("rect", x=x, y=48, width=24, height=12, fill=fill, stroke=DARK, stroke_width=0.6)]


def _divider(y: float, lang: str) -> list[Shape | Label | Mark]:
    text = word("magnified", lang, limit=amount(SMALL, lang), unit=UNITS[lang], times=TIMES)
    return [
        shape("rect", x=0, y=y + 2, width=WIDTH, height=26, fill="#e8ebf0"),
        Label(LEFT, y + 20, (text,), 12.5, bold=True),
    ]


def _row(data: Ministries, row: Budget, y: float, magnified: bool, place: int, lang: str) -> list[Shape | Label | Mark]:
    items: list[Shape | Label] = []
    if place % 2 == 0:
        items.append(shape("rect", x=0, y=y, width=WIDTH, height=STEP, fill="#f5f6f8"))
    scale = data.scale * (TIMES if magnified else 1)
    top, x = y + 6, LEFT
    rest = (row.general or 0) - (row.promotion or 0)
    for yen, fill in ((row.promotion, DARK), (rest, MIDDLE), (row.special, "url(#hatch-special)")):
        if yen:
            items.append(
                shape(
                    "rect",
                    x=x,
                    y=top,
                    width=max(0.6, yen * scale),
                    height=BAR,
                    fill=fill,
                    stroke=DARK,
                    stroke_width=0.6,
                )
            )
            x += yen * scale
    if row.priority:
        items.append(shape("rect", x=LEFT, y=top + BAR + 3, width=max(0.6, row.priority * scale), height=4, fill=INK))
    if row.before:
        mark = LEFT + row.before * scale
        items.append(shape("line", x1=mark, x2=mark, y1=top - 4, y2=top + BAR + 4, stroke="#ffffff", stroke_width=5))
        items.append(shape("line", x1=mark, x2=mark, y1=top - 4, y2=top + BAR + 4, stroke=INK, stroke_width=2.4))
    base = top + BAR / 2 + 4.5
    name = wrap(data.names.full(row.ministry, lang), LEFT - 30, 12, most=2)
    items.append(Label(LEFT - 14, base - 7.3 * (len(name) - 1), name, 12, "end"))
    items.append(Label(LEFT + LONG + 104, base, (_column(row.total, lang),), 12.5, "end", bold=True, halo=True))
    items.append(Label(LEFT + LONG + 160, base, (_percent(row.share),), 12.5, "end"))
    items += _change(data, row, top, base, lang)
    priority = _share_of(row, lang) if row.priority else "–"
    items.append(Label(WIDTH - 24, base, (priority,), 12.5, "end"))
    behind = tuple(Behind(_line(row, i), "full", "") for i in range(len(row.cells)))
    return [Mark(f"m:{terms.local_name(row.ministry)}", _says(data, row, lang), tuple(items), (), behind)]


def _column(yen: int, lang: str) -> str:
    """Return an amount, in English with one decimal to align the column: the source prints 億円 (¥0.1 bn)."""
    text = amount(yen, lang)
    return text if lang == "ja" or "." in text else f"{text}.0"


def _percent(share: str) -> str:
    return "<0.1%" if not float(share) else f"{_tenths(share)}%"


def _tenths(text: str) -> str:
    return text if "." in text else f"{text}.0"


def _share_of(row: Budget, lang: str) -> str:
    share = 100 * (row.priority or 0) / row.total if row.total else 0
    return f"{_column(row.priority or 0, lang)} ({share:.1f}%)"


def _change(data: Ministries, row: Budget, top: float, base: float, lang: str) -> list[Shape | Label]:
    if row.change is None:
        return [Label(ZERO + REACH + 8, base, ("–",), 12.5)]
    long = REACH * row.change / data.widest
    fill = "#ffffff" if row.change < 0 else DARK
    items: list[Shape | Label] = []
    if long:
        items.append(
            shape(
                "rect",
                x=min(ZERO, ZERO + long),
                y=top,
                width=abs(long),
                height=BAR,
                fill=fill,
                stroke=DARK,
                stroke_width=1.2,
            )
        )
    text = f"{_signed(row.change, lang)}  ({_sign(_tenths(row.rate))}%)"
    items.append(Label(ZERO + REACH + 8, base, (text,), 12.5))
    return items


UNDER = {"en": "<0.05", "ja": "<0.5"}  # printed as zero: less than half of 0.1 bn (1億円)


def _signed(yen: int, lang: str) -> str:
    return _sign(_column(yen, lang)) if yen else UNDER[lang]


def _sign(text: str) -> str:
    return "−" + text[1:] if text.startswith("-") else f"+{text}"


def _says(data: Ministries, row: Budget, lang: str) -> str:
    change = "–" if row.change is None else _signed(row.change, lang)
    return word(
        "says",
        lang,
        name=data.names.full(row.ministry, lang),
        amount=amount(row.total, lang),
        unit=UNITS[lang],
        share=row.share,
        change=change,
        rate=_sign(_tenths(row.rate)) if row.rate else "–",
    )


def _line(row: Budget, place: int) -> str:
    return f"{terms.local_name(row.ministry)}-{place}"


def _shown(data: Ministries, cell: tuple[str, ...], lang: str) -> tuple[str, ...]:
    account, category, frame, printed, year, source = cell
    said = " · ".join(data.names.full(iri, lang) for iri in (account, category, frame))
    return said, f"{printed}億円" if printed != "-" else "–", year, "", data.names.full(source, lang)


def _table(data: Ministries, lang: str) -> DataTable:
    heads = word.table(lang)
    rows = tuple(
        (
            data.names.full(row.ministry, lang),
            *(
                row.total,
                row.share,
                row.before,
                row.general,
                row.promotion,
                row.special,
                row.priority,
                row.change,
                row.rate,
            ),
        )
        for row in data.rows
    )
    return DataTable(heads, rows)
