"""kg.graph() and kg.dataset() are rdflib's own: what its users write, and tools made for it, run on them."""

from __future__ import annotations

import subprocess
import sys

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.extras.external_graph_libs import rdflib_to_networkx_graph, rdflib_to_networkx_multidigraph

import kg
from kg import terms
from kg.assembly.build import Built
from kg.rdf.as_rdflib import to_dataset, to_graph
from kg.stores.embedded import EmbeddedStore

RIKEN = rdflib.URIRef(f"{terms.ID}institution/riken")
LABEL = rdflib.SKOS.prefLabel


@pytest.fixture(scope="module")
def common(built: Built) -> list[ox.Quad]:
    """Enough to run the slow tools on."""
    return [q for q in built.quads if q.graph_name == ox.NamedNode(terms.GRAPH + "common")]


def test_a_graph_is_a_graph_of_triples(common: list[ox.Quad]) -> None:
    graph = to_graph(common)
    assert type(graph) is rdflib.Graph
    assert len(graph) == len({q.triple for q in common})
    assert all(len(statement) == 3 for statement in graph)
    assert sum(1 for _, _, _ in graph) == len(graph)
    assert {(s, p) for s, p in graph.subject_predicates(rdflib.Literal("RIKEN", lang="en"))} >= {(RIKEN, LABEL)}


def test_what_stands_in_it_is_what_stands_in_the_dataset(common: list[ox.Quad]) -> None:
    def lines(text: str) -> set[str]:
        return {str(q.triple) for q in ox.parse(text, format=ox.RdfFormat.N_TRIPLES)}

    assert lines(to_graph(common).serialize(format="nt")) == {str(q.triple) for q in common}


def test_graphs_can_be_combined(common: list[ox.Quad]) -> None:
    graph, more = to_graph(common), rdflib.Graph().add((RIKEN, LABEL, rdflib.Literal("RIKEN laboratory")))
    assert len(rdflib.Graph() + graph) == len(graph)
    assert len(graph + more) == len(graph) + 1
    assert len(graph - graph) == 0
    assert len(graph & graph) == len(graph)


def test_its_prefixes_are_bound(common: list[ox.Quad]) -> None:
    graph = to_graph(common)
    bound = dict(graph.namespaces())
    assert {prefix: str(bound[prefix]) for prefix in terms.PREFIXES} == terms.PREFIXES
    assert str(bound["institution"]) == f"{terms.ID}institution/"
    assert not [prefix for prefix in bound if prefix.startswith("schema") and prefix != "schema"]
    answer = graph.query("SELECT ?name { institution:riken skos:prefLabel ?name FILTER(lang(?name) = 'ja') }")
    assert [str(row[0]) for row in answer] == ["理化学研究所"]  # type: ignore[index]
    turtle = graph.serialize(format="turtle")
    assert "institution:riken a is:ResearchInstitute" in turtle
    assert "ns1:" not in turtle


@pytest.mark.slow("makes an rdflib.Dataset of everything")
def test_a_dataset_has_the_named_graphs(built: Built) -> None:
    dataset = to_dataset(built.quads)
    assert type(dataset) is rdflib.Dataset
    names = {q.graph_name.value for q in built.quads if isinstance(q.graph_name, ox.NamedNode)}
    assert {str(part.identifier) for part in dataset.graphs() if len(part)} >= names
    for name in names:
        assert len(dataset.graph(rdflib.URIRef(name))) == sum(q.graph_name == ox.NamedNode(name) for q in built.quads)
    asked = "SELECT ?g { GRAPH ?g { institution:riken a is:ResearchInstitute } }"
    assert [str(row[0]) for row in dataset.query(asked)] == [terms.GRAPH + "common"]  # type: ignore[index]
    assert dataset.query("ASK { institution:riken a is:ResearchInstitute }").askAnswer  # in the union, too


