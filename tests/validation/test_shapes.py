"""Each shape catches what it is for and nothing else, says in both languages what to do, and two engines agree."""

from __future__ import annotations

import re
from collections import defaultdict
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import lru_cache
from multiprocessing import get_context

import pyoxigraph as ox
import pytest

from kg import paths, terms
from kg.assembly.build import Built
from kg.tables.schema import parse_turtle, read_schema
from kg.validation.shapes import SH, Shapes, documents_with_hints, read_shapes, text_of_node
from kg.validation.validate import SEVERITIES, Report, validate
from tests.validation import gates

EXAMPLES = gates.counterexamples()
VALID = sorted(path.stem for path in (gates.PLACE / "valid").glob("*.ttl"))
WHATEVER = ("Finding-totalScope",)  # a printed total is always one whose scope the document leaves open
VERBS = (
    "Attach Attribute Break Check Compare Correct Declare Empty Fill Follow Give Keep Key Label Let Make Name Normalise Put "
    "Remove Say Set Take Turn Type Use Write"
)


@lru_cache(maxsize=1)
def shapes() -> Shapes:
    """All shapes, the hints for every document included."""
    return read_shapes(proofread=documents_with_hints())


def judging() -> list[str]:
    """The shapes that report something, by their local names; helpers have no severity."""
    return sorted(
        terms.local_name(text_of_node(t.subject)) for t in shapes().triples if t.predicate.value == SH + "severity"
    )


def objects(shape: str, *properties: str) -> list[str]:
    """What a shape has for properties of SHACL."""
    wanted = {SH + p for p in properties}
    return [
        text_of_node(t.object)
        for t in shapes().triples
        if terms.local_name(text_of_node(t.subject)) == shape and t.predicate.value in wanted
    ]


def side_by_side() -> set[ox.Triple]:
    """All valid examples and all counterexamples in one graph."""
    graph = set(gates.valid("common"))
    for name in VALID:
        graph |= gates.renamed(set(gates.valid(name)), f"-valid-{name}") if name != "common" else set()
    for example in EXAMPLES:
        graph |= gates.changed(example)
    return graph


PARTS = 4


def part(number: int) -> Shapes:
    """One of PARTS of the shapes, for pyshacl takes its time: the core constraints, or a share of the SPARQL ones."""
    if number == 0:
        return replace(shapes(), triples=shapes().core(), constraints=())
    share = shapes().constraints[number - 1 :: PARTS - 1]
    names = {c.shape for c in share} | {c.shape + "-query" for c in share}
    own = f"{terms.BASE}shape/prefix"
    triples = [
        t for t in shapes().triples if text_of_node(t.subject) in names or text_of_node(t.subject).startswith(own)
    ]
    return replace(shapes(), triples=tuple(triples), constraints=share)


def judged(text: str, number: int) -> Report:
    """What pyshacl says of a part of the shapes; terms do not travel between processes, so statements go as text."""
    report = validate(ox.parse(text, format=ox.RdfFormat.N_QUADS), part(number), engine="pyshacl")
    return Report(tuple(replace(r, term=None) for r in report.results if not r.because), report.engine)


class Reports:
    """The reports of both engines on the counterexamples and on the real graph, each made when it is first asked for."""

    def __init__(self, real: str) -> None:
        self._graphs = {"counterexamples": "".join(f"{t} .\n" for t in side_by_side()), "real": real}
        self._made: dict[tuple[str, str], Report] = {}

    def of(self, name: str, engine: str = "pyshifty") -> Report:
        made = self._by_pyshacl if engine == "pyshacl" else self._by_pyshifty
        if (name, engine) not in self._made:
            self._made[name, engine] = made(self._graphs[name])
        return self._made[name, engine]

    def _by_pyshifty(self, text: str) -> Report:
        report = validate(ox.parse(text, format=ox.RdfFormat.N_QUADS), shapes(), engine="pyshifty")
        return Report(tuple(r for r in report.results if not r.because), report.engine)

    def _by_pyshacl(self, text: str) -> Report:
        # Not by fork: a child of a process in which a JVM runs, as another test starts one, may never come to life.
        with ProcessPoolExecutor(PARTS, get_context("spawn")) as pool:
            parts = list(pool.map(judged, [text] * PARTS, range(PARTS)))
        return Report(tuple(r for p in parts for r in p.results), parts[0].engine)


