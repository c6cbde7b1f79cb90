"""CSV on the Web: other programs understand it, the money is that of the stored questions, no text runs as a formula."""

from __future__ import annotations

import codecs
import csv
import io
import json
import warnings
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
import pytest

import kg
from kg import paths, terms
from kg.errors import DataError
from kg.exports.export import export
from kg.exports.formats.csvw import METADATA, csv_on_the_web, to_csv
from kg.exports.select import Choice, Selection
from kg.exports.tables.tabular import Field, Sheet, link, make_table, neutral
from kg.files.write import write_folder
from tests.conftest import BOTH, DOCUMENT, DOCUMENTS
from tests.exports.spreadsheets import HOSTILE, hostile_selection, quads_of

if TYPE_CHECKING:
    import csvw

ID, IS, RDF, SKOS = terms.ID, terms.IS, terms.RDF, terms.SKOS
CHOICES = {
    "all": Choice(),
    "common": Choice(graph="common"),
    "bare": Choice(inferred=False, background=False, ontology=False),
    "thing": Choice(things=(f"{ID}programme/q-leap",), depth=2),
    "alone": Choice(things=(f"{ID}institution/riken",), depth=0),
    "japanese": Choice(only_language="ja"),
}


def files_of(choice: Choice | None = None) -> dict[str, bytes]:
    content = export("csv", choice)
    assert isinstance(content, dict)
    return content


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return files_of()


def rows_of(files: dict[str, bytes], name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(files[f"{name}.csv"].decode(), newline="")))


def is_valid(folder: Path) -> bool:
    """What CLDF's validator of CSV on the Web says: structure, datatypes, keys, foreign keys."""
    import csvw

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return bool(csvw.CSVW(str(folder / METADATA), validate=True).is_valid)
        except ValueError:
            return False


@pytest.mark.slow("an independent validator reads every cell")
@pytest.mark.parametrize("choice", CHOICES.values(), ids=CHOICES)
def test_a_validator_of_csv_on_the_web_finds_nothing(choice: Choice, tmp_path: Path) -> None:
    content = files_of(choice)
    write_folder(tmp_path, content)
    assert is_valid(tmp_path)
    listed = {table["url"] for table in json.loads(content[METADATA])["tables"]}
    assert listed == set(content) - {METADATA}


@pytest.mark.slow("an independent validator reads every cell")
@pytest.mark.parametrize(
    ("file", "right", "wrong"),
    [
        ("money-amounts.csv", b",3200000000,", b",32 oku,"),
        ("money-amounts.csv", b"panel/p4-fusion,", b"panel/p4-fission,"),
        ("Listing.csv", b"listing/p4-fusion-q-leap,", b"listing/p4-fusion-nict,"),
        ("Listing.csv", b"\r\nlisting/", b"\r\n,listing/"),
        ("PrintedTotal.csv", b",true", b",perhaps"),
        ("csv-metadata.json", b'"datatype": "decimal"', b'"datatype": "date"'),
        ("csv-metadata.json", b'"resource": "Panel.csv"', b'"resource": "Panels.csv"'),
    ],
)
def test_a_broken_folder_is_found(
    file: str, right: bytes, wrong: bytes, files: dict[str, bytes], tmp_path: Path
) -> None:
    assert right in files[file]
    write_folder(tmp_path, {**files, file: files[file].replace(right, wrong)})
    assert not is_valid(tmp_path)


def statements(folder: Path) -> Iterator[ox.Triple]:
    """What the class tables say as RDF, by their metadata: subject, property and value of each column."""
    import csvw

    read = csvw.CSVW(str(folder / METADATA), validate=False)
    for table in read.tables:
        if not any(column.virtual for column in table.tableSchema.columns):
            continue
        for row in table.iterdicts():
            subject = ox.NamedNode(row["iri"].unsplit())
            for column in table.tableSchema.columns:
                if column.virtual or column.propertyUrl is None:
                    continue
                found = row[column.name]
                for value in found if isinstance(found, list) else [] if found is None else [found]:
                    yield ox.Triple(subject, ox.NamedNode(column.propertyUrl.uri), term(value, column))


