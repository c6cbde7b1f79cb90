"""What many tests share: the dataset as built from the tables, and the store over it.

Before anything is collected, the files that people edit are read. Where one of them has a fault, one test says so,
`tests/assembly/test_inputs.py`, and no other runs: all of them stand on these files.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from kg import paths
from kg.assembly.build import Built, build
from kg.stores.embedded import EmbeddedStore, open_embedded
from tests.support import both, inputs

ROOT = Path(__file__).resolve().parent.parent
settings.register_profile("untimed", deadline=None)  # a busy machine is no error
settings.load_profile("untimed")
DOCUMENT = "science-technology-budget-2020"
DOCUMENTS = sorted(p.name for p in paths.FACTS.iterdir() if p.is_dir() and p.name != paths.COMMON)
BOTH = len(DOCUMENTS) > 1  # with the made-up document of the tests beside the real one: tests/support/both.py

FAULTS = pytest.StashKey[list[str]]()
INPUTS = "tests/assembly/test_inputs.py"
_SOUND = "inputs/sound"  # in pytest's cache: the digest of the files that were last found without a fault


def pytest_configure(config: pytest.Config) -> None:
    """Read the inputs, once for all workers; with a fault, leave nothing to run but the test that tells it."""
    handed: dict[str, Any] | None = getattr(config, "workerinput", None)
    config.stash[FAULTS] = handed["faults"] if handed else _faults(config)
    if config.stash[FAULTS]:
        config.args[:] = [str(ROOT / INPUTS)]
        config.option.markexpr = config.option.keyword = ""


def _faults(config: pytest.Config) -> list[str]:
    digest = inputs.digest()
    if (cache := getattr(config, "cache", None)) and cache.get(_SOUND, "") == digest:
        return []
    found = inputs.faults()
    if cache and not found:
        cache.set(_SOUND, digest)
    return found


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Hand the faults to a worker of pytest-xdist."""
    node.workerinput["faults"] = node.config.stash[FAULTS]


def pytest_report_header(config: pytest.Config) -> list[str]:
    """Say why nothing else runs."""
    return [f"the inputs have faults: only {INPUTS} runs"] if config.stash[FAULTS] else []


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Refuse the mark `slow` without a reason."""
    for item in items:
        for mark in item.iter_markers("slow"):
            if len(mark.args) != 1:
                raise pytest.UsageError(f"{item.nodeid}: say why it is slow, @pytest.mark.slow('…')")


@pytest.fixture(scope="session")
def built() -> Built:
    """The dataset as the tables give it."""
    return build()


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory, built: Built) -> EmbeddedStore:
    """A store over the dataset as built now, not as kept."""
    return stored(built, tmp_path_factory)


@pytest.fixture(scope="session")
def first_store(tmp_path_factory: pytest.TempPathFactory, store: EmbeddedStore) -> EmbeddedStore:
    """A store over the real document alone."""
    return stored(build(paths.OWN_FACTS), tmp_path_factory) if BOTH else store


@pytest.fixture(scope="session")
def both_store(tmp_path_factory: pytest.TempPathFactory, store: EmbeddedStore) -> EmbeddedStore:
    """A store over the real document and the made-up one."""
    return store if BOTH else stored(build(both.merge(tmp_path_factory.mktemp("both"))), tmp_path_factory)


def stored(built: Built, tmp_path_factory: pytest.TempPathFactory) -> EmbeddedStore:
    """Return a store over a dataset."""
    path = tmp_path_factory.mktemp("store") / "built.nq"
    path.write_text(built.nquads, encoding="utf-8")
    return open_embedded(path)


def cited(page: int, lines: str, language: str = "en") -> str:
    """Return how lines of the real document are cited, alone or beside another document."""
    if language == "ja":
        return f"{'令和2年度科学技術予算' if BOTH else ''}{page}頁{lines}行"
    return f"S&T budget FY2020, p{page} l{lines}" if BOTH else f"page {page}, line{'s' * ('–' in lines)} {lines}"


@pytest.fixture
def no_credentials(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing of the user's own reaches a store: neither credentials nor an endpoint."""
    for name in ("KG_TOKEN", "KG_USER", "KG_PASSWORD", "KG_ENDPOINT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NETRC", str(tmp_path / "none"))
