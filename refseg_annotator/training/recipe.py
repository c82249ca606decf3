"""A training recipe: one TOML file that decides a run; `resources/recipes/` holds those of the shipped bundles."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Literal

from refseg_annotator.errors import TrainingError
from refseg_annotator.nn.checkpoint import InferenceSteps
from refseg_annotator.training.losses import LossWeights
from refseg_annotator.training.recipe_file import decode_recipe, refuse_out_of_range
from refseg_annotator.training.samples import SampleConfig


@dataclass(frozen=True, slots=True)
class DataSource:
    """One data set in REFER's layout; `path` is taken from the folder given on the command line."""

    path: str = "."
    split: str = "train"
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class ValidationConfig:
    """How often the run is measured, and on how many phrases (0 = all of the split): the weights that score best become
    the bundle's. `calibrate`: on how many the thresholds and scales are fitted in the end.
    """

    path: str = "."
    split: str = "val"
    every: int = 1000
    limit: int = 600
    calibrate: int = 0


@dataclass(frozen=True, slots=True)
class VocabularyConfig:
    """Words known: those of the training phrases and of `texts`, and the most frequent of GloVe."""

    glove_words: int = 25_000
    texts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Recipe:
    """A run. Learning rates are peaks; the schedule warms up linearly and falls to `final_share` of the peak.

    `notes` go into the card as they are: what the weights started from, the data's licences, known limits.
    `canvases` (width, height) stand for the configuration's: larger ones show small things better and cost more.
    A run starts from pretrained parts (`start`), or from the folder of a bundle of its configuration (`start_from`); of
    such a bundle's weights, `start_share` is kept in the end, which can be better than the old and the new alone.
    `inference` names what is done beyond one pass when the bundle answers, and when it is measured in the end.
    The image encoder stays as it starts for `freeze_encoder_steps`; its parts whose names begin with one of
    `frozen_parts` stay so for good. With `cached_views`, each photo is shown in so many fixed views meanwhile, and the
    features of each are computed once: the fast path for few cores (a megabyte a view lies in the run's folder).
    """

    name: str
    configuration: str
    data: tuple[DataSource, ...]
    version: str = "0.1.0"
    summary: str = ""
    licence: str = "Apache-2.0"
    notes: tuple[str, ...] = ()
    seed: int = 1
    steps: int = 1000
    batch: int = 8
    learning_rate: float = 1e-3
    encoder_learning_rate: float = 1e-4
    freeze_encoder_steps: int = 0
    cached_views: int = 0
    frozen_parts: tuple[str, ...] = ()
    warmup: int = 200
    schedule: Literal["cosine", "polynomial"] = "cosine"
    final_share: float = 0.02
    weight_decay: float = 0.02
    clip: float = 1.0
    ema: float = 0.998
    precision: Literal["32-true", "bf16-mixed", "16-mixed"] = "32-true"
    canvases: tuple[tuple[int, int], ...] = ()
    start: bool = True
    start_from: str = ""
    start_share: float = 0.0
    workers: int = 1
    checkpoint_every: int = 250
    sampling: SampleConfig = field(default_factory=SampleConfig)
    losses: LossWeights = field(default_factory=LossWeights)
    vocabulary: VocabularyConfig = field(default_factory=VocabularyConfig)
    validation: ValidationConfig | None = None
    inference: InferenceSteps = field(default_factory=InferenceSteps)


def read_recipe(path: Path) -> Recipe:
    """Reads a recipe.

    Raises:
        TrainingError: the file is missing, no TOML, or names what is not known.
    """
    recipe = decode_recipe(path, Recipe)
    if not recipe.data:
        raise TrainingError(f"The recipe {str(path)!r} names no data; give at least one [[data]].")
    refuse_out_of_range(path, _ranges(recipe))
    return recipe


def _ranges(recipe: Recipe) -> Iterator[tuple[str, float, float, float]]:
    """Numbers of a recipe with the least and the most that they may be."""
    for name in ("steps", "batch", "checkpoint_every"):
        yield name, getattr(recipe, name), 1, math.inf
    for name in ("seed", "freeze_encoder_steps", "cached_views", "warmup", "weight_decay", "clip", "workers"):
        yield name, getattr(recipe, name), 0, math.inf
    for name in ("learning_rate", "encoder_learning_rate", "final_share", "start_share", "ema"):
        yield name, getattr(recipe, name), 0, 1
    yield "sampling.phrases", recipe.sampling.phrases, 1, math.inf
    yield "sampling.names", recipe.sampling.names, 0, 64
    yield "sampling.crowded_weight", recipe.sampling.crowded_weight, 0, math.inf
    for kind, weight in recipe.sampling.kind_weight.items():
        yield f"sampling.kind_weight.{kind}", weight, 0.001, math.inf
    for name in ("negatives", "reword", "join", "forget_word", "beside", "dressed", "paste"):
        yield f"sampling.{name}", getattr(recipe.sampling, name), 0, 1
    for entry in fields(LossWeights):
        yield f"losses.{entry.name}", getattr(recipe.losses, entry.name), 0, math.inf
    yield "vocabulary.glove_words", recipe.vocabulary.glove_words, 0, math.inf
    for place, source in enumerate(recipe.data):
        yield f"data.{place}.weight", source.weight, 0, math.inf
    if recipe.validation is not None:
        yield "validation.every", recipe.validation.every, 1, math.inf
        yield "validation.limit", recipe.validation.limit, 0, math.inf
        yield "validation.calibrate", recipe.validation.calibrate, 0, math.inf
