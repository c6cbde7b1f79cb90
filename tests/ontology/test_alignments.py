"""What the links to other vocabularies let a reasoner conclude, and what they must not."""

from __future__ import annotations

from collections import defaultdict

import pyoxigraph as ox
import pytest

from kg import terms
from kg.assembly.build import Built
from kg.reasoning.entailment import entail
from kg.tables.schema import read_schema

IS, ID = terms.IS, terms.ID
ORGANISATIONS = {
    terms.PREFIXES["org"] + "Organization",
    terms.PREFIXES["foaf"] + "Organization",
    terms.PROV + "Organization",
    terms.PREFIXES["schema"] + "Organization",
}
COUNTED = ("Appropriation", "PrintedTotal", "BudgetObservation", "ChangeObservation")


@pytest.fixture(scope="module")
def values(built: Built) -> dict[tuple[str, str], set[str]]:
    """By entity and property: the values, asserted or inferred."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for q in built.quads:
        found[str(q.subject)[1:-1], q.predicate.value].add(getattr(q.object, "value", ""))
    return found


def of_class(values: dict[tuple[str, str], set[str]], name: str) -> list[str]:
    return sorted(s for (s, p), kinds in values.items() if p == terms.RDF + "type" and IS + name in kinds)


def test_every_institution_is_an_organisation_but_the_legislature(values: dict[tuple[str, str], set[str]]) -> None:
    government = {
        terms.PREFIXES["frapo"] + "GovernmentOrganization",
        terms.PREFIXES["schema"] + "GovernmentOrganization",
    }
    legislatures = of_class(values, "Legislature")
    assert legislatures
    for one in of_class(values, "Institution"):
        kinds = values[one, terms.RDF + "type"]
        expected = set() if one in legislatures else ORGANISATIONS
        assert kinds & ORGANISATIONS == expected, one
        if IS + "GovernmentBody" in kinds:
            assert kinds & government == (set() if one in legislatures else government), one


def test_an_appropriation_is_no_sum_of_money(values: dict[tuple[str, str], set[str]]) -> None:
    kinds = set().union(*(values[one, terms.RDF + "type"] for one in of_class(values, "Appropriation")))
    assert kinds == {IS + "Appropriation", IS + "BudgetShare"}


def test_nothing_derives_from_the_line_that_names_it(values: dict[tuple[str, str], set[str]]) -> None:
    q_leap = f"{ID}programme/q-leap"
    derivation = (terms.PROV + "wasDerivedFrom", terms.PROV + "hadPrimarySource", terms.DCTERMS + "source")
    assert [
        p for p in derivation for (s, prop) in values if prop == p and s == q_leap and "/passage/" in str(values[s, p])
    ] == []
    assert not any(p == terms.PROV + "wasDerivedFrom" for _, p in values)
    passages = values[q_leap, IS + "isReadFrom"]
    assert passages and values[q_leap, terms.DCTERMS + "isReferencedBy"] == passages


@pytest.mark.parametrize("name", COUNTED)
def test_every_amount_has_a_currency(name: str, values: dict[tuple[str, str], set[str]]) -> None:
    amounts = of_class(values, name)
    assert amounts
    assert {one for one in amounts if values[one, IS + "hasCurrency"] != {f"{ID}currency/JPY"}} == set()


def test_a_foreign_investment_keeps_its_own_currency(values: dict[tuple[str, str], set[str]]) -> None:
    currencies = [values[one, IS + "hasCurrency"] for one in of_class(values, "ForeignInvestment")]
    assert len(currencies) > 2 and all(len(found) == 1 for found in currencies)
    assert f"{ID}currency/JPY" not in set().union(*currencies)


def test_the_structure_of_any_budget_table_follows_from_its_observations() -> None:
    """Of a table that the ontology has never heard of, too."""
    turtle = f"""@prefix is: <{IS}> . @prefix : <https://example.org/> .
        :cell a is:BudgetObservation ; is:isObservationOf :table . :step a is:ChangeObservation ; is:isObservationOf :steps ."""
    facts = [q.triple for q in ox.parse(turtle, format=ox.RdfFormat.TURTLE)]
    found = {
        (str(t.subject), str(t.object))
        for t in entail(facts, read_schema().triples)
        if t.predicate.value == terms.QB + "structure"
    }
    assert found == {
        ("<https://example.org/table>", f"<{ID}cube/budget>"),
        ("<https://example.org/steps>", f"<{ID}cube/change>"),
    }  # fmt: skip
