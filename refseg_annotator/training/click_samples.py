"""What a step of click training sees: photos in a view by chance, and things on them to click on.

The samples of a step are a function of (seed, step) alone: a killed run goes on with the samples it would have had.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from refseg_annotator.core.geometry import Size
from refseg_annotator.errors import TrainingError
from refseg_annotator.nn.click_network import click_grid
from refseg_annotator.nn.letterbox import best_canvas
from refseg_annotator.training.augment import View
from refseg_annotator.training.photos import Photo, photos_of, pixels_of

if TYPE_CHECKING:
    from refseg_annotator.formats.samples import ReferAnnotation, ReferSplit
    from refseg_annotator.training.click_recipe import ClickRecipe

LEAST_CELLS: Final = 6
"""A thing of fewer cells is too small to be clicked on at this size."""
_TRIES: Final = 20


class ClickSample(NamedTuple):
    """A photo in some view, with the things to click on.

    Attributes:
        image: uint8 (H, W, 3) RGB, letterboxed.
        masks: boolean (n, h, w), every thing of at least `LEAST_CELLS` cells.
        whole: which of them a click alone may mean; the others are boxed or corrected. At least one.
    """

    image: NDArray[np.uint8]
    masks: NDArray[np.bool_]
    whole: tuple[int, ...]


def is_whole(thing: ReferAnnotation, photo: Photo, recipe: ClickRecipe) -> bool:
    """Whether a recipe has a click alone on a photo mean such a thing."""
    only = recipe.only.get(photo.source)
    return not thing.iscrowd and (only is None or thing.category in only)


class ClickSamples:
    """Draws the samples of each step; those of one step share a canvas.

    Raises:
        TrainingError: no photo has anything to click on.
    """

    def __init__(
        self, splits: Sequence[tuple[ReferSplit, float]], recipe: ClickRecipe, canvases: Sequence[Size]
    ) -> None:
        self._recipe = recipe
        self._by_canvas: list[tuple[Size, list[Photo], NDArray[np.float64]]] = []
        drawn: dict[Size, list[tuple[Photo, float]]] = {canvas: [] for canvas in canvases}
        for split, weight in splits:
            for photo in photos_of(split):
                heavy = weight * recipe.source_weight.get(photo.source, 1.0)
                heavy *= recipe.crowded_weight if photo.is_crowded else 1.0
                if heavy > 0 and any(is_whole(thing, photo, recipe) for thing in photo.things):
                    drawn[best_canvas(photo.image.size, canvases)].append((photo, heavy))
        for canvas, found in drawn.items():
            if found:
                weights = np.array([heavy for _, heavy in found])
                self._by_canvas.append((canvas, [photo for photo, _ in found], weights))
        if not self._by_canvas:
            raise TrainingError("The training data hold nothing to click on; check the recipe's data and weights.")

    def batch(self, step: int) -> list[ClickSample]:
        """The samples of a step."""
        rng = np.random.default_rng([self._recipe.seed, 7, step])
        shares = np.array([weights.sum() for _, _, weights in self._by_canvas])
        canvas, photos, weights = self._by_canvas[int(rng.choice(len(shares), p=shares / shares.sum()))]
        found: list[ClickSample] = []
        for _ in range(self._recipe.batch * _TRIES):
            sample = self._sample(photos[int(rng.choice(len(photos), p=weights / weights.sum()))], canvas, rng)
            if sample is not None:
                found.append(sample)
            if len(found) == self._recipe.batch:
                return found
        raise TrainingError("Hardly any photo of the training data shows a thing large enough to be clicked on.")

    def _sample(self, photo: Photo, canvas: Size, rng: np.random.Generator) -> ClickSample | None:
        """A photo in a view; None where the view shows nothing large enough to click on."""
        view = View.drawn(photo.image.size, canvas, rng)
        grid = click_grid(canvas)
        masks: list[NDArray[np.bool_]] = []
        whole: list[int] = []
        for thing in photo.things:
            mask = view.mask(thing.mask().to_array(), grid) > 0.5
            if not thing.iscrowd and np.count_nonzero(mask) >= LEAST_CELLS:
                if is_whole(thing, photo, self._recipe):
                    whole.append(len(masks))
                masks.append(mask)
        if not whole:
            return None
        return ClickSample(view.image(pixels_of(photo.image)), np.stack(masks), tuple(whole))
