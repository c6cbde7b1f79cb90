"""Write an answer in one of its formats, as a table for people or as records for other programs."""

from importlib import import_module

from kg.errors import unknown
from kg.questions.answer import Answer
from kg.questions.formats.style import WRITERS, Style, in_unit

__all__ = ["FORMATS", "Style", "in_unit", "write"]
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
