"""Validate asserted statements against the SHACL shapes and the ontology, and trace each result to its table row.

The shapes see asserted statements only, because inference can hide a mistake: the named graphs of inferred statements
and of release metadata are left out, and the ontology is always the package's own. Then the entailments of the same
statements are checked for contradictions with the ontology (OWL 2 RL).
"""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox

from kg import paths, terms
from kg.assembly.graph_names import lacks_graph_names, with_graph_names
from kg.errors import shortened
from kg.rdf.nodes import Term
from kg.rdf.read import parse_bytes, read_quads
from kg.tables.load import load_facts
from kg.tables.schema import parse_turtle
from kg.validation.consistency import Contradiction, Place, Reason, contradictions
from kg.validation.engines import Found, choose
from kg.validation.shapes import Shapes, read_shapes, text_of_node
from kg.validation.targets import checked_nodes

FORBIDDEN = "ConsistencyConstraintComponent"  # in a report, in place of a constraint component of SHACL
SEVERITIES = ("Violation", "Warning", "Info")
_LEFT_OUT = frozenset({terms.INFERRED_GRAPH, terms.RELEASE_GRAPH, terms.ONTOLOGY_GRAPH})
_NUMBER = re.compile(r"-?[0-9]{1,18}(?:\.[0-9]{1,40})?")  # an engine may divide to 28 digits
_GAP = re.compile(r"(\{[?$]\w+\})")


@dataclass(frozen=True, order=True)
class Message:
    """The instruction to the editor in both languages; amounts are in yen unless stated otherwise."""

    en: str
    ja: str


@dataclass(frozen=True)
class Result:
    """One result: its severity, focus and shape, the instruction to the editor, and the table row (`file`, `line`).

    `because` lists the axioms and statements of a contradiction; it is empty for results of shapes.
    """

    severity: str
    focus: str
    path: str | None
    value: str | None
    shape: str
    component: str
    message: Message
    origin: Place | None = None
    term: Term | None = field(default=None, compare=False)  # the value, with its datatype or language
    because: tuple[Reason, ...] = ()

    @property
    def key(self) -> tuple[str, ...]:
        """The result without its wording; engines that agree give the same keys."""
        return (self.severity, self.focus, self.path or "", self.value or "", self.shape, self.component)


@dataclass(frozen=True)
class Report:
    """All results, most serious first and then in table order, and the engine with its version.

    `checked` counts the nodes of the data to which a shape applies; None if that is not known. With none, the report
    conforms, but says nothing.
    """

    results: tuple[Result, ...]
    engine: str
    checked: int | None = None

    @property
    def violations(self) -> tuple[Result, ...]:
        """The violations, without warnings and known findings."""
        return tuple(r for r in self.results if r.severity == "Violation")

    @property
    def conforms(self) -> bool:
        """Whether there are no violations."""
        return not self.violations


def check(
    source: Path | str | bytes | None = None,
    *,
    data_format: str | None = None,
    shapes: Path = paths.SHAPES,
    proofread: Collection[str] = (),
    engine: str = "auto",
    tell: Callable[[str], None] | None = None,
) -> Report:
    """Return the report on an RDF file, on RDF text, or by default on the graph built from the fact tables.

    Only the last has table rows. `proofread` names the documents whose hints are wanted too, as warnings. `tell`
    receives progress messages. `data_format` is one of kg.rdf.read.DATA_FORMATS; by default the name or the content
    says it.

    Raises TableError with all faults in the tables, InputError if something cannot be read, ShapeError if a shape is
    broken, UsageError if the engine is unknown or not installed or there are no hints for a document.
    """
    rules = read_shapes(shapes, proofread)
    if source is not None:
        text = source.encode() if isinstance(source, str) else source
        quads = read_quads(text, data_format) if isinstance(text, Path) else parse_bytes(text, data_format)
        if lacks_graph_names(quads):
            if tell:
                tell("telling the facts from what follows from them")
            quads = with_graph_names(quads)
        return validate(quads, rules, engine=engine, tell=tell)
    if tell:
        tell("reading the tables")
    facts = load_facts()
    return validate(facts.quads, rules, origins=facts.origins, engine=engine, tell=tell)


def validate(
    data: Iterable[ox.Quad | ox.Triple],
    shapes: Shapes | None = None,
    *,
    origins: Mapping[str, Place] | None = None,
    engine: str = "auto",
    tell: Callable[[str], None] | None = None,
) -> Report:
    """Return the report on asserted data, by the shapes (by default the package's own) and the package's ontology.

    The ontology and its code lists are added to the data. `origins` maps a subject to its table row, as in
    Built.origins. `engine` is pyshacl, pyshifty, or auto: pyshifty if it is installed. `tell` receives progress
    messages.

    Raises ShapeError if the shapes cannot be loaded, UsageError if the engine is unknown or not installed, DataError if
    it cannot read the data.
    """
    shapes = shapes or read_shapes()
    run, called = choose(engine)
    asserted = [s for s in data if not _left_out(s)]
    facts = {s if isinstance(s, ox.Triple) else s.triple for s in asserted}
    ontology = {t for path in paths.ontology_files() for t in parse_turtle(path)}
    graph = facts | ontology
    tell = tell or (lambda _: None)
    tell(f"validating {len(graph):,} statements with {called}")
    found = set(run(graph, shapes, tell))
    lead = _lead(graph, origins or {}) if origins else lambda *_: None
    elsewhere = _elsewhere(asserted)
    results = {_resolved(result, shapes, lead) for result in found if not elsewhere(result, shapes.hints)}
    tell("looking for what the ontology forbids")
    rows = _rows(asserted, origins or {}, lead)
    results |= {_forbidden(contradiction, lead) for contradiction in contradictions(facts, rows)}
    return Report(tuple(sorted(results, key=_order)), called, checked_nodes(facts, ontology, shapes))


