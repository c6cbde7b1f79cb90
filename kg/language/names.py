"""Find the entities and years that a text names, in any spelling and despite typing errors."""

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from kg import terms
from kg.errors import likeness, nearest
from kg.paths import read_query
from kg.stores.embedded import Store

_LABELS = read_query("language", "labels")
_CODES = read_query("language", "codes")
_ABOVE = read_query("language", "above")
CODE = "code"  # marks the entries of code lists, which questions about any entity do not include
# Classes that only questions about any entity ask about.
_ALSO = ("is:Document", "is:Hub")
_ERAS = {"令和": 2018, "平成": 1988, "r": 2018, "h": 1988}
_MARKS = " -‐–—―_/・、,.'’ー"  # spaces and joining marks, by which names do not differ
_SMALL, _LARGE = "ぁぃぅぇぉっゃゅょァィゥェォッャュョヴ", "あいうえおつやゆよアイウエオツヤユヨブ"
_JOINED = str.maketrans(_SMALL, _LARGE, _MARKS)
_KATAKANA = "".join(map(chr, range(ord("ァ"), ord("ヶ") + 1)))
_HIRAGANA = str.maketrans(_KATAKANA, "".join(chr(ord(katakana) - 0x60) for katakana in _KATAKANA))
_SQUASHED = {**_HIRAGANA, **_JOINED, **{k: _HIRAGANA.get(v, v) for k, v in _JOINED.items() if v is not None}}
_MACRONS = str.maketrans("āīūēōâîûêô", "aiueoaiueo")  # long vowels of romaji
_BETWEEN = re.compile(r"(?<=[a-z0-9]) ?の ?(?=[a-z])")
_NEAR, _NEAR_SHORT, _NEAR_JA, _SHORT_WORD, _SHORT_JA = 0.82, 0.88, 0.85, 3, 6
_WORD = re.compile(r"(?<![a-z0-9&])[a-z]+(?![a-z0-9&])")
_POSSESSIVE = re.compile(r"(?:['’]?s)?(?![a-z0-9])")


@dataclass(frozen=True)
class KnownName:
    """One name: its squashed form for searching, and the entities with this name, each with its classes (CURIEs)."""

    squashed: str
    bearers: tuple[tuple[str, frozenset[str]], ...]


@dataclass(frozen=True)
class Named:
    """A name found in a folded text, from `start` to `end`, and the entities that it may mean."""

    start: int
    end: int
    bearers: tuple[tuple[str, frozenset[str]], ...]


@dataclass(frozen=True)
class Vocabulary:
    """The known names, their words, the number of entities in each class, and what each entity is part of."""

    labels: tuple[KnownName, ...]
    words: frozenset[str]
    sizes: dict[str, int]
    above: dict[str, frozenset[str]]


def fold(text: str) -> str:
    """Return a text as it is compared: NFKC, lower case, no macrons, single spaces; no の between English words.

    >>> fold("NICT の operating grant")
    'nict operating grant'
    >>> fold("Quantum-Security　の事業")
    'quantum-security の事業'
    """
    if text.isascii():
        return " ".join(text.lower().split())
    folded = " ".join(unicodedata.normalize("NFKC", text).casefold().split()).translate(_MACRONS)
    return _BETWEEN.sub(" ", folded) if "の" in folded else folded


def join(folded: str) -> str:
    """Return a folded text without spaces and joining marks, with small kana made large.

    >>> join("コンピューター") == join("コンピュータ")
    True
    """
    return folded.translate(_JOINED)


def squash(folded: str) -> str:
    """Return a folded text in the form in which names are compared: joined, and in hiragana for katakana.

    >>> squash("グローバル") == squash("ぐろーばる")
    True
    """
    return folded.translate(_SQUASHED)


