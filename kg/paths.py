"""Where the package's files lie, in a checkout and in a wheel alike; and writing without leaving half a file."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from kg.errors import InputError

PACKAGE = Path(__file__).resolve().parent
ROOT = PACKAGE / "_data" if (PACKAGE / "_data").is_dir() else PACKAGE.parent
FACTS = PACKAGE / "facts"
COMMON = "common"  # the folder of facts that no document of ours states
GRAPH_TTL = PACKAGE / "innovation-strategy.ttl"
BUILT = ROOT / "built"  # made from the sources when it is missing or stale; never edited, never committed
DATASET = BUILT / "innovation-strategy.nq"
HEADERS = BUILT / "questions.json"
ONTOLOGY = ROOT / "ontology"
QUERIES = ROOT / "queries"
PHRASES = QUERIES / "phrases"
HEADER_SCHEMA = QUERIES / "header.schema.json"
SHAPES = ROOT / "shapes"


def ontology_files() -> list[Path]:
    """Return the ontology's Turtle files, sorted, schemes included."""
    return sorted([*ONTOLOGY.glob("*.ttl"), *(ONTOLOGY / "schemes").glob("*.ttl")])


def write_beside(path: Path, data: str | bytes) -> None:
    """Write a file beside its place, then rename it there.

    Raises InputError when the folder does not exist or is not writable.
    """
    import tempfile  # late: it takes as long to import as the rest of start-up

    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "wb") as file:
            file.write(data.encode() if isinstance(data, str) else data)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except OSError as error:
        raise InputError(f"{path}: cannot be written: {error.strerror}") from error


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files into a folder, each beside its place and then renamed there; what else lies there stays.

    Raises InputError when the folder cannot be made or written to.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"{folder}: cannot be made: {error.strerror}") from error
    for name, content in sorted(files.items()):
        write_beside(folder / name, content)
