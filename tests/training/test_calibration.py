"""Scales and thresholds recover what they were made from; the calibration error is what a hand computes."""

from __future__ import annotations

import numpy as np
import pytest

from refseg_annotator.training.calibration import (
    Scale,
    best_pixel_threshold,
    cross_fitted,
    expected_calibration_error,
    fit_scale,
    presence_threshold,
    reliability,
)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


@pytest.mark.parametrize(("temperature", "bias"), [(1.0, 0.0), (2.0, 0.5), (0.5, -1.0), (4.0, 2.0)])
@pytest.mark.parametrize("soft", [False, True])
def test_a_known_scale_is_recovered(temperature: float, bias: float, soft: bool) -> None:
    rng = np.random.default_rng(0)
    logits = rng.normal(0, 3, 20_000)
    truth = sigmoid(logits / temperature + bias)
    if not soft:
        truth = rng.random(len(truth)) < truth
    found = fit_scale(logits.tolist(), [float(value) for value in truth])
    assert found.temperature == pytest.approx(temperature, rel=0.1)
    assert found.bias == pytest.approx(bias, abs=0.1)


def test_a_scale_is_applied_as_the_predictor_does() -> None:
    scale = Scale(temperature=2.0, bias=0.5)
    assert scale.apply(np.array([0.0, 3.0])).tolist() == pytest.approx([sigmoid(0.5), sigmoid(2.0)])
    assert scale.apply(np.array([-1e9, 1e9])).tolist() == pytest.approx([0, 1], abs=1e-9)


@pytest.mark.parametrize(
    ("logits", "truth"),
    [([-2.0, -1.0, 1.0, 2.0], [0, 0, 1, 1]), ([1.0, 2.0], [1, 1]), ([3.0], [0]), ([-1.0, 1.0], [1, 0])],
)
def test_what_is_perfect_one_sided_or_upside_down_stays_finite(logits: list[float], truth: list[float]) -> None:
    scale = fit_scale(logits, truth)
    assert np.isfinite([scale.temperature, scale.bias]).all()
    assert scale.temperature > 0  # the order of scores is never turned round


def test_no_data_leave_the_logits_as_they_are() -> None:
    scale = fit_scale([], [])
    assert (scale.temperature, scale.bias) == (pytest.approx(1), pytest.approx(0))


# --- thresholds -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("keep", [1.0, 0.975, 0.9, 0.5])
def test_the_threshold_keeps_at_least_the_asked_share_and_no_more_than_it_must(keep: float) -> None:
    rng = np.random.default_rng(0)
    presence, there = rng.random(1000), rng.random(1000) < 0.7
    threshold = presence_threshold(presence.tolist(), there.tolist(), keep=keep)
    kept = (presence[there] >= threshold).mean()
    assert kept >= keep
    assert (presence[there] > threshold).mean() < keep or keep == 1.0 == kept


def test_thresholds_of_little() -> None:
    assert presence_threshold([], []) == 0.5
    assert presence_threshold([0.2, 0.9], [False, False]) == 0.5
    assert presence_threshold([0.8], [True]) == 0.8
    assert presence_threshold([0.1, 0.7, 0.9], [False, True, True], keep=1.0) == 0.7


def test_the_best_pixel_threshold_is_that_of_the_best_mean() -> None:
    rows = [[0.2, 0.9, 0.5], [0.6, 0.5, 0.7]]
    assert best_pixel_threshold(rows, (0.4, 0.5, 0.6)) == 0.5
    assert best_pixel_threshold([[0.1, 0.1, 0.2]], (0.4, 0.5, 0.6)) == 0.6
    assert best_pixel_threshold([]) == 0.5


# --- the calibration error --------------------------------------------------------------------------------------------


def test_the_error_by_hand() -> None:
    # Two bins of ten: 0.8 and 0.9 said, half true; 0.1 said, none true. |0.85 - 0.5| * 2/3 + |0.1 - 0| * 1/3.
    error = expected_calibration_error([0.82, 0.88, 0.1], [1, 0, 0])
    assert error == pytest.approx(0.35 * 2 / 3 + 0.1 / 3)
    assert expected_calibration_error([0.25, 0.25, 0.25, 0.25], [1, 0, 0, 0]) == 0
    assert expected_calibration_error([1.0, 0.0], [1, 0]) == 0
    assert expected_calibration_error([1.0, 0.0], [0, 1]) == 1
    assert expected_calibration_error([0.3, 0.7], [0.5, 0.5], bins=1) == 0
    assert expected_calibration_error([], []) == 0


def test_reliability_tells_the_bins_that_hold_something() -> None:
    low, high = reliability([0.05, 1.0, 0.95], [0, 1, 0])
    assert (low.count, low.probability, low.truth) == (1, 0.05, 0)
    assert (high.count, high.probability, high.truth) == (2, pytest.approx(0.975), 0.5)


def test_the_other_half_scales_each_half() -> None:
    logits, truth = [-3.0, 1.0, 2.0, -1.0, 4.0, -2.0], [0.0, 1.0, 0.0, 0.0, 1.0, 1.0]
    found = cross_fitted(logits, truth)
    assert found[:3].tolist() == fit_scale(logits[3:], truth[3:]).apply(np.array(logits[:3])).tolist()
    assert found[3:].tolist() == fit_scale(logits[:3], truth[:3]).apply(np.array(logits[3:])).tolist()
