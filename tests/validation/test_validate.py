"""`kg validate`: the graph of the tables, a file or standard input; which row is at fault; which engine ran."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

import kg
from kg import paths, terms
from kg.assembly.build import Built, build
from kg.errors import DataError, InputError
from kg.tables.schema import read_schema
from kg.validation.report import line_of, summary, write_report
from kg.validation.shapes import SH, ShapeError, documents_with_hints, read_shapes
from kg.validation.targets import checked_nodes
from kg.validation.validate import Report, check, validate
from tests.conftest import DOCUMENT, ROOT

CORE = replace(read_shapes(), triples=read_shapes().core(), constraints=())  # enough where no SPARQL is concerned
COMMON = ROOT / "tests" / "validation" / "counterexamples" / "valid" / "common.ttl"
_WRONG = '<https://w3id.org/innovation-strategy/id/hub/base> <https://w3id.org/innovation-strategy/ontology#hasHubStatus> "planned" .\n'


def run(*arguments: str, text: str = "") -> subprocess.CompletedProcess[str]:
    call = [sys.executable, "-m", "kg", "validate", *arguments]
    return subprocess.run(call, input=text, capture_output=True, text=True, cwd=ROOT, encoding="utf-8")


MISTYPED = {
    # table, row: what is keyed instead (the right figures are 20,135億円, 31億円, 3.3% and 94億円)
    ("BudgetCell", "cell-p3-mext-2020-general"): {"printedValue": "20,185", "amount": "20185億円"},
    ("BudgetCell", "cell-p3-caa-2020-general"): {"amount": "13億円"},
    ("ChangeObservation", "change-p2-all-all-accounts"): {"printedValue": "1,410 3.8%", "changeRate": "3.8"},
    ("ListedAmount", "listed-p4-priority-nedo-ai-chip-2020"): {"printedAmount": "49億円の内数"},
}


@pytest.fixture(scope="module")
def mistyped(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """What is found in a copy of the tables with four figures mistyped."""
    facts = tmp_path_factory.mktemp("mistyped") / "facts"
    shutil.copytree(paths.FACTS, facts)
    for (table, name), cells in MISTYPED.items():
        path = facts / DOCUMENT / f"{table}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            rows, head = list(reader), list(reader.fieldnames or ())
        row = next(r for r in rows if r["id"] == name)
        assert all(row[column] not in {"", value} for column, value in cells.items())
        row.update(cells)
        text = io.StringIO()
        writer = csv.DictWriter(text, head, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        path.write_text(text.getvalue(), encoding="utf-8")
    made = build(facts)
    return validate(made.quads, origins=made.origins)


def names(report: Report, about: str = "") -> set[str]:
    """The shapes that are violated, by a thing whose IRI ends so."""
    return {terms.local_name(r.shape) for r in report.violations if r.focus.endswith(about)}


@pytest.mark.slow("validates the whole graph; the inputs are, before any test")
def test_the_graph_of_the_tables_conforms_and_the_engine_is_named() -> None:
    done = run("--lang", "en", "--proofread", DOCUMENT)
    assert done.returncode == 0
    assert "violations: 0," in done.stderr and "pyshifty" in done.stderr
    assert done.stdout.count("Known: ") == len(done.stdout.splitlines()) > 0


@pytest.mark.slow("seconds long")
def test_a_result_names_the_table_row(built: Built) -> None:
    cell = next(s for s in built.origins if s.endswith("/cell-p3-mext-2020-general"))
    amount = ox.NamedNode(terms.IS + "amount")
    file, line = built.origins[cell]
    data = [q for q in built.quads if not (q.subject == ox.NamedNode(cell) and q.predicate == amount)]
    report = validate(data, CORE, origins=built.origins)
    lines = [line_of(r, "en") for r in report.violations]
    assert any(
        text.startswith(f"kg/{file}:{line} amount: Give this budget observation exactly one amount") for text in lines
    )
    assert (ROOT / "kg" / file).read_text(encoding="utf-8").splitlines()[line - 1].startswith(cell.rsplit("/", 1)[1])


@pytest.mark.slow("builds and validates a copy of the tables")
def test_a_mistyped_figure_in_the_ministry_table_is_caught(mistyped: Report) -> None:
    """Even when the amount and the printed value are mistyped alike: the row and the column no longer add up."""
    assert names(mistyped, "/cell-p3-mext-2020-general") == set()  # the cell itself agrees with what it prints
    assert names(mistyped, "/cell-p3-mext-2020-all-accounts") == {"Table-accounts"}
    assert "Table-jurisdictions" in names(mistyped, "/cell-p3-all-2020-general")


@pytest.mark.slow("builds and validates a copy of the tables")
def test_a_mistyped_amount_alone_is_caught_by_the_printed_value(mistyped: Report) -> None:
    assert "BudgetCell-agrees" in names(mistyped, "/cell-p3-caa-2020-general")


@pytest.mark.slow("builds and validates a copy of the tables")
def test_a_mistyped_change_is_caught(mistyped: Report) -> None:
    assert names(mistyped, "/change-p2-all-all-accounts") == {"Change-rate", "Change-same"}


@pytest.mark.slow("builds and validates a copy of the tables")
def test_the_same_appropriation_on_two_pages_is_compared_with_itself(mistyped: Report) -> None:
    assert names(mistyped, "/listed-p4-priority-nedo-ai-chip-2020") == {"ListedAmount-agrees"}


@pytest.mark.slow("builds and validates a copy of the tables")
def test_each_mistake_leads_to_the_row_where_it_shows(mistyped: Report) -> None:
    rows = {r.origin for r in mistyped.violations}
    assert None not in rows
    assert {file.rsplit("/", 1)[1] for file, _ in filter(None, rows)} == {f"{table}.csv" for table, _ in MISTYPED}


def test_a_value_that_does_not_fit_is_named_before_what_would_fit() -> None:
    """The instruction alone, "at most one printedAmount", did not say that one amount was there and wrong."""
    text = f'<{terms.ID}listed-amount/a> a <{terms.IS}ListedAmount> ; <{terms.IS}printedAmount> "▲32億円" .'
    found = validate(ox.parse(text, format=ox.RdfFormat.TURTLE), CORE).violations
    (wrong,) = (r for r in found if r.path == terms.IS + "printedAmount")
    assert line_of(wrong, "en").startswith(
        "id:listed-amount/a printedAmount: “▲32億円” does not fit. Give this listed amount at most one printedAmount: "
    )
    assert line_of(wrong, "ja").startswith("id:listed-amount/a printedAmount: 「▲32億円」は合わない。この掲載額の列")
    (missing,) = (r for r in found if r.path == terms.IS + "isAmountIn")
    assert line_of(missing, "en").startswith("id:listed-amount/a isAmountIn: Give this listed amount exactly one")


@pytest.mark.slow("validates three times")
def test_a_file_and_standard_input_are_validated_and_a_violation_exits_1(tmp_path: Path) -> None:
    text = COMMON.read_text(encoding="utf-8")
    assert run(str(COMMON)).returncode == 0
    broken = tmp_path / "broken.ttl"
    broken.write_text(text + _WRONG, encoding="utf-8")
    for done in (run(str(broken), "--lang", "en"), run("-", "--lang", "en", text=text + _WRONG)):
        assert done.returncode == 1
        assert done.stdout.startswith("id:hub/base hasHubStatus: Give this hub exactly one hasHubStatus")
        results = [line for line in done.stdout.splitlines() if not line.startswith(" ")]  # reasons stand further in
        assert f"violations: {len(results)}," in done.stderr


@pytest.mark.parametrize("suffix", [".ttl", ".trig", ".nt", ".nq", ".rdf", ".jsonld"])
def test_every_rdf_form_is_read_as_a_file_and_as_text(suffix: str, tmp_path: Path) -> None:
    from kg.rdf.read import FORMS, parse_text, read_quads

    quads = list(ox.parse(COMMON.read_text(encoding="utf-8"), format=ox.RdfFormat.TURTLE))
    form = FORMS[suffix]
    graph = ox.NamedNode(terms.GRAPH + "x") if form.supports_datasets else ox.DefaultGraph()
    given = [ox.Quad(q.subject, q.predicate, q.object, graph) for q in quads]
    path = tmp_path / f"x{suffix}"
    data = ox.serialize(given if form.supports_datasets else [q.triple for q in given], format=form)
    path.write_bytes(data or b"")
    assert {q.triple for q in read_quads(path)} == {q.triple for q in quads}
    assert {q.triple for q in parse_text(path.read_text(encoding="utf-8"))} == {q.triple for q in quads}


@pytest.mark.slow("seconds long")
def test_messages_come_in_the_language_asked_for(tmp_path: Path) -> None:
    done = run("-", "--lang", "ja", text=COMMON.read_text(encoding="utf-8") + _WRONG)
    assert "「拠点の状況」のコードをちょうど一つ記入すること。" in done.stdout
    assert done.stderr.startswith("違反")


@pytest.mark.slow("builds and validates a copy of the tables")
def test_json_holds_every_result_with_its_row(mistyped: Report) -> None:
    report = mistyped
    content = json.loads(write_report(report, "json", "en", read_shapes()))
    assert content["engine"] == report.engine and content["violations"] == len(report.violations)
    assert len(content["results"]) == len(report.results) > 0
    first = content["results"][0]
    assert first["row"]["file"].startswith("kg/facts/") and first["row"]["line"] > 1
    assert set(first["message"]) == {"en", "ja"}


@pytest.mark.slow("validates and reads the report back")
def test_the_turtle_report_is_that_of_the_specification() -> None:
    """Each result has what SHACL 1.0 asks of it, and sh:conforms is false as soon as there is a result."""
    text = COMMON.read_text(encoding="utf-8") + _WRONG
    report = check(text)
    graph = list(ox.parse(write_report(report, "turtle", "en", read_shapes()), format=ox.RdfFormat.TURTLE))
    about: dict[str, dict[str, list[object]]] = {}
    for q in graph:
        about.setdefault(str(q.subject), {}).setdefault(q.predicate.value.removeprefix(SH), []).append(q.object)
    results = [p for p in about.values() if "sourceShape" in p]
    assert len(results) == len(report.results) > 0
    for properties in results:
        assert {"focusNode", "resultSeverity", "sourceConstraintComponent", "resultMessage"} <= set(properties)
    whole = next(p for p in about.values() if "conforms" in p)
    assert whole["conforms"] == [ox.Literal(False)] and len(whole["result"]) == len(results)
    assert ox.Literal("planned") in [v for p in results for v in p.get("value", [])]
    known = text.removesuffix(_WRONG) + (COMMON.parent / "total.ttl").read_text(encoding="utf-8")
    finding = check(known, proofread=[DOCUMENT])
    assert finding.conforms and "conforms> false" in write_report(finding, "turtle", "en", read_shapes()).replace(
        "sh:conforms", "conforms>"
    )
    empty = list(ox.parse(write_report(check(COMMON), "turtle", "en", read_shapes()), format=ox.RdfFormat.TURTLE))
    assert ox.Literal(True) in [q.object for q in empty]


@pytest.mark.slow("seconds long")
def test_a_complex_path_is_written_out() -> None:
    text = COMMON.read_text(encoding="utf-8") + (
        f'<{terms.ID}data-set/empty> a <{terms.IS}BudgetDataSet> ; <{terms.SKOS}prefLabel> "x"@en , "例"@ja ;'
        f" <{terms.IS}hasEvidence> <{terms.ID}evidence/stated> ; <{terms.IS}isReadFrom> <{terms.ID}passage/base> .\n"
    )
    turtle = write_report(check(text), "turtle", "en", read_shapes())
    assert "alternativePath" in turtle and turtle.count("inversePath") == 2


def test_data_that_no_shape_knows_is_not_called_right(tmp_path: Path) -> None:
    (tmp_path / "foreign.ttl").write_text("<http://a/s> a <http://a/C> ; <http://a/p> <http://a/o> .", encoding="utf-8")
    done = run(str(tmp_path / "foreign.ttl"), "--lang", "en")
    assert done.returncode == 1
    assert done.stderr.startswith("nothing was checked: no shape applies to any node of this data")


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("<http://a/s> <http://a/p> <http://a/o> .", 0),
        ("<http://a/s> a is:Programme . <http://a/t> a is:Programme , is:FundedItem .", 2),
        ("<http://a/s> is:isRoleIn <http://a/o> .", 1),  # a target by the objects of a property
        ("<http://a/s> is:hasEvidence <http://a/o> ; is:rorId 'x' .", 1),
        ("<http://a/C> rdfs:subClassOf is:Programme . <http://a/s> a <http://a/C> .", 1),
    ],
)
def test_the_nodes_that_shapes_apply_to_are_counted(text: str, count: int) -> None:
    prefixes = f"@prefix is: <{terms.IS}> . @prefix rdfs: <{terms.RDFS}> . "
    facts = [quad.triple for quad in ox.parse(prefixes + text, format=ox.RdfFormat.TURTLE)]
    assert checked_nodes(facts, read_schema().triples, read_shapes()) == count


def test_shapes_with_targets_of_their_own_leave_the_count_open() -> None:
    shape = f"<a:S> a <{SH}NodeShape> ; <{SH}target> [ <{SH}select> 'SELECT ?this {{}}' ] ."
    triples = tuple(quad.triple for quad in ox.parse(shape, format=ox.RdfFormat.TURTLE))
    assert checked_nodes([], [], replace(CORE, triples=triples)) is None
    assert [summary(Report((), "x", n), "en").rpartition("; ")[2] for n in (None, 1, 3)] == [
        "checked by x",
        "1 node checked by x",
        "3 nodes checked by x",
    ]


@pytest.mark.parametrize("engine", ["pyshifty", "pyshacl"])
def test_data_that_an_engine_cannot_read_is_no_broken_shape(engine: str) -> None:
    with pytest.raises(DataError, match=f"the engine {engine} cannot check this data"):
        check("<a:a> <a:b> <<( <a:a> <a:b> <a:c> )>> .", engine=engine)


SHAPE = f"""@prefix sh: <{SH}> . @prefix is: <{terms.IS}> .
<http://x/S> a sh:NodeShape ; sh:targetClass is:Programme ; sh:sparql [ sh:message "no"@en ; sh:select "QUERY" ] ."""
PROGRAMME = f"<http://x/a> a <{terms.IS}Programme> ."


