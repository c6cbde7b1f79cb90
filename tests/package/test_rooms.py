"""The order of the rooms is checked: made-up houses with the real contracts, one sound, the others each with one fault."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from kg import paths
from tests.conftest import ROOT

PROJECT = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
SETTINGS = tomllib.loads(PROJECT)["tool"]["importlinter"]
ROOMS = [
    room.strip()
    for c in SETTINGS["contracts"]
    if c["id"] == "rooms"
    for layer in c["layers"]
    for room in layer.split("|")
]
UPSTAIRS, DOWNSTAIRS = ROOMS[0], ROOMS[3]


def build_house(folder: Path) -> Path:
    """Write the project's contracts and a package with all its rooms, each of them two empty modules."""
    contracts = PROJECT[PROJECT.index("[tool.importlinter]") :]
    (folder / "pyproject.toml").write_text(contracts, encoding="utf-8")
    for room in ROOMS:
        (folder / "kg" / room).mkdir(parents=True)
        for module in ("__init__", "one", "two"):
            (folder / "kg" / room / f"{module}.py").touch()
    (folder / "kg" / "__init__.py").touch()
    return folder


def lint(folder: Path) -> tuple[int, str]:
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder), "COLUMNS": "200", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
    )
    return done.returncode, " ".join((done.stdout + done.stderr).split())


def test_the_rooms_named_are_those_of_the_package() -> None:
    there = {p.name for p in paths.PACKAGE.iterdir() if (p / "__init__.py").is_file()}
    there |= {p.stem for p in paths.PACKAGE.glob("*.py")} - {"__init__", "__main__"}
    assert set(ROOMS) == there, "name every room in [tool.importlinter] of pyproject.toml"


def test_a_house_in_order_keeps_the_contracts(tmp_path: Path) -> None:
    house = build_house(tmp_path)
    (house / "kg" / UPSTAIRS / "one.py").write_text(f"import kg.{DOWNSTAIRS}.one\n", encoding="utf-8")
    code, said = lint(house)
    assert code == 0, said
    assert "0 broken" in said


@pytest.mark.slow("takes over a second")
@pytest.mark.parametrize(
    ("module", "imported", "said"),
    [
        (f"{DOWNSTAIRS}/one", f"{UPSTAIRS}.one", f"kg.{DOWNSTAIRS} is not allowed to import kg.{UPSTAIRS}"),
        ("paths/one", "terms.one", "kg.paths is not allowed to import kg.terms"),
        (f"{DOWNSTAIRS}/two", f"{DOWNSTAIRS}.one", "No circle of imports, in the house or in a room BROKEN"),
        ("cellar/one", f"{DOWNSTAIRS}.one", "cellar"),
    ],
    ids=["upwards", "to the side", "in a circle", "from a room that has no place"],
)
def test_a_house_with_a_fault_breaks_a_contract(module: str, imported: str, said: str, tmp_path: Path) -> None:
    house = build_house(tmp_path)
    (house / "kg" / DOWNSTAIRS / "one.py").write_text(f"import kg.{DOWNSTAIRS}.two\n", encoding="utf-8")
    place = house / "kg" / f"{module}.py"
    place.parent.mkdir(exist_ok=True)
    (place.parent / "__init__.py").touch()
    place.write_text(f"import kg.{imported}\n", encoding="utf-8")
    code, told = lint(house)
    assert code == 1, told
    assert said in told
