"""Each page in Chromium with the network off: it loads, answers clicks and keys, and shows the figures of its question."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright import sync_api as playwright

from kg.answers import run
from kg.money import Interval
from kg.pictures import kinds
from kg.pictures.drawing import draw
from kg.pictures.figures import Choice, amount, figure
from kg.store import EmbeddedStore
from kg.stored import load_question
from tests.tools import need

KINDS = kinds()
DESK: playwright.ViewportSize = {"width": 1400, "height": 900}


@dataclass
class Page:
    """An open page, and what it asked of the net or complained of."""

    page: playwright.Page
    path: Path
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def listen(self) -> None:
        """Take note of every request and complaint from now on."""
        self.page.on("request", lambda r: self.requests.append(r.url))
        self.page.on("console", lambda m: self.complaints.append(m.text))
        self.page.on("pageerror", lambda e: self.complaints.append(str(e)))

    def open(self, **state: str) -> None:
        """Load the page afresh in a state."""
        self.page.goto("about:blank")
        self.page.goto(
            self.path.as_uri() + ("#" + "&".join(f"{k}={quote(v)}" for k, v in state.items()) if state else "")
        )
        self.page.wait_for_selector("body[data-ready]")

    def side(self) -> str:
        """What the panel beside the picture says; empty where it is closed."""
        return self.page.locator("#side").inner_text() if self.page.locator("#side").is_visible() else ""


Load = Callable[..., Page]  # takes a kind and a state


@pytest.fixture(scope="module")
def browser() -> Iterator[playwright.Browser]:
    path = need("chromium")
    with playwright.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory, store: EmbeddedStore) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    for kind in KINDS:
        (folder / f"{kind}.html").write_text(str(draw(kind, "html", Choice(), "en", store)), encoding="utf-8")
    return {kind: folder / f"{kind}.html" for kind in KINDS}


@pytest.fixture(scope="module")
def tabs(browser: playwright.Browser, files: dict[str, Path]) -> Iterator[dict[str, Page]]:
    context = browser.new_context(offline=True, viewport=DESK, accept_downloads=True)
    tabs = {kind: Page(context.new_page(), files[kind]) for kind in KINDS}
    for tab in tabs.values():
        tab.listen()
    yield tabs
    context.close()


@pytest.fixture
def load(tabs: dict[str, Page]) -> Load:
    """How a test opens a page afresh."""

    def afresh(kind: str, **state: str) -> Page:
        tab = tabs[kind]
        tab.requests.clear()
        tab.complaints.clear()
        tab.page.set_viewport_size(DESK)
        tab.page.emulate_media(media="screen")
        tab.page.bring_to_front()
        tab.open(**state)
        return tab

    return afresh


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_loads_without_the_net_and_without_complaint(kind: str, load: Load) -> None:
    page = load(kind)
    first = page.page.locator("[data-k]").first
    first.click(force=True)
    for lang in ("ja", "en"):
        page.page.locator(f'[data-set="lang={lang}"]').click()
    assert [url for url in page.requests if not url.startswith(("file:", "about:", "data:", "blob:"))] == []
    assert page.complaints == []


OVERLAPS = """() => {
  const boxes = [...document.querySelectorAll("#picture svg text")].filter(t => t.textContent.trim()).map(t => [t.textContent, t.getBoundingClientRect()]);
  const found = [];
  for (let i = 0; i < boxes.length; i++) for (let j = 0; j < i; j++) {
    const [a, b] = [boxes[i][1], boxes[j][1]];
    const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left), high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    if (wide > 1 && high > 4) found.push(boxes[i][0] + " / " + boxes[j][0]);
  }
  return [boxes.length, found];
}"""


@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize("kind", KINDS)
def test_no_label_lies_over_another(kind: str, lang: str, load: Load) -> None:
    page = load(kind, lang=lang)
    views = page.page.locator('[data-set^="view="]').count()
    for view in range(max(1, views)):
        if views:
            page.page.locator('[data-set^="view="]').nth(view).click()
        count, found = page.page.evaluate(OVERLAPS)
        assert count > 20
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
    assert "同じデータの表" in page.page.locator("#data-head").inner_text()
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
    assert "Page 4, line 279" in said
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
    assert f"JPY {amount(said.lower, 'en')} bn and JPY {amount(said.known, 'en')} bn" in page.side()
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
    assert "その名前のものはない" in page.side()


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


def test_a_page_works_by_the_keyboard(load: Load) -> None:
    page = load("matrix")
    mark = page.page.locator('[data-key="r:riken"]')
    assert mark.get_attribute("role") == "button"
    mark.focus()
    page.page.keyboard.press("Enter")
    assert page.side().startswith("×\nRIKEN") or "RIKEN" in page.side()
    assert page.page.evaluate("document.activeElement.dataset.key") == "r:riken"
    page.page.keyboard.press("Escape")
    assert page.side() == ""
    assert page.page.evaluate("document.activeElement.dataset.key") == "r:riken"
    page.page.keyboard.press("Tab")
    assert page.page.evaluate("document.activeElement.dataset.key") not in (None, "r:riken")


def test_an_outline_folds_and_closes_the_gap(load: Load) -> None:
    page = load("strategy")
    inside = page.page.locator('[data-key="e:quantum-part-1/quantum-part-1-1"]')
    after = page.page.locator('[data-key="e:quantum-strategy/quantum-part-2"]')
    before = after.bounding_box()
    head = page.page.locator('[data-key="e:quantum-strategy/quantum-part-1"]')
    head.focus()
    page.page.keyboard.press("ArrowLeft")
    assert head.get_attribute("aria-expanded") == "false"
    assert not inside.is_visible()
    moved = after.bounding_box()
    assert before is not None
    assert moved is not None
    assert moved["y"] < before["y"] - 200
    page.page.keyboard.press("ArrowRight")
    assert inside.is_visible()


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_is_saved_as_svg_png_and_csv(kind: str, load: Load) -> None:
    page = load(kind)
    saved = {}
    for form in ("svg", "png", "csv") if kind in {"flow", "ministries"} else ("svg", "csv"):  # PNG takes a while
        with page.page.expect_download() as waiting:
            page.page.locator(f"#save-{form}").click()
        saved[form] = Path(waiting.value.path()).read_bytes()
        assert waiting.value.suggested_filename.startswith(kind)
    assert saved["svg"].startswith(b"<svg ")
    assert b"tabindex" not in saved["svg"]
    assert saved.get("png", b"\x89PNG").startswith(b"\x89PNG")
    rows = list(csv.reader(io.StringIO(saved["csv"].decode("utf-8-sig"))))
    assert len(rows) == page.page.locator("#table tr").count()
    assert page.complaints == []


def test_the_saved_table_has_the_figures_of_the_question(load: Load, store: EmbeddedStore) -> None:
    page = load("flow")
    with page.page.expect_download() as waiting:
        page.page.locator("#save-csv").click()
    rows = list(csv.reader(io.StringIO(Path(waiting.value.path()).read_text(encoding="utf-8-sig"))))
    assert sum(int(row[4]) for row in rows[1:-1]) == int(rows[-1][4]) == total(store).lower


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_fits_a_phone(kind: str, load: Load) -> None:
    page = load(kind)
    page.page.set_viewport_size({"width": 390, "height": 800})
    assert page.page.evaluate("document.documentElement.scrollWidth") <= 390
    page.page.locator(".mark").nth(5).dispatch_event("click")
    box = page.page.locator("#side").bounding_box()
    assert box is not None
    assert box["width"] <= 390
    assert box["y"] < 800


def test_print_leaves_the_controls_out(load: Load) -> None:
    page = load("matrix")
    page.page.emulate_media(media="print")
    assert not page.page.locator("#bar").is_visible()
    assert page.page.locator("#picture svg").is_visible()
    assert page.page.locator("#table").is_visible()


def test_everything_that_can_be_worked_has_a_name(load: Load) -> None:
    for kind in KINDS:
        page = load(kind)
        nameless = page.page.evaluate(
            """() => [...document.querySelectorAll("button, input, [role=button], [tabindex]")].filter(e =>
            !(e.getAttribute("aria-label") || e.getAttribute("aria-labelledby") || e.textContent.trim())).map(e => e.outerHTML)"""
        )
        assert nameless == []
        assert page.page.locator("h1").count() == 1
        assert page.page.locator("th[scope=col]").count() > 2
