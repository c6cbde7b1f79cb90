"""The figures of the pictures are those of the stored questions, and nothing is counted twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

import pytest

from kg.funding import scope
from kg.funding.scope import ANY, Ask, Scope
from kg.money.interval import Interval
from kg.pictures.canvas.bands import lay_out_bands
from kg.pictures.canvas.svg import Mark
from kg.pictures.kinds import accounts
from kg.pictures.kinds.flow import layout as flow
from kg.pictures.kinds.flow.data import interval
from kg.pictures.kinds.matrix import layout as matrix
from kg.pictures.kinds.matrix.data import NONE, OTHERS
from kg.pictures.kinds.ministries import layout as ministries
from kg.pictures.kinds.network import layout as network
from kg.pictures.kinds.strategy import layout as strategy
from kg.pictures.sources import document_of
from kg.questions.catalogue import load_question
from kg.questions.run import run
from kg.rdf.nodes import Term, value
from kg.stores.embedded import EmbeddedStore
from tests.conftest import DOCUMENT

NOW = Scope(fiscal_year="2020", phase="initial")


@pytest.fixture(scope="module")
def ask(store: EmbeddedStore) -> Ask:
    return scope.asker(store)


def total(store: EmbeddedStore, choice: Scope, **more: str) -> Interval:
    answer = run(load_question("funding"), {**choice.given(), **more}, store)
    assert answer.total is not None
    return answer.total


@pytest.mark.slow("asks a question for every cell")
def test_each_cell_of_the_matrix_is_the_answer_for_its_row_and_column(ask: Ask, store: EmbeddedStore) -> None:
    data = matrix.read(ask, NOW)
    tried = 0
    for (row, column), cell in data.cells.items():
        if row != NONE and not data.money.narrower.get(column):
            assert cell.total == total(store, NOW, institution=row, domain=column), (row, column)
            tried += 1
    assert tried > 25


@pytest.mark.slow("asks for every margin")
def test_the_margins_of_the_matrix_are_the_answers_for_the_row_and_for_the_column(
    ask: Ask, store: EmbeddedStore
) -> None:
    data = matrix.read(ask, NOW)
    for row in data.rows:
        if row.key != NONE:
            assert data.row_totals[row.key].total == total(store, NOW, institution=row.key), row
    for column in data.columns:
        if column.key != NONE and not data.money.narrower.get(column.key):
            assert data.column_totals[column.key].total == total(store, NOW, domain=column.key), column
    assert data.money.working.total == total(store, NOW)


@pytest.mark.slow("takes over a second")
@pytest.mark.parametrize(
    ("rows", "option"), [("ministries", "ministry"), ("programmes", "programme"), ("parts", "part")]
)
def test_other_rows_are_answers_too(rows: str, option: str, ask: Ask, store: EmbeddedStore) -> None:
    data = matrix.read(ask, replace(NOW, rows=rows, columns="years"))
    shown = [head.key for head in data.rows if head.key not in (NONE, OTHERS)]
    assert len(shown) > 5
    for key in shown[:8]:
        assert data.row_totals[key].total == total(store, NOW, **{option: key}), key


@pytest.mark.slow("asks for every domain and institution")
@pytest.mark.parametrize("evidence", [None, "stated"])
def test_what_an_amount_serves_is_what_funding_finds_for_it(
    evidence: str | None, ask: Ask, store: EmbeddedStore
) -> None:
    choice = Scope(fiscal_year=ANY, evidence=evidence)
    money = scope.read_money(ask, choice)
    for dimension, option in (
        ("domain", "domain"),
        ("institution", "institution"),
        ("ministry", "ministry"),
        ("part", "part"),
    ):
        things = sorted({thing for kinds in money.links.values() for thing in kinds.get(dimension, {})})
        assert things or evidence
        for thing in things:
            answer = run(load_question("funding"), {**choice.given(), option: thing}, store)
            assert answer.working is not None
            found = {value(row, "listedAmount"): value(row, "share") for row in answer.working.rows}
            linked = {line for line, kinds in money.links.items() if thing in kinds.get(dimension, {})}
            assert found.keys() == linked, (dimension, thing)
            for row in money.working.rows:
                line = value(row, "listedAmount")
                if line in linked and value(row, "share") == "whole":
                    assert (found[line] == "whole") == money.links[line][dimension][thing], (line, thing)


@pytest.mark.slow("takes over a second")
@pytest.mark.parametrize(
    "choice",
    [
        NOW,
        replace(NOW, fiscal_year="2019"),
        Scope(fiscal_year=ANY, phase=ANY),
        replace(NOW, domain="quantum-security"),
    ],
)
def test_what_the_flow_draws_adds_up_to_the_total(choice: Scope, ask: Ask, store: EmbeddedStore) -> None:
    data = flow.read(ask, choice)
    said = total(store, choice)
    assert sum(unit.stated for unit in data.units) == said.lower
    assert sum(unit.stated + unit.ceiling for unit in data.units) == said.known
    assert sum(unit.open_count for unit in data.units) == said.open_count


def test_the_flow_draws_each_appropriation_once(ask: Ask) -> None:
    data = flow.read(ask, NOW)
    assert len(data.units) > 25
    assert max(Counter(unit.key for unit in data.units).values()) == 1
    assert max(Counter(line for unit in data.units for line in unit.lines).values()) == 1
    assert any(len(unit.lines) > 1 for unit in data.units), "some are printed more than once"


def test_the_ministries_of_the_flow_have_the_figures_of_funding_by_ministry(ask: Ask, store: EmbeddedStore) -> None:
    data = flow.read(ask, NOW)
    answer = run(load_question("funding-by-ministry"), NOW.given(), store)
    said = {value(row, "administrator"): (value(row, "lower"), value(row, "upper")) for row in answer}
    assert len(said) > 5
    for ministry, bounds in said.items():
        drawn = interval([u for u in data.units if u.stops[0] == ministry], 0)
        assert (str(drawn.lower), "" if drawn.upper is None else str(drawn.upper)) == bounds, ministry


def test_the_ministries_have_the_printed_budgets_changes_and_priority_frames(ask: Ask, store: EmbeddedStore) -> None:
    rows = {row.ministry: row for row in ministries.read(ask, Scope(fiscal_year="2020")).rows}
    ranked = own(run(load_question("rank-ministries"), {"fiscalYear": "2020"}, store))
    assert list(rows) == [value(row, "ministry") for row in ranked]
    assert [str(row.total) for row in rows.values()] == [value(row, "amount") for row in ranked]
    for change in own(run(load_question("budget-changes"), {"fiscalYear": "2020"}, store)):
        row = rows[value(change, "ministry")]
        assert (str(row.change), row.rate) == (value(change, "change"), value(change, "rate"))
    frames = [
        f for f in run(load_question("priority-frame"), {}, store) if value(f, "account").endswith("/all-accounts")
    ]
    assert frames
    assert all(str(rows[value(f, "ministry")].priority) == value(f, "priority") for f in frames)


def own(rows: Iterable[dict[str, Term | None]]) -> list[dict[str, Term | None]]:
    """The rows of the real document."""
    return [row for row in rows if document_of(row) == DOCUMENT]


@pytest.mark.parametrize("year", [None, "2020"])
def test_the_accounts_of_a_ministry_fill_its_bar(year: str | None, ask: Ask) -> None:
    for row in ministries.read(ask, Scope(fiscal_year=year)).rows:
        assert abs((row.general or 0) + (row.special or 0) - row.total) <= 100_000_000, row.ministry


def test_the_accounts_flow_into_the_printed_totals(ask: Ask, store: EmbeddedStore) -> None:
    data = accounts.read(ask, Scope(fiscal_year="2020"))
    printed = {}
    for row in own(run(load_question("budget-totals"), {}, store)):
        if value(row, "fiscalYear") == "2020" and value(row, "frame").endswith("/whole"):
            kinds = tuple(value(row, name).rsplit("/", 1)[-1] for name in ("account", "category"))
            printed[kinds] = int(value(row, "amount"))
    ministries_count = len(data.budgets.rows)
    for account in ("general", "special"):
        drawn = sum(u.stated for u in data.units if u.stops[0].endswith(f"/{account}"))
        assert abs(drawn - printed[account, "st-related"]) <= ministries_count * 50_000_000, account
    promotion = sum(u.stated for u in data.units if u.stops[2] == accounts.PROMOTION)
    assert abs(promotion - printed["general", "st-promotion"]) <= ministries_count * 50_000_000
    assert max(Counter(u.key for u in data.units).values()) == 1


def test_a_strategy_shows_the_elements_and_the_money_of_its_questions(ask: Ask, store: EmbeddedStore) -> None:
    data = strategy.read(ask, Scope(part="quantum-strategy"))
    parts = run(load_question("parts-of"), {"part": "quantum-strategy"}, store)
    assert {e.iri for e in data.elements if e.kind != "Programme"} == {value(row, "element") for row in parts}
    bare = {
        value(r, "part")
        for r in run(load_question("parts-with-money"), {"strategy": "quantum-strategy"}, store)
        if value(r, "lines") == "0"
    }
    assert bare
    assert not [e for e in data.elements if e.iri in bare and e.funded]
    with_money = [e for e in data.elements if e.working and e.kind == "StrategyPart"]
    assert with_money
    for element in with_money:
        assert element.working is not None
        assert element.working.total == total(store, Scope(), part=element.iri), element.iri


@pytest.mark.slow("asks for every node")
def test_the_network_has_the_money_of_its_ministries_and_institutions(ask: Ask, store: EmbeddedStore) -> None:
    data = network.read(ask, NOW)
    tried = 0
    for (layer, node), working in data.totals.items():
        option = {"m": "ministry", "i": "institution", "p": "programme"}[layer]
        if node in data.layers["mpih".index(layer)] and tried < 30:
            assert working.total == total(store, NOW, **{option: node}), node
            tried += 1
    assert tried == 30


def test_an_edge_of_the_network_says_page_and_lines(ask: Ask) -> None:
    scene = network.scene(network.read(ask, NOW), "en")
    edges = [m for m in scene.items if isinstance(m, Mark) and ">" in m.key and m.behind]
    assert len(edges) > 30
    for mark in edges:
        for line in mark.behind:
            assert scene.lines[line.line][4] in mark.says, mark.says


def test_every_year_and_phase_has_the_same_scale_and_order(ask: Ask) -> None:
    choices = scope.views(ask, Scope())
    assert len(choices) > 2
    flows = [flow.read(ask, choice) for choice in choices]
    assert len({data.scale for data in flows}) == 1
    assert len({data.order for data in flows}) == 1
    matrices = [matrix.read(ask, choice) for choice in choices]
    assert len({(data.largest, data.rows, data.columns) for data in matrices}) == 1


def test_bands_keep_their_height_from_end_to_end(ask: Ask) -> None:
    data = flow.read(ask, NOW)
    columns = lay_out_bands(data.units, data.order, data.scale, top=0, places=flow.PLACES, slots={})
    for column, after in pairwise(columns):
        for node in column.nodes:
            leaving = sum(b.height for b in column.bands if b.source == node.stop)
            assert leaving == pytest.approx(node.height), node.stop
        for node in after.nodes:
            arriving = sum(b.height for b in column.bands if b.target == node.stop)
            assert arriving == pytest.approx(node.height), node.stop
