"""The sentence of a refined answer: how many rows are left, what was done, and the first of them with its figure."""

from decimal import Decimal
from typing import Any

import pyoxigraph as ox

from kg.money.interval import Interval, both_units, say
from kg.money.limit import Limit
from kg.paths import read_texts
from kg.questions.answer import MONEY_COLUMNS, Answer, Column, in_words, shown, text_of
from kg.questions.refinement import Refinement
from kg.rdf.nodes import Term
from kg.terms import Text, agreeing

_FEW = 3  # rows that the sentence names
LANGUAGES = ("en", "ja")


def refined_sentence(before: Answer, after: Answer, how: Refinement, figure: Column | None) -> Text:
    """Return the sentence of an answer after its refinement; `figure` is the column by which rows were chosen."""
    texts = read_texts("questions")["refined"]
    return {language: _sentence(before, after, how, figure, language, texts) for language in LANGUAGES}


def unmeasured_note(count: int, answer: Answer, figure: Column | None) -> tuple[Text, ...]:
    """Return a note on the rows that were left out because they have no figure; nothing if there are none."""
    if not count or figure is None:
        return ()
    text, noun = read_texts("questions")["refined"]["unmeasured"], answer.outline.noun
    filled = {
        language: text[language].format(count=count, noun=noun[language], column=_label(figure, language))
        for language in LANGUAGES
    }
    return ({language: agreeing(said, count) for language, said in filled.items()},)


def in_order(sentence: Text, column: Column, *, down: bool) -> Text:
    """Return a sentence with the column by which the rows are sorted."""
    text = read_texts("questions")["refined"]["sorted-down" if down else "sorted"]
    return {
        language: text[language].format(said=sentence[language], column=_label(column, language))
        for language in LANGUAGES
    }


def _label(column: Column, language: str) -> str:
    """Return the heading of a column as it stands within a sentence."""
    if MONEY_COLUMNS.get(column.name) == column and column.unit:
        return str(read_texts("questions")["refined"]["leading"][column.name][language])
    label = column.label[language]
    return label[:1].lower() + label[1:] if label[1:2].islower() else label


def _sentence(before: Answer, after: Answer, how: Refinement, figure: Column | None, language: str, texts: Any) -> str:
    noun = agreeing(before.outline.noun[language], len(before))
    kind = "some" if not how.ranked else "top" if how.bottom is None else "bottom" if how.top is None else "ends"
    kept, top = len(after), min(how.top or 0, len(after))
    what, by = "", ""
    if how.ranked and figure:
        way = {1: "rises", -1: "falls"}.get(sum(how.directions)) if len(how.directions) == 1 else None
        by = "" if way else texts["leading"]["by"][language].format(column=_label(figure, language))
        what = texts["leading"][way][language] if way else by if language == "ja" else ""
    did = ("" if language == "ja" else by) + _done(before, how, figure, language, texts)
    if not kept:
        did, kind = _done(before, how, figure, language, texts).lstrip("が（").rstrip("）"), "none"
        kind = kind if did else "without-figure"
    said: str = texts[kind][language]
    said = said.format(kept=kept, all=len(before), noun=noun, did=did, what=what, top=top, bottom=kept - top)
    said = agreeing(said.replace("{kept}", str(kept)), max(kept, 1))
    said = said[:1].upper() + said[1:] + (_first(after, how, figure, language, texts) if figure else "")
    if after.working is not None and kept:
        said += texts["together"][language].format(interval=after.working.said(language))
    return said


def _done(answer: Answer, how: Refinement, figure: Column | None, language: str, texts: Any) -> str:
    """Return in words which rows were kept."""
    did = texts["did"]
    ways = [did[name][language] for name in ("rose", "fell", "unchanged") if getattr(how, name)]
    said = "" if how.ranked and len(ways) == 1 else str(did["or"][language]).join(ways)
    for side, limit in how.limits:
        percent = next((c for c in answer.columns if c.unit == "percent"), figure)
        column = percent if limit.unit == "percent" else figure
        label = _label(column, language) if column else ""
        text = did[f"by-{side}" if how.directions else side][language]
        said += text.format(limit=_limit(limit, figure, language), column=label)
    if how.panel:
        said += did["panel"][language].format(panel=_same_name(answer, how.panel, language))
    if how.page is not None:
        said += did["page"][language].format(page=how.page)
    if how.without:
        iris = {t.value: t for row in answer.rows for t in row if isinstance(t, ox.NamedNode)}
        names = [text_of(iris[name], answer.labels, language) for name in how.without]
        said += did["without"][language].format(names=texts["between"][language].join(names))
    return said


def _same_name(answer: Answer, name: str, language: str) -> str:
    """Return an entity's English name in another language."""
    iri = next((iri for (iri, spoken), label in answer.labels.items() if (spoken, label) == ("en", name)), None)
    return answer.labels.get((iri or "", language), name)


def _limit(limit: Limit, figure: Column | None, language: str) -> str:
    plain = f"{limit.number:,f}"
    if limit.unit == "percent":
        return f"{plain}%"
    yen = limit.unit == "yen" or (figure is not None and figure.unit == "yen")
    return both_units(int(limit.number), language) if yen else plain


def _first(after: Answer, how: Refinement, figure: Column, language: str, texts: Any) -> str:
    """Return the first rows with their figures: all of a few that were ranked, otherwise one."""
    if not after.rows or how.directions == {0}:
        return ""
    each = [(_name(after, row, language), _figure(after, row, figure, language, texts)) for row in after.rows[:_FEW]]
    if how.ranked and len(after) <= _FEW:
        names = [texts["one"][language].format(name=name, figure=said) for name, said in each]
        return str(texts["several"][language]).format(names=texts["between"][language].join(names))
    leading = "rose" if how.directions == {1} else "fell" if how.directions == {-1} else "largest"
    if how.bottom is not None and how.top is None:
        leading = "smallest"
    name, said = each[0]
    return str(texts["first"][language]).format(what=texts["leading"][leading][language], name=name, figure=said)


def _name(answer: Answer, row: tuple[Term | None, ...], language: str) -> str:
    places = [i for i, column in enumerate(answer.columns) if column.name == answer.outline.name]
    return text_of(row[places[0]], answer.labels, language) if places else "–"


def _figure(answer: Answer, row: tuple[Term | None, ...], figure: Column, language: str, texts: Any) -> str:
    """Return the figure of a row: money in both units, a sum with both its bounds, a change with its rate."""
    cells = {column.name: (column, term) for column, term in zip(answer.columns, row, strict=True)}
    column, term = cells[figure.name]
    if answer.working is not None and figure.name == "upper":
        lower, upper = (_yen(cells[name][1]) for name in ("lower", "upper"))
        return say(Interval(lower or 0, upper, upper or 0, 0, 0, int(upper is None), ("not-stated",)), language)
    said = in_words(term, column, answer.labels, language)
    rate = answer.outline.rate
    if rate and rate in cells and figure.name == answer.outline.change:
        return str(texts["rate"][language]).format(
            figure=said, rate=shown(cells[rate][1], cells[rate][0], {}, language)
        )
    return said


def _yen(term: Term | None) -> int | None:
    return int(Decimal(term.value)) if isinstance(term, ox.Literal) else None
