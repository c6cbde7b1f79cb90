"""What `-o` does to what it names: nothing is destroyed, replaced by another kind, opened to others or half written."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.commands.shell.console import emit
from kg.errors import InputError
from tests.conftest import ROOT

NEW = "new text\n"


@pytest.fixture
def target(tmp_path: Path) -> Path:
    found = tmp_path / "target.txt"
    found.write_text("an old text, which is longer\n", encoding="utf-8")
    return found


@pytest.fixture(params=[0o022, 0o077])
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def node(path: Path, minor: int) -> Path:
    """Make a node of a memory device in a scratch folder: never one of the machine's own."""
    try:
        os.mknod(path, stat.S_IFCHR | 0o666, os.makedev(1, minor))
        os.close(os.open(path, os.O_WRONLY))
    except OSError as error:
        pytest.skip(f"nodes cannot be made or opened here: {error}")
    return path


def test_a_device_stays_a_device(tmp_path: Path) -> None:
    null = node(tmp_path / "null", 3)
    emit(NEW, null)
    assert stat.S_ISCHR(null.lstat().st_mode)


def test_a_full_device_is_one_clear_error(tmp_path: Path) -> None:
    full = node(tmp_path / "full", 7)
    with pytest.raises(InputError, match=r"full: cannot be written: No space left on device"):
        emit(NEW, full)
    assert stat.S_ISCHR(full.lstat().st_mode)


def test_a_link_is_followed_and_stays(tmp_path: Path, target: Path) -> None:
    link = tmp_path / "sub" / "link.txt"
    link.parent.mkdir()
    link.symlink_to(Path("..", target.name))
    emit(NEW, link)
    assert (link.is_symlink(), target.read_text(encoding="utf-8")) == (True, NEW)
    assert [path.name for path in link.parent.iterdir()] == ["link.txt"]


