"""Load the fact tables into quads; the ontology is the schema."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg import paths, terms
from kg.errors import Fault, InputError, TableError, did_you_mean
from kg.rdf.nodes import in_order, node
from kg.tables.cells import CellError, normalise, parse_date, parse_integer, parse_iri, parse_line_ranges, parse_literal
from kg.tables.citation import ShortTitles, cite_page, short_titles
from kg.tables.heads import FactColumn
from kg.tables.label_templates import label_quads
from kg.tables.passages import Page, page_with, passage_of, passage_quads, read_from
from kg.tables.references import Thing, misfit
from kg.tables.rows import FactRow, FactTable, Tables, read_tables
from kg.tables.schema import Schema, read_schema

_SLUG = re.compile(r"[a-z0-9]+(?:[-.][a-z0-9]+)*")
_LONGEST_SLUG = 200  # it names files
_TYPE = ox.NamedNode(terms.RDF + "type")
_PAGE = terms.IS + "Page"
_LABEL = ox.NamedNode(terms.SKOS + "prefLabel")
_DECLARING = ("id", "type", "pageNumber", "firstLine", "lastLine")  # columns that make an entity known
_NAMING = {_PAGE, terms.IS + "Document"}
_NOT_ON_A_PAGE = "is not on a single page"
_OTHER_NAMES = {terms.SKOS + "altLabel", terms.SKOS + "hiddenLabel"}


@dataclass(frozen=True)
class Facts:
    """The asserted quads, and for each subject the table row (`file`, `line`) it comes from.

    A key `subject graph` leads to the row by which one source (a named graph) describes it.
    """

    quads: tuple[ox.Quad, ...]
    origins: dict[str, tuple[str, int]]


def load_facts(facts: Path = paths.FACTS, schema: Schema | None = None) -> Facts:
    """Return all facts of all tables, labels made from templates included, in canonical order.

    Raises TableError with every fault in every table; InputError if a file cannot be read.
    """
    schema = schema or read_schema()
    read = read_tables(facts, schema)
    documents_first = sorted(read.tables, key=lambda table: table.folder == paths.COMMON)
    naming = (row for table in read.tables if table.cls in _NAMING for row in table.rows())
    sizes = Counter({folder: sum(t.size for t in read.tables if t.folder == folder) for folder in read.folders})
    loader = _Loader(schema, sizes, short_titles(naming))
    for table in documents_first:
        for row in table.rows(*_DECLARING):
            loader.declare(row)
    for table in documents_first:
        for row in table.rows():
            loader.read(table, row)
    if faults := [*read.faults, *_causes(loader, read)]:
        raise TableError(faults)
    if not sizes.total():
        raise InputError(f"{facts}: the fact tables have no rows")
    quads = loader.quads | label_quads(loader.quads, schema)
    origins = {t.iri.value: t.row.place for t in loader.things.values()}
    return Facts(tuple(in_order(quads)), origins | loader.sources)


def _causes(loader: "_Loader", read: Tables) -> list[Fault]:
    """Return the faults that do not follow from others: from rows, types and pages that could not be read."""
    unknown, unpaged = read.unread | loader.unread, read.unpaged | loader.unpaged

    def follows(fault: Fault) -> bool:
        if fault.problem == _NOT_ON_A_PAGE:
            return fault.file.split("/")[1] in unpaged
        return fault.value in unknown and fault.problem.startswith(("no ", "is a "))

    return [fault for fault in loader.faults if not follows(fault)]


class _Loader:
    """Two passes over the rows: declare every id, then read every cell."""

    def __init__(self, schema: Schema, sizes: Counter[str], titles: ShortTitles) -> None:
        self.schema = schema
        self.sizes = sizes  # rows by folder
        self.titles = titles
        self.things: dict[str, Thing] = {}
        self.clashing: dict[str, list[Thing]] = defaultdict(list)  # other entities with the same id
        self.faults: list[Fault] = []
        self.unread: set[str] = set()  # ids that are declared, of rows that are not read or whose type is not known
        self.unpaged: set[str] = set()  # folders with a page whose lines are not known
        self.refused: dict[tuple[str, str | None], CellError] = {}  # references, with the class they need
        self.quads: set[ox.Quad] = set()
        self.accepted: set[tuple[str, int]] = set()
        self.sources: dict[str, tuple[str, int]] = {}
        self.passages: dict[ox.NamedNode, set[ox.Quad]] = {}
        self.pages: dict[str, list[Page]] = defaultdict(list)

    def declare(self, row: FactRow) -> None:
        """Record the id and class of the row; pages are kept for the passages."""
        slug, cls = row.cells.get("id", ""), self._class_of(row)
        if not slug:
            self.faults.append(row.fault("id", "is empty", "give the row an id such as q-leap"))
            return
        if not _SLUG.fullmatch(slug) or slug == "index" or len(slug) > _LONGEST_SLUG:
            problem = "is the name of a page that is generated" if slug == "index" else "is not a slug"
            problem = f"is longer than {_LONGEST_SLUG} characters" if len(slug) > _LONGEST_SLUG else problem
            self.faults.append(row.fault("id", problem, "use a-z, 0-9 and single hyphens, such as q-leap"))
            self._lose(row, slug)
            return
        segment = self.schema.classes[cls].segment
        if segment is None:
            self.faults.append(row.fault("file name", "the class has no IRI segment", "give it is:iriSegment"))
            self._lose(row, slug)
            return
        key = self._key(slug, row) if cls == _PAGE else slug
        thing = Thing(ox.NamedNode(f"{terms.ID}{segment}/{key}"), cls, row)
        other = self.things.setdefault(key, thing)
        folders = {other.row.folder, row.folder}
        same = len(folders) == 2 and paths.COMMON in folders and other.cls == cls  # another source says more of it
        if other is not thing and not same:
            self._clash(other, thing)
        self.accepted.add(row.place)
        if cls == _PAGE:
            self._declare_page(row, thing.iri)

    def _lose(self, row: FactRow, slug: str) -> None:
        self.unread.add(slug)
        if row.cls == _PAGE:
            self.unpaged.add(row.folder)

    @staticmethod
    def _key(slug: str, row: FactRow) -> str:
        """Return the key of a page, whose id belongs to its document: every document has a page 1."""
        return f"{row.folder}/{slug}"

    def _clash(self, first: Thing, second: Thing) -> None:
        """Report an id that is used twice, once, at the row of the smaller document, which is the newer one.

        Both entities are kept, so references to either cause no further faults.
        """
        self.clashing[first.row.cells["id"]].append(second)
        standing, repeating = sorted((first.row, second.row), key=lambda row: -self.sizes[row.folder])
        remedy = "ids are unique, over all documents"
        if first.cls == second.cls:
            remedy += "; refer to the same entity by its id alone, or say more of it in common/"
        self.faults.append(repeating.fault("id", f"is already used at {standing.file}:{standing.line}", remedy))

    def _declare_page(self, row: FactRow, iri: ox.NamedNode) -> None:
        try:
            number, first, last = (parse_integer(row.cells.get(c, "")) for c in ("pageNumber", "firstLine", "lastLine"))
        except CellError:
            self.unpaged.add(row.folder)  # the second pass reports the cell
            return
        self.pages[row.folder].append(Page(number, first, last, iri))

    def _class_of(self, row: FactRow) -> str:
        name = row.cells.get("type")
        if not name:
            return row.cls
        cls = terms.IS + name
        if self.schema.descends(cls, row.cls):
            return cls
        below = [terms.local_name(c) for c in self.schema.classes if self.schema.descends(c, row.cls)]
        remedy = did_you_mean(name, below) or f"one of {', '.join(below)}"
        self.faults.append(row.fault("type", f"is not a kind of {terms.local_name(row.cls)}", remedy))
        self.unread.add(row.cells.get("id", ""))
        return row.cls

    def read(self, table: FactTable, row: FactRow) -> None:
        """Turn the cells of the row into quads in the graph of its document."""
        if row.place not in self.accepted:
            return
        slug = row.cells["id"]
        key = self._key(slug, row) if row.cls == _PAGE else slug
        thing = next((each for each in self.clashing[key] if each.row.place == row.place), self.things[key])
        graph = node(terms.GRAPH + row.folder)
        self.sources[f"{thing.iri.value} {graph.value}"] = row.place
        if thing.row.place == row.place:  # only once: a statement in two graphs would count twice in a sum
            self.quads.add(ox.Quad(thing.iri, _TYPE, node(thing.cls), graph))
        for column in table.columns:
            text = row.cells.get(column.name)
            if text is None:
                continue
            domain = column.prop.domain
            if domain and not self.schema.descends(thing.cls, domain) and slug not in self.unread:
                self.faults.append(
                    row.fault(column.name, f"belongs to {terms.local_name(domain)}", "leave it empty here")
                )
                continue
            for value in self._values(column, text, row):
                self.quads.add(ox.Quad(thing.iri, node(column.prop.iri), value, graph))
                if template := column.prop.exact_match_template:
                    self._match(thing, row.fault(column.name, "", "", value.value), template, graph)
        if row.cls == _PAGE:
            self._name_page(thing, row, graph)
        self._read_passages(thing, row)

    def _match(self, thing: Thing, place: Fault, template: str, graph: ox.NamedNode) -> None:
        """Add the address that an identifier has; `place` is its cell."""
        try:
            match = parse_iri(template.replace("{}", place.value))
        except CellError:
            problem, remedy = "is no part of a web address", "write the identifier alone"
            self.faults.append(place._replace(problem=problem, remedy=remedy))
            return
        self.quads.add(ox.Quad(thing.iri, ox.NamedNode(terms.SKOS + "exactMatch"), match, graph))

    def _name_page(self, thing: Thing, row: FactRow, graph: ox.NamedNode) -> None:
        for number in (page.number for page in self.pages[row.folder] if page.iri == thing.iri):
            name = cite_page(self.titles.get(row.folder), number)
            self.quads.update(
                ox.Quad(thing.iri, _LABEL, ox.Literal(text, language=language), graph)
                for language, text in name.items()
            )

    def _values(self, column: FactColumn, text: str, row: FactRow) -> Iterator[ox.NamedNode | ox.Literal]:
        parts = [part.strip() for part in text.split("|")] if column.prop.kind != "data" or "|" in text else [text]
        if column.prop.kind == "annotation" and column.language and column.prop.iri not in _OTHER_NAMES:
            parts = [text]  # prose may hold a bar
        if len(parts) > 1 and column.prop.functional:
            self.faults.append(row.fault(column.name, "has several values", "the property takes only one"))
            return
        for part in parts:
            if not part:
                self.faults.append(row.fault(column.name, "has an empty value", "remove the extra |"))
                continue
            try:
                yield self._value(column, part, row)
            except CellError as error:
                self.faults.append(row.fault(column.name, error.problem, error.remedy, part))

    def _value(self, column: FactColumn, text: str, row: FactRow) -> ox.NamedNode | ox.Literal:
        prop = column.prop
        if prop.kind == "object":
            return self._reference(text, prop.range, row)
        if column.language:
            return ox.Literal(normalise(text) if prop.iri == _LABEL.value else text, language=column.language)
        if prop.kind == "annotation":
            if prop.iri == terms.DCTERMS + "issued":
                return ox.Literal(parse_date(text), datatype=ox.NamedNode(terms.XSD + "date"))
            return parse_iri(text) if re.fullmatch(r"https?://\S+", text) else ox.Literal(text)
        datatype = prop.range or terms.XSD + "string"
        return ox.Literal(parse_literal(text, datatype, in_yen=prop.in_yen), datatype=ox.NamedNode(datatype))

    def _reference(self, text: str, target: str | None, row: FactRow) -> ox.NamedNode:
        slug = normalise(text)
        own = self._key(slug, row)  # a page of the same document
        thing = self.things.get(own) or self.things.get(slug)
        for each in [thing, *self.clashing[slug]] if thing else ():
            if target is None or self.schema.descends(each.cls, target):
                return each.iri
        for cls, codes in self.schema.codes.items():
            if slug in codes and (self.schema.descends(cls, target) if target else True):
                return ox.NamedNode(codes[slug])
        if (slug, target) not in self.refused:  # looking for the nearest ids takes long
            ids = {thing.row.cells["id"]: thing.cls for thing in self.things.values()}
            self.refused[slug, target] = misfit(slug, target, thing.cls if thing else None, ids, self.schema)
        raise self.refused[slug, target]

    def _read_passages(self, thing: Thing, row: FactRow) -> None:
        if "lines" not in row.cells and "page" not in row.cells:
            return
        try:
            ranges = parse_line_ranges(row.cells.get("lines", ""))
        except CellError as error:
            self.faults.append(row.fault("lines", error.problem, error.remedy))
            return
        found: set[int] = set()
        for first, last in ranges:
            page = page_with(self.pages[row.folder], first, last)
            if page is None:
                self.faults.append(row.fault("lines", _NOT_ON_A_PAGE, "see the lines of each page in the Page table"))
                return
            found.add(page.number)
            passage = passage_of(row.folder, first, last)
            if passage not in self.passages:  # many facts are read from the same lines
                self.passages[passage] = passage_quads((first, last), page, row.folder, self.titles)
            self.quads |= self.passages[passage]
            self.quads.add(read_from(thing.iri, passage, row.folder))
        try:
            claimed = {parse_integer(part) for part in row.cells.get("page", "").split("|")}
        except CellError as error:
            self.faults.append(row.fault("page", error.problem, error.remedy))
            return
        if claimed != found:
            right = "|".join(map(str, sorted(found)))
            self.faults.append(
                row.fault("page", "does not contain these lines", f"lines {row.cells['lines']} are on page {right}")
            )
