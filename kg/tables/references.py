"""The entities that ids stand for; why a cell does not refer to one or to a code, and what it may have meant."""

from collections.abc import Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from kg import terms
from kg.errors import did_you_mean
from kg.tables.cells import CellError
from kg.tables.rows import FactRow
from kg.tables.schema import Iri, Schema


@dataclass(frozen=True)
class Thing:
    """The entity behind an id: its IRI, its class and the row that declares it, with the cells that do so."""

    iri: ox.NamedNode
    cls: str
    row: FactRow


def misfit(slug: str, target: Iri | None, found: Iri | None, ids: Mapping[str, Iri], schema: Schema) -> CellError:
    """Return the error for an id that names nothing of the class that a column needs.

    `target` is this class (None: any), `found` the class of the entity that has the id, `ids` maps all ids to classes.
    """

    def fits(cls: Iri) -> bool:
        return target is None or schema.descends(cls, target)

    known = [known for known, cls in ids.items() if fits(cls)]
    known += [code for cls, codes in schema.codes.items() if fits(cls) for code in codes]
    kind, hint = terms.local_name(target) if target else "entity", did_you_mean(slug, known)
    if found and target:
        return CellError(f"is a {terms.local_name(found)}, not a {kind}", hint or f"name a {kind}")
    return CellError(f"no {kind} has this id", hint or f"known: {', '.join(sorted(known)[:5])}")
