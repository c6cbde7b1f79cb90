"""The generic loader: what it reads, and how it names every fault."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kg import paths, terms
from kg.errors import TableError
from kg.tables.cells import CellError, parse_decimal, parse_integer, parse_line_ranges, parse_yen
from tests.conftest import DOCUMENT
from tests.tables.small import ITEM, LABEL, PAGE, faults, load_facts, values, write

APPROPRIATION = "id,isAppropriationFor,fiscalYear,hasPhase,amount,roundingUnit,page,lines,hasEvidence\n"


def test_amounts_written_as_printed_are_stored_in_yen(tmp_path: Path) -> None:
    row = "a-2020,q-leap,2020,initial,94.2億円,0.1億円,1,7,stated\n"
    facts = load_facts(write(tmp_path, Appropriation=APPROPRIATION + row))
    assert values(facts, "appropriation/a-2020", terms.IS + "amount") == ["9420000000"]
    assert values(facts, "appropriation/a-2020", terms.IS + "roundingUnit") == ["10000000"]


def test_what_spreadsheets_write_is_read(tmp_path: Path) -> None:
    row = 'a-2020,q-leap,２０２０,initial,３２億円,"100,000,000",1,７,stated\n'
    text = ("\ufeff" + APPROPRIATION + row).replace("\n", "\r\n")
    facts = load_facts(write(tmp_path, Appropriation=text))
    assert values(facts, "appropriation/a-2020", terms.IS + "fiscalYear") == ["2020"]
    assert values(facts, "appropriation/a-2020", terms.IS + "amount") == ["3200000000"]


def test_a_thing_without_a_name_is_named_by_its_template(tmp_path: Path) -> None:
    row = "a-2020,q-leap,2020,initial,32億円,1億円,1,7,stated\n"
    facts = load_facts(write(tmp_path, Appropriation=APPROPRIATION + row))
    labels = values(facts, "appropriation/a-2020", terms.SKOS + "prefLabel")
    assert labels == ["Q-LEAP, FY2020 initial budget", "光・量子 2020年度当初予算"]


def test_lines_become_passages_of_their_page(tmp_path: Path) -> None:
    facts = load_facts(write(tmp_path))
    assert values(facts, "programme/q-leap", terms.IS + "isReadFrom") == [terms.ID + "passage/doc/7"]
    assert values(facts, "passage/doc/7", terms.IS + "isOnPage") == [terms.ID + "page/doc/page-1"]


def test_row_order_does_not_matter(tmp_path: Path) -> None:
    rows = ["a-1,q-leap,2020,initial,32億円,1億円,1,7,stated\n", "a-2,q-leap,2019,initial,22億円,1億円,1,7,stated\n"]
    one = load_facts(write(tmp_path / "1", Appropriation=APPROPRIATION + "".join(rows)))
    two = load_facts(write(tmp_path / "2", Appropriation=APPROPRIATION + "".join(reversed(rows))))
    assert one.quads == two.quads


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("a,q-leap,2020,initial,12O億円,1億円,1,7,stated", "2:amount: 12O億円: is not an amount of money"),
        ("a,q-leap,2020,initial,1.234567891億円,1億円,1,7,stated", "2:amount: 1.234567891億円: is not a whole number of yen"),
        ("a,q-leep,2020,initial,1億円,1億円,1,7,stated", "2:isAppropriationFor: q-leep: no FundedItem has this id — did you mean 'q-leap'?"),
        ("a,q-leap,2020,intial,1億円,1億円,1,7,stated", "2:hasPhase: intial: no BudgetPhase has this id — did you mean 'initial'"),
        ("a,q-leap,20x0,initial,1億円,1億円,1,7,stated", "2:fiscalYear: 20x0: is not a whole number"),
        ("a,q-leap,2020,initial,1億円,1億円,2,7,stated", "2:page: 2: does not contain these lines — lines 7 are on page 1"),
        ("a,q-leap,2020,initial,1億円,1億円,1,49-52,stated", "2:lines: 49-52: is not on a single page"),
        ("a,q-leap,2020,initial,1億円,1億円,1,9-7,stated", "2:lines: 9-7: runs backwards — write 7-9"),
        ("a,page-1,2020,initial,1億円,1億円,1,7,stated", "2:isAppropriationFor: page-1: is a Page, not a FundedItem"),
        ("a,q-leap|q-leap,2020,initial,1億円,1億円,1,7,stated", "2:isAppropriationFor: q-leap|q-leap: has several values"),
        ("A b,q-leap,2020,initial,1億円,1億円,1,7,stated", "2:id: A b: is not a slug"),
        (",q-leap,2020,initial,1億円,1億円,1,7,stated", "2:id: is empty"),
        ("a,q-leap,2020", "2:: has 3 cells, the head has 9"),
    ],
)  # fmt: skip
def test_each_fault_names_file_line_column_value_and_remedy(tmp_path: Path, row: str, expected: str) -> None:
    found = faults(tmp_path, Appropriation=APPROPRIATION + row + "\n")
    assert len(found) == 1
    assert expected in found[0]
    assert found[0].startswith("facts/doc/")


def test_all_faults_of_all_tables_are_told_at_once(tmp_path: Path) -> None:
    bad = APPROPRIATION + "a,q-leep,2020,initial,x,1億円,1,7,stated\n"
    found = faults(tmp_path, Appropriation=bad, Programm="id\nx\n", Portion="id,isPortionOff\np,a\n")
    assert [f.split(": ")[0] for f in found] == [
        "facts/doc/Appropriation.csv:2:amount",
        "facts/doc/Appropriation.csv:2:isAppropriationFor",
        "facts/doc/Portion.csv:1:isPortionOff",
        "facts/doc/Programm.csv:1:file name",
    ]
    assert "did you mean 'isPortionOf'" in found[2]
    assert "did you mean 'Programme'" in found[3]


def test_an_id_stands_once_in_a_document(tmp_path: Path) -> None:
    found = faults(tmp_path, FundedItem=ITEM + ITEM.splitlines()[1] + "\n")
    assert "FundedItem.csv:3:id: q-leap: is already used at facts/doc/FundedItem.csv:2" in found[0]


def test_an_id_of_another_document_is_one_fault_at_the_newcomer_and_no_other(tmp_path: Path) -> None:
    facts = write(tmp_path, Appropriation=APPROPRIATION + "a,q-leap,2020,initial,32億円,1億円,1,7,stated\n")
    newcomer = facts / "a-newcomer"  # it is read first
    newcomer.mkdir()
    (newcomer / "Theme.csv").write_text("id,skos:prefLabel@en\nq-leap,Q-LEAP\n", encoding="utf-8")
    (newcomer / "Portion.csv").write_text("id\np\n", encoding="utf-8")
    (facts / "doc" / "Portion.csv").write_text("id\nq\np\n", encoding="utf-8")
    with pytest.raises(TableError) as caught:
        load_facts(facts)
    assert [str(fault).split(" — ")[0] for fault in caught.value.faults] == [
        "facts/a-newcomer/Portion.csv:2:id: p: is already used at facts/doc/Portion.csv:3",
        "facts/a-newcomer/Theme.csv:2:id: q-leap: is already used at facts/doc/FundedItem.csv:2",
    ]


def test_a_page_belongs_to_its_document(tmp_path: Path) -> None:
    facts = write(tmp_path, Portion="id,page,lines\np,1,7\n", Document="id,shortTitle@en\ndoc,Budget FY2020\n")
    assert values(load_facts(facts), "passage/doc/7", LABEL) == ["1頁7行", "page 1, line 7"]
    (facts / "other").mkdir()
    (facts / "other" / "Page.csv").write_text(PAGE, encoding="utf-8")
    (facts / "other" / "Portion.csv").write_text("id,page,lines\nq,1|2,7|51-52\n", encoding="utf-8")
    (facts / "other" / "Mention.csv").write_text("id,isMadeIn\nm,page-1\n", encoding="utf-8")
    both = load_facts(facts)
    assert values(both, "passage/doc/7", terms.IS + "isOnPage") == [terms.ID + "page/doc/page-1"]
    assert values(both, "passage/other/7", terms.IS + "isOnPage") == [terms.ID + "page/other/page-1"]
    assert values(both, "mention/m", terms.IS + "isMadeIn") == [terms.ID + "page/other/page-1"]
    assert values(both, "passage/doc/7", LABEL) == ["Budget FY2020, p1 l7", "doc1頁7行"]
    assert values(both, "passage/other/51-52", LABEL) == ["other, p2 l51–52", "other2頁51–52行"]
    assert values(both, "page/doc/page-1", LABEL) == ["Budget FY2020, p1", "doc1頁"]


def test_another_source_may_say_more_of_the_same_thing(tmp_path: Path) -> None:
    facts = write(tmp_path)
    (facts / "common").mkdir()
    (facts / "common" / "FundedItem.csv").write_text("id,type,skos:altLabel@en\nq-leap,Programme,Quantum Leap\n")
    assert values(load_facts(facts), "programme/q-leap", terms.SKOS + "altLabel") == ["Quantum Leap"]


def test_spellings_for_search_are_separated_like_other_names(tmp_path: Path) -> None:
    facts = write(tmp_path)
    (facts / "common").mkdir()
    (facts / "common" / "FundedItem.csv").write_text(
        "id,type,skos:hiddenLabel@ja\nq-leap,Programme,きゅーりーぷ|キューリープ\n", encoding="utf-8"
    )
    assert values(load_facts(facts), "programme/q-leap", terms.SKOS + "hiddenLabel") == ["きゅーりーぷ", "キューリープ"]


def test_a_column_of_another_class_is_refused(tmp_path: Path) -> None:
    assert "belongs to is:Portion" in faults(tmp_path, Appropriation="id,isPortionOf\na,q-leap\n")[0]


def test_a_type_outside_the_file_s_class_is_refused(tmp_path: Path) -> None:
    found = faults(tmp_path, FundedItem=ITEM.replace("Programme", "Ministry"))
    assert "type: Ministry: is not a kind of FundedItem" in found[0]


def test_text_that_is_not_utf8_is_told_with_its_line(tmp_path: Path) -> None:
    found = faults(tmp_path, Portion=b"id\np\n" + "あ".encode("cp932"))
    assert "Portion.csv:3" in found[0]
    assert "is not UTF-8 text" in found[0]


@pytest.mark.parametrize(("cell", "yen"), [("32億円", 3_200_000_000), ("1,008億円", 100_800_000_000), ("-144億円", -14_400_000_000), ("1.35億円", 135_000_000), ("7", 7)])  # fmt: skip
def test_yen(cell: str, yen: int) -> None:
    assert parse_yen(cell) == yen


def test_decimals_have_one_form() -> None:
    assert [parse_decimal(x) for x in ("3.30", "3.3", "-0.0", "１.5", "1,000")] == ["3.3", "3.3", "0", "1.5", "1000"]


@pytest.mark.parametrize("bad", ["1e5", "NaN", "12.5", "", "一"])
def test_a_year_is_digits(bad: str) -> None:
    with pytest.raises(CellError):
        parse_integer(bad)


def test_line_ranges() -> None:
    assert parse_line_ranges("280-281|300") == [(280, 281), (300, 300)]


def test_a_misspelt_class_is_one_fault_however_many_rows_name_its_rows(tmp_path: Path) -> None:
    copy = shutil.copytree(paths.FACTS, tmp_path / "facts")
    (copy / DOCUMENT / "Listing.csv").rename(copy / DOCUMENT / "Listng.csv")
    with pytest.raises(TableError) as error:
        load_facts(copy)
    assert [(f.line, f.column, f.value) for f in error.value.faults] == [(1, "file name", "Listng")]
    assert "did you mean 'Listing'" in str(error.value)
