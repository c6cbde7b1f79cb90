"""`network`: who administers, funds, implements and hosts what; edges are as wide as their amounts."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt

from kg.funding import scope
from kg.money.interval import Interval, say
from kg.pictures.canvas.svg import INK, SOFT, Behind, DataTable, Label, Mark, Scene, Shape, number, shape
from kg.pictures.canvas.text import width, wrap
from kg.pictures.canvas.words import read_words
from kg.pictures.figures import UNITS, behind, figure
from kg.pictures.kinds.network.data import LAYERS, SIZES, Edge, Network, Node, read
from kg.pictures.sources import document_of, in_documents, source_note
from kg.rdf.nodes import value

__all__ = ["MEASURES", "OPTIONS", "SUMMARY", "read", "scene"]
SUMMARY = {"en": "Who administers, funds, implements and hosts what", "ja": "所管・資金・実施・設置のネットワーク"}
OPTIONS = (*scope.MONEY, "size")
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
word = read_words("network")
HEADS = word.heads


MEASURES = {measure: word.texts[measure] for measure in SIZES}


def scene(data: Network, lang: str) -> Scene:
    """Return the network as a scene 1400 pixels wide, with layers side by side."""
    places, bottom = places_of(data, lang)
    items: list[Shape | Label | Mark] = [*_frame(data, lang)]
    widest_first = sorted(
        data.edges, key=lambda e: (-(e.working.total.known if e.working else 0), e.source, e.target, e.role)
    )
    items += [_edge(data, edge, places, lang) for edge in widest_first]
    for layer, column in zip(LAYERS, data.layers, strict=True):
        items += [_node(data, (layer, node), places, lang) for node in column]
    heads = dict(zip(LAYERS, HEADS[lang], strict=True))
    notes = [source_note(data.money, lang), word("note", lang)]
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
    title = word("title", lang, period=scope.period(data.choice, data.money.names, lang))
    return title + in_documents({document_of(row) for row in data.money.working.rows}, data.money.names, lang)


@dataclass(frozen=True)
class Place:
    """The position of a node, the lines of its label, the figure after them, and the end of the label."""

    x: float
    y: float
    lines: tuple[str, ...]
    tail: str
    end: float


def places_of(data: Network, lang: str) -> tuple[dict[Node, Place], float]:
    """Return the positions of the nodes, spread out to the height of the longest column, and that height."""
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
            places[node] = Place(x, y + (high[node] + spare) / 2, lines, tail, x + ROUND + GAP + long + 4)
            y += high[node] + spare
    return places, TOP + full


def _label(data: Network, node: Node, lang: str) -> tuple[tuple[str, ...], str]:
    total = data.totals[node].total if node in data.totals else None
    tail = figure(total, lang) if total and (total.known or total.open_count) else ""
    room = ROOM[LAYERS.index(node[0])] - (width(f" {tail}", SIZE, bold=True) if tail else 0)
    return wrap(_named(data, node, lang), room, SIZE, most=4, even=True), tail


def _frame(data: Network, lang: str) -> list[Shape | Label | Mark]:
    unit = word("unit", lang, unit=UNITS[lang])
    said = {each: word("measure", lang, name=word(each, lang)) for each in SIZES}
    beside = 20 + width(unit, 12.5) + 12
    items: list[Shape | Label | Mark] = [
        Label(20, 34, (_title(data, lang),), 20, bold=True),
        Label(20, 58, (unit,), 12.5, fill=SOFT),
        Label(beside, 58, (said[data.measure],), 12.5, fill=SOFT, variants=tuple(said.values())),
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
    """Return the sign at the end of an edge; its shape, like its colour, shows the role."""
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


def radius(data: Network, measure: str, size: float) -> float:
    """Return the radius of a node in pixels; its area is proportional to its size by the measure."""
    most = max(data.sizes[measure].values(), default=0) or 1
    return 3.5 + (ROUND - 3.5) * sqrt(size / most)


def circle(data: Network, node: Node, sizes: Mapping[str, Mapping[Node, float]], place: Place) -> Shape:
    """Return the circle of a node, with its radius for every measure."""
    radii = {each: number(radius(data, each, sizes[each].get(node, 0.0))) for each in SIZES}
    paint: dict[str, str | float] = {"fill": INK, "stroke": "#ffffff", "stroke_width": 1.5}
    return shape("circle", cx=place.x, cy=place.y, r=radii[data.measure], **paint, data_r=" ".join(radii.values()))


def _edge(data: Network, edge: Edge, places: Mapping[Node, Place], lang: str) -> Mark:
    total = edge.working.total if edge.working else None
    ends = f"{_named(data, edge.source, lang)} → {_named(data, edge.target, lang)}"
    name = f"{ends} ({word(edge.role, lang)})"
    said = say(total, lang) if total else word("unfunded", lang)
    lines: tuple[Behind, ...] = behind(data.money.again(edge.working.rows, lang)) if edge.working else ()
    says = f"{name}: {said}{_where(data, lines, lang)}"
    groups = (key_of(edge.source), key_of(edge.target))
    return Mark(edge_key(edge), says, edge_shapes(data, edge, places), groups, lines, name=name)


def _where(data: Network, lines: tuple[Behind, ...], lang: str) -> str:
    """Return the pages and lines behind an edge, each once."""
    wanted = {line.line for line in lines}
    rows = [row for row in data.money.working.rows if value(row, "listedAmount") in wanted]
    places = dict.fromkeys(data.names.full(value(row, "source"), lang) for row in rows)
    return f" ({'; '.join(places)})" if places else ""


def edge_key(edge: Edge) -> str:
    """Return the key of an edge's mark."""
    return f"{key_of(edge.source)}>{key_of(edge.target)}:{edge.role[:2]}"


