"""Superpixels: a picture cut into pieces of one colour and about one size, to be picked whole."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from refseg_annotator.core.geometry import Box, Size

if TYPE_CHECKING:
    from numpy.typing import NDArray

_MOST_PIXELS: Final = 600_000
"""Larger pictures are cut at a smaller size: cutting costs time with every pixel, and a piece is large."""
_COMPACTNESS: Final = 12.0
_ROUNDS: Final = 5


@dataclass(frozen=True, slots=True, eq=False)
class Pieces:
    """A picture in pieces.

    Args:
        size: of the picture.
        labels: int32 (h, w), the piece of each cell, from 0 on; a cell is one source pixel, or a few by a few of them.
        boxes: the box of each piece, in cells.
    """

    size: Size
    labels: NDArray[np.int32]
    boxes: tuple[Box, ...]

    @property
    def count(self) -> int:
        """How many pieces there are."""
        return len(self.boxes)

    def columns_of(self, x: NDArray[np.int64]) -> NDArray[np.int64]:
        """The cell columns of source columns."""
        found: NDArray[np.int64] = x * self.labels.shape[1] // self.size.width
        return found

    def rows_of(self, y: NDArray[np.int64]) -> NDArray[np.int64]:
        """The cell rows of source rows."""
        found: NDArray[np.int64] = y * self.labels.shape[0] // self.size.height
        return found

    def piece_at(self, x: int, y: int) -> int | None:
        """The piece of a source pixel; None outside the picture."""
        if not Box.of(self.size).contains_point(x, y):
            return None
        height, width = self.labels.shape
        return int(self.labels[y * height // self.size.height, x * width // self.size.width])

    def pixels_of(self, piece: int) -> tuple[Box, NDArray[np.bool_]]:
        """The source pixels of a piece: a box, and bool `box.shape`. The pieces have every pixel once."""
        cells = self.boxes[piece]
        height, width = self.labels.shape
        # The first source column of cell c is the least x with x * width // W == c.
        x0, x1 = (-(-cell * self.size.width // width) for cell in (cells.x0, cells.x1))
        y0, y1 = (-(-cell * self.size.height // height) for cell in (cells.y0, cells.y1))
        box = Box(x0, y0, x1, y1)
        columns = self.columns_of(np.arange(x0, x1, dtype=np.int64))
        rows = self.rows_of(np.arange(y0, y1, dtype=np.int64))
        return box, self.labels.take(rows, axis=0).take(columns, axis=1) == piece


def ready_to_cut() -> None:
    """Import what cutting needs, which takes a second the first time."""
    import skimage.segmentation.slic_superpixels  # noqa: F401


def cut_into_pieces(image: NDArray[np.uint8], side: int) -> Pieces:
    """Cut a picture, uint8 (H, W, 3) RGB, into pieces of about `side` by `side` source pixels. Takes seconds."""
    import cv2
    from skimage.segmentation import slic

    height, width = image.shape[:2]
    scale = min(1.0, math.sqrt(_MOST_PIXELS / (width * height)))
    # Not so small that a piece would be a few cells, at which the cut has nothing to follow.
    cells_wide, cells_high = max(round(width * scale), 1), max(round(height * scale), 1)
    small = image
    if (cells_wide, cells_high) != (width, height):
        small = np.asarray(cv2.resize(image, (cells_wide, cells_high), interpolation=cv2.INTER_AREA), dtype=np.uint8)
    wanted = max(round(width * height / (side * side)), 1)
    if wanted == 1 or cells_wide * cells_high < 4:
        labels = np.zeros((cells_high, cells_wide), np.int32)
    else:
        labels = slic(
            small,
            n_segments=wanted,
            compactness=_COMPACTNESS,
            sigma=0.8,
            max_num_iter=_ROUNDS,
            start_label=0,
            channel_axis=-1,
        ).astype(np.int32)
    return Pieces(Size(width, height), labels, _boxes(labels))


def _boxes(labels: NDArray[np.int32]) -> tuple[Box, ...]:
    """The box of each label; labels are renumbered in place where some are missing."""
    from scipy import ndimage

    present, numbers = np.unique(labels, return_inverse=True)
    if len(present) != int(present[-1]) + 1:
        labels[...] = numbers.reshape(labels.shape)
    found = ndimage.find_objects(labels + 1)
    return tuple(Box(columns.start, rows.start, columns.stop, rows.stop) for rows, columns in found)
