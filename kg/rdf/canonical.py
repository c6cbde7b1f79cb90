"""The canonical form of statements, in which equal graphs have equal text (RDF Dataset Canonicalization 1.0)."""

from collections.abc import Collection
from functools import partial
from typing import IO

import pyoxigraph as ox

from kg.errors import DataError
from kg.worker import Limits, run


def canonical_nquads(quads: Collection[ox.Quad], seconds: float = 60.0) -> bytes:
    """Return statements as sorted N-Quads with canonical names of blank nodes.

    There are graphs of a few blank nodes whose canonical form takes years: it is computed in a worker. Raises DataError
    if it takes longer than `seconds`.
    """
    if not any(isinstance(node, ox.BlankNode) for quad in quads for node in quad):
        return _sorted(quads)
    return run(
        partial(_canonicalize, quads), Limits(seconds), "comparing graphs by the shape of their blank nodes", DataError
    )


def _canonicalize(quads: Collection[ox.Quad], output: IO[bytes]) -> None:
    dataset = ox.Dataset(quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    output.write(_sorted(dataset))


def _sorted(quads: Collection[ox.Quad] | ox.Dataset) -> bytes:
    return "".join(sorted({f"{quad} .\n" for quad in quads})).encode()
