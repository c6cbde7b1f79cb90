"""Pages 1, 5, 6 and 7 against a second, independent keying: strategies, measures, rankings, sources."""

from __future__ import annotations

from collections import Counter

from tests.keying.keying import FACTS, Row, by_id, forms, institutions, label, lines_of, on, second, squeeze, table

UNITS = {"rank": "位", "share": "%"}


def parent_names(rows: dict[str, Row]) -> dict[str, str]:
    """The name of what each thing of `rows` is part of; a stage of the diagram is named as the pillar it stands for."""
    pillars = {r["relatesHeading"]: r["relatesPillar"] for r in table(FACTS, "Correspondence")}
    parents = rows | by_id("Strategy", "StrategyPart", "Pillar", "DiagramHeading")
    themes = by_id("Theme")
    found = {}
    for id_, row in rows.items():
        parent = row["isPartOf"]
        found[id_] = label(parents[pillars.get(parent, parent) if id_ in themes else parent])
    return found


def test_the_statements_of_page_1_were_keyed_alike_twice() -> None:
    for kind, name in (("trend", "Trend"), ("position", "Position")):
        first = Counter(lines_of(r) for r in on(table(FACTS, name), "1"))
        assert first == Counter(lines_of(r) for r in second("page1", kind)), kind


def test_the_pillars_and_the_stages_of_page_1_were_keyed_alike_twice() -> None:
    strategy = squeeze("統合イノベーション戦略2019")
    boxes = second("page1", "heading")
    pillars = {
        squeeze(r["name_ja"]): lines_of(r).union(*(lines_of(b) for b in boxes if b["under_ja"] == r["name_ja"]))
        for r in second("page1", "pillar")
    }
    assert {label(r): lines_of(r) for r in table(FACTS, "Pillar")} == pillars
    assert [r["printedNumber"] for r in table(FACTS, "Pillar")] == ["①", "②", "③", "④"]
    printed = {squeeze(form) for r in table(FACTS, "Pillar") for form in r["printedForm"].split("|")}
    assert printed == {squeeze(b["name_ja"]) for b in boxes}
    stages = {(lines_of(r), squeeze(r["name_ja"])) for r in second("page1", "stage")}
    assert {(lines_of(r), label(r)) for r in table(FACTS, "DiagramHeading")} == stages
    for name in ("Pillar", "DiagramHeading"):
        assert set(parent_names(by_id(name)).values()) == {strategy}


def test_every_theme_and_measure_of_page_1_was_keyed_alike_twice() -> None:
    rows = by_id("Theme", "Measure")
    parents = parent_names(rows)
    items = second("page1", "theme", "measure", "detail")
    assert len(items) > 60
    first = Counter((lines_of(r, "1"), parents[id_]) for id_, r in rows.items() if lines_of(r, "1"))
    assert first == Counter((lines_of(r), squeeze(r["under_ja"])) for r in items)
    names = {(lines_of(r, "1"), name) for r in on(list(rows.values()), "1") for name in forms(r)}
    assert {(lines_of(r), squeeze(r["name_ja"])) for r in items} - names == set()


def test_every_figure_inside_a_measure_was_keyed_alike_twice() -> None:
    measures = by_id("Measure")
    first = {
        (lines_of(r), squeeze(r["printedValue"]), name)
        for r in table(FACTS, "Figure")
        for name in forms(measures[r["isFigureOf"]])
    }
    rows = second("page1", "figure") + second("page7", "figure")
    assert len(table(FACTS, "Figure")) == len(rows)
    assert {(lines_of(r), squeeze(r["name_ja"]), squeeze(r["under_ja"])) for r in rows} <= first
    assert {r["printedValue"]: r["numericValue"] for r in table(FACTS, "Figure")} == {
        "約100万人/年": "1000000",
        "生徒一人に端末一台": "1",
    }


def test_every_ranking_was_keyed_alike_twice() -> None:
    indicators, documents, who = by_id("Indicator"), by_id("Document"), institutions()
    first = set()
    for row in table(FACTS, "IndicatorValue"):
        about = indicators[row["isValueOf"]]
        period = "-".join(dict.fromkeys((row["periodStart"], row["periodEnd"])))
        unit = UNITS[about["hasIndicatorKind"]]
        assert squeeze(row["printedValue"]) == row["numericValue"] + unit
        names = forms(who[about["isPublishedBy"]]) if about["isPublishedBy"] else {""}
        works = forms(documents[about["isPublishedIn"]]) if about["isPublishedIn"] else {""}
        mean = "1" if "平均" in row["skos:note@ja"] else ""
        first |= {
            (lines_of(row), label(about), name, work, period, row["numericValue"], unit, mean)
            for name in names
            for work in works
        }
    rows = {
        (lines_of(r), *(squeeze(r[c]) for c in ("indicator_ja", "publisher_ja", "publication", "period")), r["value"], r["unit"], r["mean"])
        for r in second("rankings")
    }  # fmt: skip
    assert len(rows) == len(table(FACTS, "IndicatorValue")) == 12
    assert rows - first == set()
    notes = {(r["printedNumber"], n) for r in on(table(FACTS, "Note"), "1") for n in lines_of(r)}
    assert notes == {(r["note"], n) for r in second("rankings") for n in lines_of(r)}


