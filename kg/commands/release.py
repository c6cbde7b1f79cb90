"""`kg release`: a complete release in one folder."""

import argparse
from pathlib import Path

from kg.commands.shell.console import Progress, say

SUMMARY = "Write a release into one folder: data in all formats, metadata, documentation, a static site."
EXAMPLES = """  kg release public
  kg release /var/www/innovation-strategy
  cd public && python3 -m http.server        after: kg release public
"""


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, help="a new folder, or the folder of an earlier release")


def run(arguments: argparse.Namespace) -> int:
    """Write the release; the folder appears only when everything in it is complete."""
    import kg

    with Progress() as progress:
        files = kg.release(arguments.folder, tell=progress)
    say(f"wrote {len(files):,} files to {arguments.folder}")
    return 0
