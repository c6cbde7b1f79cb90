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
from kg.dataset import shipped
from kg.funding import scope
from kg.pictures import kind_names
from kg.pictures.canvas.svg import all_labels, write_svg
from kg.pictures.kinds import ontology
from tests.support.kept import assert_kept, assert_none_left_over

FOLDER = Path(__file__).parent / "drawn"
CHOICES: dict[str, tuple[str, Any]] = {
    **{kind: (kind, {}) for kind in kind_names()},
    "flow-quantum": ("flow", {"part": "quantum-strategy"}),
    "flow-ai": ("flow", {"part": "ai-strategy-2019"}),
    "flow-focused": ("flow", {"domain": "quantum-security"}),
    "matrix-years": ("matrix", {"rows": "ministries", "columns": "years", "fiscal_year": "any"}),
}
CASES = [(name, lang) for name in CHOICES for lang in ("en", "ja")]


def drawn(name: str, lang: str) -> str:
    """A picture as it is drawn now; that of the ontology without the numbers of instances, which every fact changes."""
    kind, choice = CHOICES[name]
    if kind == "ontology":
        data = ontology.read(scope.asker(kg.load_store()), scope.Scope())
        bare = tuple(replace(each, entities=None) for each in data.classes)
        return write_svg(ontology.scene(replace(data, classes=bare), lang))
    picture = kg.draw(kind, "svg", lang=lang, **choice)
    assert isinstance(picture, str)
    return picture


@pytest.mark.parametrize(("name", "lang"), CASES)
def test_a_documented_picture_is_fresh(name: str, lang: str) -> None:
    assert_kept(FOLDER / f"{name}-{lang}.svg", drawn(name, lang), "pictures")


@pytest.mark.parametrize(("name", "lang"), CASES)
def test_no_name_on_a_documented_picture_is_cut(name: str, lang: str) -> None:
    kept = FOLDER / f"{name}-{lang}.svg"  # the test above says how to write one that is not there
    assert not kept.is_file() or not re.findall("[^<>]*…", kept.read_text(encoding="utf-8"))


def test_no_documented_picture_is_left_over() -> None:
    assert_none_left_over(FOLDER, (f"{name}-{lang}.svg" for name, lang in CASES), "pictures")


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
    return {FOLDER / f"{name}-{lang}.svg": drawn(name, lang) for name, lang in CASES}
