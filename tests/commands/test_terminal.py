"""On a terminal no sentence is wider than the screen; a command that is broken can still be copied."""

from __future__ import annotations

import fcntl
import os
import pty
import struct
import subprocess
import sys
import termios
from itertools import pairwise
from pathlib import Path

import pytest

from kg.questions.terminal import columns_of
from tests.conftest import DOCUMENT, ROOT

WIDTH = 80


def on_terminal(*words: str, language: str = "en_US.UTF-8") -> str:
    """Return what a command shows on a terminal of 80 columns."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, WIDTH, 0, 0))
    env = {name: value for name, value in os.environ.items() if name not in {"COLUMNS", "LINES", "KG_ENDPOINT"}}
    env |= {"LANG": language, "LC_ALL": language, "PYTHONPATH": str(ROOT), "NO_COLOR": "1"}
    command = [sys.executable, "-m", "kg", *words]
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=theirs, stderr=theirs, env=env, cwd=ROOT):
        os.close(theirs)
        shown = b""
        while True:
            try:
                piece = os.read(ours, 1 << 16)
            except OSError:  # the other end is closed
                break
            if not piece:
                break
            shown += piece
    os.close(ours)
    return shown.decode().replace("\r\n", "\n")


def too_wide(shown: str) -> list[str]:
    return [line for line in shown.split("\n") if "\r" not in line and columns_of(line) > WIDTH]


@pytest.mark.slow("takes over a second")
@pytest.mark.parametrize("language", ["en_US.UTF-8", "ja_JP.UTF-8"])
@pytest.mark.parametrize(
    "words",
    [
        ("query",),
        ("query", "fundin"),
        ("why", "funding", "--domain", "quantum security"),
        ("why", "q-leap", "is administered by", "METI"),
        ("find", "--help"),
    ],
    ids=" ".join,
)
def test_no_line_is_wider_than_the_terminal(words: tuple[str, ...], language: str) -> None:
    shown = on_terminal(*words, language=language)
    assert shown.strip()
    assert too_wide(shown) == []


@pytest.mark.slow("runs many commands")
@pytest.mark.parametrize("language", ["en_US.UTF-8", "ja_JP.UTF-8"])
@pytest.mark.parametrize(
    "words",
    [
        ("--help",),
        ("ask", "which programs fund quantum security"),
        ("ask", "the performance of quantum computers"),
        ("ask", "xyzzy plugh"),
        ("query", "funding", "--help"),
        ("query", "funding", "--domain", "quantum secrity"),
        ("query", "definitions"),
        ("query", "rank-ministries", "--notes"),
        ("show", "RIKEN"),
        ("show", "RIKEN", "--all"),
        ("show", "no such name"),
        ("find", "quantum"),
        ("why", "q-leap", "is administered by", "MEXT"),
        ("why", "RIKEN", "a", "prov:Organization"),
        ("network", "sharing"),
        ("sparql", "SELECT * { ?s ?p ?o } LIMIT 5"),
        ("validate", "--proofread", DOCUMENT),
        ("coverage", "README.md"),
        ("export", "--list"),
        ("draw", "--help"),
        ("draw", "nope"),
    ],
    ids=" ".join,
)
def test_no_line_of_any_command_is_wider_than_the_terminal(words: tuple[str, ...], language: str) -> None:
    assert too_wide(on_terminal(*words, language=language)) == []


def test_a_command_that_is_broken_can_be_copied() -> None:
    shown = on_terminal("ask", "the performance of quantum computers")
    lines = [line for line in shown.split("\n") if line.lstrip().startswith(("kg query", "--"))]
    assert lines
    assert all(line.lstrip().startswith("kg query") or line.lstrip().startswith("--") for line in lines)
    for before, line in pairwise(lines):
        assert line.lstrip().startswith("kg") or before.endswith(" \\")


def test_what_goes_into_a_file_is_not_broken(tmp_path: Path) -> None:
    on_terminal("query", "-o", str(tmp_path / "list.txt"))
    assert max(map(len, (tmp_path / "list.txt").read_text(encoding="utf-8").splitlines())) > WIDTH
