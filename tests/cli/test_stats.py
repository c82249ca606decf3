"""`stats`: what is counted is tested with the service; here, the verb's three forms."""

from __future__ import annotations

import csv
import io
import json
import os
from pathlib import Path

import pytest
from typer.testing import CliRunner

from refseg_annotator.cli import app
from refseg_annotator.storage.project_store import ProjectStore
from refseg_annotator.storage.snapshot import everything_of
from tests.storage.records import filled_project


@pytest.fixture
def project(tmp_path: Path) -> Path:
    path = tmp_path / "filled.refseg"
    with ProjectStore.create(path) as store:
        store.write(everything_of(filled_project(tmp_path)))
    return path


def run(*arguments: object) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["stats", *map(str, arguments)])
    return result.exit_code, result.stdout, result.stderr


def test_three_forms_of_one_count(project: Path) -> None:
    status, out, _ = run(project, "--json")
    record = json.loads(out)
    assert (status, list(record), record["counts"]["expressions"]) == (0, ["counts", "means", "charts", "authors"], 4)
    status, out, _ = run(project, "--csv")
    rows = {(row["table"], row["label"]): row["value"] for row in csv.DictReader(io.StringIO(out))}
    assert (status, rows["counts", "expressions"]) == (0, "4")
    status, out, _ = run(project)
    assert status == 0
    assert out.startswith("3 media, 2 pictures, 1 clip, 3 referents, 4 expressions")


def test_wrong_use(project: Path, tmp_path: Path) -> None:
    assert run(project, "--json", "--csv")[::2] == (2, "Choose one of --json and --csv.\n")
    status, _, err = run(tmp_path / "none.refseg")
    assert status == 1
    assert len(err.splitlines()) == 1


def test_a_project_that_may_only_be_read_is_counted_exported_and_planned(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As on a disk of others; the tests may run as root, to whom every file is open.
    monkeypatch.setattr(os, "access", lambda _path, mode, **_: not mode & os.W_OK)
    before = project.read_bytes()
    status, out, err = run(project, "--json")
    assert status == 0, err
    assert json.loads(out)["counts"]["expressions"] == 4
    for words in (
        ["export", project, tmp_path / "out", "--media", "none"],
        ["split", project, "--dry-run", "--no-look"],
    ):
        result = CliRunner().invoke(app, [*map(str, words)])
        assert result.exit_code == 0, result.stderr
    changing = CliRunner().invoke(app, ["split", str(project), "--no-look"])
    assert (changing.exit_code, "read-only" in changing.stderr) == (1, True)
    assert project.read_bytes() == before
