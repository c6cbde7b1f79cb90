"""How deep data nests, measured before a parser that follows each level with one of its own reads it."""

import re
from collections.abc import Callable

DEEPEST = 64  # levels of JSON, or of triples inside triples
_STRING = re.compile(rb'"(?:[^"\\]|\\.)*"', re.DOTALL)
_TRIPLE = re.compile(rb'"(?:triple|statement)"|\\u00')  # as it is, or in disguise
_NOT_BRACKETS = bytes(set(range(256)) - set(b"{}[]"))
_PARTS = re.compile(
    r"""[^<>"'#]+ | #[^\n]* | <[^<>"{}|^`\\\x00-\x20]*>
      | \"{3}(?:\"{0,2}(?:[^"\\]|\\.))*\"{3} | '{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}
      | "(?:[^"\\\n]|\\.)*" | '(?:[^'\\\n]|\\.)*' | (?P<open><<) | (?P<close>>>)""",
    re.VERBOSE | re.DOTALL,
)


def nests_results(text: bytes, most: int = DEEPEST) -> bool:
    """Return whether SPARQL results in JSON have triples and nest deeper than `most` levels; no JSON may count as such.

    >>> nests_results(b'[["triple"]]', 2), nests_results(b'[["triple"]]', 1)
    (False, True)
    """
    if not _TRIPLE.search(text):
        return False
    brackets = _STRING.sub(b"", text).translate(None, _NOT_BRACKETS)
    for _ in range(most):  # each round takes the innermost level away
        brackets = brackets.replace(b"{}", b"").replace(b"[]", b"")
    return len(brackets) > most


def nests_triples(text: str, most: int = DEEPEST, tick: Callable[[int], None] = lambda _: None) -> bool:
    """Return whether a text in Turtle, TriG, N-Triples or N-Quads has triples inside triples deeper than `most` levels.

    `tick` is called with the number of each token, so that it can stop the search.

    >>> nests_triples("<s> <p> <<( <s> <p> <<( <s> <p> '<<(' )>> )>> .", 1)
    True
    """
    if text.count("<<") <= most:
        return False
    depth = 0
    for number, part in enumerate(_PARTS.finditer(text)):
        tick(number)
        depth = max(depth + bool(part["open"]) - bool(part["close"]), 0)
        if depth > most:
            return True
    return False
