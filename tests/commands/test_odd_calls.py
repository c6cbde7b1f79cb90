"""Whatever is passed on the command line, in files and on standard input: a documented exit code, and no traceback."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.commands.shell.parser import parser_of_all, run
from tests.conftest import BOTH

CALLS = 200 if BOTH else 2_000  # the command line is the same with a second document
DOCUMENTED = {0, 1, 2, 3, 4}
FILES = {
    "good.ttl": b"<http://a/s> <http://a/p> 'x'@en .",
    "odd.ttl": b'<http://a/s> a <http://a/c> ; <http://a/p> "\xe2\x80\xa8\x1b[31m" , 1e9999 .',
    "cut.ttl": b"<http://a/s> <http://a/p> ",
    "deep.nt": b"<a:s> <a:p> " + b"<<( <a:s> <a:p> " * 500,
    "bad.xml": b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>',
    "bad.json": b'{"@context": "http://127.0.0.1:9/c", "a": [[[[]]]]}',
    "bytes": bytes(range(256)),
    "empty": b"",
    "page.txt": "1頁\f2頁\u2028 内数 32億円\n".encode(),
    "query.rq": b"SELECT * { ?s ?p ?o } LIMIT 1",
    "cut.rq": b"SELECT * {",
    "facts/doc/Pillar.csv": "id,skos:prefLabel@ja,skos:prefLabel@en\na,\u202e柱\x0b,\n,,\n".encode(),
    "facts/doc/Pillar.CSV": b"id\n",
    "semi/doc/Note.csv": b"id;page\n1;2\n",
}
NAMES = [
    "RIKEN",
    "理研",
    "q-leap",
    "quantum security",
    "量子",
    "is:Hub",
    "a",
    "funding",
    "lines",
    "ministry-table",
    "matrix",
]
ODD = [
    "-1",
    "0",
    "1",
    "9" * 50,
    "1e999",
    "NaN",
    "∞",
    "٣",
    "2020,2019",
    "2020-",
    "-",
    "--",
    "%",
    "\x1b[31m",
    "\u202e",
    "\udcff",
]
ODD += [
    " ",
    "か\u3099",
    "<http://a/b>",
    "http://[",
    "http://127.0.0.1:1/q",
    "a" * 3000,
    "../../x",
    "\n",
    "'",
    '"',
    "🏛",
    "Ｑ－ＬＥＡＰ",
]
QUERIES = [
    "ASK {}",
    "SELECT * {",
    "DESCRIBE <a:b>",
    "SELECT (1/0 AS ?x) {}",
    "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 1",
]
# What a command is always called with, so that it is quick and writes nowhere else.
ALWAYS = {
    "build": ["--facts", "facts", "-o", "made/x.trig"],
    "validate": ["odd.ttl"],
    "push": ["http://127.0.0.1:1/q", "--data", "good.ttl"],
    "release": ["bytes"],
    "coverage": ["page.txt"],
    "diff": ["good.ttl", "odd.ttl"],
    "network": ["-o", "made/n.gexf"],
    "draw": ["matrix", "-o", "made/m.svg"],
}


def commands() -> dict[str, list[tuple[str, bool]]]:
    """Return the options of each command, and whether each takes a value."""
    found = next(a for a in parser_of_all()._actions if a.dest == "verb").choices
    assert isinstance(found, dict)
    return {
        verb: [(max(a.option_strings, key=len), a.nargs != 0) for a in parser._actions if a.option_strings]
        for verb, parser in found.items()
    }


OPTIONS = commands()
# The quick ones more often.
VERBS = sorted(OPTIONS) + 3 * sorted(OPTIONS.keys() - ALWAYS.keys() - {"ask", "export", "find", "show"})
values = st.one_of(
    st.sampled_from(
        [*NAMES, *ODD, *FILES, *QUERIES, "facts", "semi", "nowhere", "link", "ttl", "csv", "json", "ja", "en"]
    ),
    st.text(st.characters(exclude_characters="\0"), max_size=20),
)


@st.composite
def calls(draw: st.DrawFn) -> list[str]:
    """Return the words of a call: a command, what it always has, other words, options with values and without."""
    verb = draw(st.sampled_from(VERBS))
    words = [verb, *ALWAYS.get(verb, []), *draw(st.lists(values, max_size=3))]
    for option, takes in draw(st.lists(st.sampled_from(OPTIONS[verb]), max_size=4)):
        value = draw(values) if takes and draw(st.integers(0, 9)) else ""
        words += [f"{option}={value}"] if draw(st.booleans()) and value else [option, *([value] if value else [])]
    if draw(st.integers(0, 19)) == 0:
        words[0] = draw(values)
    return words


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, content in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    (tmp_path / "link").symlink_to("nowhere")
    (tmp_path / "made").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KG_ENDPOINT", "")
    return tmp_path


def check(words: list[str], content: bytes, capfd: pytest.CaptureFixture[str]) -> None:
    before = sys.stdin
    sys.stdin = io.TextIOWrapper(io.BytesIO(content))
    try:
        code = run(words)
    finally:
        sys.stdin = before
    said = capfd.readouterr()
    assert code in DOCUMENTED, (words, code, said.err)
    assert "Traceback" not in said.err, (words, said.err)
    assert "\x1b" not in said.err + said.out or "export" in words, words
    if not any(word.startswith("--fail-if") for word in words):
        assert said.err or said.out or code == 0, words


@given(words=calls(), content=st.sampled_from([b"", *FILES.values()]))
@settings(
    max_examples=CALLS, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
def test_odd_calls_end_with_a_documented_code(
    words: list[str], content: bytes, folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert Path.cwd() == folder
    check(words, content, capfd)


@pytest.mark.slow("20,000 calls")
@given(words=calls(), content=st.sampled_from([b"", *FILES.values()]))
@settings(
    max_examples=10 * CALLS,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_many_odd_calls_end_with_a_documented_code(
    words: list[str], content: bytes, folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert os.getcwd() == str(folder)  # noqa: PTH109
    check(words, content, capfd)
