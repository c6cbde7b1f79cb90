"""Chromium with the network off, and every page open in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.funding.scope import Scope
from kg.pictures.drawing import draw
from kg.stores.embedded import EmbeddedStore
from tests.browser.tabs import DESK, KINDS, VIEWS, Load, Page
from tests.support.tools import need

if TYPE_CHECKING:
    from playwright import sync_api as playwright


@pytest.fixture(scope="session")
def browser() -> Iterator[playwright.Browser]:
    from playwright import sync_api as playwright

    path = need("chromium")
    with playwright.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory, store: EmbeddedStore) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    for kind in KINDS:
        (folder / f"{kind}.html").write_text(str(draw(kind, "html", Scope(), "en", store)), encoding="utf-8")
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
        tab.open(**{"view": VIEWS[kind]} | state if kind in VIEWS else state)
        return tab

    return afresh
