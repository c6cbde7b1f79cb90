"""Pages by keyboard, on a phone, in print, saved, and as a screen reader has them."""

from __future__ import annotations

import csv
import io
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.tabs import KINDS, Load
from tests.conftest import BOTH

if TYPE_CHECKING:
    from playwright import sync_api as playwright

pytestmark = pytest.mark.slow("drives a browser")


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_works_by_the_keyboard(kind: str, load: Load) -> None:
    page = load(kind)
    page.page.keyboard.press("Tab")
    assert page.page.evaluate("document.activeElement.id") == "skip", "the way past the picture comes first"
    for _ in range(40):
        page.page.keyboard.press("Tab")
        if key := page.page.evaluate("document.activeElement.dataset.key"):
            break
    assert key, "tabbing leads from the controls into the picture"
    mark = page.page.locator(f'[data-key="{key}"]')
    assert mark.get_attribute("role") == "button"
    for press in ("Enter", " "):
        page.page.keyboard.press(press)
        said = mark.locator("title").text_content() or ""
        assert said
        assert " ".join(said.split()) in " ".join(page.side().split())
        assert mark.get_attribute("aria-pressed") == "true"
        assert page.page.evaluate("document.activeElement.dataset.key") == key
        page.page.keyboard.press("Escape")
        assert page.side() == ""
        assert page.page.evaluate("document.activeElement.dataset.key") == key
    page.page.keyboard.press("Tab")
    assert page.page.evaluate("document.activeElement.dataset.key") not in (None, key)


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
    for form in ("svg", "png", "csv"):
        with page.page.expect_download() as waiting:
            page.page.locator(f"#save-{form}").click()
        saved[form] = Path(waiting.value.path()).read_bytes()
        assert waiting.value.suggested_filename.startswith(kind)
        assert waiting.value.suggested_filename.endswith(form)
    svg = ET.fromstring(saved["svg"])
    assert svg.get("role") == "img"
    assert not [name for node in svg.iter() for name in node.attrib if name.startswith("data-") or name == "tabindex"]
    assert len(list(svg.iter("{http://www.w3.org/2000/svg}title"))) == 1 + page.page.locator(".mark").count()
    assert saved["png"].startswith(b"\x89PNG")
    assert abs(int.from_bytes(saved["png"][16:20], "big") - 2 * float(svg.get("width", "0"))) < 1  # whole pixels
    rows = list(csv.reader(io.StringIO(saved["csv"].decode("utf-8-sig"))))
    assert len(rows) == page.page.locator("#table tr").count()
    assert page.complaints == []


@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_page_fits_a_phone(kind: str, lang: str, load: Load) -> None:
    page = load(kind, lang=lang, domain="quantum-security", evidence="stated")
    page.page.set_viewport_size({"width": 390, "height": 800})
    assert page.page.evaluate("document.documentElement.scrollWidth") <= 390
    page.page.locator(".mark:not(.out)").nth(1).dispatch_event("click")
    box = page.page.locator("#side").bounding_box()
    assert box is not None
    assert box["width"] <= 390
    assert box["y"] < 800
    assert page.page.evaluate("document.documentElement.scrollWidth") <= 390
    wide = page.page.locator("#picture svg").bounding_box()
    assert wide is not None
    assert wide["width"] >= 900, "it scrolls within its frame rather than shrink beyond reading"


@pytest.mark.parametrize("kind", KINDS)
def test_print_leaves_the_controls_out_and_fits_the_sheet(kind: str, load: Load) -> None:
    page = load(kind, focus="none")
    page.page.emulate_media(media="print")
    page.page.set_viewport_size({"width": 1047, "height": 718})  # A4 landscape less its margins, in CSS pixels
    assert not page.page.locator("#bar").is_visible()
    assert not page.page.locator("#skip").is_visible()
    for shown in ("#picture svg", "#table"):
        box = page.page.locator(shown).bounding_box()
        assert page.page.locator(shown).is_visible()
        assert box is not None
        assert box["x"] + box["width"] <= 1048
    rows = page.page.locator("#table tr").last.bounding_box()
    assert rows is not None
    assert rows["height"] > 0
    assert page.page.evaluate("getComputedStyle(document.querySelector('.scroll')).maxHeight") == "none"


@pytest.mark.parametrize("kind", KINDS)
def test_a_screen_reader_has_names_roles_and_a_table(kind: str, load: Load) -> None:
    page = load(kind)
    nameless = page.page.evaluate(
        """() => [...document.querySelectorAll("button, input, select, [role=button], [tabindex]")].filter(e =>
        !(e.getAttribute("aria-label") || e.getAttribute("aria-labelledby") || e.labels?.[0]?.textContent.trim()
          || e.textContent.trim())).map(e => e.outerHTML)"""
    )
    assert nameless == []
    assert page.page.locator("h1").count() == 1
    assert page.page.locator("th[scope=col]").count() > 2
    assert page.page.locator("#table tbody tr").count() > 10
    assert page.page.locator("#picture svg > title").text_content() == page.page.title()
    assert page.page.locator("#picture svg > desc").text_content()
    marks = page.page.locator(".mark").count()
    assert marks == page.page.locator(".mark[role=button][aria-label]").count() > 10
    assert page.page.locator("main, header[role=toolbar], [role=region]").count() == 3


def test_without_scripts_picture_and_table_show(files: dict[str, Path], browser: playwright.Browser) -> None:
    context = browser.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    for kind in KINDS:
        page.goto(files[kind].as_uri())
        assert page.locator("#picture svg text").first.is_visible()
        assert page.locator("#table tr").count() > (3 if BOTH else 10)  # of the small document
        assert not page.locator("#bar").is_visible()
    context.close()
