"""Stores of other makers: filled by us, they answer as the embedded store does; a killed one loses nothing."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from threading import Timer

import pyoxigraph as ox
import pytest

import kg
from kg import paths, terms
from kg.commands.shell.parser import run as command
from kg.errors import RemoteError
from kg.questions.answer_text import write
from kg.questions.catalogue import Question, catalogue
from kg.questions.run import run, take_arguments
from kg.stores.binding import bind
from kg.stores.canonical import digest
from kg.stores.endpoints import Way, find_addresses
from kg.stores.http import Limits
from kg.stores.push import Target, push
from kg.stores.remote import STAGING, RemoteStore
from tests.questions.test_questions import example, shown
from tests.stores.servers import MAKERS, Server

pytestmark = pytest.mark.slow("starts and kills stores of three makers")

QUESTIONS = {q.name: q for q in catalogue()}
LIMITS = Limits(timeout=120)
FOREIGN = "https://example.org/graph/of-others"


def target(server: Server, way: Way | None = None) -> Target:
    return Target(find_addresses(server.endpoint, limits=LIMITS, by=way), LIMITS)


def update(server: Server, text: str) -> None:
    from kg.stores.push import _update

    _update(target(server, "update"), text)


def digests(server: Server) -> dict[str, str]:
    """The canonical hash of each of our graphs."""
    store = RemoteStore(server.endpoint, LIMITS)
    if not store.named_graphs():
        return {}
    found: dict[str, list[ox.Triple]] = {}
    for quad in store.copy().inner:
        assert isinstance(quad.graph_name, ox.NamedNode)
        found.setdefault(quad.graph_name.value, []).append(quad.triple)
    return {name: digest(triples) for name, triples in found.items() if not name.startswith(STAGING)}


@lru_cache
def digests_of(path: Path) -> dict[str, str]:
    """The canonical hash of each graph of a file."""
    found: dict[str, list[ox.Triple]] = {}
    for quad in ox.parse(path=str(path)):
        assert isinstance(quad.graph_name, ox.NamedNode)
        found.setdefault(quad.graph_name.value, []).append(quad.triple)
    return {name: digest(triples) for name, triples in found.items()}


def every_graph(server: Server) -> set[str]:
    found = RemoteStore(server.endpoint, LIMITS).ask("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }")
    assert not isinstance(found, bool | list)
    return {row[0].value for row in found.rows if isinstance(row[0], ox.NamedNode)}


def shipped() -> dict[str, str]:
    return digests_of(paths.DATASET)


@pytest.fixture(scope="module")
def older(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An earlier state of the dataset: in every graph, only one statement in five is there yet."""
    path = tmp_path_factory.mktemp("older") / "older.nq"
    quads = sorted(ox.parse(path=str(paths.DATASET), format=ox.RdfFormat.N_QUADS), key=str)
    kept = [q for i, q in enumerate(quads) if i % 5 == 0 and not isinstance(q.subject, ox.BlankNode)]
    path.write_bytes(ox.serialize(kept, format=ox.RdfFormat.N_QUADS) or b"")
    return path


@pytest.fixture(scope="module", params=sorted(MAKERS))
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = MAKERS[request.param](tmp_path_factory.mktemp(request.param)).start()
    yield server
    server.kill()


@pytest.fixture(scope="module")
def filled(server: Server) -> Server:
    update(server, f"INSERT DATA {{ GRAPH <{FOREIGN}> {{ <http://a/s> <http://a/p> 'theirs' }} }}")
    push(target(server))
    return server


def test_it_has_a_graph_store(server: Server) -> None:
    assert find_addresses(server.endpoint, limits=LIMITS).graph_store is not None


def test_what_was_pushed_is_there_and_is_not_sent_again(filled: Server) -> None:
    assert digests(filled) == shipped()
    assert not any(graph.sent for graph in push(target(filled)))


@pytest.mark.parametrize("name", sorted(QUESTIONS))
def test_a_stored_question_is_answered_alike(name: str, filled: Server) -> None:
    question, given = QUESTIONS[name], example(QUESTIONS[name])
    store = RemoteStore(filled.endpoint, LIMITS)
    assert write(run(question, given, store), "csv") == write(run(question, given, kg.load_store()), "csv")