@pytest.mark.parametrize("kind", ["select", "ask"])
def test_shapes_reach_no_other_endpoint(kind: str, tmp_path: Path) -> None:
    query = "SELECT $this { SERVICE <http://127.0.0.1:9/x> { $this ?p ?o } }"
    text = SHAPE.replace("QUERY", query if kind == "select" else "SELECT $this { $this a 1 }")
    text += ' <http://x/V> sh:ask "ASK { seRvice ?x { ?s ?p ?o } }" .' if kind == "ask" else ""
    (tmp_path / "s.ttl").write_text(text, encoding="utf-8")
    with pytest.raises(ShapeError, match="a query uses SERVICE"):
        read_shapes(tmp_path)
    (tmp_path / "s.ttl").write_text(SHAPE.replace("QUERY", "SELECT $this { $this a 'SERVICE' }"), encoding="utf-8")
    assert read_shapes(tmp_path).constraints


def test_a_shape_that_crashes_the_engine_leaves_the_caller_alive(tmp_path: Path) -> None:
    query = "SELECT $this { $this ?p ?o FILTER(" + "!" * 50_000 + "true) }"
    (tmp_path / "s.ttl").write_text(SHAPE.replace("QUERY", query), encoding="utf-8")
    with pytest.raises(InputError, match="the data: validating it is too complex for the engine"):
        kg.validate(PROGRAMME, shapes=tmp_path)


