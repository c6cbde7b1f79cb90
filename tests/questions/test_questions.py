"""Every stored question: its header, its promise, its whole answer, and the same answer on a second engine."""

from __future__ import annotations

import re
import tomllib
import warnings
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib

from kg import paths, terms
from kg.assembly.build import Built
from kg.errors import UsageError
from kg.questions.answer_text import write
from kg.questions.catalogue import NEWEST, Question, catalogue, load_question
from kg.questions.run import run, take_arguments
from kg.rdf.nodes import integer
from kg.stores.binding import bind
from kg.stores.embedded import EmbeddedStore, open_embedded
from tests.conftest import BOTH, DOCUMENTS
from tests.support.beside import added, both_documents
from tests.support.kept import assert_kept, assert_none_left_over

QUESTIONS = {q.name: q for q in catalogue()}
ANSWERS = Path(__file__).parent / "answers"
BESIDE = Path(__file__).parent / "answers_both"  # what the second document of the tests adds
SOME = ("budget-totals", "documents", "funding", "lines-changed", "rank-ministries")
NAMES = sorted(QUESTIONS)


def example(question: Question) -> dict[str, str]:
    """The arguments that a question's own header gives: its required examples; defaults are taken by themselves."""
    return {p.name: p.example for p in question.parameters if p.required and p.example}


def answer_text(question: Question, store: EmbeddedStore, **given: str) -> str:
    answer = run(question, {**example(question), **given}, store)
    return f"# {answer.sentence['en']}\n{write(answer, 'sparql-csv')}".replace("\r\n", "\n")


def test_there_are_enough_questions() -> None:
    assert len(QUESTIONS) >= 40


@pytest.mark.parametrize("name", NAMES)
def test_the_header_speaks_both_languages(name: str) -> None:
    question = QUESTIONS[name]
    texts = [question.summary, question.empty, *question.columns.values(), *(p.label for p in question.parameters)]
    assert all(set(t) >= {"en", "ja"} and all(t.values()) for t in texts)
    assert question.tags
    assert all(p.example or p.default for p in question.parameters if p.required)


@pytest.mark.slow("takes over a second")
@pytest.mark.parametrize("name", NAMES)
def test_the_promise_is_kept(name: str, store: EmbeddedStore) -> None:
    question = QUESTIONS[name]
    found = store.select(bind(question.text, take_arguments(question, example(question), store)))
    assert set(question.expect) <= {"rows", "min_rows"}
    assert set(question.columns) <= set(found.columns)
    count, mend = len(found.rows), f"correct `expect` in queries/{name}.rq, or the query"
    assert count == question.expect.get("rows", count), mend
    assert count >= question.expect.get("min_rows", 0), mend
    assert question.expect.get("rows") == 0 or count, mend


def promised() -> list[tuple[str, str, str]]:
    """Each promise of each document: a question, and whether its number of rows is exact."""
    kinds = [(d, kind, expected(d)[kind]) for d in DOCUMENTS for kind in ("rows", "at_least")]
    return [(document, kind, name) for document, kind, numbers in kinds for name in numbers]


def expected(document: str) -> dict[str, Any]:
    return tomllib.loads((paths.FACTS / document / "expect.toml").read_text(encoding="utf-8"))


@pytest.mark.slow("takes over a second")
@pytest.mark.parametrize(("document", "kind", "name"), promised())
def test_a_document_has_the_rows_that_it_promises(document: str, kind: str, name: str, store: EmbeddedStore) -> None:
    question, wanted = QUESTIONS[name], expected(document)[kind][name]
    year = str(expected(document)["fiscal_year"])
    given = {p.name: year for p in question.parameters if p.default == NEWEST}
    found = store.select(bind(question.text, take_arguments(question, {**example(question), **given}, store)))
    others = tuple(f"{terms.ID}passage/{other}/" for other in DOCUMENTS if other != document)
    count = sum(not any(str(getattr(cell, "value", "")).startswith(others) for cell in row) for row in found.rows)
    exact = kind == "rows" and ("source" in found.columns or not others)
    mend = f"correct {name} in kg/facts/{document}/expect.toml, or the facts, or queries/{name}.rq"
    assert (count == wanted) if exact else (count >= wanted), f"{count} rows, {wanted} expected: {mend}"


