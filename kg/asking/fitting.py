"""Lead from what a question asks for to a stored question, its arguments, and what is done with its rows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from kg.asking.frames import Frame, Known, Reading, frames
from kg.asking.words.parse import Asked
from kg.asking.words.things import Name
from kg.questions.catalogue import NEWEST, Question

_COMPARED = ("ministry", "account", "cost-category", "frame", "programme", "domain", "institution", "hub")
_EVERYWHERE = ("ministry", "institution", "domain", "strategy", "phase", "evidence")  # kinds that rows say themselves
_NO_OBJECT = {"topic.funds", "topic.lines", "what.list"}  # as "which programmes fund": what they fund is not said


def read_as(asked: Asked, questions: Iterable[Question], known: Known, spare: int = 0) -> list[Reading]:
    """Return the readings of a question that account for every word of it, the closest first.

    With `spare`, also those that leave as many cues and names without a place; unknown words do not count then.
    """
    if asked.left and not spare:
        return []
    asked = replace(asked, names=tuple(_with_others(name, known.others) for name in asked.names))
    by_name = {question.name: question for question in questions}
    fitting = [
        (unfit, order, frame)
        for order, frame in enumerate(frames())
        if frame.question in by_name and (unfit := _unfit(frame, asked, known)) is not None and unfit <= spare
    ]
    fitting.sort(key=lambda each: each[:2])
    found = (_read(frame, asked, by_name[frame.question], known, bool(spare)) for _, _, frame in fitting)
    return [reading for reading in found if reading is not None]


def _unfit(frame: Frame, asked: Asked, known: Known) -> int | None:
    """Return how many cues and names of a text have no place in a frame; None if it lacks what the frame needs."""
    cues = {"what": asked.what, "topic": asked.topics, "which": asked.which}
    said = {f"{group}.{name}" for group, names in cues.items() for name in names}
    able = frame.passes | {f"what.{c}" for c in frame.what} | {f"which.{c}" for c in frame.which}
    kinds = {kind for name in asked.names for kind in name.iris}
    kinds |= {
        f"{kind}/{iri.rsplit('/', 1)[-1]}" for name in asked.names for kind, iris in name.iris.items() for iri in iris
    }
    if any(out <= said | kinds for out in frame.excludes) or ("topic.funds" in said <= _NO_OBJECT and not kinds):
        return None
    given = said | kinds | ({"bounds"} if asked.bounds else set())
    if not all({*need} & given for need in frame.needs) or not _negated(frame, asked):
        return None
    homeless = sum(_kind(frame, name) is None for name in asked.names)
    filled = None if homeless else _fill(frame, asked.names, known)
    if not homeless and filled is None:
        homeless = 1
    if filled and filled[2]:
        able |= {f"what.{want}" for want in ("compare", "difference", "ratio", "sum", "top")}
    return len(said - able) + homeless


def _read(frame: Frame, asked: Asked, question: Question, known: Known, loosely: bool) -> Reading | None:
    """Return a frame filled with the names and the year of a text, or None if one of them has no place in it."""
    names = [name for name in asked.names if not loosely or _kind(frame, name)]
    filled = _fill(frame, names, known)
    if filled is None:
        return None
    arguments, things, beside = filled
    wanted = _wanted(frame, asked, things)
    if len(things) == 1 and not beside and wanted in ("amount", "change") and not _fits_one(frame, asked):
        return None
    if not things and not beside and not _fits_all(frame, asked, wanted):
        return None
    compared = any(name.against and _kind(frame, name) in _COMPARED for name in names)
    if compared and not beside and wanted not in ("compare", "difference", "ratio", "sum"):
        return None
    if not _years(arguments, asked, question, frame, wanted, known.years):
        return None
    one = question.parameter(frame.thing) if frame.thing and len(things) == 1 else None
    if wanted in ("top", "bottom") and frame.dated and not asked.years and question.parameter("fiscalYear"):
        arguments["fiscalYear"] = NEWEST
    if one is not None and wanted not in ("rank", "share", "next"):  # which need the other rows too
        arguments[one.name] = things[0]
    return Reading(question, frame, arguments, tuple(things), wanted, asked, beside)


def _fits_one(frame: Frame, asked: Asked) -> bool:
    """Return whether a text may mean the figures of the one entity that it names: it counts and compares nothing."""
    if "count" in asked.what and frame.dashes:
        return False
    earlier = asked.which & {"before", "rose", "fell", "rate"} or len(asked.years) > 1 or asked.named("phase")
    return not ("compare" in asked.what and "compare" in frame.what and not earlier)


def _fits_all(frame: Frame, asked: Asked, wanted: str) -> bool:
    """Return whether a text that names no entity may mean all rows: it compares no two, and adds not what it ranks."""
    if wanted == "top" and "sum" in asked.what and frame.sums:
        return False
    compares = "compare" in asked.what and "compare" in frame.what and wanted in ("amount", "list")
    return not (frame.thing and compares and not asked.bounds)


Filled = tuple[dict[str, str], list[str], dict[str, tuple[str, ...]]]


def _fill(frame: Frame, names: Iterable[Name], known: Known) -> Filled | None:
    """Return the arguments, the entities that choose rows, and the values that stand side by side.

    None if a name has no place, or two names want one.
    """
    given: dict[str, tuple[str, str]] = {}  # the kind and the IRI for each parameter
    things: dict[str, None] = {}
    beside: dict[str, dict[str, None]] = {}
    for name in names:
        kind = _kind(frame, name)
        if kind is None:
            return None
        iri = name.iris[kind][0]
        if kind == frame.thing:
            things[iri] = None
        elif name.asked and kind == "theme":
            return None  # the theme does not list its members
        elif kind in frame.kinds:
            parameter = frame.kinds[kind]
            meant = _meant(given.get(parameter), (kind, iri), known, frame.defaults.get(parameter))
            if meant is None and parameter in frame.beside:
                beside.setdefault(parameter, {given[parameter][1]: None})[iri] = None
            elif meant is None:
                return None
            else:
                given[parameter] = meant
        elif name.asked and kind not in _EVERYWHERE:
            return None  # what is asked for cannot be passed over
    if len(beside) > 1 or (beside and len(things) > 1):
        return None
    arguments = {**frame.defaults, **{parameter: iri for parameter, (_, iri) in given.items()}}
    for parameter in given:
        if arguments[parameter].rsplit("/", 1)[-1] != frame.defaults.get(parameter):
            for dropped in {*frame.drops.get(parameter, ())} - given.keys():
                arguments.pop(dropped, None)
    return arguments, list(things), {parameter: tuple(values) for parameter, values in beside.items()}


def _meant(
    before: tuple[str, str] | None, now: tuple[str, str], known: Known, default: str | None
) -> tuple[str, str] | None:
    """Return which of two names for one parameter is meant: the part rather than the whole; None if it is unclear.

    What a question means by default gives way to what is named.
    """
    if before is None or before[1] == now[1] or before[0] == "topic-of" or before[1].rsplit("/", 1)[-1] == default:
        return now  # a strategy named by its topic gives way to what is named for itself
    if now[1].rsplit("/", 1)[-1] == default:
        return before
    if now[0] == "topic-of" or now[1] in known.above.get(before[1], ()):
        return before
    if now[0] == "phase":
        return "phase", "any"  # both
    return now if before[1] in known.above.get(now[1], ()) else None


def _with_others(name: Name, others: Mapping[str, Mapping[str, str]]) -> Name:
    found = dict(name.iris)
    for kind, of in others.items():
        meant = [of[iri] for iris in name.iris.values() for iri in iris if iri in of]
        if meant:
            found[kind] = (meant[0],)
    return replace(name, iris=found)


def _negated(frame: Frame, asked: Asked) -> bool:
    """Return whether a negation is one that the frame understands: new is what was not there the year before."""
    if "none" not in asked.which or frame.thing:
        return True
    return bool(asked.which & {"new", "before", "supplementary", "undecided", "only", "example"})


def _kind(frame: Frame, name: Name) -> str | None:
    """Return the kind that a name has for a frame: what chooses rows, a parameter, or what is passed over."""
    kinds = [kind for kind in (frame.thing, *frame.kinds, *sorted(frame.passes)) if kind]
    return next((kind for kind in kinds if name.is_a(kind)), None)


def _wanted(frame: Frame, asked: Asked, things: Sequence[str]) -> str:
    """Return what is done with the rows: the first want that the frame serves and that the entities allow."""
    found = next((what for what in frame.what if what in asked.what and _allowed(what, frame, asked, things)), None)
    if found == "rank" and not things:
        return "top"
    if found in ("top", "bottom") and len(things) > 1:
        return "compare"
    return found or _implied(frame, asked, things)


def _allowed(what: str, frame: Frame, asked: Asked, things: Sequence[str]) -> bool:
    if what in ("compare", "difference", "ratio"):
        return len(things) > 1
    if what == "sum":
        return (
            frame.sums
            or len(things) > 1
            or not frame.thing
            or bool(things or asked.which - {"rate", "before"} or asked.bounds)
        )
    return not (what == "count" and things and frame.dashes)


def _implied(frame: Frame, asked: Asked, things: Sequence[str]) -> str:
    """Return what is wanted where no word says it."""
    if (asked.first or asked.place) and "top" in frame.what:
        return "top"
    if frame.sums and "total" in asked.topics:
        return "sum"
    if len(things) > 1 and "compare" in frame.what:
        return "compare"
    if (
        "change" in frame.what
        and things
        and (asked.what & {"ratio"} or asked.which & {"rose", "fell", "rate"} or len(asked.years) > 1)
    ):
        return "change"
    if (
        not frame.thing
        and "count" not in frame.what
        and "change" in frame.what
        and asked.which & {"rose", "fell", "rate"}
    ):
        return "change"  # of one total
    return "list" if (asked.which - {"rate", "before"} or asked.bounds) and not things else "amount"


def _years(
    arguments: dict[str, str], asked: Asked, question: Question, frame: Frame, wanted: str, known: Sequence[int]
) -> bool:
    """Add the year asked for; a change since a year is that of the year after, if it is in print."""
    if not asked.years or not frame.dated:
        return True
    if question.parameter("fiscalYear") is None:
        return all(year in known for year in asked.years)
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
