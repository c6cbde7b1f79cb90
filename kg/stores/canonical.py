"""The hash of a graph that does not depend on the names of its blank nodes, found in limited time and memory."""

import hashlib
from collections.abc import Collection

import pyoxigraph as ox

from kg.errors import DataError
from kg.rdf.canonical import canonical_nquads
from kg.stores.results import canonical_literal

SECONDS = 30.0
"""How long the blank nodes of one graph may take."""


def digest(triples: Collection[ox.Triple], seconds: float | None = None) -> str:
    """Return the SHA-256 of the triples' canonical form (RDF Dataset Canonicalization 1.0).

    Decimals count by their value: some stores write 11 as 11.0. Raises DataError if the blank nodes cannot be compared
    in `seconds` (default: SECONDS).
    """
    quads = [ox.Quad(t.subject, t.predicate, canonical_literal(t.object)) for t in triples]  # type: ignore[arg-type]
    within = seconds or SECONDS
    try:
        return hashlib.sha256(canonical_nquads(quads, within)).hexdigest()
    except DataError:
        raise DataError(
            f"its blank nodes look too much alike to be compared within {within:g} s; give them IRIs"
        ) from None