def test_every_document_promises_rows() -> None:
    """Counts that a document changes stand with the document, and so no document changes a question."""
    assert {document for document, _, _ in promised()} == set(DOCUMENTS)
    assert {name for _, _, name in promised()} <= set(QUESTIONS)
    assert len(promised()) > 60


@pytest.mark.parametrize("name", NAMES)
def test_the_whole_answer_is_what_was_read_and_accepted(name: str, first_store: EmbeddedStore) -> None:
    assert_kept(ANSWERS / f"{name}.csv", answer_text(QUESTIONS[name], first_store), "answers")


def test_no_accepted_answer_is_left_over() -> None:
    assert_none_left_over(ANSWERS, (f"{name}.csv" for name in QUESTIONS), "answers")


def answer_beside(question: Question, first: EmbeddedStore, both: EmbeddedStore) -> str:
    """What a second document adds to an answer, and to that for the year which is the newest without it."""
    said = added(answer_text(question, first), answer_text(question, both))
    if not any(p.default == NEWEST for p in question.parameters):
        return said
    year = getattr(take_arguments(question, example(question), first).get("fiscalYear"), "value", "any")
    again = added(answer_text(question, first, fiscalYear=year), answer_text(question, both, fiscalYear=year))
    return said + (f"# fiscalYear={year}\n{again}" if again and again != said else "")


@pytest.mark.parametrize("name", NAMES if BOTH else SOME)
def test_a_second_document_adds_to_the_answer_what_was_read_and_accepted(
    name: str, first_store: EmbeddedStore, both_store: EmbeddedStore
) -> None:
    path, now = BESIDE / f"{name}.txt", answer_beside(QUESTIONS[name], first_store, both_store)
    if now or path.is_file():
        assert_kept(path, now, "answers")


def test_no_answer_beside_a_second_document_is_left_over() -> None:
    assert {path.stem for path in BESIDE.iterdir()} <= set(QUESTIONS), "python -m tests.refresh answers"
    assert set(SOME) <= {path.stem for path in BESIDE.iterdir()}


@dataclass(frozen=True)
class SecondEngine:
    """rdflib, over all statements in one graph, and over the named graphs for the questions that name them."""

    union: rdflib.Graph
    named: rdflib.Dataset

    def rows(self, query: str) -> list[tuple[str, ...]]:
        result = (self.named if "GRAPH" in query else self.union).query(query)
        names = [str(name) for name in result.vars or []]
        return [shown(names, row) for row in result]  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def second_engine(built: Built) -> SecondEngine:
    union = rdflib.Graph().parse(data="".join(sorted({f"{q.triple} .\n" for q in built.quads})), format="nt")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # rdflib's own, inside its TriG reader
        named = rdflib.Dataset(default_union=True)
        named.parse(data=built.trig, format="trig")
    return SecondEngine(union, named)


def shown(names: Sequence[str], row: Sequence[object]) -> tuple[str, ...]:
    """A row as text; an engine is free in the order of what GROUP_CONCAT joins."""
    cells = zip(names, map(plain, row), strict=True)
    return tuple(" ".join(sorted(text.split())) if name == "includedIn" else text for name, text in cells)


def plain(term: object) -> str:
    if term is None:
        return ""
    text = term.value if isinstance(term, ox.NamedNode | ox.Literal) else str(term)
    return re.sub(r"(\.[0-9]*?)0+$", r"\1", text).rstrip(".") if re.fullmatch(r"-?[0-9]+\.[0-9]+", text) else text


@pytest.mark.slow("takes rdflib a minute")
@pytest.mark.parametrize("name", NAMES)
def test_rdflib_and_oxigraph_answer_alike(name: str, store: EmbeddedStore, second_engine: SecondEngine) -> None:
    question = QUESTIONS[name]
    query = bind(question.text, take_arguments(question, example(question), store))
    found = store.select(query)
    assert Counter(second_engine.rows(query)) == Counter(shown(found.columns, row) for row in found.rows)


@pytest.mark.parametrize("name", NAMES)
def test_no_alternative_paths_where_rows_are_counted(name: str) -> None:
    """Oxigraph drops doubles in `(p|q)` paths, so sums over them would differ from other engines."""
    body = re.sub(r"#.*", "", QUESTIONS[name].text)
    body = re.sub(r'"[^"]*"|<[^>]*>', "", body).replace("||", "")
    body = re.sub(r"EXISTS\s*\{[^{}]*\}", "", body)  # where doubles count for nothing
    if re.search(r"\b(SUM|COUNT|AVG|GROUP BY)\b", body) or QUESTIONS[name].money is not None:
        assert "|" not in body


