"""Write the dataset, or part of it, in a format."""

from codecs import BOM_UTF8
from collections.abc import Iterable
from importlib import import_module
from pkgutil import iter_modules

import pyoxigraph as ox

from kg.assembly import shipped
from kg.errors import KgError, unknown
from kg.exports.registry import FORMS, Content, Form
from kg.exports.select import Choice, Selection, select, whole
from kg.rdf.canonical import canonical_nquads


def load_forms(package: str = "kg.exports.formats") -> dict[str, Form]:
    """Import all modules in kg/exports/formats/ and return the formats that they register, by name.

    Raises KgError naming a module that cannot be imported or registers no format.
    """
    folder = import_module(package)
    for module in iter_modules(folder.__path__):
        name = f"{package}.{module.name}"
        try:
            import_module(name)
        except Exception as error:
            raise KgError(f"{name}: cannot be loaded: {error}") from error
        if not any(form.write.__module__ == name for form in FORMS.values()):
            raise KgError(f"{name}: registers no format; put @form(name, ending, media) on its writer")
    return FORMS


def export(
    name: str, choice: Choice | None = None, *, language: str = "en", quads: Iterable[ox.Quad] | None = None
) -> Content:
    """Return the chosen part of the quads (by default of the shipped dataset) in a format.

    Formats for triples leave out the graph of a statement. Raises UsageError for an unknown format or graph.
    """
    load_forms()
    if name not in FORMS:
        raise unknown("format", name, FORMS)
    if quads is None:
        dataset = ox.Dataset(shipped.quads())
        dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    else:
        dataset = ox.Dataset(ox.parse(canonical_nquads(list(quads)), format=ox.RdfFormat.N_QUADS, lenient=True))
    chosen = choice or Choice()
    return FORMS[name].write(Selection(select(dataset, chosen), language, whole(dataset, chosen), chosen.scope))


def marked(content: Content) -> Content:
    """Return several files with a byte order mark before each CSV file."""
    if isinstance(content, str | bytes):
        return content
    return {name: BOM_UTF8 + data if name.endswith(".csv") else data for name, data in content.items()}
