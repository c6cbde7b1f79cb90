"""An answer as a table on a terminal: the headline first, as many columns as fit, words whole, notes below."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Any

from kg.paths import read_texts
from kg.questions.answer import Answer, Column, Outline
from kg.questions.formats.sheet import Row, Sheet, sheet
from kg.questions.formats.style import Style, writer
from kg.questions.terminal import NO_BREAK, columns_of, fitted, floor_of, wrap_columns
from kg.terms import agreeing

_USUAL = 80  # columns of a terminal, for which the columns of a table are chosen
_MOST = 5  # columns, without the numbers of notes
_SPARED = ("link", "lines", "panel", "phase", "evidence")  # shown last where there is no room for all
_NUMBER = re.compile(r"[−-]?[0-9][0-9,.]*|")
_PAGE = re.compile(r"\bpage ([0-9]+), lines? ")


@dataclass(frozen=True)
class Part:
    """The columns of a table that are shown, by place, and the names of the others."""

    places: tuple[int, ...]
    left_out: tuple[str, ...]
    same: tuple[str, ...]


@writer("table")
def table(answer: Answer, language: str, style: Style) -> str:
    """Return the sentence, an aligned table with its total and numbered notes, and the notes of the answer."""
    texts = read_texts("questions")["table"]
    bold, plain = ("\x1b[1m", "\x1b[0m") if style.colour else ("", "")
    whole = short_sources(sheet(answer, language, style), language)
    out = [f"{bold}{line}{plain}" for line in wrap_columns(whole.sentence, style.columns)]
    out += _bullets(whole.above, "* ", style)
    if whole.rows:
        part = shown_part(whole, answer.outline, style)
        shown = _Shown(whole, part, style)
        lines = list(shown.lines() if part.places else shown.blocks())
        out += ["", *(f"{bold}{line}{plain}" if strong else line for line, strong in lines)]
        under = [texts["same"][language].format(values=texts["between"][language].join(part.same))] if part.same else []
        if part.left_out:
            under.append(texts["hidden"][language].format(names=texts["listed"][language].join(part.left_out)))
        notes = [line for i, note in enumerate(whole.footnotes, 1) for line in _bullets([note], f"{i} ", style)]
        if notes or under:
            out += ["", *notes, *(line for text in under for line in wrap_columns(text, style.columns))]
    below = _bullets(whole.below, "* ", style) + _readings(whole, language, style, texts)
    return "\n".join([*out, *(["", *below] if below else [])]).replace(NO_BREAK, " ") + "\n"


def _readings(whole: Sheet, language: str, style: Style, texts: Any) -> list[str]:
    """Return the open readings in full, or one line that counts them."""
    if not whole.readings or style.notes:
        return _bullets(whole.readings, "* ", style)
    count = len(whole.readings)
    return wrap_columns(agreeing(texts["readings"][language], count).format(count=count), style.columns)


def _bullets(notes: Sequence[str], mark: str, style: Style) -> list[str]:
    parts = [wrap_columns(note, style.columns - len(mark)) for note in notes]
    return [(" " * len(mark) if n else mark) + line for part in parts for n, line in enumerate(part)]


def short_sources(whole: Sheet, language: str) -> Sheet:
    """Return the sheet with page and line of the document in short: p4 l279."""
    if language != "en":
        return whole

    def short(texts: Sequence[str]) -> tuple[str, ...]:
        return tuple(_PAGE.sub(rf"p\1{NO_BREAK}l", text) for text in texts)

    return replace(
        whole,
        sections=tuple((t, tuple(replace(row, texts=short(row.texts)) for row in rows)) for t, rows in whole.sections),
        footnotes=short(whole.footnotes),
        sentence=short([whole.sentence])[0],
        above=short(whole.above),
        below=short(whole.below),
        readings=short(whole.readings),
    )


def shown_part(whole: Sheet, outline: Outline, style: Style) -> Part:
    """Return the columns to show: all where they are asked for and fit, otherwise the most important ones that fit.

    A column that says the same in every row is said once, below. A wider terminal has more room for the same columns.
    """
    columns, rows = whole.columns, whole.rows
    every = tuple(range(len(columns)))
    if style.wide:
        return Part(every if _fits(whole, every, style) else (), (), ())
    style = replace(style, columns=min(style.columns, _USUAL))
    kept_apart = {outline.name, outline.figure, outline.change, "lower", "upper"}
    same = [
        i
        for i in every
        if len(rows) > 1 and columns[i].name not in kept_apart and len({row.texts[i] for row in rows}) == 1
    ]
    order = sorted((i for i in every if i not in same), key=lambda i: (_rank(columns[i], outline), i))
    taken: list[int] = []
    for i in order:
        few = columns[i].footnote or sum(not columns[j].footnote for j in taken) < _MOST
        if few and (not taken or _fits(whole, sorted([*taken, i]), style)):
            taken.append(i)
    taken = _distinct(whole, order, taken, outline, style)
    said = tuple(f"{whole.heads[i]} {rows[0].texts[i]}".strip() for i in same if rows[0].texts[i])
    left = tuple(whole.heads[i] for i in every if i not in taken and i not in same)
    return Part(tuple(sorted(taken)) if _fits(whole, sorted(taken), style) else (), left, said)


def _distinct(whole: Sheet, order: list[int], taken: list[int], outline: Outline, style: Style) -> list[int]:
    """Return the columns with one of the less important exchanged, if rows that differ look more alike without."""
    fixed = [i for i in taken if _rank(whole.columns[i], outline) < 2 or whole.columns[i].footnote]
    alike, best = _alike(whole, taken), taken
    for i in order if alike else ():
        for other in taken:
            changed = [j for j in taken if j != other] + [i]
            if i in taken or other in fixed or not _fits(whole, sorted(changed), style):
                continue
            if (count := _alike(whole, changed)) < alike:
                alike, best = count, changed
    return best


def _alike(whole: Sheet, places: Sequence[int]) -> int:
    """Return how many rows look like another in these columns."""
    return len(whole.rows) - len({tuple(row.texts[i] for i in places) for row in whole.rows})


def _rank(column: Column, outline: Outline) -> int:
    """Return the place of a column among those that compete for room: names, figures, sources, then the others."""
    if column.name == outline.name or column.name in outline.shown:
        return 0
    if column.name in {outline.figure, outline.change, outline.rate, "lower", "upper"}:
        return 1
    if column.footnote or column.name in {"source", "fiscalYear"}:
        return 2
    return 4 + _SPARED.index(column.name) if column.name in _SPARED else 3


def _fits(whole: Sheet, places: Sequence[int], style: Style) -> bool:
    floors = [_floor(whole, i, indented=i == min(places)) for i in places]
    return sum(floors) + 2 * (len(floors) - 1) <= style.columns


def _texts(whole: Sheet, place: int) -> list[str]:
    total = [whole.total[place]] if whole.total else []
    return [whole.heads[place], *(row.texts[place] for row in whole.rows), *total]


def _floor(whole: Sheet, place: int, *, indented: bool) -> int:
    texts, whole_amounts = _texts(whole, place), whole.columns[place].unit is not None
    head = floor_of(texts[:1], whole=False)
    return max(head, floor_of(texts[1:], whole=whole_amounts)) + (2 if indented and len(whole.sections) > 1 else 0)


class _Shown:
    """The lines of a table, each with whether it stands out."""

    def __init__(self, whole: Sheet, part: Part, style: Style) -> None:
        self._whole, self._part, self._style = whole, part, style
        self._indent = "  " if len(whole.sections) > 1 else ""
        self._right = [
            c.unit is not None or all(_NUMBER.fullmatch(row.texts[i]) for row in whole.rows)
            for i, c in enumerate(whole.columns)
        ]

    def lines(self) -> Iterator[tuple[str, bool]]:
        """Yield the lines of an aligned table."""
        whole, places = self._whole, self._part.places
        extra = [len(self._indent) if n == 0 else 0 for n in range(len(places))]
        floors = [_floor(whole, i, indented=n == 0) for n, i in enumerate(places)]
        natural = [max(map(columns_of, _texts(whole, i))) + more for i, more in zip(places, extra, strict=True)]
        floors = [min(n, f) for n, f in zip(natural, floors, strict=True)]
        widths = fitted(natural, floors, self._style.columns)
        for line in self._cells(whole.heads, widths, ""):
            yield line, True
        yield "  ".join("-" * width for width in widths), False
        for title, rows in whole.sections:
            if title:
                yield title, True
            for row in rows:
                for line in self._cells(row.texts, widths, self._indent):
                    yield line, False
        if whole.total:
            yield "  ".join("-" * width for width in widths), False
            for line in self._cells(whole.total, widths, ""):
                yield line, True

    def _cells(self, texts: Sequence[str], widths: Sequence[int], indent: str) -> Iterator[str]:
        right = [self._right[i] for i in self._part.places]
        cells = []
        for n, (i, width) in enumerate(zip(self._part.places, widths, strict=True)):
            more = indent if n == 0 else ""
            cells.append([more + line for line in wrap_columns(texts[i], width - len(more))])
        for parts in zip_longest(*cells, fillvalue=""):
            padded = [_padded(t, w, right=r) for t, w, r in zip(parts, widths, right, strict=True)]
            yield "  ".join(padded).rstrip()

    def blocks(self) -> Iterator[tuple[str, bool]]:
        """Yield each row as a block of lines, one for each column, where they do not fit side by side."""
        whole = self._whole
        margin = max(map(columns_of, whole.heads)) + 2
        total = [("", (Row(whole.total, ()),))] if whole.total else []
        for n, (title, row) in enumerate((t, r) for t, rows in [*whole.sections, *total] for r in rows):
            if n:
                yield "", False
            if title and row is dict(whole.sections)[title][0]:
                yield title, True
            for head, text in zip(whole.heads, row.texts, strict=True):
                if text:
                    first, *others = wrap_columns(text, max(self._style.columns - margin, 20))
                    yield _padded(head, margin) + first, False
                    yield from ((" " * margin + line, False) for line in others)


def _padded(text: str, width: int, *, right: bool = False) -> str:
    space = " " * (width - columns_of(text))
    return space + text if right else text + space
