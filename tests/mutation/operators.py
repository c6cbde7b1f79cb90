"""Typical keying errors, one at a time, for every cell of the fact tables; what a column holds is told by the schema."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache

from kg import terms
from kg.tables.cells import CellError, parse_line_ranges
from kg.tables.heads import read_column
from kg.tables.rows import FactRow, FactTable
from kg.tables.schema import Schema

Place = tuple[str, int]

# Kinds of column.
AMOUNT, NUMBER, COUNT, PRECISION, TEXT = "amount", "number", "year or count", "precision", "text"
TRUTH, IDENTIFIER = "truth", "identifier"
CODE, REFERENCE, LABEL, PROSE, DATE, ADDRESS = "code", "reference", "label", "prose", "date", "address"
ID, TYPE, PAGE, LINES = "id", "type", "page", "lines"

# Kinds of error.
DIGIT, SWAP, DROP, SIGN, UNIT = "digit", "digits swapped", "digit dropped", "sign lost", "unit wrong by ten"
MISREAD, NEIGHBOUR, BLANK, WRONG_TYPE = "misread", "neighbour's value", "left blank", "wrong type"
WRONG_CODE, OTHER, NOTHING, LANGUAGE = "wrong code", "another thing", "nothing there", "language swapped"
DOUBLED, TWICE, LOST = "row doubled", "row keyed twice", "row left out"
KINDS = (DIGIT, SWAP, DROP, SIGN, UNIT, MISREAD, NEIGHBOUR, BLANK, WRONG_TYPE, WRONG_CODE, OTHER, NOTHING, LANGUAGE,
         DOUBLED, TWICE, LOST)  # fmt: skip

FIGURES = frozenset({AMOUNT, NUMBER, TEXT})  # what is printed as it is keyed
_DIGITED = FIGURES | {COUNT, PRECISION, IDENTIFIER, DATE, PAGE, LINES}
_NUMBER = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?")


@dataclass(frozen=True)
class Edit:
    """One row as it is after the error: changed, left out (`cells` is None) or added below the others."""

    place: Place
    cells: tuple[tuple[str, str], ...] | None
    added: bool = False


@dataclass(frozen=True)
class Mutant:
    """One keying error: its kind, the cell and what its column holds, the cell before and after, and the rows it makes."""

    error: str
    file: str
    line: int
    column: str
    holds: str
    before: str
    after: str
    edits: tuple[Edit, ...]

    @property
    def name(self) -> str:
        """What was done, for people."""
        return f"{self.file}:{self.line} {self.column}: {self.before} → {self.after} ({self.error})"


class Tables:
    """The fact tables, and what the operators have to know of all of them."""

    def __init__(self, tables: list[FactTable], schema: Schema) -> None:
        self.schema = schema
        self.tables = tables
        self.columns = {t.file: {c.name: c for c in t.columns} for t in tables}
        self.of_file = {t.file: list(t.rows()) for t in tables}
        self.rows = {r.place: r for rows in self.of_file.values() for r in rows}
        self._at = {r.place: i for rows in self.of_file.values() for i, r in enumerate(rows)}

    @cached_property
    def ids(self) -> dict[str, str]:
        """Every id of the tables with its class."""
        return {r.cells["id"]: terms.IS + r.cells["type"] if "type" in r.cells else r.cls for r in self.rows.values()}

    @cached_property
    def reading(self) -> dict[tuple[str, int], list[FactRow]]:
        """The rows that cite each line of each document."""
        found: dict[tuple[str, int], list[FactRow]] = defaultdict(list)
        for row in self.rows.values():
            for line in _lines(row):
                found[row.folder, line].append(row)
        return found

    def neighbour(self, row: FactRow, column: str) -> str | None:
        """Return the value of the nearest row, the one below first, that has another one there."""
        rows, at = self.of_file[row.file], self._at[row.file, row.line]
        for distance in range(1, len(rows)):
            for i in (at + distance, at - distance):
                if 0 <= i < len(rows) and (value := rows[i].cells.get(column)) and value != row.cells[column]:
                    return value
        return None

    @lru_cache  # noqa: B019 — the tables live as long as the run
    def holds(self, file: str, column: str) -> str:
        """Return what a column holds, by the property that it names."""
        if column in {"id", "type", "page", "lines"}:
            return column
        read = self.columns[file].get(column) or read_column(column, self.schema)
        assert read, f"{file}: {column} is no column"
        prop = read.prop
        if prop.kind == "object":
            return CODE if prop.range and self.codes(prop.range) else REFERENCE
        if prop.kind == "annotation":
            if read.language:
                names = {terms.SKOS + name for name in ("prefLabel", "altLabel", "hiddenLabel")}
                return LABEL if prop.iri in names else PROSE
            return DATE if prop.iri == terms.DCTERMS + "issued" else ADDRESS
        if prop.in_yen:
            return PRECISION if prop.iri == terms.IS + "roundingUnit" else AMOUNT
        datatype = terms.local_name(prop.range or "string")
        by_type = {"integer": COUNT, "decimal": NUMBER, "boolean": TRUTH, "anyURI": ADDRESS, "date": DATE}
        return by_type.get(datatype, IDENTIFIER if prop.exact_match_template else TEXT)

    @lru_cache  # noqa: B019
    def codes(self, target: str) -> list[str]:
        """Return the notations of the code lists that a range takes."""
        return sorted(n for c, codes in self.schema.codes.items() if self.schema.descends(c, target) for n in codes)

    @lru_cache  # noqa: B019
    def things(self, target: str | None) -> list[str]:
        """Return the ids of all rows that a range takes."""
        return sorted(s for s, c in self.ids.items() if target is None or self.schema.descends(c, target))


def _lines(row: FactRow) -> list[int]:
    try:
        spans = parse_line_ranges(row.cells["lines"]) if "lines" in row.cells else []
    except CellError:
        return []
    return [n for first, last in spans for n in range(first, last + 1)]


def mutants(tables: Tables, seed: int) -> Iterator[Mutant]:
    """Give every error of every cell and row, in table order; where in the cell it strikes is drawn from the seed."""
    for table in tables.tables:
        for row in tables.of_file[table.file]:
            chance = random.Random(f"{seed} {row.file} {row.cells['id']}")
            for column in row.cells:
                yield from _of_cell(tables, row, column, chance)
            yield from _of_row(row)


def _edited(row: FactRow, column: str, text: str) -> Edit:
    cells = {**row.cells, column: text}
    return Edit((row.file, row.line), tuple((c, v) for c, v in cells.items() if v))


def _of_cell(tables: Tables, row: FactRow, column: str, chance: random.Random) -> Iterator[Mutant]:
    text, holds = row.cells[column], tables.holds(row.file, column)

    def made(error: str, after: str, *more: Edit) -> Iterator[Mutant]:
        if after != text:
            edits = (_edited(row, column, after), *more)
            yield Mutant(error, row.file, row.line, column, holds, text, after, edits)

    if holds in _DIGITED and re.search("[0-9]", text):
        for error, change in ((DIGIT, _digit), (SWAP, _swap), (DROP, _drop), (UNIT, _ten)):
            if error != UNIT or holds in {AMOUNT, NUMBER, PRECISION}:
                yield from made(error, change(text, chance))
        yield from made(SIGN, re.sub("[-−▲△]", "", text, count=1)) if holds in FIGURES else ()
    if holds in FIGURES:
        yield from _misread(tables, row, column, chance)
    if holds in {AMOUNT, NUMBER, COUNT, PRECISION, TRUTH, DATE, PAGE, LINES, ADDRESS}:
        yield from made(WRONG_TYPE, "x" + text.replace("0", "O"))
    if holds == ID:
        yield from made(WRONG_TYPE, text.replace("-", "_") if "-" in text else text + "_")
    if holds == TRUTH:
        yield from made(WRONG_CODE, "false" if text == "true" else "true")
    if holds in {CODE, REFERENCE, TYPE}:
        yield from _references(tables, row, column, holds, chance)
    if holds in {LABEL, PROSE} and (other := row.cells.get(_in_other_language(column))):
        if other != text and column.endswith("@ja"):
            swapped = {**row.cells, column: other, _in_other_language(column): text}
            edit = Edit((row.file, row.line), tuple(swapped.items()))
            yield Mutant(LANGUAGE, row.file, row.line, column, holds, text, other, (edit,))
        yield from made(LANGUAGE, other)
    if holds not in {PROSE, ADDRESS} and (near := tables.neighbour(row, column)):
        yield from made(NEIGHBOUR, near)
    yield from made(BLANK, "")


def _of_row(row: FactRow) -> Iterator[Mutant]:
    def made(error: str, after: str, edit: Edit) -> Mutant:
        return Mutant(error, row.file, row.line, "id", "row", row.cells["id"], after, (edit,))

    again = {**row.cells, "id": row.cells["id"] + "-2"}
    below = (row.file, row.line + 10**6)
    yield made(DOUBLED, row.cells["id"], Edit(below, tuple(row.cells.items()), added=True))
    yield made(TWICE, again["id"], Edit(below, tuple(again.items()), added=True))
    yield made(LOST, "", Edit((row.file, row.line), None))


def _in_other_language(column: str) -> str:
    base, _, language = column.partition("@")
    return f"{base}@{'en' if language == 'ja' else 'ja'}"


def _positions(text: str) -> list[int]:
    return [i for i, c in enumerate(text) if c in "0123456789"]


def _digit(text: str, chance: random.Random) -> str:
    at = chance.choice(_positions(text))
    return text[:at] + chance.choice([d for d in "0123456789" if d != text[at]]) + text[at + 1 :]


def _swap(text: str, chance: random.Random) -> str:
    pairs = [i for i in _positions(text)[:-1] if text[i + 1] in "0123456789" and text[i] != text[i + 1]]
    if not pairs:
        return text
    at = chance.choice(pairs)
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def _drop(text: str, chance: random.Random) -> str:
    at = chance.choice(_positions(text))
    return text[:at] + text[at + 1 :]


def _ten(text: str, chance: random.Random) -> str:
    """Ten times as much, or a tenth where the number allows it."""
    whole = _NUMBER.search(text)
    number = whole[0] if whole else ""
    if number.partition(".")[2]:
        return text.replace(".", "", 1) if len(number.partition(".")[2]) == 1 else text
    tenth = number.endswith("0") and len(number) > 1 and chance.random() < 0.5
    return text.replace(number, number[:-1] if tenth else number + "0", 1)


def _references(tables: Tables, row: FactRow, column: str, holds: str, chance: random.Random) -> Iterator[Mutant]:
    """Of one of the values in the cell: another of its list or class, one that there is not."""
    text = row.cells[column]
    parts = text.split("|")
    at = chance.randrange(len(parts))
    own = parts[at].strip()
    if holds == TYPE:
        among = sorted(terms.local_name(c) for c in tables.schema.classes if tables.schema.descends(c, row.cls))
    else:
        prop = tables.columns[row.file][column].prop
        cls = tables.ids.get(own) if prop.range is None else prop.range
        among = tables.codes(prop.range or "") if holds == CODE else tables.things(cls)
    others = [o for o in among if o not in [p.strip() for p in parts]]

    def made(error: str, part: str) -> Mutant:
        after = "|".join([*parts[:at], part, *parts[at + 1 :]])
        return Mutant(error, row.file, row.line, column, holds, text, after, (_edited(row, column, after),))

    if others and own in among:
        yield made(OTHER if holds == REFERENCE else WRONG_CODE, chance.choice(others))
    places = [i for i, c in enumerate(own) if c.isalpha()]
    slip = chance.choice(places or [0])
    wrong = own[:slip] + own[slip + 1 :] if len(own) > 1 else own + "x"
    while wrong in among or wrong in tables.ids:
        wrong += "x"
    yield made(NOTHING, wrong)


def _misread(tables: Tables, row: FactRow, column: str, chance: random.Random) -> Iterator[Mutant]:
    """A number of the source read wrongly: every cell that is keyed from it is wrong alike.

    A row that holds it twice, as figure and as printed, is read by itself; else all rows read from its lines go along.
    """
    whole = _NUMBER.search(row.cells[column])
    if whole is None or not _lines(row):
        return
    old, new = Decimal(whole[0].replace(",", "")), Decimal(_digit(whole[0], chance).replace(",", ""))

    def reread(text: str) -> str:
        return _NUMBER.sub(lambda m: _printed_like(new, m[0]) if Decimal(m[0].replace(",", "")) == old else m[0], text)

    def edit(other: FactRow) -> Edit | None:
        figures = {c: reread(v) for c, v in other.cells.items() if tables.holds(other.file, c) in FIGURES}
        cells = other.cells | figures
        return Edit((other.file, other.line), tuple(cells.items())) if cells != other.cells else None

    first = edit(row)
    if first is None:
        return
    alike = sum(dict(first.cells or ())[c] != v for c, v in row.cells.items())
    beside = [other for line in _lines(row) for other in tables.reading[row.folder, line]] if alike == 1 else []
    more = {e.place: e for other in beside if (e := edit(other)) and e.place != first.place}
    after, holds = reread(row.cells[column]), tables.holds(row.file, column)
    yield Mutant(MISREAD, row.file, row.line, column, holds, row.cells[column], after, (first, *more.values()))


def _printed_like(number: Decimal, model: str) -> str:
    """Return the number with separators and decimal places as the model has them."""
    places = max(len(model.partition(".")[2]), len(str(number).partition(".")[2].rstrip("0")))
    return f"{number:,.{places}f}" if "," in model else f"{number:.{places}f}"
