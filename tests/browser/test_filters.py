"""The filters of the pages: what they leave has the figures of the stored question with the same parameters."""

from __future__ import annotations

import csv
import io
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from kg.funding.scope import Scope
from kg.money.interval import Interval, say
from kg.pictures.drawing import draw
from kg.questions.catalogue import load_question
from kg.questions.run import run
from kg.rdf.nodes import value
from kg.stores.embedded import EmbeddedStore
from tests.browser.tabs import OVERLAPS, Load, Page

pytestmark = pytest.mark.slow("drives a browser")

FILTERED = ("flow", "matrix", "network", "strategy")
STATES = [
    {"domain": "quantum-security"},
    {"domain": "quantum-technology", "evidence": "stated"},
    {"domain": "quantum-cryptography", "evidence": "placed"},
    {"domain": "quantum-computing"},
    {"evidence": "stated"},
    {"evidence": "background"},
]
PERIOD = {"fiscalYear": "2020", "phase": "initial"}
MARKS = """() => Object.fromEntries([...document.querySelectorAll("#picture .mark:not(.out)")].map(
    m => [m.dataset.key, m.querySelector("title").textContent]))"""


def total(store: EmbeddedStore, **given: str) -> Interval:
    answer = run(load_question("funding"), given, store)
    assert answer.total is not None
    return answer.total


def asked(kind: str, key: str) -> dict[str, str] | None:
    """The parameters of the stored question behind a mark; None for what stands for no one thing."""
    names = {
        "flow": {"m": "ministry", "p": "programme", "d": "domain"},
        "network": {"m": "ministry", "p": "programme", "i": "institution"},
        "matrix": {"r": "institution", "c": "domain"},
        "strategy": {"e": "part"},
    }[kind]
    if kind == "matrix" and "*" in key:
        row, column = key.split("*")
        return {"institution": row, "domain": column} if "none" not in (row, column) else None
    layer, _, thing = key.partition(":")
    thing = thing.rsplit("/", 1)[-1] if kind == "strategy" else thing
    return {names[layer]: thing} if layer in names and not re.search(r"[+>]|^none$|^others$", thing) else None


def undivided(key: str) -> bool:
    """Columns for what names no narrower domain: the question for the domain takes in the narrower ones."""
    return key.endswith(("quantum-principal", "quantum-technology", "quantum-fusion"))


@pytest.mark.parametrize("state", STATES, ids=str)
@pytest.mark.parametrize("kind", FILTERED)
def test_what_a_filter_leaves_has_the_figures_of_the_question(
    kind: str, state: dict[str, str], load: Load, store: EmbeddedStore
) -> None:
    page = load(kind, **state)
    period = {"fiscalYear": "2020"} if kind == "strategy" else PERIOD
    marks = page.page.evaluate(MARKS)
    tried = 0
    for key, title in marks.items():
        own = asked(kind, key)
        if own is None or undivided(key) or (kind == "strategy" and not re.search(r"exactly|at most|between", title)):
            continue
        if kind == "strategy" and key.rsplit("/", 1)[-1] not in strategy_parts(store):
            continue
        said = say(total(store, **{**period, **state, **own}), "en")
        if said == "nothing" and title.endswith("no amount printed"):  # drawn for its role, without money
            continue
        assert f": {said}" in title, (key, title, said)
        tried += 1
    assert tried >= (1 if kind == "strategy" or "evidence" in state else 3), marks
    whole = {"part": "quantum-strategy"} if kind == "strategy" else {}
    told = page.page.locator("#filtered").inner_text()
    assert say(total(store, **{**period, **state, **whole}), "en") in told
    assert page.complaints == []


@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize("kind", FILTERED)
def test_no_label_lies_over_another_under_a_filter(kind: str, lang: str, load: Load) -> None:
    page = load(kind, lang=lang)
    for name in ("domain", "evidence"):
        options = page.page.locator(f"#choose-{name} option").evaluate_all("all => all.map(o => o.value)")
        assert len(options) > 3
        for option in options:
            page.page.locator(f"#choose-{name}").select_option(option)
            assert page.page.evaluate(OVERLAPS)[1] == [], (name, option)
        page.page.locator(f"#choose-{name}").select_option("")


def strategy_parts(store: EmbeddedStore) -> set[str]:
    rows = run(load_question("parts-with-money"), {"strategy": "quantum-strategy"}, store)
    return {str(row["part"]).rsplit("/", 1)[-1].rstrip(">") for row in rows}


@pytest.mark.parametrize("kind", ["matrix", "flow", "network"])
def test_the_command_that_is_shown_gives_the_total_that_is_shown(kind: str, load: Load, store: EmbeddedStore) -> None:
    page = load(kind, domain="quantum-cryptography", evidence="stated", lang="ja")
    words = page.page.locator("#filtered code").inner_text().split()
    assert words[:3] == ["kg", "query", "funding"]
    given = dict(zip((w.removeprefix("--") for w in words[3::2]), words[4::2], strict=True))
    answer = run(load_question("funding"), {k.replace("fiscal-year", "fiscalYear"): v for k, v in given.items()}, store)
    assert answer.total is not None
    assert say(answer.total, "ja") in page.page.locator("#filtered").inner_text()


