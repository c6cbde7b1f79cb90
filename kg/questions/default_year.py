"""Fiscal years and phases in answers: the newest year that has what is asked, and the others that have more of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from kg import terms
from kg.money.working import Working, work_out
from kg.paths import read_query, read_texts
from kg.questions.answer import labels_of, text_of
from kg.questions.arguments import NARROWING, Chosen, select
from kg.questions.catalogue import Question
from kg.rdf.nodes import Term, integer, value
from kg.stores.embedded import Solutions, Store
from kg.terms import Text, agreeing

_FEW = 3  # amounts of a sum that a note names
_YEARS = read_query("questions", "years")
Row = tuple[Term | None, ...]
Period = tuple[str, str]  # fiscal year and IRI of the phase, '' where none is printed


@dataclass(frozen=True)
class Elsewhere:
    """All rows of a question under its arguments, in any fiscal year and phase."""

    found: Solutions

    def newest(self, phases: Sequence[Term]) -> ox.Literal | None:
        """Return the newest fiscal year with rows of one of the phases (none: of any), or None if no row has a year."""
        periods = [_period(self.found, row) for row in self.found.rows]
        wanted = {"", *(getattr(phase, "value", "") for phase in phases)}
        fitting = [year for year, of in periods if not phases or of in wanted]
        years = [int(year) for year in fitting if year]
        return integer(max(years)) if years else None

    def beside(self, answered: Solutions, years: Sequence[Term]) -> dict[Period, Solutions]:
        """Return what an answer does not show, by period: the latest year first, rows without a year last.

        `years` are the fiscal years of rows that do not name theirs.
        """
        shown = {_key(answered, row) for row in answered.rows}
        shown |= {(getattr(year, "value", ""), "") for year in years} or {("", "")}
        rows: dict[Period, list[Row]] = {}
        for row in self.found.rows:
            if _key(self.found, row) not in shown:
                rows.setdefault(_period(self.found, row), []).append(row)
        order = sorted(rows, key=lambda period: (-int(period[0] or 0), period[1]))
        return {period: Solutions(self.found.columns, rows[period]) for period in order}


def search_elsewhere(question: Question, chosen: Chosen, store: Store) -> Elsewhere:
    """Return the rows of a question under its arguments without fiscal year and phase.

    A query that selects no fiscal year is asked once for each year of the dataset.
    """
    wider = chosen.without(*NARROWING)
    found = select(question.text, wider, store)
    if "fiscalYear" in found.columns:
        return Elsewhere(found)
    years = [year for (year,) in store.select(_YEARS).rows if year is not None]
    dated = [(year, select(question.text, wider.having("fiscalYear", year), store).rows) for year in years]
    return Elsewhere(Solutions((*found.columns, "fiscalYear"), [(*row, year) for year, rows in dated for row in rows]))


def periods_notes(
    question: Question, newest: Term | None, beside: Mapping[Period, Solutions], store: Store
) -> tuple[list[Text], list[Text]]:
    """Return a note on the year that was taken because none was given, and one on all other periods with their money.

    Each stands in a list, which is empty where there is nothing to say.
    """
    labels = _labels(beside, store)
    texts = read_texts("questions")["periods"]
    taken = {lang: texts["newest"][lang].format(year=getattr(newest, "value", "")) for lang in ("en", "ja")}
    others = {
        lang: texts["also"][lang].format(
            others=texts["beside"][lang].join(
                f"{_name(period, labels, lang)}{texts['of'][lang]}{_amounts(question, found, store, lang)}"
                for period, found in beside.items()
            )
        )
        for lang in ("en", "ja")
    }
    return [taken] if newest else [], [others] if beside else []


def empty_sentence(chosen: Chosen, beside: Mapping[Period, Solutions], store: Store, otherwise: Text) -> Text:
    """Return the sentence of a money answer without rows: the periods that have amounts, or `otherwise`."""
    dated = {period: found for period, found in beside.items() if period[0]}
    years, phases = chosen.of("fiscalYear"), chosen.of("phase")
    if not dated or len(years) != 1 or len(phases) > 1:
        return otherwise
    asked = (str(getattr(years[0], "value", "")), str(getattr(phases[0], "value", "")) if phases else "")
    labels = _labels([*dated, asked], store)
    count = sum(len({_key(found, row) for row in found.rows}) for found in dated.values())
    text: Text = read_texts("questions")["periods"]["none"]
    said: Text = {}
    for language, joined in (("en", " and "), ("ja", "、")):
        others = sorted({_name((year, phase if asked[1] else ""), labels, language) for year, phase in dated})
        asked_for = _name(asked, labels, language)
        said[language] = agreeing(text[language], count).format(
            asked=asked_for, count=count, others=joined.join(others)
        )
    return said


def periods_of(found: Solutions) -> set[Period]:
    """Return the fiscal years and phases of the rows."""
    return {_period(found, row) for row in found.rows}


def _period(found: Solutions, row: Row) -> Period:
    return value(_named(found, row), "fiscalYear"), value(_named(found, row), "phase")


def _key(found: Solutions, row: Row) -> object:
    """Return what distinguishes a row from those that an answer shows: its listed amount, or else its period."""
    return value(_named(found, row), "listedAmount") or _period(found, row)


def _named(found: Solutions, row: Row) -> dict[str, Term | None]:
    return dict(zip(found.columns, row, strict=True))


def _labels(periods: Iterable[Period], store: Store) -> dict[tuple[str, str], str]:
    return labels_of(store, [[ox.NamedNode(phase)] for _, phase in periods if phase])


def _name(period: Period, labels: Mapping[tuple[str, str], str], language: str) -> str:
    """Return a period in words: FY2019 supplementary budget."""
    texts = read_texts("questions")["periods"]
    year = texts["year"][language].format(year=period[0]) if period[0] else texts["undated"][language]
    phase = text_of(ox.NamedNode(period[1]), labels, language) if period[1] else ""
    return f"{year} {phase}".strip() if language == "en" else f"{year}{phase}"


def _amounts(question: Question, found: Solutions, store: Store, language: str) -> str:
    """Return what the rows of a period add up to, or how many they are if the question is not one of money.

    An exact sum of a few amounts comes with these.
    """
    if question.money is not None:
        working = work_out(found, store, terms.local_name, language)
        return working.said(language) + _parts(working, store, language)
    text: str = read_texts("questions")["periods"]["rows"][language]
    return agreeing(text, len(found.rows)).format(rows=len(found.rows))


def _parts(working: Working, store: Store, language: str) -> str:
    """Return the amounts that an exact sum is made of, with their lines, if they are several but few."""
    counted = [row for row, c in zip(working.rows, working.contributions, strict=True) if c.counts == "full"]
    if working.total.lower != working.total.upper or not 1 < len(counted) <= _FEW:
        return ""
    labels = labels_of(store, [[row["programme"], row["source"]] for row in counted])
    texts = read_texts("questions")["periods"]
    said = (
        texts["part"][language].format(
            printed=value(row, "printed"),
            programme=text_of(row["programme"], labels, language),
            source=text_of(row["source"], labels, language),
        )
        for row in counted
    )
    return f" = {' + '.join(said)}"


def several_periods(question: Question, found: Solutions, store: Store) -> list[Text]:
    """Return a note on what each of several fiscal years or phases has: of a sum its parts, otherwise its rows."""
    rows: dict[Period, list[Row]] = {}
    for row in found.rows:
        rows.setdefault(_period(found, row), []).append(row)
    if len(rows) < 2:
        return []
    parts = {period: Solutions(found.columns, rows[period]) for period in sorted(rows, reverse=True)}
    labels = _labels(parts, store)
    texts = read_texts("questions")["periods"]
    return [
        {
            language: texts["covers" if question.money is None else "together"][language].format(
                periods=texts["beside"][language].join(
                    f"{_name(period, labels, language)}{texts['of'][language]}"
                    f"{_amounts(question, each, store, language)}"
                    for period, each in parts.items()
                )
            )
            for language in ("en", "ja")
        }
    ]
