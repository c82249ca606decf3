from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from pycocotools import mask as coco_mask
from scipy import ndimage

from refseg_annotator.core.geometry import Size
from refseg_annotator.core.mask import Mask
from refseg_annotator.formats.polygons import outlines, polygons_of, slit_polygons
from refseg_annotator.formats.segmentation import decode_polygons

ARRAYS = hnp.arrays(bool, hnp.array_shapes(min_dims=2, max_dims=2, max_side=16), elements=st.booleans())


@given(ARRAYS)
def test_rings_are_the_parts_and_the_holes(array):
    rings = outlines(Mask.from_array(array))
    _, parts = ndimage.label(array)
    _, outside = ndimage.label(np.pad(~array, 1, constant_values=True), structure=np.ones((3, 3)))
    assert len(rings.outer) == parts
    assert len(rings.holes) == outside - 1
    for ring in (*rings.outer, *rings.holes):
        steps = np.abs(np.diff(np.vstack([ring, ring[:1]]), axis=0))
        assert ((steps > 0).sum(axis=1) == 1).all(), "along the edges of pixels"
        turns = np.vstack([steps, steps[:1]])
        assert ((turns[1:, 0] > 0) != (turns[:-1, 0] > 0)).all(), "corners only"


@given(ARRAYS)
def test_polygons_hold_all_but_holes_and_say_how_many_pixels_those_are(array):
    mask = Mask.from_array(array)
    drawn = polygons_of(mask)
    labels, parts = ndimage.label(array)
    filled = np.zeros_like(array)
    for part in range(1, parts + 1):
        filled |= ndimage.binary_fill_holes(labels == part, structure=np.ones((3, 3)))
    assert (decode_polygons(drawn.polygons, mask.size, where="x").to_array() == filled).all()
    assert drawn.lost_pixels == 0
    assert drawn.gained_pixels == (filled & ~array).sum()


def test_an_empty_mask_has_no_rings():
    assert polygons_of(Mask.empty(Size(width=3, height=2))).polygons == []


@given(ARRAYS)
def test_polygons_with_slits_hold_the_holes_too_one_a_part(array):
    height, width = array.shape
    polygons = slit_polygons(Mask.from_array(array))
    layers = coco_mask.decode(coco_mask.frPyObjects(polygons, height, width))
    assert (layers.sum(axis=2) == array).all(), "no pixel twice: the REFER code adds up the layers"
    assert len(polygons) == max(ndimage.label(array)[1], 1)


def test_a_sieve_of_a_thousand_holes_one_above_the_other_comes_back():
    array = np.ones((2100, 7), bool)
    array[1:-1:2, 2] = array[2:-2:4, 4:6] = False
    polygons = slit_polygons(Mask.from_array(array))
    assert (coco_mask.decode(coco_mask.frPyObjects(polygons, 2100, 7)).sum(axis=2) == array).all()
