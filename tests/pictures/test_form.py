"""The form of the pictures: clean SVG, small pages that ask the net for nothing, text that stays inside."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections import Counter
from dataclasses import replace

import pytest

from kg.funding import scope
from kg.funding.scope import Ask, Scope
from kg.pictures import kind_names
from kg.pictures.canvas.svg import Mark, Scene, all_labels, write_svg
from kg.pictures.canvas.text import width, wrap
from kg.pictures.drawing import draw, load_picture, views_of
from kg.pictures.page.page import LONGEST
from kg.stores.embedded import EmbeddedStore
from tests.conftest import BOTH

KINDS = kind_names()
LANGUAGES = ("en", "ja")
SVG = "{http://www.w3.org/2000/svg}"
NOW = Scope(fiscal_year="2020", phase="initial")

EVERY = [(kind, lang) for kind in KINDS for lang in LANGUAGES]


@pytest.fixture(scope="module")
def ask(store: EmbeddedStore) -> Ask:
    return scope.asker(store)


def chosen(kind: str) -> Scope:
    """A year that fills the picture, whichever year the newest document is of."""
    return replace(Scope(), fiscal_year="2020") if "fiscal_year" in load_picture(kind).OPTIONS else Scope()


@pytest.fixture(scope="module")
def scenes(ask: Ask) -> dict[tuple[str, str], Scene]:
    found = {}
    for kind in KINDS:
        picture = load_picture(kind)
        data = picture.read(ask, views_of(picture, ask, chosen(kind))[0])
        found.update({(kind, lang): picture.scene(data, lang) for lang in LANGUAGES})
    return found


@pytest.fixture(scope="module")
def pages(store: EmbeddedStore) -> dict[str, str]:
    return {kind: str(draw(kind, "html", chosen(kind), "en", store)) for kind in KINDS}


def test_every_picture_is_tried() -> None:
    assert {kind for kind, _ in EVERY} >= {
        "accounts",
        "flow",
        "matrix",
        "ministries",
        "network",
        "ontology",
        "strategy",
    }


@pytest.mark.parametrize(("kind", "lang"), EVERY)
def test_the_svg_is_clean_and_says_what_it_shows(kind: str, lang: str, scenes: dict[tuple[str, str], Scene]) -> None:
    scene = scenes[kind, lang]
    root = ET.fromstring(write_svg(scene))
    assert root.tag == f"{SVG}svg"
    assert root.get("role") == "img"
    title, desc = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert desc is not None
    assert title.text
    assert desc.text
    assert root.get("aria-labelledby") == f"{title.get('id')} {desc.get('id')}"
    assert "CJK" in (root.get("font-family") or "")
    assert len(root.findall(f".//{SVG}text")) > 15
    assert not root.findall(f".//{SVG}image")
    assert not root.findall(f".//{SVG}script")
    identifiers = [node.get("id") for node in root.iter() if node.get("id")]
    assert len(identifiers) == len(set(identifiers))
    used = set(re.findall(r"url\(#([^)]+)\)", write_svg(scene)))
    assert used <= set(identifiers)


@pytest.mark.parametrize(("kind", "lang"), EVERY)
def test_units_and_sources_stand_on_the_picture(kind: str, lang: str, scenes: dict[tuple[str, str], Scene]) -> None:
    text = " ".join(line for label in all_labels(scenes[kind, lang].items) for line in label.lines)
    assert ("Source" if lang == "en" else "出典") in text
    if "fiscal_year" in load_picture(kind).OPTIONS or kind in {"ministries", "accounts"}:  # those that draw money
        assert ("¥ bn" if lang == "en" else "億円") in text


@pytest.mark.parametrize(("kind", "lang"), EVERY)
def test_no_text_leaves_the_picture(kind: str, lang: str, scenes: dict[tuple[str, str], Scene]) -> None:
    scene = scenes[kind, lang]
    for label in all_labels(scene.items):
        for line in label.lines:
            long = width(line, label.size) * 0.94
            left = {"start": label.x, "middle": label.x - long / 2, "end": label.x - long}[label.anchor]
            assert left >= -1, line
            assert left + long <= scene.width + 1, line
        assert label.y + label.leading * (len(label.lines) - 1) < scene.height


@pytest.mark.parametrize(("kind", "lang"), EVERY)
def test_marks_have_keys_of_their_own_and_lines_that_are_there(
    kind: str, lang: str, scenes: dict[tuple[str, str], Scene]
) -> None:
    marks = [item for item in scenes[kind, lang].items if isinstance(item, Mark)]
    assert len(marks) > 10
    assert max(Counter(mark.key for mark in marks).values()) == 1
    assert all(mark.says for mark in marks)
    for mark in marks:
        assert {b.line for b in mark.behind} <= scenes[kind, lang].lines.keys()


@pytest.mark.parametrize("kind", KINDS)
def test_both_languages_show_the_same_marks_and_numbers(kind: str, scenes: dict[tuple[str, str], Scene]) -> None:
    english, japanese = (scenes[kind, lang] for lang in LANGUAGES)
    assert [m.key for m in english.items if isinstance(m, Mark)] == [
        m.key for m in japanese.items if isinstance(m, Mark)
    ]
    assert [[c for c in row if isinstance(c, int)] for row in english.table.rows] == [
        [c for c in row if isinstance(c, int)] for row in japanese.table.rows
    ]
    assert english.title != japanese.title


@pytest.mark.slow("draws every page")
@pytest.mark.parametrize("kind", KINDS)
def test_a_page_is_one_small_file_that_asks_the_net_for_nothing(kind: str, pages: dict[str, str]) -> None:
    page = pages[kind]
    assert len(page.encode()) < LONGEST
    assert "default-src 'none'" in page
    packed = re.compile(r"(<script[^>]*type=\"(?!module|text/javascript)[^>]*>).*?(</script>)", re.DOTALL)
    page = packed.sub(r"\1\2", page)  # in compressed data, any letters may stand side by side
    bare = page.replace('xmlns="http://www.w3.org/2000/svg"', "")
    assert not re.findall(r"""(?:src|href)\s*=\s*["'](?!#|data:)""", bare)
    assert not re.findall(r"@import|url\((?!#)|fetch\(|XMLHttpRequest|WebSocket|sendBeacon|import\(", bare)
    assert 'name="viewport"' in page
    assert "@media print" in page


