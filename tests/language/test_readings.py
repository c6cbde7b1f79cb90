"""Readings, romaji and everyday names find the entity that people mean, and only this one.

`readings.tsv` holds what people write, the entity, and its class. The spellings themselves are in the columns
`skos:hiddenLabel@ja` and `skos:hiddenLabel@en` of the fact tables and in the code lists of the ontology.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from pathlib import Path

import pytest

from kg import terms
from kg.language.names import Vocabulary, find_named, fold, squash, vocabulary
from kg.language.phrases import phrases
from kg.language.similarity import STOP
from kg.questions.catalogue import catalogue
from kg.questions.resolve import find_thing
from kg.stores.embedded import EmbeddedStore

PLACE = "skos:hiddenLabel in kg/facts and ontology/schemes"
ORDINARY = """
    agency agriculture amount budget centre communication council culture defence defense development diet document
    economy education energy environment farm field finance flagship foreign fund fusion grant health hub industry
    infrastructure innovation institute international justice labour labor land law ministry money network office people
    photonics places plan platform police priority project programme program research robot safety satellite school
    science security sensor smart society space sports strategy support technology total trade training transport welfare
    world 教育 科学 技術 産業 経済 貿易 農林 水産 厚生 労働 国土 交通 環境 財務 警察 復興 消費者 研究 開発 研究開発 予算 事業
    戦略 計画 拠点 基盤 人材 社会 未来 創造 創発 支援 補助金 交付金 翻訳 対話 施設 整備 設備 一般 特別 優先 本年度 総合 統合
    イノベーション プラットフォーム フラッグシップ パッケージ センター ネットワーク データ ロボット システム ソニー"""
SHORT = {squash(name) for name in ("りけん", "せぎん", "スカパー")}
ROWS = """
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX prov: <http://www.w3.org/ns/prov#>
SELECT DISTINCT ?thing ?class ?property ?name ?code WHERE {
  VALUES ?property { skos:prefLabel skos:altLabel skos:hiddenLabel }
  ?thing ?property ?name . GRAPH ?asserted { ?thing a ?class }
  FILTER(?asserted != <https://w3id.org/innovation-strategy/graph/inferred>)
  FILTER(STRSTARTS(STR(?thing), "https://w3id.org/innovation-strategy/id/"))
  BIND(EXISTS { ?thing skos:inScheme ?list } AS ?code)
}
"""


def table() -> list[tuple[str, str, str]]:
    with (Path(__file__).parent / "readings.tsv").open(encoding="utf-8", newline="") as file:
        return [(r["named"], r["is"], r["class"]) for r in csv.DictReader(file, delimiter="\t")]


@pytest.fixture(scope="module")
def hidden(store: EmbeddedStore) -> dict[str, set[str]]:
    """The spellings for search as they are compared, each with the entities that have it."""
    found = defaultdict(set)
    for thing, _, prop, name, _ in texts(store):
        if prop.endswith("hiddenLabel"):
            found[squash(fold(name))].add(thing)
    return found


def texts(store: EmbeddedStore) -> list[tuple[str, ...]]:
    return [tuple(getattr(cell, "value", "") for cell in row) for row in store.select(ROWS).rows]


@pytest.fixture(scope="module")
def known(store: EmbeddedStore) -> dict[str, Vocabulary]:
    """The names of the entities of each class in the table."""
    return {cls: vocabulary({cls}, store) for cls in {cls for _, _, cls in table()}}


@pytest.mark.parametrize(("name", "thing", "cls"), table(), ids=lambda value: value)
def test_a_reading_is_found_in_a_text(name: str, thing: str, cls: str, known: dict[str, Vocabulary]) -> None:
    text = f"{name}の予算" if re.search(r"[^\x00-\x7fō]", name) else f"the budget of {name} in print"
    longest = find_named(fold(text), known[cls].labels, STOP)[0]
    assert [iri.removeprefix(terms.ID) for iri, of in longest.bearers if cls in of] == [thing], PLACE
    assert fold(text)[longest.start : longest.end] == fold(name)


@pytest.mark.parametrize(
    ("name", "thing", "cls"),
    [
        ("Soumu-sho", "institution/mic", "is:Institution"),
        ("もんかしょう", "institution/mext", "is:Institution"),
        ("Rikagaku Kenkyujo", "institution/riken", "is:Institution"),
        ("ぎがすくーる", "programme/giga-school", None),
        ("準量子", "domain/quantum-inspired", None),
        ("優先枠", "frame/priority", None),
    ],
)
def test_a_reading_is_resolved(name: str, thing: str, cls: str | None, store: EmbeddedStore) -> None:
    assert find_thing(name, cls, store).value == terms.ID + thing


def test_a_spelling_for_search_belongs_to_one_entity(store: EmbeddedStore, hidden: dict[str, set[str]]) -> None:
    """Of its kind, and outside the code lists of all kinds."""
    bearers = defaultdict(set)
    for thing, cls, _, name, code in texts(store):
        if (spelling := squash(fold(name))) in hidden:
            bearers[spelling, cls].add(thing)
            if code == "false":
                bearers[spelling, "any"].add(thing)
    shared = {spelling: sorted(of) for (spelling, _), of in bearers.items() if len(of) > 1}
    assert not shared, PLACE


def test_a_spelling_for_search_is_no_ordinary_word(hidden: dict[str, set[str]]) -> None:
    common = {squash(fold(word)) for word in {*ORDINARY.split(), *STOP}}
    short = {name for name in hidden if len(name) < (4 if re.fullmatch(r"[ぁ-ん]+", name) else 2)} - SHORT
    assert not hidden.keys() & common, PLACE
    assert not {name for name in short if not name.isascii()}, PLACE
    assert not {name for name in hidden if name.isascii() and len(name) < 3}, PLACE


@pytest.mark.slow("reads every wording of every question")
def test_the_wordings_of_questions_hold_names_as_they_are_only(
    store: EmbeddedStore, hidden: dict[str, set[str]]
) -> None:
    """No spelling for search is so near to another word that this is taken for a misspelling."""
    known = vocabulary({p.cls for q in catalogue() for p in q.parameters if p.cls}, store).labels
    names = {label.squashed for label in known}
    bearers = {label.bearers for label in known if label.squashed in hidden}
    for wordings in phrases(catalogue()).values():
        for wording in wordings:
            text = re.sub(r"\{\w+\}", "#", fold(wording))
            wrong = [n for n in find_named(text, known) if squash(text[n.start : n.end]) not in names]
            assert not [n for n in wrong if n.bearers in bearers], (wording, PLACE)
