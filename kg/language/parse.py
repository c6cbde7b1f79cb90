"""What a question asks for: the things it names, its cues and years, and the words that nothing accounts for."""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kg import terms
from kg.language.names import Named, Vocabulary, find_named, fold, mend, squash, take_years
from kg.language.similarity import STOP, polite, stem

_CUES = Path(__file__).with_name("cues.toml")
_BILLION, _OKU, _TRILLION, _CHO = 10**9, 10**8, 10**12, 10**12
_LIMIT = re.compile(
    r"(?P<more>more than|over|above|at least|exceed(?:s|ing)?|greater than|larger than|upwards of|beyond)?"
    r"(?P<less>less than|under|below|at most|smaller than|up to)?\s*[¥￥]?\s*"
    r"(?P<number>[0-9][0-9,]*(?:\.[0-9]+)?)\s*(?P<unit>trillion|billion|bn|million|oku|兆|億|百万)(?:[\s-]*(?:yen|円))?\s*"
    r"(?P<after>(?:or more|or less|以上|以下|未満|を?超え?る?|を?上回る?|より多い|超|を下回る?)?)"
)
_UNITS = {"trillion": _TRILLION, "billion": _BILLION, "bn": _BILLION, "million": 10**6, "oku": _OKU}
_UNITS |= {"兆": _CHO, "億": _OKU, "百万": 10**6}
_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}
_FIRST = re.compile(
    r"(?:top|first|largest|biggest|bottom|smallest|highest|lowest|上位|下位|トップ|ベスト|ワースト)\s*(?:the\s+)?"
    r"(?P<n>[0-9]{1,2}|" + "|".join(_NUMBERS) + r")(?![0-9])(?:つ|件|位|省|所管|府省)?"
    r"|(?P<m>[0-9]{1,2}|" + "|".join(_NUMBERS) + r")\s+(?=(?:largest|biggest|smallest|highest|lowest|most))"
)
_RUN = re.compile(r"[a-z][a-z0-9&'’-]*|[\u30a1-\u30ff\u3400-\u9fff々]+")
_TAKEN = "\x00"
_MOVING = ("top", "bottom", "change", "difference", "compare")  # wants that may name a rise or a fall
_ASKING = frozenset(
    {"list", "yesno", "reason", "definition", "amount", "date", "who", "place", "compare", "count", "document", "before"}
)  # cues that only ask; the others may also stand in a passage
_US = re.compile(r"(?<![A-Za-z])U\.?S\.?(?:A\.?)?(?![A-Za-z])")  # in small letters it is the word us
_WITHOUT_BEFORE = re.compile(
    r"(?:without|excluding|excl\.?|except(?: for)?|leaving out|apart from|other than|not counting|minus|but not|ignoring)"
    r"(?:\s+(?:the|any|its))?\s*$"
)
_WITHOUT_AFTER = re.compile(
    r"^(?:予算|分|額)?(?:を|は)?(?:除(?:く|い|き)|以外|抜き|含まず|含めず|含めない|入れず|入れない)"
)
_RATE = re.compile(r"率|パーセント|[%％]|percent|per cent|growth rate|fastest|in relative|times over|倍")


@dataclass(frozen=True)
class Name:
    """A thing named in the text: its IRIs by kind (`institution`, `programme`, …), and its place."""

    start: int
    end: int
    iris: Mapping[str, tuple[str, ...]]

    def is_a(self, kind: str) -> bool:
        """Return whether one of its bearers is of a kind."""
        return kind in self.iris


@dataclass(frozen=True)
class Limit:
    """A bound on amounts in yen, such as `over 100 billion yen`."""

    yen: int
    more: bool


@dataclass(frozen=True)
class Asked:
    """A question taken apart. `left` are the content words that are neither names nor cues.

    `content` is the text without what only asks: what is left to look for in the documents.
    """

    text: str
    names: tuple[Name, ...]
    years: tuple[int, ...]
    what: frozenset[str]
    which: frozenset[str]
    topics: frozenset[str]
    left: tuple[str, ...]
    content: str = ""
    without: tuple[Name, ...] = ()
    limit: Limit | None = None
    first: int | None = None

    def named(self, kind: str) -> list[str]:
        """Return the IRIs of a kind that the text names, in its order."""
        return [iri for name in self.names for iri in name.iris.get(kind, ())[:1]]


@lru_cache(maxsize=1)
def _cues() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    read = tomllib.loads(_CUES.read_text(encoding="utf-8"))
    return tuple(
        (
            group,
            name,
            re.compile(rf"(?<![a-z0-9])(?:{texts['en'].strip()})(?![a-z0-9])|(?:{texts['ja'].strip()})"),
        )
        for group, cues in read.items()
        for name, texts in cues.items()
        if name != "filler"
    )


