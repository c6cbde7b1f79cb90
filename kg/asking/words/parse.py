"""What a question asks for: the entities it names, its cues and years, and the words that nothing accounts for."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from kg.asking.words.cues import TAKEN, blank, cue_words, is_essential, may_be_passed, take_cues, words_left
from kg.asking.words.things import Name, is_whole, longest, name_of, outermost, partly_named
from kg.asking.words.values import (
    Bound,
    bounds_in,
    figures_in,
    first_in,
    place_in,
    preambles,
    spelt_out,
    with_states,
    years_in,
)
from kg.language.names import Vocabulary, find_named, fold, mend
from kg.language.similarity import STOP, polite

_BESIDE, _BESIDE_EXACT = 1, 2  # unknown words that an answer may pass over; the second if one entity is named exactly
_EXACT = ("programme", "hub", "indicator", "ministry", "cost-category", "account")
_ASKED_FOR = re.compile(r"(?:which|what|whose|how many|(?:number|names?|list|count) of(?: the)?|どの|何の)\s+$")
_NOUN_NEXT = re.compile(
    r"\s*(?:の|[a-z-]* ?(?:line|project|program|measure|item|hub|strateg|domain|area|budget|part|step))"
)
_COLUMN = re.compile(r"\s*(?:の?(?:欄|枠|箱|表|パネル|見出し)|(?:box|panel|section|heading|column))")
_NOT_CEILING = re.compile(
    r"(?:内数|上限)(?:で|では|じゃ)?[はも]?(?:ない|なく|なし)"
    r"|\bnot (?:just |only |merely )?(?:an? )?(?:ceiling|cap)|no ceiling"
)
_MEMBERS = re.compile(
    r"(?:[2-9]|[二三四五六七八九])つ|\b(?:the|all|which|what) (?:two|three|four|five|six|seven|eight)\b"
)
_MORE_THAN = re.compile(
    r"\b(?:more|less|larger|smaller|bigger|higher|lower)\b[^?.]*"
    r"\bthan\b(?! (?:last|in|it|before|the (?:year|prev|last)))"
)
_GROUP = re.compile(r"(?:domains|areas|fields)$|領域$")  # a name that stands for its members
_MOVED = {"rose", "fell"}
_SHARE = re.compile(r"\b(?:share|proportion|fraction)|割合|シェア|比率|占め")
_THAN_BEFORE = re.compile(r"(?:\bthan|versus|\bvs\.?|against|compared (?:to|with))(?: the| a| that of| those of)*\s+$")
_THAN_AFTER = re.compile(r"(?:より|と比べ|に比べ|と比較|との差)")
_WITHOUT_BEFORE = re.compile(
    r"(?:without|excluding|excl\.?|except(?: for)?|leaving out|apart from|other than|not counting|minus|but not"
    r"|not(?= the suppl))"
    r"(?:\s+(?:the|any|its))?\s*$"
)
_WITHOUT_AFTER = re.compile(
    r"^(?:予算|分|額)?(?:を|は)?(?:除(?:く|い|き)|以外|抜き|含まず|含めず|含めない|入れず|入れない)"
)


@dataclass(frozen=True)
class Asked:
    """A question taken apart. `left` are the content words that are neither names nor cues.

    `beside` are the words that an answer passes over and says so. `content` is the text without what only asks: what is
    left to look for in the documents. `stopped` says that an unknown word changes what is asked, so that no answer may
    pass over it. `figures` are those that no bound accounts for: an answer has to show them.
    `place` is that in a ranking: 2 for the second largest.
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
    bounds: tuple[Bound, ...] = ()
    first: int | None = None
    stopped: bool = False
    figures: tuple[str, ...] = ()
    place: int | None = None

    def named(self, kind: str) -> list[str]:
        """Return the IRIs of a kind that the text names, in its order."""
        return [iri for name in self.names for iri in name.iris.get(kind, ())[:1]]


