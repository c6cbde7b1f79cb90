"""`network`: who administers, funds, implements and hosts, in layers; edge width is the amount, a dash a ceiling."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt

from kg.money import Interval, say
from kg.pictures import figures
from kg.pictures.figures import UNITS, behind, figure
from kg.pictures.reading.network import LAYERS, Edge, Network, read, views
from kg.pictures.svg import INK, SOFT, Behind, Label, Mark, Scene, Shape, Table, shape
from kg.pictures.text import width, wrap

__all__ = ["OPTIONS", "SUMMARY", "name", "read", "scene", "views"]
SUMMARY = {"en": "Who administers, funds, implements and hosts what", "ja": "所管・資金・実施・設置のネットワーク"}
OPTIONS = ("domain", "institution", "ministry", "programme", "part", "fiscal_year", "phase", "evidence", "size")
WIDTH, TOP, STEP, WIDEST, ROUND, SIZE = 1400.0, 126.0, 23.0, 20.0, 11.5, 11.5
PLACES = (196.0, 440.0, 930.0, 1200.0)
ROOM = (150.0, 330.0, 180.0, 180.0)  # pixels: for a label and the figure after it
GAP = 5.0
COLOURS = {
    "administers": "#2d7fb1",
    "implements": "#4f7025",
    "receives": "#93297b",
    "executes": "#882acd",
    "hosts": "#175014",
}
HEADS = {"en": ("Ministry", "Programme", "Institution", "Hub"), "ja": ("府省", "事業", "機関", "拠点")}
WORDS = {
    "title": {
        "en": "Who administers, implements and hosts what: {period}",
        "ja": "所管・実施・設置のネットワーク：{period}",
    },
    "unit": {
        "en": "Unit: {unit}. Width = amount; solid: stated; dashed: at most; dotted: undetermined.",
        "ja": "単位：{unit}。太さ＝金額。実線：明示額、破線：上限、点線：未定。",
    },
    "administers": {"en": "administers", "ja": "所管"},
    "implements": {"en": "implements", "ja": "実施"},
    "receives": {"en": "receives", "ja": "受領"},
    "executes": {"en": "executes a part", "ja": "一部を実施"},
    "hosts": {"en": "hosts", "ja": "設置"},
    "amount": {"en": "amount", "ja": "円の大きさ：金額"},
    "degree": {"en": "number of links (degree)", "ja": "円の大きさ：つながりの数（次数）"},
    "betweenness": {"en": "betweenness", "ja": "円の大きさ：媒介中心性"},
    "measure": {"en": " Node size: {name}.", "ja": "{name}。"},
    "unfunded": {"en": "no amount is printed", "ja": "額の記載なし"},
    "others": {
        "en": "{count:,} others, together {sum}, are not drawn",
        "ja": "ほか{count:,}件（合計{sum}）は描いていない",
    },
    "note": {
        "en": "Edges show the money of a programme that reaches the institution; edges share money and do not add up.",
        "ja": "線は機関に届く事業の資金を示す。線の間で資金が重なるため、合計とは一致しない。",
    },
}


def name(data: Network, lang: str) -> str:
    """Return what the view is called: the measure that the nodes are sized by."""
    return WORDS[data.measure][lang]


def word(key: str, lang: str, /, **values: object) -> str:
    """Return a word or sentence of this picture."""
    return WORDS[key][lang].format(**values)


def scene(data: Network, lang: str) -> Scene:
    """Return the network as a scene 1400 pixels wide, layer beside layer."""
    places, bottom = _places(data, lang)
    items: list[Shape | Label | Mark] = [*_frame(data, lang)]
    widest_first = sorted(
        data.edges, key=lambda e: (-(e.working.total.known if e.working else 0), e.source, e.target, e.role)
    )
    items += [_edge(data, edge, places, lang) for edge in widest_first]
    for layer, column in zip(LAYERS, data.layers, strict=True):
        items += [_node(data, (layer, node), places, lang) for node in column]
    heads = dict(zip(LAYERS, HEADS[lang], strict=True))
    notes = [figures.source_note(data.money, lang), word("note", lang)]
    notes += [
        f"{heads[layer]}: {word('others', lang, count=count, sum=say(rest.total, lang))}"
        for layer, (count, rest) in data.left_out.items()
    ]
    lines = tuple(line for note in notes for line in wrap(note, WIDTH - 40, 11.5))
    items.append(Label(20, bottom + 26, lines, 11.5, fill=SOFT))
    return Scene(
        width=WIDTH,
        height=bottom + 34 + 15 * len(lines),
        lang=lang,
        title=_title(data, lang),
        description=f"{say(data.money.working.total, lang)}. {' '.join(notes)}",
        items=tuple(items),
        table=_table(data, lang),
        lines=data.money.lines(lang, data.money.working.rows),
    )


def _title(data: Network, lang: str) -> str:
    return word("title", lang, period=figures.period(data.choice, data.money.names, lang))


@dataclass(frozen=True)
class _Place:
    """Where a node stands, its label's lines with the figure after them, and where the label ends."""

    x: float
    y: float
    lines: tuple[str, ...]
    tail: str
    end: float


