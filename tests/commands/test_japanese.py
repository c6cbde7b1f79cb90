"""Japanese for readers of Japanese: help, the list of questions, messages, and the framing of answers."""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys

import pytest

from kg.commands.shell.japanese import in_japanese, is_japanese, texts
from kg.commands.shell.parser import command_names, load, parser_of_all
from kg.questions.catalogue import catalogue, describe_question, list_questions
from tests.conftest import ROOT

KANA = re.compile(r"[ぁ-んァ-ヶ一-龠]")


def kg(*arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
    settings = {**os.environ, "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8", **env}
    return subprocess.run(
        [sys.executable, "-m", "kg", *arguments], capture_output=True, text=True, env=settings, encoding="utf-8"
    )


@pytest.mark.parametrize("verb", command_names())
def test_every_text_of_the_help_has_its_japanese(verb: str) -> None:
    """A new option needs a line in kg/commands/shell/japanese.toml."""
    choices = next(a for a in parser_of_all()._actions if isinstance(a, argparse._SubParsersAction)).choices
    said = {action.help for action in choices[verb]._actions} | {load(verb).SUMMARY}
    titles = {group.title for group in choices[verb]._action_groups}
    assert said - set(texts()["help"]) - {None, ""} == set()
    assert titles - set(texts()["help"]) - set(texts()["words"]) == set()


def test_every_command_has_a_japanese_summary() -> None:
    assert {load(verb).SUMMARY for verb in command_names()} <= set(texts()["help"])


def test_every_japanese_text_is_japanese() -> None:
    for section in ("words", "kinds", "help", "errors"):
        assert [said for said in texts()[section].values() if not KANA.search(said)] == []
    for english, japanese in texts()["errors"].items():
        assert set(re.findall(r"{\w+}", japanese)) <= set(re.findall(r"{\w+}", english)), english


@pytest.mark.parametrize(
    ("argv", "terminal", "japanese"),
    [
        (["query", "--help", "--lang", "ja"], "en", True),
        (["query", "--lang=ja"], "en", True),
        (["query", "--lang", "en"], "ja", False),
        (["ask", "量子暗号の予算"], "en", True),
        (["ask", "量子暗号の予算", "--lang", "en"], "en", False),
        (["show", "総務省"], "en", False),
        (["show", "MIC"], "ja", True),
    ],
)
def test_a_call_is_japanese_by_its_option_its_question_or_its_terminal(
    argv: list[str], terminal: str, japanese: bool
) -> None:
    assert is_japanese(argv, terminal) == japanese


MISTAKES = [
    (["query", "fundin"], "「fundin」という質問はない。もしかして：「funding」"),
    (["query", "funding", "--doman", "x"], "fundingにdomanという引数はない。もしかして：「domain」"),
    (["query", "funding", "--domain"], "--domainに値が必要"),
    (
        ["query", "funding", "--domain", "quantum secrity"],
        "--domain：「quantum secrity」という技術領域はない。もしかして",
    ),
    (
        ["query", "funding", "--fiscal-year", "2020x"],
        "--fiscal-year：「2020x」は整数ではない。2020のように数字だけで書く",
    ),
    (["query", "hubs", "--format", "xml"], "--formatに「xml」は使えない。もしかして：「html」"),
    (["query", "programmes-funding-domain"], "programmes-funding-domainには--domainが必要。例："),
    (["query", "hubs", "--top", "3"], "hubsに主な数値の列がない。--column で数値の列を指定"),
    (["query", "funding", "--fell"], "fundingに増減の列がなく、"),
    (["query", "budget-changes", "--more-than", "多額"], "「多額」は金額ではない。"),
    (["query", "budget-changes", "--without", "MEXTT"], "--without：この答えに「MEXTT」という名称のものはない。"),
    (["find", "x", "--limt", "3"], "kg findに--limtというオプションはない。もしかして：「--limit」"),
]


@pytest.mark.slow("seconds long")
@pytest.mark.parametrize(("argv", "said"), MISTAKES, ids=lambda v: str(v)[:40])
def test_a_mistake_is_explained_in_japanese(argv: list[str], said: str) -> None:
    done = kg(*argv, LC_ALL="ja_JP.UTF-8")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"kg: {said}")


def test_what_is_not_known_stays_english() -> None:
    assert in_japanese("something else; did you mean 'a', 'b'?") == "something else。もしかして：「a」、「b」"
    assert in_japanese("x.ttl:3: does not parse") == "x.ttl:3: does not parse"


def test_the_questions_are_listed_and_described_in_japanese() -> None:
    topics = [line for line in list_questions(catalogue(), "ja").splitlines() if not line.startswith(" ")]
    assert all(KANA.search(topic) for topic in topics)
    for question in catalogue():
        said = describe_question(question, "ja")
        assert not re.search(r"\b(example|parameters|columns|required|optional|default|such as)\b:?(?! =)", said), said


def test_the_help_is_japanese_where_the_terminal_is() -> None:
    out = kg("query", "--help", LC_ALL="ja_JP.UTF-8").stdout
    assert out.startswith("使い方")
    assert "登録された質問に答える" in out
