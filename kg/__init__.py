"""A knowledge graph of Japan's national innovation strategy: ask it, export it, draw it.

Each function does what the command of the same name does and takes the same parameters. `store` is the store to ask; by
default, the package's own dataset.

>>> import kg
>>> answer = kg.query("programmes-funding-domain", domain="quantum security", fiscal_year=2020)
>>> answer.total.lower, answer.total.upper  # yen
(1400000000, 34500000000)
>>> [row["thing"].value.rsplit("/", 1)[-1] for row in kg.find("理研")][:1]
['riken']
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.errors import DataError, InputError, KgError, QueryError, RemoteError, TableError, UsageError
from kg.terms import VERSION

if TYPE_CHECKING:
    from kg.library.asking import ask, find, query, show, sparql, why
    from kg.library.making import build, coverage, diff, push, release, validate
    from kg.library.opened import connect, dataset, graph, load_ahead, load_store
    from kg.library.showing import draw, export, network

__version__ = VERSION
__all__ = [
    "DataError",
    "InputError",
    "KgError",
    "QueryError",
    "RemoteError",
    "TableError",
    "UsageError",
    "__version__",
    "ask",
    "build",
    "connect",
    "coverage",
    "dataset",
    "diff",
    "draw",
    "export",
    "find",
    "graph",
    "load_ahead",
    "load_store",
    "network",
    "push",
    "query",
    "release",
    "show",
    "sparql",
    "validate",
    "why",
]
_ROOMS = {
    "asking": ("ask", "find", "query", "show", "sparql", "why"),
    "making": ("build", "coverage", "diff", "push", "release", "validate"),
    "opened": ("connect", "dataset", "graph", "load_ahead", "load_store"),
    "showing": ("draw", "export", "network"),
}


def __getattr__(name: str) -> object:
    """Return a function of the library; its module is imported when it is first named."""
    from importlib import import_module

    for room, functions in _ROOMS.items():
        if name in functions:
            function: object = getattr(import_module(f"kg.library.{room}"), name)
            globals()[name] = function
            return function
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    """Return the public names."""
    return __all__
