"""`kg validate`: check data against the SHACL shapes."""

import argparse
from pathlib import Path

from kg import paths
from kg.commands.shell.console import (
    Progress,
    emit,
    emit_text,
    format_of_data,
    language_of,
    report_options,
    say,
    seconds,
)
from kg.commands.shell.streams import read_in_bytes

SUMMARY = "Check the facts, or an RDF file, against the SHACL shapes; exit 1 on any violation."
EXAMPLES = """  kg validate --proofread science-technology-budget-2020
  kg validate other.ttl --lang ja
  cat other.trig | kg validate - --format json
"""


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "source",
        nargs="?",
        type=Path,
        metavar="file",
        help="an RDF file, or - for standard input (default: the graph built from the fact tables)",
    )
    format_of_data(parser)
    parser.add_argument(
        "--engine",
        choices=("auto", "pyshifty", "pyshacl"),
        default="auto",
        help="auto: pyshifty if it is installed, the faster one",
    )
    parser.add_argument(
        "--shapes",
        type=Path,
        default=paths.SHAPES,
        metavar="DIR",
        help="folder of shapes (default: those of this package)",
    )
    parser.add_argument(
        "--proofread",
        action="append",
        default=[],
        metavar="DOCUMENT",
        help="also give the hints for proofreading one document, as warnings: what its wording lets one expect, and "
        "what it leaves open (a folder of shapes/proofreading; may be repeated)",
    )
    parser.add_argument(
        "--timeout",
        type=seconds,
        default=600.0,
        metavar="SECONDS",
        help="for a file, or shapes of another folder (default 600)",
    )
    parser.add_argument("--lang", choices=("en", "ja"), help="language of the messages (default: that of the terminal)")
    report_options(parser, "json", "turtle", help="turtle: the SHACL validation report")


def run(arguments: argparse.Namespace) -> int:
    """Write the report; return 1 if there is any violation, or if no shape applied to anything."""
    import kg
    from kg.validation.report import summary, write_report
    from kg.validation.shapes import read_shapes

    source = read_in_bytes() if str(arguments.source) == "-" else Path(arguments.source) if arguments.source else None
    with Progress() as progress:
        report = kg.validate(
            source,
            data_format=arguments.data_format,
            shapes=arguments.shapes,
            proofread=arguments.proofread,
            engine=arguments.engine,
            timeout=arguments.timeout,
            tell=progress,
        )
    language = language_of(arguments)
    write = emit_text if arguments.format == "text" else emit
    write(
        write_report(report, arguments.format, language, read_shapes(arguments.shapes, arguments.proofread)),
        arguments.output,
    )
    say(summary(report, language))
    return 0 if report.conforms and report.checked != 0 else 1
