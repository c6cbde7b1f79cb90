"""Put a release in the place of an earlier one: at once, whole, and without loss of what others keep in the folder.

The release is written into a folder beside, which gets links to the files of others, is brought to the disk and
exchanged with the folder that stands. A process killed at any time leaves the old release or the new one; the folder
beside that it leaves too is deleted by the next release, file by file, as far as each is known to be of a release or to
stand in the folder as well.
"""

from __future__ import annotations

import filecmp
import os
import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import cast

from kg.errors import InputError, UsageError
from kg.files.stop import stopping_in_order
from kg.files.write import lock, sync_folder

SUMS = "SHA256SUMS"
_SIGN = "data/description.ttl"  # what the checksums of every release list
_OLD = "-old"  # ends the name of a folder that stands aside for a moment, where two cannot be exchanged
_AT_HERE, _EXCHANGE = -100, 2  # of renameat2 in Linux


def replace_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write the files of a release into a folder; of what is there, only what the old checksums list is removed.

    Raises UsageError if the folder holds something else than a release or is the current one, or if a new file would
    take the place of one that no release wrote; InputError if it cannot be written.
    """
    place = Path(os.path.realpath(folder))
    try:
        _replace(place, folder, files)
    except OSError as error:
        raise InputError(f"{error.filename or folder}: cannot be written: {error.strerror}") from error


def check_folder(folder: Path) -> None:
    """Check that a release may be written into a folder: a new or empty one, or one with an earlier release.

    Raises UsageError.
    """
    place = Path(os.path.realpath(folder))
    if not place.exists():
        return
    if not place.is_dir():
        raise UsageError(f"{folder}: is a file; name a new or empty folder")
    if Path.cwd().is_relative_to(place):
        raise UsageError(f"{folder}: is the current folder, which a release replaces as a whole; run kg outside it")
    if any(place.iterdir()) and _SIGN not in _listed(place):
        raise UsageError(f"{folder}: not a release folder (no {SUMS} of a release in it); name a new or empty folder")


def kept_beside(folder: Path, names: Iterable[str]) -> list[str]:
    """Return what stands in a folder beside the files of a release: the files, and folders that have none of its own.

    >>> kept_beside(Path("no-such-folder"), ["index.html"])
    []
    """
    own = set(names)
    tops = {name.split("/")[0] for name in own}
    there = [name for name in _names(Path(os.path.realpath(folder))) if name not in own]
    return sorted(
        {name if name.split("/")[0] in tops or "/" not in name else name.split("/")[0] + "/" for name in there}
    )


@stopping_in_order()
def _replace(place: Path, folder: Path, files: Mapping[str, bytes]) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    _sweep(place)
    check_folder(folder)
    others = sorted(set(_names(place)) - _listed(place))
    _refuse_clashes(folder, others, files)
    beside, handle = _make_beside(place)
    try:
        _fill(beside, files)
        _link(others, place, beside)
        _bring_to_disk(beside)
        _exchange(beside, place) if place.exists() else beside.rename(place)
        sync_folder(place.parent)
    finally:
        with suppress(OSError):
            _delete(beside, place)
        if handle is not None:
            os.close(handle)


def _refuse_clashes(folder: Path, others: Iterable[str], files: Mapping[str, bytes]) -> None:
    taken = set(files).union(*(_above(name) for name in files))
    for name in others:
        if name in taken or not set(files).isdisjoint(_above(name)):
            raise UsageError(f"{folder / name}: was not written by a release, which needs its place; move it away")


def _above(name: str) -> list[str]:
    """Return the folders that a name stands in.

    >>> _above("a/b/c.txt")
    ['a', 'a/b']
    """
    parts = name.split("/")
    return ["/".join(parts[:n]) for n in range(1, len(parts))]


def _listed(folder: Path) -> set[str]:
    """Return the names that the checksums in a folder list, and that of their own file."""
    try:
        text = (folder / SUMS).read_bytes().decode("utf-8", "surrogateescape")
    except OSError:
        return set()
    return {SUMS, *re.findall(r"^[0-9a-f]{64} [ *](.+)$", text, re.MULTILINE)}


def _names(folder: Path) -> Iterator[str]:
    """Yield the names of what is in a folder and below it: files, links, and folders that are empty."""
    for place, folders, files in os.walk(folder):
        here = Path(place)
        links = [name for name in folders if (here / name).is_symlink()]
        found = [*files, *links] or ([] if folders or here == folder else [""])
        yield from ((here / name).relative_to(folder).as_posix() for name in found)


def _make_beside(place: Path) -> tuple[Path, int | None]:
    """Make a folder beside another one, no more open to others than that is; return it, opened and locked."""
    while True:
        beside = place.with_name(f".{place.name}.kg-{os.urandom(6).hex()}")
        beside.mkdir(place.stat().st_mode & 0o777 | 0o700 if place.exists() else 0o777)
        handle = _open(beside)
        if handle is None:
            return beside, None
        lock(handle)
        if os.fstat(handle).st_nlink:
            return beside, handle
        os.close(handle)  # another process swept it up before it was locked


def _open(folder: Path) -> int | None:
    try:
        return os.open(folder, os.O_RDONLY)
    except OSError:  # Windows opens no folders
        return None


def _copy_settings(source: Path, target: Path) -> None:
    found = source.stat()
    with suppress(OSError):
        os.chown(target, found.st_uid, found.st_gid)
    shutil.copystat(source, target)


def _fill(beside: Path, files: Mapping[str, bytes]) -> None:
    for name in sorted(files, key=lambda name: (name != SUMS, name)):  # so that every file that follows is listed
        path = beside / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(files[name])


def _link(names: Iterable[str], source: Path, target: Path) -> None:
    """Give the files of others a second name in another folder, or copy what cannot have two."""
    for name in names:
        before, after = source / name, target / name
        if before.lstat().st_dev != source.stat().st_dev:
            raise InputError(f"{before}: lies on another file system; a release replaces its folder as a whole")
        if before.is_dir() and not before.is_symlink():
            after.mkdir(parents=True, exist_ok=True)
            continue
        after.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(before, after, follow_symlinks=False)
        except (OSError, NotImplementedError):
            shutil.copy2(before, after, follow_symlinks=False)
    for here, _, _ in os.walk(target, topdown=False):
        known = source / Path(here).relative_to(target)
        if known.is_dir():
            _copy_settings(known, Path(here))


def _bring_to_disk(folder: Path) -> None:
    """Bring the file system of a folder to the disk: with thousands of files, quicker than one by one."""
    handle, sync = _open(folder), _of_the_system("syncfs")
    if handle is not None and sync:
        sync(handle)
    elif hasattr(os, "sync"):
        os.sync()
    if handle is not None:
        os.close(handle)


def _of_the_system(name: str) -> Callable[..., int] | None:
    """Return a function of the C library that Python does not offer, or None."""
    import ctypes

    try:
        return cast("Callable[..., int]", getattr(ctypes.CDLL(None), name))
    except (OSError, AttributeError, TypeError):
        return None


def _exchange(beside: Path, place: Path) -> None:
    """Give each of two folders the name of the other: at once in Linux, elsewhere in two steps that `_sweep` knows."""
    rename = _of_the_system("renameat2")
    if rename and rename(_AT_HERE, os.fsencode(beside), _AT_HERE, os.fsencode(place), _EXCHANGE) == 0:
        return
    aside = beside.with_name(beside.name + _OLD)
    place.rename(aside)
    try:
        beside.rename(place)
    except OSError:
        aside.rename(place)
        raise
    aside.rename(beside)


def _sweep(place: Path) -> None:
    """Finish what earlier processes left undone when they were killed."""
    left = re.compile(rf"\.{re.escape(place.name)}\.kg-[0-9a-f]{{12}}({_OLD})?")
    found = [path for path in place.parent.iterdir() if left.fullmatch(path.name) and path.is_dir()]
    for path in sorted(found, key=lambda path: not path.name.endswith(_OLD)):  # first what may have to be put back
        if path.name.endswith(_OLD) and not place.exists():
            path.rename(place)
            continue
        if (handle := _open(path)) is None:
            continue
        with suppress(OSError):
            if lock(handle, wait=False):
                _delete(path, place)
        os.close(handle)


def _delete(left: Path, place: Path) -> None:
    """Delete a folder of an earlier release or an unfinished one; what is neither listed nor in the new one stays."""
    listed = _listed(left)
    for here, folders, files in os.walk(left, topdown=False):
        for name in files + folders:
            path = Path(here, name)
            known = path.relative_to(left).as_posix()
            with suppress(OSError):
                if path.is_dir() and not path.is_symlink():
                    path.rmdir()
                elif known != SUMS and (known in listed or _is_same(path, place / known)):
                    path.unlink()
    if [path.name for path in left.iterdir()] == [SUMS]:  # the last, so that a killed deletion can be resumed
        (left / SUMS).unlink()
    left.rmdir()


def _is_same(one: Path, other: Path) -> bool:
    if not os.path.lexists(other):
        return False
    if os.path.samestat(one.lstat(), other.lstat()):
        return True
    if one.is_symlink() or other.is_symlink():
        return one.is_symlink() and other.is_symlink() and one.readlink() == other.readlink()
    return one.is_file() and other.is_file() and filecmp.cmp(one, other, shallow=False)
