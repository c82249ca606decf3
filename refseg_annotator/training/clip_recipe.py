"""A recipe for the part that follows masks through clips: one TOML file, beside those of the image models."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from refseg_annotator.errors import TrainingError
from refseg_annotator.training.recipe_file import decode_recipe, refuse_out_of_range


@dataclass(frozen=True, slots=True)
class ClipSource:
    """Real clips in the layout of Refer-YouTube-VOS.

    Attributes:
        path: taken from the folder given on the command line.
        cuts: sequences cut out of each clip.
        frames: frames of a cut.
        whole: of each clip's frames every how manyth is stored as a whole as well; 0 for none.
        width: of a cut in pixels; a multiple of 56, as is `height`.
    """

    path: str
    split: str = "train"
    cuts: int = 8
    frames: int = 12
    whole: int = 0
    width: int = 616
    height: int = 336


@dataclass(frozen=True, slots=True)
class PhotoSource:
    """Photos in REFER's layout, of which sequences are made: `sequences` of `frames` frames, squares of `side`."""

    path: str
    split: str = "train"
    sequences: int = 700
    frames: int = 4
    side: int = 336


@dataclass(frozen=True, slots=True)
class ClipRecipe:
    """A run.

    Attributes:
        kind: tells this recipe from that of an image model.
        steps: of the optimiser.
        batch: sequences a step.
        photo_batch: the same for steps on sequences made of photos.
        window: side of the square that a step sees of a frame, in units of 56 pixels.
        whole_frames: clips are seen whole instead.
        frames: frames at the end of a sequence that are learnt from.
        followed: most frames before those that are followed without learning, so that what is remembered is the
            network's own, faults included; the first one's mask is given.
        widest_gap: most stored frames between two that are followed.
        real_share: share of steps on real clips.
        occluded: share of sequences in which a piece of another one passes before what is followed.
        spoiled: share of remembered masks that are spoiled: shifted, cut, grown, lost.
        blurred: how far each sequence's features are falsified, so that clips are not known by them: that share of
            the tokens' channels is left out, the others and those of the details are scaled by about as much.
        sharper: what the trained temperature is multiplied by in the end. A whole frame and a full memory hold five
            times the positions of a window, each of which takes its little share of the weight.
        start: `scratch`, or `bundle`: the weights of the part that lies in the bundle.
        start_share: how much of those is kept in the end, see `weight_averages.keep_share`.
        attention_learning_rate: the projection starts from principal components and moves slowly.
    """

    kind: Literal["cross-frame"]
    name: str
    clips: ClipSource
    photos: PhotoSource
    notes: tuple[str, ...] = ()
    seed: int = 1
    steps: int = 2000
    batch: int = 4
    photo_batch: int = 4
    window: int = 6
    whole_frames: bool = False
    frames: int = 3
    followed: int = 0
    widest_gap: int = 3
    real_share: float = 0.65
    occluded: float = 0.0
    spoiled: float = 0.0
    blurred: float = 0.0
    sharper: float = 1.0
    start: Literal["scratch", "bundle"] = "scratch"
    start_share: float = 0.0
    learning_rate: float = 8e-4
    attention_learning_rate: float = 2e-4
    warmup: int = 50
    final_share: float = 0.02
    weight_decay: float = 0.02
    clip: float = 1.0
    ema: float = 0.995
    checkpoint_every: int = 100


def read_clip_recipe(path: Path) -> ClipRecipe:
    """Reads a recipe.

    Raises:
        TrainingError: the file is missing, no TOML, or names what is not known.
    """
    recipe = decode_recipe(path, ClipRecipe)
    refuse_out_of_range(path, _ranges(recipe))
    if recipe.start_share and recipe.start == "scratch":
        raise TrainingError(
            f"The recipe {str(path)!r} keeps a start_share of a bundle, but starts from none; set start to 'bundle'."
        )
    for name, side in (("width", recipe.clips.width), ("height", recipe.clips.height), ("side", recipe.photos.side)):
        if side % 56 or side < 56 * recipe.window:
            raise TrainingError(
                f"The recipe {str(path)!r} sets {name} to {side} where a multiple of 56 is needed, "
                f"{56 * recipe.window} at least."
            )
    return recipe


def _ranges(recipe: ClipRecipe) -> Iterator[tuple[str, float, float, float]]:
    for name in ("steps", "batch", "photo_batch", "window", "widest_gap", "checkpoint_every"):
        yield name, getattr(recipe, name), 1, math.inf
    for name in ("seed", "warmup", "weight_decay", "clip"):
        yield name, getattr(recipe, name), 0, math.inf
    for name in (
        "learning_rate",
        "attention_learning_rate",
        "final_share",
        "start_share",
        "ema",
        "real_share",
        "occluded",
        "spoiled",
        "blurred",
    ):
        yield name, getattr(recipe, name), 0, 1
    yield "frames", recipe.frames, 1, min(recipe.clips.frames, recipe.photos.frames) - 1
    yield "sharper", recipe.sharper, 0.1, 10
    yield "followed", recipe.followed, 0, recipe.clips.frames - recipe.frames - 1
    yield "clips.whole", recipe.clips.whole, 0, 99
    yield "clips.cuts", recipe.clips.cuts, 1, 99
    yield "photos.sequences", recipe.photos.sequences, 1, 99_999
