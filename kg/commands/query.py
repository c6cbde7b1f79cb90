"""`kg query`: the stored questions."""

import argparse

from kg.commands.shell.console import (
    answer_options,
    emit_text,
    endpoint_options,
    finish,
    language_of,
    pairs,
    refine_options,
    refinement_of,
    store_of,
)
from kg.errors import UsageError

SUMMARY = "Run a stored question, or list them."
EXAMPLES = """  kg query                                   the stored questions, by topic
  kg query programmes-funding-domain --domain "quantum security" --fiscal-year 2020
  kg query budget-changes --fell --top 3 --format csv
"""
SETTINGS = {"add_help": False}  # with a question, --help describes that question
ASKS_THE_GRAPH = True


def options(parser: argparse.ArgumentParser) -> None:
    """Add the command's options; the parameters of the question remain in `rest`."""
    parser.add_argument(
        "-h", "--help", action="store_true", help="show this help or, after a question, the help of that question"
    )
    parser.add_argument("question", nargs="?", help="name of a question (default: list them all)")
    refine_options(parser)
    answer_options(parser)
    endpoint_options(parser)
    parser.set_defaults(open_ended=True, parser=parser)


def run(arguments: argparse.Namespace) -> int:
    """List the questions, describe one, or answer it. Raises UsageError."""
    import kg
    from kg.questions.catalogue import catalogue, describe_question, list_questions, load_question

    language = language_of(arguments)
    if arguments.question is None:
        if arguments.help:
            arguments.parser.print_help()
            return 0
        if arguments.rest:
            raise UsageError(f"{arguments.rest[0]} is a parameter: name the question first")
        if arguments.format:
            raise UsageError(f"--format {arguments.format} is for an answer: name the question first")
        emit_text(list_questions(catalogue(), language), arguments.output)
        return 0
    question = load_question(arguments.question)
    if arguments.help:
        emit_text(describe_question(question, language), arguments.output)
        return 0
    import kg.questions.formats.table  # while the graph is still being loaded

    given = {**pairs(arguments.rest, vars(arguments)), **refinement_of(arguments)}
    answer = kg.query(question.name, lang=language, store=store_of(arguments), **given)
    return finish(answer, arguments, language)
