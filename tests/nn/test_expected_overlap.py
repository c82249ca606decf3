"""The level that a map of logits is cut at: the one that promises the most overlap, and no farther than it may be."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from refseg_annotator.nn.expected_overlap import level_shift

THRESHOLD = 0.45


def probability(logits: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-logits.astype(np.float64)))


def expected_overlap(logits: np.ndarray, mask: np.ndarray) -> float:
    told = probability(logits)
    return float(told[mask].sum() / (mask.sum() + told[~mask].sum()))


def cut(logits: np.ndarray) -> np.ndarray:
    """As the predictor cuts it, but for the level's own pixel, which lies on the threshold."""
    return probability(logits + level_shift(logits, THRESHOLD)) > THRESHOLD - 1e-6


def test_a_sure_map_is_cut_where_it_was() -> None:
    logits = np.full((40, 60), -9, np.float32)
    logits[10:20, 10:30] = 9
    assert np.array_equal(cut(logits), logits > 0)


def test_a_doubtful_object_is_taken_whole() -> None:
    logits = np.full((40, 60), -8, np.float32)
    logits[10:20, 10:30] = -0.6  # 35 %: below the threshold, and yet nothing else is meant
    assert not (probability(logits) > THRESHOLD).any()
    assert np.array_equal(cut(logits), logits > -1)


def test_what_is_nowhere_likely_stays_unlikely() -> None:
    logits = np.full((30, 30), -7, np.float32)
    logits[3, 3] = -6
    assert not (probability(logits + level_shift(logits, THRESHOLD)) > THRESHOLD).any()


@given(
    npst.arrays(
        np.float32,
        st.tuples(st.integers(1, 12), st.integers(1, 12)),
        elements=st.floats(-2, 2, width=32),
    )
)
def test_no_level_promises_more(logits: np.ndarray) -> None:
    reached = expected_overlap(logits, cut(logits))
    for level in np.unique(logits):
        assert reached >= expected_overlap(logits, logits >= level) - 1e-4


@given(st.floats(-40, 40), st.floats(0.05, 0.95))
def test_one_value_is_all_or_nothing(value: float, threshold: float) -> None:
    shift = level_shift(np.full((4, 4), value, np.float32), threshold)
    assert math.isfinite(shift)
    assert -2.5 <= shift <= 2.5


def test_a_large_map_is_cut_like_a_small_one() -> None:
    y, x = np.mgrid[:480, :640]
    large = (3 - np.hypot(x - 300, y - 200) / 30).astype(np.float32)
    assert level_shift(large, THRESHOLD) == pytest.approx(level_shift(large[::4, ::4], THRESHOLD), abs=0.1)
