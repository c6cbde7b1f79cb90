"""The rows of an answer in words: what each says of its entity, in one line."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import Any

import pyoxigraph as ox

from kg.money.interval import both_units
from kg.paths import read_texts
from kg.questions.answer import Answer, Column, shown, text_of
from kg.rdf.nodes import Term
from kg.terms import Text

Row = Sequence[Term | None]
_PAGE = {"en": re.compile(r"\bp(?:age )?([0-9]+)"), "ja": re.compile(r"([0-9]+)頁")}
_PAGES = 4  # in a sentence
LANGUAGES = ("en", "ja")
_FIGURE = re.compile(r"(?P<n>[0-9]+(?:\.[0-9]+)?)\s*(?P<unit>%|位)")
_MANY = 20  # names in one sentence


@dataclass(frozen=True)
class Rows:
    """The rows of an answer, asked for cells by the name of their column."""

    answer: Answer

    @cached_property
    def names(self) -> list[str]:
        """The names of the columns."""
        return [column.name for column in self.answer.columns]

    def has(self, row: Row, name: str | None) -> bool:
        """Return whether a row has a value in a column."""
        return name in self.names and row[self.names.index(name or "")] is not None

    def value(self, row: Row, name: str) -> str:
        """Return the bare value of a cell, or an empty string."""
        return str(getattr(row[self.names.index(name)], "value", "")) if name in self.names else ""

    def number(self, row: Row, name: str | None) -> Decimal | None:
        """Return the figure in a column, or None."""
        return Decimal(self.value(row, name)) if name and self.has(row, name) else None

    def column(self, name: str | None) -> Column:
        """Return a column by its name."""
        return next(column for column in self.answer.columns if column.name == name)

    def cell(self, row: Row, name: str, language: str) -> str:
        """Return a cell as people read it, yen in both units."""
        column, term = self.column(name), row[self.names.index(name)]
        if column.unit == "yen" and isinstance(term, ox.Literal) and term.value not in column.values:
            return both_units(int(Decimal(term.value)), language)
        return shown(term, column, self.answer.labels, language)

    def heading(self, name: str | None, language: str) -> str:
        """Return the heading of a column as it stands within a sentence."""
        label = self.column(name).label[language]
        return label[:1].lower() + label[1:] if language == "en" else label

    def name(self, row: Row, language: str) -> str:
        """Return what a row is about."""
        outline = self.answer.outline
        if outline.name == "category":  # a total is named by all three
            parts = [self.cell(row, part, language) for part in ("account", "category", "frame")]
            return (", " if language == "en" else "・").join(parts)
        return text_of(row[self.names.index(outline.name or "")], self.answer.labels, language)

    def short(self, row: Row, language: str, figure: str | None) -> str:
        """Return the name of a row with one figure, or with the amount as printed."""
        said = self.cell(row, figure, language) if figure and self.has(row, figure) else ""
        if said and (self.value(row, "ceiling") == "true" or "内数" in self.value(row, "printed")):
            said = texts()["up-to"][language].format(amount=said)
        if not said:
            said = next((self.value(row, n) for n in ("now", "supplementary") if self.has(row, n)), "")
        name = self.name(row, language)
        return f"{name} {said}".strip() if language == "en" else f"{name}{said}"

    def listed(self, rows: Sequence[Row], language: str, figure: str | None) -> str:
        """Return the names of some rows with a figure each."""
        names = list(dict.fromkeys(self.short(row, language, figure) for row in rows))
        more = len(names) - _MANY
        text = (", " if language == "en" else "、").join(names[:_MANY])
        return text + (texts()["more"][language].format(count=more) if more > 0 else "")

    def lines(self, rows: Sequence[Row], language: str) -> str:
        """Return some rows in words, each whole."""
        return str(texts()["and"][language].join(self.line(row, language) for row in rows))

    def line(self, row: Row, language: str) -> str:
        """Return a row in words: its amount, supplementary money, the year before, and the change."""
        parts = self._change_of_place(row, language) if "yearBefore" in self.names else self._amounts(row, language)
        words = texts()
        where = [self.cell(row, name, language) for name in ("ministry", "source") if self.has(row, name)]
        if "now" in self.names and where:
            parts.append(words["where"][language].format(where=words["comma"][language].join(where)))
        return str(
            words["row"][language].format(name=self.name(row, language), said=words["joined"][language].join(parts))
        )

    def cells(self, row: Row, language: str) -> str:
        """Return the cells of a row in words; of several rows without their places, which a table has."""
        left_out = {"evidence"} if len(self.answer) == 1 else {"evidence", "source", "status"}
        found = [
            shown(cell, column, self.answer.labels, language)
            for column, cell in zip(self.answer.columns, row, strict=True)
            if cell is not None and column.name not in left_out and column.only in (None, language)
        ]
        return (", " if language == "en" else "、").join(dict.fromkeys(c for c in found if c))

    def _change_of_place(self, row: Row, language: str) -> list[str]:
        return [
            texts()["moved"][language].format(
                before=self.value(row, "before"),
                start=self.value(row, "yearBefore"),
                now=self.value(row, "now"),
                end=self.value(row, "year"),
            ),
            self.cell(row, "direction", language) + self._moved(row, language),
        ]

    def _moved(self, row: Row, language: str) -> str:
        """Return by how many places or points a row moved, if both figures are of one kind."""
        before, now = (
            _FIGURE.fullmatch(unicodedata.normalize("NFKC", self.value(row, name))) for name in ("before", "now")
        )
        if not before or not now or before["unit"] != now["unit"] or before["n"] == now["n"]:
            return ""
        by = abs(Decimal(before["n"]) - Decimal(now["n"]))
        return str(texts()["points" if "%" in now["unit"] else "ranks"][language].format(by=by))

    def _amounts(self, row: Row, language: str) -> list[str]:
        words = texts()
        outline, year = self.answer.outline, self.value(row, "fiscalYear")
        parts: list[str] = []
        if "now" in self.names:
            if self.has(row, "now"):
                now = self._printed(row, "now", outline.figure or "", language)
                parts.append(self._in_year(now, year, language))
            if self.has(row, "supplementary"):
                extra = self._printed(row, "supplementary", "supplementaryAmount", language)
                of = self.value(row, "supplementaryYear")
                parts.append(words["supplementary"][language].format(amount=extra, year=of))
            if self.value(row, "isNew") == "true":
                parts.append(words["new"][language])
        elif "foreign" in self.names:
            return self._investment(row, language)
        else:
            now = self.cell(row, outline.figure or "", language) if outline.figure else ""
            if "内数" in self.value(row, "printed"):
                now = self._printed(row, "printed", outline.figure or "", language)
            parts.append(self._in_year(now or self._nothing(row, language), year, language))
        if self.has(row, "before"):
            before = (
                self._printed(row, "before", "amountBefore", language)
                if "now" in self.names
                else self.cell(row, "before", language)
            )
            parts.append(self._in_year(before, str(int(year) - 1), language) if year else before)
        return [*parts, *self._change(row, language)]

    def _nothing(self, row: Row, language: str) -> str:
        """Return that nothing is appropriated, and in which account if it is not of all."""
        words = texts()
        nothing = str(words["nothing"][language])
        if not self.has(row, "account") or self.value(row, "account").endswith("/all-accounts"):
            return nothing
        return str(words["nothing-in"][language].format(nothing=nothing, account=self.cell(row, "account", language)))

    def _investment(self, row: Row, language: str) -> list[str]:
        """Return an investment in words: as printed, in yen, its years and its stage."""
        said = [self.value(row, "printed")]
        if language == "en" and self.has(row, "yen"):
            said.append(self.cell(row, "yen", language))
        start, end, years = (self.value(row, name) for name in ("start", "end", "years"))
        if start or end:
            said.append(texts()["span"][language].format(start=start, end=end))
        if years:
            said.append(texts()["years"][language].format(years=years))
        return [*said, *([self.cell(row, "stage", language)] if self.has(row, "stage") else [])]

    def _printed(self, row: Row, printed: str, amount: str, language: str) -> str:
        """Return an amount as printed, in English also in yen; a ceiling says that it is one."""
        said = self.value(row, printed)
        if printed == "now" and language == "en" and self.has(row, "status"):
            return f"{self.cell(row, 'status', language)} ({said})"
        if language == "ja" or not self.has(row, amount):
            return said
        yen = self.cell(row, amount, language)
        if "内数" in said:
            return str(texts()["up-to"][language].format(amount=yen))
        return str(texts()["about"][language].format(amount=yen)) if said.startswith("約") else yen

    def _in_year(self, amount: str, year: str, language: str) -> str:
        return str(texts()["in-year"][language].format(amount=amount, year=year)) if year else amount

    def _change(self, row: Row, language: str) -> list[str]:
        outline = self.answer.outline
        change = self.number(row, outline.change)
        if change is None or not (self.has(row, "before") or outline.name == "category"):
            return []
        if not change and not self.column(outline.change).values:
            return [texts()["unchanged"][language]]
        said = self.cell(row, outline.change or "", language)
        said = f"+{said}" if change > 0 else said
        rate = f", {self.cell(row, outline.rate or '', language)}" if self.has(row, outline.rate) else ""
        times = self._times(row, language)
        return [said + rate + times]

    def _times(self, row: Row, language: str) -> str:
        """Return how many times the year before it is, where it has more than doubled."""
        rate = self.number(row, self.answer.outline.rate)
        if rate is None or rate <= 100:
            return ""
        return str(texts()["times"][language].format(times=f"{1 + rate / 100:.1f}"))


def texts() -> Any:
    """Return the texts that answers are put into, by key and language."""
    return read_texts("asking")["finish"]


def say(answer: Answer, key: str, **values: Callable[[str], str] | str | int) -> Answer:
    """Return the answer with a sentence from the texts, filled in for each language."""
    said: Text = {}
    for language in LANGUAGES:
        filled = {name: value(language) if callable(value) else value for name, value in values.items()}
        said[language] = texts()[key][language].format(**filled)
    return replace(answer, sentence=said)


def with_pages(answer: Answer) -> Answer:
    """Return the answer with a sentence that names the few pages that its rows stand on."""
    rows, said = Rows(answer), {}
    for language in LANGUAGES:
        places = [rows.cell(row, name, language) for row in answer.rows for name in rows.names if name == "source"]
        pages = list(dict.fromkeys(number for place in places for number in _PAGE[language].findall(place)))
        known = set(_PAGE[language].findall(answer.sentence[language])) >= {*pages}
        listed = ("・" if language == "ja" else ", ").join(pages)
        shows = 0 < len(pages) <= _PAGES and not known
        said[language] = answer.sentence[language] + (texts()["pages"][language].format(pages=listed) if shows else "")
    return replace(answer, sentence=said)


def distinct(answer: Answer) -> list[tuple[Term | None, ...]]:
    """Return the rows without those that say the same amounts of the same entity again."""
    rows = Rows(answer)
    keys = [n for n in (answer.outline.name, "now", "supplementary", answer.outline.figure) if n in rows.names]
    seen: dict[tuple[str, ...], tuple[Term | None, ...]] = {}
    for row in answer.rows:
        seen.setdefault(tuple(rows.value(row, key) for key in keys if key), row)
    return list(seen.values())
