"""`flow`: money from ministry to programme, institution and domain, with each appropriation drawn once."""

from collections.abc import Iterable, Sequence

from kg.funding import scope
from kg.funding.scope import Money
from kg.money.interval import Interval, say
from kg.money.working import Working
from kg.pictures.canvas.bands import Band, Node, Stage, Unit, lay_out_bands
from kg.pictures.canvas.colours import NEUTRAL, colour_of
from kg.pictures.canvas.svg import INK, SOFT, DataTable, Label, Mark, Scene, Shape, shape
from kg.pictures.canvas.text import fit, width, wrap
from kg.pictures.figures import UNITS, behind, figure
from kg.pictures.kinds.flow.data import KINDS, NONE, OTHERS, Flow, interval, read
from kg.pictures.kinds.flow.words import HEADS, brief, in_order, name_of, word
from kg.pictures.page.filters import WHOLE
from kg.pictures.sources import document_of, in_documents, source_note
from kg.rdf.nodes import value

__all__ = ["OPTIONS", "SUMMARY", "read", "scene"]
SUMMARY = {"en": "How the money flows from ministry to domain", "ja": "府省から領域への資金の流れ"}
OPTIONS = scope.MONEY
WIDTH, TOP, THIN = 1400.0, 104.0, 3.0  # pixels; a band thinner than THIN is a line
PLACES = (132.0, 400.0, 830.0, 1096.0)
ROOM = (110.0, 385.0, 215.0, 270.0)


def _colour(data: Flow, domains: Sequence[str]) -> str:
    if len(domains) == 1 and domains[0] in data.domains:
        return colour_of(data.domains.index(domains[0]))
    return NEUTRAL


def scene(data: Flow, lang: str) -> Scene:
    """Return the flow as a scene 1400 pixels wide; its sum is the total of `funding`."""
    columns = columns_of(data, lang)
    bottom = max([TOP + 80, *(node.y + node.height for column in columns for node in column.nodes)]) + 24
    items: list[Shape | Label | Mark] = [*_frame(data, lang)]
    items += [_band(data, band, lang) for column in columns for band in column.bands]
    for level, column in enumerate(columns):
        items += [_node(data, level, node, lang) for node in column.nodes]
    if not data.units:
        items.append(Label(20, TOP + 40, (word("empty", lang),), size=14, fill=INK))
    notes = [source_note(data.money, lang), word("once", lang)]
    lines = tuple(line for note in notes for line in wrap(note, WIDTH - 40, 11.5))
    items.append(Label(20, bottom + 22, lines, size=11.5, fill=SOFT))
    said = say(data.money.working.total, lang)
    return Scene(
        width=WIDTH,
        height=bottom + 60,
        lang=lang,
        title=_title(data, lang),
        description=f"{said}. {word('once', lang)} {notes[0]}",
        items=tuple(items),
        table=_table(data, lang),
        lines=data.money.lines(lang, data.money.working.rows),
        hatches=tuple(
            (f"hatch-{c[1:]}", c) for c in sorted({_colour(data, u.domains) for u in data.units} | {NEUTRAL})
        ),
    )


def columns_of(data: Flow, lang: str) -> tuple[Stage, ...]:
    """Return the columns with nodes and bands; the length of labels depends on the language."""
    return lay_out_bands(data.units, data.order, data.scale, top=TOP, places=PLACES, slots=_slots(data, lang))


def _title(data: Flow, lang: str) -> str:
    title = word("title", lang, period=scope.period(data.choice, data.money.names, lang))
    for name in ("domain", "institution", "ministry", "programme", "part"):
        if getattr(data.choice, name) and (term := data.money.answer.arguments.get(name)):
            title += word("scope", lang, name=data.money.names.full(str(getattr(term, "value", term)), lang))
    return title + in_documents({document_of(row) for row in data.money.working.rows}, data.money.names, lang)


def _frame(data: Flow, lang: str) -> list[Shape | Label | Mark]:
    total = data.money.working.total
    unit = word("unit", lang, unit=UNITS[lang])
    before = WIDTH - 26 - width(UNITS[lang], 14, bold=True)
    items: list[Shape | Label | Mark] = [
        Label(20, 34, (_title(data, lang),), size=20, bold=True),
        Label(WIDTH - 20, 34, (UNITS[lang],), size=14, anchor="end", bold=True),
        Label(before, 34, (figure(total, lang),), 14, "end", bold=True, figure=WHOLE),
        Label(20, 56, (unit,), size=12.5, fill=SOFT),
    ]
    x = 20 + width(unit, 12.5) + 20
    for name in ("stated", "most", "open"):
        items += _sample(name, x, 48)
        items.append(Label(x + 32, 56, (word(name, lang),), size=12.5, fill=SOFT))
        x += 32 + width(word(name, lang), 12.5) + 22
    items.append(shape("rect", x=x, y=47, width=26, height=11, fill=NEUTRAL, fill_opacity="0.55"))
    items.append(Label(x + 32, 56, (word("shared", lang),), size=12.5, fill=SOFT))
    for level, head in enumerate(HEADS[lang]):
        end = level == 0
        items.append(
            Label(
                PLACES[level] + (10 if end else 0),
                TOP - 16,
                (head,),
                anchor="end" if end else "start",
                bold=True,
                fill=SOFT,
            )
        )
    return items


