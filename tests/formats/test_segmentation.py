from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from pycocotools import mask as coco_mask

from refseg_annotator.core.geometry import Size
from refseg_annotator.core.mask import Mask
from refseg_annotator.errors import FormatError
from refseg_annotator.formats.segmentation import (
    Rle,
    check_rles,
    counts_of_codes,
    decode_polygons,
    decode_rles,
    decode_segmentation,
    encode_rle,
    rle_code,
)

ARRAYS = hnp.arrays(bool, hnp.array_shapes(min_dims=2, max_dims=2, max_side=40), elements=st.booleans())


def code_of(mask: np.ndarray) -> str:
    return coco_mask.encode(np.asfortranarray(mask.astype(np.uint8)))["counts"].decode()


def size_of(mask: np.ndarray) -> Size:
    return Size(width=mask.shape[1], height=mask.shape[0])


@given(ARRAYS)
def test_codes_are_pycocotools_own_both_ways(array):
    mask = Mask.from_array(array)
    code = rle_code(mask)
    assert (coco_mask.decode({"size": list(array.shape), "counts": code.encode()}).astype(bool) == array).all()
    assert code == code_of(array)
    raw = json.dumps(encode_rle(mask)).encode()
    assert decode_segmentation(raw, mask.size, where="x") == mask


@given(st.lists(ARRAYS, min_size=1, max_size=6), st.data())
def test_codes_decoded_together_are_those_decoded_alone(arrays, data):
    shape = arrays[0].shape
    arrays = [np.resize(array, shape) for array in arrays]
    size = size_of(arrays[0])
    rles = [
        Rle(shape, Mask.from_array(a).to_counts()) if data.draw(st.booleans()) else Rle(shape, code_of(a))
        for a in arrays
    ]
    where = [f"number {n}" for n in range(len(rles))]
    check_rles(rles, size, where=where)
    assert [mask.to_array().tolist() for mask in decode_rles(rles, size, where=where)] == [a.tolist() for a in arrays]


@given(
    st.lists(st.one_of(st.text(max_size=12), st.text("0123456789:;<=>?@ABCDo_`", max_size=12)), min_size=1, max_size=5)
)
def test_any_text_is_decoded_or_refused_by_its_place(codes):
    size = Size(width=7, height=5)
    where = [f"number {n}" for n in range(len(codes))]
    rles = [Rle((5, 7), code) for code in codes]
    try:
        check_rles(rles, size, where=where)
    except FormatError:
        with pytest.raises(FormatError, match=r"\Anumber \d: "):
            decode_rles(rles, size, where=where)
        return
    for code, mask in zip(codes, decode_rles(rles, size, where=where), strict=True):
        assert (coco_mask.decode({"size": [5, 7], "counts": code.encode()}).astype(bool) == mask.to_array()).all()


def test_the_broken_one_of_several_codes_is_named():
    with pytest.raises(FormatError, match=r"second: .* outside"):
        counts_of_codes(["05", "0 5", "05"], where=["first", "second", "third"])
    with pytest.raises(FormatError, match=r"third: .* breaks off"):
        counts_of_codes(["05", "", "0o"], where=["first", "second", "third"])
    with pytest.raises(FormatError, match=r"second: .* no run can have"):
        counts_of_codes(["05", "oooooooooo1", "0"], where=["first", "second", "third"])


POINTS = st.lists(st.floats(-20, 60, width=32), min_size=3, max_size=8).map(lambda v: v + v[::-1])


@given(st.lists(POINTS, min_size=1, max_size=4), st.integers(1, 40), st.integers(1, 40))
def test_polygons_are_drawn_and_united_by_pycocotools(polygons, width, height):
    codes = coco_mask.frPyObjects(polygons, height, width)
    expected = coco_mask.decode(coco_mask.merge(codes)).astype(bool)
    found = decode_polygons(polygons, Size(width=width, height=height), where="x")
    assert (found.to_array() == expected).all()


@pytest.mark.parametrize("polygon", [[], [1.0, 2.0], [1.0, 2.0, 3.0, 4.0]])
def test_polygons_of_fewer_than_three_points_hold_nothing(polygon):
    """pycocotools would take four numbers for a box."""
    assert decode_polygons([polygon], Size(width=9, height=9), where="x").is_empty


@pytest.mark.parametrize("bad", [float("inf"), float("nan"), 1e12, -1e7])
def test_points_that_cannot_be(bad):
    with pytest.raises(FormatError, match="far outside"):
        decode_polygons([[0, 0, 5, 5, bad, 3]], Size(width=9, height=9), where="x")
