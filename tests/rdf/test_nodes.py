"""Sorting by numbers in a text, however long."""

from __future__ import annotations

from kg.rdf.nodes import natural


def test_numbers_of_any_length_are_in_order() -> None:
    ordered = ["", "a", "a0", "a01", "a2", "a10", "a10b", "a10c", "a" + "9" * 5_000, "a1" + "0" * 5_000, "b", "²"]
    assert sorted(set(ordered), key=natural) == ordered