def test_a_file_that_keeps_the_inference_busy_ends_at_the_deadline(tmp_path: Path) -> None:
    chain = "".join(f"<http://x/{i}> <{terms.IS}isPartOf> <http://x/{i + 1}> .\n" for i in range(2_000))
    (tmp_path / "chain.nt").write_text(chain, encoding="utf-8")
    with pytest.raises(InputError, match=r"chain\.nt: validating it takes longer than 0\.5 s \(see --timeout\)"):
        kg.validate(tmp_path / "chain.nt", timeout=0.5)


def test_a_validation_apart_gives_the_same_report_and_says_what_it_does() -> None:
    said: list[str] = []
    part = paths.SHAPES / "facts" / "labels.ttl"
    apart, here = kg.validate(_WRONG, shapes=part, tell=said.append), check(_WRONG, shapes=part)
    assert apart == here and [r.term for r in apart.results] == [r.term for r in here.results]
    assert said[0].startswith("validating ") and said[-1] == "looking for what the ontology forbids"


def test_a_broken_shape_exits_2_and_says_which(tmp_path: Path) -> None:
    folder = tmp_path / "shapes"
    shutil.copytree(paths.SHAPES, folder)
    path = folder / "facts" / "who.ttl"
    whole = path.read_text(encoding="utf-8")
    path.write_text(whole.replace("FILTER(?value != $this)", "FILTER(?value !! $this)"), encoding="utf-8")
    done = run("--shapes", str(folder))
    assert done.returncode == 2
    assert "Role-once" in done.stderr
    path.write_text(whole.replace("shape:Hub-hasHubKind ,", "shape:Hub-hasHubKin ,"), encoding="utf-8")
    with pytest.raises(ShapeError, match="Hub-hasHubKin is not declared"):
        read_shapes(folder)


