"""A recipe for the part that finds what clicks are on: one TOML file, beside those of the image models."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from refseg_annotator.errors import TrainingError
from refseg_annotator.training.recipe import DataSource
from refseg_annotator.training.recipe_file import decode_recipe, refuse_out_of_range


@dataclass(frozen=True, slots=True)
class ClickRecipe:
    """A run.

    Attributes:
        kind: tells this recipe from that of an image model.
        steps: of the optimiser.
        batch: photos a step, `things` a photo, each clicked on for itself.
        rounds: most clicks on a thing, one after the other.
        boxed: share of things that are shown by a box first.
        spoilt: share of things that a mask is given of which is to be corrected.
        crowded_weight: what the weight of photos with several things of one class is multiplied by.
        source_weight: weight of the photos whose file name begins with the key and an underscore; 1 where not named.
        only: by source, the classes that a click alone may mean, as persons where garments are annotated too: a click
            on a coat means its wearer. What is boxed or corrected may be of any class.
        width: of the network.
        validation: what the scores in the card are measured on, `limit` things of it.
    """

    kind: Literal["clicks"]
    name: str
    data: tuple[DataSource, ...]
    validation: DataSource
    limit: int = 400
    notes: tuple[str, ...] = ()
    seed: int = 1
    steps: int = 2000
    batch: int = 4
    things: int = 3
    rounds: int = 3
    boxed: float = 0.2
    spoilt: float = 0.3
    crowded_weight: float = 1.0
    source_weight: Mapping[str, float] = field(default_factory=dict)
    only: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    width: int = 64
    learning_rate: float = 2e-3
    warmup: int = 50
    final_share: float = 0.01
    weight_decay: float = 0.02
    clip: float = 1.0
    ema: float = 0.995
    checkpoint_every: int = 100


def read_click_recipe(path: Path) -> ClickRecipe:
    """Reads a recipe.

    Raises:
        TrainingError: the file is missing, no TOML, or names what is not known.
    """
    recipe = decode_recipe(path, ClickRecipe)
    if not recipe.data:
        raise TrainingError(f"The recipe {str(path)!r} names no data; give at least one [[data]].")
    refuse_out_of_range(path, _ranges(recipe))
    return recipe


def _ranges(recipe: ClickRecipe) -> Iterator[tuple[str, float, float, float]]:
    for name in ("steps", "batch", "things", "rounds", "checkpoint_every", "limit"):
        yield name, getattr(recipe, name), 1, math.inf
    for name in ("seed", "warmup", "weight_decay", "clip", "crowded_weight"):
        yield name, getattr(recipe, name), 0, math.inf
    for name in ("learning_rate", "final_share", "ema", "boxed", "spoilt"):
        yield name, getattr(recipe, name), 0, 1
    yield "width", recipe.width, 8, 512
    for source, weight in recipe.source_weight.items():
        yield f"source_weight.{source}", weight, 0, math.inf
    for place, one in enumerate(recipe.data):
        yield f"data.{place}.weight", one.weight, 0, math.inf
