"""`strategy`: a strategy as an outline of parts, themes, measures and programmes, highlighting those with money."""

from collections.abc import Sequence
from dataclasses import replace

from kg import terms
from kg.funding import scope
from kg.funding.scope import Money
from kg.money.interval import say
from kg.money.working import Working
from kg.pictures.canvas.outline import OutlineLine, lay_out_outline
from kg.pictures.canvas.svg import SOFT, Behind, DataTable, Label, Mark, Scene, Shape, shape
from kg.pictures.canvas.text import width, wrap
from kg.pictures.canvas.words import read_words
from kg.pictures.figures import UNITS, behind, figure
from kg.pictures.kinds.strategy.data import LEAVES, Element, Strategy, read, views
from kg.pictures.sources import in_documents, say_pages

__all__ = ["OPTIONS", "SUMMARY", "name", "read", "scene", "views"]
SUMMARY = {"en": "A strategy, its parts and measures, and the money behind them", "ja": "戦略の部・施策とその予算"}
OPTIONS = ("part", "fiscal_year", "phase", "evidence", "domain")
WIDTH, TOP = 1400.0, 96.0
FULL = "#123f66"
word = read_words("strategy")


def name(data: Strategy, lang: str) -> str:
    """Return the name of the view, which is that of the strategy."""
    return data.names.full(data.strategy, lang)


def scene(data: Strategy, lang: str) -> Scene:
    """Return the outline as a scene 1400 pixels wide, in two columns if it is long."""
    outline = [_line(data, element, lang) for element in data.elements]
    marks, lowest = lay_out_outline(outline, 1 if len(outline) < 32 else 2, top=TOP, full=WIDTH)
    source = say_pages(data.pages, data.names, lang)
    notes = [source, word("note", lang)] + ([word("others", lang, count=data.left_out)] if data.left_out else [])
    lines = tuple(line for note in notes for line in wrap(note, WIDTH - 40, 11.5))
    rows = [row for element in data.elements if element.working for row in element.working.rows]
    return Scene(
        width=WIDTH,
        height=lowest + 34 + 15 * len(lines),
        lang=lang,
        title=_title(data, lang),
        description=f"{word('note', lang)} {source}",
        items=(*_frame(data, lang), *marks, Label(20, lowest + 28, lines, 11.5, fill=SOFT)),
        table=_table(data, lang),
        lines=data.money.lines(lang, rows),
    )


def _title(data: Strategy, lang: str) -> str:
    choice = replace(data.choice, fiscal_year=_year(data))
    period = scope.period(choice, data.names, lang)
    title = word("title", lang, name=data.names.full(data.strategy, lang), period=period)
    return title + in_documents(data.pages, data.names, lang)


def _year(data: Strategy) -> str:
    term = data.money.answer.arguments.get("fiscalYear")
    return str(getattr(term, "value", scope.ANY))


def _frame(data: Strategy, lang: str) -> list[Shape | Label | Mark]:
    unit = word("unit", lang, unit=UNITS[lang])
    items: list[Shape | Label | Mark] = [
        Label(20, 34, (_title(data, lang),), 20, bold=True),
        Label(20, 60, (unit,), 12.5, fill=SOFT),
    ]
    x = 20 + width(unit, 12.5) + 22
    for name, kind, full in (
        ("part", "StrategyPart", True),
        ("theme", "Theme", True),
        ("measure", "Measure", True),
        ("programme", "Programme", True),
    ):
        items += _symbol(kind, x + 6, 56, full=full)
        items.append(Label(x + 18, 60, (word(name, lang),), 12.5, fill=SOFT))
        x += 18 + width(word(name, lang), 12.5) + 20
    for name, full in (("money", True), ("bare", False)):
        items += _symbol("Measure", x + 6, 56, full=full)
        items.append(Label(x + 18, 60, (word(name, lang),), 12.5, fill=SOFT))
        x += 18 + width(word(name, lang), 12.5) + 20
    return items


def _symbol(kind: str, x: float, y: float, *, full: bool) -> list[Shape]:
    paint = {"fill": FULL if full else "#ffffff", "stroke": FULL, "stroke_width": "1.5"}
    if kind in {"Measure", "Direction"}:
        return [shape("circle", cx=x, cy=y, r=5, **paint)]
    if kind == "Theme":
        return [shape("rect", x=x - 6, y=y - 5, width=12, height=10, rx=4, **paint)]
    if kind == "Programme":
        return [shape("path", d=f"M{x:.1f} {y - 6:.1f}l6 6l-6 6l-6 -6Z", **paint)]
    return [shape("rect", x=x - 6, y=y - 6, width=12, height=12, **paint)]


def said_of(money: Money, working: Working | None, lang: str, *, funded: bool) -> tuple[str, str, tuple[Behind, ...]]:
    """Return the description of an element, its figure, and the lines behind it."""
    if working is None:
        return word("inside" if funded else "none", lang), "", ()
    return say(working.total, lang), figure(working.total, lang), behind(money.again(working.rows, lang))


def _line(data: Strategy, element: Element, lang: str) -> OutlineLine:
    said, tail, lines = said_of(data.money, element.working, lang, funded=element.funded)
    path = path_of(element)
    text = data.names.full(element.iri, lang)
    bold = element.kind not in LEAVES
    return OutlineLine(
        key=key_of(path),
        above=tuple(key_of(path[: i + 1]) for i in range(1, len(element.path))),
        text=text,
        says=f"{text}: {said}",
        sign=lambda x, y: _symbol(element.kind, x, y, full=element.funded),
        tail=tail,
        bold=bold,
        faint=not (element.funded or bold),
        behind=lines,
        name=text,
    )


def path_of(element: Element) -> tuple[str, ...]:
    """Return an element with its ancestors, outermost first."""
    return (*element.path, element.iri)


def key_of(path: Sequence[str]) -> str:
    """Return the key of an element's mark."""
    return "e:" + "/".join(terms.local_name(iri) for iri in path[-2:])


def _table(data: Strategy, lang: str) -> DataTable:
    heads = word.table(lang)
    rows: list[tuple[str | int | None, ...]] = []
    for element in data.elements:
        total = element.working.total if element.working else None
        rows.append(
            (
                len(element.path),
                word.heads[element.kind][lang],
                data.names.full(element.iri, lang),
                data.names.full(element.path[-1], lang),
                *((total.lower, total.upper, total.open_count) if total else (None, None, None)),
                data.names.full(element.source, lang) if element.source else None,
            )
        )
    return DataTable(heads, tuple(rows), tuple(key_of(path_of(element)) for element in data.elements), 4)
