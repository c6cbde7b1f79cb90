"""The registry of forms, and the export of a selection in one of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg import paths
from kg.errors import InputError, UsageError, did_you_mean
from kg.exports.select import Choice, Selection, select, whole

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


def export(name: str, choice: Choice | None = None, *, language: str = "en", dataset: Path = paths.DATASET) -> Content:
    """Return the dataset, or what the choice leaves of it, in a form.

    Forms for triples leave out which graph a statement stands in. Raises UsageError for an unknown form or graph,
    InputError when the dataset cannot be read.
    """
    load_forms()
    if name not in FORMS:
        raise UsageError(f"{name}: unknown format; {did_you_mean(name, FORMS) or 'known: ' + ', '.join(FORMS)}")
    try:
        quads = ox.Dataset(ox.parse(path=str(dataset), format=ox.RdfFormat.N_QUADS))
    except OSError as error:
        raise InputError(f"{dataset}: cannot be read: {error.strerror}") from error
    quads.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    chosen = choice or Choice()
    return FORMS[name].write(Selection(select(quads, chosen), language, whole(quads, chosen)))


def load_forms() -> None:
    """Import the modules of this folder that hold forms; each registers its own."""
    from kg.exports import csvw, network, rdf, xlsx  # noqa: F401
