"""The places of the package's files, in a checkout and in a wheel; and writing files atomically."""

import os
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from kg.errors import InputError

PACKAGE = Path(__file__).resolve().parent
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


def write_beside(path: Path, data: str | bytes) -> None:
    """Write a file under a temporary name in the same folder, then rename it.

    Raises InputError if the folder does not exist or is not writable.
    """
    import tempfile  # imported here because it takes as long as the rest of start-up

    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "wb") as file:
            file.write(data.encode() if isinstance(data, str) else data)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except OSError as error:
        raise InputError(f"{path}: cannot be written: {error.strerror}") from error


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files into a folder, each under a temporary name and then renamed; other files there are kept.

    Raises InputError if the folder cannot be created or written to.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"{folder}: cannot be made: {error.strerror}") from error
    for name, content in sorted(files.items()):
        write_beside(folder / name, content)
