"""The network for Gephi and Cytoscape: GraphML, GEXF and Cytoscape JSON, with positions, sizes and colours."""

from __future__ import annotations

import io
import json
import math
import re
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg import terms
from kg.exports.forms import form
from kg.exports.select import Selection

if TYPE_CHECKING:
    import networkx as nx

LAYERS = ("ministry", "programme", "institution", "domain", "part")
COLOURS = {
    "ministry": "#401de3",
    "programme": "#2d7fb1",
    "institution": "#4f7025",
    "domain": "#b94677",
    "part": "#5d6573",
}
_APART, _BETWEEN = 400.0, 60.0


def laid_out(selection: Selection) -> nx.MultiDiGraph[str]:
    """Return the network of a selection, all years and phases, its nodes placed in layers.

    Nodes carry `label`, `x`, `y`, `size` and `color`; the size grows with the root of the money.
    """
    from kg.networks import make_network
    from kg.pictures.figures import Choice
    from kg.store import EmbeddedStore

    inner = ox.Store()
    inner.extend(selection.quads)
    graph = make_network(EmbeddedStore(inner), Choice(fiscal_year="any"))
    for number, kind in enumerate(LAYERS):
        members = sorted(
            (n for n, data in graph.nodes(data=True) if data["kind"] == kind),
            key=lambda n: (-_money(graph.nodes[n]), n),
        )
        for place, node in enumerate(members):
            data = graph.nodes[node]
            data["label"] = data[f"label_{selection.language}"]
            data["x"], data["y"] = number * _APART, (place - (len(members) - 1) / 2) * _BETWEEN
            data["size"] = round(8 + math.sqrt(_money(data) / 1e9) * 2, 2)
            data["color"] = COLOURS[kind]
    return graph


def _money(data: dict[str, Any]) -> int:
    return int(data.get("upper", data["lower"]))


@form("graphml", ".graphml", "application/xml")
def graphml(selection: Selection) -> bytes:
    """GraphML of the funding network, for Gephi, yEd, Cytoscape."""
    import networkx as nx

    graph = laid_out(selection)
    tokens = {node: _token(number, node) for number, node in enumerate(graph)}
    named: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    named.add_nodes_from((tokens[node], {"iri": node, **data}) for node, data in graph.nodes(data=True))
    for number, (source, target, data) in enumerate(graph.edges(data=True)):
        named.add_edge(tokens[source], tokens[target], f"e{number}", **data)
    out = io.BytesIO()
    nx.write_graphml_xml(named, out)
    return out.getvalue() + b"\n"


def _token(number: int, iri: str) -> str:
    """Return the id of a node: GraphML takes no slash in it, so institution/riken becomes institution:riken."""
    name = iri.removeprefix(terms.ID).replace("/", ":")
    return name if re.fullmatch(r"[a-z0-9.:-]+", name) else f"n{number}"


@form("gexf", ".gexf", "application/xml")
def gexf(selection: Selection) -> bytes:
    """GEXF of the funding network, for Gephi."""
    import networkx as nx

    graph = laid_out(selection)
    for data in (graph.nodes[node] for node in graph):
        red, green, blue = (int(data["color"][i : i + 2], 16) for i in (1, 3, 5))
        data["viz"] = {
            "color": {"r": red, "g": green, "b": blue, "a": 1.0},
            "position": {"x": data.pop("x"), "y": -data.pop("y"), "z": 0.0},
            "size": data.pop("size"),
        }
        del data["color"]
    for number, (_, _, data) in enumerate(graph.edges(data=True)):
        data["id"] = str(number)
    out = io.BytesIO()
    nx.write_gexf(graph, out, version="1.2draft")
    # The day of the export is no fact; a graph of GEXF has no name.
    return re.sub(rb'( lastmodifieddate="[^"]*"|(?<=mode="static") name="")', b"", out.getvalue())


@form("cyjs", ".cyjs", "application/json")
def cytoscape(selection: Selection) -> str:
    """Cytoscape JSON of the funding network."""
    graph = laid_out(selection)
    nodes = [
        {
            "data": {"id": node, "name": data["label"], **{k: v for k, v in data.items() if k not in {"x", "y"}}},
            "position": {"x": data["x"], "y": data["y"]},
        }
        for node, data in graph.nodes(data=True)
    ]
    edges = [
        {"data": {"id": f"e{number}", "source": source, "target": target, "interaction": data["relation"], **data}}
        for number, (source, target, data) in enumerate(graph.edges(data=True))
    ]
    document = {"data": {"name": terms.BASE + "network"}, "elements": {"nodes": nodes, "edges": edges}}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"
