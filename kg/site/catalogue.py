"""The metadata of a release: DCAT 3 and VoID with distributions and linksets, the service, the stored questions."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import pyoxigraph as ox

from kg import terms
from kg.assembly.description import DATASET
from kg.characters import lines
from kg.questions.catalogue import Question
from kg.rdf.nodes import integer
from kg.rdf.write import to_turtle
from kg.site.dcat_ap import as_dcat_ap

_VOID, _SH = (terms.PREFIXES[p] for p in ("void", "sh"))
_SERVICE = Path(__file__).parent / "rules" / "service.ttl"
_TARGETS = {
    "ror": ("https://ror.org/", "Research Organization Registry"),
    "wikidata": ("http://www.wikidata.org/entity/", "Wikidata"),
    "crossref-funder": ("https://doi.org/10.13039/", "Crossref Funder Registry"),
    "corporate-number": ("https://www.houjin-bangou.nta.go.jp/", "Corporate numbers of the National Tax Agency"),
}
_DATATYPES = {"year": "integer", "integer": "integer", "limit": "integer", "text": "string", "language": "string"}


def description(files: Mapping[str, tuple[str, bytes]], quads: Iterable[ox.Quad]) -> str:
    """Return the metadata as Turtle; `files` maps the name of each file in the release to its media type and bytes.

    It adds to the metadata in the dataset what DCAT-AP asks for, such as distributions with their size and SHA-256,
    and linksets and the service.
    """
    statements = tuple(quads)
    metadata = {q.triple for q in statements if q.graph_name == ox.NamedNode(terms.RELEASE_GRAPH)}
    out = as_dcat_ap(metadata, files, statements)
    dumps = sorted(name for name in files if name.endswith((".nq", ".ttl", ".nt", ".trig")))
    out |= _triples((DATASET, _VOID + "dataDump", ox.NamedNode(f"{terms.BASE}data/{name}")) for name in dumps)
    service = {quad.triple for quad in ox.parse(path=_SERVICE, format=ox.RdfFormat.TURTLE)}
    return to_turtle(out | _linksets(statements) | service)


def _linksets(quads: Iterable[ox.Quad]) -> set[ox.Triple]:
    exact = terms.SKOS + "exactMatch"
    count: Counter[str] = Counter()
    for quad in {q.triple for q in quads}:
        if quad.predicate.value == exact and isinstance(quad.object, ox.NamedNode):
            count.update(key for key, (space, _) in _TARGETS.items() if quad.object.value.startswith(space))
    out: set[ox.Triple] = set()
    for key, number in sorted(count.items()):
        linkset, target = f"{DATASET}/linkset/{key}", f"{DATASET}/target/{key}"
        out |= _triples(
            [
                (DATASET, _VOID + "subset", ox.NamedNode(linkset)),
                (linkset, terms.RDF + "type", ox.NamedNode(_VOID + "Linkset")),
                (linkset, _VOID + "subjectsTarget", ox.NamedNode(DATASET)),
                (linkset, _VOID + "objectsTarget", ox.NamedNode(target)),
                (linkset, _VOID + "linkPredicate", ox.NamedNode(exact)),
                (linkset, _VOID + "triples", integer(number)),
                (target, terms.RDF + "type", ox.NamedNode(_VOID + "Dataset")),
                (target, terms.DCTERMS + "title", ox.Literal(_TARGETS[key][1], language="en")),
                (target, _VOID + "uriSpace", ox.Literal(_TARGETS[key][0])),
            ]
        )
    return out


def questions_as_rdf(questions: Sequence[Question]) -> str:
    """Return the stored questions as Turtle: SHACL-SPARQL executables with their parameters."""
    out: set[ox.Triple] = set()
    for question in questions:
        node = f"{terms.BASE}query/{question.name}"
        body = "\n".join(line for line in lines(question.text) if not line.startswith("#+")) + "\n"
        out |= _triples(
            [
                (node, terms.RDF + "type", ox.NamedNode(_SH + "SPARQLExecutable")),
                (node, terms.RDF + "type", ox.NamedNode(_SH + "SPARQLSelectExecutable")),
                (node, _SH + "select", ox.Literal(body)),
                *((node, terms.RDFS + "label", ox.Literal(t, language=lg)) for lg, t in question.summary.items()),
                *((node, terms.RDFS + "comment", ox.Literal(t, language=lg)) for lg, t in question.summary.items()),
                *((node, terms.PREFIXES["schema"] + "keywords", ox.Literal(tag)) for tag in question.tags),
            ]
        )
        for parameter in question.parameters:
            place = f"{node}/parameter/{parameter.name}"
            rows: list[tuple[str, str, ox.NamedNode | ox.Literal]] = [
                (node, _SH + "parameter", ox.NamedNode(place)),
                (place, terms.RDF + "type", ox.NamedNode(_SH + "Parameter")),
                (place, _SH + "path", ox.NamedNode(f"{terms.BASE}parameter/{parameter.name}")),
                (place, _SH + "optional", _boolean(not parameter.required)),
                *((place, _SH + "name", ox.Literal(t, language=lg)) for lg, t in parameter.label.items()),
            ]
            if parameter.cls and (cls := terms.expand(parameter.cls)):
                rows.append((place, _SH + "class", ox.NamedNode(cls)))
            if datatype := _DATATYPES.get(parameter.type):
                rows.append((place, _SH + "datatype", ox.NamedNode(terms.XSD + datatype)))
            out |= _triples(rows)
    return to_turtle(out)


def for_grlc(question: Question) -> str:
    """Return a stored question in the form of grlc, with parameters `?_name_iri` and optional ones `?__name_iri`.

    >>> from kg.questions.catalogue import load_question
    >>> "?_domain_iri" in for_grlc(load_question("programmes-funding-domain"))
    True
    """
    from kg.rdf.tokens import tokens

    header = [
        f"#+ summary: {_quoted(question.summary['en'])}",
        f"#+ tags: [{', '.join(question.tags)}]",
        "#+ method: GET",
    ]
    body = "\n".join(line for line in lines(question.text) if not line.startswith("#+"))
    endings = {"iri": "iri", "year": "integer", "integer": "integer", "limit": "integer"}
    written = []
    for match in tokens(body):
        parameter = question.parameter(match["name"]) if match["variable"] and match[0].startswith("$") else None
        if parameter is None:
            written.append(match[0])
            continue
        ending = endings.get(parameter.type, "literal")
        written.append(f"?{'_' if parameter.required else '__'}{parameter.name}_{ending}")
    return "\n".join([*header, "".join(written).strip()]) + "\n"


def _quoted(text: str) -> str:
    return '"' + re.sub(r'(["\\])', r"\\\1", text) + '"'


def _triples(rows: Iterable[tuple[str, str, ox.NamedNode | ox.Literal]]) -> set[ox.Triple]:
    return {ox.Triple(ox.NamedNode(s), ox.NamedNode(p), o) for s, p, o in rows}


def _boolean(value: bool) -> ox.Literal:
    return ox.Literal(str(value).lower(), datatype=ox.NamedNode(terms.XSD + "boolean"))
