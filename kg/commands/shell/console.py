"""What the commands share: the language, the format, and where an answer goes."""

from __future__ import annotations

import argparse
import locale
import os
import shutil
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.questions.answer import Answer
    from kg.stores.remote import RemoteStore

TABLE_FORMATS = ("table", "csv", "tsv", "json", "jsonl", "md", "html")


def answer_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of every command that answers with a table."""
    group = parser.add_argument_group("answer")
    group.add_argument("--format", choices=TABLE_FORMATS, help="default: table on a terminal, tsv when piped")
    group.add_argument("--lang", choices=("en", "ja"), help="language of the answer (default: that of the terminal)")
    group.add_argument("-o", "--output", type=Path, metavar="FILE", help="default: standard output")
    group.add_argument("--fail-if-empty", action="store_true", help="exit 1 when nothing is found")


def endpoint_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of every command that can ask a store elsewhere."""
    group = parser.add_argument_group("where to ask (default: the graph that is shipped)")
    group.add_argument("--endpoint", metavar="URL", help="a SPARQL endpoint that holds the graph (or set KG_ENDPOINT)")
    group.add_argument("--timeout", type=seconds, default=60.0, metavar="SECONDS", help="for its answers (default 60)")


def seconds(text: str) -> float:
    """Return a number of seconds above 0, as argparse reads it.

    Raises ArgumentTypeError.
    """
    try:
        number = float(text)
    except ValueError:
        number = 0
    if not 0 < number < float("inf"):
        raise argparse.ArgumentTypeError(f"{text}: is not a number of seconds above 0")
    return number


def store_of(arguments: argparse.Namespace) -> RemoteStore | None:
    """Return the store elsewhere that --endpoint or KG_ENDPOINT names; None for the shipped graph, or where a file is.

    Raises UsageError when both a file and an endpoint are given, or the endpoint is no address.
    """
    data = getattr(arguments, "data", None)
    if data and arguments.endpoint:
        raise UsageError("--data and --endpoint exclude each other")
    endpoint = arguments.endpoint or os.environ.get("KG_ENDPOINT")
    if data or not endpoint:
        return None
    import kg

    return kg.connect(endpoint, timeout=arguments.timeout)


def language_of(arguments: argparse.Namespace) -> str:
    """Return `en` or `ja`: what --lang says, else the terminal's language."""
    if getattr(arguments, "lang", None):
        return str(arguments.lang)
    setting = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "ja" if (setting or locale.getlocale()[0] or "").startswith("ja") else "en"


def format_of(arguments: argparse.Namespace) -> str:
    """Return the format that --format says, else a table for a terminal and tsv for a pipe or a file."""
    return str(arguments.format or ("table" if sys.stdout.isatty() and not arguments.output else "tsv"))


def say(text: str) -> None:
    """Say something that is not the answer, on standard error."""
    sys.stderr.write(text + "\n")


def emit(content: str | bytes, output: Path | None = None) -> None:
    """Write to a file (beside, then renamed) or to standard output.

    Raises InputError when the file cannot be written.
    """
    if output is None or str(output) == "-":
        sys.stdout.buffer.write(content.encode() if isinstance(content, str) else content)
        sys.stdout.buffer.flush()
        return
    from kg.paths import write_beside

    write_beside(output, content)


def finish(answer: Answer, arguments: argparse.Namespace, language: str) -> int:
    """Write an answer as the options say and return the exit code."""
    from kg.exports.answer import Style, write

    on_terminal = sys.stdout.isatty() and not arguments.output
    style = Style("NO_COLOR" not in os.environ, shutil.get_terminal_size().columns) if on_terminal else Style()
    form = format_of(arguments)
    emit(write(answer, form, language, style), arguments.output)
    if form in {"csv", "tsv", "jsonl"}:
        for line in (answer.sentence, *answer.notes):
            say(line[language])
    return 1 if arguments.fail_if_empty and not answer.rows else 0


def pairs(rest: Sequence[str]) -> dict[str, str]:
    """Return what `--name value` and `--name=value` say.

    Raises UsageError for anything else.
    """
    found: dict[str, str] = {}
    words = list(rest)
    while words:
        word = words.pop(0)
        if not word.startswith("--"):
            raise UsageError(f"{word}: parameters are written --name value")
        name, equals, value = word[2:].partition("=")
        if not equals:
            if not words or words[0].startswith("--"):
                raise UsageError(f"--{name} needs a value")
            value = words.pop(0)
        if name in found:
            raise UsageError(f"--{name} is given twice")
        found[name] = value
    return found


class Progress:
    """What is under way, on standard error: on a terminal only, and only after a second."""

    def __init__(self) -> None:
        """Start the clock."""
        self._start, self._shown = time.monotonic(), False

    def __call__(self, text: str) -> None:
        """Show what is under way now."""
        if sys.stderr.isatty() and (self._shown or time.monotonic() - self._start > 1):
            sys.stderr.write(f"\r\x1b[K{text}")
            sys.stderr.flush()
            self._shown = True

    def close(self) -> None:
        """Wipe the line."""
        if self._shown:
            sys.stderr.write("\r\x1b[K")
