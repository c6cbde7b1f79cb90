"""The network for Gephi and Cytoscape: GraphML, GEXF and Cytoscape JSON, with positions, sizes and colours."""

from __future__ import annotations

import io
import json
import re
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg import terms
from kg.exports.registry import form
from kg.exports.select import Selection

if TYPE_CHECKING:
    import networkx as nx

    from kg.pictures.kinds.network.data import Network

BEYOND = {"domain": 1480.0, "part": 1800.0}  # distance of columns that the picture does not have from its last one


def laid_out(selection: Selection) -> nx.MultiDiGraph[str]:
    """Return the network of a selection, within its scope or with all years and phases, laid out as in the picture.

    An edge stands for a pair, a fiscal year and a phase, as kg.funding.network.make_flows describes it; Gephi, which
    merges the edges of a pair, so adds up their `weight` to yen. Nodes have `label`, `x`, `y`, `size` (diameter) and
    `color`, edges `color` and `width`; lengths are in pixels.
    """
    from kg.funding.network import everything, make_flows
    from kg.funding.scope import Scope, asker
    from kg.pictures.canvas.xml import legal_data
    from kg.pictures.kinds.network.data import read
    from kg.stores.embedded import EmbeddedStore

    inner = ox.Store()
    inner.extend(selection.known if selection.scope else selection.quads)
    store, choice = EmbeddedStore(inner), everything(selection.scope or Scope())
    graph = make_flows(store, choice)
    for data in (graph.nodes[node] for node in graph):
        data["label"] = data[f"label_{selection.language}"]
    picture = read(asker(store), choice)
    _place(graph, picture, selection.language)
    _paint(graph, picture)
    for _, named in graph.nodes(data=True):
        named.update(legal_data(named))
    return graph


def _place(graph: nx.MultiDiGraph[str], picture: Network, language: str) -> None:
    """Place the nodes as in the picture, those that it leaves out below, and other kinds in columns beside it."""
    from kg.pictures.kinds.network.layout import PLACES, STEP, TOP, places_of

    places, bottom = places_of(picture, language)
    columns = dict(zip(("ministry", "programme", "institution"), PLACES, strict=False)) | BEYOND
    drawn = {node: place for (_, node), place in places.items()}
    for kind, x in columns.items():
        others = [n for n, data in graph.nodes(data=True) if data["kind"] == kind and n not in drawn]
        order = {domain: place for place, domain in enumerate(picture.money.domains)}
        others.sort(key=lambda n, order=order: (order.get(n, 0), -graph.nodes[n]["known"], n))  # type: ignore[misc]
        step = (bottom - TOP) / max(1, len(others)) if kind in BEYOND else STEP
        top = TOP if kind in BEYOND else bottom
        for place, node in enumerate(others):
            graph.nodes[node].update(x=x, y=round(top + step * (place + 0.5), 1))
    for node in graph:
        if node in drawn:
            graph.nodes[node].update(x=drawn[node].x, y=round(drawn[node].y, 1))


def _paint(graph: nx.MultiDiGraph[str], picture: Network) -> None:
    from kg.pictures.canvas.colours import NEUTRAL, colour_of
    from kg.pictures.canvas.svg import INK
    from kg.pictures.kinds.network.layout import COLOURS, WIDEST, radius

    domains = [d for d in picture.money.domains if d in graph]
    colours = {domain: colour_of(place) for place, domain in enumerate(domains)}
    most = max(picture.sizes["amount"].values(), default=0.0)
    plain = {"ministry": INK, "programme": INK, "institution": INK}
    for node, data in graph.nodes(data=True):
        data["size"] = round(2 * radius(picture, "amount", min(data["known"], most)), 1)
        data["color"] = colours.get(node, plain.get(data["kind"], NEUTRAL))
    for _, target, data in graph.edges(data=True):
        data["color"] = COLOURS.get(data["relation"], colours.get(target, NEUTRAL))
        data["width"] = round(max(0.9, data.get("upper", data["lower"]) * WIDEST / picture.largest), 1)


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
    """Return the id of a node; GraphML allows no slash, so institution/riken becomes institution:riken."""
    name = iri.removeprefix(terms.ID).replace("/", ":")
    return name if re.fullmatch(r"[a-z0-9.:-]+", name) else f"n{number}"


@form("gexf", ".gexf", "application/xml")
def gexf(selection: Selection) -> bytes:
    """GEXF of the funding network, for Gephi."""
    import networkx as nx

    graph = laid_out(selection)
    for data in (graph.nodes[node] for node in graph):
        data["viz"] = {
            "color": _red_green_blue(data.pop("color")),
            "position": {"x": data.pop("x"), "y": -data.pop("y"), "z": 0.0},
            "size": data.pop("size"),
        }
    for number, (_, _, data) in enumerate(graph.edges(data=True)):
        data["id"] = str(number)
        data["viz"] = {"color": _red_green_blue(data.pop("color")), "thickness": data.pop("width")}
    out = io.BytesIO()
    nx.write_gexf(graph, out, version="1.2draft")
    # Without the date of the export and the graph's name, the same data gives the same file.
    return re.sub(rb'( lastmodifieddate="[^"]*"|(?<=mode="static") name="")', b"", out.getvalue())


def _red_green_blue(colour: str) -> dict[str, float]:
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return {"r": red, "g": green, "b": blue, "a": 1.0}


@form("cyjs", ".cyjs", "application/json")
def cytoscape(selection: Selection) -> str:
    """Cytoscape JSON of the funding network."""
    graph = laid_out(selection)
    nodes = [
        {
            "data": {
                "id": node,
                "value": node,
                "name": data["label"],
                **{k: v for k, v in data.items() if k not in {"x", "y"}},
            },
            "position": {"x": data["x"], "y": data["y"]},
        }
        for node, data in graph.nodes(data=True)
    ]
    edges = [
        {
            "data": {
                "id": f"e{number}",
                "source": source,
                "target": target,
                "key": key,
                "interaction": data["relation"],
                **data,
            }
        }
        for number, (source, target, key, data) in enumerate(graph.edges(data=True, keys=True))
    ]
    document = {
        "format_version": "1.0",
        "directed": True,
        "multigraph": True,  # this, `value` and `key` are what networkx.cytoscape_graph looks for
        "data": {"name": terms.BASE + "network"},
        "elements": {"nodes": nodes, "edges": edges},
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"
