"""A faulty header of a stored question is one clear error with file and line, never a traceback, never taken silently."""

from __future__ import annotations

import re

import pytest

from kg.errors import DataError
from kg.questions.catalogue import parse_question

HEADER = """#+ summary: "What?"
#+ summary_ja: "何？"
#+ tags: [x]
#+ parameters:
#+   - {name: thing, type: iri, label: {en: thing, ja: もの}}
#+ columns:
#+   s: {en: S, ja: S}
#+ empty: {en: "none", ja: "なし"}
#+ expect: {min_rows: 1}
"""
QUERY = "SELECT ?s WHERE { ?s ?p $thing } ORDER BY ?s\n"
PARAMETER = "#+   - {name: thing, type: iri, label: {en: thing, ja: もの}}\n"

FAULTS = [
    ('summary: "What?"', "summary: [What]", ":1: summary: a text is needed"),
    ("tags: [x]", "tags: x", ":3: tags: a list of texts is needed"),
    ("tags: [x]", "tags: [1]", ":3: tags: a list of texts is needed"),
    ("tags: [x]", "tags: [x]\n#+ tags: [y]", "tags is repeated in the header"),
    (PARAMETER, "#+   thing: iri\n", "parameters: a list is needed"),
    (PARAMETER, "#+   - thing\n", "parameters: {name: …, type: …} is needed"),
    ("name: thing, ", "", "a name is written like fiscalYear"),
    ("name: thing", "name: Some thing", "a name is written like fiscalYear"),
    (PARAMETER, PARAMETER * 2, "parameter thing is declared twice"),
    ("type: iri", "type: limit", "a limit needs a default or required"),
    ("type: iri", "type: iri, clas: is:Programme", "did you mean 'class'"),
    ("type: iri", "type: iri, class: is2:Programme", "unknown class is2:Programme"),
    (", label: {en: thing, ja: もの}", "", "parameter thing: label: {en: …, ja: …} is needed"),
    ("ja: もの", "jp: もの", "unknown parameter thing: label key 'jp'"),
    ("s: {en: S, ja: S}", "s: S", "column s: {en: …, ja: …} is needed"),
    ("s: {en: S, ja: S}", "s: {en: S}", "column s: ja needs a text"),
    ("s: {en: S, ja: S}", "s: {en: No, ja: S}", "words like No need quotes"),
    ("s: {en: S, ja: S}", "s: {en: S, ja: S, unit: yan}", "unknown unit 'yan'"),
    ("s: {en: S, ja: S}", "s: {en: S, ja: S, only: fr}", "column s: only is en or ja, not 'fr'"),
    ("s: {en: S, ja: S}", "s: {en: S, ja: S, values: [rose]}", "column s: values: {word: {en: …, ja: …}} is needed"),
    ("s: {en: S, ja: S}", "s: {en: S, ja: S, values: {rose: {en: rose}}}", "column s: value rose: ja needs a text"),
    ("s: {en: S, ja: S}", "z: {en: S, ja: S}", "column z: ?z is not in the query"),
    ('{en: "none", ja: "なし"}', '"none"', "empty: {en: …, ja: …} is needed"),
    ("{min_rows: 1}", "{min_rows: one}", "expect: min_rows is a whole number"),
    ("{min_rows: 1}", "{minrows: 1}", "did you mean 'min_rows'"),
    ("{min_rows: 1}", "{min_rows: 1}\n#+ money: {group: x}", "money: ?x is not in the query"),
    ("type: iri", "type: iri, plain: whole", "parameter thing: plain is a list of ids, not 'whole'"),
    ("{min_rows: 1}", "{min_rows: 1}\n#+ money: {group: s, order: up}", "money: order is 'largest', beside a group"),
    ("{min_rows: 1}", "{min_rows: 1}\n#+ money: {order: largest}", "money: order is 'largest', beside a group"),
    ("{min_rows: 1}", "{min_rows: 1}\n#+ money: yes", "money: {} or {group: programme} is needed"),
]


def test_the_header_without_a_fault_is_read() -> None:
    assert parse_question("x", HEADER + QUERY).parameters[0].name == "thing"


@pytest.mark.parametrize(("right", "wrong", "said"), FAULTS)
def test_a_fault_in_a_header_is_one_clear_error(right: str, wrong: str, said: str) -> None:
    assert right in HEADER
    with pytest.raises(DataError, match=re.escape(said)) as caught:
        parse_question("x", HEADER.replace(right, wrong) + QUERY)
    assert re.match(r"queries/x\.rq:[0-9]+: ", str(caught.value))
