"""Put values into a stored query, token by token: the result is plain SPARQL, and injection is impossible."""

import re
from collections.abc import Mapping

import pyoxigraph as ox

from kg import terms
from kg.errors import QueryError, UsageError
from kg.rdf.nodes import Term
from kg.rdf.tokens import tokens
from kg.stores.embedded import syntax_message

_UPDATES = frozenset(["INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY"])
_FORMS = frozenset(["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"])


def names(query: str, mark: str = "$") -> set[str]:
    """Return the variables written with `$` (or with another mark, `?`) outside strings, comments and IRIs.

    >>> sorted(names('SELECT * { ?s ?p $value } # $not'))
    ['value']
    """
    return {m["name"] for m in tokens(query) if m["variable"] and m[0].startswith(mark)}


def bind(query: str, values: Mapping[str, Term]) -> str:
    """Return the query with each `$name` replaced by its value; those without a value remain variables.

    In a projection `$name` becomes `(term AS ?name)`, after LIMIT and OFFSET plain digits. `?name` is never replaced.
    Raises UsageError if a value has no place in the query, or a limit is not a whole number; QueryError if the result
    does not parse or has another query form.
    """
    if strange := set(values) - names(query):
        raise UsageError(f"the query has no parameter {', '.join(sorted(strange))}")
    out: list[str] = []
    in_projection, depth, last_word = False, 0, ""
    for match in tokens(query):
        text = match[0]
        if match["variable"]:
            if text.startswith("$") and match["name"] in values:
                term = values[match["name"]]
                if last_word in {"LIMIT", "OFFSET"}:
                    text = _digits(term, match["name"])
                else:
                    written = _written(term, match["name"])
                    text = f"({written} AS ?{match['name']})" if in_projection and depth == 0 else f" {written} "
            last_word = ""
        elif match["word"]:
            last_word = text.upper()
            if last_word == "SELECT":
                in_projection, depth = True, 0
            elif last_word in {"WHERE", "FROM"}:
                in_projection = False
        elif match["other"]:
            if text == "{":
                in_projection = False
            elif in_projection:
                depth += (text == "(") - (text == ")")
        out.append(text)
    bound = "".join(out)
    if query_form(bound) != query_form(query):
        raise QueryError("a value changed the form of the query")
    check_syntax(bound)
    return bound


def _written(term: Term, name: str) -> str:
    r"""Return a term as SPARQL that every engine reads in the same way.

    SPARQL 1.1, 19.2, lets an engine expand `\uXXXX` before parsing, and rdflib does so even after an escaped backslash.
    The letter after a backslash in the value is therefore written as an escape as well.
    """
    if not isinstance(term, ox.NamedNode | ox.Literal):
        raise UsageError(f"{name}: a value is an IRI or a literal, not {term}")  # a blank node would match anything
    return re.sub(r"\\\\([uU])|\\.", lambda m: f"\\\\\\U{ord(m[1]):08X}" if m[1] else m[0], str(term), flags=re.DOTALL)


def _digits(term: Term, name: str) -> str:
    if (
        isinstance(term, ox.Literal)
        and re.fullmatch(r"[0-9]+", term.value)
        and term.datatype.value == terms.XSD + "integer"
    ):
        return term.value
    raise UsageError(f"{name}: a limit is a whole number, not {term}")


def query_form(query: str) -> str:
    """Return SELECT, ASK, CONSTRUCT or DESCRIBE. Raises QueryError for an update, and if there is none of them."""
    for match in tokens(query):
        word = match["word"].upper() if match["word"] else ""
        if word in _FORMS:
            return word
        if word in _UPDATES or word == "WITH":
            raise QueryError("updates are refused: the graph is read-only here")
    raise QueryError("not a query: it must begin with SELECT, ASK, CONSTRUCT or DESCRIBE")


def check_syntax(query: str, prefixes: Mapping[str, str] | None = None) -> None:
    """Parse a query without running it; `prefixes` are declared for it. Raises QueryError with line and column."""
    try:
        ox.Store().query(query, prefixes=dict(prefixes or {}))
    except SyntaxError as error:
        raise QueryError(syntax_message(error)) from error
    except (ValueError, OSError) as error:
        raise QueryError(f"the query cannot be evaluated: {error}") from error


def looks_like_query(text: str) -> bool:
    """Return whether a text is a query rather than the name of a file: it has braces, or begins as a query does.

    >>> looks_like_query("DESCRIBE <urn:a>"), looks_like_query("describe.rq"), looks_like_query("ask me/base.rq")
    (True, False, False)
    """
    if "{" in text:
        return True
    found = [match for match in tokens(text) if not (match["comment"] or match[0].isspace())]
    words = [match[0].upper() if match["word"] else "" for match in found[:2]]
    if not words or words[0] not in {*_FORMS, "PREFIX", "BASE"}:
        return False
    return len(found) > 1 and bool(found[1]["iri"] or found[1]["variable"] or found[1][0] in "*:" or ":" in words[1])
