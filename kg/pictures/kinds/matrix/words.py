"""Texts of the matrix."""

from __future__ import annotations

from kg.pictures.canvas.words import words
from kg.pictures.kinds.matrix.data import NONE, OTHERS, Head, Matrix

HEADS = {
    "institutions": {"en": "Institution", "ja": "機関"},
    "ministries": {"en": "Ministry", "ja": "府省"},
    "programmes": {"en": "Programme", "ja": "事業"},
    "parts": {"en": "Part of a strategy", "ja": "戦略の部"},
    "domains": {"en": "Technical domain", "ja": "技術領域"},
    "themes": {"en": "Heading", "ja": "見出し"},
    "phases": {"en": "Budget phase", "ja": "予算の段階"},
    "years": {"en": "Fiscal year", "ja": "会計年度"},
}
WORDS = {
    "title": {"en": "Funding by {rows} and {columns}: {period}", "ja": "{rows}・{columns}別の資金：{period}"},
    "none": {"en": "not stated", "ja": "記載なし"},
    "others": {"en": "{count:,} others", "ja": "その他{count:,}件"},
    "total": {"en": "Total", "ja": "合計"},
    "stated": {"en": "stated", "ja": "明示された額"},
    "most": {"en": "at most (part of a larger amount)", "ja": "上限（より大きな額の内数）"},
    "open": {"en": "not yet decided", "ja": "未定・検討中"},
    "unit": {"en": "Unit: {unit}. Area shows the amount.", "ja": "単位：{unit}。面積は金額を示す。"},
    "margins": {
        "en": "Margins: at least–at most. Cells may share money, which counts only once in the margins.",
        "ja": "合計欄は下限–上限。セル間で重複する資金は一度だけ算入するため、セルの和とは一致しない。",
    },
    "undivided": {"en": "{name}, no subdivision", "ja": "{name}（内訳なし）"},
    "empty": {"en": "The document prints no matching amount.", "ja": "該当する額の記載はない。"},
}
word = words(WORDS)


def name_of(data: Matrix, head: Head, kind: str, lang: str, *, short: bool = True) -> str:
    """Return the name of a row or column."""
    if head.key == OTHERS:
        return word("others", lang, count=head.count)
    if head.key == NONE:
        return (
            f"{HEADS[kind][lang]}: {word('none', lang)}"
            if lang == "en"
            else f"{HEADS[kind][lang]}の{word('none', lang)}"
        )
    if kind == "years":
        return f"FY{head.key}" if lang == "en" else f"{head.key}年度"
    names = data.money.names
    name = names.short(head.key, lang) if short else names.full(head.key, lang)
    undivided = kind == "domains" and data.money.narrower.get(head.key)
    return word("undivided", lang, name=name) if undivided else name
