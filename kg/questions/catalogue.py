"""The stored questions: `queries/*.rq`, one file a question, with a `#+` header that says what it asks and promises."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from zlib import crc32

from kg import paths, terms
from kg.errors import DataError, UsageError, did_you_mean
from kg.stores.binding import names

TYPES = ("iri", "year", "integer", "language", "text", "limit")


@dataclass(frozen=True)
class Parameter:
    """One parameter: `type` is one of TYPES, `cls` the class that an iri must be of (a CURIE).

    `plain` are the ids whose names are plain words when they stand in a free text: "S&T budget" asks for no category.
    """

    name: str
    type: str
    label: dict[str, str]
    cls: str | None = None
    required: bool = False
    default: str | None = None
    example: str | None = None
    plain: tuple[str, ...] = ()

    @property
    def option(self) -> str:
        """The name on the command line: fiscalYear → --fiscal-year."""
        return "--" + "".join(f"-{c.lower()}" if c.isupper() else c for c in self.name)


@dataclass(frozen=True)
class Question:
    """One stored question. `money` names the column that groups the working, or is empty, or None for no money.

    With `largest_first` the groups stand by what they may be at most, else in the order of the rows.
    """

    name: str
    summary: dict[str, str]
    tags: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    columns: dict[str, dict[str, Any]]
    expect: dict[str, Any]
    text: str
    sentence: dict[str, str]
    empty: dict[str, str]
    ask: tuple[str, ...] = ()
    money: str | None = None
    largest_first: bool = False

    def parameter(self, name: str) -> Parameter | None:
        """Return the parameter that a name means, however it is written (fiscalYear, fiscal-year, fiscal_year)."""
        wanted = name.lstrip("-").replace("-", "").replace("_", "").casefold()
        return next((p for p in self.parameters if p.name.casefold() == wanted), None)


def load_question(name: str, folder: Path = paths.QUERIES) -> Question:
    """Return one stored question.

    Raises UsageError for a name that is not there, DataError when its file is at fault.
    """
    path = folder / f"{name}.rq"
    known = question_names(folder)
    if name not in known:
        raise UsageError(f"unknown question {name!r}; {did_you_mean(name, known) or 'kg query lists them'}")
    return parse_question(name, path.read_text(encoding="utf-8"))


def question_names(folder: Path = paths.QUERIES) -> list[str]:
    """Return the names of the stored questions, sorted."""
    return sorted(p.stem for p in folder.glob("*.rq"))


@lru_cache(maxsize=4)
def catalogue(folder: Path = paths.QUERIES) -> tuple[Question, ...]:
    """Return all stored questions, sorted by name.

    Raises DataError when a file is at fault.
    """
    return tuple(load_question(name, folder) for name in question_names(folder))


def parse_question(name: str, text: str) -> Question:
    """Return the question that a file's text holds.

    Raises DataError naming file and line when the header does not parse or does not fit the query.
    """
    fault = _Fault(f"queries/{name}.rq", text)
    known = _read_before().get(name, {})
    header = known["header"] if known.get("of") == _mark(text) else _checked_header(name, text, fault)
    parameters = tuple(_parameter(p, fault) for p in header.get("parameters", []))
    declared, used = {p.name for p in parameters}, names(text)
    if undeclared := used - declared:
        raise fault("$" + min(undeclared), f"${min(undeclared)} is used but not declared as a parameter")
    if unused := declared - used:
        raise fault(min(unused), f"the parameter {min(unused)} is declared but not used")
    money = header.get("money")
    return Question(
        name=name,
        summary={"en": header["summary"], "ja": header["summary_ja"]},
        tags=tuple(header.get("tags", [])),
        parameters=parameters,
        columns=header["columns"],
        expect=header["expect"],
        text=text,
        sentence=header.get("sentence", {}),
        empty=header["empty"],
        ask=tuple(header.get("ask", [])),
        money=None if money is None else str(money.get("group", "")),
        largest_first=bool(money and money.get("order") == "largest"),
    )


def headers_as_json(folder: Path = paths.QUERIES) -> str:
    """Return the checked headers of all stored questions as JSON, each with a mark of the text it was read from.

    Reading YAML takes longer than many a question; a header whose text has changed since is read from the file again.
    Raises DataError when a file is at fault.
    """
    import json

    found = {}
    for name in question_names(folder):
        text = (folder / f"{name}.rq").read_text(encoding="utf-8")
        header = _checked_header(name, text, _Fault(f"queries/{name}.rq", text))
        found[name] = {"of": _mark(text), "header": header}
    return json.dumps(found, ensure_ascii=False, indent=1, sort_keys=False) + "\n"


@lru_cache(maxsize=1)
def _read_before() -> dict[str, dict[str, Any]]:
    import json

    try:
        found: dict[str, dict[str, Any]] = json.loads(paths.HEADERS.read_text(encoding="utf-8"))
    except (OSError, ValueError):  # it only saves time
        return {}
    return found


def _mark(text: str) -> int:
    return crc32(text.encode())


def _checked_header(name: str, text: str, fault: _Fault) -> Mapping[str, Any]:
    from kg.questions.header import check_header, check_repeats

    header = _header(name, text)
    check_repeats(fault.lines, fault)
    check_header(header, names(text, "?"), fault)
    return header


def _header(name: str, text: str) -> Mapping[str, Any]:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    numbered = [(i, s[2:].removeprefix(" ")) for i, s in enumerate(text.splitlines(), 1) if s.startswith("#+")]
    try:
        header = yaml.load("\n".join(line for _, line in numbered), Loader=loader)  # noqa: S506 — a safe loader
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f":{numbered[min(mark.line, len(numbered) - 1)][0]}" if mark else ""
        raise DataError(
            f"queries/{name}.rq{where}: the header is not YAML: {getattr(error, 'problem', error)}"
        ) from error
    if not isinstance(header, dict):
        raise DataError(f"queries/{name}.rq:1: the #+ header is missing")
    return header


class _Fault:
    """Makes errors that name the file and the line on which a word stands."""

    def __init__(self, file: str, text: str) -> None:
        self.file, self.lines = file, text.splitlines()

    def __call__(self, word: str, problem: str) -> DataError:
        whole = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)")
        line = next((i for i, text in enumerate(self.lines, 1) if word and whole.search(text)), 1)
        return DataError(f"{self.file}:{line}: {problem}")


def _parameter(given: Mapping[str, Any], fault: _Fault) -> Parameter:
    name = str(given["name"])
    kind = given.get("type")
    if kind not in TYPES:
        raise fault(name, f"parameter {name}: no type {kind!r}; {did_you_mean(str(kind), TYPES)}")
    cls = given.get("class")
    if cls is not None and terms.expand(cls) is None:
        raise fault(name, f"parameter {name}: unknown class {cls}")
    return Parameter(
        name=name,
        type=kind,
        label=dict(given["label"]),
        cls=cls,
        required=bool(given.get("required", False)),
        default=None if given.get("default") is None else str(given["default"]),
        example=None if given.get("example") is None else str(given["example"]),
        plain=tuple(given.get("plain", ())),
    )


def list_questions(questions: Sequence[Question], language: str) -> str:
    """Return the stored questions by topic, each with its name and its parameters."""
    topics: dict[str, list[Question]] = {}
    for question in questions:
        topics.setdefault(question.tags[0] if question.tags else "other", []).append(question)
    out = []
    for topic in sorted(topics):
        out.append(f"{topic}:")
        for question in topics[topic]:
            parameters = " ".join(p.option if p.required else f"[{p.option}]" for p in question.parameters)
            out += [f"  {question.name} {parameters}".rstrip(), f"      {question.summary[language]}"]
    return "\n".join(out) + "\n"


def describe_question(question: Question, language: str) -> str:
    """Return a stored question's help: an example, what it asks, its parameters and its columns."""
    example = " ".join(f'{p.option} "{p.example}"' for p in question.parameters if p.example and p.required)
    out = [f"example:\n  kg query {question.name} {example}".rstrip(), "", question.summary[language]]
    if question.parameters:
        out += ["", "parameters:"]
        for p in question.parameters:
            state = "required" if p.required else f"default {p.default}" if p.default else "optional"
            out.append(f"  {p.option:16} {p.label[language]} ({state}{f', such as {p.example}' if p.example else ''})")
    out += ["", "columns:", *(f"  {name:16} {label[language]}" for name, label in question.columns.items())]
    return "\n".join(out) + "\n"
