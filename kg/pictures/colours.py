"""The colours of the pictures: apart for colour-blind readers, apart in greyscale, dark enough on white."""

from __future__ import annotations

# Chosen by search: lightness climbs in equal steps, and the least distance in OKLab under protan, deutan, tritan and
# full sight is as large as could be found; `tests/test_draw_colours.py` measures both.
PALETTE = (
    "#2d7fb1",
    "#b94677",
    "#401de3",
    "#4f7025",
    "#93297b",
    "#882acd",
    "#728b11",
    "#60118b",
    "#cc56ea",
    "#175014",
    "#ec6974",
)
NEUTRAL = "#5d6573"


def colour_of(place: int) -> str:
    """Return the colour for a place in a fixed order; past the end they begin again."""
    return PALETTE[place % len(PALETTE)]


def luminance(colour: str) -> float:
    """Return the relative luminance of `#rrggbb`, 0 to 1 (WCAG 2.2).

    >>> round(luminance("#ffffff"), 3)
    1.0
    """
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.2).

    >>> round(contrast("#000000", "#ffffff"))
    21
    """
    high, low = sorted((luminance(first), luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)