@pytest.fixture(scope="module")
def reports(built: Built) -> Reports:
    return Reports(built.nquads)


@pytest.fixture(scope="module")
def caught(reports: Reports) -> dict[str, set[str]]:
    """By the ending of its things: the shapes that a counterexample or a valid example violates."""
    by: dict[str, set[str]] = defaultdict(set)
    endings = [e.ending() for e in EXAMPLES] + [f"-valid-{name}" for name in VALID]
    for result in reports.of("counterexamples").results:
        own = [e for e in endings if gates.belongs(result.focus, e) or gates.belongs(result.value, e)]
        assert own, f"a result that belongs to no example: {result}"
        for ending in own:
            by[ending].add(terms.local_name(result.shape))
    return by


def test_there_are_shapes_and_counterexamples() -> None:
    assert len(judging()) > 200
    assert len(EXAMPLES) > 200
    assert len(VALID) > 5


def test_every_shape_has_a_counterexample_and_every_counterexample_a_shape() -> None:
    named = {e.shape for e in EXAMPLES}
    missing = [f"write {gates.PLACE.relative_to(paths.PACKAGE.parent)}/{s}.ru" for s in judging() if s not in named]
    assert missing == []
    assert named <= set(judging())


@pytest.mark.slow("validates every example")
@pytest.mark.parametrize("name", VALID)
def test_a_valid_example_is_valid(name: str, caught: dict[str, set[str]]) -> None:
    assert caught[f"-valid-{name}"] <= set(WHATEVER)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: e.shape)
def test_a_counterexample_is_caught_by_exactly_its_shape(
    example: gates.Counterexample, caught: dict[str, set[str]]
) -> None:
    found = caught[example.ending()] - (set(WHATEVER) - {example.shape})
    wanted = {example.shape} | example.along
    where = f"tests/validation/counterexamples/{example.shape}.ru"
    assert found == wanted, (
        f"{where} must violate {sorted(wanted)} and violates {sorted(found)}: change it, or name the others in `# with:`"
    )


@pytest.mark.slow("pyshacl on the whole graph takes a minute")
@pytest.mark.parametrize("name", ["counterexamples", "real"])
def test_both_engines_find_the_same(name: str, reports: Reports) -> None:
    fast, judge = (reports.of(name, engine) for engine in ("pyshifty", "pyshacl"))
    assert fast.engine.startswith("pyshifty") and judge.engine.startswith("pyshacl")
    assert judge.results
    assert {r.key for r in fast.results} == {r.key for r in judge.results}
    assert {(r.key, r.message) for r in fast.results} == {(r.key, r.message) for r in judge.results}


def test_the_graph_conforms_and_its_findings_have_a_size(reports: Reports) -> None:
    report = reports.of("real")
    assert report.conforms
    assert {r.severity for r in report.results} == {"Info"}
    assert all(re.search(r"[0-9]", r.message.en) and re.search(r"[0-9]", r.message.ja) for r in report.results)
    said = "\n".join(r.message.en for r in report.results)
    assert len(report.results) == 6, f"if these findings are all right, change the number in this test:\n{said}"


def test_every_class_is_the_target_of_a_shape_of_its_own() -> None:
    """What holds for every fact (evidence, names) does not count."""
    schema = read_schema()
    targets = {
        text_of_node(t.object)
        for t in shapes().triples
        if t.predicate.value == SH + "targetClass"
        and not terms.local_name(text_of_node(t.subject)).startswith(("Fact-", "Name-", "Passage-order"))
    }
    own = [c for c in schema.classes if c.startswith(terms.IS)]
    assert len(own) > 40
    facts = [t for path in paths.ontology_files() for t in parse_turtle(path)]
    coded = {t.subject for t in facts if t.predicate.value == terms.SKOS + "notation"}  # a shape targets their codes
    codes = {text_of_node(t.object) for t in facts if t.subject in coded and t.predicate.value == terms.RDF + "type"}
    missed = [c for c in own if c not in codes and not any(schema.descends(c, target) for target in targets)]
    assert missed == []


