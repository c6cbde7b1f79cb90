"""Running a stored question: bind, select, work the money out, and say it in a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import pyoxigraph as ox

from kg import terms
from kg.binding import bind, refuse_unsafe
from kg.errors import UsageError, did_you_mean
from kg.money import Interval, billions, oku, say
from kg.resolve import ANY, resolve
from kg.store import Solutions, Store, Term
from kg.stored import Parameter, Question
from kg.working import Working, work_out
from kg.years import other_years, without_default_year

_LABELS = """
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?thing ?label WHERE { VALUES ?thing { %s } ?thing skos:prefLabel ?label }
"""
_OPEN = """
PREFIX is: <https://w3id.org/innovation-strategy/ontology#>
SELECT DISTINCT ?point WHERE { VALUES ?thing { %s } ?point a is:OpenReading ; is:concerns ?thing } ORDER BY ?point
"""
Text = dict[str, str]
_TRUTH = {"true": {"en": "yes", "ja": "はい"}, "false": {"en": "no", "ja": "いいえ"}}


@dataclass(frozen=True)
class Column:
    """One column of an answer: its variable, its heads in both languages, its unit (`yen`, `number` or none).

    `values` says in both languages what people read for the words (or CURIEs) that stand in it. A column with `only` is
    shown to people in that language alone.
    """

    name: str
    label: Text
    unit: str | None = None
    values: Mapping[str, Text] = field(default_factory=dict)
    only: str | None = None


@dataclass(frozen=True)
class Answer:
    """The answer to a question: a sentence, a table, and for money the interval with its working.

    `rows` hold RDF terms; `labels` gives the name of each IRI among them by (IRI, language). `total` is in yen.
    `working` has one contribution for each printed amount behind a money answer.
    """

    name: str
    arguments: dict[str, Term]
    columns: tuple[Column, ...]
    rows: tuple[tuple[Term | None, ...], ...]
    sentence: Text
    notes: tuple[Text, ...] = ()
    total: Interval | None = None
    working: Working | None = None
    labels: dict[tuple[str, str], str] = field(default_factory=dict)

    def __iter__(self) -> Iterator[dict[str, Term | None]]:
        """Yield each row as a dict from column name to term (None: nothing there)."""
        names = [column.name for column in self.columns]
        return (dict(zip(names, row, strict=True)) for row in self.rows)

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.rows)

    def things(self) -> list[str]:
        """Return the IRIs of ours in the rows, and for a money answer those in its working, sorted."""
        terms_there = [t for row in self.rows for t in row]
        if self.working:
            terms_there += [t for row in self.working.every_row for t in row.values()]
        iris = {t.value for t in terms_there if isinstance(t, ox.NamedNode)}
        return sorted(iri for iri in iris if iri.startswith(terms.ID))


def run(question: Question, given: Mapping[str, str], store: Store, language: str = "en") -> Answer:
    """Return the answer to a stored question; `given` maps parameter names to what people write.

    Raises UsageError for a parameter that is unknown, missing, or names nothing or several things.
    """
    arguments = take_arguments(question, given, store)
    found = store.select(bind(question.text, arguments))
    arguments, found, notes = without_default_year(question, given, arguments, found, store)
    if question.money is not None:
        return _money_answer(question, arguments, found, store, language, notes)
    columns = _columns(question, found.columns)
    places = [found.columns.index(c.name) for c in columns]
    rows = tuple(tuple(row[i] for i in places) for row in found.rows)
    if question.measures:
        from kg.networks import measured

        columns += _columns(question, question.measures)
        added = measured(store, question.measures)
        rows = tuple((*row, *added.get(_iri(row[0]), (None,) * len(question.measures))) for row in rows)
    labels = labels_of(store, [*rows, tuple(arguments.values())])
    sentence = _sentence(question, arguments, labels, columns, rows, len(rows), None)
    return Answer(question.name, arguments, columns, rows, sentence, notes, labels=labels)


def take_arguments(question: Question, given: Mapping[str, str], store: Store) -> dict[str, Term]:
    """Return the terms for the parameters: what is given, else the default, else nothing for the optional ones.

    `any` stands for no value. Raises UsageError.
    """
    chosen: dict[str, str] = {}
    for name, text in given.items():
        parameter = question.parameter(name)
        if parameter is None:
            known = [p.option for p in question.parameters]
            hint = did_you_mean(name, [p.name for p in question.parameters]) or f"it takes {', '.join(known) or 'none'}"
            raise UsageError(f"{question.name} has no parameter {name}; {hint}")
        chosen[parameter.name] = text
    arguments: dict[str, Term] = {}
    for parameter in question.parameters:
        wanted = chosen.get(parameter.name, parameter.default)
        if wanted is None or (wanted.casefold() in ANY and not parameter.required):
            if parameter.required:
                raise UsageError(f"{question.name} needs {parameter.option}, such as {_example(parameter)}")
            continue
        arguments[parameter.name] = resolve(parameter, wanted, store)
    return arguments


def _iri(term: Term | None) -> str:
    return term.value if isinstance(term, ox.NamedNode) else ""


def _example(parameter: Parameter) -> str:
    return f'{parameter.option} "{parameter.example}"' if parameter.example else f"{parameter.option} …"


def _columns(question: Question, selected: tuple[str, ...]) -> tuple[Column, ...]:
    return tuple(
        Column(
            name, {"en": given["en"], "ja": given["ja"]}, given.get("unit"), given.get("values", {}), given.get("only")
        )
        for name, given in question.columns.items()
        if name in selected
    )


def _money_answer(
    question: Question,
    arguments: dict[str, Term],
    found: Solutions,
    store: Store,
    language: str,
    notes: tuple[Text, ...],
) -> Answer:
    labels = labels_of(store, [*found.rows, tuple(arguments.values())])
    working = work_out(found, lambda iri: labels.get((iri, language), terms.local_name(iri)), language)
    wanted = _columns(question, found.columns)
    columns, rows = (
        working.grouped(wanted, question.money, largest_first=question.largest_first)
        if question.money
        else working.ungrouped(wanted)
    )
    notes = (*notes, *working.notes(), *_open_readings(working, store, labels))
    sentence = _sentence(question, arguments, labels, columns, rows, len(working.contributions), working.total)
    if not rows and "fiscalYear" in arguments:
        sentence = other_years(question, arguments, store, sentence)
    return Answer(question.name, arguments, columns, rows, sentence, notes, working.total, working, labels)


def _open_readings(working: Working, store: Store, labels: dict[tuple[str, str], str]) -> list[Text]:
    concerned = sorted(working.concerned())
    if not concerned:
        return []
    points = store.select(_OPEN % " ".join(f"<{iri}>" for iri in concerned)).rows
    labels.update(labels_of(store, points))
    iris = [point.value for (point,) in points if isinstance(point, ox.NamedNode)]
    return [
        {
            "en": f"depends on an open reading: {labels.get((iri, 'en'), iri)} (kg show {terms.local_name(iri)})",
            "ja": f"未確定の読みによる：{labels.get((iri, 'ja'), iri)}（kg show {terms.local_name(iri)}）",
        }
        for iri in iris
    ]


def _sentence(
    question: Question,
    arguments: dict[str, Term],
    labels: dict[tuple[str, str], str],
    columns: tuple[Column, ...],
    rows: tuple[tuple[Term | None, ...], ...],
    lines: int,
    total: Interval | None,
) -> Text:
    """Return the template with its names filled in: counts, arguments, `interval`, and `first_…` from the first row.

    Of `(one|many)` stays what fits the first count that the template names.
    """
    counts = {"rows": str(len(rows)), "things": str(len({row[0] for row in rows})), "lines": str(lines)}
    said: Text = {}
    for language in ("en", "ja"):
        template = question.sentence.get(language) if rows else question.empty[language]
        values = {name: text_of(term, labels, language) for name, term in arguments.items()}
        interval = say(total, language) if total else ""
        filled = template or ("{rows} row(|s)" if language == "en" else "{rows}件")
        leading = next((counts[name] for name in re.findall(r"\{(\w+)\}", filled) if name in counts), "")
        filled = re.sub(r"\((\w*)\|(\w*)\)", r"\1" if leading == "1" else r"\2", filled)
        cells = zip(columns, rows[0], strict=True) if rows else ()
        first = {f"first_{column.name}": shown(term, column, labels, language) or "–" for column, term in cells}
        known = {**values, **counts, **first, "interval": interval}
        said[language] = re.sub(r"\{(\w+)\}", lambda m, known=known: known.get(m[1], m[0]), filled)  # type: ignore[misc]
    return said


def shown(term: Term | None, column: Column, labels: Mapping[tuple[str, str], str], language: str) -> str:
    """Return how people read a cell: money in 億円 or billions, `true` as yes, words as the column's `values` say."""
    if isinstance(term, ox.NamedNode) and (short := terms.shorten(term.value)) in column.values:
        return column.values[short][language]
    if isinstance(term, ox.Literal):
        if term.value in column.values:
            return column.values[term.value][language]
        if column.unit and re.fullmatch(r"[+-]?[0-9]+", term.value):
            amount = int(term.value)
            return f"{amount:,}" if column.unit == "number" else oku(amount) if language == "ja" else billions(amount)
        if term.datatype.value == terms.XSD + "boolean" and term.value in _TRUTH:
            return _TRUTH[term.value][language]
    return text_of(term, labels, language)


