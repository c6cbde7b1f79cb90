"""Characters in a cell: separators end no line, what nobody can see is refused, and が is one letter however it is written."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg import terms
from kg.rdf.write import to_trig
from kg.tables.coverage import compare_with_source
from tests.tables.small import ITEM, LABEL, faults, load_facts, values, write

NOTE = "id,type,skos:note@ja,page,lines,hasEvidence\n"
REFUSED = (
    "\x00\x01\x07\x0b\x0c\x1b\x1c\x1d\x1e\x7f\x85\x9b\xad\u200b\u200e\u202e\u2066\ufeff\ufffe\uffff\ue000\U000f0000"
)


@pytest.mark.parametrize("char", REFUSED, ids=[f"U+{ord(c):04X}" for c in REFUSED])
def test_what_nobody_can_see_is_refused_with_its_place(char: str, tmp_path: Path) -> None:
    """RDF/XML can contain no control character: it would stop a release."""
    odd = f"sta{char}ted"
    found = faults(tmp_path, FundedItem=NOTE + f"p-one,Programme,語,1,7,stated\np-two,Programme,{odd},1,7,{odd}\n")
    said = f"sta\\u{ord(char):04x}ted: contains U+{ord(char):04X}"
    assert [fault.partition(said)[0] for fault in found] == [
        "facts/doc/FundedItem.csv:3:hasEvidence: ",
        "facts/doc/FundedItem.csv:3:skos:note@ja: ",
    ]
    assert char not in "".join(found)


@pytest.mark.parametrize("char", ["\u2028", "\u2029"])
def test_a_separator_within_a_cell_ends_no_line_and_is_written_as_it_is(char: str, tmp_path: Path) -> None:
    row = f"p-one,Programme,前{char}後,1,7,stated\n"
    facts = load_facts(write(tmp_path, FundedItem=NOTE + row))
    assert values(facts, "programme/p-one", terms.SKOS + "note") == [f"前{char}後"]
    assert set(ox.parse(to_trig(facts.quads), format=ox.RdfFormat.TRIG)) == set(facts.quads)
    bad = NOTE + row + "p-two,Programme,語,1,7x,stated\n"
    assert faults(tmp_path, FundedItem=bad)[0].startswith("facts/doc/FundedItem.csv:3:lines: 7x")


def test_a_line_end_within_a_cell_is_kept_and_counted(tmp_path: Path) -> None:
    row = 'p-one,Programme,"前\r\n後",1,7,stated\r\n'
    facts = load_facts(write(tmp_path, FundedItem=NOTE + row))
    assert values(facts, "programme/p-one", terms.SKOS + "note") == ["前\n後"]
    bad = NOTE + row + "p-two,Programme,語,1,7x,stated\n"
    assert faults(tmp_path, FundedItem=bad)[0].startswith("facts/doc/FundedItem.csv:4:lines: 7x")


def test_a_letter_and_its_mark_become_one_letter(tmp_path: Path) -> None:
    """As macOS writes file names, and some programs texts."""
    plain = ITEM.replace("光・量子", "ガバナンス Società").replace("Q-LEAP", "Società")
    apart = unicodedata.normalize("NFD", plain)
    assert apart != plain
    quads = load_facts(write(tmp_path / "plain", FundedItem=plain)).quads
    assert load_facts(write(tmp_path / "apart", FundedItem=apart)).quads == quads
    note = NOTE + "p-one,Programme,か\u3099,1,7,stated\n"
    assert values(load_facts(write(tmp_path, FundedItem=note)), "programme/p-one", terms.SKOS + "note") == ["が"]


def test_variants_and_joined_letters_are_no_fault(tmp_path: Path) -> None:
    name = "葛\U000e0100城 م\u200cن"
    item = ITEM.replace("光・量子", name)
    assert values(load_facts(write(tmp_path, FundedItem=item)), "programme/q-leap", LABEL)[-1] == name


def test_the_lines_of_a_source_are_those_that_an_editor_counts() -> None:
    """A text from a PDF begins its pages with form feeds."""
    found = compare_with_source("one\n\x0ctwo\u2028still two\x85 \x1c\nthree\n", [], "doc")
    assert [(line.number, line.text) for line in found.lines] == [
        (1, "one"),
        (2, "\x0ctwo\u2028still two\x85 \x1c"),
        (3, "three"),
    ]
