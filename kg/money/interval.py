"""What printed amounts add up to: an interval with its working, nothing counted twice.

Every appropriation is a set of yen; one that is included in another lies inside it, and those beside each other are
apart. A listed amount stands for the whole of an appropriation, for an unknown part of it (内数, or a line that other
domains share), or for nothing known. The total is the interval from the union of the wholes to the union of the wholes
and of the appropriations behind the parts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

Counts = Literal["full", "ceiling", "no", "open"]
OPEN_STATUSES = ("undetermined", "under-consideration", "not-stated")

REASONS: dict[str, tuple[str, str]] = {
    "full": ("counts in full", "全額を数える"),
    "ceiling": ("at most: an unknown part of it", "上限：不明な一部"),
    "shared": ("at most: shared with other domains or institutions", "上限：他の領域・機関と共有"),
    "repeats": ("the same money as {other}", "{other}と同じ資金"),
    "inside": ("lies inside {other}", "{other}に含まれる"),
    "ceiling-counted": ("an unknown part of what {other} counts in full", "{other}が全額を数えるものの一部"),
    "ceiling-repeats": ("an unknown part of the same money as {other}", "{other}と同じ資金の一部"),
    "undetermined": ("undetermined (未定)", "未定"),
    "under-consideration": ("under consideration (検討中)", "検討中"),
    "not-stated": ("not stated", "記載なし"),
}


@dataclass(frozen=True)
class Entry:
    """One listed amount in scope; `amount` and `rounding_unit` are those of its appropriation, in yen."""

    listed_amount: str
    order: tuple[int, int]
    status: str
    share: Literal["whole", "part"] | None
    appropriation: str | None
    amount: int | None
    rounding_unit: int = 0
    included_in: frozenset[str] = frozenset()
    shared: bool = False


@dataclass(frozen=True)
class Contribution:
    """What one entry adds to the bounds, in yen, and why; `upper` is None where it is open."""

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
    """A sum in yen: at least `lower`, at most `upper` (None: open), `known` what is determined of it.

    `rounding_lower` and `rounding_upper` say by how much printed rounding may move each bound.
    """

    lower: int
    upper: int | None
    known: int
    rounding_lower: int
    rounding_upper: int
    open_count: int


def work(entries: Sequence[Entry]) -> tuple[Contribution, ...]:
    """Return what each entry adds, in the given order.

    The lower contributions add up to the lower bound, the upper ones (those not open) to what is known of the upper
    bound: whoever adds the column up gets the right sum.
    """
    found: dict[int, Contribution] = {}
    full: dict[str, Entry] = {}
    parts: dict[str, Entry] = {}
    numbered = sorted(enumerate(entries), key=lambda pair: (pair[1].order, pair[1].listed_amount))
    wholes = [(i, e) for i, e in numbered if _is_known(e) and e.share == "whole"]
    for i, entry in sorted(wholes, key=lambda pair: len(pair[1].included_in)):
        other, reason = _counted(entry, full, "repeats", "inside")
        if other:
            found[i] = Contribution(entry, "no", 0, 0, 0, 0, reason, other.listed_amount)
            continue
        assert entry.appropriation is not None
        assert entry.amount is not None
        full[entry.appropriation] = entry
        half = entry.rounding_unit // 2
        found[i] = Contribution(entry, "full", entry.amount, entry.amount, half, half, "full")
    inside: dict[str, int] = defaultdict(int)
    for entry in full.values():
        for ancestor in entry.included_in:
            inside[ancestor] += entry.amount or 0
    ceilings = [(i, e) for i, e in numbered if _is_known(e) and e.share == "part"]
    for i, entry in sorted(ceilings, key=lambda pair: len(pair[1].included_in)):
        other, reason = _counted(entry, full, "ceiling-counted", "ceiling-counted")
        if other is None:
            other, reason = _counted(entry, parts, "ceiling-repeats", "ceiling-repeats")
        if other:
            found[i] = Contribution(entry, "no", 0, 0, 0, 0, reason, other.listed_amount)
            continue
        assert entry.appropriation is not None
        assert entry.amount is not None
        parts[entry.appropriation] = entry
        most = max(0, entry.amount - inside[entry.appropriation])
        reason = "shared" if entry.shared else "ceiling"
        found[i] = Contribution(entry, "ceiling", 0, most, 0, entry.rounding_unit // 2, reason)
    for i, entry in numbered:
        if i not in found:
            status = entry.status if entry.status in OPEN_STATUSES else "not-stated"
            found[i] = Contribution(entry, "open", 0, None, 0, 0, status)
    return tuple(_bounded(found[i], parts) for i in range(len(entries)))


def _bounded(contribution: Contribution, parts: dict[str, Entry]) -> Contribution:
    """Leave the rounding of an amount out of the upper bound where a ceiling that contains it sets that bound."""
    if contribution.counts == "full" and contribution.entry.included_in & parts.keys():
        return replace(contribution, rounding_upper=0)
    return contribution


def _is_known(entry: Entry) -> bool:
    return entry.status not in OPEN_STATUSES and entry.appropriation is not None and entry.amount is not None


def _counted(entry: Entry, by: dict[str, Entry], same: str, within: str) -> tuple[Entry | None, str]:
    """Return the entry that already counts this one's appropriation, or one that contains it."""
    if entry.appropriation in by:
        return by[entry.appropriation], same
    above = [by[a] for a in entry.included_in if a in by]
    return (min(above, key=lambda e: (e.order, e.listed_amount)), within) if above else (None, "")