@pytest.mark.slow("takes over a second")
@pytest.mark.parametrize("name", NAMES)
def test_answers_come_in_a_fixed_order(name: str, store: EmbeddedStore) -> None:
    """Rows that agree in all that ORDER BY names may come in any order, and differently on the next engine."""
    question = QUESTIONS[name]
    found = store.select(bind(question.text, take_arguments(question, example(question), store)))
    keys = set(re.findall(r"\?(\w+)", question.text.rpartition("ORDER BY")[2])) & set(found.columns)
    places = [found.columns.index(key) for key in keys]
    tied = [row for row, n in Counter(tuple(str(row[i]) for i in places) for row in found.rows).items() if n > 1]
    assert keys, "no ORDER BY"
    assert not tied, "add a column to ORDER BY"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"domain": "quantum secrity"}, "did you mean 'quantum security'"),
        ({"doman": "quantum security"}, "has no parameter doman; did you mean 'domain'"),
        ({}, 'needs --domain, such as --domain "quantum-security"'),
        ({"domain": "riken"}, "unknown technical domain 'riken'"),
        ({"domain": "quantum security", "fiscalYear": "soon"}, "is not a whole number"),
        ({"domain": "https://example.org/x"}, "this dataset has no technical domain https://example.org/x"),
    ],
)
def test_a_wrong_argument_is_refused_with_the_nearest_right_one(
    arguments: dict[str, str], said: str, store: EmbeddedStore
) -> None:
    with pytest.raises(UsageError, match=re.escape(said)):
        run(load_question("programmes-funding-domain"), arguments, store)


@pytest.mark.parametrize("text", ["quantum-security", "quantum security", "Quantum Security", "量子セキュリティ", "量子ｾｷｭ", "domain:quantum-security", "https://w3id.org/innovation-strategy/id/domain/quantum-security"])  # fmt: skip
def test_a_thing_may_be_named_in_many_ways(text: str, store: EmbeddedStore) -> None:
    question = load_question("programmes-funding-domain")
    if text.startswith("domain:"):
        text = "id:domain/quantum-security"
    found = take_arguments(question, {"domain": text}, store)["domain"]
    assert found == ox.NamedNode("https://w3id.org/innovation-strategy/id/domain/quantum-security")


def test_an_unknown_question_is_refused_with_the_nearest() -> None:
    with pytest.raises(UsageError, match="did you mean 'funding'"):
        load_question("fundin")


def test_an_empty_answer_says_which_years_there_are(store: EmbeddedStore) -> None:
    answer = run(load_question("funding"), {"domain": "quantum security", "fiscalYear": "2018"}, store)
    assert len(answer) == 0
    assert re.fullmatch("No amounts in FY2018, but [0-9]+ printed amounts in FY2019 and FY2020.", answer.sentence["en"])


DOMAINS = ["quantum-security", "quantum-computing", "quantum-sensing", "quantum-technology", "quantum-inspired", "ai"]


def test_a_year_asked_for_is_kept_and_an_undated_amount_fits_none(store: EmbeddedStore) -> None:
    assert not run(load_question("funding"), {"programme": "moonshot", "fiscalYear": "2020"}, store).rows
    assert not run(load_question("funding"), {"programme": "moonshot", "fiscalYear": "2025"}, store).rows
    kept = run(load_question("funding"), {"programme": "giga-school", "fiscalYear": "2020"}, store)
    assert len(kept) == 0
    assert [note["en"] for note in kept.notes] == [
        "also printed: FY2019 supplementary budget: exactly ¥231.81 bn (2,318.1億円)"
    ]


def test_without_a_year_the_newest_is_taken_that_has_what_is_asked(store: EmbeddedStore) -> None:
    school = run(load_question("funding"), {"programme": "giga-school"}, store)
    assert (len(school), school.arguments["fiscalYear"]) == (1, integer(2019))
    assert school.notes[0]["en"] == "no year was given, so this is FY2019, the newest in print"
    security = run(load_question("funding"), {"domain": "quantum-security"}, store)
    assert security.arguments["fiscalYear"] == integer(2020)
    supplementary = run(load_question("funding"), {"domain": "quantum-security", "phase": "supplementary"}, store)
    assert supplementary.arguments["fiscalYear"] == integer(2019)
    asked = {"domain": "quantum-security", "phase": "supplementary", "fiscal-year": "newest"}
    assert run(load_question("funding"), asked, store).rows == supplementary.rows != ()


