"""What all tests stand on: tables, ontology, shapes, stored questions. A fault in one of them is told once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from hashlib import blake2b
from pathlib import Path

import pyoxigraph as ox

from kg import paths
from kg.assembly import shipped
from kg.errors import DataError, KgError, QueryError, TableError
from kg.stores.embedded import EmbeddedStore


def faults() -> list[str]:
    """Return what is wrong with the files that people edit, one message a fault; empty when nothing is.

    What violates a shape is looked for only where the rest can be read.
    """
    told = [*_told(_read_dataset), *_told(_read_shapes)]
    told += [fault for path in sorted(paths.QUERIES.glob("*.rq")) for fault in _told(partial(_parse, path))]
    return told or list(_told(_validate))


def digest() -> str:
    """Return a digest of everything that `faults` looks at, and of the code that builds the dataset."""
    made_of = blake2b(digest_size=16)
    for path in sorted({*shipped.sources(), *paths.SHAPES.rglob("*"), *paths.QUERIES.rglob("*")}):
        if path.is_file():
            with suppress(OSError):
                made_of.update(f"{path}\n".encode() + path.read_bytes())
    return made_of.hexdigest()


def _told(read: Callable[[], object]) -> Iterator[str]:
    try:
        read()
    except TableError as error:
        yield from (f"kg/{fault}" for fault in error.faults)
    except KgError as error:
        yield str(error)


def _read_dataset() -> None:
    shipped.nquads()


def _read_shapes() -> None:
    from kg.validation.shapes import read_shapes

    read_shapes()


def _parse(path: Path) -> None:
    from kg.questions.catalogue import load_question

    try:
        EmbeddedStore(ox.Store()).query(load_question(path.stem).text)
    except QueryError as error:
        raise DataError(f"queries/{path.name}: {error}") from error


def _validate() -> None:
    from kg.validation.report import line_of
    from kg.validation.shapes import documents_with_hints
    from kg.validation.validate import check

    report = check(proofread=documents_with_hints())  # here a hint is a fault: the facts follow them, or say why not
    if violated := [result for result in report.results if result.severity != "Info"]:
        raise DataError("\n".join(line_of(result, "en") for result in violated))
