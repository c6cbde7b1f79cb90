"""The values in a text: fiscal years, bounds on amounts, and how many rows are wanted; and short forms written out."""

import re
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from kg.asking.words.cues import NUMBERS, TAKEN, blank
from kg.language.names import take_years

_UNITS = {"trillion": 10**12, "billion": 10**9, "bn": 10**9, "million": 10**6, "oku": 10**8}
_UNITS |= {"兆": 10**12, "億": 10**8, "百万": 10**6}
_NUMERAL = r"[0-9][0-9,]*(?:\.[0-9]+)?"
_UNIT = r"(?:trillion|billion|bn|million|oku|兆|億|百万|%|percent|per cent|パーセント)"
_YEN = r"(?:[\s-]*(?:yen|円))?"
_LIMIT = re.compile(
    r"(?P<more>more than|over|above|at least|exceed(?:s|ing)?|greater than|larger than|upwards of|beyond)?"
    r"(?P<less>less than|under|below|at most|smaller than|up to)?\s*[¥￥]?\s*"
    rf"(?P<number>{_NUMERAL})\s*(?P<unit>{_UNIT}){_YEN}\s*"
    r"(?P<after>(?:or more|or less|以上|以下|未満|を?(?:超え?|こえ)(?:る|て|た)?|を?上回る?|より多い|超|を下回る?"
    r"|に?届かな(?:い|かった))?)"
)
_RANGE = re.compile(
    rf"(?P<low>{_NUMERAL})\s*(?P<unit>{_UNIT})?{_YEN}\s*(?:and|to|から|以上|[-–~〜～])\s*[¥￥]?\s*"
    rf"(?P<high>{_NUMERAL})\s*(?P<last>{_UNIT}){_YEN}(?:の間|以下|まで)?"
)
_FIGURE = re.compile(rf"(?P<number>{_NUMERAL})\s*{_UNIT}")
# Figures that look like fiscal years: amounts, and decades.
_NO_YEAR = re.compile(
    r"(?<![0-9])(?:[0-9]{4}(?=\s*(?:oku|億|billion|bn|million|trillion|兆|百万))"
    r"|(?:the )?(?:mid|early|late)?[ -]?[0-9]{4}s\b|[0-9]{2,4}年代)"
)
_OPENINGS = Path(__file__).with_name("openings.toml")
_NUMBER = "|".join(NUMBERS)
_FIRST = re.compile(
    r"(?:top|first|largest|biggest|bottom|smallest|highest|lowest|上位|下位|トップ|ベスト|ワースト"
    r"|上から(?:順に)?|下から(?:順に)?|順に|方から|ほうから|順で)\s*(?:the\s+)?"
    r"(?P<n>[0-9]{1,2}|" + _NUMBER + r")(?![0-9])(?:つ|件|位|省|所管|府省)?"
    r"|(?P<m>[0-9]{1,2}|" + _NUMBER + r")\s+(?=(?:largest|biggest|smallest|highest|lowest|most))"
    r"|which\s+(?!one\b)(?P<k>[0-9]{1,2}|" + _NUMBER + r")\s+(?=[a-z])"
)
_ORDINALS = ("second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_PLACE = re.compile(
    r"(?<![0-9第])第?\s*(?P<ja>[0-9]{1,2}|[二三四五六七八九十])(?:番目|位)(?!まで|以内|以上|以下)"
    r"|\b(?P<en>(?:[0-9]{1,2}(?:st|nd|rd|th)|" + "|".join(_ORDINALS) + r"))"
    r"(?=[ -](?:[\w&-]+ ){0,2}?"
    r"(?:largest|biggest|highest|most|greatest|smallest|lowest|least|place|rank|position|in|by)\b)"
    r"|\bnumber (?P<no>two|three|four|five)\b|(?P<next>\brunner-up\b|次点)"
)
_US = re.compile(r"(?<![A-Za-z])U\.?S\.?(?:A\.?)?(?![A-Za-z])")  # in small letters it is the word us
_SHORT_FORMS = (  # letters without which there is none, a pattern, and what it stands for
    ("千", r"([0-9])千(?=億|万|円)", r"\g<1>000"),
    ("s", r"\b(what|where|who|how|that|it|there|here|when)['’]?s\b(?!['’])", r"\1 is"),
    ("t", r"\b(is|are|was|were|do|does|did|has|have|can|could|should|would)n['’]?t\b", r"\1 not"),
    ("yr", r"\byrs?\b", "year"),
    ("w", r"\bw/(?!o)|\bw\b(?= )", "with "),
    ("many x", r"\bhow many x\b", "how many times"),
    ("w/o", r"\bw/o\b", "without"),
    ("doc", r"\bdocs?\b", "document"),
    ("amt", r"\bamts?\b", "amount"),
    ("qid", r"\bqids?\b", "wikidata id"),
    ("", r"\b(?:pls|plz|thx|ta|cheers|thanks)\b", " "),
    ("math", r"\bmaths?\b", "mathematics"),
    ("ministery", r"\bministery\b", "ministry"),
    ("law", r"\blaws?\b", "act"),
    ("ministeries", r"\bministeries\b", "ministries"),
    ("publications", r"\bpublications\b", "papers"),
    ("minus", r"\bminus (?=(?:the |that of |last )?(?:fy|20|r[0-9]))", "difference from "),
    ("gov", r"\bgov(?:t|'t)?\b", "government"),
    ("", r"\b(?:i\.?e\.?|e\.?g\.?|etc)(?![a-z])\.?", " "),
    ("undergrad", r"\bundergrad\b", "undergraduate"),
    ("defen", r"(?<!of )\bdefen[cs]e\b(?! ministry)", "ministry of defense"),
    ("internal", r"(?<!of )\binternal affairs\b(?! (?:and|&|ministry))", "ministry of internal affairs"),
)


