"""`kg ask`: free text in English and Japanese finds the stored question and the things it names, or says it is unsure.

`asked.tsv` holds the texts: the question they mean and its arguments, `-` where no stored question answers them. A number
in `held_out` marks texts that were written, and measured once, before any wording was added for their sake.
"""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

import kg
from kg import terms
from kg.asking.reply import ask
from kg.errors import UsageError
from kg.language.names import find_named, fold, mend, take_identifier, take_years, vocabulary
from kg.language.similarity import features
from kg.language.understand import (
    LONGEST,
    Prepared,
    Understanding,
    command,
    in_words,
    language_of_text,
    prepare,
    sayings,
    sure,
    understand,
)
from kg.questions.catalogue import catalogue
from kg.stores.embedded import EmbeddedStore
from tests.conftest import ROOT


@dataclass(frozen=True)
class Asked:
    """One row of the table."""

    text: str
    question: str
    arguments: dict[str, str]


def table() -> list[Asked]:
    with (Path(__file__).parent / "asked.tsv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [
            Asked(r["text"], r["question"], dict(a.split("=", 1) for a in r["arguments"].split(";") if a)) for r in rows
        ]


ANSWERED = [a for a in table() if a.question != "-"]
OFTEN = 8  # of the texts one in so many is tried each time, the others with the slow tests
SOME = [
    a if n % OFTEN == 0 else pytest.param(a, marks=pytest.mark.slow("one of hundreds")) for n, a in enumerate(ANSWERED)
]
REFUSED = [a.text for a in table() if a.question == "-"]


@pytest.fixture(scope="module")
def known(store: EmbeddedStore) -> Prepared:
    return prepare(sayings(catalogue()), store)


def named(way: Understanding) -> dict[str, str]:
    return {name: terms.local_name(value) for name, value in way.arguments.items()}


@pytest.mark.parametrize("asked", SOME, ids=lambda a: a.text[:60])
def test_a_text_finds_its_question_and_its_arguments(asked: Asked, known: Prepared) -> None:
    found = understand(asked.text, known)
    place = "tests/language/asked.tsv, and the wording in queries/phrases"
    assert (found[0].question.name, named(found[0])) == (asked.question, asked.arguments), place
    assert sure(found), f"unsure: {place}"


@pytest.mark.parametrize("text", REFUSED)
def test_what_no_question_answers_is_not_answered(text: str, known: Prepared) -> None:
    assert not sure(understand(text, known))


def test_when_unsure_the_three_nearest_are_offered_and_none_is_taken(store: EmbeddedStore) -> None:
    reply = ask("the performance of quantum computers", store)
    assert (reply.answer, reply.understood, len(reply.ways)) == (None, None, 3)


def test_nothing_is_offered_to_who_asks_of_nothing_known(store: EmbeddedStore) -> None:
    assert ask("the weather in Tokyo", store).ways == ()


def test_what_is_offered_names_the_things_and_what_is_lacking(store: EmbeddedStore) -> None:
    reply = ask("量子コンピュータの性能は", store)
    said = {way.question.name: in_words(way, reply.labels, "ja") for way in reply.ways}
    assert said["programmes-funding-domain"] == "量子コンピュータ・量子シミュレーションに資金を出す事業は？"
    lacking = ask("which programmes fund", store)
    assert "Which programmes fund [domain]?" in {in_words(way, lacking.labels, "en") for way in lacking.ways}


def test_of_a_whole_and_its_part_the_part_is_meant_unless_both_stand_side_by_side(known: Prepared) -> None:
    within = understand("total money for education reform in the AI strategy", known)[0]
    assert named(within) == {"part": "ai-education"}
    beside = understand("total money for education reform and the AI strategy", known)[0]
    assert "part" not in named(beside)


def test_a_list_of_accounts_asks_for_no_single_one(known: Prepared) -> None:
    one = understand("S&T promotion expenses of MEXT", known)[0]
    assert named(one) == {"ministry": "mext", "category": "st-promotion"}
    several = understand(
        "S&T budget of MEXT: general account, of which S&T promotion costs (振興費), special account", known
    )
    assert named(several[0]) == {"ministry": "mext"}


