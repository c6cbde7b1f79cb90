"""Write the result of a validation as text for editors, as JSON, or as a SHACL validation report in Turtle."""

import json
from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from kg import terms
from kg.errors import shortened
from kg.paths import read_texts
from kg.printable import escaped, visible_line
from kg.rdf.write import to_turtle
from kg.validation.consistency import Reason
from kg.validation.shapes import SH, Shapes
from kg.validation.validate import SEVERITIES, Report, Result

_NOT_OF_ONE_VALUE = {"SPARQLConstraintComponent", "MinCountConstraintComponent", "MaxCountConstraintComponent"}
FORMATS = ("text", "json", "turtle")
_TEXTS = read_texts("validation")


def write_report(report: Report, form: str, language: str, shapes: Shapes) -> str:
    """Return the report in one of the FORMATS; `language` is that of the text, en or ja."""
    if form == "text":
        return "".join(f"{visible_line(line)}\n" for r in report.results for line in _lines(r, language))
    return _as_json(report) if form == "json" else _as_turtle(report, shapes)


def summary(report: Report, language: str) -> str:
    """Return a sentence with the number of nodes checked, of results of each severity, and the engine."""
    counts = [sum(r.severity == s for r in report.results) for s in SEVERITIES]
    said = _TEXTS["said"]
    nodes = "" if report.checked is None else str(said["nodes"][language]).format(count=report.checked)
    text = str(said["summary"][language]).format(
        violations=counts[0],
        warnings=counts[1],
        infos=counts[2],
        nodes=terms.agreeing(nodes, report.checked or 0),
        engine=report.engine,
    )
    return text if report.checked != 0 or report.results else f"{said['unchecked'][language]}\n{text}"


def _lines(result: Result, language: str) -> Iterator[str]:
    yield line_of(result, language)
    for reason in result.because:
        yield f"  {reason.text(language)}"


def line_of(result: Result, language: str) -> str:
    """Return one line, `kg/facts/….csv:118 amount: what to do`; without a table row it begins with the entity."""
    place = f"kg/{result.origin[0]}:{result.origin[1]}" if result.origin else terms.shorten(result.focus)
    column = f" {_column(result.path)}" if result.path else ""
    message = getattr(result.message, language) or terms.shorten(result.shape)
    severity = _TEXTS["severity"].get(result.severity, {}).get(language, "")
    return f"{place}{column}: {severity}{_misfit(result, language)}{message}"


def _misfit(result: Result, language: str) -> str:
    """Return the words about a value that is wrong in itself: the message says what all values of the column must be.

    Where there are too many values or too few, no single one is wrong; the message of a query contains its values.
    """
    if result.value is None or result.component in _NOT_OF_ONE_VALUE or result.because:
        return ""
    shown = shortened(terms.shorten(result.value))
    return str(_TEXTS["said"]["misfit"][language]).format(value=shown)


def _column(path: str) -> str:
    return path.removeprefix(terms.IS) if path.startswith(terms.IS) else terms.shorten(path)


def _as_json(report: Report) -> str:
    results = [
        {
            "severity": r.severity,
            "focus": r.focus,
            "path": r.path,
            "value": r.value,
            "shape": r.shape,
            "component": r.component,
            "message": {"en": r.message.en, "ja": r.message.ja},
            "row": {"file": f"kg/{r.origin[0]}", "line": r.origin[1]} if r.origin else None,
            "because": [_reason(reason) for reason in r.because],
        }
        for r in report.results
    ]
    content = {
        "engine": report.engine,
        "checked": report.checked,
        "violations": len(report.violations),
        "results": results,
    }
    return escaped(json.dumps(content, ensure_ascii=False, indent=2)) + "\n"


def _reason(reason: Reason) -> dict[str, object]:
    return {
        "axiom": reason.is_axiom,
        "message": dict(zip(("en", "ja"), reason.words, strict=True)),
        "place": {"file": reason.place[0], "line": reason.place[1]} if reason.place else None,
    }


