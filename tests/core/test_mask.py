from __future__ import annotations

import numpy as np
import pytest

from refseg_annotator.core.geometry import EMPTY_BOX, Box, Size
from refseg_annotator.core.mask import Mask, tight_box
from tests.core.records import mask, patch

SIZE = Size(6, 4)


def test_box_is_tight_and_pixels_are_cropped():
    m = mask((2, 1), (4, 2), size=SIZE)
    assert m.box == Box(2, 1, 5, 3)
    assert m.pixels.tolist() == patch("#.. ..#").tolist()
    assert (m.area, m.nbytes, m.is_empty) == (2, 6, False)


def test_empty():
    for m in (
        Mask.empty(SIZE),
        Mask.from_array(np.zeros((4, 6))),
        Mask.from_patch(SIZE, Box(1, 1, 1, 3), np.zeros((2, 0))),
    ):
        assert m.is_empty
        assert (m.box, m.pixels.shape, m.area, m.nbytes) == (EMPTY_BOX, (0, 0), 0, 0)
        assert m == Mask.empty(SIZE)
        assert hash(m) == hash(Mask.empty(SIZE))


def test_every_value_but_zero_counts():
    assert Mask.from_array(np.array([[0.0, 0.25], [-1.0, 0.0]])) == Mask.from_array(patch(".# #."))
    assert Mask.from_array(np.array([[0, 255]], np.uint8)).area == 1


def test_the_source_may_change_and_the_mask_does_not():
    array = np.ones(SIZE.shape, np.bool_)
    whole, direct = Mask.from_array(array), Mask(SIZE, Box.of(SIZE), array)
    view = array.view()
    view.flags.writeable = False
    seen = Mask(SIZE, Box.of(SIZE), view)
    array[:] = False
    assert whole.area == direct.area == seen.area == 24


def test_pixels_cannot_be_written():
    for m in (mask((1, 1)), Mask(SIZE, Box(0, 0, 1, 1), np.ones((1, 1), np.bool_)), mask((1, 1)).union(mask((3, 3)))):
        with pytest.raises(ValueError, match="read-only"):
            m.pixels[0, 0] = False


def test_arrays_given_out_are_the_takers_own():
    m = mask((1, 1), (3, 3), size=SIZE)
    for array in (m.to_array(), m.crop(m.box), m.crop(Box.of(SIZE))):
        array[:] = True
    assert m == mask((1, 1), (3, 3), size=SIZE)


@pytest.mark.parametrize(
    ("box", "pixels", "fault"),
    [
        (Box(0, 0, 2, 1), np.ones((2, 1), np.bool_), "takes a bool array"),
        (Box(0, 0, 1, 1), np.ones((1, 1), np.uint8), "takes a bool array"),
        (Box(5, 3, 7, 4), np.ones((1, 2), np.bool_), "reaches out"),
        (Box(0, 0, 2, 1), np.array([[True, False]]), "not tight"),
        (Box(1, 1, 1, 1), np.ones((0, 0), np.bool_), "empty mask"),
    ],
)
def test_what_no_mask_is_made_of(box, pixels, fault):
    with pytest.raises(ValueError, match=fault):
        Mask(SIZE, box, pixels)


def test_patches_that_do_not_fit():
    with pytest.raises(ValueError, match="shape"):
        Mask.from_patch(SIZE, Box(0, 0, 2, 2), patch("##"))
    with pytest.raises(ValueError, match="reaches out"):
        Mask.from_patch(SIZE, Box(-1, 0, 1, 1), patch("##"))
    with pytest.raises(ValueError, match="shape"):
        mask(size=SIZE).with_patch(Box(0, 0, 2, 2), patch("##"))
    with pytest.raises(ValueError, match="reaches out"):
        mask(size=SIZE).with_patch(Box(5, 0, 7, 1), patch("##"))
    with pytest.raises(ValueError, match=r"\(H, W\)"):
        Mask.from_array(np.zeros((2, 2, 3)))


def test_masks_of_two_sizes_do_not_meet():
    small, large = Mask.empty(Size(2, 2)), Mask.empty(Size(3, 2))
    assert small != large
    assert small != "mask"
    for act in ("union", "intersection", "difference", "symmetric_difference", "intersection_area"):
        with pytest.raises(ValueError, match="one size"):
            getattr(small, act)(large)


def test_crop_reaches_out_of_the_image():
    m = mask((0, 0), (5, 3), size=SIZE)
    assert m.crop(Box(-1, -1, 2, 1)).tolist() == patch("... .#.").tolist()
    assert m.crop(Box(4, 2, 7, 5)).tolist() == patch("... .#. ...").tolist()
    assert m.crop(Box(20, 20, 22, 21)).tolist() == patch("..").tolist()
    assert m.crop(EMPTY_BOX).shape == (0, 0)


def test_with_patch_replaces_and_tightens():
    m = mask((0, 0), (2, 2), size=SIZE)
    assert m.with_patch(Box(0, 0, 2, 2), patch(".# ..")) == mask((1, 0), (2, 2), size=SIZE)
    assert m.with_patch(Box(0, 0, 1, 1), patch(".")) == mask((2, 2), size=SIZE)
    assert m.with_patch(Box.of(SIZE), np.zeros(SIZE.shape, np.bool_)).is_empty
    assert m.with_patch(Box(3, 3, 3, 4), np.zeros((1, 0), np.bool_)) is m


def test_contains_point():
    m = mask((2, 1), (4, 2), size=SIZE)
    inside = {(x, y) for x in range(-8, 8) for y in range(-8, 8) if m.contains_point(x, y)}
    assert inside == {(2, 1), (4, 2)}


@pytest.mark.parametrize(
    ("rows", "counts"),
    [
        (".. .. ..", [6]),
        ("## ## ##", [0, 6]),
        ("#", [0, 1]),
        (".", [1]),
        ("#. .. .#", [0, 1, 4, 1]),
        (".# #. #.", [1, 3, 2]),  # down the first column and on at the head of the second: one run
        ("### #.# ###", [0, 4, 1, 4]),  # a hole
        (".#.#", [1, 1, 1, 1]),
        (". # . #", [1, 1, 1, 1]),
    ],
)
def test_counts_by_hand(rows, counts):
    m = Mask.from_array(patch(rows))
    assert m.to_counts() == counts
    assert Mask.from_counts(m.size, counts) == m


@pytest.mark.parametrize(
    "counts", [[2, 0, 1, 1, 0, 0, 2], [2, 0, 1, 1, 2], [3, 1, 2, 0], [2, 0, 0, 0, 1, 1, 2], [0, 0, 3, 1, 2]]
)
def test_runs_of_zero(counts):
    assert Mask.from_counts(Size(2, 3), counts) == mask((1, 0), size=Size(2, 3))


@pytest.mark.parametrize("counts", [[4], [2, 3], [], [-1, 7], [[6]], [2**63], [2**62] * 4 + [6], [None]])
def test_counts_that_do_not_fit(counts):
    with pytest.raises(ValueError, match="run lengths"):
        Mask.from_counts(Size(2, 3), counts)


def test_tight_box():
    assert tight_box(patch("... .#. ...")) == Box(1, 1, 2, 2)
    assert tight_box(patch("... ...")) == EMPTY_BOX
    assert tight_box(np.zeros((0, 5), np.bool_)) == EMPTY_BOX


def test_repr_is_short():
    assert repr(mask((2, 1))) == "Mask(Size(width=7, height=5), Box(x0=2, y0=1, x1=3, y1=2), 1 pixels)"
