"""What an installation brings along, and the versions that are known to work together."""

from __future__ import annotations

import re
import tomllib

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.conftest import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
PINNED = re.compile(r"^(?P<name>[\w.-]+)==(?P<version>[^\s;]+)(?: ;[^\\\n]*)? \\\n(?P<hashes>(?: +--hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", re.M)  # fmt: skip


def test_a_plain_installation_validates_with_the_quick_engine() -> None:
    plain = [Requirement(text) for text in PROJECT["dependencies"]]
    quick = next(found for found in plain if found.name == "pyshifty")
    assert quick.marker is not None
    for system, machine in [("linux", "x86_64"), ("linux", "aarch64"), ("darwin", "arm64"), ("win32", "AMD64")]:
        assert quick.marker.evaluate({"sys_platform": system, "platform_machine": machine})
    assert not quick.marker.evaluate({"sys_platform": "darwin", "platform_machine": "x86_64"}), "there is no wheel"
    assert "pyshacl" in {found.name for found in plain}, "the judge, and the engine where the quick one has no wheel"


def test_every_dependency_is_pinned_within_its_bounds_and_with_its_hashes() -> None:
    """Stale if this fails: CONTRIBUTING.md says how .ci/requirements.txt is made."""
    text = (ROOT / ".ci" / "requirements.txt").read_text(encoding="utf-8")
    pinned: dict[str, list[str]] = {}
    for found in PINNED.finditer(text):
        pinned.setdefault(canonicalize_name(found["name"]), []).append(found["version"])
    assert sum(map(len, pinned.values())) == len(re.findall(r"^\S+==", text, re.M)), "a version without hashes"
    extras = PROJECT["optional-dependencies"].values()
    for wanted in map(Requirement, [*PROJECT["dependencies"], *(text for extra in extras for text in extra)]):
        versions = pinned.get(canonicalize_name(wanted.name), [])
        assert any(wanted.specifier.contains(version) for version in versions), (str(wanted), versions)
