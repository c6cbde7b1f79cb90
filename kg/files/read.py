"""Read files, of which some are special: no device is read without end, and no pipe waited for without end."""

from __future__ import annotations

import os
import stat
import time
from pathlib import Path

from kg.errors import InputError

_WAIT = 5.0  # seconds for another program to open a named pipe
_PIECE = 2**20


def read_file(path: Path, most: int = 2**28, remedy: str = "") -> bytes:
    """Return the content of a file of at most `most` bytes; a pipe is read to its end. `remedy` is for larger ones.

    Raises InputError if it is missing, a folder, a device, larger, or a named pipe that no program writes to.
    """
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except FileNotFoundError as error:
        raise InputError(f"{path}: no such file") from error
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise InputError(f"{path}: cannot be read: {why}") from error
    try:
        return _read(handle, path, most, remedy)
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error
    finally:
        os.close(handle)


def read_text(path: Path, encoding: str = "utf-8") -> str:
    """Return the text of a file with line feeds as its line ends.

    Raises InputError as `read_file` does, UnicodeDecodeError if it is in another encoding.
    """
    return read_file(path).decode(encoding).replace("\r\n", "\n").replace("\r", "\n")


def _read(handle: int, path: Path, most: int, remedy: str) -> bytes:
    found = os.fstat(handle)
    kind = stat.S_IFMT(found.st_mode)
    if kind == stat.S_IFDIR:
        raise InputError(f"{path}: is a folder; name a file")
    if kind in {stat.S_IFBLK, stat.S_IFCHR} and not os.isatty(handle):
        raise InputError(f"{path}: is a device; name a file")
    larger = InputError(f"{path}: larger than {most // 2**20} MB{remedy and '; '}{remedy}")
    if found.st_size > most:
        raise larger
    pieces: list[bytes] = []
    size, deadline = 0, time.monotonic() + _WAIT
    while True:
        try:
            piece = os.read(handle, _PIECE)
        except BlockingIOError:  # a program writes to this pipe, but slowly
            os.set_blocking(handle, True)
            continue
        if not piece:
            if size or kind != stat.S_IFIFO or os.get_blocking(handle):
                return b"".join(pieces)
            if time.monotonic() > deadline:
                raise InputError(f"{path}: is a pipe that no program has written to for {_WAIT:g} seconds")
            time.sleep(0.02)
            continue
        size += len(piece)
        pieces.append(piece)
        if size > most:
            raise larger
