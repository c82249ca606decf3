"""The plot of a run: what of a log counts, and `train --plot`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PIL import Image
from typer.testing import CliRunner

from refseg_annotator.cli import app
from refseg_annotator.errors import TrainingError
from refseg_annotator.training import report_plots
from refseg_annotator.training.report_run import has_log, plot_run, read_log


def training(step: int, total: float = 1.0) -> dict[str, object]:
    return {
        "step": step,
        "seconds_per_step": 1.2,
        "total": total,
        "mask": 0.5,
        "presence": 0.3,
        "quality": 0.2,
        "iou": 0.4,
    }


def validation(step: int, value: float) -> dict[str, object]:
    scores = {"samples": 3, "mIoU": value, "oIoU": value, "P@0.5": value, "N_acc": None, "T_acc": 1.0, "by_kind": {}}
    return {"step": step, "validation": scores}


def write_log(folder: Path, *records: dict[str, object] | str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    lines = [record if isinstance(record, str) else json.dumps(record) for record in records]
    (folder / "log.jsonl").write_text("".join(line + "\n" for line in lines))
    return folder


def test_a_resumed_run_counts_once(tmp_path: Path) -> None:
    folder = write_log(
        tmp_path,
        training(50, 3.0), training(100, 2.0), validation(100, 0.1), training(150, 9.0), validation(150, 0.9),
        '{"step": 200, "total"',  # killed in the middle of a line
        training(150, 1.5), validation(150, 0.2),  # and resumed from step 100
        training(200, 1.0),
    )  # fmt: skip
    log = read_log(folder / "log.jsonl")
    assert {step: row["total"] for step, row in log.training.items()} == {50: 3.0, 100: 2.0, 150: 1.5, 200: 1.0}
    assert {step: row["mIoU"] for step, row in log.validation.items()} == {100: 0.1, 150: 0.2}
    assert log.unreadable == 1
    assert "N_acc" not in log.validation[100]


def test_a_run_begun_anew_forgets_the_old_one(tmp_path: Path) -> None:
    folder = write_log(tmp_path, training(50), training(100), validation(100, 0.9), training(50, 7.0))
    log = read_log(folder / "log.jsonl")
    assert list(log.training) == [50]
    assert log.training[50]["total"] == 7.0
    assert not log.validation


def test_a_loss_that_was_no_number_leaves_a_gap(tmp_path: Path) -> None:
    folder = write_log(tmp_path, training(50), training(100, float("nan")), training(150))
    assert "total" not in read_log(folder / "log.jsonl").training[100]
    plot_run(folder)


@pytest.mark.parametrize(
    "records", [[training(50), validation(50, 0.3), training(100)], [training(50)], [validation(500, 0.3)]]
)
def test_the_plot_is_a_picture(tmp_path: Path, records: list[dict[str, object]]) -> None:
    folder = write_log(tmp_path, *records)
    assert has_log(folder)
    with Image.open(plot_run(folder)) as image:
        assert image.format == "PNG"
        image.load()
        assert len(image.convert("RGB").getcolors(1 << 20) or []) > 10
    assert sorted(path.name for path in folder.iterdir()) == ["log.jsonl", "run.png"]


def test_nothing_to_plot_is_one_sentence(tmp_path: Path) -> None:
    assert not has_log(tmp_path)
    with pytest.raises(TrainingError, match=r"no log\.jsonl"):
        plot_run(tmp_path)
    write_log(tmp_path, "", "not json", "[1]", '{"step": "5"}')
    assert not has_log(tmp_path)
    with pytest.raises(TrainingError, match="logged nothing"):
        plot_run(tmp_path)


def run(*arguments: object) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["train", *map(str, arguments)])
    return result.exit_code, result.stdout, result.stderr


def test_the_verb_draws_without_training(tmp_path: Path) -> None:
    folder = write_log(tmp_path / "run", training(50))
    status, out, err = run("--out", folder, "--plot")
    assert status == 0, err
    assert str(folder / "run.png") in out
    status, out, err = run("--out", tmp_path / "nowhere", "--plot")
    assert (status, out) == (1, "")
    assert "nowhere" in err
    assert len(err.splitlines()) == 1
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize(("given", "missing"), [((), "--config"), (("--config", "x.toml"), "--data")])
def test_only_the_plot_goes_without_a_recipe(tmp_path: Path, given: tuple[str, ...], missing: str) -> None:
    status, out, err = run("--out", tmp_path / "run", *given)
    assert (status, out) == (2, "")
    assert missing in err
    assert len(err.splitlines()) == 1


def test_without_matplotlib_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write_log(tmp_path, training(50))
    monkeypatch.setattr(report_plots, "find_spec", lambda name: None)
    status, out, err = run("--out", folder, "--plot")
    assert (status, out) == (1, "")
    assert "[train]" in err
    assert len(err.splitlines()) == 1
