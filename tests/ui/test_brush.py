"""The brush paints exactly the pixels whose centres it sweeps over; a draft is the mask and the stroke."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from refseg_annotator.core.geometry import Box, Size
from refseg_annotator.core.mask import Mask
from refseg_annotator.ui.tools.brush import Draft, sample_mask

SIZE = Size(48, 40)
places = st.floats(-10, 58, allow_nan=False).map(lambda value: round(value, 3))


def swept(x0: float, y0: float, x1: float, y1: float, radius: float) -> tuple[np.ndarray, np.ndarray]:
    """Pixels surely inside, and surely outside, by distance to the segment."""
    rows, columns = np.mgrid[: SIZE.height, : SIZE.width] + 0.5
    dx, dy = x1 - x0, y1 - y0
    square = dx * dx + dy * dy
    share = 0.0 if square == 0 else np.clip(((columns - x0) * dx + (rows - y0) * dy) / square, 0, 1)
    distance = np.hypot(columns - x0 - share * dx, rows - y0 - share * dy)
    return distance < radius - 1e-6, distance > radius + 1e-6


@settings(max_examples=100)
@given(places, places, places, places, st.floats(0.5, 15))
def test_a_sweep_is_all_pixels_within_reach_of_the_way(
    x0: float, y0: float, x1: float, y1: float, radius: float
) -> None:
    draft = Draft(Mask.empty(SIZE))
    box = draft.sweep(x0, y0, x1, y1, radius, value=True)
    painted = draft.sample(Box.of(SIZE), 1)
    inside, outside = swept(x0, y0, x1, y1, radius)
    assert painted[inside].all()
    # A brush too thin to reach a centre paints the pixel under its tip, one at the most.
    assert painted[outside].sum() <= (0 if inside.any() else 1)
    if painted.any():
        assert box == Mask.from_array(painted).box
    else:
        assert box.is_empty
    assert draft.touched.contains(box)
    # The same way again has nothing new to draw.
    assert draft.sweep(x0, y0, x1, y1, radius, value=True).is_empty


def test_the_thinnest_brush_paints_one_pixel() -> None:
    draft = Draft(Mask.empty(SIZE))
    draft.sweep(10.9, 5.1, 10.9, 5.1, 0.5, value=True)
    assert np.argwhere(draft.sample(Box.of(SIZE), 1)).tolist() == [[5, 10]]


def test_a_draft_sets_and_clears_over_its_base() -> None:
    base = np.zeros(SIZE.shape, bool)
    base[10:30, 10:30] = True
    draft = Draft(Mask.from_array(base))
    draft.sweep(20, 20, 20, 20, 4, value=False)
    draft.sweep(40, 35, 40, 35, 3, value=True)
    whole = draft.sample(Box.of(SIZE), 1)
    assert not whole[20, 20]
    assert whole[35, 40]
    assert whole[11, 11]
    box, pixels = draft.patch()
    assert (draft.base.with_patch(box, pixels).to_array() == whole).all()


@settings(max_examples=60)
@given(st.integers(0, 2**32 - 1), st.integers(1, 5), st.tuples(*[st.integers(0, 20)] * 4))
def test_sampling_takes_every_nth_pixel(seed: int, step: int, corners: tuple[int, int, int, int]) -> None:
    array = np.random.default_rng(seed).random(SIZE.shape) < 0.1
    array[:5] = False
    box = Box(corners[0], corners[1], corners[0] + corners[2] + 1, corners[1] + corners[3] + 1).clipped(SIZE)
    mask = Mask.from_array(array)
    expected = array[box.y0 : box.y1 : step, box.x0 : box.x1 : step]
    assert (sample_mask(mask, box, step) == expected).all()
    assert (Draft(mask).sample(box, step) == expected).all()
