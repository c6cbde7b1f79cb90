"""`kg release`: a complete release in one folder."""

import argparse
from pathlib import Path

from kg.commands.shell.console import Progress, say

SUMMARY = "Write a release into one folder: data in all formats, metadata, documentation, a static site."
EXAMPLES = """  kg release public
  kg release /var/www/innovation-strategy
  cd public && python3 -m http.server        after: kg release public
"""
_SHOWN = 10  # names of files


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "folder", type=Path, help="a new folder, or that of an earlier release: its files are replaced, others kept"
    )


def run(arguments: argparse.Namespace) -> int:
    """Write the release: at every time the folder holds the old one or the new one, and all files of others."""
    import kg
    from kg.site.folder import kept_beside

    with Progress() as progress:
        files = kg.release(arguments.folder, tell=progress)
    say(f"wrote {len(files):,} files to {arguments.folder}")
    if kept := kept_beside(arguments.folder, files):
        more = f" and {len(kept) - _SHOWN} more" if len(kept) > _SHOWN else ""
        say(f"kept what no release wrote: {', '.join(kept[:_SHOWN])}{more}")
    return 0
