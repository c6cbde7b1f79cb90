"""Everything known about one entity, each statement with its evidence, page and lines."""

import pyoxigraph as ox

from kg import terms
from kg.paths import read_query, read_texts
from kg.questions.answer import Answer, columns_from, labels_of, text_of
from kg.questions.resolve import find_thing
from kg.rdf.nodes import Term, natural
from kg.stores.binding import bind
from kg.stores.embedded import Store

_STATEMENTS = read_query("questions", "statements")
_BOOKKEEPING = frozenset({terms.IS + "isReadFrom", terms.IS + "hasEvidence"})


def statements_about(text: str, store: Store, language: str = "en") -> Answer:
    """Return every statement with an entity as subject (`says`) or as object (`is named in`), with evidence and source.

    Raises UsageError if the name is unknown or ambiguous.
    """
    thing = find_thing(text, None, store)
    found = store.select(bind(_STATEMENTS, {"thing": thing})).rows
    kept = [row for row in found if not (isinstance(row[1], ox.NamedNode) and row[1].value in _BOOKKEEPING)]
    labels = labels_of(store, [*kept, (thing,)])
    rows = tuple(sorted(_gathered(kept, labels, language), key=lambda row: _place(row, labels, language)))
    names = {lang: text_of(thing, labels, lang) for lang in ("en", "ja")}
    sentence = {
        "en": f"{names['en']} ({names['ja']}) — {thing.value}: {len(rows)} statement{'' if len(rows) == 1 else 's'}",
        "ja": f"{names['ja']}（{names['en']}）— {thing.value}：言明{len(rows)}件",
    }
    return Answer(
        "show",
        {"thing": thing},
        columns_from(read_texts("questions")["columns"]["show"]),
        rows,
        sentence,
        labels=labels,
    )


def _gathered(
    rows: list[tuple[Term | None, ...]], labels: dict[tuple[str, str], str], language: str
) -> list[tuple[Term | None, ...]]:
    """Merge rows that differ only in their source."""
    sources: dict[tuple[Term | None, ...], set[Term]] = {}
    for *statement, source in rows:
        known = sources.setdefault(tuple(statement), set())
        if source is not None:
            known.add(source)
    gathered: list[tuple[Term | None, ...]] = []
    for said, found in sources.items():
        if len(found) <= 1:
            gathered.append((*said, next(iter(found), None)))
        else:
            texts = sorted((text_of(s, labels, language) for s in found), key=natural)
            gathered.append((*said, ox.Literal("; ".join(texts))))
    return gathered


def _place(row: tuple[Term | None, ...], labels: dict[tuple[str, str], str], language: str) -> tuple[object, ...]:
    order = ("prefLabel", "altLabel", "type", "definition", "description")
    name = terms.local_name(row[1].value) if isinstance(row[1], ox.NamedNode) else ""
    inferred = str(row[3]) == '"inferred"'
    rank = order.index(name) if name in order else len(order)
    return (str(row[0]) != '"says"', inferred, rank, *(text_of(cell, labels, language) for cell in row[1:]), str(row))
