"""The release folder: data, metadata, documentation, pages, rules, checksums, citation."""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import pyoxigraph as ox

from kg import paths, terms
from kg.exports.export import load_forms
from kg.exports.formats.rdf import labelled
from kg.questions.catalogue import Question
from kg.rdf.write import to_turtle
from kg.site import catalogue as catalog
from kg.site.dcat_ap import CSV_METADATA
from kg.site.index import Index, make_index
from kg.site.pages import Cell, environment, listing_page, place_of, render, thing_page
from kg.site.vocabulary import vocabulary_page
from kg.validation.shapes import Shapes

_MEDIA = {".csv": "text/csv", ".json": "application/json", ".html": "text/html", ".svg": "image/svg+xml"}
Files = dict[str, bytes]
_RULES = Path(__file__).parent / "rules"  # content negotiation, for Apache, nginx and w3id.org


def release_files(
    quads: Iterable[ox.Quad],
    shapes: Shapes,
    questions: Iterable[Question],
    data: Mapping[str, bytes],
    *,
    diagrams: Mapping[str, str] | None = None,
    tell: Callable[[str], None] = lambda _: None,
) -> Files:
    """Return the files of a release by path; `data` has the dataset in all formats by file name.

    `diagrams` has the diagram of the ontology by language, as trusted SVG. The same dataset gives the same bytes.
    """
    drawn = diagrams or {}
    index, asked = make_index(quads), sorted(questions, key=lambda q: q.name)
    files: Files = {f"data/{name}": content for name, content in data.items()}
    described = {name: (media_of(name), content) for name, content in data.items()}
    files["data/description.ttl"] = catalog.description(described, index.quads).encode()
    files[".well-known/void"] = files["data/description.ttl"]
    files["query/all.ttl"] = catalog.questions_as_rdf(asked).encode()
    for question in asked:
        files[f"query/{question.name}.rq"] = question.text.encode()
        files[f"query/grlc/{question.name}.rq"] = catalog.for_grlc(question).encode()
        files[f"query/{question.name}.html"] = render(
            "question.html", f"query/{question.name}.html", q=question
        ).encode()
        files[f"query/{question.name}.ttl"] = catalog.questions_as_rdf([question]).encode()
    tell("writing the pages of the entities")
    files |= _things(index)
    files |= _shapes(shapes)
    tell("writing the documentation of the ontology")
    files["ontology/index.html"] = vocabulary_page(index, shapes, "en", drawn.get("en", "")).encode()
    files["ontology/ja.html"] = vocabulary_page(index, shapes, "ja", drawn.get("ja", "")).encode()
    named = labelled(index.quads, "en")
    ontology = {q.triple for q in named if q.graph_name == ox.NamedNode(terms.ONTOLOGY_GRAPH)}
    files["ontology.ttl"], files["ontology.jsonld"] = to_turtle(ontology).encode(), _json_ld(ontology)
    files |= _modules()
    files["query/index.html"] = render("questions.html", "query/index.html", questions=asked).encode()
    files["site.css"] = (environment().loader.get_source(environment(), "site.css")[0]).encode()  # type: ignore[union-attr]
    files |= {
        ".htaccess": (_RULES / "htaccess").read_bytes(),
        "nginx.conf": (_RULES / "nginx.conf").read_bytes(),
        "w3id/.htaccess": (_RULES / "w3id.htaccess").read_bytes(),
    }
    files["CITATION.cff"] = citation().encode()
    folders = sorted(p.removesuffix("/index.html") for p in files if p.startswith("id/") and p.endswith("/index.html"))
    kinds = [
        (folder.removeprefix("id/"), sum(p.rsplit("/", 1)[0] == folder and p.endswith(".ttl") for p in files))
        for folder in folders
    ]
    downloads = [(name, len(content)) for name, content in sorted(data.items()) if "/" not in name]
    parts: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for name, content in sorted(data.items()):
        if "/" in name:
            parts[name.split("/")[0]].append((name, len(content)))
    files["index.html"] = render(
        "index.html",
        "index.html",
        kinds=kinds,
        downloads=downloads,
        parts=sorted(parts.items()),
        version=terms.VERSION,
        issued=terms.ISSUED,
    ).encode()
    sums = "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in sorted(files.items()))
    files["SHA256SUMS"] = sums.encode()
    return files


def media_of(name: str) -> str:
    """Return the media type of a data file by its name.

    >>> media_of("csv/Programme.csv"), media_of("csv/csv-metadata.json")
    ('text/csv', 'application/csvm+json')
    """
    if name.endswith("/csv-metadata.json"):  # of CSV on the Web
        return CSV_METADATA
    known = _MEDIA | {form.ending: form.media for form in load_forms().values() if form.ending}
    return known.get(Path(name).suffix, "application/octet-stream")


