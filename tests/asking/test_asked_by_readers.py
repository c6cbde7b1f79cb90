"""Questions that readers wrote with the right answers before they saw the program: how many are answered rightly.

Each batch in `questions/` was asked once before anything was changed for it; `must` says what a right answer shows.
Unanswerable and off-topic questions are refused.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from kg.asking.reply import Reply, ask
from kg.questions.answer import Answer, shown
from kg.stores.embedded import EmbeddedStore

FOLDER = Path(__file__).parent / "questions"
LEAST = {  # of 55 answerable ones
    "a": 51, "b": 51, "c": 53, "d": 47, "e": 50, "f": 42, "g": 49, "h": 47, "i": 48, "j": 51,
    "k": 48, "l": 50, "m": 43, "n": 50, "o": 47, "p": 44, "q": 47, "r": 42, "s": 38, "t": 48,
    "u": 43, "v": 39, "w": 47, "x": 45, "y": 45, "z": 44, "1": 42, "2": 42,
}  # fmt: skip
# Wrongly answered, or answered with what another source says; the next changes shorten the list.
ANSWERED = {"A66", "H42", "K33", "U29", "Z39"}


def rows(batch: str) -> list[dict[str, str]]:
    with (FOLDER / f"{batch}.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def plain(text: str) -> str:
    return re.sub(r"[\s,，]", "", text).casefold().replace("−", "-")


def everything(answer: Answer) -> str:
    said = [answer.sentence["en"], answer.sentence["ja"], *(n[lang] for n in answer.notes for lang in ("en", "ja"))]
    cells = [
        shown(cell, column, answer.labels, language)
        for row in answer.rows
        for column, cell in zip(answer.columns, row, strict=True)
        for language in ("en", "ja")
    ]
    return plain(" ".join([*said, *cells]))


def is_right(reply: Reply, must: str) -> bool:
    """Return whether an answer shows all parts of `must`, each in one of its forms."""
    if reply.answer is None:
        return False
    text = everything(reply.answer)
    return all(any(plain(form) in text for form in part.split(" | ")) for part in must.split(" & ") if part.strip())


@pytest.mark.slow("asks hundreds of questions")
@pytest.mark.parametrize("batch", LEAST)
def test_as_many_questions_are_answered_rightly_as_before(batch: str, first_store: EmbeddedStore) -> None:
    asked = [row for row in rows(batch) if row["answerable"] == "yes"]
    right = [row["id"] for row in asked if is_right(ask(row["question"], first_store, row["lang"]), row["must"])]
    assert len(right) >= LEAST[batch], sorted({row["id"] for row in asked} - {*right})


@pytest.mark.slow("asks hundreds of questions")
@pytest.mark.parametrize("batch", LEAST)
def test_what_the_documents_do_not_say_is_not_answered(batch: str, first_store: EmbeddedStore) -> None:
    asked = [row for row in rows(batch) if row["answerable"] != "yes" and row["id"] not in ANSWERED]
    answered = [row["id"] for row in asked if ask(row["question"], first_store, row["lang"]).answer is not None]
    assert answered == []


def test_there_are_hundreds_of_questions_in_both_languages() -> None:
    every = [row for batch in LEAST for row in rows(batch)]
    assert len(every) >= 400
    assert min(sum(row["lang"] == language for row in every) for language in ("en", "ja")) > len(every) / 3
    assert sum(row["answerable"] != "yes" for row in every) > 100
