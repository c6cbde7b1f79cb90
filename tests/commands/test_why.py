"""`kg why`: a reader can check a statement down to page, line and table row, and a sum down to the printed amounts."""

from __future__ import annotations

import csv
import json
import re
from itertools import islice, pairwise
from pathlib import Path

import pyoxigraph as ox
import pytest

import kg
from kg import paths, terms
from kg.commands.shell.parser import run
from kg.errors import InputError, UsageError
from kg.provenance.explain import Explanation, explain, explain_triple
from kg.provenance.text import FORMATS, write_explanation, write_working
from kg.reasoning.words import rule_words
from kg.stores.embedded import EmbeddedStore, open_embedded
from tests.conftest import DOCUMENT, cited
from tests.reasoning.ontologies import triples
from tests.reasoning.test_entailment import FOLLOWS
from tests.reasoning.verify import explanations, rule_names, verify

LISTS = ("listed-p4-fusion-q-leap-2020", "lists", "q-leap-2020-initial")
ADMINISTERED = ("q-leap", "is administered by", "MEXT")


def graph(store: EmbeddedStore, name: str) -> list[ox.Triple]:
    return [quad.triple for quad in store.inner.quads_for_pattern(None, None, None, ox.NamedNode(name))]


@pytest.fixture(scope="module")
def administered(store: EmbeddedStore) -> Explanation:
    """An inferred statement, explained."""
    return explain(*ADMINISTERED, store)


def facts_and_ontology(store: EmbeddedStore) -> tuple[list[ox.Triple], list[ox.Triple]]:
    apart = {terms.ONTOLOGY_GRAPH, terms.INFERRED_GRAPH, terms.RELEASE_GRAPH}
    facts = [quad.triple for quad in store.inner if str(quad.graph_name).strip("<>") not in apart]
    return facts, graph(store, terms.ONTOLOGY_GRAPH)


def cells_of(explanation: Explanation) -> dict[str, str]:
    """The cells of the table row that an explanation names."""
    row = explanation.supports[explanation.statement].row
    assert row is not None
    with (paths.PACKAGE / row.file).open(encoding="utf-8") as table:
        head, *rows = csv.reader(table)
    return {"@column": row.column, **dict(zip(head, rows[row.line - 2], strict=True))}


def test_a_stated_fact_is_led_back_to_page_line_evidence_and_the_cell_of_its_table(store: EmbeddedStore) -> None:
    found = explain(*LISTS, store)
    support = found.supports[found.statement]
    assert found.status == "stated"
    assert support.sources == (terms.ID + "passage/science-technology-budget-2020/278",)
    assert support.evidence == (terms.ID + "evidence/stated",)
    cells = cells_of(found)
    assert (cells["id"], cells[cells["@column"]], cells["page"], cells["lines"]) == (LISTS[0], LISTS[2], "4", "278")


def test_the_text_names_page_line_evidence_and_row(store: EmbeddedStore) -> None:
    found = explain(*LISTS, store)
    assert re.search(
        rf"evidence: stated; source: {re.escape(cited(4, '278'))}; kg/facts/.*/ListedAmount\.csv:\d+ lists\n$",
        write_explanation(found, "text", "en"),
    )
    assert f"出典：{cited(4, '278', 'ja')}" in write_explanation(found, "text", "ja")


@pytest.mark.slow("explains a fact of every table")
def test_every_kind_of_fact_leads_to_a_row_that_states_it(store: EmbeddedStore) -> None:
    facts, _ = facts_and_ontology(store)
    one_of_each = {(str(t.subject).split("/id/")[-1].split("/")[0], t.predicate): t for t in sorted(facts, key=str)}
    picked = list(one_of_each.values())[::11]
    assert len(picked) > 20
    for triple in picked:
        support = explain_triple(triple, store).supports[triple]
        assert support.row is not None, triple
        assert (paths.FACTS.parent / support.row.file).is_file()


def test_with_the_dataset_alone_the_passage_is_named_and_no_row(store: EmbeddedStore) -> None:
    found = explain(*LISTS, store, facts=None)
    support = found.supports[found.statement]
    assert support.row is None
    assert support.sources


