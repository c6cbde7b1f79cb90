"""The store that is asked when no other is given, and remote ones."""

from __future__ import annotations

from contextlib import suppress
from functools import lru_cache
from threading import Lock, Thread
from typing import TYPE_CHECKING, cast

from kg.errors import KgError, verb

if TYPE_CHECKING:
    import rdflib

    from kg.stores.embedded import EmbeddedStore, Store
    from kg.stores.remote import RemoteStore


@lru_cache(maxsize=1)
def _opened() -> EmbeddedStore:
    from kg.stores.embedded import open_embedded

    return open_embedded()


_loading = Lock()


def load_store() -> EmbeddedStore:
    """Return the store over the package's own dataset; it is loaded once, whichever thread asks first.

    Raises TableError or InputError when the dataset has to be built and cannot be.
    """
    with _loading:
        return _opened()


def load_ahead() -> None:
    """Begin to load the package's own dataset in a thread: the engine does so without holding Python up."""
    import kg.stores.embedded  # noqa: F401 — here, for two threads that import get in each other's way

    Thread(target=_load_quietly, daemon=True).start()


def _load_quietly() -> None:
    with suppress(KgError):  # whoever asks for the store meets the error
        load_store()


def held(store: Store | None) -> EmbeddedStore:
    """Return a store whose statements are all at hand: a remote one is copied."""
    if store is None:
        return load_store()
    return store.copy() if hasattr(store, "copy") else cast("EmbeddedStore", store)


@verb
def connect(endpoint: str, *, timeout: float = 60.0) -> RemoteStore:
    """Return a remote store that holds the dataset, for the parameter `store` of the other functions.

    `timeout` is in seconds, for each exchange with it. Credentials come from KG_TOKEN, else KG_USER and KG_PASSWORD,
    else netrc. Nothing is sent yet. Raises UsageError when the endpoint is not an http address.

    >>> connect("http://localhost:7878/query", timeout=5).endpoint
    'http://localhost:7878/query'
    """
    from kg.stores.http import Limits
    from kg.stores.remote import RemoteStore

    return RemoteStore(endpoint, Limits(timeout))


def graph() -> rdflib.Graph:
    """Return the package's own dataset, all named graphs together, as one rdflib graph.

    >>> import rdflib
    >>> (rdflib.URIRef("https://w3id.org/innovation-strategy/id/institution/riken"), None, None) in graph()
    True
    """
    import rdflib

    from kg.dataset import shipped

    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(data=shipped.nquads(), format="nquads")
    return dataset
