"""The build hook of the wheel: it makes the files that a checkout makes at first use, and puts them in."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class BuiltFiles(BuildHookInterface[Any]):
    """Puts the dataset and the checked headers of the stored questions into the wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the files and add them to the wheel; an editable install makes them at first use."""
        if version == "editable":
            return
        sys.path.insert(0, self.root)
        from kg import paths
        from kg.assembly import shipped
        from kg.questions.catalogue import cache_headers

        folder = Path(tempfile.mkdtemp())
        for path, make in ((paths.DATASET, shipped.refresh), (paths.HEADERS, cache_headers)):
            made = folder / path.name
            make(made)
            build_data["force_include"][str(made)] = f"kg/_data/built/{made.name}"
