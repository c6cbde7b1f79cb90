"""`kg draw`: wrong calls, streams, files, and graphs of any size."""

from __future__ import annotations

import io
import re
import time
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.commands.shell.parser import run as command
from kg.errors import InputError, KgError, UsageError
from kg.funding import scope
from kg.funding.scope import Ask, Scope
from kg.pictures import FORMATS
from kg.pictures.canvas import fonts
from kg.pictures.canvas.words import read_words
from kg.pictures.drawing import draw, load_picture
from kg.pictures.kinds.flow import layout as flow
from kg.pictures.kinds.matrix import layout as matrix
from kg.pictures.kinds.matrix.data import OTHERS
from kg.pictures.kinds.network import layout as network
from kg.stores.embedded import EmbeddedStore, open_embedded
from tests.pictures.large_graph import large_graph
from tests.support.tools import need


@pytest.fixture(scope="module")
def ask(store: EmbeddedStore) -> Ask:
    return scope.asker(store)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory, store: EmbeddedStore) -> Iterator[EmbeddedStore]:
    path = tmp_path_factory.mktemp("large") / "large.nq"
    path.write_text(large_graph(store, programmes=700, institutions=1300), encoding="utf-8")
    yield open_embedded(path)


@pytest.mark.slow("draws 2,000 nodes")
@pytest.mark.parametrize("kind", ["matrix", "flow", "network"])
def test_two_thousand_nodes_give_a_picture_within_five_seconds_of_computing(kind: str, large: EmbeddedStore) -> None:
    begun = time.process_time()
    svg = str(draw(kind, "svg", Scope(fiscal_year="2031", phase="initial"), "en", large))
    assert time.process_time() - begun < 5
    assert re.search(r"\d others", svg)
    assert len(svg) < 400_000


@pytest.mark.slow("draws 2,000 nodes")
def test_the_others_are_shown_with_their_sum(large: EmbeddedStore) -> None:
    ask = scope.asker(large)
    choice = Scope(fiscal_year="2031", phase="initial")
    data = matrix.read(ask, choice)
    others = next(row for row in data.rows if row.key == OTHERS)
    assert others.count == len(others.things) > 1000
    assert data.row_totals[OTHERS].total.known > 0
    count, rest = network.read(ask, choice).left_out["i"]
    assert count == others.count
    assert rest.total == data.row_totals[OTHERS].total
    drawn = flow.read(ask, choice)
    assert sum(u.stated + u.ceiling for u in drawn.units) == data.money.working.total.known


def said_by(arguments: list[str], capfdbinary: pytest.CaptureFixture[bytes]) -> tuple[int, bytes, str]:
    code = command(arguments)
    output, talk = capfdbinary.readouterr()
    return code, output, talk.decode()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["mtrix"], "unknown picture 'mtrix'; did you mean 'matrix'"),
        (["matrix", "--format", "giff"], "unknown format 'giff'"),
        (["matrix", "-o", "x.htm"], "unknown ending of x.htm, 'htm'; did you mean 'html'?"),
        (["matrix", "--domain", "quantum secrity"], "did you mean 'quantum security'"),
        (["matrix", "--rows", "institution"], "unknown rows or columns 'institution'; did you mean 'institutions'"),
        (["network", "--size", "degre"], "unknown measure 'degre'; did you mean 'degree'?"),
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
    assert "wrote ministries.html" in talk
    assert (tmp_path / "ministries.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


@pytest.mark.slow("draws several pictures")
def test_a_choice_narrows_the_picture(store: EmbeddedStore) -> None:
    svg = str(draw("flow", "svg", Scope(domain="quantum-security"), "en", store))
    assert "Quantum security" in svg
    assert "Data health reform" not in svg


@pytest.mark.slow("seconds long")
def test_png_is_an_image_of_twice_the_size(store: EmbeddedStore) -> None:
    png = draw("ministries", "png", Scope(), "ja", store)
    assert isinstance(png, bytes)
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    assert int.from_bytes(png[16:20], "big") == 2800


def test_a_missing_japanese_font_is_noticed(tmp_path: Path) -> None:
    assert fonts.cjk_font((str(tmp_path),)) is None
    (tmp_path / "NotoSansCJK-Regular.ttc").write_bytes(b"")
    assert fonts.cjk_font((str(tmp_path),)) == tmp_path / "NotoSansCJK-Regular.ttc"


def test_unknown_kinds_and_formats_are_refused_by_the_library_too(store: EmbeddedStore) -> None:
    with pytest.raises(UsageError, match="unknown picture"):
        draw("pie", "svg", Scope(), "en", store)
    with pytest.raises(UsageError, match="unknown format"):
        draw("matrix", "gif", Scope(), "en", store)
    assert set(FORMATS) == {"html", "svg", "png", "pdf"}


@pytest.mark.slow("drives a browser")
@pytest.mark.parametrize(("kind", "lang"), [("flow", "ja"), ("matrix", "en"), ("network", "ja"), ("accounts", "ja")])
def test_pdf_is_one_small_page_whose_text_is_text(kind: str, lang: str, store: EmbeddedStore) -> None:
    from pypdf import PdfReader

    need("chromium")
    pdf = draw(kind, "pdf", Scope(), lang, store)
    assert isinstance(pdf, bytes)
    assert len(pdf) < 1_000_000
    pages = PdfReader(io.BytesIO(pdf)).pages
    assert len(pages) == 1
    text = pages[0].extract_text()
    svg = ET.fromstring(str(draw(kind, "svg", Scope(), lang, store)))
    title = svg.findtext("{http://www.w3.org/2000/svg}title") or ""
    assert title.split()[0] in text
    assert ("量子" in text or "文部科学省" in text) == (lang == "ja")
    assert text.count(title.split()[0]) == 1, "a halo is no second text"
    assert float(pages[0].mediabox.width) == pytest.approx(float(svg.get("width", "0")) * 0.75, abs=1)
    assert float(pages[0].mediabox.height) == pytest.approx(float(svg.get("height", "0")) * 0.75, abs=1)


@pytest.mark.parametrize("form", ["png", pytest.param("pdf", marks=pytest.mark.slow("drives a browser"))])
def test_a_missing_japanese_font_is_said_when_rendering(
    form: str, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    if form == "pdf":
        need("chromium")
    monkeypatch.setattr(fonts, "cjk_font", lambda: None)
    code, _, talk = said_by(["draw", "ministries", "-o", str(tmp_path / f"x.{form}")], capfdbinary)
    assert code == 0
    assert "no font with Japanese characters" in talk
    assert "fonts-noto-cjk" in talk


def test_a_picture_that_is_incomplete_is_one_clear_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr("kg.pictures.kinds.accounts.SUMMARY")
    with pytest.raises(KgError, match=r"kg/pictures/kinds/accounts: it lacks SUMMARY; see Picture"):
        load_picture("accounts")
    with pytest.raises(InputError, match=r"kg/pictures/texts.toml: no section \[no-such-picture\]"):
        read_words("no-such-picture")