def edge_shapes(data: Network, edge: Edge, places: Mapping[Node, Place]) -> tuple[Shape, ...]:
    """Return an edge: solid if stated, dashed if an upper limit, dotted if undecided, with a sign at its end."""
    source, target = places[edge.source], places[edge.target]
    x0, y0, y1 = source.x if edge.source[0] == "m" else source.end, source.y, target.y
    x1 = target.x - ROUND - 5
    middle = (x0 + x1) / 2
    path = f"M{x0:.1f} {y0:.1f}C{middle:.1f} {y0:.1f} {middle:.1f} {y1:.1f} {x1:.1f} {y1:.1f}"
    colour = COLOURS[edge.role]
    total = edge.working.total if edge.working else Interval(0, 0, 0, 0, 0, 0)
    found: list[Shape] = []

    def stroke(wide: float, **more: str) -> None:
        found.append(shape("path", d=path, fill="none", stroke=colour, stroke_width=f"{max(0.9, wide):.1f}", **more))

    scale = WIDEST / data.largest
    if total.known > total.lower:
        stroke(total.known * scale, stroke_opacity="0.4", class_="ceiling dashed")
    if total.lower:
        stroke(total.lower * scale, stroke_opacity="0.8")
    if total.open_count:
        stroke(1.6, stroke_dasharray="0.1 4", stroke_linecap="round")
    if not found:
        stroke(0.9, stroke_opacity="0.7")
    return (*found, *_end(edge.role, x1, y1))


def _named(data: Network, node: Node, lang: str, *, short: bool = True) -> str:
    return data.names.short(node[1], lang) if short and node[0] != "p" else data.names.full(node[1], lang)


def key_of(node: Node) -> str:
    """Return the key of a node's mark."""
    return f"{node[0]}:{node[1].rsplit('/', 1)[-1]}"


def _node(data: Network, node: Node, places: Mapping[Node, Place], lang: str) -> Mark:
    place = places[node]
    total = data.totals[node].total if node in data.totals else None
    side, anchor = (-1, "end") if node[0] == "m" else (1, "start")
    top = place.y + 4 - SIZE * 0.61 * (len(place.lines) - 1)
    label = Label(place.x + side * (ROUND + GAP), top, place.lines, SIZE, anchor, halo=True, tail=place.tail, figure="")
    items: tuple[Shape | Label, ...] = (circle(data, node, data.sizes, place), label)
    said = say(total, lang) if total else word("unfunded", lang)
    near = [key_of(end) for e in data.edges if node in (e.source, e.target) for end in (e.source, e.target)]
    lines_of: tuple[Behind, ...] = behind(data.money.again(data.totals[node].rows, lang)) if total else ()
    groups = tuple(dict.fromkeys((key_of(node), *near)))
    name = _named(data, node, lang, short=False)
    return Mark(key_of(node), f"{name}: {said}", items, groups, lines_of, name=name)


def _table(data: Network, lang: str) -> DataTable:
    heads = word.table(lang)
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
    return DataTable(heads, tuple(rows), tuple(edge_key(edge) for edge in data.edges), 3)
