"""Stores that misbehave: each ends in one error that says what the store said, in time, and betrays no credentials."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from SPARQLWrapper import SPARQLWrapper

from kg import terms
from kg.commands.shell.parser import run
from kg.errors import InputError, QueryError, RemoteError, UsageError
from kg.stores.address import check_address
from kg.stores.credentials import find_credentials
from kg.stores.embedded import Solutions
from kg.stores.http import Limits
from kg.stores.remote import RemoteStore
from tests.stores.fake_store import ONE_ROW, ROWS, Handler, Reply, served

QUERY = "SELECT ?x { ?x ?y ?z }"
pytestmark = pytest.mark.usefixtures("no_credentials")


def slowly(handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", ROWS)
    handler.end_headers()
    for _ in range(100):
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(0.05)


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (lambda h: h.answer(500, b"the disk is full"), r"answered 500; it said: the disk is full"),
        (lambda h: h.answer(500, b"<html><style>b{}</style><b>no &amp; no</b>", "text/html"), r"it said: no & no$"),
        (lambda h: h.answer(500, b"\x1b[31mred\x07"), r"it said: \\x1b\[31mred\\x07$"),
        (lambda h: h.answer(401), r"answered 401; it asks who you are: set KG_USER"),
        (lambda h: h.answer(403), r"it does not allow this"),
        (lambda h: h.answer(404), r"there is nothing at this address"),
        (lambda h: h.answer(302, Location="http://example.org/x"), r"it points to http://example.org/x"),
        (lambda h: h.answer(200, ONE_ROW[:-20], ROWS), r"is incomplete or malformed"),
        (lambda h: h.answer(200, ONE_ROW, ROWS, length="500"), r"the answer was cut off"),
        (lambda h: h.answer(200, b"<html>Welcome</html>", "text/html"), r"may not be a SPARQL endpoint: .* Welcome"),
        (lambda h: h.answer(200, ONE_ROW, ROWS, X_SPARQL_MaxRows="10000"), r"truncates it after 10000 rows"),
        (lambda h: h.answer(200, b" " * (3 << 20) + ONE_ROW, ROWS), r"larger than 2 MiB"),
        (lambda h: h.wfile.write(b"nonsense\r\n\r\n"), r"cannot be reached"),
        (slowly, r"no complete answer within 1 s"),
    ],
    ids=[
        "500",
        "html",
        "control",
        "401",
        "403",
        "404",
        "302",
        "cut",
        "short",
        "page",
        "rows",
        "large",
        "garbage",
        "slow",
    ],
)
def test_a_failure_is_said(reply: Reply, said: str) -> None:
    with served(reply) as (endpoint, _):
        begun = time.monotonic()
        with pytest.raises(RemoteError, match=said):
            RemoteStore(endpoint, Limits(timeout=1, size=2 << 20)).ask(QUERY)
        assert time.monotonic() - begun < 3


def test_what_the_store_takes_for_bad_sparql_is_an_error_of_the_query() -> None:
    with (
        served(lambda h: h.answer(400, b"line 1: unknown function")) as (endpoint, _),
        pytest.raises(QueryError, match=r"the store rejects the query: line 1: unknown function"),
    ):
        RemoteStore(endpoint).ask(QUERY)


def test_a_busy_store_is_asked_again() -> None:
    def busy_twice(handler: Handler) -> None:
        if len(handler.seen) < 3:
            handler.answer(503, Retry_After="0")
        else:
            handler.answer(200, ONE_ROW, ROWS)

    with served(busy_twice) as (endpoint, handler):
        found = RemoteStore(endpoint).ask(QUERY)
        assert isinstance(found, Solutions)
        assert len(found.rows) == 1
        assert len(handler.seen) == 3


def test_a_store_that_stays_busy_is_given_up() -> None:
    with served(lambda h: h.answer(503, b"later", Retry_After="0")) as (endpoint, handler):
        with pytest.raises(RemoteError, match=r"it is busy; it said: later"):
            RemoteStore(endpoint, Limits(retries=2)).ask(QUERY)
        assert len(handler.seen) == 3


def test_no_longer_than_the_time_limit_is_waited_for_a_busy_store() -> None:
    with served(lambda h: h.answer(503, Retry_After="3600")) as (endpoint, handler):
        with pytest.raises(RemoteError, match="it is busy"):
            RemoteStore(endpoint, Limits(timeout=5)).ask(QUERY)
        assert len(handler.seen) == 1


def test_a_redirect_gets_neither_the_query_nor_the_credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_TOKEN", "s3cret")
    with served(lambda h: h.answer(200, ONE_ROW, ROWS)) as (elsewhere, other):
        with (
            served(lambda h: h.answer(307, Location=elsewhere)) as (endpoint, _),
            pytest.raises(RemoteError, match="it points to"),
        ):
            RemoteStore(endpoint).ask(QUERY)
        assert other.seen == []


def test_only_the_union_of_our_graphs_is_asked() -> None:
    names = [terms.GRAPH + "common", terms.GRAPH + "staging/x", "http://example.org/g"]
    bindings = ",".join(f'{{"graph":{{"type":"uri","value":"{name}"}}}}' for name in names)
    graphs = f'{{"head":{{"vars":["graph"]}},"results":{{"bindings":[{bindings}]}}}}'.encode()

    def reply(handler: Handler) -> None:
        body = handler.seen[-1][3]
        truth = b'{"head":{},"boolean":%s}' % (b"false" if b"nowhere" in body else b"true")
        handler.answer(200, graphs if b"DISTINCT" in body else truth if b"ASK" in body else ONE_ROW, ROWS)

    with served(reply) as (endpoint, handler):
        RemoteStore(endpoint).select(QUERY)
        sent = handler.seen[-1][3].decode()
    assert sent.count("default-graph-uri=") == sent.count("named-graph-uri=") == 1
    assert "graph/common" in sent


def test_nothing_private_of_sparqlwrapper_takes_part_in_sending(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("_createRequest", "_query", "_getAcceptHeader", "_getRequestEncodedParameters"):
        monkeypatch.delattr(SPARQLWrapper, name)
    with served(lambda h: h.answer(200, ONE_ROW, ROWS)) as (endpoint, handler):
        assert isinstance(RemoteStore(endpoint).ask(QUERY), Solutions)
        method, _, headers, _ = handler.seen[0]
    assert (method, headers["accept"]) == ("POST", "application/sparql-results+json,application/json")


def test_an_empty_store_says_how_to_fill_it() -> None:
    nothing = b'{"head":{"vars":["graph"]},"results":{"bindings":[]}}'
    with (
        served(lambda h: h.answer(200, nothing, ROWS)) as (endpoint, _),
        pytest.raises(RemoteError, match=r"this store does not contain the dataset .*; kg push loads it"),
    ):
        RemoteStore(endpoint).select(QUERY)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("ftp://example.org/x", "is not an http or https address"),
        ("localhost:3030", "is not an http or https address"),
        ("http:///x", "is not an http or https address"),
        ("http://a b/x", "is not an http or https address"),
        ("http://host:99999/x", "is not an address"),
        ("http://[::1/x", "is not an address"),
    ],
)
def test_what_is_no_address_is_refused(address: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        check_address(address)


def test_credentials_in_an_address_are_refused_and_not_repeated(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["find", "RIKEN", "--endpoint", "http://me:s3cret@127.0.0.1:1/query"]) == 2
    said = capsys.readouterr().err
    assert "credentials do not belong in an address" in said
    assert "s3cret" not in said


def test_credentials_come_from_the_environment_or_netrc(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert find_credentials("http://127.0.0.1:1/q").header is None
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login me password secret\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    assert find_credentials("http://127.0.0.1:1/q").header == "Basic bWU6c2VjcmV0"
    assert find_credentials("http://example.org/q").header is None
    monkeypatch.setenv("KG_USER", "you")
    monkeypatch.setenv("KG_PASSWORD", "s3cret")
    assert find_credentials("http://example.org/q").header == "Basic eW91OnMzY3JldA=="
    monkeypatch.setenv("KG_TOKEN", "t")
    assert find_credentials("http://example.org/q").header == "Bearer t"


def test_a_netrc_that_cannot_be_read_is_said_without_what_it_holds(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine a login me pasword s3cret\n")
    monkeypatch.setenv("NETRC", str(netrc))
    with pytest.raises(InputError, match="cannot be read") as error:
        find_credentials("http://a/q")
    assert "s3cret" not in str(error.value)


def test_arguments_that_exclude_each_other(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["sparql", "ASK {}", "--data", "x.ttl", "--endpoint", "http://a/q"]) == 2
    assert "cannot be combined" in capsys.readouterr().err
    assert run(["find", "x", "--timeout", "0"]) == 2
    assert "is not a number of seconds above 0" in capsys.readouterr().err


NESTED = (
    b'{"head":{"vars":["x"]},"results":{"bindings":[{"x":'
    + b'{"type":"triple","value":{"subject":{"type":"uri","value":"a:a"},"predicate":{"type":"uri","value":"a:a"},"object":' * 20_000
    + b'{"type":"uri","value":"a:\\"}}]]"}'
    + b"}}" * 20_000
    + b"}]}}"
)  # fmt: skip
DEEP = b"<a:a> <a:a> " + b"<<( <a:a> <a:a> " * 100_000 + b"1" + b" )>>" * 100_000 + b" ."


@pytest.mark.parametrize(
    ("body", "media", "query", "said"),
    [
        (NESTED, ROWS, QUERY, "nested deeper than 64 levels"),
        (DEEP, "text/turtle", "DESCRIBE <a:a>", "nested deeper than 64 levels"),
        (b"<!DOCTYPE x []><x/>", "application/rdf+xml", "DESCRIBE <a:a>", "with a DOCTYPE is not read"),
        (b'{"@context": "http://127.0.0.1:9/c", "a": 1}', "application/ld+json", "DESCRIBE <a:a>", "context elsewhere"),
        (b"\xff", "text/turtle", "DESCRIBE <a:a>", "malformed"),
    ],
    ids=["json", "turtle", "xml", "jsonld", "bytes"],
)
def test_what_a_store_sends_passes_the_guards_of_a_file(body: bytes, media: str, query: str, said: str) -> None:
    with (
        served(lambda h: h.answer(200, body, media)) as (endpoint, _),
        pytest.raises(RemoteError, match=f"the answer is incomplete or malformed: .*{said}|{said}"),
    ):
        RemoteStore(endpoint, Limits(timeout=10)).ask(query)


def test_no_triples_are_an_answer() -> None:
    with served(lambda h: h.answer(200, b"\n", "text/turtle")) as (endpoint, _):
        assert RemoteStore(endpoint).ask("DESCRIBE <a:a>") == []
