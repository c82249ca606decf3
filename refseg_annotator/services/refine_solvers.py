"""The two segmenters behind points and boxes. Both take seeds, and give every cell to the inside or the outside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from refseg_annotator.services.mask_tools_colour import lab_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

_ROUNDS: Final = 3
_SMALL_SIDE: Final = 224
"""Longest side at which the mixtures of colours are learnt."""
_BAND: Final = 2.5
"""Half the width of the band along the outline that the larger copy decides, in cells of the small one."""
_DEAR: Final = 1.5
"""A change of colour, in Lab distance a cell, that doubles the way."""
_COARSEST: Final = 12
"""The least shorter side of a copy on which a region is looked for, in cells."""
_STEEPNESS: Final = 250.0
"""How much a step in colour holds the random walker up."""


@dataclass(frozen=True, slots=True, eq=False)
class Seeds:
    """What is known before segmenting; all arrays are bool (h, w).

    Args:
        sure_inside: cells that belong; `sure_outside` those that do not; no cell is in both.
        perhaps: cells that are likely to belong.
        places: the cell (column, row) of each click, and whether it is positive.
        allowed: where the answer may differ from what was there; all True without a box.
    """

    sure_inside: NDArray[np.bool_]
    sure_outside: NDArray[np.bool_]
    perhaps: NDArray[np.bool_]
    places: tuple[tuple[tuple[int, int], bool], ...]
    allowed: NDArray[np.bool_]


def nearest_seeds(image: NDArray[np.uint8], inside: NDArray[np.bool_], outside: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The cells nearer to an inner seed than to an outer one, on paths on which crossing an edge is dear."""
    import cv2
    from skimage.graph import MCP_Geometric

    smoothed = cv2.GaussianBlur(lab_of(image), (0, 0), 1.0)
    steps = [cv2.Sobel(smoothed, cv2.CV_32F, across, 1 - across, ksize=3, scale=0.25) for across in (0, 1)]
    edge = np.sqrt(sum(np.einsum("ijk,ijk->ij", step, step) for step in steps))
    cost = 1.0 + (edge / _DEAR) ** 2
    ways = []
    for seeds in (inside, outside):
        places = np.argwhere(seeds)
        if not len(places):
            ways.append(np.full(cost.shape, np.inf))
        else:
            ways.append(MCP_Geometric(cost).find_costs([tuple(place) for place in places.tolist()])[0])
    nearer: NDArray[np.bool_] = ways[0] <= ways[1]
    return nearer


def region_of(
    image: NDArray[np.uint8], inside: NDArray[np.bool_], outside: NDArray[np.bool_], *, least: int
) -> NDArray[np.bool_]:
    """As `nearest_seeds`; where that ends in a speck of fewer cells than `least`, at coarser looks at the picture.

    Edges of a texture hold a click in as those of a thing do, but they are gone from a copy small enough.
    """
    import cv2

    found = nearest_seeds(image, inside, outside)
    rows, columns = found.shape
    shorter = 2
    while np.count_nonzero(found) < least and min(rows, columns) // shorter >= _COARSEST:
        size = columns // shorter, rows // shorter
        small = np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)
        # A click is a few cells, which a smaller copy must not lose between its own.
        within, without = (
            np.asarray(cv2.resize(seeds.astype(np.float32), size, interpolation=cv2.INTER_AREA)) > 0
            for seeds in (inside, outside)
        )
        coarse = nearest_seeds(small, within, without & ~within).astype(np.float32)
        found = np.asarray(cv2.resize(coarse, (columns, rows), interpolation=cv2.INTER_LINEAR)) > 0.5
        shorter *= 2
    return found


