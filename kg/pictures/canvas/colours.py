"""The colours of the pictures: apart for colour-blind readers, apart in greyscale, dark enough on white."""

from __future__ import annotations

# Chosen by search: lightness climbs in equal steps, and the least distance in OKLab under protan, deutan, tritan and
# full sight is as large as could be found; `tests/pictures/test_colours.py` measures both.
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
