"""What follows from the facts, and what contradicts them: the rules of an ontology run on a store to a fixpoint.

What is concluded: assertions about named entities. Left out, by definition:
- triples whose subject or object is a blank node or an unnamed class, and literals as subjects;
- the types owl:Thing, rdfs:Resource and owl:NamedIndividual, and the datatypes of literals;
- owl:sameAs altogether: two names are two entities (the unique name assumption), and whatever would make them one is
  reported as an inconsistency instead;
- everything about the ontology's own classes, properties and datatypes (subclass closure, inherited domains, …).
Axioms are read from the ontology alone; an axiom among the facts is a fact like any other. The ontology's own
assertions (code lists, say) count as facts. Imports are not followed.

A literal is taken for its value: the store writes `1.50` as `1.5`, so facts are compared and concluded in that form
(`canonical`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, QuerySolutions, Store, Triple, Variable

from kg.rdf.nodes import Term
from kg.reasoning.axioms import (
    DIFFERENT,
    SAME,
    TRIVIAL,
    TYPE,
    Axioms,
    UnsupportedAxiom,
    find_problems,
    is_anonymous,
    read_axioms,
    unsupported,
)
from kg.reasoning.contradictions import Check, compile_checks
from kg.reasoning.datatypes import holds
from kg.reasoning.fixpoint import DONE, close
from kg.reasoning.rules import Rule, compile_axioms, compile_rules
from kg.terms import shorten

__all__ = [
    "Conclusions",
    "Inconsistency",
    "Rule",
    "UnsupportedAxiom",
    "canonical",
    "compile_rules",
    "entail",
    "inconsistencies",
    "is_reported",
    "reason",
    "unsupported",
]

_EQUALITY = {SAME, DIFFERENT}


@dataclass(frozen=True)
class Inconsistency:
    """A contradiction: the rule that found it, the axioms it breaks, and the statements that together break them.

    The statements may be inferred, and may type an entity with an unnamed class; `kg.reasoning.derivation.derive`
    explains each.
    """

    rule: str
    axioms: tuple[Triple, ...]
    premises: tuple[Triple, ...]

    def __str__(self) -> str:
        """Return rule and statements on one line."""
        return f"{self.rule}: " + " ; ".join(
            " ".join(shorten(n.value) if isinstance(n, NamedNode) else str(n) for n in t) for t in self.premises
        )


@dataclass(frozen=True)
class Conclusions:
    """What a run of the rules found: triples that are new, and contradictions, sorted."""

    entailed: frozenset[Triple]
    inconsistencies: tuple[Inconsistency, ...]


def entail(facts: Iterable[Triple], ontology: Iterable[Triple], *, strict: bool = True) -> frozenset[Triple]:
    """Return the assertions that follow and stand neither among the facts nor in the ontology.

    With `strict`, an ontology beyond the profile raises `UnsupportedAxiom`; without, the rules do what they can: what
    they find is still entailed, but there may be more.
    """
    axioms = _accept(ontology, strict)
    store = _loaded(facts, axioms)
    return _reported(close(store, compile_axioms(axioms)), axioms)


def inconsistencies(facts: Iterable[Triple], ontology: Iterable[Triple], *, strict: bool = True) -> list[Inconsistency]:
    """Return the contradictions among the facts and all that follows from them, sorted; raises as `entail` does."""
    return list(reason(facts, ontology, strict=strict).inconsistencies)


def reason(facts: Iterable[Triple], ontology: Iterable[Triple], *, strict: bool = True) -> Conclusions:
    """Return what `entail` and `inconsistencies` return, in one run."""
    axioms = _accept(ontology, strict)
    store = _loaded(facts, axioms)
    entailed = _reported(close(store, compile_axioms(axioms)), axioms)
    store.update(f"ADD SILENT <{DONE}> TO DEFAULT")
    found = {
        (problem.rule, problem.axioms, frozenset(problem.premises)): problem
        for check in compile_checks(axioms)
        for problem in _broken(store, check)
    }
    ordered = sorted(found.values(), key=lambda p: (p.rule, *map(str, p.premises), *map(str, p.axioms)))
    return Conclusions(entailed, tuple(ordered))


def canonical(triples: Iterable[Triple]) -> set[Triple]:
    """Return triples with their literals in the form that conclusions are written in."""
    store = Store()
    store.bulk_extend(Quad(*triple) for triple in triples)
    return {quad.triple for quad in store}


def is_reported(triple: Triple, schema_terms: Iterable[Term] = ()) -> bool:
    """Return whether a triple is an assertion about named entities as this module's documentation defines it."""
    subject, predicate, value = triple
    if not isinstance(subject, NamedNode) or not isinstance(value, NamedNode | Literal):
        return False
    if is_anonymous(subject) or is_anonymous(value) or predicate in _EQUALITY:
        return False
    return not (predicate == TYPE and value in TRIVIAL) and subject not in schema_terms


def _accept(ontology: Iterable[Triple], strict: bool) -> Axioms:
    axioms = read_axioms(ontology)
    problems = find_problems(axioms) if strict else []
    if problems:
        raise UnsupportedAxiom(problems)
    return axioms


def _loaded(facts: Iterable[Triple], axioms: Axioms) -> Store:
    store = Store()
    # attributes are read faster than a triple is unpacked
    store.bulk_extend(Quad(t.subject, t.predicate, t.object) for t in chain(facts, axioms.assertions()))
    return store


def _reported(triples: Iterable[Triple], axioms: Axioms) -> frozenset[Triple]:
    schema_terms = axioms.schema_terms()
    return frozenset(triple for triple in triples if is_reported(triple, schema_terms))


def _broken(store: Store, check: Check) -> Iterable[Inconsistency]:
    solutions = store.query(check.query_text(), default_graph=DefaultGraph())
    assert isinstance(solutions, QuerySolutions)
    for solution in solutions:
        if check.outside:
            literal = solution[check.outside[0]]
            if not isinstance(literal, Literal) or holds(literal, check.outside[1]):
                continue
        premises = tuple(
            Triple(*(solution[slot] if isinstance(slot, Variable) else slot for slot in pattern))  # type: ignore[arg-type]
            for pattern in check.body
        )
        yield Inconsistency(check.name, check.axioms, premises)