def take_apart(text: str, names: Vocabulary, words: Iterable[str]) -> Asked:
    """Return what a text asks for. `words` are the known English words, which typing errors are mended to."""
    folded = mend(spelt_out(fold(_US.sub("United States", text))), frozenset(words) | _cue_words())
    named = _longest(find_named(folded, names.labels, STOP))
    rest = _blank(folded, [(n.start, n.end) for n in named])
    years, rest = _take_years(rest)
    limit, rest = _take_limit(rest)
    first, rest = _take_first(rest)
    out = [n for n in named if _WITHOUT_BEFORE.search(folded, 0, n.start) or _WITHOUT_AFTER.search(folded[n.end :])]
    named = [n for n in named if n not in out]
    found, rest, asking = _take_cues(rest)
    left = tuple(dict.fromkeys(w for run in _RUN.findall(polite(rest)) if (w := _plain(run))))
    content = polite(_blank(folded, asking).replace(_TAKEN, " "))
    by = {group: set(name for g, name in found if g == group) for group in ("what", "which", "topic")}
    more, left, fewer = _partly_named(folded, left, named, names)
    found_names = [*map(_name, fewer), *more]
    if any(_is_whole(name) for name in found_names):  # 総額: neither an account nor a frame, but the total
        found_names = [name for name in found_names if not _is_whole(name)]
        by["topic"] |= {"total"}
    return Asked(
        folded,
        tuple(found_names),
        tuple(years),
        frozenset(by["what"]),
        frozenset(by["which"]),
        frozenset(by["topic"]),
        left,
        content,
        tuple(map(_name, out)),
        limit,
        first,
    )


_PARTLY = ("programme", "hub", "indicator", "institution")
_FREE = ("domain", "purpose", "theme", "strategy-part", "measure")  # kinds that may be part of a longer name


def _is_whole(name: Name) -> bool:
    return any(iri.endswith("/frame/whole") for iri in name.iris.get("frame", ()))


def _partly_named(
    folded: str, left: tuple[str, ...], named: Sequence[Named], names: Vocabulary
) -> tuple[list[Name], tuple[str, ...], list[Named]]:
    """Return the one thing whose names hold all words that nothing accounts for, the words left then, and the names.

    Names of domains and the like that stand beside these words may be a part of the longer name.
    """
    own = _squashed_names(named, names)
    left = tuple(w for w in left if not any(squash(w) in name for name in own))
    if not left:
        return [], left, list(named)
    words = [squash(stem(w) if w.isascii() else w) for w in left]
    free = [n for n in named if all(_kind_of(iri) in _FREE for iri, _ in n.bearers)]
    beside = [squash(folded[n.start : n.end]) for n in free]
    for wanted, dropped in ((words + beside, free), (words, [])):
        bearers = _bearers(wanted, names)
        if len(bearers) == 1 or (bearers and all(_kind_of(iri) == "indicator" for iri in bearers)):
            enough = sum(len(w) for w in words) >= 10 or (not words[0].isascii() and sum(map(len, wanted)) >= 4)
            if enough or any(_kind_of(iri) == "indicator" for iri in bearers):
                more = [_name(Named(0, 0, ((iri, of),))) for iri, of in bearers.items()]
                return more, (), [n for n in named if n not in dropped]
    return [], left, list(named)


def _squashed_names(named: Sequence[Named], names: Vocabulary) -> list[str]:
    """Return all names of the things that a text names, in the form for comparison."""
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


def _plain(run: str) -> str:
    """Return a word that nothing accounts for, without endings; nothing for a word that says nothing of its own."""
    word = run.strip("'’-・")
    word = re.sub(r"['’]s?$", "", word)
    if not word or word in STOP or word == "s" or _numeral(word):
        return ""
    return "" if _filler().fullmatch(word) else word


def _numeral(word: str) -> bool:
    return word in _NUMBERS or bool(re.fullmatch(r"[一二三四五六七八九十]+(?:つ|位|番)?", word))


@lru_cache(maxsize=1)
def _filler() -> re.Pattern[str]:
    """Return the pattern of words that consist of characters that say nothing of their own."""
    read = tomllib.loads(_CUES.read_text(encoding="utf-8"))["topic"]["filler"]
    return re.compile(rf"(?:{read['ja'].strip()})+|(?:{read['en'].strip()})")


