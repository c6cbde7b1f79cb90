"""An answer as Markdown and as an HTML page: what people read in the table, with links and all columns."""

from collections.abc import Sequence
from pathlib import Path

import pyoxigraph as ox

from kg.paths import read_texts
from kg.printable import in_address
from kg.questions.answer import Answer, Column
from kg.questions.formats.sheet import Row, Sheet, sheet
from kg.questions.formats.style import Style, writer
from kg.rdf.nodes import Term


@writer("md")
def markdown(answer: Answer, language: str, style: Style) -> str:
    """Return the sentence, a Markdown table whose names are links, and the notes."""
    whole = sheet(answer, language, style)
    out = [whole.sentence]
    if whole.above:
        out += ["", *(f"- {note}" for note in whole.above)]
    if whole.rows:
        rule = ["---:" if column.unit else "---" for column in whole.columns]
        out += ["", _line(map(_escaped, whole.heads)), _line(rule)]
        for title, rows in whole.sections:
            if title:
                out.append(_line([f"**{_escaped(title)}**", *[""] * (len(rule) - 1)]))
            out += [_line(_linked(text, term) for text, term in zip(row.texts, row.terms, strict=True)) for row in rows]
        if whole.total:
            out.append(_line(f"**{_escaped(text)}**" if text else "" for text in whole.total))
    if whole.footnotes:
        out += ["", *(f"{i}. {note}" for i, note in enumerate(whole.footnotes, 1))]
    if below := _below(whole, language):
        out += ["", *(f"- {note}" for note in below)]
    return "\n".join(out) + "\n"


def _below(whole: Sheet, language: str) -> list[str]:
    heading = read_texts("questions")["table"]["open"][language]
    return [*whole.below, *(heading.format(reading=reading) for reading in whole.readings)]


def _line(cells: object) -> str:
    return "| " + " | ".join(cells) + " |"  # type: ignore[arg-type]


def _escaped(text: str) -> str:
    return text.replace("|", "\\|")


def _linked(text: str, term: Term | None) -> str:
    address = _address(term)
    return f"[{_escaped(text)}]({in_address(address)})" if address and text != address else _escaped(text)


def _address(term: Term | None) -> str | None:
    iri = term.value if isinstance(term, ox.NamedNode) else ""
    return iri if iri.startswith(("http://", "https://")) else None


@writer("html")
def html(answer: Answer, language: str, style: Style) -> str:
    """Return one self-contained HTML page: the sentence, a table whose amounts hold their yen, and the notes."""
    from jinja2 import Environment

    whole = sheet(answer, language, style)
    template = (Path(__file__).parent.parent / "answer.html").read_text(encoding="utf-8")
    page = Environment(autoescape=True, trim_blocks=True, keep_trailing_newline=True).from_string(template)
    return page.render(
        lang=language,
        sentence=whole.sentence,
        heads=whole.heads,
        sections=[(title, [_row(row, whole.columns) for row in rows]) for title, rows in whole.sections],
        total=list(zip(whole.total, [c.unit == "yen" for c in whole.columns], strict=True)) if whole.total else [],
        footnotes=whole.footnotes,
        notes=[*whole.above, *_below(whole, language)],
    )


def _row(row: Row, columns: Sequence[Column]) -> list[tuple[str, bool, str | None, str | None]]:
    """Return for each cell its text, whether it is an amount, its yen, and the address that it links to."""
    return [
        (
            text,
            c.unit == "yen",
            term.value if c.unit == "yen" and isinstance(term, ox.Literal) else None,
            in_address(address) if (address := _address(term)) else None,
        )
        for text, term, c in zip(row.texts, row.terms, columns, strict=True)
    ]