def test_an_amount_without_a_year_is_found_when_no_other_is(store: EmbeddedStore) -> None:
    moonshot = run(load_question("funding"), {"programme": "moonshot"}, store)
    assert (len(moonshot), "fiscalYear" in moonshot.arguments) == (1, False)


@pytest.mark.parametrize(
    ("given", "others"),
    [
        ({}, {"FY2019 initial budget", "FY2019 supplementary budget"}),
        ({"fiscalYear": "2020"}, {"FY2019 initial budget", "FY2019 supplementary budget"}),
        ({"fiscalYear": "2019"}, {"FY2020 initial budget"}),
        ({"phase": "supplementary"}, {"FY2020 initial budget", "FY2019 initial budget"}),
        ({"fiscalYear": "2019", "phase": "initial"}, {"FY2020 initial budget", "FY2019 supplementary budget"}),
    ],
)
def test_other_years_and_phases_with_money_are_named_in_one_line(
    given: dict[str, str], others: set[str], store: EmbeddedStore
) -> None:
    answer = run(load_question("funding"), {"domain": "quantum-security", **given}, store)
    (line,) = [note["en"] for note in answer.notes if "also printed" in note["en"]]
    said = line.partition("also printed: ")[2].split(" · ")
    assert len(said) == len(others)
    assert all(any(part.startswith(f"{other}: ") for part in said) for other in others), line
    assert ("¥7.9 bn (79億円)" in line) == ("FY2019 supplementary budget" in others)


def test_an_answer_for_all_years_has_no_others(store: EmbeddedStore) -> None:
    answer = run(load_question("funding"), {"domain": "quantum-security", "fiscalYear": "any"}, store)
    assert not [note for note in answer.notes if "also printed" in note["en"]]


def test_a_table_names_its_other_years(store: EmbeddedStore) -> None:
    answer = run(load_question("rank-ministries"), {"fiscalYear": "2020"}, store)
    newer = "FY2021: 3 rows · " if BOTH else ""
    assert [note["en"] for note in answer.notes] == [f"also printed: {newer}FY2019: 17 rows"]
    every = run(load_question("rank-ministries"), {"fiscalYear": "any"}, store)
    tables = {(row["fiscalYear"], str(row["source"]).rsplit("/", 1)[0]) for row in every}
    assert [row["rank"] for row in every].count(integer(1)) == len(tables) == (4 if BOTH else 2)


def test_a_sentence_carries_the_first_figure_and_counts_one_as_one(store: EmbeddedStore) -> None:
    mext = run(
        load_question("ministry-budget"), {"ministry": "mext", "category": "st-promotion", "frame": "whole"}, store
    )
    assert mext.sentence["en"].startswith(
        "Ministry of Education, Culture, Sports, Science and Technology, FY2020, general account, S&T promotion expenses: "
        "¥886.3 bn (8,863億円); 1 cell;"
    )
    assert "8,863億円" in mext.sentence["ja"]
    assert run(load_question("measures"), {"part": "theme-agriculture"}, store).sentence["en"] == "1 measure"
    assert run(load_question("measures"), {"part": "theme-safety-security"}, store).sentence["en"] == "2 measures"


def test_words_in_cells_are_said_in_the_language_of_the_reader(store: EmbeddedStore) -> None:
    roles = run(load_question("institutions-of-programme"), {"programme": "sip"}, store)
    assert "所管" in write(roles, "table", "ja")
    assert "administers" in write(roles, "table", "en")
    assert "administers" in write(roles, "sparql-csv", "ja")
    hubs = run(load_question("hubs"), {"kind": "independent"}, store)
    japanese, english = write(hubs, "table", "ja"), write(hubs, "table", "en")
    assert ("再来年度以降に整備を検討" in japanese, "再来年度以降に整備を検討" in english) == (True, False)
    assert "再来年度以降に整備を検討" in write(hubs, "csv", "en")


def test_truth_is_said_as_yes_or_no(store: EmbeddedStore) -> None:
    only = run(load_question("supplementary-only"), {}, store)
    assert "はい" in write(only, "md", "ja")
    assert "true" in write(only, "csv", "ja")


