"""Edges of a coarse answer drawn along those of the photo, up to its full resolution: numpy and OpenCV, no torch.

A guided filter (He, Sun, Tang, "Guided Image Filtering", TPAMI 2013, with a colour guide; coefficients computed small
and applied large, as in their "Fast Guided Filter", 2015): in every window the answer is explained as an affine
function of the photo's colour, so that it steps where the colour steps. OpenCV has it in its contributed modules alone,
whose package cannot be installed beside the plain one; on box filters it is these lines.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import cv2
import numpy as np

from refseg_annotator.core.geometry import Box, Size

if TYPE_CHECKING:
    from numpy.typing import NDArray

_WORK_SIDE: Final = 384
"""Longer side that the coefficients are computed at, pixels; no finer than what the network saw."""

_WINDOW: Final = 1 / 96
"""Radius of a window, as a share of the longer side: about a cell of the network's finest grid."""

_SMOOTHNESS: Final = 1e-3
"""Variance of colour (0..1) under which a window counts as one surface."""

_OPEN: Final = 0.08
"""Answers nearer to 0 than this are settled."""

_TILE: Final = 128
"""Side of the tiles that are worked on at once, pixels."""

_UNMOVED: Final = 0.01
"""Where no colour would move the answer by more than this, the colours are not asked."""


def refine_edges(probability: NDArray[np.float32], picture: NDArray[np.uint8]) -> NDArray[np.float32]:
    """`probability` float32 (H, W) in 0..1 with its edges along those of `picture` uint8 (H, W, 3) RGB; (H, W) in 0..1.

    Far from anything that may belong to the answer it is returned as it came.
    """
    height, width = probability.shape
    longer = max(height, width)
    shrink = min(1.0, _WORK_SIDE / longer)
    small = (max(1, round(width * shrink)), max(1, round(height * shrink)))
    coarse = probability if shrink == 1 else cv2.resize(probability, small, interpolation=cv2.INTER_AREA)
    radius = max(1, round(max(small) * _WINDOW))
    box = _box_of(coarse > _OPEN, 3 * radius)
    if box is None:
        return probability
    rows, columns = box.slices
    scale_x, scale_y = width / small[0], height / small[1]
    large_rows = slice(round(box.y0 * scale_y), round(box.y1 * scale_y))
    large_columns = slice(round(box.x0 * scale_x), round(box.x1 * scale_x))
    guide = picture[large_rows, large_columns]
    part = guide if shrink == 1 else cv2.resize(guide, (box.width, box.height), interpolation=cv2.INTER_AREA)
    slope, offset = _coefficients(part.astype(np.float32) / 255, np.ascontiguousarray(coarse[rows, columns]), radius)
    refined = probability.copy()
    _explain(guide, np.dstack([slope, offset]), into=refined[large_rows, large_columns])
    return refined


def _explain(guide: NDArray[np.uint8], affine: NDArray[np.float32], into: NDArray[np.float32]) -> None:
    """Writes what `affine` (h, w, 4), enlarged to `guide` (H, W, 3), makes of its colours, clipped to 0..1.

    Tile by tile, so that a photo of any size takes little memory beside its own, and without looking at the photo where
    its colours change nothing: inside of things and far from them.
    """
    height, width = guide.shape[:2]
    # Across at once, which is as many rows as the small picture has; down within each tile.
    wide = cv2.resize(affine, (width, affine.shape[0]), interpolation=cv2.INTER_LINEAR)
    places = np.clip((np.arange(height) + 0.5) * (affine.shape[0] / height) - 0.5, 0, affine.shape[0] - 1)
    above = np.minimum(places.astype(np.intp), max(0, affine.shape[0] - 2))
    below = np.minimum(above + 1, affine.shape[0] - 1)
    weights = (places - above).astype(np.float32)[:, None]
    for y in range(0, height, _TILE):
        tall = slice(y, min(y + _TILE, height))
        seen = slice(int(above[tall][0]), int(below[tall][-1]) + 1)
        for x in range(0, width, _TILE):
            across = slice(x, min(x + _TILE, width))
            block = np.moveaxis(wide[seen, across], -1, 0)
            high, low = above[tall] - seen.start, below[tall] - seen.start

            def enlarged(part: NDArray[np.float32], high: Any = high, low: Any = low, tall: slice = tall) -> Any:
                return part[high] + (part[low] - part[high]) * weights[tall]

            answer = enlarged(block[3])
            if np.abs(block[:3]).sum(0).max() > _UNMOVED:
                colours = guide[tall, across]
                for channel in range(3):
                    answer += enlarged(block[channel]) * (colours[..., channel] * np.float32(1 / 255))
            np.clip(answer, 0, 1, out=into[tall, across])


def _box_of(pixels: NDArray[np.bool_], margin: int) -> Box | None:
    """The box of what is true, widened by `margin`; None where nothing is."""
    if not pixels.any():
        return None
    rows, columns = np.flatnonzero(pixels.any(1)), np.flatnonzero(pixels.any(0))
    tight = Box(int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1)
    return tight.expanded(margin).clipped(Size(width=pixels.shape[1], height=pixels.shape[0]))


def _coefficients(
    guide: NDArray[np.floating], answer: NDArray[np.floating], radius: int
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Slope (h, w, 3) and offset (h, w) that explain `answer` (h, w) by `guide` (h, w, 3), averaged over windows."""

    def mean(values: Any) -> Any:
        return cv2.boxFilter(values, -1, (2 * radius + 1, 2 * radius + 1), borderType=cv2.BORDER_REFLECT)

    colour, level = mean(guide), mean(answer)
    shared = mean(guide * answer[..., None]) - colour * level[..., None]  # covariance with the answer, (h, w, 3)

    def spread(first: int, second: int) -> Any:
        product = mean(guide[..., first] * guide[..., second]) - colour[..., first] * colour[..., second]
        return product + _SMOOTHNESS if first == second else product

    rr, gg, bb = spread(0, 0), spread(1, 1), spread(2, 2)
    rg, rb, gb = spread(0, 1), spread(0, 2), spread(1, 2)
    # The inverse of the symmetric 3 x 3 matrix, by cofactors.
    inverse_rr, inverse_rg, inverse_rb = gg * bb - gb * gb, gb * rb - rg * bb, rg * gb - gg * rb
    inverse_gg, inverse_gb, inverse_bb = rr * bb - rb * rb, rg * rb - rr * gb, rr * gg - rg * rg
    determinant = np.maximum(rr * inverse_rr + rg * inverse_rg + rb * inverse_rb, _SMOOTHNESS**3)
    red, green, blue = shared[..., 0], shared[..., 1], shared[..., 2]
    slope = np.stack(
        [
            inverse_rr * red + inverse_rg * green + inverse_rb * blue,
            inverse_rg * red + inverse_gg * green + inverse_gb * blue,
            inverse_rb * red + inverse_gb * green + inverse_bb * blue,
        ],
        axis=-1,
    )
    slope /= determinant[..., None]
    offset = level - np.einsum("ijc,ijc->ij", slope, colour)
    return mean(slope), mean(offset)
