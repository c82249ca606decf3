"""A network small enough to train in a test, and data for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from refseg_annotator.nn.registry import CONFIGURATIONS, check_shape
from refseg_annotator.training.recipe import DataSource, Recipe, VocabularyConfig
from refseg_annotator.training.samples import SampleConfig
from tests.training.made_photos import LEFT_RED, TWO_CARS, write_tree


@pytest.fixture
def tiny(monkeypatch: pytest.MonkeyPatch) -> str:
    """The name of a narrow network on pictures of 32 pixels, known while the test runs."""
    lite = CONFIGURATIONS["cmsa-lite"]
    config = replace(
        lite,
        image_size=32,
        word_width=16,
        vector_width=8,
        max_words=8,
        levels=tuple(replace(level, word_width=16, width=8, out_width=16, reduce_visual=8) for level in lite.levels),
        gated=replace(lite.gated, width=16),
        detail=replace(lite.detail, width=16, word_width=16, hidden=16, layers=1, grid=(2, 2), step_widths=(8, 8)),
    )
    check_shape(config)
    monkeypatch.setitem(CONFIGURATIONS, "tiny", config)
    return "tiny"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Two photos to train on and the same two to validate on."""
    return write_tree(tmp_path / "data", {"train": [LEFT_RED, TWO_CARS], "val": [LEFT_RED, TWO_CARS]})


@pytest.fixture
def recipe_of(tiny: str) -> Callable[..., Recipe]:
    """A recipe of a few steps that needs no pretrained package; keywords change it."""

    def made(**changes: object) -> Recipe:
        recipe = Recipe(
            name="made",
            configuration=tiny,
            data=(DataSource(),),
            summary="A test's.",
            steps=12,
            batch=2,
            warmup=3,
            freeze_encoder_steps=4,
            frozen_parts=("body.conv_stem",),
            ema=0.9,
            start=False,
            workers=0,
            checkpoint_every=5,
            sampling=SampleConfig(phrases=3),
            vocabulary=VocabularyConfig(glove_words=0),
        )
        return replace(recipe, **changes)

    return made
