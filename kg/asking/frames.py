"""Lead from what a question asks for to a stored question, its arguments, and what is done with its rows."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from kg.asking.parse import Asked
from kg.asking.things import Name
from kg.questions.catalogue import Question

Above = Mapping[str, frozenset[str]]
_FRAMES = Path(__file__).with_name("frames.toml")


@dataclass(frozen=True)
class Frame:
    """A stored question, what a text must name to be read as it, and what it can account for."""

    question: str
    needs: tuple[tuple[str, ...], ...]
    kinds: Mapping[str, str]
    passes: frozenset[str]
    what: tuple[str, ...]
    which: frozenset[str]
    thing: str | None = None
    defaults: Mapping[str, str] = field(default_factory=dict)
    dashes: bool = False
    drops: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Reading:
    """A text read as a stored question: its arguments, the things whose rows are meant, and what is wanted of them."""

    question: Question
    frame: Frame
    arguments: Mapping[str, str]
    things: tuple[str, ...]
    what: str
    asked: Asked


@lru_cache(maxsize=1)
def frames() -> tuple[Frame, ...]:
    """Return the frames of `frames.toml`, in its order."""
    read = tomllib.loads(_FRAMES.read_text(encoding="utf-8"))["frame"]
    return tuple(
        Frame(
            each["question"],
            tuple(tuple(need) for need in each["needs"]),
            each["kinds"],
            frozenset(each["passes"]),
            tuple(each["what"]),
            frozenset(each["which"]),
            each.get("thing"),
            each.get("defaults", {}),
            each.get("dashes", False),
            {name: tuple(dropped) for name, dropped in each.get("drops", {}).items()},
        )
        for each in read
    )


def read_as(
    asked: Asked,
    questions: Iterable[Question],
    others: Mapping[str, Mapping[str, str]],
    years: Sequence[int],
    above: Above,
) -> list[Reading]:
    """Return the readings of a question that account for every word of it, the closest first.

    `others` gives by kind what a thing stands for beside its own kind, such as a domain for the strategy about it.
    `years` are those in print, `above` gives what a thing is part of.
    """
    if asked.left:
        return []
    asked = replace(asked, names=tuple(_with_others(name, others) for name in asked.names))
    by_name = {question.name: question for question in questions}
    found = (
        _fit(frame, asked, by_name[frame.question], years, above) for frame in frames() if frame.question in by_name
    )
    return [reading for reading in found if reading is not None]


def _fit(frame: Frame, asked: Asked, question: Question, known: Sequence[int], above: Above) -> Reading | None:
    if not all(any(_has(asked, one) for one in need) for need in frame.needs):
        return None
    cues = (
        {f"what.{c}" for c in asked.what} | {f"topic.{c}" for c in asked.topics} | {f"which.{c}" for c in asked.which}
    )
    able = frame.passes | {f"what.{c}" for c in frame.what} | {f"which.{c}" for c in frame.which}
    if cues - able or not _negated(frame, asked):
        return None
    arguments: dict[str, str] = dict(frame.defaults)
    things: list[str] = []
    given: set[str] = set()
    kinds_given: dict[str, str] = {}
    for name in asked.names:
        kind = _kind(frame, name)
        if kind is None:
            return None
        iri = name.iris[kind][0]
        if kind == frame.thing:
            things += [iri] if iri not in things else []
        elif kind in frame.kinds:
            parameter = frame.kinds[kind]
            if parameter in given and arguments[parameter] != iri:
                if "topic-of" in (kind, kinds_given.get(parameter)):  # a part of the strategy is meant, not all of it
                    if kind == "topic-of":
                        continue
                elif kind == "phase":
                    iri = "any"  # both phases
                elif iri in above.get(arguments[parameter], ()):
                    continue  # the part is meant, not the whole
                elif arguments[parameter] not in above.get(iri, ()):
                    return None  # two things for one parameter: the frame can take only one
            arguments[parameter] = iri
            given.add(parameter)
            kinds_given[parameter] = kind
    for parameter in given:
        if arguments[parameter].rsplit("/", 1)[-1] != frame.defaults.get(parameter):
            for dropped in set(frame.drops.get(parameter, ())) - given:
                arguments.pop(dropped, None)
    wanted = _wanted(frame, asked, things)
    if wanted is None or not _years(arguments, asked, question, wanted, known):
        return None
    if (
        len(things) == 1
        and wanted not in ("rank", "share")
        and frame.thing
        and (parameter := question.parameter(frame.thing))
    ):
        arguments[parameter.name] = things[0]
    return Reading(question, frame, arguments, tuple(things), wanted, asked)


def _with_others(name: Name, others: Mapping[str, Mapping[str, str]]) -> Name:
    found = dict(name.iris)
    for kind, of in others.items():
        known = [of[iri] for iris in name.iris.values() for iri in iris if iri in of]
        if known:
            found[kind] = tuple(known[:1])
    return replace(name, iris=found)


def _negated(frame: Frame, asked: Asked) -> bool:
    """Return whether a negation is one that the frame understands: new is what was not there the year before."""
    if "none" not in asked.which or frame.thing:
        return True
    return bool(asked.which & {"new", "before", "supplementary"})


def _has(asked: Asked, need: str) -> bool:
    group, dot, name = need.partition(".")
    if not dot:
        return any(each.is_a(need) for each in asked.names)
    return name in {"what": asked.what, "which": asked.which, "topic": asked.topics}[group]


def _kind(frame: Frame, name: Name) -> str | None:
    """Return the kind that a name has for a frame: what chooses rows, a parameter, or what is passed over."""
    kinds: Sequence[str] = [k for k in (frame.thing, *frame.kinds, *frame.passes) if k]
    return next((kind for kind in kinds if name.is_a(kind)), None)


_TWO = ("compare", "difference")


def _wanted(frame: Frame, asked: Asked, things: Sequence[str]) -> str | None:
    """Return what is done with the rows: the first want that the frame serves and that the things allow."""
    condition = bool(asked.which - {"rate", "before"} or asked.limit)
    for what in frame.what:
        if what not in asked.what:
            continue
        if what in _TWO and len(things) < 2:
            continue
        if what == "rank" and not things:
            return "top"
        if what == "sum" and len(things) < 2 and frame.thing and not condition:
            continue
        if what in ("top", "bottom") and len(things) > 1:
            return "compare"
        if what == "count" and things and frame.thing == "ministry":
            continue
        return what
    if asked.first:
        return "top"
    if len(things) > 1 and "compare" in frame.what:
        return "compare"
    if "change" in frame.what and (asked.which & {"rose", "fell", "rate"} or len(asked.years) > 1) and things:
        return "change"
    return "amount" if things or not condition else "list"


def _years(arguments: dict[str, str], asked: Asked, question: Question, wanted: str, known: Sequence[int]) -> bool:
    """Add the year asked for; a change since a year is that of the year after, if it is in print."""
    parameter = question.parameter("fiscalYear")
    if not asked.years or parameter is None:
        return True
    years = sorted(asked.years)
    changes = wanted == "change" or bool(asked.which & {"rose", "fell", "before"})
    if len(years) == 1:
        later = years[0] + 1 if changes and years[0] + 1 in known and years[0] - 1 not in known else years[0]
        arguments["fiscalYear"] = str(later)
    elif len(years) == 2 and years[1] - years[0] == 1:
        arguments["fiscalYear"] = str(years[1])
    else:
        return False
    return True