@pytest.mark.parametrize("form", ["trig", "nquads", "json-ld"])
def test_a_dataset_survives_rdflibs_own_writers(form: str, common: list[ox.Quad]) -> None:
    read = {"trig": ox.RdfFormat.TRIG, "nquads": ox.RdfFormat.N_QUADS, "json-ld": ox.RdfFormat.JSON_LD}[form]
    assert set(ox.parse(to_dataset(common).serialize(format=form), format=read)) == set(common)


def test_it_goes_to_networkx(common: list[ox.Quad]) -> None:
    graph = to_graph(common)
    network = rdflib_to_networkx_multidigraph(graph)
    assert network.number_of_edges() == len(graph)
    assert RIKEN in rdflib_to_networkx_graph(graph)


def test_it_becomes_a_table(common: list[ox.Quad]) -> None:
    answer = to_graph(common).query("SELECT ?s ?name { ?s skos:prefLabel ?name }")
    rows = [{str(k): str(v) for k, v in row.items()} for row in answer.bindings]
    assert {"s": str(RIKEN), "name": "RIKEN"} in rows
    assert b"RIKEN" in (answer.serialize(format="csv") or b"")


def test_pyshacl_validates_it(common: list[ox.Quad]) -> None:
    import pyshacl

    shape = """
        @prefix sh: <http://www.w3.org/ns/shacl#> .
        @prefix is: <https://w3id.org/innovation-strategy/ontology#> .
        [] sh:targetClass is:ResearchInstitute ; sh:property [ sh:path is:rorId ; sh:maxCount 0 ] .
    """
    for data in (to_graph(common), to_dataset(common)):
        conforms, report, _ = pyshacl.validate(data, shacl_graph=rdflib.Graph().parse(data=shape))
        assert not conforms
        assert RIKEN in set(report.objects(None, rdflib.SH.focusNode))


def test_owlrl_infers_on_it(common: list[ox.Quad]) -> None:
    import owlrl

    graph = to_graph(q for q in common if q.subject == ox.NamedNode(RIKEN))
    graph.add((terms_("ResearchInstitute"), rdflib.RDFS.subClassOf, terms_("Institution")))
    owlrl.DeductiveClosure(owlrl.RDFS_Semantics).expand(graph)
    assert (RIKEN, rdflib.RDF.type, terms_("Institution")) in graph


def terms_(name: str) -> rdflib.URIRef:
    return rdflib.URIRef(terms.IS + name)


@pytest.mark.slow("pandas is needed for nothing else")
def test_pandas_takes_it(common: list[ox.Quad]) -> None:
    pandas = pytest.importorskip("pandas")
    graph = to_graph(common)
    assert len(pandas.DataFrame(graph, columns=["subject", "predicate", "object"])) == len(graph)


def test_a_store_gives_its_own_statements_and_a_copy_of_them() -> None:
    quad = ox.Quad(ox.NamedNode("http://a/s"), ox.NamedNode("http://a/p"), ox.Literal("x"), ox.NamedNode("http://a/g"))
    inner = ox.Store()
    inner.extend([quad, ox.Quad(quad.subject, quad.predicate, ox.BlankNode("b"))])
    graph, dataset = kg.graph(store=EmbeddedStore(inner)), kg.dataset(store=EmbeddedStore(inner))
    assert (len(graph), len(dataset), len(dataset.graph(rdflib.URIRef("http://a/g")))) == (2, 2, 1)
    graph.remove((None, None, None))
    assert len(inner) == 2


def test_a_statement_about_a_statement_is_one_clear_error() -> None:
    triple = ox.Triple(ox.NamedNode("http://a/s"), ox.NamedNode("http://a/p"), ox.Literal("x"))
    quad = ox.Quad(ox.NamedNode("http://a/s"), ox.NamedNode("http://a/says"), triple)
    for make in (to_graph, to_dataset):
        with pytest.raises(kg.DataError, match="rdflib has no statements about statements"):
            make([quad])


def test_rdflib_is_imported_only_when_it_is_asked_for() -> None:
    code = "import sys, kg; kg.sparql('ASK {}'); sys.exit('rdflib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0