def vocabulary(classes: Collection[str], store: Store) -> Vocabulary:
    """Return the names of entities of the given classes (CURIEs), and of documents and hubs."""
    wanted = sorted({*classes, *_ALSO})
    full = {terms.expand(c): c for c in wanted}
    found = store.select(_LABELS % " ".join(f"<{iri}>" for iri in full)).rows
    codes = {code.value for (code,) in store.select(_CODES).rows if isinstance(code, ox.NamedNode)}
    classes_of: dict[str, set[str]] = {}
    bearers: dict[str, set[str]] = {}
    words: set[str] = set()
    for thing, label, cls in found:
        if isinstance(thing, ox.NamedNode) and isinstance(label, ox.Literal) and isinstance(cls, ox.NamedNode):
            code = thing.value in codes
            classes_of.setdefault(thing.value, {CODE} if code else set()).add(full[cls.value])
            for form in {*_forms(label.value, code)}:
                words.update(_WORD.findall(form))
                bearers.setdefault(squash(form), set()).add(thing.value)
    kinds = {iri: frozenset(of) for iri, of in classes_of.items()}
    labels = [KnownName(s, tuple((i, kinds[i]) for i in sorted(b))) for s, b in sorted(bearers.items()) if len(s) > 1]
    sizes = {c: sum(c in of for of in kinds.values()) for c in wanted}
    above: dict[str, set[str]] = {}
    for thing, whole in store.select(_ABOVE).rows:
        if isinstance(thing, ox.NamedNode) and isinstance(whole, ox.NamedNode) and thing != whole:
            above.setdefault(thing.value, set()).add(whole.value)
    return Vocabulary(tuple(labels), frozenset(words), sizes, {thing: frozenset(of) for thing, of in above.items()})


def _forms(label: str, code: bool) -> Iterator[str]:
    """Yield the spellings of a label, including the singular and, for entries of code lists, single words.

    This finds 施設・設備 by either word, and the supplementary budget by its first word.
    """
    folded = fold(label)
    yield folded
    if folded.endswith("s"):
        yield re.sub(r"(?<=[a-z]{3}[b-rt-z])s$", "", folded)
    if code:
        yield from folded.split("・")
        yield folded.removesuffix(" budget")


def mend(folded: str, known: Collection[str]) -> str:
    """Return a folded text with unknown English words replaced by known words of similar spelling.

    >>> mend("progammes for quantm securty", {"programmes", "quantum", "security"})
    'programmes for quantum security'
    """

    def mended(match: re.Match[str]) -> str:
        word = match[0]
        if len(word) <= _SHORT_WORD or word in known or word.removesuffix("s") in known:
            return word
        least = _NEAR if len(word) > _SHORT_WORD + 1 else _NEAR_SHORT
        others = sorted(o for o in known if o[0] == word[0] and abs(len(o) - len(word)) <= 2)
        return next(iter(nearest(word, others, 1, least)), word)

    return _WORD.sub(mended, folded)


def find_named(folded: str, labels: Collection[KnownName], ignored: Collection[str] = ()) -> list[Named]:
    """Return all names in a folded text, longest first; they may overlap.

    Names in `ignored` (words such as "us") are skipped. A Japanese name may have one wrong character.
    """
    text, places = squash(folded), [i for i, c in enumerate(folded) if c not in _MARKS]
    found = []
    for label in labels:
        if label.squashed in ignored:
            continue
        start = text.find(label.squashed)
        while start >= 0:
            begin, end = places[start], _end(folded, places[start + len(label.squashed) - 1])
            if _stands_alone(folded, begin, end):
                found.append(Named(begin, end, label.bearers))
            start = text.find(label.squashed, start + 1)
    found += _nearly(text, places, labels, found)
    return sorted(found, key=lambda n: (n.start - n.end, n.start, n.bearers[0][0]))


def _end(folded: str, last: int) -> int:
    """Return the end of a name with its last character at `last`: a long vowel there is part of it."""
    return last + 2 if folded.startswith("ー", last + 1) else last + 1