def _places(data: Network, lang: str) -> tuple[dict[tuple[str, str], _Place], float]:
    """Return the places of the nodes, spread so that all columns end where the longest does, and that end."""
    labels = {
        (layer, n): _label(data, (layer, n), lang) for layer, c in zip(LAYERS, data.layers, strict=True) for n in c
    }
    high = {node: max(STEP, len(lines) * SIZE * 1.22 + 9) for node, (lines, _) in labels.items()}
    columns = [[(layer, node) for node in column] for layer, column in zip(LAYERS, data.layers, strict=True)]
    full = max([sum(high[node] for node in column) for column in columns] + [8 * STEP])
    places = {}
    for x, column in zip(PLACES, columns, strict=True):
        spare = (full - sum(high[node] for node in column)) / max(1, len(column))
        y = TOP
        for node in column:
            lines, tail = labels[node]
            long = max(width(line, SIZE) for line in lines)
            long = max(long, width(lines[-1], SIZE) + (width(f" {tail}", SIZE, bold=True) if tail else 0))
            places[node] = _Place(x, y + (high[node] + spare) / 2, lines, tail, x + ROUND + GAP + long + 4)
            y += high[node] + spare
    return places, TOP + full


def _label(data: Network, node: tuple[str, str], lang: str) -> tuple[tuple[str, ...], str]:
    total = data.totals[node].total if node in data.totals else None
    tail = figure(total, lang) if total and (total.known or total.open_count) else ""
    room = ROOM[LAYERS.index(node[0])] - (width(f" {tail}", SIZE, bold=True) if tail else 0)
    return wrap(_named(data, node, lang), room, SIZE, most=4, even=True), tail


def _frame(data: Network, lang: str) -> list[Shape | Label | Mark]:
    unit = word("unit", lang, unit=UNITS[lang])
    items: list[Shape | Label | Mark] = [
        Label(20, 34, (_title(data, lang),), 20, bold=True),
        Label(20, 58, (unit + word("measure", lang, name=word(data.measure, lang)),), 12.5, fill=SOFT),
    ]
    x = 20.0
    for role, colour in COLOURS.items():
        items.append(shape("line", x1=x, x2=x + 26, y1=78, y2=78, stroke=colour, stroke_width=3))
        items += _end(role, x + 26, 78)
        items.append(Label(x + 38, 82, (word(role, lang),), 12.5, fill=SOFT))
        x += 38 + width(word(role, lang), 12.5) + 22
    for level, head in enumerate(HEADS[lang]):
        items.append(Label(PLACES[level], TOP - 12, (head,), anchor="middle", bold=True, fill=SOFT))
    return items


def _end(role: str, x: float, y: float) -> list[Shape]:
    """Return the sign at an edge's end: its shape says the role as its colour does."""
    colour = COLOURS[role]
    if role == "administers":
        return []
    if role == "implements":
        return [shape("path", d=f"M{x - 4:.1f} {y - 5:.1f}l8 5l-8 5Z", fill=colour)]
    if role == "receives":
        return [shape("circle", cx=x, cy=y, r=4, fill=colour)]
    if role == "executes":
        return [shape("circle", cx=x, cy=y, r=3.6, fill="#ffffff", stroke=colour, stroke_width=1.6)]
    return [shape("rect", x=x - 4, y=y - 4, width=8, height=8, fill=colour)]


