"""The codes against a second, independent keying: domains, purposes, evidence, accounts, disagreements.

Nothing in the graph contradicts a wrong code. The second keying was made from the text and from the definitions of
the codes; every row of the facts that carries the code must be keyed, so that a new one asks for a second reading.
"""

from __future__ import annotations

import re
from collections import Counter

from tests.keying.keying import COMMON, FACTS, Row, by_id, forms, institutions, label, lines_of, second, squeeze, table

DOMAINS = {
    "量子技術": "quantum-technology",
    "主要技術領域": "quantum-principal",
    "量子コンピュータ・量子シミュレーション": "quantum-computing",
    "量子計測・センシング": "quantum-sensing",
    "量子通信・暗号": "quantum-cryptography",
    "量子マテリアル": "quantum-materials",
    "量子融合イノベーション領域": "quantum-fusion",
    "量子AI": "quantum-ai",
    "量子生命": "quantum-life",
    "量子セキュリティ": "quantum-security",
    "量子inspired・準量子技術": "quantum-inspired",
    "基礎基盤的な研究": "quantum-basic",
    "AI技術": "ai",
    "バイオテクノロジー": "biotechnology",
    "環境エネルギー": "environment-energy",
    "安全・安心": "safety-security",
    "農業": "agriculture",
    "宇宙": "space",
    "海洋": "ocean",
}
TABLES = {"part": "StrategyPart", "panel": "Panel", "line": "Listing", "hub": "Hub", "theme": "Theme", "measure": "Measure"}  # fmt: skip
MARKS = {"文": "mext", "経": "meti", "内": "cabinet-office", "厚": "mhlw", "農": "maff", "国": "mlit", "総": "mic"}
FUNCTIONS = {"administrator": "hasAdministrator", "implementer": "hasImplementer", "host": "hasHost", "recipient": "hasRecipient"}  # fmt: skip


def named(row: Row, rows: list[Row]) -> Row:
    """The one fact that has the name of a row of the second keying and stands on its lines."""
    name = squeeze(row["name_ja"])
    (found,) = (r for r in rows if name in forms(r) and lines_of(row) <= lines_of(r))
    return found


def subjects(row: Row) -> set[str]:
    """The ids under which the facts may give a domain to what a row of the second keying names."""
    rows = table(FACTS, TABLES[row["kind"]])
    if row["kind"] in ("line", "theme", "measure"):
        (id_,) = (r["id"] for r in rows if row["page"] in r["page"] and lines_of(r) == lines_of(row))
        return {id_}
    if row["kind"] == "hub":
        (hub,) = (r for r in rows if label(r).startswith(squeeze(row["name_ja"])) and lines_of(row) <= lines_of(r))
        return {hub["id"]} | {r["id"] for r in table(FACTS, "Listing") if r["isForHub"] == hub["id"]}
    return {named(row, rows)["id"]}


def test_every_domain_was_given_alike_twice() -> None:
    facts = table(FACTS, "DomainAttribution")
    used: list[str] = []
    for row in second("domains", *TABLES):
        about = subjects(row)
        found = [
            r for r in facts if r["isAttributionOf"] in about and r["attributesDomain"] == DOMAINS[row["domain_ja"]]
        ]
        assert [(r["hasExtent"], r["hasEvidence"]) for r in found] == [(row["extent"], row["evidence"])], row
        used.append(found[0]["id"])
    assert len(used) == 68
    assert sorted(used) == sorted(r["id"] for r in facts)


def test_the_topic_of_every_strategy_was_keyed_alike_twice() -> None:
    rows = second("domains", "strategy")
    topics = {r["id"]: r["hasTopic"] for r in table(FACTS, "Strategy") if r["hasTopic"]}
    assert topics == {named(r, table(FACTS, "Strategy"))["id"]: DOMAINS[r["domain_ja"]] for r in rows}


def test_what_may_lie_inside_another_and_what_names_a_part_was_keyed_alike_twice() -> None:
    """Page 7, line 671: AIP belongs to RIKEN, whose grant page 4 prints. Page 4, lines 295 and 399: a part of SIP."""
    appropriations = table(FACTS, "Appropriation")
    perhaps = {(r["id"], r["mayBeIncludedIn"]) for r in appropriations if r["mayBeIncludedIn"]}
    assert perhaps == {(f"aip-centre-{y}-initial", f"riken-operating-grant-{y}-initial") for y in (2019, 2020)}
    named = {(r["lines"], r["namesPart"]) for r in table(FACTS, "Listing") if r["namesPart"]}
    assert named == {("294-295", "sip-photonics-quantum"), ("399-400", "sip-photonics-quantum")}
    titles = {(r["id"], r["isTitleOf"]) for r in table(FACTS, "Strategy") if r["isTitleOf"]}
    assert titles == {("quantum-strategy", "page-4"), ("ai-strategy-2019", "page-7")}


