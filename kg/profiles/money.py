"""What a profile says of money: sums by year and phase, the printed lines behind them, cells of budget tables."""

from collections.abc import Callable, Iterator, Sequence

import pyoxigraph as ox

from kg import terms
from kg.money.interval import MINUS
from kg.money.working import Row, Working, work_out
from kg.paths import read_texts
from kg.profiles.facts import Fact, ask_section
from kg.questions.answer import labels_of
from kg.rdf.nodes import Term, integer, natural
from kg.stores.embedded import Solutions, Store

_MONEY, _LINES, _BUDGET = (ox.Literal(name) for name in ("money", "lines", "budget"))
CHANGE = "change"
_WHOLE = ox.NamedNode(terms.ID + "frame/whole")
_WAYS = {
    "linksToMinistry": "administered",
    "linksToInstitution": "received",
    "linksToProgramme": "of its own",
}
Period = tuple[str, str]


def money_facts(thing: ox.NamedNode, store: Store, language: str) -> list[Fact]:
    """Return the sums of the printed amounts that serve an entity, then the amounts; bounds are in yen.

    What a ministry administers and what it receives are kept apart.
    """
    found = ask_section("money", thing, store)
    at = found.columns.index("way")
    ways = sorted({_text(row[at]) for row in found.rows}, reverse=True)
    sums: list[Fact] = []
    lines: list[Fact] = []
    for way in ways:
        rows = [row for row in found.rows if _text(row[at]) == way]
        working = work_out(Solutions(found.columns, rows), store, _naming(rows, store, language), language)
        what = ox.Literal(_WAYS.get(terms.local_name(way), "received")) if len(ways) > 1 else None
        sums += _sums(working, what, language)
        lines += _lines(working, thing if way.endswith("linksToProgramme") else None)
    most: dict[Term | None, int] = {}
    for line in lines:
        most[line.what] = max(most.get(line.what, 0), int(_text(line.upper) or 0))
    return sums + sorted(lines, key=lambda line: (-most[line.what], str(line.what)))


def _naming(rows: Sequence[Sequence[Term | None]], store: Store, language: str) -> Callable[[str], str]:
    labels = labels_of(store, rows)
    return lambda iri: labels.get((iri, language), terms.local_name(iri))


def _sums(working: Working, what: Term | None, language: str) -> Iterator[Fact]:
    periods: dict[Period, list[Row]] = {}
    for row in working.every_row:
        periods.setdefault((_text(row.get("fiscalYear")), _text(row.get("phase"))), []).append(row)
    for period in sorted(periods, key=lambda p: (p[0] == "", [-n for n, _ in natural(p[0])], p[1])):
        alone = working.again(periods[period])
        first = periods[period][0]
        upper = None if alone.total.upper is None else integer(alone.total.upper)
        yield Fact(
            _MONEY,
            what,
            ox.Literal(alone.said(language)),
            first.get("fiscalYear"),
            first.get("phase"),
            integer(alone.total.lower),
            upper,
        )


def _lines(working: Working, own: ox.NamedNode | None) -> Iterator[Fact]:
    """Yield the printed amounts, each under its programme, or under its panel where the programme is asked about."""
    for row, contribution in zip(working.rows, working.contributions, strict=True):
        under = row.get("panel") if row.get("programme") == own else row.get("programme")
        upper = None if contribution.upper is None else integer(contribution.upper)
        yield Fact(
            _LINES,
            under,
            row.get("printed"),
            row.get("fiscalYear"),
            row.get("phase"),
            integer(contribution.lower),
            upper,
            row.get("link"),
            row.get("source"),
        )


def printed_lines(thing: ox.NamedNode, store: Store) -> list[Fact]:
    """Return the amounts printed on a page or for a hub, and the printed totals, in the order of the lines."""
    return [
        Fact(section, None if of == thing else of, printed, year, phase, amount, amount, evidence, source)
        for section, of, printed, year, phase, amount, evidence, source in ask_section(
            "printed-lines", thing, store
        ).rows
        if section is not None
    ]


def budget_facts(thing: ox.NamedNode, store: Store, language: str) -> list[Fact]:
    """Return what the budget tables print for a ministry or its row: amounts and changes in yen, as lower and upper."""
    found = ask_section("budget", thing, store)
    labels = labels_of(store, found.rows)
    beside = read_texts("profiles")["layout"]["beside"][language]
    facts = []
    for cells in found.rows:
        row = dict(zip(found.columns, cells, strict=True))
        named = [row[name] for name in ("account", "frame")]
        said = [_named(part, labels, language) for part in named if part is not None and part != _WHOLE]
        if rate := _text(row["rate"]):
            said = [f"{rate}{'' if '.' in rate else '.0'}%".replace("-", MINUS)]
        what = ox.Literal(CHANGE) if rate else row["category"]
        value = ox.Literal(beside.join(said))
        amount = row["amount"]
        year, phase, evidence, source = (row[name] for name in ("fiscalYear", "phase", "evidence", "source"))
        facts.append(Fact(_BUDGET, what, value, year, phase, amount, amount, evidence, source))
    return facts


def _named(term: Term, labels: dict[tuple[str, str], str], language: str) -> str:
    return labels.get((_text(term), language)) or terms.local_name(_text(term))


def _text(term: Term | None) -> str:
    return "" if term is None else str(getattr(term, "value", term))