def test_an_inferred_fact_is_led_down_to_asserted_ones_with_their_rows(
    store: EmbeddedStore, administered: Explanation
) -> None:
    found = administered
    assert found.status == "inferred"
    assert found.derivation is not None
    assert verify(found.derivation, *facts_and_ontology(store)) == []
    assert all(found.supports[leaf].row for leaf in found.derivation.leaves())


@pytest.mark.parametrize(("language", "word"), [("en", "in sequence amount to"), ("ja", "を順にたどると")])
def test_a_derivation_is_told_in_both_languages(administered: Explanation, language: str, word: str) -> None:
    text = write_explanation(administered, "text", language)
    assert word in text.splitlines()[1]


def test_every_rule_has_words_in_both_languages() -> None:
    for rule, (axiom, data, _) in FOLLOWS.items():
        step = next(d for d in explanations(triples(data), triples(axiom)).values() if d.rule == rule)
        english, japanese = (rule_words(step, {}, language) for language in ("en", "ja"))
        assert english != japanese
        assert "{" not in english + japanese
    assert set(FOLLOWS) == rule_names()


def test_json_holds_the_tree_with_both_languages(administered: Explanation) -> None:
    found = json.loads(write_explanation(administered, "json", "en"))
    tree = found["derivation"]
    assert (found["status"], found["holds"], tree["rule"]) == ("inferred", True, "prp-spo2")
    assert set(tree["because"]) == {"en", "ja"}
    leaf = tree["premises"][1]
    assert leaf["row"]["column"] == "hasAdministrator"
    assert leaf["row"]["line"] > 1


def test_turtle_holds_the_derivation_in_prov_without_blank_nodes(administered: Explanation) -> None:
    found = administered
    parsed = ox.Store()
    parsed.load(write_explanation(found, "turtle", "en").encode(), format=ox.RdfFormat.TURTLE)
    assert not any(isinstance(node, ox.BlankNode) for quad in parsed for node in quad.triple)
    asked = """
        PREFIX prov: <http://www.w3.org/ns/prov#> PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
        SELECT DISTINCT ?s ?p ?o WHERE {
          ?goal rdf:subject $s ; rdf:predicate $p ; rdf:object $o ; prov:wasDerivedFrom+ ?leaf .
          ?leaf a prov:Entity ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; prov:hadPrimarySource ?source .
          FILTER NOT EXISTS { ?leaf prov:wasGeneratedBy ?step } }
    """
    for name, term in zip(("$s", "$p", "$o"), found.statement, strict=True):
        asked = asked.replace(name, str(term))
    solutions = parsed.query(asked)
    assert isinstance(solutions, ox.QuerySolutions)
    reached = {ox.Triple(*row) for row in solutions}
    assert found.derivation is not None
    axioms = {axiom for part in found.derivation.parts() for axiom in part.axioms}
    assert reached == {*found.derivation.leaves(), *axioms}


@pytest.mark.slow("reasons twice")
def test_what_does_not_hold_is_said_with_the_nearest_that_does(store: EmbeddedStore) -> None:
    found = explain("q-leap", "isPartOf", "MEXT", store)
    assert not found.holds
    assert found.nearest[0].predicate.value == terms.IS + "isAdministeredBy"
    assert "does not hold" in write_explanation(found, "text", "en")
    assert all(explain_triple(near, store).holds for near in found.nearest)


@pytest.mark.slow("reasons twice")
def test_a_link_the_wrong_way_round_is_shown_the_right_way_first(store: EmbeddedStore) -> None:
    found = explain("RIKEN", "isUnitOf", "aip", store)
    assert not found.holds
    assert terms.local_name(str(found.nearest[0].subject).strip("<>")) == "aip"


@pytest.mark.slow("seconds long")
def test_a_wrong_figure_shows_the_right_one_first(store: EmbeddedStore) -> None:
    found = explain("q-leap-2020-initial", "amount", "3300000000", store)
    assert not found.holds
    assert getattr(found.nearest[0].object, "value", None) == "3200000000"


@pytest.mark.slow("seconds long")
def test_of_several_values_the_one_spelt_most_alike_comes_first(store: EmbeddedStore) -> None:
    found = explain("q-leap", "skos:altLabel", "QLEAPS", store)
    assert not found.holds
    assert str(found.nearest[0].object) == '"QLEAP"@en'


