"""Find the command, read its options, and turn an error into one message and an exit code."""

import argparse
import os
import re
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn, Protocol, cast

from kg.commands.shell.streams import arguments_in_utf8, write_error, write_out
from kg.errors import UsageError, as_message, did_you_mean, no_option, not_one_of
from kg.printable import keep_lines

_DESCRIPTION = """examples:
  kg ask "which programs fund quantum security?"
  kg query funding --domain "quantum security" --fiscal-year 2020
  kg show RIKEN

A knowledge graph of Japan's national innovation strategy.
"""


_CHOICE = re.compile(
    r"argument (?:-\w/)?(?P<option>[\w-]+): invalid choice: '(?P<value>.*)' \(choose from (?P<known>.*)\)"
)


class Command(Protocol):
    """The interface of a module in kg/commands/; its file name is the name of the command."""

    SUMMARY: str
    EXAMPLES: str

    def options(self, parser: argparse.ArgumentParser) -> None:
        """Add the command's options."""

    def run(self, arguments: argparse.Namespace) -> int:
        """Run the command and return its exit code; `arguments.rest` has the arguments that no option took."""


class _Parser(argparse.ArgumentParser):
    """A parser that raises UsageError, so that all errors look alike, and takes no abbreviated options."""

    def __init__(self, **settings: Any) -> None:
        """Create the parser."""
        super().__init__(**{"allow_abbrev": False, "formatter_class": argparse.RawDescriptionHelpFormatter, **settings})

    def _print_message(self, message: str, _: Any = None) -> None:
        """Write a help or the version. Raises InputError if standard output is closed or full."""
        write_out(message)

    def _get_value(self, action: argparse.Action, arg_string: str) -> Any:
        """Read a value; an empty one, as an unset variable of a shell gives, is none. Raises ArgumentError."""
        if not arg_string and (action.option_strings or action.type is Path):
            raise argparse.ArgumentError(action, "expected one argument")
        return super()._get_value(action, arg_string)

    def error(self, message: str) -> NoReturn:
        """Raise UsageError instead of exiting; a value that is not among the choices gets the message of the library.

        Raises UsageError.
        """
        if match := _CHOICE.fullmatch(message):
            known = re.findall(r"[\w-]+", match["known"])
            if match["option"] == "COMMAND":
                raise UsageError(
                    f"unknown command {match['value']!r}; {did_you_mean(match['value'], known, 1) or 'try: kg --help'}"
                )
            raise not_one_of(match["option"], match["value"], known)
        raise UsageError(f"{message}\ntry: {self.prog} --help")


def command_names() -> list[str]:
    """Return the names of the commands, those of the modules in kg/commands/. Raises InputError in an archive."""
    from kg import paths

    return sorted(path.stem for path in (paths.PACKAGE / "commands").glob("[a-z]*.py"))


def load(name: str) -> Command:
    """Return a command's module."""
    return cast("Command", import_module(f"kg.commands.{name}"))


def run(argv: Sequence[str]) -> int:
    """Run one command and return its exit code; an error is one message, with a traceback if KG_DEBUG is set.

    0: success; 1: the data is at fault, or nothing was found and --fail-if-empty was given; 2: the call is wrong; 3: an
    input cannot be read, or the output not written; 4: a remote store failed; 5: a fault in kg itself. Raises
    KeyboardInterrupt, and BrokenPipeError when the reader of the output has left.
    """
    argv, japanese = arguments_in_utf8(argv), False
    try:
        japanese = _wants_japanese(argv)
        return _run(argv, japanese=japanese)
    except (KeyboardInterrupt, BrokenPipeError):
        raise
    except SystemExit as end:  # after --help and --version
        return end.code if isinstance(end.code, int) else 0
    except BaseException as error:  # the last resort: the panic of an engine is no Exception
        return _report(error, argv, japanese=japanese)


def _report(error: BaseException, argv: Sequence[str], *, japanese: bool) -> int:
    """Write what went wrong to standard error and return the exit code."""
    from kg.commands.shell.console import say

    if os.environ.get("KG_DEBUG"):
        from traceback import format_exception

        write_error("".join(format_exception(error)))
    message, code = as_message(error)
    message = keep_lines(message, argv)
    if japanese:
        from kg.commands.shell.japanese import in_japanese

        message = in_japanese(message)
    say(f"kg: {message}")
    return code


def _run(argv: list[str], *, japanese: bool) -> int:
    # Import only the module of the command that is called, to keep start-up short.
    wanted = [argv[0]] if argv and argv[0] in command_names() else command_names()
    if len(wanted) == 1 and getattr(load(argv[0]), "ASKS_THE_GRAPH", False):
        _load_ahead(argv)
    parser = _parser(wanted)
    if japanese:
        from kg.commands.shell.japanese import translate_help

        translate_help(parser)
    arguments, rest = parser.parse_known_args(list(argv))
    if arguments.verb is None:
        parser.print_help()
        return 0
    if rest and not getattr(arguments, "open_ended", False):
        raise unrecognized(arguments, rest)
    arguments.rest = rest
    return load(arguments.verb).run(arguments)


def _wants_japanese(argv: Sequence[str]) -> bool:
    """Return whether a call is in Japanese; only such a call loads the texts."""
    from kg.commands.shell.console import terminal_language

    terminal = terminal_language()
    if terminal != "ja" and all(word.isascii() for word in argv) and not any("--lang" in word for word in argv):
        return False
    from kg.commands.shell.japanese import is_japanese

    return is_japanese(argv, terminal)


def unrecognized(arguments: argparse.Namespace, rest: Sequence[str]) -> UsageError:
    """Return the error for words that no option took."""
    if rest[0].startswith("--"):
        return no_option(arguments.verb, rest[0].partition("=")[0], set(vars(arguments)) - {"verb"})
    return UsageError(f"unrecognized arguments: {' '.join(rest)}\ntry: kg {arguments.verb} --help")


def _load_ahead(argv: Sequence[str]) -> None:
    """Start loading the graph before the options are read, unless they show that it is not needed."""
    elsewhere = {"-h", "--help", "--data", "--endpoint"}
    if len(argv) > 1 and not elsewhere & {word.split("=")[0] for word in argv} and "KG_ENDPOINT" not in os.environ:
        import kg

        kg.load_ahead()


def parser_of_all() -> argparse.ArgumentParser:
    """Return the parser of all commands for completion, with the stored questions as choices of `kg query`."""
    from kg.questions.catalogue import catalogue

    parser = _parser(command_names())
    for action in (a for a in parser._actions if isinstance(a, argparse._SubParsersAction)):
        for positional in (a for a in action.choices["query"]._actions if a.dest == "question"):
            positional.choices = [question.name for question in catalogue()]
    return parser


def _parser(names: Sequence[str]) -> argparse.ArgumentParser:
    from kg import __version__

    parser = _Parser(prog="kg", description=_DESCRIPTION)
    parser.add_argument("--version", action="version", version=f"kg {__version__}")
    verbs = parser.add_subparsers(title="commands", metavar="COMMAND", dest="verb", parser_class=_Parser)
    for name in names:
        command = load(name)
        text = f"examples:\n{command.EXAMPLES.rstrip()}\n\n{command.SUMMARY}"
        settings = getattr(command, "SETTINGS", {})
        command.options(verbs.add_parser(name, help=command.SUMMARY, description=text, **settings))
    return parser
