"""What is done to the rows of an answer after they are found."""

from dataclasses import dataclass
from decimal import Decimal

from kg.money.limit import Limit


@dataclass(frozen=True)
class Refinement:
    """What is done to the rows of an answer after they are found.

    `without` leaves out the rows about these entities (IRIs, ids or names), `panel` keeps those printed under a heading
    with this name, `page` those with a source on this page. `rose`, `fell` and `unchanged` keep the
    rows whose change has one of these directions. `more_than` and `less_than` keep the rows whose figure is above or
    below a limit (a whole number is in the unit of the column, which is yen for money); with `rose` or `fell` they
    compare the size of the change. `top` and `bottom` keep the rows with the highest and the lowest figures; with
    `fell` the highest is the largest fall. `column` is the figure for all of these, in place of the main figure of the
    question. `sort` is the column that gives the order, highest first if it begins with '-'.
    """

    top: int | None = None
    bottom: int | None = None
    sort: str | None = None
    rose: bool = False
    fell: bool = False
    unchanged: bool = False
    more_than: Limit | int | None = None
    less_than: Limit | int | None = None
    column: str | None = None
    without: tuple[str, ...] = ()
    panel: str | None = None
    page: int | None = None

    @property
    def directions(self) -> frozenset[int]:
        """The signs of the changes that are kept; empty if the direction does not matter."""
        return frozenset(sign for sign, wanted in ((1, self.rose), (-1, self.fell), (0, self.unchanged)) if wanted)

    @property
    def limits(self) -> tuple[tuple[str, Limit], ...]:
        """The limits, each under `more` or `less`."""
        given = (("more", self.more_than), ("less", self.less_than))
        return tuple((side, Limit(Decimal(n)) if isinstance(n, int) else n) for side, n in given if n is not None)

    @property
    def ranked(self) -> bool:
        """Whether rows are kept for their place in the order of a figure."""
        return self.top is not None or self.bottom is not None
