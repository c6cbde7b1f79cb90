"""Convert SVG to PNG and PDF."""

import shutil
import subprocess
import tempfile
from pathlib import Path

from kg.errors import KgError
from kg.pictures.canvas.fonts import faces

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


class RenderError(KgError):
    """A program or font that the format of a picture needs is missing."""

    exit_code = 2


def to_png(svg: str, *, scale: float = 2) -> bytes:
    """Return the picture as PNG, enlarged `scale` times. Raises RenderError if the renderer is not installed."""
    try:
        import resvg_py
    except ImportError as error:
        raise RenderError(
            "PNG needs resvg-py: pip install 'innovation-strategy-kg[draw]'; svg and html need nothing more"
        ) from error
    return bytes(resvg_py.svg_to_bytes(svg_string=svg, zoom=scale, font_family="Noto Sans CJK JP"))


def find_browser() -> str | None:
    """Return the path of a Chromium on this machine, or None."""
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)


def to_pdf(svg: str, width: float, height: float) -> bytes:
    """Return the picture as a one-page PDF with selectable text, printed by Chromium.

    Raises RenderError if there is no Chromium, or it fails.
    """
    browser = find_browser()
    if browser is None:
        raise RenderError("PDF needs Chromium on this machine (Debian: chromium); or write svg, png or html")
    page = (
        f"<!DOCTYPE html><meta charset='utf-8'><style>@page{{size:{width / 96:.3f}in {height / 96:.3f}in;margin:0}}"
        f"body{{margin:0}}svg{{display:block}}{faces(svg)}</style>{svg}"
    )
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "picture.html"), Path(folder, "picture.pdf")
        source.write_text(page, encoding="utf-8")
        command = [
            browser,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--no-pdf-header-footer",
            f"--user-data-dir={folder}/profile",
        ]
        try:
            subprocess.run(  # noqa: S603 — the browser that was found, our own files
                [*command, f"--print-to-pdf={target}", source.as_uri()], capture_output=True, timeout=60, check=False
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise RenderError(f"{browser} could not print the picture: {error}") from error
        if not target.exists():
            raise RenderError(f"{browser} could not print the picture")
        return target.read_bytes()
