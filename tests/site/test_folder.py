"""A release over an earlier one: what others keep in the folder stays, and at every time the folder holds a whole release."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

import kg
from kg.commands.shell.parser import run
from kg.errors import InputError, UsageError
from tests.conftest import ROOT

Files = dict[str, bytes]
THEIRS = {
    ".git/HEAD": b"ref: refs/heads/pages",
    "CNAME": b"example.org",
    "robots.txt": b"Allow: /",
    "data/notes.txt": b"ours",
    "mine/deep/er.txt": b"x",
}


def release(*pages: str, text: str = "") -> Files:
    """Return the files of a small release: what every release has, and some pages."""
    files = {name: f"{name} {text}".encode() for name in ("data/description.ttl", "index.html", *pages)}
    sums = "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in sorted(files.items()))
    return {**files, "SHA256SUMS": sums.encode()}


OLD, NEW = release("id/a.html", "id/gone.html", text="old"), release("id/a.html", "id/b.html", text="new")


def put(folder: Path, files: Files) -> None:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def held(folder: Path) -> Files:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.fixture
def write(monkeypatch: pytest.MonkeyPatch) -> None:
    """`kg release` makes the small release, without the work of making the real one."""
    monkeypatch.setattr("kg.site.release.make_release", lambda **_: NEW)


@pytest.fixture
def public(tmp_path: Path) -> Path:
    put(tmp_path / "public", OLD | THEIRS)
    return tmp_path / "public"


pytestmark = pytest.mark.usefixtures("write")


def test_a_release_removes_only_what_the_earlier_one_lists(public: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (public / "empty").mkdir()
    (public / "link").symlink_to("/nowhere")
    os.mkfifo(public / "pipe")
    assert run(["release", str(public)]) == 0
    assert held(public) == NEW | THEIRS
    assert (public / "empty").is_dir()
    assert (public / "link").readlink() == Path("/nowhere")
    assert (public / "pipe").is_fifo()
    assert [path.name for path in public.parent.iterdir()] == ["public"]
    said = "kept what no release wrote: .git/, CNAME, data/notes.txt, empty, link, mine/, pipe, robots.txt"
    assert capfd.readouterr().err.splitlines()[-1] == said


def test_a_new_folder_has_the_release_and_nothing_is_said_of_others(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(["release", str(tmp_path / "new" / "public")]) == 0
    assert held(tmp_path / "new" / "public") == NEW
    assert capfd.readouterr().err == f"wrote 5 files to {tmp_path / 'new' / 'public'}\n"


def test_a_link_to_the_folder_is_followed_and_stays(public: Path) -> None:
    link = public.parent / "elsewhere" / "www"
    link.parent.mkdir()
    link.symlink_to(public)
    kg.release(link)
    assert (link.is_symlink(), held(public)) == (True, NEW | THEIRS)
    assert names(link.parent) == ["www"]


def test_the_mode_of_the_folder_and_of_others_is_kept(public: Path) -> None:
    public.chmod(0o700)
    (public / "mine").chmod(0o750)
    (public / "CNAME").chmod(0o600)
    kg.release(public)
    modes = [path.stat().st_mode & 0o777 for path in (public, public / "mine", public / "CNAME")]
    assert modes == [0o700, 0o750, 0o600]


@pytest.mark.parametrize("name", ["id/b.html", "id/b.html/below.txt"])
def test_a_file_of_others_is_never_overwritten(public: Path, name: str) -> None:
    put(public, {name: b"theirs"})
    before = held(public)
    with pytest.raises(UsageError, match=r"id/b\.html.* was not written by a release, which needs its place"):
        kg.release(public)
    assert held(public) == before
    assert names(public.parent) == ["public"]


@pytest.mark.parametrize(
    "files",
    [
        {"letter.txt": b"dear"},
        {"SHA256SUMS": b"0" * 64 + b"  image.iso\n", "image.iso": b"x"},
        {"data/description.ttl": b""},
    ],
    ids=["a letter", "checksums of others", "no checksums"],
)
def test_a_folder_that_holds_something_else_is_not_touched(tmp_path: Path, files: Files) -> None:
    put(tmp_path / "mine", files)
    with pytest.raises(UsageError, match="not a release folder"):
        kg.release(tmp_path / "mine")
    assert held(tmp_path / "mine") == files


def test_a_place_that_cannot_hold_a_release_is_refused(
    public: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(UsageError, match="is a file; name a new or empty folder"):
        kg.release(public / "index.html")
    monkeypatch.chdir(public / "data")
    with pytest.raises(UsageError, match="is the current folder"):
        kg.release(public)
    monkeypatch.chdir(public.parent)
    assert run(["release", "public/index.html/below"]) == 3
    assert capfd.readouterr().err.startswith("kg: ")


def test_a_full_disk_leaves_the_earlier_release(public: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", "pages")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(InputError, match="pages: cannot be written: No space left on device"):
        kg.release(public)
    monkeypatch.undo()
    assert held(public) == OLD | THEIRS
    assert names(public.parent) == ["public"]


def test_where_files_have_no_second_names_they_are_copied(public: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*_: object, **__: object) -> None:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", none)
    kg.release(public)
    assert held(public) == NEW | THEIRS
    assert names(public.parent) == ["public"]


# Kills a release before its first step on the disk, and a later one, and so on to the last; each time releases once more.
KILLS = """
import os, shutil, signal, sys
from pathlib import Path
import kg
from tests.site.test_folder import NEW, OLD, THEIRS, held, put
import kg.site.release, kg.site.folder, kg.library.making, ctypes, filecmp
kg.site.release.make_release = lambda **_: NEW
kg.site.folder._bring_to_disk = kg.site.folder.sync_folder = lambda folder: None  # these only take time
if sys.argv[2] == "two steps":
    kg.site.folder._of_the_system = lambda name: None
place, steps, seen = Path(sys.argv[1], "public"), 0, set()
WATCHED = {"open", "os.rename", "os.link", "os.mkdir", "os.remove", "os.rmdir", "os.chmod", "ctypes.call_function"}

def release(most):
    def watch(event, _):
        nonlocal most
        if event in WATCHED or event.startswith("ctypes."):
            most -= 1
            if most < 0:
                os.kill(os.getpid(), signal.SIGKILL)
    sys.addaudithook(watch)
    kg.release(place)
    os._exit(0)

while True:
    shutil.rmtree(place.parent, ignore_errors=True)
    put(place, OLD | THEIRS)
    if (child := os.fork()) == 0:
        release(steps)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if sys.argv[2] != "two steps" or place.exists():
        now = held(place)
        assert now in (OLD | THEIRS, NEW | THEIRS), (steps, sorted(now))
        seen.add(now == NEW | THEIRS)
    kg.release(place)
    assert held(place) == NEW | THEIRS, (steps, sorted(held(place)))
    assert os.listdir(place.parent) == ["public"], (steps, os.listdir(place.parent))
    steps += int(sys.argv[3])
    if code == 0:
        break
assert seen == {False, True}
print(steps)
"""


@pytest.mark.parametrize(
    ("way", "stride"),
    [
        ("at once", 8),
        pytest.param("at once", 1, marks=pytest.mark.slow("kills a release at each of its steps")),
        pytest.param("two steps", 1, marks=pytest.mark.slow("kills a release at each of its steps")),
    ],
)
def test_a_release_killed_at_any_step_leaves_the_old_one_or_the_new_one(tmp_path: Path, way: str, stride: int) -> None:
    done = subprocess.run(
        [sys.executable, "-c", KILLS, str(tmp_path / "www"), way, str(stride)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 30
