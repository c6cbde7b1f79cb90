"""Write files so that nothing is lost and nothing half-written stands.

A regular file is written without a name, brought to the disk, and then put in the place of its target. Links are
followed. What must not be replaced is written in place: a device, a pipe, a file with several names, one that belongs
to somebody else. Where files without a name are unknown, it gets a temporary one; what a killed process leaves under it
is unlocked, and deleted by the next write into the folder.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from kg.errors import InputError
from kg.files.stop import stopping_in_order

try:
    import fcntl
except ImportError:  # on Windows a leftover looks like a file in use: none is swept up
    fcntl = None  # type: ignore[assignment]

_BEGIN, _END = ".kg-", ".part"  # of the name of a temporary file
_PIECE = 2**20


def write_file(path: Path, data: str | bytes) -> None:
    """Write a file, the whole or nothing of it; links are followed, the mode and owner of an existing file are kept.

    Raises InputError if the file is read-only, a folder, or cannot be written; BrokenPipeError if it is a pipe whose
    reader has left.
    """
    write_files({path: data})


@stopping_in_order()
def write_files(files: Mapping[Path, str | bytes]) -> None:
    """Write files, all or none: they get their names only when all of them are on the disk. Raises as `write_file`."""
    targets: list[_Target] = []
    path = Path()
    try:
        for path, data in files.items():
            targets.append(_Target(path))
            targets[-1].prepare(data.encode("utf-8", "backslashreplace") if isinstance(data, str) else data)
        for target in targets:
            path = target.path
            target.put()
        for folder in {target.real.parent for target in targets}:
            sync_folder(folder)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise InputError(f"{path}: cannot be written: {error.strerror}") from error
    except ValueError as error:
        if isinstance(error, InputError):
            raise
        raise InputError(f"{str(path)!r}: cannot be written: {error}") from error  # a zero byte in the name
    finally:
        for target in targets:
            target.close()


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files into a folder, all or none; other files there are kept.

    Raises InputError if the folder cannot be made or written to.
    """
    try:
        Path(os.path.realpath(folder)).mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise InputError(f"{folder}: cannot be made: {why}") from error
    write_files({folder / name: content for name, content in sorted(files.items())})


