"""`kg ask`: questions in free English or Japanese."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from kg.commands.shell.console import (
    answer_options,
    endpoint_options,
    finish,
    refine_options,
    refinement_of,
    say,
    store_of,
    wrapped_command,
)
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.asking.reply import Reply

SUMMARY = "Answer a question asked in English or Japanese."
EXAMPLES = """  kg ask "which programs fund quantum security?"
  kg ask 量子暗号に資金を出す事業は？
  kg ask "S&T budget of MEXT in 2019" --format json
"""
ASKS_THE_GRAPH = True


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("text", nargs="+", help="the question")
    refine_options(parser)
    answer_options(parser)
    endpoint_options(parser)


def run(arguments: argparse.Namespace) -> int:
    """Answer, and report how the question was understood.

    Raises UsageError with the nearest questions when the meaning is not clear.
    """
    import kg
    from kg.language.understand import command, in_words, language_of_text
    from kg.paths import read_texts

    text = " ".join(arguments.text)
    language = arguments.lang or language_of_text(text)
    reply = kg.ask(text, lang=language, store=store_of(arguments), **refinement_of(arguments))
    if reply.answer is None:
        raise UsageError(_refusal(text, reply, language))
    if not reply.ways:
        return finish(reply.answer, arguments, language)
    asked, same = ("質問：", "同じ質問：") if language == "ja" else ("Question: ", "Same as: ")
    say(f"{asked}{in_words(reply.ways[0], reply.labels, language)}")
    if reply.beside:
        say(read_texts("asking")["refused"]["beside"][language].format(words=", ".join(reply.beside)))
    say(wrapped_command(f"{same}{command(reply.ways[0])}"))
    return finish(reply.answer, arguments, language)


def _refusal(text: str, reply: Reply, language: str) -> str:
    """Return why there is no certain answer, the answers that may be meant, and the nearest passages and questions."""
    from kg.asking.passages import passage_lines
    from kg.language.understand import command, in_words
    from kg.paths import read_texts

    texts = read_texts("asking")["refused"]
    lines = [f"{text}: {reply.reason[language]}" if reply.reason else text]
    if reply.near:
        lines.append(texts["perhaps"][language])
        for way, answer in reply.near:
            lines.append(f"  {answer.sentence[language]}")
            lines.append(f"    {in_words(way, reply.labels, language)} {command(way)}")
    if reply.passages is not None and len(reply.passages):
        lines.append(texts["nearest"][language])
        lines += [f"  {line}" for line in passage_lines(reply.passages, language)[: 2 if reply.near else 3]]
    ways = [way for way in reply.ways if way.question.name not in {near.question.name for near, _ in reply.near}]
    if ways:
        lines.append(texts["questions"][language])
        lines += [f"  {in_words(way, reply.labels, language)}\n    {command(way)}" for way in ways]
    return "\n".join(lines)
