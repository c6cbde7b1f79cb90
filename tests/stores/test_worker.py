"""A task in a process of its own: its result or one error comes back, and nothing of it stays."""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from threading import Thread
from typing import IO

import pytest

from kg.errors import DataError, InputError, QueryError
from kg.worker import Limits, Task, run, stream
from tests.conftest import ROOT

SHORT = Limits(seconds=0.3, memory=1 << 28, size=1 << 20)


def write(text: str, output: IO[bytes]) -> None:
    output.write(text.encode())


def sleep(output: IO[bytes]) -> None:
    time.sleep(60)


def sleep_below(place: Path, output: IO[bytes]) -> None:
    """Start a worker of a worker, which leaves its number in a file."""
    run(partial(leave_number, place), Limits(50), "the inner task", QueryError)


def leave_number(place: Path, output: IO[bytes]) -> None:
    place.write_text(str(os.getpid()), encoding="utf-8")
    time.sleep(60)


def swell(output: IO[bytes]) -> None:
    bytearray(3 << 30)


def crash(output: IO[bytes]) -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def flood(output: IO[bytes]) -> None:
    while True:
        output.write(b"x" * 100_000)


def refuse(output: IO[bytes]) -> None:
    raise InputError("x.ttl:3: no")


def err(output: IO[bytes]) -> None:
    output.write(b"the beginning")
    raise KeyError("inside")


@pytest.fixture(params=["forked", "spawned"])
def started(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "spawned":
        monkeypatch.delattr(os, "fork")


either = pytest.mark.usefixtures("started")


@either
def test_what_a_task_writes_comes_back() -> None:
    assert run(partial(write, "値" * 100_000), Limits(), "it", QueryError).decode() == "値" * 100_000


@either
def test_an_error_of_the_task_is_raised_as_it_is() -> None:
    with pytest.raises(InputError, match=r"^x\.ttl:3: no$"):
        run(refuse, Limits(), "it", QueryError)


@either
def test_another_error_names_the_task_and_no_half_result_passes_for_whole() -> None:
    with pytest.raises(DataError, match="the task failed: KeyError: 'inside'"):
        run(err, Limits(), "the task", DataError)


@either
def test_the_deadline_ends_a_task_in_any_way_of_starting_it() -> None:
    began = time.monotonic()
    with pytest.raises(QueryError, match=r"the query takes longer than 0\.3 s \(try more\)"):
        run(sleep, SHORT._replace(hint=" (try more)"), "the query", QueryError)
    assert time.monotonic() - began < 5


@pytest.mark.parametrize(
    ("task", "said"),
    [
        (swell, "the query needs more than 256 MB of memory"),
        (crash, "the query is too complex for the engine, which crashed"),
        (flood, "the query gives more than 1 MB"),
    ],
)
def test_a_task_that_exceeds_a_limit_is_one_error(task: Task, said: str) -> None:
    with pytest.raises(QueryError, match=said):
        run(task, SHORT._replace(seconds=20), "the query", QueryError)


def test_no_process_is_left_not_even_one_that_a_worker_started(tmp_path: Path) -> None:
    place = tmp_path / "number"
    with pytest.raises(QueryError, match="takes longer"):
        run(partial(sleep_below, place), Limits(1.5), "the query", QueryError)  # time to begin on a busy machine
    for _ in range(100):
        if gone(int(place.read_text(encoding="utf-8"))):
            break
        time.sleep(0.05)
    else:
        pytest.fail("the worker of the worker lives on")


def gone(process: int) -> bool:
    """Return whether a process has ended, be it reaped or not."""
    try:
        return Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()[0] in "ZX"
    except OSError:
        return True


def test_a_caller_that_has_enough_ends_the_task() -> None:
    parts: Iterator[bytes] = stream(flood, Limits(), "it", QueryError)
    assert next(parts).startswith(b"xxx")
    parts.close()  # type: ignore[attr-defined] # it is a generator
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


@pytest.mark.slow("takes over a second")
def test_threads_start_workers_at_the_same_time() -> None:
    found: list[bytes] = []

    def ask(number: int) -> None:
        for _ in range(5):
            found.append(run(partial(write, str(number)), Limits(), "it", QueryError))

    threads = [Thread(target=ask, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == sorted([str(number).encode() for number in range(8)] * 5)


def test_the_files_of_the_caller_are_closed_in_the_worker(tmp_path: Path) -> None:
    """Or the connections of a server would stay open for as long as the slowest query."""
    with (tmp_path / "x").open("w") as file:
        task: Callable[[IO[bytes]], object] = partial(is_open, file.fileno())
        assert run(task, Limits(), "it", QueryError) == b"no"


def is_open(number: int, output: IO[bytes]) -> None:
    try:
        os.fstat(number)
    except OSError:
        output.write(b"no")


def test_a_caller_without_standard_streams_gets_its_result(tmp_path: Path) -> None:
    code = (
        "import os; [os.close(n) for n in range(3)]\n"
        "from kg.worker import *; from kg.errors import QueryError\n"
        f"open({str(tmp_path / 'x')!r}, 'wb').write(run(lambda o: o.write(b'x' * 99_999), Limits(9), 'it', QueryError))"
    )
    subprocess.run([sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False)
    assert (tmp_path / "x").stat().st_size == 99_999


def test_what_a_library_of_the_caller_does_when_memory_is_freed_is_not_done_in_the_worker() -> None:
    """As JPype does, which waits for a thread of the Java machine."""
    caller = os.getpid()

    def wait(_phase: str, _info: dict[str, int]) -> None:
        time.sleep(0 if os.getpid() == caller else 60)

    gc.callbacks.append(wait)
    try:
        assert run(lambda output: output.write(str(gc.collect()).encode()), Limits(5), "it", QueryError).isdigit()
    finally:
        gc.callbacks.remove(wait)


ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
INTERRUPTED = f"""
import sys, threading, os, signal
import kg, kg.worker
signal.signal(signal.SIGINT, signal.default_int_handler)  # a job in the background of a shell ignores it
def waiting(*given, real=kg.worker._chunks):  # not before: Python loses an interrupt in the callbacks of import and fork
    kg.worker._chunks = real
    threading.Timer(0.3, lambda: os.kill(os.getpid(), signal.SIGINT)).start()
    return real(*given)
kg.worker._chunks = waiting
try:
    kg.sparql({ENDLESS!r})
except KeyboardInterrupt:
    try:
        os.waitpid(-1, os.WNOHANG)
    except ChildProcessError:
        print("alive", kg.sparql("ASK {{}}"))
"""


def test_an_interrupt_ends_the_query_and_not_the_caller() -> None:
    done = subprocess.run(
        [sys.executable, "-c", INTERRUPTED],
        capture_output=True,
        text=True,
        timeout=30,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert done.stdout == "alive True\n", done.stderr


@pytest.mark.slow("waits for a deadline")
def test_a_worker_whose_caller_was_killed_ends_at_its_deadline(tmp_path: Path) -> None:
    code = (
        "from functools import partial; from pathlib import Path; from tests.stores.test_worker import *; "
        f"run(partial(leave_number, Path({str(tmp_path / 'n')!r})), Limits(2), 'it', QueryError)"
    )
    caller = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT)
    while not (tmp_path / "n").is_file() or not (tmp_path / "n").read_text(encoding="utf-8"):
        time.sleep(0.05)
    caller.kill()
    caller.wait()
    worker = int((tmp_path / "n").read_text(encoding="utf-8"))
    assert not gone(worker)
    time.sleep(4.5)
    assert gone(worker)
