"""`kg coverage`: compare the facts with the text of their source."""

import argparse
from pathlib import Path

from kg.commands.shell.console import emit, emit_text, report_options, say

SUMMARY = "Compare the facts with the text of their source."
EXAMPLES = """  kg coverage source.txt                     lines that no fact cites, numbers missing from the facts
  kg coverage source.txt --all               every line, with the facts that cite it
  kg coverage source.txt --format json
"""


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", type=Path, help="the text of the source document")
    parser.add_argument("--all", action="store_true", help="list every line, not just the gaps")
    parser.add_argument("--document", help="the document whose facts are compared (default: the one that has the text)")
    report_options(parser, "json")


def run(arguments: argparse.Namespace) -> int:
    """Write the comparison; return 1 if a line is not covered or the text is not that of the document."""
    import kg
    from kg.tables.coverage import as_json, as_text

    found = kg.coverage(arguments.source, document=arguments.document)
    if arguments.format == "json":
        emit(as_json(found), arguments.output)
    else:
        emit_text(as_text(found, every_line=arguments.all), arguments.output)
    if found.complete and found.same_text:
        return 0
    if arguments.output:
        say(as_text(found).split("\n")[-2])
    return 1
