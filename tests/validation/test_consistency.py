"""What the ontology forbids is reported with all that leads there: axioms with their lines, statements with their rows."""

from __future__ import annotations

import csv
import json
import re
import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg import paths, terms
from kg.assembly.build import Built, build
from kg.reasoning.entailment import inconsistencies
from kg.reasoning.words import contradiction_words
from kg.validation.report import write_report
from kg.validation.shapes import SH, read_shapes
from kg.validation.validate import Report, Result, check, validate
from tests.conftest import DOCUMENT, ROOT
from tests.reasoning.ontologies import triples
from tests.reasoning.test_entailment import BREAKS
from tests.validation.test_validate import COMMON, run

NONE = read_shapes(paths.SHAPES / "prefixes.ttl")  # so that nothing but the ontology is asked
HEAD = f"@prefix is: <{terms.IS}> . @prefix xsd: <{terms.XSD}> . @prefix : <https://example.org/> .\n"
BOTH = HEAD + ":x a is:Hub , is:Theme .\n"


def forbidden(report: Report) -> list[Result]:
    """What the ontology forbids, without what the shapes find."""
    return [result for result in report.results if result.because]


def where(result: Result, text: str) -> str:
    """The place of the reason that says so."""
    (reason,) = (r for r in result.because if text in r.text("en"))
    assert reason.place
    file, line = reason.place
    assert (ROOT / file).is_file()
    return f"{file}: {(ROOT / file).read_text(encoding='utf-8').splitlines()[line - 1].strip()}"


