"""The network under a filter."""

from kg.funding.scope import Ask, Money
from kg.pictures.kinds.network.data import SIZES, Network, edges_of, sizes, totals_of
from kg.pictures.kinds.network.layout import circle, edge_key, edge_shapes, key_of, places_of, word
from kg.pictures.page.filters import WHOLE, Filter, Shown, show_filtered


def narrow(data: Network, money: Money, chosen: Filter, ask: Ask, lang: str) -> dict[str, Shown]:
    """Return nodes and edges for the money that passes a filter, without isolated nodes."""
    places, _ = places_of(data, lang)
    drawn = {edge_key(edge) for edge in data.edges}
    roles = ask("roles", {"evidence": chosen.evidence} if chosen.evidence else data.choice.given("evidence"))
    edges = [edge for edge in edges_of(money, roles) if edge_key(edge) in drawn]
    totals = totals_of(money)
    found = {WHOLE: show_filtered(money, money.working, lang)}
    for edge in edges:
        shapes = edge_shapes(data, edge, places)
        unfunded = Shown("", word("unfunded", lang), None, (), shapes)
        found[edge_key(edge)] = show_filtered(money, edge.working, lang, shapes=shapes) if edge.working else unfunded
    nodes = list(dict.fromkeys(end for edge in edges for end in (edge.source, edge.target)))
    measured = {each: sizes(each, nodes, edges, totals) for each in SIZES}
    for node in nodes:
        shapes = (circle(data, node, measured, places[node]),)
        unfunded = Shown("", word("unfunded", lang), None, (), shapes)
        found[key_of(node)] = show_filtered(money, totals[node], lang, shapes=shapes) if node in totals else unfunded
    return found