def total(contributions: Iterable[Contribution]) -> Interval:
    """Return the interval that the contributions add up to."""
    items = list(contributions)
    known = sum(c.upper or 0 for c in items)
    open_count = sum(c.counts == "open" for c in items)
    return Interval(
        lower=sum(c.lower for c in items),
        upper=None if open_count else known,
        known=known,
        rounding_lower=sum(c.rounding_lower for c in items),
        rounding_upper=sum(c.rounding_upper for c in items),
        open_count=open_count,
    )


def oku(yen: int) -> str:
    """Return yen in 億円, exactly.

    >>> oku(9_420_000_000), oku(4_378_700_000_000)
    ('94.2億円', '43,787億円')
    """
    return f"{_plain(Decimal(yen) / 10**8)}億円"


def billions(yen: int) -> str:
    """Return yen in billions, exactly.

    >>> billions(9_420_000_000), billions(4_378_700_000_000)
    ('JPY 9.42 bn', 'JPY 4,378.7 bn')
    """
    return f"JPY {_plain(Decimal(yen) / 10**9)} bn"


def _plain(number: Decimal) -> str:
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def say(interval: Interval, language: str) -> str:
    """Return an interval in words.

    >>> say(Interval(1_400_000_000, 29_300_000_000, 29_300_000_000, 0, 0, 0), "en")
    'between JPY 1.4 bn and JPY 29.3 bn'
    >>> say(Interval(0, None, 9_400_000_000, 0, 0, 1), "ja")
    '0億円以上、上限なし（定まっている分は94億円以下、未定等1件）'
    """
    show = oku if language == "ja" else billions
    low, known = show(interval.lower), show(interval.known)
    if interval.upper is None:
        count = interval.open_count
        if language == "ja":
            return f"{low}以上、上限なし（定まっている分は{known}以下、未定等{count}件）"
        amounts = "amount is" if count == 1 else "amounts are"
        return f"at least {low}, no upper bound (what is determined is at most {known}; {count} {amounts} undetermined)"
    if interval.lower == interval.upper:
        return low if language == "ja" else f"exactly {low}"
    if interval.lower == 0:
        return f"{known}以下" if language == "ja" else f"at most {known}"
    return f"{low}以上{known}以下" if language == "ja" else f"between {low} and {known}"
