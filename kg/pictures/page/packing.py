"""Pack the data of a view for a page: each item once, referred to by number, and shared between the languages."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import count, zip_longest

from kg.characters import lines as lines_of
from kg.pictures.canvas.svg import Behind, Mark, Scene, Shape, write_item, write_svg
from kg.pictures.page.filters import Shown

LANGUAGES = ("en", "ja")
Narrowed = dict[str, dict[str, dict[str, Shown]]]  # by filter ("domain|evidence"), language, key of a mark or row
Option = tuple[str, dict[str, str]]  # a value of a filter: its key, its name by language


@dataclass(frozen=True)
class View:
    """One state of the picture that the page can show: its id, its name in both languages, and one scene per language.

    `given` are the parameters of the stored question behind it, `filters` the available filters.
    """

    key: str
    name: dict[str, str]
    scenes: dict[str, Scene]
    given: Mapping[str, str] = field(default_factory=dict)
    filters: Mapping[str, list[Option]] = field(default_factory=dict)
    narrowed: Narrowed = field(default_factory=dict)


class _Pool:
    """A list without repetition; asking for the number of an item adds it."""

    def __init__(self) -> None:
        self.numbers: dict[Hashable, int] = {}

    def __getitem__(self, thing: Hashable) -> int:
        return self.numbers.setdefault(thing, len(self.numbers))


def pack(view: View, shown: str | None) -> dict[str, object]:
    """Return the packed data of a view, without the picture that the page shows from the start in the language `shown`.

    Data shared by the languages is kept close together, line by line, where compression removes it.
    """
    scenes = [view.scenes[lang] for lang in LANGUAGES]
    texts = ["" if s.lang == shown else write_svg(s, interactive=True) for s in scenes]
    pictures = zip_longest(*(lines_of(text) for text in texts), fillvalue="")
    lines, keys = _Pool(), _Pool()
    whys, groups, behinds = _Pool(), _Pool(), _Pool()
    for line in scenes[0].lines:
        lines[line]

    def behind(en: Iterable[Behind], ja: Iterable[Behind]) -> int:
        each = [(lines[one.line], whys[one.counts, one.why, other.why]) for one, other in zip(en, ja, strict=True)]
        return behinds[tuple(each)]

    marks: list[object] = []
    pairs = list(zip(*([item for item in s.items if isinstance(item, Mark)] for s in scenes), strict=True))
    for en, ja in pairs:
        keys[en.key]
        joined = groups[en.groups]
        names = [len(en.name), len(ja.name)]
        marks.append([en.key, behind(en.behind, ja.behind), joined, *names, *([en.fold] if en.fold else [])])
    table = scenes[0].table
    rows = [keys[key] for key in table.keys]
    drawn = {mark.key: _shapes(item for item in mark.items if isinstance(item, Shape)) for mark, _ in pairs}
    figures, shapes = _Pool(), _Pool()
    narrowed: dict[str, list[int]] = {}
    for name, said in view.narrowed.items():
        flat: list[int] = []
        for key, en_shown in said.get("en", {}).items():
            if key not in keys.numbers and key not in table.keys and key != "all":
                continue
            ja_shown = said["ja"][key]
            anew = _shapes(en_shown.shapes) if en_shown.shapes else ""
            flat += [
                keys[key],
                figures[_figure(en_shown, ja_shown)],
                behind(en_shown.behind, ja_shown.behind),
                shapes[anew] if anew and anew != drawn.get(key) else -1,
            ]
        narrowed[name] = flat
    return {
        "svg": [line for pair in pictures for line in pair],
        "title": [s.title for s in scenes],
        "table": [None if s.lang == shown else [s.table.heads, *s.table.rows] for s in scenes],
        "lines": [list(s.lines.values()) for s in scenes],
        "marks": marks,
        "says": [[mark.says for mark in each] for each in zip(*pairs, strict=True)],
        "keys": list(keys.numbers),
        "rows": rows,
        "first": table.first,
        "whys": list(whys.numbers),
        "groups": list(groups.numbers),
        "behinds": list(behinds.numbers),
        "figures": list(figures.numbers),
        "shapes": list(shapes.numbers),
        "narrowed": narrowed,
        "given": view.given,
    }


def _figure(en: Shown, ja: Shown) -> tuple[object, ...]:
    numbers = (en.sum.lower, en.sum.upper, en.sum.open_count) if en.sum else ()
    return (en.figure, ja.figure, en.said, ja.said, *numbers)


def _shapes(shapes: Iterable[Shape]) -> str:
    return "".join(write_item(each, count()) for each in shapes)
