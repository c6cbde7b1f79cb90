"""Sums worked out by hand from the printed pages, and questions about the same money that must agree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest

from kg import terms
from kg.funding.network import make_network
from kg.funding.scope import Scope
from kg.money.interval import Interval
from kg.questions.answer import Answer
from kg.questions.catalogue import load_question
from kg.questions.run import run
from kg.rdf.nodes import Row, value
from kg.stores.embedded import EmbeddedStore

OKU = 100_000_000
# what is asked; the least and the most in 億円, worked out from the lines of pages 4 and 7
WORKED: list[tuple[dict[str, str], float, float]] = [
    # page 4, line 344: 2億円 for a hub of life science (stated) and sensing (placed) is no certain money for sensing
    ({"domain": "quantum-sensing", "fiscalYear": "2020"}, 0, 1700),
    ({"domain": "quantum-sensing", "fiscalYear": "2019", "phase": "initial"}, 0, 1667),
    # Q-LEAP, QKD network, optoelectronics, satellite, NIMS: 32 + 14 + 18 + 3 + 2
    ({"domain": "quantum-principal", "fiscalYear": "2020"}, 69, 2111.2),
    # Q-LEAP, optoelectronics, a part of SIP, satellite: 22 + 17 + 8 + 4
    ({"domain": "quantum-principal", "fiscalYear": "2019", "phase": "initial"}, 51, 2052.9),
    # line 295 is undetermined, but a part of the 280 of SIP
    ({"programme": "sip", "fiscalYear": "2020"}, 0, 280),
    ({"ministry": "cabinet-office", "fiscalYear": "2020"}, 0, 280),
    ({"domain": "quantum-inspired", "fiscalYear": "2020"}, 0, 374.2),
    ({"domain": "quantum-computing", "fiscalYear": "2020"}, 18, 2013.2),
    # line 402, Moonshot, has neither year nor phase: in no year's sum
    ({"part": "quantum-strategy", "fiscalYear": "2019", "phase": "supplementary"}, 112, 162),
    ({"part": "quantum-strategy", "fiscalYear": "2019", "phase": "initial"}, 53, 2339.9),
    ({"part": "quantum-strategy", "fiscalYear": "2020"}, 91, 2406.2),
    # lines 340, 347 and 485: the whole operating grant; page 7, line 671: AIP's 32.5 may lie inside RIKEN's
    ({"institution": "aist", "fiscalYear": "2020"}, 616, 616),
    ({"institution": "riken", "fiscalYear": "2020"}, 535, 567.5),
    ({"institution": "nict", "fiscalYear": "2020"}, 279, 282),
    ({"institution": "nict", "fiscalYear": "2020", "evidence": "stated"}, 279, 279),
    # quantum security, by the words of the document and with its layout; the hub of NICT, 35 + 44
    ({"domain": "quantum-security", "fiscalYear": "2020", "evidence": "stated"}, 0, 279),
    ({"domain": "quantum-security", "fiscalYear": "2020"}, 14, 345),
    ({"domain": "quantum-security", "fiscalYear": "2019", "phase": "supplementary"}, 79, 79),
    ({"domain": "quantum-security", "fiscalYear": "2019", "phase": "supplementary", "evidence": "stated"}, 79, 79),
    # the lines that name AI: 6.2 + 2.0 + 3.0, and AIP by background; no GIGA School among the supplementary ones
    ({"domain": "ai", "fiscalYear": "2020", "evidence": "stated"}, 11.2, 186.9),
    ({"domain": "ai", "fiscalYear": "2020"}, 43.7, 219.4),
    ({"domain": "ai", "fiscalYear": "2019", "phase": "supplementary"}, 7, 7),
    ({"part": "ai-strategy-2019", "fiscalYear": "2019", "phase": "supplementary"}, 2398.5, 2398.5),
]


def ask(name: str, store: EmbeddedStore, **given: str) -> Answer:
    return run(load_question(name), given, store)


def bounds(answer: Answer) -> tuple[int, int | None]:
    assert answer.total is not None
    return answer.total.lower, answer.total.upper


@pytest.mark.parametrize(
    ("given", "least", "most"), WORKED, ids=lambda v: "-".join(v.values()) if isinstance(v, dict) else ""
)
def test_a_sum_is_what_was_worked_out_by_hand(
    given: dict[str, str], least: float, most: float, store: EmbeddedStore
) -> None:
    assert bounds(ask("funding", store, **given)) == (round(least * OKU), round(most * OKU))


def test_what_nothing_bounds_is_open_in_no_year(store: EmbeddedStore) -> None:
    moonshot = ask("funding", store, programme="moonshot", fiscalYear="any")
    assert moonshot.total is not None
    assert (moonshot.total.upper, moonshot.total.open_statuses) == (None, ("under-consideration",))
    assert "under consideration" in moonshot.sentence["en"]
    assert "検討中" in moonshot.sentence["ja"]
    assert "undetermined" not in moonshot.sentence["en"]
    for year in ("2019", "2020"):
        assert not ask("funding", store, programme="moonshot", fiscalYear=year).rows


# --- the same money asked in several ways ---------------------------------------------------------------------------


def periods(store: EmbeddedStore) -> list[tuple[str, str]]:
    rows = ask("amounts-by-phase", store)
    return sorted({(value(row, "fiscalYear"), terms.local_name(value(row, "phase"))) for row in rows})


def targets(store: EmbeddedStore, dimension: str) -> list[str]:
    return sorted({value(row, "thing") for row in ask("funding-links", store) if value(row, "dimension") == dimension})


def pattern_bounds(store: EmbeddedStore, link: str, target: str, year: str, phase: str) -> tuple[int, int]:
    """The sums by the pattern that the scope note of is:FundingLink gives: distinct appropriations, whole or all."""
    query = f"""PREFIX is: <{terms.IS}> PREFIX share: <{terms.ID}share/>
        SELECT ?appropriation ?yen (MAX(?whole) AS ?isWhole) WHERE {{
          ?link is:{link} <{target}> ; is:drawsOn ?appropriation ; is:hasShare ?share .
          ?appropriation is:amount ?yen ; is:fiscalYear {year} ; is:hasPhase <{terms.ID}phase/{phase}> .
          BIND(IF(?share = share:whole, 1, 0) AS ?whole)
        }} GROUP BY ?appropriation ?yen"""
    found = [tuple(getattr(term, "value", "") for term in row) for row in store.select(query).rows]
    around = {(a, c) for a, c in pairs(store, "isIncludedIn")}
    perhaps = {(a, c) for a, c in pairs(store, "mayBeIncludedIn")}
    there = {appropriation for appropriation, _, _ in found}
    wholes = {appropriation for appropriation, _, whole in found if whole == "1"}
    least = {a for a in wholes if not any((a, c) in around | perhaps for c in wholes)}
    most = {a for a in there if not any((a, c) in around for c in there)}
    yen_of = {appropriation: int(yen) for appropriation, yen, _ in found}
    return sum(map(yen_of.__getitem__, least)), sum(map(yen_of.__getitem__, most))


def pairs(store: EmbeddedStore, relation: str) -> Iterator[tuple[str, str]]:
    for one, other in store.select(f"SELECT ?a ?c WHERE {{ ?a <{terms.IS}{relation}> ?c }}").rows:
        yield getattr(one, "value", ""), getattr(other, "value", "")


DIMENSIONS = {"domain": "linksToDomain", "ministry": "linksToMinistry", "programme": "linksToProgramme"}


@pytest.mark.slow("asks for every target in every year and phase")
@pytest.mark.parametrize("dimension", ["domain", "institution", "ministry", "programme", "part"])
def test_every_question_about_the_same_money_gives_the_same_sum(dimension: str, store: EmbeddedStore) -> None:
    compare(store, dimension, targets(store, dimension), periods(store))


@pytest.mark.parametrize(
    ("dimension", "target"),
    [("domain", "domain/quantum-sensing"), ("institution", "institution/nict"), ("ministry", "institution/mext")],
)
def test_questions_about_the_same_money_give_the_same_sum(dimension: str, target: str, store: EmbeddedStore) -> None:
    compare(store, dimension, [terms.ID + target], periods(store)[-1:])


def compare(store: EmbeddedStore, dimension: str, wanted: Iterable[str], when: Iterable[tuple[str, str]]) -> None:
    for year, phase in when:
        network = make_network(store, Scope(fiscal_year=year, phase=phase))
        listed = {value(row, "thing") for row in links(store, dimension, year, phase)}
        for target in wanted:
            given = {dimension: target, "fiscalYear": year, "phase": phase}
            asked = ask("funding", store, **given)
            said = asked.total
            assert said is not None
            assert bool(asked.rows) == (target in listed), given
            if dimension == "domain":
                assert bounds(ask("programmes-funding-domain", store, **given)) == (said.lower, said.upper), given
            if dimension in DIMENSIONS and said.upper is not None:
                pattern = pattern_bounds(store, DIMENSIONS[dimension], target, year, phase)
                assert pattern == (said.lower, said.upper), given
            if target in network and network.nodes[target]["kind"] == dimension:
                node = network.nodes[target]
                assert (node["lower"], node.get("upper")) == (said.lower, said.upper), given
            grouped = {"ministry": "funding-by-ministry", "programme": "funding-by-programme"}.get(dimension)
            if grouped and asked.rows:
                assert group_bounds(ask(grouped, store, fiscalYear=year, phase=phase), target) == (
                    said.lower,
                    said.upper,
                ), given


def links(store: EmbeddedStore, dimension: str, year: str, phase: str) -> Iterator[Row]:
    dated = {value(row, "listedAmount") for row in ask_rows(store, year, phase)}
    for row in ask("funding-links", store):
        if value(row, "dimension") == dimension and value(row, "listedAmount") in dated:
            yield row


def ask_rows(store: EmbeddedStore, year: str, phase: str) -> list[Row]:
    working = ask("funding", store, fiscalYear=year, phase=phase).working
    assert working is not None
    return list(working.rows)


def group_bounds(answer: Answer, target: str) -> tuple[int, int | None]:
    (row,) = [row for row in answer if getattr(next(iter(row.values())), "value", "") == target]
    upper = value(row, "upper")
    return int(value(row, "lower")), int(upper) if upper else None


def test_the_sums_of_a_strategy_agree(store: EmbeddedStore) -> None:
    for row in ask("double-counting", store):
        given = {
            "part": value(row, "strategy"),
            "fiscalYear": value(row, "fiscalYear"),
            "phase": value(row, "phase"),
        }
        said = ask("funding", store, **given).total
        assert isinstance(said, Interval)
        assert (int(value(row, "lower")), int(value(row, "upper"))) == (said.lower, said.known), given
        assert int(value(row, "open")) == said.open_count, given
    for row in ask("printed-totals", store):
        total = next(iter(store.select(TOTAL % value(row, "total")).rows))
        part, year, phase = (getattr(term, "value", "") for term in total)
        said = ask("funding", store, part=part, fiscalYear=year, phase=phase).total
        assert isinstance(said, Interval)
        assert (int(value(row, "lower")), int(value(row, "upper"))) == (said.lower, said.known)
        assert int(value(row, "open")) == said.open_count


TOTAL = f"PREFIX is: <{terms.IS}> SELECT ?p ?y ?f WHERE {{ <%s> is:isTotalOf ?p ; is:fiscalYear ?y ; is:hasPhase ?f }}"


@pytest.mark.slow("asks for every domain")
def test_a_domain_without_exact_money_has_no_lower_bound_and_the_others_have_one(store: EmbeddedStore) -> None:
    for year in ("2019", "2020"):
        without = {value(row, "domain") for row in ask("domains-without-exact-money", store, fiscalYear=year)}
        narrowest = {d for d in targets(store, "domain") if "/quantum-" in d} - {
            terms.ID + f"domain/quantum-{name}" for name in ("technology", "principal", "fusion")
        }
        for domain in narrowest:
            said = ask("funding", store, domain=domain, fiscalYear=year).total
            assert said is not None
            assert (said.lower == 0) == (domain in without), domain


def test_the_grouped_questions_have_the_same_body() -> None:
    def body(name: str) -> list[str]:
        lines = load_question(name).text.splitlines()
        return [line for line in lines if "#+" not in line and not line.startswith("SELECT")]

    own = set(body("funding"))
    for group in ("ministry", "programme", "panel"):
        differing = [line for line in body(f"funding-by-{group}") if line not in own]
        assert len(differing) <= 7, differing


def test_an_answer_says_what_is_stated_and_what_the_layout_adds_and_where_else_money_stands(
    store: EmbeddedStore,
) -> None:
    answer = ask("programmes-funding-domain", store, domain="quantum-security")
    assert answer.sentence["en"] == (
        "4 programmes; stated: at most ¥27.9 bn (279億円), "
        "with what the layout suggests: between ¥1.4 bn and ¥34.5 bn (14–345億円)"
    )
    notes = " | ".join(note["en"] for note in answer.notes)
    assert "FY2019 supplementary budget: exactly ¥7.9 bn (79億円)" in notes
    assert "R&D of quantum cryptography in satellite communications 3億円" in notes
    assert "14億円 R&D for building a global quantum cryptography communication network" in notes
    assert any("detached domain icons" in reading["en"] for reading in answer.readings)


def test_background_does_not_enter_a_sum_without_a_mark(store: EmbeddedStore) -> None:
    answer = ask("funding", store, institution="nict", fiscalYear="2020")
    assert "stated: exactly ¥27.9 bn (279億円), with what other sources say: between" in answer.sentence["en"]
    assert any("(background)" in note["en"] for note in answer.notes)
    rows = {value(row, "programme"): terms.local_name(value(row, "link")) for row in answer}
    assert rows[terms.ID + "programme/satellite-quantum-cryptography"] == "background"
