"""Write an answer in one of its formats, as a table for people or as records for other programs."""

from collections.abc import Callable
from importlib import import_module

import pyoxigraph as ox

from kg.errors import unknown
from kg.questions.answer import Answer
from kg.questions.formats.style import Style, in_unit

__all__ = ["FORMATS", "Style", "in_unit", "write", "write_triples"]
_PLAIN = Style()
FORMATS = {  # the name of a format, and where its writer is: imported only when it is needed
    "table": ("table", "table"),
    "csv": ("records", "comma_separated"),
    "tsv": ("records", "tab_separated"),
    "json": ("records", "structured"),
    "jsonl": ("records", "json_lines"),
    "md": ("pages", "markdown"),
    "html": ("pages", "html"),
    "sparql-json": ("sparql_results", "sparql_json"),
    "sparql-csv": ("sparql_results", "sparql_csv"),
    "sparql-tsv": ("sparql_results", "sparql_tsv"),
}


def write(answer: Answer, form: str, language: str = "en", style: Style = _PLAIN) -> str:
    """Return the answer in a format, with headings and names in a language. Raises UsageError for an unknown format."""
    if form not in FORMATS:
        raise unknown("format", form, FORMATS)
    module, name = FORMATS[form]
    writer: Callable[[Answer, str, Style], str] = getattr(import_module(f"kg.questions.formats.{module}"), name)
    return writer(answer, language, style)


def write_triples(triples: list[ox.Triple]) -> str:
    """Return the triples of a CONSTRUCT or DESCRIBE as Turtle."""
    from kg.rdf.write import to_turtle

    return to_turtle(triples)