def _elsewhere(asserted: Iterable[ox.Quad | ox.Triple]) -> Callable[[Found, Mapping[str, str]], bool]:
    """Return whether a result is a hint for one document about what only other documents state."""
    graphs: dict[str, set[str]] = defaultdict(set)
    for statement in asserted:
        graph = statement.graph_name if isinstance(statement, ox.Quad) else None
        graphs[text_of_node(statement.subject)].add(graph.value if isinstance(graph, ox.NamedNode) else "")

    def elsewhere(found: Found, hints: Mapping[str, str]) -> bool:
        about = found.value if found.focus == terms.BASE + "ontology" and found.value else found.focus
        own = {"", terms.GRAPH + paths.COMMON, terms.GRAPH + hints.get(found.shape, "")}
        return found.shape in hints and about in graphs and graphs[about].isdisjoint(own)

    return elsewhere


def _left_out(statement: ox.Quad | ox.Triple) -> bool:
    graph = statement.graph_name if isinstance(statement, ox.Quad) else None
    return isinstance(graph, ox.NamedNode) and graph.value in _LEFT_OUT


Lead = Callable[[str, str | None], Place | None]
RowOf = Callable[[ox.Triple], Place | None]


def _lead(graph: Iterable[ox.Triple], origins: Mapping[str, Place]) -> Lead:
    """Return a function from focus and value to a table row; for a passage, to the first row that is read from it."""
    readers: dict[str, Place] = {}
    for t in graph:
        row = origins.get(text_of_node(t.subject))
        if row and t.predicate.value == terms.IS + "isReadFrom":
            readers[text_of_node(t.object)] = min(row, readers.get(text_of_node(t.object), row))

    def lead(focus: str, value: str | None) -> Place | None:
        return origins.get(focus) or origins.get(value or "") or readers.get(focus)

    return lead


def _rows(asserted: Iterable[ox.Quad | ox.Triple], origins: Mapping[str, Place], lead: Lead) -> RowOf:
    """Return a function from a statement to its table row, in the table of the source that states it."""
    says = {s.triple: text_of_node(s.graph_name) for s in asserted if isinstance(s, ox.Quad) and origins}  # type: ignore[arg-type]

    def row_of(statement: ox.Triple) -> Place | None:
        subject = text_of_node(statement.subject)
        row = origins.get(f"{subject} {says.get(statement, '')}") or lead(subject, None)
        return row and (f"kg/{row[0]}", row[1])

    return row_of


def _forbidden(found: Contradiction, lead: Lead) -> Result:
    """Return a contradiction as a result, with its rule as shape and constraint component."""
    focus, value = text_of_node(found.focus), text_of_node(found.value) if found.value is not None else None
    shape = f"{terms.BASE}shape/Consistency-{found.rule}"
    origin, message = lead(focus, value), Message(*found.messages)
    return Result("Violation", focus, found.path, value, shape, FORBIDDEN, message, origin, found.value, found.because)


def _resolved(found: Found, shapes: Shapes, lead: Lead) -> Result:
    templates = shapes.messages.get(found.shape, {})
    message = Message(_worded(templates.get("en", ""), found.texts), _worded(templates.get("ja", ""), found.texts))
    value = None if found.component == "SPARQLConstraintComponent" and found.value == found.focus else found.value
    origin = lead(found.focus, value)
    term = found.term if value is not None else None
    return Result(found.severity, found.focus, found.path, value, found.shape, found.component, message, origin, term)


def _worded(template: str, texts: Iterable[str]) -> str:
    """Return the template with the values from the engine: IRIs as CURIEs, numbers with separators."""
    parts = _GAP.split(template)
    pattern = re.compile("".join("(.*?)" if i % 2 else re.escape(part) for i, part in enumerate(parts)), re.DOTALL)
    match = next(filter(None, map(pattern.fullmatch, texts)), None)
    if match is None:
        return template
    filled = iter(match.groups())
    return "".join(_shown(next(filled)) if i % 2 else part for i, part in enumerate(parts))


def _shown(text: str) -> str:
    text = text.removeprefix("<").removesuffix(">")
    if not _NUMBER.fullmatch(text):  # an identifier may have 40 digits, and Infinity be a name
        return shortened(terms.shorten(text))
    return text if len(text) < 5 or (text.isdigit() and len(text) < 8) else f"{round(Decimal(text), 3).normalize():,f}"


def _order(result: Result) -> tuple[int, bool, Place, tuple[str, ...], Message]:
    known = SEVERITIES.index(result.severity) if result.severity in SEVERITIES else 0
    return known, bool(result.because), result.origin or ("", 0), result.key, result.message
