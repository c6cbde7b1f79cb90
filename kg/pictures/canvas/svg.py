"""Write a scene as SVG: text remains text, and every mark has a description."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import count

from kg.pictures.canvas.text import width
from kg.pictures.canvas.xml import escape

INK, SOFT, LINE, PAPER = "#1a1f2b", "#4d5566", "#c5cad3", "#ffffff"
LATIN = "'Noto Sans','Helvetica Neue',Arial"
JAPANESE = "'Noto Sans JP','Noto Sans CJK JP','Hiragino Sans','Yu Gothic',Meiryo,IPAexGothic"
STYLE = (
    ".halo{paint-order:stroke;stroke:#fff;stroke-width:4px;stroke-linejoin:round}"
    f".tail{{fill:{SOFT};font-weight:600}}"
    ".hatched{stroke-width:.7;stroke-dasharray:4 3}.dashed{stroke-dasharray:7 4}"
    ".band{fill-opacity:.6}.thin{fill:none;stroke-opacity:.6}"
)


def fonts(lang: str) -> str:
    """Return the font families, those of the language first; Japanese ones are always included."""
    return f"{JAPANESE},sans-serif" if lang == "ja" else f"{LATIN},{JAPANESE},sans-serif"


def number(value: float) -> str:
    """Return a coordinate in the shortest form, to a tenth of a pixel.

    >>> number(12.0), number(3.14159)
    ('12', '3.1')
    """
    text = f"{value:.1f}"
    return text[:-2] if text.endswith(".0") else text


@dataclass(frozen=True)
class Shape:
    """A figure: an SVG element without text."""

    tag: str
    attributes: tuple[tuple[str, str], ...]


def shape(tag: str, **attributes: str | float) -> Shape:
    """Return a shape; `stroke_width` becomes `stroke-width`, `class_` becomes `class`."""
    return Shape(
        tag,
        tuple((k.rstrip("_").replace("_", "-"), v if isinstance(v, str) else number(v)) for k, v in attributes.items()),
    )


@dataclass(frozen=True)
class Label:
    """Text at a point, in one or several lines; `y` is the baseline of the first."""

    x: float
    y: float
    lines: tuple[str, ...]
    size: float = 12
    anchor: str = "start"
    bold: bool = False
    fill: str = INK
    halo: bool = False
    tail: str = ""  # a figure after the last line, separate from the name
    figure: str | None = None  # the key of the figure at its end that a filter changes; "" is that of its mark
    variants: tuple[str, ...] = ()  # its text for each measure that the page offers

    @property
    def leading(self) -> float:
        """The distance between two lines in pixels."""
        return self.size * 1.22


@dataclass(frozen=True)
class Behind:
    """A printed amount behind a mark: its key, how it counts here, and why."""

    line: str
    counts: str
    why: str


@dataclass(frozen=True)
class Mark:
    """A mark that readers can point at: its shapes, description, groups, and the printed amounts behind it."""

    key: str
    says: str
    items: tuple[Shape | Label, ...]
    groups: tuple[str, ...] = ()
    behind: tuple[Behind, ...] = ()
    fold: tuple[int, float, float] | None = None  # of a row in an outline: column, top, height
    name: str = ""  # the part of `says` before the figure


@dataclass(frozen=True)
class DataTable:
    """The data as a table: headings and rows of texts and numbers; amounts in yen.

    `keys` gives the key of each row, by which a filter fills the columns from `first` on (at least, at most,
    undecided).
    """

    heads: tuple[str, ...]
    rows: tuple[tuple[str | int | None, ...], ...]
    keys: tuple[str, ...] = ()
    first: int = 0


@dataclass(frozen=True)
class Scene:
    """A picture in one language, in pixels, with its table and its printed amounts."""

    width: float
    height: float
    lang: str
    title: str
    description: str
    items: tuple[Shape | Label | Mark, ...]
    table: DataTable
    lines: dict[str, tuple[str, ...]] = field(default_factory=dict)
    hatches: tuple[tuple[str, str], ...] = ()


def write_svg(scene: Scene, *, interactive: bool = False, printed: bool = False) -> str:
    """Return the scene as SVG text; interactive marks have numbers, by which the page finds their descriptions.

    `printed` is for PDF, where halos and patterns would take megabytes: it uses boxes and gradients instead.
    """
    size = f'width="{number(scene.width)}" height="{number(scene.height)}"'
    role = 'role="group"' if interactive else 'role="img"'
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} viewBox="0 0 {number(scene.width)} {number(scene.height)}" '
        f'{role} aria-labelledby="kg-title kg-desc" lang="{scene.lang}" font-family="{fonts(scene.lang)}" '
        f'font-size="12" fill="{INK}">\n<title id="kg-title">{escape(scene.title)}</title>\n'
        f'<desc id="kg-desc">{escape(scene.description)}</desc>\n'
    )
    defs = "".join(map(_gradient if printed else _hatch, scene.hatches))
    paper = f'<rect width="100%" height="100%" fill="{PAPER}"/>\n'
    marks = count()
    items = map(_boxed, scene.items) if printed else scene.items
    body = "\n".join(write_item(item, marks if interactive else None) for item in items)
    return f"{head}<style>{STYLE}</style>\n<defs>{defs}</defs>\n{paper}{body}\n</svg>\n"


def _hatch(pair: tuple[str, str]) -> str:
    name, colour = pair
    return (
        f'<pattern id="{name}" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        f'<rect width="6" height="6" fill="{colour}" fill-opacity=".1"/>'
        f'<rect width="2" height="6" fill="{colour}" fill-opacity=".8"/></pattern>'
    )


def _gradient(pair: tuple[str, str]) -> str:
    name, colour = pair
    stops = ((0, 0.8), (0.3, 0.8), (0.36, 0.1), (0.94, 0.1), (1, 0.8))
    inner = "".join(f'<stop offset="{at}" stop-color="{colour}" stop-opacity="{dense}"/>' for at, dense in stops)
    return (
        f'<linearGradient id="{name}" gradientUnits="userSpaceOnUse" spreadMethod="repeat" '
        f'x1="0" y1="0" x2="4.24" y2="4.24">{inner}</linearGradient>'
    )


def _boxed(item: Shape | Label | Mark) -> Shape | Label | Mark:
    """Return the item with a white background instead of halos behind its labels."""
    if isinstance(item, Mark):
        return replace(item, items=tuple(each for inner in item.items for each in _ground(inner)))
    return item


def _ground(item: Shape | Label) -> tuple[Shape | Label, ...]:
    if not isinstance(item, Label) or not item.halo:
        return (item,)
    long = max(width(line + item.tail * (i == len(item.lines) - 1), item.size) for i, line in enumerate(item.lines))
    left = {"start": item.x, "middle": item.x - long / 2, "end": item.x - long}[item.anchor]
    high = item.leading * len(item.lines)
    box = shape("rect", x=left - 2, y=item.y - item.size, width=long + 4, height=high, fill=PAPER, fill_opacity="0.8")
    return (box, replace(item, halo=False))


def write_item(item: Shape | Label | Mark, marks: Iterator[int] | None) -> str:
    """Return an item as SVG; `marks` gives the numbers of marks and adds the attributes that the page needs."""
    if isinstance(item, Shape):
        attributes = "".join(
            f' {k}="{escape(v)}"' for k, v in item.attributes if marks is not None or not k.startswith("data-")
        )
        return f"<{item.tag}{attributes}/>"
    if isinstance(item, Label):
        return _label(item, interactive=marks is not None)
    inner = "".join(write_item(each, marks) for each in item.items)
    if marks is None:
        return f"<g><title>{escape(item.says)}</title>{inner}</g>"
    return f'<g data-k="{next(marks)}">{inner}</g>'


def _label(label: Label, *, interactive: bool) -> str:
    given = [f'x="{number(label.x)}" y="{number(label.y)}"']
    if label.size != 12:
        given.append(f'font-size="{number(label.size)}"')
    if label.anchor != "start":
        given.append(f'text-anchor="{label.anchor}"')
    if label.bold:
        given.append('font-weight="600"')
    if label.fill != INK:
        given.append(f'fill="{label.fill}"')
    if label.halo:
        given.append('class="halo"')
    figure = ""
    if interactive and label.figure is not None:
        figure = f' data-f="{escape(label.figure)}"' if label.figure else " data-f"
    tail = f'<tspan class="tail"{figure}>\u00a0{escape(label.tail)}</tspan>' if label.tail else ""
    if figure and not tail and (label.figure or len(label.lines) == 1):
        given.append(figure.strip())
        figure = ""
    if interactive and label.variants:
        given.append(f'data-v="{escape("|".join(label.variants))}"')
    if len(label.lines) == 1:
        return f"<text {' '.join(given)}>{escape(label.lines[0])}{tail}</text>"
    x, leading = number(label.x), number(label.leading)
    # A space at the end of a line separates words when the text is copied or read aloud.
    last = len(label.lines) - 1 if label.anchor == "start" else 0  # where it does not shift the line
    ended = [line + " " * (line[-1:].isascii() and i < last) for i, line in enumerate(label.lines)]
    spans = (
        f'<tspan x="{x}"'
        + (f' dy="{leading}"' if i else "")
        + (figure if i == len(ended) - 1 and not tail else "")
        + f">{escape(line)}</tspan>"
        for i, line in enumerate(ended)
    )
    return f"<text {' '.join(given)}>{''.join(spans)}{tail}</text>"


def all_labels(items: Iterable[Shape | Label | Mark]) -> list[Label]:
    """Return all labels of a scene, including those inside marks."""
    found: list[Label] = []
    for item in items:
        if isinstance(item, Label):
            found.append(item)
        elif isinstance(item, Mark):
            found += all_labels(item.items)
    return found
