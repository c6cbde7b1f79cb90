"""HTML pages for each entity and each folder, with both languages side by side."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg import terms
from kg.errors import DataError
from kg.rdf.nodes import Term
from kg.site.index import Index, Statement

if TYPE_CHECKING:
    from jinja2 import Environment


_SEGMENT = re.compile(r"(?!\.+$)[^\x00-\x20\x7f-\x9f\\/:?*\"<>|%]{1,200}")


@dataclass(frozen=True)
class Cell:
    """A value on a page: its text in both languages, its link if any, and the language of a literal."""

    en: str
    ja: str
    link: str | None = None
    language: str | None = None


@dataclass(frozen=True)
class StatementLine:
    """One row of the table on a page."""

    predicate: Cell
    value: Cell
    inferred: bool


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Return the templates; every value is escaped."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def place_of(iri: str) -> str:
    """Return the path of the page for one of the dataset's own IRIs, without an ending.

    >>> place_of("https://w3id.org/innovation-strategy/id/institution/riken")
    'id/institution/riken'
    >>> place_of("https://w3id.org/innovation-strategy/ontology#Programme")
    'ontology#Programme'

    Raises DataError if the IRI leads out of the folder of the release, or to a file that not every system can have.
    """
    place = iri.removeprefix(terms.BASE)
    *folders, name = place.partition("#")[0].split("/")
    if not all(map(_SEGMENT.fullmatch, (*folders, name))) or name == "index":
        raise DataError(f"{iri}: cannot be the path of a page; use letters, digits and single hyphens between slashes")
    return place


def link_to(iri: str, here: str) -> str | None:
    """Return the relative link from the page at `here` to the page of an IRI; other web addresses stay unchanged."""
    if not iri.startswith(terms.BASE):
        return iri if iri.startswith(("http://", "https://")) else None
    place, _, fragment = place_of(iri).partition("#")
    ending = "ttl" if place.startswith("ontology/") else "html"  # a module of the ontology has no page
    target = "ontology/index.html" if place == "ontology" else f"{place}.{ending}"
    relative = posixpath.relpath(target, posixpath.dirname(here) or ".")
    return f"{relative}#{fragment}" if fragment else relative


def linked_cell(term: Term, index: Index, here: str) -> Cell:
    """Return the cell for a term."""
    if isinstance(term, ox.NamedNode):
        return Cell(index.name(term.value, "en"), index.name(term.value, "ja"), link_to(term.value, here))
    text = term.value if isinstance(term, ox.Literal | ox.BlankNode) else str(term)
    return Cell(text, text, None, term.language if isinstance(term, ox.Literal) else None)


def thing_page(iri: str, index: Index) -> str:
    """Return the page of an entity: statements in both directions, with evidence, page and lines."""
    here = f"{place_of(iri)}.html"

    def lines(statements: tuple[Statement, ...]) -> list[StatementLine]:
        return [
            StatementLine(
                linked_cell(ox.NamedNode(s.predicate), index, here), linked_cell(s.other, index, here), s.inferred
            )
            for s in statements
        ]

    return render(
        "thing.html",
        here,
        iri=iri,
        en=index.name(iri, "en"),
        ja=index.name(iri, "ja"),
        classes=[linked_cell(ox.NamedNode(c), index, here) for c in index.classes(iri)],
        says=lines(index.says.get(iri, ())),
        said=lines(index.said.get(iri, ())),
        passages=[linked_cell(ox.NamedNode(p), index, here) for p in index.passages.get(iri, ())],
        evidence=[linked_cell(ox.NamedNode(e), index, here) for e in index.evidence.get(iri, ())],
        stem=posixpath.basename(place_of(iri)),
    )


def listing_page(folder: str, members: list[str], index: Index, title: Cell) -> str:
    """Return the page of a folder of entities."""
    here = f"{folder}/index.html"
    cells = sorted((linked_cell(ox.NamedNode(iri), index, here) for iri in members), key=lambda c: (c.en, c.link or ""))
    return render("listing.html", here, title=title, members=cells)


def render(template: str, here: str, **values: Any) -> str:
    """Return a filled template; `root` is the path from the page at `here` to the start page."""
    root = posixpath.relpath(".", posixpath.dirname(here) or ".")
    return environment().get_template(template).render(root=root, here=here, **values)
