"""The level at which a map of logits is best cut: the one whose mask is expected to overlap the truth most.

One threshold for all maps is right for none: where the network hesitates, every pixel of the object lies below it. If
pixel i belongs to the object with probability p_i, a mask M is expected to overlap it by about
sum_M p / (|M| + sum_{not M} p), which some level of the map itself makes largest (Nowozin, "Optimal Decisions from
Probabilistic Models: the Intersection-over-Union Case", CVPR 2014). The map is moved as a whole so that this level
comes to lie at the model's threshold; whoever cuts it there, or moves the threshold from there, need not know.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_ASKED: Final = 160
"""Pixels of the longer side that are looked at; between neighbours of a larger map little changes."""

_FARTHEST: Final = 2.5
"""A map is moved by at most so much: what is nowhere likely stays unlikely."""

_SURE: Final = 12.0


def level_shift(logits: NDArray[np.float32], threshold: float) -> float:
    """What to add to `logits` (H, W) so that the best cut lies at the probability `threshold`."""
    step = max(1, math.ceil(max(logits.shape) / _ASKED))
    asked = np.clip(logits[::step, ::step].ravel(), -_SURE, _SURE)
    falling = np.sort(asked)[::-1]
    probability = 1 / (1 + np.exp(-falling, dtype=np.float64))
    inside = np.cumsum(probability)
    overlap = inside / (np.arange(1, len(falling) + 1) + inside[-1] - inside)
    best = float(falling[int(np.argmax(overlap))])
    wanted = math.log(threshold / (1 - threshold)) - best
    return max(-_FARTHEST, min(_FARTHEST, wanted))
