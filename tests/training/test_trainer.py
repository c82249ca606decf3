"""Training: a run killed at any moment and resumed ends with the very weights of one that never stopped."""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from safetensors.torch import load_file

from refseg_annotator.errors import FormatError, ModelError, TrainingError
from refseg_annotator.formats.refer import read_refer
from refseg_annotator.inference.torch_predictor import load_predictor
from refseg_annotator.nn.checkpoint import load_bundle
from refseg_annotator.training import trainer
from refseg_annotator.training.recipe import Recipe, ValidationConfig
from refseg_annotator.training.run_checkpoint import (
    BEST,
    CHECKPOINT,
    read_checkpoint,
    take_best,
    write_best,
    write_checkpoint,
)
from refseg_annotator.training.run_log import LOG
from refseg_annotator.training.trainer import Run, start_run, train
from refseg_annotator.training.vocabulary import words_of_recipe
from tests.training.made_photos import LEFT_RED

RecipeOf = Callable[..., Recipe]
State = dict[str, Any]


class Killed(BaseException):
    """Stands for the end of the process: nothing in the trainer may catch it."""


def killed_at(step: int) -> Callable[[int, int, str], None]:
    def progress(done: int, total: int, note: str) -> None:
        if done == step:
            raise Killed

    return progress


def state_of(out: Path) -> State:
    state: State = torch.load(out / CHECKPOINT, weights_only=True)
    return state


def equal(one: object, other: object) -> bool:
    """Equal to the bit, through records and lists."""
    if isinstance(one, torch.Tensor) and isinstance(other, torch.Tensor):
        return one.dtype == other.dtype and torch.equal(one, other)
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(equal(one[key], other[key]) for key in one)
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(equal(a, b) for a, b in zip(one, other, strict=True))
    return one == other


def run_of(recipe: Recipe, data: Path, out: Path) -> Run:
    out.mkdir(exist_ok=True)
    return start_run(recipe, words_of_recipe(recipe, [read_refer(data, "train")], data, out))


# --- killed and resumed -----------------------------------------------------------------------------------------------


def test_a_killed_run_resumed_ends_with_the_same_weights_to_the_bit(
    recipe_of: RecipeOf, data: Path, tmp_path: Path
) -> None:
    recipe = recipe_of(steps=8, checkpoint_every=3)
    whole = train(recipe, data, tmp_path / "whole")
    # Killed before any checkpoint; as the first is about to be written; past the second, and past the step (4) at
    # which the encoder thaws.
    for step in (2, 3, 7):
        with pytest.raises(Killed):
            train(recipe, data, tmp_path / "cut", progress=killed_at(step))
    cut = train(recipe, data, tmp_path / "cut")
    one, other = state_of(tmp_path / "whole"), state_of(tmp_path / "cut")
    assert one["step"] == other["step"] == 8
    for part in ("recipe", "best", "network", "average", "optimizer"):
        assert equal(one[part], other[part]), part
    assert (whole / "weights.safetensors").read_bytes() == (cut / "weights.safetensors").read_bytes()
    assert (whole / "vocabulary.txt").read_bytes() == (cut / "vocabulary.txt").read_bytes()


