"""A stored question's header: YAML in `#+` lines, checked against `queries/header.schema.json` and the query itself."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import yaml

from kg import terms
from kg.characters import lines, unseen
from kg.errors import DataError, did_you_mean
from kg.stores.binding import names

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
Place = tuple[str | int, ...]  # the path of keys to a value


def read_header(file: str, text: str, schema: Path) -> dict[str, Any]:
    """Return the header of a stored question from the text of its file.

    Raises DataError with every fault: file, line and what was expected.
    """
    written = [line[2:].removeprefix(" ") if line.startswith("#+") else "" for line in lines(text)]
    _refuse_unseen(file, written)
    loader = _LOADER("\n".join(written))
    try:
        root = loader.get_single_node()
        header: dict[str, Any] | None = loader.construct_document(root) if isinstance(root, yaml.MappingNode) else None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f":{mark.line + 1}" if mark else ""
        raise DataError(f"{file}{where}: the header is not YAML: {getattr(error, 'problem', error)}") from error
    if root is None or header is None:
        raise DataError(f"{file}:1: the #+ header is missing")
    misfits = _misfits(header, json.loads(schema.read_text(encoding="utf-8")))
    faults = [(line, f"{key} is repeated in the header") for line, key in _repeats(root)]
    faults += [(_line(root, place), said) for place, said in misfits]
    faults = faults or list(_strangers(header, root, text))
    if faults:
        raise DataError("\n".join(f"{file}:{line}: {said}" for line, said in sorted(set(faults))))
    return header


def _refuse_unseen(file: str, written: list[str]) -> None:
    """Refuse what YAML cannot contain, or takes for a line end where editors see none."""
    for number, line in enumerate(written, 1):
        found = [what for _, what in unseen(line)]
        found += [f"U+{ord(char):04X}, a line end for YAML alone" for char in "\u2028\u2029" if char in line]
        if found:
            raise DataError(f"{file}:{number}: the header contains {found[0]}; delete it")


def _misfits(header: dict[str, Any], schema: dict[str, Any]) -> Iterator[tuple[Place, str]]:
    """Yield the places where the header does not fit the schema, and what is expected there."""
    for error in jsonschema.Draft202012Validator(schema).iter_errors(header):
        place = tuple(error.absolute_path)
        where, wanted = _words(place, header), error.schema.get("errorMessage", "")
        if error.validator == "additionalProperties":
            known = error.schema["properties"]
            for key in [str(key) for key in error.instance if key not in known]:
                hint = did_you_mean(key, known) or f"known: {', '.join(sorted(known))}"
                yield (*place, key), f"{where or 'header'}: unknown key {key!r}; {hint}"
        elif error.validator == "required":
            for key in [key for key in error.validator_value if key not in error.instance]:
                yield place, f"{where or 'the header'} lacks {key}; {wanted}".rstrip("; ")
        elif error.validator == "enum":
            hint = did_you_mean(str(error.instance), error.validator_value)
            wanted = " or ".join(error.validator_value)
            yield place, f"{where}: {wanted} is needed, not {error.instance!r}; {hint}".rstrip("; ")
        else:
            given = "" if isinstance(error.instance, dict) else f", not {error.instance!r}"
            yield place, f"{where}: {wanted or error.message}{given}"


def _strangers(header: dict[str, Any], root: yaml.Node, text: str) -> Iterator[tuple[int, str]]:
    """Yield what a schema cannot say: where columns and parameters do not fit the query, or are declared twice."""
    variables, used = names(text, "?"), names(text)
    for name in header["columns"]:
        if name not in variables:
            yield _line(root, ("columns", name)), f"columns: {name}: {_missing(str(name), variables)}"
    group = header.get("money", {}).get("group", "")
    if group and group not in variables:
        yield _line(root, ("money", "group")), f"money: group: {_missing(group, variables)}"
    for role, given in header.get("row", {}).items():
        for name in [] if role in {"en", "ja"} else [given] if isinstance(given, str) else given:
            if name not in header["columns"]:
                hint = did_you_mean(name, header["columns"])
                yield _line(root, ("row", role)), f"row: {role}: {name} is not among the columns; {hint}".rstrip("; ")
    declared: set[str] = set()
    for i, parameter in enumerate(header.get("parameters", [])):
        name, cls = parameter["name"], parameter.get("class", "is:")
        if name in declared:
            yield _line(root, ("parameters", i)), f"parameter {name} is declared twice"
        elif name not in used:
            yield _line(root, ("parameters", i)), f"the parameter {name} is declared but not used"
        if terms.expand(cls) is None:
            yield _line(root, ("parameters", i, "class")), f"parameters: {name}: class: unknown class {cls}"
        declared.add(name)
    for name in sorted(used - declared):
        line = text.count("\n", 0, re.search(rf"\${name}\b", text).start()) + 1  # type: ignore[union-attr]
        yield line, f"${name} is used but not declared as a parameter"


def _missing(name: str, variables: set[str]) -> str:
    return f"?{name} is not in the query; {did_you_mean(name, variables)}".rstrip("; ")


def _words(place: Place, header: Any) -> str:
    """Return a readable form of a place: its keys, with parameters by name."""
    words = []
    for key in place:
        header = header[key]
        if isinstance(key, str):
            words.append(key)
        elif isinstance(header, dict) and "name" in header:
            words.append(str(header["name"]))
    return ": ".join(words)


def _repeats(node: yaml.Node | None) -> Iterator[tuple[int, str]]:
    """Yield line and key of each repeated key, of which YAML would silently keep the last."""
    if isinstance(node, yaml.MappingNode):
        seen = set()
        for key, value in node.value:
            if key.value in seen:
                yield key.start_mark.line + 1, key.value
            seen.add(key.value)
            yield from _repeats(value)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from _repeats(value)


def _line(node: yaml.Node, place: Place) -> int:
    """Return the line of a place, or of the innermost part of it that exists."""
    line = node.start_mark.line
    for key in place:
        inner = node.value
        if isinstance(node, yaml.MappingNode):
            found = next(((k, v) for k, v in inner if k.value == str(key)), None)
            if found is None:
                break
            line, node = found[0].start_mark.line, found[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(key, int):
            node = inner[key]
            line = node.start_mark.line
    return int(line) + 1
