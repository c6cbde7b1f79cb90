"""Files that are generated and kept, so that a change of theirs is seen: what differs, and the command that writes them.

A room that keeps such files says what they hold now with a function `made`; `tests.refresh` knows them all.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from pathlib import Path

import pytest

from kg import paths

MOST = 40  # lines of a message: enough to see what changed, few enough to be read
LONGEST = 220  # characters of a line


def assert_kept(path: Path, now: str, family: str) -> None:
    """Fail unless a kept file holds a text: say what differs and the command that writes its family anew."""
    if not path.is_file():
        pytest.fail(f"{_name(path)} is not there: python -m tests.refresh {family}", pytrace=False)
    assert_same(path, path.read_text(encoding="utf-8"), now, family)


def assert_same(path: Path, kept: str, now: str, family: str) -> None:
    """Fail unless what a file holds, the whole or a passage of it, is a text, in the words of `assert_kept`."""
    if kept != now:
        told = list(differences(path, kept, now))
        more = [f"  … and {len(told) - MOST} more"] if len(told) > MOST else []
        hint = f"if the change is meant: python -m tests.refresh {family}, then read the diff"
        pytest.fail("\n".join([f"{_name(path)} is stale:", *told[:MOST], *more, hint]), pytrace=False)


def assert_none_left_over(folder: Path, names: Iterable[str], family: str) -> None:
    """Fail unless a folder holds the files of these names and no others."""
    over = sorted({path.name for path in folder.iterdir()} - set(names))
    if over:
        pytest.fail(f"{_name(folder)}: left over: {', '.join(over)}: python -m tests.refresh {family}", pytrace=False)


def _name(path: Path) -> Path:
    return path.relative_to(paths.PACKAGE.parent)


def differences(path: Path, kept: str, now: str) -> Iterator[str]:
    """Yield what differs, one line each: cells of a table, texts and shapes of a picture, lines of any other file."""
    split, what = (_elements, "element") if path.suffix == ".svg" else (str.splitlines, "line")
    before, after = split(kept), split(now)
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        gone, come = before[a:b], after[c:d]
        if len(gone) == len(come):
            head = _head(before) if path.suffix == ".csv" else []
            for n, (old, new) in enumerate(zip(gone, come, strict=True), c + 1):
                yield from _changed(f"{what} {n}", head, old, new)
        else:
            yield from (f"  {what} {n}: - {_short(line)}" for n, line in enumerate(gone, a + 1))
            yield from (f"  {what} {n}: + {_short(line)}" for n, line in enumerate(come, c + 1))


def _head(rows: list[str]) -> list[str]:
    first = next((row for row in rows if not row.startswith("#")), "")
    return next(csv.reader([first]), [])


def _changed(place: str, head: list[str], old: str, new: str) -> Iterator[str]:
    """Yield the cells that changed in a row of a table, or both forms of any other line from shortly before they part."""
    before, after = (next(csv.reader([row]), []) for row in (old, new))
    if head and len(before) == len(after) == len(head) and before[0] == after[0]:
        for column, was, is_now in zip(head, before, after, strict=True):
            if was != is_now:
                yield f"  {place} ({before[0]}), {column}: {was!r} → {is_now!r}"
        return
    alike = next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), 0)
    start = max(0, alike - LONGEST // 4)
    for sign, text in (("-", old), ("+", new)):
        yield f"  {place}: {sign} {'…' if start else ''}{_short(text[start:])}"


def _short(line: str) -> str:
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"


def _elements(svg: str) -> list[str]:
    """Return a picture as lines, a text with its place on one line, each shape on a line of its own."""
    return re.sub(r">\s*<(?!/text|tspan|/tspan)", ">\n<", svg).splitlines()
