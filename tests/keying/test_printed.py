"""What is printed beside the facts, what the document lists, and what is open, against a second, independent keying."""

from __future__ import annotations

import re
from collections import Counter

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
from tests.keying.test_codes import MARKS
from tests.keying.test_page4 import ICONS
from tests.keying.test_second_keying import BLOCKS, COLUMNS, YEARS, oku

KINDS = {"title": "PageTitle", "head": "ColumnHead", "source": "SourceLine"}
TABLES = {"全体額": "data-set-totals", "府省別": "data-set-ministries", "全体額の比較": "data-set-totals-change", "府省別の比較": "data-set-ministries-change"}  # fmt: skip
CATEGORIES = {"科学技術関係予算": "st-related", "科学技術振興費": "st-promotion"}
DIRECTIONS = {"上昇": "rise", "低下": "fall"}
STAGES = {"投資": "under-way", "開始": "started", "建設予定": "planned"}
TRUTH = {"1": "true", "": "false"}


def printed(row: Row) -> Counter[str]:
    """The letters that the printed forms of a fact hold together; their order is lost when they stand apart."""
    return Counter(squeeze(row["printedForm"].replace("|", "")))


def test_every_title_head_and_source_line_was_keyed_alike_twice() -> None:
    facts = [r for r in table(FACTS, "PrintedText") if r["type"] in KINDS.values()]
    rows = second("printed")
    assert len(rows) == len(facts) == 7 + 16 + 5
    for row in rows:
        belongs = TABLES.get(row["of"], f"page-{row['of']}")
        text = squeeze(row["text_ja"])
        (fact,) = (
            r
            for r in facts
            if lines_of(r) == lines_of(row) and printed(r) == Counter(text) and r["belongsTo"] == belongs
        )
        assert (fact["type"], fact["hasEvidence"]) == (KINDS[row["kind"]], row["evidence"]), row
        assert squeeze(fact["skos:prefLabel@ja"]) == text or row["kind"] == "source", row


def test_a_source_line_cites_the_document_that_stands_in_it() -> None:
    documents = by_id("Document")
    lines = [r for r in table(FACTS, "PrintedText") if r["type"] == "SourceLine"]
    assert lines
    for row in lines:
        assert lines_of(documents[row["citesDocument"]]) == lines_of(row), row


def test_every_icon_was_keyed_alike_twice() -> None:
    facts = [r for r in table(FACTS, "PrintedText") if r["type"] == "DomainIcon"]
    assert {r["belongsTo"] for r in facts} == {"page-4"}
    for row in facts:
        line = min(lines_of(row))
        assert label(row) == squeeze(f"領域の記号:{row['printedForm']}({line}行)"), row
        assert row["skos:prefLabel@en"].endswith(f"(line {line})"), row
    read = {"量子情報", "全て対象"}  # what these two mean is a reading; the others are short for a domain of page 5
    assert Counter(
        (lines_of(r), squeeze(r["printedForm"]), tuple(sorted(r["standsFor"].split("|"))), r["hasEvidence"])
        for r in facts
    ) == Counter(
        (lines_of(r), squeeze(r["icon_ja"]), ICONS[r["icon_ja"]], "placed" if r["icon_ja"] in read else "stated")
        for r in second("icons")
    )


def test_every_mark_of_a_ministry_was_keyed_alike_twice() -> None:
    facts = {r["id"]: r for r in table(FACTS, "PrintedText") if r["type"] == "MinistryMark"}
    rows = second("page7", "line")
    assert {(r["printedForm"], r["standsFor"], r["belongsTo"]) for r in facts.values()} == {
        (f"【{mark}】", id_, "page-7") for mark, id_ in MARKS.items()
    }
    assert {r["hasEvidence"] for r in facts.values()} == {"placed"}
    marked = {lines_of(r): r["hasMinistryMark"] for r in table(FACTS, "Listing") if r["hasMinistryMark"]}
    assert {lines: facts[mark]["printedForm"] for lines, mark in marked.items()} == {
        lines_of(r): f"【{r['ministry_mark']}】" for r in rows
    }
    for fact in facts.values():
        own = [min(lines_of(r)) for r in rows if f"【{r['ministry_mark']}】" == fact["printedForm"]]
        assert lines_of(fact) == set(own), fact["id"]


def test_every_goal_was_keyed_alike_twice() -> None:
    goals, elements = by_id("Goal"), by_id("Direction", "Theme", "Pillar")
    aims = {(id_, label(r)) for r in elements.values() for id_ in r["aimsAt"].split("|") if id_}
    rows = second("listed", "goal")
    names = {form: id_ for id_, r in goals.items() for form in forms(r)}
    assert aims == {(names[squeeze(r["name_ja"])], squeeze(r["of_ja"])) for r in rows}
    assert all(lines_of(r) <= lines_of(goals[names[squeeze(r["name_ja"])]]) for r in rows)
    assert {names[squeeze(r["name_ja"])] for r in rows} == set(goals)
    assert {r["hasEvidence"] for r in goals.values()} == {"stated"}


