"""Build the dataset from tables and ontology: facts, ontology, inferred statements, release metadata."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg import paths, terms
from kg.assembly.description import describe
from kg.rdf.nodes import graph_of
from kg.rdf.write import to_nquads, to_trig, to_turtle
from kg.reasoning.inference import infer
from kg.tables.load import load_facts
from kg.tables.schema import Schema, read_schema


@dataclass(frozen=True)
class Built:
    """The dataset as built; `origins` maps a subject to the table rows that declare it."""

    quads: tuple[ox.Quad, ...]
    origins: dict[str, tuple[str, int]]

    @property
    def nquads(self) -> str:
        """The whole dataset as sorted N-Quads, the format that the package loads."""
        return to_nquads(self.quads)

    @property
    def trig(self) -> str:
        """The whole dataset as TriG."""
        return to_trig(self.quads)

    @property
    def turtle(self) -> str:
        """The asserted facts and the release metadata as Turtle, without ontology and inferred statements."""
        apart = {terms.ONTOLOGY_GRAPH, terms.INFERRED_GRAPH}
        return to_turtle(q.triple for q in self.quads if graph_of(q) not in apart)


def build(facts: Path = paths.FACTS, schema: Schema | None = None) -> Built:
    """Return the dataset made from the fact tables and the ontology.

    Raises TableError with all faults in the tables, InputError if a file cannot be read.
    """
    schema = schema or read_schema()
    loaded = load_facts(facts, schema)
    ontology = _canonical(schema.triples)
    derived = infer((q.triple for q in loaded.quads), ontology)
    quads = [
        *loaded.quads,
        *_in_graph(ontology, terms.ONTOLOGY_GRAPH),
        *_in_graph(derived, terms.INFERRED_GRAPH),
    ]
    return Built((*quads, *describe(quads)), loaded.origins)


def _in_graph(triples: Iterable[ox.Triple], graph: str) -> list[ox.Quad]:
    node = ox.NamedNode(graph)
    return [ox.Quad(t.subject, t.predicate, t.object, node) for t in triples]


def _canonical(triples: Iterable[ox.Triple]) -> list[ox.Triple]:
    """Give the blank nodes of OWL lists the same names in every build."""
    dataset = ox.Dataset(_in_graph(triples, terms.ONTOLOGY_GRAPH))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return [q.triple for q in dataset]
