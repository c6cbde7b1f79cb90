"""Turn the rows of a money question into contributions: which line counts, how much, and why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import pyoxigraph as ox

from kg import terms
from kg.money.interval import Contribution, Entry, Interval, billions, oku, say, total, work
from kg.paths import read_query, read_texts
from kg.rdf.nodes import Term, integer, value
from kg.stores.embedded import Solutions, Store
from kg.terms import Text, agreeing

_AMOUNTS = read_query("money", "amounts")
_EVIDENCE = terms.ID + "evidence/"
_UNSTATED = ("placed", "background")
Row = dict[str, Term | None]
Cells = tuple[tuple[str, ...], tuple[tuple[Term | None, ...], ...]]  # the names of the columns added, and all rows


@dataclass(frozen=True)
class Working:
    """The contributions to a money answer, the row each comes from, and their sum in yen."""

    rows: tuple[Row, ...]
    contributions: tuple[Contribution, ...]
    total: Interval
    reasons: tuple[str, ...]
    every_row: tuple[Row, ...]
    name: Callable[[str], str]
    language: str

    def ungrouped(self, shown: Sequence[str]) -> Cells:
        """Return the added columns, and for each printed amount the cells of `shown` followed by those added."""
        rows = tuple(
            (
                *(row.get(name) for name in shown),
                ox.Literal(contribution.counts),
                _yen(contribution.lower),
                _yen(contribution.upper),
                ox.Literal(reason),
            )
            for row, contribution, reason in zip(self.rows, self.contributions, self.reasons, strict=True)
        )
        return ("counts", "lower", "upper", "why"), rows

    def grouped(self, shown: Sequence[str], by: str, *, largest_first: bool = False) -> Cells:
        """Return the added columns, and one row for each value of the column `by`, each summed separately.

        Groups may share money (a line repeated under two headings): their sum may exceed the total. With
        `largest_first` they are sorted by upper bound (undecided first), then by lower bound.
        """
        groups: dict[Term | None, list[Row]] = {}
        for row in self.every_row:
            groups.setdefault(row.get(by), []).append(row)
        rows = []
        workings = [self.again(members) for members in groups.values()]
        if largest_first:
            workings.sort(key=lambda w: (w.total.upper is not None, -w.total.known, -w.total.lower))
        for alone in workings:
            first = [self._joined([row.get(name) for row in alone.rows]) for name in shown]
            count = integer(len(alone.rows))
            why = ox.Literal("; ".join(dict.fromkeys(alone.reasons)))
            rows.append((*first, _yen(alone.total.lower), _yen(alone.total.upper), count, why))
        return ("lower", "upper", "lines", "why"), tuple(rows)

    def _joined(self, values: Sequence[Term | None]) -> Term | None:
        distinct = list(dict.fromkeys(v for v in values if v is not None))
        if len(distinct) <= 1:
            return distinct[0] if distinct else None
        return ox.Literal("; ".join(self.name(v.value) if isinstance(v, ox.NamedNode) else _value(v) for v in distinct))

    def again(self, rows: Sequence[Row]) -> Working:
        """Return the working of `rows` alone."""
        return _work_out(rows, self.name, self.language)

    def concerned(self) -> set[str]:
        """Return the listed amounts, listings and appropriations behind the answer."""
        names = ("listedAmount", "listing", "appropriation")
        return {t.value for row in self.rows for name in names if isinstance(t := row.get(name), ox.NamedNode)}

    def said(self, language: str) -> str:
        """Return the sum in words: by the links that the document states and, where others add to it, with these."""
        kinds = {terms.local_name(value(row, "link")) for row in self.every_row} & set(_UNSTATED)
        stated, placed = (self._by("stated"), self._by("stated", "placed")) if kinds else (self.total, self.total)
        if stated == self.total:
            return say(self.total, language)
        firm = read_texts("money")["sums" if stated.known or stated.open_count else "unstated"]
        text: str = firm["-".join(sorted(kinds))][language]
        sums = {"stated": stated, "placed": placed, "all": self.total}
        return text.format(**{name: say(interval, language) for name, interval in sums.items()})

    def _by(self, *kinds: str) -> Interval:
        """Return the sum of the rows whose links have certain kinds of evidence."""
        return self.again([row for row in self.every_row if terms.local_name(value(row, "link")) in kinds]).total

    def notes(self) -> list[Text]:
        """Return what a reader must know before quoting the sum: rounding, shared lines, links that are not stated."""
        low, high = self.total.rounding_lower, self.total.rounding_upper
        shared = sum(c.reason == "shared" for c in self.contributions)
        kinds = [(kind, sum(value(row, "link") == _EVIDENCE + kind for row in self.rows)) for kind in _UNSTATED]
        dated = sum(value(row, "dating") == _EVIDENCE + "placed" for row in self.rows)
        rounding = "rounding-both" if low == high else "rounding" if low else "rounding-upper"
        notes = [_note(rounding, 2, low=low, high=high)] if high else []
        return notes + [_note(name, count) for name, count in (("shared", shared), *kinds, ("dated", dated)) if count]


def _note(name: str, count: int, **yen: int) -> Text:
    said = {"en": billions, "ja": oku}
    return {
        language: agreeing(text, count).format(count=count, **{k: said[language](amount) for k, amount in yen.items()})
        for language, text in read_texts("money")["notes"][name].items()
    }


def _yen(amount: int | None) -> ox.Literal | None:
    return None if amount is None else integer(amount)


def work_out(found: Solutions, store: Store, name: Callable[[str], str], language: str) -> Working:
    """Return the working of a money question, whose rows give a listed amount and its share, `whole` or `part`.

    A listed amount that occurs in several rows counts once.
    """
    rows = [dict(zip(found.columns, cells, strict=True)) for cells in found.rows]
    iris = sorted({f"<{value(row, 'listedAmount')}>" for row in rows})
    amounts = store.select(_AMOUNTS % " ".join(iris)) if iris else Solutions((), [])
    known = {cells[0]: dict(zip(amounts.columns, cells, strict=True)) for cells in amounts.rows}
    return _work_out([{**row, **known.get(row["listedAmount"], {})} for row in rows], name, language)


def _work_out(every_row: Sequence[Row], name: Callable[[str], str], language: str) -> Working:
    rows: dict[str, Row] = {}
    for row in every_row:
        key = value(row, "listedAmount")
        known = rows.get(key)
        if known is None or (value(known, "share"), value(row, "share")) == ("part", "whole"):
            rows[key] = row
    entries = [_entry(row) for row in rows.values()]
    contributions = work(entries)
    reasons = tuple(_reason(c, rows, name, language) for c in contributions)
    return Working(tuple(rows.values()), contributions, total(contributions), reasons, tuple(every_row), name, language)


def _value(term: Term | None) -> str:
    return "" if term is None else str(getattr(term, "value", term))


def _entry(row: Row) -> Entry:
    amount, share = value(row, "amount"), value(row, "share")
    entry = Entry(
        listed_amount=value(row, "listedAmount"),
        order=(int(value(row, "page") or 0), int(value(row, "line") or 0)),
        status=terms.local_name(value(row, "status")),
        share="whole" if share == "whole" else "part",
        appropriation=value(row, "appropriation") or None,
        amount=int(amount) if amount else None,
        rounding_unit=int(value(row, "roundingUnit") or 0),
        included_in=frozenset(value(row, "includedIn").split()),
        may_be_in=frozenset(value(row, "mayBeIn").split()),
    )
    return replace(entry, shared=entry.status == "exact" and entry.share == "part")


def _reason(contribution: Contribution, rows: dict[str, Row], name: Callable[[str], str], language: str) -> str:
    template: str = read_texts("money")["reasons"][contribution.reason][language]
    other = ""
    if contribution.because:
        row = rows[contribution.because]
        other = f"{value(row, 'printed')} ({name(value(row, 'source'))})"
    return template.replace("{other}", other)
