"""What a form is, and the registry that the modules in kg/exports/formats/ fill."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kg.exports.select import Selection

Content = str | bytes | Mapping[str, bytes]
Writer = Callable[[Selection], Content]


@dataclass(frozen=True)
class Form:
    """One form: its name, the ending of its files ('' for a folder), its media type, what it is, and its writer."""

    name: str
    ending: str
    media: str
    summary: str
    write: Writer


FORMS: dict[str, Form] = {}


def form(name: str, ending: str, media: str) -> Callable[[Writer], Writer]:
    """Register a function as the writer of a form; its docstring's first line says what the form is."""

    def register(writer: Writer) -> Writer:
        summary = (writer.__doc__ or "").strip().splitlines()[0]
        FORMS[name] = Form(name, ending, media, summary, writer)
        return writer

    return register
