"""Put statements, axioms and rules into words, in English and Japanese."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pyoxigraph import Literal, NamedNode, Triple

from kg import terms
from kg.reasoning.axioms import TYPE, is_anonymous
from kg.reasoning.derivation import Derivation
from kg.reasoning.entailment import Inconsistency

Labels = Mapping[tuple[str, str], str]

# {s} and {o}: subject and value of the first axiom; {p}: the property of a restriction; {m}: the members of a list
_RULES = {
    "prp-dom": ("anything with “{s}” is a “{o}”", "「{s}」をもつものは「{o}」である"),
    "prp-rng": ("every value of “{s}” is a “{o}”", "「{s}」の値は「{o}」である"),
    "prp-symp": ("“{s}” is symmetric", "「{s}」は対称的である"),
    "prp-trp": ("“{s}” is transitive", "「{s}」は推移的である"),
    "prp-spo1": ("“{s}” implies “{o}”", "「{s}」が成り立てば「{o}」も成り立つ"),
    "prp-spo2": ("{m} in sequence amount to “{s}”", "{m}を順にたどると「{s}」になる"),
    "prp-eqp1": ("“{s}” and “{o}” mean the same", "「{s}」と「{o}」は同じ意味である"),
    "prp-inv1": ("“{s}” and “{o}” are inverses", "「{s}」と「{o}」は互いに逆の関係である"),
    "cls-int1": ("“{s}” is everything that is all of {m}", "「{s}」とは、{m}のすべてに該当するものをいう"),
    "cls-uni": ("“{s}” is everything that is any of {m}", "「{s}」とは、{m}のいずれかに該当するものをいう"),
    "cls-oo": ("“{s}” is one of {m}", "「{s}」は{m}のいずれかである"),
    "cls-svf1": (
        "“{s}” is everything with a “{p}” that is a “{o}”",
        "「{s}」とは、「{p}」の値が「{o}」であるものをいう",
    ),
    "cls-svf2": ("“{s}” is everything with a “{p}”", "「{s}」とは、「{p}」をもつものをいう"),
    "cls-avf": ("every “{p}” of a “{s}” is a “{o}”", "「{s}」の「{p}」の値はすべて「{o}」である"),
    "cls-hv1": ("“{s}” is everything with “{p}” {o}", "「{s}」とは、「{p}」が「{o}」であるものをいう"),
    "cax-sco": ("every “{s}” is also a “{o}”", "「{s}」は「{o}」でもある"),
    "cax-eqc1": ("“{s}” and “{o}” are the same class", "「{s}」と「{o}」は同じクラスである"),
}
_SAME_WORDS = {
    "prp-eqp2": "prp-eqp1",
    "prp-inv2": "prp-inv1",
    "cls-int2": "cls-int1",
    "cls-hv2": "cls-hv1",
    "cax-eqc2": "cax-eqc1",
    "prp-adp": "prp-pdw",
    "prp-npa2": "prp-npa1",
    "cls-com": "cax-dw",
    "cax-adc": "cax-dw",
    **{f"cls-maxqc{number}": f"cls-maxc{(number + 1) // 2}" for number in range(1, 5)},
}
# {a} and {b}: the classes of the first two premises; {p} and {q}: their properties; {s} and {o} as above
_FORBIDDEN = {
    "prp-fp": ("nothing has two values of “{p}”", "「{p}」の値は一つに限られる"),
    "prp-ifp": ("no two entities have the same “{p}”", "「{p}」の値が同じものは二つとない"),
    "prp-irp": ("nothing has “{p}” to itself", "「{p}」は自分自身には成り立たない"),
    "prp-asyp": ("“{p}” never holds in both directions", "「{p}」は双方向には成り立たない"),
    "prp-pdw": ("“{p}” and “{q}” never hold between the same two", "「{p}」と「{q}」は同じ二者の間には成り立たない"),
    "prp-key": ("no two “{s}” have the same {m}", "「{s}」のうち{m}がすべて同じものは二つとない"),
    "prp-npa1": ("“{p}” does not hold here", "ここでは「{p}」は成り立たない"),
    "cls-nothing2": ("this class is empty by definition", "このクラスに属するものはない"),
    "eq-diff1": ("different names denote different entities", "名称が異なれば別のものである"),
    "cls-maxc1": ("an entity of this class has no “{p}”", "このクラスのものは「{p}」をもたない"),
    "cls-maxc2": ("an entity of this class has at most one “{p}”", "このクラスのものの「{p}」は高々一つである"),
    "cax-dw": ("nothing is both “{a}” and “{b}”", "「{a}」であり「{b}」でもあるものはない"),
    "dt-not-type": ("every value of “{p}” is of the datatype {o}", "「{p}」の値のデータ型は{o}である"),
}
_UNNAMED = ("a class described by the axiom", "公理が定めるクラス")
_OTHER_WAY = ("inverse of {p}", "{p}の逆")
_KNOWN = {
    terms.RDF + "type": ("is a", "種類"),
    terms.RDFS + "subClassOf": ("is a kind of", "の下位クラスである"),
    terms.RDFS + "subPropertyOf": ("is a narrower form of", "の下位プロパティである"),
    terms.SKOS + "prefLabel": ("name", "名称"),
}


def rule_words(step: Derivation, labels: Labels, language: str) -> str:
    """Return the axioms behind a step in words."""
    place = language == "ja"
    template = _RULES[_SAME_WORDS.get(step.rule, step.rule)][place]
    axiom, *others = step.axioms
    on = next((t.object for t in others if t.predicate.value == terms.OWL + "onProperty"), None)

    def named(term: object) -> str:
        return _name(term, step.axioms, labels, language)

    members = _listed([named(t.object) for t in others if t.predicate.value == terms.RDF + "first"], language)
    return template.format(s=named(axiom.subject), o=named(axiom.object), p=named(on) if on else "", m=members)


def contradiction_words(problem: Inconsistency, labels: Labels, language: str) -> str:
    """Return what the statements of a contradiction break: its axioms in words."""
    template = _FORBIDDEN[_SAME_WORDS.get(problem.rule, problem.rule)][language == "ja"]

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
    place = language == "ja"
    if isinstance(term, Literal):
        return f"“{term.value}”" if not place else f"「{term.value}」"
    if not isinstance(term, NamedNode):
        return _UNNAMED[place]
    if is_anonymous(term):
        inner = next(
            (t.object for t in axioms if t.subject == term and t.predicate.value == terms.OWL + "inverseOf"), 0
        )
        return _OTHER_WAY[place].format(p=_name(inner, (), labels, language)) if inner else _UNNAMED[place]
    if term.value in _KNOWN:
        return _KNOWN[term.value][place]
    return labels.get((term.value, language)) or labels.get((term.value, "en")) or terms.shorten(term.value)
