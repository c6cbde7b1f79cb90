"""The README keeps its word: its examples run, and print what it shows."""

from __future__ import annotations

import doctest
import os
import re
import shlex
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from kg.commands.shell.parser import command_names, load
from kg.questions.terminal import columns_of
from tests.conftest import BOTH, ROOT
from tests.support.kept import assert_same

README = ROOT / "README.md"
COLUMNS = 80
_BLOCK = re.compile(r"```console\n\$ (?P<command>[^\n]*)\n(?P<shown>.*?)```\n", re.DOTALL)
_CUT = "…\n"
_COMMANDS = re.compile("<!-- commands -->.*?<!-- end -->", re.DOTALL)


def examples() -> list[tuple[str, str]]:
    return [(m["command"], m["shown"]) for m in _BLOCK.finditer(README.read_text(encoding="utf-8"))]


def on_a_terminal(command: str, folder: Path) -> str:
    """What a person sees who types the command in an empty folder, on a terminal of a given width, without colour."""
    import pty

    (folder / "kg").write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m kg "$@"\n', encoding="utf-8")
    (folder / "kg").chmod(0o755)
    settings = {**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1", "LC_ALL": "C.UTF-8", "COLUMNS": str(COLUMNS)}
    settings["PATH"] = f"{folder}{os.pathsep}{settings['PATH']}"
    here, there = pty.openpty()
    done = subprocess.Popen(["sh", "-c", command], cwd=folder, env=settings, stdin=there, stdout=there, stderr=there)
    os.close(there)
    seen = b""
    while True:
        try:
            piece = os.read(here, 65536)
        except OSError:  # how Linux says that the other side has closed
            break
        if not piece:
            break
        seen += piece
    os.close(here)
    assert done.wait() == 0, seen.decode()
    return seen.decode().replace("\r\n", "\n")


def cut(text: str) -> str:
    lines = text.splitlines(keepends=True)
    return text if len(lines) <= 45 else "".join(lines[:40]) + _CUT


def test_the_first_example_fits_a_narrow_terminal() -> None:
    command, seen = examples()[0]
    assert all(columns_of(line) <= COLUMNS for line in [f"$ {command}", *seen.splitlines()])


def test_there_are_examples() -> None:
    assert len(examples()) >= 3


@pytest.mark.parametrize(("command", "shown"), examples())
def test_an_example_prints_what_the_readme_shows(command: str, shown: str, tmp_path: Path) -> None:
    now = cut(on_a_terminal(command, tmp_path))
    if BOTH and "\n-----" in shown:  # longer citations set the columns otherwise: what is said above, and all figures
        above, above_now = (" ".join(text.partition("\n\n")[0].split()) for text in (shown, now))
        assert re.sub(r"page (\d+), lines? ([\d–]+)", r"S&T budget FY2020, p\1 l\2", above) == above_now
        figures = "[0-9.,]+(?: bn|億円)"
        if _CUT not in shown:
            assert Counter(re.findall(figures, shown)) == Counter(re.findall(figures, now))
        return
    if BOTH:  # a citation names its document
        shown = re.sub(r"page (\d+), lines? ([\d–]+)", r"S&T budget FY2020, p\1 l\2", shown)
    assert_same(README, shown, now, "readme")


def test_the_python_examples_give_what_the_readme_shows() -> None:
    found = doctest.testfile(str(README), module_relative=False, encoding="utf-8")
    assert found.attempted >= 4
    assert found.failed == 0


def test_the_first_command_asks_the_question_of_the_first_example() -> None:
    first = re.search(r"```sh\n(?P<command>[^\n]+)\n```", README.read_text(encoding="utf-8"))
    assert first is not None
    assert first["command"].endswith(examples()[0][0])


def command_table() -> str:
    rows = "".join(f"| `kg {name}` | {load(name).SUMMARY} |\n" for name in command_names())
    return f"<!-- commands -->\n| command | what it does |\n| --- | --- |\n{rows}<!-- end -->"


def test_the_table_of_commands_is_that_of_the_program() -> None:
    shown = _COMMANDS.search(README.read_text(encoding="utf-8"))
    assert shown, "README.md: no <!-- commands --> … <!-- end -->"
    assert_same(README, shown.group(), command_table(), "readme")


@pytest.mark.parametrize("path", re.findall(r"\]\((?!https?:)([^)#]+)\)", README.read_text(encoding="utf-8")))
def test_every_link_leads_to_a_file(path: str) -> None:
    assert (ROOT / path).exists()


@pytest.mark.parametrize("module", re.findall(r"python -m (tests\.[a-z_.]+)", README.read_text(encoding="utf-8")))
def test_every_module_that_is_named_exists(module: str) -> None:
    base = ROOT / module.replace(".", "/")
    assert base.with_suffix(".py").is_file() or (base / "__main__.py").is_file()


def made() -> dict[Path, str]:
    """The README with what its examples print now, and the table of commands."""
    import tempfile

    def again(match: re.Match[str]) -> str:
        with tempfile.TemporaryDirectory() as folder:
            return f"```console\n$ {match['command']}\n{cut(on_a_terminal(match['command'], Path(folder)))}```\n"

    text = _BLOCK.sub(again, README.read_text(encoding="utf-8"))
    return {README: _COMMANDS.sub(lambda _: command_table(), text)}
