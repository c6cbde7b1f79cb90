"""The colours of the pictures hold for readers of any sight, and in grey."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest

from kg.pictures.canvas.colours import PALETTE

SIGHT = {
    "full": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}  # Machado, Oliveira and Fernandes 2009, at full severity, on linear light


def luminance(colour: str) -> float:
    """Return the relative luminance of `#rrggbb`, 0 to 1 (WCAG 2.2).

    >>> round(luminance("#ffffff"), 3)
    1.0
    """
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    high, low = sorted((luminance(first), luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def seen(colour: str, sight: str) -> tuple[float, ...]:
    """OKLab (Ottosson 2020) of a colour as an eye of that kind sees it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    r, g, b = (sum(w * c for w, c in zip(row, linear, strict=True)) for row in SIGHT[sight])
    cones = (
        0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b,
        0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b,
        0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b,
    )
    l, m, s = (max(0.0, c) ** (1 / 3) for c in cones)  # noqa: E741 — the names of the cones
    return (
        0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
        1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
        0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s,
    )


@pytest.mark.parametrize("sight", SIGHT)
def test_a_reader_of_any_sight_tells_the_colours_apart(sight: str) -> None:
    for first, second in combinations(PALETTE, 2):
        apart = sum((a - b) ** 2 for a, b in zip(seen(first, sight), seen(second, sight), strict=True)) ** 0.5
        assert apart > 0.09, (first, second)


def test_the_colours_are_dark_enough_on_white_and_apart_in_grey() -> None:
    assert all(contrast(colour, "#ffffff") >= 3 for colour in PALETTE)
    grey = sorted(116 * luminance(colour) ** (1 / 3) - 16 for colour in PALETTE)
    assert all(b - a > 3 for a, b in pairwise(grey))
