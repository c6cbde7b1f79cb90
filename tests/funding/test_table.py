"""The network as a table: what `kg network` lists is what the graph holds."""

import pytest

import kg
from kg.funding.centrality import central_institutions
from kg.funding.table import VIEWS, as_table
from kg.questions.answer import Answer
from kg.rdf.nodes import value
from kg.stores.embedded import EmbeddedStore


@pytest.fixture(scope="module")
def tables(store: EmbeddedStore) -> dict[str, Answer]:
    return {view: as_table(kg.network(view, store=store, fiscal_year=2020), view, store, "en") for view in VIEWS}


def test_institutions_stand_in_the_order_of_their_centrality(tables: dict[str, Answer], store: EmbeddedStore) -> None:
    found = central_institutions(kg.network(store=store, fiscal_year=2020))
    rows = list(tables["institutions"])
    assert [value(row, "institution") for row in rows] == [c.institution for c in found]
    assert [int(value(row, "degree")) for row in rows] == [c.degree for c in found]
    assert len(rows) > 15


def test_pairs_stand_with_those_that_have_most_in_common_first(tables: dict[str, Answer]) -> None:
    for view in ("sharing", "ministries"):
        counts = [int(value(row, "count")) for row in tables[view]]
        assert counts == sorted(counts, reverse=True)
        names = [value(row, tables[view].columns[-1].name) for row in tables[view]]
        assert [text.count("; ") + 1 for text in names] == counts


def test_a_ministry_stands_before_its_domain(tables: dict[str, Answer]) -> None:
    rows = list(tables["ministries"])
    assert rows
    assert all("/institution/" in value(row, "ministry") and "/domain/" in value(row, "domain") for row in rows)


def test_the_sentence_counts_the_rows(tables: dict[str, Answer]) -> None:
    for answer in tables.values():
        assert answer.sentence["en"].startswith(str(len(answer)))
        assert str(len(answer)) in answer.sentence["ja"]