@pytest.fixture(scope="module")
def misplaced(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """What is found when a table makes a part of the strategy a part of an institution."""
    facts = tmp_path_factory.mktemp("misplaced") / "facts"
    shutil.copytree(paths.FACTS, facts)
    path = facts / DOCUMENT / "StrategyPart.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    row = next(r for r in rows if r[0] == "quantum-part-1-2")
    row[rows[0].index("isPartOf")] = "riken"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
    made = build(facts)
    return validate(made.quads, NONE, origins=made.origins)


@pytest.mark.slow("validates")
def test_what_the_tables_contradict_is_reported_with_axioms_and_rows(misplaced: Report) -> None:
    assert not misplaced.conforms
    (result,) = (r for r in forbidden(misplaced) if r.shape.endswith("/Consistency-cax-adc"))
    assert result.focus == terms.ID + "institution/riken"
    assert result.message.en.endswith("nothing is both “strategy element” and “institution”.")
    places = [r.place for r in result.because]
    assert None not in places and len(places) > 4
    assert where(result, "nothing is both").startswith("ontology/")
    assert "AllDisjointClasses" in where(result, "nothing is both")
    assert "Institution.csv: aip," in where(result, "— is unit of — RIKEN")  # the shortest way to an institution
    assert "rdfs:range is:Institution ;" in where(result, "every value of “is unit of” belongs to “institution”")
    assert "rdfs:range is:StrategyElement ;" in where(result, "every value of “serves” belongs to")
    assert "owl:propertyChainAxiom" in where(result, "“serves”, “is part of” in sequence amount to")
    assert "StrategyPart.csv: quantum-part-1-2," in where(result, "— is part of — RIKEN")
    assert "Panel.csv: p" in where(result, "— is panel of —")


@pytest.mark.slow("validates")
def test_the_text_names_every_place_in_both_languages(misplaced: Report) -> None:
    for language, words in (
        ("en", "nothing is both “strategy element”"),
        ("ja", "「戦略の要素」であり「機関」でもあるものはない"),
    ):
        lines = write_report(misplaced, "text", language, NONE).splitlines()
        at = next(i for i, line in enumerate(lines) if words in line)
        assert lines[at].startswith("kg/facts/") and "Institution.csv:" in lines[at].split(" ")[0]
        assert lines[at + 1].startswith("  ontology/") and words in lines[at + 1]
        assert any(line.startswith(f"  kg/facts/{DOCUMENT}/StrategyPart.csv:") for line in lines[at + 1 :])


@pytest.mark.slow("reasons")
def test_clean_data_contradict_nothing(built: Built) -> None:
    assert forbidden(validate(built.quads, NONE, origins=built.origins)) == []
    assert forbidden(check(COMMON)) == []


@pytest.mark.slow("takes over a second")
def test_a_file_is_held_against_the_ontology_and_a_contradiction_exits_1(tmp_path: Path) -> None:
    path = tmp_path / "both.ttl"
    path.write_text(BOTH, encoding="utf-8")
    done = run(str(path), "--lang", "en", "--shapes", str(paths.SHAPES / "prefixes.ttl"))
    assert done.returncode == 1 and done.stderr.startswith("violations: 1,")
    first, *because = done.stdout.splitlines()
    assert first.startswith("https://example.org/x: Correct one of the statements below")
    assert [re.sub(r"^ +(ontology/[a-z-]+[.]ttl:[0-9]+: )?", "", line) for line in because] == [
        "nothing is both “strategy element” and “institution”",
        "https://example.org/x — is a — theme",
        "every “theme” also belongs to “strategy element”",
        "https://example.org/x — is a — hub",
        "every “hub” also belongs to “organisation”",
        "every “organisation” also belongs to “institution”",
    ]
    assert [line.startswith("  ontology/") for line in because] == [True, False, True, False, True, True]


@pytest.mark.slow("takes over a second")
def test_json_and_turtle_carry_the_axioms_and_their_lines() -> None:
    report = check(BOTH)
    (expected,) = forbidden(report)
    places = {f"{r.place[0]}:{r.place[1]}" for r in expected.because if r.place}
    assert len(places) == 4
    (found,) = (r for r in json.loads(write_report(report, "json", "en", NONE))["results"] if r["because"])
    assert (found["severity"], found["focus"], found["row"]) == ("Violation", "https://example.org/x", None)
    assert {f"{r['place']['file']}:{r['place']['line']}" for r in found["because"] if r["axiom"]} == places
    assert all(set(r["message"]) == {"en", "ja"} for r in found["because"])
    graph = list(ox.parse(write_report(report, "turtle", "en", read_shapes()), format=ox.RdfFormat.TURTLE))
    cited = {q.object.value for q in graph if q.predicate.value == terms.DCTERMS + "bibliographicCitation"}
    assert cited == places
    derived = {q.subject for q in graph if q.predicate.value == terms.PROV + "wasDerivedFrom"}
    assert len(derived) == 1
    severities = [q.object for q in graph if q.subject in derived and q.predicate.value == SH + "resultSeverity"]
    assert severities == [ox.NamedNode(SH + "Violation")]


@pytest.mark.slow("validates four times")
@pytest.mark.parametrize("value", ['"7"^^xsd:double', '"7.0"^^xsd:decimal', '"seven"^^xsd:integer', '"7"'])
def test_a_literal_that_is_no_value_of_its_datatype_is_reported(value: str) -> None:
    found = forbidden(validate(ox.parse(f"{HEAD}:x is:amount {value} .", format=ox.RdfFormat.TURTLE), NONE))
    if value == '"7.0"^^xsd:decimal':
        assert found == []  # the same number as 7
        return
    (result,) = found
    assert result.path == terms.IS + "amount" and result.value in ("7", "seven")
    assert "rdfs:range xsd:integer ;" in where(result, "every value of “amount” is of the datatype xsd:integer")


@pytest.mark.slow("takes over a second")
def test_two_sources_that_contradict_each_other_are_each_named_with_their_row(built: Built) -> None:
    graphs = [terms.GRAPH + DOCUMENT, terms.GRAPH + paths.COMMON]
    subject = next(
        key.split(" ")[0]
        for key in built.origins
        if all(f"{key.split(' ')[0]} {graph}" in built.origins for graph in graphs) and "/strategy/" in key
    )
    years = [
        ox.Quad(ox.NamedNode(subject), ox.NamedNode(terms.IS + "printedNumber"), ox.Literal(value), ox.NamedNode(graph))
        for value, graph in zip("12", graphs, strict=True)
    ]
    found = forbidden(validate([*built.quads, *years], NONE, origins=built.origins))
    (result,) = (r for r in found if r.shape.endswith("/Consistency-prp-fp"))
    assert "owl:FunctionalProperty" in where(result, "nothing has two values of “printed number”")
    rows = {r.place for r in result.because if not r.is_axiom}
    assert rows == {(f"kg/{file}", line) for file, line in (built.origins[f"{subject} {g}"] for g in graphs)}
    assert len(rows) == 2


@pytest.mark.slow("validates")
def test_what_is_inferred_in_the_data_is_no_reason(built: Built) -> None:
    """The graph of inferred statements is left out; what follows is concluded anew."""
    kind = ox.Quad(
        ox.NamedNode(terms.ID + "institution/riken"),
        ox.NamedNode(terms.RDF + "type"),
        ox.NamedNode(terms.IS + "Theme"),
        ox.NamedNode(terms.INFERRED_GRAPH),
    )
    assert forbidden(validate([*built.quads, kind], NONE)) == []
    stated = ox.Quad(kind.subject, kind.predicate, kind.object, ox.NamedNode(terms.GRAPH + DOCUMENT))
    assert len(forbidden(validate([*built.quads, stated], NONE))) == 1


@pytest.mark.parametrize("rule", BREAKS)
def test_whatever_is_forbidden_is_said_in_both_languages(rule: str) -> None:
    ontology, facts = map(triples, BREAKS[rule])
    (problem,) = inconsistencies(facts, ontology)
    said = [contradiction_words(problem, {}, language) for language in ("en", "ja")]
    assert all(said) and said[0] != said[1] and said[0].isascii() == ("“" not in said[0])
    assert not any("{" in words or "“”" in words or "「」" in words for words in said)
