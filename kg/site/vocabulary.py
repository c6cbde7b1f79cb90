"""The documentation of the ontology, one page per language, with rules, examples and a diagram."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from kg import terms
from kg.paths import read_texts
from kg.site.index import Index, Statement
from kg.site.pages import link_to, render
from kg.validation.shapes import SH, Shapes

_OWL, _RDFS, _SKOS = terms.OWL, terms.RDFS, terms.SKOS
_PROPERTY_KINDS = ("ObjectProperty", "DatatypeProperty", "AnnotationProperty")
WORDS = read_texts("site")["vocabulary"]


@dataclass(frozen=True)
class TermLink:
    """A name and its link target."""

    name: str
    link: str | None


@dataclass(frozen=True)
class TermEntry:
    """One documented class, property or concept: its texts and its rows of (heading, links)."""

    anchor: str
    iri: str
    name: str
    definition: str
    rows: tuple[tuple[str, tuple[TermLink, ...]], ...]
    rules: tuple[str, ...] = ()


def vocabulary_page(index: Index, shapes: Shapes, language: str, diagram: str = "") -> str:
    """Return the documentation in one language; `diagram` is trusted SVG, or empty."""
    reader = _Reader(index, shapes, language)
    here = "ontology/index.html" if language == "en" else f"ontology/{language}.html"
    return render(
        "vocabulary.html",
        here,
        language=language,
        words=WORDS[language],
        other="ja.html" if language == "en" else "index.html",
        classes=reader.classes(),
        properties=reader.properties(),
        schemes=reader.schemes(),
        diagram=diagram,
    )


class _Reader:
    def __init__(self, index: Index, shapes: Shapes, language: str) -> None:
        self.index, self.language, self.words = index, language, WORDS[language]
        self.here = "ontology/index.html"
        self.rules = _rules(shapes, language)
        self.members: dict[str, list[str]] = defaultdict(list)
        for iri in index.things():
            for cls in index.classes(iri):
                self.members[cls].append(iri)

    def of_type(self, *kinds: str) -> list[str]:
        wanted = {_OWL + kind for kind in kinds}
        return [
            iri
            for iri in sorted(self.index.says)
            if iri.startswith(terms.IS) and wanted & {self.text(s.other) for s in self.about(iri, terms.RDF + "type")}
        ]

    def about(self, iri: str, predicate: str) -> list[Statement]:
        return [s for s in self.index.says.get(iri, ()) if s.predicate == predicate]

    def text(self, term: object) -> str:
        return str(getattr(term, "value", term))

    def links(self, iris: Iterable[str]) -> tuple[TermLink, ...]:
        return tuple(TermLink(self.index.name(iri, self.language), link_to(iri, self.here)) for iri in iris)

    def objects(self, iri: str, predicate: str) -> list[str]:
        return [
            f.other.value for f in self.about(iri, predicate) if isinstance(f.other, ox.NamedNode) and not f.inferred
        ]

    def literal(self, iri: str, *predicates: str) -> str:
        texts = [
            f.other
            for predicate in predicates
            for f in self.about(iri, predicate)
            if isinstance(f.other, ox.Literal) and f.other.language in {self.language, None}
        ]
        return " ".join(t.value for t in texts)

    def subjects(self, iri: str, predicate: str) -> list[str]:
        return [
            s.other.value
            for s in self.index.said.get(iri, ())
            if s.predicate == predicate and not s.inferred and isinstance(s.other, ox.NamedNode)
        ]

    def entry(self, iri: str, rows: Mapping[str, Iterable[str]], rules: Iterable[str] = ()) -> TermEntry:
        printed = [f.other.value for f in self.about(iri, terms.IS + "documentTerm") if isinstance(f.other, ox.Literal)]
        shown = [(self.words[head], self.links(iris)) for head, iris in rows.items()]
        if printed:
            shown.append((self.words["printed"], tuple(TermLink(text, None) for text in printed)))
        return TermEntry(
            terms.local_name(iri),
            iri,
            self.index.name(iri, self.language),
            self.literal(iri, _SKOS + "definition", _SKOS + "scopeNote", _SKOS + "example"),
            tuple((head, links) for head, links in shown if links),
            tuple(rules),
        )

    def classes(self) -> list[TermEntry]:
        return [
            self.entry(
                iri,
                {
                    "above": self.objects(iri, _RDFS + "subClassOf"),
                    "below": [s for s in self.subjects(iri, _RDFS + "subClassOf") if s.startswith(terms.IS)],
                    "used": self.subjects(iri, _RDFS + "domain"),
                    "examples": self.members[iri][:3],
                },
                self.rules.get(iri, ()),
            )
            for iri in self.of_type("Class")
        ]

    def properties(self) -> list[TermEntry]:
        return [
            self.entry(
                iri,
                {
                    "kind": [k for k in self.objects(iri, terms.RDF + "type") if k.startswith(_OWL)],
                    "domain": self.objects(iri, _RDFS + "domain"),
                    "range": self.objects(iri, _RDFS + "range"),
                    "superproperty": self.objects(iri, _RDFS + "subPropertyOf"),
                },
            )
            for iri in self.of_type(*_PROPERTY_KINDS)
        ]

    def schemes(self) -> list[tuple[TermEntry, list[TermEntry]]]:
        found = []
        for scheme in (i for i in self.index.things() if f"{_SKOS}ConceptScheme" in self.types(i)):
            members = sorted(set(self.subjects(scheme, _SKOS + "inScheme")))
            concepts = [self.entry(iri, {"broader": self.objects(iri, _SKOS + "broader")}) for iri in members]
            found.append((self.entry(scheme, {}), concepts))
        return found

    def types(self, iri: str) -> list[str]:
        return self.objects(iri, terms.RDF + "type")


def _rules(shapes: Shapes, language: str) -> dict[str, list[str]]:
    """Return the constraints on each class from its shapes."""
    targets: dict[object, list[str]] = defaultdict(list)
    parts: dict[object, list[object]] = defaultdict(list)
    for t in shapes.triples:
        if t.predicate.value == SH + "targetClass" and isinstance(t.object, ox.NamedNode):
            targets[t.subject].append(t.object.value)
        elif t.predicate.value == SH + "property":
            parts[t.subject].append(t.object)
    found: dict[str, list[str]] = defaultdict(list)
    for shape, classes in targets.items():
        for each in (shape, *parts[shape]):
            message = shapes.messages.get(str(getattr(each, "value", each)), {}).get(language)
            for cls in classes if message else ():
                found[cls].append(message or "")
    return {cls: sorted(set(messages)) for cls, messages in found.items()}
