"""Resolve what people write to a term: an IRI, a CURIE, an id, or a label in either language."""

import re
import unicodedata

import pyoxigraph as ox

from kg import terms
from kg.errors import UsageError, nearest
from kg.paths import read_query
from kg.questions.catalogue import Parameter
from kg.rdf.nodes import Term, integer
from kg.stores.binding import bind
from kg.stores.embedded import Store

_FEW = 12  # a message lists up to this many names
ANY = frozenset({"any", "all", "全て", "すべて"})
_NAMES = read_query("questions", "names")


def fold_name(text: str) -> str:
    """Return a name in the form used for comparison: NFKC, without case, white space and joining marks.

    >>> fold_name("Quantum-Security") == fold_name("quantum security")
    True
    >>> fold_name("量子ｾｷｭ")
    '量子セキュ'
    """
    return re.sub(r"[\s・\-–—_/、,.]+", "", unicodedata.normalize("NFKC", text).casefold())


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
        raise UsageError(f"{parameter.option}: {text}: {error.problem}; {error.remedy}") from error
    if parameter.type == "year" and not 1868 <= number <= 2200:
        raise UsageError(f"{parameter.option}: {text!r} is not a year such as 2020")
    if parameter.type == "limit" and number < 0:
        raise UsageError(f"{parameter.option}: {text!r} is negative; a limit is 0 or more")
    return integer(number)


def find_thing(text: str, cls: str | None, store: Store, what: str = "") -> ox.NamedNode:
    """Return the entity of class `cls` (a CURIE; None: any class) that `text` names.

    Raises UsageError if the name is unknown or ambiguous.
    """
    iri = _as_iri(text)
    values: dict[str, Term] = {}
    if cls and (full := terms.expand(cls)):
        values["class"] = ox.NamedNode(full)
    rows = store.select(bind(_NAMES, values)).rows
    wanted = fold_name(text)
    things = {thing.value: thing for thing, _ in rows if isinstance(thing, ox.NamedNode)}
    prefix = f"{what}: " if what else ""
    kind = f" {_words(cls)}" if cls else ""
    if iri is not None:
        if iri in things:
            return things[iri]
        raise UsageError(f"{prefix}this dataset has no{kind or ' entity'} {text}")
    by_id = [i for i in things if terms.local_name(i) == text]
    named = {
        thing.value
        for thing, label in rows
        if isinstance(thing, ox.NamedNode) and isinstance(label, ox.Literal) and fold_name(label.value) == wanted
    }
    found = sorted(by_id) if len(by_id) == 1 else sorted(named | set(by_id))
    if len(found) > 1:
        exact = {
            t.value
            for t, label in rows
            if isinstance(t, ox.NamedNode) and isinstance(label, ox.Literal) and label.value == text
        }
        found = sorted(exact) if len(exact) == 1 else found
    if len(found) == 1:
        return things[found[0]]
    if found:
        raise UsageError(f"{prefix}{text!r} is ambiguous: {', '.join(map(terms.shorten, found))}")
    labels = {label.value for _, label in rows if isinstance(label, ox.Literal)} | {terms.local_name(i) for i in things}
    near = nearest(text, sorted(labels))
    hint = "kg find searches for parts of names"
    if near:
        hint = f"did you mean {', '.join(repr(n) for n in near)}?"
    elif len(things) <= _FEW:
        hint = f"choose from {', '.join(sorted(terms.local_name(i) for i in things))}"
    raise UsageError(
        f"{prefix}unknown{kind or ' name'} {text!r}; {hint}" if text else f"{prefix}the name is empty; {hint}"
    )


def _as_iri(text: str) -> str | None:
    if re.match(r"https?://", text):
        return text
    return terms.expand(text) if re.fullmatch(r"[a-z]+:[\w./-]+", text) else None


def _words(curie: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", terms.local_name(curie.partition(":")[2])).lower()
