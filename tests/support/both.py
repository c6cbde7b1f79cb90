"""The tests with two documents: the real one and a small made-up one, `tests/support/second_document/`.

python -m pytest -p tests.support.both          every test, with both documents present
KG_FACTS=$(python -m tests.support.both) kg …   any command

As a plugin it is loaded before anything of the package, which then reads the merged tables, in this process and in all
that the tests start.
"""

from __future__ import annotations

import csv
import io
import os
import shutil
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SECOND = Path(__file__).resolve().parent / "second_document"


def merge(target: Path) -> Path:
    """Write the tables of both documents into a folder `facts` below `target`, and return it."""
    facts = shutil.copytree(ROOT / "kg" / "facts", target / "facts")
    for path in sorted(SECOND.glob("*/*")):
        place = facts / path.parent.name / path.name
        place.parent.mkdir(exist_ok=True)
        if path.suffix != ".csv":
            shutil.copy(path, place)
            continue
        texts = [each.read_text(encoding="utf-8") for each in (place, path) if each.is_file()]
        place.write_text(_joined(texts), encoding="utf-8")
    return facts


def _joined(tables: list[str]) -> str:
    """Return one table with the rows of all, under the columns of all."""
    readers = [csv.DictReader(io.StringIO(text)) for text in tables]
    rows = [row for reader in readers for row in reader]
    out = io.StringIO()
    columns = list(dict.fromkeys(name for reader in readers for name in reader.fieldnames or ()))
    writer = csv.DictWriter(out, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def pytest_load_initial_conftests() -> None:
    """Read both documents from now on; workers and subprocesses inherit the variable."""
    os.environ.setdefault("KG_FACTS", str(merge(Path(tempfile.mkdtemp(prefix="kg-both-")))))


if __name__ == "__main__":
    sys.stdout.write(f"{merge(Path(tempfile.mkdtemp(prefix='kg-both-')))}\n")