def test_every_kind_of_expense_was_keyed_alike_twice() -> None:
    rows = second("listed", "expense")
    assert len(rows) == 9
    assert {(lines_of(r), label(r), r["isKindOf"], r["hasEvidence"]) for r in table(FACTS, "ExpenseKind")} == {
        (lines_of(r), squeeze(r["name_ja"]), CATEGORIES[r["of_ja"]], "stated") for r in rows
    }
    for row in table(FACTS, "ExpenseKind"):
        assert row["printedForm"] and squeeze(row["printedForm"]) in label(row), row


def test_every_part_of_a_programme_was_keyed_alike_twice() -> None:
    items = by_id("FundedItem")
    parts = {(lines_of(r), label(r), label(items[r["isPartOf"]])) for r in items.values() if r["isPartOf"]}
    assert parts == {(lines_of(r), squeeze(r["name_ja"]), squeeze(r["of_ja"])) for r in second("listed", "part")}
    assert [r["id"] for r in items.values() if r["isPartOf"] and forms(r) & forms(items[r["isPartOf"]])] == []


def test_every_institution_named_in_a_line_was_keyed_alike_twice() -> None:
    who = institutions()
    listings, hubs = by_id("Listing"), by_id("Hub")
    named = {
        (n, squeeze(form), label(who[r["isMentionOf"]]))
        for r in table(FACTS, "Mention")
        if set(r["isMadeIn"].split("|")) <= listings.keys() | hubs.keys() and r["isMentionOf"] in who
        for n in lines_of(r)
        for form in r["printedForm"].split("|")
    }
    rows = second("names_in_lines")
    assert named == {(n, squeeze(r["name_ja"]), squeeze(r["official_ja"])) for r in rows for n in lines_of(r)}


def test_every_change_of_a_ranking_was_keyed_alike_twice() -> None:
    values, indicators = by_id("IndicatorValue"), by_id("Indicator")
    facts = table(FACTS, "IndicatorChange")
    first = {
        (lines_of(r), label(indicators[values[r["changesFrom"]]["isValueOf"]]), squeeze(r["printedForm"]), r["hasChangeDirection"])
        for r in facts
    }  # fmt: skip
    rows = second("rank_changes")
    assert len(rows) == len(facts) == 6
    assert first == {
        (lines_of(r), squeeze(r["indicator_ja"]), squeeze(r["printed"]), DIRECTIONS[r["direction_ja"]]) for r in rows
    }
    for row in facts:
        before, after = values[row["changesFrom"]], values[row["changesTo"]]
        assert before["isValueOf"] == after["isValueOf"] and before["periodStart"] < after["periodStart"], row
        start, end = (squeeze(part) for part in row["printedForm"].split("→"))
        for value, part in ((before, start), (after, end)):
            assert part.startswith(squeeze(value["printedValue"])) and value["periodStart"] in part, row


def test_a_rise_is_supported_by_the_rankings_that_rose() -> None:
    values = by_id("IndicatorValue")
    rose = {values[r["changesTo"]]["isValueOf"] for r in table(FACTS, "IndicatorChange") if r["hasChangeDirection"] == "rise"}  # fmt: skip
    (position,) = (r for r in table(FACTS, "Position") if "順位の上昇" in r["skos:prefLabel@ja"])
    assert set(position["isSupportedBy"].split("|")) == rose


def test_what_is_said_of_a_sum_abroad_was_keyed_alike_twice() -> None:
    columns = ("isUpperLimit", "isApproximate", "isYenEquivalentApproximate", "hasInvestmentStage")
    assert {(lines_of(r), *(r[c] for c in columns)) for r in table(FACTS, "ForeignInvestment")} == {
        (lines_of(r), TRUTH[r["at_most"]], TRUTH[r["about"]], TRUTH[r["yen_about"]], STAGES[r["stage_ja"]])
        for r in second("investments")
    }


def test_every_list_that_is_not_complete_was_keyed_alike_twice() -> None:
    for kind, name in (("measure", "Measure"), ("note", "Note"), ("trend", "Trend")):
        facts = table(FACTS, name)
        rows = second("incomplete", kind)
        keyed = {
            r["id"]: next(mark for mark in ("等", "など") if mark in row["end_ja"])
            for row in rows
            for r in facts
            if lines_of(row) == lines_of(r, row["page"])
        }
        assert {r["id"]: r["incompletenessMark"] for r in facts if r["incompletenessMark"]} == keyed, kind
    items = [
        r for name in ("page1", "page4", "pages56") for r in second(name) if r["kind"] in {"measure", "detail", "trend"}
    ]
    ends = {lines_of(r) for r in items if re.search("(等|など)[)]?$", squeeze(r["name_ja"]))}
    keyed_ends = {lines_of(r) for r in second("incomplete", "measure", "trend")}
    assert ends | {frozenset({3})} == keyed_ends  # the trend of line 3 is keyed without its examples