def make_release(tell: Callable[[str], None] = lambda _: None) -> Files:
    """Return the files of a release of the shipped dataset. Raises InputError if the dataset cannot be read."""
    from kg.assembly import shipped
    from kg.exports.export import export
    from kg.funding.scope import Scope
    from kg.pictures.drawing import draw
    from kg.questions.catalogue import catalogue
    from kg.stores.embedded import open_embedded
    from kg.validation.shapes import documents_with_hints, read_shapes

    data = {}
    for form in load_forms().values():
        tell(f"exporting the dataset as {form.name}")
        content = export(form.name)
        stem = "innovation-strategy" + (
            "" if form.name in {form.ending[1:], "rdfxml"} else form.name.removeprefix(form.ending[1:])
        )
        if isinstance(content, str | bytes):
            data[stem + form.ending] = content.encode() if isinstance(content, str) else content
        else:
            data |= {f"{form.name}/{name}": part for name, part in content.items()}
    quads = shipped.quads()
    tell("drawing the diagram of the ontology")
    diagrams = {language: str(draw("ontology", "svg", Scope(), language, open_embedded())) for language in ("en", "ja")}
    shapes = read_shapes(proofread=documents_with_hints())
    return release_files(quads, shapes, catalogue(), data, diagrams=diagrams, tell=tell)


def _things(index: Index) -> Files:
    statements: dict[str, set[ox.Triple]] = defaultdict(set)
    for quad in labelled(index.quads, "en"):
        if isinstance(quad.subject, ox.NamedNode):
            statements[quad.subject.value].add(quad.triple)
    files: Files = {}
    folders: dict[str, list[str]] = defaultdict(list)
    graphs = {q.graph_name.value for q in index.quads if isinstance(q.graph_name, ox.NamedNode)}
    for iri in sorted({*index.things(), *graphs}):
        place = place_of(iri)
        if place in {"ontology"} or place.startswith("ontology/"):
            continue
        files[f"{place}.html"] = thing_page(iri, index).encode()
        files[f"{place}.ttl"] = to_turtle(statements[iri]).encode()
        files[f"{place}.jsonld"] = _json_ld(statements[iri])
        folders[place.rsplit("/", 1)[0]].append(iri)
    for folder, members in folders.items():
        if "/" in folder or folder in {"graph"}:
            name = folder.rsplit("/", 1)[-1]
            files[f"{folder}/index.html"] = listing_page(folder, members, index, Cell(name, name)).encode()
    return files


def _modules() -> Files:
    """Return the modules of the ontology, whose IRIs lead here, and the catalogue of these for use offline."""
    files = [*paths.ontology_files(), paths.ONTOLOGY / "catalog-v001.xml"]
    return {f"ontology/{path.relative_to(paths.ONTOLOGY).as_posix()}": path.read_bytes() for path in files}


def _shapes(shapes: Shapes) -> Files:
    named = ox.Dataset(ox.Quad(t.subject, t.predicate, t.object) for t in shapes.triples)
    named.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)  # the same names for blank nodes in every release
    of: dict[object, list[ox.Triple]] = defaultdict(list)
    for quad in named:
        of[quad.subject].append(quad.triple)

    def closure(node: object) -> set[ox.Triple]:
        direct = set(of.get(node, ()))
        return direct.union(*(closure(t.object) for t in direct if isinstance(t.object, ox.BlankNode)))

    about = {
        node.value: closure(node)
        for node in of
        if isinstance(node, ox.NamedNode) and node.value.startswith(f"{terms.BASE}shape/")
    }
    files: Files = {}
    for iri, triples in sorted(about.items()):
        place = place_of(iri)
        values = {"iri": iri, "name": terms.local_name(iri), "messages": shapes.messages.get(iri, {})}
        turtle = to_turtle(triples)
        files[f"{place}.html"] = render("shape.html", f"{place}.html", turtle=turtle, **values).encode()
        files[f"{place}.ttl"], files[f"{place}.jsonld"] = turtle.encode(), _json_ld(triples)
    return files


def _json_ld(triples: Iterable[ox.Triple]) -> bytes:
    ordered = sorted(triples, key=str)
    return ox.serialize(ordered, format=ox.RdfFormat.JSON_LD, prefixes=terms.PREFIXES) or b""


def citation() -> str:
    """Return the citation of the dataset as CITATION.cff."""
    return f"""cff-version: 1.2.0
message: "To cite this dataset:"
type: dataset
title: Japan's national innovation strategy as a knowledge graph
version: {terms.VERSION}
date-released: "{terms.ISSUED}"
license: CC-BY-4.0
authors:
  - name: the innovation-strategy-kg contributors
identifiers:
  - type: url
    value: {terms.BASE}dataset
"""
