"""Who bears a name: the entities that an IRI, an id, a label, an identifier or a heading stands for."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

import pyoxigraph as ox

from kg import terms
from kg.paths import read_query
from kg.questions.kana import folded_latin, in_latin
from kg.questions.standing import most_meant
from kg.rdf.nodes import Term
from kg.stores.binding import bind
from kg.stores.embedded import Store

_LABELS = read_query("questions", "labels")
_NAMES = read_query("questions", "names")
_OTHER_NAMES = read_query("questions", "other-names")
_STANDS_FOR = read_query("questions", "stands-for")
_LARGE = str.maketrans("ァィゥェォッャュョヴ", "アイウエオツヤユヨブ")
_QUOTES = re.compile(r"^[\s\"'“”‘’「『]+|[\s\"'“”‘’」』?？。]+$")


@lru_cache(maxsize=16384)
def fold_name(text: str) -> str:
    """Return a name in the form used for comparison: NFKC, without case, white space and joining marks.

    >>> fold_name("Quantum-Security") == fold_name("quantum security")
    True
    >>> fold_name("量子ｾｷｭ")
    '量子セキュ'
    """
    return re.sub(r"[\s・\-–—_/、,.]+", "", unicodedata.normalize("NFKC", text).casefold())


@lru_cache(maxsize=16384)
def loose_name(text: str) -> str:
    """Return a name without any punctuation, in katakana, without long vowels and small kana; empty if nothing is left.

    >>> loose_name("「ぎがすくーる」") == loose_name("ギガスクール")
    True
    >>> loose_name("Digital Government (budget lines)")
    'digitalgovernmentbudgetlines'
    """
    folded = unicodedata.normalize("NFKC", text).casefold().replace("&", "and").replace("ー", "")
    katakana = "".join(chr(ord(c) + 96) if "ぁ" <= c <= "ゖ" else c for c in folded)
    return re.sub(r"[\W_]+", "", katakana).translate(_LARGE)


@dataclass(frozen=True)
class Known:
    """The entities of a class by IRI, and their names as pairs of IRI and name."""

    things: frozenset[str]
    names: tuple[tuple[str, str], ...]
    values: Mapping[str, Term]

    def spellings(self) -> list[str]:
        """Return all names and ids, sorted."""
        return sorted({name for _, name in self.names} | set(self.by_id))

    @cached_property
    def by_id(self) -> Mapping[str, list[str]]:
        """The entities by the last part of their IRI."""
        return _index((iri, terms.local_name(iri)) for iri in self.things)

    @cached_property
    def by_name(self) -> Mapping[str, list[str]]:
        """The entities by their folded names."""
        return _index((iri, fold_name(name)) for iri, name in self.names)

    @cached_property
    def by_loose_name(self) -> Mapping[str, list[str]]:
        """The entities by their loose names."""
        return _index((iri, loose_name(name)) for iri, name in self.names)

    @cached_property
    def by_sound(self) -> Mapping[str, list[str]]:
        """The entities by their names in kana, written in Latin letters."""
        return _index((iri, in_latin(name)) for iri, name in self.names if not name.isascii())


def _index(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for iri, key in pairs:
        found.setdefault(key, []).append(iri)
    return found


def known_names(cls: str | None, store: Store) -> Known:
    """Return the entities of a class (a CURIE; None: any) and their labels in both languages."""
    full = terms.expand(cls) if cls else None
    values: dict[str, Term] = {"class": ox.NamedNode(full)} if full else {}
    rows = [(thing, name) for thing, name in store.select(bind(_NAMES, values)).rows if isinstance(thing, ox.NamedNode)]
    names = {(thing.value, name.value) for thing, name in rows if isinstance(name, ox.Literal)}
    return Known(frozenset(thing.value for thing, _ in rows), tuple(sorted(names)), values)


def bearers(text: str, known: Known, store: Store) -> list[str]:
    """Return the IRIs of the entities that people mean by `text`, sorted; several only if none is meant before others.

    An IRI or an id comes before a label, a label before an identifier or a printed form, these before the name of
    something that stands for an entity of the class, such as a heading for the part of a strategy under it.
    """
    if is_iri(text):
        iri = terms.expand(text) or text
        return [iri] if iri in known.things else _loosely(text, known, store)
    if (path := _path(text)) in known.things:
        return [path]
    by_id = known.by_id.get(text, [])
    if len(by_id) == 1:
        return by_id
    wanted = fold_name(text)
    same = set(known.by_name.get(wanted, ()))
    found = most_meant({*by_id, *same}, store)
    if len(found) > 1:
        exact = {iri for iri, name in known.names if iri in same and name == text} & set(found)
        called = _called(exact or set(found), wanted, store) or exact
        found = sorted(called) if len(called) == 1 else found
    return found or _loosely(text, known, store) or _stand_ins(text, known, store)


def _called(things: set[str], wanted: str, store: Store) -> set[str]:
    """Return those of the entities for which this is the name itself, not another name."""
    rows = store.select(_LABELS % " ".join(f"<{iri}>" for iri in sorted(things))).rows
    return {
        thing.value
        for thing, label in rows
        if isinstance(thing, ox.NamedNode) and isinstance(label, ox.Literal) and fold_name(label.value) == wanted
    }


def _path(text: str) -> str:
    """Return the IRI of an id with its kind, such as institution/mic, or programme:q-leap as in Turtle."""
    return terms.ID + text.strip().replace(":", "/", 1)


def is_iri(text: str) -> bool:
    """Return whether a text is a web address, or a CURIE with a prefix of the dataset."""
    return bool(re.match(r"https?://", text)) or bool(re.fullmatch(r"[a-z]+:[\w./-]+", text) and terms.expand(text))


def _loosely(text: str, known: Known, store: Store) -> list[str]:
    """Return the bearers of a name in another spelling or by its reading, of an identifier, or of a printed form."""
    bare = _QUOTES.sub("", text)
    wanted = loose_name(bare)
    if not wanted:
        return []
    if found := known.by_loose_name.get(wanted):
        return most_meant(set(found), store)
    if (latin := in_latin(bare) or folded_latin(bare)) and (found := known.by_sound.get(latin)):
        return most_meant(set(found), store)
    rows = store.select(bind(_OTHER_NAMES, known.values)).rows
    ranked: dict[str, set[str]] = {}
    for thing, name, rank in rows:
        if isinstance(thing, ox.NamedNode) and isinstance(name, ox.Literal) and loose_name(name.value) == wanted:
            ranked.setdefault(str(rank), set()).add(thing.value)
    by_id = {iri for iri in known.things if loose_name(terms.local_name(iri)) == wanted}
    return most_meant(by_id or ranked[min(ranked)] if by_id or ranked else set(), store)


def _stand_ins(text: str, known: Known, store: Store) -> list[str]:
    """Return the entities of the class that bearers of another class stand for."""
    if not known.values:
        return []
    wanted = loose_name(text)
    everything = known_names(None, store)
    others = set(everything.by_id.get(text, ())) | set(everything.by_loose_name.get(wanted, ()))
    others |= everything.things & {_path(text)}
    if not others:
        return []
    query = _STANDS_FOR % " ".join(f"<{iri}>" for iri in sorted(others))
    return most_meant(set(_iris(store.select(bind(query, known.values)).rows)), store)


def _iris(rows: Iterable[tuple[Term | None, ...]]) -> list[str]:
    return [cell.value for row in rows for cell in row if isinstance(cell, ox.NamedNode)]
