"""A view shows photo and mask alike, mirrors both, and leaves colours what they are called."""

from __future__ import annotations

import colorsys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from refseg_annotator.core.geometry import Size
from refseg_annotator.nn.letterbox import Letterbox
from refseg_annotator.training.augment import View
from tests.training.made_photos import COLOURS, LEFT_RED

SIZE = Size(96, 64)
SIDE = 64
CANVAS = Size(SIDE, SIDE)


def view(**changes: object) -> View:
    return View(**({"mirror": False, "letterbox": Letterbox.fit(SIZE, CANVAS)} | changes))


def test_the_plain_view_is_that_of_evaluation() -> None:
    photo = LEFT_RED.pixels()
    plain = View.plain(SIZE, CANVAS)
    assert plain == view()
    assert np.array_equal(plain.image(photo), Letterbox.fit(SIZE, CANVAS).apply(photo))
    assert np.array_equal(
        plain.mask(LEFT_RED.mask([0]), CANVAS), Letterbox.fit(SIZE, CANVAS).apply_mask(LEFT_RED.mask([0]))
    )


def test_the_mirror_turns_photo_and_mask() -> None:
    photo, mask = LEFT_RED.pixels(), LEFT_RED.mask([0])
    assert np.array_equal(view(mirror=True).image(photo), view().image(photo)[:, ::-1])
    assert np.allclose(view(mirror=True).mask(mask, Size(16, 16)), view().mask(mask, Size(16, 16))[:, ::-1], atol=1e-6)


@given(st.integers(0, 10**6))
def test_the_mask_lies_on_its_object_in_every_view(seed: int) -> None:
    drawn = View.drawn(SIZE, CANVAS, np.random.default_rng(seed))
    square = drawn.image(LEFT_RED.pixels()).astype(int)
    mask = drawn.mask(LEFT_RED.mask([0]), CANVAS)
    red = (square[..., 0] - square[..., 1:].max(-1)) > 40
    inside = mask > 0.99
    assert inside.any()
    assert red[inside].all()
    assert not red[mask < 0.01].any()


@given(st.integers(0, 10**6))
def test_a_view_is_a_function_of_chance_alone_and_near_the_fit(seed: int) -> None:
    one, two = (View.drawn(SIZE, CANVAS, np.random.default_rng(seed)) for _ in range(2))
    assert one == two
    fit = Letterbox.fit(SIZE, CANVAS)
    assert 0.79 < one.letterbox.scale / fit.scale < 1.31
    centre = one.letterbox.to_canvas(48, 32)
    assert max(abs(centre[0] - 32), abs(centre[1] - 32)) < 0.18 * SIDE


def test_half_of_the_views_are_mirrored() -> None:
    drawn = [View.drawn(SIZE, CANVAS, np.random.default_rng(seed)).mirror for seed in range(300)]
    assert 0.4 < np.mean(drawn) < 0.6


@pytest.mark.parametrize("name", COLOURS)
def test_light_leaves_hue_alone(name: str) -> None:
    photo = np.full((64, 96, 3), COLOURS[name], np.uint8)
    hue = colorsys.rgb_to_hsv(*(part / 255 for part in COLOURS[name]))[0]
    for seed in range(60):
        seen = View.drawn(SIZE, CANVAS, np.random.default_rng(seed)).image(photo)[32, 32] / 255
        shift = abs(colorsys.rgb_to_hsv(*seen)[0] - hue)
        assert min(shift, 1 - shift) < 0.06


def test_coverage_is_between_nothing_and_all() -> None:
    mask = view().mask(LEFT_RED.mask([0, 1]), Size(16, 16))
    assert (mask.shape, mask.dtype) == ((16, 16), np.float32)
    assert 0 <= mask.min() <= mask.max() <= 1
    # The share of the square is that of the photo in it.
    assert mask.mean() == pytest.approx(LEFT_RED.mask([0, 1]).mean() * 64 / 96, abs=0.01)
