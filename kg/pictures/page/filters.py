"""What a page can narrow its picture to: a technical domain, an evidence of the links; the figures that then hold.

They are worked out from the printed amounts and what each serves, as the stored questions give them, so that they are
those of `funding` with the same parameters.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from kg import terms
from kg.funding import scope
from kg.funding.scope import Ask, Links, Money, Scope, value
from kg.money.interval import Interval, say
from kg.money.working import Row, Working
from kg.pictures import figures
from kg.pictures.canvas.svg import Behind, Shape

EVIDENCE = tuple(f"{terms.ID}evidence/{name}" for name in ("stated", "placed", "background"))
WHOLE = "all"  # the key of what all that is drawn adds up to


@dataclass(frozen=True)
class Filter:
    """A domain, or an evidence, or both, as IRIs; empty for no narrowing."""

    domain: str = ""
    evidence: str = ""


@dataclass(frozen=True)
class Shown:
    """What a mark, or a row of the table, shows under a filter, in one language; `shapes` where it is drawn anew."""

    figure: str
    said: str
    sum: Interval | None
    behind: tuple[Behind, ...] = ()
    shapes: tuple[Shape, ...] = ()


def offered(ask: Ask, choice: Scope, options: Iterable[str], money: Money) -> tuple[list[str], list[str]]:
    """Return the domains and the kinds of evidence that a page offers: those with money, where none is chosen."""
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
    """Return the money that is left under a filter."""
    links = scope.read_links(ask, chosen.evidence) if chosen.evidence else money.links
    rows: list[Row] = list(money.working.rows)
    wanted = {name: str(getattr(money.answer.arguments.get(name), "value", "")) for name in ("institution", "ministry")}
    for kind, thing in {**wanted, "domain": chosen.domain}.items():
        if thing:
            rows = [
                row if whole else scope.restricted(row)
                for row in rows
                if (whole := _served(links, row, kind).get(thing)) is not None
            ]
    return replace(money, links=links, working=money.again(rows))


def _served(links: Links, row: Row, kind: str) -> Mapping[str, bool]:
    return links.get(value(row, "listedAmount"), {}).get(kind, {})


def shown(money: Money, working: Working, lang: str, *, margin: bool = False, shapes: Iterable[Shape] = ()) -> Shown:
    """Return what is shown of a working; a margin shows its bounds."""
    figure = (figures.span if margin else figures.figure)(working.total, lang)
    lines = figures.behind(money.again(working.rows, lang))
    return Shown(figure, say(working.total, lang), working.total, lines, tuple(shapes))


def within(money: Money, domain: str) -> frozenset[str]:
    """Return a domain and all that lie under it."""
    return money.narrower.get(domain, frozenset()) | {domain}
