"""The answer to a question, and how its cells are shown to people."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pyoxigraph as ox

from kg import terms
from kg.money.interval import MINUS, Interval, billions, both_units, oku
from kg.money.working import Working
from kg.paths import read_query
from kg.rdf.nodes import Term
from kg.stores.embedded import Store
from kg.terms import Text

_LABELS = read_query("questions", "labels")
_TRUTH = {"true": {"en": "yes", "ja": "はい"}, "false": {"en": "no", "ja": "いいえ"}}


@dataclass(frozen=True)
class Column:
    """One column of an answer: its variable, its heading in both languages, its unit (yen, number, percent or None).

    `values` maps the words, figures or CURIEs in the column to what people read. A column with `only` is shown to
    readers of that language alone. The texts of a `footnote` column stand below a table, numbered, each once.
    """

    name: str
    label: Text
    unit: str | None = None
    values: Mapping[str, Text] = field(default_factory=dict)
    only: str | None = None
    footnote: bool = False


_COUNTS = {
    "full": {"en": "yes", "ja": "全額"},
    "ceiling": {"en": "up to", "ja": "上限"},
    "no": {"en": "repeat", "ja": "重複"},
    "open": {"en": "no limit", "ja": "上限なし"},
}
NONE = {"0": {"en": "none", "ja": "なし"}}  # a bound of no yen
MONEY_COLUMNS = {
    "counts": Column("counts", {"en": "Counts", "ja": "算入"}, None, _COUNTS),
    "lower": Column("lower", {"en": "At least", "ja": "下限"}, "yen", NONE),
    "upper": Column("upper", {"en": "At most", "ja": "上限"}, "yen", NONE),
    "lines": Column("lines", {"en": "Amounts", "ja": "件数"}),
    "why": Column("why", {"en": "Why", "ja": "理由"}, footnote=True),
}


def columns_from(texts: Mapping[str, Any]) -> tuple[Column, ...]:
    """Return the columns that a table of texts describes, as `texts.toml` holds it: names, headings, units, values."""
    return tuple(
        Column(
            name,
            {"en": given["en"], "ja": given["ja"]},
            given.get("unit"),
            given.get("values", {}),
            given.get("only"),
            given.get("footnote", False),
        )
        for name, given in texts.items()
    )


@dataclass(frozen=True)
class Outline:
    """What the rows of an answer are, by the header of its question; None where it has nothing of the kind.

    `noun` is what one row is called, with its plural, `name` the column that names a row, `figure` the column of the
    main figure, `change` and `rate` those of a change against the year before, in yen and in percent. With `grouped`
    each row of a money answer sums the printed amounts of one value of the column `name`. `sum` is a column whose
    figures may be added up, and `shown` are the columns that a narrow table shows first. The rows of an `ordered`
    answer stand in an order that was asked for.
    """

    noun: Text
    name: str | None = None
    figure: str | None = None
    change: str | None = None
    rate: str | None = None
    grouped: bool = False
    sum: str | None = None
    shown: tuple[str, ...] = ()
    ordered: bool = False


ROW = Outline({"en": "row(|s)", "ja": "件"})


@dataclass(frozen=True)
class Answer:
    """The answer to a question: a sentence, a table, and for money an interval with its working.

    `rows` hold RDF terms; `labels` names each IRI among them by (IRI, language). `total` is in yen. `working` has one
    contribution for each printed amount that a money answer is made of. The first `leading` notes belong directly under
    the sentence: the fiscal year, and what each period adds to a sum. `outline` says what the rows are;
    `readings` names the open readings that the answer depends on.
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
    leading: int = 0
    outline: Outline = ROW
    readings: tuple[Text, ...] = ()

    def __iter__(self) -> Iterator[dict[str, Term | None]]:
        """Yield each row as a dict from column name to term; an empty cell is None."""
        names = [column.name for column in self.columns]
        return (dict(zip(names, row, strict=True)) for row in self.rows)

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.rows)

    def text(self, row: int, column: int, language: str) -> str:
        """Return the text of a cell for people."""
        return shown(self.rows[row][column], self.columns[column], self.labels, language)

    def things(self) -> list[str]:
        """Return the dataset's own IRIs in the rows and, for a money answer, in its working, sorted."""
        terms_there = [t for row in self.rows for t in row]
        if self.working:
            terms_there += [t for row in self.working.every_row for t in row.values()]
        iris = {t.value for t in terms_there if isinstance(t, ox.NamedNode)}
        return sorted(iri for iri in iris if iri.startswith(terms.ID))


def shown(term: Term | None, column: Column, labels: Mapping[tuple[str, str], str], language: str) -> str:
    """Return the text of a cell: money in billions (English) or 億円, `true` as yes, words by the column's `values`."""
    if isinstance(term, ox.NamedNode) and (short := terms.shorten(term.value)) in column.values:
        return column.values[short][language]
    if isinstance(term, ox.Literal):
        if term.value in column.values:
            return column.values[term.value][language]
        if column.unit == "percent" and re.fullmatch(r"[+-]?[0-9]+(\.[0-9]+)?", term.value):
            return f"{term.value}{'' if '.' in term.value else '.0'}%".replace("-", MINUS)
        if column.unit and re.fullmatch(r"[+-]?[0-9]+", term.value):
            amount = int(term.value)
            return f"{amount:,}" if column.unit == "number" else oku(amount) if language == "ja" else billions(amount)
        if term.datatype.value == terms.XSD + "boolean" and term.value in _TRUTH:
            return _TRUTH[term.value][language]
    return text_of(term, labels, language)


def in_words(term: Term | None, column: Column, labels: Mapping[tuple[str, str], str], language: str) -> str:
    """Return the text of a cell as it stands in a sentence: an English one says money in both units."""
    figure = getattr(term, "value", "")
    if column.unit == "yen" and figure not in column.values and re.fullmatch(r"[+-]?[0-9]+", figure):
        return both_units(int(figure), language)
    return shown(term, column, labels, language)


def text_of(term: Term | None, labels: Mapping[tuple[str, str], str], language: str) -> str:
    """Return the text of a term: the name of an IRI in the language, the value of a literal, '' for None."""
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
