"""The words of the flow."""

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
        "en": "Unit: {unit}. Height = amount, the same in every year.",
        "ja": "単位：{unit}。高さ＝金額（どの年度も同じ縮尺）。",
    },
    "stated": {"en": "stated", "ja": "明示された額"},
    "most": {"en": "at most (part of a larger amount)", "ja": "上限（より大きな額の内数）"},
    "open": {"en": "undetermined", "ja": "未定・検討中"},
    "shared": {"en": "several domains, division not stated", "ja": "複数領域（内訳の記載なし）"},
    "none-m": {"en": "No ministry named", "ja": "府省の記載なし"},
    "none-i": {"en": "No institution named", "ja": "機関の記載なし"},
    "none-d": {"en": "No domain named", "ja": "領域の記載なし"},
    "others": {"en": "{count:,} others", "ja": "その他{count:,}件"},
    "and": {"en": ", ", "ja": "・"},
    "rest": {"en": "{first} and {count} more", "ja": "{first}ほか{count}"},
    "only": {"en": "shared only", "ja": "共有のみ"},
    "drawn": {
        "en": "{name}: {drawn} drawn here; all that serves it, shared money included: {all}",
        "ja": "{name}: ここに描く額は{drawn}。共有分を含め対象となる額は{all}",
    },
    "once": {
        "en": "Each appropriation is drawn once, however often it is printed; money that several domains share ends in "
        "a box of its own.",
        "ja": "同じ予算は何度印刷されていても一度だけ描く。複数の領域が共有する資金は、その組み合わせの箱に入る。",
    },
    "empty": {"en": "The document prints no amount that fits.", "ja": "該当する額は文書に印刷されていない。"},
}
word = words(WORDS)


def name_of(data: Flow, kind: str, stop: str, lang: str, *, short: bool = True) -> str:
    """Return what a node is called; one that stands for several things names them."""
    if stop == NONE:
        return word(f"none-{kind}", lang)
    if stop == OTHERS:
        return word("others", lang, count=data.gathered.get(kind, 0))
    names = data.money.names
    each = [(names.short if short and kind != "p" else names.full)(iri, lang) for iri in in_order(data, stop.split())]
    return word("and", lang).join(each)


def brief(data: Flow, kind: str, stop: str, lang: str) -> str:
    """Return what a node is called, in short; of several things the first is named and the others are counted."""
    things = in_order(data, stop.split())
    if len(things) > 2:
        return word("rest", lang, first=name_of(data, kind, things[0], lang), count=len(things) - 1)
    return name_of(data, kind, stop, lang)


def in_order(data: Flow, things: Sequence[str]) -> list[str]:
    """Return things in the order of the domains, the others by name."""
    places = {domain: i for i, domain in enumerate(data.money.domains)}
    return sorted(things, key=lambda iri: (places.get(iri, 0), iri))
