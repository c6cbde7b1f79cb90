"""Texts of the flow."""

from __future__ import annotations

from collections.abc import Sequence

from kg.pictures.canvas.words import words
from kg.pictures.kinds.flow.data import NONE, OTHERS, Flow

HEADS = {
    "en": ("Ministry", "Programme", "Institution", "Technical domain"),
    "ja": ("府省", "事業", "機関", "技術領域"),
}
WORDS = {
    "title": {"en": "Who funds what: {period}", "ja": "資金の流れ：{period}"},
    "scope": {"en": " – {name}", "ja": "（{name}）"},
    "unit": {
        "en": "Unit: {unit}. Height shows the amount, on the same scale in every year.",
        "ja": "単位：{unit}。高さは金額を示す（各年度共通の縮尺）。",
    },
    "stated": {"en": "stated", "ja": "明示された額"},
    "most": {"en": "at most (part of a larger amount)", "ja": "上限（より大きな額の内数）"},
    "open": {"en": "not yet decided", "ja": "未定・検討中"},
    "shared": {"en": "several domains, split not stated", "ja": "複数領域（内訳の記載なし）"},
    "none-m": {"en": "No ministry stated", "ja": "府省の記載なし"},
    "none-i": {"en": "No institution stated", "ja": "機関の記載なし"},
    "none-d": {"en": "No domain stated", "ja": "領域の記載なし"},
    "others": {"en": "{count:,} others", "ja": "その他{count:,}件"},
    "and": {"en": ", ", "ja": "・"},
    "rest": {"en": "{first} and {count} more", "ja": "{first}ほか{count}"},
    "only": {"en": "shared only", "ja": "共有のみ"},
    "drawn": {
        "en": "{name}: {drawn} drawn here; {all} in all, including shared money",
        "ja": "{name}：図示した額は{drawn}。共有分を含む総額は{all}",
    },
    "once": {
        "en": "Each appropriation is drawn once, however often it is printed; money shared by several domains ends in "
        "a box of its own.",
        "ja": "同一の予算は、再掲されていても一度だけ図示する。複数の領域が共有する資金は、領域の組み合わせごとに示す。",
    },
    "empty": {"en": "The document prints no matching amount.", "ja": "該当する額の記載はない。"},
}
word = words(WORDS)


def name_of(data: Flow, kind: str, stop: str, lang: str, *, short: bool = True) -> str:
    """Return the name of a node; the name of a group lists its members."""
    if stop == NONE:
        return word(f"none-{kind}", lang)
    if stop == OTHERS:
        return word("others", lang, count=data.gathered.get(kind, 0))
    names = data.money.names
    each = [(names.short if short and kind != "p" else names.full)(iri, lang) for iri in in_order(data, stop.split())]
    return word("and", lang).join(each)


def brief(data: Flow, kind: str, stop: str, lang: str) -> str:
    """Return the short name of a node; the name of a group gives its first member and the number of the others."""
    things = in_order(data, stop.split())
    if len(things) > 2:
        return word("rest", lang, first=name_of(data, kind, things[0], lang), count=len(things) - 1)
    return name_of(data, kind, stop, lang)


def in_order(data: Flow, things: Sequence[str]) -> list[str]:
    """Return domains in their printed order, other entities by name."""
    places = {domain: i for i, domain in enumerate(data.money.domains)}
    return sorted(things, key=lambda iri: (places.get(iri, 0), iri))
