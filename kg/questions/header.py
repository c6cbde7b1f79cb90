"""What a stored question's header may say, and the check that it says no other thing."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from typing import Any

from kg.errors import DataError, did_you_mean

REQUIRED = ("summary", "summary_ja", "columns", "expect", "empty")
KEYS = frozenset({*REQUIRED, "tags", "parameters", "money", "sentence", "ask"})
PARAMETER_KEYS = frozenset({"name", "type", "class", "required", "default", "example", "label", "plain"})
COLUMN_KEYS = frozenset({"en", "ja", "unit", "values", "only"})
EXPECT_KEYS = frozenset({"rows", "min_rows"})
UNITS = frozenset({"yen", "number"})
LANGUAGES = frozenset({"en", "ja"})
_KEY_LINE = re.compile(r"#\+ (?P<indent> *)(?P<key>\w+):")
Fault = Callable[[str, str], DataError]


def check_header(header: Mapping[str, Any], variables: Collection[str], fault: Fault) -> None:
    """Check a header as YAML gave it; `variables` are the names written with `?` in the query.

    `fault` makes the error from the word to look for and the problem. Raises what it makes: DataError.
    """
    _keys(header, KEYS, "header", fault)
    for key in REQUIRED:
        if key not in header:
            raise fault("", f"the header lacks {key}")
    for key in ("summary", "summary_ja"):
        if not isinstance(header[key], str):
            raise fault(key, f"{key}: a text is needed, not {header[key]!r}; put it in quotes")
    for key in ("tags", "ask"):
        given = header.get(key, [])
        if not isinstance(given, list) or not all(isinstance(each, str) for each in given):
            raise fault(key, f"{key}: a list of texts is needed, such as [funding, money]")
    _texts(header["empty"], "empty", fault)
    if "sentence" in header:
        _texts(header["sentence"], "sentence", fault)
    _expect(header["expect"], fault)
    _columns(header["columns"], variables, fault)
    _money(header.get("money"), variables, fault)
    _parameters(header.get("parameters", []), fault)


def check_repeats(lines: list[str], fault: Fault) -> None:
    """Check that no key stands twice where YAML would silently keep the last one.

    Raises what `fault` makes: DataError.
    """
    seen: set[tuple[str, ...]] = set()
    top = ""
    for match in filter(None, map(_KEY_LINE.match, lines)):
        place = (top, match["key"]) if match["indent"] else (match["key"],)
        if place in seen:
            raise fault(match["key"], f"{match['key']} stands twice in the header")
        seen.add(place)
        top = top if match["indent"] else match["key"]


def _keys(given: Mapping[str, Any], known: Collection[str], what: str, fault: Fault) -> None:
    for key in given:
        if key not in known:
            hint = did_you_mean(str(key), known) or f"known: {', '.join(sorted(known))}"
            raise fault(str(key), f"unknown {what} key {key!r}; {hint}")


def _mapping(given: object, key: str, such_as: str, fault: Fault) -> Mapping[str, Any]:
    if not isinstance(given, dict):
        raise fault(key, f"{key}: {such_as} is needed, not {given!r}")
    return given


def _texts(
    given: object, what: str, fault: Fault, known: Collection[str] = LANGUAGES, place: str = ""
) -> Mapping[str, Any]:
    place = place or f"{what}:"
    if not isinstance(given, dict):
        raise fault(place, f"{what}: {{en: …, ja: …}} is needed, not {given!r}")
    texts: Mapping[str, Any] = given
    _keys(texts, known, what, fault)
    for language in sorted(LANGUAGES):
        if not isinstance(texts.get(language), str):
            raise fault(
                place, f"{what}: {language} needs a text, not {texts.get(language)!r}; words like No need quotes"
            )
    return texts


def _expect(given: object, fault: Fault) -> None:
    expect = _mapping(given, "expect", "{min_rows: 1} or {rows: 3}", fault)
    _keys(expect, EXPECT_KEYS, "expect", fault)
    for key, value in expect.items():
        if type(value) is not int or value < 0:
            raise fault("expect", f"expect: {key} is a whole number, not {value!r}")


def _columns(given: object, variables: Collection[str], fault: Fault) -> None:
    for name, column in _mapping(given, "columns", "{name: {en: …, ja: …}}", fault).items():
        texts = _texts(column, f"column {name}", fault, COLUMN_KEYS, f"{name}:")
        if texts.get("unit", "yen") not in UNITS:
            raise fault(f"{name}:", f"column {name}: unknown unit {texts['unit']!r}; known: {', '.join(sorted(UNITS))}")
        if texts.get("only", "en") not in LANGUAGES:
            raise fault(f"{name}:", f"column {name}: only is en or ja, not {texts['only']!r}")
        for value, said in _mapping(
            texts.get("values", {}), f"column {name}: values", "{word: {en: …, ja: …}}", fault
        ).items():
            _texts(said, f"column {name}: value {value}", fault, place=f"{name}:")
        if name not in variables:
            raise fault(f"{name}:", f"column {name}: {_missing(name, variables)}")


def _money(given: object, variables: Collection[str], fault: Fault) -> None:
    if given is None:
        return
    money = _mapping(given, "money", "{} or {group: programme}", fault)
    _keys(money, {"group", "order"}, "money", fault)
    if "order" in money and (money["order"] != "largest" or "group" not in money):
        raise fault("money:", f"money: order is 'largest', beside a group, not {money['order']!r}")
    if "group" in money and money["group"] not in variables:
        raise fault("money:", f"money: {_missing(str(money['group']), variables)}")


def _missing(name: str, variables: Collection[str]) -> str:
    hint = did_you_mean(name, variables)
    return f"?{name} is not in the query" + (f"; {hint}" if hint else "")


def _parameters(given: object, fault: Fault) -> None:
    if not isinstance(given, list):
        raise fault("parameters", "parameters: a list is needed, each '- {name: …, type: …, label: {en: …, ja: …}}'")
    names: set[str] = set()
    for each in given:
        parameter = _mapping(each, "parameters", "{name: …, type: …}", fault)
        name = str(parameter.get("name", ""))
        _keys(parameter, PARAMETER_KEYS, f"parameter {name}:", fault)
        if not re.fullmatch(r"[a-z][A-Za-z0-9]*", name):
            raise fault(name, f"parameter {name!r}: a name is written like fiscalYear")
        if name in names:
            raise fault(name, f"parameter {name} is declared twice")
        names.add(name)
        if parameter.get("type") == "limit" and parameter.get("default") is None and not parameter.get("required"):
            raise fault(name, f"parameter {name}: a limit needs a default or required: LIMIT cannot stand empty")
        plain = parameter.get("plain", [])
        if not isinstance(plain, list) or not all(isinstance(each, str) for each in plain):
            raise fault(name, f"parameter {name}: plain is a list of ids, not {plain!r}")
        _texts(parameter.get("label"), f"parameter {name}: label", fault, place=name)
