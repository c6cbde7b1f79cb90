"""The matrix under a filter."""

from kg.funding.scope import Ask, Money
from kg.pictures.kinds.matrix.data import Matrix, cells, rows_of
from kg.pictures.kinds.matrix.layout import at, cell_shapes, id_of, lay_out
from kg.pictures.page.filters import WHOLE, Filter, Shown, show_filtered, within


def narrow(data: Matrix, money: Money, chosen: Filter, _: Ask, lang: str) -> dict[str, Shown]:
    """Return cells and margins for the money that passes a filter; only columns of its domain remain."""
    layout = lay_out(data, lang)
    columns = data.columns
    if chosen.domain and data.kinds[1] == "domains":
        columns = tuple(c for c in columns if within(money, chosen.domain).issuperset(c.things) and c.things)
    found = {WHOLE: show_filtered(money, money.working, lang, margin=True)}
    for side, kind, heads in (("r", data.kinds[0], data.rows), ("c", data.kinds[1], columns)):
        for head in heads:
            if rows := rows_of(money, kind, head):
                found[f"{side}:{id_of(head.key)}"] = show_filtered(money, money.again(rows), lang, margin=True)
    there = cells(money, data.kinds, data.rows, columns)
    for row in data.rows:
        for column in columns:
            if cell := there.get((row.key, column.key)):
                middle = layout.tops[row.key] + layout.heights[row.key] / 2 - 6
                shapes, _reach = cell_shapes(data, row, column, cell.total, layout.centres[column.key], middle)
                found[at(row, column)] = show_filtered(money, cell, lang, shapes=shapes)
    return found