_SHORT_FORMS = (
    (re.compile(r"\b(what|where|who|how|that|it|there|here|when)['’]?s\b(?!['’])"), r"\1 is"),
    (re.compile(r"\b(is|are|was|were|do|does|did|has|have|can|could|should|would)n['’]?t\b"), r"\1 not"),
    (re.compile(r"\byrs?\b"), "year"),
    (re.compile(r"\bdocs?\b"), "document"),
    (re.compile(r"\bmaths?\b"), "mathematics"),
    (re.compile(r"\bgov(?:t|'t)?\b"), "government"),
    (re.compile(r"\b(?:i\.?e\.?|e\.?g\.?|etc)(?![a-z])\.?"), " "),
    (re.compile(r"\bundergrad\b"), "undergraduate"),
)


def spelt_out(folded: str) -> str:
    """Return a folded text with the short forms of everyday English written out.

    >>> spelt_out("what's new and why isn't it in the doc")
    'what is new and why is not it in the document'
    """
    for pattern, full in _SHORT_FORMS:
        folded = pattern.sub(full, folded)
    return folded


@lru_cache(maxsize=1)
def _cue_words() -> frozenset[str]:
    return frozenset(w for _, _, pattern in _cues() for w in re.findall(r"[a-z]{4,}", pattern.pattern))


def _name(named: Named) -> Name:
    iris: dict[str, list[str]] = {}
    for iri, classes in named.bearers:
        kind = _kind_of(iri)
        iris.setdefault(kind, []).append(iri)
        if kind == "institution" and "is:GovernmentBody" in classes:
            iris.setdefault("ministry", []).append(iri)
    return Name(named.start, named.end, {kind: tuple(each) for kind, each in iris.items()})


def _longest(named: Sequence[Named]) -> list[Named]:
    """Return the names that do not overlap, the longest first choice; bearers of one place together."""
    taken: list[Named] = []
    for name in named:
        same = next((i for i, t in enumerate(taken) if (t.start, t.end) == (name.start, name.end)), None)
        if same is not None:
            taken[same] = Named(name.start, name.end, (*taken[same].bearers, *name.bearers))
        elif not any(name.start < t.end and t.start < name.end for t in taken):
            taken.append(name)
    return sorted(taken, key=lambda n: n.start)


def _blank(text: str, spans: Iterable[tuple[int, int]]) -> str:
    chars = list(text)
    for start, end in spans:
        chars[start:end] = _TAKEN * (end - start)
    return "".join(chars)


def _take_years(text: str) -> tuple[list[int], str]:
    years, rest = take_years(text)
    return list(dict.fromkeys(years)), rest.replace("#", _TAKEN)


def _take_limit(text: str) -> tuple[Limit | None, str]:
    for match in _LIMIT.finditer(text):
        after = match["after"]
        less = bool(match["less"]) or after in ("or less", "以下", "未満") or "下回" in after
        if match["more"] or less or after:
            yen = round(float(match["number"].replace(",", "")) * _UNITS[match["unit"]])
            return Limit(yen, not less), _blank(text, [match.span()])
    return None, text


def _take_first(text: str) -> tuple[int | None, str]:
    match = _FIRST.search(text)
    if match is None:
        return None, text
    said = match["n"] or match["m"]
    return _NUMBERS.get(said) or int(said), text


def _take_cues(text: str) -> tuple[set[tuple[str, str]], str, list[tuple[int, int]]]:
    """Return the cues in a text, the longest at each place, the text without them, and the places that only ask."""
    matches = [
        (match.end() - match.start(), -order, match.start(), match.end(), group, name)
        for order, (group, name, pattern) in enumerate(_cues())
        for match in pattern.finditer(text)
        if match.end() > match.start()
    ]
    found: set[tuple[str, str]] = set()
    taken: list[tuple[int, int]] = []
    asking: list[tuple[int, int]] = []
    for _, _, start, end, group, name in sorted(matches, reverse=True):
        if not any(start < e and s < end for s, e in taken):
            taken.append((start, end))
            found.add((group, name))
            asking += [(start, end)] if name in _ASKING else []
    inside = [(s, e) for _, _, s, e, g, n in matches if g == "what" and n in _MOVING and (s, e) in taken]
    for _, _, start, end, group, name in matches:
        if name in ("rose", "fell") and any(s <= start and end <= e for s, e in inside):
            found.add((group, name))
    if _RATE.search(text):
        found.add(("which", "rate"))
        if ("topic", "total") in found and not found & {("what", n) for n in ("top", "bottom", "change", "rank")}:
            found.add(("what", "share"))
    return found, _blank(text, taken), asking
