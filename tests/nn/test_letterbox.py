"""The map into the square and back: points exactly, masks within one cell of their outline, sizes always."""

from __future__ import annotations

import math

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from refseg_annotator.core.geometry import Size
from refseg_annotator.nn.letterbox import PAD_COLOUR, Letterbox, best_canvas

SIZES = st.builds(Size, st.integers(1, 5000), st.integers(1, 5000))
BOXES = st.builds(
    Letterbox.fit,
    SIZES,
    st.builds(Size, st.integers(32, 700), st.integers(32, 700)),
    zoom=st.floats(0.5, 2),
    shift=st.tuples(st.floats(-0.3, 0.3), st.floats(-0.3, 0.3)),
)
ODD = [(1, 1), (1, 37), (53, 1), (2, 3), (17, 1000), (321, 319), (640, 480), (4000, 3000), (3001, 1999)]


# --- points -----------------------------------------------------------------------------------------------------------


@given(BOXES, st.floats(-10, 5010), st.floats(-10, 5010))
def test_to_source_undoes_to_canvas(letterbox: Letterbox, x: float, y: float) -> None:
    there = letterbox.to_canvas(x, y)
    assert letterbox.to_source(*there) == pytest.approx((x, y), abs=1e-6, rel=1e-9)


@given(SIZES, st.integers(32, 700))
def test_the_fit_is_centred_and_as_large_as_can_be(size: Size, side: int) -> None:
    letterbox = Letterbox.fit(size, Size(side, side))
    left, top = letterbox.to_canvas(0, 0)
    right, bottom = letterbox.to_canvas(size.width, size.height)
    assert (left + right, top + bottom) == pytest.approx((side, side))
    assert max(right - left, bottom - top) == pytest.approx(side)
    assert min(left, top) == pytest.approx(0, abs=1e-9)
    assert (right - left) * size.height == pytest.approx((bottom - top) * size.width)


def test_zoom_and_shift() -> None:
    letterbox = Letterbox.fit(Size(200, 100), Size(100, 100), zoom=2, shift=(0.1, -0.2))
    assert letterbox.to_canvas(100, 50) == pytest.approx((60, 30))  # the centre, moved
    assert letterbox.scale == 1.0


# --- pictures ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("width", "height"), ODD)
def test_a_picture_fills_its_part_and_the_rest_is_padding(width: int, height: int) -> None:
    picture = np.full((height, width, 3), (200, 50, 10), np.uint8)
    letterbox = Letterbox.fit(Size(width, height), Size(64, 64))
    square = letterbox.apply(picture)
    assert (square.shape, square.dtype) == ((64, 64, 3), np.uint8)
    left, top = (math.floor(n) for n in letterbox.to_canvas(0, 0))
    right, bottom = (math.ceil(n) for n in letterbox.to_canvas(width, height))
    # A shrunk picture's border covers a pixel of the square in part.
    assert (square[: max(top - 1, 0)] == PAD_COLOUR).all()
    assert (square[bottom + 1 :] == PAD_COLOUR).all()
    assert (square[:, : max(left - 1, 0)] == PAD_COLOUR).all()
    assert (square[:, right + 1 :] == PAD_COLOUR).all()
    inner = square[top + 2 : bottom - 2, left + 2 : right - 2].astype(int)
    assert not inner.size or np.abs(inner - (200, 50, 10)).max() <= 1


def test_a_picture_of_the_squares_size_is_left_as_it_is() -> None:
    picture = np.random.default_rng(0).integers(0, 256, (64, 64, 3)).astype(np.uint8)
    assert np.array_equal(Letterbox.fit(Size(64, 64), Size(64, 64)).apply(picture), picture)