def lock(handle: int, *, wait: bool = True) -> bool:
    """Lock an open file or folder as being in use by this process; return False if another one holds it."""
    if fcntl is None:
        return wait
    try:
        fcntl.flock(handle, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:  # held by another process, or the file system has no locks
        return wait
    return True


def sync_folder(folder: Path) -> None:
    """Bring the names in a folder to the disk, where the system can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        with suppress(OSError):
            os.fsync(handle)
        os.close(handle)


class _Target:
    """A file to be written: `real` is where links lead; the content waits in an open file, perhaps named `staged`."""

    def __init__(self, path: Path) -> None:
        """Follow the links. Raises OSError, InputError if it is a folder or read-only."""
        self.path, self.descriptor = path, _descriptor(path)
        self.real = Path(os.path.realpath(path))
        self.staged: str | None = None
        self._handle, self._data = -1, b""
        try:
            self.before: os.stat_result | None = path.stat()
        except FileNotFoundError:
            self.before = None
        if self.before is None:
            if not self.real.parent.is_dir():
                raise InputError(f"{path}: cannot be written: there is no folder {self.real.parent}")
        elif stat.S_ISDIR(self.before.st_mode):
            raise InputError(f"{path}: cannot be written: is a folder; name a file")
        elif stat.S_ISREG(self.before.st_mode) and self.descriptor is None and not _writable(path, self.before):
            raise InputError(f"{path}: cannot be written: the file is read-only; name another one or chmod u+w it")

    def prepare(self, data: bytes) -> None:
        """Write the content under a temporary name, unless the target is written in place. Raises OSError."""
        self._data = data
        if self.descriptor is not None or (self.before and not _may_be_replaced(self.before)):
            return
        _sweep(self.real.parent)
        try:
            self._stage()
            _write(self._handle, data)
            os.fsync(self._handle)
        except PermissionError:
            if self.before is None:
                raise
            self.close()  # the file may be written to, but not replaced

    def _stage(self) -> None:
        mode = stat.S_IMODE(self.before.st_mode) & 0o666 if self.before else 0o666  # less what the umask takes
        self._handle = _open_unnamed(self.real.parent, mode)
        place = f"/proc/self/fd/{self._handle}"
        while self._handle < 0:
            place = self.staged = _temporary(self.real.parent)
            flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
            self._handle = os.open(self.staged, flags, mode)
            lock(self._handle)
            if not os.fstat(self._handle).st_nlink:  # swept up by another process before it was locked
                os.close(self._handle)
                self._handle = -1
        if self.before is None:
            return
        import shutil

        if hasattr(os, "fchown"):
            os.fchown(self._handle, self.before.st_uid, self.before.st_gid)
        shutil.copystat(self.real, place)

    def put(self) -> None:
        """Give the content its name, or write it in place. Raises OSError."""
        if self._handle >= 0:
            try:
                self._name()
            except OSError:
                if self.before is None:
                    raise
                self.close()  # such as a file that is mounted by itself
            else:
                return
        if self.descriptor is not None:
            handle = os.dup(self.descriptor)
        else:
            handle = os.open(self.path, os.O_WRONLY | getattr(os, "O_BINARY", 0))
        try:
            regular = self.descriptor is None and self.before is not None and stat.S_ISREG(self.before.st_mode)
            _write_over(handle, self._data) if regular else _write(handle, self._data)
        finally:
            os.close(handle)

    def _name(self) -> None:
        if self.staged is None:
            lock(self._handle)
            staged = Path(_temporary(self.real.parent))
            os.link(f"/proc/self/fd/{self._handle}", staged, src_dir_fd=self._handle, follow_symlinks=True)
            self.staged = str(staged)
        Path(self.staged).replace(self.real)
        self.staged = None

    def close(self) -> None:
        """Delete what has been staged and not put."""
        if self.staged is not None:
            with suppress(OSError):
                Path(self.staged).unlink()
            self.staged = None
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1


def _temporary(folder: Path) -> str:
    return str(folder / f"{_BEGIN}{os.urandom(6).hex()}{_END}")


def _open_unnamed(folder: Path, mode: int) -> int:
    """Return a new file without a name, which is gone with the process; -1 where the system has none."""
    if not hasattr(os, "O_TMPFILE"):
        return -1
    try:
        handle = os.open(folder, os.O_RDWR | os.O_TMPFILE, mode)
    except PermissionError:
        raise
    except OSError:  # the file system has none
        return -1
    if Path(f"/proc/self/fd/{handle}").exists():  # through which it gets its name
        return handle
    os.close(handle)
    return -1


def _descriptor(path: Path) -> int | None:
    """Return the number of the stream of this process that a path stands for, as /dev/stdout and /dev/fd/3 do."""
    for _ in range(40):
        parent = Path(os.path.realpath(path.parent))
        if parent in {Path("/dev/fd"), Path(f"/proc/{os.getpid()}/fd")} and path.name.isdecimal():
            return int(path.name)
        if not path.is_symlink():
            return None
        path = parent / path.readlink()
    return None


def _writable(path: Path, found: os.stat_result) -> bool:
    return bool(found.st_mode & 0o222) and os.access(path, os.W_OK)  # the superuser may, but should not


def _may_be_replaced(found: os.stat_result) -> bool:
    """Return whether another file may take the place of one without loss: a regular file with a single name."""
    return stat.S_ISREG(found.st_mode) and found.st_nlink == 1


def _write(handle: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(handle, view[:_PIECE]) :]


def _write_over(handle: int, data: bytes) -> None:
    """Write over a file in place, once there is room for all of it on the disk."""
    size = os.fstat(handle).st_size
    if len(data) > size and hasattr(os, "posix_fallocate"):
        try:
            os.posix_fallocate(handle, size, len(data) - size)
        except OSError:
            os.ftruncate(handle, size)
            raise
    _write(handle, data)
    os.ftruncate(handle, len(data))
    os.fsync(handle)


def _sweep(folder: Path) -> None:
    """Delete the temporary files in a folder that no living process holds."""
    if fcntl is None:
        return
    with suppress(OSError), os.scandir(folder) as found:
        for entry in found:
            if entry.name.startswith(_BEGIN) and entry.name.endswith(_END) and entry.is_file(follow_symlinks=False):
                with suppress(OSError):
                    _sweep_one(entry.path)


def _sweep_one(path: str) -> None:
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    try:
        if lock(handle, wait=False):
            Path(path).unlink()
    finally:
        os.close(handle)
