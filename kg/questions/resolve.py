"""Resolve what people write to a term: an IRI, a CURIE, an id, or a label in either language."""

import re

import pyoxigraph as ox

from kg import terms
from kg.errors import UsageError, nearest, shortened
from kg.questions.bearers import bearers, is_iri, known_names
from kg.questions.catalogue import Parameter
from kg.rdf.nodes import Term, integer
from kg.stores.embedded import Store

_FEW = 12  # a message lists up to this many names
ANY = frozenset({"any", "all", "全て", "すべて"})


def resolve(parameter: Parameter, text: str, store: Store) -> Term:
    """Return the term that `text` denotes as the value of a parameter.

    Raises UsageError with the nearest names if nothing matches, or with all candidates if the name is ambiguous.
    """
    if parameter.type in {"year", "integer", "limit"}:
        return _number(parameter, text)
    if parameter.type == "language":
        if text not in {"en", "ja"}:
            raise UsageError(f"{parameter.option}: unknown language {text!r}; choose en or ja")
        return ox.Literal(text)
    if parameter.type == "text":
        if any("\ud800" <= c <= "\udfff" for c in text):
            raise UsageError(f"{parameter.option}: {text!a} is not valid Unicode text")
        return ox.Literal(text)
    return find_thing(text, parameter.cls, store, parameter.option)


def _number(parameter: Parameter, text: str) -> ox.Literal:
    from kg.tables.cells import CellError, parse_integer

    plain = re.sub(r"^(?:FY|fy)\s*|年度?$", "", text.strip())
    try:
        number = parse_integer(plain)
    except CellError as error:
        raise UsageError(f"{parameter.option}: {shortened(text)}: {error.problem}; {error.remedy}") from error
    if parameter.type == "year" and not 1868 <= number <= 2200:
        raise UsageError(f"{parameter.option}: {text!r} is not a year such as 2020")
    if parameter.type == "limit" and number < 0:
        raise UsageError(f"{parameter.option}: {text!r} is negative; a limit is 0 or more")
    return integer(number)


def find_thing(text: str, cls: str | None, store: Store, what: str = "") -> ox.NamedNode:
    """Return the entity of class `cls` (a CURIE; None: any class) that people mean by `text`.

    Of several bearers of a name, an institution or programme comes before its listing, role or row in a table. Raises
    UsageError if the name is unknown, or still ambiguous.
    """
    found = find_things(text, cls, store, what)
    if len(found) > 1:
        prefix = f"{what}: " if what else ""
        names = ", ".join(terms.shorten(thing.value) for thing in found)
        raise UsageError(f"{prefix}{text!r} is ambiguous: {names}")
    return found[0]


def find_things(text: str, cls: str | None, store: Store, what: str = "") -> list[ox.NamedNode]:
    """Return the entities that `text` may mean: one, or several of which none is meant before the others.

    Raises UsageError if the name is unknown.
    """
    known = known_names(cls, store)
    if found := bearers(text, known, store):
        return [ox.NamedNode(iri) for iri in found]
    prefix = f"{what}: " if what else ""
    kind = f" {_words(cls)}" if cls else ""
    if is_iri(text):
        raise UsageError(f"{prefix}this dataset has no{kind or ' entity'} {shortened(text)}")
    near = nearest(text, known.spellings())
    hint = "kg find searches for parts of names"
    if near:
        hint = f"did you mean {', '.join(repr(n) for n in near)}?"
    elif len(known.things) <= _FEW:
        hint = f"choose from {', '.join(sorted(terms.local_name(i) for i in known.things))}"
    raise UsageError(
        f"{prefix}unknown{kind or ' name'} {shortened(text)!r}; {hint}"
        if text
        else f"{prefix}the name is empty; {hint}"
    )


def _words(curie: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", terms.local_name(curie.partition(":")[2])).lower()
