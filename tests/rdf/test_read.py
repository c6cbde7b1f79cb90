"""A stranger's RDF: every form is read, hostile input is one clear error, nothing is fetched, the process lives."""

from __future__ import annotations

import gzip
import os
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.commands.shell.parser import run
from kg.errors import InputError, UsageError
from kg.rdf.read import DATA_FORMATS, FORMS, parse_bytes, parse_text, read_quads
from tests.conftest import ROOT

RDF = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e/">'
DEEP_XML = RDF + "<rdf:Description><e:p>" * 5_000 + "</e:p></rdf:Description>" * 5_000 + "</rdf:RDF>"
BOMB = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    + RDF
    + "<rdf:Description><e:p>&b;</e:p></rdf:Description></rdf:RDF>"
)

HOSTILE = [
    ("bomb.rdf", BOMB, "RDF/XML with a DOCTYPE is not read"),
    ("late.rdf", "<?xml version='1.0'?>\n<!-- x -->\n" + BOMB, ":3: RDF/XML with a DOCTYPE"),
    ("deep.rdf", DEEP_XML, "nested deeper than 256 elements"),
    ("cut.rdf", RDF + "<rdf:Desc", "does not parse"),
    ("remote.jsonld", '{"@context": "http://127.0.0.1:9/c", "a": 1}', "names a JSON-LD context elsewhere"),
    (
        "remote2.jsonld",
        '[{"x": {"@context": [{}, "http://127.0.0.1:9/c"], "a": 1}}]',
        "names a JSON-LD context elsewhere",
    ),
    ("import.jsonld", '{"@context": {"@import": "http://127.0.0.1:9/c"}, "a": 1}', "names a JSON-LD context elsewhere"),
    ("deep.jsonld", '{"http://a/p":' * 200_000 + "1" + "}" * 200_000, "nested too deeply"),
    ("cut.jsonld", '{"@id": "http://a/b", ', "does not parse"),
    ("cut.ttl", "<http://a/a> <http://a/b> ", ":1: does not parse"),
    ("cut.trig", "<http://a/g> { <http://a/a> <http://a/b> 1 .\n", "does not parse"),
    ("cut.nq", "<http://a/a> <http://a/b> <http://a/c", "does not parse"),
    ("deep.trig", "<http://a/a> <http://a/b> " + "<< " * 100_000, "does not parse"),
    ("empty.ttl", "", "is empty"),
    ("iri.ttl", "<http://a/ b> <http://a/b> 1 .", "does not parse"),
    ("control.rdf", RDF + "<rdf:Description><e:p>\x01</e:p></rdf:Description></rdf:RDF>", "does not parse"),
    (
        "utf7.rdf",
        "<?xml version='1.0' encoding='UTF-7'?>" + RDF + "</rdf:RDF>",
        ":1: does not parse: RDF/XML is read in UTF-8",
    ),
    ("sjis.rdf", "<?xml version='1.0' encoding='Shift_JIS'?>" + RDF + "</rdf:RDF>", "RDF/XML is read in UTF-8"),
    ("none.rdf", "<?xml version='1.0' encoding='no-such'?>" + RDF + "</rdf:RDF>", "RDF/XML is read in UTF-8"),
    ("long.ttl", f'<http://a/a> <http://a/b> "{"x" * 2**24}" .', "contains a value of more than 16 MB"),
    ("long.nt", f"<http://a/a> <http://a/{'x' * 2**24}> 1 .", "contains a value of more than 16 MB"),
    ("long.jsonld", f'{{"@id": "http://a/a", "http://a/b": "{"x" * 2**24}"}}', "contains a value of more than 16 MB"),
    ("wrong.txt", "x", "unknown kind of file; known: .ttl"),
    ("wrong.ttlx", "x", "unknown kind of file; known: .ttl"),
    ("wrong.md", "# Title\n\nA text.", "--data-format says which it is; as Turtle: 3: does not parse"),
    ("about.ttl", "<a:a> <a:b> " + "<<( <a:a> <a:b> " * 40 + "1" + " )>>" * 40 + " .", "deeper than 32 levels"),
    (
        "crash.ttl",
        "<a:a> <a:b> " + "<<( <a:a> <a:b> " * 100_000 + "1" + " )>>" * 100_000 + " .",
        "reading it is too complex",
    ),
    (
        "crash.txt",
        "<a:a> <a:b> " + "<<( <a:a> <a:b> " * 100_000 + "1" + " )>>" * 100_000 + " .",
        "reading it is too complex",
    ),
]


