"""What can go wrong, one class a situation; each knows its exit code."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple


class KgError(ValueError):
    """The base of every error this package raises on purpose."""

    exit_code = 2


class DataError(KgError):
    """The data is at fault."""

    exit_code = 1


class UsageError(KgError):
    """The call is at fault."""

    exit_code = 2


class InputError(KgError):
    """An input cannot be read."""

    exit_code = 3


class RemoteError(KgError):
    """A remote store failed or timed out."""

    exit_code = 4


class QueryError(UsageError):
    """A SPARQL query does not parse, or is not allowed here."""


class Fault(NamedTuple):  # no dataclass here: that module takes longer to import than the rest of start-up
    """One fault of one table cell: where it stands, what is wrong, what would be right."""

    file: str
    line: int
    column: str
    value: str
    problem: str
    remedy: str = ""

    def __str__(self) -> str:
        """Return `file:line:column: value: problem — remedy`."""
        parts = [f"{self.file}:{self.line}:{self.column}: "]
        if self.value:
            parts.append(f"{self.value}: ")
        parts.append(self.problem)
        if self.remedy:
            parts.append(f" — {self.remedy}")
        return "".join(parts)


class TableError(DataError):
    """Tables have faults; `faults` holds all of them, in reading order."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        """Keep the faults, sorted by file and line."""
        self.faults = sorted(faults)
        count = len(self.faults)
        super().__init__(
            "\n".join([f"{count} fault{'s' if count != 1 else ''} in the tables:", *map(str, self.faults)])
        )


def nearest(word: str, known: Iterable[str], count: int = 3) -> list[str]:
    """Return up to `count` known words that are spelt most like `word`, best first.

    >>> nearest("rikn", ["riken", "nict"])
    ['riken']
    """
    from difflib import get_close_matches

    pool = list(known)
    folded = {w.casefold(): w for w in reversed(pool)}
    return [folded[m] for m in get_close_matches(word.casefold(), list(folded), n=count, cutoff=0.5)]


def did_you_mean(word: str, known: Iterable[str], count: int = 3) -> str:
    """Return `did you mean 'a', 'b'?`, or an empty string when nothing is near."""
    matches = nearest(word, known, count)
    return f"did you mean {', '.join(repr(m) for m in matches)}?" if matches else ""
