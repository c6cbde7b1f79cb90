"""Validate the data of strangers, or by their shapes, in a worker: a few lines can take for ever."""

import pickle
from collections.abc import Callable, Collection
from functools import partial
from pathlib import Path
from typing import IO, cast

from kg import paths
from kg.errors import InputError
from kg.validation.validate import Report, check
from kg.worker import Limits, stream

_TOLD = b"\n"  # ends each message of progress; the report comes after an empty one
_MEMORY, _FOR_EACH_BYTE = 4 << 30, 64  # bytes, at most, for the ontology, and for each byte of a file


def check_apart(
    source: Path | str | bytes | None,
    *,
    data_format: str | None = None,
    shapes: Path = paths.SHAPES,
    proofread: Collection[str] = (),
    engine: str = "auto",
    timeout: float = 600.0,
    tell: Callable[[str], None] | None = None,
) -> Report:
    """Return the report of kg.validation.validate.check, made in a worker in at most `timeout` seconds.

    Raises as `check` does, with UsageError in place of ShapeError, and InputError if the check exceeds its limits.
    """
    name = str(source) if isinstance(source, Path) else "the data"
    size = len(source or "") if not isinstance(source, Path) else source.stat().st_size if source.is_file() else 0
    limits = Limits(timeout, _MEMORY + _FOR_EACH_BYTE * size, hint=" (see --timeout)")
    task = partial(_check, source, data_format, shapes, tuple(proofread), engine, tell is not None)
    head, report = b"", bytearray()
    for chunk in stream(task, limits, f"{name}: validating it", InputError):
        if report:
            report += chunk
            continue
        *messages, head = (head + chunk).split(_TOLD)
        for number, message in enumerate(messages):
            if not message:
                report += _TOLD.join([*messages[number + 1 :], head])
                break
            if tell:
                tell(message.decode())
    return cast("Report", pickle.loads(bytes(report)))  # noqa: S301 — from `_check` in a fork of this process


def _check(
    source: Path | str | bytes | None,
    data_format: str | None,
    shapes: Path,
    proofread: Collection[str],
    engine: str,
    told: bool,
    output: IO[bytes],
) -> None:
    """Write messages of progress, one a line, an empty line, and the report: the task of a worker."""

    def tell(message: str) -> None:
        output.write(" ".join(message.split()).encode() + _TOLD)
        output.flush()

    report = check(
        source, data_format=data_format, shapes=shapes, proofread=proofread, engine=engine, tell=tell if told else None
    )
    output.write(_TOLD + pickle.dumps(report))
