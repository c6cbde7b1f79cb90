"""Pictures of the graph: scenes drawn from the stored questions, written as SVG, HTML, PNG and PDF."""

from pathlib import Path

FORMATS = ("html", "svg", "png", "pdf")


def kind_names() -> list[str]:
    """Return the names of the pictures, which are those of the modules and folders in kg/pictures/kinds/.

    >>> "matrix" in kind_names()
    True
    """
    return sorted(place.stem for place in (Path(__file__).parent / "kinds").glob("[!_]*"))
