"""Load the fact tables into quads; the ontology is the schema."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg import paths, terms
from kg.errors import Fault, InputError, TableError, did_you_mean, nearest
from kg.files.read import read_text
from kg.tables.cells import CellError, normalise, parse_date, parse_integer, parse_line_ranges, parse_literal
from kg.tables.citation import ShortTitles, cite_lines, cite_page, short_titles
from kg.tables.label_templates import label_quads
from kg.tables.rows import FactColumn, FactRow, FactTable, read_tables
from kg.tables.schema import Schema, read_schema

_SLUG = re.compile(r"[a-z0-9]+(?:[-.][a-z0-9]+)*")
_TYPE = ox.NamedNode(terms.RDF + "type")
_PAGE = terms.IS + "Page"
_LABEL = ox.NamedNode(terms.SKOS + "prefLabel")
_OTHER_NAMES = {terms.SKOS + "altLabel", terms.SKOS + "hiddenLabel"}


@dataclass(frozen=True)
class Thing:
    """The entity behind an id: its IRI, its class and the row that declares it."""

    iri: ox.NamedNode
    cls: str
    row: FactRow


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
    tables, faults = read_tables(facts, schema)
    documents_first = sorted(tables, key=lambda table: table.file.split("/")[1] == paths.COMMON)
    rows = [(table, row) for table in documents_first for row in table.rows]
    loader = _Loader(schema, Counter(row.folder for _, row in rows), short_titles(row for _, row in rows))
    for _, row in rows:
        loader.declare(row)
    for table, row in rows:
        loader.read(table, row)
    misnamed = [facts.parent / fault.file for fault in faults if fault.column == "file name"]
    unread = {line.partition(",")[0] for path in misnamed for line in _lines(path)}
    faults += [f for f in loader.faults if not (f.value in unread and f.problem.endswith("has this id"))]
    if faults:
        raise TableError(faults)
    quads = loader.quads | label_quads(loader.quads, schema)
    origins = {t.iri.value: (t.row.file, t.row.line) for t in loader.things.values()}
    return Facts(tuple(sorted(quads, key=str)), origins | loader.sources)


def _lines(path: Path) -> list[str]:
    """Return the lines of a table that is not read for its name; none if it cannot be read at all."""
    with suppress(InputError, UnicodeDecodeError):
        return read_text(path, "utf-8-sig").splitlines()
    return []


class _Loader:
    """Two passes over the rows: declare every id, then read every cell."""

    def __init__(self, schema: Schema, sizes: Counter[str], titles: ShortTitles) -> None:
        self.schema = schema
        self.sizes = sizes  # rows by folder
        self.titles = titles
        self.things: dict[str, Thing] = {}
        self.clashing: dict[str, list[Thing]] = defaultdict(list)  # other entities with the same id
        self.faults: list[Fault] = []
        self.quads: set[ox.Quad] = set()
        self.accepted: set[tuple[str, int]] = set()
        self.sources: dict[str, tuple[str, int]] = {}
        self.pages: dict[str, list[tuple[int, int, int, ox.NamedNode]]] = defaultdict(list)

    def declare(self, row: FactRow) -> None:
        """Record the id and class of the row; pages are kept for the passages."""
        slug, cls = row.cells.get("id", ""), self._class_of(row)
        if not slug:
            self.faults.append(row.fault("id", "is empty", "give the row an id such as q-leap"))
            return
        if not _SLUG.fullmatch(slug):
            self.faults.append(row.fault("id", "is not a slug", "use a-z, 0-9 and single hyphens"))
            return
        segment = self.schema.classes[cls].segment
        if segment is None:
            self.faults.append(row.fault("file name", "the class has no IRI segment", "give it is:iriSegment"))
            return
        key = self._key(slug, row) if cls == _PAGE else slug
        thing = Thing(ox.NamedNode(f"{terms.ID}{segment}/{key}"), cls, row)
        other = self.things.setdefault(key, thing)
        folders = {other.row.folder, row.folder}
        same = len(folders) == 2 and paths.COMMON in folders and other.cls == cls  # another source says more of it
        if other is not thing and not same:
            self._clash(other, thing)
        self.accepted.add((row.file, row.line))
        if cls == _PAGE:
            self._declare_page(row, thing.iri)

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
            return  # the second pass reports the cell
        self.pages[row.folder].append((number, first, last, iri))

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
        return row.cls

    def read(self, table: FactTable, row: FactRow) -> None:
        """Turn the cells of the row into quads in the graph of its document."""
        if (row.file, row.line) not in self.accepted:
            return
        slug = row.cells["id"]
        key = self._key(slug, row) if row.cls == _PAGE else slug
        thing = next((each for each in self.clashing[key] if each.row is row), self.things[key])
        graph = ox.NamedNode(terms.GRAPH + row.folder)
        self.sources[f"{thing.iri.value} {graph.value}"] = (row.file, row.line)
        if thing.row is row:  # only once: a statement in two graphs would count twice in a sum
            self.quads.add(ox.Quad(thing.iri, _TYPE, ox.NamedNode(thing.cls), graph))
        for column in table.columns:
            text = row.cells.get(column.name)
            if text is None:
                continue
            domain = column.prop.domain
            if domain and not self.schema.descends(thing.cls, domain):
                self.faults.append(
                    row.fault(column.name, f"belongs to {terms.local_name(domain)}", "leave it empty here")
                )
                continue
            for value in self._values(column, text, row):
                self.quads.add(ox.Quad(thing.iri, ox.NamedNode(column.prop.iri), value, graph))
                if template := column.prop.exact_match_template:
                    match = ox.NamedNode(template.replace("{}", value.value))
                    self.quads.add(ox.Quad(thing.iri, ox.NamedNode(terms.SKOS + "exactMatch"), match, graph))
        self._name_page(thing, row, graph)
        self._read_passages(thing, row, graph)

    def _name_page(self, thing: Thing, row: FactRow, graph: ox.NamedNode) -> None:
        for number in (number for number, _, _, iri in self.pages[row.folder] if iri == thing.iri):
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
            if column.language:
                raise CellError("does not take a language", f"name the column {column.name.partition('@')[0]}")
            return self._reference(text, prop.range, row)
        if column.language:
            return ox.Literal(normalise(text) if prop.iri == _LABEL.value else text, language=column.language)
        if prop.kind == "annotation":
            if prop.iri == terms.DCTERMS + "issued":
                return ox.Literal(parse_date(text), datatype=ox.NamedNode(terms.XSD + "date"))
            return ox.NamedNode(text) if re.fullmatch(r"https?://\S+", text) else ox.Literal(text)
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
        things = {t.row.cells["id"]: t.cls for t in self.things.values()}
        known = [s for s, cls in things.items() if target is None or self.schema.descends(cls, target)]
        known += [
            n
            for c, codes in self.schema.codes.items()
            if target is None or self.schema.descends(c, target)
            for n in codes
        ]
        kind = terms.local_name(target) if target else "thing"
        if thing and target:
            raise CellError(
                f"is a {terms.local_name(thing.cls)}, not a {kind}", did_you_mean(slug, known) or f"name a {kind}"
            )
        some = ", ".join(sorted(known)[:5])
        raise CellError(
            f"no {kind} has this id", did_you_mean(slug, known) if nearest(slug, known) else f"known: {some}"
        )

    def _read_passages(self, thing: Thing, row: FactRow, graph: ox.NamedNode) -> None:
        if "lines" not in row.cells and "page" not in row.cells:
            return
        try:
            ranges = parse_line_ranges(row.cells.get("lines", ""))
        except CellError as error:
            self.faults.append(row.fault("lines", error.problem, error.remedy))
            return
        found: set[int] = set()
        for first, last in ranges:
            page = next(((n, iri) for n, a, b, iri in self.pages[row.folder] if a <= first and last <= b), None)
            if page is None:
                self.faults.append(
                    row.fault("lines", "is not on a single page", "see the lines of each page in the Page table")
                )
                return
            found.add(page[0])
            self._add_passage(thing, first, last, page, graph, row.folder)
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

    def _add_passage(
        self, thing: Thing, first: int, last: int, page: tuple[int, ox.NamedNode], graph: ox.NamedNode, folder: str
    ) -> None:
        span = str(first) if first == last else f"{first}-{last}"
        passage = ox.NamedNode(f"{terms.ID}passage/{folder}/{span}")
        integer = ox.NamedNode(terms.XSD + "integer")
        name = cite_lines(self.titles.get(folder), page[0], first, last)
        pairs: list[tuple[str, ox.NamedNode | ox.Literal]] = [
            (terms.RDF + "type", ox.NamedNode(terms.IS + "Passage")),
            (terms.IS + "isOnPage", page[1]),
            (terms.IS + "firstLine", ox.Literal(str(first), datatype=integer)),
            (terms.IS + "lastLine", ox.Literal(str(last), datatype=integer)),
            *((_LABEL.value, ox.Literal(text, language=language)) for language, text in name.items()),
        ]
        self.quads.update(ox.Quad(passage, ox.NamedNode(p), o, graph) for p, o in pairs)
        self.quads.add(ox.Quad(thing.iri, ox.NamedNode(terms.IS + "isReadFrom"), passage, graph))
