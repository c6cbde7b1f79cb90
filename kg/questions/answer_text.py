"""Write an answer in one of its formats, as a table for people or as records for other programs."""

from importlib import import_module

import pyoxigraph as ox

from kg.errors import unknown
from kg.printable import escaped
from kg.questions.answer import Answer
from kg.questions.formats.style import WRITERS, Style, in_unit

__all__ = ["FORMATS", "Style", "in_unit", "write", "write_triples"]
_PLAIN = Style()
FORMATS = {  # the name of a format, and the module of its writer, which is imported when it is needed
    "table": "table",
    "csv": "records",
    "tsv": "records",
    "json": "records",
    "jsonl": "records",
    "md": "pages",
    "html": "pages",
    "sparql-json": "sparql_results",
    "sparql-csv": "sparql_results",
    "sparql-tsv": "sparql_results",
}


def write(answer: Answer, form: str, language: str = "en", style: Style = _PLAIN) -> str:
    """Return the answer in a format, with headings and names in a language. Raises UsageError for an unknown format."""
    if form not in FORMATS:
        raise unknown("format", form, FORMATS)
    import_module(f"kg.questions.formats.{FORMATS[form]}")
    return WRITERS[form](answer, language, style)


def write_triples(triples: list[ox.Triple]) -> str:
    """Return the triples of a CONSTRUCT or DESCRIBE as Turtle, control characters in their texts as escapes."""
    from kg.rdf.write import to_turtle

    return escaped(to_turtle(triples))
