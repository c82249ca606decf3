"""`models list` and `models info`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from refseg_annotator.cli import app
from refseg_annotator.settings import user_models_folder


@pytest.fixture
def own_model() -> Path:
    """A bundle among the user's own: enough of one to be listed."""
    folder = user_models_folder() / "mine"
    folder.mkdir(parents=True)
    config = {
        "name": "mine",
        "version": "1.2",
        "licence": "CC0",
        "summary": "Knows [bold] dogs.",
        "threshold": 0.5,
        "presence_threshold": 0.4,
        "max_words": 20,
        "parameters": 1000,
        "scores": {"mIoU": 0.5},
    }
    (folder / "config.json").write_text(json.dumps(config))
    (folder / "vocabulary.txt").write_text("<pad>\n<unk>\ndog\n")
    (folder / "weights.safetensors").write_bytes(b"weights")
    (folder / "card.md").write_text("# Mine\n\nTrained on dogs.\n")
    return folder


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["models", *arguments])
    return result.exit_code, result.stdout, result.stderr


def test_list_names_every_model(own_model: Path) -> None:
    status, out, _ = run("list")
    assert status == 0
    assert "mine" in out
    assert "CC0" in out
    assert "[bold]" in out  # brackets are no markup


def test_list_as_a_record(own_model: Path) -> None:
    status, out, _ = run("list", "--json")
    assert status == 0
    mine = next(model for model in json.loads(out)["models"] if model["name"] == "mine")
    assert mine["version"] == "1.2"
    assert mine["path"] == str(own_model)
    assert mine["bytes"] == sum(file.stat().st_size for file in own_model.iterdir())


def test_a_broken_model_is_told_and_the_others_are_listed(own_model: Path) -> None:
    other = user_models_folder() / "half"
    other.mkdir()
    (other / "config.json").write_text("{")
    status, out, err = run("list", "--json")
    assert status == 0
    assert "half" in err
    assert "mine" in {model["name"] for model in json.loads(out)["models"]}


def test_info_shows_the_card(own_model: Path) -> None:
    status, out, _ = run("info", "mine")
    assert status == 0
    assert "Trained on dogs." in out
    status, out, _ = run("info", "mine", "--json")
    assert json.loads(out)["scores"] == {"mIoU": 0.5}


def test_an_unknown_model_is_answered_with_the_known_ones(own_model: Path) -> None:
    status, out, err = run("info", "yours")
    assert (status, out) == (1, "")
    assert "mine" in err
    assert len(err.splitlines()) == 1
