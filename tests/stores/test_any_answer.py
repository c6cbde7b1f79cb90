"""Whatever a server answers, it is read or refused in one line without control characters; nothing else happens."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import terms
from kg.commands.shell.parser import run
from kg.errors import KgError
from kg.printable import visible_line
from kg.stores.http import Limits
from kg.stores.remote import RemoteStore
from tests.stores.fake_store import ONE_ROW, ROWS, Handler, served

pytestmark = pytest.mark.usefixtures("no_credentials")
GRAPHS = (
    f'{{"head":{{"vars":["graph"]}},"results":{{"bindings":[{{"graph":{{"type":"uri","value":"{terms.GRAPH}x"}}}}]}}}}'
)
BODIES = [ONE_ROW, GRAPHS.encode(), b'{"head":{},"boolean":true}', b"<a:a> <a:b> 'c'@en .", b"<html>x</html>", b""]
MEDIA = [ROWS, "application/json", "text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"]
MEDIA += ["text/html", "application/trig;charset=utf-8", "\x1b[31m", "/", ""]
HEADERS = ["Content-Length", "Location", "Retry-After", "Transfer-Encoding", "Content-Encoding", "X-SQL-State"]
HEADERS += ["X-SPARQL-MaxRows", "Content-Range", "Connection", "\x1bX"]
QUERIES = ["SELECT ?x { ?x ?y ?z }", "ASK { ?s ?p ?o }", "CONSTRUCT WHERE { ?s ?p ?o }", "DESCRIBE <http://a/a>"]


@st.composite
def answers(draw: st.DrawFn) -> bytes:
    """An answer in bytes: a right one with some things wrong."""
    body = bytearray(draw(st.sampled_from(BODIES)))
    for _ in range(draw(st.integers(0, 3))):
        place = draw(st.integers(0, len(body)))
        body[place : place + draw(st.integers(0, 4))] = draw(
            st.one_of(st.binary(max_size=4), st.sampled_from([b"{", b"\x1b"]))
        )
    status = draw(st.one_of(st.just("200 OK"), st.integers(-1, 1000).map(str), st.text(max_size=5)))
    values = st.one_of(
        st.text(max_size=8), st.integers(-5, 10**20).map(str), st.sampled_from(["chunked", "gzip", "S1TAT"])
    )
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {draw(st.sampled_from(MEDIA))}"]
    lines += [f"{draw(st.sampled_from(HEADERS))}: {draw(values)}" for _ in range(draw(st.integers(0, 2)))]
    return "\r\n".join([*lines, "", ""]).encode("utf-8", "replace") + bytes(body)


def check(answer: bytes, call: Callable[[str], object]) -> None:
    def reply(handler: Handler) -> None:
        handler.wfile.write(answer)

    with served(reply) as (endpoint, _):
        try:
            call(endpoint)
        except KgError as error:
            assert str(error) == visible_line(str(error))


@pytest.mark.slow("takes over a second")
@given(answers(), st.sampled_from(QUERIES))
@settings(max_examples=50)
def test_any_answer_to_a_query_is_read_or_refused(answer: bytes, query: str) -> None:
    limits = Limits(timeout=1, retries=1, size=1 << 20)
    check(answer, lambda endpoint: RemoteStore(endpoint, limits).ask(query))


@pytest.mark.slow("hundreds of answers to whole commands")
@given(answers())
@settings(max_examples=150)
def test_any_answer_to_a_command_is_read_or_refused(answer: bytes) -> None:
    def commands(endpoint: str) -> None:
        for words in (["find", "x", "--endpoint"], ["sparql", QUERIES[2], "--endpoint"], ["push"]):
            assert run([*words, endpoint, "--timeout", "1"]) in {0, 1, 2, 3, 4}

    check(answer, commands)
