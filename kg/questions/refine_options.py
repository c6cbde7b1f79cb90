"""Read a refinement from what people write: options of a command, or keywords of a function."""

from collections.abc import Iterable, Mapping
from dataclasses import fields, replace

from kg.errors import UsageError, as_option, shortened
from kg.money.limit import Limit, read_limit
from kg.questions.answer import Answer
from kg.questions.refine import Refinement, named_in, refine
from kg.stores.embedded import Store

_LONGEST = 9  # digits of a number of rows or pages
NAMES = tuple(field.name for field in fields(Refinement))


def refined(answer: Answer, given: Mapping[str, object], store: Store) -> Answer:
    """Return the answer refined as the options say; names that are left out are looked up in the store.

    Raises UsageError for an option with a wrong value, and for what the answer does not have.
    """
    how = read_refinement(given)
    return refine(answer, replace(how, without=named_in(answer, how.without, store)))


def read_refinement(given: Mapping[str, object]) -> Refinement:
    """Return the refinement that options describe, each by its name. Raises UsageError for a wrong value."""
    read: dict[str, object] = {}
    for name, value in given.items():
        if name in {"top", "bottom", "page"}:
            read[name] = _count(name, value)
        elif name in {"more_than", "less_than"}:
            read[name] = value if isinstance(value, int | Limit) else read_limit(str(value))
        elif name == "without":
            read[name] = tuple(map(str, value)) if isinstance(value, list | tuple | set) else (str(value),)
        elif name in {"rose", "fell", "unchanged"}:
            read[name] = _truth(name, value)
        else:
            read[name] = str(value)
    return Refinement(**read)  # type: ignore[arg-type]


def split(given: Mapping[str, object], parameters: Iterable[str]) -> tuple[dict[str, object], dict[str, object]]:
    """Return the arguments of a question and the options of a refinement; a parameter of that name comes first."""
    own = {_plain(name) for name in parameters}
    options = {name for name in given if _plain(name) in map(_plain, NAMES) and _plain(name) not in own}
    arguments = {name: value for name, value in given.items() if name not in options}
    return arguments, {name.replace("-", "_"): given[name] for name in options}


def _plain(name: str) -> str:
    return name.replace("-", "").replace("_", "").casefold()


def _count(name: str, value: object) -> int:
    text = str(value)
    if len(text) > _LONGEST:
        raise UsageError(f"{as_option(name)}: {shortened(text)!r} is not a whole number of up to {_LONGEST} digits")
    if not text.isdecimal() or int(text) < 1:
        raise UsageError(f"{as_option(name)}: {text!r} is not a whole number above 0")
    return int(text)


def _truth(name: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise UsageError(f"{as_option(name)} takes no value")
    return value
