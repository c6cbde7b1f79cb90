"""The hash of a graph that does not depend on the names of its blank nodes, found in limited time and memory.

For blank nodes that look alike the canonical form takes exponential time, and the engine cannot be interrupted. So it
runs in a process of its own, which can be killed.
"""

import contextlib
import hashlib
import os
import subprocess
import sys
from collections.abc import Collection, Iterable

import pyoxigraph as ox

from kg import paths
from kg.errors import DataError
from kg.stores.results import canonical_literal

SECONDS = 30.0
"""How long the blank nodes of one graph may take."""
MEMORY = 2 << 30
"""Bytes of the process that compares blank nodes."""


def digest(triples: Collection[ox.Triple], seconds: float | None = None) -> str:
    """Return the SHA-256 of the triples' canonical form (RDF Dataset Canonicalization 1.0).

    Decimals count by their value: some stores write 11 as 11.0. Raises DataError if the blank nodes cannot be compared
    in `seconds` (default: SECONDS).
    """
    quads = [ox.Quad(t.subject, t.predicate, canonical_literal(t.object)) for t in triples]  # type: ignore[arg-type]
    if any(map(_has_blank_node, triples)):
        return _in_process(quads, seconds or SECONDS)
    return _hash(quads)


def _has_blank_node(triple: ox.Triple) -> bool:
    return any(
        isinstance(term, ox.BlankNode) or (isinstance(term, ox.Triple) and _has_blank_node(term))
        for term in (triple.subject, triple.object)
    )


def _hash(quads: Iterable[ox.Quad]) -> str:
    return hashlib.sha256("".join(sorted({f"{quad} .\n" for quad in quads})).encode()).hexdigest()


def _in_process(quads: Iterable[ox.Quad], seconds: float) -> str:
    """Return the hash that another process finds. Raises DataError if it does not find it in time."""
    data = "".join(f"{quad} .\n" for quad in quads).encode()
    places = [str(paths.PACKAGE.parent), *filter(None, [os.environ.get("PYTHONPATH")])]
    command = [sys.executable, "-P", "-m", __name__]
    with contextlib.suppress(subprocess.TimeoutExpired, OSError):
        done = subprocess.run(  # noqa: S603 — this very module
            command,
            input=data,
            capture_output=True,
            timeout=seconds,
            check=False,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(places)},
        )
        if done.returncode == 0:
            return done.stdout.decode().strip()
    raise DataError(f"its blank nodes look too much alike to be compared within {seconds:g} s; give them IRIs")


def main() -> None:
    """Read N-Quads from standard input and print the hash of their canonical form."""
    with contextlib.suppress(ImportError, ValueError, OSError):  # not on Windows
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    dataset = ox.Dataset(ox.parse(sys.stdin.buffer.read(), format=ox.RdfFormat.N_QUADS, lenient=True))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    sys.stdout.write(_hash(dataset) + "\n")


if __name__ == "__main__":
    main()
