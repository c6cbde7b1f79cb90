"""The stored questions: `queries/*.rq`, one file per question, with a `#+` header that describes it."""

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

from kg import paths
from kg.errors import InputError, UsageError, did_you_mean
from kg.files.write import write_file

NEWEST = "newest"  # the default of a fiscal year: the newest that has what is asked
_CHECKED_BY = [paths.PACKAGE / place for place in ("questions/header.py", "stores/binding.py", "terms.py")]


@dataclass(frozen=True)
class Parameter:
    """One parameter, as queries/header.schema.json describes it; `cls` is the class that an iri must be of (a CURIE).

    `plain` are the ids whose names are ordinary words in free text: "S&T budget" does not ask for a category. A year
    with `since` asks for a comparison with the year before: "since FY2019" asks for FY2020.
    """

    name: str
    type: str
    label: dict[str, str]
    cls: str | None = None
    required: bool = False
    default: str | None = None
    example: str | None = None
    plain: tuple[str, ...] = ()
    since: bool = False

    @property
    def option(self) -> str:
        """The name on the command line: fiscalYear → --fiscal-year."""
        return "--" + "".join(f"-{c.lower()}" if c.isupper() else c for c in self.name)


@dataclass(frozen=True)
class Question:
    """One stored question. `money` names the column that groups the working: empty for no groups, None for no money.

    With `largest_first` the groups are sorted by upper bound, otherwise they keep the order of the rows. `row` says
    what a row is: its noun in both languages and the columns of its name and its figures, as the header gives them.
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
    money: str | None = None
    largest_first: bool = False
    row: dict[str, Any] = field(default_factory=dict)

    def parameter(self, name: str) -> Parameter | None:
        """Return the parameter with a name in any spelling (fiscalYear, fiscal-year, fiscal_year)."""
        wanted = name.lstrip("-").replace("-", "").replace("_", "").casefold()
        return next((p for p in self.parameters if p.name.casefold() == wanted), None)


def load_question(name: str, folder: Path = paths.QUERIES) -> Question:
    """Return one stored question. Raises UsageError for an unknown name, DataError if its file has a fault."""
    known = question_names(folder)
    if name not in known:
        raise UsageError(f"unknown question {name!r}; {did_you_mean(name, known) or 'kg query lists them'}")
    return _questions([name], folder, _cache_of(folder))[0]


def question_names(folder: Path = paths.QUERIES) -> list[str]:
    """Return the names of the stored questions, sorted."""
    return sorted(p.stem for p in folder.glob("*.rq"))


@lru_cache(maxsize=4)
def catalogue(folder: Path = paths.QUERIES) -> tuple[Question, ...]:
    """Return all stored questions, sorted by name. Raises DataError if a file has a fault."""
    return _questions(question_names(folder), folder, _cache_of(folder))


def cache_headers(cache: Path) -> None:
    """Check the headers of all stored questions and write them to a cache, unless it is fresh.

    Raises DataError if a file has a fault.
    """
    _questions(question_names(), paths.QUERIES, cache)


def _cache_of(folder: Path) -> Path:
    return folder.parent / paths.BUILT.name / paths.HEADERS.name


def _questions(wanted: Sequence[str], folder: Path, cache: Path) -> tuple[Question, ...]:
    """Return stored questions, with unchanged headers from a cache.

    Checking a header takes longer than answering its question. A cached header is used only if the text of the
    question, the schema and the checking code are the same.
    """
    rules = b"".join(path.read_bytes() for path in (folder / paths.HEADER_SCHEMA.name, *_CHECKED_BY))
    known, found, stale = _cached(cache), [], False
    for name in wanted:
        text = (folder / f"{name}.rq").read_text(encoding="utf-8")
        mark = blake2b(rules + text.encode(), digest_size=16).hexdigest()
        if known.get(name, {}).get("of") != mark:
            known[name] = {"of": mark, "header": _checked(name, text, folder)}
            stale = True
        found.append(_question(name, text, known[name]["header"]))
    if stale:
        with suppress(OSError, InputError):  # the folder is not writable: the next process checks again
            cache.parent.mkdir(exist_ok=True)
            there = {name: known[name] for name in question_names(folder) if name in known}
            write_file(cache, json.dumps(there, ensure_ascii=False, indent=1) + "\n")
    return tuple(found)


def _cached(cache: Path) -> dict[str, dict[str, Any]]:
    try:
        found = json.loads(cache.read_text(encoding="utf-8"))
    except (OSError, ValueError):  # the cache only saves time
        return {}
    return found if isinstance(found, dict) else {}


def parse_question(name: str, text: str) -> Question:
    """Return the question in the text of a file.

    Raises DataError with file and line if the header does not parse or does not fit the query.
    """
    return _question(name, text, _checked(name, text, paths.QUERIES))


def _checked(name: str, text: str, folder: Path) -> dict[str, Any]:
    from kg.questions.header import read_header

    return read_header(f"queries/{name}.rq", text, folder / paths.HEADER_SCHEMA.name)


def _question(name: str, text: str, header: Mapping[str, Any]) -> Question:
    money = header.get("money")
    return Question(
        name=name,
        summary={"en": header["summary"], "ja": header["summary_ja"]},
        tags=tuple(header.get("tags", [])),
        parameters=tuple(_parameter(p) for p in header.get("parameters", [])),
        columns=header["columns"],
        expect=header["expect"],
        text=text,
        sentence=header.get("sentence", {}),
        empty=header["empty"],
        money=None if money is None else money.get("group", ""),
        largest_first=money is not None and "order" in money,
        row=header.get("row", {}),
    )


def _parameter(given: Mapping[str, Any]) -> Parameter:
    as_text = {key: str(given[key]) for key in ("default", "example") if key in given}
    return Parameter(
        name=given["name"],
        type=given["type"],
        label=given["label"],
        cls=given.get("class"),
        required=given.get("required", False),
        plain=tuple(given.get("plain", ())),
        since="since" in given,
        **as_text,
    )


def list_questions(questions: Sequence[Question], language: str) -> str:
    """Return the list of stored questions by topic, each with its name and parameters."""
    topics: dict[str, list[Question]] = {}
    for question in questions:
        topics.setdefault(question.tags[0] if question.tags else "other", []).append(question)
    names = paths.read_texts("questions")["help"]["topics"]
    out = []
    for topic in sorted(topics):
        out.append(f"{names.get(topic, {}).get(language, topic)}:")
        for question in topics[topic]:
            parameters = " ".join(p.option if p.required else f"[{p.option}]" for p in question.parameters)
            out += [f"  {question.name} {parameters}".rstrip(), f"      {question.summary[language]}"]
    return "\n".join(out) + "\n"


def describe_question(question: Question, language: str) -> str:
    """Return the help of a stored question: an example, the question, its parameters and its columns."""
    texts = {name: text[language] for name, text in paths.read_texts("questions")["help"].items() if language in text}
    example = " ".join(f'{p.option} "{p.example}"' for p in question.parameters if p.example and p.required)
    out = [f"{texts['example']}\n  kg query {question.name} {example}".rstrip(), "", question.summary[language]]
    if question.parameters:
        out += ["", texts["parameters"]]
        for p in question.parameters:
            kind = "required" if p.required else "default" if p.default else "optional"
            state = texts[kind].format(default=p.default)
            such = texts["such"].format(example=p.example) if p.example else ""
            out.append(
                "  " + texts["parameter"].format(option=f"{p.option:16}", label=p.label[language], state=state + such)
            )
    out += ["", texts["columns"], *(f"  {name:16} {label[language]}" for name, label in question.columns.items())]
    return "\n".join(out) + "\n"
