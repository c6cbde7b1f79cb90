"""An answer: its sentence, its table, for money the interval with its working; and how people read its cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import pyoxigraph as ox

from kg import terms
from kg.money.interval import Interval, billions, oku
from kg.money.working import Working
from kg.stores.embedded import Store, Term
from kg.terms import Text

_LABELS = """
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?thing ?label WHERE { VALUES ?thing { %s } ?thing skos:prefLabel ?label }
"""
_TRUTH = {"true": {"en": "yes", "ja": "はい"}, "false": {"en": "no", "ja": "いいえ"}}


@dataclass(frozen=True)
class Column:
    """One column of an answer: its variable, its heads in both languages, its unit (`yen`, `number` or none).

    `values` says in both languages what people read for the words (or CURIEs) that stand in it. A column with `only` is
    shown to people in that language alone.
    """

    name: str
    label: Text
    unit: str | None = None
    values: Mapping[str, Text] = field(default_factory=dict)
    only: str | None = None


_COUNTS = {
    "full": {"en": "full", "ja": "全額"},
    "ceiling": {"en": "ceiling", "ja": "上限"},
    "no": {"en": "no", "ja": "しない"},
    "open": {"en": "open", "ja": "未定"},
}
MONEY_COLUMNS = {
    "counts": Column("counts", {"en": "Counts", "ja": "算入"}, None, _COUNTS),
    "lower": Column("lower", {"en": "At least", "ja": "下限"}, "yen"),
    "upper": Column("upper", {"en": "At most", "ja": "上限"}, "yen"),
    "lines": Column("lines", {"en": "Amounts", "ja": "件数"}),
    "why": Column("why", {"en": "Why", "ja": "理由"}),
}


@dataclass(frozen=True)
class Answer:
    """The answer to a question: a sentence, a table, and for money the interval with its working.

    `rows` hold RDF terms; `labels` gives the name of each IRI among them by (IRI, language). `total` is in yen.
    `working` has one contribution for each printed amount behind a money answer.
    """

    name: str
    arguments: dict[str, Term]
    columns: tuple[Column, ...]
    rows: tuple[tuple[Term | None, ...], ...]
    sentence: Text
    notes: tuple[Text, ...] = ()
    total: Interval | None = None
    working: Working | None = None
    labels: dict[tuple[str, str], str] = field(default_factory=dict)

    def __iter__(self) -> Iterator[dict[str, Term | None]]:
        """Yield each row as a dict from column name to term (None: nothing there)."""
        names = [column.name for column in self.columns]
        return (dict(zip(names, row, strict=True)) for row in self.rows)

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.rows)

    def things(self) -> list[str]:
        """Return the IRIs of ours in the rows, and for a money answer those in its working, sorted."""
        terms_there = [t for row in self.rows for t in row]
        if self.working:
            terms_there += [t for row in self.working.every_row for t in row.values()]
        iris = {t.value for t in terms_there if isinstance(t, ox.NamedNode)}
        return sorted(iri for iri in iris if iri.startswith(terms.ID))


def shown(term: Term | None, column: Column, labels: Mapping[tuple[str, str], str], language: str) -> str:
    """Return how people read a cell: money in 億円 or billions, `true` as yes, words as the column's `values` say."""
    if isinstance(term, ox.NamedNode) and (short := terms.shorten(term.value)) in column.values:
        return column.values[short][language]
    if isinstance(term, ox.Literal):
        if term.value in column.values:
            return column.values[term.value][language]
        if column.unit and re.fullmatch(r"[+-]?[0-9]+", term.value):
            amount = int(term.value)
            return f"{amount:,}" if column.unit == "number" else oku(amount) if language == "ja" else billions(amount)
        if term.datatype.value == terms.XSD + "boolean" and term.value in _TRUTH:
            return _TRUTH[term.value][language]
    return text_of(term, labels, language)


def text_of(term: Term | None, labels: Mapping[tuple[str, str], str], language: str) -> str:
    """Return how a term is shown: an IRI by its name in the language, a literal by its text, nothing as ''."""
    if isinstance(term, ox.NamedNode):
        return labels.get((term.value, language)) or labels.get((term.value, "en")) or terms.shorten(term.value)
    return "" if term is None else str(getattr(term, "value", term))


def labels_of(store: Store, rows: object) -> dict[tuple[str, str], str]:
    """Return the names of all IRIs in the rows, by (IRI, language)."""
    iris = sorted({t.value for row in rows for t in row if isinstance(t, ox.NamedNode)})  # type: ignore[attr-defined]
    if not iris:
        return {}
    found = store.select(_LABELS % " ".join(f"<{iri}>" for iri in iris)).rows
    return {
        (thing.value, label.language or ""): label.value
        for thing, label in sorted(found, key=str, reverse=True)
        if isinstance(thing, ox.NamedNode) and isinstance(label, ox.Literal)
    }
