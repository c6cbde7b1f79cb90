"""The export formats and their registry, which the modules in kg/exports/formats/ fill."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kg.exports.select import Selection

Content = str | bytes | Mapping[str, bytes]
Writer = Callable[[Selection], Content]


@dataclass(frozen=True)
class Form:
    """One format: name, file ending ('' for a folder), media type, summary, and writer."""

    name: str
    ending: str
    media: str
    summary: str
    write: Writer


FORMS: dict[str, Form] = {}


def form(name: str, ending: str, media: str) -> Callable[[Writer], Writer]:
    """Return a decorator that registers the writer of a format; the first line of its docstring is the summary."""

    def register(writer: Writer) -> Writer:
        summary = (writer.__doc__ or "").strip().partition("\n")[0]
        FORMS[name] = Form(name, ending, media, summary, writer)
        return writer

    return register
