"""`kg release`: everything a release is made of, in one folder."""

from __future__ import annotations

import argparse
from pathlib import Path

from kg.commands.shell.console import Progress, say

SUMMARY = "Write a release: all forms, descriptions, documentation and a static site, in one folder."
EXAMPLES = """  kg release public
  kg release /var/www/innovation-strategy
  cd public && python3 -m http.server        after: kg release public
"""


def options(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("folder", type=Path, help="a new folder, or that of an earlier release")


def run(arguments: argparse.Namespace) -> int:
    """Write the folder; nothing stands there before all is made."""
    import kg

    progress = Progress()
    try:
        files = kg.release(arguments.folder, tell=progress)
    finally:
        progress.close()
    say(f"{len(files):,} files in {arguments.folder}")
    return 0
