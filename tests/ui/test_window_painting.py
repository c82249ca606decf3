"""Tools through real mouse events: strokes, drafts, Ctrl, Escape, undo and redo; and the look of masks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from refseg_annotator.core.mask import Mask
from refseg_annotator.ui.tools.brush import Draft
from tests.ui.conftest import Desk

CTRL = Qt.KeyboardModifier.ControlModifier


def discs(size: tuple[int, int], *centres: tuple[float, float], radius: float) -> np.ndarray:
    """The pixels whose centres lie within `radius` of a centre."""
    rows, columns = np.mgrid[: size[1], : size[0]] + 0.5
    return np.any([(columns - x) ** 2 + (rows - y) ** 2 <= radius**2 for x, y in centres], axis=0)


def test_a_stroke_is_one_edit_with_the_brushs_own_pixels(desk: Desk) -> None:
    desk.letters("b")
    place = desk.canvas.source_at(QPointF(desk.at(100, 80)))
    desk.drag((100, 80), (100, 80))
    (annotation,) = desk.project.annotations.values()
    assert (annotation.mask.to_array() == discs((240, 160), place, radius=12)).all()
    assert annotation.provenance.strokes == 1
    assert desk.bridge.session.history.undo_title == "Brush"
    assert desk.window.actions_["undo"].text() == "Undo brush"
    desk.key(Qt.Key.Key_Z, CTRL)
    assert not desk.project.referents
    desk.key(Qt.Key.Key_Y, CTRL)
    assert len(desk.project.referents) == 1


def test_a_long_stroke_is_still_one_edit(desk: Desk) -> None:
    before = desk.bridge.session.history.state_number
    desk.letters("b")
    desk.drag((20, 20), (60, 40), (120, 100), (200, 120))
    assert desk.bridge.session.history.state_number == before + 1
    (annotation,) = desk.project.annotations.values()
    mask = annotation.mask.to_array()
    assert all(mask[y, x] for x, y in ((20, 20), (90, 70), (160, 110), (199, 119)))


def test_nothing_is_committed_before_the_button_is_let_go_and_escape_drops_it(desk: Desk) -> None:
    desk.letters("b")
    desk.press(100, 80)
    desk.drag_to(140, 80)
    assert desk.window.hand.is_busy
    assert not desk.project.referents
    desk.key(Qt.Key.Key_Escape)
    assert not desk.window.hand.is_busy
    desk.release(140, 80)
    assert not desk.project.referents
    assert desk.bridge.session.history.undo_title == "Add picture"


def test_ctrl_erases_while_painting_and_paints_while_erasing(desk: Desk) -> None:
    desk.accept_phrase("blue square")
    referent = desk.bridge.referent_id
    full = int(desk.mask(referent).sum())
    desk.letters("b")
    desk.drag((180, 80), (182, 80), modifiers=CTRL)
    erased = int(desk.mask(referent).sum())
    assert erased < full
    assert not desk.mask(referent)[80, 180]
    desk.letters("e")
    desk.drag((180, 80), (182, 80), modifiers=CTRL)
    assert int(desk.mask(referent).sum()) == full


def test_undo_and_redo_walk_exactly(desk: Desk) -> None:
    desk.accept_phrase("blue square")
    referent = desk.bridge.referent_id
    states = [desk.mask(referent)]
    desk.letters("b")
    for x in (60, 110, 160):
        desk.drag((x, 30), (x + 20, 60))
        states.append(desk.mask(referent))
    for expected in reversed(states[:-1]):
        desk.key(Qt.Key.Key_Z, CTRL)
        assert (desk.mask(referent) == expected).all()
    for expected in states[1:]:
        desk.key(Qt.Key.Key_Z, CTRL | Qt.KeyboardModifier.ShiftModifier)
        assert (desk.mask(referent) == expected).all()


def test_erasing_nothing_is_no_step(desk: Desk) -> None:
    desk.accept_phrase("blue square")
    before = desk.bridge.session.history.state_number
    desk.letters("e")
    desk.drag((20, 150), (40, 150))
    assert desk.bridge.session.history.state_number == before


def test_the_eraser_wants_a_referent(desk: Desk) -> None:
    desk.letters("e")
    desk.drag((100, 80), (120, 80))
    assert desk.message == "Select the referent to erase from first."
    assert not desk.project.referents


def test_a_locked_referent_refuses_with_a_sentence(desk: Desk) -> None:
    desk.accept_phrase("blue square")
    desk.key(Qt.Key.Key_L, CTRL)
    desk.letters("b")
    before = desk.mask(desk.bridge.referent_id)
    desk.drag((20, 20), (60, 20))
    assert "locked" in desk.message
    assert (desk.mask(desk.bridge.referent_id) == before).all()


def test_a_proposal_is_decided_before_one_paints(desk: Desk) -> None:
    desk.run_phrase("blue square")
    desk.until_proposal()
    desk.letters("b")
    desk.drag((20, 20), (60, 20))
    assert desk.message.startswith("Accept the proposal first")
    assert not desk.project.referents
    assert desk.bridge.assist.proposal is not None
    desk.key(Qt.Key.Key_Escape)
    assert desk.message == "", "with the proposal goes what was said of it"


@pytest.mark.parametrize("tool", ["p", "l", "r"])
def test_a_shape_that_would_take_away_from_nothing_is_refused_at_its_first_press(desk: Desk, tool: str) -> None:
    desk.letters("n")
    before = desk.bridge.session.history.state_number
    desk.letters(tool + "m")
    desk.press(40, 40)
    assert not desk.window.hand.is_busy
    desk.release(40, 40)
    assert desk.message.startswith("The selected referent has no mask here")
    QTest.mouseClick(desk.window.messages.button, Qt.MouseButton.LeftButton)
    assert desk.bridge.session.history.state_number == before
    for x, y in ((40, 40), (80, 40), (80, 90)):
        desk.drag((x, y), (x, y)) if tool == "p" else None
    if tool == "p":
        desk.key(Qt.Key.Key_Return)
    else:
        desk.drag((40, 40), (80, 40), (80, 90), (60, 90))
    assert len(desk.project.annotations) == 1, "after the button of the message, shapes add"


def test_a_stroke_repaints_its_box_and_no_more(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    boxes = []
    whole = Draft.sample

    def sample(self: Draft, box: object, step: int) -> np.ndarray:
        boxes.append(box)
        return whole(self, box, step)

    desk.letters("b")
    desk.press(60, 60)
    QApplication.processEvents()
    monkeypatch.setattr(Draft, "sample", sample)
    desk.drag_to(64, 60)
    QApplication.processEvents()
    assert boxes
    assert all(box.width <= 48 and box.height <= 48 for box in boxes)
    desk.release(64, 60)


def test_rectangle_lasso_and_polygon_fill_pixels_whose_centres_are_inside(desk: Desk) -> None:
    desk.canvas.zoom(4 / desk.canvas.view.scale, QPointF(desk.at(60, 60)))

    def corner(x: int, y: int) -> tuple[float, float]:
        return desk.canvas.source_at(QPointF(desk.at(x, y)))

    desk.letters("r")
    desk.drag((50, 50), (70, 64))
    (x0, y0), (x1, y1) = corner(50, 50), corner(70, 64)
    rows, columns = np.mgrid[:160, :240] + 0.5
    expected = (columns > x0) & (columns < x1) & (rows > y0) & (rows < y1)
    referent = desk.bridge.referent_id
    assert (desk.mask(referent) == expected).all()
    desk.letters("l")
    desk.drag((52, 52), (60, 52), (60, 60), (52, 60), modifiers=CTRL)
    assert not desk.mask(referent)[56, 56]
    desk.letters("p")
    for point in ((30, 40), (40, 40), (40, 50)):
        desk.drag(point)
    assert desk.window.hand.is_busy
    desk.key(Qt.Key.Key_Backspace)
    desk.drag((30, 50))
    desk.key(Qt.Key.Key_Return)
    assert not desk.window.hand.is_busy
    mask = desk.mask(referent)
    assert mask[42, 31]
    assert not mask[48, 39]
    assert desk.bridge.session.history.undo_title == "Polygon"


def test_a_click_selects_the_mask_below_it(desk: Desk) -> None:
    desk.accept_phrase("blue square")
    blue = desk.bridge.referent_id
    desk.accept_phrase("red square at the bottom")
    desk.drag((180, 80))
    assert desk.bridge.referent_id == blue
    desk.drag((120, 140))
    assert desk.bridge.referent_id is None
    desk.letters("1")
    assert desk.bridge.referent_id == blue
    desk.key(Qt.Key.Key_Tab)
    assert desk.bridge.referent_id != blue
    desk.key(Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert desk.bridge.referent_id == blue


def test_alt_wheel_and_brackets_change_the_brush(desk: Desk) -> None:
    desk.letters("b")
    place = QPointF(desk.at(100, 80))
    before = desk.bridge.brush_radius

    def turn(amount: int, modifiers: Qt.KeyboardModifier) -> None:
        event = QWheelEvent(
            place,
            QPointF(desk.canvas.mapToGlobal(place.toPoint())),
            QPoint(),
            QPoint(0, amount),
            Qt.MouseButton.NoButton,
            modifiers,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(desk.canvas, event)

    turn(120, Qt.KeyboardModifier.AltModifier)
    assert desk.bridge.brush_radius > before
    desk.letters("[")
    assert desk.bridge.brush_radius == before
    source = desk.canvas.source_at(place)
    turn(240, Qt.KeyboardModifier.NoModifier)
    after = desk.canvas.source_at(place)
    assert desk.canvas.view.scale > 1
    assert abs(source[0] - after[0]) < 0.5
    assert abs(source[1] - after[1]) < 0.5


def test_space_and_the_middle_button_pan(desk: Desk) -> None:
    start = desk.canvas.view
    QTest.keyPress(desk.focus, Qt.Key.Key_Space)
    desk.drag((100, 80), (110, 90))
    QTest.keyRelease(desk.focus, Qt.Key.Key_Space)
    moved = desk.canvas.view
    assert (moved.x, moved.y) != (start.x, start.y)
    assert moved.scale == start.scale
    assert not desk.project.referents
    desk.key(Qt.Key.Key_F, CTRL)
    assert desk.canvas.view == start
    desk.key(Qt.Key.Key_0, CTRL)
    assert desk.canvas.view.scale == 1.0


def test_peek_hide_and_outline(desk: Desk) -> None:
    desk.accept_phrase("blue square")
    desk.bridge.select(None)
    middle = desk.at(180, 80)

    def colour() -> tuple[int, int, int]:
        return desk.canvas.grab().toImage().pixelColor(middle).getRgb()[:3]

    masked = colour()
    assert masked != (40, 70, 220)
    QTest.keyPress(desk.focus, Qt.Key.Key_X)
    assert colour() == (40, 70, 220)
    QTest.keyRelease(desk.focus, Qt.Key.Key_X)
    assert colour() == masked
    desk.letters("h")
    assert colour() == (40, 70, 220)
    desk.letters("h")
    desk.key(Qt.Key.Key_H, Qt.KeyboardModifier.ShiftModifier)
    assert colour() == (40, 70, 220)
    assert desk.canvas.scene.resting
    desk.key(Qt.Key.Key_H, Qt.KeyboardModifier.ShiftModifier)
    desk.window.tool_strip.opacity.setValue(100)
    assert colour() == (86, 180, 233)


def test_a_picture_of_one_pixel_is_painted(open_desk: Callable[..., Desk], tmp_path: Path) -> None:
    path = tmp_path / "dot.png"
    Image.new("RGB", (1, 1), (0, 0, 0)).save(path)
    desk = open_desk(path)
    desk.letters("b")
    desk.drag((0.5, 0.5))
    (annotation,) = desk.project.annotations.values()
    assert annotation.mask == Mask.from_array(np.ones((1, 1), bool))