def cut_graph(image: NDArray[np.uint8], seeds: Seeds) -> NDArray[np.bool_]:
    """GrabCut (Rother, Kolmogorov, Blake 2004): mixtures of colours for inside and outside, and a minimal cut.

    The mixtures are learnt on a small copy; at full size only a band along the outline is still open.
    """
    import cv2

    rows, columns = seeds.perhaps.shape
    scale = min(1.0, _SMALL_SIDE / max(rows, columns))
    marks = np.where(seeds.perhaps, cv2.GC_PR_FGD, cv2.GC_PR_BGD).astype(np.uint8)
    marks[seeds.sure_inside] = cv2.GC_FGD
    marks[seeds.sure_outside] = cv2.GC_BGD
    small, small_marks = image, marks
    if scale < 1.0:
        small_size = max(round(columns * scale), 1), max(round(rows * scale), 1)
        small = np.asarray(cv2.resize(image, small_size, interpolation=cv2.INTER_AREA), dtype=np.uint8)
        small_marks = np.asarray(cv2.resize(marks, small_size, interpolation=cv2.INTER_NEAREST), dtype=np.uint8)
        # A click is a few cells, which a smaller copy must not lose between its own.
        for (x, y), positive in seeds.places:
            at = int(y * small_marks.shape[0] / rows), int(x * small_marks.shape[1] / columns)
            small_marks[at] = cv2.GC_FGD if positive else cv2.GC_BGD
    inside = _is_inside(small_marks)
    if inside.all() or not inside.any():
        # Without cells on both sides there are no two mixtures to tell apart.
        return _is_inside(marks)
    # Its mixtures begin with random centres, by a generator that each thread has of its own.
    cv2.setRNGSeed(7)
    inner, outer = np.zeros((1, 65)), np.zeros((1, 65))
    small = np.ascontiguousarray(small)
    cv2.grabCut(small, small_marks, None, outer, inner, _ROUNDS, cv2.GC_INIT_WITH_MASK)
    if scale == 1.0:
        return _is_inside(small_marks)
    levels = cv2.resize(_is_inside(small_marks).astype(np.float32), (columns, rows), interpolation=cv2.INTER_LINEAR)
    found = np.asarray(levels) > 0.5
    reach = round(_BAND / scale)
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * reach + 1, 2 * reach + 1))
    band = cv2.morphologyEx(found.astype(np.uint8), cv2.MORPH_GRADIENT, kernel).astype(np.bool_)
    is_open = band & ~seeds.sure_inside & ~seeds.sure_outside
    marks = np.where(found, cv2.GC_FGD, cv2.GC_BGD).astype(np.uint8)
    marks[is_open & found], marks[is_open & ~found] = cv2.GC_PR_FGD, cv2.GC_PR_BGD
    marks[seeds.sure_inside], marks[seeds.sure_outside] = cv2.GC_FGD, cv2.GC_BGD
    inside = _is_inside(marks)
    if is_open.any() and inside.any() and not inside.all():
        cv2.grabCut(np.ascontiguousarray(image), marks, None, outer, inner, 1, cv2.GC_EVAL_FREEZE_MODEL)
    return _is_inside(marks)


def _is_inside(marks: NDArray[np.uint8]) -> NDArray[np.bool_]:
    # GC_FGD is 1 and GC_PR_FGD is 3; the two outsides are even.
    return (marks & 1).astype(np.bool_)


def walk_randomly(image: NDArray[np.uint8], seeds: Seeds) -> NDArray[np.bool_]:
    """Random walker (Grady 2006): a cell belongs to the seed that a walk kept up by edges reaches first."""
    import cv2
    from skimage.segmentation import random_walker

    # Likely cells seed from their core on, where the outline is not in doubt; so do unlikely ones, far off.
    reach = max(image.shape[:2]) // 24 + 1
    if not seeds.allowed.all() and not (seeds.allowed & ~seeds.perhaps).any():
        # Of a bare box nothing is known but that the thing is in its middle.
        sides = seeds.allowed.any(axis=0).sum(), seeds.allowed.any(axis=1).sum()
        reach = max(int(0.35 * min(sides)), 1)
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * reach + 1, 2 * reach + 1))
    levels = seeds.perhaps.astype(np.uint8)
    core = cv2.erode(levels, kernel, borderType=cv2.BORDER_CONSTANT, borderValue=1).astype(np.bool_)
    around = cv2.dilate(levels, kernel).astype(np.bool_)
    labels = np.zeros(levels.shape, np.int32)
    labels[core], labels[~around] = 1, 2
    labels[seeds.sure_inside], labels[seeds.sure_outside] = 1, 2
    if not (labels == 1).any() or not (labels == 2).any():
        return labels == 1 if (labels == 1).any() else seeds.perhaps.copy()
    if not (labels == 0).any():
        return np.equal(labels, 1)
    walked = random_walker(
        image.astype(np.float64) / 255,
        labels,
        beta=_STEEPNESS,
        mode="cg_j",
        tol=1e-3,
        # Its solver stops a little early on purpose; which of two is the greater does not hang on that.
        prob_tol=10.0,
        channel_axis=-1,
    )
    found: NDArray[np.bool_] = np.asarray(walked) == 1
    return found
