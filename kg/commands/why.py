"""`kg why`: why a statement holds, and how a sum of money comes about."""

from __future__ import annotations

import argparse
from pathlib import Path

from kg.console import emit, endpoint_options, language_of, store_of
from kg.errors import UsageError

SUMMARY = "Why a statement holds, down to page, line and table row; or the working of a money answer."
EXAMPLES = """  kg why q-leap "is administered by" MEXT
  kg why RIKEN a prov:Organization --lang ja
  kg why funding --domain "quantum security" --fiscal-year 2020
"""
_PARTS = 3


def options(parser: argparse.ArgumentParser) -> None:
    """Add the command's options; those of a question stay in `rest`."""
    text = "thing, property and value (each an IRI, a CURIE, an id or a name), or the name of a money question"
    parser.add_argument("statement", nargs="*", help=text)
    parser.add_argument("--format", choices=("text", "json", "turtle"), default="text", help="default: text")
    parser.add_argument("--lang", choices=("en", "ja"), help="language of the text (default: that of the terminal)")
    parser.add_argument("--data", type=Path, metavar="FILE", help="explain a statement of this RDF file instead")
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="default: standard output")
    endpoint_options(parser)
    parser.set_defaults(open_ended=True)


def run(arguments: argparse.Namespace) -> int:
    """Write the explanation; 1 when the statement does not hold.

    Raises UsageError.
    """
    given = [*arguments.statement, *arguments.rest]  # argparse takes `--domain=two words` for a positional
    count = next((i for i, word in enumerate(given) if word.startswith("--")), len(given))
    words, rest = given[:count], given[count:]
    if len(words) == 1:
        return _working(words[0], rest, arguments)
    if len(words) != _PARTS or rest:
        raise UsageError(
            f"{' '.join([*words, *rest]) or 'nothing'}: name a thing, a property and a value (quote names of several "
            "words), or a question about money\ntry: kg why --help"
        )
    import kg
    from kg.explanations import write_explanation

    explanation = kg.why(*words, data=arguments.data, store=store_of(arguments))
    emit(write_explanation(explanation, arguments.format, language_of(arguments)), arguments.output)
    return 0 if explanation.holds else 1


def _working(question: str, rest: list[str], arguments: argparse.Namespace) -> int:
    import kg
    from kg.answers import run as run_question
    from kg.console import pairs
    from kg.explanations import write_working
    from kg.stored import load_question

    language = language_of(arguments)
    answer = run_question(load_question(question), pairs(rest), store_of(arguments) or kg.load_store(), language)
    emit(write_working(answer, arguments.format, language), arguments.output)
    return 0
