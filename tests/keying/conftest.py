"""A failing comparison of the two keyings says which files to look at."""

from __future__ import annotations

import re
from collections.abc import Generator
from pathlib import Path

import pytest

HERE = Path(__file__).parent


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Add to a failure the tables of the second keying that its module reads."""
    report = yield
    if report.failed and item.path.parent == HERE:
        read = sorted(set(re.findall(r'second\(\s*"(\w+)"', item.path.read_text(encoding="utf-8"))))
        tables = f"tests/keying/second_keying/{{{','.join(read)}}}.csv" if read else "tests/keying/second_keying/*.csv"
        report.sections.append(("What to do", f"Look at the source, then correct kg/facts/ or {tables}; never copy one from the other."))  # fmt: skip
    return report
