"""The entities that a text names: by a whole name, or by words that only one name holds."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kg import terms
from kg.language.names import Named, Vocabulary, squash
from kg.language.similarity import stem

_PARTLY = ("programme", "hub", "indicator", "institution")
_FREE = ("domain", "purpose", "theme", "strategy-part", "measure")  # kinds that may be part of a longer name
_THINGS = {*_PARTLY, *_FREE, "strategy", "panel", "hub-kind", "account", "cost-category", "frame", "phase", "evidence"}
_JOINT = 2  # characters between a name and the next, such as the's
_BETWEEN = 5  # characters between two domains that a longer name holds, such as を使った
_HUB = re.compile(r"拠点|\bhubs?\b")
_ENDS = re.compile(r"(?<=..)(?:向け?|用|型|系|等)$")  # Japanese endings that are no part of a name
_LETTERS, _CHARACTERS = 10, 4  # as long must the words be that stand for a longer name, in English and in Japanese


@dataclass(frozen=True)
class Name:
    """An entity named in the text: its IRIs by kind (`institution`, `programme`, …), and its place.

    `asked` says that it is asked for, `against` that something is compared with it.
    """

    start: int
    end: int
    iris: Mapping[str, tuple[str, ...]]
    asked: bool = False
    against: bool = False

    def is_a(self, kind: str) -> bool:
        """Return whether one of its bearers is of a kind."""
        return kind in self.iris


def longest(named: Sequence[Named]) -> list[Named]:
    """Return the names that do not overlap, the longest first choice; bearers of one place together.

    Other entries of code lists (currencies, extents …) have names that are everyday words: they count as words.
    """
    taken: list[Named] = []
    for name in (replace(n, bearers=_things(n)) for n in named if _things(n)):
        same = next((i for i, t in enumerate(taken) if (t.start, t.end) == (name.start, name.end)), None)
        if same is not None:
            taken[same] = Named(name.start, name.end, (*taken[same].bearers, *name.bearers))
        elif not any(name.start < t.end and t.start < name.end for t in taken):
            taken.append(name)
    return sorted(taken, key=lambda n: n.start)


def outermost(named: Sequence[Named], above: Mapping[str, frozenset[str]]) -> list[Named]:
    """Return the names without those of a whole that stands right before its part, as in `RIKEN AIP Center`."""

    def is_whole_of(one: Named, other: Named) -> bool:
        near = 0 <= other.start - one.end <= _JOINT
        wholes = {iri for iri, _ in one.bearers}
        return near and all(wholes & above.get(iri, frozenset()) for iri, _ in other.bearers)

    return [one for one in named if not any(is_whole_of(one, other) for other in named if other is not one)]


def _things(named: Named) -> tuple[tuple[str, frozenset[str]], ...]:
    return tuple((iri, of) for iri, of in named.bearers if _kind_of(iri) in _THINGS)


def name_of(named: Named) -> Name:
    """Return a name with its bearers by kind; a government body is an institution and a ministry."""
    iris: dict[str, list[str]] = {}
    for iri, classes in named.bearers:
        kind = _kind_of(iri)
        iris.setdefault(kind, []).append(iri)
        if kind == "institution" and "is:GovernmentBody" in classes:
            iris.setdefault("ministry", []).append(iri)
    return Name(named.start, named.end, {kind: tuple(each) for kind, each in iris.items()})


def is_whole(name: Name) -> bool:
    """Return whether a name means the total, as 総額 does: neither an account nor a frame."""
    return any(iri.endswith("/frame/whole") for iri in name.iris.get("frame", ()))


def partly_named(
    folded: str, left: tuple[str, ...], named: Sequence[Named], names: Vocabulary
) -> tuple[list[Name], tuple[str, ...], list[Named]]:
    """Return the one entity whose names hold all words that nothing accounts for, the words left then, and the names.

    Names of domains and the like that stand beside these words may be a part of the longer name.
    """
    own = _squashed_names(named, names)
    left = tuple(w for w in left if not any(squash(w) in name for name in own))
    free = [n for n in named if all(_kind_of(iri) in _FREE for iri, _ in n.bearers)]
    if not left and not _side_by_side(free):
        return [], left, list(named)
    words = [squash(stem(w) if w.isascii() else _ENDS.sub("", w)) for w in left]
    beside = [squash(folded[n.start : n.end]) for n in free]
    for wanted, dropped in ((words + beside, free), (words, [])):
        bearers = _bearers(wanted, names) if wanted else {}
        hubs = {iri: of for iri, of in bearers.items() if _kind_of(iri) == "hub"}
        if hubs and _HUB.search(folded):
            bearers = hubs
        if len(bearers) == 1 or (bearers and all(_kind_of(iri) == "indicator" for iri in bearers)):
            enough = sum(map(len, words or wanted)) >= _LETTERS or (
                not wanted[0].isascii() and sum(map(len, wanted)) >= _CHARACTERS
            )
            only_hub = _HUB.search(folded) and all(_kind_of(iri) == "hub" for iri in bearers)
            indicator = len("".join(wanted)) > 1 and any(_kind_of(iri) == "indicator" for iri in bearers)
            if enough or only_hub or indicator:
                more = [name_of(Named(0, 0, ((iri, of),))) for iri, of in bearers.items()]
                return more, (), [n for n in named if n not in dropped]
    return [], left, list(named)


def _side_by_side(named: Sequence[Named]) -> bool:
    """Return whether two names stand close enough to be parts of one name; domains need not stand side by side."""

    def is_near(one: Named, other: Named) -> bool:
        both = all(_kind_of(iri) == "domain" for name in (one, other) for iri, _ in name.bearers)
        return 0 <= other.start - one.end <= (_BETWEEN if both else 1)

    return any(is_near(one, other) for one in named for other in named if other is not one)


def _squashed_names(named: Sequence[Named], names: Vocabulary) -> list[str]:
    """Return all names of the entities that a text names, in the form for comparison."""
    iris = {iri for name in named for iri, _ in name.bearers}
    return [known.squashed for known in names.labels if any(iri in iris for iri, _ in known.bearers)] if iris else []


def _bearers(words: Sequence[str], names: Vocabulary) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for known in names.labels:
        if all(w in known.squashed for w in words):
            found |= {iri: of for iri, of in known.bearers if _kind_of(iri) in _PARTLY}
    return found


def _kind_of(iri: str) -> str:
    return iri.removeprefix(terms.ID).split("/")[0]
