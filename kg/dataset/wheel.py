"""The build hook of the wheel: build the dataset and include it."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class DatasetHook(BuildHookInterface[Any]):
    """Build the dataset that a wheel contains and a checkout builds at first use."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the dataset and add it to the wheel; an editable install builds at first use."""
        if version == "editable":
            return
        sys.path.insert(0, self.root)
        from kg import paths
        from kg.dataset import shipped

        folder = Path(tempfile.mkdtemp())
        made = folder / paths.DATASET.name
        shipped.refresh(made)
        build_data["force_include"][str(made)] = f"kg/_data/built/{made.name}"
