"""What many tests share: the dataset as built from the tables, and the store over it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

from kg.dataset.build import Built, build
from kg.errors import TableError
from kg.stores.embedded import EmbeddedStore, open_embedded

ROOT = Path(__file__).resolve().parent.parent
settings.register_profile("untimed", deadline=None)  # a busy machine is no error
settings.load_profile("untimed")
DOCUMENT = "science-technology-budget-2020"


@pytest.fixture(scope="session")
def built() -> Built:
    """The dataset as the tables give it; tests that need it are skipped while the tables have faults, one test says which."""
    try:
        return build()
    except TableError:
        pytest.skip("the tables have faults: see test_facts.py")


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory, built: Built) -> EmbeddedStore:
    """A store over the dataset as built now, not as committed."""
    path = tmp_path_factory.mktemp("store") / "built.trig"
    path.write_text(built.trig, encoding="utf-8")
    return open_embedded(path)


@pytest.fixture
def no_credentials(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing of the user's own reaches a store: neither credentials nor an endpoint."""
    for name in ("KG_TOKEN", "KG_USER", "KG_PASSWORD", "KG_ENDPOINT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NETRC", str(tmp_path / "none"))
