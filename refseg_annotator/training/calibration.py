"""Thresholds and calibration of a trained network, measured on validation data and stored in its bundle.

Presence and quality leave the network as logits that are too sure of themselves; a temperature and a bias (Platt
scaling) make probabilities of them. The pixel threshold is the one with the best mean IoU; the presence threshold the
one that keeps the asked share of real objects and refuses as many absent ones as it can.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

PIXEL_THRESHOLDS: Final = (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6)
_PULL: Final = 1e-3
_SMALLEST_STEP: Final = 1e-9


@dataclass(frozen=True, slots=True)
class Scale:
    """probability = sigmoid(logit / temperature + bias)."""

    temperature: float
    bias: float

    def apply(self, logits: NDArray[np.float64]) -> NDArray[np.float64]:
        """Logits (n,) to probabilities (n,)."""
        return np.asarray(1 / (1 + np.exp(-np.clip(logits / self.temperature + self.bias, -30, 30))))


def fit_scale(logits: Sequence[float], truth: Sequence[float]) -> Scale:
    """Platt scaling by damped Newton steps on the cross-entropy; `truth` in 0..1 may be soft."""
    x, y = np.asarray(logits, dtype=np.float64), np.asarray(truth, dtype=np.float64)
    features = np.stack([x, np.ones_like(x)], axis=1)
    start = np.array([1.0, 0.0])  # the logits as they are; a faint pull back to it keeps separable data finite

    def cost(weights: NDArray[np.float64]) -> float:
        scaled = features @ weights
        return float((np.logaddexp(0, scaled) - y * scaled).sum() + 0.5 * _PULL * ((weights - start) ** 2).sum())

    weights, lowest = start, cost(start)
    for _ in range(100):
        probability = 1 / (1 + np.exp(-np.clip(features @ weights, -500, 500)))
        gradient = features.T @ (probability - y) + _PULL * (weights - start)
        hessian = (features * (probability * (1 - probability))[:, None]).T @ features + _PULL * np.eye(2)
        step = np.linalg.solve(hessian, gradient)
        # A whole step overshoots where the curve is flat: halved until it pays.
        while cost(weights - step) > lowest and np.abs(step).max() > _SMALLEST_STEP:
            step = step / 2
        weights = weights - step
        lowest = cost(weights)
        if np.abs(step).max() <= _SMALLEST_STEP:
            break
    slope = max(float(weights[0]), 1e-3)
    return Scale(temperature=1 / slope, bias=float(weights[1]))


def cross_fitted(logits: Sequence[float], truth: Sequence[float]) -> NDArray[np.float64]:
    """Probabilities (n,) of logits, each by a scale fitted to the other half: on data that it never saw."""
    x, y = np.asarray(logits, dtype=np.float64), np.asarray(truth, dtype=np.float64)
    probability = np.empty_like(x)
    halves = np.arange(len(x)) < len(x) // 2
    for half in (halves, ~halves):
        probability[half] = fit_scale(x[~half].tolist(), y[~half].tolist()).apply(x[half])
    return probability


def presence_threshold(presence: Sequence[float], is_present: Sequence[bool], *, keep: float = 0.975) -> float:
    """The largest threshold at which at least the share `keep` of the phrases with a target count as present."""
    kept = np.sort(np.asarray([value for value, there in zip(presence, is_present, strict=True) if there]))
    if not len(kept):
        return 0.5
    return float(kept[int(np.floor((1 - keep) * len(kept)))])


def best_pixel_threshold(ious: Sequence[Sequence[float]], thresholds: Sequence[float] = PIXEL_THRESHOLDS) -> float:
    """Of `thresholds`, the one with the best mean IoU; `ious` (samples, thresholds). 0.5 where there are no samples."""
    if not len(ious):
        return 0.5
    return float(thresholds[int(np.asarray(ious).mean(0).argmax())])


@dataclass(frozen=True, slots=True)
class ReliabilityBin:
    """What was said and what came true among the `count` samples whose probability falls into one bin.

    Attributes:
        probability: the mean of what was said, 0..1.
        truth: the mean of what came true, 0..1.
    """

    count: int
    probability: float
    truth: float


def reliability(probability: Sequence[float], truth: Sequence[float], *, bins: int = 10) -> tuple[ReliabilityBin, ...]:
    """Probability against truth in bins of equal width over 0..1, the empty ones left out; `truth` may be soft."""
    p, y = np.asarray(probability, dtype=np.float64), np.asarray(truth, dtype=np.float64)
    place = np.minimum((p * bins).astype(int), bins - 1)
    inside = [place == number for number in range(bins)]
    return tuple(
        ReliabilityBin(int(chosen.sum()), float(p[chosen].mean()), float(y[chosen].mean()))
        for chosen in inside
        if chosen.any()
    )


def expected_calibration_error(probability: Sequence[float], truth: Sequence[float], *, bins: int = 10) -> float:
    """ECE: the gap between probability and truth in bins of equal width, weighted by how many fall in each."""
    found = reliability(probability, truth, bins=bins)
    count = sum(one.count for one in found)
    return sum(abs(one.probability - one.truth) * one.count for one in found) / count if count else 0.0
