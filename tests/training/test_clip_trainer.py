"""Training what follows clips: it learns, a killed run goes on to the same weights, and the bundle gets it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from refseg_annotator.errors import RefSegError, TrainingError
from refseg_annotator.inference.bundles import CROSS_FRAME_FILE
from refseg_annotator.inference.torch_video_predictor import load_video_predictor
from refseg_annotator.nn.checkpoint import load_bundle, read_config
from refseg_annotator.nn.clip_bundle import load_cross_frame, read_cross_frame_record
from refseg_annotator.nn.clip_network import ClipNetwork
from refseg_annotator.training import clip_bundling
from refseg_annotator.training.clip_bundling import train_into_bundle
from refseg_annotator.training.clip_samples import ClipSamples
from refseg_annotator.training.clip_sequences import ClipSequence
from refseg_annotator.training.clip_store import FOLDER, read_window, shape_of, write_sequence
from refseg_annotator.training.clip_trainer import spoilt, start_clip_run, take_step, train_clips
from refseg_annotator.training.run_checkpoint import CHECKPOINT, read_checkpoint
from tests.nn.builders import gap
from tests.nn.clip_bundles import write_bundle
from tests.nn.clip_parts import SMALL, early_encoder
from tests.training.clip_data import small_clip_recipe, write_clip_data


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, dict[str, torch.Tensor]]:
    """Data, the folder of a finished run and its weights."""
    data = write_clip_data(tmp_path_factory.mktemp("data"))
    out = tmp_path_factory.mktemp("run")
    network = train_clips(small_clip_recipe(), early_encoder(), data, out, config=SMALL)
    return data, out, network.state_dict()


def test_a_stored_window_is_what_the_encoder_says(tmp_path: Path):
    rng = np.random.default_rng(0)
    frames = rng.integers(0, 255, (2, 56, 112, 3), np.uint8)
    masks = rng.random((2, 1, 56, 112)) > 0.5
    path = tmp_path / "one.safetensors"
    write_sequence(path, early_encoder(), ClipSequence(frames, masks))
    assert shape_of(path) == (2, 1, 1, 2)
    assert [file.name for file in tmp_path.iterdir()] == ["one.safetensors"]
    window = read_window(path, [1, 0], range(1), range(1, 2))
    assert np.array_equal(window.masks.numpy(), masks[[1, 0], :, :, 56:])
    with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16):
        whole = early_encoder()(torch.from_numpy(frames[1:]).permute(0, 3, 1, 2).float())
    assert gap(window.features.tokens[:1], whole.tokens[:, :, :, 4:].float()) < 1e-2
    assert gap(window.features.eight[:1], whole.eight[:, :, :, 7:].float()) < 1e-2
    assert gap(window.features.four[:1], whole.four[:, :, :, 14:].float()) < 1e-2


def test_a_run_leaves_its_log_and_a_damaged_feature_file_is_named(trained):
    out = trained[1]
    names = sorted(path.name for path in (out / FOLDER).iterdir())
    clips, photos = ["clip-00-000", "clip-whole-000"], ["photo-00000", "photo-00001"]
    assert names == [f"{name}.safetensors" for name in clips + photos]
    assert (out / CHECKPOINT).is_file()


def test_a_step_draws_the_same_whenever_it_comes(trained):
    _, out, _ = trained
    samples = ClipSamples(out / FOLDER, small_clip_recipe())
    one, other = samples.batch(3), ClipSamples(out / FOLDER, small_clip_recipe()).batch(3)
    assert torch.equal(one.masks, other.masks)
    assert torch.equal(one.features[1].tokens, other.features[1].tokens)


def test_clips_are_seen_whole_and_photos_through_windows(trained):
    _, out, _ = trained
    samples = ClipSamples(out / FOLDER, small_clip_recipe())
    shapes = {tuple(samples.batch(step).masks.shape[1:]) for step in range(12)}
    windows = ClipSamples(out / FOLDER, small_clip_recipe(whole_frames=False))
    assert {tuple(windows.batch(step).masks.shape[2:]) for step in range(12)} == {(1, 56, 56)}
    assert shapes == {(2, 1, 56, 112), (3, 1, 56, 56)}
    assert {len(samples.batch(step).features) for step in range(12)} == {2, 3}


def test_what_passes_before_the_object_hides_it_but_never_on_the_first_frame(trained):
    _, out, _ = trained
    plain = ClipSamples(out / FOLDER, small_clip_recipe(occluded=0.0, blurred=0.0))
    hidden = ClipSamples(out / FOLDER, small_clip_recipe(occluded=1.0, blurred=0.0))
    for step in range(12):
        assert hidden.batch(step).masks[0].amax((1, 2, 3)).min() == 1
    shown = [float(samples.batch(step).masks[1:].mean()) for samples in (plain, hidden) for step in range(12)]
    assert sum(shown[12:]) < sum(shown[:12])


def test_spoiled_masks_are_spoiled_in_all_ways_and_others_left_alone():
    mask = torch.zeros(1, 1, 40, 60)
    mask[..., 10:30, 20:40] = 1
    rng = np.random.default_rng(0)
    assert torch.equal(spoilt(mask, 0.0, rng), mask)
    areas = [float(spoilt(mask, 1.0, rng).sum()) for _ in range(60)]
    assert min(areas) == 0
    assert any(0 < area < 400 for area in areas)
    assert any(area > 400 for area in areas)
    assert float(mask.sum()) == 400
    assert torch.equal(spoilt(torch.zeros_like(mask), 1.0, rng), torch.zeros_like(mask))


def test_a_killed_run_goes_on_to_the_same_weights(trained, tmp_path: Path):
    data, _, expected = trained

    class KilledError(Exception):
        pass

    def kill(done: int, total: int, note: str) -> None:
        if "loss" in note and done == 3:
            raise KilledError

    recipe = small_clip_recipe()
    with pytest.raises(KilledError):
        train_clips(recipe, early_encoder(), data, tmp_path, config=SMALL, progress=kill)
    network = train_clips(recipe, early_encoder(), data, tmp_path, config=SMALL)
    for name, tensor in network.state_dict().items():
        torch.testing.assert_close(tensor, expected[name], msg=name, rtol=1e-4, atol=1e-5)


def test_a_finished_run_needs_no_data_to_give_its_weights(trained):
    _, out, expected = trained
    network = train_clips(small_clip_recipe(), early_encoder(), Path("nowhere"), out, config=SMALL)
    assert all(torch.equal(tensor, expected[name]) for name, tensor in network.state_dict().items())


def test_of_the_bundle_a_share_is_kept_whether_the_run_ends_or_had_ended(trained, tmp_path: Path):
    data, _, before = trained
    start = ClipNetwork(SMALL)
    start.load_state_dict(before)
    recipe = replace(small_clip_recipe(), start="bundle", seed=5)
    new = train_clips(recipe, early_encoder(), data, tmp_path / "all", config=SMALL, start=start).state_dict()
    shared = replace(recipe, start_share=0.25)
    for _ in range(2):
        kept = train_clips(shared, early_encoder(), data, tmp_path / "kept", config=SMALL, start=start).state_dict()
        moved = [name for name in before if not torch.equal(before[name], new[name])]
        assert moved
        for name in moved:
            torch.testing.assert_close(kept[name], torch.lerp(new[name], before[name], 0.25), rtol=1e-4, atol=1e-5)


def test_a_checkpoint_of_another_recipe_or_damaged_is_refused(trained, tmp_path: Path):
    _, out, _ = trained
    run = start_clip_run(small_clip_recipe(steps=9), SMALL)
    with pytest.raises(TrainingError, match="another recipe"):
        read_checkpoint(run, out)
    (tmp_path / CHECKPOINT).write_bytes(b"no checkpoint")
    with pytest.raises(TrainingError, match="damaged"):
        read_checkpoint(run, tmp_path)


def test_it_learns_what_it_sees_again_and_again(trained):
    _, out, _ = trained
    recipe = small_clip_recipe(steps=60, learning_rate=3e-3)
    samples = ClipSamples(out / FOLDER, recipe)
    run = start_clip_run(recipe, SMALL)
    run.network.attention.start_from(samples.some_tokens(256))
    batch = samples.batch(1)
    losses = [float(take_step(run, batch).total) for _ in range(25)]
    assert losses[-1] < 0.8 * losses[0]
    assert run.step == 25


def test_a_loss_that_is_no_number_ends_the_run(trained):
    _, out, _ = trained
    run = start_clip_run(small_clip_recipe(), SMALL)
    run.network.told.weight.data.fill_(torch.nan)
    with pytest.raises(TrainingError, match="no longer a number at step 0"):
        take_step(run, ClipSamples(out / FOLDER, small_clip_recipe()).batch(0))


def test_photos_without_objects_or_features_without_clips_are_told(tmp_path: Path):
    with pytest.raises(TrainingError, match="holds no sequences"):
        ClipSamples(tmp_path, small_clip_recipe())
    (tmp_path / "clip-00-000.safetensors").write_bytes(b"broken")
    with pytest.raises(TrainingError, match="damaged"):
        ClipSamples(tmp_path, small_clip_recipe())


def test_a_bundle_is_trained_for_and_follows_clips(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    data = write_clip_data(tmp_path / "data")
    folder = write_bundle(tmp_path / "models" / "some")
    monkeypatch.setattr(clip_bundling, "CLIP_CONFIG", SMALL)
    recipe = replace(small_clip_recipe(steps=1), notes=("Frames are of squares.",))
    written = train_into_bundle(recipe, folder, data, tmp_path / "out")
    assert written == folder / CROSS_FRAME_FILE
    assert read_cross_frame_record(written).training["recipe"]["name"] == "small"
    assert read_config(folder).cross_frame["encoder"] == read_cross_frame_record(written).encoder
    assert "Frames are of squares." in (folder / "card.md").read_text()
    assert load_video_predictor(folder, "cpu").info.name == "some-cfsa"


def test_a_run_may_go_on_from_the_part_that_lies_in_the_bundle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    data = write_clip_data(tmp_path / "data")
    folder = write_bundle(tmp_path / "models" / "some")
    monkeypatch.setattr(clip_bundling, "CLIP_CONFIG", replace(SMALL, likeness=False))
    train_into_bundle(small_clip_recipe(steps=1), folder, data, tmp_path / "first")
    before = load_cross_frame(folder / CROSS_FRAME_FILE, load_bundle(folder).network.image_encoder).network
    assert not before.config.likeness
    monkeypatch.setattr(clip_bundling, "CLIP_CONFIG", SMALL)
    still = small_clip_recipe(steps=1, start="bundle", learning_rate=0.0, attention_learning_rate=0.0)
    train_into_bundle(still, folder, data, tmp_path / "second")
    after = load_cross_frame(folder / CROSS_FRAME_FILE, load_bundle(folder).network.image_encoder).network
    assert after.config.likeness
    # Sharpened by each of the two runs.
    told = [network.attention.log_temperature.detach().exp()[0] for network in (before, after)]
    assert float(told[1] / told[0]) == pytest.approx(0.8, rel=1e-2)
    assert torch.equal(after.told.weight, before.told.weight)
    assert torch.equal(after.decoder.mask.weight, before.decoder.mask.weight)


def test_a_run_that_ended_in_the_bundle_it_started_from_is_the_same_when_asked_again(tmp_path: Path):
    data = write_clip_data(tmp_path / "data")
    folder = write_bundle(tmp_path / "models" / "some")
    train_into_bundle(small_clip_recipe(steps=1), folder, data, tmp_path / "first")
    further = small_clip_recipe(steps=2, seed=3, start="bundle", start_share=0.5)
    written = [train_into_bundle(further, folder, data, tmp_path / "second").read_bytes() for _ in range(2)]
    assert written[0] == written[1]


def test_a_bundle_that_follows_no_clips_cannot_be_started_from(tmp_path: Path):
    data = write_clip_data(tmp_path / "data")
    folder = write_bundle(tmp_path / "models" / "some")
    (folder / CROSS_FRAME_FILE).unlink(missing_ok=True)
    with pytest.raises(RefSegError, match="cross-frame"):
        train_into_bundle(small_clip_recipe(start="bundle"), folder, data, tmp_path / "out")
