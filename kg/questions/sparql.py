"""Answer any SPARQL query after checking that it is safe."""

import pyoxigraph as ox

from kg.questions.answer import Answer, Column
from kg.stores.binding import refuse_unsafe
from kg.stores.embedded import Solutions, Store


def answer_sparql(text: str, store: Store, *, allow_service: bool = False) -> Answer | bool | list[ox.Triple]:
    """Return the result of an untrusted query: an Answer for SELECT, or else a truth value or triples.

    Raises QueryError if the query is rejected or does not parse.
    """
    refuse_unsafe(text, allow_service=allow_service)
    found = store.query(text)
    if not isinstance(found, Solutions):
        return found
    columns = tuple(Column(name, {"en": name, "ja": name}) for name in found.columns)
    rows = tuple(found.rows)
    sentence = {"en": f"{len(rows)} row{'' if len(rows) == 1 else 's'}", "ja": f"{len(rows)}件"}
    return Answer("sparql", {}, columns, rows, sentence)
