"""`validate`: what is checked is tested with the service; here, the statuses and the record."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from refseg_annotator.cli import app


def run(*arguments: object) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["validate", *map(str, arguments)])
    return result.exit_code, result.stdout, result.stderr


def change_refs(folder: Path, text: str, into: str) -> None:
    path = folder / "refs_val.json"
    path.write_text(path.read_text().replace(text, into))


def test_a_good_data_set_is_status_0(refer_folder: Path) -> None:
    status, out, err = run(refer_folder)
    assert status == 0, out + err
    assert "Checked 1 medium" in out


def test_a_project_is_checked_too(refer_folder: Path, tmp_path: Path) -> None:
    project = tmp_path / "squares.refseg"
    assert CliRunner().invoke(app, ["import", str(refer_folder), str(project)]).exit_code == 0
    status, out, err = run(project, "--json")
    assert status == 0, out + err
    assert json.loads(out)["valid"] is True


def test_what_is_wrong_is_status_2_and_listed(refer_folder: Path) -> None:
    change_refs(refer_folder, "the blue square", "the square on the left")
    status, out, _ = run(refer_folder, "--json")
    assert status == 2
    record = json.loads(out)
    assert record["valid"] is False
    assert [problem["kind"] for problem in record["problems"] if not problem["hint"]] == ["side-contradicted"]
    status, out, _ = run(refer_folder)
    assert status == 2
    assert "side-contradicted" in out


def test_photos_may_stay_closed(refer_folder: Path) -> None:
    (refer_folder / "images" / "made_squares.png").unlink()
    assert run(refer_folder)[0] == 2
    assert run(refer_folder, "--no-media")[0] == 0


@pytest.mark.parametrize("name", ["nowhere", "nowhere.refseg"])
def test_what_is_not_there_is_a_failure(tmp_path: Path, name: str) -> None:
    status, out, err = run(tmp_path / name)
    assert (status, out) == (1, "")
    assert name in err
    assert len(err.splitlines()) == 1


def test_an_unknown_model_is_told_before_the_work(refer_folder: Path) -> None:
    status, out, err = run(refer_folder, "--model", "no-such-model")
    assert (status, out) == (1, "")
    assert "no-such-model" in err
