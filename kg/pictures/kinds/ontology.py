"""`ontology`: the class hierarchy with the properties of each class, as a diagram for the documentation."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg import terms
from kg.funding import scope
from kg.funding.scope import Ask, Names, Scope
from kg.pictures.canvas.outline import OutlineLine, lay_out_outline
from kg.pictures.canvas.svg import SOFT, DataTable, Label, Scene, Shape, shape
from kg.pictures.canvas.text import width, wrap
from kg.pictures.canvas.words import read_words
from kg.rdf.nodes import value

SUMMARY = {"en": "Classes and properties of the ontology", "ja": "オントロジーのクラスとプロパティ"}
OPTIONS: tuple[str, ...] = ()
WIDTH, TOP, COLUMNS = 1400.0, 96.0, 3
CLASS, LINK, TEXT = "#123f66", "#4f7025", "#93297b"
word = read_words("ontology")
ANY = ""


@dataclass(frozen=True)
class ClassBox:
    """One class: its superclass, its asserted instances, its own properties and their ranges."""

    iri: str
    path: tuple[str, ...]
    entities: int | None
    properties: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Ontology:
    """The classes, depth first, starting with the largest families."""

    classes: tuple[ClassBox, ...]
    names: Names
    properties: int


def read(ask: Ask, choice: Scope) -> Ontology:
    """Return the classes from `class-tree` and their properties from `class-properties`; the scope must be empty."""
    tree, declared = ask("class-tree", choice.given()), ask("class-properties", {})
    above: dict[str, str] = {}
    entities: dict[str, int | None] = {}
    for row in tree:
        above.setdefault(value(row, "class"), value(row, "above"))
        entities[value(row, "class")] = int(value(row, "entities")) if row.get("entities") else None
    below: dict[str, list[str]] = defaultdict(list)
    for child, parent in above.items():
        below[parent].append(child)
    properties: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in declared:
        properties[value(row, "class")].append((value(row, "property"), value(row, "range")))
    names = scope.read_names(ask, tree, declared)
    found: list[ClassBox] = []

    def family(iri: str) -> int:
        return 1 + sum(map(family, below[iri])) + len(properties[iri])

    def walk(parent: str, path: tuple[str, ...]) -> None:
        for iri in sorted(below[parent], key=lambda c: (-family(c) if not parent else 0, c)):
            found.append(ClassBox(iri, path, entities[iri], tuple(properties.pop(iri, ()))))
            walk(iri, (*path, iri))

    walk("", ())
    rest = tuple(sorted(pair for pairs in properties.values() for pair in pairs))
    if rest:
        found.append(ClassBox(ANY, (), None, rest))
    return Ontology(tuple(found), names, len({value(row, "property") for row in declared}))


def scene(data: Ontology, lang: str) -> Scene:
    """Return the ontology as an outline 1400 pixels wide."""
    lines = [line for each in data.classes for line in _lines(data, each, lang)]
    marks, lowest = lay_out_outline(lines, COLUMNS, top=TOP, full=WIDTH)
    title = word("title", lang, classes=sum(bool(c.iri) for c in data.classes), properties=data.properties)
    note = word("note", lang, iri=terms.IS)
    return Scene(
        width=WIDTH,
        height=lowest + 46,
        lang=lang,
        title=title,
        description=note,
        items=(*_frame(title, lang), *marks, Label(20, lowest + 28, wrap(note, WIDTH - 40, 11.5), 11.5, fill=SOFT)),
        table=_table(data, lang),
    )


def _frame(title: str, lang: str) -> list[Shape | Label]:
    items: list[Shape | Label] = [Label(20, 34, (title,), 20, bold=True)]
    x = 20.0
    for name in ("class", "link", "text"):
        items += _sign(name, x + 6, 56)
        items.append(Label(x + 20, 60, (word(name, lang),), 12.5, fill=SOFT))
        x += 20 + width(word(name, lang), 12.5) + 26
    return items


def _sign(name: str, x: float, y: float) -> Sequence[Shape]:
    if name == "class":
        return [shape("rect", x=x - 6, y=y - 6, width=12, height=12, rx=2, fill=CLASS)]
    if name == "link":
        return [shape("path", d=f"M{x - 6:.1f} {y:.1f}h7m0 -4l5 4l-5 4Z", fill=LINK, stroke=LINK, stroke_width=1.4)]
    return [shape("path", d=f"M{x - 5:.1f} {y - 2:.1f}h10m-10 5h10", fill="none", stroke=TEXT, stroke_width=1.6)]


def _lines(data: Ontology, each: ClassBox, lang: str) -> list[OutlineLine]:
    name = _name(data, each.iri, lang)
    key = _key(each.iri)
    above = tuple(map(_key, each.path))
    tail = f"{each.entities:,}" if each.entities else ""
    says = f"{name}: {tail or 0}" if each.iri else name
    lines = [OutlineLine(key, above, name, says, lambda x, y: _sign("class", x, y), tail, bold=True)]
    for iri, leads in sorted(each.properties, key=lambda pair: (pair[1] == "", pair)):
        kind = "link" if leads.startswith(terms.IS) or not leads.startswith(terms.XSD) else "text"
        text = f"{data.names.full(iri, lang).lower()}: {_name(data, leads, lang) if leads else word('any', lang)}"
        groups = (_key(leads),) if leads.startswith(terms.IS) else ()
        sign = (lambda x, y: _sign("link", x, y)) if kind == "link" else (lambda x, y: _sign("text", x, y))
        lines.append(
            OutlineLine(f"{key}.{terms.local_name(iri)}", (*above, key), text, f"{name} – {text}", sign, groups=groups)
        )
    return lines


def _name(data: Ontology, iri: str, lang: str) -> str:
    return data.names.full(iri, lang) if iri else word("any", lang)


def _key(iri: str) -> str:
    return f"c:{terms.local_name(iri)}"


def _table(data: Ontology, lang: str) -> DataTable:
    heads = word.table(lang)
    rows: list[tuple[str | int | None, ...]] = []
    for each in data.classes:
        first = (_name(data, each.iri, lang), _name(data, each.path[-1], lang) if each.path else None, each.entities)
        rows += [(*first, data.names.full(p, lang), _name(data, r, lang)) for p, r in each.properties] or [
            (*first, None, None)
        ]
    return DataTable(heads, tuple(rows))


def named(data: Ontology) -> Mapping[str, str]:
    """Return the English name of each class by its IRI."""
    return {c.iri: data.names.full(c.iri, "en") for c in data.classes if c.iri}
