"""Entailments and contradictions: run the rules of an ontology on a store to a fixpoint.

The conclusions are assertions about named individuals. By definition they exclude:
- triples whose subject or object is a blank node or an unnamed class, and literals as subjects;
- the types owl:Thing, rdfs:Resource and owl:NamedIndividual, and the datatypes of literals;
- owl:sameAs: names are unique, so anything that would identify two names is reported as an inconsistency;
- everything about the ontology's own classes, properties and datatypes (subclass closure, inherited domains, …).
Axioms are read from the ontology alone; an axiom among the facts is treated as a fact. Assertions in the ontology, such
as code lists, count as facts. Imports are not followed.

Literals are compared by value, in the form that the store gives them (`as_stored`): `1.50` becomes `1.5`.
"""

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
)
from kg.reasoning.contradictions import Check, compile_checks
from kg.reasoning.datatypes import holds
from kg.reasoning.fixpoint import DONE, close, close_again
from kg.reasoning.rules import compile_axioms
from kg.terms import shorten

_EQUALITY = {SAME, DIFFERENT}


@dataclass(frozen=True)
class Inconsistency:
    """A contradiction: the rule that found it, the axioms that are broken, and the statements that break them.

    The statements may be inferred, and may type an individual with an unnamed class; `kg.reasoning.derivation.derive`
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
    """The result of a run of the rules: new triples and contradictions, sorted."""

    entailed: frozenset[Triple]
    inconsistencies: tuple[Inconsistency, ...]


def entail(facts: Iterable[Triple], ontology: Iterable[Triple], *, strict: bool = True) -> frozenset[Triple]:
    """Return the entailed assertions that are neither among the facts nor in the ontology.

    With `strict`, an ontology beyond the profile raises `UnsupportedAxiom`. Otherwise the result is sound, but may be
    incomplete.
    """
    return Closure(facts, ontology, strict=strict).entailed


class Closure:
    """A store with facts and all that they entail, to which more facts can be added."""

    def __init__(self, facts: Iterable[Triple], ontology: Iterable[Triple], *, strict: bool = True) -> None:
        """Compute the entailments. Raises UnsupportedAxiom as `entail` does."""
        self._axioms = _accept(ontology, strict)
        self._rules = compile_axioms(self._axioms)
        self.store = _loaded(facts, self._axioms.assertions())
        self._found = close(self.store, self._rules)

    @property
    def entailed(self) -> frozenset[Triple]:
        """The entailed assertions that are neither among the facts nor in the ontology."""
        return _reported(self._found, self._axioms)

    def gather(self) -> None:
        """Bring all entailments into the default graph of the store, also those that no rule reads."""
        self.store.update(f"ADD SILENT <{DONE}> TO DEFAULT")

    def add(self, facts: Iterable[Triple]) -> None:
        """Add facts, and what they entail together with the others."""
        self.gather()  # a rule that could not fire before may read them now
        self._found += close_again(self.store, self._rules, facts)


def inconsistencies(facts: Iterable[Triple], ontology: Iterable[Triple], *, strict: bool = True) -> list[Inconsistency]:
    """Return the contradictions among the facts and their entailments, sorted; raises as `entail` does."""
    return list(reason(facts, ontology, strict=strict).inconsistencies)


def reason(facts: Iterable[Triple], ontology: Iterable[Triple], *, strict: bool = True) -> Conclusions:
    """Return the results of `entail` and `inconsistencies` from one run."""
    axioms = _accept(ontology, strict)
    store = _loaded(facts, axioms.assertions())
    entailed = _reported(close(store, compile_axioms(axioms)), axioms)
    store.update(f"ADD SILENT <{DONE}> TO DEFAULT")
    found = {
        (problem.rule, problem.axioms, frozenset(problem.premises)): problem
        for check in compile_checks(axioms)
        for problem in _broken(store, check)
    }
    ordered = sorted(found.values(), key=lambda p: (p.rule, *map(str, p.premises), *map(str, p.axioms)))
    return Conclusions(entailed, tuple(ordered))


def as_stored(triples: Iterable[Triple]) -> set[Triple]:
    """Return triples with their literals in the form used for conclusions."""
    store = Store()
    store.bulk_extend(Quad(*triple) for triple in triples)
    return {quad.triple for quad in store}


def is_reported(triple: Triple, schema_terms: Iterable[Term] = ()) -> bool:
    """Return whether a triple is an assertion about named individuals as defined above."""
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


def _loaded(facts: Iterable[Triple], assertions: Iterable[Triple]) -> Store:
    store = Store()
    # reading attributes is faster than unpacking
    store.bulk_extend(Quad(t.subject, t.predicate, t.object) for t in chain(facts, assertions))
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
