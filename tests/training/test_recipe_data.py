"""What a recipe reads is asked for before the run begins; nothing of it is read."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from refseg_annotator.errors import FormatError, RefSegError, TrainingError
from refseg_annotator.training.clip_recipe import ClipRecipe, ClipSource, PhotoSource
from refseg_annotator.training.recipe import DataSource, Recipe, ValidationConfig, VocabularyConfig
from refseg_annotator.training.recipe_data import demand_clip_data, demand_data

RECIPE = Recipe(
    "made",
    "cmsa-lite",
    (DataSource("photos"),),
    validation=ValidationConfig("photos", "val"),
    vocabulary=VocabularyConfig(texts=("text/more.json",)),
)
CLIP_RECIPE = ClipRecipe("cross-frame", "made", ClipSource("clips"), PhotoSource("photos"))


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Files in the right places, empty all of them."""
    (tmp_path / "photos/images").mkdir(parents=True)
    places = [f"photos/{part}_{split}.json" for part in ("refs", "instances") for split in ("train", "val")]
    for name in (*places, "text/more.json", "clips/meta_expressions/train/meta_expressions.json"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    return tmp_path


def test_what_is_there_is_not_read(data: Path) -> None:
    demand_data(RECIPE, data)
    demand_clip_data(CLIP_RECIPE, data)


@pytest.mark.parametrize(
    ("gone", "error", "words"),
    [
        ("photos", TrainingError, "'made' reads the folder 'photos', which is not in"),
        ("photos/images", TrainingError, "put the photos of instances_train.json there"),
        ("photos/refs_train.json", FormatError, "no split 'train'; it has val"),
        ("photos/instances_val.json", FormatError, "no split 'val'; it has train"),
        ("text/more.json", TrainingError, "vocabulary.texts"),
    ],
)
def test_what_is_missing_is_named(data: Path, gone: str, error: type[RefSegError], words: str) -> None:
    place = data / gone
    shutil.rmtree(place) if place.is_dir() else place.unlink()
    with pytest.raises(error, match=words):
        demand_data(RECIPE, data)


def test_a_recipe_without_a_measured_split_asks_for_none(data: Path) -> None:
    (data / "photos/refs_val.json").unlink()
    demand_data(replace(RECIPE, validation=None), data)


@pytest.mark.parametrize(
    ("gone", "words"),
    [
        ("clips", "'made' reads the folder 'clips'"),
        ("clips/meta_expressions", "no split 'train'; it has none"),
        ("photos", "'made' reads the folder 'photos'"),
    ],
)
def test_what_a_recipe_for_clips_misses_is_named(data: Path, gone: str, words: str) -> None:
    shutil.rmtree(data / gone)
    with pytest.raises(RefSegError, match=words):
        demand_clip_data(CLIP_RECIPE, data)
