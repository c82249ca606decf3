"""Each import contract of pyproject.toml breaks on a planted violation, and the tree as it is keeps them all."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = "refseg_annotator"

ROOMS = "Rooms import downwards only, and every room has its place"
QT = "Qt only in ui and app"
TORCH = "torch only in nn, training and the torch predictor"
CORE = "core is the standard library and numpy"

PLANTED: tuple[tuple[str, str, str], ...] = (
    (ROOMS, "errors", "import refseg_annotator.settings"),
    (ROOMS, "settings", "import refseg_annotator.core"),
    (ROOMS, "core", "import refseg_annotator.media"),
    (ROOMS, "core", "import refseg_annotator.text"),
    (ROOMS, "text", "import refseg_annotator.media"),
    (ROOMS, "media", "import refseg_annotator.storage"),
    (ROOMS, "text", "import refseg_annotator.nn"),
    (ROOMS, "formats", "import refseg_annotator.storage"),
    (ROOMS, "storage", "import refseg_annotator.formats"),
    (ROOMS, "nn", "import refseg_annotator.inference.predictor"),
    (ROOMS, "formats", "import refseg_annotator.inference.predictor"),
    (ROOMS, "inference", "import refseg_annotator.services"),
    (ROOMS, "services", "import refseg_annotator.ui"),
    (ROOMS, "services", "import refseg_annotator.training"),
    (ROOMS, "training", "import refseg_annotator.ui"),
    (ROOMS, "ui", "import refseg_annotator.training"),
    (ROOMS, "ui", "import refseg_annotator.app"),
    (ROOMS, "app", "import refseg_annotator.cli"),
    (ROOMS, "cli", "import refseg_annotator.__main__"),
    *((QT, room, "import PySide6.QtCore") for room in ("services", "inference", "nn", "formats", "core", "training")),
    *((QT, room, "import qtawesome") for room in ("storage", "text", "media", "settings", "errors")),
    *((TORCH, room, "import torch") for room in ("ui", "services", "formats", "storage", "text", "media", "core")),
    *((TORCH, f"inference.{part}", "import timm") for part in ("predictor", "bundles")),
    (TORCH, "services", "import refseg_annotator.nn"),
    *((CORE, "core", f"import {library}") for library in ("cv2", "PIL", "pycocotools", "scipy", "rich")),
    (CORE, "settings", "import typer"),
    (CORE, "errors", "import msgspec"),
)
"""(contract, room that breaks it, the line that does)."""


@pytest.fixture
def copy_of_package(tmp_path: Path) -> Path:
    """A folder with the package's source and its contracts, free to be spoiled."""
    shutil.copytree(
        ROOT / PACKAGE, tmp_path / PACKAGE, ignore=shutil.ignore_patterns("__pycache__", "_carried", "*.so", "*.pyd")
    )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def lint(folder: Path) -> tuple[int, str]:
    """Run the contracts on the package in `folder`; return the exit status and the report as plain text."""
    environment = {**os.environ, "PYTHONPATH": str(folder), "NO_COLOR": "1", "COLUMNS": "200"}
    run = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()", "--no-cache"],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    return run.returncode, re.sub(r"\x1b\[[0-9;]*m", "", run.stdout + run.stderr)


def verdicts(report: str) -> dict[str, str]:
    """What the report says of each contract: KEPT or BROKEN."""
    joined = re.sub(r"\s+", " ", report)
    found = {}
    for contract in (ROOMS, QT, TORCH, CORE):
        match = re.search(re.escape(contract) + r" (KEPT|BROKEN)", joined)
        if match:
            found[contract] = match[1]
    return found


def file_of(folder: Path, module: str) -> Path:
    """The source file of a module or package below the copied package, made where it does not exist."""
    place = folder / PACKAGE / Path(*module.split("."))
    if place.is_dir():
        return place / "__init__.py"
    file = place.with_suffix(".py")
    if not file.exists():
        file.write_text('"""Planted."""\n', encoding="utf-8")
    return file


def test_every_contract_of_the_project_file_is_tested_here() -> None:
    with (ROOT / "pyproject.toml").open("rb") as stream:
        contracts = tomllib.load(stream)["tool"]["importlinter"]["contracts"]
    assert {contract["name"] for contract in contracts} == {planted[0] for planted in PLANTED}


def test_every_part_of_inference_but_torchs_own_is_watched() -> None:
    with (ROOT / "pyproject.toml").open("rb") as stream:
        contracts = tomllib.load(stream)["tool"]["importlinter"]["contracts"]
    watched = next(contract["source_modules"] for contract in contracts if contract["name"] == TORCH)
    parts = {path.stem for path in (ROOT / PACKAGE / "inference").glob("*.py")} - {"__init__"}
    unwatched = {part for part in parts if f"{PACKAGE}.inference.{part}" not in watched}
    assert unwatched == {part for part in parts if part.startswith("torch_")}


def test_the_tree_as_it_is_keeps_every_contract(copy_of_package: Path) -> None:
    status, report = lint(copy_of_package)
    assert status == 0, report
    assert verdicts(report) == dict.fromkeys((ROOMS, QT, TORCH, CORE), "KEPT")


@pytest.mark.parametrize("contract", [ROOMS, QT, TORCH, CORE])
def test_planted_imports_break_the_contract(copy_of_package: Path, contract: str) -> None:
    plants = [(module, line) for name, module, line in PLANTED if name == contract]
    for module, line in plants:
        file = file_of(copy_of_package, module)
        file.write_text(file.read_text(encoding="utf-8") + f"\n{line}  # planted\n", encoding="utf-8")
    status, report = lint(copy_of_package)
    assert status != 0
    assert verdicts(report)[contract] == "BROKEN", report
    for module, line in plants:
        target = line.removeprefix("import ").split(".")[:2]
        imported = ".".join(target) if target[0] == PACKAGE else target[0]
        complaint = rf"{PACKAGE}\.{re.escape(module)}[\w.]* -> {re.escape(imported)}\b"
        assert re.search(complaint, report), f"nobody complained of {line!r} in {module}:\n{report}"


@pytest.mark.parametrize("newcomer", ["utils", "helpers"])
def test_a_room_without_a_place_breaks_the_build(copy_of_package: Path, newcomer: str) -> None:
    folder = copy_of_package / PACKAGE / newcomer
    folder.mkdir()
    (folder / "__init__.py").write_text('"""A drawer for odds and ends."""\n', encoding="utf-8")
    status, report = lint(copy_of_package)
    assert status != 0
    assert newcomer in report
