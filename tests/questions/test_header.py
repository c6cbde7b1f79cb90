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
QUERY = "SELECT ?s\nWHERE { ?s ?p $thing ; ?p ?thingy } ORDER BY ?s\n"
PARAMETER = "#+   - {name: thing, type: iri, label: {en: thing, ja: もの}}\n"

FAULTS = [
    ('summary: "What?"', "summary: [What]", "1: summary: a text is needed; words like No need quotes, not ['What']"),
    ('summary: "What?"', 'summary: ""', "1: summary: a text is needed"),
    ("tags: [x]", "tags: x", "3: tags: a list of texts is needed, such as [funding, money], not 'x'"),
    ("tags: [x]", "tags: [1]", "3: tags: a list of texts is needed, such as [funding, money], not 1"),
    ("tags: [x]", "tags: [x]\n#+ tags: [y]", "4: tags is repeated in the header"),
    ("tags: [x]", "tegs: [x]", "3: header: unknown key 'tegs'; did you mean 'tags'"),
    ("tags: [x]", "ask: [x]", "3: header: unknown key 'ask'; did you mean 'tags'"),
    ("type: iri,", "type: iri, type: year,", "5: type is repeated in the header"),
    (PARAMETER, "#+   thing: iri\n", "4: parameters: a list is needed, each item"),
    (PARAMETER, "#+   - thing\n", "5: parameters: {name: …, type: …, label: {en: …, ja: …}} is needed, not 'thing'"),
    ("name: thing, ", "", "5: parameters lacks name; {name: …, type: …, label: {en: …, ja: …}} is needed"),
    ("name: thing", "name: Some thing", "5: parameters: Some thing: name: a name is written like fiscalYear"),
    (PARAMETER, PARAMETER * 2, "6: parameter thing is declared twice"),
    (
        HEADER[HEADER.index("#+ parameters") : HEADER.index("#+ columns")],
        "",
        "9: $thing is used but not declared as a parameter",
    ),
    (PARAMETER, PARAMETER + PARAMETER.replace("thing", "other"), "6: the parameter other is declared but not used"),
    ("type: iri", "type: limit", "5: parameters: thing: a limit needs a default or required: LIMIT cannot stand empty"),
    ("type: iri", "type: limit, required: false", "5: parameters: thing: a limit needs a default or required"),
    (
        "type: iri",
        "type: irri",
        "5: parameters: thing: type: iri or year or integer or language or text or limit is needed, not 'irri'; did you mean 'iri'",
    ),
    ("type: iri", "type: iri, clas: is:Programme", "5: parameters: thing: unknown key 'clas'; did you mean 'class'"),
    ("type: iri", "type: iri, class: is2:Programme", "5: parameters: thing: class: unknown class is2:Programme"),
    (
        "type: iri",
        "type: iri, class: [is:Programme]",
        "5: parameters: thing: class: a class is needed, such as is:TechnicalDomain",
    ),
    ("type: iri", "type: iri, plain: whole", "5: parameters: thing: plain: a list of ids is needed, not 'whole'"),
    ("type: iri", "type: iri, required: often", "5: parameters: thing: required: true or false is needed, not 'often'"),
    (
        "type: iri",
        "type: iri, default: 2020-01-01",
        "5: parameters: thing: default: a text or a whole number is needed",
    ),
    (
        "type: iri",
        "type: year, default: 2020",
        "5: parameters: thing: default: the default of a year can only be newest",
    ),
    ("type: iri", "type: iri, example: [riken]", "5: parameters: thing: example: a text or a whole number is needed"),
    (
        ", label: {en: thing, ja: もの}",
        "",
        "5: parameters: thing lacks label; {name: …, type: …, label: {en: …, ja: …}} is needed",
    ),
    ("ja: もの", "ja: もの, jp: もの", "5: parameters: thing: label: unknown key 'jp'; did you mean 'ja'"),
    ("s: {en: S, ja: S}", "s: S", "7: columns: s: {en: …, ja: …} is needed, not 'S'"),
    ("s: {en: S, ja: S}", "s: {en: S}", "7: columns: s lacks ja; {en: …, ja: …} is needed"),
    (
        "s: {en: S, ja: S}",
        "s: {en: No, ja: S}",
        "7: columns: s: en: a text is needed; words like No need quotes, not False",
    ),
    (
        "s: {en: S, ja: S}",
        "s: {en: S, ja: S, unit: yan}",
        "7: columns: s: unit: yen or number or percent is needed, not 'yan'; did you mean 'yen'",
    ),
    ("s: {en: S, ja: S}", "s: {en: S, ja: S, only: fr}", "7: columns: s: only: en or ja is needed, not 'fr'"),
    (
        "s: {en: S, ja: S}",
        "s: {en: S, ja: S, values: [rose]}",
        "7: columns: s: values: {word: {en: …, ja: …}} is needed, not ['rose']",
    ),
    ("s: {en: S, ja: S}", "s: {en: S, ja: S, values: {rose: {en: rose}}}", "7: columns: s: values: rose lacks ja"),
    (
        "s: {en: S, ja: S}",
        "s: {en: S, ja: S, values: {true: {en: a, ja: a}}}",
        "7: columns: s: values: a word such as true needs quotes",
    ),
    ("s: {en: S, ja: S}", "z: {en: S, ja: S}", "7: columns: z: ?z is not in the query"),
    (
        "s: {en: S, ja: S}",
        "things: {en: S, ja: S}",
        "7: columns: things: ?things is not in the query; did you mean 'thingy'",
    ),
    ("columns:\n#+   s: {en: S, ja: S}", "columns: [s]", "6: columns: {name: {en: …, ja: …}} is needed, not ['s']"),
    ('{en: "none", ja: "なし"}', '"none"', "8: empty: {en: …, ja: …} is needed, not 'none'"),
    ("{min_rows: 1}", "{min_rows: one}", "9: expect: min_rows: a whole number is needed, not 'one'"),
    ("{min_rows: 1}", "{min_rows: -1}", "9: expect: min_rows: a whole number is needed, not -1"),
    ("{min_rows: 1}", "{min_rows: true}", "9: expect: min_rows: a whole number is needed, not True"),
    ("{min_rows: 1}", "{minrows: 1}", "9: expect: unknown key 'minrows'; did you mean 'min_rows'"),
    ("{min_rows: 1}", "1", "9: expect: {min_rows: 1} or {rows: 3} is needed, not 1"),
    ("{min_rows: 1}", "{min_rows: 1}\n#+ money: {group: x}", "10: money: group: ?x is not in the query"),
    ("{min_rows: 1}", "{min_rows: 1}\n#+ money: {group: 1}", "10: money: group: the name of a column is needed, not 1"),
    (
        "{min_rows: 1}",
        "{min_rows: 1}\n#+ money: {group: s, order: up}",
        "10: money: order: only 'largest' is possible, beside a group, not 'up'",
    ),
    (
        "{min_rows: 1}",
        "{min_rows: 1}\n#+ money: {order: largest}",
        "10: money: order: only 'largest' is possible, beside a group",
    ),
    ("{min_rows: 1}", "{min_rows: 1}\n#+ money: yes", "10: money: {} or {group: programme} is needed, not True"),
    ("{min_rows: 1}", "{min_rows: 1}\n#+ row: {en: x}", "10: row lacks ja; {en: ministr(y|ies), ja: 所管"),
    (
        "{min_rows: 1}",
        "{min_rows: 1}\n#+ row: {en: x, ja: x, figure: t}",
        "10: row: figure: t is not among the columns",
    ),
    ("{min_rows: 1}", "{min_rows: 1}\n#+ sentence: {en: x}", "10: sentence lacks ja; {en: …, ja: …} is needed"),
]


