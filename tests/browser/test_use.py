"""Pages by keyboard, on a phone, in print, saved, and as a screen reader has them."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from tests.browser.tabs import KINDS, Load


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
