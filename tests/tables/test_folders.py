"""What lies in the folders of the tables: what is read, what is ignored, and what looks like a table and is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg import paths
from kg.assembly import shipped
from kg.errors import InputError, TableError
from tests.tables.small import ITEM, PAGE, faults, load_facts, write

IGNORED = [
    ".#FundedItem.csv", "._FundedItem.csv", "~$FundedItem.csv", ".~lock.FundedItem.csv#", "FundedItem.csv~",
    "#FundedItem.csv#", "FundedItem.csv.bak", "FundedItem.csv.swp", ".FundedItem.csv.swp", "expect.toml", "notes.txt",
    "source.txt", "README.md", ".DS_Store", "Thumbs.db",
]  # fmt: skip


@pytest.mark.parametrize("name", IGNORED)
def test_what_editors_leave_and_what_is_no_table_is_ignored(name: str, tmp_path: Path) -> None:
    facts = write(tmp_path)
    quads = load_facts(facts).quads
    (facts / "doc" / name).write_bytes(b"\x00\x05\x16\x07\xff, no table")
    assert load_facts(facts).quads == quads


def test_a_lock_that_is_a_broken_link_and_folders_of_programs_are_ignored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    facts = write(tmp_path)
    monkeypatch.setattr(paths, "FACTS", facts)
    quads, mark = load_facts(facts).quads, shipped._mark()
    (facts / "doc" / ".#FundedItem.csv").symlink_to("someone@host.1234")  # as Emacs does
    for folder in (".ipynb_checkpoints", "__MACOSX", ".git"):
        (facts / folder).mkdir()
        (facts / folder / "FundedItem.csv").write_text(ITEM, encoding="utf-8")
        (facts / "doc" / folder).mkdir()
        (facts / "doc" / folder / "FundedItem.csv").write_text(ITEM, encoding="utf-8")
    assert load_facts(facts).quads == quads
    assert shipped._mark() == mark, "a lock makes the dataset stale"


NEAR = [
    ("Pillar.CSV", "is not read, since it does not end in .csv — save the table as Pillar.csv"),
    ("Pillar.tsv", "save the table as Pillar.csv"),
    ("pillar.xlsx", "save the table as Pillar.csv"),
    ("Pillar.csv.txt", "save the table as Pillar.csv"),
    ("Pillar.csv.gz", "save the table as Pillar.csv"),
    ("Pillar.ods", "save the table as Pillar.csv"),
    ("Pillar.txt", "save the table as Pillar.csv"),
    ("pillar.csv", "no such class in the ontology — did you mean 'Pillar'"),
    ("Pillar (1).csv", "no such class in the ontology — did you mean 'Pillar'"),
    ("Pillar のコピー.csv", "no such class in the ontology — did you mean 'Pillar'"),
]


@pytest.mark.parametrize(("name", "said"), NEAR, ids=[name for name, _ in NEAR])
def test_what_looks_like_a_table_and_is_not_read_is_named_alone(name: str, said: str, tmp_path: Path) -> None:
    """Also where other tables name its rows."""
    facts = write(tmp_path, Correspondence="id,relatesPillar,hasEvidence\nc,pillar-one,stated\n")
    (facts / "doc" / name).write_text("id,hasEvidence\npillar-one,stated\n", encoding="utf-8")
    with pytest.raises(TableError) as caught:
        load_facts(facts)
    (fault,) = map(str, caught.value.faults)
    assert fault.startswith(f"facts/doc/{name}:1:file name: ")
    assert said in fault


def test_a_table_that_is_no_file_is_named(tmp_path: Path) -> None:
    facts = write(tmp_path)
    (facts / "doc" / "Theme.csv").symlink_to("nowhere.csv")
    (facts / "doc" / "Pillar.csv").mkdir()
    (facts / "doc" / "Trend.csv").symlink_to("/dev/zero")
    (facts / "Goal.csv").write_text("id\ng\n", encoding="utf-8")
    (facts / "gone").symlink_to("nowhere")
    with pytest.raises(TableError) as caught:
        load_facts(facts)
    assert [str(fault).split(" — ")[0] for fault in caught.value.faults] == [
        "facts/Goal.csv:1:file name: Goal.csv: is in no document's folder",
        "facts/doc/Pillar.csv:1:file name: Pillar.csv: is not a regular file",
        "facts/doc/Theme.csv:1:file name: Theme.csv: is a link to what does not exist",
        "facts/doc/Trend.csv:1:file name: Trend.csv: is not a regular file",
        "facts/gone:1:file name: gone: is a link to what does not exist",
    ]


GENERATED = ["ontology", "inferred", "release", "index"]
MISNAMED = [
    "budget 2021",
    "Budget",
    "予算",
    "a_b",
    "a?b",
    "a#b",
    "a%20b",
    "a<b>",
    'a"b',
    "a\nb",
    "a\u202eb",
    "a--b",
    "a{b}",
]


@pytest.mark.parametrize("name", [*GENERATED, *MISNAMED])
def test_a_folder_that_cannot_name_a_graph_is_one_fault(name: str, tmp_path: Path) -> None:
    """A folder `inferred` would mix its facts with the inferred statements, which no shape checks."""
    facts = write(tmp_path)
    (facts / name).mkdir()
    (facts / name / "Page.csv").write_text(PAGE, encoding="utf-8")
    (facts / name / "Pillar.csv").write_text("id,page,lines\np,1,7\n", encoding="utf-8")
    (facts / "doc" / "Correspondence.csv").write_text("id,relatesPillar\nc,p\n", encoding="utf-8")
    with pytest.raises(TableError) as caught:
        load_facts(facts)
    (fault,) = caught.value.faults
    assert (fault.column, fault.value) == ("folder name", name)
    assert ("generated" in fault.problem) == (name in GENERATED)


def test_tables_in_a_deeper_folder_are_one_fault(tmp_path: Path) -> None:
    facts = write(tmp_path)
    (facts / "doc" / "more").mkdir()
    (facts / "doc" / "more" / "Pillar.csv").write_text("id\np\n", encoding="utf-8")
    (facts / "doc" / "more" / "Theme.csv").write_text("id\nt\n", encoding="utf-8")
    with pytest.raises(TableError) as caught:
        load_facts(facts)
    (fault,) = map(str, caught.value.faults)
    assert fault == (
        "facts/doc:1:folder name: more: is a folder of tables in a document's folder — move its tables to facts/doc/"
    )


def test_a_folder_without_facts_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match=r"empty: contains no fact tables, <document>/<Class>\.csv$"):
        load_facts(tmp_path / "empty")
    facts = write(tmp_path)
    with pytest.raises(InputError, match=f"name the folder above: {facts}$"):
        load_facts(facts / "doc")
    with pytest.raises(InputError, match="no such folder"):
        load_facts(tmp_path / "none")
    with pytest.raises(InputError, match="the fact tables have no rows"):
        load_facts(write(tmp_path, Page="id,pageNumber\n", FundedItem="id\n"))


def test_an_id_that_is_the_name_of_a_page_is_refused(tmp_path: Path) -> None:
    found = faults(tmp_path, FundedItem=ITEM.replace("q-leap", "index"))
    assert found[0].startswith("facts/doc/FundedItem.csv:2:id: index: is the name of a page that is generated")


def test_an_id_names_files_and_is_not_longer_than_they_may_be(tmp_path: Path) -> None:
    (found,) = faults(tmp_path, FundedItem=ITEM.replace("q-leap", "q" * 201))
    assert found.startswith("facts/doc/FundedItem.csv:2:id: qqq")
    assert "is longer than 200 characters" in found
