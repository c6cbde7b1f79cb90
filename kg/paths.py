"""The places of the package's files, in a checkout and in a wheel."""

import os
from functools import lru_cache
from pathlib import Path
from typing import Any

from kg.errors import InputError

PACKAGE = Path(__file__).resolve().parent
if not PACKAGE.is_dir():
    raise InputError(f"{PACKAGE.parent}: kg does not run from an archive; unpack it, or install it with pip")
ROOT = PACKAGE / "_data" if (PACKAGE / "_data").is_dir() else PACKAGE.parent
OWN_FACTS = PACKAGE / "facts"
FACTS = Path(os.environ.get("KG_FACTS") or OWN_FACTS)  # KG_FACTS: a folder of other tables, read in their place
COMMON = "common"  # facts that come from none of the documents in the dataset
GRAPH_TTL = PACKAGE / "innovation-strategy.ttl"
BUILT = ROOT / "built"  # built from the sources if missing or out of date; never edited, never committed
DATASET = BUILT / "innovation-strategy.nq"
HEADERS = BUILT / "questions.json"
ONTOLOGY = ROOT / "ontology"
RULES = ONTOLOGY / "rules"
QUERIES = ROOT / "queries"
PHRASES = QUERIES / "phrases"
HEADER_SCHEMA = QUERIES / "header.schema.json"
SHAPES = ROOT / "shapes"


def ontology_files() -> list[Path]:
    """Return the ontology's Turtle files, sorted, schemes included."""
    return sorted([*ONTOLOGY.glob("*.ttl"), *(ONTOLOGY / "schemes").glob("*.ttl")])


def rule_files() -> list[Path]:
    """Return the SPARQL rules of the ontology, sorted; what finds the premises of a conclusion is not among them."""
    return sorted(path for path in RULES.glob("*.rq") if not path.stem.endswith(".because"))


@lru_cache
def read_texts(room: str) -> dict[str, Any]:
    """Return the texts of a room of the package in both languages: its `texts.toml`."""
    import tomllib

    return tomllib.loads((PACKAGE / room / "texts.toml").read_text(encoding="utf-8"))


def read_query(room: str, name: str) -> str:
    """Return a query that the code of a room asks; what people ask is in queries/."""
    return (PACKAGE / room / f"{name}.rq").read_text(encoding="utf-8")
