"""An answer is taken for what it is: a part is no whole, another kind or other columns are no answer, late is too late."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg import terms
from kg.commands.shell.parser import run
from kg.errors import QueryError, RemoteError
from kg.stores import http, results
from kg.stores.address import check_address
from kg.stores.embedded import Solutions
from kg.stores.endpoints import find_addresses
from kg.stores.http import Limits
from kg.stores.push import Target, push
from kg.stores.remote import RemoteStore
from tests.stores.fake_store import ONE_ROW, ROWS, Handler, Reply, served

QUERY = "SELECT ?x { ?x ?y ?z }"
pytestmark = pytest.mark.usefixtures("no_credentials")


def rows(columns: Sequence[str], *cells: Sequence[str]) -> bytes:
    bindings = [{n: {"type": "literal", "value": v} for n, v in zip(columns, row, strict=True)} for row in cells]
    return json.dumps({"head": {"vars": columns}, "results": {"bindings": bindings}}).encode()


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (lambda h: h.answer(206, ONE_ROW, ROWS), r"is incomplete: the store sent a part of it \(206\)$"),
        (lambda h: h.answer(226, ONE_ROW, ROWS), r"is incomplete: the store sent a part of it \(226\)$"),
        (
            lambda h: h.answer(200, ONE_ROW, ROWS, X_SQL_State="S1TAT", X_SQL_Message="SR171: timed out"),
            r"is incomplete: the store stopped before its end \(S1TAT SR171: timed out\)$",
        ),
        (lambda h: h.answer(200, ONE_ROW + b"java.util.concurrent.TimeoutException", ROWS), "incomplete or malformed"),
    ],
    ids=["206", "226", "sql-state", "exception"],
)
def test_a_part_is_not_taken_for_the_whole(reply: Reply, said: str) -> None:
    with served(reply) as (endpoint, _), pytest.raises(RemoteError, match=said):
        RemoteStore(endpoint).ask(QUERY)


@pytest.mark.parametrize("header", [{"X_SQL_State": "S1TAT"}, {"X_SPARQL_MaxRows": "10"}, {}], ids=str)
def test_a_part_of_a_graph_is_not_taken_for_the_graph(header: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "data.nq"
    path.write_text(f"<http://a/s> <http://a/p> <http://a/o> <{terms.GRAPH}x> .\n")

    def reply(handler: Handler) -> None:
        if handler.command == "GET":
            handler.answer(200 if header else 206, b"<http://a/s> <http://a/p> <http://a/o> .", "text/turtle", **header)
        else:
            handler.answer(200, rows(["count"], ["1"]), ROWS if handler.command == "POST" else "text/turtle")

    with served(reply) as (endpoint, _), pytest.raises(RemoteError, match="the answer is incomplete"):
        push(Target(find_addresses(endpoint), Limits()), path)


def soon() -> str:
    return format_datetime(datetime.now(UTC) + timedelta(seconds=0.1), usegmt=True)


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("after", [lambda: "0", soon], ids=["seconds", "date"])
def test_a_store_with_too_much_to_do_is_asked_again_when_it_says(status: int, after: Callable[[], str]) -> None:
    def busy_once(handler: Handler) -> None:
        if len(handler.seen) < 2:
            handler.answer(status, Retry_After=after())
        else:
            handler.answer(200, ONE_ROW, ROWS)

    with served(busy_once) as (endpoint, handler):
        assert isinstance(RemoteStore(endpoint).ask(QUERY), Solutions)
        assert len(handler.seen) == 2


@pytest.mark.parametrize("after", ["3600", "99999999999999999999", "Fri, 31 Dec 9999 23:59:59 GMT"])
def test_a_store_that_wants_to_be_left_alone_for_long_is_given_up(after: str) -> None:
    with served(lambda h: h.answer(429, b"later", Retry_After=after)) as (endpoint, handler):
        with pytest.raises(RemoteError, match=r"answered 429; it is busy; it said: later$"):
            RemoteStore(endpoint, Limits(timeout=0.3)).ask(QUERY)
        assert len(handler.seen) <= 2


@pytest.mark.parametrize("after", ["", "-1", "²", "soon", "1e9", "Mon, 99 Foo 2020"])
def test_a_wrong_retry_after_is_none(after: str) -> None:
    assert http._pause(http.Response("", 429, {"retry-after": after}, b""), 1) == 0.5


def drip(handler: Handler) -> None:
    with suppress(OSError):
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        for _ in range(100):
            handler.wfile.write(b"a")
            handler.wfile.flush()
            time.sleep(0.05)


def go_on(handler: Handler) -> None:
    with suppress(OSError):
        for _ in range(100):
            handler.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n")
            handler.wfile.flush()
            time.sleep(0.05)


@pytest.mark.parametrize("reply", [drip, go_on], ids=["headers", "continue"])
def test_the_deadline_holds_for_headers(reply: Reply) -> None:
    with served(reply) as (endpoint, _):
        begun = time.monotonic()
        with pytest.raises(RemoteError, match=r"no complete answer within 0\.4 s"):
            RemoteStore(endpoint, Limits(timeout=0.4)).ask(QUERY)
        assert time.monotonic() - begun < 2


def test_the_deadline_holds_for_the_search_for_a_host(monkeypatch: pytest.MonkeyPatch) -> None:
    def search(*_: object) -> None:
        time.sleep(3)

    monkeypatch.setattr("socket.getaddrinfo", search)
    begun = time.monotonic()
    with pytest.raises(RemoteError, match="no complete answer within"):
        RemoteStore("http://nowhere.example/query", Limits(timeout=0.2)).ask(QUERY)
    assert time.monotonic() - begun < 2


@pytest.mark.parametrize(
    ("query", "body", "media"),
    [
        (QUERY, rows(["x"], *[["1"]] * 9000), ROWS),
        ("CONSTRUCT WHERE { ?s ?p ?o }", b"<a:a> <a:b> <a:c> .\n" * 9000, "text/turtle"),
    ],
    ids=["rows", "triples"],
)
def test_the_deadline_holds_for_reading_the_answer(
    query: str, body: bytes, media: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = iter(range(40, 10**6, 40))
    monkeypatch.setattr("kg.stores.results.time.monotonic", lambda: next(clock))
    response = http.Response("http://a/q", 200, {"content-type": media}, body)
    with pytest.raises(RemoteError, match=r"http://a/q: the answer could not be read in time \(see --timeout\)"):
        results.read_answer(response, query, query.split(" ", 1)[0], 39)


def test_columns_come_in_the_order_of_the_query() -> None:
    with served(lambda h: h.answer(200, rows(["b", "a"], ["2", "1"]), ROWS)) as (endpoint, _):
        found = RemoteStore(endpoint).ask("SELECT ?a ?b { ?a ?b ?c }")
    assert found == Solutions(("a", "b"), [(ox.Literal("1"), ox.Literal("2"))])


@pytest.mark.parametrize(
    ("query", "reply", "said"),
    [
        (QUERY, rows(["y"], ["1"]), r"the store answered with the columns \?y; asked were \?x$"),
        (QUERY, rows([], []), r"the store answered with the columns none; asked were \?x$"),
        (QUERY, rows(["x", "y"], ["1", "2"]), r"the columns \?x, \?y; asked were \?x$"),
        (QUERY, b'{"head":{},"boolean":true}', r"answered with a truth value; the query asks for rows$"),
        ("ASK { ?s ?p ?o }", ONE_ROW, r"answered with rows; the query asks for a truth value$"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", ONE_ROW, r"answered with rows; the query asks for triples$"),
        (QUERY, rows(["x\x1b[31m"], ["1"]), r"incomplete or malformed: Invalid variable name 'x\\x1b\[31m'"),
        (QUERY, b'{"head":{"vars":["x"]},"results":{"bindings":[{"x":{"type":"uri","value":"a b"}}]}}', r"Invalid uri"),
        (QUERY, b"\xff\xfe", r"incomplete or malformed"),
        (QUERY, b"", r"incomplete or malformed"),
        (QUERY, b"null", r"incomplete or malformed"),
    ],
    ids=["other", "none", "more", "boolean", "rows", "no-triples", "escape", "no-iri", "bytes", "empty", "null"],
)
def test_an_answer_to_another_question_is_one_line(query: str, reply: bytes, said: str) -> None:
    with (
        served(lambda h: h.answer(200, reply, ROWS)) as (endpoint, _),
        pytest.raises(RemoteError, match=said) as error,
    ):
        RemoteStore(endpoint).ask(query)
    assert "\n" not in str(error.value)


def test_no_rows_need_no_columns() -> None:
    with served(lambda h: h.answer(200, rows([]), ROWS)) as (endpoint, _):
        assert RemoteStore(endpoint).ask(QUERY) == Solutions(("x",), [])


@pytest.mark.parametrize("count", ["many", "-1", "1.5", "9" * 5000, "²", "", "1e3"], ids=lambda c: c[:5])
def test_a_count_that_is_no_number_is_one_line(count: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "data.nq"
    path.write_text(f"<http://a/s> <http://a/p> <http://a/o> <{terms.GRAPH}x> .\n")
    answer = rows(["count"], [count])
    with served(lambda h: h.answer(200, answer, ROWS if h.command == "POST" else "text/turtle")) as (endpoint, _):
        assert run(["push", endpoint, "--data", str(path)]) == 4
    err = capsys.readouterr().err
    assert err.endswith(f"the store did not return the number of statements in {terms.GRAPH}x\n")


def location(value: bytes) -> Reply:
    return lambda h: h.wfile.flush() if h.wfile.write(b"HTTP/1.1 302 Found\r\nLocation: %s\r\n\r\n" % value) else None


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (lambda h: h.answer(200, ONE_ROW, ROWS, length="9" * 5000), r"larger than 512 MiB$"),
        (lambda h: h.answer(200, ONE_ROW, ROWS, length=str(1 << 40)), r"larger than 512 MiB$"),
        (location(b""), r"answered 302; it points elsewhere, but not where$"),
        (location(b"http://[\x1b[31m"), r"it points to http://\[\\x1b\[31m; use that address$"),
        (location("http://日本/".encode()), r"it points to http://"),
        (location(b"http://a/\xff\xfe"), r"it points to http://a/"),
        (location(b"http://a/" + b"x" * 5000), r"it points to http://a/x+ …; use that address$"),
        (lambda h: h.answer(304), r"answered 304"),
        (lambda h: h.answer(200, ONE_ROW, "\x1b[31m/\xff"), r"it sent \\x1b\[31m/"),
        (lambda h: h.answer(200, ONE_ROW, ""), r"it sent no media type"),
        (lambda h: h.answer(999, b"?"), r"answered 999; it said: \?$"),
    ],
    ids=["digits", "huge", "nowhere", "escape", "japanese", "bytes", "long", "304", "media", "no-media", "999"],
)
def test_odd_headers_are_one_line(reply: Reply, said: str) -> None:
    with served(reply) as (endpoint, _), pytest.raises(RemoteError, match=said) as error:
        RemoteStore(endpoint, Limits(timeout=5)).ask(QUERY)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("length", ["²", "-5", "x", "0x10", ""])
def test_a_length_that_is_no_number_is_none(length: str) -> None:
    with served(lambda h: h.answer(200, ONE_ROW, ROWS, length=length.encode().decode("latin-1"))) as (endpoint, _):
        assert isinstance(RemoteStore(endpoint, Limits(timeout=5)).ask(QUERY), Solutions)


@pytest.mark.parametrize(
    ("address", "written"),
    [
        ("http://例え.テスト:3030/ds/query", "http://xn--r8jz45g.xn--zckzah:3030/ds/query"),
        ("http://ｌｏｃａｌｈｏｓｔ/問い", "http://localhost/%E5%95%8F%E3%81%84"),
        ("http://Bücher.example/q?name=ü&x=%20", "http://xn--bcher-kva.example/q?name=%C3%BC&x=%20"),
        ("http://[::1]:80/q", "http://[::1]:80/q"),
        ("https://127.0.0.1/q#part", "https://127.0.0.1/q"),
    ],
)
def test_an_address_is_written_in_ascii(address: str, written: str) -> None:
    assert check_address(address) == written


def test_a_host_with_a_japanese_name_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def search(host: str, *_: object) -> None:
        asked.append(host)
        raise OSError(1, "not here")

    monkeypatch.setattr("socket.getaddrinfo", search)
    with pytest.raises(RemoteError, match="not here"):
        RemoteStore("http://例え.テスト/query").ask(QUERY)
    assert asked == ["xn--r8jz45g.xn--zckzah"]


@pytest.mark.parametrize("host", ["a..b", ".a", "a" * 64 + ".jp", "日" * 60, "a\u202eb", "xn--\u3042", "a\ud800b"])
@pytest.mark.parametrize("words", [["find", "x", "--endpoint"], ["push"], ["push", "http://127.0.0.1:1/q", "--update"]])
def test_a_name_that_no_host_can_have_is_one_line(
    words: list[str], host: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*words, f"http://{host}/query"]) == 2
    err = capsys.readouterr().err
    assert "cannot be the name of a host" in err
    assert err.count("\n") == 1
    assert "\u202e" not in err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["find", "x", "--endpoint", ""], "--endpoint: expected one argument"),
        (["sparql", "ASK {}", "--endpoint="], "--endpoint: expected one argument"),
        (["sparql", "ASK {}", "--endpoint", " "], "--endpoint is empty"),
        (["sparql", "ASK {}", "--data", "x.ttl", "--endpoint", ""], "--endpoint: expected one argument"),
        (["push", ""], "the address of the store is empty"),
        (["push", "http://127.0.0.1:1/q", "--update", ""], "--update: expected one argument"),
        (["push", "http://127.0.0.1:1/q", "--graph-store", ""], "--graph-store: expected one argument"),
    ],
    ids=lambda given: " ".join(given) if isinstance(given, list) else "",
)
def test_an_empty_address_is_not_taken_for_none(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(words) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("timeout", ["1e300", "1e-300", "1e10"])
def test_a_timeout_of_any_size_is_kept(timeout: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["find", "x", "--endpoint", "http://127.0.0.1:1/query", "--timeout", timeout]) == 4
    assert capsys.readouterr().err.count("\n") == 1


def test_a_query_that_no_request_can_hold_is_one_line() -> None:
    with pytest.raises(QueryError, match="a character that UTF-8 cannot encode"):
        RemoteStore("http://127.0.0.1:1/query").ask("ASK { ?s ?p '\udcff' }")


def test_an_empty_variable_is_one_that_is_not_set(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KG_ENDPOINT", "")
    assert run(["find", "RIKEN"]) == 0
    assert capsys.readouterr().err == ""
