"""Options and output shared by the commands: the language, the format, and where an answer goes."""

from __future__ import annotations

import argparse
import locale
import os
import shutil
import sys
import time
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from kg.commands.shell.streams import is_terminal, write_error, write_out
from kg.errors import UsageError
from kg.printable import for_terminal, visible_line

if TYPE_CHECKING:
    from kg.funding.scope import Given
    from kg.questions.answer import Answer
    from kg.questions.formats.style import Writer
    from kg.stores.remote import RemoteStore

TABLE_FORMATS = ("table", "csv", "tsv", "json", "jsonl", "md", "html", "sparql-json", "sparql-csv", "sparql-tsv")
UNITS = ("bn", "oku", "yen")
BOM_HELP = "csv and tsv with a byte order mark, by which Excel knows that they are UTF-8"
_MARKED = {"csv", "tsv"}
_MARK = "\ufeff"
_APART = {"csv", "tsv", "jsonl"}  # formats whose notes go to standard error
_NARROWEST = 40  # columns of a terminal that a table is made for
_LOOKS = {"csv", "tsv", "json", "jsonl", "md", "html"}  # formats that the name of a file may ask for
_SCOPE = {
    "domain": "only money that serves this technical domain",
    "institution": "only what this institution receives or carries out",
    "ministry": "only what this ministry administers",
    "programme": "only this programme",
    "part": "only this strategy or part of one",
    "fiscal_year": "the year, or any for all years (default: the latest)",
    "phase": "initial, supplementary, request, or any",
    "evidence": "only links with this evidence, such as stated",
}


def answer_options(parser: argparse.ArgumentParser, *more: str) -> None:
    """Add the options of every command that answers with a table; some commands have more formats."""
    group = parser.add_argument_group("answer")
    group.add_argument(
        "--format",
        choices=(*TABLE_FORMATS, *more),
        metavar="FORMAT",
        help=f"{', '.join((*TABLE_FORMATS, *more))} (default: table, or what the name of FILE says)",
    )
    group.add_argument("--lang", choices=("en", "ja"), help="language of the answer (default: that of the terminal)")
    unit_option(group)
    group.add_argument("--wide", action="store_true", help="all columns of the table (default: up to five)")
    group.add_argument("--notes", action="store_true", help="say which open readings the answer depends on")
    group.add_argument("--with-notes", action="store_true", help="sentence and notes in csv, tsv and jsonl too")
    group.add_argument("--bom", action="store_true", help=BOM_HELP)
    group.add_argument("-o", "--output", type=Path, metavar="FILE", help="default: standard output")
    group.add_argument("--fail-if-empty", action="store_true", help="exit 1 when nothing is found")


