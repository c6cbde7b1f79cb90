"""The money semantics: intervals over distinct appropriations, compared with a brute-force enumeration."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.money.interval import Entry, Interval, billions, in_oku, oku, say, total, work

OKU = 10**8
UNDECIDED = "undetermined"


def entry(name: str, share: str | None, appropriation: str | None, amount: int | None, **more: object) -> Entry:
    defaults: dict[str, object] = {"order": (4, len(name)), "status": "exact" if share == "whole" else "ceiling"}
    return Entry(name, share=share, appropriation=appropriation, amount=amount, **{**defaults, **more})  # type: ignore[arg-type]


def bounds(*entries: Entry) -> tuple[int, int | None]:
    interval = total(work(entries))
    return interval.lower, interval.upper


def test_an_amount_printed_three_times_counts_once() -> None:
    lines = [entry(f"q-leap-{i}", "whole", "q-leap", 32 * OKU, order=(4, i)) for i in (278, 286, 389)]
    assert bounds(*lines) == (32 * OKU, 32 * OKU)
    assert [c.counts for c in work(lines)] == ["full", "no", "no"]
    assert work(lines)[1].because == "q-leap-278"


def test_a_ceiling_never_enters_a_lower_bound() -> None:
    assert bounds(entry("nict", "part", "nict-grant", 279 * OKU)) == (0, 279 * OKU)


def test_two_portions_of_one_appropriation_are_one_ceiling() -> None:
    assert bounds(entry("a", "part", "g", 279), entry("bb", "part", "g", 279)) == (0, 279)


def test_a_portion_of_what_counts_in_full_adds_nothing() -> None:
    assert bounds(entry("part", "part", "sip", 280), entry("whole", "whole", "sip", 280)) == (280, 280)


def test_a_known_part_lessens_the_ceiling_of_its_whole() -> None:
    known = entry("known", "whole", "sip-inspired", 8, included_in=frozenset({"sip"}))
    assert bounds(known, entry("portion", "part", "sip", 280)) == (8, 280)


def test_what_lies_inside_a_counted_whole_adds_nothing() -> None:
    known = entry("known", "whole", "sip-inspired", 8, included_in=frozenset({"sip"}))
    assert bounds(known, entry("whole", "whole", "sip", 280)) == (280, 280)


@pytest.mark.parametrize("status", ["undetermined", "under-consideration", "not-stated"])
def test_what_is_not_determined_opens_the_upper_bound_and_is_not_zero(status: str) -> None:
    lines = [entry("open", None, None, None, status=status), entry("exact", "whole", "a", 18)]
    assert bounds(*lines) == (18, None)
    assert [c.reason for c in work(lines)] == [status, "full"]


def test_an_undetermined_portion_is_bounded_by_its_whole() -> None:
    (contribution,) = work([entry("sip", "part", "sip", 280, status="undetermined")])
    assert (contribution.lower, contribution.upper, contribution.reason) == (0, 280, "undetermined-bounded")


def test_a_portion_printed_with_its_ceiling_counts_before_one_that_is_undetermined() -> None:
    lines = [
        entry("part", "part", "sip", 280, status="undetermined", order=(4, 295)),
        entry("ceiling", "part", "sip", 280, order=(4, 400)),
    ]
    assert [(c.counts, c.reason) for c in work(lines)] == [("no", "undetermined-inside"), ("ceiling", "ceiling")]


def test_what_may_lie_inside_a_counted_whole_adds_to_the_upper_bound_alone() -> None:
    centre = entry("aip", "whole", "aip", 325, may_be_in=frozenset({"riken"}))
    assert bounds(centre, entry("grant", "whole", "riken", 5350)) == (5350, 5675)
    assert bounds(centre) == (325, 325)
    assert bounds(centre, entry("portion", "part", "riken", 5350)) == (325, 5675)


def test_rounding_is_kept_apart() -> None:
    interval = total(
        work(
            [
                entry("a", "whole", "a", 32 * OKU, rounding_unit=OKU),
                entry("bb", "part", "b", 94 * OKU, rounding_unit=OKU),
            ]
        )
    )
    assert (interval.rounding_lower, interval.rounding_upper) == (OKU // 2, OKU)
    assert (interval.lower, interval.upper) == (32 * OKU, 126 * OKU)


def test_the_rounding_of_a_part_does_not_move_the_ceiling_of_its_whole() -> None:
    known = entry("known", "whole", "sip-inspired", 8 * OKU, included_in=frozenset({"sip"}), rounding_unit=OKU)
    portion = entry("portion", "part", "sip", 280 * OKU, rounding_unit=OKU)
    interval = total(work([known, portion]))
    assert (interval.rounding_lower, interval.rounding_upper) == (OKU // 2, OKU // 2)


def test_nothing_adds_up_to_nothing() -> None:
    assert bounds() == (0, 0)


# A small world: two roots, each with up to two children that lie inside it, side by side.
SIZES = {"a": 6, "a1": 2, "a2": 3, "b": 4, "b1": 4, "c": 3, "d": 1}
PARENT = {"a1": "a", "a2": "a", "b1": "b"}
PERHAPS = {"d": ("a", frozenset(["a5"]))}  # "d" may be the last yen of "a", or one of its own
YEN = {
    "a": frozenset(["a0", "a1", "a2", "a3", "a4", "a5"]),
    "a1": frozenset(["a0", "a1"]),
    "a2": frozenset(["a2", "a3", "a4"]),
    "b": frozenset(["b0", "b1", "b2", "b3"]),
    "b1": frozenset(["b0", "b1", "b2", "b3"]),
    "c": frozenset(["c0", "c1", "c2"]),
    "d": frozenset(["d0"]),
}

listings = st.lists(
    st.tuples(
        st.sampled_from(sorted(SIZES)),
        st.sampled_from(["whole", "part", "undetermined", "unbounded"]),
        st.integers(0, 9),
    ),
    max_size=7,
)


def entries_of(drawn: list[tuple[str, str, int]]) -> list[Entry]:
    return [
        Entry(
            listed_amount=f"l{i}",
            order=(4, line),
            status={"whole": "exact", "part": "ceiling", "unbounded": "under-consideration"}.get(kind, kind),
            share="whole" if kind == "whole" else "part",
            appropriation=None if kind == "unbounded" else name,
            amount=None if kind == "unbounded" else SIZES[name],
            may_be_in=frozenset({PERHAPS[name][0]}) if name in PERHAPS else frozenset(),
            included_in=frozenset({PARENT[name]}) if name in PARENT else frozenset(),
        )
        for i, (name, kind, line) in enumerate(drawn)
    ]


def subsets(yen: frozenset[str]) -> list[frozenset[str]]:
    items = sorted(yen)
    return [
        frozenset(x for x, keep in zip(items, choice, strict=True) if keep)
        for choice in product((0, 1), repeat=len(items))
    ]


def enumerated(drawn: list[tuple[str, str, int]]) -> tuple[int, int]:
    """The least and the most yen over every possible choice of every unknown part."""
    sizes: set[int] = set()
    for inside in (True, False):
        reachable = {frozenset[str]()}
        for name, kind, _ in drawn:
            if kind == "unbounded":
                continue
            yen = PERHAPS[name][1] if inside and name in PERHAPS else YEN[name]
            choices = [yen] if kind == "whole" else subsets(yen)
            reachable = {r | c for r in reachable for c in choices}
        sizes |= set(map(len, reachable))
    return min(sizes), max(sizes)


@given(listings)
def test_the_interval_is_what_enumeration_gives(drawn: list[tuple[str, str, int]]) -> None:
    interval = total(work(entries_of(drawn)))
    assert (interval.lower, interval.known) == enumerated(drawn)
    assert (interval.upper is None) == any(kind == "unbounded" for _, kind, _ in drawn)


@given(listings)
def test_the_columns_add_up(drawn: list[tuple[str, str, int]]) -> None:
    working = work(entries_of(drawn))
    interval = total(working)
    assert sum(c.lower for c in working) == interval.lower
    assert sum(c.upper or 0 for c in working) == interval.known
    assert [c.entry.listed_amount for c in working] == [f"l{i}" for i in range(len(drawn))]
    assert all(c.lower == 0 for c in working if c.counts != "full")


@given(listings, st.randoms())
def test_the_order_of_lines_does_not_change_the_sum(drawn: list[tuple[str, str, int]], random: object) -> None:
    entries = entries_of(drawn)
    shuffled = entries[:]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert total(work(shuffled)) == total(work(entries))


@given(listings)
def test_repeating_every_line_does_not_change_the_sum(drawn: list[tuple[str, str, int]]) -> None:
    known = [d for d in drawn if d[1] != "unbounded"]
    once, twice = total(work(entries_of(known))), total(work(entries_of(known + known)))
    assert (once.lower, once.upper) == (twice.lower, twice.upper)


def test_money_in_words() -> None:
    assert oku(0) == "0億円"
    assert billions(135_000_000) == "¥0.135 bn"
    exact = Interval(32 * OKU, 32 * OKU, 32 * OKU, 0, 0, 0)
    assert (say(exact, "en"), say(exact, "ja")) == ("exactly ¥3.2 bn (32億円)", "32億円")
    assert say(Interval(0, 5 * OKU, 5 * OKU, 0, 0, 0), "en") == "at most ¥0.5 bn (5億円)"
    assert say(Interval(0, 0, 0, 0, 0, 0), "en") == "nothing"
    assert say(Interval(0, None, 0, 0, 0, 2, (UNDECIDED,)), "en") == "no amount is certain; 2 amounts undetermined"
    open_ends = (UNDECIDED, "under-consideration")
    assert say(Interval(OKU, None, OKU, 0, 0, 2, open_ends), "en") == (
        "exactly ¥0.1 bn (1億円), plus 2 amounts undetermined or under consideration"
    )
    assert say(Interval(OKU, None, 2 * OKU, 0, 0, 1, open_ends[1:]), "ja") == "1億円以上2億円以下のほか検討中1件"


@given(st.integers(-(10**16), 10**16))
def test_an_amount_in_oku_is_the_same_amount(yen: int) -> None:
    assert in_oku(f"total: {billions(yen)}; done") == f"total: {oku(yen)}; done"
