"""Run a task in a process of its own, within a deadline and a limit on memory: for what strangers wrote.

A small query or file can freeze, swell or crash a native engine, and no thread can stop it. Here the caller's process
lives on: it gets the bytes that the task wrote, or one KgError. It can be interrupted at any time.

    run(partial(answer, store, query), Limits(seconds=10), "the query", QueryError)

A task is called with a binary file to write its result to. The process is a fork of the caller's: what the caller has
loaded, such as a store in memory, is there already, and starting it takes 3 ms. A new interpreter would take 0.4 s to
load the dataset. The engine has no threads of its own and its memory allocator survives a fork; the forked process runs
nothing but the task and never returns. Where a system cannot fork (Windows), a new interpreter runs the task, which
must then be picklable; there is a deadline, but no limit on memory.
"""

from __future__ import annotations

import gc
import io
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from typing import IO, NamedTuple, NoReturn, TypeVar, cast

from kg import errors
from kg.errors import KgError

Task = Callable[[IO[bytes]], object]
Result = TypeVar("Result")

FORKS = hasattr(os, "fork")
"""Whether a worker has what its caller holds in memory."""

_CHUNK = 1 << 16
_LONGEST = 4_000  # characters of a message: less than what a pipe holds, so that writing it never waits
_DONE = b"done"
_MEMORY = "memory"
_FOR_EVER = 1_000_000.0  # seconds: more than this is no limit, and more than the kernel takes
_GRACE = 2  # seconds after which an orphan ends by itself
_STACK = 1 << 24  # bytes: an engine takes 8 kB for a level of a query, and its caller may have used up its own stack
_inside = False  # whether this process is a worker; one that it starts in its turn belongs to its group


class Limits(NamedTuple):
    """The limits of a task: seconds, bytes of memory beyond what the caller holds, and bytes of its result.

    `hint` says to the user how to set another limit.
    """

    seconds: float = 60.0
    memory: int = 2 << 30
    size: int = 1 << 29
    hint: str = ""


def run(task: Task, limits: Limits, what: str, error: type[KgError]) -> bytes:
    """Return what a task writes. Raises the KgError that the task raises, and `error` if it exceeds a limit or crashes.

    `what` names the task in a message.
    """
    return b"".join(stream(task, limits, what, error))


def stream(task: Task, limits: Limits, what: str, error: type[KgError]) -> Iterator[bytes]:
    """Yield what a task writes, as it is written. Raises as `run` does, then or later: only the end shows success.

    A caller that stops early ends the task.
    """
    if hasattr(os, "fork"):  # asked now: a test takes it away
        yield from _forked(task, limits, what, error)
    elif _inside:
        file = io.BytesIO()
        task(file)
        yield file.getvalue()
    else:
        yield _spawned(task, limits, what, error)


def call(task: Callable[[], Result], limits: Limits, what: str, error: type[KgError]) -> Result:
    """Return what a task returns, which must be picklable: for data of this package, not for what an engine gives.

    Raises as `run` does.
    """
    import pickle

    return cast("Result", pickle.loads(run(partial(_pickled, task), limits, what, error)))  # noqa: S301 — from `_pickled`


def _pickled(task: Callable[[], object], output: IO[bytes]) -> None:
    import pickle

    result = task()
    sys.setrecursionlimit(100_000)  # a derivation may be long; this process may crash
    output.write(pickle.dumps(result))


def _forked(task: Task, limits: Limits, what: str, error: type[KgError]) -> Iterator[bytes]:
    deadline = time.monotonic() + min(limits.seconds, _FOR_EVER)
    try:
        results, results_end = os.pipe()
        outcome, outcome_end = os.pipe()
        process = os.fork()
    except OSError as refused:
        raise error(f"{what} cannot be started: {refused.strerror}") from refused
    if process == 0:
        _work(task, limits, results_end, outcome_end)
    status = None
    try:
        os.close(results_end)
        os.close(outcome_end)
        if not _inside:
            with suppress(OSError):  # it has done so itself
                os.setpgid(process, process)
        yield from _chunks(results, deadline, limits, what, error)
        said = os.read(outcome, 4 * _LONGEST + 100)
        status = _reaped(process)
        if said != _DONE:
            raise _failure(said.decode("utf-8", "replace"), status, limits, what, error)
    finally:
        os.close(results)
        os.close(outcome)
        if status is None:
            with suppress(ProcessLookupError, PermissionError):
                (os.kill if _inside else os.killpg)(process, signal.SIGKILL)
            _reaped(process)


def _chunks(pipe: int, deadline: float, limits: Limits, what: str, error: type[KgError]) -> Iterator[bytes]:
    import select

    waiting, size = select.poll(), 0
    waiting.register(pipe, select.POLLIN | select.POLLHUP)
    while True:
        left = deadline - time.monotonic()
        if left <= 0 or not waiting.poll(left * 1000):
            raise error(_too_slow(what, limits))
        chunk = os.read(pipe, _CHUNK)
        if not chunk:
            return
        size += len(chunk)
        if size > limits.size:
            raise error(f"{what} gives more than {limits.size >> 20} MB; ask for less, as with LIMIT")
        yield chunk


def _reaped(process: int) -> int:
    """Return the exit code of a process, negative for a signal; 0 if the caller's own handler took it."""
    try:
        return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    except ChildProcessError:
        return 0


