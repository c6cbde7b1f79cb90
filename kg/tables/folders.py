"""Find the fact tables in their folders, one folder a document, and what looks like a table and would not be read."""

import re
from dataclasses import dataclass
from pathlib import Path

from kg import terms
from kg.errors import Fault, InputError

# What editors, spreadsheets and archives leave beside a table: locks, copies, metadata of other systems.
_LEFT_BEHIND = re.compile(r"[.~#].*|__.*|.*(?:[~#]|\.(?:bak|orig|old|tmp|swp|lock))", re.DOTALL)
_LIKE_A_TABLE = re.compile(
    r"(.*?)\.(csv|tsv|tab|txt|xls[xmb]?|ods|numbers)(?:\.(?:csv|txt|gz|zip|bz2|xz|zst))?", re.IGNORECASE | re.DOTALL
)
_DOCUMENT = re.compile(r"[a-z0-9]+(?:[-.][a-z0-9]+)*")
_GENERATED = {
    **{terms.local_name(iri): "graph" for iri in (terms.ONTOLOGY_GRAPH, terms.INFERRED_GRAPH, terms.RELEASE_GRAPH)},
    "index": "page",
}


@dataclass(frozen=True)
class Found:
    """The files that are read as tables, and the faults in the names of files and folders beside them.

    `unread` are the files that look like tables and are not read.
    """

    files: tuple[Path, ...]
    faults: tuple[Fault, ...]
    unread: tuple[Path, ...]


def table_files(facts: Path) -> list[Path]:
    """Return the files that are read as tables, `<document>/<Class>.csv`, by name; what editors leave is ignored.

    Raises InputError if a folder is missing or cannot be read.
    """
    return [path for path in _in_documents(facts) if path.suffix == ".csv" and path.is_file()]


def find_tables(facts: Path, classes: set[str]) -> Found:
    """Return the tables below a folder, and a fault for each file or folder that looks like one and is not read.

    `classes` are the names that tables can have.

    Raises InputError if the folder is missing, cannot be read, or contains no table.
    """
    if not facts.is_dir():
        raise InputError(f"{facts}: no such folder of fact tables")
    names = {name.casefold(): name for name in classes}
    faults = {path: fault for path in _in_documents(facts) if (fault := _fault(facts, path, names))}
    files = [path for path in table_files(facts) if path not in faults]
    beside = [path for path in _inside(facts) if not path.is_dir() and (path.is_symlink() or _proper(path, names))]
    if not files and not faults:
        hint = f"; name the folder above: {facts.resolve().parent}" if beside else ""
        raise InputError(f"{facts}: contains no fact tables, <document>/<Class>.csv{hint}")
    for path in beside:
        problem, remedy = _broken(path) or ("is in no document's folder", f"move it, such as into {facts.name}/common/")
        faults[path] = Fault(f"{facts.name}/{path.name}", 1, "file name", path.name, problem, remedy)
    unread = [table for path in faults for table in (_inside(path) if path.is_dir() else [path]) if table.is_file()]
    return Found(tuple(files), tuple(dict.fromkeys(faults.values())), tuple(unread))


def _in_documents(facts: Path) -> list[Path]:
    return [path for folder in _inside(facts) if folder.is_dir() for path in _inside(folder)]


def _inside(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if not _LEFT_BEHIND.fullmatch(path.name))
    except OSError as error:
        raise InputError(f"{folder}: cannot be read: {error.strerror}") from error


def _fault(facts: Path, path: Path, names: dict[str, str]) -> Fault | None:
    """Return the fault of a file in a document's folder that looks like a table and is not read, or of the folder."""
    folder, proper = path.parent.name, _proper(path, names)
    if path.is_dir() and proper is None:
        if not any(_proper(deeper, names) for deeper in _inside(path)):
            return None
        problem, remedy = "is a folder of tables in a document's folder", f"move its tables to {facts.name}/{folder}/"
        return Fault(f"{facts.name}/{folder}", 1, "folder name", path.name, problem, remedy)
    if proper is None:
        return None
    if misnamed := _misnamed(folder):
        return Fault(f"{facts.name}/{folder}", 1, "folder name", folder, *misnamed)
    ending = "is not read, since it does not end in .csv", f"save the table as {proper}.csv"
    found = _broken(path) or (ending if path.suffix != ".csv" else None)
    return Fault(f"{facts.name}/{folder}/{path.name}", 1, "file name", path.name, *found) if found else None


def _misnamed(folder: str) -> tuple[str, str] | None:
    """Return problem and remedy if a folder cannot have the name of a document, which is the end of its graph's IRI."""
    if folder in _GENERATED:
        return f"is the name of a {_GENERATED[folder]} that is generated", "name the folder after its document"
    if not _DOCUMENT.fullmatch(folder):
        return "is no id of a document", "use a-z, 0-9 and single hyphens, such as budget-2021"
    return None


def _broken(path: Path) -> tuple[str, str] | None:
    """Return problem and remedy if a table is no regular file."""
    if path.is_file():
        return None
    if not path.exists():
        return "is a link to what does not exist", "mend the link or delete it"
    return "is not a regular file", "put the table itself here"


def _proper(path: Path, names: dict[str, str]) -> str | None:
    """Return the name that a file would have as a table, or None if it does not look like one."""
    match = _LIKE_A_TABLE.fullmatch(path.name)
    if match is None:
        return None
    return names.get(match[1].casefold()) or (match[1] if match[2].casefold() == "csv" else None)