@pytest.mark.parametrize(("width", "height"), [(1, 1), (2, 3), (5, 1)])
def test_a_small_picture_fills_its_part_to_the_edge(width: int, height: int) -> None:
    letterbox = Letterbox.fit(Size(width, height), Size(60, 60))
    square = letterbox.apply(np.full((height, width, 3), (200, 50, 10), np.uint8))
    coverage = letterbox.apply_mask(np.ones((height, width), bool))
    left, top = (round(n) for n in letterbox.to_canvas(0, 0))
    right, bottom = (round(n) for n in letterbox.to_canvas(width, height))
    assert (square[top:bottom, left:right] == (200, 50, 10)).all()
    assert (coverage[top:bottom, left:right] == 1).all()
    assert (square == PAD_COLOUR).all(-1).sum() == 60 * 60 - (bottom - top) * (right - left) == (coverage == 0).sum()


def test_shrinking_averages() -> None:
    fine = np.indices((400, 400)).sum(0) % 2 == 0  # a chequered picture is grey from afar
    picture = np.repeat((fine * 255).astype(np.uint8)[..., None], 3, axis=2)
    square = Letterbox.fit(Size(400, 400), Size(40, 40)).apply(picture)
    assert np.abs(square.astype(int) - 127).max() <= 2


# --- masks there and back ---------------------------------------------------------------------------------------------


def there_and_back(mask: NDArray[np.bool_], letterbox: Letterbox) -> NDArray[np.bool_]:
    coverage = letterbox.apply_mask(mask)
    assert coverage.shape == letterbox.canvas.shape
    assert 0 <= coverage.min() <= coverage.max() <= 1
    probability = letterbox.invert_logits((coverage * 20 - 10).astype(np.float32))
    assert (probability.shape, probability.dtype) == (mask.shape, np.float32)
    assert 0 <= probability.min() <= probability.max() <= 1
    return np.asarray(probability > 0.5)


def near_outline(mask: NDArray[np.bool_], reach: int) -> NDArray[np.bool_]:
    """Pixels within `reach` of where the mask changes; the picture's own border is no change."""
    kernel = np.ones((2 * reach + 1, 2 * reach + 1), np.uint8)
    pixels = mask.astype(np.uint8)
    grown = cv2.dilate(pixels, kernel, borderType=cv2.BORDER_REPLICATE)
    shrunk = cv2.erode(pixels, kernel, borderType=cv2.BORDER_REPLICATE)
    return np.asarray(grown != shrunk)


@pytest.mark.parametrize(("width", "height"), ODD)
@pytest.mark.parametrize(
    "part", [(0.0, 1.0, 0.0, 1.0), (0.2, 0.7, 0.3, 0.9), (0.0, 0.5, 0.0, 0.4), (0.6, 1.0, 0.0, 1.0)]
)
def test_a_mask_comes_back_within_one_cell_of_its_outline(
    width: int, height: int, part: tuple[float, float, float, float]
) -> None:
    mask = np.zeros((height, width), bool)
    mask[round(part[2] * height) : round(part[3] * height), round(part[0] * width) : round(part[1] * width)] = True
    letterbox = Letterbox.fit(Size(width, height), Size(320, 320))
    back = there_and_back(mask, letterbox)
    cell = math.ceil(1 / letterbox.scale)  # source pixels that one pixel of the square covers
    wrong = back != mask
    # A picture's thin side may come to less than one pixel of the square, where the padding beside it weighs in.
    if min(width, height) * letterbox.scale >= 2:
        border = np.pad(
            np.zeros((max(height - 2 * cell, 0), max(width - 2 * cell, 0)), bool), cell, constant_values=True
        )
        assert not (wrong & ~near_outline(mask, cell) & ~border[:height, :width]).any()
    if not mask.any():
        assert not back.any()


