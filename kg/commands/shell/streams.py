"""The three standard streams, whatever stands behind them: closed, full, without a buffer, or in an old encoding."""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import IO, TextIO

from kg.errors import InputError


def open_streams() -> None:
    """Give each closed stream a stand-in, so that no file takes its number, and have all of them use UTF-8.

    A stand-in for standard input or output fails when it is used; one for standard error takes every message.
    """
    for number, name, mode in ((0, "stdin", "r"), (1, "stdout", "w"), (2, "stderr", "w")):
        try:
            os.set_blocking(number, True)  # or a full pipe would be an error
        except OSError:
            handle = os.open(os.devnull, (os.O_WRONLY, os.O_RDONLY, os.O_WRONLY)[number])
            if handle != number:
                os.dup2(handle, number)
                os.close(handle)
            os.set_inheritable(number, True)
        if getattr(sys, name) is None:
            setattr(sys, name, io.open(number, mode, encoding="utf-8", closefd=False))  # noqa: SIM115, UP020
        stream = getattr(sys, name)
        if isinstance(stream, io.TextIOWrapper) and mode == "w":
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def arguments_in_utf8(arguments: Sequence[str]) -> list[str]:
    """Return arguments of the command line, decoded again where Python took their bytes for ASCII.

    >>> arguments_in_utf8(["RIKEN", "理研"])
    ['RIKEN', '理研']
    """
    found = []
    for word in arguments:
        with suppress(UnicodeError):
            word = os.fsencode(word).decode()  # noqa: PLW2901
        found.append(word)
    return found


def start_in_utf8() -> None:
    """Start the program again in UTF-8 if Python takes file names for ASCII, as in the locale C without UTF-8 mode."""
    if sys.getfilesystemencoding() == "ascii" and not sys.flags.utf8_mode and sys.executable:
        with suppress(OSError):
            os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]])  # noqa: S606 — itself


def is_terminal(stream: IO[str] | None) -> bool:
    """Return whether a stream is an open terminal."""
    try:
        return stream is not None and stream.isatty()
    except ValueError:  # it has been closed
        return False


def write_out(content: str | bytes) -> None:
    """Write to standard output. Raises InputError if that is closed or full, BrokenPipeError if its reader has left."""
    data = content.encode("utf-8", "backslashreplace") if isinstance(content, str) else content
    try:
        stream = _there(sys.stdout)
        stream.flush()
        if (buffer := getattr(stream, "buffer", None)) is None:  # in a notebook, for example
            stream.write(data.decode("utf-8", "replace"))
        else:
            buffer.write(data)
        stream.flush()
    except BrokenPipeError:
        raise
    except (OSError, ValueError) as error:
        raise InputError(f"standard output: cannot be written: {getattr(error, 'strerror', None) or error}") from error


def _there(stream: TextIO | None) -> TextIO:
    if stream is None:  # Python found it closed
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))
    return stream


def write_error(text: str) -> None:
    """Write to standard error, as far as that is open."""
    with suppress(OSError, ValueError):
        if sys.stderr is not None:
            sys.stderr.write(text)
            sys.stderr.flush()


def read_in() -> str:
    """Return the text of standard input. Raises InputError if it is closed, a folder, or not UTF-8."""
    try:
        return read_in_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"standard input: not UTF-8: {error}") from error


def read_in_bytes() -> bytes:
    """Return the content of standard input. Raises InputError if it is closed or a folder."""
    try:
        stream = _there(sys.stdin)
        buffer = getattr(stream, "buffer", None)
        return stream.read().encode() if buffer is None else buffer.read()
    except (OSError, ValueError) as error:
        raise InputError(f"standard input: cannot be read: {getattr(error, 'strerror', None) or error}") from error
