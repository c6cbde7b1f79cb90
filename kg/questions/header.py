"""The header of a stored question: YAML in `#+` lines, checked against `queries/header.schema.json` and the query."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import jsonschema
import yaml

from kg import terms
from kg.errors import DataError, did_you_mean
from kg.stores.binding import names

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
Place = tuple[str | int, ...]  # the path of keys to a value


def read_header(file: str, text: str, schema: Path) -> dict[str, Any]:
    """Return the header of a stored question from the text of its file.

    Raises DataError with every fault: file, line and what was expected.
    """
    lines = text.splitlines()
    loader = _LOADER("\n".join(s[2:].removeprefix(" ") if s.startswith("#+") else "" for s in lines))
    try:
        root = loader.get_single_node()
        header = None if root is None else loader.construct_document(root)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f":{mark.line + 1}" if mark else ""
        raise DataError(f"{file}{where}: the header is not YAML: {getattr(error, 'problem', error)}") from error
    if not isinstance(header, dict):
        raise DataError(f"{file}:1: the #+ header is missing")
    faults = [(line, f"{key} is repeated in the header") for line, key in _repeats(root)]
    faults += [
        (_line(root, place), said) for place, said in _misfits(header, json.loads(schema.read_text(encoding="utf-8")))
    ]
    faults = faults or [(_line(root, place), said) for place, said in _strange_names(header, names(text, "?"))]
    faults = faults or list(_parameters(header, lines, root, names(text)))
    if faults:
        raise DataError("\n".join(f"{file}:{line}: {said}" for line, said in sorted(set(faults))))
    return header


def _misfits(header: dict[str, Any], schema: dict[str, Any]) -> Iterator[tuple[Place, str]]:
    """Yield the places where the header does not fit the schema, and what is expected there."""
    for error in jsonschema.Draft202012Validator(schema).iter_errors(header):
        place = tuple(error.absolute_path)
        where = _words(place, header)
        if error.validator == "additionalProperties":
            known = error.schema["properties"]
            for key in sorted(str(key) for key in error.instance if key not in known):
                hint = did_you_mean(key, known) or f"known: {', '.join(sorted(known))}"
                yield (*place, key), f"{where or 'header'}: unknown key {key!r}; {hint}"
        elif error.validator == "required":
            for key in error.validator_value:
                if key not in error.instance:
                    yield place, f"{where or 'the header'} lacks {key}"
        elif error.validator == "enum":
            hint = did_you_mean(str(error.instance), error.validator_value)
            yield (
                place,
                f"{where}: not {error.instance!r} but {' or '.join(error.validator_value)}; {hint}".rstrip("; "),
            )
        else:
            given = "" if isinstance(error.instance, dict) else f", not {error.instance!r}"
            yield place, f"{where}: {error.schema.get('errorMessage', error.message)}{given}"


def _strange_names(header: dict[str, Any], variables: set[str]) -> Iterator[tuple[Place, str]]:
    """Yield columns that are not variables of the query, classes with an unknown prefix, and repeated parameters."""
    wanted: list[tuple[Place, str]] = [(("columns", name), str(name)) for name in header["columns"]]
    if group := (header.get("money") or {}).get("group"):
        wanted.append((("money", "group"), group))
    for place, name in wanted:
        if name not in variables:
            hint = did_you_mean(name, variables)
            yield place, f"{_words(place, header)}: ?{name} is not in the query; {hint}".rstrip("; ")
    parameters = header.get("parameters", [])
    count = Counter(p["name"] for p in parameters)
    for i, parameter in enumerate(parameters):
        place = ("parameters", i)
        if count[parameter["name"]] > 1:
            yield place, f"parameter {parameter['name']} is declared twice"
        if "class" in parameter and terms.expand(parameter["class"]) is None:
            yield (*place, "class"), f"{_words(place, header)}: unknown class {parameter['class']}"


def _parameters(
    header: dict[str, Any], lines: Sequence[str], root: yaml.Node, used: set[str]
) -> Iterator[tuple[int, str]]:
    """Yield the parameters that are used but not declared, or declared but not used."""
    declared = [p["name"] for p in header.get("parameters", [])]
    for name in used - set(declared):
        line = next(i for i, text in enumerate(lines, 1) if re.search(rf"\${name}\b", text))
        yield line, f"${name} is used but not declared as a parameter"
    for i, name in enumerate(declared):
        if name not in used:
            yield _line(root, ("parameters", i)), f"the parameter {name} is declared but not used"


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