def _radius(data: Network, node: tuple[str, str]) -> float:
    return 3.5 + (ROUND - 3.5) * sqrt(data.sizes.get(node, 0.0))


def _edge(data: Network, edge: Edge, places: Mapping[tuple[str, str], _Place], lang: str) -> Mark:
    source, target = places[edge.source], places[edge.target]
    x0, y0, y1 = source.x if edge.source[0] == "m" else source.end, source.y, target.y
    x1 = target.x - ROUND - 5
    middle = (x0 + x1) / 2
    path = f"M{x0:.1f} {y0:.1f}C{middle:.1f} {y0:.1f} {middle:.1f} {y1:.1f} {x1:.1f} {y1:.1f}"
    colour = COLOURS[edge.role]
    items: list[Shape | Label] = []
    total = edge.working.total if edge.working else Interval(0, 0, 0, 0, 0, 0)
    scale = WIDEST / data.largest

    def stroke(wide: float, **more: str) -> None:
        items.append(shape("path", d=path, fill="none", stroke=colour, stroke_width=f"{max(0.9, wide):.1f}", **more))

    if total.known > total.lower:
        stroke(total.known * scale, stroke_opacity="0.4", stroke_dasharray="7 4", class_="ceiling")
    if total.lower:
        stroke(total.lower * scale, stroke_opacity="0.8")
    if total.open_count:
        stroke(1.6, stroke_dasharray="0.1 4", stroke_linecap="round")
    if not items:
        stroke(0.9, stroke_opacity="0.7")
    items += _end(edge.role, x1, y1)
    ends = f"{_named(data, edge.source, lang)} → {_named(data, edge.target, lang)}"
    said = say(total, lang) if edge.working else word("unfunded", lang)
    lines: tuple[Behind, ...] = behind(data.money.again(edge.working.rows, lang)) if edge.working else ()
    key = f"{_key(edge.source)}>{_key(edge.target)}:{edge.role[:2]}"
    return Mark(
        key, f"{ends} ({word(edge.role, lang)}): {said}", tuple(items), (_key(edge.source), _key(edge.target)), lines
    )


def _named(data: Network, node: tuple[str, str], lang: str, *, short: bool = True) -> str:
    return data.names.short(node[1], lang) if short and node[0] != "p" else data.names.full(node[1], lang)


def _key(node: tuple[str, str]) -> str:
    return f"{node[0]}:{node[1].rsplit('/', 1)[-1]}"


def _node(data: Network, node: tuple[str, str], places: Mapping[tuple[str, str], _Place], lang: str) -> Mark:
    place, radius = places[node], _radius(data, node)
    total = data.totals[node].total if node in data.totals else None
    circle = shape("circle", cx=place.x, cy=place.y, r=radius, fill=INK, stroke="#ffffff", stroke_width=1.5)
    side, anchor = (-1, "end") if node[0] == "m" else (1, "start")
    top = place.y + 4 - SIZE * 0.61 * (len(place.lines) - 1)
    label = Label(place.x + side * (ROUND + GAP), top, place.lines, SIZE, anchor, halo=True, tail=place.tail)
    items: tuple[Shape | Label, ...] = (circle, label)
    said = say(total, lang) if total else word("unfunded", lang)
    near = [_key(end) for e in data.edges if node in (e.source, e.target) for end in (e.source, e.target)]
    lines_of: tuple[Behind, ...] = behind(data.money.again(data.totals[node].rows, lang)) if total else ()
    groups = tuple(dict.fromkeys((_key(node), *near)))
    return Mark(_key(node), f"{_named(data, node, lang, short=False)}: {said}", items, groups, lines_of)


def _table(data: Network, lang: str) -> Table:
    heads = {
        "en": ("From", "Role", "To", "At least (yen)", "At most (yen)", "Undetermined"),
        "ja": ("から", "役割", "へ", "下限（円）", "上限（円）", "未定の件数"),
    }[lang]
    rows = []
    for edge in data.edges:
        total = edge.working.total if edge.working else None
        numbers = (total.lower, total.upper, total.open_count) if total else (None, None, None)
        names = (
            _named(data, edge.source, lang, short=False),
            word(edge.role, lang),
            _named(data, edge.target, lang, short=False),
        )
        rows.append((*names, *numbers))
    return Table(heads, tuple(rows))
