"""The pictures: their figures are those of the stored questions, their form is clean, and nothing is counted twice."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, pairwise
from pathlib import Path

import pytest

from kg.answers import run
from kg.cli import run as command
from kg.errors import UsageError
from kg.money import Interval
from kg.pictures import FORMATS, figures, kinds, render
from kg.pictures.bands import lay_out
from kg.pictures.colours import PALETTE, contrast, luminance
from kg.pictures.drawing import draw, load_picture, views_of
from kg.pictures.drawn import accounts, flow, matrix, ministries, network, strategy
from kg.pictures.figures import ANY, Ask, Choice, value
from kg.pictures.page import LONGEST
from kg.pictures.reading.flow import interval
from kg.pictures.reading.matrix import NONE, OTHERS
from kg.pictures.svg import Mark, Scene, labels_of, write_svg
from kg.pictures.text import width, wrap
from kg.store import EmbeddedStore, open_embedded
from kg.stored import load_question
from tests.large_graph import large_graph

KINDS = kinds()
LANGUAGES = ("en", "ja")
SVG = "{http://www.w3.org/2000/svg}"
NOW = Choice(fiscal_year="2020", phase="initial")
EVERY = [
    (kind, lang)
    for kind in ("accounts", "flow", "matrix", "ministries", "network", "ontology", "strategy")
    for lang in LANGUAGES
]


@pytest.fixture(scope="module")
def ask(store: EmbeddedStore) -> Ask:
    return figures.asker(store)


@pytest.fixture(scope="module")
def scenes(ask: Ask) -> dict[tuple[str, str], Scene]:
    found = {}
    for kind in KINDS:
        picture = load_picture(kind)
        data = picture.read(ask, views_of(picture, ask, Choice())[0])
        found.update({(kind, lang): picture.scene(data, lang) for lang in LANGUAGES})
    return found


@pytest.fixture(scope="module")
def pages(store: EmbeddedStore) -> dict[str, str]:
    return {kind: str(draw(kind, "html", Choice(), "en", store)) for kind in KINDS}


def total(store: EmbeddedStore, choice: Choice, **more: str) -> Interval:
    answer = run(load_question("funding"), {**choice.given(), **more}, store)
    assert answer.total is not None
    return answer.total


def test_every_picture_is_tried() -> None:
    assert [kind for kind, lang in EVERY if lang == "en"] == KINDS


# --- the figures ---


def test_each_cell_of_the_matrix_is_the_answer_for_its_row_and_column(ask: Ask, store: EmbeddedStore) -> None:
    data = matrix.read(ask, NOW)
    tried = 0
    for (row, column), cell in data.cells.items():
        if row != NONE and not data.money.narrower.get(column):
            assert cell.total == total(store, NOW, institution=row, domain=column), (row, column)
            tried += 1
    assert tried > 25


def test_the_margins_of_the_matrix_are_the_answers_for_the_row_and_for_the_column(
    ask: Ask, store: EmbeddedStore
) -> None:
    data = matrix.read(ask, NOW)
    for row in data.rows:
        if row.key != NONE:
            assert data.row_totals[row.key].total == total(store, NOW, institution=row.key), row
    for column in data.columns:
        if not data.money.narrower.get(column.key):
            assert data.column_totals[column.key].total == total(store, NOW, domain=column.key), column
    assert data.money.working.total == total(store, NOW)


@pytest.mark.parametrize(
    ("rows", "option"), [("ministries", "ministry"), ("programmes", "programme"), ("parts", "part")]
)
def test_other_rows_are_answers_too(rows: str, option: str, ask: Ask, store: EmbeddedStore) -> None:
    data = matrix.read(ask, replace(NOW, rows=rows, columns="years"))
    shown = [head.key for head in data.rows if head.key not in (NONE, OTHERS)]
    assert len(shown) > 5
    for key in shown[:8]:
        assert data.row_totals[key].total == total(store, NOW, **{option: key}), key


@pytest.mark.parametrize("evidence", [None, "stated"])
def test_what_an_amount_serves_is_what_funding_finds_for_it(
    evidence: str | None, ask: Ask, store: EmbeddedStore
) -> None:
    choice = Choice(fiscal_year=ANY, evidence=evidence)
    money = figures.read_money(ask, choice)
    for dimension, option in (
        ("domain", "domain"),
        ("institution", "institution"),
        ("ministry", "ministry"),
        ("part", "part"),
    ):
        things = sorted({thing for kinds in money.links.values() for thing in kinds.get(dimension, {})})
        assert things or evidence
        for thing in things:
            answer = run(load_question("funding"), {**choice.given(), option: thing}, store)
            assert answer.working is not None
            found = {value(row, "listedAmount"): value(row, "share") for row in answer.working.rows}
            linked = {line for line, kinds in money.links.items() if thing in kinds.get(dimension, {})}
            assert found.keys() == linked, (dimension, thing)
            for row in money.working.rows:
                line = value(row, "listedAmount")
                if line in linked and value(row, "share") == "whole":
                    assert (found[line] == "whole") == money.links[line][dimension][thing], (line, thing)


@pytest.mark.parametrize(
    "choice",
    [
        NOW,
        replace(NOW, fiscal_year="2019"),
        Choice(fiscal_year=ANY, phase=ANY),
        replace(NOW, domain="quantum-security"),
    ],
)
def test_what_the_flow_draws_adds_up_to_the_total(choice: Choice, ask: Ask, store: EmbeddedStore) -> None:
    data = flow.read(ask, choice)
    said = total(store, choice)
    assert sum(unit.stated for unit in data.units) == said.lower
    assert sum(unit.stated + unit.ceiling for unit in data.units) == said.known
    assert sum(unit.open_count for unit in data.units) == said.open_count


def test_the_flow_draws_each_appropriation_once(ask: Ask) -> None:
    data = flow.read(ask, NOW)
    assert len(data.units) > 25
    assert max(Counter(unit.key for unit in data.units).values()) == 1
    assert max(Counter(line for unit in data.units for line in unit.lines).values()) == 1
    assert any(len(unit.lines) > 1 for unit in data.units), "some are printed more than once"


def test_the_ministries_of_the_flow_have_the_figures_of_funding_by_ministry(ask: Ask, store: EmbeddedStore) -> None:
    data = flow.read(ask, NOW)
    answer = run(load_question("funding-by-ministry"), NOW.given(), store)
    said = {value(row, "administrator"): (value(row, "lower"), value(row, "upper")) for row in answer}
    assert len(said) > 5
    for ministry, bounds in said.items():
        drawn = interval([u for u in data.units if u.stops[0] == ministry])
        assert (str(drawn.lower), "" if drawn.upper is None else str(drawn.upper)) == bounds, ministry


def test_the_ministries_have_the_printed_budgets_changes_and_priority_frames(ask: Ask, store: EmbeddedStore) -> None:
    rows = {row.ministry: row for row in ministries.read(ask, Choice()).rows}
    ranked = list(run(load_question("rank-ministries"), {}, store))
    assert list(rows) == [value(row, "ministry") for row in ranked]
    assert [str(row.total) for row in rows.values()] == [value(row, "amount") for row in ranked]
    for change in run(load_question("budget-changes"), {}, store):
        row = rows[value(change, "ministry")]
        assert (str(row.change), row.rate) == (value(change, "change"), value(change, "rate"))
    frames = [
        f for f in run(load_question("priority-frame"), {}, store) if value(f, "account").endswith("/all-accounts")
    ]
    assert frames
    assert all(str(rows[value(f, "ministry")].priority) == value(f, "priority") for f in frames)


def test_the_accounts_of_a_ministry_fill_its_bar(ask: Ask) -> None:
    for row in ministries.read(ask, Choice()).rows:
        assert abs((row.general or 0) + (row.special or 0) - row.total) <= 100_000_000, row.ministry


def test_the_accounts_flow_into_the_printed_totals(ask: Ask, store: EmbeddedStore) -> None:
    data = accounts.read(ask, Choice())
    printed = {}
    for row in run(load_question("budget-totals"), {}, store):
        if value(row, "fiscalYear") == "2020" and value(row, "frame").endswith("/whole"):
            kinds = tuple(value(row, name).rsplit("/", 1)[-1] for name in ("account", "category"))
            printed[kinds] = int(value(row, "amount"))
    ministries_count = len(data.budgets.rows)
    for account in ("general", "special"):
        drawn = sum(u.stated for u in data.units if u.stops[0].endswith(f"/{account}"))
        assert abs(drawn - printed[account, "st-related"]) <= ministries_count * 50_000_000, account
    promotion = sum(u.stated for u in data.units if u.stops[2] == accounts.PROMOTION)
    assert abs(promotion - printed["general", "st-promotion"]) <= ministries_count * 50_000_000
    assert max(Counter(u.key for u in data.units).values()) == 1


def test_a_strategy_shows_the_elements_and_the_money_of_its_questions(ask: Ask, store: EmbeddedStore) -> None:
    data = strategy.read(ask, Choice(part="quantum-strategy"))
    parts = run(load_question("parts-of"), {"part": "quantum-strategy"}, store)
    assert {e.iri for e in data.elements if e.kind != "Programme"} == {value(row, "element") for row in parts}
    bare = {
        value(r, "part")
        for r in run(load_question("parts-with-money"), {"strategy": "quantum-strategy"}, store)
        if value(r, "lines") == "0"
    }
    assert bare
    assert not [e for e in data.elements if e.iri in bare and e.funded]
    with_money = [e for e in data.elements if e.working and e.kind == "StrategyPart"]
    assert with_money
    for element in with_money:
        assert element.working is not None
        assert element.working.total == total(store, Choice(), part=element.iri), element.iri


def test_the_network_has_the_money_of_its_ministries_and_institutions(ask: Ask, store: EmbeddedStore) -> None:
    data = network.read(ask, NOW)
    tried = 0
    for (layer, node), working in data.totals.items():
        option = {"m": "ministry", "i": "institution", "p": "programme"}[layer]
        if node in data.layers["mpih".index(layer)] and tried < 30:
            assert working.total == total(store, NOW, **{option: node}), node
            tried += 1
    assert tried == 30


# --- one scale, one order ---


def test_every_year_and_phase_has_the_same_scale_and_order(ask: Ask) -> None:
    choices = figures.views(ask, Choice())
    assert len(choices) > 2
    flows = [flow.read(ask, choice) for choice in choices]
    assert len({data.scale for data in flows}) == 1
    assert len({data.order for data in flows}) == 1
    matrices = [matrix.read(ask, choice) for choice in choices]
    assert len({(data.largest, data.rows, data.columns) for data in matrices}) == 1


def test_bands_keep_their_height_from_end_to_end(ask: Ask) -> None:
    data = flow.read(ask, NOW)
    columns = lay_out(data.units, data.order, data.scale, top=0, places=flow.PLACES, slots={})
    for column, after in pairwise(columns):
        for node in column.nodes:
            leaving = sum(b.height for b in column.bands if b.source == node.stop)
            assert leaving == pytest.approx(node.height), node.stop
        for node in after.nodes:
            arriving = sum(b.height for b in column.bands if b.target == node.stop)
            assert arriving == pytest.approx(node.height), node.stop


# --- the form ---


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
    text = " ".join(line for label in labels_of(scenes[kind, lang].items) for line in label.lines)
    assert ("Source" if lang == "en" else "出典") in text
    if kind != "ontology":
        assert ("JPY billion" if lang == "en" else "億円") in text


@pytest.mark.parametrize(("kind", "lang"), EVERY)
def test_no_text_leaves_the_picture(kind: str, lang: str, scenes: dict[tuple[str, str], Scene]) -> None:
    scene = scenes[kind, lang]
    for label in labels_of(scene.items):
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


# --- the page ---


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_is_one_small_file_that_asks_the_net_for_nothing(kind: str, pages: dict[str, str]) -> None:
    page = pages[kind]
    assert len(page.encode()) < LONGEST
    assert "default-src 'none'" in page
    bare = page.replace('xmlns="http://www.w3.org/2000/svg"', "")
    assert not re.findall(r"""(?:src|href)\s*=\s*["'](?!#|data:)""", bare)
    assert not re.findall(r"@import|url\((?!#)|fetch\(|XMLHttpRequest|WebSocket|sendBeacon|import\(", bare)
    assert 'name="viewport"' in page
    assert "@media print" in page


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_shows_picture_and_table_without_scripts(kind: str, pages: dict[str, str]) -> None:
    page = pages[kind]
    assert re.search(r"<figure[^>]*><svg ", page)
    assert page.count("<tr>") > 10
    assert "<h1" in page


