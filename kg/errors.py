"""Errors, one class per kind, each with its exit code, and their messages; and how close a misspelling is to a name."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence, Set
from functools import wraps
from typing import NamedTuple, ParamSpec, TypeVar

from kg.printable import visible_line

Given = ParamSpec("Given")
Result = TypeVar("Result")
_COUNTED = {"limit": "results", "depth": "steps"}
_FAULT = 5  # the exit code of a fault in this package
_LONGEST = 300  # characters of the message of an unforeseen error


class KgError(ValueError):
    """The base class of all errors raised by this package."""

    exit_code = 2


class DataError(KgError):
    """The data contains an error."""

    exit_code = 1


class UsageError(KgError):
    """The call is wrong: an option, a parameter or a name."""

    exit_code = 2


class InputError(KgError):
    """An input cannot be read."""

    exit_code = 3


class RemoteError(KgError):
    """A remote store failed or timed out."""

    exit_code = 4


class QueryError(UsageError):
    """A SPARQL query does not parse, or is not allowed here."""


def shortened(value: str) -> str:
    """Return a value for a message: of a long one its beginning and its length.

    >>> shortened("x" * 1_000)[-23:]
    'xxx… (1,000 characters)'
    """
    return value if len(value) < 200 else f"{value[:60]}… ({len(value):,} characters)"


class Fault(NamedTuple):  # not a dataclass: importing dataclasses takes longer than the rest of start-up
    """One fault in one table cell: its place, the problem, and the remedy."""

    file: str
    line: int
    column: str
    value: str
    problem: str
    remedy: str = ""

    def __str__(self) -> str:
        """Return `file:line:column: value: problem — remedy`; of a long value, its beginning and its length."""
        value, remedy = (
            f"{visible_line(shortened(self.value))}: " if self.value else "",
            f" — {self.remedy}" if self.remedy else "",
        )
        return f"{visible_line(self.file)}:{self.line}:{visible_line(self.column)}: {value}{self.problem}{remedy}"


class TableError(DataError):
    """Tables contain faults; `faults` lists all of them, by file and line."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        """Keep the faults, sorted by file and line."""
        self.faults = sorted(faults)
        count = len(self.faults)
        super().__init__(
            "\n".join([f"{count} fault{'s' if count != 1 else ''} in the tables:", *map(str, self.faults)])
        )


def as_message(error: BaseException) -> tuple[str, int]:
    """Return the message and the exit code for any error, also for one that nobody has foreseen.

    >>> as_message(FileNotFoundError(2, "No such file or directory", "a.csv"))
    ('a.csv: No such file or directory', 3)
    >>> as_message(ZeroDivisionError("division by zero"))
    ('a fault in kg itself: ZeroDivisionError: division by zero; KG_DEBUG=1 shows where', 5)
    """
    if isinstance(error, KgError):
        return str(error), error.exit_code
    if isinstance(error, OSError):
        name = f"{error.filename}: " if error.filename is not None else ""
        return f"{name}{error.strerror or error or type(error).__name__}", InputError.exit_code
    if isinstance(error, MemoryError):
        return "there is not enough memory", InputError.exit_code
    if isinstance(error, RecursionError):
        return "the input is nested too deeply", InputError.exit_code
    said = " ".join(str(error).split())[:_LONGEST]
    return f"a fault in kg itself: {type(error).__name__}{said and ': '}{said}; KG_DEBUG=1 shows where", _FAULT


def likeness(one: str, other: str) -> float:
    """Return how alike two texts are, from 0 (no character in common) to 1 (the same).

    >>> likeness("quantum", "quantm") > 0.9 > likeness("quantum", "quality") > 0.5
    True
    """
    from rapidfuzz.distance import Indel

    return Indel.normalized_similarity(one, other)


def nearest(word: str, known: Iterable[str], count: int = 3, least: float = 0.5) -> list[str]:
    """Return up to `count` known words that are at least so much like `word`, whatever their case, best first.

    >>> nearest("rikn", ["riken", "nict"])
    ['riken']
    """
    from rapidfuzz.distance import Indel
    from rapidfuzz.process import extract

    folded: dict[str, str] = {}
    for each in known:
        folded.setdefault(each.casefold(), each)
    scorer = Indel.normalized_similarity
    found = extract(word.casefold(), list(folded), scorer=scorer, limit=count, score_cutoff=least)
    return [folded[name] for name, *_ in found]


def did_you_mean(word: str, known: Iterable[str], count: int = 3) -> str:
    """Return `did you mean 'a', 'b'?`, or an empty string if nothing is similar."""
    matches = nearest(word, known, count)
    return f"did you mean {', '.join(repr(m) for m in matches)}?" if matches else ""


def unknown(what: str, value: str, known: Iterable[str]) -> UsageError:
    """Return the error for a name that is not among the known ones, with the nearest of them or all."""
    names = list(known)
    return UsageError(
        f"unknown {what} {shortened(value)!r}; {did_you_mean(value, names) or 'choose from ' + ', '.join(names)}"
    )


def not_one_of(option: str, value: object, allowed: Iterable[str]) -> UsageError:
    """Return the error for a value that an option does not accept."""
    known = list(allowed)
    hint = did_you_mean(str(value), known) or f"choose from {', '.join(known)}"
    return UsageError(f"{option} does not accept {shortened(str(value))!r}; {hint}")


LANGUAGES = ("en", "ja")


def check_choice(option: str, value: str | None, allowed: Collection[str]) -> None:
    """Check a value that must be one of a few; None stands for the default. Raises UsageError."""
    if value is not None and value not in allowed:
        raise not_one_of(option, value, allowed)


def no_option(verb: str, name: str, known: Iterable[str]) -> UsageError:
    """Return the error for an option (or a keyword) that a command (or function) does not have."""
    option = as_option(name)
    hint = did_you_mean(option, sorted(map(as_option, known)), 1)
    return UsageError(f"kg {verb} has no option {option}{hint and '; '}{hint}\ntry: kg {verb} --help")


def as_option(name: str) -> str:
    """Return the name of a parameter as it is written on the command line.

    >>> as_option("fiscal_year")
    '--fiscal-year'
    """
    return "--" + name.lstrip("-").replace("_", "-")


def keywords(function: Callable[..., object]) -> list[str]:
    """Return the names of the parameters that a function takes by keyword: the options of its command."""
    from inspect import signature

    return [
        p.name for p in signature(function).parameters.values() if p.kind in (p.KEYWORD_ONLY, p.POSITIONAL_OR_KEYWORD)
    ]


def verb(function: Callable[Given, Result]) -> Callable[Given, Result]:
    """Turn a wrong call of a function into a UsageError with the message of the command of the same name."""

    @wraps(function)
    def call(*given: Given.args, **named: Given.kwargs) -> Result:
        _check_numbers(function, named)
        try:
            return function(*given, **named)
        except TypeError as error:
            trace = error.__traceback__
            if trace is None or trace.tb_next is not None:
                raise  # the error occurred inside the function, not in the call
            raise _wrong_call(function, set(named), str(error)) from None

    return call


def _check_numbers(function: Callable[..., object], named: Mapping[str, object]) -> None:
    for name in named.keys() & {"limit", "depth", "timeout"} & set(getattr(function, "__kwdefaults__", None) or ()):
        number = named[name]
        wrong = f"invalid int value: {number!r}"
        if isinstance(number, int):
            wrong = (
                "" if number >= 0 else f"'{number}' is negative; a number of {_COUNTED.get(name, name)} is 0 or more"
            )
        if name == "timeout":
            fits = isinstance(number, int | float) and 0 < number < float("inf")
            wrong = "" if fits else f"{str(number)!r} is not a number of seconds above 0"
        if wrong:
            raise UsageError(f"argument --{name}: {wrong}\ntry: kg {function.__name__} --help")


def _wrong_call(function: Callable[..., object], named: Set[str], message: str) -> UsageError:
    from inspect import signature

    name = function.__name__
    known = [p for p in signature(function).parameters.values() if p.kind is not p.VAR_KEYWORD]
    if strange := sorted(named - {p.name for p in known}):
        return no_option(name, strange[0], keywords(function))
    if "missing" in message:
        missing = ", ".join(p.name for p in known if p.default is p.empty and f"'{p.name}'" in message)
        return UsageError(f"the following arguments are required: {missing}\ntry: kg {name} --help")
    return UsageError(f"{message.removeprefix(function.__qualname__ + '() ')}\ntry: kg {name} --help")
