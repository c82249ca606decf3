"""`evaluate`: the record it prints, and its progress kept off stdout."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from refseg_annotator.cli import app, loading
from refseg_annotator.inference.predictor import FakePredictor

SCORES = ["samples", "oIoU", "mIoU", "P@0.5", "P@0.6", "P@0.7", "P@0.8", "P@0.9", "N_acc", "T_acc", "by_kind"]


@pytest.fixture
def data(refer_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The made data set, and the fake model whichever is asked for."""
    monkeypatch.setattr(loading, "load_named_predictor", lambda name, device, **steps: FakePredictor())
    return refer_folder


def run(data: Path, *more: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["evaluate", "--data", str(data), *more])
    return result.exit_code, result.stdout, result.stderr


def test_the_record_is_as_documented(data: Path) -> None:
    status, out, err = run(data, "--split", "val", "--json")
    assert status == 0, err
    record = json.loads(out)
    assert set(SCORES) | {"ms_per_phrase"} <= set(record)
    assert record["samples"] == 3
    assert record["oIoU"] == record["mIoU"] == record["P@0.9"] == record["N_acc"] == record["T_acc"] == 1.0
    assert record["by_kind"]["colour"]["samples"] == 2
    assert record["ms_per_phrase"] >= 0


def test_a_table_for_people(data: Path) -> None:
    status, out, _ = run(data, "--split", "val")
    assert status == 0
    assert "mIoU" in out
    assert "colour" in out


def test_limit(data: Path) -> None:
    status, out, _ = run(data, "--split", "val", "--limit", "2", "--json")
    assert status == 0
    assert json.loads(out)["samples"] == 2


def test_an_unknown_split_is_one_sentence(data: Path) -> None:
    status, out, err = run(data, "--split", "testC", "--json")
    assert (status, out) == (1, "")
    assert "testC" in err
    assert len(err.splitlines()) == 1


@pytest.mark.parametrize("file", ["instances_val.json", "refs_val.json"])
def test_broken_data_are_one_sentence(data: Path, file: str) -> None:
    (data / file).write_text('{"images": [')
    status, out, err = run(data, "--split", "val", "--json")
    assert (status, out) == (1, "")
    assert file in err
    assert len(err.splitlines()) == 1


def test_a_missing_photo_is_one_sentence(data: Path) -> None:
    (data / "images" / "made_squares.png").unlink()
    status, _, err = run(data, "--split", "val", "--json")
    assert status == 1
    assert "made_squares.png" in err.splitlines()[-1]
    assert "Traceback" not in err


def test_wrong_use_is_status_2(data: Path) -> None:
    assert run(data)[0] == 2
    assert run(data, "--split", "val", "--limit", "0")[0] == 2


def test_a_report_is_written_beside_the_record(data: Path, tmp_path: Path) -> None:
    status, out, err = run(data, "--split", "val", "--json", "--report", str(tmp_path / "report"))
    assert status == 0, err
    assert json.loads(out)["samples"] == 3
    assert {"report.json", "report.md", "worst.html"} <= {path.name for path in (tmp_path / "report").iterdir()}
    assert "report.md" not in out


def test_a_report_that_cannot_be_written_is_told_before_the_work(data: Path, tmp_path: Path) -> None:
    (tmp_path / "report").write_text("in the way")
    status, out, err = run(data, "--split", "val", "--report", str(tmp_path / "report"))
    assert (status, out) == (2, "")
    assert len(err.splitlines()) == 1


def test_an_unknown_format_is_answered_with_the_known_ones(data: Path) -> None:
    status, out, err = run(data, "--split", "val", "--format", "refcoc")
    assert (status, out) == (2, "")
    assert "refcocog" in err


def test_clicks_are_scored_and_colours_beside_them(data: Path) -> None:
    status, out, err = run(data, "--split", "val", "--task", "clicks", "--json")
    assert status == 0, err
    record = json.loads(out)
    assert record["mIoU after 1 click"] == record["mIoU after a box"] == 1.0
    status, out, _ = run(data, "--split", "val", "--task", "clicks", "--colours")
    assert status == 0
    assert "colours (grabcut)" in out


@pytest.mark.parametrize(
    "wrong",
    [["--colours"], ["--task", "propagate"], ["--task", "clicks", "--report", "r"], ["--task", "phrase", "--colours"]],
)
def test_what_does_not_go_with_clicks_is_status_2(data: Path, wrong: list[str]) -> None:
    status, out, err = run(data, "--split", "val", *wrong)
    assert (status, out) == (2, "")
    assert len(err.splitlines()) == 1


def test_clicks_are_for_photos(data: Path) -> None:
    status, _, err = run(data, "--split", "val", "--format", "davis", "--task", "clicks")
    assert status == 2
    assert "holds clips" in err
