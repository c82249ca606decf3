"""Edges along the photo's: what is gained, what must stay as it was."""

from __future__ import annotations

import tracemalloc

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from refseg_annotator.core.metrics import iou
from refseg_annotator.inference.edge_refinement import refine_edges


def scene(height: int, width: int) -> tuple[NDArray[np.uint8], NDArray[np.bool_]]:
    """A dark blob on a bright ground, with a little noise."""
    rng = np.random.default_rng(1)
    truth = np.zeros((height, width), np.uint8)
    corners = np.array([[0.2, 0.2], [0.55, 0.3], [0.8, 0.75], [0.45, 0.6], [0.25, 0.8]]) * [width, height]
    cv2.fillPoly(truth, [corners.astype(np.int32)], 1)
    picture = np.where(truth[..., None] > 0, (60, 50, 90), (190, 200, 170)) + rng.normal(0, 4, (height, width, 3))
    return picture.clip(0, 255).astype(np.uint8), truth > 0


def coarse(truth: NDArray[np.bool_], cells: int) -> NDArray[np.float32]:
    """The truth as a network's grid of `cells` on the longer side gives it."""
    height, width = truth.shape
    step = max(height, width) / cells
    grid = (round(width / step), round(height / step))
    small = cv2.resize(truth.astype(np.float32), grid, interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR), dtype=np.float32)


@pytest.mark.parametrize(("height", "width"), [(300, 400), (400, 300), (900, 1400)])
def test_a_coarse_answer_comes_nearer_to_the_photos_edges(height: int, width: int) -> None:
    picture, truth = scene(height, width)
    answer = coarse(truth, 60)
    refined = refine_edges(answer, picture)
    assert refined.dtype == np.float32
    assert refined.shape == truth.shape
    assert 0 <= refined.min() <= refined.max() <= 1
    before, after = iou(answer > 0.5, truth), iou(refined > 0.5, truth)
    assert 1 - after < 0.7 * (1 - before)


def test_the_middle_of_an_answer_and_what_is_far_from_it_stay() -> None:
    picture, truth = scene(300, 400)
    answer = coarse(truth, 60)
    refined = refine_edges(answer, picture)
    far = cv2.dilate(truth.astype(np.uint8), np.ones((61, 61))) == 0
    inside = cv2.erode(truth.astype(np.uint8), np.ones((31, 31))) > 0
    assert np.array_equal(refined[far], answer[far])
    assert np.abs(refined[inside] - answer[inside]).max() < 0.05


def test_where_nothing_is_nothing_comes() -> None:
    picture, _ = scene(60, 80)
    nothing = np.full((60, 80), 0.01, np.float32)
    assert np.array_equal(refine_edges(nothing, picture), nothing)


def test_a_picture_without_edges_leaves_the_answers_side_of_the_threshold() -> None:
    _, truth = scene(300, 400)
    answer = coarse(truth, 60)
    refined = refine_edges(answer, np.full((300, 400, 3), 128, np.uint8))
    assert iou(refined > 0.5, answer > 0.5) > 0.97


@pytest.mark.parametrize("shape", [(1, 1), (1, 50), (50, 1), (3, 4)])
def test_tiny_pictures(shape: tuple[int, int]) -> None:
    answer = np.full(shape, 0.7, np.float32)
    refined = refine_edges(answer, np.zeros((*shape, 3), np.uint8))
    assert refined == pytest.approx(answer, abs=1e-3)


def test_a_large_photo_takes_little_memory_beside_its_own() -> None:
    picture, truth = scene(3000, 4000)
    answer = coarse(truth, 32)
    tracemalloc.start()
    refined = refine_edges(answer, picture)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    # The answer itself is 48 MB; colours and their slopes as floats would be ten times that.
    assert peak < 150e6
    assert iou(refined > 0.5, truth) > iou(answer > 0.5, truth)
