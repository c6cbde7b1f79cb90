"""The streams, the locale and the errors that nobody foresaw: one line each, never a traceback."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kg.commands.shell.parser import run
from tests.conftest import ROOT

FULL = "kg: standard output: cannot be written: No space left on device\n"
CLOSED = "kg: standard output: cannot be written: Bad file descriptor\n"


def shell(line: str, folder: Path, **env: str) -> subprocess.CompletedProcess[str]:
    """Run a line of bash, in which `kg` is the program."""
    settings = {**os.environ, "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8", **env}
    program = f'kg() {{ "{sys.executable}" -m kg "$@"; }}\n'
    return subprocess.run(
        ["bash", "-c", program + line], cwd=folder, env=settings, capture_output=True, text=True, encoding="utf-8"
    )


@pytest.mark.slow("takes over a second")
@pytest.mark.parametrize("words", ["find RIKEN --lang en", "--help", "find --help", "--version", "query"])
@pytest.mark.parametrize(("to", "said"), [(">/dev/full", FULL), (">&-", CLOSED)])
def test_an_output_that_takes_nothing_is_one_line(words: str, to: str, said: str, tmp_path: Path) -> None:
    done = shell(f"kg {words} {to}", tmp_path)
    assert (done.returncode, done.stderr) == (3, said)


def test_an_answer_in_a_file_needs_no_standard_output(tmp_path: Path) -> None:
    done = shell("kg export --list -o formats.txt >&- 2>&- <&-", tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "formats.txt").read_text(encoding="utf-8").startswith("csv ")


@pytest.mark.parametrize("to", ["2>&-", "2>/dev/full"])
def test_without_standard_error_the_exit_code_remains(to: str, tmp_path: Path) -> None:
    assert (shell(f"kg frob {to}", tmp_path).returncode, shell(f"kg export --list {to}", tmp_path).returncode) == (2, 0)


@pytest.mark.parametrize("words", ["sparql -", "validate -"])
def test_a_closed_input_is_one_line(words: str, tmp_path: Path) -> None:
    done = shell(f"kg {words} <&-", tmp_path)
    assert (done.returncode, done.stderr) == (3, "kg: standard input: cannot be read: Bad file descriptor\n")


@pytest.mark.slow("takes over a second")
def test_a_full_pipe_that_does_not_block_gets_all(tmp_path: Path) -> None:
    line = "python3 -c 'import os; os.set_blocking(1, False)'; kg export -f nq --graph ontology"
    done = shell(f"({line}) | (sleep 1; wc -c)", tmp_path)
    assert int(done.stdout) > 200_000
    assert done.stderr == ""


@pytest.mark.slow("takes over a second")
def test_a_reader_that_leaves_early_is_no_error(tmp_path: Path) -> None:
    done = shell("kg export -f nq --graph ontology | head -1; echo ${PIPESTATUS[0]}", tmp_path)
    assert (done.stdout.splitlines()[-1], done.stderr) == ("0", "")


OLD = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}


@pytest.mark.slow("takes over a second")
def test_japanese_arguments_files_and_input_work_in_an_old_locale(tmp_path: Path) -> None:
    query = 'SELECT ("量子" AS ?x) {}'
    (tmp_path / "問い.rq").write_text(query, encoding="utf-8")
    done = shell("kg ask 量子暗号に資金を出す事業は？ --format csv -o 答え.csv", tmp_path, **OLD)
    assert done.returncode == 0
    assert done.stderr.startswith("質問：")
    assert "量子" in (tmp_path / "答え.csv").read_text(encoding="utf-8")
    for line in ("kg sparql 問い.rq", "cat 問い.rq | kg sparql -"):
        assert "量子" in shell(line, tmp_path, **OLD).stdout
    assert "使い方" in shell("kg find --help --lang ja", tmp_path, **OLD).stdout


def test_arguments_are_decoded_again_in_the_process_too(capfd: pytest.CaptureFixture[str]) -> None:
    code = "from kg.commands.shell.parser import run; import sys; sys.exit(run(sys.argv[1:]))"
    done = subprocess.run(
        [sys.executable, "-c", code, "find", "暗号", "--limit", "1", "--format", "json"],
        env={**os.environ, "PYTHONPATH": str(ROOT), **OLD},
        capture_output=True,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert "暗号" in done.stdout.decode()


@pytest.mark.slow("takes over a second")
def test_bytes_that_are_no_text_are_an_argument_like_any_other(tmp_path: Path) -> None:
    done = shell("kg find $'\\xff\\xfe'; kg find $'\\xff' --format json; kg export --list -o $'\\xff.txt'", tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert os.listdir(os.fsencode(tmp_path)) == [b"\xff.txt"]  # noqa: PTH208 — a name that is no text


def test_a_stream_without_a_buffer_gets_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    out = io.StringIO()
    monkeypatch.setattr("sys.stdout", out)
    assert run(["find", "RIKEN", "--lang", "en"]) == 0
    assert "RIKEN" in out.getvalue()


@pytest.mark.parametrize("name", ["stdin", "stdout", "stderr"])
@pytest.mark.parametrize("closed", [True, False])
def test_a_stream_that_is_missing_in_the_process_is_no_traceback(
    name: str, closed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    stream = io.StringIO()
    stream.close()
    monkeypatch.setattr(f"sys.{name}", stream if closed else None)
    codes = run(["export", "--list"]), run(["frob"]), run(["validate", "-"] if name == "stdin" else ["frob"])
    assert codes == {"stdin": (0, 2, 3), "stdout": (3, 2, 2), "stderr": (0, 2, 2)}[name]


UNFORESEEN: list[tuple[BaseException, int, str]] = [
    (ZeroDivisionError("one\ntwo"), 5, "a fault in kg itself: ZeroDivisionError: one two; KG_DEBUG=1 shows where"),
    (PermissionError(13, "Permission denied", "a.csv"), 3, "a.csv: Permission denied"),
    (OSError("unplugged"), 3, "unplugged"),
    (MemoryError(), 3, "there is not enough memory"),
    (RecursionError("maximum recursion depth exceeded"), 3, "the input is nested too deeply"),
    (type("PanicException", (BaseException,), {})("overflow"), 5, "a fault in kg itself: PanicException: overflow"),
]


@pytest.mark.parametrize(("error", "code", "said"), UNFORESEEN, ids=lambda v: type(v).__name__)
def test_an_error_that_nobody_foresaw_is_one_line(
    error: BaseException, code: int, said: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def fail(_: object) -> int:
        raise error

    monkeypatch.setattr("kg.commands.find.run", fail)
    monkeypatch.delenv("KG_DEBUG", raising=False)
    assert run(["find", "x", "--lang", "en"]) == code
    shown = capfd.readouterr().err
    assert shown.startswith(f"kg: {said}")
    assert shown.count("\n") == 1
    monkeypatch.setenv("KG_DEBUG", "1")
    assert run(["find", "x", "--lang", "en"]) == code
    shown = capfd.readouterr().err
    assert "Traceback (most recent call last)" in shown
    assert shown.splitlines()[-1].startswith(f"kg: {said}")
    assert run(["find", "x", "--lang", "ja"]) == code


@pytest.mark.slow("takes over a second")
@pytest.mark.parametrize(
    "words",
    [
        "validate zero.ttl",
        "diff zero.ttl",
        "coverage zero.ttl",
        "sparql zero.ttl",
        "sparql 'ASK {}' --data zero.ttl",
        "validate --shapes zero.ttl",
    ],
)
def test_an_input_without_end_is_one_line(words: str, tmp_path: Path) -> None:
    (tmp_path / "zero.ttl").symlink_to("/dev/zero")
    done = shell(f"ulimit -v 4000000; kg {words}", tmp_path)
    assert done.returncode in {2, 3}
    assert "is a device; name a file" in done.stderr or "no shapes" in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("words", ["find RIKEN", "build --facts facts -o x.trig"])
def test_tables_without_end_are_a_fault(words: str, tmp_path: Path) -> None:
    (tmp_path / "facts" / "doc").mkdir(parents=True)
    (tmp_path / "facts" / "doc" / "Programme.csv").symlink_to("/dev/zero")
    done = shell(f"ulimit -v 4000000; kg {words}", tmp_path, KG_FACTS="facts")
    assert done.returncode == 1
    assert done.stderr.count("\n") == 2
    assert "facts/doc/Programme.csv:1:file name: Programme.csv: is not a regular file" in done.stderr


@pytest.mark.slow("waits for a writer that never comes")
def test_a_pipe_that_nobody_writes_to_is_one_line(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.ttl")
    done = shell("kg validate pipe.ttl", tmp_path)
    said = "kg: pipe.ttl: is a pipe that no program has written to for 5 seconds\n"
    assert (done.returncode, done.stderr) == (3, said)


def test_what_is_being_written_is_deleted_when_the_program_is_stopped(tmp_path: Path) -> None:
    code = (
        "import os, signal; from pathlib import Path; from kg.commands.shell.console import emit\n"
        "os.fsync = lambda _: os.kill(os.getpid(), signal.SIGTERM)\n"
        "emit('text', Path('out.txt'))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)})
    assert (done.returncode, list(tmp_path.iterdir())) == (-signal.SIGTERM, [])


@pytest.mark.slow("takes over a second")
def test_several_files_do_not_go_to_standard_output(capfd: pytest.CaptureFixture[str]) -> None:
    assert (run(["export", "-f", "csv", "-o", "-"]), Path("-").exists()) == (2, False)
    assert "consists of several files: name a folder with -o" in capfd.readouterr().err
