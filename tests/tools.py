"""The tools of other makers that some tests need."""

from __future__ import annotations

import os
import shutil

import pytest


def need(tool: str) -> str:
    """Return the path of a tool; without it the test is skipped, but where CI is set it fails: nothing hides there."""
    path = shutil.which(tool)
    if path is None:
        if os.environ.get("CI"):
            pytest.fail(f"{tool} is not installed")
        pytest.skip(f"{tool} is not installed")
    return path
