"""Explain a statement: where it is stated, how it follows, or which similar statements hold instead."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import Literal

import pyoxigraph as ox

from kg import paths, terms
from kg.assembly.graph_names import with_graph_names
from kg.errors import UsageError, did_you_mean, likeness
from kg.paths import read_query
from kg.questions.answer import labels_of
from kg.questions.bearers import fold_name
from kg.questions.resolve import find_thing
from kg.rdf.nodes import Term, graph_of, natural
from kg.rdf.read import read_quads
from kg.reasoning.axioms import is_anonymous, is_axiomatic, read_axioms
from kg.reasoning.derivation import Derivation
from kg.reasoning.inference import trace
from kg.stores.embedded import EmbeddedStore
from kg.tables.heads import column_name
from kg.tables.rows import read_tables
from kg.tables.schema import read_schema

_NEAREST = 3
_APART = {terms.ONTOLOGY_GRAPH, terms.INFERRED_GRAPH, terms.RELEASE_GRAPH}
_TYPE = ox.NamedNode(terms.RDF + "type")
_SAYS_WHERE = (terms.IS + "isReadFrom", terms.DCTERMS + "source")
_PROPERTIES = read_query("provenance", "properties")
Status = Literal["stated", "axiom", "inferred", "unknown"]


@dataclass(frozen=True)
class TableRow:
    """The table row behind a statement: its file below `kg/`, its line, and its column if known."""

    file: str
    line: int
    column: str = ""

    def __str__(self) -> str:
        """Return `kg/facts/….csv:118 amount`."""
        return f"kg/{self.file}:{self.line}{' ' if self.column else ''}{self.column}"


@dataclass(frozen=True)
class Support:
    """Where an asserted statement comes from: named graph, passages and other sources, kinds of evidence, table row."""

    graph: str
    sources: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    row: TableRow | None = None


@dataclass(frozen=True)
class Explanation:
    """Why a statement holds.

    `status` is `stated` (a fact), `axiom` (in the ontology), `inferred`, or `unknown` (does not hold). `derivation`
    ends in asserted statements, for each of which `supports` gives the origin. If the statement does not hold,
    `nearest` lists similar ones that do, best first. `labels` gives names by (IRI, language). `about_schema` is true
    for statements about classes and properties: for these only the axioms of the ontology are known, and nothing is
    inferred.
    """

    statement: ox.Triple
    status: Status
    derivation: Derivation | None = None
    supports: dict[ox.Triple, Support] = field(default_factory=dict)
    nearest: tuple[ox.Triple, ...] = ()
    labels: dict[tuple[str, str], str] = field(default_factory=dict)
    about_schema: bool = False

    @property
    def holds(self) -> bool:
        """Return whether the statement holds."""
        return self.status != "unknown"


def explain(
    subject: str, predicate: str, value: str, store: EmbeddedStore, facts: Path | None = paths.FACTS
) -> Explanation:
    """Return the explanation of a statement; its terms are IRIs, CURIEs, ids or labels, its value may be a literal.

    `facts` is the folder of the tables that the dataset was built from, used to find table rows; None skips that.
    Raises UsageError if a name is unknown or ambiguous, UnsupportedAxiom if the ontology goes beyond OWL 2 RL.
    """
    thing = _thing(subject, store)
    link = find_property(predicate, store)
    statement = ox.Triple(thing, link, _value(value, thing, link, store))
    return explain_triple(statement, store, facts)


def explain_file(subject: str, predicate: str, value: str, data: Path, data_format: str | None) -> Explanation:
    """Return the explanation of a statement of an RDF file; errors as in `explain`, and InputError.

    Asserted and inferred statements keep apart where they can be known.
    """
    inner = ox.Store()
    inner.extend(with_graph_names(read_quads(data, data_format)))
    return explain(subject, predicate, value, EmbeddedStore(inner), None)


def explain_triple(statement: ox.Triple, store: EmbeddedStore, facts: Path | None = paths.FACTS) -> Explanation:
    """Return the explanation of a statement; `facts` and errors as in `explain`."""
    status, derivation = _find(statement, store)
    leaves = derivation.leaves() if derivation else [statement] if status == "axiom" else []
    supports = {leaf: support for leaf in leaves if (support := _support(leaf, store))}
    if facts is not None and facts.is_dir():
        supports = dict(_with_rows(supports, facts, store))
    nearest = () if status != "unknown" else tuple(_nearest(statement, store))
    named = [statement, *nearest]
    if derivation:
        named += [triple for part in derivation.parts() for triple in (part.conclusion, *part.axioms)]
    cited = [ox.NamedNode(iri) for s in supports.values() for iri in (*s.sources, *s.evidence)]
    labels = labels_of(store, [tuple(t) for t in named] + [tuple(cited)])
    about_schema = status == "unknown" and statement.subject in read_axioms(_ontology(store)).schema_terms()
    return Explanation(statement, status, derivation, supports, nearest, labels, about_schema)


def _find(statement: ox.Triple, store: EmbeddedStore) -> tuple[Status, Derivation | None]:
    graphs = [
        graph_of(quad)
        for quad in store.inner.quads_for_pattern(statement.subject, statement.predicate, statement.object, None)
    ]
    if terms.ONTOLOGY_GRAPH in graphs and is_axiomatic(statement):
        return "axiom", None
    if set(graphs) - {terms.INFERRED_GRAPH}:
        return "stated", Derivation(statement)
    stated = {quad.triple for quad in store.inner if graph_of(quad) not in _APART}
    derivation = trace(statement, stated, _ontology(store))
    return ("unknown", None) if derivation is None else ("inferred", derivation)


def _ontology(store: EmbeddedStore) -> Collection[ox.Triple]:
    """Return the ontology in the dataset or, if it has none, that of the package."""
    graph = ox.NamedNode(terms.ONTOLOGY_GRAPH)
    return [quad.triple for quad in store.inner.quads_for_pattern(None, None, None, graph)] or read_schema().triples


def _support(statement: ox.Triple, store: EmbeddedStore) -> Support | None:
    """Return the origin of a statement, with the evidence and sources of its subject in the same graph."""
    for quad in sorted(
        store.inner.quads_for_pattern(statement.subject, statement.predicate, statement.object, None), key=str
    ):
        if graph_of(quad) == terms.INFERRED_GRAPH:
            continue

        def values(predicate: str, quad: ox.Quad = quad) -> Iterator[str]:
            found = store.inner.quads_for_pattern(quad.subject, ox.NamedNode(predicate), None, quad.graph_name)
            return (q.object.value for q in found if isinstance(q.object, ox.NamedNode))

        sources = sorted(chain.from_iterable(map(values, _SAYS_WHERE)), key=natural)
        return Support(graph_of(quad), tuple(sources), tuple(sorted(values(terms.IS + "hasEvidence"))))
    return None


def _with_rows(
    supports: dict[ox.Triple, Support], facts: Path, store: EmbeddedStore
) -> Iterator[tuple[ox.Triple, Support]]:
    """Yield the supports with their table rows: the row with the id of the subject, or the first row read from it."""
    tables = read_tables(facts, read_schema()).tables
    rows = {(row.folder, row.cells.get("id", "")): row for table in tables for row in table.rows()}
    read_from = ox.NamedNode(terms.IS + "isReadFrom")
    for statement, support in supports.items():
        readers = store.inner.quads_for_pattern(None, read_from, statement.subject, ox.NamedNode(support.graph))
        subjects = [str(statement.subject), *sorted(str(quad.subject) for quad in readers)]
        keys = ((support.graph.removeprefix(terms.GRAPH), terms.local_name(iri.strip("<>"))) for iri in subjects)
        row = next((rows[key] for key in keys if key in rows), None)
        found = TableRow(row.file, row.line, _column(statement, row.cells)) if row else None
        yield statement, replace(support, row=found)


def _column(statement: ox.Triple, cells: dict[str, str]) -> str:
    """Return the name of the column, or an empty string if there is none, as for a label made from a template."""
    name = {_TYPE.value: "type", terms.IS + "isReadFrom": "lines"}.get(statement.predicate.value)
    name = name or column_name(statement.predicate.value)
    language = statement.object.language if isinstance(statement.object, ox.Literal) else None
    wanted = f"{name}@{language}" if language else name
    return wanted if wanted in cells else ""


def _nearest(statement: ox.Triple, store: EmbeddedStore) -> Iterator[ox.Triple]:
    """Yield the statements that hold and are most similar: the inverse first, then those with two terms in common."""
    subject, predicate, value = statement
    patterns: list[tuple[object, object, object]] = [(subject, predicate, None), (subject, None, value)]
    patterns.append((None, predicate, value))
    if not isinstance(value, ox.Literal):
        patterns.insert(0, (value, predicate, subject))
    seen: dict[ox.Triple, None] = {}
    for pattern in patterns:
        found = {q.triple for q in store.inner.quads_for_pattern(*pattern)}  # type: ignore[arg-type]
        seen |= dict.fromkeys(sorted(found, key=lambda t: (-_likeness(t, statement), str(t))))
    kept = (t for t in seen if not any(isinstance(n, ox.BlankNode) for n in t) and not is_anonymous(t.object))
    yield from list(kept)[:_NEAREST]


def _likeness(one: ox.Triple, other: ox.Triple) -> float:
    return sum(likeness(str(a), str(b)) for a, b in zip(one, other, strict=True))


def _thing(text: str, store: EmbeddedStore) -> ox.NamedNode:
    known = _known(text, store) or _known(f"is:{text}", store) or _known(f"id:{text}", store)
    return known or find_thing(text, None, store)


def _known(text: str, store: EmbeddedStore) -> ox.NamedNode | None:
    """Return the node with an IRI or CURIE if it occurs in the graph or the ontology."""
    iri = text if re.match(r"[a-z]+://", text) else terms.expand(text)
    try:
        node = ox.NamedNode(iri or "")
    except ValueError:  # a name, such as TOP1%補正論文数世界ランク
        return None
    found = (
        store.inner.quads_for_pattern(node, None, None),
        store.inner.quads_for_pattern(None, node, None),
        store.inner.quads_for_pattern(None, None, node),
    )
    is_there = any(next(quads, None) is not None for quads in found)
    return node if is_there or node in read_axioms(_ontology(store)).schema_terms() else None


def find_property(text: str, store: EmbeddedStore) -> ox.NamedNode:
    """Return the property with an IRI, CURIE, local name or label; `a` is rdf:type.

    Of two properties with the same name, that of this ontology is preferred. Raises UsageError.
    """
    if text == "a":
        return _TYPE
    if (known := _known(text, store)) is not None:
        return known
    found = store.select(_PROPERTIES).rows
    names: dict[str, set[str]] = {}
    for node, label in found:
        if isinstance(node, ox.NamedNode):
            names.setdefault(terms.local_name(node.value), set()).add(node.value)
            if isinstance(label, ox.Literal):
                names.setdefault(label.value, set()).add(node.value)
    wanted = fold_name(text)
    meant = names.get(text) or set().union(*(iris for name, iris in names.items() if fold_name(name) == wanted))
    meant = {iri for iri in meant if iri.startswith(terms.IS)} or meant
    if len(meant) == 1:
        return ox.NamedNode(min(meant))
    if meant:
        raise UsageError(f"{text!r} is ambiguous: {', '.join(map(terms.shorten, sorted(meant)))}")
    raise UsageError(
        f"unknown property {text!r}; {did_you_mean(text, sorted(names)) or 'kg query class-properties lists them'}"
    )


def _value(text: str, subject: ox.NamedNode, predicate: ox.NamedNode, store: EmbeddedStore) -> Term:
    """Return the value as a term: a literal of the subject, or else an entity, or else any literal."""
    said = [q.object for q in store.inner.quads_for_pattern(subject, predicate, None, None)]
    literals = sorted({v for v in said if isinstance(v, ox.Literal) and _written(text, v)}, key=str)
    if literals:
        return literals[0]
    if (known := _known(text, store)) is not None:
        return known
    ranges = _ranges(predicate, store)
    others = [q.object for q in store.inner.quads_for_pattern(None, predicate, None, None)]
    if any(r.startswith(terms.XSD) for r in ranges) or (others and all(isinstance(v, ox.Literal) for v in others)):
        same = sorted({v for v in others if isinstance(v, ox.Literal) and _written(text, v)}, key=str)
        kind = next((r for r in ranges if r.startswith(terms.XSD)), terms.XSD + "string")
        return same[0] if same else ox.Literal(text, datatype=ox.NamedNode(kind))
    return find_thing(text, "owl:Class" if predicate == _TYPE else None, store)


def _ranges(predicate: ox.NamedNode, store: EmbeddedStore) -> Iterable[str]:
    found = store.inner.quads_for_pattern(predicate, ox.NamedNode(terms.RDFS + "range"), None, None)
    return sorted(q.object.value for q in found if isinstance(q.object, ox.NamedNode))


def _written(text: str, literal: ox.Literal) -> bool:
    return text in (literal.value, str(literal), f"{literal.value}@{literal.language}")
