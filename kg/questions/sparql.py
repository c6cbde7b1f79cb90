"""Answer any SPARQL query, after checking it and away from this process."""

from pathlib import Path

import pyoxigraph as ox

from kg.questions.answer import Answer, Column
from kg.stores.adhoc import ask_adhoc
from kg.stores.embedded import Solutions, Store
from kg.worker import Limits


def answer_sparql(
    text: str, source: Store | Path, *, allow_service: bool, timeout: float, data_format: str | None = None
) -> Answer | bool | list[ox.Triple]:
    """Return the result of an untrusted query: an Answer for SELECT, or else a truth value or triples.

    `timeout` is in seconds. Raises as kg.stores.adhoc.ask_adhoc does.
    """
    found = ask_adhoc(
        text, source, allow_service=allow_service, limits=Limits(timeout, hint=" (see --timeout)"), form=data_format
    )
    if not isinstance(found, Solutions):
        return found
    columns = tuple(Column(name, {"en": name, "ja": name}) for name in found.columns)
    rows = tuple(found.rows)
    sentence = {"en": f"{len(rows)} row{'' if len(rows) == 1 else 's'}", "ja": f"{len(rows)}件"}
    return Answer("sparql", {}, columns, rows, sentence)