def test_every_purpose_was_keyed_alike_twice() -> None:
    facts = table(FACTS, "FundedItem")
    used: list[str] = []
    for row in second("purposes"):
        item = named(row, facts)
        assert set(item["hasPurpose"].split("|")) == set(row["purposes"].split("|")), row
        assert item["hasEvidence"] == "stated", row  # the second keying has only what the document prints by name
        used.append(item["id"])
    assert len(used) == 39
    assert sorted(used) == sorted(r["id"] for r in facts)


def test_the_evidence_of_every_strategy_hub_and_open_reading_was_keyed_alike_twice() -> None:
    rows = [r for r in second("evidence") if r["table"] != "Role"]
    assert Counter(r["table"] for r in rows) == {"Strategy": 9, "Hub": 10, "OpenReading": 31}
    for name in ("Strategy", "Hub", "OpenReading"):
        facts = table(FACTS, name)
        keyed = [r for r in rows if r["table"] == name]
        used = []
        for row in keyed:
            wanted = squeeze(row["name_ja"])
            (fact,) = (
                r
                for r in facts
                if (wanted in forms(r) or label(r) == wanted + "の拠点") and lines_of(row) <= lines_of(r)
            )
            assert fact["hasEvidence"] == row["evidence"], row
            used.append(fact["id"])
        assert sorted(used) == sorted(r["id"] for r in facts), name


def test_the_evidence_of_every_role_was_keyed_alike_twice() -> None:
    who = institutions()
    things = by_id("FundedItem", "Hub", "Listing")
    roles = table(FACTS, "Role")
    rows = [r for r in second("evidence") if r["table"] == "Role"]
    used: list[str] = []
    for row in rows:
        column, name = FUNCTIONS[row["function"]], squeeze(row["name_ja"])
        found = [
            r
            for r in roles
            if r[column]
            and (
                r[column] == MARKS[row["who_ja"]]
                if row["who_ja"] in MARKS
                else squeeze(row["who_ja"]) in forms(who[r[column]])
            )
            and any(name in form for form in forms(things[r["isRoleIn"]]))
            and lines_of(row) <= lines_of(r)
        ]
        assert [r["hasEvidence"] for r in found] == [row["evidence"]], row
        used.append(found[0]["id"])
    assert len(used) == 40
    assert sorted(used) == sorted(r["id"] for r in roles)


def test_what_another_source_says_is_background_and_nothing_else_is() -> None:
    names = sorted(path.stem for path in COMMON.glob("*.csv"))
    assert {"Disagreement", "Document", "DomainAttribution", "FundedItem", "Institution", "Role", "Strategy"} <= set(
        names
    )
    for name in names:
        rows = table(COMMON, name)
        assert {r["hasEvidence"] for r in rows} == {"background"}, name
        if name != "Institution":  # an institution may have no more than the name that the document prints
            assert [r["id"] for r in rows if not (r["dcterms:source"] or r["skos:note@en"])] == [], name
    for path in sorted(FACTS.glob("*.csv")):
        assert "background" not in {r.get("hasEvidence") for r in table(FACTS, path.stem)}, path.stem


def test_what_the_printed_changes_are_changes_of_was_keyed_alike_twice() -> None:
    names = {"all": {"計"}} | {id_: forms(r) for id_, r in institutions().items()}
    facts = table(FACTS, "ChangeObservation")
    rows = second("changes")
    assert len(rows) == len(facts) == 22
    for row in rows:
        (fact,) = (r for r in facts if row["page"] == r["page"] and r["lines"] == row["lines"])
        assert (fact["hasAccount"], fact["hasCostCategory"]) == (row["account"], row["cost_category"]), row
        if row["page"] == "3":
            assert squeeze(row["name_ja"]) in names[fact["hasJurisdiction"]], row
        else:
            assert fact["hasJurisdiction"] == "all", row


def numbers(text: str) -> list[str]:
    """The numbers that a text prints, in order."""
    return re.findall(r"\d+(?:\.\d+)?", text)


def test_every_disagreement_was_keyed_alike_twice() -> None:
    facts = {
        r["dcterms:source"].removeprefix("https://").removeprefix("www."): r for r in table(COMMON, "Disagreement")
    }
    rows = second("disagreements")
    assert len(rows) == len(table(COMMON, "Disagreement")) == 3
    assert set(facts) == {r["url"] for r in rows}
    printed = by_id("ListedAmount", "PrintedTotal")
    for row in rows:
        fact = facts[row["url"]]
        assert numbers(fact["documentValue"]) == row["document_values"].split("|"), row
        assert numbers(fact["otherValue"]) == row["other_values"].split("|"), row
        concerned = [printed[id_] for id_ in fact["concerns"].split("|") if id_ in printed]
        if concerned:
            assert frozenset().union(*map(lines_of, concerned)) == lines_of(row), row
        else:
            assert fact["concerns"] == DOMAINS["主要技術領域"], row
