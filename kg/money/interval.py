"""Add printed amounts up to an interval with its working, counting nothing twice.

An appropriation is a set of yen. An appropriation included in another is a subset of it; one that may be included in
another is a subset of it or disjoint; otherwise two appropriations are disjoint. A listed amount represents the whole
of an appropriation, an unknown part of it (内数, 未定, or a line shared with other domains), or an amount that nothing
bounds. The total runs from the smallest union of the wholes to the largest union of the wholes and of the
appropriations that the parts belong to.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from kg.paths import read_texts

Counts = Literal["full", "ceiling", "no", "open"]
MINUS = "\N{MINUS SIGN}"
OPEN_STATUSES = ("undetermined", "under-consideration", "not-stated")


@dataclass(frozen=True)
class Entry:
    """One listed amount in scope, with the `amount` and `rounding_unit` of its appropriation in yen."""

    listed_amount: str
    order: tuple[int, int]
    status: str
    share: Literal["whole", "part"] | None
    appropriation: str | None
    amount: int | None
    rounding_unit: int = 0
    included_in: frozenset[str] = frozenset()
    may_be_in: frozenset[str] = frozenset()
    shared: bool = False


@dataclass(frozen=True)
class Contribution:
    """What one entry adds to the bounds, in yen, and why; `upper` is None if nothing bounds the amount."""

    entry: Entry
    counts: Counts
    lower: int
    upper: int | None
    rounding_lower: int
    rounding_upper: int
    reason: str
    because: str | None = None


@dataclass(frozen=True)
class Interval:
    """A sum in yen: at least `lower`, at most `upper`; `upper` is None if nothing bounds one of the amounts.

    `known` is the upper bound without the unbounded amounts, of which there are `open_count`; `open_statuses` says in
    what ways the document leaves them open. Rounding in print may
    move the bounds by `rounding_lower` and `rounding_upper`.
    """

    lower: int
    upper: int | None
    known: int
    rounding_lower: int
    rounding_upper: int
    open_count: int
    open_statuses: tuple[str, ...] = ()


def work(entries: Sequence[Entry]) -> tuple[Contribution, ...]:
    """Return what each entry adds, in the given order.

    The lower contributions add up to the lower bound of the total, the decided upper ones to its `known` upper bound:
    the columns of a working can be added up.
    """
    found: dict[int, Contribution] = {}
    full: dict[str, Entry] = {}
    parts: dict[str, Entry] = {}
    numbered = sorted(enumerate(entries), key=lambda pair: (pair[1].order, pair[1].listed_amount))
    wholes = [(i, e) for i, e in numbered if _is_whole(e)]
    for i, entry in sorted(wholes, key=lambda pair: len(pair[1].included_in)):
        other, reason = _counted(entry, full, "repeats", "inside")
        if other:
            found[i] = Contribution(entry, "no", 0, 0, 0, 0, reason, other.listed_amount)
        else:
            appropriation, amount, half = _money_of(entry)
            full[appropriation] = entry
            reason = "grant" if entry.status == "ceiling" else "full"
            found[i] = Contribution(entry, "full", amount, amount, half, half, reason)
    for i, contribution in found.items():
        if contribution.counts == "full" and (around := _first(full, contribution.entry.may_be_in)):
            found[i] = replace(
                contribution,
                counts="ceiling",
                lower=0,
                rounding_lower=0,
                reason="may-be-inside",
                because=around.listed_amount,
            )
    inside: dict[str, int] = defaultdict(int)
    for entry in full.values():
        for ancestor in entry.included_in:
            inside[ancestor] += entry.amount or 0
    ceilings = [(i, e) for i, e in numbered if _is_bounded(e) and i not in found]
    # of several portions, one that is printed with its ceiling comes before one that is undetermined
    for i, entry in sorted(ceilings, key=lambda pair: (len(pair[1].included_in), pair[1].status in OPEN_STATUSES)):
        other, reason = _counted(entry, full, "ceiling-counted", "ceiling-counted")
        if other is None:
            other, reason = _counted(entry, parts, "ceiling-repeats", "ceiling-repeats")
        is_open = entry.status in OPEN_STATUSES
        if other:
            reason = f"{entry.status}-inside" if is_open else reason
            found[i] = Contribution(entry, "no", 0, 0, 0, 0, reason, other.listed_amount)
        else:
            appropriation, amount, half = _money_of(entry)
            parts[appropriation] = entry
            most = max(0, amount - inside[appropriation])
            reason = f"{entry.status}-bounded" if is_open else "shared" if entry.shared else "ceiling"
            found[i] = Contribution(entry, "ceiling", 0, most, 0, half, reason)
    for i, entry in numbered:
        if i not in found:
            status = entry.status if entry.status in OPEN_STATUSES else "not-stated"
            found[i] = Contribution(entry, "open", 0, None, 0, 0, status)
    return tuple(_bounded(found[i], parts) for i in range(len(entries)))


def _bounded(contribution: Contribution, parts: dict[str, Entry]) -> Contribution:
    """Ignore the rounding of an amount in the upper bound if a ceiling that contains it sets that bound."""
    if contribution.counts == "full" and contribution.entry.included_in & parts.keys():
        return replace(contribution, rounding_upper=0)
    return contribution


def _money_of(entry: Entry) -> tuple[str, int, int]:
    """Return the appropriation of a known entry, its amount, and by how much rounding may have moved it."""
    return entry.appropriation or "", entry.amount or 0, entry.rounding_unit // 2


def _is_bounded(entry: Entry) -> bool:
    """Return whether the amount is an appropriation or lies within one."""
    return entry.appropriation is not None and entry.amount is not None


def _is_whole(entry: Entry) -> bool:
    return _is_bounded(entry) and entry.share == "whole" and entry.status not in OPEN_STATUSES


def _counted(entry: Entry, by: dict[str, Entry], same: str, within: str) -> tuple[Entry | None, str]:
    """Return the entry that already counts the appropriation of this one, or an appropriation that contains it."""
    if entry.appropriation in by:
        return by[entry.appropriation], same
    above = _first(by, entry.included_in)
    return above, within if above else ""


def _first(by: dict[str, Entry], appropriations: frozenset[str]) -> Entry | None:
    """Return the first entry in the order of the document that counts one of these appropriations."""
    found = [by[a] for a in appropriations if a in by]
    return min(found, key=lambda e: (e.order, e.listed_amount), default=None)


def total(contributions: Iterable[Contribution]) -> Interval:
    """Return the interval that the contributions add up to."""
    items = list(contributions)
    known = sum(c.upper or 0 for c in items)
    unbounded = [c.reason for c in items if c.counts == "open"]
    return Interval(
        lower=sum(c.lower for c in items),
        upper=None if unbounded else known,
        known=known,
        rounding_lower=sum(c.rounding_lower for c in items),
        rounding_upper=sum(c.rounding_upper for c in items),
        open_count=len(unbounded),
        open_statuses=tuple(s for s in OPEN_STATUSES if s in unbounded),
    )


def oku(yen: int) -> str:
    """Return yen in 億円, exactly.

    >>> oku(9_420_000_000), oku(-4_378_700_000_000)
    ('94.2億円', '−43,787億円')
    """
    return f"{_plain(yen, 8)}億円"


def billions(yen: int) -> str:
    """Return yen in billions, exactly.

    >>> billions(9_420_000_000), billions(-4_378_700_000_000)
    ('¥9.42 bn', '−¥4,378.7 bn')
    """
    sign = MINUS if yen < 0 else ""
    return f"{sign}¥{_plain(abs(yen), 9)} bn"


def both_units(yen: int, language: str) -> str:
    """Return yen as an English text says them, in both units, or in 億円 in Japanese.

    >>> both_units(-65_200_000_000, "en"), both_units(-65_200_000_000, "ja")
    ('−¥65.2 bn (−652億円)', '−652億円')
    """
    return oku(yen) if language == "ja" else f"{billions(yen)} ({oku(yen)})"


def _plain(yen: int, digits: int) -> str:
    text = f"{Decimal(yen) / 10**digits:,f}".replace("-", MINUS)
    return text.rstrip("0").rstrip(".") if "." in text else text


def in_oku(text: str) -> str:
    """Return a text with the amounts that `billions` and `say` wrote in it rewritten in 億円, exactly.

    >>> in_oku("between ¥1.4 bn and ¥29.3 bn (14–293億円)")
    'between 14億円 and 293億円'
    """
    alone = re.sub(r" \([−0-9,.–]+億円\)", "", text)
    return re.sub(r"¥([0-9,.]+) bn", lambda m: oku(int(Decimal(m[1].replace(",", "")) * 10**9)), alone)


def in_yen(text: str) -> str:
    """Return a text with the amounts that `billions`, `both_units` and `say` wrote in it in whole yen.

    >>> in_yen("exactly ¥1.4 bn (14億円)")
    'exactly ¥1,400,000,000'
    """
    alone = re.sub(r" \([−0-9,.–]+億円\)", "", text)
    return re.sub(r"¥([0-9,.]+) bn", lambda m: f"¥{int(Decimal(m[1].replace(',', '')) * 10**9):,}", alone)


def say(interval: Interval, language: str) -> str:
    """Return an interval in words.

    >>> say(Interval(1_400_000_000, 29_300_000_000, 29_300_000_000, 0, 0, 0), "en")
    'between ¥1.4 bn and ¥29.3 bn (14–293億円)'
    >>> say(Interval(0, None, 9_400_000_000, 0, 0, 1, ("undetermined",)), "en")
    'no amount is certain; at most ¥9.4 bn (94億円), plus 1 amount undetermined'
    >>> say(Interval(0, None, 9_400_000_000, 0, 0, 1, ("under-consideration",)), "ja")
    '確定額なし、94億円以下のほか検討中1件'
    """
    low, known, count = interval.lower, interval.known, interval.open_count
    texts = read_texts("money")["statuses"]
    status = texts["or"][language].join(texts[name][language] for name in interval.open_statuses)
    if language == "ja":
        said = f"{oku(known)}以下" if low == 0 else oku(low) if low == known else f"{oku(low)}以上{oku(known)}以下"
        if not count:
            return said if known else "なし"
        return ("確定額なし、" if not low else "") + (f"{said}のほか" if known else "") + f"{status}{count}件"
    if low in {0, known}:
        said = f"{'at most' if low == 0 else 'exactly'} {billions(known)} ({oku(known)})"
    else:
        said = f"between {billions(low)} and {billions(known)} ({_plain(low, 8)}–{oku(known)})"
    if not count:
        return said if known else "nothing"
    unbounded = f"{count} amount{'' if count == 1 else 's'} {status}"
    return ("" if low else "no amount is certain; ") + (f"{said}, plus {unbounded}" if known else unbounded)
