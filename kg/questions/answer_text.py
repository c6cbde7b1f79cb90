"""Write an answer as a table for people, CSV, TSV, JSON, Markdown or HTML."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg import terms
from kg.errors import unknown
from kg.money.interval import in_oku
from kg.paths import read_texts
from kg.questions.answer import Answer, Column, shown
from kg.questions.terminal import columns_of, fitted, floor_of, wrap_columns
from kg.rdf.nodes import Term
from kg.terms import Text


@dataclass(frozen=True)
class Style:
    """How to print an answer: colour, the width of the terminal (None: unlimited), the unit of amounts in English."""

    colour: bool = False
    columns: int | None = None
    unit: str = "bn"


_PLAIN = Style()
Writer = Callable[[Answer, str, Style], str]
FORMATS: dict[str, Writer] = {}
_SPARED = ("lines", "panel", "fiscalYear", "phase")  # columns that a narrow terminal does without, first to go first
_READ = frozenset({"table", "md", "html"})
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")  # would break the table or control the terminal
_INTEGER = re.compile(r"[+-]?[0-9]+")
_BARE = {  # literals that Turtle and SPARQL allow without quotes
    terms.XSD + "integer": _INTEGER,
    terms.XSD + "boolean": re.compile("true|false"),
    terms.XSD + "decimal": re.compile(r"[+-]?[0-9]*\.[0-9]+"),
}


def writer(name: str) -> Callable[[Writer], Writer]:
    """Return a decorator that registers the writer of a format."""

    def register(function: Writer) -> Writer:
        FORMATS[name] = function
        return function

    return register


def write(answer: Answer, form: str, language: str = "en", style: Style = _PLAIN) -> str:
    """Return the answer in a format, with headings and names in a language. Raises UsageError for an unknown format."""
    if form not in FORMATS:
        raise unknown("format", form, FORMATS)
    return FORMATS[form](_for_people(answer, language, style) if form in _READ else answer, language, style)


def _for_people(answer: Answer, language: str, style: Style) -> Answer:
    """Return an answer in the unit of the style and without the columns meant for readers of the other language."""
    answer = replace(
        answer,
        sentence={**answer.sentence, "en": in_unit(answer.sentence["en"], style.unit)},
        notes=tuple({**note, "en": in_unit(note["en"], style.unit)} for note in answer.notes),
    )
    places = [i for i, column in enumerate(answer.columns) if column.only in {None, language}]
    if len(places) == len(answer.columns):
        return answer
    columns = tuple(answer.columns[i] for i in places)
    return replace(answer, columns=columns, rows=tuple(tuple(row[i] for i in places) for row in answer.rows))


def in_unit(text: str, unit: str) -> str:
    """Return an English text with its amounts in a unit: `bn` (as they are) or `oku`, which is 億円."""
    return in_oku(text) if unit == "oku" else text


def cell(term: Term | None, column: Column, answer: Answer, language: str, unit: str = "bn") -> str:
    """Return the text of a cell for people: names for IRIs, money in the unit (English) or in 億円 (Japanese)."""
    if term is None:
        is_bound = column.name == "upper" and "0" in column.values  # MONEY_COLUMNS, not an upper bound of another kind
        return ("no limit" if language == "en" else "上限なし") if is_bound else ""
    return in_unit(_CONTROL.sub(" ", shown(term, column, answer.labels, language)), unit)


def _grid(answer: Answer, language: str, unit: str) -> tuple[list[str], list[list[str]]]:
    """Return headings and texts; rows that differ only in their source become one row with all sources."""
    heads = [column.label[language] for column in answer.columns]
    body = [
        [cell(t, c, answer, language, unit) for t, c in zip(row, answer.columns, strict=True)] for row in answer.rows
    ]
    place = next((i for i, c in enumerate(answer.columns) if c.name == "source"), None)
    if place is None or answer.working:
        return heads, body
    sources: dict[tuple[str, ...], list[str]] = {}
    for row in body:
        sources.setdefault((*row[:place], *row[place + 1 :]), []).append(row[place])
    return heads, [[*key[:place], "; ".join(dict.fromkeys(found)), *key[place:]] for key, found in sources.items()]


@writer("table")
def table(answer: Answer, language: str, style: Style) -> str:
    """Return the sentence, an aligned table and the notes."""
    heads, body = _grid(answer, language, style.unit)
    bold, plain = ("\x1b[1m", "\x1b[0m") if style.colour else ("", "")
    out = [f"{bold}{line}{plain}" for line in wrap_columns(answer.sentence[language], style.columns or 10_000)]
    out += _bullets(answer.notes[: answer.leading], language, style)
    if body:
        texts = [[row[i] for row in [heads, *body]] for i in range(len(heads))]
        natural = [max(map(columns_of, column)) for column in texts]
        floors = [
            min(n, floor_of(t, whole=c.unit is not None))
            for n, t, c in zip(natural, texts, answer.columns, strict=True)
        ]
        kept = _with_room(answer.columns, floors, style.columns)
        numeric = [answer.columns[i].unit is not None for i in kept]
        widths = fitted([natural[i] for i in kept], [floors[i] for i in kept], style.columns)

        def lines(row: list[str]) -> Iterator[str]:
            cells = [wrap_columns(row[i], w) for i, w in zip(kept, widths, strict=True)]
            for part in zip_longest(*cells, fillvalue=""):
                padded = (
                    " " * (w - columns_of(t)) + t if right else t + " " * (w - columns_of(t))
                    for t, w, right in zip(part, widths, numeric, strict=True)
                )
                yield "  ".join(padded).rstrip()

        out += ["", *(f"{bold}{line}{plain}" for line in lines(heads)), "  ".join("-" * w for w in widths)]
        out += [line for row in body for line in lines(row)]
        if hidden := [head for i, head in enumerate(heads) if i not in kept]:
            said = read_texts("questions")["table"]["hidden"][language]
            out += ["", *wrap_columns(said.format(names=", ".join(hidden)), style.columns or 10_000)]
    if answer.notes[answer.leading :]:
        out += ["", *_bullets(answer.notes[answer.leading :], language, style)]
    return "\n".join(out) + "\n"


def _with_room(columns: Sequence[Column], floors: Sequence[int], room: int | None) -> list[int]:
    """Return the places of the columns to show: without those that can be spared, if all do not fit side by side."""
    kept = list(range(len(columns)))
    for name in _SPARED:
        if room is None or sum(floors[i] for i in kept) + 2 * (len(kept) - 1) <= room:
            break
        kept = [i for i in kept if columns[i].name != name] or kept
    return kept


def _bullets(notes: Iterable[Text], language: str, style: Style) -> list[str]:
    parts = [wrap_columns(note[language], (style.columns or 10_000) - 2) for note in notes]
    return [("  " if n else "* ") + line for part in parts for n, line in enumerate(part)]


def _separated(answer: Answer, dialect: dict[str, Any]) -> str:
    import csv
    import io

    file = io.StringIO()
    lines = csv.writer(file, **dialect)
    lines.writerow([column.name for column in answer.columns])
    lines.writerows([["" if t is None else _bare(t) for t in row] for row in answer.rows])
    return file.getvalue()


def _bare(term: Term) -> str:
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else str(term)


@writer("csv")
def comma_separated(answer: Answer, language: str, style: Style) -> str:
    """Return SPARQL 1.1 Results CSV: plain values, with amounts in yen."""
    return _separated(answer, {"lineterminator": "\r\n"})


@writer("tsv")
def tab_separated(answer: Answer, language: str, style: Style) -> str:
    """Return SPARQL 1.1 Results TSV: terms written as in Turtle, with amounts in yen."""
    lines = ["\t".join(f"?{column.name}" for column in answer.columns)]
    lines += ["\t".join("" if t is None else _turtle(t) for t in row) for row in answer.rows]
    return "\n".join(lines) + "\n"


def _turtle(term: Term) -> str:
    if isinstance(term, ox.Literal) and (bare := _BARE.get(term.datatype.value)) and bare.fullmatch(term.value):
        return term.value
    return str(term).replace("\t", "\\t")


def _json_term(term: Term) -> dict[str, str]:
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.Literal):
        found = {"type": "literal", "value": term.value}
        if term.language:
            found["xml:lang"] = term.language
        elif term.datatype.value != terms.XSD + "string":
            found["datatype"] = term.datatype.value
        return found
    return {"type": "bnode", "value": _bare(term)}


def _bindings(answer: Answer) -> list[dict[str, dict[str, str]]]:
    names = [column.name for column in answer.columns]
    return [{n: _json_term(t) for n, t in zip(names, row, strict=True) if t is not None} for row in answer.rows]


@writer("json")
def sparql_json(answer: Answer, language: str, style: Style) -> str:
    """Return SPARQL 1.1 Results JSON with an extra member `answer`: the sentence, the total in yen, the notes."""
    import json

    total = answer.total and {
        "lower": answer.total.lower,
        "upper": answer.total.upper,
        "upperKnown": answer.total.known,
        "roundingLower": answer.total.rounding_lower,
        "roundingUpper": answer.total.rounding_upper,
        "open": answer.total.open_count,
        "unit": "JPY",
    }
    said = {
        "question": answer.name,
        "arguments": {name: _json_term(term) for name, term in answer.arguments.items()},
        "sentence": answer.sentence,
        "total": total,
        "notes": list(answer.notes),
    }
    head = {"vars": [column.name for column in answer.columns]}
    whole = {"head": head, "results": {"bindings": _bindings(answer)}, "answer": said}
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


@writer("jsonl")
def json_lines(answer: Answer, language: str, style: Style) -> str:
    """Return one JSON object per row, from column to plain value; empty cells are null."""
    import json

    names = [column.name for column in answer.columns]
    return "".join(
        json.dumps({n: None if t is None else _number(t) for n, t in zip(names, row, strict=True)}, ensure_ascii=False)
        + "\n"
        for row in answer.rows
    )


def _number(term: Term) -> str | int | bool:
    if isinstance(term, ox.Literal):
        if term.datatype.value == terms.XSD + "integer" and _INTEGER.fullmatch(term.value):
            return int(term.value)
        if term.datatype.value == terms.XSD + "boolean" and term.value in {"true", "false"}:
            return term.value == "true"
    return _bare(term)


@writer("md")
def markdown(answer: Answer, language: str, style: Style) -> str:
    """Return the sentence, a Markdown table and the notes."""
    heads, body = _grid(answer, language, style.unit)
    out = [answer.sentence[language]]
    if answer.leading:
        out += ["", *(f"- {note[language]}" for note in answer.notes[: answer.leading])]
    if body:
        rule = ["---:" if c.unit else "---" for c in answer.columns]
        out += ["", *("| " + " | ".join(t.replace("|", "\\|") for t in row) + " |" for row in [heads, rule, *body])]
    if answer.notes[answer.leading :]:
        out += ["", *(f"- {note[language]}" for note in answer.notes[answer.leading :])]
    return "\n".join(out) + "\n"


@writer("html")
def html(answer: Answer, language: str, style: Style) -> str:
    """Return one self-contained HTML page: the sentence, a table, the notes."""
    from jinja2 import Environment

    heads, body = _grid(answer, language, style.unit)
    template = Path(__file__).with_name("answer.html").read_text(encoding="utf-8")
    page = Environment(autoescape=True, trim_blocks=True, keep_trailing_newline=True).from_string(template)
    return page.render(
        lang=language,
        sentence=answer.sentence[language],
        heads=heads,
        rows=[[(text, c.unit == "yen") for text, c in zip(row, answer.columns, strict=True)] for row in body],
        notes=[note[language] for note in answer.notes],
        addresses={
            cell(t, c, answer, language, style.unit): t.value
            for row in answer.rows
            for t, c in zip(row, answer.columns, strict=True)
            if isinstance(t, ox.NamedNode) and t.value.startswith(("http://", "https://"))
        },
    )


def write_triples(triples: list[ox.Triple]) -> str:
    """Return the triples of a CONSTRUCT or DESCRIBE as Turtle."""
    from kg.rdf.write import to_turtle

    return to_turtle(triples)