def _work(task: Task, limits: Limits, results: int, outcome: int) -> NoReturn:
    """Run the task in the forked process and end it, without any of the caller's clean-up."""
    global _inside  # noqa: PLW0603 — it describes the process
    said = b""
    try:
        if not _inside:
            os.setpgid(0, 0)  # with the processes that it starts, it ends as one
        _inside = True
        import fcntl

        # Above the standard streams: where the caller has closed those, the pipes have got their numbers.
        results, outcome = (fcntl.fcntl(number, fcntl.F_DUPFD, 3) for number in (results, outcome))
        _restrict(limits, results, outcome)
        gc.callbacks.clear()  # those of a library may wait for threads that this process does not have
        said = _on_own_stack(task, results)
    except BaseException as raised:  # nothing may leave this process
        said = _described(raised).encode("utf-8", "replace")
    finally:
        with suppress(BaseException):
            os.write(outcome, said)
        os._exit(0)


def _on_own_stack(task: Task, results: int) -> bytes:
    """Run the task in a thread with a deep stack and return its outcome, however deep the caller's stack is."""
    import threading

    outcomes = []

    def work() -> None:
        try:
            with os.fdopen(results, "wb", _CHUNK, closefd=False) as file:
                task(file)
            outcomes.append(_DONE)
        except BaseException as raised:  # it is passed on
            outcomes.append(_described(raised).encode("utf-8", "replace"))

    threading.stack_size(_STACK)
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    return outcomes[0]


def _restrict(limits: Limits, *kept: int) -> None:
    """Let the kernel end this process at the deadline, even without its parent, and deny it more memory."""
    import resource

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent is interrupted too, and ends this process
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, min(limits.seconds, _FOR_EVER) + _GRACE)
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in range(3):  # what an engine says as it crashes is of no use
        os.dup2(nothing, standard)
    first = 3
    for number in sorted(kept):  # connections of the caller must not stay open because of this process
        os.closerange(first, number)
        first = number + 1
    os.closerange(first, os.sysconf("SC_OPEN_MAX"))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(OSError, ValueError):  # not Linux: no measure of what is held
        with open("/proc/self/statm", "rb") as file:  # noqa: PTH123 — pathlib takes longer
            held = int(file.read().split()[0]) * resource.getpagesize()
        _, hardest = resource.getrlimit(resource.RLIMIT_AS)
        allowed = held + limits.memory + _STACK
        if hardest == resource.RLIM_INFINITY or allowed < hardest:
            resource.setrlimit(resource.RLIMIT_AS, (allowed, hardest))


def _described(raised: BaseException) -> str:
    """Return an error of a task as a word for its kind and a message."""
    if isinstance(raised, MemoryError):
        return _MEMORY
    kind = next((c.__name__ for c in type(raised).__mro__ if getattr(errors, c.__name__, None) is c), "")
    return f"{kind or type(raised).__name__}:{str(raised)[:_LONGEST]}"


def _failure(said: str, status: int, limits: Limits, what: str, error: type[KgError]) -> Exception:
    """Return the error for a task that failed: its own, or that of a process that ended by a signal."""
    kind, colon, message = said.partition(":")
    if colon:
        known = getattr(errors, kind, None)
        if isinstance(known, type) and issubclass(known, KgError):
            return errors.DataError(message) if known is errors.TableError else known(message)
        return error(f"{what} failed: {kind}: {message}")
    ends = {-signal.SIGALRM, -signal.SIGXCPU} if hasattr(signal, "SIGALRM") else set()
    if status in ends:
        return error(_too_slow(what, limits))
    if said == _MEMORY or status in {-signal.SIGABRT, -getattr(signal, "SIGKILL", 9)}:
        return error(f"{what} needs more than {limits.memory >> 20} MB of memory")
    return error(f"{what} is too complex for the engine, which crashed (exit code {status})")


def _too_slow(what: str, limits: Limits) -> str:
    return f"{what} takes longer than {limits.seconds:g} s{limits.hint}"


def _spawned(task: Task, limits: Limits, what: str, error: type[KgError]) -> bytes:
    import pickle
    import subprocess

    command = [sys.executable, "-c", f"from {serve.__module__} import {serve.__name__} as run; run()"]
    try:
        done = subprocess.run(  # noqa: S603 — this interpreter, this module
            command, input=pickle.dumps(task), capture_output=True, timeout=limits.seconds, check=False
        )
    except subprocess.TimeoutExpired:
        raise error(_too_slow(what, limits)) from None
    if done.returncode == 0:
        return done.stdout
    said = done.stdout.decode("utf-8", "replace") if done.returncode == 1 else ""
    raise _failure(said, done.returncode, limits, what, error)


def serve() -> None:
    """Run the pickled task on standard input, and write its result, or with exit code 1 its error."""
    import pickle

    global _inside  # noqa: PLW0603 — it describes the process
    _inside = True
    file = io.BytesIO()
    code = 0
    try:
        pickle.load(sys.stdin.buffer)(file)  # noqa: S301 — from the process that started this one
    except Exception as raised:  # it is passed on
        file, code = io.BytesIO(_described(raised).encode("utf-8", "replace")), 1
    sys.stdout.buffer.write(file.getvalue())
    sys.stdout.flush()
    sys.exit(code)
