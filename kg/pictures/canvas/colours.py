"""The colours of the pictures: distinct for colour-blind readers and in greyscale, and dark enough on white."""

# Found by search: lightness rises in equal steps, and the smallest distance in OKLab, for protan, deutan, tritan and
# full colour vision, is as large as possible; `tests/pictures/test_colours.py` measures both.
PALETTE = (
    "#2d7fb1", "#b94677", "#401de3", "#4f7025", "#93297b", "#882acd", "#728b11", "#60118b", "#cc56ea", "#175014",
    "#ec6974",
)  # fmt: skip
NEUTRAL = "#5d6573"


def colour_of(place: int) -> str:
    """Return the colour at a position in a fixed order, starting again after the last."""
    return PALETTE[place % len(PALETTE)]
