"""Page 4 against a second, independent keying: headings, hubs, investments, institutions, icons, notes."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from kg.tables.cells import parse_yen
from tests.keying.keying import (
    COMMON,
    FACTS,
    Row,
    by_id,
    forms,
    institutions,
    label,
    lines_of,
    on,
    second,
    squeeze,
    table,
)

CURRENCIES = {"ドル": "USD", "ユーロ": "EUR", "元": "CNY"}
FUNCTIONS = ("hasImplementer", "hasHost", "hasRecipient")
PHASES = {"当初": "initial", "補正": "supplementary", "none printed": "none printed"}
KINDS = {"オープンプラットフォーム型": "open-platform", "機関内センター型": "in-house-centre", "機関独立運営型": "independent"}  # fmt: skip
ICONS = {
    "量子ＡＩ": ("quantum-ai",),
    "全て対象": ("quantum-fusion", "quantum-principal"),
    "量子ｾｷｭ": ("quantum-security",),
    "量子情報": ("quantum-computing",),
    "量子生命": ("quantum-life",),
    "量子マテ": ("quantum-materials",),
    "量子ｾﾝｻ": ("quantum-sensing",),
    "量子暗号": ("quantum-cryptography",),
}
# Icons printed among the panels' own, by the panels' lines; the last four of the page stand after all panels.
STRETCHES = {"p4-fusion": (305, 327), "p4-hubs": (356, 378), "p4-principal": (415, 455)}
PANELS = {"p4-talent": "p4-fusion", "p4-inspired": "p4-fusion", "p4-basic": "p4-fusion", "p4-hubs-open": "p4-hubs", "p4-hubs-in-house": "p4-hubs", "p4-priority": "p4-principal", "p4-foundation": "p4-principal"}  # fmt: skip


def bare(name: str) -> str:
    """A heading without its mark or number."""
    return squeeze(name.lstrip("◆①②③④⑤"))


def first_chain(id_: str) -> set[str]:
    """The headings above a thing of the facts, itself included, by name."""
    rows = by_id("Panel", "StrategyPart", "Strategy")
    names: set[str] = set()
    while id_ in rows:
        names |= {bare(form) for form in forms(rows[id_])}
        id_ = rows[id_].get("isPanelOf") or rows[id_].get("isPartOf", "")
    return names


def second_chain(name: str) -> set[str]:
    """The headings above and with a heading of the second keying, by name."""
    above = {r["name_ja"]: r["under_ja"] for r in second("page4", "strategy", "panel", "subpanel")}
    above |= {bare(k): v for k, v in above.items()}
    names: set[str] = set()
    while name:
        names.add(bare(name))
        name = above.get(name, "")
    return names


def test_every_heading_of_page_4_was_keyed_alike_twice() -> None:
    panels = {(lines_of(r), bare(r["printedForm"] or label(r))) for r in table(FACTS, "Panel") if lines_of(r, "4")}
    rows = second("page4", "panel", "subpanel")
    assert len(rows) == 5 + 4
    assert {(lines_of(r), bare(r["name_ja"])) for r in rows} == {p for p in panels if p[1] != "人材戦略"}
    for row in rows:
        panel = next(r for r in table(FACTS, "Panel") if lines_of(r) == lines_of(row))
        assert second_chain(row["name_ja"]) <= first_chain(panel["id"]), row
    parts = {
        (n, squeeze(form))
        for r in table(FACTS, "StrategyPart")
        if r["isPartOf"] == "quantum-strategy"
        for n in lines_of(r, "4")
        for form in r["printedForm"].split("|")
    }
    assert parts == {(n, squeeze(r["name_ja"])) for r in second("page4", "strategy") for n in lines_of(r)}


def test_every_line_of_page_4_stands_under_the_same_headings_twice() -> None:
    listings = on(table(FACTS, "Listing"), "4")
    rows = second("page4", "line")
    assert len(rows) == len(listings) == 26
    assert Counter(map(lines_of, listings)) == Counter(map(lines_of, rows))
    for row in rows:
        listing = next(r for r in listings if lines_of(r) == lines_of(row))
        assert second_chain(row["under_ja"]) <= first_chain(listing["isListedUnder"]), row
        assert ("grant-total" in listing["hasFlag"].split("|")) == (row["star"] == "1"), row


def test_every_measure_of_page_4_belongs_to_the_same_strategy_twice() -> None:
    five = {bare(r["name_ja"]) for r in second("page4", "strategy")}
    measures = on(table(FACTS, "Measure"), "4")
    first = {lines_of(r, "4"): first_chain(r["isPartOf"]) & five for r in measures}
    rows = second("page4", "measure")
    assert len(rows) == len(measures) == 11
    assert first == {lines_of(r): second_chain(r["under_ja"]) & five for r in rows}
    carried_out = [(lines_of(r), r["isCarriedOutBy"]) for r in measures if r["isCarriedOutBy"]]
    assert carried_out == [(lines_of(r), "mext") for r in rows if r["name_ja"].startswith("文部科学省は")]


def test_every_hub_of_page_4_was_keyed_alike_twice() -> None:
    who = institutions()
    hosts = {r["isRoleIn"]: who[r["hasHost"]] for r in table(FACTS, "Role") if r["hasHost"]}
    rows = second("hubs")
    keyed: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        keyed.setdefault((row["kind_ja"], row["hub_ja"]), []).append(row)
    hubs = on(table(FACTS, "Hub"), "4")
    assert len(hubs) == len(keyed) == 6
    for (kind, name), lines in keyed.items():
        hub = next(r for r in hubs if (name and squeeze(name) == label(r)) or (not name and label(r).startswith(kind)))
        assert lines_of(hub) == {int(lines[0]["kind_line"])}.union(*map(lines_of, lines)), name
        assert hub["hasHubKind"] == KINDS[kind]
        assert hub["hasHubStatus"] == ("funded" if lines[0]["amount_oku"] else "planned")
        (host,) = {r["host_ja"] for r in lines}
        assert (host in forms(hosts[hub["id"]])) if host else (hub["id"] not in hosts), name


def test_the_money_of_every_hub_was_keyed_alike_twice() -> None:
    listings = {r["id"]: r for r in table(FACTS, "Listing") if r["isForHub"]}
    undated = {r["id"]: r for r in table(FACTS, "OpenReading")}["open-co-creation-year"]["concerns"].split("|")
    first = Counter(
        (
            lines_of(listings[r["isAmountIn"]]),
            Decimal(parse_yen(r["printedAmount"].split("億円")[0] + "億円")) / 10**8,
            *(("none printed", "none printed") if r["id"] in undated else (r["fiscalYear"], r["hasPhase"])),
            r["hasAmountStatus"] == "ceiling",
        )
        for r in table(FACTS, "ListedAmount")
        if r["isAmountIn"] in listings
    )
    rows = [r for r in second("hubs") if r["amount_oku"]]
    assert len(rows) == 12
    assert first == Counter(
        (lines_of(r), Decimal(r["amount_oku"]), r["fiscal_year"], PHASES[r["phase"]], r["ceiling"] == "1") for r in rows
    )
    hubs = by_id("Hub")
    for row in rows:
        (listing,) = {id_ for id_, r in listings.items() if lines_of(r) == lines_of(row)}
        hub = hubs[listings[listing]["isForHub"]]
        assert squeeze(row["hub_ja"] or row["kind_ja"]) in label(hub), row


def test_every_investment_abroad_was_keyed_alike_twice() -> None:
    who = institutions()
    first = {
        (
            lines_of(r),
            label(who[r["isInvestedBy"]]),
            *(r[c] for c in ("foreignAmount", "hasCurrency", "startYear", "endYear", "yearCount")),
            parse_yen(r["yenEquivalent"]),
            *(("最大" in r["printedAmount"], r["printedAmount"].startswith("約"), "（約" in r["printedAmount"])),
        )
        for r in table(FACTS, "ForeignInvestment")
    }
    rows = second("investments")
    assert len(rows) == 3
    assert first == {
        (
            lines_of(r), r["who_ja"], r["amount"], CURRENCIES[r["currency_ja"]], r["from"], r["until"], r["duration"].rstrip("年間"),
            parse_yen(r["yen_oku"] + "億円"), r["at_most"] == "1", r["about"] == "1", r["yen_about"] == "1",
        )
        for r in rows
    }  # fmt: skip


def test_the_institutions_printed_in_a_line_of_page_4_are_those_of_its_roles() -> None:
    who = institutions()
    listings = on(table(FACTS, "Listing"), "4")
    stated = [r for r in table(FACTS, "Role") if r["hasEvidence"] == "stated"]
    found = 0
    for row in second("page4", "line"):
        listing = next(r for r in listings if lines_of(r) == lines_of(row))
        things = {listing["id"], listing["isListingOf"], listing["isForHub"]}
        roles = [(r[c], r) for r in stated if r["isRoleIn"] in things for c in FUNCTIONS if r[c]]
        printed = squeeze(row["name_ja"])
        named = {id_ for id_, r in who.items() if any(len(name) > 1 and name in printed for name in forms(r))}
        assert {id_ for id_, _ in roles} == named, row
        assert {id_ for id_, role in roles if lines_of(role) & lines_of(listing)} == named, row
        found += len(named)
    assert found > 15


def test_page_4_names_no_ministry_beside_a_line() -> None:
    administered = [r for r in table(FACTS, "Role") if r["hasAdministrator"]]
    assert administered
    assert [r["id"] for r in administered if lines_of(r, "4")] == []
    assert {r["hasEvidence"] for r in table(COMMON, "Role")} == {"background"}


def test_every_icon_of_page_4_was_keyed_alike_twice() -> None:
    readings = by_id("OpenReading")
    icons = second("icons")
    assert len(icons) == 34
    everywhere: frozenset[int] = frozenset().union(*map(lines_of, icons))
    assert lines_of(readings["open-icons"]) == everywhere
    information: frozenset[int] = frozenset().union(*(lines_of(r) for r in icons if r["icon_ja"] == "量子情報"))
    assert lines_of(readings["open-quantum-information"]) == information


def test_the_domains_of_each_panel_are_as_many_as_its_icons() -> None:
    listings, hubs = by_id("Listing"), {r["id"]: {li["isListedUnder"] for li in table(FACTS, "Listing") if li["isForHub"] == r["id"]} for r in table(FACTS, "Hub")}  # fmt: skip
    first: dict[str, Counter[str]] = {name: Counter() for name in STRETCHES}
    for row in on(table(FACTS, "DomainAttribution"), "4"):
        about = row["isAttributionOf"]
        by_name_only = row["id"] == "attr-global-qkd"  # the programme's name says cryptography, its icon security
        panels = {listings[about]["isListedUnder"]} if about in listings else hubs.get(about, set())
        for panel in panels if not by_name_only else ():
            first[PANELS.get(panel, panel)][row["attributesDomain"]] += 1
    for name, (start, end) in STRETCHES.items():
        icons = [r for r in second("icons") if start <= min(lines_of(r)) <= end]
        assert first[name] == Counter(domain for r in icons for domain in ICONS[r["icon_ja"]]), name
    after: list[Row] = [r for r in second("icons") if min(lines_of(r)) > 455]
    assert Counter(r["icon_ja"] for r in after) == {"量子生命": 1, "量子ｾｷｭ": 2, "量子情報": 1}


def test_every_note_of_page_4_was_keyed_alike_twice() -> None:
    notes = on(table(FACTS, "Note"), "4")
    assert {(lines_of(r), r["printedNumber"]) for r in notes} == {(lines_of(r), r["mark"]) for r in second("notes")}
    assert len(notes) == 8
    for row in second("notes"):
        if row["note_ja"].startswith("｢"):  # the facts give this one in other words
            continue
        note = next(r for r in notes if lines_of(r) == lines_of(row))
        assert label(note).startswith(squeeze(row["note_ja"])), row
