"""The tokens of a SPARQL query, for what must be known before an engine parses it."""

import re
from collections.abc import Iterator

_TOKEN = re.compile(
    r"""(?P<comment>\#[^\n\r]*)
      | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
      | (?P<string>\"{3}(?:\"{0,2}(?:[^"\\]|\\.))*\"{3} | '{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}
                  | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*')
      | (?P<broken>["'].*) | (?P<escape>\\.)
      | (?P<variable>[$?](?P<name>\w+))
      | (?P<word>[A-Za-z_][\w:.-]*)
      | (?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)
_ACCENTED = {"E": "É", "e": "é", "M": "Ḿ", "m": "ḿ"}  # the last letters of SERVICE and FROM
_VERBATIM = ("comment", "iri", "string")


def tokens(query: str) -> Iterator[re.Match[str]]:
    """Yield the tokens of a query: comments, IRIs, strings, variables, words, other characters.

    An unterminated string is one token up to the end: searching again from each quote would take quadratic time.
    """
    return _TOKEN.finditer(query)


def without_keyword(query: str, keyword: str) -> str:
    """Return the query with the letters of a keyword replaced wherever they occur.

    If the result still parses, the query does not use the keyword. Only an engine knows where a keyword ends (Oxigraph
    accepts `trueSERVICE<u>{}` and `FROMNAMED<g>`, and `1<1)SERVICE?v#>` has no IRI); the last letter therefore gets an
    accent, which is valid in names and variables but in no keyword.

    >>> without_keyword("ASK FROM <urn:from> { ?from :p 'from' }", "FROM")
    "ASK FROḾ <urn:§§§§> { ?froḿ :p '§§§§' }"
    """
    letters = re.compile(keyword, re.IGNORECASE)

    def accented(match: re.Match[str]) -> str:
        return match[0][:-1] + _ACCENTED[match[0][-1]]

    return "".join(
        letters.sub("§" * len(keyword), match[0])
        if any(match[kind] for kind in _VERBATIM)
        else letters.sub(accented, match[0])
        for match in tokens(query)
    )
