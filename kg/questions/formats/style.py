"""How an answer is written: colour, width, unit, and what is shown of it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from kg.money.interval import in_oku, in_yen
from kg.printable import visible
from kg.questions.answer import Answer

_BREAKS = re.compile(r"[\t\n\r]+")  # would break the table
PIPED = 100  # columns of a table that does not go to a terminal


@dataclass(frozen=True)
class Style:
    """How to write an answer.

    `columns` is the width of a table; `unit` that of amounts: bn, oku or yen, where bn is 億円 in Japanese. With `wide`
    all columns are shown, with `notes` the open readings; `with_notes` puts the sentence and the notes into csv, tsv
    and jsonl.
    """

    colour: bool = False
    columns: int = PIPED
    unit: str = "bn"
    wide: bool = False
    notes: bool = False
    with_notes: bool = False


Writer = Callable[[Answer, str, Style], str]
WRITERS: dict[str, Writer] = {}  # of the formats whose modules are imported


def writer(form: str) -> Callable[[Writer], Writer]:
    """Return a decorator that registers the writer of a format."""

    def register(function: Writer) -> Writer:
        WRITERS[form] = function
        return function

    return register


def in_unit(text: str, unit: str) -> str:
    """Return an English text with its amounts in a unit: `oku` (億円), `yen`, or otherwise in both, as they are."""
    return in_oku(text) if unit == "oku" else in_yen(text) if unit == "yen" else text


def plain(text: str) -> str:
    """Return a text on one line, with its control characters escaped."""
    return visible(_BREAKS.sub(" ", text))


def whole_yen(number: str, language: str) -> str:
    """Return an amount of yen with all its digits.

    >>> whole_yen("-1400000000", "en"), whole_yen("1400000000", "ja")
    ('−¥1,400,000,000', '1,400,000,000円')
    """
    amount = Decimal(number)
    sign = "\N{MINUS SIGN}" if amount < 0 else ""
    return f"{sign}{abs(amount):,f}円" if language == "ja" else f"{sign}¥{abs(amount):,f}"
