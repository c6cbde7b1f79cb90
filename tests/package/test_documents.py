"""Nothing but the tables, and the hints for proofreading them, knows a document: no id, no fiscal year, no page."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg import paths
from tests.conftest import DOCUMENTS, ROOT

READ = {".py", ".rq", ".ttl", ".toml", ".js", ".html", ".json", ".txt", ".css"}
FOLDERS = ("kg", "queries", "ontology", "shapes")
FILES = [
    path
    for folder in FOLDERS
    for path in sorted((ROOT / folder).rglob("*"))
    if path.suffix in READ and not {"facts", "__pycache__"} & set(path.relative_to(ROOT).parts[:2])
    if path != paths.GRAPH_TTL and path.parent.parent != ROOT / "shapes" / "proofreading"
] + sorted((ROOT / "shapes" / "facts").glob("*.ttl"))
# what names a year without knowing one: examples in messages and help, namespaces, ids, limits, dates of the package
EXAMPLES = re.compile(
    r"https?://\S*|such as [\d-]+|（例 [\d-]+）|\bexample: [\w-]+|^ *(?:EXAMPLES = \"\"\")? *kg [a-z].*|ISSUED = .*"
    r"|(?:min|max)Inclusive \d+|from 1950 to 2100|1950から2100|\b1868 <= number <= 2200|_ERAS = .*|\b2000 \+ "
)
KNOWS = re.compile(
    r"(?<![\w-])(?:FY)?(?:19|20)\d\d(?![\w-])|(?:19|20)\d\d年|\bpages? [0-9]|[0-9]頁|\bpageNumber [0-9]|\bp[0-9]+ l[0-9]|"
    + "|".join(map(re.escape, DOCUMENTS))
)


def lines(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the lines of a file with their numbers, those of docstrings left out: their examples are run as tests."""
    text = path.read_text(encoding="utf-8")
    skipped: set[int] = set()
    if path.suffix == ".py":
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node) is not None:
                skipped |= set(range(node.body[0].lineno, (node.body[0].end_lineno or 0) + 1))
    yield from ((n, line) for n, line in enumerate(text.splitlines(), 1) if n not in skipped)


def known_in(line: str) -> str:
    """What a line knows of a document; empty if nothing."""
    found = KNOWS.search(EXAMPLES.sub(" ", line))
    return found.group() if found else ""


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_file_knows_a_document(path: Path) -> None:
    knowing = [f"{path.relative_to(ROOT)}:{n}: {known!r}" for n, line in lines(path) if (known := known_in(line))]
    assert not knowing, "\n".join([*knowing, "what a document says belongs into its tables in kg/facts/"])


@pytest.mark.parametrize(
    "line",
    [
        "#+   - {name: fiscalYear, type: year, default: 2020, label: {en: fiscal year, ja: 会計年度}}",
        "  ?new is:isAmountIn ?listing ; is:fiscalYear 2020 .",
        '#+ summary: "Which S&T budgets grew or shrank most since FY2019?"',
        '#+   ja: "3頁の表にその欄はない。表にあるのは2020年度と2019年度。"',
        "  ?source is:isOnPage/is:pageNumber 2 .",
        '#+   en: "The table on page 3 has no such cell."',
        "difference between 2019 and 2020 for {programme}",
        'parser.add_argument("--document", default="science-technology-budget-2020")',
    ],
)
def test_what_knows_a_document_is_found(line: str) -> None:
    assert known_in(line)


def test_the_files_are_found() -> None:
    assert len(FILES) > 250
    assert {path.relative_to(ROOT).parts[0] for path in FILES} == set(FOLDERS)
