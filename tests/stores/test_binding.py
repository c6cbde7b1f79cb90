"""Values go into queries as values: nothing that is written can change what is asked."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import QueryError, UsageError
from kg.stores.binding import bind, check_syntax, names, query_form
from kg.stores.guard import refuse_service, refuse_unsafe

STORE = ox.Store()
GRAPH = rdflib.Graph()
S, P = "https://example.org/s", "https://example.org/p"
STORE.add(ox.Quad(ox.NamedNode(S), ox.NamedNode(P), ox.Literal("x")))
GRAPH.add((rdflib.URIRef(S), rdflib.URIRef(P), rdflib.Literal("x")))
ECHO = "SELECT ?s ($value AS ?echo) WHERE { ?s ?p ?o . # $value in a comment\n FILTER(\"$value\" != '$value' || true) BIND($value AS ?v) }"
text = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=40)


@pytest.mark.slow("takes over a second")
@given(text)
def test_any_text_comes_back_as_the_same_text_on_both_engines(value: str) -> None:
    bound = bind(ECHO, {"value": ox.Literal(value)})
    (row,) = list(STORE.query(bound))  # type: ignore[arg-type]
    assert row["echo"] == ox.Literal(value)
    (other,) = list(GRAPH.query(bound))
    assert str(other.echo) == value  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "evil",
    ['x" } ; DROP ALL #', "x' } UNION { ?s ?p ?o } #", 'x\\" . ?a ?b ?c', '"""', "\n} INSERT DATA { <urn:a> <urn:b> 1 } #", "$value ?s"],
)  # fmt: skip
def test_what_looks_like_sparql_stays_a_value(evil: str) -> None:
    bound = bind("SELECT ?s WHERE { ?s ?p $value }", {"value": ox.Literal(evil)})
    assert list(STORE.query(bound)) == []  # type: ignore[arg-type]
    assert query_form(bound) == "SELECT"


def test_names_in_strings_comments_and_iris_are_no_parameters() -> None:
    assert names('SELECT * { <urn:$a> ?p \'$b\' # $c\n . ?s $d """$e""" }') == {"d"}


def test_results_written_with_a_question_mark_are_never_touched() -> None:
    assert "?value" in bind("SELECT ?value { ?value ?p $value }", {"value": ox.Literal("x")})


def test_a_parameter_without_a_value_stays_unbound() -> None:
    query = "SELECT ?s WHERE { ?s ?p ?o BIND($wanted AS ?w) FILTER(!BOUND(?w) || ?o = ?w) }"
    assert len(list(STORE.query(bind(query, {})))) == 1  # type: ignore[arg-type]
    assert len(list(STORE.query(bind(query, {"wanted": ox.Literal("y")})))) == 0  # type: ignore[arg-type]


def test_a_parameter_in_a_projection_becomes_a_column() -> None:
    bound = bind("SELECT ?s $value WHERE { ?s ?p ?o }", {"value": ox.Literal("x")})
    assert "AS ?value)" in bound


def test_a_limit_is_bare_digits() -> None:
    integer = ox.NamedNode("http://www.w3.org/2001/XMLSchema#integer")
    assert "LIMIT 5" in bind("SELECT * { ?s ?p ?o } LIMIT $n", {"n": ox.Literal("5", datatype=integer)})
    for wrong in (ox.Literal("5"), ox.Literal("-5", datatype=integer), ox.NamedNode("urn:5")):
        with pytest.raises(UsageError):
            bind("SELECT * { ?s ?p ?o } LIMIT $n", {"n": wrong})


def test_a_value_without_a_place_is_an_error() -> None:
    with pytest.raises(UsageError, match="no parameter other"):
        bind("SELECT * { ?s ?p $value }", {"other": ox.Literal("x")})


@pytest.mark.parametrize(
    "update",
    ["DELETE WHERE { ?s ?p ?o }", "insert data { <urn:a> <urn:b> 1 }", "CLEAR ALL", "PREFIX a: <urn:a>\nLOAD <http://x>", "WITH <urn:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }"],
)  # fmt: skip
def test_updates_are_refused(update: str) -> None:
    with pytest.raises(QueryError, match="updates are refused"):
        refuse_unsafe(update)


def test_the_word_insert_in_a_string_is_no_update() -> None:
    refuse_unsafe('SELECT * { ?s ?p "INSERT" } # DELETE')


def test_service_is_refused_unless_asked_and_not_seen_in_a_string() -> None:
    query = "SELECT * { SERVICE <http://localhost:1/> { ?s ?p ?o } }"
    with pytest.raises(QueryError, match="--allow-service"):
        refuse_service(query, {})
    refuse_service('SELECT * { ?s ?p "SERVICE" }', {})


@pytest.mark.parametrize(
    "absurd", ["SELECT * " + "{" * 101, "SELECT * { FILTER(" + "(" * 5000, "SELECT * {} #" + "x" * 1_000_001]
)
def test_absurd_queries_are_refused_before_the_engine_sees_them(absurd: str) -> None:
    with pytest.raises(QueryError, match=r"nests deeper|longer than"):
        refuse_unsafe(absurd)


def test_a_syntax_error_says_line_and_column() -> None:
    with pytest.raises(QueryError, match="line 2, column 11"):
        check_syntax("SELECT *\n{ ?s ?p\n} LIMIT x".replace("?p\n}", "?p }").replace("LIMIT x", "LIMIT y"))
