"""`models fetch`, `pack`, `remove` and `report` as a script meets them."""

from __future__ import annotations

import json
from pathlib import Path

from typer.testing import CliRunner

from refseg_annotator.cli import app
from refseg_annotator.settings import user_models_folder
from tests.services.small_bundles import write_zip


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, [*arguments])
    return result.exit_code, result.stdout, result.stderr


def test_nothing_is_installed_before_the_licence_is_accepted(tmp_path: Path) -> None:
    package = str(write_zip(tmp_path / "m.zip"))
    status, _, told = run("models", "fetch", package)
    assert status == 2
    assert "Licence: CC-BY-4.0" in told
    assert "--accept-licence" in told
    assert list(user_models_folder().iterdir()) == []
    status, out, _ = run("models", "fetch", package, "--accept-licence", "--json")
    assert status == 0
    record = json.loads(out)
    assert (record["name"], record["own"], record["accepted"]["licence"]) == ("tiny", True, "CC-BY-4.0")
    assert run("models", "remove", "tiny")[0] == 0
    assert run("models", "remove", "tiny")[0] == 1


def test_a_broken_package_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "m.zip").write_bytes(b"none")
    status, out, told = run("models", "fetch", str(tmp_path / "m.zip"), "--accept-licence")
    assert (status, out) == (1, "")
    assert "no zip of a model" in told.splitlines()[-1]


def test_a_folder_without_a_model_is_named(tmp_path: Path) -> None:
    status, out, told = run("models", "fetch", str(tmp_path), "--accept-licence")
    assert (status, out) == (1, "")
    assert told.splitlines()[-1].startswith(f"The folder {str(tmp_path)!r} holds no model")


def test_the_report_is_written_once(tmp_path: Path) -> None:
    place = str(tmp_path / "r.zip")
    status, out, _ = run("report", place, "--quick")
    assert status == 0
    assert "Nothing was sent" in out
    assert run("report", place, "--quick")[0] == 2


def test_a_package_needs_a_folder_that_is_there(tmp_path: Path) -> None:
    status, _, told = run("models", "pack", "cmsa-lite", str(tmp_path / "none" / "m.zip"))
    assert status == 1
    assert told.splitlines() == [f"The folder {str(tmp_path / 'none')!r} does not exist; make it first."]
