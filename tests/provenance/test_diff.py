"""What changed between two releases."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from kg import terms
from kg.assembly.build import Built
from kg.provenance.diff import compare_datasets, patch

Q_LEAP = "https://w3id.org/innovation-strategy/id/appropriation/q-leap-2020-initial"
THING = f"<{Q_LEAP}>"


def changed(built: Built, old: str, new: str) -> list[ox.Quad]:
    """The dataset with one text replaced in its N-Quads."""
    assert old in built.nquads
    return list(ox.parse(built.nquads.replace(old, new), format=ox.RdfFormat.N_QUADS))


def rows(old: list[ox.Quad], new: list[ox.Quad]) -> list[tuple[str, ...]]:
    return [
        tuple("" if t is None else terms.local_name(getattr(t, "value", "")) for t in row)
        for row in compare_datasets(old, new).rows
    ]


@pytest.mark.slow("compares whole releases")
def test_a_dataset_does_not_differ_from_itself(built: Built) -> None:
    answer = compare_datasets(built.quads, built.quads)
    assert (len(answer), answer.sentence["en"]) == (0, "no fact differs")
    assert patch(built.quads, built.quads) == "TX .\nTC .\n"


@pytest.mark.slow("compares whole releases")
def test_a_changed_figure_is_named_with_both_values(built: Built) -> None:
    after = changed(built, f'{THING} <{terms.IS}amount> "3200000000"', f'{THING} <{terms.IS}amount> "2300000000"')
    assert rows(list(built.quads), after) == [
        ("figure changed", "q-leap-2020-initial", "amount", "3200000000", "2300000000")
    ]


@pytest.mark.slow("compares whole releases")
def test_a_new_name_is_a_renaming(built: Built) -> None:
    after = changed(built, '"Quantum Leap Flagship Program"@en', '"Quantum Leap Programme"@en')
    assert ("renamed", "q-leap", "prefLabel", "Quantum Leap Flagship Program", "Quantum Leap Programme") in rows(
        list(built.quads), after
    )


@pytest.mark.slow("compares whole releases")
@pytest.mark.parametrize(("turned", "said"), [(False, "removed"), (True, "added")])
def test_a_thing_that_is_there_once_only_is_added_or_removed(built: Built, turned: bool, said: str) -> None:
    without = [q for q in built.quads if q.subject != ox.NamedNode(Q_LEAP) and q.object != ox.NamedNode(Q_LEAP)]
    old, new = (without, list(built.quads)) if turned else (list(built.quads), without)
    assert (said, "q-leap-2020-initial", "", "", "") in rows(old, new)


@pytest.mark.slow("compares whole releases")
def test_the_patch_turns_the_old_dataset_into_the_new(built: Built) -> None:
    after = changed(built, '"Quantum Leap Flagship Program"@en', '"Quantum Leap Programme"@en')
    lines = patch(built.quads, after).splitlines()
    gone = {line[2:] for line in lines if line.startswith("D ")}
    come = {line[2:] for line in lines if line.startswith("A ")}
    assert gone
    assert ({f"{q} ." for q in built.quads} - gone) | come == {f"{q} ." for q in after}
