"""Every external identifier in the graph against the project's list of identifiers.

tests/keying/second_keying/identifiers.csv is that list byte for byte; to renew it: `cp identifiers.csv tests/keying/second_keying/`.
"""

from __future__ import annotations

import pytest

from kg import terms
from kg.stores.embedded import EmbeddedStore
from tests.keying.keying import COMMON, FACTS, SECOND, institutions, table

COLUMNS = {
    "ror": ("is:rorId", "https://ror.org/"),
    "wikidata": ("is:wikidataId", "http://www.wikidata.org/entity/"),
    "corporate_number": ("is:corporateNumber", ""),
    "crossref_funder": ("is:funderId", "https://doi.org/10.13039/"),
    "homepage": ("foaf:homepage", ""),
}
DISCIPLINE = "quantum computing (discipline)"  # narrower than our domain, so an identifier but no exact match
LEAST = {"ror": 18, "wikidata": 20, "corporate_number": 16, "crossref_funder": 14, "homepage": 15}


def held(store: EmbeddedStore, property_: str) -> dict[tuple[str, str], set[str]]:
    """The Japanese names of each (thing, identifier) in the graph."""
    rows = store.select(
        f"""PREFIX skos: <{terms.SKOS}> PREFIX is: <{terms.IS}> PREFIX foaf: <{terms.PREFIXES["foaf"]}>
        SELECT ?thing ?value ?name {{
          ?thing {property_} ?value ; skos:prefLabel|skos:altLabel ?name FILTER(lang(?name) = "ja") }}"""
    ).rows
    names: dict[tuple[str, str], set[str]] = {}
    for row in rows:
        thing, value, name = (getattr(term, "value", "") for term in row)
        names.setdefault((thing, value), set()).add(name)
    return names


@pytest.mark.parametrize("column", COLUMNS)
def test_every_identifier_is_the_listed_one(column: str, store: EmbeddedStore) -> None:
    listed = {row[column]: row["name_ja"] for row in table(SECOND, "identifiers") if row[column]}
    assert len(listed) >= LEAST[column]
    graph = held(store, COLUMNS[column][0])
    assert sorted(value for _, value in graph) == sorted(listed)
    for (thing, value), names in graph.items():
        assert listed[value] in names, (thing, value)


def test_every_match_of_an_institution_is_the_address_of_a_listed_identifier(store: EmbeddedStore) -> None:
    rows = store.select(
        f"""PREFIX skos: <{terms.SKOS}>
        SELECT DISTINCT ?match {{ ?thing skos:exactMatch ?match FILTER(STRSTARTS(STR(?thing), "{terms.ID}institution/")) }}"""
    ).rows
    addresses = {
        address + row[column]
        for row in table(SECOND, "identifiers")
        for column, (_, address) in COLUMNS.items()
        if address and row[column] and row["name_en"] != DISCIPLINE
    }
    assert {getattr(row[0], "value", None) for row in rows} == addresses


def test_every_listed_institution_is_a_fact_under_its_listed_names() -> None:
    listed = {(r["name_ja"], r["name_en"]) for r in table(SECOND, "identifiers") if r["name_en"] != DISCIPLINE}
    facts = {(r["skos:prefLabel@ja"], r["skos:prefLabel@en"]) for r in institutions().values()}
    assert len(listed) == 29
    assert listed - facts == set()


def test_every_institution_has_its_own_identifiers_in_the_table() -> None:
    columns = {
        "ror": "rorId",
        "corporate_number": "corporateNumber",
        "crossref_funder": "funderId",
        "wikidata": "wikidataId",
    }
    rows = [r for r in table(SECOND, "identifiers") if r["name_en"] != DISCIPLINE]
    by_name = {(r["skos:prefLabel@ja"], r["skos:prefLabel@en"]): r for r in institutions().values()}
    listed = {r["name_en"]: {c: r[name] for name, c in columns.items()} for r in rows}
    first = {en: {c: row[c] for c in columns.values()} for (_, en), row in by_name.items() if en in listed}
    assert first == listed
    others = [row for (_, en), row in by_name.items() if en not in listed]
    assert not any(row[c] for row in others for c in columns.values())


def test_what_is_called_by_an_abbreviation_keeps_its_name_in_words() -> None:
    """Where the same Latin abbreviation stands in both languages, nothing else witnesses the name beside it."""
    folders = {"Institution": COMMON, "Goal": FACTS, "Platform": FACTS}
    rows = table(SECOND, "names")
    assert rows
    for row in rows:
        (thing,) = [r for r in table(folders[row["table"]], row["table"]) if r["skos:prefLabel@ja"] == row["name_ja"]]
        assert row["other_name"] in thing[f"skos:altLabel@{row['language']}"].split("|"), row