def test_a_link_to_nothing_makes_what_it_names(tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to("later.txt")
    emit(NEW, link)
    assert (link.is_symlink(), (tmp_path / "later.txt").read_text(encoding="utf-8")) == (True, NEW)


def test_a_circle_of_links_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    with pytest.raises(InputError, match="a: cannot be written: Too many levels"):
        emit(NEW, tmp_path / "a")


def test_a_hard_link_stays_one_file(tmp_path: Path, target: Path) -> None:
    other = tmp_path / "other.txt"
    other.hardlink_to(target)
    emit(NEW, target)
    assert (other.read_text(encoding="utf-8"), other.stat().st_nlink) == (NEW, 2)
    emit(NEW * 1000, other)
    assert target.read_text(encoding="utf-8") == NEW * 1000


@pytest.mark.parametrize("bits", [0o600, 0o640, 0o644, 0o755])
def test_the_mode_of_a_file_is_kept(target: Path, bits: int) -> None:
    target.chmod(bits)
    emit(NEW, target)
    assert (mode(target), target.read_text(encoding="utf-8")) == (bits, NEW)


def test_a_new_file_obeys_the_umask(tmp_path: Path, umask: int) -> None:
    emit(NEW, tmp_path / "new.txt")
    assert mode(tmp_path / "new.txt") == 0o666 & ~umask


def test_a_read_only_file_is_refused(target: Path) -> None:
    target.chmod(0o444)
    before = target.read_bytes()
    with pytest.raises(InputError, match=r"target\.txt: cannot be written: the file is read-only"):
        emit(NEW, target)
    assert target.read_bytes() == before


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only the superuser gives files away")
def test_the_owner_of_a_file_is_kept(target: Path) -> None:
    os.chown(target, 12345, 23456)
    emit(NEW, target)
    assert (target.stat().st_uid, target.stat().st_gid) == (12345, 23456)


@pytest.mark.skipif(not hasattr(os, "setxattr"), reason="the system has no extended attributes")
def test_the_attributes_of_a_file_are_kept(target: Path) -> None:
    try:
        os.setxattr(target, "user.origin", b"here")
    except OSError as error:
        pytest.skip(f"this file system has no extended attributes: {error}")
    emit(NEW, target)
    assert os.getxattr(target, "user.origin") == b"here"


def test_a_pipe_gets_the_text(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    got: list[str] = []
    reader = threading.Thread(target=lambda: got.append(pipe.read_text(encoding="utf-8")), daemon=True)
    reader.start()
    emit(NEW, pipe)
    reader.join(10)
    assert (got, stat.S_ISFIFO(pipe.lstat().st_mode)) == ([NEW], True)


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is a folder; name a file"):
        emit(NEW, tmp_path)


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"there is no folder .*nowhere"):
        emit(NEW, tmp_path / "nowhere" / "x.txt")


def test_a_long_name_in_japanese_can_be_written(tmp_path: Path) -> None:
    path = tmp_path / ("国" * 84)
    emit(NEW, path)
    assert path.read_text(encoding="utf-8") == NEW


def test_a_name_that_no_file_can_have_is_one_clear_error() -> None:
    with pytest.raises(InputError, match="cannot be written: embedded null"):
        emit(NEW, Path("a\0b"))


def shell(line: str, folder: Path, **env: str) -> subprocess.CompletedProcess[str]:
    """Run a line of bash in which $KG writes the names of the formats; `stream` stands for the machine's /dev/stdout.

    A code that replaced what it is given would replace the link in the scratch folder, not that of the machine.
    """
    (folder / "stream").symlink_to("/proc/self/fd/1")
    settings = {**os.environ, "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8", **env}
    settings["KG"] = f"{sys.executable} -m kg export --list"
    return subprocess.run(["bash", "-c", line], cwd=folder, env=settings, capture_output=True, text=True)


@pytest.mark.slow("takes over a second")
@pytest.mark.parametrize(
    "line",
    [
        "$KG -o >(cat)",
        "$KG -o stream",
        "$KG -o stream | cat",
        "$KG -o /dev/fd/3 3>&1",
        "$KG -o stream > out; cat out",
        "echo first > out; $KG -o stream >> out; head -1 out | grep -q first && cat out",
        "exec 5>>out; echo first >&5; $KG -o /dev/fd/5; head -1 out | grep -q first && cat out",
    ],
)
def test_the_streams_of_a_shell_get_the_text(line: str, tmp_path: Path) -> None:
    done = shell(line + "; wait", tmp_path)
    assert "ttl " in done.stdout, done.stderr
    assert done.stderr == ""
    assert (tmp_path / "stream").is_symlink()
    assert {path.name for path in tmp_path.iterdir()} <= {"out", "stream"}


def test_a_full_disk_leaves_the_old_file_and_nothing_else(tmp_path: Path, target: Path) -> None:
    before = target.read_bytes()
    limited = f"trap '' XFSZ; ulimit -f 8; {sys.executable} -c 'from kg.commands.shell.console import emit; from pathlib import Path; emit(b\"x\" * 100000, Path(\"target.txt\"))'"
    run = ["bash", "-c", limited]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(run, cwd=tmp_path, env=env, capture_output=True, text=True)
    assert "cannot be written: File too large" in done.stderr
    assert (target.read_bytes(), names(tmp_path)) == (before, ["target.txt"])
    (tmp_path / "second.txt").hardlink_to(target)
    again = subprocess.run(run, cwd=tmp_path, env=env, capture_output=True, text=True)
    assert "cannot be written: File too large" in again.stderr
    assert (target.read_bytes(), names(tmp_path)) == (before, ["second.txt", "target.txt"])


# killed when the content is written but not yet in its place
KILLED = """
import os, signal, sys
from pathlib import Path
from kg.commands.shell import console
if "named" in sys.argv:
    del os.O_TMPFILE
os.fsync = lambda handle: os.kill(os.getpid(), signal.SIGKILL)
console.emit("x" * 100_000, Path(sys.argv[1]))
"""
HERE = {**os.environ, "PYTHONPATH": str(ROOT)}


def test_a_killed_process_leaves_nothing_behind(tmp_path: Path, target: Path) -> None:
    before = target.read_bytes()
    done = subprocess.run([sys.executable, "-c", KILLED, str(target)], env=HERE)
    assert (done.returncode, target.read_bytes(), names(tmp_path)) == (-9, before, ["target.txt"])


@pytest.mark.skipif(not hasattr(os, "O_TMPFILE"), reason="here all files have names")
def test_what_a_process_leaves_where_all_files_have_names_is_swept_up(tmp_path: Path, target: Path) -> None:
    before = target.read_bytes()
    done = subprocess.run([sys.executable, "-c", KILLED, str(target), "named"], env=HERE)
    assert (done.returncode, target.read_bytes(), len(names(tmp_path))) == (-9, before, 2)  # a leftover
    emit(NEW, tmp_path / "another.txt")
    assert names(tmp_path) == ["another.txt", "target.txt"]


@pytest.mark.parametrize("kind", ["unnamed", "named"])
def test_what_a_living_process_writes_is_not_swept_up(kind: str, tmp_path: Path) -> None:
    code = KILLED.replace("os.kill(os.getpid(), signal.SIGKILL)", "(print('there', flush=True), sys.stdin.read())")
    with subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path / "slow.txt"), kind],
        env=HERE,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as slow:
        assert slow.stdout is not None
        slow.stdout.readline()
        emit(NEW, tmp_path / "quick.txt")
        slow.communicate("")
    assert names(tmp_path) == ["quick.txt", "slow.txt"]


def test_where_all_files_have_names_a_file_is_written_alike(
    tmp_path: Path, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(os, "O_TMPFILE", raising=False)
    target.chmod(0o640)
    emit(NEW, target)
    emit(NEW, tmp_path / "new.txt")
    assert (target.read_text(encoding="utf-8"), mode(target), names(tmp_path)) == (
        NEW,
        0o640,
        ["new.txt", "target.txt"],
    )


def test_several_files_are_written_all_or_none(tmp_path: Path) -> None:
    from kg.files.write import write_folder

    (tmp_path / "a.csv").write_text("old", encoding="utf-8")
    (tmp_path / "z.csv").mkdir()
    with pytest.raises(InputError, match=r"z\.csv: cannot be written: is a folder"):
        write_folder(tmp_path, {"a.csv": b"new", "b.csv": b"new", "z.csv": b"new"})
    assert (names(tmp_path), (tmp_path / "a.csv").read_text()) == (["a.csv", "z.csv"], "old")
