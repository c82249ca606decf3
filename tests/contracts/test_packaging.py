"""The desktop's files fit each other and the program."""

from __future__ import annotations

import configparser
import os
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from refseg_annotator.cli.entry import VERBS

LINUX = Path(__file__).resolve().parents[2] / "packaging" / "linux"
MIME = "{http://www.freedesktop.org/standards/shared-mime-info}"


def desktop_entry() -> configparser.SectionProxy:
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str  # type: ignore[assignment]  # keys are told apart by case there
    parser.read(LINUX / "refseg-annotator.desktop", encoding="utf-8")
    return parser["Desktop Entry"]


def test_the_entry_starts_the_program_with_the_files_chosen() -> None:
    entry = desktop_entry()
    program, verb, files = entry["Exec"].split()
    assert (program, files) == ("refseg-annotator", "%F")
    assert verb in VERBS
    assert entry["Type"] == "Application"
    assert entry["Categories"].endswith(";")


def test_entry_and_file_type_agree() -> None:
    (kind,) = ET.parse(LINUX / "refseg-annotator.xml").getroot().findall(f"{MIME}mime-type")
    assert desktop_entry()["MimeType"] == kind.attrib["type"] + ";"
    glob = kind.find(f"{MIME}glob")
    assert glob is not None
    assert glob.attrib["pattern"] == "*.refseg"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the desktop entry is Linux's")
def test_the_entry_installs_for_one_user_and_goes_again(tmp_path: Path) -> None:
    script = LINUX / "install-desktop-entry.sh"
    environment = {"XDG_DATA_HOME": str(tmp_path), "HOME": str(tmp_path), "PATH": "/usr/bin:/bin"}
    subprocess.run(["sh", str(script)], env=environment, check=True, capture_output=True)
    assert (tmp_path / "applications" / "refseg-annotator.desktop").is_file()
    assert (tmp_path / "icons" / "hicolor" / "scalable" / "apps" / "refseg-annotator.svg").is_file()
    if shutil.which("update-mime-database", path=environment["PATH"]):
        assert "*.refseg" in (tmp_path / "mime" / "globs2").read_text()
    subprocess.run(["sh", str(script), "--remove"], env=environment, check=True, capture_output=True)
    assert not [path for path in tmp_path.rglob("refseg-annotator.*") if path.is_file()]


def test_the_frozen_program_is_described_for_each_system() -> None:
    spec = LINUX.parent / "refseg-annotator.spec"
    compile(spec.read_text(encoding="utf-8"), str(spec), "exec")
    assert (LINUX.parent / "launch.py").is_file()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps no such mode")
def test_what_is_built_is_tried_by_the_gate() -> None:
    gate = (LINUX.parents[1] / ".ci" / "run").read_text(encoding="utf-8")
    for script in ("build-frozen.sh", "smoke-frozen.sh", "smoke-wheel.sh"):
        assert f"packaging/{script}" in gate
        assert os.access(LINUX.parent / script, os.X_OK)
        subprocess.run(["bash", "-n", str(LINUX.parent / script)], check=True)