def _sample(name: str, x: float, y: float) -> list[Shape]:
    if name == "stated":
        return [shape("rect", x=x, y=y - 1, width=26, height=11, fill=NEUTRAL, fill_opacity="0.9")]
    if name == "most":
        return [
            shape(
                "rect",
                x=x,
                y=y - 1,
                width=26,
                height=11,
                fill=f"url(#hatch-{NEUTRAL[1:]})",
                stroke=NEUTRAL,
                stroke_dasharray="4 3",
            )
        ]
    return [
        shape(
            "line",
            x1=x,
            x2=x + 26,
            y1=y + 5,
            y2=y + 5,
            stroke=NEUTRAL,
            stroke_width=3,
            stroke_dasharray="0.1 5",
            stroke_linecap="round",
        )
    ]


def _groups(units: Iterable[Unit]) -> tuple[str, ...]:
    """Return the groups that units belong to: each node they pass, and each domain they serve."""
    found: dict[str, None] = {}
    for unit in units:
        for kind, stop in zip(KINDS, unit.stops, strict=True):
            found[key_of(kind, stop)] = None
        for domain in unit.domains:
            found[key_of("d", domain)] = None
    return tuple(found)


def key_of(kind: str, stop: str) -> str:
    """Return the key of a node's mark."""
    return f"{kind}:" + "+".join(part.rsplit("/", 1)[-1] for part in stop.split())


def _band(data: Flow, band: Band, lang: str) -> Mark:
    ends = (brief(data, KINDS[band.level + i], stop, lang) for i, stop in enumerate((band.source, band.target)))
    lines = band.lines
    worked = data.money.again([r for r in data.money.working.rows if value(r, "listedAmount") in lines], lang)
    name, said = " → ".join(ends), say(interval(band.units, band.level + 1), lang)
    shapes = (band_shape(data, band, band.kind),)
    return Mark(band_key(band), f"{name}: {said}", shapes, _groups(band.units), behind(worked), name=name)


def band_key(band: Band) -> str:
    """Return the key of a band's mark."""
    return f"{band.level}:{key_of(band.kind[0], band.units[0].key)}"


def band_shape(data: Flow, band: Band, kind: str) -> Shape:
    """Return a band: solid if stated, hatched if an upper limit, dotted if undecided."""
    colour = _colour(data, band.domains)
    if kind == "open":
        dots = {"stroke_dasharray": "0.1 5", "stroke_linecap": "round"}
        return shape("path", d=band.line(), fill="none", stroke=colour, stroke_width=3, **dots)
    if kind == "ceiling":
        return shape(
            "path", class_="ceiling hatched", d=band.outline(), fill=f"url(#hatch-{colour[1:]})", stroke=colour
        )
    if band.height < THIN:
        return shape("path", class_="thin", d=band.line(), stroke=colour, stroke_width=max(0.8, band.height))
    return shape("path", class_="band", d=band.outline(), fill=colour)


def _node(data: Flow, level: int, node: Node, lang: str) -> Mark:
    kind, x = KINDS[level], PLACES[level]
    through = interval(node.units, level)
    drawn = figure(through, lang) if node.units else f"({word('only', lang)})"
    side = x + 15 + (_signs(node.stop) if kind == "d" else 0)
    size = _size(kind, node.stop)
    lines, tail = _label(data, level, node.stop, drawn, lang)
    top = node.y + node.height / 2 + size * 0.36 - (len(lines) - 1) * size * 0.61
    place, anchor = (x - 6, "end") if level == 0 else (side, "start")
    label = Label(place, top, lines, size, anchor, halo=True, tail=tail, figure="")
    return _node_mark(data, kind, node, through, (*node_shapes(data, level, node), label), lang)


