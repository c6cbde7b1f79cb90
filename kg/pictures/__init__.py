"""Pictures of the graph: scenes drawn from the stored questions, written as SVG, HTML, PNG and PDF."""

from __future__ import annotations

from pathlib import Path
from pkgutil import iter_modules

FORMATS = ("html", "svg", "png", "pdf")


def kind_names() -> list[str]:
    """Return the kinds of pictures: one module or folder each in kg/pictures/kinds/.

    >>> "matrix" in kind_names()
    True
    """
    return sorted(module.name for module in iter_modules([str(Path(__file__).parent / "kinds")]))
