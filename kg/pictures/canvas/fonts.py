"""Find a font with Japanese characters on this machine, and embed the characters that a picture needs."""

import base64
import io
import re
from collections.abc import Iterable, Iterator
from html import unescape
from pathlib import Path

CJK_FILES = tuple(
    [
        "*CJK*",
        "*NotoSansJP*",
        "*ipa*",
        "*IPA*",
        "*Hiragino*",
        "*ヒラギノ*",
        "*YuGoth*",
        "*meiryo*",
        "*msgothic*",
        "*takao*",
        "*vlgothic*",
        "*migmix*",
    ]
)
FOLDERS = tuple(
    [
        "/usr/share/fonts",
        "/usr/local/share/fonts",
        "~/.fonts",
        "~/.local/share/fonts",
        "/System/Library/Fonts",
        "/Library/Fonts",
        "~/Library/Fonts",
        "C:/Windows/Fonts",
    ]
)
ENDINGS = {".ttf", ".ttc", ".otf", ".otc"}
FAMILIES = ("Noto Sans CJK JP", "Noto Sans JP")  # as the pictures call them
NO_FONT = (
    "no font with Japanese characters was found, so they will show as boxes; install one, such as Noto Sans CJK "
    "(Debian: fonts-noto-cjk)"
)


def cjk_font(folders: tuple[str, ...] = FOLDERS) -> Path | None:
    """Return a font file with Japanese characters among the machine's fonts, or None."""
    return next(_fonts(CJK_FILES, folders), None)


def faces(svg: str, folders: tuple[str, ...] = FOLDERS) -> str:
    """Return style rules with the characters of a picture out of Noto Sans CJK, regular and bold.

    The full font has one glyph for 一 and the radical ⼀, which PDF then records as the radical, and searches for the
    word fail. The rules are empty if the font or fontTools is missing; printing works without them.
    """
    try:
        import fontTools  # noqa: F401 — is it there?
    except ImportError:
        return ""
    text = "".join(sorted(set(unescape(re.sub(r"<[^>]*>", "", svg)))))
    rules = []
    for weight, style in ((400, "Regular"), (600, "Bold")):
        names = [f"{name}-{style}.*" for name in ("NotoSansCJK", "NotoSansCJKjp", "NotoSansJP")]
        file = next(_fonts(names, folders), None)
        if file is not None:
            data = base64.b64encode(_subset(file, text)).decode()
            rules += [
                f"@font-face{{font-family:'{family}';font-weight:{weight};src:url(data:font/otf;base64,{data})}}"
                for family in FAMILIES
            ]
    return "".join(rules)


def _fonts(patterns: Iterable[str], folders: Iterable[str]) -> Iterator[Path]:
    for folder in folders:
        root = Path(folder).expanduser()
        if root.is_dir():
            for pattern in patterns:
                yield from (file for file in sorted(root.rglob(pattern)) if file.suffix.lower() in ENDINGS)


def _subset(file: Path, text: str) -> bytes:
    """Return the font reduced to the characters of a text, using the Japanese face if the file has several."""
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTCollection, TTFont

    number = -1
    if file.suffix.lower() in {".ttc", ".otc"}:
        with TTCollection(file, lazy=True) as collection:
            names = [str(font["name"].getDebugName(1)) for font in collection]
        number = next((i for i, name in enumerate(names) if name.endswith(" JP") and "Mono" not in name), 0)
    with TTFont(file, fontNumber=number, lazy=True) as font:
        subsetter = Subsetter(Options())
        subsetter.populate(text=text)
        subsetter.subset(font)
        out = io.BytesIO()
        font.save(out)
        return out.getvalue()