def node_shapes(data: Flow, level: int, node: Node, *, faint: bool = False) -> tuple[Shape, ...]:
    """Return the bar of a node and the colours of a group of domains; `faint` if less passes than its height."""
    kind, x = KINDS[level], PLACES[level]
    colour = _colour(data, node.stop.split()) if kind == "d" else INK if node.stop != NONE else NEUTRAL
    paint = {"fill": colour, "fill_opacity": "0.3"} if faint else {"fill": colour}
    bar = shape("rect", x=x, y=node.y, width=10, height=max(1.5, node.height), **paint)
    if not node.units:
        bar = shape("rect", x=x, y=node.y - 5, width=10, height=10, rx=2, **paint)
    several = in_order(data, node.stop.split()) if kind == "d" and " " in node.stop else ()
    chip: dict[str, float] = {"y": node.y + node.height / 2 - 5, "width": 10, "height": 10, "rx": 2}
    return (bar, *(shape("rect", x=x + 15 + 12 * i, **chip, fill=_colour(data, [d])) for i, d in enumerate(several)))


def _size(kind: str, stop: str) -> float:
    """Return the font size of a label; labels of groups are smaller."""
    return 11 if " " in stop else 11.5 if kind == "p" else 12


def _slots(data: Flow, lang: str) -> dict[str, float]:
    """Return the room for labels; domains served only together with others have a place of their own."""
    slots = {}
    alone = [domain for unit in data.units for domain in unit.domains]
    for level, kind in enumerate(KINDS):
        passing: dict[str, list[Unit]] = {stop: [] for stop in (alone if kind == "d" else ())}
        for unit in data.units:
            passing.setdefault(unit.stops[level], []).append(unit)
        for stop, units in passing.items():
            drawn = figure(interval(units, level), lang) if units else f"({word('only', lang)})"
            lines, _ = _label(data, level, stop, drawn, lang)
            slots[stop] = (len(lines) + 0.4) * _size(kind, stop) * 1.22
    return slots


def _label(data: Flow, level: int, stop: str, drawn: str, lang: str) -> tuple[tuple[str, ...], str]:
    """Return the lines of a label and the figure after them."""
    kind = KINDS[level]
    name = (brief if kind == "i" else name_of)(data, kind, stop, lang)
    room = ROOM[level] - _signs(stop) if kind == "d" else ROOM[level]
    return fit(name, drawn, room, _size(kind, stop))


def _signs(stop: str) -> float:
    """Return the width of the colours of a group of domains."""
    count = len(stop.split())
    return 12.0 * count + 3 if count > 1 else 0.0


def _node_mark(data: Flow, kind: str, node: Node, through: Interval, items: Sequence[Shape | Label], lang: str) -> Mark:
    name = name_of(data, kind, node.stop, lang, short=False)
    said = say(through, lang)
    lines = {line for unit in node.units for line in unit.lines}
    worked = data.money.again([r for r in data.money.working.rows if value(r, "listedAmount") in lines], lang)
    says = f"{name}: {said}"
    if kind in TARGETS and node.stop not in (NONE, OTHERS) and " " not in node.stop:
        served = serving(data.money, kind, node.stop, lang)
        worked, everything = served, say(served.total, lang)
        if everything != said:
            says = word("drawn", lang, name=name, drawn=said, all=everything)
            said = everything
    key = key_of(kind, node.stop)
    units = node.units
    if kind == "d":  # including what it shares with others
        units = tuple(u for u in data.units if node.stop in (*u.domains, u.stops[3]))
    return Mark(key, says, tuple(items), tuple(dict.fromkeys((key, *_groups(units)))), behind(worked), name=name)


TARGETS = {"m": "ministry", "p": "programme", "d": "domain"}  # columns whose nodes have the sum of a question


def serving(money: Money, kind: str, thing: str, lang: str) -> Working:
    """Return the working of all money of a node, as the question about it gives it; shared money is an upper limit."""
    return money.again(money.rows_for(TARGETS[kind], thing), lang)


def _table(data: Flow, lang: str) -> DataTable:
    heads = (*HEADS[lang], *word.table(lang))
    rows: list[tuple[str | int | None, ...]] = []
    for unit in data.units:
        names = (name_of(data, kind, stop, lang, short=False) for kind, stop in zip(KINDS, unit.stops, strict=True))
        each = interval([unit])
        rows.append((*names, each.lower, each.upper, each.open_count))
    total = data.money.working.total
    word_total = "Total" if lang == "en" else "合計"
    rows.append((word_total, None, None, None, total.lower, total.upper, total.open_count))
    keys = (*(unit_key(unit) for unit in data.units), WHOLE)
    return DataTable(tuple(heads), tuple(rows), keys, 4)


def unit_key(unit: Unit) -> str:
    """Return the key of an appropriation's row in the table."""
    return key_of("u", unit.key)
