"""Pictures of the graph: scenes drawn from the stored questions, written as SVG, HTML, PNG and PDF."""

from __future__ import annotations

from pathlib import Path

FORMATS = ("html", "svg", "png", "pdf")


def kinds() -> list[str]:
    """Return the kinds of pictures: one module each in kg/pictures/drawn/.

    >>> "matrix" in kinds()
    True
    """
    return sorted(p.stem for p in (Path(__file__).parent / "drawn").glob("[a-z]*.py"))
