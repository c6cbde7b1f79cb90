"""`kg why`: why a statement holds, or how a sum of money is made up."""

import argparse

from kg.commands.shell.console import (
    data_options,
    emit,
    emit_text,
    endpoint_options,
    language_of,
    pairs,
    report_options,
    say,
    store_of,
    unit_option,
)

SUMMARY = "Explain a statement, down to page, line and table row, or the working of a sum of money."
EXAMPLES = """  kg why q-leap "is administered by" MEXT
  kg why RIKEN a prov:Organization --lang ja
  kg why funding --domain "quantum security" --fiscal-year 2020
"""


def options(parser: argparse.ArgumentParser) -> None:
    """Add the command's options; the parameters of a question remain in `rest`."""
    text = "entity, property and value (each an IRI, a CURIE, an id or a name), or the name of a money question"
    parser.add_argument("statement", nargs="*", help=text)
    parser.add_argument("--lang", choices=("en", "ja"), help="language of the text (default: that of the terminal)")
    unit_option(parser)
    data_options(parser, "explain a statement of this RDF file instead")
    report_options(parser, "json", "turtle")
    endpoint_options(parser)
    parser.set_defaults(open_ended=True)


def run(arguments: argparse.Namespace) -> int:
    """Write the explanation; return 1 if the statement does not hold. Raises UsageError."""
    given = [*arguments.statement, *arguments.rest]  # argparse takes `--domain=two words` for a positional
    count = next((i for i, word in enumerate(given) if word.startswith("--")), len(given))
    words, rest = given[:count], given[count:]
    import kg
    from kg.provenance.text import write_explanation, write_working
    from kg.questions.answer import Answer
    from kg.questions.answer_text import in_unit

    language = language_of(arguments)
    found = kg.why(
        *words,
        lang=language,
        data=arguments.data,
        data_format=arguments.data_format,
        timeout=arguments.timeout,
        store=store_of(arguments),
        **pairs(rest, vars(arguments)),
    )
    write = emit_text if arguments.format == "text" else emit
    if isinstance(found, Answer):
        unit = arguments.unit if arguments.format == "text" and language == "en" else "bn"
        write(in_unit(write_working(found, arguments.format, language), unit), arguments.output)
        return 0
    write(write_explanation(found, arguments.format, language), arguments.output)
    if found.holds:
        return 0
    if arguments.output:
        say(write_explanation(found, "text", language).split("\n")[0])
    return 1
