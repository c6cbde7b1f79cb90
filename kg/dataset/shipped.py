"""The package's own dataset as N-Quads: built once, kept beside the package, and built again when a source changed.

The file begins with a digest of all it is made from: tables, ontology, and the code that turns them into statements.
With another digest the file is not used.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

import pyoxigraph as ox

from kg import paths
from kg.errors import InputError
from kg.paths import write_beside

_ROOMS = ("rdf", "tables", "reasoning", "dataset")


def nquads(built: Path = paths.DATASET) -> bytes:
    """Return the dataset as N-Quads: from the file when it is fresh, else newly built and kept.

    Raises TableError with all faults of the tables, InputError when a source cannot be read.
    """
    mark = _mark()
    with suppress(OSError):
        content = built.read_bytes()
        if content.startswith(mark):
            return content
    return refresh(built)


def refresh(built: Path = paths.DATASET) -> bytes:
    """Build the dataset from the tables and write it, where that is allowed; return it as N-Quads.

    Raises TableError, InputError.
    """
    from kg.dataset.build import build

    content = _mark() + build().nquads.encode()
    with suppress(OSError, InputError):  # a folder that only others may write to: the next process builds again
        built.parent.mkdir(exist_ok=True)
        write_beside(built, content)
    return content


def quads() -> Iterator[ox.Quad]:
    """Yield the statements of the dataset.

    Raises TableError, InputError.
    """
    return ox.parse(input=nquads(), format=ox.RdfFormat.N_QUADS)


def sources() -> list[Path]:
    """Return the files that the dataset is made from, in the same order wherever they lie."""
    code = [path for room in _ROOMS for path in sorted((paths.PACKAGE / room).glob("*.py"))]
    return [*code, paths.PACKAGE / "terms.py", *sorted(paths.FACTS.glob("*/*.csv")), *paths.ontology_files()]


def _mark() -> bytes:
    """Return the first line of a fresh file: a digest of the names and the contents of its sources."""
    digest = blake2b(digest_size=16)
    try:
        for path in sources():
            content = path.read_bytes()
            digest.update(f"{path.name} {len(content)}\n".encode() + content)
    except OSError as error:
        raise InputError(f"{error.filename}: cannot be read: {error.strerror}") from error
    return f"# made from sources with the digest {digest.hexdigest()}\n".encode()
