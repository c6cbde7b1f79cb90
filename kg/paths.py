"""Where the package's files lie, in a checkout and in a wheel alike."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
ROOT = PACKAGE / "_data" if (PACKAGE / "_data").is_dir() else PACKAGE.parent
FACTS = PACKAGE / "facts"
COMMON = "common"  # the folder of facts that no document of ours states
GRAPH_TTL = PACKAGE / "innovation-strategy.ttl"
BUILT = ROOT / "built"  # made from the sources when it is missing or stale; never edited, never committed
DATASET = BUILT / "innovation-strategy.nq"
HEADERS = BUILT / "questions.json"
ONTOLOGY = ROOT / "ontology"
QUERIES = ROOT / "queries"
PHRASES = QUERIES / "phrases"
HEADER_SCHEMA = QUERIES / "header.schema.json"
SHAPES = ROOT / "shapes"


def ontology_files() -> list[Path]:
    """Return the ontology's Turtle files, sorted, schemes included."""
    return sorted([*ONTOLOGY.glob("*.ttl"), *(ONTOLOGY / "schemes").glob("*.ttl")])
