"""The similarity of a text to the known wordings of a question: shared words, weighted by how distinctive they are."""

import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.language.names import fold, join
from kg.paths import read_texts

STOP = frozenset(read_texts("language")["ignored"].split())
_LIGHT = frozenset({"not", "no", "who", "where", "when", "without"})
_POLITE = re.compile(
    r"恐れ入りますが|恐縮ですが|すみませんが|すみません|お手数ですが|できれば|まず|では"
    r"|(?:を|について|に関して)?(?:全部|全て|すべて)?(?:ご|お)?"
    r"(?:教えて|教示|教え|知りたい|示して|見せて|調べて|挙げて|列挙して|説明して|聞かせて|紹介して|説明|紹介)"
    r"(?:ください|下さい|ほしい|欲しい|くれ(?:ます)?|です|(?:いただけ|頂け|もらえ|願え)(?:ます|ません|ない)?(?:でしょう)?か?)?"
    r"|ください|下さい|(?:いただけ|頂け|もらえ)(?:ます|ません)(?:でしょう)?か"
    r"|(?:なん|何)?(?:でしょう|です|ますでしょう|ます|のです)か|とは(?=$|[\s?？])|(?:よろしく)?お願い(?:いた)?します|一覧|とは何"
    r"|(?:なのでしょう|なの|でしょう|だろう)か?(?=$|[\s?？。])"
)
_HOW = re.compile(
    r"\bhow\s+(?:much|many)\b|いくら|いくつ|どれだけ|どれほど|どれくらい|どれぐらい|どのくらい|どのぐらい|(?:何|なん)(?:億|兆|百万)?円(?:くらい|ぐらい)?"
)
_WHAT = re.compile(  # a bare question for what something is, without its name
    r"[\s「」]*(?:(?:what|who)(?:['’]s|\s+is|\s+are)\s*(?:the|an?)?|(?:って|とは)(?:何|なに|なん)?(?:のこと)?(?:ですか|でしょうか|か)?)[\s「」?？.。!]*"
)
_YEARS = re.compile(r"#.*#")
YEAR = "year"  # the gap of a phrase for a fiscal year, whether or not it fills a parameter
_SLOT = re.compile(r"\{(\w+)\}")
_SLOT_WEIGHT, _SPARE_SLOT = 2.5, 0.6
_WORD, _PAIR, _MIXED, _KANA = 4.0, 1.5, 0.4, 0.1
_SPARE, _LACKING, _ELSEWHERE, _UNNAMED, _LEAST = 0.6, 0.4, 0.5, 2, 1.8
_ALMOST = 0.9  # with this similarity, one distinctive word is enough
_JAPANESE = re.compile(r"[\u3041-\u30ff\u3400-\u9fff々]+")
_SINGLE = re.compile(r"(?<![\u30a1-\u30ff\u3400-\u9fff々])[\u3400-\u9fff](?![\u30a1-\u30ff\u3400-\u9fff々])")
_KATAKANA = re.compile(r"[\u30a1-\u30ff]{3,}")
_HIRAGANA = re.compile(r"[\u3041-\u309f]")
_BRITISH = {"program": "programm", "center": "centr", "labor": "labour"}  # stems
_SHORTEST = 3  # words no longer are no plurals: ids, its


def polite(text: str) -> str:
    """Return a text without the polite forms of Japanese, which ask for nothing."""
    return _POLITE.sub(" ", text)


@dataclass(frozen=True)
class Wording:
    """One known wording of a question: its features and its parameters in braces."""

    features: frozenset[str]
    slots: frozenset[str]


@dataclass(frozen=True)
class Likeness:
    """The similarity (0 to 1), and the share of the text that the question knows (0 to 1)."""

    score: float
    cover: float


def wording(text: str) -> Wording:
    """Return a wording in the form used for comparison; `{domain}` is a parameter, `{year}` any year."""
    slots = frozenset(_SLOT.findall(text)) - {YEAR}
    return Wording(features(_SLOT.sub(" ", fold(text.replace("{" + YEAR + "}", " # ")))), slots)