def test_a_phase_that_is_only_included_is_no_argument(known: Prepared) -> None:
    best = understand("How much did smart agriculture get, supplementary included?", known)[0]
    assert (best.question.name, named(best)) == ("amount-of", {"programme": "smart-agriculture"})


def test_two_years_ask_for_a_comparison(known: Prepared) -> None:
    assert "years" in features("# vs #")
    assert "years" not in features("in #")
    assert understand("i-Construction 2019 vs 2020", known)[0].question.name == "lines-changed"


def test_a_year_that_nobody_asked_for_hides_no_money(store: EmbeddedStore) -> None:
    reply = ask("how much supplementary money went to NICT", store)
    assert reply.answer is not None
    assert reply.answer.total is not None
    assert reply.answer.total.lower == 7_900_000_000
    assert "FY2019" in reply.answer.notes[0]["en"]
    assert "--fiscal-year 2019" in command(reply.ways[0])


def test_the_table_is_large_and_half_japanese() -> None:
    japanese = [a for a in ANSWERED if language_of_text(a.text) == "ja"]
    assert len(ANSWERED) >= 100
    assert len(japanese) >= len(ANSWERED) / 2
    assert len(REFUSED) >= 20


@pytest.mark.parametrize("language", ["en", "ja"])
def test_every_stored_question_is_reached_in_both_languages(language: str) -> None:
    reached = {a.question for a in ANSWERED if language_of_text(a.text) == language}
    assert reached == {q.name for q in catalogue()}, "add rows to tests/language/asked.tsv"


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("programmes funding quantum security in FY2019", "2019"),
        ("programmes funding quantum security in 2019", "2019"),
        ("programmes funding quantum security, fiscal 2020", "2020"),
        ("programmes funding quantum security in fiscal year 2020", "2020"),
        ("programmes funding quantum security FY19", "2019"),
        ("令和2年度に量子セキュリティに資金を出す事業", "2020"),
        ("令和元年度に量子セキュリティに資金を出す事業", "2019"),
        ("平成31年度に量子セキュリティに資金を出す事業", "2019"),
        ("2020年度に量子セキュリティに資金を出す事業", "2020"),
        ("２０２０年度に量子セキュリティに資金を出す事業", "2020"),
    ],
)
def test_a_year_is_read_however_it_is_written(text: str, year: str, known: Prepared) -> None:
    best = understand(text, known)[0]
    assert best.question.name == "programmes-funding-domain"
    assert named(best) == {"domain": "quantum-security", "fiscalYear": year}


def test_two_years_for_one_parameter_leave_it_open() -> None:
    assert take_years("2019 and 2020")[0] == [2019, 2020]


@pytest.mark.parametrize(
    "name",
    [
        "Quantum-Security",
        "quantumsecurity",
        "QUANTUM SECURITY",
        "量子ｾｷｭﾘﾃｨ",
        "量子セキュリティー",
        "量子 セキュリティ",
        "量子セキュリテイ",
        "量子セキリティ",
    ],
)
def test_a_name_is_found_whatever_its_spelling(name: str, store: EmbeddedStore) -> None:
    known = vocabulary({"is:TechnicalDomain"}, store)
    longest = find_named(fold(name), known.labels)[0]
    assert terms.local_name(longest.bearers[0][0]) == "quantum-security"


@pytest.mark.parametrize(
    ("cls", "name", "text"),
    [
        ("is:FundedItem", "共創の場形成支援", "共創の場形成支援って何ですか"),
        ("is:Indicator", "論文数シェア", "論文数シェアの推移"),  # 論文数のシェア is a name too
    ],
)
def test_a_right_name_does_not_swallow_the_character_beside_it(
    cls: str, name: str, text: str, store: EmbeddedStore
) -> None:
    found = find_named(fold(text), vocabulary({cls}, store).labels)[0]
    assert (found.start, found.end) == (0, len(name))