@pytest.mark.slow("seconds long")
def test_an_axiom_is_said_to_be_one_and_of_terms_nothing_is_concluded(store: EmbeddedStore) -> None:
    assert explain("is:Programme", "rdfs:subClassOf", "is:FundedItem", store).status == "axiom"
    other = explain("Programme", "rdfs:subClassOf", "is:Institution", store)
    assert (other.holds, other.about_schema) == (False, True)


@pytest.mark.slow("takes over a second")
@pytest.mark.parametrize(
    "words",
    [
        ("RIKEN", "a", "research institute"),
        ("理化学研究所", "rdf:type", "研究機関"),
        ("id:institution/riken", "type", "is:ResearchInstitute"),
        (terms.ID + "institution/riken", terms.RDF + "type", terms.IS + "ResearchInstitute"),
    ],
)
def test_a_term_may_be_an_iri_a_curie_an_id_or_a_name_in_either_language(
    store: EmbeddedStore, words: tuple[str, str, str]
) -> None:
    assert explain(*words, store).status == "stated"


@pytest.mark.slow("takes over a second")
def test_a_value_is_taken_by_its_text_with_or_without_its_language(store: EmbeddedStore) -> None:
    assert explain("riken", "prefLabel", "理化学研究所", store).status == "stated"
    assert explain("riken", "prefLabel", "RIKEN@en", store).status == "stated"


def test_a_value_is_first_looked_for_among_those_of_the_thing_itself(tmp_path: Path) -> None:
    data = tmp_path / "notes.ttl"
    note = f"<{terms.SKOS}note>"
    data.write_text(f'<{terms.ID}theme/a> {note} "same"@ja . <{terms.ID}theme/b> {note} "same"@en .', encoding="utf-8")
    assert explain("id:theme/a", "skos:note", "same", open_embedded(data), None).status == "stated"


@pytest.mark.slow("takes over a second")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("rikn", "a", "Institution"), "did you mean"),
        (("riken", "isUnitof2", "aip"), "unknown property 'isUnitof2'"),
        (("riken", "a", "no such class"), "unknown class 'no such class'"),
    ],
)
def test_a_name_that_means_nothing_is_refused(store: EmbeddedStore, words: tuple[str, str, str], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        explain(*words, store)


def test_the_working_adds_up_to_the_answer_line_by_line() -> None:
    answer = kg.query("funding", domain="quantum security", fiscal_year=2020)
    assert answer.total is not None
    found = json.loads(write_working(answer, "json", "en"))
    assert len(found["working"]) > 1
    assert sum(line["lower"] for line in found["working"]) == found["total"]["lower"] == answer.total.lower
    assert sum(line["upper"] for line in found["working"]) == found["total"]["upper"] == answer.total.upper
    text = write_working(answer, "text", "en")
    assert all(f"{number}. " in text for number in range(1, len(found["working"]) + 1))
    assert all(line["printed"] in text and line["words"] in text for line in found["working"])
    assert "the whole amount" in text


def test_the_working_as_turtle_is_derived_from_the_listed_amounts() -> None:
    answer = kg.query("funding", domain="quantum security", fiscal_year=2020)
    parsed = ox.Store()
    parsed.load(write_working(answer, "turtle", "ja").encode(), format=ox.RdfFormat.TURTLE)
    derived = {q.object for q in parsed.quads_for_pattern(None, ox.NamedNode(terms.PROV + "wasDerivedFrom"), None)}
    assert answer.working is not None
    listed = {ox.NamedNode(c.entry.listed_amount) for c in answer.working.contributions}
    assert listed
    assert listed <= derived


def test_a_question_without_money_has_no_working() -> None:
    with pytest.raises(UsageError, match="does not ask for a sum of money"):
        write_working(kg.query("disagreements"), "text", "en")


@pytest.mark.slow("explains five times")
@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["RIKEN", "a", "prov:Organization"], 0),
        (["RIKEN", "a", "Ministry"], 1),
        (["RIKEN", "a"], 2),
        (["RIKEN", "a", "Institution", "--no-such-option"], 2),
        (["RIKEN", "a", "Institution", "--data", "no-such-file.ttl"], 3),
        (["funding", "--domain", "quantum security"], 0),
        (["--lang", "ja", "funding", "--domain=quantum security"], 0),
        (["--format", "json", "RIKEN", "a", "Institution"], 0),
        (["funding", "--domain", "no such domain"], 2),
        (["no-such-question"], 2),
    ],
)
def test_the_exit_code_says_what_happened(words: list[str], code: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["why", *words]) == code
    said = capsys.readouterr()
    assert "Traceback" not in said.err
    assert bool(said.err) == (code >= 2)


