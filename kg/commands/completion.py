"""`kg completion`: shell completion of commands, options and question names."""

import argparse

from kg.commands.shell.console import emit

SUMMARY = "Print a completion script for bash, zsh or tcsh."
EXAMPLES = """  kg completion bash > ~/.local/share/bash-completion/completions/kg
  kg completion zsh > ~/.zfunc/_kg
  eval "$(kg completion bash)"
"""


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("shell", choices=("bash", "zsh", "tcsh"), help="the shell that runs the script")


def run(arguments: argparse.Namespace) -> int:
    """Write the script."""
    import shtab

    from kg.commands.shell.parser import parser_of_all

    emit(shtab.complete(parser_of_all(), shell=arguments.shell))
    return 0