def test_the_table_and_its_copy_have_the_filtered_figures(load: Load, store: EmbeddedStore) -> None:
    page = load("matrix", domain="quantum-security")
    with page.page.expect_download() as waiting:
        page.page.locator("#save-csv").click()
    rows = list(csv.reader(io.StringIO(Path(waiting.value.path()).read_text(encoding="utf-8-sig"))))
    assert len(rows) == page.page.locator("#table tr").count() < 12
    nict = next(row for row in rows if "National Institute of Information" in row[0] and "Quantum security" in row[1])
    found = total(store, **PERIOD, domain="quantum-security", institution="nict")
    assert nict[2:] == [str(found.lower), str(found.upper), str(found.open_count)]
    whole = total(store, **PERIOD, domain="quantum-security")
    assert rows[-1][2:4] == [str(whole.lower), str(whole.upper)]


def test_a_filter_hides_the_rest_also_in_the_saved_picture(load: Load) -> None:
    page = load("flow", domain="quantum-security")
    names = set(page.page.evaluate(MARKS))
    assert "p:global-qkd-network" in names
    assert "p:data-health-reform" not in names
    assert not page.page.locator('[data-key="p:data-health-reform"]').is_visible()
    with page.page.expect_download() as waiting:
        page.page.locator("#save-svg").click()
    saved = ET.fromstring(Path(waiting.value.path()).read_text(encoding="utf-8"))
    titles = [node.text or "" for node in saved.iter("{http://www.w3.org/2000/svg}title")][1:]
    assert len(titles) == len(names)
    assert not [title for title in titles if "Data health reform" in title]
    assert saved.find(".//{http://www.w3.org/2000/svg}pattern") is not None


def test_the_lines_behind_a_mark_are_those_that_the_filter_leaves(load: Load, store: EmbeddedStore) -> None:
    page = load("flow", domain="quantum-security", focus="m:mext")
    lines = run(load_question("funding"), {**PERIOD, "domain": "quantum-security", "ministry": "mext"}, store)
    assert page.page.locator("#side li").count() == len(lines) > 0


def test_filters_are_chosen_by_hand_and_stay_in_the_address(load: Load) -> None:
    page = load("matrix")
    before = page.page.evaluate(MARKS)
    page.page.locator("#choose-domain").focus()
    page.page.locator("#choose-domain").select_option("quantum-security")
    assert page.page.evaluate("document.activeElement.id") == "choose-domain"
    page.page.locator("#choose-evidence").select_option("stated")
    assert {"domain=quantum-security", "evidence=stated"} <= set(page.page.url.partition("#")[2].split("&"))
    left, address = page.page.evaluate(MARKS), page.page.url
    assert 0 < len(left) < len(before)
    reopen(page, address)
    assert page.page.evaluate(MARKS) == left
    page.page.locator('[data-set="view=2019-initial"]').click()
    assert "domain=quantum-security" in page.page.url
    page.page.locator('[data-set="view=2020-initial"]').click()
    page.page.locator("#everything").click()
    assert page.page.evaluate(MARKS) == before
    assert not page.page.locator("#filtered").is_visible()


def reopen(page: Page, address: str) -> None:
    page.page.goto("about:blank")
    page.page.goto(address)
    page.page.wait_for_selector("body[data-ready]")


def test_what_cannot_be_chosen_is_left_out_of_the_state(load: Load, store: EmbeddedStore) -> None:
    page = load("matrix", domain="no-such-domain", evidence="none", lang="xx", view="1848")
    assert page.complaints == []
    assert page.page.locator("#choose-domain").input_value() == ""
    newest = max(
        int(value(row, "fiscalYear")) for row in run(load_question("funding"), PERIOD | {"fiscalYear": "any"}, store)
    )
    assert str(newest) in page.page.title()


def test_a_page_without_filters_takes_none_from_the_address(load: Load) -> None:
    page = load("ministries", domain="quantum-security")
    assert len(page.page.evaluate(MARKS)) > 10
    assert not page.page.locator("#filtered").is_visible()


def test_a_filter_without_money_says_so(load: Load) -> None:
    page = load("flow", domain="quantum-principal", evidence="background")
    assert "no matching amounts" in page.page.locator("#filtered").inner_text()
    assert page.page.evaluate(MARKS) == {}
    assert page.complaints == []


RADII = """() => Object.fromEntries([...document.querySelectorAll("#picture .mark circle[data-r]")].map(
    c => [c.closest(".mark").dataset.key, c.getAttribute("r")]))"""


@pytest.mark.parametrize("measure", ["amount", "degree", "betweenness"])
def test_nodes_are_sized_by_the_measure_that_is_picked(measure: str, load: Load, store: EmbeddedStore) -> None:
    page = load("network")
    first = page.page.evaluate(RADII)
    page.page.locator(f'[data-set="size={measure}"]').click()
    radii = page.page.evaluate(RADII)
    assert (radii == first) == (measure == "amount")
    assert ("size=" in page.page.url) == (measure != "amount")
    svg = ET.fromstring(
        str(draw("network", "svg", Scope(size=measure, fiscal_year="2020", phase="initial"), "en", store))
    )
    drawn = [
        node.get("r") for node in svg.iter("{http://www.w3.org/2000/svg}circle") if node.get("stroke") == "#ffffff"
    ]
    assert list(radii.values()) == drawn
    assert {"amount": "amount", "degree": "number of links", "betweenness": "betweenness"}[measure] in (
        page.page.locator("#picture [data-v]").text_content() or ""
    )
