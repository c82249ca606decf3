"""What a tool paints on: a draft of one mask, and the exact pixels of a round brush. Numpy only.

A pixel belongs to the brush where its centre lies within `radius` of the brush's centre, all in source pixels.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from refseg_annotator.core.geometry import EMPTY_BOX, Box, Size
from refseg_annotator.core.mask import tight_box

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from refseg_annotator.core.mask import Mask

_UNTOUCHED, _SET, _CLEARED = np.uint8(0), np.uint8(1), np.uint8(2)


def sweep_spans(
    x0: float, y0: float, x1: float, y1: float, radius: float
) -> tuple[int, NDArray[np.int64], NDArray[np.int64]]:
    """The pixels that a round brush covers on its way from (x0, y0) to (x1, y1), row by row.

    A swept disc is convex, so each row is one run of pixels: `(first row, starts, ends)`, ends exclusive, a run may be
    empty (`end <= start`). The cost grows with the height of the sweep, not with its area.
    """
    radius = max(radius, 0.5)
    top = math.ceil(min(y0, y1) - radius - 0.5)
    bottom = math.floor(max(y0, y1) + radius - 0.5) + 1
    rows = np.arange(top, max(bottom, top), dtype=np.float64) + 0.5
    left = np.full(rows.shape, np.inf)
    right = np.full(rows.shape, -np.inf)
    for centre_x, centre_y in ((x0, y0), (x1, y1)):
        square = radius * radius - (rows - centre_y) ** 2
        inside = square >= 0
        reach = np.sqrt(np.where(inside, square, 0.0))
        left = np.where(inside, np.minimum(left, centre_x - reach), left)
        right = np.where(inside, np.maximum(right, centre_x + reach), right)
    length = math.hypot(x1 - x0, y1 - y0)
    if length > 0:
        across_x, across_y = -(y1 - y0) / length * radius, (x1 - x0) / length * radius
        corners = (
            (x0 + across_x, y0 + across_y),
            (x1 + across_x, y1 + across_y),
            (x1 - across_x, y1 - across_y),
            (x0 - across_x, y0 - across_y),
        )
        for (ax, ay), (bx, by) in zip(corners, (*corners[1:], corners[0]), strict=True):
            if ay == by:
                continue
            share = (rows - ay) / (by - ay)
            crosses = (share >= 0) & (share <= 1)
            at = ax + share * (bx - ax)
            left = np.where(crosses, np.minimum(left, at), left)
            right = np.where(crosses, np.maximum(right, at), right)
    found = right >= left
    starts = np.ceil(np.where(found, left, 0.0) - 0.5 - 1e-9).astype(np.int64)
    ends = np.floor(np.where(found, right, -1.0) - 0.5 + 1e-9).astype(np.int64) + 1
    # A brush narrower than a pixel still paints the pixel under its tip.
    if not (ends > starts).any():
        column = math.floor(x1)
        return math.floor(y1), np.array([column]), np.array([column + 1])
    return top, starts, ends


class Draft:
    """One mask while a tool paints on it: the mask as it was, and what the stroke has set and cleared so far.

    Only the touched part of the frame costs memory: the array comes zeroed from the system and its pages appear when
    written. Nothing is committed before the tool lets go.
    """

    def __init__(self, base: Mask) -> None:
        self.base = base
        self.size: Size = base.size
        self.touched: Box = EMPTY_BOX
        self._stroke: NDArray[np.uint8] = np.zeros(base.size.shape, np.uint8)

    @property
    def box(self) -> Box:
        """A box that holds all pixels of the draft."""
        return self.base.box.union(self.touched)

    def sweep(self, x0: float, y0: float, x1: float, y1: float, radius: float, *, value: bool) -> Box:
        """Drag a round brush; returns the box in which something is new, within the picture."""
        top, starts, ends = sweep_spans(x0, y0, x1, y1, radius)
        box = Box(int(starts.min()), top, max(int(ends.max()), int(starts.min())), top + len(starts)).clipped(self.size)
        if box.is_empty:
            return EMPTY_BOX
        own = slice(box.y0 - top, box.y1 - top)
        # Counted from the box in as few bytes as will do: the millions of pixels of a wide brush are compared there.
        kind: type[np.signedinteger[Any]] = np.int16 if box.width < np.iinfo(np.int16).max else np.int32
        columns = np.arange(box.width, dtype=kind)
        first = np.clip(starts[own] - box.x0, 0, box.width).astype(kind)
        last = np.clip(ends[own] - box.x0, 0, box.width).astype(kind)
        shape = (columns >= first[:, None]) & (columns < last[:, None])
        region = self._stroke[box.slices]
        mark = _SET if value else _CLEARED
        # A slow, wide brush mostly paints over its own pixels; only what is new needs to be drawn anew.
        shape &= region != mark
        fresh = tight_box(shape)
        if fresh.is_empty:
            return EMPTY_BOX
        region, levels = region[fresh.slices], shape[fresh.slices].view(np.uint8)
        # Zeroed, then marked: a masked copy, which says the same, takes several times as long.
        region *= levels ^ np.uint8(1)
        region += levels * mark
        self.touched = self.touched.union(box)
        return Box.from_xywh(box.x0 + fresh.x0, box.y0 + fresh.y0, fresh.width, fresh.height)

    def put(self, box: Box, shape: NDArray[np.bool_], *, value: bool) -> Box:
        """Set or clear the True pixels of `shape`, bool `box.shape`, with `box` inside the picture."""
        region = self._stroke[box.slices]
        np.copyto(region, _SET if value else _CLEARED, where=shape)
        self.touched = self.touched.union(box)
        return box

    def sample(self, box: Box, step: int) -> NDArray[np.bool_]:
        """Every `step`-th pixel of `box`, which lies inside the picture, from its top left corner on."""
        stroke = self._stroke[box.y0 : box.y1 : step, box.x0 : box.x1 : step]
        return np.where(stroke == _UNTOUCHED, sample_mask(self.base, box, step), stroke == _SET)

    def patch(self) -> tuple[Box, NDArray[np.bool_]]:
        """The touched box and the mask's pixels in it, as the stroke leaves them."""
        return self.touched, self.sample(self.touched, 1)


def sample_mask(mask: Mask, box: Box, step: int) -> NDArray[np.bool_]:
    """Every `step`-th pixel of `box` in a mask, from the top left corner of `box` on; False outside the mask."""
    height, width = -(-box.height // step), -(-box.width // step)
    common = mask.box.intersection(box)
    if common == box:
        inside = box.relative_to(mask.box)
        return mask.pixels[inside.y0 : inside.y1 : step, inside.x0 : inside.x1 : step]
    array = np.zeros((height, width), np.bool_)
    if common.is_empty:
        return array
    # First grid line inside the mask, each way.
    row, column = -(-(common.y0 - box.y0) // step), -(-(common.x0 - box.x0) // step)
    y, x = box.y0 + row * step - mask.box.y0, box.x0 + column * step - mask.box.x0
    part = mask.pixels[y : common.y1 - mask.box.y0 : step, x : common.x1 - mask.box.x0 : step]
    array[row : row + part.shape[0], column : column + part.shape[1]] = part
    return array
