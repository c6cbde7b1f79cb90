"""The counterexamples: for each shape a change to a valid example, so that exactly this shape is violated.

`counterexamples/valid/*.ttl` are small valid graphs; a file `counterexamples/<Shape>.ru` is a SPARQL update of one of
them. Its first line names the example (`# valid: money`); where another shape cannot but fall too, a second line says
which and why (`# with: Reference-domains — …`). Each changed example gets IRIs of its own: whatever is called `x-…` is
renamed after the shape, and whatever is named `example` is named after itself, so that all of them lie side by side in
one graph, which each engine validates once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pyoxigraph as ox

from kg import terms

PLACE = Path(__file__).parent / "counterexamples"
_HEAD = f"BASE <{terms.ID}>\n" + "".join(f"PREFIX {p}: <{ns}>\n" for p, ns in terms.PREFIXES.items())
_LABEL = ox.NamedNode(terms.SKOS + "prefLabel")
_NAMED = re.compile(r"^(example$|例)")
_OWN = re.compile(rf"^{re.escape(terms.BASE)}(id/[a-z-]+/|ontology#)[xX]")


@dataclass(frozen=True)
class Counterexample:
    """The shape that is to be violated, the example that is changed, the change, and what falls with it."""

    shape: str
    valid: str
    update: str
    along: frozenset[str]

    def ending(self) -> str:
        """Return what the names of its things end in."""
        return "-" + self.shape.lower()


def read(path: Path) -> Counterexample:
    """Return one counterexample."""
    text = path.read_text(encoding="utf-8")
    valid = re.match(r"# valid: ([a-z]+)\n", text)
    assert valid, f"{path}: the first line names the valid example"
    return Counterexample(path.stem, valid[1], text, frozenset(re.findall(r"^# with: ([A-Za-z-]+) — \S", text, re.M)))


@lru_cache(maxsize=1)
def counterexamples() -> tuple[Counterexample, ...]:
    """Return all counterexamples, in the order of their names."""
    return tuple(read(path) for path in sorted(PLACE.glob("*.ru")))


@lru_cache(maxsize=32)
def valid(name: str) -> frozenset[ox.Triple]:
    """Return a valid example."""
    text = (PLACE / "valid" / f"{name}.ttl").read_text(encoding="utf-8")
    return frozenset(q.triple for q in ox.parse(text, format=ox.RdfFormat.TURTLE))


def changed(example: Counterexample) -> set[ox.Triple]:
    """Return the valid example after the change, under names of its own."""
    store = ox.Store()
    store.extend(ox.Quad(t.subject, t.predicate, t.object) for t in valid(example.valid))
    store.update(_HEAD + example.update)
    return renamed({q.triple for q in store}, example.ending())


def renamed(triples: set[ox.Triple], ending: str) -> set[ox.Triple]:
    """Return the triples with the ending added to everything called `x-…`: things, terms, notations and labels.

    What is named `example` or `例…` (例研究所) gets a name of its own.
    """

    def own(node: object) -> object:
        if isinstance(node, ox.NamedNode) and _OWN.match(node.value):
            return ox.NamedNode(node.value + (ending.replace("-", "") if node.value.startswith(terms.IS) else ending))
        if isinstance(node, ox.Literal) and re.match(r"x[-_]", node.value):
            return ox.Literal(node.value + ending, language=node.language)
        return node

    def named(subject: object, name: object) -> object:
        if not (isinstance(subject, ox.NamedNode) and isinstance(name, ox.Literal) and _NAMED.match(name.value)):
            return name
        return ox.Literal(_NAMED.sub(rf"\1 {terms.local_name(subject.value)}", name.value), language=name.language)

    own_names = [(own(t.subject), own(t.predicate), own(t.object)) for t in triples]
    return {ox.Triple(s, p, named(s, o) if p == _LABEL else o) for s, p, o in own_names}  # type: ignore[arg-type]


def belongs(iri: str | None, ending: str) -> bool:
    """Whether a thing or a term has the ending."""
    return iri is not None and (
        iri.endswith(ending) or (iri.startswith(terms.IS) and iri.endswith(ending[1:].replace("-", "")))
    )