def text_of(term: Term | None, labels: Mapping[tuple[str, str], str], language: str) -> str:
    """Return how a term is shown: an IRI by its name in the language, a literal by its text, nothing as ''."""
    if isinstance(term, ox.NamedNode):
        return labels.get((term.value, language)) or labels.get((term.value, "en")) or terms.shorten(term.value)
    return "" if term is None else str(getattr(term, "value", term))


def labels_of(store: Store, rows: object) -> dict[tuple[str, str], str]:
    """Return the names of all IRIs in the rows, by (IRI, language)."""
    iris = sorted({t.value for row in rows for t in row if isinstance(t, ox.NamedNode)})  # type: ignore[attr-defined]
    if not iris:
        return {}
    found = store.select(_LABELS % " ".join(f"<{iri}>" for iri in iris)).rows
    return {
        (thing.value, label.language or ""): label.value
        for thing, label in sorted(found, key=str, reverse=True)
        if isinstance(thing, ox.NamedNode) and isinstance(label, ox.Literal)
    }


def answer_sparql(text: str, store: Store, *, allow_service: bool = False) -> Answer | bool | list[ox.Triple]:
    """Return what a stranger's query gives: an Answer for SELECT, else a truth value or triples.

    Raises QueryError when the query is refused or does not parse.
    """
    refuse_unsafe(text, allow_service=allow_service)
    found = store.query(text)
    if not isinstance(found, Solutions):
        return found
    columns = tuple(Column(name, {"en": name, "ja": name}) for name in found.columns)
    rows = tuple(found.rows)
    sentence = {"en": f"{len(rows)} rows", "ja": f"{len(rows)}件"}
    return Answer("sparql", {}, columns, rows, sentence)
