"""The total that a document itself prints for what a money question asks; its lines explain it only in part."""

import pyoxigraph as ox

from kg.money.interval import both_units
from kg.paths import read_query, read_texts
from kg.questions.answer import labels_of, text_of
from kg.questions.arguments import NARROWING, Chosen
from kg.rdf.nodes import Term
from kg.stores.embedded import Store
from kg.terms import Text

_TOTALS = read_query("questions", "printed-totals")
_SCOPES = ("domain", "part", "strategy")
Period = tuple[str, str]


def with_printed_total(sentence: Text, chosen: Chosen, periods: set[Period], store: Store) -> Text:
    """Return the sentence of an answer with the total that is printed for the same scope, year and phase before it.

    Where nothing of the kind is printed, or the answer has several periods, the sentence stays as it is.
    """
    asked = _asked(chosen)
    if asked is None or len(periods) != 1:
        return sentence
    found = [
        row
        for row in store.select(_TOTALS % f"<{asked}>").rows
        if (str(getattr(row[0], "value", "")), str(getattr(row[1], "value", ""))) in periods
    ]
    if len(found) != 1:
        return sentence
    return _before(sentence, found[0], store)


def _asked(chosen: Chosen) -> str | None:
    """Return the IRI of the domain or the part of a strategy that alone limits a question, besides its period."""
    names = set(chosen.terms) - {*NARROWING, "evidence"}
    if len(names) != 1 or not names <= set(_SCOPES):
        return None
    (term,) = chosen.of(names.pop())
    return term.value if isinstance(term, ox.NamedNode) else None


def _before(sentence: Text, row: tuple[Term | None, ...], store: Store) -> Text:
    _, _, printed, amount, approximate, source = row
    labels = labels_of(store, [(source,)])
    texts = read_texts("questions")["printed-total"]
    kind = "about" if getattr(approximate, "value", "") == "true" else "exact"
    return {
        language: texts[kind][language].format(
            printed=getattr(printed, "value", ""),
            amount=both_units(int(getattr(amount, "value", 0)), language).split(" (")[0],
            source=text_of(source, labels, language),
            sentence=sentence[language],
        )
        for language in ("en", "ja")
    }
