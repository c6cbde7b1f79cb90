"""A question is taken apart, led to a stored question by the table of frames, and its rows are finished."""

from __future__ import annotations

import pytest

from kg.asking.finishing.finish import finish
from kg.asking.frames import frames
from kg.asking.reply import ask
from kg.asking.words.parse import Asked, take_apart
from kg.language.understand import Prepared, prepare, sayings
from kg.questions.catalogue import catalogue
from kg.stores.embedded import EmbeddedStore

QUESTIONS = {question.name: question for question in catalogue()}


@pytest.fixture(scope="module")
def known(first_store: EmbeddedStore) -> Prepared:
    return prepare(sayings(catalogue()), first_store)


def apart(text: str, known: Prepared) -> Asked:
    return take_apart(text, known.names, known.words)


@pytest.mark.parametrize(
    ("text", "question", "said"),
    [
        ("which 3 ministries got the most science money", "ministry-table", "Ministry of Economy, Trade and Industry"),
        ("rank of MIC by science budget", "ministry-table", "6th of 17"),
        ("which ministries' budgets fell", "ministry-table", "5 of 17 ministries"),
        ("how many ministries have more than 100 billion yen", "ministry-table", "9 of 17"),
        ("which ministries have no S&T promotion expenses", "ministry-table", "6 of 17"),
        ("what share of the total budget goes to MEXT and METI", "ministry-table", "together 64.2%"),
        ("how much more does METI have than MLIT", "ministry-table", "by ¥320.8 bn"),
        ("MIC and METI added up", "ministry-table", "Together ¥871.9 bn"),
        ("share of special accounts in the total budget", "budget-totals", "18.5%"),
        ("how much is Q-LEAP", "lines", "¥3.2 bn (32億円) in FY2020; ¥2.2 bn (22億円) in FY2019"),
        ("smart agriculture, initial and supplementary added up", "lines", "Together ¥8.7 bn (87億円)"),
        ("how much is Moonshot", "lines", "under consideration (検討中)"),
        ("which quantum lines are new", "lines", "2 of 21 lines"),
        ("which METI line is printed twice on the AI page", "lines", "(1 of them repeats another line)"),
        ("how many ministries have between 100 and 300 billion yen", "ministry-table", "6 of 17"),
        ("what share of the whole do the top 3 ministries have together", "ministry-table", "together 72.6%"),
        ("by how much did the quantum budget grow", "strategy-totals", "about ¥21.5 bn (215億円) in FY2020"),
        ("Japan's place in the WEF ranking", "rank-changes", "８位 (2017) → ５位 (2018)"),
        ("does the US or the EU spend more on quantum", "foreign-investments", "United States has more, by ¥15 bn"),
        ("who administers Q-LEAP", "institutions-of-programme", "Ministry of Education"),
        ("which programs fund quantum security", "programmes-funding-domain", "at most ¥27.9 bn (279億円)"),
        ("what are the quantum fusion areas", "domains", "quantum life science"),
    ],
)
def test_a_question_is_led_to_the_rows_that_answer_it(
    text: str, question: str, said: str, first_store: EmbeddedStore
) -> None:
    reply = ask(text, first_store, "en")
    assert reply.answer is not None, reply.reason
    assert reply.ways[0].question.name == question
    assert said in reply.answer.sentence["en"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("総務省は科学技術予算で何番目？", "6番目"),
        ("りけんのAIPセンターいくら", "32.5億円"),
        ("ギガスクールはいくら", "2019年度補正2318.1億円"),
        ("伸び率がいちばん大きかった省は？", "総務省"),
        ("なぜ合計と内訳の和が合わないのか", "四捨五入"),
    ],
)
def test_japanese_goes_through_the_same_table(text: str, said: str, first_store: EmbeddedStore) -> None:
    reply = ask(text, first_store)
    assert reply.answer is not None, reply.reason
    assert said in reply.answer.sentence["ja"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("How many researchers work at RIKEN", "researchers"),
        ("how much does germany spend on quantum", "germany"),
        ("韓国の量子投資額", "韓国"),
        ("MIC science budget in 2031", "FY2031"),
    ],
)
def test_a_word_that_nothing_accounts_for_stops_the_answer(text: str, said: str, first_store: EmbeddedStore) -> None:
    reply = ask(text, first_store)
    assert reply.answer is None
    assert said in " ".join((reply.reason or {}).values())


def test_an_unknown_character_is_passed_over_and_named_but_an_unknown_word_makes_the_answer_uncertain(
    first_store: EmbeddedStore,
) -> None:
    reply = ask("Q-LEAPの並の額は", first_store)
    assert reply.answer is not None
    assert reply.beside == ("並",)
    reply = ask("how much is the wonderful Q-LEAP", first_store)
    assert reply.answer is None
    assert {way.arguments["programme"].rsplit("/", 1)[-1] for way, _ in reply.near} == {"q-leap"}


def test_a_place_in_a_ranking_is_the_row_at_that_place(first_store: EmbeddedStore) -> None:
    for text in ("which ministry has the second largest S&T budget", "科学技術関係予算が2番目に多い府省は"):
        reply = ask(text, first_store)
        assert reply.answer is not None, text
        assert "6,889億円" in reply.answer.sentence["ja"], text
        assert "21,224億円" not in reply.answer.sentence["ja"], text


def test_a_figure_that_looks_like_a_year_bounds_the_rows(first_store: EmbeddedStore) -> None:
    reply = ask("科学技術関係予算が2000億円を超えてる省は", first_store)
    assert reply.answer is not None
    assert len(reply.answer) == 5


def test_one_line_is_no_sum(first_store: EmbeddedStore) -> None:
    assert ask("QSTの量子生命の拠点、建設の補正と拠点形成費を足すと合計何億円", first_store).answer is None


def test_a_question_is_taken_apart(known: Prepared) -> None:
    asked = apart("Which three ministries gained more than 10 billion yen in FY2020, without MEXT?", known)
    assert [*asked.years, asked.first, *(int(b.number) for b in asked.bounds)] == [2020, 3, 10_000_000_000]
    assert {"rose"} <= asked.which
    assert [iri.rsplit("/", 1)[-1] for name in asked.without for iri in name.iris["ministry"]] == ["mext"]
    assert asked.left == ()
    assert apart("the top five lines", known).first == 5
    assert apart("how much do US agencies get", known).named("institution")[0].endswith("us-government")


def test_a_passage_answers_where_no_table_does(first_store: EmbeddedStore) -> None:
    reply = ask("when was AI Strategy 2019 decided", first_store)
    assert reply.answer is not None
    assert "2019-06-11" in reply.answer.sentence["en"]
    assert reply.ways == ()


def test_every_frame_leads_to_a_question_with_its_parameters() -> None:
    for frame in frames():
        question = QUESTIONS[frame.question]
        wanted = {*frame.kinds.values(), *frame.defaults, *(p for each in frame.drops.values() for p in each)}
        assert wanted <= {parameter.name for parameter in question.parameters}, frame.question


def test_an_answer_without_rows_stays_as_it_is(first_store: EmbeddedStore) -> None:
    assert ask("science budget of MIC in 1900", first_store).answer is None
    assert finish.__doc__
