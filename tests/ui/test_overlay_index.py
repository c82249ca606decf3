"""The index gives exactly those overlays that would draw into a rectangle."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from refseg_annotator.core.geometry import Box, Size
from refseg_annotator.core.mask import Mask
from refseg_annotator.ui.canvas.canvas_items import MaskPixels, Overlay, OverlayStyle, draw_overlay
from refseg_annotator.ui.canvas.overlay_index import OverlayImages, OverlayIndex
from refseg_annotator.ui.canvas.view import View

SIZE = Size(300, 200)


def overlay(x: int, y: int, line: float = 1.5) -> Overlay:
    mask = Mask.from_patch(SIZE, Box(x, y, x + 10, y + 8), np.ones((8, 10), np.bool_))
    return Overlay(MaskPixels(mask), OverlayStyle((1, 2, 3), 0.4, line))


def test_nothing_that_draws_is_left_out() -> None:
    random = np.random.default_rng(3)
    overlays = [
        overlay(int(random.integers(0, 290)), int(random.integers(0, 192)), line=place % 5) for place in range(80)
    ]
    index = OverlayIndex(overlays)
    for _ in range(60):
        view = View(float(random.uniform(0.1, 9)), int(random.integers(-300, 300)), int(random.integers(-300, 300)))
        rect = QRect(
            *(int(part) for part in random.integers(0, 200, 2)), *(int(part) for part in random.integers(1, 90, 2))
        )
        drawn = [one for one in overlays if rect.intersects(view.device_rect(one.pixels.box, margin=one.style.margin))]
        met = index.meeting(view, rect)
        assert [one for one in met if one in drawn] == drawn
        assert len(met) <= len(drawn) + 12


def test_a_far_strip_meets_none_and_the_order_is_kept() -> None:
    overlays = [overlay(10, 10), overlay(12, 12), overlay(250, 150)]
    index = OverlayIndex(overlays)
    assert index.meeting(View(), QRect(0, 0, 60, 60)) == overlays[:2]
    assert index.meeting(View(), QRect(120, 60, 40, 40)) == []
    assert OverlayIndex(()).meeting(View(), QRect(0, 0, 9, 9)) == []


def painted(scale: float, x: int, y: int, *, kept: OverlayImages | None) -> np.ndarray:
    image = QImage(120, 90, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0xFF336699)
    painter = QPainter(image)
    for one in (overlay(10, 10), overlay(18, 14), overlay(0, 0), overlay(290, 192)):
        for rect in (QRect(0, 0, 70, 90), QRect(70, 0, 50, 90)):
            view = View(scale, x, y)
            if kept is None or not kept.draw(painter, one, view, SIZE, rect):
                draw_overlay(painter, one, view, SIZE, rect)
    painter.end()
    return np.frombuffer(image.constBits(), np.uint8).reshape(90, 120, 4).copy()


@pytest.mark.parametrize("scale", [0.4, 1.0, 3.3, 6.0])
def test_what_was_kept_is_what_drawing_anew_gives(qapp: QApplication, scale: float) -> None:
    kept = OverlayImages()
    for x, y in ((0, 0), (-7, 12), (33, -20)):
        assert (painted(scale, x, y, kept=kept) == painted(scale, x, y, kept=None)).all()


def test_images_are_forgotten_beyond_the_budget(qapp: QApplication) -> None:
    kept = OverlayImages(budget=20_000)
    image = QImage(40, 40, QImage.Format.Format_ARGB32_Premultiplied)
    painter = QPainter(image)
    for place in range(50):
        assert kept.draw(painter, overlay(place, place), View(1.0 + place / 10), SIZE, QRect(0, 0, 40, 40))
    painter.end()
    assert 0 < kept.bytes <= 20_000
