"""Validation: what is asserted, with the ontology, against the SHACL shapes; each result leads back to its table row.

Only asserted statements are validated, for a reasoner can hide a mistake: the named graphs of inferred statements and of
release metadata are left out, and the ontology is always the package's own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

import pyoxigraph as ox

from kg import paths, terms
from kg.errors import InputError, UsageError
from kg.schema import parse_turtle
from kg.shapes import Shapes, read_shapes
from kg.validators import Found, choose

SEVERITIES = ("Violation", "Warning", "Info")
DATA_FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".trig": ox.RdfFormat.TRIG,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
}
_LEFT_OUT = frozenset({terms.INFERRED_GRAPH, terms.RELEASE_GRAPH, terms.ONTOLOGY_GRAPH})
_GAP = re.compile(r"(\{[?$]\w+\})")


@dataclass(frozen=True, order=True)
class Message:
    """What the editor is to do, in both languages; amounts are in yen unless it says otherwise."""

    en: str
    ja: str


@dataclass(frozen=True)
class Result:
    """One result: how serious, on what, by which shape, what to do, and the table row (`file`, `line`) it comes from."""

    severity: str
    focus: str
    path: str | None
    value: str | None
    shape: str
    component: str
    message: Message
    origin: tuple[str, int] | None = None

    @property
    def key(self) -> tuple[str, ...]:
        """What the result says, without its wording: two engines that agree give the same keys."""
        return (self.severity, self.focus, self.path or "", self.value or "", self.shape, self.component)


@dataclass(frozen=True)
class Report:
    """All results, the most serious first and in table order, and the engine (with its version) that found them."""

    results: tuple[Result, ...]
    engine: str

    @property
    def violations(self) -> tuple[Result, ...]:
        """The results that are wrong; warnings and known findings are not among them."""
        return tuple(r for r in self.results if r.severity == "Violation")

    @property
    def conforms(self) -> bool:
        """Whether nothing is violated."""
        return not self.violations


def read_data(path: Path) -> list[ox.Quad]:
    """Return the statements of a Turtle, TriG, N-Triples or N-Quads file.

    Raises InputError when the file is missing or does not parse, UsageError when its ending is not known.
    """
    if path.suffix not in DATA_FORMATS:
        raise UsageError(f"{path}: cannot validate this kind of file; known: {', '.join(DATA_FORMATS)}")
    try:
        return parse_data(path.read_text(encoding="utf-8"), DATA_FORMATS[path.suffix], str(path))
    except FileNotFoundError as error:
        raise InputError(f"{path}: no such file") from error
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read as UTF-8 text: {error}") from error


def parse_data(text: str, form: ox.RdfFormat = ox.RdfFormat.TRIG, name: str = "standard input") -> list[ox.Quad]:
    """Return the statements of a text; as TriG it may be Turtle or N-Triples too.

    Raises InputError naming the line when it does not parse.
    """
    try:
        return list(ox.parse(text, format=form))
    except SyntaxError as error:
        raise InputError(f"{name}:{error.lineno}: does not parse: {error.msg}") from error


def validate(
    data: Iterable[ox.Quad | ox.Triple],
    shapes: Shapes | None = None,
    *,
    origins: Mapping[str, tuple[str, int]] | None = None,
    engine: str = "auto",
    tell: Callable[[str], None] | None = None,
) -> Report:
    """Return what the shapes (by default the package's own) find in the asserted statements of the data.

    The package's ontology and code lists are added to the data. `origins` leads from a subject to its table row, as in
    Built.origins. `engine` is pyshacl, pyshifty, or auto: pyshifty if it is installed. `tell` is told what is under way.

    Raises ShapeError when the shapes cannot be loaded, UsageError when the engine is not known or not installed.
    """
    shapes = shapes or read_shapes()
    run, called = choose(engine)
    graph = {s if isinstance(s, ox.Triple) else s.triple for s in data if not _left_out(s)}
    graph |= {t for path in paths.ontology_files() for t in parse_turtle(path)}
    if tell:
        tell(f"validating {len(graph):,} statements with {called}")
    found = {_resolved(result, shapes, origins or {}) for result in run(graph, shapes)}
    return Report(tuple(sorted(found, key=_order)), called)


def _left_out(statement: ox.Quad | ox.Triple) -> bool:
    graph = statement.graph_name if isinstance(statement, ox.Quad) else None
    return isinstance(graph, ox.NamedNode) and graph.value in _LEFT_OUT


def _resolved(found: Found, shapes: Shapes, origins: Mapping[str, tuple[str, int]]) -> Result:
    templates = shapes.messages.get(found.shape, {})
    message = Message(_worded(templates.get("en", ""), found.texts), _worded(templates.get("ja", ""), found.texts))
    value = None if found.component == "SPARQLConstraintComponent" and found.value == found.focus else found.value
    origin = origins.get(found.focus) or origins.get(value or "")
    return Result(found.severity, found.focus, found.path, value, found.shape, found.component, message, origin)


def _worded(template: str, texts: Iterable[str]) -> str:
    """Return the template with what the engine filled in: IRIs as CURIEs, numbers with separators."""
    parts = _GAP.split(template)
    pattern = re.compile("".join("(.*?)" if i % 2 else re.escape(part) for i, part in enumerate(parts)), re.DOTALL)
    match = next(filter(None, map(pattern.fullmatch, texts)), None)
    if match is None:
        return template
    filled = iter(match.groups())
    return "".join(_shown(next(filled)) if i % 2 else part for i, part in enumerate(parts))


def _shown(text: str) -> str:
    text = text.removeprefix("<").removesuffix(">")
    try:
        number = Decimal(text)
    except InvalidOperation:
        return terms.shorten(text)
    return text if len(text) < 5 or (text.isdigit() and len(text) < 8) else f"{round(number, 3).normalize():,f}"


def _order(result: Result) -> tuple[int, tuple[str, int], tuple[str, ...], Message]:
    known = SEVERITIES.index(result.severity) if result.severity in SEVERITIES else 0
    return known, result.origin or ("", 0), result.key, result.message