def _stands_alone(folded: str, begin: int, end: int) -> bool:
    first, last = folded[begin], folded[end - 1]
    if _is_latin(first) and begin and _is_latin(folded[begin - 1]):
        return False
    return not _is_latin(last) or bool(_POSSESSIVE.match(folded, end))


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _nearly(text: str, places: list[int], labels: Collection[KnownName], exact: Collection[Named]) -> Iterator[Named]:
    """Yield the Japanese names in the text with one character wrong, missing or added."""
    if text.isascii():
        return
    pairs = {text[i : i + 2] for i in range(len(text) - 1)}
    taken = {i for n in exact for i in range(n.start, n.end)}
    for label in labels:
        name = label.squashed
        if len(name) < _SHORT_JA or name.isascii():
            continue
        own = {name[i : i + 2] for i in range(len(name) - 1)}
        if len(own & pairs) < len(own) / 2:
            continue
        right = [(n.start, n.end) for n in exact if n.bearers == label.bearers]
        for size in (len(name), len(name) - 1, len(name) + 1):
            for start in range(len(text) - size + 1):
                window = text[start : start + size]
                if window[0] != name[0] or re.findall(r"[0-9]", window) != re.findall(r"[0-9]", name):
                    continue
                begin, end = places[start], places[start + size - 1] + 1
                whole = name in window or any((b - begin, end - e) in {(0, 1), (1, 0)} for b, e in right)
                cuts = all(map(_is_latin, text[start + size - 1 : start + size + 1])) and start + size < len(text)
                if whole or cuts or taken.issuperset(places[start : start + size]):
                    continue  # a correct name next to another character, or half a word, is not a misspelling
                if likeness(window, name) >= _NEAR_JA:
                    yield Named(begin, end, label.bearers)


_YEAR = re.compile(
    r"(?P<era>令和|平成|(?<![a-z0-9])[rh](?=(?:[0-9]{1,2}|元)(?![0-9a-z])))\s*(?P<of>元|[0-9]{1,2})\s*(?:年度|年)?"
    r"|(?:(?<![a-z0-9])(?:in|for|of)\s+)?(?:(?<![a-z0-9])(?:the\s+)?(?:fiscal\s+year|fiscal|fy|year)[\s.]*)?"
    r"(?<![0-9])(?P<plain>(?:19|20)[0-9]{2})(?![0-9])(?:\s*(?:fiscal year|年度|年))?"
    r"|(?<![a-z0-9])fy\s*'?(?P<short>[0-9]{2})(?![0-9])"
)


def take_years(folded: str) -> tuple[list[int], str]:
    """Return the years in a folded text (令和 and 平成 converted) and the text with `#` in their place.

    >>> take_years("令和2年度の予算")
    ([2020], ' # の予算')
    >>> take_years("the budget in fy2019")
    ([2019], 'the budget  # ')
    """
    if not re.search("[0-9元]", folded):
        return [], folded  # most texts, and quicker
    years: list[int] = []

    def year(match: re.Match[str]) -> str:
        if match["era"]:
            years.append(_ERAS[match["era"]] + (1 if match["of"] == "元" else int(match["of"])))
        else:
            years.append(int(match["plain"]) if match["plain"] else 2000 + int(match["short"]))
        return " # "

    return years, _YEAR.sub(year, folded)


_IDENTIFIER = re.compile(
    r"(?:(?:https?://)?(?:[A-Za-z0-9.-]+/)+)?(?<![A-Za-z0-9.-])"
    r"(?P<own>(?=[A-Za-z0-9.-]*[0-9]{2})[A-Za-z0-9][A-Za-z0-9.-]{3,}[A-Za-z0-9])(?![A-Za-z0-9])"
)


def take_identifier(text: str) -> tuple[str | None, str]:
    """Return the first word that looks like an identifier, without its web address, and the rest of the text.

    >>> take_identifier("what is https://ror.org/01sjwvz98 ?")
    ('01sjwvz98', 'what is  ?')
    """
    match = _IDENTIFIER.search(unicodedata.normalize("NFKC", text))
    return (match["own"], match.string[: match.start()] + match.string[match.end() :]) if match else (None, text)


def size_of(classes: Mapping[str, int], cls: str | None) -> int:
    """Return the number of entities in a class; no class means all entities."""
    return 1_000_000 if cls is None else classes.get(cls, 1_000_000)
