"""What is pushed where, what is refused, and what becomes of a push that the store does not keep."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg import terms
from kg.commands.shell.parser import run
from kg.errors import InputError, RemoteError
from kg.stores.endpoints import find_addresses
from kg.stores.http import Limits
from kg.stores.push import Target, push
from tests.stores.fake_store import ROWS, Handler, served

pytestmark = pytest.mark.usefixtures("no_credentials")


def test_a_failing_push_says_so_without_credentials(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KG_USER", "me")
    monkeypatch.setenv("KG_PASSWORD", "s3cret")
    with served(lambda h: h.answer(403, b"no")) as (endpoint, handler):
        assert run(["push", endpoint]) == 4
        assert all(headers["authorization"].startswith("Basic ") for _, _, headers, _ in handler.seen)
    said = "".join(capsys.readouterr())
    assert "it does not allow this" in said
    assert "s3cret" not in said
    assert "bWU6" not in said


@pytest.mark.parametrize(
    ("quads", "said"),
    [
        (
            "<http://a/s> <http://a/p> <http://a/o> <http://a/g> .\n",
            "there is a statement in the graph http://a/g; only graphs under",
        ),
        ("<http://a/s> <http://a/p> <http://a/o> .\n", "there is a statement in no named graph"),
        (f"<http://a/s> <http://a/p> <http://a/o> <{terms.GRAPH}staging/x> .\n", "only graphs under"),
        ("", "is empty"),
        ("# nothing\n", "the dataset is empty"),
    ],
)
def test_only_our_graphs_are_pushed(quads: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "data.nq"
    path.write_text(quads)
    with served(lambda h: h.answer(200, b"", "text/turtle")) as (endpoint, handler):
        target = Target(find_addresses(endpoint), Limits())
        handler.seen.clear()
        with pytest.raises(InputError, match=said):
            push(target, path)
        assert handler.seen == []


def test_a_store_that_takes_no_changes_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    with served(lambda h: h.answer(404)) as (endpoint, _):
        assert run(["push", endpoint]) == 4
    assert "accepts no changes at" in capsys.readouterr().err


def test_a_store_that_keeps_something_else_is_found_out(tmp_path: Path) -> None:
    path = tmp_path / "data.nq"
    path.write_text(f"<http://a/s> <http://a/p> <http://a/o> <{terms.GRAPH}x> .\n")
    count = b'{"head":{"vars":["count"]},"results":{"bindings":[{"count":{"type":"literal","value":"1"}}]}}'

    def reply(handler: Handler) -> None:
        if handler.command == "GET":
            handler.answer(200, b"<http://a/s> <http://a/p> <http://a/OTHER> .", "text/turtle")
        else:
            handler.answer(200, count, ROWS if handler.command == "POST" else "text/turtle")

    with (
        served(reply) as (endpoint, _),
        pytest.raises(RemoteError, match=r"differ from those that were sent, such as .*OTHER"),
    ):
        push(Target(find_addresses(endpoint), Limits()), path)


@pytest.mark.parametrize(
    ("endpoint", "update", "store"),
    [
        ("/repositories/kg", "/repositories/kg/statements", "/repositories/kg/rdf-graphs/service"),
        ("/ds/query", "/ds/update", "/ds/data"),
        ("/query", "/update", "/store"),
        ("/db/query", "/db/update", "/db"),
        ("/sparql", "/sparql", "/sparql/gsp/"),
        ("/sparql", "/sparql-auth", "/sparql-graph-crud-auth"),
        ("/ds", "/ds", "/ds"),
    ],
    ids=["RDF4J", "Fuseki", "Oxigraph", "Stardog", "Neptune", "Virtuoso", "one-address"],
)
def test_the_addresses_of_each_maker_are_found(endpoint: str, update: str, store: str) -> None:
    def reply(handler: Handler) -> None:
        handler.answer(200 if handler.path == store + "?default" else 404, b"", "text/turtle")

    with served(reply) as (base, _):
        root = base.removesuffix("/query")
        found = find_addresses(root + endpoint)
    assert (found.update, found.graph_store) == (root + update, root + store)
