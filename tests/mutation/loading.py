"""The table reader on one keying error: what it refuses, or how the statements change. Only what changed is read again.

A test holds this equal to writing the tables with the error and loading them from there.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

import pyoxigraph as ox

from kg import paths, terms
from kg.tables.citation import short_titles
from kg.tables.label_templates import label_quads
from kg.tables.load import _Loader
from kg.tables.references import Thing
from kg.tables.rows import FactRow, read_tables
from kg.tables.schema import Schema
from tests.mutation.operators import Mutant, Place, Tables

Quads = frozenset[ox.Quad]


@dataclass(frozen=True)
class Loaded:
    """The tables with the error: the faults that the reader names, or the statements, and how they differ."""

    faults: tuple[str, ...]
    quads: Quads = frozenset()
    added: Quads = frozenset()
    removed: Quads = frozenset()


class Loading:
    """The tables without errors, read once."""

    def __init__(self, schema: Schema) -> None:
        read = read_tables(paths.FACTS, schema)
        assert not read.faults, read.faults
        found = list(read.tables)
        self.schema = schema
        self.tables = Tables(found, schema)
        self._table = {t.file: t for t in found}
        self._loader, said = self._load(self.tables.rows)
        assert not self._loader.faults, self._loader.faults
        self._said = said
        self._count = Counter(q for quads in said.values() for q in quads)
        self._labels = frozenset(label_quads(self._loader.quads, schema))
        self._about = _about(self._loader.quads)
        self._referring: dict[object, set[object]] = defaultdict(set)
        for q in self._loader.quads:
            self._referring[q.object].add(q.subject)
        self.quads: Quads = frozenset(self._loader.quads) | self._labels

    def _load(self, rows: dict[Place, FactRow]) -> tuple[_Loader, dict[Place, Quads]]:
        """Do as load_facts does, in its order, and remember which row said what."""
        loader = _Loader(self.schema, Counter(row.folder for row in rows.values()), short_titles(rows.values()))
        by_file: dict[str, list[FactRow]] = {name: [] for name in self._table}
        for place in sorted(rows):
            by_file[place[0]].append(rows[place])
        order = sorted(self._table.values(), key=lambda t: t.file.split("/")[1] == paths.COMMON)
        for table in order:
            for row in by_file[table.file]:
                loader.declare(row)
        said: dict[Place, Quads] = {}
        everything: set[ox.Quad] = set()
        for table in order:
            for row in by_file[table.file]:
                loader.quads = set()
                loader.read(table, row)
                said[row.file, row.line] = frozenset(loader.quads)
                everything |= loader.quads
        loader.quads = everything
        return loader, said

    def of(self, mutant: Mutant) -> Loaded:
        """Return the tables with the error."""
        rows = {e.place: None if e.cells is None else self.row(e.place, dict(e.cells)) for e in mutant.edits}
        plain = all(
            row is not None and place in self.tables.rows and self._declares_alike(self.tables.rows[place], row)
            for place, row in rows.items()
        )
        return self._again({p: r for p, r in rows.items() if r}) if plain else self._anew(rows)

    def row(self, place: Place, cells: dict[str, str]) -> FactRow:
        """Return the row as it is with other cells, or one added to its table."""
        base = self.tables.rows.get(place) or self.tables.of_file[place[0]][0]
        return replace(base, line=place[1], cells=cells)

    @staticmethod
    def _declares_alike(one: FactRow, other: FactRow) -> bool:
        """Whether all other rows are read alike: the first pass takes id and type, and of a page its number and lines."""
        return one.cls != terms.IS + "Page" and all(one.cells.get(c) == other.cells.get(c) for c in ("id", "type"))

    def _again(self, rows: dict[Place, FactRow]) -> Loaded:
        loader = self._loader
        kept = loader.things, loader.quads
        loader.things = dict(loader.things)
        loader.faults = []
        count, changed = Counter[ox.Quad](), {}
        try:
            for place, row in rows.items():
                thing = loader.things[row.cells["id"]]
                if thing.row.place == place:
                    loader.things[row.cells["id"]] = Thing(thing.iri, thing.cls, row)
            for place, row in rows.items():
                loader.quads = set()
                loader.read(self._table[row.file], row)
                changed[place] = frozenset(loader.quads)
            faults = tuple(map(str, loader.faults))
        finally:
            loader.things, loader.quads = kept
            loader.faults = []
        if faults:
            return Loaded(faults)
        for place, quads in changed.items():
            count.update(quads)
            count.subtract(self._said[place])
        gone = {q for q, n in count.items() if n < 0 and self._count[q] + n == 0}
        new = {q for q, n in count.items() if n > 0 and self._count[q] == 0}
        return self._different((self._loader.quads - gone) | new, self._relabelled(gone, new))

    def _relabelled(self, gone: set[ox.Quad], new: set[ox.Quad]) -> Quads:
        """Return all labels from templates, made again for what changes and whatever refers to it."""
        later = _about(new)

        def said(node: object) -> set[ox.Quad]:
            return (self._about.get(node, set()) - gone) | later.get(node, set())

        referring: dict[object, set[object]] = defaultdict(set)
        for q in new:
            referring[q.object].add(q.subject)
        anew = _closed({q.subject for q in gone | new}, lambda n: self._referring.get(n, set()) | referring[n])
        seen = _closed(anew, lambda n: {q.object for q in said(n)})
        made = label_quads({q for n in seen for q in said(n)}, self.schema)
        return frozenset({q for q in self._labels if q.subject not in anew} | {q for q in made if q.subject in anew})

    def _anew(self, changed: dict[Place, FactRow | None]) -> Loaded:
        rows = {**self.tables.rows, **changed}
        loader, _ = self._load({p: r for p, r in rows.items() if r})
        if loader.faults:
            return Loaded(tuple(map(str, loader.faults)))
        return self._different(loader.quads, frozenset(label_quads(loader.quads, self.schema)))

    def _different(self, said: set[ox.Quad], labels: Quads) -> Loaded:
        quads = frozenset(said) | labels
        return Loaded((), quads, quads - self.quads, self.quads - quads)


def _about(quads: Iterable[ox.Quad]) -> dict[object, set[ox.Quad]]:
    about: dict[object, set[ox.Quad]] = defaultdict(set)
    for q in quads:
        about[q.subject].add(q)
    return about


def _closed(start: Iterable[object], following: Callable[[object], Iterable[object]]) -> set[object]:
    seen, waiting = set(start), list(start)
    while waiting:
        for node in following(waiting.pop()):
            if node not in seen:
                seen.add(node)
                waiting.append(node)
    return seen
