"""Laws of the operations on masks, against plain numpy, scipy and scikit-image."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray
from scipy import ndimage
from skimage.measure import label

from refseg_annotator.core.mask import Mask
from refseg_annotator.errors import EditError
from refseg_annotator.services.mask_tools import (
    Mode,
    combine,
    drop_specks,
    enclosed_at,
    fill_holes,
    grow,
    part_at,
    parts,
    shrink,
    smooth,
)

CROSS, SQUARE = ndimage.generate_binary_structure(2, 1), ndimage.generate_binary_structure(2, 2)
shapes = st.tuples(st.integers(1, 18), st.integers(1, 18))


@st.composite
def pixels(draw: st.DrawFn) -> NDArray[np.bool_]:
    """Noise, blobs, or a frame with holes: what masks are like."""
    array = draw(arrays(np.bool_, draw(shapes)))
    kind = draw(st.sampled_from(["noise", "blobs", "holes"]))
    if kind == "blobs":
        return ndimage.binary_dilation(array & (np.add.outer(*map(np.arange, array.shape)) % 3 == 0), SQUARE)
    if kind == "holes":
        return ~(array & (np.add.outer(*map(np.arange, array.shape)) % 2 == 0))
    return array


def disc(radius: float) -> NDArray[np.bool_]:
    reach = int(radius)
    rows, columns = np.ogrid[-reach : reach + 1, -reach : reach + 1]
    return rows**2 + columns**2 <= radius**2


laws = settings(max_examples=60, deadline=None)


@laws
@given(pixels(), st.integers(1, 6))
def test_growing_is_dilation_by_a_disc(array: NDArray[np.bool_], radius: int) -> None:
    expected = ndimage.binary_dilation(array, disc(radius))
    assert (grow(Mask.from_array(array), radius).to_array() == expected).all()


@laws
@given(pixels(), st.integers(1, 6))
def test_shrinking_is_erosion_that_spares_the_pictures_edge(array: NDArray[np.bool_], radius: int) -> None:
    expected = ndimage.binary_erosion(array, disc(radius), border_value=1)
    assert (shrink(Mask.from_array(array), radius).to_array() == expected).all()


@laws
@given(pixels(), st.integers(1, 5))
def test_shrinking_is_growing_what_is_outside(array: NDArray[np.bool_], radius: int) -> None:
    mask = Mask.from_array(array)
    assert shrink(mask, radius) == grow(mask.inverted(), radius).inverted()


@laws
@given(pixels(), st.integers(1, 5))
def test_smoothing_is_a_gaussian_at_a_half(array: NDArray[np.bool_], radius: int) -> None:
    soft = ndimage.gaussian_filter(array.astype(np.float64), radius, mode="nearest", truncate=4.0)
    smoothed = smooth(Mask.from_array(array), radius).to_array()
    clear = np.abs(soft - 0.5) > 1e-4
    assert (smoothed == (soft > 0.5))[clear].all()


@laws
@given(pixels())
def test_filling_holes_is_scipys_where_there_is_no_limit(array: NDArray[np.bool_]) -> None:
    filled = fill_holes(Mask.from_array(array))
    assert (filled.to_array() == ndimage.binary_fill_holes(array, CROSS)).all()
    assert fill_holes(filled) == filled


@laws
@given(pixels(), st.integers(1, 12))
def test_filling_holes_to_a_size_leaves_the_larger_ones(array: NDArray[np.bool_], largest: int) -> None:
    expected = array.copy()
    labels = label(~array, connectivity=1)
    outside = set(np.concatenate([labels[0], labels[-1], labels[:, 0], labels[:, -1]]).tolist())
    for number in range(1, labels.max() + 1):
        hole = labels == number
        if number not in outside and hole.sum() <= largest:
            expected |= hole
    assert (fill_holes(Mask.from_array(array), largest).to_array() == expected).all()


@laws
@given(pixels(), st.integers(0, 12))
def test_dropping_specks_keeps_every_part_of_enough_pixels(array: NDArray[np.bool_], smallest: int) -> None:
    labels = label(array, connectivity=2)
    areas = np.bincount(labels.ravel())
    expected = array & (areas[labels] >= smallest)
    assert (drop_specks(Mask.from_array(array), smallest).to_array() == expected).all()


@laws
@given(pixels())
def test_parts_are_the_mask_taken_apart(array: NDArray[np.bool_]) -> None:
    mask = Mask.from_array(array)
    found = parts(mask)
    assert len(found) == label(array, connectivity=2).max()
    assert [part.area for part in found] == sorted((part.area for part in found), reverse=True)
    total = Mask.empty(mask.size)
    for part in found:
        assert part.intersection_area(total) == 0
        assert label(part.to_array(), connectivity=2).max() == 1
        total = total.union(part)
    assert total == mask


@laws
@given(pixels(), st.data())
def test_a_part_and_a_hole_are_found_by_any_of_their_pixels(array: NDArray[np.bool_], data: st.DataObject) -> None:
    mask = Mask.from_array(array)
    y, x = (data.draw(st.integers(0, side - 1)) for side in array.shape)
    inside, outside = label(array, connectivity=2), label(~array, connectivity=1)
    if array[y, x]:
        assert (part_at(mask, x, y).to_array() == (inside == inside[y, x])).all()
        return
    assert part_at(mask, x, y).is_empty
    rim = np.concatenate([outside[0], outside[-1], outside[:, 0], outside[:, -1]])
    try:
        hole = enclosed_at(mask, x, y)
    except EditError:
        assert outside[y, x] in rim
    else:
        assert (hole.to_array() == (outside == outside[y, x])).all()
        assert outside[y, x] not in rim


@laws
@given(pixels(), st.sampled_from(list(Mode)), st.data())
def test_combining_is_that_of_sets(array: NDArray[np.bool_], mode: Mode, data: st.DataObject) -> None:
    other = data.draw(arrays(np.bool_, array.shape))
    expected = {Mode.ADD: array | other, Mode.SUBTRACT: array & ~other, Mode.INTERSECT: array & other}[mode]
    assert (combine(Mask.from_array(array), Mask.from_array(other), mode).to_array() == expected).all()


@laws
@given(pixels())
def test_inverting_twice_is_nothing(array: NDArray[np.bool_]) -> None:
    mask = Mask.from_array(array)
    assert (mask.inverted().to_array() == ~array).all()
    assert mask.inverted().inverted() == mask


@laws
@given(pixels())
def test_nothing_is_lost_where_nothing_is_asked_for(array: NDArray[np.bool_]) -> None:
    """Holes, single pixels and separate parts stay as they are."""
    mask = Mask.from_array(array)
    assert grow(mask, 0) == shrink(mask, 0) == smooth(mask, 0) == drop_specks(mask, 1) == fill_holes(mask, 0) == mask