def features(folded: str) -> frozenset[str]:
    """Return the features of a folded text: stems of English words, pairs of Japanese characters, `#` for a year.

    Two years ask for a comparison and are a feature of their own.

    >>> sorted(features("which programs are funded"))
    ['fund', 'programm']
    """
    if _WHAT.fullmatch(folded):
        return frozenset({"whatis"})
    folded = _HOW.sub(" howmuch ", folded)
    found = {stem(w) for w in re.findall(r"[a-z][a-z0-9&]*", folded) if w not in STOP}
    found.update(re.findall("#", folded))
    if _YEARS.search(folded):
        found.add("years")
    for piece in () if folded.isascii() else _JAPANESE.findall(_POLITE.sub(" ", folded)):
        run = join(piece)
        found.update(run[i : i + 2] for i in range(len(run) - 1))
        found.update(_SINGLE.findall(run))
        found.update(_KATAKANA.findall(run))
    return frozenset(found)


@lru_cache(maxsize=4096)
def stem(word: str) -> str:
    """Return the stem of an English word, the same for British and American spellings.

    >>> stem("programs") == stem("programme"), stem("organised") == stem("organization")
    (True, True)
    """
    found = _english()(word) if len(word) > _SHORTEST else word
    return _BRITISH.get(found, found[:-2] + "iz" if found.endswith("is") else found)


@lru_cache(maxsize=1)
def _english() -> Callable[[str], str]:
    from snowballstemmer import stemmer

    stemmed: Callable[[str], str] = stemmer("english").stemWord
    return stemmed


def weights(wordings: Sequence[Sequence[Wording]]) -> dict[str, float]:
    """Return the weight of each feature: the fewer questions use it, the higher (inverse document frequency)."""
    seen = Counter(f for of_one in wordings for f in frozenset().union(*(w.features for w in of_one)))
    return {f: _base(f) * math.log(1 + len(wordings) / n) / math.log(1 + len(wordings)) for f, n in seen.items()}


def _base(feature: str) -> float:
    """Return the weight of a feature that only one question uses; a word weighs more than a pair of its characters."""
    if feature == "#":
        return 1.0
    if feature in _LIGHT:
        return _WORD / 2
    if not _JAPANESE.match(feature) or len(feature) > 2:
        return _WORD
    kana = len(_HIRAGANA.findall(feature))
    return (_PAIR, _MIXED, _KANA)[kana] if len(feature) > 1 else _PAIR


def resemblance(
    asked: frozenset[str], slots: frozenset[str], known: Sequence[Wording], idf: dict[str, float]
) -> Likeness:
    """Return the similarity of a text to the known wordings of one question.

    `slots` are the parameters that the text fills.
    """

    def weigh(of: frozenset[str]) -> float:
        return sum(idf.get(f) or _base(f) for f in of)

    total = weigh(asked)
    strange = weigh(asked - frozenset().union(*(w.features for w in known)))
    best, unnamed = 0.0, False
    for each in known:
        both = _SLOT_WEIGHT * len(each.slots & slots)
        common = weigh(asked & each.features)
        spare = strange + _ELSEWHERE * (total - strange - common) + _SPARE_SLOT * len(slots - each.slots)
        lacking = weigh(each.features - asked) + _SLOT_WEIGHT * len(each.slots - slots)
        whole = common + both + _SPARE * spare + _LACKING * lacking
        if whole and (common + both) / whole > best:
            best, unnamed = (common + both) / whole, bool(each.slots - slots)
    # An unknown word in the place of a name is probably a name that the dataset does not have.
    understood, other = total - strange + _SLOT_WEIGHT * len(slots), strange * (_UNNAMED if unnamed else 1)
    enough = understood >= _LEAST or best >= _ALMOST
    return Likeness(best, understood / (understood + other) if enough else 0.0)
