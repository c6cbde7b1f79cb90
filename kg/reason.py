"""What follows from the facts, and what contradicts them: the rules of an ontology run on a store to a fixpoint.

Semi-naive: after the first round a rule looks only at matches in which the last round's triples take part.

What is concluded: assertions about named things. Left out, by definition:
- triples whose subject or object is a blank node or an unnamed class, and literals as subjects;
- the types owl:Thing, rdfs:Resource and owl:NamedIndividual, and the datatypes of literals;
- owl:sameAs altogether: two names are two things (the unique name assumption), so that whatever would make them one is
  reported as an inconsistency instead;
- everything about the ontology's own classes, properties and datatypes (subclass closure, inherited domains, …).
Axioms are read from the ontology alone; an axiom among the facts is a fact like any other. The ontology's own
assertions (code lists, say) count as facts. Imports are not followed.

A literal is taken for its value: the store writes `1.50` as `1.5`, so facts are compared and concluded in that form
(`canonical`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, count

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, QuerySolutions, Store, Triple, Variable

from kg.axioms import (
    DIFFERENT,
    SAME,
    TRIVIAL,
    TYPE,
    Axioms,
    Term,
    UnsupportedAxiom,
    find_problems,
    is_anonymous,
    read_axioms,
    unsupported,
)
from kg.checks import Check, compile_checks
from kg.datatypes import holds
from kg.rules import Pattern, Rule, compile_axioms, compile_rules, patterns_text
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

_LAST, _NEW, _DONE = "urn:round:last", "urn:round:new", "urn:done"
_EQUALITY = {SAME, DIFFERENT}


@dataclass(frozen=True)
class Inconsistency:
    """A contradiction: the rule that found it, the axioms it breaks, and the statements that together break them.

    The statements may be inferred, and may type a thing with an unnamed class; `kg.why.derive` explains each.
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
    return _reported(_run(store, compile_axioms(axioms)), axioms)


def inconsistencies(facts: Iterable[Triple], ontology: Iterable[Triple], *, strict: bool = True) -> list[Inconsistency]:
    """Return the contradictions among the facts and all that follows from them, sorted; raises as `entail` does."""
    return list(reason(facts, ontology, strict=strict).inconsistencies)


def reason(facts: Iterable[Triple], ontology: Iterable[Triple], *, strict: bool = True) -> Conclusions:
    """Return what `entail` and `inconsistencies` return, in one run."""
    axioms = _accept(ontology, strict)
    store = _loaded(facts, axioms)
    entailed = _reported(_run(store, compile_axioms(axioms)), axioms)
    store.update(f"ADD SILENT <{_DONE}> TO DEFAULT")
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
    """Return whether a triple is an assertion about named things as this module's documentation defines it."""
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
    store.bulk_extend(Quad(*triple) for triple in chain(facts, axioms.assertions()))
    return store


def _reported(triples: Iterable[Triple], axioms: Axioms) -> frozenset[Triple]:
    schema_terms = axioms.schema_terms()
    return frozenset(triple for triple in triples if is_reported(triple, schema_terms))


def _run(store: Store, rules: Sequence[Rule]) -> list[Triple]:
    """Add all that follows to the store, and return it.

    What rules read goes into the default graph and into one for its round; what no rule reads, into a last one.
    """
    found: list[Triple] = []
    waiting = _by_trigger(rules)
    texts = [_round_text(rule.head, patterns_text(rule.body), waiting) for rule in rules]
    for number in count():
        last, new = f"urn:round:{number}", f"urn:round:{number + 1}"
        if texts:
            store.update(" ;\n".join(texts).replace(_LAST, last).replace(_NEW, new))
        added = _graph(store, new)
        if not added:
            return found + _graph(store, _DONE)
        found += added
        keys = dict.fromkeys(key for _, predicate, value in added for key in _keys(predicate, value))
        updates = (update for key in keys for update in waiting.get(key, ()))
        texts = list(dict.fromkeys(_round_text(head, body, waiting) for head, body in updates))
    return found


def _graph(store: Store, name: str) -> list[Triple]:
    return [quad.triple for quad in store.quads_for_pattern(None, None, None, NamedNode(name))]


def _keys(predicate: NamedNode, value: object) -> tuple[object, ...]:
    return ((predicate, value), (TYPE, None)) if predicate == TYPE else (predicate,)


def _by_trigger(rules: Iterable[Rule]) -> Mapping[object, list[tuple[tuple[Pattern, ...], str]]]:
    """Return what to run when the last round added triples of a kind (a property; a class for types): head, body."""
    waiting: dict[object, list[tuple[tuple[Pattern, ...], str]]] = {}
    for rule in rules:
        for i, (_, predicate, value) in enumerate(rule.body):
            first, *rest = connected(rule.body, i)
            body = f"GRAPH <{_LAST}> {{ {patterns_text([first])} }} {patterns_text(rest)}"
            key = _keys(predicate, None if isinstance(value, Variable) else value)[
                -1 if isinstance(value, Variable) else 0
            ]
            waiting.setdefault(key, []).append((rule.head, body))
    return waiting


def connected(body: Sequence[Pattern], start: int) -> list[Pattern]:
    """Return the patterns of a body from one on, each next one sharing a variable with those before where it can."""
    ordered, left = [body[start]], [pattern for i, pattern in enumerate(body) if i != start]
    bound = {slot for slot in body[start] if isinstance(slot, Variable)}
    while left:
        pattern = max(left, key=lambda p: sum(slot in bound for slot in p))
        left.remove(pattern)
        ordered.append(pattern)
        bound |= {slot for slot in pattern if isinstance(slot, Variable)}
    return ordered


def _round_text(head: Sequence[Pattern], body: str, waiting: Mapping[object, object]) -> str:
    text = patterns_text(head)
    is_read = any(key in waiting for _, predicate, value in head for key in _keys(predicate, value))
    into = f"{text} . GRAPH <{_NEW}> {{ {text} }}" if is_read else f"GRAPH <{_DONE}> {{ {text} }}"
    return f"INSERT {{ {into} }} WHERE {{ {body} FILTER NOT EXISTS {{ {text} }} }}"


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
