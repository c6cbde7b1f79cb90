"""Put statements, axioms and rules into words, in English and Japanese."""

from collections.abc import Mapping, Sequence

from pyoxigraph import Literal, NamedNode, Triple

from kg import terms
from kg.errors import shortened
from kg.paths import read_texts
from kg.reasoning.axioms import TYPE, is_anonymous
from kg.reasoning.derivation import Derivation
from kg.reasoning.entailment import Inconsistency
from kg.terms import Text

Labels = Mapping[tuple[str, str], str]
_TEXTS = read_texts("reasoning")


def rule_words(step: Derivation, labels: Labels, language: str) -> str:
    """Return the axioms behind a step in words."""
    template: str = _TEXTS["rules"][_TEXTS["same"].get(step.rule, step.rule)][language]
    if not step.axioms:  # a rule in ontology/rules/
        return template
    axiom, *others = step.axioms
    on = next((t.object for t in others if t.predicate.value == terms.OWL + "onProperty"), None)

    def named(term: object) -> str:
        return _name(term, step.axioms, labels, language)

    members = _listed([named(t.object) for t in others if t.predicate.value == terms.RDF + "first"], language)
    return template.format(s=named(axiom.subject), o=named(axiom.object), p=named(on) if on else "", m=members)


def contradiction_words(problem: Inconsistency, labels: Labels, language: str) -> str:
    """Return what the statements of a contradiction break: its axioms in words."""
    template: str = _TEXTS["forbidden"][_TEXTS["same"].get(problem.rule, problem.rule)][language]

    def named(term: object) -> str:
        return _name(term, problem.axioms, labels, language)

    classes = [named(t.object) for t in problem.premises if t.predicate == TYPE] + ["", ""]
    properties = [named(t.predicate) for t in problem.premises if t.predicate != TYPE] + ["", ""]
    axiom, *others = problem.axioms or problem.premises
    members = _listed([named(t.object) for t in others if t.predicate.value == terms.RDF + "first"], language)
    return template.format(
        a=classes[0],
        b=classes[1],
        p=properties[0],
        q=properties[1],
        s=named(axiom.subject),
        o=named(axiom.object),
        m=members,
    )


def _listed(names: Sequence[str], language: str) -> str:
    return "、".join(f"「{name}」" for name in names) if language == "ja" else ", ".join(f"“{name}”" for name in names)


def statement_words(triple: Triple, labels: Labels, language: str) -> str:
    """Return a statement in words: subject — property — value."""
    return " — ".join(_name(term, (), labels, language) for term in triple)


def name(term: object, labels: Labels, language: str) -> str:
    """Return the name of a term in a language, or its CURIE if it has none; for a literal, its text."""
    return _name(term, (), labels, language)


def _name(term: object, axioms: Sequence[Triple], labels: Labels, language: str) -> str:
    known: dict[str, Text] = _TEXTS["known"]
    if isinstance(term, Literal):
        said = shortened(term.value)
        return f"「{said}」" if language == "ja" else f"“{said}”"
    if not isinstance(term, NamedNode):
        return known["unnamed"][language]
    if is_anonymous(term):
        inner = next(
            (t.object for t in axioms if t.subject == term and t.predicate.value == terms.OWL + "inverseOf"), 0
        )
        if inner:
            return known["inverse"][language].format(p=_name(inner, (), labels, language))
        return known["unnamed"][language]
    if (short := terms.shorten(term.value)) in known:
        return known[short][language]
    return labels.get((term.value, language)) or labels.get((term.value, "en")) or short
