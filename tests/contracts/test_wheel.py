"""The wheel carries what the program needs to work at once, and works from where nothing of the checkout is seen."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest
from hatchling.builders.sdist import SdistBuilder
from hatchling.builders.wheel import WheelBuilder

ROOT = Path(__file__).resolve().parents[2]
CARRIED = "refseg_annotator/_carried"


def files_of(name: str) -> set[str]:
    """The files of a folder of the checkout, relative to the root."""
    return {path.relative_to(ROOT).as_posix() for path in (ROOT / name).rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    (built,) = WheelBuilder(str(ROOT)).build(directory=str(folder), versions=["standard"])
    return Path(built)


@pytest.fixture(scope="module")
def unpacked(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def test_the_wheel_carries_every_model_and_resource(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    expected = {f"{CARRIED}/{name}" for folder in ("models", "resources") for name in files_of(folder)}
    assert any(name.endswith("/config.json") for name in expected), "the checkout holds no model"
    assert expected <= names


def test_the_wheel_carries_code_types_and_licence_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert "refseg_annotator/py.typed" in names
    assert any(name.endswith("dist-info/licenses/LICENSE") for name in names)
    assert {name.split("/")[0] for name in names if "dist-info" not in name} == {"refseg_annotator"}
    assert not [name for name in names if "__pycache__" in name]


def test_the_installed_program_finds_what_it_carries(unpacked: Path, tmp_path: Path) -> None:
    program = """
import json
from refseg_annotator import settings
from refseg_annotator.inference.bundles import list_bundles
print(json.dumps({
    "package": settings.__file__,
    "models": [bundle.name for bundle in list_bundles()],
    "resources": sorted(path.name for path in settings.resources_folder().iterdir()),
}))
"""
    environment = {**os.environ, "PYTHONPATH": str(unpacked)}
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    found = json.loads(run.stdout)
    assert found["package"].startswith(str(unpacked))
    assert set(found["models"]) == {path.parent.name for path in (ROOT / "models").glob("*/config.json")}
    assert found["resources"] == sorted(path.name for path in (ROOT / "resources").iterdir())


def test_the_program_has_its_command(unpacked: Path) -> None:
    (entry_points,) = unpacked.glob("*.dist-info/entry_points.txt")
    assert "refseg-annotator = refseg_annotator.cli:main" in entry_points.read_text()


def test_the_source_archive_builds_the_same_wheel_contents(tmp_path: Path, wheel: Path) -> None:
    (built,) = SdistBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"])
    with tarfile.open(built) as archive:
        archive.extractall(tmp_path / "source", filter="data")
    (source,) = (tmp_path / "source").iterdir()
    (again,) = WheelBuilder(str(source)).build(directory=str(tmp_path / "again"), versions=["standard"])
    assert set(zipfile.ZipFile(again).namelist()) == set(zipfile.ZipFile(wheel).namelist())