@pytest.mark.parametrize("name", ["missing.ttl", "unknown.xyz", "broken.ttl"])
def test_what_cannot_be_read_exits_3(name: str, tmp_path: Path) -> None:
    (tmp_path / "unknown.xyz").write_text("x", encoding="utf-8")
    (tmp_path / "broken.ttl").write_text("<a> <b>\n<c> <d> .", encoding="utf-8")
    done = run(str(tmp_path / name))
    assert done.returncode == 3
    assert name in done.stderr and "Traceback" not in done.stderr


@pytest.mark.parametrize("part", ["facts", "house", "proofreading", "facts/money.ttl"])
def test_a_part_of_the_shapes_can_be_asked_alone(part: str) -> None:
    whole, some = read_shapes(proofread=documents_with_hints()), read_shapes(paths.SHAPES / part)
    assert 0 < len(some.messages) < len(whole.messages)
    assert set(some.constraints) < set(whole.constraints)


@pytest.mark.slow("validates twice")
def test_hints_for_a_document_are_given_only_when_asked_for() -> None:
    text = COMMON.read_text(encoding="utf-8") + (COMMON.parent / "total.ttl").read_text(encoding="utf-8")
    assert check(text).results == ()
    assert [terms.local_name(r.shape) for r in check(text, proofread=[DOCUMENT]).results] == ["Finding-totalScope"]
    assert check(text, shapes=paths.SHAPES / "facts").results == ()


