"""Amounts and intervals as written in pictures, and the printed lines behind a mark."""

from decimal import Decimal

from kg.money.interval import Interval
from kg.money.working import Working
from kg.pictures.canvas.svg import Behind

UNITS = {"en": "¥ bn", "ja": "億円"}


def amount(yen: int, lang: str) -> str:
    """Return an amount in the unit of the language, exactly, without the unit.

    >>> amount(9_420_000_000, "en"), amount(9_420_000_000, "ja")
    ('9.42', '94.2')
    """
    text = f"{Decimal(yen) / (10**8 if lang == 'ja' else 10**9):,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def figure(interval: Interval, lang: str) -> str:
    """Return an interval in short, without the unit: stated, `≤` at most, `?` without a limit.

    >>> figure(Interval(1_400_000_000, 29_300_000_000, 29_300_000_000, 0, 0, 0), "ja")
    '14 + ≤279'
    """
    parts = []
    if interval.lower:
        parts.append(amount(interval.lower, lang))
    if interval.known > interval.lower:
        parts.append("≤" + amount(interval.known - interval.lower, lang))
    if interval.open_count:
        parts.append("?")
    return " + ".join(parts) or "0"


def span(interval: Interval, lang: str) -> str:
    """Return the bounds of an interval, without the unit, for the margins.

    >>> span(Interval(1_400_000_000, None, 29_300_000_000, 0, 0, 1), "ja")
    '14–293 + ?'
    """
    low, high = amount(interval.lower, lang), amount(interval.known, lang)
    bounds = low if low == high else f"{low}–{high}" if interval.lower else f"≤{high}"
    if interval.open_count and not interval.known:
        return "?"
    return f"{bounds} + ?" if interval.open_count else bounds


def behind(working: Working) -> tuple[Behind, ...]:
    """Return the printed amounts of a working, each with how it counts and why."""
    return tuple(
        Behind(c.entry.listed_amount, c.counts, reason)
        for c, reason in zip(working.contributions, working.reasons, strict=True)
    )
