"""Readings of an unsure phrase: one object gives one, two give both, and there are never more than five."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from refseg_annotator.inference.candidates import MOST_CANDIDATES, candidates_of
from refseg_annotator.inference.predictor import Candidate

Box = tuple[int, int, int, int]
"""Top, bottom, left, right."""


def map_of(*blobs: tuple[Box, float], size: tuple[int, int] = (120, 160)) -> NDArray[np.float32]:
    probability = np.full(size, 0.02, np.float32)
    for (top, bottom, left, right), strength in blobs:
        probability[top:bottom, left:right] = strength
    return probability


def cut(candidate: Candidate, threshold: float = 0.5) -> NDArray[np.bool_]:
    return np.asarray(candidate.probability > threshold)


def iou(one: NDArray[np.bool_], other: NDArray[np.bool_]) -> float:
    return float((one & other).sum() / max((one | other).sum(), 1))


def mask_of(box: Box, size: tuple[int, int] = (120, 160)) -> NDArray[np.bool_]:
    return map_of((box, 1.0), size=size) > 0.5


FIRST: Box = (10, 50, 10, 60)
SECOND: Box = (70, 100, 90, 140)


@pytest.mark.parametrize("size", [(120, 160), (1200, 1600)])
def test_one_object_is_one_candidate(size: tuple[int, int]) -> None:
    probability = map_of((FIRST, 0.95), size=size)
    (only,) = candidates_of(probability, 0.8, threshold=0.5)
    assert only.probability is probability
    assert only.score == 0.8


def test_a_fainter_object_comes_second() -> None:
    probability = map_of((FIRST, 0.9), (SECOND, 0.4))
    main, other = candidates_of(probability, 0.8, threshold=0.5)
    assert (cut(main) == mask_of(FIRST)).all()
    assert iou(cut(other), mask_of(SECOND)) > 0.9
    assert not (cut(other) & mask_of(FIRST)).any()
    assert other.score == pytest.approx(0.8 * 0.4 / 0.9, rel=0.05)


def test_two_objects_in_one_mask_are_offered_alone_too_the_surer_first() -> None:
    probability = map_of((FIRST, 0.7), (SECOND, 0.9))
    main, second, third = candidates_of(probability, 0.6, threshold=0.5)
    assert (cut(main) == (mask_of(FIRST) | mask_of(SECOND))).all()
    assert iou(cut(second), mask_of(SECOND)) > 0.9
    assert iou(cut(third), mask_of(FIRST)) > 0.9
    assert 0.6 >= second.score > third.score


def test_an_object_that_no_part_passes_the_threshold_is_offered_all_the_same() -> None:
    main, other = candidates_of(map_of((FIRST, 0.3)), 0.2, threshold=0.5)
    assert not cut(main).any()
    assert iou(cut(other), mask_of(FIRST)) > 0.9


@pytest.mark.parametrize("threshold", [0.35, 0.6])
def test_the_models_own_threshold_counts(threshold: float) -> None:
    probability = map_of((FIRST, 0.95), (SECOND, 0.3))
    main, other = candidates_of(probability, 0.8, threshold=threshold)
    assert (cut(main, threshold) == mask_of(FIRST)).all()
    assert iou(cut(other, threshold), mask_of(SECOND)) > 0.9


@pytest.mark.parametrize("value", [0.0, 0.02, 1.0])
def test_an_even_map_has_one_reading(value: float) -> None:
    probability = np.full((50, 70), value, np.float32)
    (only,) = candidates_of(probability, 0.4, threshold=0.5)
    assert only.probability is probability


def test_at_most_five_and_the_best_of_many() -> None:
    boxes = [(10, 30, 5 + 20 * n, 18 + 20 * n) for n in range(7)]
    strengths = [0.12, 0.9, 0.25, 0.45, 0.15, 0.3, 0.4]
    found = candidates_of(map_of(*zip(boxes, strengths, strict=True)), 0.7, threshold=0.5)
    assert len(found) == MOST_CANDIDATES == 5
    for candidate, number in zip(found, (1, 3, 6, 5, 2), strict=True):
        assert iou(cut(candidate), mask_of(boxes[number])) > 0.85


def test_specks_are_no_readings() -> None:
    assert len(candidates_of(map_of((FIRST, 0.9), ((70, 72, 90, 92), 0.6)), 0.8, threshold=0.5)) == 1


def test_a_large_photo_keeps_a_faint_objects_outline() -> None:
    box = (700, 1000, 900, 1400)
    probability = map_of(((100, 500, 100, 600), 0.9), (box, 0.35), size=(1200, 1600))
    _, other = candidates_of(probability, 0.8, threshold=0.5)
    assert other.probability.shape == (1200, 1600)
    assert iou(cut(other), mask_of(box, (1200, 1600))) > 0.95


@pytest.mark.parametrize("size", [(1, 1), (1, 300), (300, 1), (2, 3)])
@pytest.mark.parametrize("value", [0.0, 0.3, 0.9])
def test_the_smallest_pictures(size: tuple[int, int], value: float) -> None:
    probability = np.full(size, value, np.float32)
    found = candidates_of(probability, 0.5, threshold=0.5)
    assert found[0].probability is probability
    assert all(one.probability.shape == size for one in found)


MAPS = st.tuples(st.integers(1, 40), st.integers(1, 40)).flatmap(
    lambda size: arrays(np.float32, size, elements=st.floats(0, 1, width=32))
)


@given(MAPS, st.floats(0, 1), st.sampled_from([0.35, 0.5, 0.6]))
def test_whatever_the_map(probability: NDArray[np.float32], score: float, threshold: float) -> None:
    before = probability.copy()
    found = candidates_of(probability, score, threshold=threshold)
    assert 1 <= len(found) <= MOST_CANDIDATES
    assert found[0].probability is probability
    assert (probability == before).all()
    scores = [one.score for one in found]
    assert scores == sorted(scores, reverse=True)
    for one in found:
        assert one.probability.dtype == np.float32
        assert one.probability.shape == probability.shape
        assert 0 <= one.probability.min() <= one.probability.max() <= 1
        assert 0 <= one.score <= 1


@given(
    st.lists(
        st.tuples(st.integers(0, 5), st.sampled_from([0.15, 0.3, 0.45, 0.6, 0.8, 0.95])),
        min_size=1,
        max_size=4,
        unique_by=lambda x: x[0],
    )
)
def test_readings_are_distinct(blobs: list[tuple[int, float]]) -> None:
    probability = map_of(
        *(((10 + 50 * (n % 2), 45 + 50 * (n % 2), 5 + 50 * (n // 2), 45 + 50 * (n // 2)), s) for n, s in blobs)
    )
    masks = [cut(one) for one in candidates_of(probability, 0.7, threshold=0.5)]
    for number, mask in enumerate(masks):
        for other in masks[:number]:
            assert iou(mask, other) < 0.85
