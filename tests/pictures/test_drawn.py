"""The pictures that the documentation shows are what the program draws now."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import kg
from kg import terms
from kg.assembly import shipped
from kg.funding import scope
from kg.pictures import kind_names
from kg.pictures.canvas.svg import all_labels, write_svg
from kg.pictures.drawing import load_picture, views_of
from kg.pictures.kinds import ontology
from kg.stores.embedded import EmbeddedStore
from tests.conftest import BOTH
from tests.support.beside import added, both_documents
from tests.support.kept import assert_kept, assert_none_left_over

FOLDER = Path(__file__).parent / "drawn"
BESIDE = Path(__file__).parent / "drawn_both"  # what the second document of the tests adds, as text
CHOICES: dict[str, tuple[str, Any]] = {
    **{kind: (kind, {}) for kind in kind_names()},
    "flow-quantum": ("flow", {"part": "quantum-strategy"}),
    "flow-ai": ("flow", {"part": "ai-strategy-2019"}),
    "flow-focused": ("flow", {"domain": "quantum-security"}),
    "matrix-years": ("matrix", {"rows": "ministries", "columns": "years", "fiscal_year": "any"}),
}
CASES = [(name, lang) for name in CHOICES for lang in ("en", "ja")]
SOME = [
    *(pytest.param(name, "en") for name in CHOICES),
    *(pytest.param(name, "ja", marks=pytest.mark.slow("the other language")) for name in CHOICES),
]


def drawn(name: str, lang: str, store: EmbeddedStore) -> str:
    """A picture as it is drawn now; that of the ontology without the numbers of instances, which every fact changes."""
    kind, choice = CHOICES[name]
    if kind == "ontology":
        data = ontology.read(scope.asker(store), scope.Scope())
        bare = tuple(replace(each, entities=None) for each in data.classes)
        return write_svg(ontology.scene(replace(data, classes=bare), lang))
    picture = kg.draw(kind, "svg", lang=lang, store=store, **choice)
    assert isinstance(picture, str)
    return picture


@pytest.mark.slow("takes over a second")
@pytest.mark.parametrize(("name", "lang"), SOME)
def test_a_documented_picture_is_fresh(name: str, lang: str, first_store: EmbeddedStore) -> None:
    assert_kept(FOLDER / f"{name}-{lang}.svg", drawn(name, lang, first_store), "pictures")


def in_words(name: str, lang: str, store: EmbeddedStore) -> str:
    """A picture as title, description and table; without the year it is that of its first view."""
    kind, choice = CHOICES[name]
    picture, ask = load_picture(kind), scope.asker(store)
    scene = picture.scene(picture.read(ask, views_of(picture, ask, scope.Scope(**choice))[0]), lang)
    rows = ["\t".join("" if cell is None else str(cell) for cell in row) for row in scene.table.rows]
    return "\n".join([scene.title, scene.description, *rows])


def drawn_beside(name: str, first: EmbeddedStore, both: EmbeddedStore) -> str:
    """What a second document adds to a picture, in both languages."""
    return "".join(
        f"# {lang}\n{added(*(in_words(name, lang, store) for store in (first, both)))}" for lang in ("en", "ja")
    )


@pytest.mark.slow("draws everything again")
@pytest.mark.parametrize("name", CHOICES if BOTH else ["ministries"])
def test_a_second_document_adds_to_a_picture_what_was_read_and_accepted(
    name: str, first_store: EmbeddedStore, both_store: EmbeddedStore
) -> None:
    assert_kept(BESIDE / f"{name}.txt", drawn_beside(name, first_store, both_store), "pictures")


@pytest.mark.parametrize(("name", "lang"), SOME)
def test_no_name_on_a_documented_picture_is_cut(name: str, lang: str) -> None:
    kept = FOLDER / f"{name}-{lang}.svg"  # the test above says how to write one that is not there
    assert not kept.is_file() or not re.findall("[^<>]*…", kept.read_text(encoding="utf-8"))


def test_no_documented_picture_is_left_over() -> None:
    assert_none_left_over(FOLDER, (f"{name}-{lang}.svg" for name, lang in CASES), "pictures")
    assert_none_left_over(BESIDE, (f"{name}.txt" for name in CHOICES), "pictures")


def test_the_picture_of_the_ontology_counts_instances() -> None:
    data = ontology.read(scope.asker(kg.load_store()), scope.Scope())
    shown = {each.iri: each.entities for each in data.classes if each.entities}
    typed = {(q.object, q.subject) for q in shipped.quads() if q.predicate.value == terms.RDF + "type"}
    there = Counter(str(cls)[1:-1] for cls, _ in typed)
    assert len(shown) > 20
    assert shown == {iri: there[iri] for iri in shown}
    written = {line for label in all_labels(ontology.scene(data, "en").items) for line in label.lines}
    assert {f"{count:,}" for count in shown.values()} <= written


def test_the_readme_shows_three() -> None:
    readme = (FOLDER.parent.parent.parent / "README.md").read_text(encoding="utf-8")
    assert readme.count("](tests/pictures/drawn/") == 3


def made() -> dict[Path, str]:
    """The pictures as they are drawn now; to be looked at before they are committed."""
    store, both = kg.load_store(), both_documents()
    alone = {FOLDER / f"{name}-{lang}.svg": drawn(name, lang, store) for name, lang in CASES}
    return alone | {BESIDE / f"{name}.txt": drawn_beside(name, store, both) for name in CHOICES}
