"""Stop in good order: a program that has to end while it writes first deletes what it has not finished."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_KINDS = ("SIGTERM", "SIGHUP", "SIGXCPU")


class _StopError(BaseException):
    def __init__(self, number: int) -> None:
        self.number = number


def _stop(number: int, _: FrameType | None) -> None:
    raise _StopError(number)


@contextmanager
def stopping_in_order() -> Iterator[None]:
    """Run what is inside so that a signal to end passes through its `finally` before it ends the process.

    Only in the main thread, and only for signals for which nobody has other plans.
    """
    taken = []
    try:
        for name in _KINDS:
            number = getattr(signal, name, None)
            if number is not None and signal.getsignal(number) == signal.SIG_DFL:
                signal.signal(number, _stop)
                taken.append(number)
    except ValueError:  # another thread
        taken = []
    try:
        yield
    except _StopError as stop:
        signal.signal(stop.number, signal.SIG_DFL)
        signal.raise_signal(stop.number)
    finally:
        for number in taken:
            signal.signal(number, signal.SIG_DFL)
