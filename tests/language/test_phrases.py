"""The phrases of the stored questions: every file belongs to a question, and a faulty line is one clear error."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg import paths
from kg.errors import DataError
from kg.language.phrases import phrases
from kg.questions.catalogue import catalogue

QUESTIONS = catalogue()


def test_every_question_has_phrases_in_both_languages() -> None:
    for name, wordings in phrases(QUESTIONS).items():
        own = wordings[2:]  # after the summaries
        assert any(re.search("[ぁ-ん]", phrase) for phrase in own), name
        assert any(re.search("[a-z]", re.sub(r"\{\w+\}", "", phrase)) for phrase in own), name


def test_a_phrase_belongs_to_one_question_only() -> None:
    said: dict[str, str] = {}
    for name, wordings in phrases(QUESTIONS).items():
        for phrase in wordings:
            assert said.setdefault(phrase, name) == name, phrase


def test_comments_and_blank_lines_are_no_phrases_and_the_order_stays(tmp_path: Path) -> None:
    (tmp_path / "funding.txt").write_text(
        "# English\n  money for {domain}\ntotal\n\n# Japanese\n{domain}の予算\n", "utf-8"
    )
    assert phrases(QUESTIONS, tmp_path)["funding"][2:] == ["money for {domain}", "total", "{domain}の予算"]
    assert len(phrases(QUESTIONS, tmp_path)["what-is"]) == 2


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("fundin.txt", "money\n", "fundin.txt:1: unknown question 'fundin'; did you mean 'funding'"),
        ("funding.txt", "# nothing yet\n\n", "funding.txt:1: the file has no phrases; delete it or add one"),
        ("funding.txt", "money\n\ncost\nmoney\n", "funding.txt:4: 'money' repeats line 1"),
        ("funding.txt", "cost\n{domain}?\n", "funding.txt:2: '{domain}?' has no words"),
        ("funding.txt", "money for {domian}\n", "funding.txt:1: 'money for {domian}': funding has no parameter 'domian'; did you mean 'domain'"),
        ("release.txt", "data of {domain}\n", "release.txt:1: 'data of {domain}': release has no parameter 'domain'; it has none"),
    ],
)  # fmt: skip
def test_a_fault_in_a_phrase_file_is_one_clear_error(file: str, text: str, said: str, tmp_path: Path) -> None:
    (tmp_path / file).write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=re.escape(f"queries/phrases/{said}")):
        phrases(QUESTIONS, tmp_path)


def test_the_phrases_lie_beside_the_questions() -> None:
    assert {p.stem for p in paths.PHRASES.glob("*.txt")} == {q.name for q in QUESTIONS}
