"""Whatever stands in a label, a picture and a network are well-formed."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pyoxigraph as ox
import pytest

import kg
from kg import terms
from kg.pictures import kind_names
from kg.pictures.canvas.xml import escape, legal
from kg.stores.embedded import EmbeddedStore

UNKNOWN = "\x00\x01\x08\x0b\x0c\x1b\x1f\ufffe\uffff"  # to XML
KNOWN = "\t\n\r\x7f\x85\ue000\uf8ff\u2028\u202e\ufffd\U0001f600\U000f0000<&\"'>"


@pytest.fixture(scope="module")
def odd(store: EmbeddedStore) -> EmbeddedStore:
    """The dataset with all of that in every name."""
    inner = ox.Store()
    for quad in store.inner:
        if quad.predicate.value == terms.SKOS + "prefLabel" and isinstance(quad.object, ox.Literal):
            name = ox.Literal(f"{quad.object.value}{UNKNOWN}{KNOWN}", language=quad.object.language)
            quad = ox.Quad(quad.subject, quad.predicate, name, quad.graph_name)  # noqa: PLW2901
        inner.add(quad)
    return EmbeddedStore(inner)


def test_each_character_that_xml_does_not_know_is_replaced_and_no_other() -> None:
    assert legal(UNKNOWN) == "\ufffd" * len(UNKNOWN)
    assert legal(KNOWN) == KNOWN
    assert legal("\ud800") == "\ufffd"
    for char in UNKNOWN + KNOWN:
        element = ET.fromstring(f'<a b="{escape(char)}">{escape(char)}</a>')
        assert element.text == legal(char).replace("\r", "\n")


@pytest.mark.parametrize("kind", [*(pytest.param(kind, marks=pytest.mark.slow("one more picture")) for kind in kind_names() if kind != "matrix"), "matrix"])  # fmt: skip
def test_a_picture_is_well_formed(kind: str, odd: EmbeddedStore) -> None:
    for language in ("en", "ja"):
        svg = kg.draw(kind, "svg", lang=language, store=odd)
        assert isinstance(svg, str)
        assert "\ufffd" in "".join(ET.fromstring(svg).itertext())


@pytest.mark.slow("makes a page")
def test_a_page_has_no_such_character_either(odd: EmbeddedStore) -> None:
    page = str(kg.draw("matrix", "html", store=odd))
    assert not set(page) & set(UNKNOWN)


@pytest.mark.slow("exports")
@pytest.mark.parametrize("form", ["gexf", "graphml"])
def test_a_network_is_well_formed(form: str, odd: EmbeddedStore) -> None:
    content = kg.export(form, store=odd)
    assert isinstance(content, bytes)
    labels = {value for node in ET.fromstring(content).iter() for value in (*node.attrib.values(), node.text or "")}
    assert any("\ufffd" in label for label in labels)
