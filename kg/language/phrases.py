"""The phrases by which people ask a stored question: one a line in `queries/phrases/<name>.txt`, {parameter} a gap."""

import re
from collections.abc import Sequence
from pathlib import Path

from kg import paths
from kg.characters import lines
from kg.errors import DataError, did_you_mean
from kg.language.similarity import YEAR
from kg.questions.catalogue import Question

_BLANK = re.compile(r"\{(\w*)\}")
_LETTER = re.compile(r"[^\W_]")


def phrases(questions: Sequence[Question], folder: Path = paths.PHRASES) -> dict[str, list[str]]:
    """Return the wordings of each stored question: its summaries and its phrases.

    `questions` are all stored questions. Raises DataError for a file without a question, and for a phrase that is
    empty, repeated, or has a placeholder for which the question has no parameter.
    """
    names = [question.name for question in questions]
    for path in sorted(folder.glob("*.txt")):
        if path.stem not in names:
            hint = did_you_mean(path.stem, names) or "kg query lists the stored questions"
            raise DataError(f"queries/phrases/{path.name}:1: unknown question {path.stem!r}; {hint}")
    return {q.name: [*q.summary.values(), *_read(q, folder / f"{q.name}.txt")] for q in questions}


def _read(question: Question, path: Path) -> list[str]:
    if not path.exists():
        return []
    known = [parameter.name for parameter in question.parameters]
    found: dict[str, int] = {}
    for number, line in enumerate(lines(path.read_text(encoding="utf-8")), 1):
        phrase, place = line.strip(), f"queries/phrases/{path.name}:{number}: {line.strip()!r}"
        if not phrase or phrase.startswith("#"):
            continue
        if phrase in found:
            raise DataError(f"{place} repeats line {found[phrase]}")
        if not _LETTER.search(_BLANK.sub("", phrase)):
            raise DataError(f"{place} has no words")
        if strange := set(_BLANK.findall(phrase)) - {*known, YEAR}:
            hint = did_you_mean(min(strange), known) or (
                "its parameters are " + ", ".join(known) if known else "it has none"
            )
            raise DataError(f"{place}: {question.name} has no parameter {min(strange)!r}; {hint}")
        found[phrase] = number
    if not found:
        raise DataError(f"queries/phrases/{path.name}:1: the file has no phrases; delete it or add one")
    return list(found)
