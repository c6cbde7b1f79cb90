"""`accounts`: the ministry table as a flow, from account over ministry to cost category."""

from dataclasses import dataclass

from kg import terms
from kg.funding.scope import Ask, Scope
from kg.pictures.canvas.bands import Band, Node, Unit, lay_out_bands
from kg.pictures.canvas.svg import INK, SOFT, Behind, DataTable, Label, Mark, Scene, Shape, shape
from kg.pictures.canvas.text import width, wrap
from kg.pictures.canvas.words import read_words
from kg.pictures.figures import UNITS, amount
from kg.pictures.kinds.ministries.data import GENERAL, SPECIAL, Budget, Ministries, source_of, title_end, views
from kg.pictures.kinds.ministries.data import name as name_of_view
from kg.pictures.kinds.ministries.data import read as read_budgets

__all__ = ["OPTIONS", "SUMMARY", "name", "read", "scene", "views"]
SUMMARY = {"en": "The ministry table: account, ministry, cost category", "ja": "府省別表：会計・府省・経費区分"}
OPTIONS = ("ministry", "fiscal_year")
WIDTH, TOP, INSIDE = 1400.0, 112.0, 560.0
PLACES = (190.0, 610.0, 1090.0)
PROMOTION, REST = "promotion", "rest"
HATCH = "#123f66"
PAINT = {PROMOTION: "#123f66", REST: "#2d7fb1", SPECIAL: "url(#hatch-special)"}  # as in the budget by ministry
word = read_words("accounts")
HEADS = word.heads


@dataclass(frozen=True)
class Accounts:
    """The budgets as units of account, ministry and cost category, in yen; `scale` is in pixels a yen."""

    budgets: Ministries
    units: tuple[Unit, ...]
    order: tuple[tuple[str, ...], ...]
    scale: float


def read(ask: Ask, choice: Scope) -> Accounts:
    """Return the units from the budgets of `ministries`, the largest ministry first.

    Raises UsageError when the ministry is not known.
    """
    budgets = read_budgets(ask, choice)
    units = tuple(unit for row in budgets.rows for unit in _units(row))
    every = sum(row.total for row in read_budgets(ask, Scope(fiscal_year=choice.fiscal_year)).rows)
    order = ((GENERAL, SPECIAL), tuple(row.ministry for row in budgets.rows), (PROMOTION, REST))
    return Accounts(budgets, units, order, INSIDE / max(1, every))


def _units(row: Budget) -> list[Unit]:
    general, promotion, special = row.general or 0, row.promotion or 0, row.special or 0
    parts = ((GENERAL, PROMOTION, promotion), (GENERAL, REST, general - promotion), (SPECIAL, REST, special))
    found = []
    for account, category, yen in parts:
        if yen:
            lines = tuple(
                f"{terms.local_name(row.ministry)}-{i}" for i, cell in enumerate(row.cells) if cell[0] == account
            )
            kind = SPECIAL if account == SPECIAL else category
            key = f"{terms.local_name(row.ministry)}-{terms.local_name(kind)}"
            found.append(Unit(key, (account, row.ministry, category), yen, 0, 0, lines, (kind,)))
    return found


def name(data: Accounts, lang: str) -> str:
    """Return the name of the view, which is that of its year."""
    return name_of_view(data.budgets, lang)


def name_of(data: Accounts, stop: str, lang: str) -> str:
    """Return what a node is called."""
    return word(stop, lang) if stop in (PROMOTION, REST) else data.budgets.names.full(stop, lang)


def scene(data: Accounts, lang: str) -> Scene:
    """Return the flow as a scene 1400 pixels wide."""
    columns = lay_out_bands(data.units, data.order, data.scale, top=TOP, places=PLACES, slots={})
    bottom = max([TOP + 60, *(node.y + node.height for column in columns for node in column.nodes)]) + 24
    title = word("title", lang, year=data.budgets.years[0]) + title_end(data.budgets, lang)
    items: list[Shape | Label | Mark] = [Label(20, 34, (title,), 20, bold=True), *_legend(lang)]
    for place, head in zip(PLACES, HEADS[lang], strict=True):
        items.append(Label(place + 5, TOP - 16, (head,), anchor="middle", bold=True, fill=SOFT))
    items += [_band(data, band, lang) for column in columns for band in column.bands]
    items += [_node(data, level, node, lang) for level, column in enumerate(columns) for node in column.nodes]
    source = source_of(data.budgets, lang)
    notes = tuple(line for note in (source, word("note", lang)) for line in wrap(note, WIDTH - 40, 11.5))
    items.append(Label(20, bottom + 22, notes, 11.5, fill=SOFT))
    return Scene(
        width=WIDTH,
        height=bottom + 30 + 15 * len(notes),
        lang=lang,
        title=title,
        description=f"{source}. {word('note', lang)}",
        items=tuple(items),
        table=_table(data, lang),
        lines={line: _shown(data, line, lang) for unit in data.units for line in unit.lines},
        hatches=(("hatch-special", HATCH),),
    )


