"""An open page, as the tests of the pages hold it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from kg.pictures import kind_names

if TYPE_CHECKING:
    from playwright import sync_api as playwright

KINDS = kind_names()
# Of the first document: with a second one, pages open on the newest year of both.
VIEWS = dict.fromkeys(("flow", "matrix", "network"), "2020-initial") | {"ministries": "2020", "accounts": "2020"}
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
