"""What a file that is read may be: special files are one clear error, and none makes a program wait for ever."""

from __future__ import annotations

import os
import stat
import threading
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.files import read
from kg.files.read import read_file


def test_a_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"text" * 1_000_000)
    assert read_file(path) == path.read_bytes()


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        read_file(tmp_path / "nothing")
    with pytest.raises(InputError, match="is a folder; name a file"):
        read_file(tmp_path)
    with pytest.raises(InputError, match="cannot be read: embedded null"):
        read_file(Path("a\0b"))


def test_a_link_to_an_endless_device_is_refused(tmp_path: Path) -> None:
    (tmp_path / "zero.ttl").symlink_to("/dev/zero")
    with pytest.raises(InputError, match=r"zero\.ttl: is a device; name a file"):
        read_file(tmp_path / "zero.ttl")


def test_a_file_that_is_larger_than_allowed_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"x" * 2**20 * 2)
    with pytest.raises(InputError, match="larger than 1 MB; cut it"):
        read_file(path, 2**20, "cut it")


def test_a_pipe_without_a_writer_does_not_wait_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read, "_WAIT", 0.1)
    os.mkfifo(tmp_path / "pipe.ttl")
    with pytest.raises(InputError, match=r"pipe\.ttl: is a pipe that no program has written to for 0\.1 seconds"):
        read_file(tmp_path / "pipe.ttl")


def test_a_pipe_is_read_to_its_end(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    assert stat.S_ISFIFO(pipe.stat().st_mode)

    def write() -> None:
        with pipe.open("wb") as file:
            for _ in range(5):
                file.write(b"part ")
                file.flush()
                threading.Event().wait(0.02)

    writer = threading.Thread(target=write, daemon=True)
    writer.start()
    assert read_file(pipe) == b"part " * 5
    writer.join(10)
