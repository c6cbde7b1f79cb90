"""Compare two releases: facts added, removed or renamed, figures changed; as an answer or as an RDF patch."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import zip_longest

import pyoxigraph as ox

from kg import terms
from kg.paths import read_texts
from kg.printable import escaped
from kg.questions.answer import Answer, columns_from
from kg.rdf.nodes import Term, graph_of

_DERIVED = frozenset({terms.INFERRED_GRAPH, terms.RELEASE_GRAPH})
_LABELS = frozenset(terms.SKOS + name for name in ("prefLabel", "altLabel", "hiddenLabel"))
_NUMBERS = frozenset(terms.XSD + name for name in ("integer", "decimal", "double", "gYear"))
_PRINTED = frozenset(terms.IS + name for name in ("printedAmount", "printedValue", "printedForm"))
_TEXTS = read_texts("provenance")
Statements = Mapping[str, Mapping[str, frozenset[Term]]]
Row = tuple[Term | None, ...]


def compare_datasets(old: Iterable[ox.Quad], new: Iterable[ox.Quad], language: str = "en") -> Answer:
    """Return the facts that differ: one row for each entity added or removed, and for each changed value of the others.

    Inferred statements and the metadata of the release are left out: they follow from the rest.
    """
    before_quads, after_quads = _asserted(old), _asserted(new)
    before, after = _by_subject(before_quads), _by_subject(after_quads)
    rows: list[Row] = []
    for subject in sorted(set(before) | set(after)):
        thing = ox.NamedNode(subject)
        if subject not in before or subject not in after:
            rows.append((_kind("added" if subject in after else "removed", language), thing, None, None, None))
        elif before[subject] != after[subject]:
            rows += _changes(thing, before[subject], after[subject], language)
    labels = _labels(before_quads) | _labels(after_quads)
    counts = {
        key: sum(row[0] == _kind(key, language) for row in rows)
        for key in ("added", "removed", "renamed", "figure", "changed")
    }
    sentence = {
        lang: (", " if lang == "en" else "、").join(
            _counted(n, k) if lang == "en" else f"{_TEXTS['kinds'][k][lang]}{n}件" for k, n in counts.items() if n
        )
        or {"en": "no fact differs", "ja": "事実に相違なし"}[lang]
        for lang in ("en", "ja")
    }
    return Answer("diff", {}, columns_from(_TEXTS["columns"]["diff"]), tuple(rows), sentence, labels=labels)


def patch(old: Iterable[ox.Quad], new: Iterable[ox.Quad]) -> str:
    """Return the complete difference of two datasets as an RDF Patch: deletions, then additions, sorted.

    The format is Apache Jena's RDF Patch, version 1: one transaction of `D` and `A` lines. Where one of the datasets
    has no named graphs, those of the other are left out.
    """
    before, after = set(old), set(new)
    if not all(any(graph_of(quad) for quad in quads) for quads in (before, after)):
        before, after = ({ox.Quad(q.subject, q.predicate, q.object) for q in quads} for quads in (before, after))
    lines = ["TX ."]
    lines += sorted(f"D {quad} ." for quad in before - after)
    lines += sorted(f"A {quad} ." for quad in after - before)
    return escaped("\n".join([*lines, "TC ."])) + "\n"


def _asserted(quads: Iterable[ox.Quad]) -> list[ox.Quad]:
    return [
        q
        for q in quads
        if q.predicate.value != terms.RDFS + "label"  # of an export: the name again
        and not (isinstance(q.graph_name, ox.NamedNode) and q.graph_name.value in _DERIVED)
    ]


def _by_subject(quads: Iterable[ox.Quad]) -> Statements:
    found: dict[str, dict[str, set[Term]]] = defaultdict(lambda: defaultdict(set))
    for quad in quads:
        if isinstance(quad.subject, ox.NamedNode):
            found[quad.subject.value][quad.predicate.value].add(quad.object)
    return {s: {p: frozenset(o) for p, o in values.items()} for s, values in found.items()}


def _changes(
    thing: ox.NamedNode, before: Mapping[str, frozenset[Term]], after: Mapping[str, frozenset[Term]], language: str
) -> Iterable[Row]:
    for predicate in sorted(set(before) | set(after)):
        was, now = before.get(predicate, frozenset()), after.get(predicate, frozenset())
        gone, come = sorted(was - now, key=_order), sorted(now - was, key=_order)
        for old, new in zip_longest(gone, come):
            kind = _kind(_name_of_change(predicate, old or new), language)
            yield kind, thing, ox.NamedNode(predicate), old, new


def _counted(count: int, kind: str) -> str:
    s = "" if count == 1 else "s"
    return f"{count} {({'figure': f'figure{s} changed', 'changed': f'other value{s} changed'}).get(kind, kind)}"


def _order(term: Term) -> tuple[str, str]:
    """Return a sort key that keeps texts of one language together."""
    return getattr(term, "language", None) or "", str(term)


def _name_of_change(predicate: str, value: Term | None) -> str:
    if predicate in _LABELS:
        return "renamed"
    numeric = isinstance(value, ox.Literal) and value.datatype.value in _NUMBERS
    return "figure" if numeric or predicate in _PRINTED else "changed"


def _kind(name: str, language: str) -> ox.Literal:
    return ox.Literal(_TEXTS["kinds"][name][language])


def _labels(quads: Iterable[ox.Quad]) -> dict[tuple[str, str], str]:
    return {
        (q.subject.value, q.object.language or ""): q.object.value
        for q in quads
        if q.predicate.value == terms.SKOS + "prefLabel"
        and isinstance(q.subject, ox.NamedNode)
        and isinstance(q.object, ox.Literal)
    }
