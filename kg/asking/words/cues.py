"""The cues of a text, from `cues.toml`: what it wants, of which rows, of what kind of entity; and what is left then."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from kg.language.similarity import STOP

TAKEN = "\x00"  # stands in the place of what is accounted for
_CUES = Path(__file__).with_name("cues.toml")
_WORD = re.compile(r"[a-z][a-z0-9&'’-]*|[\u30a1-\u30ff\u3400-\u9fff々]+")
_ABOUT = re.compile(
    r"(?:^|(?<=[\s、。「『]))([\u3041-\u3096]{3,}?)(?=[0-9]*(?:には|では|とは|は|の|を|が|に|へ|って))"
    r"|(?:^|(?<=[\s、。「『]))([\u3041-\u3096]{5,})(?=\x00)"
)
_HIRAGANA_FILLER = re.compile(
    r"(?:[こそあど](?:れ|こ|の|ちら|っち|んな)(?:ら|たち)?|まず|また|そして|ところ|なお|もの|こと|ため|ほか|うち|とき|いま|みんな|わたし|ぜんぶ|すべて"
    r"|いくつ|いくら|なに|なん|どう|なぜ|それぞれ|おお|ください|おしえて|しりたい|ちなみ|のです|たいのです|なのです|んです|いのです|ひとつ|ふたつ|みっつ|よっつ|いつ|だれ|ほんとう)+[ぁ-ん]{0,2}"
)
_MOVING = ("top", "bottom", "change", "difference", "compare", "ratio")  # wants that may name a rise or a fall
_ASKING = {"list", "yesno", "reason", "definition", "amount", "date", "who", "place", "compare", "count"}
_ASKING |= {"document", "before", "decided"}  # cues that only ask; the others may also stand in a passage
_GAP = re.compile(r"(?<!=)(?<!= )\.\{[0-9]+,[0-9]+\}\??")  # in a cue, for words that the cue does not account for
_MARK = re.compile(r"\\.|\[(?:\\.|[^\]])*\]|[|()]")  # in a pattern, what is no letter
_LETTERS = re.compile(r"[^\x00\\\[\](){}|?*+.^$]+(?![?*{])")  # in a pattern, letters that a match cannot do without
_SPELT = re.compile(r"(?<![a-z\]?)])(?P<stem>[a-z]{3,})(?:\(\?:(?P<endings>[a-z|]*)\))?(?P<last>\?)?(?P<more>[(\[])?")
_RATE = re.compile(r"率|パーセント|[%％]|percent|per cent|growth rate|fastest|in relative|times over|multiplied|倍")
_MINISTRIES = re.compile(r"どの(?:府省|省庁|省|庁)|(?:which|what) (?:ministr(?:y|ies)|agenc(?:y|ies)|departments?)")
_NOT_RATE = re.compile(
    r"\bnot (?:in |by |the )?(?:%|percent|rate)|(?:%|％|パーセント|率)(?:じゃ|では|で)は?なく|amount,? not"
)
_COUNTED = "how many|number of|count of|any|which|whose|names? of|who (?:is|was|are) the|what"
NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_NUMERAL = re.compile(r"[一二三四五六七八九十]+(?:つ|位|番)?")


@lru_cache(maxsize=1)
def _read() -> dict[str, Any]:
    return tomllib.loads(_CUES.read_text(encoding="utf-8"))


@lru_cache(maxsize=2)
def _cues(language: str) -> tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...]:
    """Return group, name and alternatives of each cue, an alternative with the letters that it cannot do without."""
    return tuple(
        (group, name, tuple(_alternatives(_GAP.sub(lambda gap: f"({gap[0]})", texts[language].strip()))))
        for group, cues in _read().items()
        for name, texts in cues.items()
        if name not in ("filler", "essential")
    )


def _alternatives(pattern: str) -> Iterator[tuple[str, str]]:
    depth, start, outside = 0, 0, ""
    at = 0
    for mark in _MARK.finditer(pattern):
        if not depth:
            outside += pattern[at : mark.start()] + TAKEN
        at = mark.end()
        depth += {"(": 1, ")": -1}.get(mark[0], 0)
        if mark[0] == "|" and not depth:
            yield max(_LETTERS.findall(outside), key=len, default=""), pattern[start : mark.start()]
            start, outside = at, ""
    yield max(_LETTERS.findall(outside + pattern[at:]), key=len, default=""), pattern[start:]


def _pattern(language: str, alternatives: Iterable[tuple[str, str]], text: str) -> re.Pattern[str] | None:
    """Return the pattern of a cue as far as it can match in a text: compiling all of it takes time for nothing."""
    possible = [alternative for letters, alternative in alternatives if letters in text]
    return _compiled(language, "|".join(possible)) if possible else None


@lru_cache(maxsize=10_000)
def _compiled(language: str, pattern: str) -> re.Pattern[str]:
    return re.compile(f"(?<![a-z0-9])(?:{pattern})(?![a-z0-9])" if language == "en" else f"(?:{pattern})")


def read_cues(text: str) -> None:
    """Read the cues that a text may have, ahead of the time when they are needed."""
    cue_words()
    for language in _languages(text):
        _cues(language)
        _essential(language)
        _filler(language)


def _languages(text: str) -> list[str]:
    """Return the languages of which a text may have cues: compiling those of the other takes time for nothing."""
    return [
        *(["en"] if re.search("[a-z]", text) else []),
        *([] if text.replace(TAKEN, " ").isascii() else ["ja"]),
    ]


@lru_cache(maxsize=2)
def _filler(language: str) -> re.Pattern[str]:
    """Return the pattern of words that say nothing of their own; in Japanese they are made of such characters."""
    return re.compile(f"(?:{_read()['topic']['filler'][language].strip()})" + ("+" if language == "ja" else ""))


@lru_cache(maxsize=1)
def cue_words() -> frozenset[str]:
    """Return the English words of the cues, which typing errors are mended to."""
    texts = [texts["en"] for cues in _read().values() for texts in cues.values()]
    words = {word for text in texts for word in _words_of(text)}
    essential = _words_of(_read()["stop"]["essential"]["en"])
    return frozenset(words | {f"{word[:-1]}ies" if word.endswith("y") else f"{word}s" for word in essential})


def _words_of(pattern: str) -> set[str]:
    """Return the words that a pattern spells out, with the endings that it gives in brackets."""
    found = set()
    for match in _SPELT.finditer(pattern):
        stem, endings, last = match["stem"], match["endings"], match["last"]
        if endings is not None:
            found |= {stem + ending for ending in endings.split("|")} | ({stem} if last else set())
        elif last:
            found |= {stem, stem[:-1]}
        elif not match["more"]:
            found.add(stem)
    return {word for word in found if len(word) > 3}


def take_cues(text: str) -> tuple[set[tuple[str, str]], str, list[tuple[int, int]]]:
    """Return the cues in a text, the longest at each place, the text without them, and the places that only ask."""
    matches = [
        (match.end() - match.start(), -order, match.start(), match.end(), group, name, _said(match))
        for language in _languages(text)
        for order, (group, name, alternatives) in enumerate(_cues(language))
        if (pattern := _pattern(language, alternatives, text))
        for match in pattern.finditer(text)
        if match.end() > match.start()
    ]
    found: set[tuple[str, str]] = set()
    taken: list[tuple[int, int]] = []
    asking: list[tuple[int, int]] = []
    inside: list[tuple[int, int]] = []
    for _, _, start, end, group, name, said in sorted(matches, reverse=True):
        if not any(first < e and s < last for s, e in taken for first, last in said):
            taken += said
            found.add((group, name))
            asking += said if name in _ASKING else []
            inside += [(start, end)] if group == "what" and name in _MOVING else []
    for place in inside:
        moves = {n for _, _, s, e, _, n, _ in matches if n in ("rose", "fell") and place[0] <= s and e <= place[1]}
        found |= {("which", name) for name in moves if len(moves) == 1}  # 増減 is neither
    if _MINISTRIES.search(text):
        found.add(("topic", "ministries"))
    if _RATE.search(text) and not _NOT_RATE.search(text):
        found.add(("which", "rate"))
        if ("topic", "total") in found and not found & {("what", n) for n in ("top", "bottom", "change", "rank")}:
            found.add(("what", "share"))
    if _NOT_RATE.search(text):
        found.discard(("which", "rate"))
    return found, blank(text, taken), asking


def _said(match: re.Match[str]) -> list[tuple[int, int]]:
    """Return the places of the words of a cue: the match without what its gaps let pass."""
    places, start = [], match.start()
    for gap in range(1, len(match.groups()) + 1):
        if match.start(gap) >= 0:
            places.append((start, match.start(gap)))
            start = match.end(gap)
    return [(s, e) for s, e in [*places, (start, match.end())] if s < e]


def words_left(text: str) -> tuple[str, ...]:
    """Return the content words of a text from which names, values and cues are taken, each once.

    A word in hiragana counts where a particle makes it what the text is about.
    """
    spoken = ["".join(words) for words in _ABOUT.findall(text)]
    about = [word for word in spoken if not _HIRAGANA_FILLER.fullmatch(word)]
    return tuple(dict.fromkeys([*about, *(word for run in _WORD.findall(text) if (word := _plain(run)))]))


@lru_cache(maxsize=2)
def _essential(language: str) -> re.Pattern[str]:
    return re.compile(f"(?:{_read()['stop']['essential'][language].strip()})")


def may_be_passed(word: str, folded: str, original: str) -> bool:
    """Return whether an answer may pass over an unknown word, if it says so: one character that is not essential.

    An unknown English word may change what is asked, as `faster` does; an answer beside it is not certain.
    """
    return len(word) == 1 and not word.isascii() and not is_essential(word, folded, original)


def is_essential(word: str, folded: str, original: str) -> bool:
    """Return whether an unknown word changes what is asked: it names what is counted or asked for, or is a proper name.

    The essential words of `cues.toml` do so too.
    """
    essential = _essential(_language(word))
    if essential.fullmatch(word) or essential.fullmatch(word.removesuffix("s")):
        return True
    if not word.isascii():
        return any(len(found[0]) > 1 for found in essential.finditer(word))
    asked_for = rf"(?:{_COUNTED})\s+(?:[\w-]+\s+)?{re.escape(word)}"
    named = re.search(rf"(?<=[a-z,;:] ){re.escape(word.capitalize())}", original) or word.upper() in original
    return bool(named or re.search(asked_for, folded))


def _plain(run: str) -> str:
    """Return a word without endings; nothing for a word that says nothing of its own."""
    word = re.sub(r"['’]s?$", "", run.strip("'’-・"))
    if not word or word == "s" or word in STOP or word in NUMBERS or _NUMERAL.fullmatch(word):
        return ""
    if not word.isascii() and len(word) > 1 and _essential("ja").fullmatch(word):
        return word  # though made of characters that say nothing of their own
    return "" if _filler(_language(word)).fullmatch(word) else word


def _language(word: str) -> str:
    return "en" if word.isascii() else "ja"


def blank(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Return a text with marks in some places, at its full length."""
    chars = list(text)
    for start, end in spans:
        chars[start:end] = TAKEN * (end - start)
    return "".join(chars)
