"""Find a shortest derivation of a statement from asserted statements.

A derivation is a tree. Its length is the number of rule applications in it, counting a part each time it is used; of
derivations with the same length the shallowest is chosen. One pass finds the shortest ones of all triples, in order of
length (Knuth's generalisation of Dijkstra's algorithm, doi:10.1016/0020-0190(77)90002-3): once a triple is reached, no
shorter derivation of it can follow.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from heapq import heapify, heappop, heappush

from pyoxigraph import Literal, Triple, Variable

from kg.reasoning.axioms import TYPE, UnsupportedAxiom, find_problems, read_axioms
from kg.reasoning.entailment import as_stored
from kg.reasoning.fixpoint import connected, kind_of
from kg.reasoning.rules import Pattern, Rule, compile_axioms

Key = tuple[int, int, int]  # a triple with numbers for terms
Atom = tuple[int, int, int]  # a pattern: terms as numbers, variables as negative numbers


@dataclass(frozen=True)
class Derivation:
    """How a triple is derived: by a rule from premises or, without a rule, because it is asserted.

    `axioms` are the triples of the ontology behind the rule, with blank nodes named as in `kg.reasoning.axioms`;
    `steps` is the number of rule applications in the tree, and `depth` its height.
    """

    conclusion: Triple
    rule: str = ""
    axioms: tuple[Triple, ...] = ()
    premises: tuple[Derivation, ...] = ()
    steps: int = field(default=0, compare=False)
    depth: int = field(default=0, compare=False)

    @property
    def is_asserted(self) -> bool:
        """Return whether the conclusion is among the facts."""
        return not self.rule

    def leaves(self) -> list[Triple]:
        """Return the asserted triples that the derivation uses, without repetition, in reading order."""
        return list(dict.fromkeys(part.conclusion for part in self.parts() if part.is_asserted))

    def parts(self) -> Iterator[Derivation]:
        """Yield the derivation and its parts, without repetition, from the top down."""
        seen: set[int] = set()
        waiting = [self]
        while waiting:
            part = waiting.pop()
            if id(part) not in seen:
                seen.add(id(part))
                yield part
                waiting += reversed(part.premises)


def derive(
    triple: Triple, facts: Iterable[Triple], ontology: Iterable[Triple], *, strict: bool = True
) -> Derivation | None:
    """Return a shortest derivation of a triple, or None if there is none.

    `kg.reasoning.axioms.UnsupportedAxiom` is raised as by `kg.reasoning.entailment.entail`.
    """
    goal = next(iter(as_stored([triple])))
    return prove(facts, ontology, strict, {goal}).get(goal)


def prove(
    facts: Iterable[Triple], ontology: Iterable[Triple], strict: bool, goals: Set[Triple] | None
) -> dict[Triple, Derivation]:
    """Return a shortest derivation of each goal that has one, or of all entailed triples if no goals are given.

    Goals are in the form of `kg.reasoning.entailment.canonical`. The result may include derivations of other triples.
    """
    axioms = read_axioms(ontology)
    problems = find_problems(axioms) if strict else []
    if problems:
        raise UnsupportedAxiom(problems)
    rules: Sequence[Rule] = compile_axioms(axioms)
    stated = [*facts, *axioms.assertions()]
    if goals is not None:
        rules, stated = _relevant(rules, stated, goals)
    return _Prover(rules).run(sorted(as_stored(stated), key=str), goals)


def _relevant(rules: Sequence[Rule], stated: Sequence[Triple], goals: Set[Triple]) -> tuple[list[Rule], list[Triple]]:
    """Return the rules and statements that can take part in a derivation of the goals, by property and class."""
    wanted = set(map(kind_of, goals))
    left, kept = set(range(len(rules))), set[int]()
    while useful := {i for i in left if kind_of(rules[i].head[0]) in wanted}:
        left -= useful
        kept |= useful
        wanted |= {kind_of(pattern) for i in useful for pattern in rules[i].body}
    return [rules[i] for i in sorted(kept)], [triple for triple in stated if kind_of(triple) in wanted]


@dataclass(frozen=True)
class _Plan:
    """One way for a rule to fire: a new triple matches `first`, the other premises are looked up in order."""

    rule: int
    first: Atom
    rest: tuple[Atom, ...]


class _Prover:
    def __init__(self, rules: Sequence[Rule]) -> None:
        self.rules = rules
        self.numbers: dict[object, int] = {}
        self.terms: list[object] = []
        self.type = self.number(TYPE)
        self.plans: dict[tuple[int, int], list[_Plan]] = {}
        self.bodies = [tuple(map(self.atom, rule.body)) for rule in rules]
        self.heads = [self.atom(rule.head[0]) for rule in rules]
        for index, rule in enumerate(rules):
            for start in range(len(rule.body)):
                first, *rest = map(self.atom, connected(rule.body, start))
                key = (first[1], max(first[2], -1))
                self.plans.setdefault(key, []).append(_Plan(index, first, tuple(rest)))
        self.values: dict[tuple[int, int], list[int]] = {}
        self.subjects: dict[tuple[int, int], list[int]] = {}
        self.pairs: dict[int, list[tuple[int, int]]] = {}

    def number(self, term: object) -> int:
        if term not in self.numbers:
            self.numbers[term] = len(self.terms)
            self.terms.append(term)
        return self.numbers[term]

    def atom(self, pattern: Pattern) -> Atom:
        """Return a pattern in numbers; the number of a variable depends only on its name."""
        s, p, o = (-1 - self.number(slot) if isinstance(slot, Variable) else self.number(slot) for slot in pattern)
        return s, p, o

    def run(self, asserted: Iterable[Triple], goals: Set[Triple] | None) -> dict[Triple, Derivation]:
        left = set(goals or ())
        found: dict[Key, Derivation] = {}
        best: dict[Key, tuple[int, int]] = {}
        queue: list[tuple[int, int, int, Key, int, tuple[Key, ...]]] = []
        for triple in asserted:
            s, p, o = map(self.number, triple)
            queue.append((0, 0, len(queue), (s, p, o), -1, ()))
        for index, rule in enumerate(self.rules):
            if not rule.body:
                queue.append((1, 1, len(queue), self.heads[index], index, ()))
        heapify(queue)
        order = len(queue)
        while queue:
            steps, depth, _, key, index, premises = heappop(queue)
            if key in found:
                continue
            found[key] = self.derivation(key, index, tuple(found[premise] for premise in premises), steps, depth)
            left.discard(found[key].conclusion)
            if goals is not None and not left:
                break
            self.index(key)
            for fired, head, matched in self.consequences(key):
                if head in found:
                    continue
                parts = [found[premise] for premise in matched]
                cost = (1 + sum(part.steps for part in parts), 1 + max(part.depth for part in parts))
                if head not in best or cost < best[head]:
                    best[head] = cost
                    heappush(queue, (*cost, order, head, fired, matched))
                    order += 1
        return {derivation.conclusion: derivation for derivation in found.values()}

    def derivation(self, key: Key, index: int, parts: tuple[Derivation, ...], steps: int, depth: int) -> Derivation:
        s, p, o = (self.terms[number] for number in key)
        conclusion = Triple(s, p, o)  # type: ignore[arg-type]
        if index < 0:
            return Derivation(conclusion)
        rule = self.rules[index]
        return Derivation(conclusion, rule.name, rule.axioms, parts, steps, depth)

    def index(self, key: Key) -> None:
        s, p, o = key
        self.values.setdefault((s, p), []).append(o)
        self.subjects.setdefault((p, o), []).append(s)
        self.pairs.setdefault(p, []).append((s, o))

    def consequences(self, key: Key) -> Iterator[tuple[int, Key, tuple[Key, ...]]]:
        """Yield the conclusions from a triple and those before it: rule, conclusion, premises in body order."""
        s, p, o = key
        for plan in (*self.plans.get((p, o), ()), *self.plans.get((p, -1), ())):
            fs, _, fo = plan.first
            if fs >= 0 and fs != s:
                continue
            bound = {fs: s}
            if fo < 0 and bound.setdefault(fo, o) != o:
                continue
            for binding in self.matches(plan.rest, bound):
                head = self.filled(self.heads[plan.rule], binding)
                if not isinstance(self.terms[head[0]], Literal):
                    yield plan.rule, head, tuple(self.filled(atom, binding) for atom in self.bodies[plan.rule])

    @staticmethod
    def filled(atom: Atom, binding: Mapping[int, int]) -> Key:
        s, p, o = atom
        return s if s >= 0 else binding[s], p, o if o >= 0 else binding[o]

    def matches(self, atoms: Sequence[Atom], bound: dict[int, int]) -> Iterator[dict[int, int]]:
        if not atoms:
            yield bound
            return
        (s, p, o), rest = atoms[0], atoms[1:]
        subject = s if s >= 0 else bound.get(s)
        value = o if o >= 0 else bound.get(o)
        if subject is not None:
            found = [(subject, v) for v in self.values.get((subject, p), ()) if value is None or v == value]
        elif value is not None:
            found = [(x, value) for x in self.subjects.get((p, value), ())]
        else:
            found = self.pairs.get(p, [])
        for x, v in tuple(found):
            yield from self.matches(rest, {**bound, s: x, o: v})
