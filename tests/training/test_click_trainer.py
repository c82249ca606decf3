"""Clicks of a person made up, and training on them: the same step draws the same, and a killed run loses nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from refseg_annotator.bundle_files import CLICKS_FILE
from refseg_annotator.core.geometry import Size
from refseg_annotator.core.mask import Mask
from refseg_annotator.errors import ModelError, TrainingError
from refseg_annotator.formats.refer import read_refer
from refseg_annotator.inference.predictor import FakePredictor
from refseg_annotator.inference.torch_predictor import load_predictor
from refseg_annotator.nn.checkpoint import load_bundle, read_config
from refseg_annotator.nn.click_network import ClickConfig
from refseg_annotator.services.refine import Method
from refseg_annotator.training.click_bundling import train_clicks_into_bundle
from refseg_annotator.training.click_evaluator import CLICKS, evaluate_clicks
from refseg_annotator.training.click_person import box_around, innermost, next_click, point_in, spoilt
from refseg_annotator.training.click_recipe import ClickRecipe, read_click_recipe
from refseg_annotator.training.click_samples import LEAST_CELLS, ClickSamples
from refseg_annotator.training.click_trainer import start_click_run, take_step, train_clicks
from refseg_annotator.training.recipe import DataSource
from refseg_annotator.training.run_checkpoint import CHECKPOINT
from tests.nn.builders import small
from tests.nn.clip_bundles import write_bundle

SHAPE = (12, 18)


def recipe(**changes: object) -> ClickRecipe:
    made = ClickRecipe(
        "clicks", "small", (DataSource(),), DataSource(split="val"), steps=4, batch=2, things=2, width=16, warmup=1,
        ema=0.5, checkpoint_every=2, limit=4,
    )  # fmt: skip
    return replace(made, **changes)


@pytest.fixture
def samples(data: Path) -> Callable[..., ClickSamples]:
    def made(**changes: object) -> ClickSamples:
        return ClickSamples([(read_refer(data, "train"), 1.0)], recipe(**changes), [Size(96, 64)])

    return made


# --- the person ------------------------------------------------------------------------------------------------------


@st.composite
def blobs(draw: st.DrawFn) -> np.ndarray:
    """A mask that is not empty: a rectangle, perhaps with a piece out of it."""
    top, left = draw(st.integers(0, 8)), draw(st.integers(0, 14))
    high, wide = draw(st.integers(1, 12 - top)), draw(st.integers(1, 18 - left))
    mask = np.zeros(SHAPE, np.bool_)
    mask[top : top + high, left : left + wide] = True
    if mask.sum() > 6:
        mask[top, left] = False
    return mask


@given(blobs(), st.integers(0, 9))
def test_points_lie_within_and_boxes_around(mask: np.ndarray, seed: int) -> None:
    for x, y in (innermost(mask), point_in(mask, np.random.default_rng(seed))):
        assert mask[int(y), int(x)]
    x0, y0, x1, y1 = box_around(mask)
    assert mask[int(y0) : int(y1), int(x0) : int(x1)].sum() == mask.sum()
    assert mask[int(y0)].any()
    assert mask[:, int(x1) - 1].any()


@given(blobs(), blobs())
def test_the_next_click_is_on_a_mistake_and_says_which(found: np.ndarray, wanted: np.ndarray) -> None:
    click = next_click(found, wanted)
    if (found == wanted).all():
        assert click is None
        return
    assert click is not None
    place = int(click.y), int(click.x)
    assert (wanted[place], found[place]) == (click.positive, not click.positive)


@given(blobs(), blobs(), st.integers(0, 40))
def test_a_spoilt_mask_is_the_same_for_the_same_chance(mask: np.ndarray, other: np.ndarray, seed: int) -> None:
    one, again = (spoilt(mask, [other], np.random.default_rng(seed)) for _ in range(2))
    assert one.shape == SHAPE
    assert one.dtype == np.bool_
    assert (one == again).all()


def test_what_is_spoilt_is_mostly_wrong_somewhere() -> None:
    mask = np.zeros(SHAPE, np.bool_)
    mask[3:9, 4:12] = True
    wrong = [bool((spoilt(mask, [], np.random.default_rng(seed)) != mask).any()) for seed in range(40)]
    assert sum(wrong) >= 35


# --- samples ---------------------------------------------------------------------------------------------------------


def test_a_step_draws_the_same_whenever_it_comes(samples: Callable[..., ClickSamples]) -> None:
    one, again = samples().batch(3), samples().batch(3)
    for first, second in zip(one, again, strict=True):
        assert (first.image == second.image).all()
        assert (first.masks == second.masks).all()
        assert first.whole == second.whole
    assert any((one[0].image != samples().batch(step)[0].image).any() for step in range(3))


def test_things_are_large_enough_and_those_that_the_recipe_names(samples: Callable[..., ClickSamples]) -> None:
    for step in range(8):
        for sample in samples(only={"made": ("dog",)}).batch(step):
            assert len(sample.masks) == 2  # a dog and a cat; cars are never clicked on alone
            assert (sample.masks.sum((1, 2)) >= LEAST_CELLS).all()
            assert sample.whole == (0,)


def test_data_without_anything_to_click_on_are_told(samples: Callable[..., ClickSamples]) -> None:
    with pytest.raises(TrainingError, match="nothing to click on"):
        samples(only={"made": ("horse",)})


# --- training --------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def encoder() -> torch.nn.Module:
    from refseg_annotator.nn.registry import build

    torch.manual_seed(0)
    return build(small("cmsa-lite")).image_encoder.eval()


CONFIG = ClickConfig(width=16, dilations=(1,), fine=1)


def test_a_killed_run_goes_on_to_the_same_weights(
    samples: Callable[..., ClickSamples], encoder: torch.nn.Module, tmp_path: Path
) -> None:
    whole = tmp_path / "whole"
    whole.mkdir()
    expected = train_clicks(recipe(), encoder, samples(), whole, config=CONFIG).state_dict()

    def kill(done: int, _total: int, _note: str) -> None:
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        train_clicks(recipe(), encoder, samples(), tmp_path, config=CONFIG, progress=kill)
    assert (tmp_path / CHECKPOINT).is_file()
    found = train_clicks(recipe(), encoder, samples(), tmp_path, config=CONFIG).state_dict()
    assert all(torch.equal(found[name], expected[name]) for name in expected)


def test_it_learns_what_it_sees_again_and_again(samples: Callable[..., ClickSamples], encoder: torch.nn.Module) -> None:
    run = start_click_run(recipe(steps=60, learning_rate=5e-3), CONFIG)
    batch = samples().batch(0)
    images = torch.from_numpy(np.stack([sample.image for sample in batch])).permute(0, 3, 1, 2).float()
    with torch.no_grad():
        features = encoder(images)
    losses = [take_step(run, features, batch)[0] for _ in range(40)]
    assert np.mean(losses[-5:]) < 0.7 * np.mean(losses[:5])


def test_a_loss_that_is_no_number_ends_the_run(samples: Callable[..., ClickSamples], encoder: torch.nn.Module) -> None:
    run = start_click_run(recipe(), CONFIG)
    run.network.head.weight.data.fill_(torch.nan)
    batch = samples().batch(0)
    images = torch.from_numpy(np.stack([sample.image for sample in batch])).permute(0, 3, 1, 2).float()
    with pytest.raises(TrainingError, match="no longer a number at step 0"):
        take_step(run, encoder(images), batch)


def test_a_bundle_is_trained_for_reads_clicks_and_tells_its_scores(data: Path, tmp_path: Path) -> None:
    folder = write_bundle(tmp_path / "models" / "some", "cmsa-lite")
    written = train_clicks_into_bundle(recipe(notes=("Of squares.",)), folder, data, tmp_path / "out")
    assert written == folder / CLICKS_FILE
    told = read_config(folder).clicks
    assert told["scores"]["things"] == 4
    assert "Of squares." in (folder / "card.md").read_text()
    assert load_predictor(folder, "cpu").reads_clicks
    # The phrase network is as it was.
    assert load_bundle(folder).config.clicks == told


@pytest.mark.parametrize(
    ("changed", "says"),
    [("steps = 0", "steps"), ("boxed = 1.5", "boxed"), ("width = 2", "width"), ("thing = 3", "thing")],
)
def test_a_recipe_out_of_range_is_a_sentence(tmp_path: Path, changed: str, says: str) -> None:
    path = tmp_path / "r.toml"
    top = f'kind = "clicks"\nname = "x"\n{changed}\n'
    path.write_text(top + '[[data]]\npath = "."\n[validation]\nsplit = "val"\n')
    with pytest.raises(TrainingError, match=says):
        read_click_recipe(path)


# --- evaluation ------------------------------------------------------------------------------------------------------


def test_who_knows_the_things_needs_one_click_and_colours_do_on_plain_squares(data: Path) -> None:
    split = read_refer(data, "val")
    known = evaluate_clicks(FakePredictor(), split)
    assert known.things == 4
    assert known.first == (1.0,) * CLICKS
    assert known.boxed == 1.0
    by_colour = evaluate_clicks(FakePredictor(), split, method=Method.GRABCUT)
    assert by_colour.things == 4
    assert 0.8 < by_colour.first[0] <= 1.0
    assert by_colour.to_json()["answered by"] == "colours (grabcut)"


def test_wrong_answers_to_phrases_are_corrected_click_by_click(data: Path) -> None:
    class Wrong(FakePredictor):
        def predict(self, features, tokens):  # type: ignore[no-untyped-def]
            found = super().predict(features, tokens)
            return replace(found, probability=np.zeros_like(found.probability))

    report = evaluate_clicks(Wrong(), read_refer(data, "val"))
    assert report.phrases > 0
    assert report.corrected[0] == 0.0
    assert report.corrected[-1] == 1.0
    assert list(report.corrected) == sorted(report.corrected)


def test_a_model_that_reads_no_clicks_is_told_of(data: Path) -> None:
    class Clickless(FakePredictor):
        reads_clicks = False

    with pytest.raises(ModelError, match="reads no clicks"):
        evaluate_clicks(Clickless(), read_refer(data, "val"))


def test_parts_of_things_and_crowds_are_not_clicked_on(tmp_path: Path) -> None:
    from tests.training.made_photos import MadePhoto, write_tree

    dressed = MadePhoto(
        [("person", "red", (5, 60, 10, 40)), ("dress", "blue", (20, 40, 12, 38)), ("car", "green", (5, 60, 50, 90))],
        [("the person", "category", [0])],
        crowd={2},
    )
    report = evaluate_clicks(FakePredictor(), read_refer(write_tree(tmp_path, {"val": [dressed]}), "val"))
    assert report.things == 1
    assert Mask.from_array(dressed.mask([1])).area < Mask.from_array(dressed.mask([0])).area