def take_apart(text: str, names: Vocabulary, words: Iterable[str]) -> Asked:
    """Return what a text asks for. `words` are the known English words, which typing errors are mended to."""
    folded = mend(spelt_out(fold(with_states(text))), frozenset(words) | cue_words())
    said = longest(find_named(folded, names.labels, STOP))
    named = outermost(said, names.above)
    spoken = [
        (start, end) for start, end in preambles(folded) if not any(start < n.end and n.start < end for n in said)
    ]
    bounds, rest = bounds_in(blank(folded, [*spoken, *((n.start, n.end) for n in said)]))
    out = [n for n in named if _WITHOUT_BEFORE.search(folded, 0, n.start) or _WITHOUT_AFTER.search(folded[n.end :])]
    rest = blank(rest, [m.span() for n in out if (m := _WITHOUT_BEFORE.search(folded, 0, n.start))])
    years, rest = years_in(rest)
    first = first_in(rest)
    place, rest = place_in(rest)
    found, rest, asking = take_cues(rest)
    kept = [n for n in named if n not in out]
    if any(name_of(n).is_a("phase") for n in kept):
        out = [n for n in out if not name_of(n).is_a("phase")]  # the other phase is said already
    unknown = words_left(polite(rest))
    more, left, fewer = partly_named(folded, unknown, kept, names)
    if any(is_essential(word, folded, text) for word in unknown if word not in left) and more:
        more, left, fewer = [], unknown, kept  # such a word is no part of a name
    things = _as_asked([name_of(n) for n in fewer], folded) + more
    if any(map(is_whole, things)):
        found.add(("topic", "total"))
    cues = {group: frozenset(name for g, name in found if g == group) for group in ("what", "which", "topic")}
    if _NOT_CEILING.search(folded):
        cues["which"] = cues["which"] - {"none"} | {"ceiling", "except"}
    cues["what"] = _wants(cues["what"], cues["which"], folded)
    if cues["what"] == {"list"} and any(_GROUP.search(folded[n.start : n.end]) for n in things if n.is_a("domain")):
        cues["what"], cues["topic"] = frozenset({"definition"}), cues["topic"] - {"budget"} | {"area"}
    terms = {iri for thing in things for iri in thing.iris.get("cost-category", ())}
    if len(terms) > 1 and "difference" in cues["what"] and not cues["what"] & {"amount", "sum"}:
        cues["what"] = cues["what"] - {"difference"} | {"definition"}  # of terms, not of amounts
    beside = tuple(w for w in left if may_be_passed(w, folded, text) and w not in names.words)
    most = _BESIDE_EXACT if any(thing.is_a(kind) for thing in things for kind in _EXACT) else _BESIDE
    alone = sum(not thing.is_a("cost-category") for thing in things) < 2 and cues["what"] & {
        "compare",
        "difference",
        "ratio",
    }  # the other one may be the unknown word
    if len(beside) > most or len(beside) < len(left) or alone:
        beside = ()
    return Asked(
        folded,
        tuple(name for name in things if not is_whole(name)),
        years,
        cues["what"],
        cues["which"],
        cues["topic"],
        () if beside else left,
        beside,
        polite(blank(folded, [*spoken, *asking]).replace(TAKEN, " ")),
        tuple(map(name_of, out)),
        bounds,
        first,
        any(is_essential(word, folded, text) for word in left),
        figures_in(rest),
        place,
    )


def _as_asked(names: Iterable[Name], folded: str) -> list[Name]:
    """Return names that say whether they are what a text asks for, as `startups` in `which (quantum) startups`.

    A name before the word for a column of a table is the heading, not the domain of the same name.
    """
    found: list[Name] = []
    for each in names:
        name = each
        if _COLUMN.match(folded, name.end) and name.is_a("strategy-part"):
            name = replace(name, iris={kind: iris for kind, iris in name.iris.items() if kind != "domain"})
        start = name.start
        if found and 0 < start - found[-1].end <= 1 and folded[found[-1].end] == " ":
            start = found[-1].start  # which the name before only describes
        asked = _ASKED_FOR.search(folded, 0, start) and not _NOUN_NEXT.match(folded, name.end)
        against = _THAN_BEFORE.search(folded, 0, name.start) or _THAN_AFTER.match(folded, name.end)
        found.append(replace(name, asked=bool(asked), against=bool(against)))
    return found


def _wants(what: frozenset[str], which: frozenset[str], folded: str) -> frozenset[str]:
    """Return the wants without those that other words of the text rule out."""
    out: set[str] = set()
    if _MEMBERS.search(folded):
        out.add("definition")  # the three of something are its members
    if {"amount"} <= what and "rate" in which and not which & {*_MOVED, "before"} and "change" not in what:
        what = what - {"amount"} | {"share"}
    if "change" in what and _MORE_THAN.search(folded):
        what = what - {"change"} | {"difference"}
    percent = "rate" in which and re.search(r"percent|per cent|[%％]|パーセント", folded) and "率" not in folded
    if percent and what <= {"yesno", "list", "who"} and not which & {*_MOVED, "before"}:
        what = what | {"share"}
    if (
        "share" in what
        and not _SHARE.search(folded)
        and (which & _MOVED or ("before" in which and what & {"compare", "difference"}))
    ):
        out.add("share")  # a percentage of change
    found = what - out
    return found | {"list"} if "definition" in out & what else found
