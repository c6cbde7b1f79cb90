"""The metadata of the dataset in DCAT and VoID: version, date, licence, sources, counts."""

from collections import Counter, defaultdict
from collections.abc import Iterable

import pyoxigraph as ox

from kg import terms
from kg.rdf.nodes import integer

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
DATASET = terms.BASE + "dataset"
TITLE = {
    "en": "Japan's national innovation strategy as a knowledge graph",
    "ja": "日本の国家イノベーション戦略の知識グラフ",
}
NOTICE = {
    "en": "Not an official government dataset. Facts of one government hand-out, with page and lines.",
    "ja": "政府の公式データではない。政府の一資料の事実を頁と行つきで記述したもの。",
}
_GRAPH = ox.NamedNode(terms.RELEASE_GRAPH)
_PREF_LABEL = terms.SKOS + "prefLabel"
_VOID, _DCAT = terms.PREFIXES["void"], terms.PREFIXES["dcat"]
_TITLES = {
    "common": ("background facts", "背景となる事実"),
    "ontology": ("ontology and code lists", "オントロジーとコード表"),
    "inferred": ("inferred statements", "推論された言明"),
}


def describe(quads: Iterable[ox.Quad]) -> set[ox.Quad]:
    """Return the release metadata of the given quads, in the release graph.

    One dataset, one subset with the number of triples for each named graph, and one class partition with the number of
    asserted instances for each class of this ontology. The release graph does not count itself.
    """
    triples: Counter[str] = Counter()
    instances: dict[str, set[str]] = defaultdict(set)
    labels: dict[tuple[str, str], str] = {}
    for quad in quads:
        graph = quad.graph_name
        assert isinstance(graph, ox.NamedNode)
        triples[graph.value] += 1
        cls, subject = quad.object, quad.subject
        if quad.predicate.value == _PREF_LABEL and isinstance(cls, ox.Literal) and isinstance(subject, ox.NamedNode):
            labels[subject.value, cls.language or ""] = cls.value
        if quad.predicate.value != terms.RDF + "type" or not isinstance(cls, ox.NamedNode):
            continue
        if cls.value.startswith(terms.IS):
            instances[cls.value].add(str(quad.subject))
    found: set[ox.Quad] = set()

    def say(subject: str, predicate: str, value: ox.NamedNode | ox.Literal) -> None:
        found.add(ox.Quad(ox.NamedNode(subject), ox.NamedNode(predicate), value, _GRAPH))

    def titled(subject: str, en: str, ja: str) -> None:
        for predicate in (terms.DCTERMS + "title", _PREF_LABEL):
            say(subject, predicate, ox.Literal(en, language="en"))
            say(subject, predicate, ox.Literal(ja, language="ja"))

    say(DATASET, terms.RDF + "type", ox.NamedNode(_DCAT + "Dataset"))
    say(DATASET, terms.RDF + "type", ox.NamedNode(_VOID + "Dataset"))
    titled(DATASET, TITLE["en"], TITLE["ja"])
    for language, notice in NOTICE.items():
        say(DATASET, terms.DCTERMS + "description", ox.Literal(notice, language=language))
    say(DATASET, _DCAT + "version", ox.Literal(terms.VERSION))
    say(DATASET, terms.DCTERMS + "issued", ox.Literal(terms.ISSUED, datatype=ox.NamedNode(terms.XSD + "date")))
    say(DATASET, terms.DCTERMS + "license", ox.NamedNode(LICENCE))
    say(DATASET, _VOID + "uriSpace", ox.Literal(terms.ID))
    say(DATASET, _VOID + "vocabulary", ox.NamedNode(terms.IS))
    say(DATASET, _VOID + "triples", integer(sum(triples.values())))
    for name_of_graph, count in triples.items():
        name = name_of_graph.removeprefix(terms.GRAPH)
        say(DATASET, _VOID + "subset", ox.NamedNode(name_of_graph))
        say(name_of_graph, terms.RDF + "type", ox.NamedNode(_VOID + "Dataset"))
        say(name_of_graph, _VOID + "triples", integer(count))
        en, ja = _TITLES.get(name, (f"facts of the document {name}", f"文書 {name} の事実"))
        titled(name_of_graph, en, ja)
        if name not in _TITLES:
            document = ox.NamedNode(f"{terms.ID}document/{name}")
            say(name_of_graph, terms.DCTERMS + "source", document)
            say(DATASET, terms.DCTERMS + "source", document)
    for kind, members in instances.items():
        partition = f"{DATASET}/class/{terms.local_name(kind)}"
        say(DATASET, _VOID + "classPartition", ox.NamedNode(partition))
        say(partition, terms.RDF + "type", ox.NamedNode(_VOID + "Dataset"))
        say(partition, _VOID + "class", ox.NamedNode(kind))
        say(partition, _VOID + "entities", integer(len(members)))
        name = terms.local_name(kind)
        en, ja = (labels.get((kind, language), name) for language in ("en", "ja"))
        titled(partition, f"instances: {en}", f"個体：{ja}")
    return found
