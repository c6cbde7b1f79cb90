"""The package's own dataset as N-Quads, built once, kept beside the package, and rebuilt when a source has changed.

The file begins with a digest of its sources: tables, ontology, and the code that turns them into statements. A file
with another digest is not used.
"""

from collections.abc import Iterator
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

import pyoxigraph as ox

from kg import paths
from kg.errors import InputError
from kg.files.read import read_file
from kg.files.write import write_file
from kg.tables.folders import table_files

_ROOMS = ("rdf", "tables", "reasoning", "assembly")


def nquads(built: Path = paths.DATASET) -> bytes:
    """Return the dataset as N-Quads, from the file if it is up to date, or else newly built.

    Raises TableError with all faults in the tables, InputError if a source cannot be read.
    """
    mark = _mark()
    with suppress(OSError):
        content = built.read_bytes()
        if content.startswith(mark):
            return content
    return refresh(built)


def refresh(built: Path = paths.DATASET) -> bytes:
    """Build the dataset from the tables, write the file if the folder is writable, and return the N-Quads.

    Raises TableError, InputError.
    """
    from kg.assembly.build import build
    from kg.rdf.write import nquads_in_utf8

    content = _mark() + nquads_in_utf8(build().quads)
    with suppress(OSError, InputError):  # the folder is not writable: the next process builds again
        built.parent.mkdir(exist_ok=True)
        write_file(built, content)
    return content


def quads() -> Iterator[ox.Quad]:
    """Yield the statements of the dataset. Raises TableError, InputError."""
    return ox.parse(input=nquads(), format=ox.RdfFormat.N_QUADS)


def sources() -> list[Path]:
    """Return the files that the dataset is built from, in an order that does not depend on their folder.

    Raises InputError if the folder of the fact tables cannot be read.
    """
    code = [path for room in _ROOMS for path in sorted((paths.PACKAGE / room).glob("*.py"))]
    return [
        *code,
        paths.PACKAGE / "terms.py",
        *table_files(paths.FACTS),
        *paths.ontology_files(),
        *paths.rule_files(),
    ]


def _mark() -> bytes:
    """Return the first line of an up-to-date file: a digest of the names and contents of its sources."""
    digest = blake2b(digest_size=16)
    for path in sources():
        content = read_file(path)
        digest.update(f"{path.parent.name}/{path.name} {len(content)}\n".encode() + content)
    return f"# made from sources with the digest {digest.hexdigest()}\n".encode()
