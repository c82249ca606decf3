"""The level that a map of logits is cut at: the one that promises the most overlap, and no farther than it may be."""

from __future__ import annotations

import math

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from refseg_annotator.inference.expected_overlap import level_shift, without_faint_parts

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


def two_things(other: float) -> np.ndarray:
    """A sure thing at the left, another with those logits at the right, in a soft ring."""
    logits = np.full((60, 100), -7, np.float32)
    logits[20:40, 10:30] = 3
    logits[18:42, 58:82] = min(other, -0.5)
    logits[20:40, 60:80] = other
    return logits


def test_a_fainter_thing_beside_a_sure_one_is_left_out_and_stays_in_the_map() -> None:
    logits = two_things(0.3)
    found = without_faint_parts(logits, THRESHOLD)
    assert np.array_equal(probability(found) > THRESHOLD, logits == 3)
    assert probability(found)[30, 70] > 0.35, "to be offered as another reading"
    assert (found[18:42, 58:82] <= found[30, 70]).all(), "no ring about it"
    assert np.array_equal(found[:, :40], logits[:, :40])


def test_things_that_are_as_sure_stay_together() -> None:
    logits = two_things(2.0)
    assert without_faint_parts(logits, THRESHOLD) is logits


def test_a_sure_speck_does_not_push_the_thing_out() -> None:
    logits = np.full((60, 100), -7, np.float32)
    logits[20:40, 10:40] = 1.2
    logits[5, 90] = 2.0
    found = probability(without_faint_parts(logits, THRESHOLD)) > THRESHOLD
    assert found[30, 20]


@given(
    npst.arrays(
        np.float32, st.tuples(st.integers(1, 9), st.integers(1, 9)), elements=st.sampled_from([-6, -1, 0, 1, 4, 8])
    ),
    st.floats(0.2, 0.8),
)
def test_parts_are_left_out_whole_and_one_stays(logits: np.ndarray, threshold: float) -> None:
    before = probability(logits) > threshold
    after = probability(without_faint_parts(logits, threshold)) > threshold
    assert not (after & ~before).any()
    assert after.any() == before.any()
    _, parts = cv2.connectedComponents(before.astype(np.uint8), connectivity=8)
    for number in range(1, int(parts.max()) + 1):
        assert len(np.unique(after[parts == number])) == 1
