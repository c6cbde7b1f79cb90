"""Texts of the matrix."""

from kg.pictures.canvas.words import read_words
from kg.pictures.kinds.matrix.data import NONE, OTHERS, Head, Matrix

word = read_words("matrix")
HEADS = word.heads


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
