"""`kg completion`: the shell completes commands, options and the names of questions."""

from __future__ import annotations

import argparse

from kg.commands.shell.console import emit

SUMMARY = "Print a script that makes the shell complete kg's commands."
EXAMPLES = """  kg completion bash > ~/.local/share/bash-completion/completions/kg
  kg completion zsh > ~/.zfunc/_kg
  eval "$(kg completion bash)"
"""


def options(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("shell", choices=("bash", "zsh", "tcsh"))


def run(arguments: argparse.Namespace) -> int:
    """Write the script."""
    import shtab

    from kg.commands.shell.parser import parser_of_all

    emit(shtab.complete(parser_of_all(), shell=arguments.shell))
    return 0
