"""The filters of a page, by technical domain and by evidence of the links, and the figures under each.

The figures are computed from the same printed amounts and links as the stored questions, so they equal those of
`funding` with the same parameters.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from kg import terms
from kg.funding import scope
from kg.funding.scope import Ask, Links, Money, Scope
from kg.money.interval import Interval, say
from kg.money.working import Row, Working
from kg.pictures import figures
from kg.pictures.canvas.svg import Behind, Shape
from kg.rdf.nodes import value

EVIDENCE = tuple(f"{terms.ID}evidence/{name}" for name in ("stated", "placed", "background"))
WHOLE = "all"  # the key of the total


@dataclass(frozen=True)
class Filter:
    """A domain, an evidence, or both, as IRIs; an empty string is no filter."""

    domain: str = ""
    evidence: str = ""


@dataclass(frozen=True)
class Shown:
    """A mark, or a row of the table, under a filter, in one language; `shapes` if it is redrawn."""

    figure: str
    said: str
    sum: Interval | None
    behind: tuple[Behind, ...] = ()
    shapes: tuple[Shape, ...] = ()


def offered(ask: Ask, choice: Scope, options: Iterable[str], money: Money) -> tuple[list[str], list[str]]:
    """Return the domains and kinds of evidence that a page offers: those with money, unless one is already chosen."""
    domains: list[str] = []
    evidence: list[str] = []
    if "domain" in options and choice.domain is None:
        served = {d for row in money.working.rows for d in _served(money.links, row, "domain")}
        domains = [domain for domain in money.domains if domain in served]
    if "evidence" in options and choice.evidence is None:
        kinds = ("domain", "institution", "ministry")
        for each in EVIDENCE:
            links = scope.read_links(ask, each)
            if any(_served(links, row, kind) for row in money.working.rows for kind in kinds):
                evidence.append(each)
    return domains, evidence


def narrowed(ask: Ask, money: Money, chosen: Filter) -> Money:
    """Return the money that passes a filter."""
    links = scope.read_links(ask, chosen.evidence) if chosen.evidence else money.links
    rows: list[Row] = list(money.working.rows)
    wanted = {name: str(getattr(money.answer.arguments.get(name), "value", "")) for name in ("institution", "ministry")}
    for kind, thing in {**wanted, "domain": chosen.domain}.items():
        if thing:
            rows = [
                money.serving(row, whole) for row in rows if (whole := _served(links, row, kind).get(thing)) is not None
            ]
    return replace(money, links=links, working=money.again(rows), is_asked=money.is_asked or bool(chosen.domain))


def _served(links: Links, row: Row, kind: str) -> Mapping[str, bool]:
    return links.get(value(row, "listedAmount"), {}).get(kind, {})


def show_filtered(
    money: Money, working: Working, lang: str, *, margin: bool = False, shapes: Iterable[Shape] = ()
) -> Shown:
    """Return the figure for a working; a margin shows its bounds."""
    figure = (figures.span if margin else figures.figure)(working.total, lang)
    lines = figures.behind(money.again(working.rows, lang))
    return Shown(figure, say(working.total, lang), working.total, lines, tuple(shapes))


def within(money: Money, domain: str) -> frozenset[str]:
    """Return a domain and all its narrower domains."""
    return money.narrower.get(domain, frozenset()) | {domain}
