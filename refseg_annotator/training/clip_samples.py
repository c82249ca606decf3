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
_OF_CLIPS: Final = 0.7  # share of the pieces that pass before things which come from clips
_STRIDES: Final = (14, 8, 4)


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
        """The batch of a step: real clips, or sequences made of photos."""
        recipe = self._recipe
        rng = np.random.default_rng([recipe.seed, 3, step])
        real = bool(rng.random() < recipe.real_share)
        count, frames = (recipe.batch, recipe.frames + 1) if real else (recipe.photo_batch, recipe.frames + 1)
        if real:
            frames += int(rng.integers(recipe.followed + 1))
        windows = [self._window(real, frames, rng) for _ in range(count)]
        features = tuple(
            FrameFeatures(
                *(
                    torch.stack(parts).contiguous(memory_format=torch.channels_last)
                    for parts in zip(*(_of_frame(window, frame) for window in windows), strict=True)
                )
            )
            for frame in range(frames)
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

    def _window(self, real: bool, frames: int, rng: np.random.Generator) -> StoredWindow:
        """A window in which the first frame shows the object, if one is found in a few tries."""
        recipe = self._recipe
        window: StoredWindow | None = None
        for _ in range(_TRIES):
            pool = self._clips if real else self._photos
            path, (stored, objects, rows, columns) = pool[int(rng.integers(len(pool)))]
            order = _order(stored, frames, recipe.widest_gap, rng)
            if not (real and recipe.whole_frames):
                row, column = (int(rng.integers(side - recipe.window + 1)) for side in (rows, columns))
                found = read_window(path, order, range(row, row + recipe.window), range(column, column + recipe.window))
            else:
                found = read_window(path, order, range(rows), range(columns))
            one = int(rng.integers(objects))
            window = StoredWindow(found.features, found.masks[:, one : one + 1])
            if window.masks[0].float().mean() > _LEAST_SHOWN:
                break
        assert window is not None  # noqa: S101  there is at least one try
        if rng.random() < recipe.occluded:
            window = self._occluded(window, rng)
        if recipe.blurred:
            window = _blurred(window, recipe.blurred, rng)
        return _mirrored(window) if rng.random() < 0.5 else window

    def _occluded(self, window: StoredWindow, rng: np.random.Generator) -> StoredWindow:
        """A piece of another sequence passes over the frames after the first, on the object or beside it."""
        frames, rows, columns = (int(side) for side in window.masks[:, 0, ::UNIT, ::UNIT].shape)
        pool = self._clips if rng.random() < _OF_CLIPS else self._photos
        path, (stored, _, all_rows, all_columns) = pool[int(rng.integers(len(pool)))]
        height, width = (int(rng.integers(1, min(3, side) + 1)) for side in (rows, columns))
        height, width = min(height, all_rows), min(width, all_columns)
        row, column = int(rng.integers(all_rows - height + 1)), int(rng.integers(all_columns - width + 1))
        piece = read_window(
            path, [int(rng.integers(stored))], range(row, row + height), range(column, column + width)
        ).features
        features = FrameFeatures(*(part.clone() for part in window.features))
        masks = window.masks.clone()
        first = int(rng.integers(1, frames))
        shown = np.argwhere(window.masks[first, 0, UNIT // 2 :: UNIT, UNIT // 2 :: UNIT].numpy())
        if len(shown) and rng.random() < 0.8:
            middle = shown[int(rng.integers(len(shown)))]
        else:
            middle = np.array([rng.integers(rows), rng.integers(columns)])
        top, left = int(middle[0]) - int(rng.integers(height)), int(middle[1]) - int(rng.integers(width))
        pace = rng.integers(-1, 2, 2)
        for frame in range(first, min(frames, first + int(rng.integers(1, 5)))):
            _paste(features, masks, piece, frame, top, left)
            top, left = top + int(pace[0]), left + int(pace[1])
        return StoredWindow(features, masks)


def _blurred(window: StoredWindow, share: float, rng: np.random.Generator) -> StoredWindow:
    """The same channels left out or scaled on all frames of a sequence."""
    found = []
    for place, part in enumerate(window.features):
        gains = np.exp(rng.standard_normal(part.shape[1]) * share)
        if place == 0:
            gains[rng.random(len(gains)) < share] = 0
        found.append(part * torch.from_numpy(gains.astype(np.float32))[None, :, None, None])
    return StoredWindow(FrameFeatures(*found), window.masks)


def _paste(features: FrameFeatures, masks: Tensor, piece: FrameFeatures, frame: int, top: int, left: int) -> None:
    """Puts a piece on a frame, its corner at a unit that may lie outside, in place; nothing shows through."""
    for part, new, stride in zip(features, piece, _STRIDES, strict=True):
        cells = UNIT // stride
        rows, columns = part.shape[2] // cells, part.shape[3] // cells
        height, width = new.shape[2] // cells, new.shape[3] // cells
        y0, y1, x0, x1 = max(0, top), min(rows, top + height), max(0, left), min(columns, left + width)
        if y0 >= y1 or x0 >= x1:
            return
        part[frame, :, y0 * cells : y1 * cells, x0 * cells : x1 * cells] = new[
            0, :, (y0 - top) * cells : (y1 - top) * cells, (x0 - left) * cells : (x1 - left) * cells
        ]
    masks[frame, :, y0 * UNIT : y1 * UNIT, x0 * UNIT : x1 * UNIT] = False


def _mirrored(window: StoredWindow) -> StoredWindow:
    """Left and right swapped: not what the encoder would say of the mirrored frame, but near it."""
    return StoredWindow(FrameFeatures(*(part.flip(-1) for part in window.features)), window.masks.flip(-1))


def _of_frame(window: StoredWindow, frame: int) -> FrameFeatures:
    return FrameFeatures(*(part[frame] for part in window.features))


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