def test_every_strategy_and_part_of_pages_5_and_6_was_keyed_alike_twice() -> None:
    parts = by_id("StrategyPart")
    first = {
        (lines_of(r, "5", "6"), r["printedNumber"].rstrip("．"), label(r), label(parts[r["isPartOf"]]) if r["isPartOf"] in parts else "")
        for r in on(list(parts.values()), "5", "6")
    }  # fmt: skip
    rows = second("pages56", "strategy", "part")
    assert len(rows) == 5 + 11
    assert first == {(lines_of(r), r["number"], squeeze(r["name_ja"]), squeeze(r["under_ja"])) for r in rows}
    tops = {r["isPartOf"] for r in on(list(parts.values()), "5", "6") if r["isPartOf"] not in parts}
    assert tops == {"quantum-strategy"}


def test_every_direction_and_measure_of_pages_5_and_6_was_keyed_alike_twice() -> None:
    parts = by_id("StrategyPart")
    for kind, name, count in (("direction", "Direction", 13), ("measure", "Measure", 14)):
        rows = second("pages56", kind)
        assert len(rows) == count
        first = Counter((lines_of(r, "5", "6"), label(parts[r["isPartOf"]])) for r in on(table(FACTS, name), "5", "6"))
        assert first == Counter((lines_of(r), squeeze(r["under_ja"])) for r in rows), kind


def test_every_domain_and_hub_of_pages_5_and_6_was_keyed_alike_twice() -> None:
    parts = by_id("StrategyPart")
    entries = {
        (lines_of(r), r["printedNumber"], squeeze(r["printedForm"]), label(parts[r["isEntryIn"]]))
        for r in on(table(FACTS, "DomainEntry"), "5")
    }
    rows = second("pages56", "principal domain", "fusion domain")
    assert len(rows) == 4 + 3
    assert entries == {(lines_of(r), r["number"], squeeze(r["name_ja"]), squeeze(r["under_ja"])) for r in rows}
    hubs = {(lines_of(r), label(r).removesuffix("(例)"), r["hasHubStatus"]) for r in on(table(FACTS, "Hub"), "6")}
    examples = second("pages56", "example hub")
    assert hubs == {(lines_of(r), squeeze(r["name_ja"]), "example") for r in examples}
    planned = {
        (lines_of(r, "6"), name) for r in table(FACTS, "Measure") + table(FACTS, "Platform") for name in forms(r)
    }
    for row in second("pages56", "planned hub", "planned council"):
        assert any(lines == lines_of(row) and squeeze(row["name_ja"]) in name for lines, name in planned), row


def test_every_country_of_pages_5_and_6_was_keyed_alike_twice() -> None:
    who = institutions()
    named = {
        (lines_of(r), squeeze(r["printedForm"]))
        for r in on(table(FACTS, "Mention"), "5", "6")
        if who.get(r["isMentionOf"], {}).get("type") == "ForeignGovernment"
    }
    assert named == {(lines_of(r), r["name_ja"]) for r in second("pages56", "country")}


def test_every_heading_and_measure_of_page_7_was_keyed_alike_twice() -> None:
    rows = by_id("StrategyPart", "Theme", "Measure")
    parents = parent_names(rows)
    first = {(lines_of(r), label(r), parents[id_]) for id_, r in rows.items() if lines_of(r, "7")}
    items = second("page7", "area", "field", "measure")
    assert len(items) == 2 + 6 + 16
    assert first == {(lines_of(r), squeeze(r["name_ja"]), squeeze(r["under_ja"])) for r in items}


def test_every_line_of_page_7_stands_under_the_same_heading_and_ministry_twice() -> None:
    items, who = by_id("FundedItem"), institutions()
    fields = {r["id"]: label(by_id("Theme")[r["isPanelOf"]]) for r in on(table(FACTS, "Panel"), "7")}
    roles = [r for r in table(FACTS, "Role") if r["hasAdministrator"]]
    first = set()
    for listing in on(table(FACTS, "Listing"), "7"):
        marks = {
            mark
            for role in roles
            if role["isRoleIn"] == listing["isListingOf"] and lines_of(role) & lines_of(listing)
            for mark in who[role["hasAdministrator"]]["skos:altLabel@ja"].split("|")
            if len(mark) == 1
        }
        for name in forms(items[listing["isListingOf"]]) | {squeeze(f) for f in listing["printedForm"].split("|")}:
            first.add((lines_of(listing), name, "".join(sorted(marks)), fields[listing["isListedUnder"]]))
    rows = second("page7", "line")
    assert len(rows) == len(on(table(FACTS, "Listing"), "7")) == 22
    keyed = {(lines_of(r), squeeze(r["name_ja"]), r["ministry_mark"], squeeze(r["under_ja"])) for r in rows}
    assert keyed - first == set()
    cited = Counter(n for role in roles for n in lines_of(role, "7"))
    assert cited == Counter(min(lines_of(r)) for r in rows)


def test_every_source_named_at_the_foot_of_a_page_was_keyed_alike_twice() -> None:
    who = institutions()
    credited = [
        r
        for r in table(FACTS, "Document")
        if lines_of(r, "7") or who.get(r["isPublishedBy"], {}).get("type") == "Ministry"
    ]
    first = {
        (lines_of(r), name, label(who[r["isPublishedBy"]]) if r["isPublishedBy"] else "", r["dcterms:issued"])
        for r in credited
        for name in forms(r)
    }
    rows = second("sources")
    assert len(rows) == len(credited) == 12
    assert {(lines_of(r), squeeze(r["name_ja"]), r["publisher_ja"], r["date"]) for r in rows} - first == set()
