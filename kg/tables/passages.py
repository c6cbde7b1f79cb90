"""The statements about a passage: lines of a page, that a fact is read from."""

from dataclasses import dataclass

import pyoxigraph as ox

from kg import terms
from kg.rdf.nodes import integer
from kg.tables.citation import ShortTitles, cite_lines

_IS_READ_FROM = ox.NamedNode(terms.IS + "isReadFrom")


@dataclass(frozen=True)
class Page:
    """A page of a document: its number, and its first and last line."""

    number: int
    first: int
    last: int
    iri: ox.NamedNode


def page_with(pages: list[Page], first: int, last: int) -> Page | None:
    """Return the page that the lines are on, or None if they are on none, or on several."""
    return next((page for page in pages if page.first <= first and last <= page.last), None)


def passage_of(folder: str, first: int, last: int) -> ox.NamedNode:
    """Return the node of lines of a document."""
    span = str(first) if first == last else f"{first}-{last}"
    return ox.NamedNode(f"{terms.ID}passage/{folder}/{span}")


def read_from(reader: ox.NamedNode, passage: ox.NamedNode, folder: str) -> ox.Quad:
    """Return the statement that a fact is read from a passage, in the graph of the document."""
    return ox.Quad(reader, _IS_READ_FROM, passage, ox.NamedNode(terms.GRAPH + folder))


def passage_quads(lines: tuple[int, int], page: Page, folder: str, titles: ShortTitles) -> set[ox.Quad]:
    """Return what is said of the lines of a page, in the graph of the document."""
    first, last = lines
    passage, graph = passage_of(folder, first, last), ox.NamedNode(terms.GRAPH + folder)
    name = cite_lines(titles.get(folder), page.number, first, last)
    pairs: list[tuple[str, ox.NamedNode | ox.Literal]] = [
        (terms.RDF + "type", ox.NamedNode(terms.IS + "Passage")),
        (terms.IS + "isOnPage", page.iri),
        (terms.IS + "firstLine", integer(first)),
        (terms.IS + "lastLine", integer(last)),
        *((terms.SKOS + "prefLabel", ox.Literal(text, language=language)) for language, text in name.items()),
    ]
    return {ox.Quad(passage, ox.NamedNode(p), o, graph) for p, o in pairs}