def refine_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that choose among the rows of an answer."""
    group = parser.add_argument_group("rows")
    group.add_argument("--top", metavar="N", help="only the N largest")
    group.add_argument("--bottom", metavar="N", help="only the N smallest")
    group.add_argument("--rose", action="store_true", help="only what rose against the year before")
    group.add_argument("--fell", action="store_true", help="only what fell")
    group.add_argument("--unchanged", action="store_true", help="only what stayed the same")
    group.add_argument("--more-than", metavar="AMOUNT", help="only what is above 10bn, 100億円 or 5%%")
    group.add_argument("--less-than", metavar="AMOUNT", help="only what is below it")
    group.add_argument("--column", metavar="COLUMN", help="the figure for these (default: the main figure)")
    group.add_argument(
        "--without", action="append", metavar="NAME", help="leave out what has this name; may be repeated"
    )
    group.add_argument("--panel", metavar="HEADING", help="only what is printed under this heading")
    group.add_argument("--page", metavar="N", help="only what has a source on this page")
    group.add_argument("--sort", metavar="COLUMN", help="in order of a column; highest first: --sort=-COLUMN")


def refinement_of(arguments: argparse.Namespace) -> dict[str, object]:
    """Return what the options of `refine_options` say, without those that are not given."""
    from kg.questions.refine_options import NAMES

    return {name: given for name in NAMES if (given := getattr(arguments, name)) not in (None, False)}


def unit_option(parser: argparse._ActionsContainer) -> None:
    """Add the option for the unit of amounts."""
    parser.add_argument(
        "--unit",
        choices=UNITS,
        default="bn",
        help="of amounts: bn (¥27.9 bn), oku (279億円) or yen; Japanese: oku or yen",
    )


def report_options(parser: argparse.ArgumentParser, *formats: str, help: str = "default: text") -> None:
    """Add the options of a command that reports in text, or in one of some other formats."""
    parser.add_argument("--format", choices=("text", *formats), default="text", help=help)
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="default: standard output")


def scope_options(parser: argparse.ArgumentParser, title: str, **more: str) -> None:
    """Add the options that narrow a picture or a network, and some more."""
    group = parser.add_argument_group(title)
    for name, text in (_SCOPE | more).items():
        group.add_argument("--" + name.replace("_", "-"), metavar=name.upper(), help=text)


def endpoint_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of every command that can query another store."""
    group = parser.add_argument_group("store (default: the dataset that comes with this package)")
    group.add_argument(
        "--endpoint", metavar="URL", help="a SPARQL endpoint with the dataset, see kg push (or set KG_ENDPOINT)"
    )
    group.add_argument("--timeout", type=seconds, default=60.0, metavar="SECONDS", help="for each answer (default 60)")


def data_options(parser: argparse.ArgumentParser, text: str) -> None:
    """Add the options of every command that reads an RDF file instead of the dataset of the package."""
    parser.add_argument("--data", type=Path, metavar="FILE", help=text)
    format_of_data(parser)


def format_of_data(parser: argparse.ArgumentParser) -> None:
    """Add the option for the format of the RDF that is read."""
    parser.add_argument(
        "--data-format",
        choices=("ttl", "nt", "nq", "trig", "rdfxml", "jsonld", "n3"),
        help="format of the RDF that is read (default: by name and content)",
    )


def seconds(text: str) -> float:
    """Return a number of seconds above 0, as argparse reads it. Raises ArgumentTypeError."""
    try:
        number = float(text)
    except ValueError:
        number = 0
    if not 0 < number < float("inf"):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of seconds above 0")
    return number


def scope_of(arguments: argparse.Namespace) -> dict[str, Given]:
    """Return what the options of `scope_options` say."""
    return {name: given for name, given in vars(arguments).items() if name in (*_SCOPE, "rows", "columns", "size")}


def store_of(arguments: argparse.Namespace) -> RemoteStore | None:
    """Return the store that --endpoint or KG_ENDPOINT names; None for the shipped dataset or a file.

    Raises UsageError when both a file and an endpoint are given, or the endpoint is not an http address.
    """
    data = getattr(arguments, "data", None)
    if data and arguments.endpoint is not None:
        raise UsageError("--data and --endpoint cannot be combined")
    endpoint: str | None = arguments.endpoint
    if endpoint is None:
        endpoint = os.environ.get("KG_ENDPOINT") or None  # a variable that is set to nothing is unset
    if data or endpoint is None:
        return None
    import kg

    return kg.connect(endpoint, timeout=arguments.timeout)


def language_of(arguments: argparse.Namespace) -> str:
    """Return `en` or `ja`: the value of --lang, or else the language of the terminal."""
    if getattr(arguments, "lang", None):
        return str(arguments.lang)
    return terminal_language()


def terminal_language() -> str:
    """Return `en` or `ja`, by the locale of the terminal."""
    setting = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "ja" if (setting or locale.getlocale()[0] or "").startswith("ja") else "en"


def format_of(arguments: argparse.Namespace) -> str:
    """Return the value of --format, or else what the name of the file says, or table."""
    ending = arguments.output.suffix[1:].lower() if arguments.output else ""
    return str(arguments.format or (ending if ending in _LOOKS else "table"))


def say(text: str) -> None:
    """Write a message to standard error, where it does not mix with the answer; on a terminal its lines fit."""
    write_error(folded(for_terminal(text), sys.stderr) + "\n")


