"""A profile fits a screen, says first what an analyst asks first, and agrees with the stored questions."""

from __future__ import annotations

import json

import pyoxigraph as ox
import pytest

import kg
from kg import terms
from kg.profiles.layout import profile_text
from kg.profiles.profile import profile_of, show
from kg.questions.answer import Answer
from kg.questions.answer_text import Style, write
from kg.questions.bearers import known_names
from kg.questions.resolve import find_thing
from kg.questions.standing import classes_of
from kg.questions.terminal import columns_of
from kg.stores.embedded import EmbeddedStore

LINES, COLUMNS = 30, 80


def text_of(answer: Answer, language: str, columns: int = COLUMNS) -> str:
    return profile_text(answer, language, Style(columns=columns))


def faults(iri: str, language: str, store: EmbeddedStore) -> list[str]:
    """What is wrong with the profile of an entity on a terminal of 80 columns."""
    answer = profile_of(ox.NamedNode(iri), store, language)
    lines = text_of(answer, language).splitlines()
    found = [f"{iri} {language}: wider than {COLUMNS}: {line}" for line in lines if columns_of(line) > COLUMNS]
    if len(lines) > LINES:
        found.append(f"{iri} {language}: {len(lines)} lines")
    if not answer.rows or not answer.sentence[language]:
        found.append(f"{iri} {language}: says nothing")
    return found


def one_of_each_class(store: EmbeddedStore) -> list[str]:
    """For each class the entity with the most names, so that code lists and bookkeeping are among them."""
    known = known_names(None, store)
    found: dict[str, str] = {}
    for iri, classes in sorted(classes_of(known.things, store).items()):
        for cls in classes:
            found.setdefault(cls, iri)
    return sorted(set(found.values()))


@pytest.mark.slow("one profile of each class")
def test_a_profile_of_each_kind_fits_a_screen_in_both_languages(store: EmbeddedStore) -> None:
    wrong = [f for iri in one_of_each_class(store) for lang in ("en", "ja") for f in faults(iri, lang, store)]
    assert not wrong


@pytest.mark.slow("every entity in both languages takes minutes")
def test_the_profile_of_every_entity_fits_a_screen_in_both_languages(store: EmbeddedStore) -> None:
    things = sorted(known_names(None, store).things)
    wrong = [f for iri in things for lang in ("en", "ja") for f in faults(iri, lang, store)]
    assert not wrong


@pytest.mark.slow("takes over a second")
@pytest.mark.parametrize(
    ("thing", "sections"),
    [
        ("riken", "about money lines roles domains hubs strategy identifiers where"),
        ("mic", "about budget money lines roles domains strategy identifiers where"),
        ("q-leap", "about money lines roles domains strategy facts where open"),
        ("quantum-security", "about money lines hubs strategy parts identifiers"),
        ("quantum-strategy", "about totals money lines domains parts where"),
        ("page-7", "titles headings lines measures notes open"),
        ("p4-talent", "money lines domains strategy where open"),
        ("note-p7-legend", "facts where"),
        ("frame/whole", "about identifiers"),
        ("open-p1-heading-pillar", "open where facts"),
        ("hub-quantum-security", "lines roles domains where facts"),
    ],
)
def test_a_profile_has_the_sections_of_its_kind(thing: str, sections: str, store: EmbeddedStore) -> None:
    there = {getattr(row["section"], "value", "") for row in show(thing, store)}
    assert set(sections.split()) <= there


def sums(answer: Answer) -> dict[tuple[str, str], tuple[str, str]]:
    """The bounds in yen of each fiscal year and phase in the section about money."""
    plain = [{name: terms.local_name(getattr(cell, "value", "")) for name, cell in row.items()} for row in answer]
    return {(r["fiscalYear"], r["phase"]): (r["lower"], r["upper"]) for r in plain if r["section"] == "money"}


@pytest.mark.slow("one sum after another")
@pytest.mark.parametrize(
    ("thing", "parameter"),
    [
        ("riken", "institution"),
        ("mic", "ministry"),
        ("q-leap", "programme"),
        ("quantum-security", "domain"),
        ("quantum-part-1", "part"),
        ("sip", "programme"),
    ],
)
def test_the_sums_are_those_of_the_stored_question(thing: str, parameter: str, store: EmbeddedStore) -> None:
    found = sums(show(thing, store))
    assert found
    for (year, phase), bounds in found.items():
        if not year:
            continue
        total = kg.query("funding", store=store, fiscal_year=year, phase=phase, **{parameter: thing}).total
        assert total is not None
        assert bounds == (str(total.lower), "" if total.upper is None else str(total.upper)), (year, phase)


def test_machines_get_what_people_get(store: EmbeddedStore) -> None:
    answer = show("RIKEN", store)
    rows = [json.loads(line) for line in write(answer, "jsonl").splitlines()]
    assert len(rows) == len(answer.rows)
    lines = [row for row in rows if row["section_code"] == "lines"]
    assert any(row["what"] == "RIKEN operating grant" for row in lines)
    assert any("riken-operating-grant" in str(row["what_iri"]) for row in lines)
    assert all(isinstance(row["upper_yen"], int) for row in lines)


def test_what_does_not_fit_is_counted(store: EmbeddedStore) -> None:
    text = text_of(show("page-7", store), "en")
    assert "more" in text
    assert "kg show page-7 --all" in text


def test_all_gives_every_statement_grouped(store: EmbeddedStore) -> None:
    answer = kg.show("RIKEN", all=True, store=store)
    sections = [getattr(row["section"], "value", "") for row in answer]
    assert set(sections) == {"says", "named in", "follows", "follows for"}
    assert len(set(sections)) == sum(a != b for a, b in zip([None, *sections], sections, strict=False))
    assert len(answer) > len(kg.show("RIKEN", store=store))


def test_names_that_several_bear_alike_give_a_list(store: EmbeddedStore) -> None:
    answer = show("文部科学省への言及", store)
    assert len(answer) > 1
    for language in ("en", "ja"):
        said = text_of(answer, language)
        assert all(terms.local_name(getattr(row["value"], "value", "")) in said for row in answer)


@pytest.mark.slow("takes over a second")
@pytest.mark.parametrize("heading", ["量子inspired・準量子技術", "open-platform hubs", "in-house-centre hubs"])
def test_the_heading_of_a_panel_is_accepted_as_a_part(heading: str, store: EmbeddedStore) -> None:
    """The heading is one of several of its part, or stands under another: the money is that of its own lines."""
    panel = find_thing(heading, "is:Panel", store)
    for (year, phase), bounds in sums(profile_of(panel, store)).items():
        total = kg.query("funding", part=heading, fiscal_year=year, phase=phase, store=store).total
        assert total is not None
        assert bounds == (str(total.lower), "" if total.upper is None else str(total.upper)), (year, phase)
    lines = kg.query("lines-under", part=heading, store=store)
    assert {getattr(row["panel"], "value", "") for row in lines} == {panel.value}
