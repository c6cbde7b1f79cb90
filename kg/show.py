"""All that is known of one thing, each statement with its evidence, page and lines."""

from __future__ import annotations

from kg.binding import bind
from kg.store import Solutions, Store, Term

_STATEMENTS = """
PREFIX is: <https://w3id.org/innovation-strategy/ontology#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
SELECT ?direction ?property ?value ?evidence ?source ?graph
WHERE {
  {
    GRAPH ?graph { $thing ?property ?value }
    OPTIONAL { $thing is:isReadFrom ?passage ; is:hasEvidence ?given }
    BIND("says" AS ?direction)
  } UNION {
    GRAPH ?graph { ?value ?property $thing }
    OPTIONAL { ?value is:isReadFrom ?passage ; is:hasEvidence ?given }
    BIND("is named in" AS ?direction)
  }
  BIND(?graph = <https://w3id.org/innovation-strategy/graph/inferred> AS ?inferred)
  BIND(IF(?inferred, "inferred", REPLACE(STR(?given), "^.*/", "")) AS ?evidence)
  BIND(IF(?inferred, ?unbound, ?passage) AS ?source)
  FILTER(?property != is:isReadFrom || ?direction = "says")
}
"""


def statements(thing: Term, store: Store) -> Solutions:
    """Return every statement of `thing` (`says`) and about it (`is named in`), in a fixed order.

    Columns: direction, property, value, evidence (stated, placed, background, inferred), source (a passage) and graph.
    Raises QueryError when the store refuses the query.
    """
    found = store.select(bind(_STATEMENTS, {"thing": thing}))
    rows = sorted(set(found.rows), key=lambda row: (str(row[0]) != '"says"', *(str(cell) for cell in row[1:])))
    return Solutions(found.columns, rows)
