"""A packed mask is the same mask: every question has the same answer, packed or not, whatever is asked first."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from refseg_annotator.core.geometry import Box
from refseg_annotator.core.mask import Mask
from refseg_annotator.core.packed_pixels import PackedPixels

law = settings(max_examples=80, deadline=None)

SHAPES = st.tuples(st.integers(1, 12), st.integers(1, 12))
PAIRS = SHAPES.flatmap(lambda shape: st.tuples(arrays(np.bool_, shape), arrays(np.bool_, shape)))


def held_as_code(mask: Mask) -> Mask:
    """Packed even where that is no gain."""
    return mask if mask.is_empty else Mask(mask.size, mask.box, PackedPixels(mask.code(), mask.box.shape))


@law
@given(PAIRS)
def test_every_answer_is_the_same(pair):
    a, b = (Mask.from_array(array) for array in pair)
    p, q = held_as_code(a), held_as_code(b)
    assert (p, hash(p)) == (a, hash(a))
    assert (p == q) == (a == b) == (p == b)
    assert p.to_counts() == a.to_counts()
    assert (p.area, p.is_empty, p.box, p.size, p.code()) == (a.area, a.is_empty, a.box, a.size, a.code())
    assert np.array_equal(p.to_array(), pair[0])
    for act in ("union", "intersection", "difference", "symmetric_difference", "intersection_area"):
        assert getattr(p, act)(q) == getattr(a, act)(b) == getattr(p, act)(b) == getattr(a, act)(q)
    assert p.inverted() == a.inverted()
    assert p.packed() == a.packed() == a


@law
@given(PAIRS)
def test_patches_fall_on_both_alike(pair):
    array, patch = pair
    mask = Mask.from_array(array)
    box = Box(0, 0, *((side + 1) // 2 for side in reversed(array.shape)))
    pixels = patch[box.slices]
    painted = held_as_code(mask).with_patch(box, pixels)
    assert painted == mask.with_patch(box, pixels)
    assert np.array_equal(held_as_code(mask).crop(box), mask.crop(box))
    # What undo rests on.
    assert painted.with_patch(box, mask.crop(box)) == held_as_code(mask)
