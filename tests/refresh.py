"""Write the generated files anew that are kept for tests and documentation, and say which changed; read them then.

python -m tests.refresh                    all but `killed`, which judges every keying error and takes long
python -m tests.refresh answers pictures   only some
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from kg import paths
from kg.errors import KgError, did_you_mean

Made = dict[Path, str]
ROOT = paths.PACKAGE.parent
FAMILIES = {
    "graph": "tests.assembly.test_build",  # kg/innovation-strategy.ttl, as `kg build` writes it
    "answers": "tests.questions.test_questions",  # tests/questions/answers, of each stored question
    "pictures": "tests.pictures.test_drawn",  # tests/pictures/drawn
    "citation": "tests.package.test_version",  # CITATION.cff, as a release has it
    "readme": "tests.package.test_readme",  # the examples and the table of commands in README.md
    "stock": "tests.keying.stock",  # tests/keying/stock.csv, how many rows each page has
    "conformance": "tests.reasoning.conformance.owl2",  # tests/reasoning/conformance/report.txt
    "killed": "tests.mutation.report",  # tests/mutation/killed.tsv, the error that violates each shape
}
SELDOM = {"killed"}


def refresh(family: str) -> list[str]:
    """Write the files of a family that are not fresh, delete those that are left over; return what was done.

    Raises KgError when the tables or another input has a fault.
    """
    made: Callable[[], Made] = import_module(FAMILIES[family]).made
    files = made()
    done = []
    for path, text in sorted(files.items()):
        before = path.read_text(encoding="utf-8") if path.is_file() else None
        if before != text:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
            done.append(f"{'new' if before is None else 'changed'}: {path.relative_to(ROOT)}")
    if len(files) > 1:  # a folder that holds nothing else
        for folder in {path.parent for path in files}:
            for path in sorted(set(folder.iterdir()) - set(files)):
                path.unlink()
                done.append(f"deleted: {path.relative_to(ROOT)}")
    return done


def main() -> int:
    """Refresh what is asked for and list what changed; exit code 1 when an input has a fault."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.refresh", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("family", nargs="*", help=", ".join(FAMILIES))
    if "KG_FACTS" in os.environ:
        parser.error("the generated files are those of the package's own tables: unset KG_FACTS")
    chosen = parser.parse_args().family or [family for family in FAMILIES if family not in SELDOM]
    if strange := [family for family in chosen if family not in FAMILIES]:
        parser.error(f"{strange[0]}: no such family; {did_you_mean(strange[0], FAMILIES) or parser.format_usage()}")
    done = []
    for family in chosen:
        try:
            done += refresh(family)
        except KgError as error:
            sys.stderr.write(f"{error}\n")
            return 1
    sys.stdout.write("".join(f"{line}\n" for line in done) or "everything is fresh\n")
    if done:
        sys.stdout.write("read the diff before you commit: git diff\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