def test_a_text_that_is_almost_a_wording_needs_one_telling_word_only(known: Prepared) -> None:
    best = understand("再掲はどれですか", known)[0]
    assert (best.question.name, best.cover > 0) == ("repeated-lines", True)


def test_a_name_inside_another_word_is_none(store: EmbeddedStore) -> None:
    known = vocabulary({"is:TechnicalDomain"}, store)
    assert find_named(fold("said the aircraft"), known.labels) == []


def test_a_typing_error_is_mended_but_a_right_word_stays() -> None:
    assert mend("progams for quantm things", {"programs", "quantum"}) == "programs for quantum things"
    assert mend("nuclear programs", {"unclear", "programs"}) == "nuclear programs"
    assert mend("many cats", {"cas", "many"}) == "many cats"


def test_names_that_are_only_weighed_are_no_arguments(known: Prepared) -> None:
    best = understand("which programmes fund quantum computing, and is the link stated or inferred?", known)[0]
    assert named(best) == {"domain": "quantum-computing"}


def test_a_ministry_among_the_institutions_is_taken_as_a_ministry(known: Prepared) -> None:
    best = understand("how much does METI spend on quantum technology", known)[0]
    assert named(best) == {"ministry": "meti", "domain": "quantum-technology"}


def test_an_identifier_is_read_with_or_without_its_address() -> None:
    assert take_identifier("who is Q1153275?")[0] == "Q1153275"
    assert take_identifier("https://www.wikidata.org/wiki/Q1153275")[0] == "Q1153275"
    assert take_identifier("法人番号1030005007111の機関")[0] == "1030005007111"
    assert take_identifier("no number here") == (None, "no number here")


def test_a_bare_name_asks_nothing(known: Prepared) -> None:
    assert not sure(understand("RIKEN", known))
    assert not sure(understand("量子セキュリティ", known))


def test_a_question_without_its_thing_is_not_guessed(store: EmbeddedStore) -> None:
    reply = ask("which programmes fund", store)
    assert reply.answer is None
    assert any(way.missing == ("domain",) for way in reply.ways)
    assert any("--domain …" in command(way) for way in reply.ways)


@pytest.mark.parametrize(
    "text", ["", " ", "?", "。", "\ud800", "{thing}", "$9", '"; DROP', "a" * LONGEST, "量子" * 200]
)
def test_no_text_breaks_it(text: str, known: Prepared) -> None:
    assert not sure(understand(text, known))


def test_an_empty_text_is_refused(store: EmbeddedStore) -> None:
    with pytest.raises(UsageError, match="the question is empty"):
        ask(" ", store)


def test_a_text_too_long_to_be_a_question_is_refused(store: EmbeddedStore) -> None:
    with pytest.raises(UsageError, match="at most 500 characters"):
        ask("x" * (LONGEST + 1), store)


def test_both_languages_get_the_same_answer() -> None:
    answers = [
        kg.ask(text).answer for text in ("量子セキュリティに資金を出す事業は？", "which programs fund quantum security")
    ]
    assert answers[0] and answers[1] and answers[0].total == answers[1].total


@pytest.mark.slow("takes over a second")
def test_the_same_text_is_understood_alike_whatever_the_hash_seed() -> None:
    code = (
        "import kg; print([(w.question.name, w.arguments, w.score) for t in"
        " ('AI money of MEXT', '研究開発の行', 'which programs fund quantum security') for w in kg.ask(t).ways])"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(said) == 1


def test_the_command_says_what_it_understood_and_answers() -> None:
    done = _kg("ask", "which programs fund quantum security")
    assert done.returncode == 0
    assert "kg query programmes-funding-domain --domain quantum-security --fiscal-year 2020" in done.stderr
    assert "Quantum Leap" in done.stdout


def test_the_command_offers_the_three_nearest_when_unsure() -> None:
    done = _kg("ask", "火星移住の予算はいくら")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("kg query ") == 3
    assert "Traceback" not in done.stderr


def _kg(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "kg", *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
