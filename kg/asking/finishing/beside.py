"""Set several answers side by side: the same question for two accounts, phases or domains, with gap, ratio and sum."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

import pyoxigraph as ox

from kg.asking.finishing.rows import Rows, say, texts
from kg.asking.frames import Reading
from kg.money.interval import both_units
from kg.questions.answer import Answer, Column

_COLUMN = "of"  # the column that says which of the answers a row comes from


def side_by_side(answers: Mapping[str, Answer], reading: Reading, labels: Mapping[tuple[str, str], str]) -> Answer:
    """Return one answer of several to the same question, by the IRI of what they differ in.

    The sentence has each answer with its name; where each has one figure, also the gap, ratio or sum that is asked for.
    """
    first = next(iter(answers.values()))
    parameter = reading.question.parameter(next(iter(reading.beside)))
    column = Column(_COLUMN, parameter.label if parameter else {"en": "Of", "ja": "対象"})
    known = {**labels, **{key: text for answer in answers.values() for key, text in answer.labels.items()}}
    rows = tuple((ox.NamedNode(iri), *row) for iri, answer in answers.items() for row in answer.rows)
    outline = replace(first.outline, shown=(_COLUMN, *first.outline.shown) if first.outline.shown else ())
    joined = replace(first, columns=(column, *first.columns), rows=rows, labels=known, outline=outline, total=None)

    def said(language: str) -> str:
        row = texts()["row"][language]
        lines = [
            row.format(name=known.get((iri, language), ""), said=answer.sentence[language])
            for iri, answer in answers.items()
        ]
        return str(texts()["and"][language].join(lines)) + _figures(answers, reading, known, language)

    return say(joined, "plain", rows=said)


def _figures(
    answers: Mapping[str, Answer], reading: Reading, labels: Mapping[tuple[str, str], str], language: str
) -> str:
    """Return what two single amounts give together: how many times, the difference, or the sum."""
    numbers = _numbers(list(answers.values()))
    wanted = reading.asked.what
    if len(numbers) != len(answers) or len(numbers) != 2 or not all(numbers):
        return ""
    names = [labels.get((iri, language), "") for iri in answers]
    if "ratio" in wanted:
        order = sorted(zip(numbers, names, strict=True), reverse=True)
        (high, first), (low, second) = order[0], order[1]
        return str(texts()["ratio"][language].format(first=first, second=second, times=f"{high / low:.2f}"))
    if wanted & {"difference", "compare"}:
        return str(texts()["gap"][language].format(gap=both_units(int(abs(numbers[0] - numbers[1])), language)))
    if "sum" in wanted:
        return str(texts()["together"][language].format(total=both_units(int(sum(numbers)), language)))
    return ""


def _numbers(answers: Sequence[Answer]) -> list[Decimal]:
    """Return the figure of each answer that has exactly one row with a figure."""
    found = []
    for answer in answers:
        own = [n for row in answer.rows if (n := Rows(answer).number(row, answer.outline.figure)) is not None]
        found += own[:1] if len(own) == 1 else []
    return found