def term(value: object, column: csvw.Column) -> ox.NamedNode | ox.Literal:
    kind = column.datatype.base
    if kind == "anyURI":
        return ox.NamedNode(value.unsplit())  # type: ignore[attr-defined]
    if kind != "string":
        text = str(value.date() if isinstance(value, datetime) else value)
        return ox.Literal(text.lower(), datatype=ox.NamedNode(terms.XSD + kind))
    text = str(value)
    text = text[1:] if text.startswith("'") and neutral(text[1:]) == text else text
    if column.lang != "und":
        return ox.Literal(text, language=column.lang)
    return ox.NamedNode(ID + text) if column.datatype.format else ox.Literal(text)


@pytest.mark.slow("an independent reader reads every cell")
def test_the_class_tables_say_what_the_graph_says_and_nothing_else(files: dict[str, bytes], tmp_path: Path) -> None:
    write_folder(tmp_path, files)
    quads = quads_of()
    ours = {
        q.subject
        for q in quads
        if q.predicate.value == RDF + "type"
        and isinstance(q.object, ox.NamedNode)
        and q.object.value.startswith(IS)
        and isinstance(q.subject, ox.NamedNode)
        and q.subject.value.startswith(ID)
    }
    inferred, name = ox.NamedNode(terms.INFERRED_GRAPH), terms.SKOS + "prefLabel"
    expected = {
        q.triple
        for q in quads
        if q.subject in ours
        and q.predicate.value
        not in {RDF + "type", terms.RDFS + "label", terms.RDFS + "isDefinedBy"}  # label: a name again
        and (q.predicate.value.startswith(IS) or q.predicate.value == name or q.graph_name != inferred)
    }
    said = set(statements(tmp_path))
    assert len(said) > 15_000
    assert said == expected


def total(rows: list[dict[str, str]]) -> tuple[int, int | None]:
    upper = [row["counted_upper"] for row in rows]
    return sum(int(row["counted_lower"]) for row in rows), None if "" in upper else sum(map(int, upper))


@pytest.mark.slow("writes all tables")
@pytest.mark.parametrize("year", ["any", "2019", "2020", *(["2021"] if BOTH else [])])
def test_the_amounts_add_up_to_what_the_stored_question_says(year: str, files: dict[str, bytes]) -> None:
    rows = [r for r in rows_of(files, "money-amounts") if year in {"any", r["fiscal_year"]}]
    expected = kg.query("funding", fiscal_year=year).total
    assert expected is not None
    assert total(rows) == (expected.lower, expected.upper)
    assert len(rows) > (4 if year == "2021" else 35)


@pytest.mark.slow("reads the whole export")
@pytest.mark.parametrize("domain", ["quantum-security", "quantum-technology", "ai"])
def test_each_amount_serves_what_the_stored_question_says(domain: str, files: dict[str, bytes]) -> None:
    working = kg.query("funding", domain=domain, fiscal_year="any").working
    assert working is not None
    expected = {}
    for row in working.rows:
        alone = working.again([row]).total
        key = str(getattr(row["listedAmount"], "value", "")).removeprefix(ID)
        expected[key] = (str(alone.lower), "" if alone.upper is None else str(alone.upper))
    links = [r for r in rows_of(files, "money-links") if r["thing"] == f"domain/{domain}"]
    assert {r["amount"]: (r["lower"], r["upper"]) for r in links} == expected
    assert len(expected) > 5


