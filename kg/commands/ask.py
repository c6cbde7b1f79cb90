"""`kg ask`: free text, English or Japanese."""

from __future__ import annotations

import argparse

from kg.commands.shell.console import answer_options, endpoint_options, finish, say, store_of
from kg.errors import UsageError

SUMMARY = "Answer a question asked in English or Japanese."
EXAMPLES = """  kg ask "which programs fund quantum security?"
  kg ask 量子暗号に資金を出す事業は？
  kg ask "S&T budget of MEXT in 2019" --format json
"""
ASKS_THE_GRAPH = True


def options(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("text", nargs="+", help="the question")
    answer_options(parser)
    endpoint_options(parser)


def run(arguments: argparse.Namespace) -> int:
    """Answer, saying what was understood; when unsure, refuse and offer the nearest questions.

    Raises UsageError when unsure.
    """
    import kg
    from kg.language.understand import command, in_words, language_of_text

    text = " ".join(arguments.text)
    language = arguments.lang or language_of_text(text)
    reply = kg.ask(text, lang=language, store=store_of(arguments))
    if reply.answer is None:
        if not reply.ways:
            raise UsageError(
                f"nothing in {text!r} is known here; kg query lists what can be asked, kg find finds names"
            )
        nearest = "\n".join(f"  {in_words(way, reply.labels, language)}\n    {command(way)}" for way in reply.ways)
        raise UsageError(f"not sure what is meant by {text!r}; the nearest questions:\n{nearest}")
    say(f"understood as: {command(reply.ways[0])}")
    return finish(reply.answer, arguments, language)
