"""What a question asks for: the entities it names, its cues and years, and the words that nothing accounts for."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from kg.asking.cues import TAKEN, blank, cue_words, may_be_passed, take_cues, words_left
from kg.asking.things import Name, is_whole, longest, name_of, partly_named
from kg.asking.values import Limit, first_in, limit_in, spelt_out, with_states, years_in
from kg.language.names import Vocabulary, find_named, fold, mend
from kg.language.similarity import STOP, polite

_BESIDE = 1  # unknown words that an answer may pass over
_WITHOUT_BEFORE = re.compile(
    r"(?:without|excluding|excl\.?|except(?: for)?|leaving out|apart from|other than|not counting|minus|but not)"
    r"(?:\s+(?:the|any|its))?\s*$"
)
_WITHOUT_AFTER = re.compile(
    r"^(?:予算|分|額)?(?:を|は)?(?:除(?:く|い|き)|以外|抜き|含まず|含めず|含めない|入れず|入れない)"
)


@dataclass(frozen=True)
class Asked:
    """A question taken apart. `left` are the content words that are neither names nor cues.

    `beside` are the words that an answer passes over and says so. `content` is the text without what only asks: what is
    left to look for in the documents.
    """

    text: str
    names: tuple[Name, ...]
    years: tuple[int, ...]
    what: frozenset[str]
    which: frozenset[str]
    topics: frozenset[str]
    left: tuple[str, ...]
    beside: tuple[str, ...] = ()
    content: str = ""
    without: tuple[Name, ...] = ()
    limit: Limit | None = None
    first: int | None = None

    def named(self, kind: str) -> list[str]:
        """Return the IRIs of a kind that the text names, in its order."""
        return [iri for name in self.names for iri in name.iris.get(kind, ())[:1]]


def take_apart(text: str, names: Vocabulary, words: Iterable[str]) -> Asked:
    """Return what a text asks for. `words` are the known English words, which typing errors are mended to."""
    folded = mend(spelt_out(fold(with_states(text))), frozenset(words) | cue_words())
    named = longest(find_named(folded, names.labels, STOP))
    years, rest = years_in(blank(folded, [(n.start, n.end) for n in named]))
    limit, rest = limit_in(rest)
    first = first_in(rest)
    out = [n for n in named if _WITHOUT_BEFORE.search(folded, 0, n.start) or _WITHOUT_AFTER.search(folded[n.end :])]
    found, rest, asking = take_cues(rest)
    kept = [n for n in named if n not in out]
    more, left, fewer = partly_named(folded, words_left(polite(rest)), kept, names)
    things = [*map(name_of, fewer), *more]
    beside = tuple(word for word in left if may_be_passed(word, folded, text))
    if len(beside) > _BESIDE or len(beside) < len(left):
        beside = ()
    if any(map(is_whole, things)):
        found.add(("topic", "total"))
    cues = {group: frozenset(name for g, name in found if g == group) for group in ("what", "which", "topic")}
    return Asked(
        folded,
        tuple(name for name in things if not is_whole(name)),
        years,
        cues["what"],
        cues["which"],
        cues["topic"],
        () if beside else left,
        beside,
        polite(blank(folded, asking).replace(TAKEN, " ")),
        tuple(map(name_of, out)),
        limit,
        first,
    )
