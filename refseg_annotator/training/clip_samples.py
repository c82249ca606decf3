"""What a training step sees: windows of stored sequences, one object each, its first mask given."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
import torch
from torch import Tensor

from refseg_annotator.errors import TrainingError
from refseg_annotator.nn.clip_features import FrameFeatures
from refseg_annotator.training.clip_recipe import ClipRecipe
from refseg_annotator.training.clip_store import UNIT, StoredWindow, read_window, shape_of

_LEAST_SHOWN: Final = 0.004  # share of the window that the object covers on the frame that is given
_TRIES: Final = 6


class ClipBatch(NamedTuple):
    """Sequences of t frames.

    Attributes:
        features: t entries of b frames each.
        masks: float32 (t, b, 1, H, W), 0 or 1.
    """

    features: tuple[FrameFeatures, ...]
    masks: Tensor


class ClipSamples:
    """Draws batches; what comes at a step depends on seed and step alone."""

    def __init__(self, folder: Path, recipe: ClipRecipe) -> None:
        self._recipe = recipe
        self._clips = _shapes(folder, "clip-")
        self._photos = _shapes(folder, "photo-")
        if not self._clips or not self._photos:
            raise TrainingError(f"{str(folder)!r} holds no sequences to train with; start the run anew.")

    def batch(self, step: int) -> ClipBatch:
        """The batch of a step."""
        recipe = self._recipe
        rng = np.random.default_rng([recipe.seed, 3, step])
        share = recipe.real_share if step > recipe.steps / 5 else 0.5
        windows = [self._window(rng.random() < share, step, rng) for _ in range(recipe.batch)]
        features = tuple(
            FrameFeatures(
                *(
                    torch.stack(parts).contiguous(memory_format=torch.channels_last)
                    for parts in zip(*(_of_frame(window, frame) for window in windows), strict=True)
                )
            )
            for frame in range(recipe.frames)
        )
        return ClipBatch(features, torch.stack([window.masks for window in windows], dim=1).float())

    def some_tokens(self, count: int) -> Tensor:
        """About `count` tokens (n, c) of real clips, for principal components."""
        rng = np.random.default_rng([self._recipe.seed, 4])
        found: list[Tensor] = []
        while sum(map(len, found)) < count:
            path, (frames, _, rows, columns) = self._clips[int(rng.integers(len(self._clips)))]
            window = read_window(path, [int(rng.integers(frames))], range(rows), range(columns))
            tokens = window.features.tokens[0].flatten(1).T
            found.append(tokens[torch.from_numpy(rng.permutation(len(tokens))[:128])])
        return torch.cat(found)

    def _window(self, real: bool, step: int, rng: np.random.Generator) -> StoredWindow:
        """A window in which the first frame shows the object, if one is found in a few tries."""
        recipe = self._recipe
        window: StoredWindow | None = None
        for _ in range(_TRIES):
            pool = self._clips if real else self._photos
            path, (frames, objects, rows, columns) = pool[int(rng.integers(len(pool)))]
            order = _order(frames, recipe.frames, _gap(recipe, step), rng)
            row = int(rng.integers(rows - recipe.window + 1))
            column = int(rng.integers(columns - recipe.window + 1))
            found = read_window(path, order, range(row, row + recipe.window), range(column, column + recipe.window))
            one = int(rng.integers(objects))
            window = StoredWindow(found.features, found.masks[:, one : one + 1])
            if window.masks[0].float().mean() > _LEAST_SHOWN:
                return _mirrored(window) if rng.random() < 0.5 else window
        assert window is not None  # noqa: S101  there is at least one try
        return window


def _mirrored(window: StoredWindow) -> StoredWindow:
    """Left and right swapped: not what the encoder would say of the mirrored frame, but near it."""
    return StoredWindow(FrameFeatures(*(part.flip(-1) for part in window.features)), window.masks.flip(-1))


def _of_frame(window: StoredWindow, frame: int) -> FrameFeatures:
    return FrameFeatures(*(part[frame] for part in window.features))


def _gap(recipe: ClipRecipe, step: int) -> int:
    """The widest gap allowed at a step."""
    grown = min(1.0, 2 * step / max(recipe.steps, 1))
    return 1 + round((recipe.widest_gap - 1) * grown)


def _order(stored: int, wanted: int, widest: int, rng: np.random.Generator) -> Sequence[int]:
    """Frames to follow, forwards or backwards."""
    widest = max(1, min(widest, (stored - 1) // max(wanted - 1, 1)))
    gaps = rng.integers(1, widest + 1, wanted - 1)
    first = int(rng.integers(stored - int(gaps.sum())))
    order = [first, *(first + int(step) for step in np.cumsum(gaps))]
    return order if rng.random() < 0.5 else order[::-1]


def _shapes(folder: Path, start: str) -> list[tuple[Path, tuple[int, int, int, int]]]:
    return [(path, shape_of(path)) for path in sorted(folder.glob(f"{start}*.safetensors"))]


__all__ = ["UNIT", "ClipBatch", "ClipSamples"]
