"""The table that leads from what a question asks for to the stored question that holds it."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from kg.asking.words.parse import Asked
from kg.questions.catalogue import Question

_FRAMES = Path(__file__).with_name("frames.toml")


@dataclass(frozen=True)
class Frame:
    """A stored question, what a text must name to be read as it, and what it can account for.

    `dashes` says that rows without an amount are cells with a dash, `dated` that a year is a fiscal year in print.
    `beside` are the parameters of which two values may be set side by side, `excludes` the kinds and cues that a text
    must not have together, and `sums` says that a total is the sum of the rows.
    """

    question: str
    needs: tuple[tuple[str, ...], ...]
    kinds: Mapping[str, str]
    passes: frozenset[str]
    what: tuple[str, ...]
    which: frozenset[str]
    thing: str | None = None
    defaults: Mapping[str, str] = field(default_factory=dict)
    dashes: bool = False
    dated: bool = True
    drops: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    beside: frozenset[str] = frozenset()
    excludes: tuple[frozenset[str], ...] = ()
    sums: bool = False


@dataclass(frozen=True)
class Reading:
    """A text read as a stored question: its arguments, the entities whose rows are meant, and what is wanted.

    `beside` are the values of one parameter that the text sets side by side, such as two accounts.
    """

    question: Question
    frame: Frame
    arguments: Mapping[str, str]
    things: tuple[str, ...]
    what: str
    asked: Asked
    beside: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@lru_cache(maxsize=1)
def frames() -> tuple[Frame, ...]:
    """Return the frames of `frames.toml`, in its order."""
    read = tomllib.loads(_FRAMES.read_text(encoding="utf-8"))
    return tuple(
        Frame(
            each["question"],
            tuple(tuple(need) for need in each["needs"]),
            each["kinds"],
            frozenset({*read["always"], *each["passes"]}),
            tuple(each["what"]),
            frozenset(each["which"]),
            each.get("thing"),
            each.get("defaults", {}),
            each.get("dashes", False),
            each.get("dated", True),
            {name: tuple(dropped) for name, dropped in each.get("drops", {}).items()},
            frozenset(each.get("beside", ())),
            tuple(map(frozenset, each.get("excludes", ()))),
            each.get("sums", False),
        )
        for each in read["frame"]
    )


@dataclass(frozen=True)
class Known:
    """What is known beside the text: what entities stand for, what they are part of, and the years in print.

    `others` gives by kind what an entity stands for beside its own kind, such as a domain for the strategy about it.
    """

    others: Mapping[str, Mapping[str, str]]
    above: Mapping[str, frozenset[str]]
    years: tuple[int, ...]
