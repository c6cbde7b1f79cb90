"""RDF that a store sends passes the guards of RDF in a file; no data of a stranger ends or freezes the process."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pyoxigraph as ox
import pytest

import kg
from kg import paths, terms
from kg.commands.shell.parser import run
from kg.errors import DataError, RemoteError
from kg.rdf.nesting import DEEPEST
from kg.stores import canonical
from kg.stores.canonical import digest
from kg.stores.endpoints import find_addresses
from kg.stores.http import Limits
from kg.stores.push import Target, push
from kg.stores.remote import RemoteStore
from tests.stores.fake_store import ROWS, Handler, served
from tests.stores.small_store import small_store

pytestmark = pytest.mark.usefixtures("no_credentials")
SELECT, CONSTRUCT = "SELECT ?x { ?x ?y ?z }", "CONSTRUCT WHERE { ?s ?p ?o }"
IRI = '{"type":"uri","value":"http://a/a"}'
P = ox.NamedNode("http://a/p")
RDF = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://a/">'


def nested_json(depth: int, kind: str = '"triple"') -> bytes:
    opened = f'{{"type":{kind},"value":{{"subject":{IRI},"predicate":{IRI},"object":'
    cell = opened * depth + IRI + "}}" * depth
    return f'{{"head":{{"vars":["x"]}},"results":{{"bindings":[{{"x":{cell}}}]}}}}'.encode()


def nested_turtle(depth: int) -> bytes:
    return b"<a:a> <a:b> " + b"<<( <a:a> <a:b> " * depth + b"<a:c>" + b" )>>" * depth + b" ."


@pytest.mark.parametrize(
    ("query", "body", "media", "said"),
    [
        (SELECT, nested_json(20_000), ROWS, "nested deeper than 64 levels"),
        (SELECT, nested_json(20_000, '"\\u0074riple"'), ROWS, "nested deeper than 64 levels"),
        (SELECT, nested_json(20_000)[:1_000_000], ROWS, "nested deeper than 64 levels"),
        (SELECT, b'{"head":{"vars":["x"]},"y":' + b"[" * 100_000, ROWS, "incomplete or malformed"),
        (CONSTRUCT, nested_turtle(20_000), "text/turtle", "nested deeper than 64 levels"),
        (CONSTRUCT, nested_turtle(20_000)[:300_000], "application/n-triples", "nested deeper than 64 levels"),
        (CONSTRUCT, b"<a:a> <a:b> " + b"[ <a:b> " * 100_000, "text/turtle", "incomplete or malformed"),
        (CONSTRUCT, b'<!DOCTYPE r [<!ENTITY a "b">]>' + RDF.encode() + b"</rdf:RDF>", "application/rdf+xml", "DOCTYPE"),
        (CONSTRUCT, RDF.encode() + b"<e:p>" * 1000, "application/rdf+xml", "nested deeper than 256 elements"),
        (CONSTRUCT, b'{"@context":"http://127.0.0.1:1/c","a":"b"}', "application/ld+json", "names a JSON-LD context"),
        (CONSTRUCT, b'{"@context":{"@import":"http://127.0.0.1:1/c"}}', "application/ld+json", "JSON-LD context"),
        (CONSTRUCT, b"<a:a> <a:b> <a:c> .", "text/n3", "may not be a SPARQL endpoint: it sent text/n3"),
        (CONSTRUCT, b"<a:a> <a:b> '\xff' .", "text/turtle", "it is not UTF-8"),
        (CONSTRUCT, b"<a:a> <a:b> '\x1b[31m' . x\x1b", "text/turtle", "incomplete or malformed"),
    ],
    ids=[
        "json",
        "disguised",
        "cut",
        "arrays",
        "turtle",
        "ntriples",
        "blank",
        "xml",
        "deep",
        "ctx",
        "import",
        "n3",
        "b",
        "e",
    ],
)
def test_dangerous_answers_are_one_line(query: str, body: bytes, media: str, said: str) -> None:
    with (
        served(lambda h: h.answer(200, body, media)) as (endpoint, _),
        pytest.raises(RemoteError, match=said) as error,
    ):
        RemoteStore(endpoint).ask(query)
    assert "\n" not in str(error.value)
    assert "\x1b" not in str(error.value)


def test_what_nests_as_people_nest_is_read() -> None:
    for depth in (1, DEEPEST // 2 - 4):
        with served(lambda h, n=depth: h.answer(200, nested_json(n), ROWS)) as (endpoint, _):  # type: ignore[misc]
            found = RemoteStore(endpoint).ask(SELECT)
        assert isinstance(found, tuple)
        assert isinstance(found[1][0][0], ox.Triple)
    many = nested_turtle(3) * 1000
    with served(lambda h: h.answer(200, many, "text/turtle")) as (endpoint, _):
        assert len(RemoteStore(endpoint).ask(CONSTRUCT)) == 1000  # type: ignore[arg-type]
    for body in (b"", b"# nothing\n", b"\xef\xbb\xbf<a:a> <a:b> <a:c> ."):
        with served(lambda h, b=body: h.answer(200, b, "text/turtle")) as (endpoint, _):  # type: ignore[misc]
            assert len(RemoteStore(endpoint).ask(CONSTRUCT)) == body.count(b"<a:c>")  # type: ignore[arg-type]


def test_a_graph_that_nests_deep_is_not_fetched(tmp_path: Path) -> None:
    path = tmp_path / "data.nq"
    path.write_text(f"<http://a/s> <http://a/p> <http://a/o> <{terms.GRAPH}x> .\n")
    count = b'{"head":{"vars":["count"]},"results":{"bindings":[{"count":{"type":"literal","value":"1"}}]}}'

    def reply(handler: Handler) -> None:
        if handler.command == "GET":
            handler.answer(200, nested_turtle(20_000), "text/turtle")
        else:
            handler.answer(200, count, ROWS if handler.command == "POST" else "text/turtle")

    with served(reply) as (endpoint, _), pytest.raises(RemoteError, match="nested deeper than 64 levels"):
        push(Target(find_addresses(endpoint), Limits()), path)


def clique(size: int) -> Iterator[ox.Triple]:
    nodes = [ox.BlankNode(f"b{n}") for n in range(size)]
    return (ox.Triple(one, P, other) for one in nodes for other in nodes if one != other)


def chain(length: int) -> Iterator[ox.Triple]:
    nodes = [ox.BlankNode(f"b{n}") for n in range(length)]
    return (ox.Triple(one, P, other) for one, other in pairwise(nodes))


POISON: dict[str, Callable[[], Iterator[ox.Triple]]] = {"clique": lambda: clique(12), "chain": lambda: chain(5000)}


@pytest.mark.slow("takes over a second")
@pytest.mark.parametrize("kind", sorted(POISON))
def test_a_poisoned_graph_is_given_up_in_time(kind: str) -> None:
    begun = time.monotonic()
    with pytest.raises(
        DataError, match=r"its blank nodes look too much alike to be compared within 0\.4 s; give them IRIs"
    ):
        digest(list(POISON[kind]()), seconds=0.4)
    assert time.monotonic() - begun < 8


def test_a_poisoned_graph_is_not_sent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(canonical, "SECONDS", 0.3)
    path = tmp_path / "data.nq"
    path.write_text("".join(f"{t} <{terms.GRAPH}x> .\n" for t in clique(12)))
    with served(lambda h: h.answer(200, b"", "text/turtle")) as (endpoint, handler):
        assert run(["push", endpoint, "--data", str(path)]) == 1
        assert {method for method, *_ in handler.seen} == {"HEAD"}
    assert f"{terms.GRAPH}x: its blank nodes look too much alike" in capsys.readouterr().err


def test_a_graph_that_the_store_poisons_is_another_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(canonical, "SECONDS", 0.3)
    path, poison = tmp_path / "data.nq", list(clique(12))
    path.write_text(
        "".join(f"<http://a/s{n}> <http://a/p> <http://a/o> <{terms.GRAPH}x> .\n" for n in range(len(poison)))
    )
    body = "".join(f"{t} .\n" for t in poison).encode()
    count = b'{"head":{"vars":["count"]},"results":{"bindings":[{"count":{"type":"literal","value":"%d"}}]}}'

    def reply(handler: Handler) -> None:
        if handler.command == "GET":
            handler.answer(200, body, "text/turtle")
        else:
            handler.answer(200, count % len(poison), ROWS if handler.command == "POST" else "text/turtle")

    with served(reply) as (endpoint, _), pytest.raises(RemoteError, match="differ from those that were sent"):
        push(Target(find_addresses(endpoint), Limits()), path)


def test_blank_nodes_have_the_same_hash_whatever_their_names() -> None:
    def named(prefix: str) -> list[ox.Triple]:
        a, b = ox.BlankNode(f"{prefix}1"), ox.BlankNode(f"{prefix}2")
        return [ox.Triple(a, P, b), ox.Triple(b, P, ox.Literal("x")), ox.Triple(a, P, ox.Triple(a, P, b))]

    assert digest(named("a")) == digest(list(reversed(named("z"))))
    assert digest(named("a")) != digest(named("a")[:2])
    without = [ox.Triple(P, P, P), ox.Triple(P, P, ox.Literal("11", datatype=ox.NamedNode(terms.XSD + "decimal")))]
    assert digest(without) == digest(list(reversed(without)))


@pytest.fixture(scope="module")
def newest() -> ox.Store:
    """The dataset with what is new in RDF 1.2: a triple as an object, and a text with a direction."""
    store, riken = ox.Store(), f"<{terms.ID}institution/riken>"
    store.load(path=paths.DATASET, format=ox.RdfFormat.N_QUADS)
    store.load(
        f'{riken} <{terms.SKOS}altLabel> "rikn"@ar--rtl <{terms.GRAPH}common> .\n'
        f'{riken} <{terms.SKOS}note> <<( {riken} <http://a/p> "z"@en )>> <{terms.GRAPH}common> .\n'
        f'_:r <{terms.RDF}reifies> <<( {riken} <http://a/p> "z" )>> <{terms.GRAPH}common> .\n',
        format=ox.RdfFormat.N_QUADS,
    )
    return store


@pytest.mark.slow("asks a store about the whole dataset thirty times")
@pytest.mark.parametrize(
    "words",
    [
        ["find", "RIKEN"],
        ["show", "RIKEN"],
        ["show", "RIKEN", "--all"],
        ["ask", "which programs fund quantum security?"],
        ["query", "funding"],
        ["query", "as-printed", "--thing", "RIKEN"],
        ["why", "q-leap", "is:isAdministeredBy", "id:institution/mext"],
        ["why", "riken", "skos:altLabel", "rikn"],
        ["sparql", "CONSTRUCT WHERE { ?x <http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies> ?y }"],
        *(
            ["sparql", "SELECT * { ?x <http://www.w3.org/2004/02/skos/core#note> ?y }", "--format", form]
            for form in ("table", "csv", "json", "tsv", "md", "html", "jsonl", "sparql-csv")
        ),
    ],
    ids=" ".join,
)
def test_rdf_1_2_from_a_store_is_read(words: list[str], newest: ox.Store) -> None:
    with small_store(newest) as endpoint:
        assert run([*words, "--endpoint", endpoint]) in {0, 1}


def test_rdf_1_2_from_a_store_is_written_in_sparql_json(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    store, graph = ox.Store(), ox.NamedNode(terms.GRAPH + "x")
    inner = ox.Triple(P, P, ox.BlankNode("b"))
    objects = (ox.Triple(P, P, inner), ox.Literal("x", language="ar", direction=ox.BaseDirection.RTL))
    for term in objects:
        store.add(ox.Quad(P, P, term, graph))
    with small_store(store) as endpoint:
        assert run(["sparql", "SELECT ?o { ?s ?p ?o }", "--format", "json", "--endpoint", endpoint]) == 0
        read = ox.parse_query_results(capfdbinary.readouterr().out, format=ox.QueryResultsFormat.JSON)
        assert isinstance(read, ox.QuerySolutions)
        found = {type(row[0]): row[0] for row in read}
        assert found[ox.Literal] == objects[1]
        assert found[ox.Triple].object.predicate == P
        copied = kg.connect(endpoint).copy().inner
    assert {type(quad.object) for quad in copied} == {ox.Triple, ox.Literal}


@pytest.mark.parametrize(
    "cell",
    [
        f'{{"type":"triple","value":{{"s":{IRI},"p":{IRI},"o":{IRI}}}}}',
        f'{{"type":"triple","value":{{"subject":{IRI},"predicate":{{"type":"literal","value":"x"}},"object":{IRI}}}}}',
        '{"type":"literal","value":"x","xml:lang":"ar","its:dir":"up"}',
        '{"type":"literal","value":"x","its:dir":"rtl"}',
        '{"type":"statement","value":{}}',
        '{"type":"triple","value":"x"}',
    ],
)
def test_what_is_not_rdf_1_2_is_one_line(cell: str, capsys: pytest.CaptureFixture[str]) -> None:
    body = f'{{"head":{{"vars":["x"]}},"results":{{"bindings":[{{"x":{cell}}}]}}}}'.encode()
    with served(lambda h: h.answer(200, body, ROWS)) as (endpoint, _):
        with pytest.raises(RemoteError, match="incomplete or malformed"):
            RemoteStore(endpoint).ask(SELECT)
        assert run(["find", "x", "--endpoint", endpoint]) == 4
    assert capsys.readouterr().err.count("\n") == 1


def test_a_statement_that_is_none_is_one_line() -> None:
    cells = ",".join(f'"{name}":{{"type":"literal","value":"x"}}' for name in "spo")
    graph = f'"graph":{{"type":"uri","value":"{terms.GRAPH}x"}}'

    def reply(handler: Handler) -> None:
        asked = handler.seen[-1][3]
        names = ["graph"] if b"DISTINCT" in asked else ["s", "p", "o", "graph"]
        row = graph if b"DISTINCT" in asked else f"{cells},{graph}"
        vars_ = ",".join(f'"{name}"' for name in names)
        body = f'{{"head":{{"vars":[{vars_}]}},"results":{{"bindings":[{{{row}}}]}}}}'
        truth = '{"head":{},"boolean":%s}' % ("false" if b"nowhere" in asked else "true")
        handler.answer(200, (truth if b"query=ASK" in asked else body).encode(), ROWS)

    with served(reply) as (endpoint, _), pytest.raises(RemoteError, match="the store has a statement that is none"):
        RemoteStore(endpoint).copy()
