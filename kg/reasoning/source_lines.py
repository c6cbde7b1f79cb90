"""Find the line of each statement in a Turtle text, which RDF parsers do not report but editors need.

This module only splits the text into tokens, to find where each subject, predicate and object begins. The parser then
reads each object again with its subject, its predicate and the prefixes before it.
"""

import re
from collections.abc import Iterator

from pyoxigraph import RdfFormat, Triple, parse

from kg.reasoning.axioms import read_axioms

_TOKEN = re.compile(
    r'''(?P<space>(?:\s|\#[^\n]*)+)
    | """(?:[^"\\]|\\.|"(?!""))*"""(?:@[\w-]+)? | "(?:[^"\\\n]|\\.)*"(?:@[\w-]+)?
    | \'\'\'(?:[^'\\]|\\.|'(?!''))*\'\'\'(?:@[\w-]+)? | '(?:[^'\\\n]|\\.)*'(?:@[\w-]+)?
    | <[^>]*> | \^\^ | [][();,]
    | (?:[^][\s<>"'();,.\#\\^]|\\.|\.(?=\d))  # a name or a number; it may hold points, but does not end in one
      (?:[^][\s<>"'();,.\#\\^]|\\.|\.+(?=[^][\s<>"'();,.\#^]))*
    | \.''',
    re.VERBOSE | re.DOTALL,
)
_Token = tuple[str, int]  # its text, the line that it begins on


def statement_lines(turtle: str) -> dict[Triple, int]:
    """Return the line, from 1, of each statement in a Turtle text; blank nodes of axioms are named as in `read_axioms`.

    The line is that of the object. Statements inside a blank node have the line of the object they belong to or, if the
    subject is a blank node, that of the subject. Labels of blank nodes are known within one sentence only.
    """
    found: dict[Triple, int] = {}
    prefixes = ""
    for sentence in _sentences(turtle):
        if sentence[0][0].lstrip("@").upper() in ("PREFIX", "BASE"):
            prefixes += _joined(sentence) + "\n"
            continue
        for text, line in _pieces(sentence):
            statements = [quad.triple for quad in parse(f"{prefixes}{text} .", format=RdfFormat.TURTLE)]
            for triple in read_axioms(statements).triples:
                found.setdefault(triple, line)
    return found


def _tokens(turtle: str) -> Iterator[_Token]:
    line = 1
    for match in _TOKEN.finditer(turtle):
        if not match["space"]:
            yield match[0], line
        line += match[0].count("\n")


def _sentences(turtle: str) -> Iterator[list[_Token]]:
    """Yield the tokens before each full stop; PREFIX and BASE in SPARQL style have none."""
    sentence: list[_Token] = []
    for token in _tokens(turtle):
        if token[0] != ".":
            sentence.append(token)
        if sentence and (token[0] == "." or len(sentence) == {"PREFIX": 3, "BASE": 2}.get(sentence[0][0].upper())):
            yield sentence
            sentence = []


def _pieces(sentence: list[_Token]) -> Iterator[_Token]:
    """Yield `subject predicate object` and the line of each object; whole sentences if the subject is a blank node."""
    if sentence[0][0] in ("[", "(") or sentence[0][0].startswith("_:"):
        yield _joined(sentence), sentence[0][1]
        return
    subject = sentence[0][0]
    for clause in _split(sentence[1:], ";"):
        for value in _split(clause[1:], ","):
            yield f"{subject} {clause[0][0]} {_joined(value)}", value[0][1]


def _split(tokens: list[_Token], mark: str) -> Iterator[list[_Token]]:
    """Yield the parts between separators outside brackets, skipping empty parts."""
    depth, part = 0, list[_Token]()
    for token in [*tokens, (mark, 0)]:
        depth += (token[0] in ("[", "(")) - (token[0] in ("]", ")"))
        if token[0] != mark or depth:
            part.append(token)
        elif part:
            yield part
            part = []


def _joined(tokens: list[_Token]) -> str:
    """Return the tokens as an equivalent text; @ declarations get their full stops back."""
    text = " ".join(token for token, _ in tokens)
    return f"{text} ." if text.startswith("@") else text
