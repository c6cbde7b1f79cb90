"""Check a stranger's query before any engine reads it.

Parsers and planners are recursive: nesting and long chains of operators end the process. Here they are counted on the
tokens, without an engine. What this lets through runs in a worker all the same (kg.worker).
"""

from collections.abc import Iterator, Mapping

from kg.errors import QueryError
from kg.rdf.tokens import tokens, without_keyword
from kg.stores.binding import check_syntax, query_form

MAX_DEPTH, MAX_OPERATORS, MAX_SIZE = 100, 1_000, 1_000_000  # Oxigraph crashes at some 1,000 braces, 3,000 operators
_CHARACTERS = frozenset("!+-*/|&=<>^")
_PAIRS = frozenset(["||", "&&", "!=", "<=", ">=", "^^", "<<", ">>"])
_WORDS = frozenset(["AS", "BIND", "EXISTS", "FILTER", "GRAPH", "MINUS", "OPTIONAL", "SELECT", "SERVICE", "UNION"])
_ORDERED = frozenset(["GROUP", "ORDER", "HAVING"])  # what follows is a list, each member of it an operation


def refuse_absurd(query: str) -> None:
    """Check the size of a query, its nesting and its number of operators. Raises QueryError."""
    if len(query) > MAX_SIZE:
        raise QueryError(f"the query is longer than {MAX_SIZE:,} characters")
    depth = count = 0
    for step, operators in _steps(query):
        depth, count = depth + step, count + operators
        if depth > MAX_DEPTH:
            raise QueryError(f"the query nests deeper than {MAX_DEPTH} levels")
        if count > MAX_OPERATORS:
            raise QueryError(
                f"the query has more than {MAX_OPERATORS:,} operators, such as FILTER, UNION, || and +; "
                "for a long list of values use VALUES or IN"
            )


def _steps(query: str) -> Iterator[tuple[int, int]]:
    """Yield for each token how much deeper it nests, and how many operators it is.

    The values of a VALUES block may be signed, and as many as fit.
    """
    before, in_values, announced, listed = "", False, False, False
    for match in tokens(query):
        text, operators = match[0], 0
        if match["word"]:
            word = text.upper()
            announced = announced or word == "VALUES"
            listed = word in _ORDERED or (listed and word not in {"LIMIT", "OFFSET", "SELECT", "WHERE"})
            operators = int(word in _WORDS)
        elif match["variable"]:
            operators = int(listed)
        elif text == "{" and announced:
            announced, in_values = False, True
        elif text in "{}":
            in_values, listed = False, False
        elif text in _CHARACTERS and not in_values:
            operators = int(before + text not in _PAIRS)
            text = text if operators else ""  # the third of three begins a new pair
        yield ((text in {"{", "(", "["}) - (text in {"}", ")", "]"}) if match["other"] else 0, operators)
        before = text


def refuse_unsafe(query: str) -> None:
    """Check the size of a query and its form, without an engine. Raises QueryError, for an update too."""
    refuse_absurd(query)
    query_form(query)


def names_service(query: str) -> bool:
    """Return whether the letters of SERVICE occur in a query at all."""
    return "service" in query.lower()


def refuse_service(query: str, prefixes: Mapping[str, str]) -> None:
    """Refuse a query that reaches another endpoint. Raises QueryError, also for what does not parse."""
    try:
        check_syntax(without_keyword(query, "SERVICE"), prefixes)
    except QueryError as error:
        if any(match["word"] and match[0].upper() == "SERVICE" for match in tokens(query)):
            raise QueryError("SERVICE reaches another endpoint: allow it with --allow-service") from error
        raise QueryError(f"{error} (SERVICE needs --allow-service)") from error