NAMES = {  # in English, in Japanese, and the kind
    "oecd": ("OECD", "OECD", "InternationalOrganisation"),
    "canada": ("Canada", "カナダ", "ForeignGovernment"),
    "cern": ("CERN", "CERN", "InternationalOrganisation"),
    "mit": ("MIT", "MIT", "University"),
    "mirai-lab": ("Mirai Lab", "未来ラボ", "ResearchInstitute"),
}


def institutions(graph: str = "") -> list[ox.Quad]:
    """The five as another document, or a user's own file, may state them."""
    text = "".join(
        f'<{terms.ID}institution/{key}> a <{terms.IS}{kind}> ; <{terms.SKOS}prefLabel> "{en}"@en , "{ja}"@ja ; '
        f"<{terms.IS}hasEvidence> <{terms.ID}evidence/background> ; <{terms.DCTERMS}source> <https://example.org/> .\n"
        for key, (en, ja, kind) in NAMES.items()
    )
    name = ox.NamedNode(terms.GRAPH + graph) if graph else ox.DefaultGraph()
    return [ox.Quad(q.subject, q.predicate, q.object, name) for q in ox.parse(text, format=ox.RdfFormat.TURTLE)]


def test_names_that_one_document_would_not_use_are_right_elsewhere() -> None:
    assert validate(institutions()).results == ()


