"""The data of the matrix: rows, columns, cells and margins."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from kg.errors import unknown
from kg.funding import scope
from kg.funding.scope import ANY, Ask, Money, Scope
from kg.money.working import Row, Working
from kg.rdf.nodes import value

MOST_ROWS, MOST_COLUMNS = 40, 16
NONE, OTHERS = "none", "others"
Serves = Callable[[Money, Row], Mapping[str, bool | None]]  # None: a heading that makes no claim about the share
DIMENSIONS: dict[str, Serves] = {
    "institutions": lambda money, row: scope.institutions(money, value(row, "listedAmount")),
    "ministries": lambda money, row: money.served(row, "ministry"),
    "programmes": lambda money, row: money.served(row, "programme"),
    "parts": lambda money, row: money.served(row, "part"),
    "domains": lambda money, row: scope.narrowest(money, value(row, "listedAmount")),
    "themes": lambda _, row: {value(row, "panel"): None},
    "phases": lambda _, row: {value(row, "phase"): None} if row.get("phase") else {},
    "years": lambda _, row: {value(row, "fiscalYear"): None} if row.get("fiscalYear") else {},
}


@dataclass(frozen=True)
class Head:
    """A row or a column: the entities in it (none for lines that name none), and its indentation."""

    key: str
    things: tuple[str, ...]
    depth: int = 0
    count: int = 0


@dataclass(frozen=True)
class Matrix:
    """The cells and margins of a matrix; cells without lines are absent. Amounts are in yen."""

    choice: Scope
    money: Money
    kinds: tuple[str, str]
    rows: tuple[Head, ...]
    columns: tuple[Head, ...]
    cells: dict[tuple[str, str], Working]
    row_totals: dict[str, Working]
    column_totals: dict[str, Working]
    largest: int
    tallest: dict[str, int]


def read(ask: Ask, choice: Scope) -> Matrix:
    """Return the matrix of a scope, with the order and scale of all its years and phases together.

    Raises UsageError for an unknown dimension.
    """
    kinds = (choice.rows or "institutions", choice.columns or "domains")
    for kind in kinds:
        if kind not in DIMENSIONS:
            raise unknown("rows or columns", kind, DIMENSIONS)
    every = [scope.read_money(ask, each) for each in scope.views(ask, replace(choice, fiscal_year=None, phase=None))]
    whole = scope.read_money(ask, replace(choice, fiscal_year=ANY, phase=ANY))
    rows = _indented(_heads(whole, kinds[0], MOST_ROWS, by_size=kinds[0] != "years"), whole.units)
    columns = _heads(whole, kinds[1], MOST_COLUMNS, by_size=False)
    money = scope.read_money(ask, choice)
    money = replace(
        money,
        names=scope.read_names(
            ask,
            whole.answer,
            money.answer,
            ask("domains", {}),
            ask("documents", {}),
            ask("funding-links", choice.given("evidence")),
        ),
    )
    largest, tallest = 1, {row.key: 0 for row in rows}
    for each in [*every, money]:
        for (row, column), cell in cells(each, kinds, rows, columns).items():
            if OTHERS in (row, column):
                continue  # a sum of many: a figure without a bubble, which would dwarf all others
            tallest[row] = max(tallest[row], cell.total.known)
            largest = max(largest, cell.total.known)
    return Matrix(
        choice=choice,
        money=money,
        kinds=kinds,
        rows=rows,
        columns=columns,
        cells=cells(money, kinds, rows, columns),
        row_totals={h.key: money.again(rows_of(money, kinds[0], h)) for h in rows},
        column_totals={h.key: money.again(rows_of(money, kinds[1], h)) for h in columns},
        largest=largest,
        tallest=tallest,
    )


def _heads(money: Money, kind: str, most: int, *, by_size: bool) -> tuple[Head, ...]:
    """Return the headings in a fixed order; beyond `most`, the smallest become one."""
    found: dict[str, list[Row]] = {}
    nothing = False
    for row in money.working.rows:
        served = DIMENSIONS[kind](money, row)
        nothing = nothing or not served
        for thing in served:
            found.setdefault(thing, []).append(row)
    sizes = {thing: money.again(rows).total.known for thing, rows in found.items()}
    largest_first = sorted(found, key=lambda thing: (-sizes[thing], thing))
    shown, rest = largest_first[:most], largest_first[most:]
    if not by_size:
        places = {domain: i for i, domain in enumerate(money.domains)}
        shown.sort(key=lambda thing: (places.get(thing, len(places)), thing))
    heads = [Head(thing, (thing,)) for thing in shown]
    if rest:
        heads.append(Head(OTHERS, tuple(rest), count=len(rest)))
    return (*heads, Head(NONE, ())) if nothing else tuple(heads)


def _indented(heads: tuple[Head, ...], units: Mapping[str, str]) -> tuple[Head, ...]:
    """Return the headings with the units of an institution directly below it."""
    keys = {head.key for head in heads}
    below: dict[str, list[Head]] = {}
    for head in heads:
        if (above := units.get(head.key)) in keys and above:
            below.setdefault(above, []).append(replace(head, depth=1))
    moved = {head.key for group in below.values() for head in group}
    ordered: list[Head] = []
    for head in heads:
        if head.key not in moved:
            ordered += [head, *below.get(head.key, [])]
    return tuple(ordered)


def rows_of(money: Money, kind: str, head: Head) -> list[Row]:
    """Return the lines of a row or column; those that serve it only in part are upper limits."""
    found = []
    for row in money.working.rows:
        shares = _gathered(DIMENSIONS[kind](money, row), dict.fromkeys(head.things or (NONE,), head.key))
        found += [money.serving(row, share) for share in shares.values()]
    return found


def cells(
    money: Money, kinds: tuple[str, str], rows: tuple[Head, ...], columns: tuple[Head, ...]
) -> dict[tuple[str, str], Working]:
    """Return the cells by the keys of row and column, without empty cells."""
    found: dict[tuple[str, str], list[Row]] = {}
    by_row = {thing: head.key for head in rows for thing in head.things or (NONE,)}
    by_column = {thing: head.key for head in columns for thing in head.things or (NONE,)}
    for line in money.working.rows:
        across = _gathered(DIMENSIONS[kinds[0]](money, line), by_row)
        down = _gathered(DIMENSIONS[kinds[1]](money, line), by_column)
        for row, row_share in across.items():
            for column, column_share in down.items():
                found.setdefault((row, column), []).append(money.serving(line, row_share, column_share))
    return {key: money.again(lines) for key, lines in found.items()}


def _gathered(served: Mapping[str, bool | None], heads: Mapping[str, str]) -> dict[str, bool | None]:
    """Return the headings that a line belongs to, and whether as a whole: if it serves one of their targets so."""
    shares: dict[str, bool | None] = {}
    for thing, whole in (served or {NONE: None}).items():
        if thing in heads:
            shares[heads[thing]] = shares.get(heads[thing]) or whole
    return shares
