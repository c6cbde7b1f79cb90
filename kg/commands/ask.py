"""`kg ask`: questions in free English or Japanese."""

import argparse

from kg.commands.shell.console import (
    answer_options,
    endpoint_options,
    finish,
    refine_options,
    refinement_of,
    say,
    store_of,
    wrapped,
    wrapped_command,
)
from kg.errors import UsageError

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

    text = " ".join(arguments.text)
    language = arguments.lang or language_of_text(text)
    reply = kg.ask(text, lang=language, store=store_of(arguments), **refinement_of(arguments))
    if reply.answer is None:
        if not reply.ways:
            raise UsageError(
                f"no name or question was recognised in {text!r}; kg query lists the questions, kg find searches names"
            )
        nearest = "\n".join(f"  {in_words(way, reply.labels, language)}\n    {command(way)}" for way in reply.ways)
        raise UsageError(f"it is not clear what {text!r} asks; the nearest questions are:\n{nearest}")
    asked, same = ("質問：", "同じ質問：") if language == "ja" else ("Question: ", "Same as: ")
    say(wrapped(f"{asked}{in_words(reply.ways[0], reply.labels, language)}"))
    say(wrapped_command(f"{same}{command(reply.ways[0])}"))
    return finish(reply.answer, arguments, language)
