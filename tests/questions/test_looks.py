"""What an answer looks like: every stored question at 80 columns in both languages, and the same content everywhere."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest

import kg
from kg.questions.answer import Answer
from kg.questions.answer_text import FORMATS, Style, write
from kg.questions.catalogue import catalogue
from kg.questions.formats.sheet import sheet
from kg.questions.formats.table import short_sources, shown_part
from kg.questions.run import run
from kg.questions.terminal import columns_of, wrap_columns
from kg.stores.embedded import EmbeddedStore

QUESTIONS = {question.name: question for question in catalogue()}
OFTEN = 5  # one question in so many is tried each time, the others with the slow tests
SOME = [
    n if i % OFTEN == 0 else pytest.param(n, marks=pytest.mark.slow("one of many")) for i, n in enumerate(QUESTIONS)
]
LANGUAGES = ("en", "ja")
NARROW = Style(columns=80)
# what a reader takes for one word, whatever the program takes for one
WORD = re.compile(r"[A-Za-z][A-Za-z&'’-]*|[ァ-ヺー]+|¥?[−0-9][0-9,.]*(?: bn|億円|%|頁|行)?")


def answered(name: str, store: EmbeddedStore, language: str = "en") -> Answer:
    question = QUESTIONS[name]
    given = {p.name: p.example for p in question.parameters if p.required and p.example}
    return run(question, given, store, language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SOME)
def test_no_line_is_wider_than_the_terminal_and_no_word_is_broken(
    name: str, language: str, store: EmbeddedStore
) -> None:
    answer = answered(name, store, language)
    for style in (NARROW, Style(columns=80, wide=True, notes=True)):
        lines = write(answer, "table", language, style).splitlines()
        assert [line for line in lines if columns_of(line) > 80] == []
        whole = short_sources(sheet(answer, language, style), language)
        part = shown_part(whole, answer.outline, style)
        places = part.places or range(len(whole.columns))
        texts = [whole.sentence, *(row.texts[i] for row in whole.rows for i in places), *whole.footnotes]
        words = {word for text in texts for word in WORD.findall(text.replace("://", " ")) if "://" not in text}
        found = "\n".join(lines).replace("\N{NO-BREAK SPACE}", " ")
        assert sorted(word for word in words if word not in found) == []


@pytest.mark.parametrize("name", SOME)
def test_a_table_has_five_columns_at_most_and_names_the_others(name: str, store: EmbeddedStore) -> None:
    answer = answered(name, store)
    whole = sheet(answer, "en", NARROW)
    if not whole.rows:
        return
    part = shown_part(whole, answer.outline, NARROW)
    shown = [whole.columns[i] for i in part.places]
    assert len([column for column in shown if not column.footnote]) <= 5
    assert len(part.places) + len(part.left_out) + len(part.same) >= len(whole.columns) - sum(
        not any(row.texts[i] for row in whole.rows) for i in range(len(whole.columns))
    )
    assert not part.left_out or "--wide shows all" in " ".join(write(answer, "table", "en", NARROW).split())


@pytest.mark.slow("takes over a second")
@pytest.mark.parametrize("name", SOME)
def test_a_wider_table_has_the_same_columns(name: str, store: EmbeddedStore) -> None:
    answer = answered(name, store)
    whole = short_sources(sheet(answer, "en", NARROW), "en")
    parts = {shown_part(whole, answer.outline, Style(columns=columns)) for columns in (80, 100, 200)}
    assert len(parts) == 1


@pytest.mark.parametrize(("text", "lines"), [
    ("グローバル量子暗号通信網構築のための研究開発", ["グローバル", "量子暗号通信網構築の", "ための研究開発"]),
    ("国立研究開発法人情報通信研究機構運営費交付金", ["国立研究開発法人", "情報通信研究機構", "運営費交付金"]),
    ("引き続き取り組みを進める", ["引き続き取り組みを", "進める"]),
    ("at most ¥1,234.5 bn in all", ["at most ¥1,234.5 bn", "in all"]),
    ("as printed (p2\N{NO-BREAK SPACE}l178–181)", ["as printed", "(p2\N{NO-BREAK SPACE}l178–181)"]),
    ("279億円の内数; 32億円", ["279億円の内数;", "32億円"]),
])  # fmt: skip
def test_lines_break_between_words_of_either_language(text: str, lines: list[str]) -> None:
    assert wrap_columns(text, 20) == lines


@pytest.fixture(scope="module")
def security(first_store: EmbeddedStore) -> Answer:
    return run(QUESTIONS["programmes-funding-domain"], {"domain": "quantum-security"}, first_store)


def test_money_stands_by_how_certain_it_is_with_its_total_and_reasons_once(security: Answer) -> None:
    lines = write(security, "table", "en", NARROW).splitlines()
    assert lines.index("certain") < lines.index("up to")
    certain = " ".join(lines[lines.index("certain") : lines.index("up to")])
    assert "¥1.4 bn   ¥1.4 bn" in certain
    assert re.search(r"^total +¥1.4 bn +¥34.5 bn$", "\n".join(lines), re.M)
    reason = "4 shared with other domains or institutions, in parts that are not stated"
    assert lines.count(reason) == 1
    assert lines[-1] == "3 open readings affect this: --notes"
    assert "--notes" not in write(security, "table", "en", Style(columns=80, notes=True))


def test_the_largest_comes_first_among_what_is_equally_certain(first_store: EmbeddedStore) -> None:
    whole = sheet(answered("funding-by-programme", first_store), "en", NARROW)
    at = [column.name for column in whole.columns].index("upper")
    for title, rows in whole.sections:
        amounts = [int(getattr(row.terms[at], "value", 0) or 0) for row in rows]
        assert amounts == sorted(amounts, reverse=True), title


def test_undecided_money_stands_apart(first_store: EmbeddedStore) -> None:
    text = write(answered("funding-by-panel", first_store), "table", "en", NARROW)
    assert "no limit" not in text or "\nundecided\n" in text


def test_an_order_that_was_asked_for_is_kept(first_store: EmbeddedStore) -> None:
    answer = kg.query("funding", domain="quantum-security", sort="programme", store=first_store)
    assert [title for title, _ in sheet(answer, "en", NARROW).sections] == [""]


def test_a_sum_over_one_year_has_a_total_row(first_store: EmbeddedStore) -> None:
    one = run(QUESTIONS["rank-ministries"], {"fiscalYear": "2020"}, first_store)
    assert sheet(one, "en", NARROW).total == ("", "total", "¥4,378.6 bn", "", "", "")
    assert sheet(run(QUESTIONS["rank-ministries"], {"fiscalYear": "any"}, first_store), "en", NARROW).total is None


def test_records_have_names_beside_iris_and_units_in_the_names_of_columns(security: Answer) -> None:
    for language, name in (("en", "NICT operating grant"), ("ja", "NICT運営費交付金")):
        (first, *_) = csv.DictReader(io.StringIO(write(security, "csv", language)))
        assert first["programme"] == name
        assert first["programme_iri"].endswith("/programme/nict-operating-grant")
        assert (first["lower_yen"], first["upper_yen"]) == ("0", "27900000000")
        assert len(first["source_iri"].split()) == 2
        (same, *_) = csv.DictReader(io.StringIO(write(security, "tsv", language)), delimiter="\t")
        assert same == first
        (line, *_) = write(security, "jsonl", language).splitlines()
        assert {key: "" if value is None else str(value) for key, value in json.loads(line).items()} == first


@pytest.mark.slow("takes over a second")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SOME)
def test_every_format_has_the_same_rows(name: str, language: str, store: EmbeddedStore) -> None:
    answer = answered(name, store, language)
    read = {
        "csv": list(csv.DictReader(io.StringIO(write(answer, "csv", language)))),
        "tsv": list(
            csv.DictReader(io.StringIO(write(answer, "tsv", language)), delimiter="\t", quoting=csv.QUOTE_NONE)
        ),
        "json": json.loads(write(answer, "json", language))["rows"],
        "jsonl": [json.loads(line) for line in write(answer, "jsonl", language).splitlines()],
    }
    assert {len(rows) for rows in read.values()} == {len(answer)}
    assert read["json"] == read["jsonl"]
    names = [tuple(row) for rows in read.values() for row in rows[:1]]
    assert len(set(names)) <= 1
    assert all(len(set(columns)) == len(columns) for columns in names)


def test_sentence_and_notes_come_with_json_and_with_csv_if_asked(security: Answer) -> None:
    whole = json.loads(write(security, "json", "ja"))
    assert whole["sentence"] == security.sentence["ja"]
    assert whole["notes"] == [note["ja"] for note in security.notes]
    assert len(whole["open_readings"]) == 3
    assert whole["arguments"]["domain"]["name"] == "量子セキュリティ"
    assert not write(security, "csv", "ja").startswith("#")
    noted = write(security, "csv", "ja", Style(with_notes=True)).splitlines()
    assert noted[0] == f"# {security.sentence['ja']}"
    assert write(security, "csv", "ja").splitlines() == [line for line in noted if not line.startswith("# ")]


def test_words_have_their_code_beside_them(first_store: EmbeddedStore) -> None:
    answer = run(QUESTIONS["institutions-of-programme"], {"programme": "sip"}, first_store)
    (first, *_) = csv.DictReader(io.StringIO(write(answer, "csv", "ja")))
    assert (first["role"], first["role_code"]) == ("所管", "administers")


@pytest.mark.parametrize(("unit", "said"), [("bn", "¥27.9 bn"), ("oku", "279億円"), ("yen", "¥27,900,000,000")])
@pytest.mark.parametrize("form", ["table", "md", "html"])
def test_amounts_are_in_the_unit_that_is_asked_for(unit: str, said: str, form: str, security: Answer) -> None:
    text = write(security, form, "en", Style(unit=unit))
    assert said in text
    assert unit == "bn" or " bn" not in text


def test_japanese_amounts_may_be_in_whole_yen(security: Answer) -> None:
    assert "27,900,000,000円" in write(security, "table", "ja", Style(unit="yen"))


def test_every_format_is_written(security: Answer) -> None:
    assert all(write(security, form) for form in FORMATS)
