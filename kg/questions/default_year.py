"""Fiscal years in answers: a default year without data is dropped, an empty answer names the years with data."""

from collections.abc import Mapping

import pyoxigraph as ox

from kg.questions.catalogue import Question
from kg.rdf.nodes import Term
from kg.stores.binding import bind
from kg.stores.embedded import Solutions, Store
from kg.terms import Text


def without_default_year(
    question: Question, given: Mapping[str, str], arguments: dict[str, Term], found: Solutions, store: Store
) -> tuple[dict[str, Term], Solutions, tuple[Text, ...]]:
    """Return arguments, rows and notes; if the default year has no rows, those of all years with a note."""
    asked = {p.name for name in given if (p := question.parameter(name))}
    year = arguments.get("fiscalYear")
    if "fiscalYear" in asked or not isinstance(year, ox.Literal) or _years(found):
        return arguments, found, ()
    wider = {name: term for name, term in arguments.items() if name != "fiscalYear"}
    again = store.select(bind(question.text, wider))
    present = _years(again)
    if not present:
        return arguments, found, ()
    en, ja = ", ".join(f"FY{y}" for y in present), "、".join(f"{y}年度" for y in present)
    note = {
        "en": f"no year was given, and no amount is printed for the default, FY{year.value}; these are for {en}",
        "ja": f"年度の指定がなく、既定の{year.value}年度には該当がないため、{ja}を示す",
    }
    return wider, again, (note,)


def other_years(question: Question, arguments: dict[str, Term], store: Store, sentence: Text) -> Text:
    """Return the sentence of an empty answer: the other years that have amounts, or else `sentence`."""
    year = arguments["fiscalYear"]
    found = store.select(bind(question.text, {k: v for k, v in arguments.items() if k != "fiscalYear"}))
    years = _years(found)
    if not years or not isinstance(year, ox.Literal):
        return sentence
    place = found.columns.index("fiscalYear")
    count = len({row[found.columns.index("listedAmount")] for row in found.rows if row[place] is not None})
    present = {"en": " and ".join(f"FY{y}" for y in years), "ja": "、".join(f"{y}年度" for y in years)}
    amounts = "1 printed amount" if count == 1 else f"{count} printed amounts"
    return {
        "en": f"No amounts in FY{year.value}, but {amounts} in {present['en']}.",
        "ja": f"{year.value}年度には該当がない。{present['ja']}に{count}件ある。",
    }


def _years(found: Solutions) -> list[str]:
    """Return the fiscal years in the rows, sorted."""
    if "fiscalYear" not in found.columns:
        return []
    place = found.columns.index("fiscalYear")
    return sorted({cell.value for row in found.rows if isinstance(cell := row[place], ox.Literal)})