def test_a_kill_while_the_checkpoint_is_written_leaves_the_one_before(
    recipe_of: RecipeOf, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recipe, out = recipe_of(steps=4, checkpoint_every=2), tmp_path / "out"
    whole = train(recipe, data, tmp_path / "whole")
    save = torch.save

    def cut_short(state: State, path: Path) -> None:
        save(state, path)
        if state["step"] == 4:
            content = path.read_bytes()
            path.write_bytes(content[: len(content) // 2])
            raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(torch, "save", cut_short)
        with pytest.raises(Killed):
            train(recipe, data, out)
    assert state_of(out)["step"] == 2
    assert (train(recipe, data, out) / "weights.safetensors").read_bytes() == (
        whole / "weights.safetensors"
    ).read_bytes()
    assert not (out / (CHECKPOINT + ".part")).exists()


def test_a_finished_run_started_again_trains_no_more(recipe_of: RecipeOf, data: Path, tmp_path: Path) -> None:
    recipe, steps = recipe_of(steps=2), []
    train(recipe, data, tmp_path / "out", progress=lambda *told: steps.append(told[0]))
    weights = (tmp_path / "out" / "bundle" / "weights.safetensors").read_bytes()
    train(recipe, data, tmp_path / "out", progress=lambda *told: steps.append(told[0]))
    assert steps == [1, 2]
    assert (tmp_path / "out" / "bundle" / "weights.safetensors").read_bytes() == weights


def test_fresh_begins_anew(recipe_of: RecipeOf, data: Path, tmp_path: Path) -> None:
    out, steps = tmp_path / "out", []
    train(recipe_of(steps=2), data, out)
    train(recipe_of(steps=3, seed=2), data, out, fresh=True, progress=lambda *told: steps.append(told[0]))
    assert steps == [1, 2, 3]


def test_the_seed_decides(recipe_of: RecipeOf, data: Path, tmp_path: Path) -> None:
    states = []
    for name, seed in (("one", 1), ("again", 1), ("other", 2)):
        train(recipe_of(steps=1, seed=seed), data, tmp_path / name)
        states.append(state_of(tmp_path / name)["network"])
    assert equal(states[0], states[1])
    assert not equal(states[0], states[2])


# --- what a run leaves ------------------------------------------------------------------------------------------------


def test_a_run_with_validation_leaves_a_calibrated_bundle_its_log_and_its_card(
    recipe_of: RecipeOf, data: Path, tmp_path: Path
) -> None:
    recipe = recipe_of(steps=4, validation=ValidationConfig(every=2, limit=0), licence="CC-BY-4.0")
    folder = train(recipe, data, tmp_path / "out")
    assert folder == tmp_path / "out" / "bundle"
    bundle = load_bundle(folder)
    config = bundle.config
    assert (config.name, config.licence, config.summary) == ("made", "CC-BY-4.0", "A test's.")
    assert config.scores["samples"] == 10
    assert config.training["recipe"]["steps"] == 4
    assert set(config.calibration) == {
        "presence_temperature", "presence_bias", "presence_ece", "quality_temperature", "quality_bias",
    }  # fmt: skip
    assert 0.2 <= config.threshold <= 0.6
    assert "# made 0.1.0" in (folder / "card.md").read_text()
    lines = [json.loads(line) for line in (tmp_path / "out" / LOG).read_text().splitlines()]
    assert [line["step"] for line in lines if "validation" in line] == [2, 4]
    assert state_of(tmp_path / "out")["best"] >= 0
    predictor = load_predictor(folder, "cpu")
    prediction = predictor.predict(predictor.encode(LEFT_RED.pixels()), predictor.tokenize("red dog"))
    assert prediction.probability.shape == (64, 96)


def test_training_learns(recipe_of: RecipeOf, data: Path, tmp_path: Path) -> None:
    recipe = recipe_of(
        steps=24, freeze_encoder_steps=0, frozen_parts=(), learning_rate=5e-3, encoder_learning_rate=2e-3, ema=0.5
    )
    said: list[float] = []
    train(recipe, data, tmp_path / "out", progress=lambda done, total, note: said.append(float(note.split()[1])))
    assert np.mean(said[-6:]) < 0.85 * np.mean(said[:4])


def test_a_recipes_canvases_stand_for_the_configurations(recipe_of: RecipeOf, data: Path, tmp_path: Path) -> None:
    canvases = ((96, 64), (64, 96))
    train(recipe_of(steps=1, canvases=canvases), data, tmp_path)
    assert load_bundle(tmp_path / "bundle").config.model.canvases == canvases
    with pytest.raises(ModelError, match=r"\(96, 16\)"):
        train(recipe_of(steps=1, canvases=((96, 16),)), data, tmp_path / "other")


def test_frozen_parts_stay_as_they_start(recipe_of: RecipeOf, data: Path, tmp_path: Path) -> None:
    recipe = recipe_of(steps=6, freeze_encoder_steps=3, checkpoint_every=1)
    start = {
        name: value.clone() for name, value in run_of(recipe, data, tmp_path / "start").network.state_dict().items()
    }
    with pytest.raises(Killed):
        train(recipe, data, tmp_path / "out", progress=killed_at(4))
    frozen = state_of(tmp_path / "out")["network"]  # of step 3
    assert all(torch.equal(start[name], frozen[name]) for name in start if name.startswith("image_encoder."))
    assert not torch.equal(start["decoder.leave.weight"], frozen["decoder.leave.weight"])
    train(recipe, data, tmp_path / "out")
    ended = state_of(tmp_path / "out")["network"]
    assert torch.equal(start["image_encoder.body.conv_stem.weight"], ended["image_encoder.body.conv_stem.weight"])
    thawed = "image_encoder.body.blocks.6.0.conv_pw.weight"
    assert not torch.equal(start[thawed], ended[thawed])


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="several processes are trained on servers")
def test_two_processes_train_one_network(data: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "2"]
    done = subprocess.run(
        [*command, "-m", "tests.training.tiny", str(data), str(tmp_path / "out")],
        cwd=Path(__file__).parents[2],
        env=os.environ | {"OMP_NUM_THREADS": "1", "CUDA_VISIBLE_DEVICES": ""},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert state_of(tmp_path / "out")["step"] == 3
    written = load_file(tmp_path / "out" / "bundle" / "weights.safetensors")
    assert written.keys() == state_of(tmp_path / "out")["average"].keys()


# --- average, groups ----------------------------------------------------------------------------------------


def test_every_parameter_is_in_one_group_with_its_rate(recipe_of: RecipeOf, data: Path, tmp_path: Path) -> None:
    recipe = recipe_of(learning_rate=1e-3, encoder_learning_rate=1e-4, weight_decay=0.02)
    run = run_of(recipe, data, tmp_path / "out")
    rates: dict[int, tuple[float, float]] = {}
    for group in run.optimizer.param_groups:
        for parameter in group["params"]:
            assert id(parameter) not in rates
            rates[id(parameter)] = (group["peak"], group["weight_decay"])
    for name, parameter in run.network.named_parameters():
        peak, decay = rates.pop(id(parameter))
        assert peak == (1e-4 if name.startswith("image_encoder.") else 1e-3), name
        if not name.startswith(("image_encoder.", "text_encoder.correction")):
            assert decay == (0.02 if parameter.ndim >= 2 else 0.0), name
    assert not rates


def test_the_run_starts_with_the_words_vectors(recipe_of: RecipeOf, data: Path, tmp_path: Path) -> None:
    recipe = recipe_of()
    run = run_of(recipe, data, tmp_path / "out")
    words = words_of_recipe(recipe, [read_refer(data, "train")], data, tmp_path / "out")
    for network in (run.network, run.average):
        assert np.array_equal(network.text_encoder.vectors.numpy(), words.vectors)
    assert not run.average.training


# --- refusals ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def saved(recipe_of: RecipeOf, data: Path, tmp_path: Path) -> Run:
    run = run_of(recipe_of(), data, tmp_path / "out")
    run.step, run.best = 7, 0.25
    write_checkpoint(run, tmp_path / "out", best=run.best)
    return run


def test_a_checkpoint_brings_back_the_run(saved: Run, data: Path, tmp_path: Path) -> None:
    run = run_of(saved.recipe, data, tmp_path / "out")
    with torch.no_grad():
        run.network.decoder.leave.weight.zero_()
    assert read_checkpoint(run, tmp_path / "out", "best") == (0.25,)
    assert run.step == 7
    assert equal(run.network.state_dict(), saved.network.state_dict())


@pytest.mark.parametrize("share", [0.0, 0.3, 0.99])
def test_a_damaged_checkpoint_is_one_sentence(saved: Run, tmp_path: Path, share: float) -> None:
    path = tmp_path / "out" / CHECKPOINT
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(
        TrainingError, match=r"checkpoint .*checkpoint.pt' is damaged; delete it to start anew"
    ) as caught:
        read_checkpoint(saved, tmp_path / "out", "best")
    assert "\n" not in str(caught.value)
    assert caught.value.__cause__ is not None


@pytest.mark.parametrize("state", [{"step": 1}, [1, 2], {"recipe": "x", "step": "many", "best": 0.0}])
def test_a_checkpoint_of_another_program_is_one_sentence(saved: Run, tmp_path: Path, state: object) -> None:
    torch.save(state, tmp_path / "out" / CHECKPOINT)
    with pytest.raises(TrainingError, match="is damaged; delete it"):
        read_checkpoint(saved, tmp_path / "out", "best")


def test_a_checkpoint_is_never_unpickled_freely(saved: Run, tmp_path: Path) -> None:
    torch.save({"recipe": Path("x"), "step": 1, "best": 0.0}, tmp_path / "out" / CHECKPOINT)
    with pytest.raises(TrainingError, match="is damaged"):
        read_checkpoint(saved, tmp_path / "out", "best")


def test_another_recipes_checkpoint_is_refused(saved: Run, tmp_path: Path) -> None:
    run = replace(saved, recipe=replace(saved.recipe, learning_rate=0.5))
    with pytest.raises(TrainingError, match="is of another recipe; give another --out, or delete it"):
        read_checkpoint(run, tmp_path / "out", "best")


def test_another_datas_checkpoint_is_refused(saved: Run, tmp_path: Path) -> None:
    state = state_of(tmp_path / "out")
    state["network"]["text_encoder.vectors"] = torch.zeros(3, 8)
    torch.save(state, tmp_path / "out" / CHECKPOINT)
    with pytest.raises(TrainingError, match="is of other data or another version; give another --out"):
        read_checkpoint(saved, tmp_path / "out", "best")


def test_a_full_disk_keeps_the_checkpoint_before(saved: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(state: State, path: Path) -> None:
        path.write_bytes(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(torch, "save", fails)
    with pytest.raises(TrainingError, match=r"cannot be written \(.*No space left.*\); free space"):
        write_checkpoint(saved, tmp_path / "out", best=0.0)
    assert state_of(tmp_path / "out")["step"] == 7
    assert not (tmp_path / "out" / (CHECKPOINT + ".part")).exists()


def test_a_loss_that_is_no_number_is_one_sentence(
    recipe_of: RecipeOf, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = trainer.referring_loss

    def broken(*given: Any) -> Any:
        losses = whole(*given)
        return losses._replace(total=losses.total * math.nan)

    monkeypatch.setattr(trainer, "referring_loss", broken)
    with pytest.raises(TrainingError, match="no longer a number at step 0; lower the recipe's learning rate"):
        train(recipe_of(), data, tmp_path / "out")


def test_data_that_are_not_there_are_one_sentence(recipe_of: RecipeOf, tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="nowhere"):
        train(recipe_of(), tmp_path / "nowhere", tmp_path / "out")


def test_an_out_that_is_a_file_is_one_sentence(recipe_of: RecipeOf, data: Path, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("")
    with pytest.raises(TrainingError, match=r"folder .*out' cannot be written \(.*\); give another --out"):
        train(recipe_of(), data, tmp_path / "out")


# --- the best weights -------------------------------------------------------------------------------------------------


def test_the_bundle_is_of_the_weights_that_scored_best(
    recipe_of: RecipeOf, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scores = iter([0.2, 0.6, 0.5, 0.4])
    seen: list[dict[str, torch.Tensor]] = []

    def measured(bundle: Any, *_: Any) -> dict[str, float]:
        seen.append({name: tensor.clone() for name, tensor in bundle.network.state_dict().items()})
        return {"mIoU": next(scores)}

    monkeypatch.setattr("refseg_annotator.training.bundling.measure", measured)
    recipe = recipe_of(steps=7, freeze_encoder_steps=0, validation=ValidationConfig(every=2, limit=4))
    bundle = load_bundle(train(recipe, data, tmp_path / "out"))
    assert len(seen) == 4  # after 2, 4 and 6 steps, and in the end
    found = bundle.network.state_dict()
    for name, tensor in seen[1].items():  # a bundle keeps half precision
        assert torch.equal(found[name].float(), tensor.half().float()), name
    assert any(not torch.equal(seen[1][name], seen[3][name]) for name in seen[1])
    assert state_of(tmp_path / "out")["best"] == 0.6


def test_a_run_that_was_never_measured_ends_with_the_last_weights(
    recipe_of: RecipeOf, data: Path, tmp_path: Path
) -> None:
    recipe = recipe_of(steps=2, validation=ValidationConfig(every=100, limit=4))
    train(recipe, data, tmp_path / "out")
    assert not (tmp_path / "out" / BEST).exists()


def test_a_run_that_begins_anew_takes_no_best_weights_of_an_earlier_one(
    recipe_of: RecipeOf, data: Path, tmp_path: Path
) -> None:
    recipe = recipe_of(steps=2)
    whole = load_bundle(train(recipe, data, tmp_path / "alone"))
    (tmp_path / "out").mkdir()
    write_best(run_of(recipe_of(seed=9), data, tmp_path / "other").average, tmp_path / "out")
    anew = load_bundle(train(recipe, data, tmp_path / "out"))
    for name, tensor in whole.network.state_dict().items():
        assert torch.equal(tensor, anew.network.state_dict()[name]), name


@pytest.mark.parametrize("content", [b"nothing", None])
def test_damaged_best_weights_are_one_sentence(
    recipe_of: RecipeOf, data: Path, tmp_path: Path, content: bytes | None
) -> None:
    run = run_of(recipe_of(), data, tmp_path / "out")
    if content is None:
        write_best(torch.nn.Linear(2, 2), tmp_path / "out")
    else:
        (tmp_path / "out" / BEST).write_bytes(content)
    with pytest.raises(TrainingError, match=r"best.safetensors' are damaged or another run's; delete them"):
        take_best(run.average, tmp_path / "out")
