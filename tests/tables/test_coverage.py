"""The source text against the facts. The text itself is not part of the project: a mask of it is, with every run of
words replaced by a mark and every number kept, so that lines and numbers can still be compared."""

from __future__ import annotations

import pyoxigraph as ox

from kg import terms
from kg.assembly.build import Built
from kg.tables.coverage import Coverage, as_text, compare_with_source, numbers
from tests.conftest import DOCUMENT, ROOT

MASK = (ROOT / "tests" / "keying" / "masked_source.txt").read_text(encoding="utf-8")


def with_lines(built: Built, masked: str = MASK) -> Coverage:
    return compare_with_source(masked, built.quads, DOCUMENT)


def test_another_text_is_said_to_be_another(built: Built) -> None:
    found = with_lines(built)
    assert not found.same_text
    assert "not the text that the facts were read from: its SHA-256 is " in as_text(found)
    own = [
        ox.Quad(q.subject, q.predicate, ox.Literal(found.checksums[0]), q.graph_name)
        if q.predicate.value.endswith("textChecksum")
        else q
        for q in built.quads
    ]
    again = compare_with_source(MASK, own, DOCUMENT)
    assert again.same_text
    assert "not the text" not in as_text(again)


def test_the_mask_has_the_lines_and_numbers_of_the_source() -> None:
    assert len(MASK.splitlines()) >= 704
    assert len(numbers(MASK)) > 400


def test_every_line_is_cited_or_has_a_reason_not_to_be(built: Built) -> None:
    assert [line.number for line in with_lines(built).lines if line.uncited] == []


def test_no_number_is_an_orphan(built: Built) -> None:
    assert [(line.number, line.orphans) for line in with_lines(built).lines if line.orphans] == [], (
        "lines of the source and numbers in them that no fact holds: correct kg/facts/"
    )


def test_a_wrong_digit_in_the_source_makes_an_orphan(built: Built) -> None:
    lines = MASK.splitlines()
    lines[224] = lines[224].replace("749", "794")
    changed = with_lines(built, "\n".join(lines))
    assert [(line.number, line.orphans) for line in changed.lines if line.orphans] == [(225, ("794",))]


def test_a_line_without_facts_is_uncited(built: Built) -> None:
    quads = [q for q in built.quads if not (q.predicate.value == terms.IS + "isReadFrom" and "/225" in str(q.object))]
    assert 225 in [line.number for line in compare_with_source(MASK, quads, DOCUMENT).lines if line.uncited]


def test_a_printed_form_must_stand_in_its_lines() -> None:
    graph = ox.NamedNode(terms.GRAPH + "doc")
    fact, passage = ox.NamedNode("urn:fact"), ox.NamedNode("urn:passage")
    integer = ox.NamedNode(terms.XSD + "integer")

    def quads(printed: str) -> list[ox.Quad]:
        pairs: list[tuple[ox.NamedNode, str, ox.NamedNode | ox.Literal]] = [
            (fact, "isReadFrom", passage),
            (fact, "printedAmount", ox.Literal(printed)),
            (passage, "firstLine", ox.Literal("1", datatype=integer)),
            (passage, "lastLine", ox.Literal("2", datatype=integer)),
        ]
        return [ox.Quad(s, ox.NamedNode(terms.IS + p), o, graph) for s, p, o in pairs]

    assert compare_with_source("Q-LEAP 32\n億円", quads("32億円"), "doc").complete
    wrong = compare_with_source("Q-LEAP 32\n億円", quads("33億円"), "doc")
    assert [u.value for u in wrong.unsupported] == ["33億円"]
    assert wrong.lines[0].orphans == ("32",)