@pytest.mark.parametrize(("name", "text", "said"), HOSTILE, ids=[h[0] for h in HOSTILE])
def test_hostile_input_is_one_clear_error(name: str, text: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_quads(path)
    assert said in str(caught.value)
    assert str(caught.value).startswith(str(path))
    assert len(str(caught.value)) < 600


@pytest.mark.parametrize(("data", "said"), [("<a> é".encode("latin-1"), ":1: cannot be read as UTF-8"), ("<a:a> <a:b> 1 .".encode("utf-16"), "UTF-8"), (b"\xff\xfe\x00", "UTF-8")])  # fmt: skip
def test_a_wrong_encoding_is_said(data: bytes, said: str, tmp_path: Path) -> None:
    path = tmp_path / "x.ttl"
    path.write_bytes(data)
    with pytest.raises(InputError, match=said):
        read_quads(path)


def test_a_folder_and_a_missing_file_are_said(tmp_path: Path) -> None:
    (tmp_path / "d.ttl").mkdir()
    with pytest.raises(InputError, match="is a folder"):
        read_quads(tmp_path / "d.ttl")
    with pytest.raises(InputError, match="no such file"):
        read_quads(tmp_path / "none.ttl")


@pytest.mark.parametrize("ending", sorted(FORMS))
def test_every_form_is_read_from_a_file_and_told_from_its_text(ending: str, tmp_path: Path) -> None:
    triple = ox.Triple(ox.NamedNode("http://a/s"), ox.NamedNode("http://a/p"), ox.Literal("値", language="ja"))
    data = ox.serialize([triple], format=FORMS[ending])
    assert data is not None
    (tmp_path / f"x{ending}").write_bytes(b"\xef\xbb\xbf" + data)
    assert [q.triple for q in read_quads(tmp_path / f"x{ending}")] == [triple]
    assert [q.triple for q in parse_text(data.decode())] == [triple]


TURTLE, XML, JSON = "<a:a> <a:b> 1 .", RDF + '<rdf:Description e:p="1"/></rdf:RDF>', '{"@id": "a:a", "a:b": 1}'


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("x.owl", XML),
        ("x.owl", "<!-- by hand -->\n" + XML),
        ("x.owl", TURTLE),
        ("x.xml", '<?xml version="1.0"?>' + XML),
        ("x.json", JSON),
        ("x.n3", TURTLE),
        ("x.turtle", TURTLE),
        ("x.nquads", "<a:a> <a:b> <a:c> <a:d> ."),
        ("x.ntriples", "<a:a> <a:b> <a:c> ."),
        ("X.TTL", TURTLE),
        ("X.Rdf", XML),
        ("facts", TURTLE),
        ("x.txt", XML),
        ("x.download", "[" + JSON + "]"),
    ],
)
@pytest.mark.parametrize("packed", [False, True], ids=["plain", "packed"])
def test_a_file_is_known_by_its_name_or_its_content(name: str, text: str, packed: bool, tmp_path: Path) -> None:
    place = tmp_path / (f"{name}.GZ" if packed else name)
    place.write_bytes(gzip.compress(text.encode()) if packed else text.encode())
    assert len(read_quads(place)) == 1


@pytest.mark.slow("takes over a second")
def test_the_format_can_be_said(tmp_path: Path) -> None:
    place = tmp_path / "x.xml"
    place.write_text(TURTLE, encoding="utf-8")
    with pytest.raises(InputError, match="does not parse"):
        read_quads(place)
    assert len(read_quads(place, "ttl")) == 1
    assert parse_bytes(b"<a:a> <a:b> 1 .", "n3")
    assert set(DATA_FORMATS) == {"ttl", "nt", "nq", "trig", "rdfxml", "jsonld", "n3"}
    with pytest.raises(UsageError, match="--data-format does not accept 'turtle'"):
        read_quads(place, "turtle")
    for words in (
        ["sparql", "ASK {}", "--data", str(place)],
        ["validate", str(place)],
        ["diff", str(place), str(place)],
    ):
        assert run(words) == 3
        assert run([*words, "--data-format", "ttl"]) in {0, 1}


@pytest.mark.parametrize("data", [gzip.compress(b"<a:a> <a:b> 1 .")[:-9], b"\x1f\x8bnonsense"], ids=["cut", "wrong"])
def test_a_broken_packed_file_is_said(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "x.ttl.gz").write_bytes(data)
    with pytest.raises(InputError, match=r"x\.ttl\.gz: cannot be unpacked"):
        read_quads(tmp_path / "x.ttl.gz")


def test_a_packed_file_does_not_swell_without_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.rdf.read.LARGEST", 1 << 20)
    (tmp_path / "x.ttl.gz").write_bytes(gzip.compress(b" " * (2 << 20)))
    with pytest.raises(InputError, match="larger than 1 MB"):
        read_quads(tmp_path / "x.ttl.gz")


def test_numbers_too_long_for_python_are_no_fault_of_json_ld() -> None:
    assert len(parse_text('{"@id": "a:a", "a:b": ' + "1" * 5_000 + "}")) <= 1


def test_nothing_is_fetched(tmp_path: Path) -> None:
    """A listener stands where the context and the entity are said to be; nobody knocks."""
    knocks: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(1)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/c"

        def listen() -> None:
            try:
                knocks.append(server.accept())
            except TimeoutError:
                return

        listener = threading.Thread(target=listen)
        listener.start()
        doctype = f'<!DOCTYPE x SYSTEM "{address}">' + RDF + "</rdf:RDF>"
        for name, text in (("x.jsonld", f'{{"@context": "{address}", "a": 1}}'), ("x.rdf", doctype)):
            (tmp_path / name).write_text(text, encoding="utf-8")
            with pytest.raises(InputError):
                read_quads(tmp_path / name)
        listener.join()
    assert knocks == []


@pytest.mark.slow("takes over a second")
@pytest.mark.parametrize("name", ["bomb.rdf", "deep.jsonld", "cut.ttl"])
@pytest.mark.parametrize(
    "command", [["sparql", "ASK { ?s ?p ?o }", "--data"], ["validate"]], ids=["sparql", "validate"]
)
def test_the_commands_say_it_and_leave_with_exit_code_three(name: str, command: list[str], tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(next(text for known, text, _ in HOSTILE if known == name), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "kg", *command, str(path)],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert done.returncode == 3
    assert "Traceback" not in done.stderr
    assert done.stderr.startswith(f"kg: {path}")
