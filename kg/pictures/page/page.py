"""Write a self-contained page around a picture, with its views, data and controls, and no network requests."""

import base64
import json
import zlib
from collections.abc import Mapping, Sequence
from importlib.resources import files

from kg.characters import lines
from kg.pictures.canvas.svg import Scene, fonts, write_svg
from kg.pictures.canvas.xml import escape, legal_data
from kg.pictures.page.packing import Narrowed, Option, View, pack

__all__ = ["LONGEST", "Narrowed", "Option", "View", "write_page"]

SCRIPTS = ("page.js", "draw.js", "filter.js", "start.js")
LONGEST = 150_000  # bytes of a page
SAFE = str.maketrans("<&", ",.")  # characters of base 85 that need escaping in a page
POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data: blob:"


def write_page(
    kind: str,
    views: Sequence[View],
    lang: str,
    measures: Mapping[str, Mapping[str, str]] | None = None,
    measure: str | None = None,
) -> str:
    """Return the page with the first view in `lang`, which is visible without scripts too.

    `measures` are the available measures for node sizes, with their names; the picture uses `measure`, or the first.
    """
    first = views[0]
    scene = first.scenes[lang]
    data = {
        "kind": kind,
        "lang": lang,
        "view": first.key,
        "views": [{"key": v.key, "name": v.name} for v in views],
        "filters": {
            name: [{"key": key, "name": names} for key, names in options] for name, options in _filters(views).items()
        },
        "measures": [{"key": key, "name": names} for key, names in (measures or {}).items()],
        "measure": measure or next(iter(measures or {}), ""),
        "fonts": {each: fonts(each) for each in ("en", "ja")},
        "words": _asset("words.json", parse=True),
    }
    packed = {v.key: pack(v, lang if v is first else None) for v in views}
    # Part by part: this keeps data shared by the views close together, where compression removes it.
    parts_of = {part: {key: view[part] for key, view in packed.items()} for part in packed[first.key]}
    parts = {
        "LANG": lang,
        "TITLE": escape(scene.title),
        "POLICY": POLICY,
        "STYLE": str(_asset("page.css")).strip(),
        "DESCRIPTION": escape(scene.description),
        "PICTURE": write_svg(scene, interactive=True).strip(),
        "TABLE": _table(scene),
        "DATA": _json(data),
        "PACKED": _deflated(parts_of),
        "SCRIPT": "\n".join(line.strip() for name in SCRIPTS for line in lines(str(_asset(name)))),
    }
    text = str(_asset("page.html"))
    for name in parts:
        text = text.replace("{{" + name + "}}", "\0" + name + "\0")
    pieces = text.split("\0")
    return "".join(parts.get(piece, piece) if i % 2 else piece for i, piece in enumerate(pieces))


def _filters(views: Sequence[View]) -> dict[str, list[Option]]:
    """Return the filters available in any view, without repetition."""
    found: dict[str, dict[str, Option]] = {}
    for view in views:
        for name, options in view.filters.items():
            found.setdefault(name, {}).update({option[0]: option for option in options})
    return {name: list(options.values()) for name, options in found.items()}


def _asset(name: str, *, parse: bool = False) -> object:
    text = files("kg.pictures.page").joinpath("assets", name).read_text(encoding="utf-8")
    return json.loads(text) if parse else text


def _table(scene: Scene) -> str:
    heads = "".join(f'<th scope="col">{escape(head)}</th>' for head in scene.table.heads)
    rows = "".join("<tr>" + "".join(_cell(cell) for cell in row) + "</tr>" for row in scene.table.rows)
    return f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody>"


def _cell(cell: str | int | None) -> str:
    return f'<td class="n">{cell:,}</td>' if isinstance(cell, int) else f"<td>{escape(cell or '–')}</td>"


def _json(data: object) -> str:
    """Return JSON that is safe inside a script element."""
    return json.dumps(legal_data(data), ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def _deflated(data: object) -> str:
    text = json.dumps(legal_data(data), ensure_ascii=False, separators=(",", ":")).encode()
    return base64.b85encode(zlib.compress(text, 9)).decode().translate(SAFE)
