"""A network small enough to train in a test, and a recipe of a few steps; `python -m tests.training.tiny` trains it."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from refseg_annotator.nn.registry import CONFIGURATIONS, ModelConfig
from refseg_annotator.training.recipe import DataSource, Recipe, VocabularyConfig
from refseg_annotator.training.samples import SampleConfig

TINY = "tiny"


def tiny_configuration() -> ModelConfig:
    """A narrow network on pictures of 32 pixels."""
    lite = CONFIGURATIONS["cmsa-lite"]
    first, second, third = (
        replace(level, word_width=16, width=8, out_width=16, reduce_visual=8) for level in lite.levels
    )
    return replace(
        lite,
        image_size=32,
        canvases=(),
        word_width=16,
        vector_width=8,
        max_words=8,
        levels=(first, second, third),
        gated=replace(lite.gated, width=16),
        detail=replace(lite.detail, width=16, word_width=16, hidden=16, layers=1, grid=(2, 2), step_widths=(8, 8)),
    )


def tiny_recipe(**changes: object) -> Recipe:
    """Twelve steps that need no pretrained package; the keywords change it."""
    recipe = Recipe(
        name="made",
        configuration=TINY,
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


if __name__ == "__main__":
    from refseg_annotator.training.trainer import train

    CONFIGURATIONS[TINY] = tiny_configuration()
    train(tiny_recipe(steps=3, freeze_encoder_steps=1), Path(sys.argv[1]), Path(sys.argv[2]))
