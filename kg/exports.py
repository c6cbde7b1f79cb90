"""The graph in the forms that other systems take."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pyoxigraph as ox

from kg import paths, terms
from kg.errors import InputError, UsageError, did_you_mean
from kg.turtle import to_nquads, to_trig, to_turtle


def _triples(quads: Iterable[ox.Quad]) -> set[ox.Triple]:
    return {q.triple for q in quads}


FORMATS: dict[str, Callable[[list[ox.Quad]], str]] = {
    "nq": to_nquads,
    "trig": to_trig,
    "ttl": lambda quads: to_turtle(_triples(quads)),
    "nt": lambda quads: "".join(sorted(f"{t} .\n" for t in _triples(quads))),
}


def export(form: str, *, inferred: bool = True, dataset: Path = paths.DATASET) -> str:
    """Return the whole dataset in a form; `ttl` and `nt` leave out which graph a statement stands in.

    The same dataset gives the same text. Raises UsageError for an unknown form, InputError when the dataset cannot be
    read.
    """
    writer = FORMATS.get(form)
    if writer is None:
        raise UsageError(f"{form}: unknown format; {did_you_mean(form, FORMATS) or 'known: ' + ', '.join(FORMATS)}")
    try:
        quads = list(ox.parse(path=str(dataset), format=ox.RdfFormat.TRIG))
    except OSError as error:
        raise InputError(f"{dataset}: cannot be read: {error.strerror}") from error
    if not inferred:
        quads = [q for q in quads if q.graph_name != ox.NamedNode(terms.INFERRED_GRAPH)]
    named = ox.Dataset(quads)
    named.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return writer(list(named))
