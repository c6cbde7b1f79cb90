"""The tools of other makers that some tests need."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest


def need(tool: str, place: Path | None = None) -> str:
    """Return the path of a tool, or of a place where one lies; without it the test is skipped.

    Where CI is set it fails instead: nothing hides there.
    """
    path = shutil.which(tool) if place is None else str(place) if place.exists() else None
    if path is None:
        if os.environ.get("CI"):
            pytest.fail(f"{tool} is not installed")
        pytest.skip(f"{tool} is not installed")
    return path
