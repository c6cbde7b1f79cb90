"""The graphs of a question are put into its text where SPARQL wants them, in whatever form it is written."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from kg import terms
from kg.questions.catalogue import Question, catalogue
from kg.stores.binding import check_syntax
from kg.stores.scope import names_graphs, with_graphs

IN, OUT = "http://a/in", "http://a/out"


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("SELECT * { ?s ?p ?o }", 1),
        ("select * where { ?s ?p ?o }", 1),
        ("SELECT * # {\nWHERE # {\n{ ?s ?p ?o }", 1),
        ("PREFIX where: <http://a/where#> SELECT * WHERE{ ?s ?p ?o }", 1),
        ("SELECT (EXISTS { ?s ?p ?o } AS ?x) WHERE { }", 1),
        ("SELECT (EXISTS { GRAPH <http://a/out> { ?s ?p ?o } } AS ?no) { }", 1),
        ("SELECT ?where { ?s ?p ?where { SELECT * WHERE { ?s ?p ?o } } }", 1),
        ("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }", 1),
        ("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", 1),
        ("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }", 1),
        ("CONSTRUCT WHERE { ?s ?p ?o }", 1),
        ("DESCRIBE <http://a/s>", 1),
        ("DESCRIBE <http://a/s> # }{", 1),
        ("DESCRIBE ?s { ?s ?p ?o }", 1),
        ("DESCRIBE ?s WHERE { ?s ?p ?o } LIMIT 5", 1),
        ("DESCRIBE <http://a/s> LIMIT 5", 1),
    ],
)
def test_a_query_asks_the_graphs_it_is_given(query: str, count: int) -> None:
    store = ox.Store()
    for graph in (IN, OUT):
        store.add(ox.Quad(ox.NamedNode("http://a/s"), ox.NamedNode(graph), ox.Literal("x"), ox.NamedNode(graph)))
    assert not names_graphs(query)
    given = with_graphs(query, [IN])
    assert names_graphs(given)
    found = store.query(given)
    if isinstance(found, ox.QueryTriples):
        assert {t.predicate.value for t in found} == {IN}
    else:
        assert isinstance(found, ox.QuerySolutions)
        rows = list(found)
        assert len(rows) == count
        assert OUT not in str(rows)
        assert "false" in str(rows) or "?no" not in query


def test_an_ask_asks_them() -> None:
    store = ox.Store()
    store.add(ox.Quad(ox.NamedNode(OUT), ox.NamedNode(OUT), ox.Literal("x"), ox.NamedNode(OUT)))
    for query in ("ASK { ?s ?p ?o }", "ASK WHERE { ?s ?p ?o }", "BASE <http://a/>\nASK{GRAPH ?g { ?s ?p ?o }}"):
        assert [bool(store.query(with_graphs(query, [graph]))) for graph in (IN, OUT)] == [False, True]


@pytest.mark.parametrize("question", catalogue(), ids=lambda question: question.name)
def test_every_stored_question_can_be_given_graphs(question: Question) -> None:
    assert not names_graphs(question.text)
    given = with_graphs(question.text, [terms.GRAPH + "common", terms.INFERRED_GRAPH])
    check_syntax(given.replace("$", "?"))
    assert names_graphs(given)
