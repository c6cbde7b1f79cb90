"""What comes from elsewhere (servers, arguments, cells, names of files) reaches no terminal with control characters."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg import paths, terms
from kg.commands.shell.parser import run
from tests.stores.fake_store import served
from tests.stores.small_store import small_store

pytestmark = pytest.mark.usefixtures("no_credentials")
WILD = "a\x1b]0;title\x07\x9b31m\u202egro\u2066.\u2028\x7f\rz"
SHOWN = r"a\x1b]0;title\x07\x9b31m\u202egro\u2066.\u2028\x7f"
GRAPH = terms.GRAPH + "wild"
NAME = "http://a/\u202ename"
QUERY = "SELECT ?s ?o { ?s <http://a/p> ?o }"
CONTROLS = {chr(code) for code in [*range(9), 11, 12, *range(14, 32), *range(127, 160)]}
CONTROLS |= set("\u061c\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def is_tame(text: str) -> bool:
    return not CONTROLS & set(text) and "\r" not in text.replace("\r\n", "")


@pytest.fixture(scope="module")
def wild() -> ox.Store:
    store = ox.Store()
    store.add(ox.Quad(ox.NamedNode(NAME), ox.NamedNode("http://a/p"), ox.Literal(WILD), ox.NamedNode(GRAPH)))
    return store


def asked(words: list[str], store: ox.Store, capfdbinary: pytest.CaptureFixture[bytes]) -> tuple[str, str]:
    with small_store(store) as endpoint:
        assert run([*words, "--endpoint", endpoint]) == 0
    out, err = capfdbinary.readouterr()
    return out.decode(), err.decode()


@pytest.mark.parametrize("form", ["table", "csv", "md", "html", "sparql-csv"])
def test_a_cell_shows_its_control_characters(
    form: str, wild: ox.Store, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    out, err = asked(["sparql", QUERY, "--format", form], wild, capfdbinary)
    assert is_tame(out + err)
    assert SHOWN in out
    assert r"http://a/\u202ename" in out


@pytest.mark.parametrize("form", ["json", "sparql-json", "jsonl"])
def test_json_holds_them_as_escapes(form: str, wild: ox.Store, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    out, err = asked(["sparql", QUERY, "--format", form], wild, capfdbinary)
    assert is_tame(out + err)
    found = json.loads(out)
    if form == "jsonl":
        assert found["o"] == WILD
    else:
        assert found["results"]["bindings"] == [
            {"s": {"type": "uri", "value": NAME}, "o": {"type": "literal", "value": WILD}}
        ]


def test_rdf_holds_them_as_escapes(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    wild, text = ox.Store(), ox.Literal(WILD.replace("\u2028", ""))
    wild.add(ox.Quad(ox.NamedNode(NAME), ox.NamedNode("http://a/p"), text, ox.NamedNode(GRAPH)))
    out, _ = asked(["sparql", "CONSTRUCT WHERE { ?s ?p ?o }"], wild, capfdbinary)
    assert is_tame(out)
    assert [quad.triple for quad in ox.parse(out, format=ox.RdfFormat.TURTLE)] == [quad.triple for quad in wild]
    out, _ = asked(["sparql", QUERY, "--format", "sparql-tsv"], wild, capfdbinary)
    assert is_tame(out)
    read = list(ox.parse_query_results(out, format=ox.QueryResultsFormat.TSV))  # type: ignore[arg-type]
    assert [tuple(row) for row in read] == [(ox.NamedNode(NAME), text)]


@pytest.mark.slow("reads the whole dataset for each command")
def test_a_name_of_a_stored_thing_is_tame(capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> None:
    path = tmp_path / "wild.nq"
    riken, label = f"<{terms.ID}institution/riken>", "\\u001B[31m\\u202Egro"
    extra = f'{riken} <{terms.SKOS}altLabel> "{label}"@en <{GRAPH}> .\n{riken} <http://a/p> "{label}" <{GRAPH}> .\n'
    path.write_text(paths.DATASET.read_text(encoding="utf-8") + extra, encoding="utf-8")
    why = ["why", "riken", "skos:altLabel", "\x1b[31m\u202egro", "--data", str(path)]
    for words in (why, [*why, "--format", "json"], [*why, "--format", "turtle"], ["diff", str(path), "--patch"]):
        assert run(words) in {0, 1}, words
        out, err = capfdbinary.readouterr()
        assert is_tame((out + err).decode()), words


FILE = "a\x1b[31m\u202e\nkg: all is well"
QUICK: list[list[str]] = [
    [FILE],
    ["find", "x", "--limit", FILE],
    ["find", "x", "--timeout", FILE],
    ["find", "x", "--format", FILE],
    ["find", "x", "--endpoint", FILE],
    ["find", "x", "--endpoint", f"http://{FILE}/q"],
    ["find", "RIKEN", "-o", f"no/such/{FILE}/out.csv"],
    ["query", FILE],
    ["query", "funding", "--domain", FILE],
    ["query", "funding", FILE],
    ["query", "funding", f"--{FILE}", "x"],
    ["sparql", f"{FILE}.rq"],
    ["sparql", f"SELECT {FILE} {{ }}"],
    ["sparql", "ASK {}", "--data", f"no/{FILE}.ttl"],
    ["sparql", "ASK {}", "--data", f"no/{FILE}"],
    ["push", FILE],
    ["push", "http://127.0.0.1:1/q", "--data", f"no/{FILE}.nq"],
    ["network", FILE],
]
SLOW: list[list[str]] = [
    ["show", f"q-leap {FILE}"],
    ["why", FILE, "a", "b"],
    ["validate", f"no/{FILE}.ttl"],
    ["validate", "--shapes", FILE],
    ["validate", "--proofread", FILE],
    ["diff", f"{FILE}.nq"],
    ["coverage", FILE],
    ["coverage", "README.md", "--document", FILE],
    ["build", "--facts", FILE],
    ["export", "--format", FILE],
    ["export", "--thing", FILE],
    ["export", "--graph", FILE],
    ["draw", FILE],
    ["draw", "flow", "--domain", FILE],
    ["draw", "flow", "-o", f"no/{FILE}.svg"],
]


def named(words: object) -> str:
    return " ".join(words)[:30] if isinstance(words, list) else ""


def check_error(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(words) in {1, 2, 3, 4}
    err = capsys.readouterr().err
    assert is_tame(err)
    assert not any(line.startswith("kg: all is well") for line in err.split("\n")), err


@pytest.mark.parametrize("words", QUICK, ids=named)
def test_an_error_repeats_an_argument_without_its_control_characters(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    check_error(words, capsys)


@pytest.mark.slow("36 commands, some of which read everything")
@pytest.mark.parametrize("words", [*QUICK, *SLOW], ids=named)
def test_so_does_an_error_in_japanese(
    words: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LC_ALL", "ja_JP.UTF-8")
    check_error(words, capsys)


def test_the_cells_and_names_of_tables_are_tame(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    facts = tmp_path / "facts"
    shutil.copytree(paths.OWN_FACTS / "common", facts / "common")
    table = facts / "common" / "Institution.csv"
    first, *others = table.read_text(encoding="utf-8").split("\n")
    cells = others[0].split(",")
    wrong = ",".join("\u202e\x1b[31m\rx" for _ in cells)
    table.write_text("\n".join([first, wrong, *others]), encoding="utf-8")
    (facts / "common" / "Foo\x1b\u202e.csv").write_text("id\x1b[31m\nx\n", encoding="utf-8")
    assert run(["build", "--facts", str(facts)]) == 1
    err = capsys.readouterr().err
    assert is_tame(err)


def test_the_words_of_a_server_and_its_graphs_are_tame(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with served(lambda h: h.answer(500, WILD.encode())) as (endpoint, _):
        assert run(["find", "x", "--endpoint", endpoint]) == 4
    err = capsys.readouterr().err
    assert SHOWN in err
    assert is_tame(err)
    data = ox.Store()
    data.add(ox.Quad(ox.NamedNode(NAME), ox.NamedNode("http://a/p"), ox.Literal("x"), ox.NamedNode(f"{GRAPH}/\u202e")))
    path = tmp_path / "data.nq"
    path.write_text(f"<http://a/s> <http://a/p> <http://a/o> <{GRAPH}\u202e> .\n", encoding="utf-8")
    for form in ("text", "json"):
        with small_store(data) as endpoint:
            assert run(["push", endpoint, "--data", str(path), "--format", form]) == 0
        assert is_tame("".join(capsys.readouterr())), form