def _as_turtle(report: Report, shapes: Shapes) -> str:
    """SHACL 1.0, section 3.6: a graph conforms if there are no results of any severity."""
    return escaped(to_turtle(_statements(report, shapes)))


def _statements(report: Report, shapes: Shapes) -> Iterator[ox.Triple]:
    def sh(name: str) -> ox.NamedNode:
        return ox.NamedNode(SH + name)

    whole, a = ox.BlankNode("report"), ox.NamedNode(terms.RDF + "type")
    yield ox.Triple(whole, a, sh("ValidationReport"))
    yield ox.Triple(whole, sh("conforms"), ox.Literal(not report.results))
    for number, r in enumerate(report.results, 1):
        node = ox.BlankNode(f"result{number:05}")
        yield ox.Triple(whole, sh("result"), node)
        yield ox.Triple(node, a, sh("ValidationResult"))
        yield ox.Triple(node, sh("resultSeverity"), sh(r.severity))
        yield ox.Triple(node, sh("focusNode"), ox.NamedNode(r.focus) if ":" in r.focus else ox.BlankNode(r.focus))
        yield ox.Triple(node, sh("sourceShape"), ox.NamedNode(r.shape))
        component = ox.NamedNode(f"{terms.BASE}shape/{r.component}") if r.because else sh(r.component)
        yield ox.Triple(node, sh("sourceConstraintComponent"), component)
        for language in ("en", "ja"):
            if text := getattr(r.message, language):
                yield ox.Triple(node, sh("resultMessage"), ox.Literal(text, language=language))
        if r.term is not None:
            yield ox.Triple(node, sh("value"), r.term)
        yield from _path(node, r, shapes, f"path{number}")
        yield from _because(node, r)


def _because(node: ox.BlankNode, result: Result) -> Iterator[ox.Triple]:
    """Yield the axioms and statements of a contradiction as RDF statements, with their words and places."""
    for number, reason in enumerate(result.because, 1):
        source = ox.BlankNode(f"{node.value}because{number:03}")
        yield ox.Triple(node, ox.NamedNode(terms.PROV + "wasDerivedFrom"), source)
        yield ox.Triple(source, ox.NamedNode(terms.RDF + "type"), ox.NamedNode(terms.RDF + "Statement"))
        for part, term in zip(("subject", "predicate", "object"), reason.statement, strict=True):
            yield ox.Triple(source, ox.NamedNode(terms.RDF + part), term)
        for language, words in zip(("en", "ja"), reason.words, strict=True):
            yield ox.Triple(source, ox.NamedNode(terms.RDFS + "label"), ox.Literal(words, language=language))
        if reason.place:
            place = ox.Literal(f"{reason.place[0]}:{reason.place[1]}")
            yield ox.Triple(source, ox.NamedNode(terms.DCTERMS + "bibliographicCitation"), place)


def _path(node: ox.BlankNode, result: Result, shapes: Shapes, name: str) -> Iterator[ox.Triple]:
    """Return the path of the result, or that of its shape if it is more than one property."""
    into = ox.NamedNode(SH + "resultPath")
    if result.path:
        yield ox.Triple(node, into, ox.NamedNode(result.path))
        return
    for t in shapes.triples:
        if t.subject == ox.NamedNode(result.shape) and t.predicate.value == SH + "path":
            yield from _copied([ox.Triple(node, into, t.object)], shapes, name)


def _copied(triples: list[ox.Triple], shapes: Shapes, name: str) -> Iterable[ox.Triple]:
    for t in triples:
        if not isinstance(t.object, ox.BlankNode):
            yield t
            continue
        copy = ox.BlankNode(f"{name}x{t.object.value}")
        yield ox.Triple(t.subject, t.predicate, copy)
        below = [ox.Triple(copy, s.predicate, s.object) for s in shapes.triples if s.subject == t.object]
        yield from _copied(below, shapes, name)
