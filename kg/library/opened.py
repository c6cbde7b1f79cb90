"""The default store and remote stores."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from threading import Lock, Thread
from typing import TYPE_CHECKING, cast

from kg.errors import KgError, verb

if TYPE_CHECKING:
    import pyoxigraph
    import rdflib

    from kg.stores.embedded import EmbeddedStore, Store
    from kg.stores.remote import RemoteStore


class _Dataset:
    """The package's own dataset, loaded once for all threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._store: EmbeddedStore | None = None

    def load(self, nquads: bytes | None = None) -> EmbeddedStore:
        from kg.assembly import shipped
        from kg.stores.embedded import from_nquads

        with self._lock:
            if self._store is None:
                self._store = from_nquads(shipped.nquads() if nquads is None else nquads)
            return self._store


_shipped = _Dataset()


def load_store() -> EmbeddedStore:
    """Return a store with the package's own dataset, which is loaded once for all threads.

    Raises TableError or InputError if the dataset has to be built first and cannot be.
    """
    return _shipped.load()


def load_ahead() -> None:
    """Start loading the package's own dataset in a thread; the engine does not block Python meanwhile.

    The file is read before, for a thread would wait for Python at each of the many sources that it is compared with.
    """
    from kg.assembly import shipped
    from kg.stores import embedded  # noqa: F401 — before the thread starts: concurrent imports wait for each other

    with suppress(KgError):  # as below
        Thread(target=_load_quietly, args=(shipped.nquads(),), daemon=True).start()


def _load_quietly(nquads: bytes) -> None:
    with suppress(Exception):  # load_store raises it again when the store is needed
        _shipped.load(nquads)


def held(store: Store | None) -> EmbeddedStore:
    """Return a store in memory: a remote store is copied."""
    if store is None:
        return load_store()
    return store.copy() if hasattr(store, "copy") else cast("EmbeddedStore", store)


def statements(store: Store | None) -> Iterable[pyoxigraph.Quad]:
    """Return all statements of a store, by default those of the package's own dataset, as they were built."""
    from kg.assembly import shipped

    return shipped.quads() if store is None else held(store).inner


@verb
def connect(endpoint: str, *, timeout: float = 60.0) -> RemoteStore:
    """Return a remote store with the dataset, for the parameter `store` of the other functions.

    `timeout` is in seconds and applies to each request. Credentials come from KG_TOKEN, or KG_USER and KG_PASSWORD, or
    netrc. No request is sent yet. Raises UsageError if the endpoint is not an http address.

    >>> connect("http://localhost:7878/query", timeout=5).endpoint
    'http://localhost:7878/query'
    """
    from kg.stores.http import Limits
    from kg.stores.remote import RemoteStore

    return RemoteStore(endpoint, Limits(timeout))


@verb
def graph(*, store: Store | None = None) -> rdflib.Graph:
    """Return the statements of a store as one rdflib.Graph, the union of its named graphs, with prefixes bound.

    It is the caller's own copy. Raises DataError for a statement about a statement (RDF 1.2), which rdflib does not
    know.

    >>> import rdflib
    >>> (rdflib.URIRef("https://w3id.org/innovation-strategy/id/institution/riken"), None, None) in graph()
    True
    """
    from kg.rdf.as_rdflib import to_graph

    return to_graph(statements(store))


@verb
def dataset(*, store: Store | None = None) -> rdflib.Dataset:
    """Return the statements of a store as an rdflib.Dataset with its named graphs, with prefixes bound.

    Its default graph is the union of the named ones: a query without GRAPH sees every statement. It is the caller's own
    copy. Raises DataError as graph does.

    >>> sorted(str(part.identifier).rsplit("/", 1)[-1] for part in dataset().graphs() if len(part))[:2]
    ['common', 'inferred']
    """
    from kg.rdf.as_rdflib import to_dataset

    return to_dataset(statements(store))
