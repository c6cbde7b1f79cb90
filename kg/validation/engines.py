"""The SHACL engines: each takes a graph and the shapes and returns results in the same form.

pyshacl is the reference. The fast path is pyshifty for the core constraints and Oxigraph for the SPARQL constraints,
because pyshifty 0.5.1 loses parentheses in queries: `(?a + ?b) * ?c` is read as `?a + ?b * ?c`, `!(?a = ?b)` and `?a !=
?b` in NOT EXISTS as `(!?a) = ?b`. Tests hold both engines equal on every counterexample and on the real graph.
Differences are not reported: pyshifty gives no sh:sourceConstraint, and each engine has its own messages and IRIs.
Where engines interpret a query differently, the specification decides, and the query is written for both to follow it:

- rdflib orders values of any two types, but SPARQL 1.1 (17.3) has no `<` for a number and a string: the row falls.
  Queries that compare cells of unsure type ask isNumeric first.
- rdflib lets a binding of the outer group into the filters of an inner one; SPARQL 1.1 (18.2) evaluates the inner group
  by itself. Every inner group binds what its filters use.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version

import pyoxigraph as ox

from kg import terms
from kg.errors import DataError, UsageError, unknown
from kg.rdf.nodes import Term
from kg.rdf.quiet import ill_typed_literals_allowed
from kg.validation.shapes import SH, ShapeError, Shapes, SparqlConstraint, text_of_node

ENGINES = ("pyshifty", "pyshacl")
_SPARQL = "SPARQLConstraintComponent"
_GAP = re.compile(r"\{[?$](\w+)\}")
_THIS = ox.Variable("this")
_TARGET_QUERIES = {
    "targetClass": f"SELECT DISTINCT ?this {{ ?this a/<{terms.RDFS}subClassOf>* <%s> }}",
    "targetSubjectsOf": "SELECT DISTINCT ?this { ?this <%s> ?object }",
    "targetObjectsOf": "SELECT DISTINCT ?this { ?subject <%s> ?this }",
    "targetNode": "SELECT ?this { BIND(<%s> AS ?this) }",
}
_MEMBERS = ("resultSeverity", "focusNode", "resultPath", "value", "sourceShape", "sourceConstraintComponent")


@dataclass(frozen=True)
class Found:
    """One result of an engine; `texts` are its messages with their values."""

    severity: str
    focus: str
    path: str | None
    value: str | None
    shape: str
    component: str
    texts: tuple[str, ...]
    term: Term | None = field(default=None, compare=False)  # the value, with its datatype or language


Tell = Callable[[str], None]
Run = Callable[[Iterable[ox.Triple], Shapes, Tell], Iterator[Found]]


def choose(name: str) -> tuple[Run, str]:
    """Return the engine with a name, and its name with version; `auto` is the fast one if it is installed.

    Raises UsageError if the engine is unknown or not installed.
    """
    if name not in (*ENGINES, "auto"):
        raise unknown("engine", name, ENGINES)
    for candidate in ENGINES if name == "auto" else (name,):
        try:
            called = f"{candidate} {version(candidate)}"
        except PackageNotFoundError:
            continue
        return (
            (run_pyshacl, called)
            if candidate == "pyshacl"
            else (run_fast, f"{called} and pyoxigraph {version('pyoxigraph')}")
        )
    raise UsageError(f"the engine {name} is not installed: pip install {'pyshacl' if name == 'auto' else name}")


def to_ntriples(triples: Iterable[ox.Triple]) -> bytes:
    """Return sorted N-Triples, which every engine reads."""
    return "".join(sorted(f"{t} .\n" for t in set(triples))).encode()


def run_fast(data: Iterable[ox.Triple], shapes: Shapes, tell: Tell) -> Iterator[Found]:
    """Yield the results of pyshifty for the core constraints and of Oxigraph for the SPARQL constraints.

    Raises ShapeError if the shapes cannot be loaded, DataError if the engine cannot read the data.
    """
    import warnings

    import shifty

    triples = set(data)
    with ill_typed_literals_allowed():
        warnings.simplefilter("error", shifty.ShaclDiagnosticWarning)  # an unevaluated shape must not pass
        try:
            prepared = shifty.PreparedValidator(to_ntriples(shapes.core()))
        except (ValueError, RuntimeError, shifty.ShaclDiagnosticWarning) as error:
            raise ShapeError(f"broken shape: {error}") from error
        try:
            outcome = prepared.validate(to_ntriples(triples), graph_mode="data", infer=False, on_unsupported="error")
            report = outcome[1].serialize(format="nt")
        except shifty.ShaclDiagnosticWarning as error:
            raise ShapeError(f"broken shape: {error}") from error
        except (ValueError, RuntimeError) as error:
            raise _unfit("pyshifty", error) from error
    yield from read_report(report)
    store = ox.Store()
    store.extend(ox.Quad(t.subject, t.predicate, t.object) for t in triples)
    for number, constraint in enumerate(shapes.constraints, 1):
        tell(f"checking {terms.local_name(constraint.shape)} ({number} of {len(shapes.constraints)})")
        yield from _ask(store, constraint, shapes)


def _unfit(engine: str, error: Exception) -> DataError:
    """Return the error for data that an engine cannot work on: no shape is at fault."""
    said = " ".join(str(error).removeprefix("parse error: ").split())
    return DataError(f"the engine {engine} cannot check this data: {said[:300]}")


def _ask(store: ox.Store, constraint: SparqlConstraint, shapes: Shapes) -> Iterator[Found]:
    if not constraint.targets or "$PATH" in constraint.query:
        name = terms.local_name(constraint.shape)
        raise ShapeError(
            f"broken shape: the query of {name} needs a node shape with a target; --engine pyshacl has no such limit"
        )
    foci = {
        row[0]
        for kind, node in constraint.targets
        for row in _rows(store, _TARGET_QUERIES[terms.local_name(kind)] % node)
    }
    templates = shapes.messages.get(constraint.shape, {})
    for focus, row, names in _solutions(store, constraint, sorted(foci, key=str)):
        bound = {n: text_of_node(row[n]) for n in names if row[n] is not None}
        texts = tuple(_GAP.sub(lambda m, b=bound: b.get(m[1], m[0]), t) for t in templates.values())  # type: ignore[misc]
        term = (row["value"] if "value" in names else None) or focus
        where, value = bound.get("path"), text_of_node(term)
        yield Found(constraint.severity, text_of_node(focus), where, value, constraint.shape, _SPARQL, texts, term)


def _solutions(
    store: ox.Store, constraint: SparqlConstraint, foci: list[Term]
) -> Iterator[tuple[Term, ox.QuerySolution, list[str]]]:
    """Yield focus, row and columns, by one query for all foci if the constraint allows, or else by one for each."""
    if constraint.together and foci:
        at = constraint.query.index("{", constraint.query.index("SELECT")) + 1
        given = f" VALUES $this {{ {' '.join(map(str, foci))} }} "
        answers = store.query(constraint.query[:at] + given + constraint.query[at:])
        assert isinstance(answers, ox.QuerySolutions)
        names = [v.value for v in answers.variables]
        for row in answers:
            yield row["this"], row, names
        return
    for focus in foci:
        answers = store.query(constraint.query, substitutions={_THIS: focus})
        assert isinstance(answers, ox.QuerySolutions)
        names = [v.value for v in answers.variables]
        for row in answers:
            yield focus, row, names


def _rows(store: ox.Store, query: str) -> Iterator[ox.QuerySolution]:
    answers = store.query(query)
    assert isinstance(answers, ox.QuerySolutions)
    yield from answers


def run_pyshacl(data: Iterable[ox.Triple], shapes: Shapes, tell: Tell) -> Iterator[Found]:
    """Yield the results of pyshacl.

    Raises ShapeError if the shapes cannot be loaded, DataError for unfit data, as a value of 5,000 digits.
    """
    import pyshacl
    from pyshacl.errors import ConstraintLoadError, ReportableRuntimeError, ShapeLoadError, ValidationFailure
    from rdflib import Graph
    from rdflib.exceptions import ParserError
    from rdflib.plugins.sparql import prepareQuery
    from rdflib.plugins.sparql.sparql import Query
    from rdflib.query import Result

    read: dict[str, Query] = {}
    asked: list[None] = []

    class Remembering(Graph):
        """A graph that parses each query once, since pyshacl repeats it for every focus node."""

        def query(self, query_object: str | Query, *arguments: object, **options: object) -> Result:
            asked.append(None)
            tell(f"pyshacl has run {len(asked):,} queries")
            if isinstance(query_object, str):
                query_object = read.get(query_object) or read.setdefault(query_object, prepareQuery(query_object))
            return super().query(query_object, *arguments, **options)  # type: ignore[arg-type]

    try:
        with ill_typed_literals_allowed():
            graph = Remembering().parse(data=to_ntriples(data), format="nt")
            outcome = pyshacl.validate(
                graph, shacl_graph=Graph().parse(data=to_ntriples(shapes.filled()), format="nt"), inplace=True
            )
    except (ConstraintLoadError, ShapeLoadError) as error:
        raise ShapeError(f"broken shape: {error}") from error
    except (ReportableRuntimeError, ValidationFailure, ParserError, SyntaxError, ValueError, ArithmeticError) as error:
        raise _unfit("pyshacl", error) from error
    if not isinstance(outcome[1], Graph):
        raise ShapeError(f"broken shape: {outcome[1]}")
    yield from read_report(outcome[1].serialize(format="nt"))


def read_report(text: str) -> Iterator[Found]:
    """Yield the results in a SHACL validation report, given as N-Triples."""
    members: dict[object, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    values: dict[object, Term] = {}
    for s in ox.parse(text, format=ox.RdfFormat.N_TRIPLES):
        members[s.subject][s.predicate.value].append(
            "" if isinstance(s.object, ox.BlankNode) else text_of_node(s.object)
        )
        if s.predicate.value == SH + "value":
            values[s.subject] = s.object
    for node, result in members.items():
        if SH + "ValidationResult" not in result[terms.RDF + "type"]:
            continue
        severity, focus, path, value, shape, component = (next(iter(result[SH + name]), None) for name in _MEMBERS)
        yield Found(
            terms.local_name(severity or "Violation"),
            focus or "",
            path or None,
            value,
            shape or "",
            terms.local_name(component or ""),
            tuple(sorted(result[SH + "resultMessage"])),
            values.get(node),
        )
