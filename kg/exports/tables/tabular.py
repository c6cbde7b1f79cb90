"""Tables before they become CSV or a spreadsheet: typed columns, cells with several values, keys."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from kg import terms
from kg.errors import DataError

Kind = Literal["text", "id", "iri", "integer", "yen", "decimal", "boolean", "date"]
Text = Mapping[str, str]
Cell = tuple[str, ...]
SEPARATORS = ("|", "¦", "␞", "\x1f")
THINGS = "things"
# Characters that start a formula in a spreadsheet (OWASP, "CSV Injection"), including full-width forms.
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")


@dataclass(frozen=True)
class Field:
    """One column: its name, headings by language, kind of values and RDF property.

    Values of the kind `id` are the part after `…/id/` of the dataset's own IRIs; `yen` is a whole number of yen.
    `separator` separates the values in a cell; None means that a cell has at most one value.
    """

    name: str
    titles: Text
    kind: Kind = "text"
    property: str | None = None
    language: str | None = None
    separator: str | None = None
    note: Text = field(default_factory=dict)


@dataclass(frozen=True)
class Foreign:
    """A column of ids that refer to the first column of another table."""

    column: str
    table: str


@dataclass(frozen=True)
class Sheet:
    """One table: rows of cells, each a tuple of values in canonical form; an empty tuple means unknown.

    `key` names the columns that identify a row, `cls` the class of the entities in the rows. `about` is the URI
    template that gives the IRI of a row's entity, or None if the rows are not entities.
    """

    name: str
    titles: Text
    columns: tuple[Field, ...]
    rows: tuple[tuple[Cell, ...], ...]
    key: tuple[str, ...]
    about: str | None = None
    cls: str | None = None
    foreign: tuple[Foreign, ...] = ()
    note: Text = field(default_factory=dict)

    def values(self, name: str) -> list[Cell]:
        """Return the cells of one column."""
        place = [column.name for column in self.columns].index(name)
        return [row[place] for row in self.rows]


def short_id(iri: str) -> str:
    """Return the part after `…/id/` of the dataset's own IRIs; other IRIs are returned unchanged.

    >>> short_id("https://w3id.org/innovation-strategy/id/institution/riken")
    'institution/riken'
    """
    return iri.removeprefix(terms.ID)


def make_table(
    name: str,
    titles: Text,
    columns: Sequence[Field],
    rows: Iterable[Mapping[str, str | Sequence[str] | None]],
    *,
    key: Sequence[str] = ("id",),
    about: str | None = None,
    cls: str | None = None,
    note: Text | None = None,
) -> Sheet:
    """Return a table from rows by column name, in the same order, with a separator for each column.

    Raises DataError if every possible separator occurs in a column.
    """
    cells = [tuple(_cell(row.get(column.name)) for column in columns) for row in rows]
    fitted = [
        replace(column, separator=_separator(f"{name}: {column.name}", values))
        if column.separator is not None or any(len(value) > 1 for value in values)
        else column
        for column, values in zip(columns, _turned(cells, len(columns)), strict=True)
    ]
    return Sheet(name, titles, tuple(fitted), tuple(cells), tuple(key), about, cls, (), note or {})


def _turned(cells: Sequence[tuple[Cell, ...]], width: int) -> list[list[Cell]]:
    return [[row[place] for row in cells] for place in range(width)]


def _cell(given: str | Sequence[str] | None) -> Cell:
    if given is None:
        return ()
    return tuple(v for v in ((given,) if isinstance(given, str) else given) if v != "")


def _separator(where: str, values: Iterable[Cell]) -> str:
    texts = [text for cell in values for text in cell]
    for separator in SEPARATORS:
        if not any(separator in text for text in texts):
            return separator
    raise DataError(f"{where}: no separator is left that its texts do not hold")


def link(tables: Sequence[Sheet]) -> tuple[Sheet, ...]:
    """Return the tables with their foreign keys.

    A column of ids without empty cells refers to the one table that has them all, or else to the table of all entities.
    A column with several values has no foreign key: CSV on the Web cannot express it.
    """
    members = {t.name: {c[0] for c in t.values("id") if c} for t in tables if t.cls and t.key == ("id",)}
    every = {c[0] for t in tables if t.name == THINGS for c in t.values("id")}

    def target(table: Sheet, column: Field) -> str | None:
        cells = table.values(column.name)
        if column.kind != "id" or column.separator or not cells or not all(cells):
            return None
        ids = {cell[0] for cell in cells}
        own = table.name if column.name == "id" else ""
        found = next((name for name, has in sorted(members.items()) if ids <= has and name != own), None)
        return found or (THINGS if ids <= every and table.name != THINGS else None)

    def keys(table: Sheet) -> tuple[Foreign, ...]:
        found = [(column.name, target(table, column)) for column in table.columns]
        return tuple(Foreign(column, name) for column, name in found if name)

    return tuple(replace(table, foreign=keys(table)) for table in tables)


def neutral(text: str) -> str:
    """Return a text that no spreadsheet reads as a formula, with `'` in front if necessary; a number stays a number.

    A text that already begins with `'` before such a character gets another one, so that removing one restores the
    text.

    >>> neutral("=1+1"), neutral("'-"), neutral("a=b"), neutral("-3.0")
    ("'=1+1", "''-", 'a=b', '-3.0')
    """
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text


def is_formula(text: str) -> bool:
    """Return whether a spreadsheet may read a text as a formula."""
    return bool(_FORMULA.match(text))