def test_the_year_of_an_amount_is_stated_where_the_page_prints_it() -> None:
    """Page 7 says what its brackets hold; page 4 does not."""
    listings = by_id("Listing")
    placed = Counter(
        (row["page"], str(oku(row["amount_oku"] + "億円")), *YEARS[row["fiscal_year"]])
        for row in second("lines")
        if row["programme_ja"] != "printed total" and row["lines"] not in {"467", "467-468", "468"}
        if row["fiscal_year"] in {"none printed", "補正 (no year printed)"} or (row["page"], row["fiscal_year"]) == ("4", "2019")
        if row["amount_oku"] != "検討中"
    )  # fmt: skip
    read = Counter(
        (
            listings[r["isAmountIn"]]["page"],
            str(oku(r["printedAmount"].split("億円")[0] + "億円")),
            *(("", "") if "共創" in label(by_id("FundedItem")[listings[r["isAmountIn"]]["isListingOf"]]) else (r["fiscalYear"], r["hasPhase"])),
        )
        for r in table(FACTS, "ListedAmount")
        if r["hasEvidence"] == "placed"
    )  # fmt: skip
    assert sum(read.values()) > 20
    assert read == placed
    of = {r["lists"]: r for r in table(FACTS, "ListedAmount")}
    for name in ("Appropriation", "Portion"):
        for share in table(FACTS, name):
            if share["id"] in of and "7" not in share["page"].split("|"):
                assert share["hasEvidence"] == of[share["id"]]["hasEvidence"], share["id"]


def test_the_date_that_page_7_prints_is_that_of_the_strategy() -> None:
    (row,) = (r for r in second("sources") if r["date"])
    dated = {r["id"]: r["dcterms:issued"] for r in table(FACTS, "Strategy") if r["dcterms:issued"]}
    (id_,) = dated
    strategy = by_id("Strategy")[id_]
    assert squeeze(row["name_ja"]).startswith(label(strategy)) and lines_of(row) <= lines_of(strategy)
    assert dated[id_] == row["date"]


def test_the_cells_that_a_note_qualifies_were_keyed_alike_twice() -> None:
    cells = by_id("BudgetCell")
    notes = table(FACTS, "Note")
    rows = second("note_cells")
    for lines in {lines_of(r) for r in rows}:
        (note,) = (r for r in notes if lines_of(r) == lines)
        own = [r for r in rows if lines_of(r) == lines]
        concerned = set(note["concerns"].split("|"))
        assert concerned - cells.keys() == {TABLES[r["table_ja"]] for r in own}
        keyed = {
            (row["row_lines"], *BLOCKS[block], *COLUMNS[column])
            for row in own
            for block, _, column in (name.partition("_") for name in row["columns"].split("|"))
        }
        columns = ("lines", "fiscalYear", "hasFrame", "hasAccount", "hasCostCategory")
        assert {tuple(cells[c][k] for k in columns) for c in concerned & cells.keys()} == keyed


def test_the_lines_that_an_open_reading_chooses_among_were_keyed_alike_twice() -> None:
    lines = by_id("Listing", "ListedAmount")
    readings = table(FACTS, "Reading")
    keyed: dict[str, set[frozenset[int]]] = {}
    for row in second("candidates"):
        keyed.setdefault(squeeze(row["open_ja"]), set()).add(frozenset(lines_of({"lines": row["candidate_lines"]})))
    found = 0
    for point in table(FACTS, "OpenReading"):
        concerned = {c for c in point["concerns"].split("|") if c in lines}
        named = {c for r in readings if r["isReadingOf"] == point["id"] for c in r["concerns"].split("|") if c in lines}
        assert concerned == named, point["id"]
        assert {lines_of(lines[c]) for c in concerned} == keyed.get(label(point), set()), point["id"]
        found += bool(concerned)
    assert found == len(keyed) == 4


def test_what_rests_on_an_icon_is_concerned_by_the_open_reading_of_the_icons() -> None:
    attributions = by_id("DomainAttribution")
    points = by_id("OpenReading")
    icons = {id_ for id_, r in attributions.items() if r["hasEvidence"] == "placed" and lines_of(r) <= lines_of(points["open-icons"])}  # fmt: skip
    assert len(icons) == 26
    assert {c for c in points["open-icons"]["concerns"].split("|") if c in attributions} == icons
    information = {c for c in icons if attributions[c]["attributesDomain"] == "quantum-computing"}
    assert {c for c in points["open-quantum-information"]["concerns"].split("|") if c in attributions} == information


def test_every_official_name_says_which_sheet_gives_it() -> None:
    rows = table(COMMON, "FundedItem")
    assert rows
    known = by_id("FundedItem")
    for row in rows:
        assert known[row["id"]]["type"] == row["type"] and row["dcterms:source"].startswith("https://"), row
        assert row["skos:note@en"].split("(sheet ")[1][:6].isdigit(), row
        assert on([known[row["id"]]], "1", "4", "7"), row
