"""What a second document adds to an answer or a picture: the lines that come, and how many go."""

from __future__ import annotations

import tempfile
from collections import Counter
from functools import lru_cache
from pathlib import Path

from kg.assembly.build import build
from kg.stores.embedded import EmbeddedStore, open_embedded
from tests.support import both


def added(alone: str, beside: str) -> str:
    """Return the lines that a text has only beside the second document, and the number of lines that it lost."""
    first, second = Counter(alone.splitlines()), Counter(beside.splitlines())
    gone, come = first - second, second - first
    said = [f"- {gone.total()} lines of the first document"] if gone else []
    return "".join(f"{line}\n" for line in [*said, *(f"+ {line}" for line in beside.splitlines() if come[line])])


@lru_cache(maxsize=1)
def both_documents() -> EmbeddedStore:
    """Return a store over both documents, for the files that are refreshed without pytest."""
    folder = Path(tempfile.mkdtemp(prefix="kg-both-"))
    (folder / "built.nq").write_text(build(both.merge(folder)).nquads, encoding="utf-8")
    return open_embedded(folder / "built.nq")
