"""An open page, as the tests of the pages hold it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from playwright import sync_api as playwright

from kg.pictures import kinds

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