def _legend(lang: str) -> list[Shape | Label | Mark]:
    unit = word("unit", lang, unit=UNITS[lang])
    items: list[Shape | Label | Mark] = [Label(20, 58, (unit,), 12.5, fill=SOFT)]
    x = 20 + width(unit, 12.5) + 20
    for name, kind in (("key-promotion", PROMOTION), ("key-rest", REST), ("key-special", SPECIAL)):
        items.append(shape("rect", x=x, y=48, width=24, height=12, stroke=HATCH, stroke_width=0.6, **_paint(kind)))
        items.append(Label(x + 30, 58, (word(name, lang),), 12.5, fill=SOFT))
        x += 30 + width(word(name, lang), 12.5) + 18
    return items


def _paint(kind: str) -> dict[str, str]:
    return {"fill": PAINT[kind]} if kind == SPECIAL else {"fill": PAINT[kind], "fill_opacity": "0.7"}


def _shown(data: Accounts, line: str, lang: str) -> tuple[str, ...]:
    ministry, _, place = line.rpartition("-")
    row = next(row for row in data.budgets.rows if terms.local_name(row.ministry) == ministry)
    account, category, frame, printed, year, source = row.cells[int(place)]
    said = " · ".join(data.budgets.names.full(iri, lang) for iri in (row.ministry, account, category, frame))
    return said, f"{printed}億円" if printed != "-" else "–", year, "", data.budgets.names.full(source, lang)


def _yen(yen: int, lang: str) -> str:
    return f"{amount(yen, lang)}億円" if lang == "ja" else f"¥{amount(yen, lang)} bn"


def _groups(units: tuple[Unit, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(f"n:{terms.local_name(stop)}" for unit in units for stop in unit.stops))


def _behind(units: tuple[Unit, ...]) -> tuple[Behind, ...]:
    return tuple(Behind(line, "full", "") for line in dict.fromkeys(line for unit in units for line in unit.lines))


def _band(data: Accounts, band: Band, lang: str) -> Mark:
    yen = sum(unit.stated for unit in band.units)
    says = f"{name_of(data, band.source, lang)} → {name_of(data, band.target, lang)}: {_yen(yen, lang)}"
    path = shape("path", d=band.outline(), **_paint(band.domains[0]))
    return Mark(f"{band.level}:{band.units[0].key}", says, (path,), _groups(band.units), _behind(band.units))


def _node(data: Accounts, level: int, node: Node, lang: str) -> Mark:
    yen = sum(unit.stated for unit in node.units)
    name, tail = name_of(data, node.stop, lang), amount(yen, lang)
    x, base = PLACES[level], node.y + node.height / 2 + 4
    items: list[Shape | Label] = [shape("rect", x=x, y=node.y, width=10, height=max(1.5, node.height), fill=INK)]
    room = 280 - width(f" {tail}", 12, bold=True)
    if level == 0:
        items.append(Label(x - 6, base, wrap(name, room, 12, most=1), 12, "end", halo=True, tail=tail))
    else:
        items.append(Label(x + 15, base, wrap(name, 400 if level == 1 else room, 12, most=1), 12, halo=True, tail=tail))
    key = f"n:{terms.local_name(node.stop)}"
    groups = tuple(dict.fromkeys((key, *_groups(node.units))))
    return Mark(key, f"{name}: {_yen(yen, lang)}", tuple(items), groups, _behind(node.units))


def _table(data: Accounts, lang: str) -> DataTable:
    heads = (*HEADS[lang], {"en": "Amount (yen)", "ja": "金額（円）"}[lang])
    rows: list[tuple[str | int | None, ...]] = [
        (*(name_of(data, stop, lang) for stop in unit.stops), unit.stated) for unit in data.units
    ]
    rows.append((word("total", lang), None, None, sum(unit.stated for unit in data.units)))
    return DataTable(heads, tuple(rows))
