"""Where a query names the graphs that it asks: its FROM clauses, written by people or put in for a store."""

from collections.abc import Sequence

from kg.rdf.tokens import tokens


def names_graphs(query: str) -> bool:
    """Return whether a query says itself, with FROM, which graphs it asks.

    >>> names_graphs("SELECT * FROM <http://a/g> { ?s ?p ?o }"), names_graphs("SELECT ?from { ?from ?p 'FROM' }")
    (True, False)
    """
    depth = 0
    for match in tokens(query):
        if match["word"] and match[0].upper() == "FROM" and depth == 0:
            return True
        if match["other"]:
            depth += (match[0] in "{(") - (match[0] in "})")
    return False


def with_graphs(query: str, graphs: Sequence[str]) -> str:
    r"""Return a query that asks the union of some named graphs, and sees only these by name.

    >>> with_graphs("ASK { ?s ?p ?o }", ["http://a/g"])
    'ASK\nFROM <http://a/g>\nFROM NAMED <http://a/g>\n{ ?s ?p ?o }'
    """
    place = _before_where(query)
    clauses = [f"{clause} <{graph}>" for clause in ("FROM", "FROM NAMED") for graph in graphs]
    return "\n".join(
        [query[:place].rstrip(), *clauses, query[place:]]
    )  # on lines of their own: a comment may come before


def _before_where(query: str) -> int:
    """Return the place of WHERE, of its brace, or of what follows what a DESCRIBE without WHERE describes."""
    depth, where, form = 0, None, ""
    template = False
    for match in tokens(query):
        word = match["word"].upper() if match["word"] else ""
        if depth == 0 and word in {"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"}:
            form, template = word, word == "CONSTRUCT"
        elif depth == 0 and word == "WHERE":
            where, template = match.start(), False
        elif depth == 0 and form == "DESCRIBE" and word in {"ORDER", "GROUP", "HAVING", "LIMIT", "OFFSET", "VALUES"}:
            return match.start()
        elif match["other"]:
            if match[0] == "{" and depth == 0 and form:
                if not template:
                    return match.start() if where is None else where
                template = False
            depth += (match[0] in "{(") - (match[0] in "})")
    return len(query)
