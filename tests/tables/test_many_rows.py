"""Many rows: what they share is worked out once, and each fault costs no more than another."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg import terms
from kg.errors import TableError
from kg.tables import load, passages, references
from tests.tables.small import load_facts, write

HEAD = "id,type,isPartOf,page,lines,hasEvidence\n"
MANY = 2_000


def test_lines_that_many_facts_are_read_from_are_described_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    described: list[tuple[int, int]] = []

    def counted(lines: tuple[int, int], *others: object) -> object:
        described.append(lines)
        return passages.passage_quads(lines, *others)  # type: ignore[arg-type]

    monkeypatch.setattr(load, "passage_quads", counted)
    rows = "".join(f"p-{n},Programme,,1,{n % 4 + 1},stated\n" for n in range(MANY))
    facts = load_facts(write(tmp_path, FundedItem=HEAD + rows))
    assert sorted(described) == [(1, 1), (2, 2), (3, 3), (4, 4)]
    assert sum(quad.predicate.value == terms.IS + "isReadFrom" for quad in facts.quads) == MANY


def test_a_reference_that_fails_in_every_row_is_compared_with_the_ids_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two thousand rows with one wrong id took as many searches through two thousand ids."""
    compared: list[str] = []

    def counted(slug: str, *others: object) -> object:
        compared.append(slug)
        return references.misfit(slug, *others)  # type: ignore[arg-type]

    monkeypatch.setattr(load, "misfit", counted)
    rows = "".join(f"p-{n},Programme,p-nowhere,1,7,stated\n" for n in range(MANY))
    with pytest.raises(TableError) as caught:
        load_facts(write(tmp_path, FundedItem=HEAD + rows))
    assert len(caught.value.faults) == MANY
    assert compared == ["p-nowhere"]


def test_a_page_that_one_document_lacks_is_found_in_another(tmp_path: Path) -> None:
    facts = write(tmp_path, Mention="id,isMadeIn\nm,page-9\n")
    (facts / "other").mkdir()
    (facts / "other" / "Page.csv").write_text("id,pageNumber,firstLine,lastLine\npage-9,9,1,9\n", encoding="utf-8")
    (facts / "other" / "Mention.csv").write_text("id,isMadeIn\nn,page-9\n", encoding="utf-8")
    with pytest.raises(TableError) as caught:
        load_facts(facts)
    assert [fault.file for fault in caught.value.faults] == ["facts/doc/Mention.csv"]