@pytest.mark.parametrize("shape", judging())
def test_a_shape_tells_the_editor_what_to_do_in_both_languages(shape: str) -> None:
    messages = shapes().messages[f"{terms.BASE}shape/{shape}"]
    assert set(messages) == {"en", "ja"}
    if shape.startswith("Finding"):
        assert messages["en"].startswith("Known: ") and messages["ja"].startswith("既知：")
    else:
        assert messages["en"].split()[0] in VERBS.split()
    assert messages["en"].endswith((".", "?")) and messages["ja"].endswith("。")
    gaps = [set(re.findall(r"\{\?(\w+)\}", text)) for text in messages.values()]
    query = next((c.query for c in shapes().constraints if terms.local_name(c.shape) == shape), "SELECT WHERE")
    projected = set(re.findall(r"\?(\w+)", query[query.index("SELECT") : query.index("WHERE")]))
    assert gaps[0] == gaps[1] <= projected


@pytest.mark.parametrize("shape", judging())
def test_any_engine_can_repeat_the_message_of_a_shape(shape: str) -> None:
    """One message a language, on the shape, without gaps, which other engines leave as they are."""
    own = {t.object for t in shapes().triples if t.predicate.value == SH + "message" and t.subject == ox.NamedNode(f"{terms.BASE}shape/{shape}")}  # fmt: skip
    texts = {o.language: o.value for o in own if isinstance(o, ox.Literal)}
    assert len(own) == 2 and set(texts) == {"en", "ja"}
    assert "{?" not in "".join(texts.values())
    assert texts["en"].split()[0] in {*VERBS.split(), "Known:"}
    assert texts["en"].endswith((".", "?")) and texts["ja"].endswith("。")


def test_a_query_has_no_message_of_its_own() -> None:
    """Jena stops at two on one query, and shows none of them where the shape has one."""
    queries = {t.object for t in shapes().triples if t.predicate.value == SH + "sparql"}
    assert len(queries) > 70
    assert [t for t in shapes().triples if t.subject in queries and t.predicate.value == SH + "message"] == []


def test_known_findings_inform_hints_warn_and_everything_else_is_a_violation() -> None:
    severities = {shape: [terms.local_name(s) for s in objects(shape, "severity")] for shape in judging()}
    assert {s for found in severities.values() for s in found} <= set(SEVERITIES)
    assert {shape for shape, found in severities.items() if found == ["Info"]} == {
        s for s in severities if s.startswith("Finding")
    }
    assert {shape for shape, found in severities.items() if found == ["Warning"]} == {
        terms.local_name(s) for s in shapes().hints if not terms.local_name(s).startswith("Finding")
    }
    assert all(len(found) == 1 for found in severities.values())
    assert len(shapes().hints) > 15


def test_shapes_name_declared_terms_only() -> None:
    declared = {text_of_node(t.subject) for path in paths.ontology_files() for t in parse_turtle(path)}
    named = {text_of_node(x) for t in shapes().triples for x in (t.predicate, t.object) if isinstance(x, ox.NamedNode)}
    prefixes = dict(re.findall(r"PREFIX ([a-z]+): <([^>]*)>", shapes().constraints[0].query))
    for constraint in shapes().constraints:
        body = re.sub(r'"[^"\n]*"', "", constraint.query[constraint.query.index("SELECT") :])
        named |= {prefixes[p] + name for p, name in re.findall(r"([a-z]+):([A-Za-z][A-Za-z-]*)", body)}
    known = (SH, terms.BASE + "shape/", terms.RDF, terms.RDFS, terms.OWL, terms.XSD, terms.SKOS)
    foreign = {n for n in named if not n.startswith(known)}
    assert len(foreign) > 100
    assert sorted(foreign - declared - {terms.DCTERMS + "license"}) == []
