"""An answer for other programs: names beside IRIs, amounts as plain numbers, with the sentence and the notes."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterable
from decimal import Decimal

import pyoxigraph as ox

from kg import terms
from kg.printable import escaped, visible
from kg.questions.answer import Answer, Column, text_of
from kg.questions.formats.sparql_results import bare
from kg.questions.formats.style import Style, in_unit, plain, writer
from kg.rdf.nodes import Term

Plain = str | int | float | bool | None
_UNITS = {"yen": "_yen", "percent": "_percent"}


@writer("csv")
def comma_separated(answer: Answer, language: str, style: Style) -> str:
    """Return CSV with names in the language beside their IRIs, and amounts in yen; notes only if they are asked for."""
    return _separated(answer, language, style, {"lineterminator": "\r\n"}, visible)


@writer("tsv")
def tab_separated(answer: Answer, language: str, style: Style) -> str:
    """Return the same separated by tabs, without quotes: what would break a line becomes a space."""
    form = {"delimiter": "\t", "lineterminator": "\n", "quoting": csv.QUOTE_NONE, "quotechar": None}
    return _separated(answer, language, style, form, plain)


def _separated(
    answer: Answer, language: str, style: Style, form: dict[str, object], clean: Callable[[str], str]
) -> str:
    file = io.StringIO()
    heads, rows = records(answer, language)
    if style.with_notes:
        file.writelines(f"# {plain(line)}{form['lineterminator']}" for line in said(answer, language, style.unit))
    lines = csv.writer(file, **form)  # type: ignore[arg-type]
    lines.writerow(heads)
    lines.writerows([[clean(_written(value)) for value in row] for row in rows])
    return file.getvalue()


def _written(value: Plain) -> str:
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def said(answer: Answer, language: str, unit: str) -> list[str]:
    """Return the sentence, the notes and the open readings, with amounts in English in a unit."""
    lines = [answer.sentence[language], *(note[language] for note in (*answer.notes, *answer.readings))]
    return [in_unit(line, unit) if language == "en" else line for line in lines]


@writer("json")
def structured(answer: Answer, language: str, style: Style) -> str:
    """Return one JSON object: the question, its arguments, the sentence, the total, the rows, the notes."""
    heads, rows = records(answer, language)
    total = answer.total and {
        "lower_yen": answer.total.lower,
        "upper_yen": answer.total.upper,
        "upper_known_yen": answer.total.known,
        "rounding_lower_yen": answer.total.rounding_lower,
        "rounding_upper_yen": answer.total.rounding_upper,
        "open": answer.total.open_count,
    }
    whole = {
        "question": answer.name,
        "language": language,
        "arguments": {snake(name): _argument(term, answer, language) for name, term in answer.arguments.items()},
        "sentence": said(answer, language, style.unit)[0],
        "total": total,
        "columns": dict(zip(heads, _labels(answer, language), strict=True)),
        "rows": [dict(zip(heads, row, strict=True)) for row in rows],
        "notes": [note[language] for note in answer.notes],
        "open_readings": [reading[language] for reading in answer.readings],
    }
    return escaped(json.dumps(whole, ensure_ascii=False, indent=1)) + "\n"


def _argument(term: Term, answer: Answer, language: str) -> object:
    if isinstance(term, ox.NamedNode):
        return {"name": text_of(term, answer.labels, language), "iri": term.value}
    return _number(term)


@writer("jsonl")
def json_lines(answer: Answer, language: str, style: Style) -> str:
    """Return one JSON object per row; empty cells are null. The notes come first, where they are asked for."""
    heads, rows = records(answer, language)
    first, *notes = said(answer, language, style.unit)
    lines: list[object] = [{"sentence": first, "notes": notes}] if style.with_notes else []
    lines += [dict(zip(heads, row, strict=True)) for row in rows]
    return "".join(escaped(json.dumps(line, ensure_ascii=False)) + "\n" for line in lines)


def records(answer: Answer, language: str) -> tuple[list[str], list[list[Plain]]]:
    """Return the names of the columns and the rows with plain values.

    An entity has two columns, its name in the language and its IRI (`programme`, `programme_iri`); so has a word that
    people read in another form (`role`, `role_code`). Where a row sums several amounts, one cell has their IRIs, with
    spaces between. The names of amounts end in `_yen`, those of rates in `_percent`.
    """
    heads: list[str] = []
    columns: list[list[Plain]] = []
    for i, column in enumerate(answer.columns):
        for head, values in _spread(column, i, answer, language):
            heads.append(head)
            columns.append(values)
    return heads, [list(row) for row in zip(*columns, strict=True)] if answer.rows else []


def _spread(column: Column, place: int, answer: Answer, language: str) -> Iterable[tuple[str, list[Plain]]]:
    name = snake(column.name)
    cells = [row[place] for row in answer.rows]
    if column.unit:
        unit = _UNITS.get(column.unit, "")
        yield name if name.endswith(unit.lstrip("_")) else name + unit, [_number(cell) for cell in cells]
        return
    iris = [_iris(answer, i, place) for i in range(len(answer))]
    if any(iris):
        yield name, [_name(cell, column, answer, language) for cell in cells]
        yield f"{name}_iri", [" ".join(each) or None for each in iris]
        return
    texts = [_name(cell, column, answer, language) for cell in cells]
    yield name, texts
    if column.values and any(t != _number(cell) for t, cell in zip(texts, cells, strict=True)):
        yield f"{name}_code", [_number(cell) for cell in cells]


def _iris(answer: Answer, row: int, place: int) -> list[str]:
    """Return the IRIs behind a cell: several where it joins those of the amounts that the row sums."""
    cells, columns = answer.rows[row], [column.name for column in answer.columns]
    term, name = cells[place], columns[place]
    if isinstance(term, ox.NamedNode):
        return [term.value]
    if answer.working is None or not answer.outline.grouped or term is None:
        return []
    by = answer.outline.name or ""
    group = cells[columns.index(by)]
    behind = [of.get(name) for of in answer.working.every_row if of.get(by) == group]
    return list(dict.fromkeys(each.value for each in behind if isinstance(each, ox.NamedNode)))


def _labels(answer: Answer, language: str) -> Iterable[str]:
    for i, column in enumerate(answer.columns):
        for _ in _spread(column, i, answer, language):
            yield column.label[language]


def _name(term: Term | None, column: Column, answer: Answer, language: str) -> Plain:
    """Return what people read for a term: the name of an IRI, the words for a code; otherwise its plain value."""
    if isinstance(term, ox.NamedNode):
        known = column.values.get(terms.shorten(term.value))
        return known[language] if known else text_of(term, answer.labels, language)
    value = _number(term)
    known = column.values.get(getattr(term, "value", ""))
    return value if known is None or isinstance(value, bool) else known[language]


def _number(term: Term | None) -> Plain:
    """Return a whole number, a decimal one, a truth value, or else the text of a term; None for no term."""
    if term is None:
        return None
    if isinstance(term, ox.Literal):
        kind = terms.local_name(term.datatype.value)
        if kind in {"integer", "int", "long", "nonNegativeInteger"} and re.fullmatch(r"[+-]?[0-9]{1,4000}", term.value):
            return int(term.value)
        if kind == "decimal" and re.fullmatch(r"[+-]?[0-9]{0,300}\.?[0-9]{1,300}", term.value):
            number = Decimal(term.value)
            return int(number) if number == number.to_integral_value() else float(number)
        if kind == "boolean" and term.value in {"true", "false"}:
            return term.value == "true"
    return bare(term)


def snake(name: str) -> str:
    """Return a name as programs write it.

    >>> snake("fiscalYear")
    'fiscal_year'
    """
    return re.sub(r"(?<=[a-z0-9])([A-Z])", lambda match: "_" + match[1].lower(), name)
