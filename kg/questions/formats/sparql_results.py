"""An answer in the SPARQL 1.1 results formats: bare terms, as a SPARQL endpoint returns them."""

import csv
import io
import json
import re

import pyoxigraph as ox

from kg import terms
from kg.printable import escaped, visible
from kg.questions.answer import Answer
from kg.questions.formats.style import Style, writer
from kg.rdf.nodes import Term

_BARE = {  # literals that Turtle and SPARQL allow without quotes
    terms.XSD + "integer": re.compile(r"[+-]?[0-9]+"),
    terms.XSD + "boolean": re.compile("true|false"),
    terms.XSD + "decimal": re.compile(r"[+-]?[0-9]*\.[0-9]+"),
}


@writer("sparql-csv")
def sparql_csv(answer: Answer, language: str, style: Style) -> str:
    """Return SPARQL 1.1 Results CSV: plain values, control characters escaped, with amounts in yen."""
    file = io.StringIO()
    lines = csv.writer(file, lineterminator="\r\n")
    lines.writerow([column.name for column in answer.columns])
    lines.writerows([["" if t is None else visible(bare(t)) for t in row] for row in answer.rows])
    return file.getvalue()


def bare(term: Term) -> str:
    """Return the value of a term without its kind, language or datatype."""
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else str(term)


@writer("sparql-tsv")
def sparql_tsv(answer: Answer, language: str, style: Style) -> str:
    """Return SPARQL 1.1 Results TSV: terms written as in Turtle, with amounts in yen."""
    lines = ["\t".join(f"?{column.name}" for column in answer.columns)]
    lines += ["\t".join("" if t is None else _turtle(t) for t in row) for row in answer.rows]
    return escaped("\n".join(lines)) + "\n"


def _turtle(term: Term) -> str:
    if isinstance(term, ox.Literal) and (known := _BARE.get(term.datatype.value)) and known.fullmatch(term.value):
        return term.value
    return str(term).replace("\t", "\\t")


@writer("sparql-json")
def sparql_json(answer: Answer, language: str, style: Style) -> str:
    """Return SPARQL 1.1 Results JSON."""
    names = [column.name for column in answer.columns]
    rows = [{n: _term(t) for n, t in zip(names, row, strict=True) if t is not None} for row in answer.rows]
    whole = {"head": {"vars": names}, "results": {"bindings": rows}}
    return escaped(json.dumps(whole, ensure_ascii=False, indent=1)) + "\n"


def _term(term: Term) -> dict[str, object]:
    """Return a term as SPARQL 1.1 Results JSON has it; a triple and the direction of a text as SPARQL 1.2 has them."""
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.Literal):
        found: dict[str, object] = {"type": "literal", "value": term.value}
        if term.language:
            found["xml:lang"] = term.language
            if term.direction:
                found["its:dir"] = term.direction.value
        elif term.datatype.value != terms.XSD + "string":
            found["datatype"] = term.datatype.value
        return found
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
    return {"type": "triple", "value": {name: _term(part) for name, part in parts.items()}}
