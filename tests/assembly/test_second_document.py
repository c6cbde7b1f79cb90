"""Beside a second document: it conforms, its lines are all accounted for, and every citation names its document.

All other tests run with both documents too: python -m pytest -p tests.support.both
"""

from __future__ import annotations

from pathlib import Path

import pytest

import kg
from kg.errors import UsageError
from kg.provenance.explain import explain
from kg.provenance.text import write_explanation
from kg.questions.answer_text import write
from kg.stores.embedded import EmbeddedStore
from tests.support.both import SECOND

SOURCE = SECOND / "source.txt"
SECOND_ID = "marine-robotics-budget-2021"


@pytest.mark.slow("builds and validates")
def test_the_second_document_conforms(both_store: EmbeddedStore) -> None:
    report = kg.validate(store=both_store)
    assert report.conforms
    assert not report.violations


@pytest.mark.slow("seconds long")
def test_a_text_finds_its_document_and_all_its_lines_are_accounted_for(both_store: EmbeddedStore) -> None:
    found = kg.coverage(SOURCE, store=both_store)
    assert found.same_text
    assert found.complete
    assert len(found.lines) == 20


def test_a_text_of_no_document_asks_for_one(both_store: EmbeddedStore, tmp_path: Path) -> None:
    (tmp_path / "other.txt").write_text("another text\n", encoding="utf-8")
    with pytest.raises(UsageError, match=f"this is not the text of {SECOND_ID} or .*; name the document"):
        kg.coverage(tmp_path / "other.txt", store=both_store)
    assert not kg.coverage(tmp_path / "other.txt", document=SECOND_ID, store=both_store).same_text
    with pytest.raises(UsageError, match=f"marine-robotics: no such document; did you mean '{SECOND_ID}'"):
        kg.coverage(SOURCE, document="marine-robotics", store=both_store)


@pytest.mark.slow("asks every question")
def test_every_citation_names_its_document(both_store: EmbeddedStore) -> None:
    assert "S&T budget FY2020, p4 l397–398" in write(kg.show("衛星量子暗号", store=both_store), "table", "en")
    assert "令和2年度科学技術予算4頁397–398行" in write(
        kg.show("衛星量子暗号", store=both_store, lang="ja"), "table", "ja"
    )
    working = kg.why("funding", programme="deep-sea-robots", store=both_store)
    assert "the same money as 12億円 (Marine robotics budget FY2021, p2 l7)" in write(working, "csv", "en")
    role = explain("role-deep-sea-mext", "is:hasAdministrator", "id:institution/mext", both_store, None)
    assert "source: Marine robotics budget FY2021, p2 l7" in write_explanation(role, "text", "en")
    svg = str(kg.draw("ministries", "svg", fiscal_year=2020, store=both_store))
    assert "Science and technology budget by ministry, FY2020 (S&amp;T budget FY2020)" in svg
    tables = kg.export("csv", things=["deep-sea-robots"], depth=1, store=both_store)
    assert isinstance(tables, dict)
    assert any(f"passage/{SECOND_ID}/7" in table.decode() for name, table in tables.items() if name.endswith(".csv"))


def test_the_newest_year_is_that_of_what_is_asked(both_store: EmbeddedStore) -> None:
    years = {
        name: str(kg.query("funding", domain=name, store=both_store).arguments["fiscalYear"].value)  # type: ignore[union-attr]
        for name in ("marine-robotics", "quantum-security")
    }
    assert years == {"marine-robotics": "2021", "quantum-security": "2020"}


def test_money_that_two_documents_print_counts_once(both_store: EmbeddedStore) -> None:
    """The grant of FY2020 stands in both: as this year's amount and as that of the year before."""
    grant = kg.query("funding", programme="aist-operating-grant", fiscal_year=2020, store=both_store)
    passages = {str(getattr(row["source"], "value", "")).split("/")[-2] for row in grant}
    assert passages == {SECOND_ID, "science-technology-budget-2020"}
    assert grant.total is not None
    assert grant.total.upper == 61_600_000_000
