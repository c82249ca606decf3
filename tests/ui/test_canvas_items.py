"""Overlays as pixels: a part repainted is the same as the whole, specks show, colours and lines are what they say."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from refseg_annotator.core.geometry import Box, Size
from refseg_annotator.core.mask import Mask
from refseg_annotator.ui.canvas.canvas_items import MaskPixels, Overlay, OverlayStyle, coverage, draw_overlay
from refseg_annotator.ui.canvas.view import View

COLOUR = (86, 180, 233)
STYLE = OverlayStyle(COLOUR, 0.5, 1.5)
AREA = QRect(0, 0, 120, 90)


def render(overlay: Overlay, view: View, size: Size, *rects: QRect) -> np.ndarray:
    """Premultiplied (90, 120, 4) blue, green, red, alpha, drawn part by part."""
    image = QImage(AREA.width(), AREA.height(), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    for rect in rects or (AREA,):
        draw_overlay(painter, overlay, view, size, rect)
    painter.end()
    return np.frombuffer(image.constBits(), np.uint8).reshape(AREA.height(), AREA.width(), 4).copy()


def blob(size: Size, seed: int = 0) -> Mask:
    rows, columns = np.mgrid[: size.height, : size.width]
    array = (columns - size.width / 2) ** 2 + (rows - size.height / 2) ** 2 < (size.height / 3) ** 2
    array ^= np.random.default_rng(seed).random(size.shape) < 0.02
    return Mask.from_array(array)


@settings(max_examples=40, deadline=None)
@given(
    st.floats(0.07, 9),
    st.integers(-60, 60),
    st.integers(-60, 60),
    st.integers(1, 119),
    st.integers(1, 89),
    st.booleans(),
)
def test_parts_make_up_the_whole(scale: float, x: int, y: int, column: int, row: int, dashed: bool) -> None:
    size = Size(150, 110)
    overlay = Overlay(MaskPixels(blob(size)), OverlayStyle(COLOUR, 0.5, 1.5, dashed=dashed))
    view = View(scale, x, y)
    quarters = [
        QRect(0, 0, column, row),
        QRect(column, 0, 120 - column, row),
        QRect(0, row, column, 90 - row),
        QRect(column, row, 120 - column, 90 - row),
    ]
    differs = np.abs(render(overlay, view, size).astype(int) - render(overlay, view, size, *quarters)).max(axis=-1)
    # Shrunk, a pixel's mean is rounded after its place in the part is added: a level of one in thousands may turn over.
    assert differs.max() <= 12
    assert (differs > 0).sum() <= 3


def test_the_inside_is_the_colour_at_its_opacity(qapp: QApplication) -> None:
    size = Size(60, 45)
    array = np.zeros(size.shape, bool)
    array[10:35, 10:50] = True
    pixels = render(Overlay(MaskPixels(Mask.from_array(array)), STYLE), View(2.0), size)
    assert pixels[45, 60].tolist() == [round(part * 0.5) for part in COLOUR[::-1]] + [128]
    assert pixels[2, 2].tolist() == [0, 0, 0, 0]


def test_the_outline_is_dark_outside_and_bright_inside() -> None:
    size = Size(60, 45)
    array = np.zeros(size.shape, bool)
    array[10:35, 10:50] = True
    style = OverlayStyle(COLOUR, 0.0, 2.0)
    pixels = render(Overlay(MaskPixels(Mask.from_array(array)), style), View(2.0), size)
    line = pixels[45, 10:40].astype(int)
    bright = np.flatnonzero(line[:, 0] > 200)
    dark = np.flatnonzero((line[:, 3] > 100) & (line[:, :3].max(axis=1) < 60))
    assert len(bright) >= 2
    assert len(dark) >= 1
    assert dark.max() < bright.min()
    assert pixels[45, 60, 3] == 0


@pytest.mark.parametrize("scale", [0.5, 1.0, 2.0, 8.0])
def test_a_single_pixel_shows(scale: float) -> None:
    size = Size(30, 20)
    array = np.zeros(size.shape, bool)
    array[8, 9] = True
    pixels = render(Overlay(MaskPixels(Mask.from_array(array)), STYLE), View(scale), size)
    assert pixels[..., 3].max() > (60 if scale < 1 else 200)


def test_past_four_hundred_percent_edges_are_those_of_the_pixels() -> None:
    size = Size(20, 15)
    array = np.zeros(size.shape, bool)
    array[5:10, 5:10] = True
    covered = coverage(MaskPixels(Mask.from_array(array)), View(6.0), size, AREA)
    assert covered is not None
    assert set(np.unique(covered)) == {0, 255}
    assert Mask.from_array(covered).box == Box(30, 30, 60, 60)


def test_nothing_costs_nothing() -> None:
    size = Size(20, 15)
    assert coverage(MaskPixels(Mask.empty(size)), View(), size, AREA) is None
    assert not render(Overlay(MaskPixels(Mask.empty(size)), STYLE), View(), size).any()


def test_without_a_line_there_is_only_fill() -> None:
    size = Size(60, 45)
    style = OverlayStyle(COLOUR, 1.0, 0.0)
    pixels = render(Overlay(MaskPixels(blob(size)), style), View(2.0), size)
    opaque = pixels[pixels[..., 3] == 255]
    assert len(opaque)
    assert (opaque[:, :3] == np.array(COLOUR[::-1])).all()


def test_a_proposals_dashes_move() -> None:
    size = Size(60, 45)
    overlay = Overlay(MaskPixels(blob(size)), OverlayStyle(COLOUR, 0.3, 1.5, dashed=True))
    images = []
    for phase in (0, 7, 14):
        image = QImage(120, 90, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(0)
        painter = QPainter(image)
        draw_overlay(painter, overlay, View(2.0), size, AREA, phase=phase)
        painter.end()
        images.append(image)
    assert images[0] != images[1]
    assert images[0] == images[2]
