"""Where a map of logits is best cut: the mask that is expected to overlap the truth most.

One threshold for all maps is right for none: where the network hesitates, every pixel of the object lies below it. If
pixel i belongs to the object with probability p_i, a mask M is expected to overlap it by about
sum_M p / (|M| + sum_{not M} p), which some level of the map itself makes largest (Nowozin, "Optimal Decisions from
Probabilistic Models: the Intersection-over-Union Case", CVPR 2014). The map is moved as a whole so that this level
comes to lie at the model's threshold; whoever cuts it there, or moves the threshold from there, need not know.

Pixels are not independent, though: where a phrase may mean this thing or that one, it means one of them, and a mask of
both overlaps the truth less than that of the likelier one. Parts that are fainter than the surest are therefore left
out; they stay in the map below the threshold, from where they can be offered as other readings.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_ASKED: Final = 160
"""Pixels of the longer side that are looked at; between neighbours of a larger map little changes."""

_FARTHEST: Final = 2.5
"""A map is moved by at most so much: what is nowhere likely stays unlikely."""

_SURE: Final = 12.0

_FAINT: Final = 0.8
"""A part whose mean probability is less than so much of the surest one's is left out."""

_BELOW: Final = 0.25
"""How far below the threshold the likeliest pixel of such a part comes to lie, as a logit."""


def level_shift(logits: NDArray[np.float32], threshold: float) -> float:
    """What to add to `logits` (H, W) so that the best cut lies at the probability `threshold`."""
    step = max(1, math.ceil(max(logits.shape) / _ASKED))
    asked = np.clip(logits[::step, ::step].ravel(), -_SURE, _SURE)
    falling = np.sort(asked)[::-1]
    probability = 1 / (1 + np.exp(-falling, dtype=np.float64))
    inside = np.cumsum(probability)
    overlap = inside / (np.arange(1, len(falling) + 1) + inside[-1] - inside)
    best = float(falling[int(np.argmax(overlap))])
    wanted = as_logit(threshold) - best
    return max(-_FARTHEST, min(_FARTHEST, wanted))


def best_cut(logits: NDArray[np.float32], threshold: float) -> NDArray[np.float32]:
    """`logits` (H, W) so moved that the probability `threshold` cuts them best, faint parts left out."""
    return without_faint_parts(logits + np.float32(level_shift(logits, threshold)), threshold)


def without_faint_parts(logits: NDArray[np.float32], threshold: float) -> NDArray[np.float32]:
    """`logits` (H, W) with what is faint beside the surest part lowered below the probability `threshold`."""
    level = as_logit(threshold)
    count, parts = cv2.connectedComponents((logits > level).astype(np.uint8), connectivity=8)
    if count < 3:  # 0 is what lies outside
        return logits
    sizes, means = sizes_and_means(logits, parts, count)
    weights = means**2 * sizes**0.25  # a speck is not the thing, however sure
    surest = means[1 + int(np.argmax(weights[1:]))]
    faint = means < _FAINT * surest
    faint[0] = False
    if not faint.any():
        return logits
    return lowered_parts(logits, parts, faint, threshold)


def sizes_and_means(
    logits: NDArray[np.float32], parts: NDArray[np.int32], count: int
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """The pixels and the mean probability of each of `count` parts (H, W), number 0 being what lies outside."""
    where = parts.ravel()
    sizes = np.bincount(where, minlength=count)
    likely = 1 / (1 + np.exp(-np.clip(logits.ravel(), -_SURE, _SURE)))
    return sizes, np.bincount(where, weights=likely, minlength=count) / np.maximum(sizes, 1)


def lowered_parts(
    logits: NDArray[np.float32], parts: NDArray[np.int32], lowered: NDArray[np.bool_], threshold: float
) -> NDArray[np.float32]:
    """`logits` (H, W) with some of its parts below the probability `threshold`, the likeliest pixel just below.

    Args:
        parts: (H, W), the number of the part a pixel belongs to, 0 outside.
        lowered: which parts, by their number.
    """
    where, values = parts.ravel(), logits.ravel()
    peaks = np.full(len(lowered), -np.inf, np.float32)
    np.maximum.at(peaks, where, values)
    moved = np.where(lowered, np.float32(as_logit(threshold) - _BELOW) - peaks, np.float32(0))
    # What lies about a part goes down with it, so that no ring is left: every pixel belongs to the part nearest to it.
    _, nearest = cv2.distanceTransformWithLabels(
        (parts == 0).astype(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_5, labelType=cv2.DIST_LABEL_CCOMP
    )
    moves = np.zeros(int(nearest.max()) + 1, np.float32)
    inside = parts > 0
    moves[nearest[inside]] = moved[parts[inside]]
    return np.asarray(logits + moves[nearest], np.float32)


def as_logit(threshold: float) -> float:
    """A probability as a logit."""
    return math.log(threshold / (1 - threshold))
