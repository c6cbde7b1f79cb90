"""One self-contained page around a picture: its views, its data, its controls; no request to the net."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from importlib.resources import files
from itertools import zip_longest

from kg.pictures.svg import Mark, Scene, fonts, write_svg

LONGEST = 150_000  # bytes of a page
POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data: blob:"


@dataclass(frozen=True)
class View:
    """One state of the picture that the page can show: its id, its name in both languages, a scene a language."""

    key: str
    name: dict[str, str]
    scenes: dict[str, Scene]


def write_page(kind: str, views: Sequence[View], lang: str, controls: Sequence[str] = ()) -> str:
    """Return the page, the first view open in `lang`; it shows that view without scripts too."""
    first = views[0]
    scene = first.scenes[lang]
    data = {
        "kind": kind,
        "lang": lang,
        "view": first.key,
        "views": [{"key": v.key, "name": v.name} for v in views],
        "fonts": {each: fonts(each) for each in ("en", "ja")},
        "words": _asset("words.json", parse=True),
    }
    packed = {v.key: _packed(v, lang if v is first else None) for v in views}
    parts = {
        "LANG": lang,
        "TITLE": escape(scene.title),
        "POLICY": POLICY,
        "STYLE": str(_asset("page.css")).strip(),
        "DESCRIPTION": escape(scene.description),
        "PICTURE": write_svg(scene, interactive=True).strip(),
        "TABLE": _table(scene),
        "DATA": _json(data),
        "PACKED": _deflated(packed),
        "SCRIPT": str(_asset("page.js")).strip(),
    }
    text = str(_asset("page.html"))
    for name in parts:
        text = text.replace("{{" + name + "}}", "\0" + name + "\0")
    pieces = text.split("\0")
    return "".join(parts.get(piece, piece) if i % 2 else piece for i, piece in enumerate(pieces))


def _asset(name: str, *, parse: bool = False) -> object:
    text = files("kg.pictures").joinpath("assets", name).read_text(encoding="utf-8")
    return json.loads(text) if parse else text


def _packed(view: View, shown: str | None) -> dict[str, object]:
    """Return what the page holds of a view, by part and language; not again what it shows from the start.

    What the languages share stands close together, line by line: it then costs next to nothing once compressed.
    """
    scenes = [view.scenes[lang] for lang in ("en", "ja")]
    texts = ["" if s.lang == shown else write_svg(s, interactive=True) for s in scenes]
    pictures = zip_longest(*(text.splitlines() for text in texts), fillvalue="")
    parts: dict[str, tuple[object, ...]] = {
        "title": tuple(s.title for s in scenes),
        "table": tuple(None if s.lang == shown else [s.table.heads, *s.table.rows] for s in scenes),
        "lines": tuple(list(s.lines.values()) for s in scenes),
    }
    whys, groups, marks = zip(*map(_marks, scenes), strict=True)
    return {
        "svg": [line for pair in pictures for line in pair],
        **parts,
        "whys": whys,
        "groups": groups,
        "marks": marks,
    }


def _marks(scene: Scene) -> tuple[list[tuple[str, str]], list[str], list[object]]:
    """Return the reasons and groups of a scene, each once, and its marks, which refer to them by number."""
    whys: dict[tuple[str, str], int] = {}
    groups: dict[str, int] = {}
    places = {line: i for i, line in enumerate(scene.lines)}
    marks: list[object] = []
    for item in scene.items:
        if isinstance(item, Mark):
            numbered = [[places[b.line], whys.setdefault((b.counts, b.why), len(whys))] for b in item.behind]
            joined = [groups.setdefault(group, len(groups)) for group in item.groups]
            marks.append([item.key, numbered, joined, *([item.fold] if item.fold else [])])
    return list(whys), list(groups), marks


def _table(scene: Scene) -> str:
    heads = "".join(f'<th scope="col">{escape(head)}</th>' for head in scene.table.heads)
    rows = "".join("<tr>" + "".join(_cell(cell) for cell in row) + "</tr>" for row in scene.table.rows)
    return f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody>"


def _cell(cell: str | int | None) -> str:
    return f'<td class="n">{cell:,}</td>' if isinstance(cell, int) else f"<td>{escape(cell or '–')}</td>"


def _json(data: object) -> str:
    """Return JSON that may stand in a script element."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def _deflated(data: object) -> str:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
    return base64.b64encode(zlib.compress(text, 9)).decode()