def test_the_header_without_a_fault_is_read() -> None:
    question = parse_question("x", HEADER + QUERY)
    assert (question.parameters[0].name, question.columns["s"], question.money) == (
        "thing",
        {"en": "S", "ja": "S"},
        None,
    )


@pytest.mark.parametrize(("right", "wrong", "said"), FAULTS)
def test_a_fault_in_a_header_is_one_clear_error(right: str, wrong: str, said: str) -> None:
    assert right in HEADER
    with pytest.raises(DataError) as caught:
        parse_question("x", HEADER.replace(right, wrong) + QUERY)
    assert str(caught.value).startswith(f"queries/x.rq:{said}")
    assert "\n" not in str(caught.value)


def test_all_faults_of_a_header_are_told_at_once() -> None:
    faulty = HEADER.replace("tags: [x]", "tags: x").replace("type: iri", "type: irri").replace("#+ expect", "#+ expct")
    with pytest.raises(DataError) as caught:
        parse_question("x", faulty + QUERY)
    lines = [re.sub(r"[;,] .*", "", line) for line in str(caught.value).splitlines()]
    assert lines == [
        "queries/x.rq:1: the header lacks expect",
        "queries/x.rq:3: tags: a list of texts is needed",
        "queries/x.rq:5: parameters: thing: type: iri or year or integer or language or text or limit is needed",
        "queries/x.rq:9: header: unknown key 'expct'",
    ]


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("", "1: the #+ header is missing"),
        ("#+ - a list\n", "1: the #+ header is missing"),
        ('#+ summary: "What?"\n#+ tags: [x\n#+ empty: {\n', "3: the header is not YAML: "),
        ('#+ summary: "What?"\n#+ ? [x]\n#+ : y\n', "2: the header is not YAML: found unhashable key"),
    ],
)
def test_a_header_that_cannot_be_read_is_one_clear_error(header: str, said: str) -> None:
    with pytest.raises(DataError) as caught:
        parse_question("x", header + QUERY)
    assert str(caught.value).startswith(f"queries/x.rq:{said}")


@pytest.mark.parametrize(
    ("char", "said"),
    [
        ("\u2028", "U+2028, a line end for YAML alone"),
        ("\x85", "U+0085, a control character"),
        ("\x07", "U+0007, a control character"),
    ],
)
def test_a_character_that_yaml_reads_otherwise_is_refused_with_its_line(char: str, said: str) -> None:
    header = HEADER.replace("何", f"何{char}")
    with pytest.raises(DataError) as caught:
        parse_question("x", header + QUERY)
    assert str(caught.value) == f"queries/x.rq:2: the header contains {said}; delete it"


def test_a_separator_in_the_query_moves_no_line() -> None:
    """Editors see one line where str.splitlines sees two."""
    with pytest.raises(DataError, match=r"queries/x\.rq:4: header: unknown key 'tegs'"):
        parse_question("x", "# a note\u2028of two\x0c\n" + HEADER.replace("tags:", "tegs:") + QUERY)


def test_a_text_may_run_over_several_lines() -> None:
    wrapped = HEADER.replace('"What?"', '"What\n#+   now?"').replace('"何？"', '"何\\\n#+   か？"')
    question = parse_question("x", wrapped + QUERY)
    assert question.summary == {"en": "What now?", "ja": "何か？"}
