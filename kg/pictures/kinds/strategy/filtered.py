"""A strategy under a filter: every element remains, those without money are hollow."""

from kg.funding.scope import Ask, Money
from kg.pictures.canvas.svg import Mark, Shape
from kg.pictures.kinds.strategy.data import Strategy, rows_by_part, worth
from kg.pictures.kinds.strategy.layout import FULL, key_of, path_of, said_of, scene
from kg.pictures.page.filters import WHOLE, Filter, Shown, show_filtered


def narrow(data: Strategy, money: Money, _chosen: Filter, _ask: Ask, lang: str) -> dict[str, Shown]:
    """Return the elements for the money that passes a filter."""
    rows_of = rows_by_part(money)
    marks = {item.key: item for item in scene(data, lang).items if isinstance(item, Mark)}
    found = {WHOLE: show_filtered(money, money.again(rows_of.get(data.strategy, [])), lang)}
    for element in data.elements:
        working, funded = worth(money, rows_of, element.iri, element.kind, element.path)
        said, tail, lines = said_of(money, working, lang, funded=funded)
        mark = marks[key_of(path_of(element))]
        shapes = _painted(mark, full=funded)
        found[mark.key] = Shown(tail, said, working.total if working else None, lines, shapes)
    return found


def _painted(mark: Mark, *, full: bool) -> tuple[Shape, ...]:
    """Return the shapes of an element; the last one, its sign, is filled or hollow."""
    shapes = [item for item in mark.items if isinstance(item, Shape)]
    sign = dict(shapes[-1].attributes) | {"fill": FULL if full else "#ffffff"}
    return (*shapes[:-1], Shape(shapes[-1].tag, tuple(sign.items())))
