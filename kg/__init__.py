"""A knowledge graph of Japan's national innovation strategy: ask it, hand it over, see it.

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

if TYPE_CHECKING:
    from pathlib import Path

    import rdflib

    from kg.answers import Answer
    from kg.ask import Reply
    from kg.store import Store

__version__ = "0.1.0"
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
    "find",
    "graph",
    "query",
    "show",
    "sparql",
    "store",
]
