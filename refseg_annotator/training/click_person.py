"""A person at work with clicks, by chance or by the rule: where they click, and what they correct.

Masks are boolean (h, w) on any grid; points are (x, y) in its cells, cell (x, y) covering [x, x + 1) x [y, y + 1).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

_DEEP = 0.5  # share of the greatest depth from which on a place counts as in the middle of something


def corrected(before: NDArray[np.bool_], wanted: NDArray[np.bool_], *, positive: bool) -> NDArray[np.bool_]:
    """A mask after a click that was answered by `wanted`: what is clicked on is gained, or lost, and nothing else."""
    return before | wanted if positive else before & wanted


class NextClick(NamedTuple):
    """A click: on what is missing (`positive`), or on what is too much."""

    x: float
    y: float
    positive: bool


def depth_of(mask: NDArray[np.bool_]) -> NDArray[np.float32]:
    """How far each cell lies from the outside, in cells; beyond the grid is outside."""
    padded = np.pad(mask.astype(np.uint8), 1)
    return np.asarray(cv2.distanceTransform(padded, cv2.DIST_L2, 3)[1:-1, 1:-1], dtype=np.float32)


def innermost(mask: NDArray[np.bool_]) -> tuple[float, float]:
    """The point deepest within a mask that is not empty."""
    depth = depth_of(mask)
    y, x = np.unravel_index(int(depth.argmax()), depth.shape)
    return float(x) + 0.5, float(y) + 0.5


def point_in(mask: NDArray[np.bool_], rng: np.random.Generator) -> tuple[float, float]:
    """A point within a mask that is not empty: anywhere, or as often in its middle."""
    if rng.random() < 0.5:
        depth = depth_of(mask)
        mask = mask & (depth >= _DEEP * depth.max())
    rows, columns = np.nonzero(mask)
    one = int(rng.integers(len(rows)))
    return float(columns[one]) + 0.5, float(rows[one]) + 0.5


def largest_error(found: NDArray[np.bool_], wanted: NDArray[np.bool_]) -> tuple[NDArray[np.bool_], bool]:
    """What of a mask most needs correcting, by depth: what is missing (True) or too much; empty where all is right."""
    missing, surplus = wanted & ~found, found & ~wanted
    is_missing = bool(depth_of(missing).max() >= depth_of(surplus).max())
    return (missing if is_missing else surplus), is_missing


def next_click(found: NDArray[np.bool_], wanted: NDArray[np.bool_]) -> NextClick | None:
    """Where a person clicks next who corrects the worst first; None where nothing is to be corrected."""
    error, positive = largest_error(found, wanted)
    return NextClick(*innermost(error), positive) if error.any() else None


def box_around(mask: NDArray[np.bool_], rng: np.random.Generator | None = None) -> tuple[float, float, float, float]:
    """The box (x0, y0, x1, y1) of a mask that is not empty; with chance, as loosely as a hand draws it."""
    rows, columns = np.nonzero(mask)
    edges = [columns.min(), rows.min(), columns.max() + 1, rows.max() + 1]
    if rng is None:
        return tuple(map(float, edges))  # type: ignore[return-value]
    wide, high = edges[2] - edges[0], edges[3] - edges[1]
    loose = rng.uniform(-0.05, 0.1, 4) * (wide, high, wide, high)
    left, top, right, bottom = edges[0] - loose[0], edges[1] - loose[1], edges[2] + loose[2], edges[3] + loose[3]
    return float(left), float(top), float(right), float(bottom)


def spoilt(mask: NDArray[np.bool_], others: Sequence[NDArray[np.bool_]], rng: np.random.Generator) -> NDArray[np.bool_]:
    """A mask as it may be before a correction: a neighbour with it or instead, a part missing, pieces or an edge wrong.

    Args:
        others: masks of the other things, not empty.
    """
    rows, columns = np.nonzero(mask)
    draw = rng.random()
    if draw < 0.35 and others:
        centre = np.array([rows.mean(), columns.mean()])
        far = [float(np.hypot(*(np.mean(np.nonzero(other), axis=1) - centre))) for other in others]
        nearest = others[int(np.argmin(far))]
        return mask | nearest if draw < 0.2 else nearest & ~mask
    found = mask.copy()
    if draw < 0.65:
        angle = rng.uniform(0, 2 * math.pi)
        along = rows * math.sin(angle) + columns * math.cos(angle)
        gone = along > np.quantile(along, rng.uniform(0.3, 0.8))
        found[rows[gone], columns[gone]] = False
    elif draw < 0.85:
        row, column = np.ogrid[: mask.shape[0], : mask.shape[1]]
        for _ in range(int(rng.integers(1, 4))):
            radius = max(1.5, math.sqrt(len(rows)) * rng.uniform(0.2, 0.5))
            one = int(rng.integers(len(rows)))
            y, x = rows[one] + rng.normal(0, radius), columns[one] + rng.normal(0, radius)
            disc = (row - y) ** 2 + (column - x) ** 2 < radius**2
            found = found | disc if rng.random() < 0.6 else found & ~disc
    else:
        times = int(rng.integers(1, 3))
        changed = (cv2.dilate if rng.random() < 0.6 else cv2.erode)(
            found.astype(np.uint8), np.ones((3, 3), np.uint8), iterations=times
        )
        found = np.asarray(changed, dtype=np.bool_)
        if others and rng.random() < 0.5:
            found = found | others[int(rng.integers(len(others)))]
    return found
