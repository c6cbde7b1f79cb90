"""A small store over some data that speaks SPARQL, and hears what a test lets it hear of the graphs of a question."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from urllib.parse import parse_qs, urlsplit

import pyoxigraph as ox

from tests.stores.fake_store import ROWS, Handler, served

BOTH = frozenset({"parameter", "text"})


@contextmanager
def small_store(data: ox.Store, hears: Collection[str] = BOTH, *, union: bool = False) -> Iterator[str]:
    """Serve a store: `hears` are the ways in which it is given graphs, `union` what its default graph is."""

    def reply(handler: Handler) -> None:
        if handler.command == "POST":
            _answer(handler, data, hears, union=union)
        else:
            _graph_store(handler, data)

    with served(reply) as (endpoint, _):
        yield endpoint


def _answer(handler: Handler, data: ox.Store, hears: Collection[str], *, union: bool) -> None:
    form = parse_qs(handler.seen[-1][3].decode())
    query = form["query"][0]
    if "FROM" in query and "text" not in hears:
        return handler.answer(500, b"cannot load the graph from the Web")
    given: dict[str, list[ox.NamedNode]] = {}
    if "parameter" in hears and "default-graph-uri" in form:
        given["default_graph"] = [ox.NamedNode(name) for name in form["default-graph-uri"]]
        given["named_graphs"] = [ox.NamedNode(name) for name in form.get("named-graph-uri", [])]
    joined = union and not given and "FROM" not in query
    result = data.query(query, use_default_graph_as_union=joined, **given)  # type: ignore[arg-type]
    if isinstance(result, ox.QueryTriples):
        return handler.answer(200, ox.serialize(result, format=ox.RdfFormat.TURTLE) or b"", "text/turtle")
    return handler.answer(200, result.serialize(format=ox.QueryResultsFormat.JSON) or b"", ROWS)


def _graph_store(handler: Handler, data: ox.Store) -> None:
    asked = parse_qs(urlsplit(handler.path).query)
    if not handler.path.startswith("/store"):
        return handler.answer(404)
    graph = ox.NamedNode(asked["graph"][0]) if "graph" in asked else ox.DefaultGraph()
    if handler.command == "PUT":
        data.remove_graph(graph)
        data.load(handler.seen[-1][3], format=ox.RdfFormat.TURTLE, to_graph=graph)
        return handler.answer(204)
    triples = [quad.triple for quad in data.quads_for_pattern(None, None, None, graph)]
    body = ox.serialize(triples, format=ox.RdfFormat.TURTLE) or b""
    return handler.answer(200, b"" if handler.command == "HEAD" else body, "text/turtle")
