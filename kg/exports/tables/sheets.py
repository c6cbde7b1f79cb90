"""All tables of an export for spreadsheets, with their descriptions."""

from collections.abc import Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from kg import terms
from kg.assembly.description import LICENCE, NOTICE, TITLE
from kg.exports.select import Selection
from kg.exports.tables.amounts import money_tables
from kg.exports.tables.classes import class_tables, names_in, things_table
from kg.exports.tables.tabular import Sheet, link
from kg.paths import read_texts
from kg.tables.schema import read_schema

NOTES = tuple(read_texts("exports")["every-table"].values())


@dataclass(frozen=True)
class Sheets:
    """The tables, those of money first, and their description; `sources` maps documents to their titles."""

    tables: tuple[Sheet, ...]
    sources: Mapping[str, Mapping[str, str]]
    title: Mapping[str, str]
    notice: Mapping[str, str]
    version: str
    issued: str
    licence: str


def make_sheets(selection: Selection) -> Sheets:
    """Return the tables of a selection, linked by their keys.

    Raises DataError if every possible separator occurs in a column with several values.
    """
    names = names_in(selection)
    tables = [*money_tables(selection, names), *class_tables(selection, read_schema(), names)]
    graphs = sorted({q.graph_name.value for q in selection.quads if isinstance(q.graph_name, ox.NamedNode)})
    documents = {q.subject.value for q in selection.known if _is_document(q) and isinstance(q.subject, ox.NamedNode)}
    sources = {
        iri: {language: names.of(iri, language) for language in ("en", "ja")}
        for graph in graphs
        if (iri := f"{terms.ID}document/{graph.removeprefix(terms.GRAPH)}") in documents
    }
    linked = link([*tables, things_table(tables, names)])
    return Sheets(linked, sources, TITLE, NOTICE, terms.VERSION, terms.ISSUED, LICENCE)


def _is_document(quad: ox.Quad) -> bool:
    return quad.predicate.value == terms.RDF + "type" and quad.object == ox.NamedNode(terms.IS + "Document")
