"""`doctor` looks at everything, says one sentence on each thing, and its status tells whether something is to mend."""

from __future__ import annotations

import json
from importlib import metadata
from pathlib import Path

import pytest
from typer.testing import CliRunner

from refseg_annotator.cli import app, doctor
from refseg_annotator.cli.doctor import Finding, State
from refseg_annotator.cli.system_libraries import LIBRARIES


def test_every_finding_is_one_sentence() -> None:
    for finding in doctor.look_around():
        assert finding.subject
        assert len(finding.sentence.splitlines()) == 1
        assert len(finding.sentence) > 10


def test_a_missing_package_is_named_with_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    version = metadata.version

    def without_av(name: str) -> str:
        if name == "av":
            raise metadata.PackageNotFoundError(name)
        return version(name)

    monkeypatch.setattr(metadata, "version", without_av)
    findings = list(doctor._packages())
    assert findings[-1].state is State.BAD
    assert "pip install av" in findings[-1].sentence


def test_opencv_with_a_qt_of_its_own_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metadata, "version", lambda name: "4.10.0")
    assert doctor._opencv().state is State.BAD


def test_missing_system_libraries_are_named_with_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "missing_libraries", lambda needs: [LIBRARIES[0]])
    finding = doctor._window()
    assert finding.state is State.BAD
    assert "libEGL.so.1" in finding.sentence


def test_a_folder_that_cannot_be_written_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(doctor.tempfile, "TemporaryFile", refuse)
    assert {finding.state for finding in doctor._folders()} == {State.BAD}


@pytest.mark.parametrize(("state", "status"), [(State.GOOD, 0), (State.NOTE, 0), (State.BAD, 1)])
def test_the_status_tells_whether_something_is_to_mend(
    monkeypatch: pytest.MonkeyPatch, state: State, status: int
) -> None:
    monkeypatch.setattr(doctor, "look_around", lambda: iter([Finding("thing", state, "It stands like [this].")]))
    result = CliRunner().invoke(app, ["doctor"])
    assert result.exit_code == status
    assert "It stands like [this]." in result.stdout
    result = CliRunner().invoke(app, ["doctor", "--json"])
    assert result.exit_code == status
    assert json.loads(result.stdout) == {
        "findings": [{"subject": "thing", "state": state.value, "sentence": "It stands like [this]."}]
    }
