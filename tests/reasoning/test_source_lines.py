"""Each statement of a Turtle text stands on the line that is named for it."""

from __future__ import annotations

import pytest
from pyoxigraph import RdfFormat, parse

from kg import paths, terms
from kg.reasoning.axioms import read_axioms
from kg.reasoning.source_lines import statement_lines

TEXT = '''# a comment . with a stop
@prefix : <https://example.org/#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
base <https://example.org/>
:a.b a owl:Class ; # line 5
    :p "a ; ^^ b . \\" # c"@en-GB , "x"^^xsd:string ,
       """two
lines , ' "" ' """ , 'single' , 1.5 , -1.e3 , true ;
    ; :q <x;y.z> , :c.d, :e\\,f .
[] a owl:AllDisjointClasses ;
    owl:members ( :a.b :c ) .:c :r [ :s ( 1 2 ) ;
        :t :g ] , :h.
:last :p 7.
'''
LINES = {
    5: ["rdf-syntax-ns#type> <http://www.w3.org/2002/07/owl#Class"],
    6: ['"a ; ^^ b . \\" # c"@en-', '"x"'],
    7: ['"two\\nlines , \' \\"\\" \' "'],
    8: ['"single"', '"1.5"', '"-1.e3"', '"true"'],
    9: ["<https://example.org/x;y.z>", "#c.d>", "#e,f>"],
    10: ["owl#AllDisjointClasses>", "owl#members>"],
    11: ["#r>"],
    12: ["#h>"],
    13: ['"7"'],
}


@pytest.mark.parametrize("line", LINES)
def test_a_statement_stands_where_its_object_begins(line: int) -> None:
    there = [str(triple) for triple, number in statement_lines(TEXT).items() if number == line]
    assert [part for part in LINES[line] if not any(part in triple for triple in there)] == []


def test_every_statement_of_the_ontology_has_its_line_and_no_other_has_one() -> None:
    for path in paths.ontology_files():
        text = path.read_text(encoding="utf-8")
        lines = text.splitlines()
        found = statement_lines(text)
        stated = [quad.triple for quad in parse(text, format=RdfFormat.TURTLE)]
        assert set(found) == set(read_axioms(stated).triples), path
        assert 1 <= min(found.values()) <= max(found.values()) <= len(lines)


def test_a_line_of_the_ontology_says_what_is_said_to_stand_there() -> None:
    text = (paths.ONTOLOGY / "alignments.ttl").read_text(encoding="utf-8")
    lines = text.splitlines()
    for triple, line in statement_lines(text).items():
        if str(triple.subject) == f"<{terms.BASE}ontology/alignments>":
            continue  # the header, which takes several lines
        assert triple.subject.value.rpartition("#")[2].rpartition("/")[2] in lines[line - 1]  # type: ignore[union-attr]
