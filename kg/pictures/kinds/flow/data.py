"""The data of the flow: appropriations, each once, and the nodes they pass in a fixed order."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.funding import scope
from kg.funding.scope import ANY, Ask, Money, Scope
from kg.money.interval import Interval
from kg.money.working import Row
from kg.pictures.canvas.bands import Unit
from kg.rdf.nodes import value

NONE, OTHERS = "none", "others"
MOST = (20, 60, 40, 30)
KINDS = ("m", "p", "i", "d")
INSIDE = 460.0  # pixels: the height of the year with most money


@dataclass(frozen=True)
class Flow:
    """The appropriations in scope with the nodes they pass, in a fixed order; `scale` is in pixels per yen."""

    choice: Scope
    money: Money
    units: tuple[Unit, ...]
    order: tuple[tuple[str, ...], ...]
    domains: tuple[str, ...]
    scale: float
    gathered: Mapping[str, int]


def read(ask: Ask, choice: Scope) -> Flow:
    """Return the flow within a scope, with the order and scale of all its years and phases together."""
    moneys = [scope.read_money(ask, each) for each in scope.views(ask, replace(choice, fiscal_year=None, phase=None))]
    whole = scope.read_money(ask, replace(choice, fiscal_year=ANY, phase=ANY))
    within = _within(whole, choice, ask)
    every = units_of(whole, within)
    largest = max([_sum(units_of(money, within)) for money in moneys] + [1])
    order, gathered = _order(every, whole)
    money = scope.read_money(ask, choice)
    units = tuple(_gather(unit, order) for unit in units_of(money, within))
    everything = scope.read_money(ask, Scope(fiscal_year=ANY, phase=ANY))
    reached = {d for row in everything.working.rows for d in scope.narrowest(everything, value(row, "listedAmount"))}
    domains = tuple(d for d in everything.domains if d in reached)
    return Flow(choice, money, units, order, domains, INSIDE / largest, gathered)


def _within(money: Money, choice: Scope, ask: Ask) -> frozenset[str] | None:
    """Return the chosen domain and its narrower domains, or None if none is chosen."""
    if choice.domain is None:
        return None
    chosen = money.answer.arguments.get("domain")
    iri = str(getattr(chosen, "value", chosen))
    return money.narrower.get(iri, frozenset()) | {iri}


def interval(units: Iterable[Unit], level: int | None = None) -> Interval:
    """Return the sum of units in yen: as it is printed or, with a level, in a column or on the way to it."""
    each = list(units)
    lower = sum(u.stated if level is None else u.at(level)[0] for u in each)
    known, count = _sum(each), sum(u.open_count for u in each)
    return Interval(lower, None if count else known, known, 0, 0, count)


def _sum(units: Iterable[Unit]) -> int:
    return sum(unit.stated + unit.ceiling for unit in units)


def units_of(money: Money, within: frozenset[str] | None) -> tuple[Unit, ...]:
    """Return one unit for each appropriation or amount without a limit, with all that it serves.

    What an institution receives as its own grant is stated up to the institution, but not for its domains.
    """
    rows: dict[str, list[Row]] = defaultdict(list)
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0, 0])
    rows_here = money.working.rows
    given = [money.serving(r, money.served(r, "programme").get(value(r, "programme"))) for r in rows_here]
    spent = [money.serving(r, _for_domains(money, r)) for r in rows_here]
    workings = (money.working, money.again(given), money.again(spent))
    for row, contribution, before, last in zip(rows_here, *(w.contributions for w in workings), strict=True):
        open_here = contribution.counts == "open"
        key = value(row, "listedAmount") if open_here else value(row, "appropriation")
        rows[key].append(row)
        sums[key][0] += contribution.lower
        sums[key][1] += (contribution.upper or 0) - contribution.lower
        sums[key][2] += open_here
        sums[key][3] += before.lower
        sums[key][4] += last.lower
    return tuple(_unit(money, key, lines, sums[key], within) for key, lines in rows.items() if any(sums[key]))


def _for_domains(money: Money, row: Row) -> bool | None:
    """Return whether a line serves its domain as a whole; None if it serves none or several."""
    shares = list(scope.narrowest(money, value(row, "listedAmount")).values())
    return shares[0] if len(shares) == 1 else None


def _unit(money: Money, key: str, rows: Sequence[Row], sums: Sequence[int], within: frozenset[str] | None) -> Unit:
    lines = [value(row, "listedAmount") for row in rows]
    ministries = {m for line in lines for m in money.links.get(line, {}).get("ministry", {})}
    domains = {
        d for line in lines for d in money.links.get(line, {}).get("domain", {}) if within is None or d in within
    }
    domains = {d for d in domains if not money.narrower.get(d, frozenset()) & domains}
    stops = (
        _stop(ministries),
        value(rows[0], "programme"),
        _stop(_receivers(money, lines)),
        _stop(domains),
    )
    return Unit(key, stops, sums[0], sums[1], sums[2], tuple(lines), tuple(sorted(domains)), sums[3], sums[4])


def _receivers(money: Money, lines: Iterable[str]) -> set[str]:
    """Return the institutions of lines, without their units; executors only if no institution receives the money."""
    found: dict[str, bool] = {}
    for line in lines:
        for institution, wholly in scope.institutions(money, line).items():
            found[institution] = found.get(institution, False) or wholly
    main = {i for i, wholly in found.items() if wholly} or set(found)
    return {i for i in main if money.units.get(i) not in main}


def _stop(things: Iterable[str]) -> str:
    return " ".join(sorted(things)) or NONE


def _order(units: Sequence[Unit], money: Money) -> tuple[tuple[tuple[str, ...], ...], dict[str, int]]:
    """Return the nodes of each column in a fixed order; beyond MOST, the smallest become one node."""
    sizes = [defaultdict[str, int](int) for _ in KINDS]
    first: list[dict[str, tuple[int, int, str]]] = [{} for _ in KINDS]
    for unit in units:
        for level, stop in enumerate(unit.stops):
            sizes[level][stop] += unit.stated + unit.ceiling
    ministries = sorted(sizes[0], key=lambda s: (s == NONE, -sizes[0][s], s))
    for unit in units:
        place = ministries.index(unit.stops[0])
        for level in (1, 2):
            stop = unit.stops[level]
            rank = (place, -sizes[level][stop], stop)
            first[level][stop] = min(first[level].get(stop, rank), rank)
    places = {domain: i for i, domain in enumerate(money.domains)}

    def by_domain(stop: str) -> tuple[bool, int, list[int]]:
        each = [places.get(d, len(places)) for d in stop.split()]
        return stop == NONE, len(each) > 1, sorted(each)

    single = {domain for unit in units for domain in unit.domains}
    columns = [
        ministries,
        sorted(first[1], key=lambda s: first[1][s]),
        sorted(first[2], key=lambda s: (s == NONE, first[2][s])),
        sorted({*sizes[3], *single}, key=by_domain),
    ]
    gathered: dict[str, int] = {}
    for level, most in enumerate(MOST):
        keep = set(sorted(columns[level], key=lambda s, level=level: (-sizes[level][s], s))[:most])  # type: ignore[misc]
        if rest := len(columns[level]) - len(keep):
            gathered[KINDS[level]] = rest
            columns[level] = [*(s for s in columns[level] if s in keep), OTHERS]
    return tuple(map(tuple, columns)), gathered


def _gather(unit: Unit, order: Sequence[Sequence[str]]) -> Unit:
    stops = tuple(s if s in column else OTHERS for s, column in zip(unit.stops, order, strict=True))
    return unit if stops == unit.stops else replace(unit, stops=stops)
