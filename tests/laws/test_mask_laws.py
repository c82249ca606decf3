"""Masks are sets of pixels: every operation is checked against plain numpy, the run lengths against pycocotools."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays
from pycocotools import mask as coco

from refseg_annotator.core.geometry import EMPTY_BOX, Box, Size
from refseg_annotator.core.mask import Mask

# pycocotools hands numpy an object of numpy 1; the noise is its own.
pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation doesn't accept a copy:DeprecationWarning")

law = settings(max_examples=100, deadline=None)

SHAPES = array_shapes(min_dims=2, max_dims=2, min_side=1, max_side=12)
ARRAYS = SHAPES.flatmap(lambda shape: arrays(np.bool_, shape))
"""Bool arrays (H, W) from 1 x 1 on, rows and columns of one pixel included."""

RING = np.pad(np.zeros((2, 3), np.bool_), 1, constant_values=True)
FULL_COLUMNS = np.array([[0, 1, 1, 0], [0, 1, 1, 0], [0, 1, 1, 0]], np.bool_)
SPECIAL = [
    np.zeros((1, 1), np.bool_),
    np.ones((1, 1), np.bool_),
    np.ones((1, 7), np.bool_),
    np.ones((7, 1), np.bool_),
    np.zeros((5, 4), np.bool_),
    np.ones((5, 4), np.bool_),
    RING,
    np.pad(RING, 2),
    FULL_COLUMNS,
    np.eye(5, dtype=np.bool_),
    np.arange(35).reshape(5, 7) % 2 == 0,
    np.arange(35).reshape(5, 7) == 34,
    np.arange(35).reshape(5, 7) == 0,
]


def special(test):
    for array in SPECIAL:
        test = example(array)(test)
    return test


@st.composite
def pairs(draw):
    shape = draw(SHAPES)
    return draw(arrays(np.bool_, shape)), draw(arrays(np.bool_, shape))


@st.composite
def boxes_in(draw, shape):
    height, width = shape
    x0, y0 = draw(st.integers(0, width)), draw(st.integers(0, height))
    return Box(x0, y0, draw(st.integers(x0, width)), draw(st.integers(y0, height)))


def is_canonical(mask: Mask) -> bool:
    """The box is tight and the pixels are the mask's own."""
    if mask.pixels.flags.writeable or mask.pixels.base is not None or mask.pixels.shape != mask.box.shape:
        return False
    if not mask.pixels.any():
        return mask.box == EMPTY_BOX
    return all(edge.any() for edge in (mask.pixels[0], mask.pixels[-1], mask.pixels[:, 0], mask.pixels[:, -1]))


@law
@given(ARRAYS)
@special
def test_an_array_comes_back(array):
    mask = Mask.from_array(array)
    assert is_canonical(mask)
    assert np.array_equal(mask.to_array(), array)
    assert mask.area == array.sum()
    assert mask.is_empty == (not array.any())
    assert mask == Mask.from_array(np.asfortranarray(array))
    assert hash(mask) == hash(Mask.from_array(array.astype(np.int64) * -3))


@law
@given(pairs())
def test_algebra(pair):
    a, b = pair
    p, q = Mask.from_array(a), Mask.from_array(b)
    for mask, expected in (
        (p.union(q), a | b),
        (p.intersection(q), a & b),
        (p.difference(q), a & ~b),
        (p.symmetric_difference(q), a ^ b),
        (p.inverted(), ~a),
    ):
        assert is_canonical(mask)
        assert np.array_equal(mask.to_array(), expected)
        assert mask == Mask.from_array(expected)
    assert p.intersection_area(q) == (a & b).sum()
    assert (p == q) == np.array_equal(a, b)
    assert np.array_equal(p.to_array(), a)


@law
@given(ARRAYS, st.data())
def test_patches_and_crops(array, data):
    mask = Mask.from_array(array)
    box = data.draw(boxes_in(array.shape))
    pixels = data.draw(arrays(np.bool_, box.shape))
    expected = array.copy()
    expected[box.slices] = pixels
    patched = mask.with_patch(box, pixels)
    assert is_canonical(patched)
    assert np.array_equal(patched.to_array(), expected)
    assert np.array_equal(patched.crop(box), pixels)
    # The old pixels put back give the old mask: what undo rests on.
    assert patched.with_patch(box, mask.crop(box)) == mask
    alone = np.zeros_like(array)
    alone[box.slices] = pixels
    assert Mask.from_patch(mask.size, box, pixels) == Mask.from_array(alone)


@law
@given(ARRAYS, st.integers(-3, 3), st.integers(-3, 3))
def test_crops_reach_out_of_the_image(array, dx, dy):
    height, width = array.shape
    box = Box(dx, dy, dx + width, dy + height)
    padded = np.pad(array, 3)
    expected = padded[3 + dy : 3 + dy + height, 3 + dx : 3 + dx + width]
    assert np.array_equal(Mask.from_array(array).crop(box), expected)


@law
@given(ARRAYS)
def test_points(array):
    mask = Mask.from_array(array)
    height, width = array.shape
    for y in range(-1, height + 1):
        for x in range(-1, width + 1):
            inside = 0 <= x < width and 0 <= y < height
            assert mask.contains_point(x, y) == (inside and bool(array[y, x]))


@law
@given(ARRAYS)
@special
def test_counts_are_those_of_pycocotools(array):
    mask = Mask.from_array(array)
    height, width = array.shape
    counts = mask.to_counts()
    assert Mask.from_counts(mask.size, counts) == mask
    packed = coco.encode(np.asfortranarray(array, np.uint8))
    # The same bytes once compressed: run by run what pycocotools makes.
    assert coco.frPyObjects({"size": [height, width], "counts": counts}, height, width) == packed
    assert np.array_equal(coco.decode(packed).astype(np.bool_), mask.to_array())
    assert coco.area(packed) == mask.area
    assert tuple(coco.toBbox(packed).astype(int)) == mask.box.xywh


@law
@given(st.integers(1, 6), st.lists(st.integers(0, 5), min_size=1, max_size=14))
def test_any_run_lengths_are_read_as_pycocotools_reads_them(height, counts):
    # Runs of zero anywhere, as other tools write them.
    counts[-1] += -sum(counts) % height
    width = sum(counts) // height
    if not width:
        return
    packed = coco.frPyObjects({"size": [height, width], "counts": counts}, height, width)
    mask = Mask.from_counts(Size(width, height), counts)
    assert is_canonical(mask)
    assert np.array_equal(mask.to_array(), coco.decode(packed).astype(np.bool_))
    assert all(run > 0 for run in mask.to_counts()[1:])


@law
@given(st.lists(st.integers(-2, 9), max_size=6))
def test_run_lengths_that_are_none_are_refused(counts):
    size = Size(4, 3)
    if min(counts, default=-1) >= 0 and sum(counts) == size.area:
        assert Mask.from_counts(size, counts).size == size
    else:
        with pytest.raises(ValueError, match="run lengths"):
            Mask.from_counts(size, counts)


@pytest.mark.parametrize("share", [0.0, 0.001, 0.5, 1.0])
def test_a_whole_photo(share):
    array = np.random.default_rng(1).random((3000, 4000)) < share
    mask = Mask.from_array(array)
    counts = mask.to_counts()
    assert Mask.from_counts(mask.size, counts) == mask
    assert coco.frPyObjects({"size": [3000, 4000], "counts": counts}, 3000, 4000) == coco.encode(
        np.asfortranarray(array, np.uint8)
    )
