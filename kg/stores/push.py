"""Load the dataset into another store, one named graph after another, each completely or not at all."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.request import Request

import pyoxigraph as ox

from kg import terms
from kg.assembly import shipped
from kg.errors import DataError, InputError, RemoteError
from kg.rdf.read import read_quads
from kg.stores.address import shown_address
from kg.stores.binding import bind
from kg.stores.canonical import digest
from kg.stores.endpoints import Addresses
from kg.stores.http import Limits, refuse, send
from kg.stores.remote import STAGING, RemoteStore
from kg.stores.results import canonical_literal, number_in, read_triples

BATCH = 2_000
"""Statements in one update, where the store has no Graph Store Protocol."""

_COUNT = "SELECT (COUNT(*) AS ?count) WHERE { GRAPH $graph { ?s ?p ?o } }"
_TRIPLES = "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH $graph { ?s ?p ?o } }"
_TURTLE = "text/turtle"
_GONE = 404


@dataclass(frozen=True)
class Pushed:
    """The result for one named graph: the number of its statements, and whether it was sent."""

    graph: str
    statements: int
    sent: bool


@dataclass(frozen=True)
class Target:
    """A store: its addresses, and the limits of an exchange with it."""

    addresses: Addresses
    limits: Limits

    @property
    def store(self) -> RemoteStore:
        """The store as one to query."""
        return RemoteStore(self.addresses.query, self.limits)

    @property
    def name(self) -> str:
        """The store as messages show it."""
        return shown_address(self.addresses.query)


def push(
    target: Target,
    dataset: Path | None = None,
    progress: Callable[[str], None] = lambda _: None,
    data_format: str | None = None,
) -> list[Pushed]:
    """Load a dataset (default: the package's own) into a store and return the result for each graph.

    Graphs that are there already are not sent again, so the next push resumes an interrupted one. Other graphs are
    replaced in a single exchange or, if the store only accepts updates, sent in batches to a temporary graph, which
    then replaces the old one. Afterwards counts and canonical hashes are compared. Graphs outside the dataset are left
    unchanged. Raises InputError if the dataset cannot be read or has statements outside its own graphs, DataError if
    blank nodes in it cannot be compared, RemoteError if the store fails, its content differs from what was sent, or it
    cannot be asked about the dataset alone.
    """
    graphs = _graphs(dataset, data_format)
    done = []
    for number, (name, triples) in enumerate(graphs, 1):
        label = f"{name.removeprefix(terms.GRAPH)} ({number} of {len(graphs)})"
        progress(f"comparing {label}")
        wanted = _digest(name, triples)
        sent = not _holds(target, name, len(triples), wanted)
        if sent:
            progress(f"sending {label}: {len(triples):,} statements")
            if target.addresses.graph_store:
                _put(target, name, triples)
            else:
                _replace(target, name, triples, wanted, lambda n, label=label: progress(f"sending {label}: {n:,}"))  # type: ignore[misc]
            progress(f"checking {label}")
            _verify(target, name, triples, wanted)
        done.append(Pushed(name, len(triples), sent))
    _sweep(target)
    _ = target.store.way  # raises if questions there would be answered wrongly
    return done


def _graphs(dataset: Path | None, data_format: str | None) -> list[tuple[str, list[ox.Triple]]]:
    """Return the named graphs, sorted, with the release last, since it describes the others."""
    found: dict[str, list[ox.Triple]] = {}
    for quad in read_quads(dataset, data_format) if dataset else shipped.quads():
        name = quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else ""
        if not name.startswith(terms.GRAPH) or name.startswith(STAGING):
            where = f"in the graph {name}" if name else "in no named graph"
            raise InputError(f"{dataset}: there is a statement {where}; only graphs under {terms.GRAPH} can be pushed")
        found.setdefault(name, []).append(ox.Triple(quad.subject, quad.predicate, _pointed(quad.object)))
    if not found:
        raise InputError(f"{dataset}: the dataset is empty")
    return [(name, sorted(found[name], key=str)) for name in sorted(found, key=lambda n: (n == terms.RELEASE_GRAPH, n))]


def _pointed(term: Any) -> Any:
    """Return a literal with the decimal point that TDB2 of Jena 5.2 needs to delete it later: 11.0 for 11."""
    if isinstance(term, ox.Literal) and term.datatype.value == terms.XSD + "decimal" and "." not in term.value:
        return ox.Literal(term.value + ".0", datatype=term.datatype)
    return term


def _digest(name: str, triples: Collection[ox.Triple]) -> str:
    """Return the hash of a graph to send. Raises DataError, with its name, if its blank nodes cannot be compared."""
    try:
        return digest(triples)
    except DataError as error:
        raise DataError(f"{name}: {error}") from error


def _holds(target: Target, graph: str, count: int, wanted: str) -> bool:
    return _count(target, graph) == count and _is(_fetch(target, graph), wanted)


def _is(triples: Collection[ox.Triple], wanted: str) -> bool:
    """Return whether these are the statements with a hash; what cannot be compared is not what could be."""
    try:
        return digest(triples) == wanted
    except DataError:
        return False


def _count(target: Target, graph: str) -> int:
    found = target.store.ask(bind(_COUNT, {"graph": ox.NamedNode(graph)}))
    return number_in(found, f"the number of statements in {graph}", target.name)


def _fetch(target: Target, graph: str) -> list[ox.Triple]:
    """Return the statements of a graph, from the graph store if possible: some stores truncate query answers."""
    if target.addresses.graph_store is None:
        found = target.store.ask(bind(_TRIPLES, {"graph": ox.NamedNode(graph)}))
        return found if isinstance(found, list) else []
    address, deadline = target.addresses.of_graph(graph), target.limits.deadline()
    response = send(Request(address, headers={"Accept": _TURTLE}), target.limits, deadline)  # noqa: S310 — checked
    if response.status == _GONE:
        return []
    if not response.ok:
        refuse(response)
    return read_triples(response, deadline)


def _put(target: Target, graph: str, triples: Sequence[ox.Triple]) -> None:
    """Replace a graph in one exchange (SPARQL 1.1 Graph Store HTTP Protocol, PUT)."""
    body = "".join(f"{t} .\n" for t in triples).encode()
    headers = {"Content-Type": _TURTLE + ";charset=utf-8"}
    response = send(Request(target.addresses.of_graph(graph), body, headers, method="PUT"), target.limits)  # noqa: S310
    if not response.ok:
        refuse(response)


def _replace(
    target: Target, graph: str, triples: Sequence[ox.Triple], wanted: str, progress: Callable[[int], None]
) -> None:
    """Fill a temporary graph in batches, then replace the old one in a single update.

    The temporary graph is named after its content, so an interrupted push can be resumed. Blank nodes are never split
    between updates, because their scope is one update.
    """
    beside = STAGING + wanted[:32]
    batches = list(_batches(triples))
    sizes = [sum(map(len, batches[:n])) for n in range(len(batches) + 1)]
    there = _count(target, beside)
    if there not in sizes:
        _update(target, f"DROP SILENT GRAPH <{beside}>")
        there = 0
    for size, batch in zip(sizes[1:], batches, strict=True):
        if size > there:
            statements = "".join(f"{t} .\n" for t in batch)
            _update(target, f"INSERT DATA {{ GRAPH <{beside}> {{\n{statements}}} }}")
            progress(size)
    # In one request, hence one transaction. Not by MOVE, COPY or ADD, in which TDB2 of Jena 5.2 loses statements.
    take_over = f"INSERT {{ GRAPH <{graph}> {{ ?s ?p ?o }} }} WHERE {{ GRAPH <{beside}> {{ ?s ?p ?o }} }}"
    _update(target, f"DROP SILENT GRAPH <{graph}> ; {take_over} ; DROP SILENT GRAPH <{beside}>")


def _batches(triples: Sequence[ox.Triple]) -> Iterator[Sequence[ox.Triple]]:
    blank = [t for t in triples if isinstance(t.subject, ox.BlankNode) or isinstance(t.object, ox.BlankNode)]
    if blank:
        yield blank
    named = [t for t in triples if not (isinstance(t.subject, ox.BlankNode) or isinstance(t.object, ox.BlankNode))]
    for start in range(0, len(named), BATCH):
        yield named[start : start + BATCH]


def _update(target: Target, update: str) -> None:
    headers = {"Content-Type": "application/sparql-update;charset=utf-8"}
    response = send(Request(target.addresses.update, update.encode(), headers, method="POST"), target.limits)  # noqa: S310
    if not response.ok:
        refuse(response)


def _verify(target: Target, graph: str, triples: Sequence[ox.Triple], wanted: str) -> None:
    count = _count(target, graph)
    if count != len(triples):
        raise RemoteError(f"{target.name}: {graph} has {count:,} statements; {len(triples):,} were sent")
    there = _fetch(target, graph)
    if not _is(there, wanted):
        strange = sorted(_told(there) - _told(triples))
        example = f", such as {strange[0]}" if strange else ""
        raise RemoteError(f"{target.name}: the statements in {graph} differ from those that were sent{example}")


def _told(triples: Collection[ox.Triple]) -> set[str]:
    return {f"{t.subject} {t.predicate} {canonical_literal(t.object)}" for t in triples}


def _sweep(target: Target) -> None:
    """Drop the temporary graphs of earlier pushes that were interrupted."""
    for name in target.store.staged_graphs():
        _update(target, f"DROP SILENT GRAPH <{name}>")