def test_groups_that_are_ranked_stand_by_what_they_may_be_at_most(store: EmbeddedStore) -> None:
    answer = run(load_question("funding-by-programme"), {"part": "ai-strategy-2019"}, store)
    most = [int(upper.value) for row in answer if isinstance(upper := row["upper"], ox.Literal)]
    assert most == sorted(most, reverse=True)
    assert most[0] == 100_800_000_000


def test_a_pillar_holds_what_stands_under_its_heading_in_the_diagram(store: EmbeddedStore) -> None:
    pillar = run(load_question("parts-of"), {"part": "pillar-international"}, store)
    heading = run(load_question("parts-of"), {"part": "heading-international"}, store)
    assert pillar.rows == heading.rows != ()


@pytest.mark.parametrize(("part", "measure", "count"), [("sdgs", "measure-g20-principles", 2), ("super-city-initiative", "measure-super-city", 1)])  # fmt: skip
def test_a_plan_that_is_only_named_has_the_measures_in_whose_connection_it_is_named(
    part: str, measure: str, count: int, store: EmbeddedStore
) -> None:
    answer = run(load_question("measures"), {"part": part}, store)
    assert measure in write(answer, "sparql-csv")
    assert len(answer) == count


# what is asked, and the open readings that the answer depends on; others would be baseless caveats
DEPENDS = [
    ("programmes-funding-domain", {"domain": "quantum-security"}, {"open-icons", "open-same-grant", "open-co-creation-year"}),
    ("funding", {"domain": "quantum-security", "evidence": "stated"}, {"open-same-grant"}),
    ("funding", {"domain": "quantum-security", "fiscalYear": "2019", "phase": "supplementary"}, set()),
    ("funding", {"programme": "satellite-quantum-cryptography"}, set()),
    ("funding", {"programme": "global-qkd-network"}, set()),
    ("funding", {"programme": "nims-quantum-materials"}, {"open-note-estimate"}),
    ("funding", {"programme": "nedo-photonics"}, {"open-note-plan"}),
    ("funding", {"domain": "quantum-computing", "programme": "q-leap"}, {"open-icons", "open-quantum-information"}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "asked", "points"), DEPENDS)
def test_an_answer_names_the_open_readings_it_rests_on_and_no_others(
    name: str, asked: dict[str, str], points: set[str], store: EmbeddedStore
) -> None:
    notes = run(load_question(name), asked, store).readings
    for language in ("en", "ja"):
        found = [m[1] for note in notes if (m := re.search(r"kg show (open-[a-z0-9-]+)", note[language]))]
        assert sorted(found) == sorted(points)


def test_the_totals_show_the_printed_change(store: EmbeddedStore) -> None:
    answer = run(load_question("budget-totals"), {"account": "special", "fiscalYear": "2020"}, store)
    assert [c.value for row in answer if isinstance(c := row["change"], ox.Literal)] == ["-14400000000"]


def test_a_short_list_of_names_is_given_in_full_when_none_fits(store: EmbeddedStore) -> None:
    with pytest.raises(UsageError, match="choose from initial, request, supplementary"):
        run(load_question("funding"), {"phase": "foo"}, store)


@pytest.mark.slow("takes over a second")
@pytest.mark.parametrize("domain", DOMAINS)
def test_every_way_to_ask_for_a_sum_gives_the_same_sum(domain: str, store: EmbeddedStore) -> None:
    given = {"domain": domain, "fiscalYear": "2020"}
    expected = run(load_question("funding"), given, store).total
    assert expected is not None
    for name in ("programmes-funding-domain", "funding-by-programme", "funding-by-panel"):
        question = load_question(name)
        taken = {k: v for k, v in given.items() if question.parameter(k)}
        assert "domain" in taken, name
        assert run(question, taken, store).total == expected, name


def made() -> dict[Path, str]:
    """The whole answer of each stored question as it is now; to be read before it is accepted."""
    store, both = open_embedded(), both_documents()
    alone = {ANSWERS / f"{name}.csv": answer_text(question, store) for name, question in QUESTIONS.items()}
    beside = {BESIDE / f"{name}.txt": answer_beside(question, store, both) for name, question in QUESTIONS.items()}
    return alone | {path: text for path, text in beside.items() if text}