@pytest.mark.slow("draws six pages")
@pytest.mark.parametrize(
    ("kind", "choice"),
    [
        ("matrix", Scope(rows="programmes", columns="parts")),
        ("matrix", Scope(rows="ministries", columns="years", fiscal_year="any")),
        ("flow", Scope(fiscal_year="any", phase="any")),
        ("flow", Scope(domain="quantum-technology")),
        ("network", Scope(fiscal_year="any", phase="any", size="betweenness")),
        ("strategy", Scope(part="ai-strategy-2019")),
    ],
)
def test_a_page_of_any_choice_is_small_too(kind: str, choice: Scope, store: EmbeddedStore) -> None:
    assert len(str(draw(kind, "html", choice, "ja", store)).encode()) < LONGEST


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.slow("draws every picture")
def test_a_page_shows_picture_and_table_without_scripts(kind: str, pages: dict[str, str]) -> None:
    page = pages[kind]
    assert re.search(r"<figure[^>]*><svg ", page)
    assert page.count("<tr>") > 10
    assert "<h1" in page


def test_a_name_cannot_break_out_of_the_page(ask: Ask) -> None:
    from kg.pictures.page.page import View, write_page

    picture = load_picture("matrix")
    data = picture.read(ask, NOW)
    scenes = {
        lang: replace(picture.scene(data, lang), title="</script><b>{{DATA}}", description='"><i>')
        for lang in LANGUAGES
    }
    page = write_page("matrix", [View("x", {"en": "</script>", "ja": "</script>"}, scenes)], "en")
    assert page.count("</script>") == 3
    assert "<b>" not in page
    assert "<i>" not in page
    bare = re.sub(r'(?<=id="packed">)[^<]*', "", page)
    assert "{{" not in bare.replace("{{DATA}}", "", bare.count("&gt;{{DATA}}"))


def test_japanese_lines_never_begin_with_closing_punctuation() -> None:
    lines = wrap("量子コンピュータ、量子シミュレーション（基礎）。", 100, 12, most=9)
    assert len(lines) > 2
    assert not [line for line in lines[1:] if line[0] in "、。）ーュ"]
    assert all(width(line) <= 112 for line in lines)


@pytest.mark.slow("draws five pictures")
@pytest.mark.parametrize(
    ("kind", "part", "pages"),
    [
        ("strategy", "quantum-strategy", "pages 4, 5, 6"),
        ("strategy", "ai-strategy-2019", "page 7"),
        ("strategy", "integrated-strategy-2019", "page 1"),
        ("flow", "quantum-strategy", "page 4"),
        ("ministries", None, "p3 l213–245" if BOTH else "page 3, lines 213–245"),
    ],
)
def test_a_picture_names_the_pages_that_it_shows(kind: str, part: str | None, pages: str, store: EmbeddedStore) -> None:
    drawn = draw(kind, "svg", Scope(part=part, fiscal_year=None if part else "2020"), "en", store)
    mark = ". Some links rest on the layout of the page or on other sources." if kind == "flow" else ""
    assert f"Source: On the S&amp;T-related budget for FY2020 (quantum technology and AI), {pages}{mark}<" in drawn


@pytest.mark.slow("draws every page twice")
def test_pictures_do_not_depend_on_the_order_of_hashing(store: EmbeddedStore) -> None:
    code = (
        "import sys, kg\nfrom kg.pictures.drawing import draw, kind_names\nfrom kg.funding.scope import Scope\n"
        "from kg.stores.embedded import open_embedded\nstore = open_embedded()\n"
        "for kind in kind_names():\n    sys.stdout.write(draw(kind, 'html', Scope(), 'ja', store))"
    )
    elsewhere = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONHASHSEED": "4711", "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        check=True,
    ).stdout.decode()
    assert elsewhere == "".join(str(draw(kind, "html", Scope(), "ja", store)) for kind in kind_names())
