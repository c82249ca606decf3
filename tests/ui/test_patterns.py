"""Patterns of fills: each its own, laid from the picture's corner, chosen by setting and key."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPainter

from refseg_annotator.core.geometry import Box, Size
from refseg_annotator.core.mask import Mask
from refseg_annotator.settings import Settings
from refseg_annotator.ui.canvas.canvas_items import MaskPixels, Overlay, OverlayStyle, draw_overlay
from refseg_annotator.ui.canvas.patterns import PATTERNS, TILE, laid, pattern_of, tile
from refseg_annotator.ui.canvas.view import View
from refseg_annotator.ui.colours import referent_colour
from refseg_annotator.ui.look import Look
from tests.ui.conftest import Desk

SIZE = Size(96, 64)
NEUTRAL = (128, 128, 128)


@pytest.mark.parametrize("side", [TILE, 2 * TILE, 18])
def test_patterns_differ_and_leave_room_for_the_photo(side: int) -> None:
    tiles = [tile(pattern, side) for pattern in range(len(PATTERNS))]
    for one in tiles:
        assert one.shape == (side, side)
        assert 0.15 < one.mean() < 0.56
    for first, second in combinations(tiles, 2):
        assert (first != second).mean() > 0.1


def test_neighbours_in_the_palette_have_other_patterns() -> None:
    pairs = [(referent_colour(place), pattern_of(place)) for place in range(56)]
    assert len(set(pairs)) == 56
    assert all(pattern_of(place) != pattern_of(place + 1) for place in range(100))


def test_a_part_laid_alone_is_that_part_of_the_whole() -> None:
    whole = laid(0, TILE, left=-30, top=-7, width=100, height=50)
    part = laid(0, TILE, left=-30 + 13, top=-7 + 21, width=40, height=20)
    assert (whole[21:41, 13:53] == part).all()


def painted(pattern: int | None, *, colour: tuple[int, int, int] = NEUTRAL, opacity: float = 0.45) -> np.ndarray:
    mask = Mask.from_patch(SIZE, Box(8, 8, 88, 56), np.ones((48, 80), np.bool_))
    image = QImage(SIZE.width, SIZE.height, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    style = OverlayStyle(colour, opacity, 1.5, pattern=pattern)
    draw_overlay(painter, Overlay(MaskPixels(mask), style), View(), SIZE, QRect(0, 0, SIZE.width, SIZE.height))
    painter.end()
    words = np.frombuffer(image.constBits(), np.uint8).reshape(SIZE.height, image.bytesPerLine())
    return words[16:48, 4 * 16 : 4 * 80].reshape(32, 64, 4)[:, :, 1].astype(int)


@pytest.mark.parametrize("pattern", range(len(PATTERNS)))
def test_a_pattern_is_seen_without_its_colour(pattern: int) -> None:
    grey = painted(pattern)
    assert grey.max() - grey.min() > 25
    assert np.ptp(painted(None)) == 0


def test_outlines_have_no_pattern() -> None:
    assert (painted(3, opacity=0.0) == 255).all()


def test_settings_make_the_look() -> None:
    assert not Look().following(Settings()).patterns
    assert Look().following(Settings(fill="patterns")).patterns
    assert Look().following(Settings(fill="outlines")).outline_only


def test_a_key_turns_them_on_and_off(desk: Desk) -> None:
    desk.accept_phrase("red square")
    desk.until(lambda: desk.canvas.scene.selected is not None)
    held = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    desk.key(Qt.Key.Key_H, held)
    assert desk.bridge.settings.fill == "patterns"
    assert desk.canvas.scene.selected.style.pattern is not None
    assert desk.window.actions_["patterns"].isChecked()
    # Another setting leaves what a key has chosen since.
    desk.key(Qt.Key.Key_H, Qt.KeyboardModifier.ShiftModifier)
    assert desk.bridge.look.outline_only
    desk.bridge.set_settings(desk.bridge.settings.changed("theme", "light"))
    assert desk.bridge.look.outline_only
    desk.key(Qt.Key.Key_H, held)
    assert desk.canvas.scene.selected.style.pattern is None


def test_what_is_drawn_and_what_is_proposed_have_them_too(desk: Desk) -> None:
    desk.bridge.set_settings(desk.bridge.settings.changed("fill", "patterns"))
    desk.run_phrase("red square")
    desk.until_proposal()
    assert desk.canvas.scene.offer.style.pattern is not None
    desk.key(Qt.Key.Key_Escape)
    desk.letters("b")
    desk.press(100, 100)
    desk.drag_to(110, 110)
    assert desk.canvas._draft.style.pattern is not None
    desk.release(110, 110)
