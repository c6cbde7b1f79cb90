"""Small tables of one made-up document, and what the reader makes of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg import terms
from kg.errors import TableError
from kg.tables import load
from kg.tables.load import Facts
from kg.tables.schema import Schema, read_schema

_schema: list[Schema] = []
LABEL = terms.SKOS + "prefLabel"
PAGE = "id,pageNumber,firstLine,lastLine\npage-1,1,1,50\npage-2,2,51,99\n"
ITEM = (
    "id,type,skos:prefLabel@ja,skos:prefLabel@en,page,lines,hasEvidence\nq-leap,Programme,光・量子,Q-LEAP,1,7,stated\n"
)


def load_facts(facts: Path) -> Facts:
    """Load tables by the ontology, which is read once."""
    if not _schema:
        _schema.append(read_schema())
    return load.load_facts(facts, _schema[0])


def write(folder: Path, **tables: str | bytes) -> Path:
    document = folder / "facts" / "doc"
    document.mkdir(parents=True, exist_ok=True)
    for name, text in {"Page": PAGE, "FundedItem": ITEM, **tables}.items():
        (document / f"{name}.csv").write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder / "facts"


def values(facts: Facts, subject: str, prop: str) -> list[str]:
    return sorted(
        str(getattr(q.object, "value", q.object))
        for q in facts.quads
        if str(q.subject) == f"<{terms.ID}{subject}>" and q.predicate.value == prop
    )


def faults(folder: Path, **tables: str | bytes) -> list[str]:
    with pytest.raises(TableError) as caught:
        load_facts(write(folder, **tables))
    return [str(fault) for fault in caught.value.faults]
