"""The dataset, or a part of it, in one of the forms."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from pkgutil import iter_modules

import pyoxigraph as ox

from kg.dataset import shipped
from kg.errors import KgError, UsageError, did_you_mean
from kg.exports.registry import FORMS, Content, Form
from kg.exports.select import Choice, Selection, select, whole


class FormError(KgError):
    """A module of forms is broken."""


def load_forms(package: str = "kg.exports.formats") -> dict[str, Form]:
    """Return the forms by name: every module of the folder is imported and registers its own.

    Raises FormError naming a module that cannot be imported, or that registers no form.
    """
    folder = import_module(package)
    for module in iter_modules(folder.__path__):
        name = f"{package}.{module.name}"
        try:
            import_module(name)
        except Exception as error:
            raise FormError(f"{name}: cannot be loaded: {error}") from error
        if not any(form.write.__module__ == name for form in FORMS.values()):
            raise FormError(f"{name}: registers no form; put @form(name, ending, media) on its writer")
    return FORMS


def export(
    name: str, choice: Choice | None = None, *, language: str = "en", quads: Iterable[ox.Quad] | None = None
) -> Content:
    """Return the quads (by default the shipped dataset), or what the choice leaves of them, in a form.

    Forms for triples leave out which graph a statement stands in. Raises UsageError for an unknown form or graph.
    """
    load_forms()
    if name not in FORMS:
        raise UsageError(f"{name}: unknown format; {did_you_mean(name, FORMS) or 'known: ' + ', '.join(FORMS)}")
    dataset = ox.Dataset(shipped.quads() if quads is None else quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    chosen = choice or Choice()
    return FORMS[name].write(Selection(select(dataset, chosen), language, whole(dataset, chosen)))
