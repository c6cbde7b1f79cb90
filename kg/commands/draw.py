"""`kg draw`: pictures of the money and the institutions."""

import argparse
import os
import sys
from pathlib import Path

from kg.commands.shell.console import emit, endpoint_options, language_of, say, scope_of, scope_options, store_of
from kg.errors import unknown

SUMMARY = "Draw a picture of the money and the institutions."
EXAMPLES = """  kg draw matrix -o matrix.html
  kg draw flow --domain "quantum security" --fiscal-year 2020 -o flow.svg
  kg draw ministries --lang ja --format png -o - > ministries.png
"""


def options(parser: argparse.ArgumentParser) -> None:
    from kg.pictures import FORMATS, kind_names

    parser.add_argument("kind", nargs="?", default="matrix", help=f"{', '.join(kind_names())} (default: matrix)")
    parser.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        help="output file; the ending selects html, svg, png or pdf; - for standard output",
    )
    parser.add_argument("--format", help=f"{', '.join(FORMATS)} (default: from the ending of the file, or html)")
    parser.add_argument("--lang", choices=("en", "ja"), help="language of the picture (default: that of the terminal)")
    scope_options(
        parser,
        "what to draw",
        rows="rows of a matrix: institutions, ministries, programmes or parts",
        columns="columns of a matrix: domains, phases, years or themes",
        size="what the size of a network's nodes shows: amount, degree or betweenness",
    )
    endpoint_options(parser)


def run(arguments: argparse.Namespace) -> int:
    """Write the picture; without -o, also open it in the browser if there is a screen."""
    import kg

    form = _format(arguments.output, arguments.format)
    language, store = language_of(arguments), store_of(arguments)
    picture = kg.draw(arguments.kind, form, lang=language, store=store, **scope_of(arguments))
    if form in {"png", "pdf"}:
        _warn_of_fonts()
    if arguments.output == "-":
        emit(picture)
        return 0
    path = Path(arguments.output or f"{arguments.kind}.{form}")
    emit(picture, path)
    if arguments.output is None:
        _show(path, form)
    return 0


def _format(output: str | None, form: str | None) -> str:
    from kg.pictures import FORMATS

    ending = Path(output).suffix.lstrip(".").lower() if output and output != "-" else ""
    chosen = form or ending or "html"
    if chosen not in FORMATS:
        raise unknown("format" if form else f"ending of {output},", chosen, FORMATS)
    return chosen


def _warn_of_fonts() -> None:
    from kg.pictures.canvas.fonts import NO_FONT, cjk_font

    if cjk_font() is None:
        say(NO_FONT)


def _show(path: Path, form: str) -> None:
    screen = sys.platform in {"darwin", "win32"} or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    if form == "html" and screen:
        import webbrowser

        webbrowser.open(path.resolve().as_uri())
    say(f"wrote {path}")