def test_a_hint_warns_and_fails_nothing() -> None:
    report = validate(institutions(), read_shapes(proofread=[DOCUMENT]))
    assert report.conforms
    assert {r.severity for r in report.results} == {"Warning"}
    assert {terms.local_name(r.shape) for r in report.results} == {"ForeignGovernment-invests", "Institution-kind", "Name-japanese"}  # fmt: skip
    assert len({r.value if r.focus.endswith("ontology") else r.focus for r in report.results}) == len(NAMES)


@pytest.mark.slow("validates twice")
def test_hints_for_one_document_leave_others_alone() -> None:
    """What only another document states is not held against them; what the document itself states is."""
    rules = read_shapes(proofread=[DOCUMENT])
    assert validate(institutions("another-document"), rules).results == ()
    assert len(validate(institutions(DOCUMENT), rules).results) == len(validate(institutions(), rules).results) > 5


@pytest.mark.slow("validates")
def test_the_command_gives_hints_for_a_document_that_has_some(tmp_path: Path) -> None:
    path = tmp_path / "five.nt"
    path.write_text("".join(f"{q.triple} .\n" for q in institutions()), encoding="utf-8")
    plain, hinted = run(str(path), "--lang", "en"), run(str(path), "--lang", "ja", "--proofread", DOCUMENT)
    assert (plain.returncode, plain.stdout) == (0, "")
    assert hinted.returncode == 0 and "注意：名称と種類を見比べること。" in hinted.stdout
    wrong = run(str(path), "--lang", "en", "--proofread", "science-technology-budget-2021")
    assert wrong.returncode == 2 and f"did you mean '{DOCUMENT}'" in wrong.stderr


def test_a_folder_without_shapes_exits_3(tmp_path: Path) -> None:
    assert run("--shapes", str(tmp_path)).returncode == 3


def test_xml_with_a_doctype_is_refused() -> None:
    with pytest.raises(InputError, match="DOCTYPE"):
        check('<?xml version="1.0"?><!DOCTYPE rdf:RDF [<!ENTITY a "b">]><rdf:RDF/>')


@pytest.mark.slow("pyshacl reads all shapes")
def test_the_judge_may_be_asked_for_by_name() -> None:
    report = check(COMMON, engine="pyshacl")
    assert report.engine.startswith("pyshacl ") and report.conforms
    assert report.engine in summary(report, "en")


@pytest.mark.slow("validates twice")
def test_an_inferred_statement_hides_no_mistake(built: Built) -> None:
    """A thing that only a reasoner makes a panel is no panel: what is inferred is left out."""
    listing = next(q for q in built.quads if q.predicate.value == terms.IS + "isListedUnder")
    kind = ox.NamedNode(terms.RDF + "type")
    data = [q for q in built.quads if not (q.subject == listing.object and q.predicate == kind)]
    data.append(ox.Quad(listing.object, kind, ox.NamedNode(terms.IS + "Panel"), ox.NamedNode(terms.INFERRED_GRAPH)))  # type: ignore[arg-type]
    assert "Listing-isListedUnder" in names(validate(data, CORE, origins=built.origins))
