"""The head of a table: what a language is, which columns take one, and which need one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tables.small import ITEM, LABEL, faults, load_facts, values, write

HEADS = [
    ("skos:prefLabel@ja_JP", "'ja_JP' is not a language — write skos:prefLabel@ja"),
    ("skos:prefLabel@ja JP", "'ja JP' is not a language — write skos:prefLabel@ja"),
    ("skos:prefLabel@EN_us", "'EN_us' is not a language — write skos:prefLabel@en"),
    ("skos:prefLabel@日本語", "'日本語' is not a language — write skos:prefLabel@ja"),
    ("skos:prefLabel@ja@en", "'ja@en' is not a language — write skos:prefLabel@ja"),
    ("skos:prefLabel@-", "'-' is not a language — write skos:prefLabel@ja"),
    ("skos:prefLabel@", "has no language — write skos:prefLabel@ja"),
    ("skos:prefLabel", "has no language — write skos:prefLabel@ja"),
    ("skos:note", "has no language — write skos:note@ja"),
    ("@", "no such property in the ontology"),
    ("@ja", "no such property in the ontology"),
    ("page@ja", "no such property in the ontology — did you mean 'page'"),
    ("hasEvidence@ja", "does not take a language — name the column hasEvidence"),
    ("fundsDomain@", "does not take a language — name the column fundsDomain"),
    ("printedForm@ja", "does not take a language — name the column printedForm"),
    ("dcterms:source@en", "does not take a language — name the column dcterms:source"),
    ("", "column 3 has no name — name it or delete it"),
    ("skos:prefLabel@EN", "is repeated in the header — keep one"),
]


@pytest.mark.parametrize(("head", "said"), HEADS, ids=[head or "none" for head, _ in HEADS])
def test_a_column_with_a_wrong_language_is_refused(head: str, said: str, tmp_path: Path) -> None:
    found = faults(tmp_path, FundedItem=ITEM.replace("skos:prefLabel@ja", head))
    assert f"facts/doc/FundedItem.csv:1:{head}: {said}" in found[0]
    assert len(found) == 1 + said.startswith("is repeated")


@pytest.mark.parametrize(
    "head", ["skos:prefLabel@ja", "skos:prefLabel@JA", "skos:prefLabel@ja-Hira", "skos:altLabel@fr"]
)
def test_a_language_is_a_tag(head: str, tmp_path: Path) -> None:
    facts = load_facts(write(tmp_path, FundedItem=ITEM.replace("skos:prefLabel@ja", head)))
    assert "光・量子" in values(facts, "programme/q-leap", LABEL.replace("pref", "alt" if "alt" in head else "pref"))
