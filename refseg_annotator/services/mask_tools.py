"""What can be done to a whole mask: each a pure function from a mask to a mask, exact to the pixel.

Foreground hangs together by edges and corners, background by edges alone: a diagonal line of pixels is one part and
parts what lies on its sides. The edge of the picture is neither: nothing grows in from it, nothing is eaten from it.
"""

from __future__ import annotations

import math
from enum import StrEnum
from typing import TYPE_CHECKING, Final

import numpy as np

from refseg_annotator.core.geometry import Box, Size
from refseg_annotator.core.mask import Mask
from refseg_annotator.errors import EditError

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

_BY_EDGE: Final = 4
_BY_CORNER: Final = 8
# A softening is done over this many standard deviations; further out a weight is below a tenth of a level of 256.
_REACH: Final = 4.0


class Mode(StrEnum):
    """What a shape does to a mask."""

    ADD = "add"
    SUBTRACT = "subtract"
    INTERSECT = "intersect"

    @property
    def flipped(self) -> Mode:
        """The mode while Ctrl is held."""
        return Mode.ADD if self is Mode.SUBTRACT else Mode.SUBTRACT


def combine(mask: Mask, shape: Mask, mode: Mode) -> Mask:
    """The mask with the shape added, taken away, or as all that stays."""
    operations: dict[Mode, Callable[[Mask], Mask]] = {
        Mode.ADD: mask.union,
        Mode.SUBTRACT: mask.difference,
        Mode.INTERSECT: mask.intersection,
    }
    return operations[mode](shape)


def grow(mask: Mask, pixels: float) -> Mask:
    """All pixels whose centre lies within `pixels` of the centre of one of the mask's."""
    if mask.is_empty or pixels < 1:
        return mask
    box = mask.box.expanded(math.floor(pixels)).clipped(mask.size)
    return Mask.from_patch(mask.size, box, _distance(~mask.crop(box)) <= pixels)


def shrink(mask: Mask, pixels: float) -> Mask:
    """The pixels whose centre lies further than `pixels` from that of every pixel outside the mask."""
    if mask.is_empty or pixels < 1:
        return mask
    # One row of the outside on each side is enough: it is the nearest there is. Past the picture there is no outside.
    box = mask.box.expanded(1).clipped(mask.size)
    inside = mask.crop(box)
    if inside.all():
        return mask
    return Mask.from_patch(mask.size, box, _distance(inside) > pixels)


def smooth(mask: Mask, pixels: float) -> Mask:
    """The mask with its outline softened over `pixels`: what is thinner goes, what is narrower closes.

    A straight outline stays where it is, and smoothing the inverted mask gives the inverted smooth one.
    """
    import cv2

    if mask.is_empty or pixels <= 0:
        return mask
    reach = math.ceil(_REACH * pixels)
    # Room for the outline to move, and as much again, so that what lies at the end of the crop is plain background.
    box = mask.box.expanded(2 * reach).clipped(mask.size)
    levels = mask.crop(box).astype(np.float32)
    soft = cv2.GaussianBlur(
        levels, (2 * reach + 1, 2 * reach + 1), pixels, sigmaY=pixels, borderType=cv2.BORDER_REPLICATE
    )
    return Mask.from_patch(mask.size, box, soft > 0.5)


def fill_holes(mask: Mask, largest: int | None = None) -> Mask:
    """The mask with its holes filled: background that does not reach the picture's edge.

    Args:
        largest: leave holes of more pixels open; None fills all.
    """
    if mask.is_empty:
        return mask
    box = mask.box.expanded(1).clipped(mask.size)
    background = ~mask.crop(box)
    labels, areas, open_ = _regions(background, _BY_EDGE)
    # What touches the crop's edge is connected with the outside, or goes out of the picture.
    holes = ~open_
    if largest is not None:
        holes &= areas <= largest
    holes[0] = False
    return mask.union(Mask.from_patch(mask.size, box, holes[labels])) if holes.any() else mask


