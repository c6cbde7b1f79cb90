"""Texts of the flow."""

from collections.abc import Sequence

from kg.pictures.canvas.words import read_words
from kg.pictures.kinds.flow.data import NONE, OTHERS, Flow

word = read_words("flow")
HEADS = word.heads


def name_of(data: Flow, kind: str, stop: str, lang: str, *, short: bool = True) -> str:
    """Return the name of a node; the name of a group lists its members."""
    if stop == NONE:
        return word(f"none-{kind}", lang)
    if stop == OTHERS:
        return word("others", lang, count=data.gathered.get(kind, 0))
    names = data.money.names
    each = [(names.short if short and kind != "p" else names.full)(iri, lang) for iri in in_order(data, stop.split())]
    return word("and", lang).join(each)


def brief(data: Flow, kind: str, stop: str, lang: str) -> str:
    """Return the short name of a node; the name of a group gives its first member and the number of the others."""
    things = in_order(data, stop.split())
    if len(things) > 2:
        return word("rest", lang, first=name_of(data, kind, things[0], lang), count=len(things) - 1)
    return name_of(data, kind, stop, lang)


def in_order(data: Flow, things: Sequence[str]) -> list[str]:
    """Return domains in their printed order, other entities by name."""
    places = {domain: i for i, domain in enumerate(data.money.domains)}
    return sorted(things, key=lambda iri: (places.get(iri, 0), iri))
