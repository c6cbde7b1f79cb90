"""Amounts and rates as people write them: 10bn, ¥1.2 trillion, 100億円, 1兆2,000億円, 5%."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from kg.errors import UsageError, shortened

_SCALES = {
    "兆": 10**12,
    "億": 10**8,
    "百万": 10**6,
    "万": 10**4,
    "trillion": 10**12,
    "tn": 10**12,
    "t": 10**12,
    "billion": 10**9,
    "bn": 10**9,
    "b": 10**9,
    "million": 10**6,
    "mn": 10**6,
    "m": 10**6,
    "oku": 10**8,
    "cho": 10**12,
}
_LONGEST = 40  # characters
_PART = re.compile(r"([0-9][0-9,]*(?:\.[0-9]+)?)\s*(兆|億|百万|万|[a-z]*)")


@dataclass(frozen=True)
class Limit:
    """A figure to compare with: in yen or percent, or (`unit` None) in whatever unit the column has."""

    number: Decimal
    unit: str | None = None


def read_limit(text: str) -> Limit:
    """Return the amount or rate that a text gives. Raises UsageError for what is neither.

    >>> read_limit("10bn") == read_limit("100億円") == read_limit("¥10 billion") == Limit(Decimal(10**10), "yen")
    True
    >>> read_limit("-5%"), read_limit("1兆2,000億円").number
    (Limit(number=Decimal('-5'), unit='percent'), Decimal('1200000000000'))
    """
    if len(text) > _LONGEST:
        raise UsageError(f"{shortened(text)!r} is not an amount; write up to {_LONGEST} characters, such as 10bn")
    plain = unicodedata.normalize("NFKC", text).strip().lower().replace("\N{MINUS SIGN}", "-")
    sign, body = (-1, plain[1:]) if plain.startswith("-") else (1, plain.removeprefix("+"))
    if match := re.fullmatch(r"([0-9]+(?:\.[0-9]+)?)\s*(?:%|percent|per cent|パーセント)", body):
        return Limit(sign * Decimal(match[1]), "percent")
    said = re.sub(r"^(?:¥|jpy\s*)|\s*(?:円|yen|jpy)$", "", body).strip()
    parts = list(_PART.finditer(said))
    scales = [part[2] for part in parts]
    whole = "".join(part[0] for part in parts) == said and all(scales[:-1])
    if not parts or not whole or any(scale and scale not in _SCALES for scale in scales):
        raise UsageError(f"{text!r} is not an amount; write 10bn, 100億円 or 5%")
    number = sum((Decimal(part[1].replace(",", "")) * _SCALES.get(part[2], 1) for part in parts), Decimal(0))
    return Limit(sign * number, "yen" if said != body or any(scales) else None)