def drop_specks(mask: Mask, smallest: int) -> Mask:
    """The mask without its parts of fewer than `smallest` pixels."""
    if mask.is_empty or smallest <= 1:
        return mask
    labels, areas, _ = _regions(mask.pixels, _BY_CORNER)
    kept = areas >= smallest
    kept[0] = False
    return Mask.from_patch(mask.size, mask.box, kept[labels])


def parts(mask: Mask) -> list[Mask]:
    """The separate parts of a mask, the largest first; of one size, the upper left first."""
    if mask.is_empty:
        return []
    import cv2

    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask.pixels.astype(np.uint8), connectivity=_BY_CORNER)
    found = []
    for number in range(1, count):
        x, y, width, height = (int(value) for value in stats[number, :4])
        box = Box.from_xywh(mask.box.x0 + x, mask.box.y0 + y, width, height)
        found.append(Mask.from_patch(mask.size, box, labels[y : y + height, x : x + width] == number))
    return sorted(found, key=lambda part: (-part.area, part.box.y0, part.box.x0))


def part_at(mask: Mask, x: int, y: int) -> Mask:
    """The part of a mask that has a pixel; empty where the pixel is not of the mask."""
    if not mask.contains_point(x, y):
        return Mask.empty(mask.size)
    return _region_at(mask.pixels, mask.box, mask.size, x, y, _BY_CORNER)


def enclosed_at(mask: Mask, x: int, y: int) -> Mask:
    """The hole of a mask that has a pixel.

    Raises:
        EditError: the pixel lies in the mask, or its surroundings reach the edge of the picture.
    """
    if mask.contains_point(x, y):
        raise EditError("This place belongs to the mask already; click a hole in it, or hold Ctrl to empty a part.")
    box = mask.box.expanded(1).clipped(mask.size)
    refusal = EditError("This place is not enclosed by the mask; close its outline first, then fill it.")
    if not box.contains_point(x, y):
        raise refusal
    background = ~mask.crop(box)
    hole = _region_at(background, box, mask.size, x, y, _BY_EDGE)
    touches = hole.box.x0 == box.x0 or hole.box.y0 == box.y0 or hole.box.x1 == box.x1 or hole.box.y1 == box.y1
    if touches:
        raise refusal
    return hole


def _distance(inside: NDArray[np.bool_]) -> NDArray[np.float32]:
    """How far the centre of each True pixel is from that of the nearest False one; 0 for those."""
    import cv2

    if inside.all():
        return np.full(inside.shape, np.inf, np.float32)
    levels = inside.astype(np.uint8)
    return np.asarray(cv2.distanceTransform(levels, cv2.DIST_L2, cv2.DIST_MASK_PRECISE), dtype=np.float32)


def _regions(
    array: NDArray[np.bool_], connectivity: int
) -> tuple[NDArray[np.int32], NDArray[np.int64], NDArray[np.bool_]]:
    """Labels of the regions of True, from 1 on; by label the area and whether it touches the array's edge."""
    import cv2

    count, labels, stats, _ = cv2.connectedComponentsWithStats(array.astype(np.uint8), connectivity=connectivity)
    areas = stats[:, cv2.CC_STAT_AREA].astype(np.int64)
    at_edge = np.zeros(count, np.bool_)
    for line in (labels[0], labels[-1], labels[:, 0], labels[:, -1]):
        at_edge[line] = True
    return labels, areas, at_edge


def _region_at(array: NDArray[np.bool_], box: Box, size: Size, x: int, y: int, connectivity: int) -> Mask:
    """The region of True that has the pixel (x, y), of an array lying at `box`."""
    import cv2

    height, width = array.shape
    filled = np.zeros((height + 2, width + 2), np.uint8)
    flags = connectivity | cv2.FLOODFILL_MASK_ONLY | (1 << 8)
    cv2.floodFill(array.astype(np.uint8), filled, (x - box.x0, y - box.y0), 1, 0, 0, flags)
    return Mask.from_patch(size, box, filled[1:-1, 1:-1])