def wrapped_command(text: str) -> str:
    """Return a command that fits the terminal, as a shell reads it."""
    if not is_terminal(sys.stderr):
        return text
    from kg.questions.terminal import fold_command

    return fold_command(text, shutil.get_terminal_size().columns)


def folded(text: str, stream: TextIO | None) -> str:
    """Return a text whose lines fit the terminal, unless the stream is none."""
    if not is_terminal(stream):
        return text
    from kg.questions.terminal import fold_lines

    return fold_lines(text, max(shutil.get_terminal_size().columns, _NARROWEST))


def emit_text(text: str, output: Path | None = None) -> None:
    """Write a text for people to a file, or to standard output, where its lines fit the terminal. Raises InputError."""
    emit(text if output else folded(text, sys.stdout), output)


def emit(content: str | bytes, output: Path | None = None) -> None:
    """Write to a file (replaced only once the new one is complete) or to standard output.

    Raises InputError when it cannot be written.
    """
    if output is None or str(output) == "-":
        write_out(content)
        return
    from kg.files.write import write_file

    write_file(output, content)


def finish(answer: Answer, arguments: argparse.Namespace, language: str, table: Writer | None = None) -> int:
    """Write an answer as the options ask, its table by `table` if that is given, and return the exit code."""
    from kg.questions.answer_text import Style, write
    from kg.questions.formats.style import PIPED

    on_terminal = is_terminal(sys.stdout) and not arguments.output
    columns = shutil.get_terminal_size().columns if on_terminal else PIPED
    style = Style(
        colour=on_terminal and "NO_COLOR" not in os.environ,
        columns=max(columns, _NARROWEST),
        unit=arguments.unit,
        wide=arguments.wide,
        notes=arguments.notes,
        with_notes=arguments.with_notes,
    )
    form = format_of(arguments)
    if arguments.bom and form not in _MARKED:
        raise UsageError(f"--bom goes with csv and tsv, not with {form}")
    text = table(answer, language, style) if table and form == "table" else write(answer, form, language, style)
    emit(f"{_MARK}{text}" if arguments.bom else text, arguments.output)
    if form in _APART and not arguments.with_notes:
        from kg.questions.formats.records import said

        for line in said(answer, language, arguments.unit):
            say(line)
    return 1 if arguments.fail_if_empty and not answer.rows else 0


def pairs(rest: Sequence[str], own: Collection[str] = ()) -> dict[str, str]:
    """Return the parameters given as `--name value` or `--name=value`. Raises UsageError for anything else.

    `own` are the options of the command, which cannot stand behind `--`.
    """
    found: dict[str, str] = {}
    words = list(rest)
    while words:
        word = words.pop(0)
        if not word.startswith("--"):
            raise UsageError(f"unexpected {word!r}: write parameters as --name value")
        name, equals, value = word[2:].partition("=")
        if not equals:
            if not words or words[0].startswith("--"):
                raise UsageError(f"--{name} needs a value")
            value = words.pop(0)
        if not value:
            raise UsageError(f"--{name} needs a value")
        if name.replace("-", "_") in own:
            raise UsageError(f"--{name} is an option of the command: it stands before --")
        if name in found:
            raise UsageError(f"--{name} is given twice")
        found[name] = value
    return found


class Progress:
    """Progress on standard error, on a terminal only and after the first second."""

    def __init__(self) -> None:
        """Start the clock."""
        self._start, self._shown = time.monotonic(), False

    def __call__(self, text: str) -> None:
        """Show what is being done now."""
        if is_terminal(sys.stderr) and (self._shown or time.monotonic() - self._start > 1):
            write_error(f"\r\x1b[K{folded(visible_line(text), sys.stderr).partition(chr(10))[0]}")
            self._shown = True

    def __enter__(self) -> Progress:
        """Begin."""
        return self

    def __exit__(self, *_: object) -> None:
        """Clear the line."""
        if self._shown:
            write_error("\r\x1b[K")
