"""Japanese readings in Latin letters, so that names are found by them."""

import re
import unicodedata
from functools import lru_cache

_VOWELS = "aiueo"
_ROWS = {
    "": "アイウエオ", "k": "カキクケコ", "s": "サシスセソ", "t": "タチツテト", "n": "ナニヌネノ", "h": "ハヒフヘホ",
    "m": "マミムメモ", "r": "ラリルレロ", "g": "ガギグゲゴ", "z": "ザジズゼゾ", "d": "ダヂヅデド", "b": "バビブベボ",
    "p": "パピプペポ",
}  # fmt: skip
_OTHERS = {"ヤ": "ya", "ユ": "yu", "ヨ": "yo", "ワ": "wa", "ヲ": "o", "ン": "n", "ヴ": "vu"}
_SOUNDS = {kana: row + vowel for row, of in _ROWS.items() for kana, vowel in zip(of, _VOWELS, strict=True)} | _OTHERS
_SMALL = dict(zip("ャュョァィゥェォ", "auoaiueo", strict=True))
_SPELLINGS = (  # of both systems in use, to one without long vowels and double consonants
    ("sy", "sh"), ("si", "shi"), ("ty|tch|cch", "ch"), ("ti", "chi"), ("tu", "tsu"), ("(?<![cs])hu", "fu"),
    ("[zjd]y|dj", "j"), ("zi|di", "ji"), ("du", "zu"), ("m(?=[bpm])", "n"), ("o[ou]|oh(?![aiueoy])", "o"), ("uu", "u"),
    ("'", ""), (r"([a-z])\1", r"\1"),
)  # fmt: skip


@lru_cache(maxsize=4096)
def in_latin(kana: str) -> str:
    """Return a text in kana and Latin letters in Latin ones, spelled as by `folded_latin`; empty if it has others.

    >>> in_latin("りかがくけんきゅうじょ"), in_latin("GIGAスクール"), in_latin("理研")
    ('rikagakukenkyujo', 'gigasukuru', '')
    """
    katakana = "".join(
        chr(ord(c) + 96) if "ぁ" <= c <= "ゖ" else c for c in unicodedata.normalize("NFKC", kana.casefold())
    )
    said, double = "", False
    for char in re.sub(r"[\s・'-]", "", katakana):
        if char == "ー":
            continue
        if char == "ッ":
            double = True
            continue
        if char in _SMALL and said:
            glide = "y" if said[-1] == "i" else ""
            said = said[:-1] + glide + _SMALL[char]
        elif char in _SOUNDS:
            sound = _SOUNDS[char]
            said += sound[:1] + sound if double else sound
        elif char.isascii() and char.isalpha():
            said += char
        else:
            return ""
        double = False
    return folded_latin(said)


def folded_latin(text: str) -> str:
    """Return a reading in Latin letters in one spelling: without spaces, macrons, long vowels and double consonants.

    >>> folded_latin("Rikagaku Kenkyūjo") == folded_latin("rikagaku kenkyuujo")
    True
    >>> folded_latin("Monbu-kagakushō"), folded_latin("monbukagakusyou")
    ('monbukagakusho', 'monbukagakusho')
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    said = re.sub(r"[^a-z']", "", plain)
    for pattern, written in _SPELLINGS:
        said = re.sub(pattern, written, said)
    return said
