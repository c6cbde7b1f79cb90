"""Every gate asked about keying errors.

The table reader, the shapes with the reconciliation, the second keying, the text of the
source, the stock-take.
"""

from __future__ import annotations

import math
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from multiprocessing import get_context

import pyoxigraph as ox

from kg.tables.coverage import compare_with_source
from kg.tables.schema import read_schema
from tests.keying.stock import taken
from tests.mutation.loading import Loading
from tests.mutation.operators import Mutant, mutants
from tests.mutation.second import SecondKeying
from tests.mutation.shaping import Shaping

DOCUMENT = "science-technology-budget-2020"
READER, SHAPES, SECOND, SOURCE, STOCK = "table reader", "shapes", "second keying", "source text", "stock-take"
NONE, SAME = "nothing", "no error"
CHUNK = 40


@dataclass(frozen=True)
class Verdict:
    """One error and which gates notice it; `same` when the statements are the same with it, so that it is none.

    What one gate notices is not shown to the next.
    """

    mutant: Mutant
    reader: bool = False
    shapes: frozenset[str] = frozenset()
    second: bool = False
    source: bool = False
    stock: bool = False
    same: bool = False

    @property
    def gate(self) -> str:
        """The first gate that notices it."""
        if self.same:
            return SAME
        noticed = {
            READER: self.reader,
            SHAPES: bool(self.shapes),
            SECOND: self.second,
            SOURCE: self.source,
            STOCK: self.stock,
        }
        return next((gate for gate, found in noticed.items() if found), NONE)

    @property
    def without_source(self) -> bool:
        """Whether it is noticed without the text of the source, which is not part of the project."""
        return self.reader or bool(self.shapes) or self.second or self.stock

    @property
    def caught(self) -> bool:
        """Whether any gate notices it."""
        return self.without_source or self.source


class Gates:
    """The gates over the tables as they are; `source` is the text, or its mask."""

    def __init__(self, source: str) -> None:
        self.loading = Loading(read_schema())
        self._shaping = Shaping(self.loading)
        self._source = source
        self._known = self._gaps(self.loading.quads)
        self._second = SecondKeying()

    def judge(self, errors: Sequence[Mutant]) -> list[Verdict]:
        """Return the verdicts on some errors, in their order."""
        loaded = [self.loading.of(m) for m in errors]
        through = [i for i, one in enumerate(loaded) if not one.faults and (one.added or one.removed)]
        shapes = dict(zip(through, self._shaping.violated([loaded[i] for i in through]), strict=True))
        return [
            Verdict(m, reader=True)
            if one.faults
            else Verdict(m, same=True)
            if i not in shapes
            else Verdict(
                m,
                shapes=shapes[i],
                second=not shapes[i] and self._second.notices(m),
                source=not shapes[i] and bool(self._gaps(one.quads) - self._known),
                stock=self._miscounted(m),
            )
            for i, (m, one) in enumerate(zip(errors, loaded, strict=True))
        ]

    def _miscounted(self, mutant: Mutant) -> bool:
        """Whether a page has more or fewer rows of a table than were counted; without errors the two are equal."""
        rows = self.loading.tables.rows
        before = [rows[e.place] for e in mutant.edits if e.place in rows]
        after = [self.loading.row(e.place, dict(e.cells)) for e in mutant.edits if e.cells is not None]
        return taken(before) != taken(after)

    def _gaps(self, quads: Iterable[ox.Quad]) -> frozenset[tuple[object, ...]]:
        """Return what the comparison with the source finds; a form that the mask cannot show is a gap from the start."""
        found = compare_with_source(self._source, quads, DOCUMENT)
        gaps: set[tuple[object, ...]] = {(line.number,) for line in found.lines if line.uncited}
        gaps |= {(line.number, orphan) for line in found.lines for orphan in line.orphans}
        gaps |= {("another text",)} if not found.same_text else set()
        return frozenset(gaps | {(u.subject, u.property) for u in found.unsupported})


def sample(errors: Iterable[Mutant], share: float, seed: int) -> list[Mutant]:
    """Return a share of the errors: of each kind in each column of each table at least one, in the order given."""
    strata: dict[tuple[str, str, str], list[tuple[int, Mutant]]] = defaultdict(list)
    for number, error in enumerate(errors):
        strata[error.file, error.column, error.error].append((number, error))
    chosen: list[tuple[int, Mutant]] = []
    for key, members in strata.items():
        chosen += random.Random(f"{seed} {key}").sample(members, math.ceil(len(members) * share))
    return [error for _, error in sorted(chosen, key=lambda pair: pair[0])]


@lru_cache(maxsize=1)
def _gates(source: str) -> Gates:
    return Gates(source)


def _judged(source: str, errors: list[Mutant]) -> list[Verdict]:
    return _gates(source).judge(errors)


def judge_in_parallel(source: str, errors: Sequence[Mutant], processes: int) -> Iterator[Verdict]:
    """Give the verdicts on some errors, in their order, from several processes."""
    size = min(CHUNK, math.ceil(len(errors) / processes))
    chunks = [list(errors[i : i + size]) for i in range(0, len(errors), size)]
    with ProcessPoolExecutor(processes, get_context("spawn")) as pool:
        for verdicts in pool.map(_judged, [source] * len(chunks), chunks):
            yield from verdicts


def run(source: str, *, seed: int, share: float = 1.0, processes: int = 3) -> Iterator[Verdict]:
    """Give the verdicts on a share of all errors, in table order."""
    loading = Loading(read_schema())
    return judge_in_parallel(source, sample(mutants(loading.tables, seed), share, seed), processes)