@given(st.integers(1, 90), st.integers(1, 90), st.integers(32, 96), st.data())
def test_any_rectangle_comes_back_within_one_cell(width: int, height: int, side: int, data: st.DataObject) -> None:
    x0, y0 = data.draw(st.integers(0, width - 1)), data.draw(st.integers(0, height - 1))
    x1, y1 = data.draw(st.integers(x0 + 1, width)), data.draw(st.integers(y0 + 1, height))
    mask = np.zeros((height, width), bool)
    mask[y0:y1, x0:x1] = True
    letterbox = Letterbox.fit(Size(width, height), Size(side, side))
    back = there_and_back(mask, letterbox)
    cell = math.ceil(1 / letterbox.scale)
    grown = np.zeros_like(mask)
    grown[max(y0 - cell, 0) : y1 + cell, max(x0 - cell, 0) : x1 + cell] = True
    assert not (back & ~grown).any()
    assert back[y0 + cell : max(y1 - cell, 0), x0 + cell : max(x1 - cell, 0)].all()


@pytest.mark.parametrize(("width", "height"), ODD)
def test_a_mask_of_everything_and_of_nothing(width: int, height: int) -> None:
    letterbox = Letterbox.fit(Size(width, height), Size(64, 64))
    for value in (-8.0, 8.0):
        probability = letterbox.invert_logits(np.full((16, 16), value, np.float32))
        assert probability.shape == (height, width)
        assert np.abs(probability - 1 / (1 + math.exp(-value))).max() < 1e-4


@pytest.mark.parametrize("grid", [1, 4, 20, 80, 320])
def test_logits_of_any_grid_lie_over_the_same_places(grid: int) -> None:
    size = Size(300, 200)
    letterbox = Letterbox.fit(size, Size(320, 320))
    ramp = np.tile(np.linspace(-6, 6, 2 * grid + 1, dtype=np.float32)[1::2], (grid, 1))
    probability = letterbox.invert_logits(ramp)
    assert probability.shape == (200, 300)
    # Centred: the left half is no, the right half yes, whatever the grid.
    assert probability[:, :149].max() <= 0.5 <= probability[:, 151:].min()


def test_hostile_logits_are_still_probabilities() -> None:
    letterbox = Letterbox.fit(Size(50, 30), Size(64, 64))
    logits = np.array([[1e30, -1e30], [3e38, -3e38]], np.float32)
    with np.errstate(all="raise"):
        probability = letterbox.invert_logits(logits)
    assert np.isfinite(probability).all()
    assert 0 <= probability.min() <= probability.max() <= 1


def test_a_mirrored_or_turned_view_of_another_memory_layout_is_read() -> None:
    picture = np.arange(30 * 20 * 3, dtype=np.uint8).reshape(30, 20, 3)
    letterbox = Letterbox.fit(Size(20, 30), Size(32, 32))
    assert np.array_equal(letterbox.apply(picture[:, ::-1]), letterbox.apply(picture[:, ::-1].copy()))
    read_only = picture.copy()
    read_only.flags.writeable = False
    assert np.array_equal(letterbox.apply(read_only), letterbox.apply(picture))


# --- canvases ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("size", "canvas"),
    [
        (Size(300, 300), (322, 322)),
        (Size(640, 480), (364, 280)),
        (Size(480, 640), (280, 364)),
        (Size(6000, 4000), (392, 266)),
        (Size(256, 384), (266, 392)),
        (Size(1, 900), (266, 392)),
    ],
)
def test_a_picture_gets_the_canvas_that_shows_it_largest(size: Size, canvas: tuple[int, int]) -> None:
    canvases = [Size(322, 322), Size(364, 280), Size(280, 364), Size(392, 266), Size(266, 392)]
    assert best_canvas(size, canvases) == Size(*canvas)


def test_a_canvas_of_the_pictures_shape_has_no_padding() -> None:
    letterbox = Letterbox.fit(Size(400, 300), Size(364, 273))
    assert (letterbox.left, letterbox.top) == pytest.approx((0, 0))
    assert letterbox.to_canvas(400, 300) == pytest.approx((364, 273))
    picture = np.full((300, 400, 3), 7, np.uint8)
    assert (letterbox.apply(picture) == 7).all()
