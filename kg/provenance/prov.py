"""Express an explanation, or the working of a money answer, in PROV-O."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg import terms
from kg.reasoning.words import rule_words

if TYPE_CHECKING:
    from kg.provenance.explain import Explanation
    from kg.questions.answer import Answer

_NODE = terms.BASE + ".well-known/genid/"
_RULES = "https://www.w3.org/TR/owl2-profiles/#Reasoning_in_OWL_2_RL_and_RDF_Graphs_using_Rules"


def explanation_triples(explanation: Explanation) -> Iterator[ox.Triple]:
    """Yield the derivation in PROV-O: statements as entities, steps as activities that used their premises."""
    if explanation.derivation is None:
        if explanation.holds:
            yield from _entity(explanation.statement, explanation)
        return
    for part in explanation.derivation.parts():
        me = _node("statement", part.conclusion)
        yield from _entity(part.conclusion, explanation)
        if part.is_asserted:
            continue
        step = _node("step", part.conclusion)
        yield _triple(step, terms.RDF + "type", ox.NamedNode(terms.PROV + "Activity"))
        for language in ("en", "ja"):
            words = f"{part.rule}: {rule_words(part, explanation.labels, language)}"
            yield _triple(step, terms.RDFS + "label", ox.Literal(words, language=language))
        rules = _RULES if part.axioms else f"{terms.BASE}ontology/rules/{part.rule}.rq"
        yield _triple(step, terms.DCTERMS + "conformsTo", ox.NamedNode(rules))
        yield _triple(me, terms.PROV + "wasGeneratedBy", step)
        for used in (*(premise.conclusion for premise in part.premises), *part.axioms):
            yield _triple(step, terms.PROV + "used", _node("statement", used))
            yield _triple(me, terms.PROV + "wasDerivedFrom", _node("statement", used))
        for axiom in part.axioms:
            yield from _entity(axiom, explanation)
            yield _triple(
                _node("statement", axiom), terms.PROV + "hadPrimarySource", ox.NamedNode(terms.ONTOLOGY_GRAPH)
            )


def _entity(triple: ox.Triple, explanation: Explanation) -> Iterator[ox.Triple]:
    me = _node("statement", triple)
    for kind in (terms.RDF + "Statement", terms.PROV + "Entity"):
        yield _triple(me, terms.RDF + "type", ox.NamedNode(kind))
    for part, term in zip(("subject", "predicate", "object"), triple, strict=True):
        yield _triple(me, terms.RDF + part, term)
    support = explanation.supports.get(triple)
    if support is None:
        return
    for source in support.sources or (support.graph,):
        yield _triple(me, terms.PROV + "hadPrimarySource", ox.NamedNode(source))
    for kind in support.evidence:
        yield _triple(me, terms.IS + "hasEvidence", ox.NamedNode(kind))
    if support.row:
        yield _triple(me, terms.DCTERMS + "bibliographicCitation", ox.Literal(str(support.row)))


def _node(kind: str, triple: object) -> ox.NamedNode:
    """Return an IRI derived from the content, hence the same in every run."""
    return ox.NamedNode(f"{_NODE}{kind}-{sha256(str(triple).encode()).hexdigest()[:20]}")


def _triple(subject: ox.NamedNode, predicate: str, value: object) -> ox.Triple:
    return ox.Triple(subject, ox.NamedNode(predicate), value)  # type: ignore[arg-type]


def working_triples(answer: Answer) -> Iterator[ox.Triple]:
    """Yield the working of a money answer: the sum, what each printed amount adds to it, and their sources.

    prov:value holds the bounds in yen, as `lower/upper`, an open end as `..`.
    """
    working, total = answer.working, answer.total
    if working is None or total is None:
        return
    asked = sorted(f"{name}={term}" for name, term in answer.arguments.items())
    me, step = _node("sum", (answer.name, *asked)), _node("working", (answer.name, *asked))
    yield _triple(me, terms.RDF + "type", ox.NamedNode(terms.PROV + "Entity"))
    yield _triple(me, terms.PROV + "wasGeneratedBy", step)
    yield _triple(step, terms.RDF + "type", ox.NamedNode(terms.PROV + "Activity"))
    for language, words in answer.sentence.items():
        yield _triple(me, terms.RDFS + "label", ox.Literal(words, language=language))
    yield from _value(me, total.lower, total.upper)
    for row, contribution, reason in zip(working.rows, working.contributions, working.reasons, strict=True):
        part = _node("contribution", (answer.name, *asked, contribution.entry.listed_amount))
        listed = ox.NamedNode(contribution.entry.listed_amount)
        yield _triple(part, terms.RDF + "type", ox.NamedNode(terms.PROV + "Entity"))
        yield _triple(part, terms.PROV + "wasDerivedFrom", listed)
        yield _triple(part, terms.RDFS + "comment", ox.Literal(reason, language=working.language))
        yield from _value(part, contribution.lower, contribution.upper)
        if isinstance(source := row.get("source"), ox.NamedNode):
            yield _triple(part, terms.PROV + "hadPrimarySource", source)
        yield _triple(step, terms.PROV + "used", part)
        yield _triple(me, terms.PROV + "wasDerivedFrom", part)


def _value(node: ox.NamedNode, lower: int, upper: int | None) -> Iterator[ox.Triple]:
    text = f"{lower}/{'..' if upper is None else upper}"
    yield _triple(node, terms.PROV + "value", ox.Literal(text))
