"""The data of a strategy: its elements in reading order and the money printed for them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from kg import terms
from kg.funding import scope
from kg.funding.scope import Ask, Money, Names, Scope
from kg.money.working import Row, Working
from kg.pictures.sources import pages_of
from kg.rdf.nodes import value

FEWEST, MOST = 5, 150  # least elements for a view of its own; most elements in one picture
LEAVES = frozenset({"Measure", "Programme", "Direction"})
KINDS = ("Pillar", "DiagramHeading", "StrategyPart", "Theme", "Measure", "Direction", "Programme")


@dataclass(frozen=True)
class Element:
    """One line of the outline: its element, its parent, the money printed for it (None: no line)."""

    iri: str
    kind: str
    path: tuple[str, ...]
    source: str
    working: Working | None
    funded: bool


@dataclass(frozen=True)
class Strategy:
    """A strategy's elements in reading order, depth first."""

    choice: Scope
    strategy: str
    elements: tuple[Element, ...]
    left_out: int
    money: Money
    names: Names
    pages: Mapping[str, frozenset[int]]


def views(ask: Ask, choice: Scope) -> list[Scope]:
    """Return one scope per strategy that has parts, those with most elements first."""
    if choice.part is not None:
        return [choice]
    tops = {value(r, "element"): value(r, "elements") for r in ask("strategies", {})}
    large = sorted((s for s, count in tops.items() if int(count) >= FEWEST), key=lambda s: (-int(tops[s]), s))
    funded = {
        thing
        for kinds in scope.read_money(ask, Scope(fiscal_year=scope.ANY)).links.values()
        for thing in kinds.get("part", {})
    }
    large.sort(key=lambda s: s not in funded)
    return [replace(choice, part=strategy) for strategy in large]


def read(ask: Ask, choice: Scope) -> Strategy:
    """Return the outline from `parts-of` and `programmes-by-theme`, its money from `funding` and `funding-links`.

    Raises UsageError if the part is unknown.
    """
    part = choice.part or str(views(ask, choice)[0].part)
    parts = ask("parts-of", {"part": part})
    strategy = str(getattr(parts.arguments["part"], "value", ""))
    programmes = ask("programmes-by-theme", {"strategy": strategy})
    if choice.fiscal_year is None:  # the newest with money for the strategy
        own = ask("funding", {**choice.given("domain", "phase", "evidence"), "part": strategy})
        choice = replace(choice, fiscal_year=value(own.arguments, "fiscalYear") or scope.ANY)
    money = scope.read_money(ask, replace(choice, part=None))
    rows_of = rows_by_part(money)
    above = _parents(parts)
    kinds = {value(r, "element"): terms.local_name(value(r, "kind")) for r in parts}
    sources = {value(r, "element"): value(r, "source") for r in reversed(list(parts))}
    below: dict[str, list[str]] = defaultdict(list)
    for element in dict.fromkeys(value(r, "element") for r in parts):
        below[above.get(element, strategy)].append(element)
    under: dict[str, list[str]] = defaultdict(list)
    for row in programmes:
        under[value(row, "theme")].append(value(row, "programme"))
    numbered = ask("parts-with-money", {"strategy": strategy})
    numbers = {value(r, "part"): value(r, "number") for r in numbered}
    elements: list[Element] = []

    def walk(element: str, path: tuple[str, ...]) -> None:
        for child in sorted(
            below[element],
            key=lambda e: (
                KINDS.index(kinds[e]) if kinds[e] in KINDS else 9,
                numbers.get(e, ""),
                _place(sources[e]),
                e,
            ),
        ):
            working, funded = worth(money, rows_of, child, kinds[child], path)
            elements.append(Element(child, kinds[child], path, sources[child], working, funded))
            if child not in path:
                walk(child, (*path, child))
        for programme in dict.fromkeys(under[element]):
            working, funded = worth(money, rows_of, programme, "Programme", path)
            elements.append(Element(programme, "Programme", path, "", working, funded))

    walk(strategy, (strategy,))
    names = scope.read_names(
        ask, parts, programmes, money.answer, ask("documents", {}), ask("funding", {"fiscalYear": scope.ANY})
    )
    return Strategy(
        choice,
        strategy,
        tuple(elements[:MOST]),
        max(0, len(elements) - MOST),
        money,
        names,
        pages_of([*parts, *(row for part in (strategy, *kinds) for row in rows_of.get(part, []))]),
    )


def rows_by_part(money: Money) -> dict[str, list[Row]]:
    """Return the lines by the part of a strategy that they serve."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in money.working.rows:
        for thing in money.links.get(value(row, "listedAmount"), {}).get("part", {}):
            found[thing].append(row)
    return found


def worth(
    money: Money, rows_of: Mapping[str, Sequence[Row]], element: str, kind: str, path: Sequence[str]
) -> tuple[Working | None, bool]:
    """Return the money printed for an element (None: no line), and whether it, or the part of a measure, has money."""
    rows = rows_of.get(element, [])
    if kind == "Programme":
        rows = [row for row in rows_of.get(path[-1], []) if value(row, "programme") == element]
    part = kind in {"Measure", "Direction"} and len(path) > 1 and bool(rows_of.get(path[-1]))
    return (money.again(rows) if rows else None), bool(rows) or part


def _parents(parts: Iterable[Row]) -> dict[str, str]:
    """Return the parent of each element: of several ancestors, the first that is not an ancestor of another."""
    direct: dict[str, list[str]] = defaultdict(list)
    for row in parts:
        direct[value(row, "element")].append(value(row, "above"))

    def over(element: str, seen: frozenset[str]) -> frozenset[str]:
        found = frozenset(direct.get(element, ())) - seen
        return found.union(*(over(e, seen | found) for e in found)) if found else found

    chosen = {}
    for element, candidates in direct.items():
        higher = frozenset().union(*(over(c, frozenset((element,))) for c in candidates))
        lowest = [c for c in candidates if c not in higher] or candidates
        chosen[element] = lowest[0]
    return chosen


def _place(source: str) -> tuple[int, str]:
    first = terms.local_name(source).split("-")[0]
    return (int(first) if first.isdigit() else 10**6, source)
