"""Lay out a flow: nodes stacked in columns in a fixed order, linked by bands of constant height."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.pictures.canvas.svg import number

_Key = tuple[int, int, str, tuple[str, ...]]
GAP, SLOT, OPEN, NODE = 5.0, 16.0, 4.0, 10.0  # pixels: between nodes, for a label, for an open amount, a node's width


@dataclass(frozen=True)
class Unit:
    """A unit of flow, drawn once: an appropriation in yen, or an amount without a limit, and its node in each column.

    What is stated may differ on its way: `before` the last column, and `last` in that one.
    """

    key: str
    stops: tuple[str, ...]
    stated: int
    ceiling: int
    open_count: int
    lines: tuple[str, ...]
    domains: tuple[str, ...]
    before: int | None = None
    last: int | None = None

    def at(self, level: int) -> tuple[int, int]:
        """Return what is stated and what is only a ceiling, in yen, in a column and on the way to it."""
        there = self.last if level == len(self.stops) - 1 else self.before
        stated = self.stated if there is None else there
        return stated, self.stated + self.ceiling - stated

    def height(self, scale: float) -> float:
        """Return the height at a scale in pixels per yen; an undecided amount has a fixed height."""
        return (self.stated + self.ceiling) * scale + OPEN * self.open_count


@dataclass(frozen=True)
class Node:
    """A node: its meaning, the position of its box, and the room for its label."""

    stop: str
    y: float
    height: float
    room: float
    units: tuple[Unit, ...]


@dataclass(frozen=True)
class Band:
    """The units of one kind between two nodes: `x` and `y` of both ends, and the height."""

    level: int
    source: str
    target: str
    kind: str
    domains: tuple[str, ...]
    units: tuple[Unit, ...]
    x: tuple[float, float]
    y: tuple[float, float]
    height: float

    @property
    def lines(self) -> frozenset[str]:
        """The printed amounts behind the band."""
        return frozenset(line for unit in self.units for line in unit.lines)

    def outline(self) -> str:
        """Return the outline of the band as an SVG path, never thinner than a hairline."""
        (x0, x1), (y0, y1), h = self.x, self.y, max(0.8, self.height)
        m = (x0 + x1) / 2
        a, b, c, d = (number(v) for v in (x0, x1, m, y0))
        e, f, g = (number(v) for v in (y1, y1 + h, y0 + h))
        return f"M{a} {d}C{c} {d} {c} {e} {b} {e}V{f}C{c} {f} {c} {g} {a} {g}Z"

    def line(self) -> str:
        """Return the centre line of the band as an SVG path."""
        (x0, x1), (y0, y1), h = self.x, self.y, self.height / 2
        m, top, end = number((x0 + x1) / 2), number(y0 + h), number(y1 + h)
        return f"M{number(x0)} {top}C{m} {top} {m} {end} {number(x1)} {end}"


@dataclass(frozen=True)
class Stage:
    """The nodes of a column, and the bands from it to the next."""

    nodes: tuple[Node, ...]
    bands: tuple[Band, ...]


def lay_out_bands(
    units: Sequence[Unit],
    order: Sequence[Sequence[str]],
    scale: float,
    *,
    top: float,
    places: Sequence[float],
    slots: Mapping[str, float],
) -> tuple[Stage, ...]:
    """Return the columns from left to right; `scale` is in pixels per yen, `places` are the left edges of the columns.

    `slots` gives the room that the labels of some stops need; these stops are kept even if no unit passes them.
    """
    stacks = [_stack(units, level, stops, scale, top, slots) for level, stops in enumerate(order)]
    lowest = max((_end(s[-1]) for s in stacks if s), default=top)
    stacks = [_spread(stack, top, lowest) for stack in stacks]
    columns = []
    for level, stack in enumerate(stacks):
        bands: tuple[Band, ...] = ()
        if level + 1 < len(stacks):
            bands = _bands(level, stack, stacks[level + 1], scale, (places[level] + NODE, places[level + 1]))
        columns.append(Stage(tuple(stack), bands))
    return tuple(columns)


def _stack(
    units: Sequence[Unit], level: int, stops: Sequence[str], scale: float, top: float, slots: Mapping[str, float]
) -> list[Node]:
    members: dict[str, list[Unit]] = defaultdict(list)
    for unit in units:
        members[unit.stops[level]].append(unit)
    nodes, y = [], top
    for stop in stops:
        if stop in members or (stop in slots):
            height = sum(unit.height(scale) for unit in members[stop])
            slot = max(height, SLOT, slots.get(stop, 0))
            nodes.append(Node(stop, y + (slot - height) / 2, height, slot, tuple(members[stop])))
            y += slot + GAP
    return nodes


def _spread(stack: Sequence[Node], top: float, lowest: float) -> list[Node]:
    """Return the nodes spread out to the height of the longest column, which gives labels more room."""
    if not stack:
        return []
    spare = (lowest - _end(stack[-1])) / len(stack)
    return [
        Node(n.stop, n.y + spare * (i + 0.5), n.height, n.room + min(spare, 30), n.units) for i, n in enumerate(stack)
    ]


def _end(node: Node) -> float:
    return node.y + node.height / 2 + node.room / 2


def _bands(
    level: int, sources: Sequence[Node], targets: Sequence[Node], scale: float, x: tuple[float, float]
) -> tuple[Band, ...]:
    row = {node.stop: i for i, node in enumerate(targets)}
    groups: dict[_Key, list[Unit]] = defaultdict(list)
    for i, node in enumerate(sources):
        for unit in node.units:
            for kind in _kinds(unit, level + 1):
                groups[i, row[unit.stops[level + 1]], kind, unit.domains].append(unit)
    heights = {key: sum(_part(unit, key[2], scale, level + 1) for unit in members) for key, members in groups.items()}
    # Bands leave in the order of their targets and arrive in that of their sources, to minimise crossings.
    leaving = _starts(sorted(groups, key=lambda k: (k[0], k[1], _rank(k[2]), k[3])), 0, heights, sources)
    arriving = _starts(sorted(groups, key=lambda k: (k[1], k[0], _rank(k[2]), k[3])), 1, heights, targets)
    return tuple(
        Band(
            level,
            sources[k[0]].stop,
            targets[k[1]].stop,
            k[2],
            k[3],
            tuple(groups[k]),
            x,
            (leaving[k], arriving[k]),
            heights[k],
        )
        for k in sorted(groups, key=lambda k: (-heights[k], k))
    )


def _rank(kind: str) -> int:
    return ("stated", "ceiling", "open").index(kind)


def _kinds(unit: Unit, level: int) -> list[str]:
    stated, ceiling = unit.at(level)
    parts = (("stated", stated), ("ceiling", ceiling), ("open", unit.open_count))
    return [kind for kind, amount in parts if amount]


def _part(unit: Unit, kind: str, scale: float, level: int) -> float:
    stated, ceiling = unit.at(level)
    return {"stated": stated * scale, "ceiling": ceiling * scale, "open": OPEN * unit.open_count}[kind]


def _starts(keys: Sequence[_Key], end: int, heights: dict[_Key, float], nodes: Sequence[Node]) -> dict[_Key, float]:
    filled: dict[int, float] = {}
    starts = {}
    for key in keys:
        place = key[0] if end == 0 else key[1]
        y = filled.get(place, nodes[place].y)
        starts[key] = y
        filled[place] = y + heights[key]
    return starts