EVERY = {
    "domain": "quantum-security",
    "institution": "nict",
    "ministry": "mic",
    "programme": "nict-operating-grant",
    "part": "quantum-part-1-1",
    "fiscalYear": "2020",
    "phase": "initial",
    "evidence": "stated",
}


def chosen(question: Question) -> dict[str, str]:
    """A value for each parameter that need not be given, where there is one to choose."""
    found = {p.name: EVERY.get(p.name) if question.money is not None else p.example for p in question.parameters}
    return {name: value for name, value in found.items() if value}


@pytest.mark.parametrize("name", [n for n, q in sorted(QUESTIONS.items()) if chosen(q)])
def test_each_filter_is_answered_alike(name: str, filled: Server) -> None:
    question, store = QUESTIONS[name], RemoteStore(filled.endpoint, LIMITS)
    for parameter in question.parameters:
        if value := chosen(question).get(parameter.name):
            given = {**example(question), parameter.name: value}
            query = bind(question.text, take_arguments(question, given, kg.load_store()))
            here, there = kg.load_store().select(query), store.select(query)
            rows, same = (sorted(shown(f.columns, row) for row in f.rows) for f in (there, here))
            assert rows == same, parameter.name


def test_the_graphs_of_others_are_neither_seen_nor_touched(filled: Server) -> None:
    store = RemoteStore(filled.endpoint, LIMITS)
    assert FOREIGN not in store.graphs
    assert store.query("ASK { <http://a/s> <http://a/p> ?o }") is False
    assert store.ask(f"ASK {{ GRAPH <{FOREIGN}> {{ <http://a/s> <http://a/p> ?o }} }}") is True


@pytest.mark.parametrize(
    "words",
    [
        ["ask", "which programs fund quantum security"],
        ["ask", "量子暗号に予算を出している事業は？"],
        ["find", "RIKEN"],
        ["show", "q-leap"],
        ["query", "funding", "--domain", "quantum security", "--fiscal-year", "2020"],
        ["why", "funding", "--domain", "quantum security"],
        ["sparql", "SELECT ?s { ?s a <https://w3id.org/innovation-strategy/ontology#Hub> } ORDER BY ?s"],
        ["sparql", "ASK { ?s ?p 'theirs' }"],
    ],
    ids=" ".join,
)
def test_commands_print_the_same(words: list[str], filled: Server, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert command(words) == 0
    here = capfdbinary.readouterr().out
    assert command([*words, "--endpoint", filled.endpoint]) == 0
    assert capfdbinary.readouterr().out == here


def test_why_explains_what_the_store_holds(filled: Server) -> None:
    here = kg.why("q-leap", "is administered by", "MEXT")
    there = kg.why("q-leap", "is administered by", "MEXT", store=RemoteStore(filled.endpoint, LIMITS))
    assert there.status == here.status == "inferred"
    assert there.derivation == here.derivation


def test_triples_come_as_triples(filled: Server) -> None:
    found = RemoteStore(filled.endpoint, LIMITS).query(f"DESCRIBE <{terms.ID}institution/riken>")
    assert isinstance(found, list)
    assert any(t.predicate.value.endswith("prefLabel") for t in found)


@pytest.mark.parametrize("way", ["graph-store", "update"])
def test_killing_the_server_in_the_middle_of_a_push_loses_nothing(server: Server, way: Way, older: Path) -> None:
    push(target(server, way), older)
    before = digests_of(older)
    parts = iter(range(100))

    def kill(said: str) -> None:
        """In the middle of the large graph: by update after the second batch, else while it is under way."""
        if said.startswith("sending science") and next(parts) == (2 if way == "update" else 0):
            Timer(0.02, server.kill).start()

    with pytest.raises(RemoteError):
        push(target(server, way), progress=kill)
    server.start()
    after = digests(server)
    assert set(after) == set(before)
    assert all(after[name] in {before[name], new} for name, new in shipped().items())
    again = push(target(server, way))
    assert digests(server) == shipped()
    assert not [graph for graph in every_graph(server) if graph.startswith(STAGING)]
    assert {g.graph for g in again if not g.sent} == {name for name in after if after[name] == shipped()[name]}
