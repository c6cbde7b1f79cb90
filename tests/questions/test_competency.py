"""The questions that users ask, by number: each answered by a stored question, with a cell that must be in the answer."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from kg import terms
from kg.language.find import search
from kg.questions.answer_text import write
from kg.questions.catalogue import load_question
from kg.questions.run import run
from kg.stores.embedded import EmbeddedStore

with (Path(__file__).parent / "competency.tsv").open(encoding="utf-8", newline="") as _file:
    ROWS = [tuple(row) for row in list(csv.reader(_file, delimiter="\t", quoting=csv.QUOTE_NONE))[1:]]
ELSEWHERE = {40: "kg why", 43: "kg find", 44: "kg export", 45: "a join through the identifiers"}


@pytest.mark.parametrize(("number", "name", "arguments", "holds"), ROWS)
def test_a_competency_question_is_answered(
    number: str, name: str, arguments: str, holds: str, store: EmbeddedStore
) -> None:
    given = dict(pair.split("=", 1) for pair in arguments.split(";") if pair)
    answer = run(load_question(name), given, store)
    text = answer.sentence["en"] + "\n" + write(answer, "sparql-csv").replace('"', "")
    shown = text.replace(terms.ID, "").replace(terms.IS, "")
    if holds not in shown:
        where = f"tests/questions/competency.tsv, number {number}: kg query {name} {arguments}"
        pytest.fail(
            f"{where}\nno longer has {holds!r}; when the answer is right, change that cell:\n{shown}", pytrace=False
        )


def test_no_competency_question_is_left_out() -> None:
    numbers = {int(row[0]) for row in ROWS} | set(ELSEWHERE)
    assert numbers == set(range(1, 46)), "add rows to tests/questions/competency.tsv"


@pytest.mark.parametrize(("text", "found"), [("量子暗号", "quantum-cryptography"), ("ｾｷｭ", "quantum-security"), ("理研", "riken"), ("RIKN", "riken"), ("open platfrom", "hub-open-platform")])  # fmt: skip
def test_a_thing_is_found_by_part_of_a_name_an_abbreviation_or_a_misspelling(
    text: str, found: str, store: EmbeddedStore
) -> None:
    assert found in [row["id"].value for row in search(text, store, 20) if row["id"] is not None]  # type: ignore[union-attr]


def test_our_institutions_join_another_graph_through_their_identifiers(store: EmbeddedStore) -> None:
    query = f"""
        PREFIX skos: <{terms.SKOS}>
        SELECT ?ours ?city {{
          VALUES (?theirs ?city) {{ (<https://ror.org/01sjwvz98> "Wako") (<https://ror.org/000000000> "Nowhere") }}
          ?ours skos:exactMatch ?theirs
        }}"""
    assert [tuple(getattr(t, "value", None) for t in row) for row in store.select(query).rows] == [
        (f"{terms.ID}institution/riken", "Wako")
    ]