def amounts_printed() -> set[str]:
    """The ids of all printed amounts in the tables of all documents."""
    found = set()
    for path in paths.FACTS.glob("*/ListedAmount.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            found |= {row["id"] for row in csv.DictReader(file)}
    return found


def test_an_amount_comes_with_all_that_an_analyst_asks_for(files: dict[str, bytes]) -> None:
    rows = {r["id"].removeprefix("listed-amount/"): r for r in rows_of(files, "money-amounts")}
    assert set(rows) == amounts_printed()
    nict = rows["listed-p4-fusion-nict-2020"]
    named = (
        "printed",
        "possible_ministry_ja",
        "institution",
        "possible_domain_en",
        "fiscal_year",
        "page",
        "first_line",
    )
    assert [nict[n] for n in named] == [
        "279億円の内数",
        "総務省",
        "institution/nict",
        "quantum security",
        "2020",
        "4",
        "279",
    ]
    assert (nict["lower"], nict["upper"], nict["ceiling"]) == ("0", "27900000000", "true")
    flags = {n: {i for i, r in rows.items() if r[n] == "true"} for n in ("undetermined", "supplementary", "repeated")}
    bounded = {i for i in flags["undetermined"] if rows[i]["appropriation"]}
    assert {rows[i]["upper"] == "" for i in flags["undetermined"] - bounded} == {True}
    assert {rows[i]["upper"] for i in bounded} == {"28000000000", *(["4000000000"] if BOTH else [])}
    assert {rows[i]["phase"] for i in flags["supplementary"]} == {"phase/supplementary"}
    assert all(flags.values())
    again = [r for r in rows.values() if r["counts"] == "no"]
    assert len([r for r in again if r["source"].startswith(f"passage/{DOCUMENT}/")]) == 18 + BOTH * 1
    assert all(r["counted_with"].removeprefix("listed-amount/") in rows for r in again)


def test_the_budget_table_is_that_of_the_stored_question(files: dict[str, bytes]) -> None:
    by_ministry = defaultdict(set)
    for row in rows_of(files, "ministry-budget"):
        for ministry in row["ministry"].split("|"):
            by_ministry[ministry].add((row["fiscal_year"], row["printed"].removeprefix("'"), row["amount"]))
    del by_ministry[""]
    assert len(by_ministry) > 10
    for ministry, cells in by_ministry.items():
        answers = [kg.query("ministry-budget", ministry=ID + ministry, fiscal_year=y) for y in range(2018, 2022)]
        expected = {
            tuple(str(getattr(row[n], "value", "")) for n in ("fiscalYear", "printed", "amount"))
            for answer in answers
            for row in answer
        }
        assert cells == expected, ministry


def test_a_dash_is_nothing_appropriated_and_not_zero(files: dict[str, bytes]) -> None:
    rows = rows_of(files, "ministry-budget")
    dashes = [r for r in rows if r["nothing_appropriated"] == "true"]
    assert {(r["printed"], r["amount"]) for r in dashes} == {("'-", "")}
    assert len([r for r in dashes if r["source"].startswith(f"passage/{DOCUMENT}/")]) == 69
    assert all(r["amount"] for r in rows if r not in dashes)


def test_the_printed_totals_are_those_of_the_stored_question(files: dict[str, bytes]) -> None:
    found = {r["id"]: [r["printed"], r["lines_lower"], r["lines_upper"]] for r in rows_of(files, "printed-totals")}
    for row in kg.query("printed-totals"):
        text = {name: str(getattr(cell, "value", "")) for name, cell in row.items()}
        assert found[text["total"].removeprefix(ID)] == [text["printed"], text["lower"], text["upper"]]
    assert len(found) == 3 + BOTH


@pytest.mark.slow("writes all tables twice")
def test_an_amount_means_the_same_in_a_part_as_in_the_whole(files: dict[str, bytes]) -> None:
    whole = {r["id"]: r for r in rows_of(files, "money-amounts")}
    part = rows_of(files_of(CHOICES["thing"]), "money-amounts")
    assert {r["programme"] for r in part} >= {"programme/q-leap"}
    assert 3 <= len(part) < len(whole)
    alone = ("printed", "programme_en", "domain", "ministry", "lower", "upper", "page", "status")
    assert all(r[n] == whole[r["id"]][n] for r in part for n in alone)


@pytest.mark.slow("writes all tables three times")
def test_what_is_left_out_is_left_out() -> None:
    assert not [name for name in files_of(CHOICES["common"]) if name.startswith(("money", "printed", "ministry"))]
    bare = rows_of(files_of(CHOICES["bare"]), "money-amounts")
    assert {r["id"].removeprefix("listed-amount/") for r in bare} == amounts_printed()
    assert {r["domain"] for r in bare} == {""}  # which amount serves which domain is inferred
    japanese = rows_of(files_of(CHOICES["japanese"]), "money-amounts")
    assert {r["programme_en"] for r in japanese} == {""}
    assert "" not in {r["programme_ja"] for r in japanese}


def test_the_metadata_says_whose_what_and_under_which_licence(files: dict[str, bytes]) -> None:
    said = json.loads(files[METADATA])
    assert said["dc:license"] == {"@id": "https://creativecommons.org/licenses/by/4.0/"}
    assert said["dc:source"] == [{"@id": f"{ID}document/{document}"} for document in DOCUMENTS]
    assert any("not" in d["@value"].lower() and "official" in d["@value"] for d in said["dc:description"])
    for table in said["tables"]:
        assert {t["@language"] for t in table["dc:title"]} == {"en", "ja"}
        for column in table["tableSchema"]["columns"]:
            assert column.get("virtual") or {"en", "ja"} <= set(column["titles"]), column


@pytest.fixture(scope="module")
def hostile() -> Selection:
    return hostile_selection()


@pytest.mark.slow("an independent validator reads every cell")
def test_a_validator_finds_nothing_in_texts_that_are_no_formulas(hostile: Selection, tmp_path: Path) -> None:
    content = csv_on_the_web(hostile)
    assert isinstance(content, dict)
    write_folder(tmp_path, content)
    assert is_valid(tmp_path)


@pytest.mark.slow("writes all tables")
def test_no_text_of_a_csv_file_begins_as_a_formula(hostile: Selection) -> None:
    content = csv_on_the_web(hostile)
    assert isinstance(content, dict)
    assert [r["name_en"] for r in rows_of(content, "ResearchInstitute") if r["id"].endswith("/riken")] == [
        f"'{HOSTILE}"
    ]
    numbers = set()
    for name, data in content.items():
        if name != METADATA:
            for row in list(csv.reader(io.StringIO(data.decode(), newline="")))[1:]:
                for cell in row:
                    if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")):
                        float(cell)
                        numbers.add(cell)
    assert "-14400000000" in numbers or any(n.startswith("-") for n in numbers)


@pytest.mark.parametrize("text", ["=1+1", "+1+1", "-1-1", "-", "+", "-１", "-1e5", "@a", "\tx", "\rx", "\nx", "＝1", "'=1", "''-", "'", "", "it's", "a=1", "'quoted'"])  # fmt: skip
def test_a_neutral_text_can_be_turned_back(text: str) -> None:
    said = neutral(text)
    assert (said[1:] if said.startswith("'") and neutral(said[1:]) == said else said) == text
    assert not said.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝"))


@pytest.mark.parametrize("text", ["-1", "+1", "-3.0", "0", "3200000000"])
def test_a_number_stays_a_number(text: str) -> None:
    assert neutral(text) == text
    assert neutral(f"'{text}") == (f"'{text}" if text[0].isdigit() else f"''{text}")


@pytest.mark.slow("exports")
def test_a_byte_order_mark_stands_before_every_csv_file() -> None:
    plain, marked = kg.export("csv"), kg.export("csv", bom=True)
    assert isinstance(plain, dict)
    assert isinstance(marked, dict)
    assert marked == {name: codecs.BOM_UTF8 * name.endswith(".csv") + data for name, data in plain.items()}
    with pytest.raises(kg.UsageError, match="--bom goes with csv, not with xlsx"):
        kg.export("xlsx", bom=True)


def test_a_text_with_the_separator_gets_another_one() -> None:
    column = Field("c", {"en": "c"}, separator="")
    rows: list[dict[str, Any]] = [{"c": ["a", "b"]}, {"c": ["c|d"]}]
    table = make_table("t", {"en": "t"}, [column], rows, key=("c",))
    assert table.columns[0].separator == "¦"
    assert to_csv(table) == "c\r\na¦b\r\nc|d\r\n"
    rows.append({"c": ["|¦␞\x1f"]})
    with pytest.raises(DataError, match="no separator is left"):
        make_table("t", {"en": "t"}, [column], rows, key=("c",))


def test_a_key_points_to_the_one_table_that_has_all_ids() -> None:
    ident, other = Field("id", {}, "id"), Field("of", {}, "id")
    one = Sheet("One", {}, (ident,), ((("a/1",),),), ("id",), cls="x")
    two = Sheet("Two", {}, (ident, other), ((("b/1",), ("a/1",)), (("b/2",), ("a/1",))), ("id",), cls="y")
    all_things = Sheet("things", {}, (ident,), ((("a/1",),), (("b/1",),), (("b/2",),)), ("id",))
    linked = {t.name: {f.column: f.table for f in t.foreign} for t in link((one, two, all_things))}
    assert linked == {"One": {"id": "things"}, "Two": {"id": "things", "of": "One"}, "things": {}}


def test_a_date_is_a_date(files: dict[str, bytes]) -> None:
    issued = {r["issued"] for r in rows_of(files, "Document")} - {""}
    assert issued
    assert all(date.fromisoformat(text) for text in issued)