def test_a_statement_of_another_file_is_explained_by_the_packages_ontology(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    data = tmp_path / "mine.ttl"
    data.write_text(
        f"@prefix is: <{terms.IS}> . <{terms.ID}role/r> is:isRoleIn <{terms.ID}programme/p> .", encoding="utf-8"
    )
    assert run(["why", "id:programme/p", "is:hasRole", "id:role/r", "--data", str(data), "--lang", "en"]) == 0
    assert b"inferred in 1 step\n" in capsysbinary.readouterr().out


@pytest.mark.slow("seconds long")
def test_an_explanation_is_the_same_in_every_run(store: EmbeddedStore, administered: Explanation) -> None:
    again = explain(*ADMINISTERED, store)
    for form in FORMATS:
        assert write_explanation(again, form, "en") == write_explanation(administered, form, "en")


@pytest.mark.slow("explains hundreds of statements")
def test_inferred_statements_of_the_shipped_graph_are_told_without_gaps(store: EmbeddedStore) -> None:
    inferred = sorted(graph(store, terms.INFERRED_GRAPH), key=str)
    picked = list(islice(inferred, 0, None, len(inferred) // 8))
    assert len(picked) >= 8
    for triple in picked:
        text = write_explanation(explain_triple(triple, store), "text", "ja")
        assert "段階の推論による" in text
        assert not re.search(r": ?$", text, re.MULTILINE)


def test_a_file_that_keeps_the_inference_busy_ends_at_the_deadline(tmp_path: Path) -> None:
    place = tmp_path / "chain.nt"
    part_of = f"{terms.IS}isPartOf"
    place.write_text(
        "".join(f"<http://x/{i}> <{part_of}> <http://x/{i + 1}> .\n" for i in range(2_000)), encoding="utf-8"
    )
    with pytest.raises(InputError, match=r"chain\.nt: explaining it takes longer than 0\.5 s"):
        kg.why("http://x/1", part_of, "http://x/1900", data=place, timeout=0.5)


def test_a_store_that_keeps_the_inference_busy_ends_at_the_deadline_too() -> None:
    part_of = ox.NamedNode(f"{terms.IS}isPartOf")
    inner = ox.Store()
    nodes = [ox.NamedNode(f"http://x/{i}") for i in range(2_000)]
    inner.extend(ox.Quad(a, part_of, b) for a, b in pairwise(nodes))
    with pytest.raises(InputError, match=r"^explaining it takes longer than 0\.5 s"):
        kg.why("http://x/1", part_of.value, "http://x/1900", store=EmbeddedStore(inner), timeout=0.5)


def test_a_long_derivation_comes_back_from_the_worker(tmp_path: Path) -> None:
    place = tmp_path / "chain.nt"
    part_of = f"{terms.IS}isPartOf"
    place.write_text("".join(f"<http://x/{i}> <{part_of}> <http://x/{i + 1}> .\n" for i in range(60)), encoding="utf-8")
    found = kg.why("http://x/0", part_of, "http://x/60", data=place)
    assert isinstance(found, Explanation) and found.derivation
    assert len(found.derivation.leaves()) == 60


def test_a_failure_is_said_though_the_report_goes_to_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place, page = tmp_path / "report", tmp_path / "page.txt"
    page.touch()
    assert run(["why", "riken", "a", "is:Programme", "-o", str(place)]) == 1
    assert capsys.readouterr().err == f"{place.read_text(encoding='utf-8').splitlines()[0]}\n" != "\n"
    assert run(["coverage", str(page), "--document", DOCUMENT, "-o", str(place)]) == 1
    assert capsys.readouterr().err == f"{place.read_text(encoding='utf-8').splitlines()[-1]}\n" != "\n"
