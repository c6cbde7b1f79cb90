"""Read the head of a fact table: each column is a property of the ontology, with the language of its values."""

import csv
import re
from collections import Counter
from dataclasses import dataclass

from kg import terms
from kg.errors import Fault, did_you_mean
from kg.tables.schema import Property, Schema

PLAIN_COLUMNS = ("id", "type", "page", "lines")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
_SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "bars"}
# Annotations that are words: without its language, such a value would be found in none.
_WORDS = {
    *(terms.SKOS + n for n in ("prefLabel", "altLabel", "hiddenLabel", "definition", "note", "scopeNote", "example")),
    terms.DCTERMS + "title",
    terms.DCTERMS + "description",
    terms.IS + "shortTitle",
}


@dataclass(frozen=True)
class FactColumn:
    """One column: a property, with the language of its values if they are words."""

    name: str
    prop: Property
    language: str | None


def separator_fault(file: str, text: str) -> Fault | None:
    """Return the fault of a table whose cells are not separated by commas, or that begins with a line for Excel."""
    first = text.partition("\n")[0].strip()
    if re.fullmatch(r'"?sep=."?', first, re.IGNORECASE):
        return Fault(
            file, 1, "", first, "is a line for one spreadsheet program only", "delete it, and separate by commas"
        )
    for separator, name in _SEPARATORS.items():
        try:
            head = next(csv.reader([first], delimiter=separator), [])
        except csv.Error:
            continue
        if len(head) > 1 and "id" in (cell.strip().casefold() for cell in head):
            problem = f"separates its cells by {name}, not by commas"
            return Fault(file, 1, "", "", problem, "save the table as CSV with commas")
    return None


def read_head(head: list[str], file: str, cls: str, schema: Schema) -> tuple[list[FactColumn], list[Fault]]:
    """Return the columns of the properties in a head, and its faults."""
    if not any(head):
        return [], [Fault(file, 1, "", "", "has no head", "name the columns in the first line, beginning with id")]
    columns, faults = [], []
    count = Counter(map(_folded, head))
    for place, name in enumerate(head, 1):
        column = None if name in PLAIN_COLUMNS else read_column(name, schema)
        problem, remedy = _problem(name, place, column, cls, schema) if name not in PLAIN_COLUMNS else ("", "")
        if count[_folded(name)] > 1 and name:
            problem, remedy = "is repeated in the header", "keep one"
        if problem:
            faults.append(Fault(file, 1, name, "", problem, remedy))
        elif column:
            columns.append(column)
    if "id" not in map(str.casefold, head):
        faults.append(Fault(file, 1, "id", "", "the column is missing", "add the column id"))
    return columns, list(dict.fromkeys(faults))


def _folded(name: str) -> str:
    base, at, language = name.partition("@")
    return base + at + language.casefold()


def _problem(name: str, place: int, column: FactColumn | None, cls: str, schema: Schema) -> tuple[str, str]:
    """Return problem and remedy of a column that is not one of the plain ones; empty if there is none."""
    base, at, language = name.partition("@")
    if not name:
        return f"column {place} has no name", "name it or delete it"
    if column is None:
        known = [*PLAIN_COLUMNS, *(column_name(p) for p in schema.properties)]
        return "no such property in the ontology", did_you_mean(base, known)
    if not _allowed(column.prop, cls, schema):
        return f"belongs to {terms.shorten(column.prop.domain or '')}", f"a {terms.local_name(cls)} has no such column"
    return _of_language(column, at, language)


def _of_language(column: FactColumn, at: str, language: str) -> tuple[str, str]:
    base = column_name(column.prop.iri)
    if column.prop.iri not in _WORDS:
        return ("does not take a language", f"name the column {base}") if at else ("", "")
    if not _LANGUAGE.fullmatch(language):
        problem = f"{language!r} is not a language" if language else "has no language"
        near = language[:2].casefold()
        return problem, f"write {base}@{near if near in {'en', 'ja'} else 'ja'}"
    return "", ""


def read_column(name: str, schema: Schema) -> FactColumn | None:
    """Return the column with a heading such as `amount` or `skos:prefLabel@ja`, or None."""
    base, _, language = name.partition("@")
    iri = terms.expand(base) if ":" in base else terms.IS + base
    prop = schema.properties.get(iri or "")
    return FactColumn(name, prop, language or None) if prop else None


def column_name(iri: str) -> str:
    """Return the heading of a property: its local name if it belongs to this ontology, or else its CURIE."""
    return iri.removeprefix(terms.IS) if iri.startswith(terms.IS) else terms.shorten(iri)


def _allowed(prop: Property, cls: str, schema: Schema) -> bool:
    return prop.domain is None or schema.descends(cls, prop.domain) or schema.descends(prop.domain, cls)
