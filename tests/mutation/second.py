"""The second keying as a gate: whether the tests that compare both keyings fall when a table holds an error."""

from __future__ import annotations

import csv
import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache, partial
from pathlib import Path
from unittest.mock import patch

from kg import paths
from tests.keying import (
    keying,
    test_codes,
    test_identifiers,
    test_page4,
    test_printed,
    test_second_keying,
    test_strategy,
)
from tests.mutation.operators import Mutant

Rows = list[keying.Row]
_MODULES = (
    test_second_keying,
    test_codes,
    test_identifiers,
    test_page4,
    test_printed,
    test_strategy,
)


def comparisons() -> list[Callable[[], None]]:
    """Return the tests that compare the tables, those that need no more than the tables."""
    found = [f for module in _MODULES for name, f in vars(module).items() if name.startswith("test_")]
    of_marks = test_second_keying.test_every_mark_was_keyed_alike_twice
    marks: list[Callable[[], None]] = [partial(of_marks, mark) for mark in test_second_keying.MARKS]
    return [f for f in found if not inspect.signature(f).parameters] + marks


class SecondKeying:
    """The comparisons of both keyings, asked about one error at a time."""

    def __init__(self) -> None:
        """Make sure that they all stand as the tables are."""
        self._comparisons = comparisons()
        fallen = [str(f) for f in self._comparisons if not _stands(f)]
        assert not fallen, f"the keyings differ without any error: {fallen}"

    def notices(self, mutant: Mutant) -> bool:
        """Return whether a comparison falls."""
        with _changed(mutant):
            return not all(map(_stands, self._comparisons))


def _stands(comparison: Callable[[], None]) -> bool:
    try:
        comparison()
    except Exception:
        return False
    return True


@contextmanager
def _changed(mutant: Mutant) -> Iterator[None]:
    """Let the comparisons read the tables with the error."""
    files: dict[Path, Rows] = {}
    for edit in mutant.edits:
        file, line = edit.place
        path = paths.FACTS.parent / file
        rows = files.setdefault(path, [dict(row) for row in _read(path)])
        cells = dict.fromkeys(rows[0], "") | dict(edit.cells or ())
        if edit.added:
            rows.append(cells)
        else:
            rows[line - 2] = cells if edit.cells is not None else {}
    changed = {path: [row for row in rows if row] for path, rows in files.items()}
    with patch.object(keying, "read", lambda path: changed.get(path) or _read(path)):
        yield


@lru_cache
def _read(path: Path) -> Rows:
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))
