"""The flow under a filter: nodes and bands keep their places and their scale."""

from collections.abc import Iterable

from kg.funding.scope import Ask, Money
from kg.money.interval import say
from kg.money.working import Working
from kg.pictures.canvas.bands import Unit
from kg.pictures.figures import behind, figure
from kg.pictures.kinds.flow.data import KINDS, NONE, OTHERS, Flow, interval, units_of
from kg.pictures.kinds.flow.layout import (
    TARGETS,
    band_key,
    band_shape,
    columns_of,
    key_of,
    node_shapes,
    serving,
    unit_key,
)
from kg.pictures.kinds.flow.words import word
from kg.pictures.page.filters import WHOLE, Filter, Shown, show_filtered, within
from kg.rdf.nodes import value


def narrow(data: Flow, money: Money, chosen: Filter, _: Ask, lang: str) -> dict[str, Shown]:
    """Return nodes, bands and rows for the money that passes a filter."""
    inside = within(money, chosen.domain) if chosen.domain else None
    left = {unit.key: unit for unit in units_of(money, inside)}
    found = {WHOLE: show_filtered(money, money.working, lang)}
    for unit in data.units:
        if unit.key in left:
            found[unit_key(unit)] = Shown("", "", interval([left[unit.key]]))
    for level, column in enumerate(columns_of(data, lang)):
        for band in column.bands:
            ends = ((level, band.source), (level + 1, band.target))
            if kept := _kept(band.units, left, ends):
                total = interval(kept, band.level + 1)
                kind = "ceiling" if band.kind == "stated" and not total.lower else band.kind
                lines = behind(_working(money, kept, lang))
                found[band_key(band)] = Shown("", say(total, lang), total, lines, (band_shape(data, band, kind),))
        for node in column.nodes:
            kept = _kept(node.units, left, ((level, node.stop),))
            less = bool(node.units) and interval(kept).known < interval(node.units).known
            shapes = node_shapes(data, level, node, faint=less)
            kind = KINDS[level]
            if kind in TARGETS and node.stop not in (NONE, OTHERS) and " " not in node.stop:
                served = serving(money, kind, node.stop, lang)
                if served.rows and (kind != "d" or inside is None or node.stop in inside):
                    drawn = figure(interval(kept, level), lang) if kept else f"({word('only', lang)})"
                    found[key_of(kind, node.stop)] = Shown(
                        drawn, say(served.total, lang), served.total, behind(served), shapes
                    )
            elif kept:
                total, lines = interval(kept, level), behind(_working(money, kept, lang))
                found[key_of(KINDS[level], node.stop)] = Shown(
                    figure(total, lang), say(total, lang), total, lines, shapes
                )
    return found


def _kept(units: Iterable[Unit], left: dict[str, Unit], stops: Iterable[tuple[int, str]]) -> list[Unit]:
    """Return the units at some stops whose link to each of them passes the filter."""
    ends = tuple(stops)
    kept = [left[unit.key] for unit in units if unit.key in left]
    return [unit for unit in kept if all(_passes(unit, level, stop) for level, stop in ends)]


def _passes(unit: Unit, level: int, stop: str) -> bool:
    return stop in (NONE, OTHERS) or bool(set(stop.split()) & set(unit.stops[level].split()))


def _working(money: Money, units: Iterable[Unit], lang: str) -> Working:
    lines = {line for unit in units for line in unit.lines}
    return money.again([row for row in money.working.rows if value(row, "listedAmount") in lines], lang)
