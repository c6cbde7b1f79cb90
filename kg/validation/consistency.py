"""Find statements that contradict the ontology, and the axioms that they break.

Axioms are given with their lines in `ontology/*.ttl`, statements with their table rows.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import pyoxigraph as ox

from kg import paths, terms
from kg.paths import read_texts
from kg.reasoning.axioms import TYPE
from kg.reasoning.derivation import Derivation, prove
from kg.reasoning.entailment import Inconsistency, inconsistencies
from kg.reasoning.source_lines import statement_lines
from kg.reasoning.words import contradiction_words, rule_words, statement_words
from kg.tables.schema import read_schema

Place = tuple[str, int]  # a file, by its path in the repository, and a line
_IN_LANGUAGES = ("en", "ja")


@dataclass(frozen=True)
class Reason:
    """An axiom or statement in a contradiction: its words by language, and its place."""

    statement: ox.Triple
    is_axiom: bool
    words: tuple[str, str]
    place: Place | None

    def text(self, language: str) -> str:
        """Return `ontology/who.ttl:12: …`, or the words alone if the place is unknown."""
        place = f"{self.place[0]}:{self.place[1]}: " if self.place else ""
        return place + self.words[_IN_LANGUAGES.index(language)]


@dataclass(frozen=True)
class Contradiction:
    """A broken rule of OWL 2 RL, the statements that break it, the message to the editor (en, ja), and the reasons."""

    rule: str
    focus: ox.NamedNode | ox.BlankNode
    path: str | None
    value: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None
    messages: tuple[str, str]
    because: tuple[Reason, ...] = field(compare=False)


def contradictions(
    facts: Iterable[ox.Triple], place_of: Callable[[ox.Triple], Place | None]
) -> Iterator[Contradiction]:
    """Yield the contradictions between the facts, with their entailments, and the package's ontology.

    `place_of` returns the table row of a statement, if it has one.
    """
    facts, ontology = list(facts), read_schema().triples
    found = inconsistencies(facts, ontology)
    if not found:
        return
    lines = {
        triple: (path.relative_to(paths.ROOT).as_posix(), line)
        for path in paths.ontology_files()
        for triple, line in statement_lines(path.read_text(encoding="utf-8")).items()
    }
    labels = {
        (t.subject.value, t.object.language): t.object.value
        for t in (*facts, *ontology)
        if t.predicate.value == terms.SKOS + "prefLabel"
        and isinstance(t.subject, ox.NamedNode)
        and isinstance(t.object, ox.Literal)
        and t.object.language
    }
    proofs = prove(facts, ontology, True, {premise for problem in found for premise in problem.premises})
    writer = _Writer(labels, lines, place_of)
    for problem in found:
        yield writer.contradiction(problem, [proofs[premise] for premise in problem.premises])


@dataclass(frozen=True)
class _Writer:
    labels: Mapping[tuple[str, str], str]
    lines: Mapping[ox.Triple, Place]
    place_of: Callable[[ox.Triple], Place | None]

    def contradiction(self, problem: Inconsistency, derivations: list[Derivation]) -> Contradiction:
        first = problem.premises[0]
        path = next((t.predicate.value for t in problem.premises if t.predicate != TYPE), None)
        en, ja = (contradiction_words(problem, self.labels, language) for language in _IN_LANGUAGES)
        reasons = [Reason(t, True, (en, ja), self.lines.get(t)) for t in problem.axioms[:1]]
        for derivation in derivations:
            reasons += [self.reason(part) for part in reversed(list(derivation.parts()))]
        assert isinstance(first.subject, ox.NamedNode | ox.BlankNode)
        value = first.object if path and len(problem.premises) == 1 else None
        ask = read_texts("validation")["said"]["contradiction"]
        messages = ask["en"].format(en), ask["ja"].format(ja)
        return Contradiction(problem.rule, first.subject, path, value, messages, tuple(dict.fromkeys(reasons)))

    def reason(self, part: Derivation) -> Reason:
        """Return the statement if it is asserted, or else the axiom that implies it."""
        if part.is_asserted:
            statement = part.conclusion
            en, ja = (statement_words(statement, self.labels, language) for language in _IN_LANGUAGES)
            return Reason(statement, False, (en, ja), self.place_of(statement) or self.lines.get(statement))
        en, ja = (rule_words(part, self.labels, language) for language in _IN_LANGUAGES)
        return Reason(part.axioms[0], True, (en, ja), self.lines.get(part.axioms[0]))
