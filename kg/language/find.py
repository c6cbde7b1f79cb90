"""Search by part of a name, abbreviation, variant spelling, reading, or identifier."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from kg import terms
from kg.paths import read_query, read_texts
from kg.questions.answer import Answer, Outline, columns_from, labels_of
from kg.questions.bearers import loose_name
from kg.questions.kana import folded_latin, in_latin
from kg.questions.standing import standing
from kg.rdf.nodes import Term
from kg.stores.embedded import Store
from kg.terms import agreeing

_NAMES = read_query("language", "found-names")
_KINDS = ("name", "other name", "reading", "spelling", "identifier", "id", "as printed")  # the most telling first
_KANA = re.compile(r"[ぁ-ゖァ-ヺー・\s]+")
_OUTLINE = Outline({"en": "entit(y|ies)", "ja": "件"}, name="thing", shown=("id", "why"))
_BEHIND = 8  # from this standing on, entities only hold facts about others together
_SHORTEST, _NEAR, _NEARLY_BEST = 4, 0.8, 0.1
_WORDS = re.compile(r"[a-z0-9&]{2,}|[^\x00-\x7f\s]{2,}")
_SPELLING, _TYPING = "spelling", "typing error"
_PLACES = {"whole": 0, "start": 1, "reading": 1, "part": 2, "words": 3, _TYPING: 4}
Rank = tuple[float, ...]


@dataclass(frozen=True)
class _Name:
    thing: ox.NamedNode
    name: str
    kind: str
    cls: Term | None
    loose: str
    standing: int


_Hit = tuple[_Name, str, Rank]


def search(text: str, store: Store, limit: int = 20) -> Answer:
    """Return the entities that a text names, best match first, each with the name that matches and why it does.

    A whole name comes before its beginning, this before other parts and before single words in any order; programmes,
    institutions and domains come before the nodes that merely link them. Similar names are searched only if there is no
    other match. `limit` is the greatest number of rows.
    """
    names = list(_names(store))
    found = _best(names, text, _match) or _nearest(_best(names, text, _resemblance))
    shown = found[: max(limit, 0)]
    ids = _ids(names)
    rows = tuple(
        (n.thing, n.cls, ox.Literal(n.name), ox.Literal(_reason(n, how)), ox.Literal(ids[n.thing.value]))
        for n, how, _ in shown
    )
    texts = read_texts("language")["find"]
    case = (
        "none" if not found else "similar" if found[0][1] == _TYPING else "some" if len(found) == len(rows) else "more"
    )
    sentence = {
        language: agreeing(said, len(found)).format(text=text.strip(), count=len(found), shown=len(rows))
        for language, said in texts[case].items()
    }
    columns = columns_from(read_texts("language")["columns"]["find"])
    return Answer("find", {}, columns, rows, sentence, labels=labels_of(store, rows), outline=_OUTLINE)


def _names(store: Store) -> Iterator[_Name]:
    """Yield the names of all entities, and the ids of those that people speak of."""
    rows = [
        (thing, name.value, kind.value, cls)
        for thing, name, kind, cls in store.select(_NAMES).rows
        if isinstance(thing, ox.NamedNode) and isinstance(name, ox.Literal) and isinstance(kind, ox.Literal)
    ]
    sounds = {(thing, in_latin(name)) for thing, name, kind, _ in rows if kind == _SPELLING and _KANA.fullmatch(name)}
    ids: dict[str, _Name] = {}
    for thing, name, kind, cls in rows:
        place = standing([cls.value] if isinstance(cls, ox.NamedNode) else [])
        spoken = kind == _SPELLING and (thing, in_latin(name)) in sounds
        yield _Name(thing, name, "reading" if spoken else kind, cls, loose_name(name), place)
        own = terms.local_name(thing.value)
        ids.setdefault(thing.value, _Name(thing, own, "id", cls, loose_name(own), place))
    yield from ids.values()


def _ids(names: Sequence[_Name]) -> dict[str, str]:
    """Return an id for each entity by which it is found again: with its kind where others have the same id."""
    bearers: dict[str, dict[str, int]] = {}
    for name in names:
        bearers.setdefault(terms.local_name(name.thing.value), {})[name.thing.value] = name.standing
    ids: dict[str, str] = {}
    for own, places in bearers.items():
        first = [iri for iri, place in places.items() if place == min(places.values())]
        ids |= {iri: own if first == [iri] else terms.shorten(iri).removeprefix("id:") for iri in places}
    return ids


def _best(names: Sequence[_Name], text: str, match: Callable[[str, str, _Name], tuple[Rank, str] | None]) -> list[_Hit]:
    """Return the best matching name of each entity, best first, how it matches, and its rank."""
    wanted = loose_name(text)
    hits: list[tuple[Rank, str, str, _Name, str]] = []
    if wanted:
        for name in names:
            if (hit := match(wanted, text, name)) is not None:
                hits.append((hit[0], name.thing.value, name.name, name, hit[1]))
    best: dict[str, _Hit] = {}
    for rank, iri, _, name, how in sorted(hits, key=lambda h: h[:3]):
        best.setdefault(iri, (name, how, rank))
    return list(best.values())


def _match(wanted: str, text: str, name: _Name) -> tuple[Rank, str] | None:
    if name.kind == "id":
        how = "whole" if name.loose == wanted else ""
    elif wanted in name.loose and _begins_a_word(wanted, name.name):
        how = "whole" if wanted == name.loose else "start" if name.loose.startswith(wanted) else "part"
    else:
        words = [loose_name(word) for word in _WORDS.findall(text.casefold())]
        alike = len(words) > 1 and all(w and w in name.loose and _begins_a_word(w, name.name) for w in words)
        how = "words" if alike else ""
    if (
        not how
        and name.kind != "id"
        and (sound := _sound(name.name))
        and (said := in_latin(text) or folded_latin(text))
    ):
        how = "reading" if sound.startswith(said) else ""
    return (_rank(name, how), how) if how else None


def _sound(name: str) -> str:
    """Return a name that has kana, and no kanji, in Latin letters; empty for others."""
    return "" if name.isascii() else in_latin(name)


def _begins_a_word(wanted: str, name: str) -> bool:
    """Return whether a loose name stands at the beginning of a word, where it is in Latin letters."""
    if not wanted.isascii():
        return True
    folded = unicodedata.normalize("NFKC", name).casefold().replace("&", "and")
    return bool(re.search(r"(?<![a-z0-9])" + r"[\W_ー]*".join(map(re.escape, wanted)), folded))


def _resemblance(wanted: str, text: str, name: _Name) -> tuple[Rank, str] | None:
    from rapidfuzz.fuzz import partial_ratio, ratio

    if name.kind == "id" or len(wanted) < _SHORTEST or len(name.loose) < _SHORTEST:
        return None
    whole = ratio(wanted, name.loose) / 100
    inside = partial_ratio(wanted, name.loose) / 100 if len(name.loose) > len(wanted) else 0.0
    if max(whole, inside) < _NEAR:
        return None
    return (name.standing >= _BEHIND, 1 - max(whole, inside), 1 - whole, name.standing), _TYPING


def _nearest(found: Sequence[_Hit]) -> list[_Hit]:
    """Return the hits that are nearly as similar as the first; what only links others, if there is nothing else."""
    return [hit for hit in found if hit[2][0] == found[0][2][0] and hit[2][1] <= found[0][2][1] + _NEARLY_BEST]


def _rank(name: _Name, how: str) -> Rank:
    behind = max(0, name.standing - _BEHIND + 1)
    return behind, _PLACES[how], name.standing, _KINDS.index(name.kind), len(name.loose)


def _reason(name: _Name, how: str) -> str:
    return how if how in {"reading", "words", _TYPING} else name.kind