def test_a_name_cannot_break_out_of_the_page(ask: Ask) -> None:
    from kg.pictures.page import View, write_page

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
    assert "{{" not in page.replace("{{DATA}}", "", page.count("&gt;{{DATA}}"))


# --- colours ---

SIGHT = {
    "full": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}  # Machado, Oliveira and Fernandes 2009, at full severity, on linear light


def seen(colour: str, sight: str) -> tuple[float, ...]:
    """OKLab (Ottosson 2020) of a colour as an eye of that kind sees it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    r, g, b = (sum(w * c for w, c in zip(row, linear, strict=True)) for row in SIGHT[sight])
    cones = (
        0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b,
        0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b,
        0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b,
    )
    l, m, s = (max(0.0, c) ** (1 / 3) for c in cones)  # noqa: E741 — the names of the cones
    return (
        0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
        1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
        0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s,
    )


@pytest.mark.parametrize("sight", SIGHT)
def test_a_reader_of_any_sight_tells_the_colours_apart(sight: str) -> None:
    for first, second in combinations(PALETTE, 2):
        apart = sum((a - b) ** 2 for a, b in zip(seen(first, sight), seen(second, sight), strict=True)) ** 0.5
        assert apart > 0.09, (first, second)


def test_the_colours_are_dark_enough_on_white_and_apart_in_grey() -> None:
    assert all(contrast(colour, "#ffffff") >= 3 for colour in PALETTE)
    grey = sorted(116 * luminance(colour) ** (1 / 3) - 16 for colour in PALETTE)
    assert all(b - a > 3 for a, b in pairwise(grey))


# --- the same again ---


def test_pictures_do_not_depend_on_the_order_of_hashing() -> None:
    code = (
        "import sys, hashlib, kg\nfrom kg.pictures.drawing import draw, kinds\nfrom kg.pictures.figures import Choice\n"
        "for kind in kinds():\n    print(kind, hashlib.sha256(draw(kind, 'html', Choice(), 'ja', kg.load_store()).encode()).hexdigest())"
    )
    said = [
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "4711")
    ]
    assert said[0] == said[1]
    assert said[0].count("\n") == len(KINDS)


# --- a large graph ---


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory, store: EmbeddedStore) -> Iterator[EmbeddedStore]:
    path = tmp_path_factory.mktemp("large") / "large.nq"
    path.write_text(large_graph(store, programmes=700, institutions=1300), encoding="utf-8")
    yield open_embedded(path)


@pytest.mark.parametrize("kind", ["matrix", "flow", "network"])
def test_two_thousand_nodes_give_a_picture_within_five_seconds(kind: str, large: EmbeddedStore) -> None:
    begun = time.perf_counter()
    svg = str(draw(kind, "svg", Choice(fiscal_year="2031", phase="initial"), "en", large))
    assert time.perf_counter() - begun < 5
    assert re.search(r"\d others", svg)
    assert len(svg) < 400_000


def test_the_others_are_shown_with_their_sum(large: EmbeddedStore) -> None:
    ask = figures.asker(large)
    choice = Choice(fiscal_year="2031", phase="initial")
    data = matrix.read(ask, choice)
    others = next(row for row in data.rows if row.key == OTHERS)
    assert others.count == len(others.things) > 1000
    assert data.row_totals[OTHERS].total.known > 0
    count, rest = network.read(ask, choice).left_out["i"]
    assert count == others.count
    assert rest.total == data.row_totals[OTHERS].total
    drawn = flow.read(ask, choice)
    assert sum(u.stated + u.ceiling for u in drawn.units) == data.money.working.total.known


# --- the command ---


def said_by(arguments: list[str], capfdbinary: pytest.CaptureFixture[bytes]) -> tuple[int, bytes, str]:
    code = command(arguments)
    output, talk = capfdbinary.readouterr()
    return code, output, talk.decode()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["mtrix"], "mtrix: no such picture; did you mean 'matrix'"),
        (["matrix", "--format", "giff"], "giff: no such format"),
        (["matrix", "-o", "x.htm"], "x.htm: htm: no such format; did you mean 'html'?"),
        (["matrix", "--domain", "quantum secrity"], "did you mean 'quantum security'"),
        (["matrix", "--rows", "institution"], "institution: no such rows or columns; did you mean 'institutions'"),
        (["network", "--size", "degre"], "degre: no such measure; did you mean 'degree'?"),
        (["ministries", "--domain", "ai"], "ministries has no option --domain; it takes --ministry"),
        (["matrix", "-o", "/no/such/folder/x.svg"], "/no/such/folder/x.svg: cannot be written"),
    ],
)
def test_a_wrong_call_is_told_clearly_and_writes_nothing(
    arguments: list[str],
    said: str,
    capfdbinary: pytest.CaptureFixture[bytes],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    code, output, talk = said_by(["draw", *arguments], capfdbinary)
    assert code in {2, 3}
    assert said in talk
    assert output == b""
    assert not list(tmp_path.iterdir())


def test_a_picture_streams_to_standard_output(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    code, output, _ = said_by(["draw", "ministries", "-o", "-", "--format", "svg", "--lang", "ja"], capfdbinary)
    assert code == 0
    assert output.startswith(b"<svg ")
    assert "文部科学省" in output.decode()


def test_without_a_file_and_a_screen_a_file_is_written_and_named(
    capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    code, output, talk = said_by(["draw", "ministries"], capfdbinary)
    assert (code, output) == (0, b"")
    assert "written: ministries.html" in talk
    assert (tmp_path / "ministries.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_a_choice_narrows_the_picture(store: EmbeddedStore) -> None:
    svg = str(draw("flow", "svg", Choice(domain="quantum-security"), "en", store))
    assert "Quantum security" in svg
    assert "Data health reform" not in svg


def test_png_is_an_image_of_twice_the_size(store: EmbeddedStore) -> None:
    png = draw("ministries", "png", Choice(), "ja", store)
    assert isinstance(png, bytes)
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    assert int.from_bytes(png[16:20], "big") == 2800


def test_a_missing_japanese_font_is_noticed(tmp_path: Path) -> None:
    assert render.cjk_font((str(tmp_path),)) is None
    (tmp_path / "NotoSansCJK-Regular.ttc").write_bytes(b"")
    assert render.cjk_font((str(tmp_path),)) == tmp_path / "NotoSansCJK-Regular.ttc"


def test_unknown_kinds_and_formats_are_refused_by_the_library_too(store: EmbeddedStore) -> None:
    with pytest.raises(UsageError, match="no such picture"):
        draw("pie", "svg", Choice(), "en", store)
    with pytest.raises(UsageError, match="no such format"):
        draw("matrix", "gif", Choice(), "en", store)
    assert set(FORMATS) == {"html", "svg", "png", "pdf"}


# --- text ---


def test_japanese_lines_never_begin_with_closing_punctuation() -> None:
    lines = wrap("量子コンピュータ、量子シミュレーション（基礎）。", 100, 12, most=9)
    assert len(lines) > 2
    assert not [line for line in lines[1:] if line[0] in "、。）ーュ"]
    assert all(width(line) <= 112 for line in lines)
