"""Each page in Chromium with the network off: it loads, answers clicks, and shows the figures of its question."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from kg.money.interval import Interval
from kg.pictures.figures import amount, figure
from kg.questions.catalogue import load_question
from kg.questions.run import run
from kg.stores.embedded import EmbeddedStore
from tests.browser.tabs import KINDS, OVERLAPS, Load
from tests.conftest import BOTH

pytestmark = pytest.mark.slow("drives a browser")


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_loads_without_the_net_and_without_complaint(kind: str, load: Load) -> None:
    page = load(kind)
    first = page.page.locator("[data-k]").first
    first.click(force=True)
    for lang in ("ja", "en"):
        page.page.locator(f'[data-set="lang={lang}"]').click()
    assert [url for url in page.requests if not url.startswith(("file:", "about:", "data:", "blob:"))] == []
    assert page.complaints == []


@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize("kind", KINDS)
def test_no_label_lies_over_another(kind: str, lang: str, load: Load) -> None:
    page = load(kind, lang=lang)
    views = page.page.locator('[data-set^="view="]').count()
    for view in range(max(1, views)):
        if views:
            page.page.locator('[data-set^="view="]').nth(view).click()
        count, found = page.page.evaluate(OVERLAPS)
        assert count > (10 if BOTH else 20)  # the small document has few
        assert found == [], view


@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize("kind", KINDS)
def test_no_label_is_cut_off_at_the_edge(kind: str, lang: str, load: Load) -> None:
    page = load(kind, lang=lang)
    outside = page.page.evaluate(
        """() => { const frame = document.querySelector("#picture svg").getBoundingClientRect();
        return [...document.querySelectorAll("#picture svg text")].filter(t => { const b = t.getBoundingClientRect();
          return b.left < frame.left - 1 || b.right > frame.right + 1 || b.bottom > frame.bottom + 1; }).map(t => t.textContent); }"""
    )
    assert outside == []


@pytest.mark.parametrize("kind", KINDS)
def test_the_language_switch_changes_every_word(kind: str, load: Load) -> None:
    page = load(kind)
    english = page.page.title()
    page.page.locator('[data-set="lang=ja"]').click()
    assert page.page.title() != english
    assert page.page.locator("html").get_attribute("lang") == "ja"
    assert page.page.locator("#picture svg").get_attribute("lang") == "ja"
    assert "データ表" in page.page.locator("#data-head").inner_text()
    assert page.page.evaluate("document.activeElement.dataset.set") == "lang=ja"


def total(store: EmbeddedStore, **given: str) -> Interval:
    answer = run(load_question("funding"), {"fiscalYear": "2020", "phase": "initial", **given}, store)
    assert answer.total is not None
    return answer.total


def test_a_click_on_a_bubble_shows_the_lines_behind_it(load: Load, store: EmbeddedStore) -> None:
    page = load("matrix")
    page.page.locator('[data-key="nict*quantum-security"] text').click()
    lines = run(
        load_question("funding"), {"institution": "nict", "domain": "quantum-security", "phase": "initial"}, store
    )
    assert page.page.locator("#side li").count() == len(lines) == 2
    said = page.side()
    assert "279億円の内数" in said
    assert ("p4 l279" if BOTH else "Page 4, line 279") in said  # by its document where there are several
    assert "at most" in said
    assert "focus=nict" in page.page.url


def test_the_numbers_of_the_matrix_are_those_of_the_question(load: Load, store: EmbeddedStore) -> None:
    page = load("matrix")
    for institution, domain in (("nedo", "quantum-computing"), ("jst", "quantum-sensing"), ("riken", "ai")):
        shown = page.page.locator(f'[data-key="{institution}*{domain}"] text').text_content()
        assert shown == figure(total(store, institution=institution, domain=domain), "en")


def test_focus_on_a_domain_of_the_flow_answers_who_funds_it(load: Load, store: EmbeddedStore) -> None:
    page = load("flow", focus="d:quantum-security")
    said = total(store, domain="quantum-security")
    assert f"¥{amount(said.lower, 'en')} bn and ¥{amount(said.known, 'en')} bn" in page.side()
    lit = set(page.page.locator(".mark.on[data-key^='p:']").evaluate_all("marks => marks.map(m => m.dataset.key)"))
    answer = run(
        load_question("programmes-funding-domain"), {"domain": "quantum-security", "fiscalYear": "2020"}, store
    )
    assert lit == {"p:" + str(row["programme"]).rsplit("/", 1)[-1].rstrip(">") for row in answer}
    assert page.page.locator(".mark.on path").count() >= 3 * len(lit) - 2, "the bands on the way light up too"
    faint = page.page.locator('.mark[data-key="p:data-health-reform"]')
    assert float(faint.evaluate("m => getComputedStyle(m).opacity")) < 0.5


def test_the_ceilings_can_be_put_out_of_sight(load: Load) -> None:
    page = load("flow")
    band = page.page.locator("path.ceiling").first
    assert band.is_visible()
    page.page.locator('[data-set="ceilings"]').click()
    assert not band.is_visible()
    assert "ceilings=0" in page.page.url


def test_the_search_field_finds_by_part_of_a_name(load: Load) -> None:
    page = load("flow", lang="ja")
    page.page.locator("#find").fill("情報通信研究機構")
    page.page.locator("#find").press("Enter")
    assert "情報通信研究機構" in page.side()
    page.page.locator("#find").fill("そのようなものはない")
    page.page.locator("#find").press("Enter")
    assert "該当する名称はない" in page.side()


def test_the_state_is_in_the_address_and_comes_back(load: Load) -> None:
    page = load("flow")
    page.page.locator('[data-set="view=2019-initial"]').click()
    page.page.locator('[data-set="lang=ja"]').click()
    page.page.locator('[data-key="m:mext"] tspan').first.click()
    address = page.page.url
    said, picture = page.side(), page.page.locator("#picture svg").inner_html()
    page.page.goto("about:blank")
    page.page.goto(address)
    page.page.wait_for_selector("body[data-ready]")
    assert page.side() == said
    assert page.page.locator("#picture svg").inner_html() == picture
    assert "2019年度" in page.page.title()


def test_the_saved_table_has_the_figures_of_the_question(load: Load, store: EmbeddedStore) -> None:
    page = load("flow")
    with page.page.expect_download() as waiting:
        page.page.locator("#save-csv").click()
    rows = list(csv.reader(io.StringIO(Path(waiting.value.path()).read_text(encoding="utf-8-sig"))))
    assert sum(int(row[4]) for row in rows[1:-1]) == int(rows[-1][4]) == total(store).lower
