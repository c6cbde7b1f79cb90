"""A question is asked of the dataset's graphs and of nothing else, however a store is given them, or it is not asked."""

from __future__ import annotations

from collections.abc import Callable, Collection

import pyoxigraph as ox
import pytest

from kg import terms
from kg.commands.shell.parser import run
from kg.errors import RemoteError
from kg.stores.embedded import EmbeddedStore, Solutions
from kg.stores.remote import RemoteStore
from tests.stores.small_store import small_store

pytestmark = pytest.mark.usefixtures("no_credentials")
P, ONE, TWO = ox.NamedNode("http://a/p"), terms.GRAPH + "one", terms.GRAPH + "two"
VALUES = "SELECT ?o { ?s <http://a/p> ?o } ORDER BY ?o"
IGNORED = "the store ignores which graphs a question is about"


def data(*extra: str) -> ox.Store:
    """Two graphs of the dataset, and others with one statement each."""
    store = ox.Store()
    for name in (ONE, TWO, *extra):
        graph = ox.NamedNode(name) if name else ox.DefaultGraph()
        store.add(ox.Quad(ox.NamedNode("http://a/s"), P, ox.Literal(name.rpartition("/")[2] or "default"), graph))
    return store


def values(store: RemoteStore, query: str = VALUES) -> list[str]:
    return [str(getattr(row[0], "value", row[0])) for row in store.select(query).rows]


@pytest.mark.parametrize(
    "hears", [{"parameter", "text"}, {"parameter"}, {"text"}], ids=lambda hears: "+".join(sorted(hears))
)
@pytest.mark.parametrize("union", [False, True])
@pytest.mark.parametrize("extra", [(), ("http://a/theirs", "", terms.GRAPH + "staging/x")], ids=len)
def test_a_store_that_hears_of_graphs_answers_from_the_dataset_alone(
    hears: Collection[str], union: bool, extra: tuple[str, ...]
) -> None:
    with small_store(data(*extra), hears, union=union) as endpoint:
        store = RemoteStore(endpoint)
        assert values(store) == ["one", "two"]
        assert values(store, "SELECT ?g { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g") == [ONE, TWO]
        assert store.query("ASK { ?s ?p 'theirs' }") is False
        assert len(store.query("CONSTRUCT WHERE { ?s <http://a/p> ?o }")) == 2  # type: ignore[arg-type]
        assert len(store.query("DESCRIBE <http://a/s> # all of it")) == 2  # type: ignore[arg-type]
        assert len(list(store.copy().inner)) == 2


def test_a_store_that_hears_nothing_answers_if_it_has_nothing_else() -> None:
    with small_store(data(), (), union=True) as endpoint:
        assert values(RemoteStore(endpoint)) == ["one", "two"]


@pytest.mark.parametrize(
    ("extra", "union"),
    [((), False), (("http://a/theirs",), True), (("",), True), ((terms.GRAPH + "staging/x",), True), (("",), False)],
    ids=["plain", "theirs", "default", "staging", "default only"],
)
def test_a_store_that_hears_nothing_is_refused_where_its_answers_would_be_wrong(
    extra: tuple[str, ...], union: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    with small_store(data(*extra), (), union=union) as endpoint:
        with pytest.raises(RemoteError, match=IGNORED):
            values(RemoteStore(endpoint))
        assert run(["sparql", VALUES, "--endpoint", endpoint, "--lang", "ja"]) == 4
        assert "このストアは問い合わせるグラフの指定" in capsys.readouterr().err
        assert run(["sparql", VALUES, "--endpoint", endpoint]) == 4
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert "let its default graph be the union of its named graphs" in err


def test_a_push_to_such_a_store_does_not_end_with_all_is_well(
    tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path_factory.mktemp("push") / "data.nq"
    path.write_text(f"<http://a/s> <http://a/p> 'x' <{ONE}> .\n".replace("'", '"'))
    for hears, code in (((), 4), (("text",), 0), (("parameter",), 0)):
        store = ox.Store()
        with small_store(store, hears) as endpoint:
            assert run(["push", endpoint, "--data", str(path)]) == code, hears
        assert len(store) == 1
        assert (IGNORED in capsys.readouterr().err) == (code == 4)


@pytest.mark.parametrize("hears", [{"parameter", "text"}, {"text"}], ids=lambda hears: "+".join(sorted(hears)))
def test_a_query_that_names_its_graphs_is_asked_of_these(hears: Collection[str]) -> None:
    with small_store(data("http://a/theirs"), hears) as endpoint:
        store = RemoteStore(endpoint)
        assert values(store, VALUES.replace("{", f"FROM <{ONE}> {{", 1)) == ["one"]
        assert values(store, VALUES.replace("{", "FROM <http://a/theirs> {", 1)) == ["theirs"]
        assert values(store, VALUES.replace("{", "FROM <http://a/nowhere> {", 1)) == []


def test_the_way_is_tried_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    before: Callable[..., object] = RemoteStore.ask

    def ask(self: RemoteStore, query: str, *more: object) -> object:
        asked.append(query)
        return before(self, query, *more)

    monkeypatch.setattr(RemoteStore, "ask", ask)
    with small_store(data()) as endpoint:
        store = RemoteStore(endpoint)
        values(store)
        values(store)
    assert len(asked) == 5  # the graphs, one that is there, one that is nowhere; then the two questions


def test_the_dataset_is_answered_alike_with_from_in_the_text(store: EmbeddedStore) -> None:
    query = "SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p ORDER BY ?p"
    with small_store(store.inner, {"text"}) as endpoint:
        found = RemoteStore(endpoint).query(query)
    assert isinstance(found, Solutions)
    assert found == store.select(query)
