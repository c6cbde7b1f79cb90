"""Where the package's files lie, in a checkout and in a wheel alike."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
ROOT = PACKAGE / "_data" if (PACKAGE / "_data").is_dir() else PACKAGE.parent
FACTS = PACKAGE / "facts"
COMMON = "common"  # the folder of facts that no document of ours states
GRAPH_TTL = PACKAGE / "innovation-strategy.ttl"
DATASET = PACKAGE / "innovation-strategy.nq"
HEADERS = PACKAGE / "questions.json"  # the headers of the stored questions, as read from QUERIES
ONTOLOGY = ROOT / "ontology"
QUERIES = ROOT / "queries"
SHAPES = ROOT / "shapes"


def ontology_files() -> list[Path]:
    """Return the ontology's Turtle files, sorted, schemes included."""
    return sorted([*ONTOLOGY.glob("*.ttl"), *(ONTOLOGY / "schemes").glob("*.ttl")])