@dataclass(frozen=True)
class Bound:
    """A bound on amounts in yen or on rates in percent, such as `over 100 billion yen`."""

    number: Decimal
    more: bool
    unit: str = "yen"


def with_states(text: str) -> str:
    """Return a text with the United States by their full name."""
    return _US.sub("United States", text)


@lru_cache(maxsize=2)
def _openings(latin: bool) -> tuple[re.Pattern[str], ...]:
    patterns = tomllib.loads(_OPENINGS.read_text(encoding="utf-8"))
    languages = ("en",) if latin else ("en", "ja")
    return tuple(re.compile(line) for language in languages for line in patterns[language].split("\n") if line)


def preambles(folded: str) -> list[tuple[int, int]]:
    """Return the places in a folded text that only say who asks, and what for.

    >>> preambles("for my lecture: what are the pillars?")
    [(0, 16)]
    """
    found: list[tuple[int, int]] = []
    for pattern in _openings(folded.isascii()):
        if (match := pattern.search(folded)) and match.end() < len(folded):
            found.append(match.span())
            folded = " " * match.end() + folded[match.end() :] if not match.start() else blank(folded, [match.span()])
    return found


def spelt_out(folded: str) -> str:
    """Return a folded text with the short forms of everyday English written out.

    >>> spelt_out("what's new and why isn't it in the doc")
    'what is new and why is not it in the document'
    """
    for letters, pattern, full in _SHORT_FORMS:
        if letters in folded:
            folded = re.sub(pattern, full, folded)
    return folded


def years_in(text: str) -> tuple[tuple[int, ...], str]:
    """Return the fiscal years in a text, and the text without them."""
    years, rest = take_years(_NO_YEAR.sub(TAKEN, text))
    return tuple(dict.fromkeys(years)), rest.replace("#", TAKEN)


def bounds_in(text: str) -> tuple[tuple[Bound, ...], str]:
    """Return the bounds on amounts and rates in a text, and the text without them: two for `between 1 and 3 bn`.

    >>> [int(bound.number) for bound in bounds_in("between 1 and 3 bn")[0]]
    [999999999, 3000000001]
    """
    if match := _RANGE.search(text):
        low = _in_unit(match["low"], match["unit"] or match["last"])
        high = _in_unit(match["high"], match["last"])
        unit = _kind(match["last"])
        one = _one(unit)
        return (Bound(low - one, True, unit), Bound(high + one, False, unit)), blank(text, [match.span()])
    for match in _LIMIT.finditer(text):
        after = match["after"]
        less = bool(match["less"]) or after in ("or less", "以下", "未満") or "下回" in after or "届" in after
        if match["more"] or less or after:
            unit = _kind(match["unit"])
            number = _in_unit(match["number"], match["unit"])
            even = match["more"] in ("at least", "upwards of") or after in ("or more", "or less", "以上", "以下")
            even = even or match["less"] in ("at most", "up to")
            number += (1 if less else -1) * even * _one(unit)
            return (Bound(number, not less, unit),), blank(text, [match.span()])
    return (), text


def figures_in(text: str) -> tuple[str, ...]:
    """Return the figures with a unit in a text, without the unit."""
    return tuple(match["number"] for match in _FIGURE.finditer(text))


def _kind(unit: str) -> str:
    return "yen" if unit in _UNITS else "percent"


def _in_unit(number: str, unit: str) -> Decimal:
    return Decimal(number.replace(",", "")) * _UNITS.get(unit, 1)


def _one(unit: str) -> Decimal:
    """Return less than any printed difference: what separates a bound from itself included."""
    return Decimal(1) if unit == "yen" else Decimal("0.001")


def first_in(text: str) -> int | None:
    """Return how many rows a text wants, as in `top three`."""
    match = _FIRST.search(text)
    if match is None:
        return None
    said = match["n"] or match["m"] or match["k"]
    return NUMBERS.index(said) + 1 if said in NUMBERS else int(said)


def place_in(text: str) -> tuple[int | None, str]:
    """Return the place in a ranking that a text asks for, as in `second largest`, and the text without it.

    >>> place_in("the third largest")[0], place_in("2番目に多い")[0], place_in("top three")[0]
    (3, 2, None)
    """
    match = _PLACE.search(text)
    if match is None:
        return None, text
    if match["next"]:
        return 2, blank(text, [match.span()])
    said = match["ja"] or match["en"] or match["no"]
    if said in _ORDINALS:
        place = _ORDINALS.index(said) + 2
    elif said in NUMBERS:
        place = NUMBERS.index(said) + 1
    else:
        place = int(re.sub("[a-z]", "", said)) if said[0].isdigit() else "一二三四五六七八九十".index(said) + 1
    return (place, blank(text, [match.span()])) if place > 1 else (None, text)
