"""The tour: real targets, keys alone, skipped once and for all, never before nobody's eyes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from refseg_annotator.settings import Settings
from refseg_annotator.ui.guidance.tour import STEPS, Tour
from refseg_annotator.ui.tools.canvas_tools import ToolId
from tests.ui.conftest import Desk


def started(desk: Desk) -> Tour:
    desk.window.actions_["tour"].trigger()
    return desk.window.findChild(Tour)


def test_it_does_not_come_by_itself_without_a_screen(open_desk: Callable[..., Desk]) -> None:
    desk = open_desk(settings=Settings(theme="dark", reduced_motion=True, tour_seen=False))
    assert desk.window.findChild(Tour) is None


def test_it_comes_once_before_a_person(open_desk: Callable[..., Desk], monkeypatch: pytest.MonkeyPatch) -> None:
    desk = open_desk(settings=Settings(theme="dark", reduced_motion=True))
    monkeypatch.setattr("refseg_annotator.ui.guidance.guides.QGuiApplication.platformName", lambda: "xcb")
    desk.window.guides.greet()
    tour = desk.window.findChild(Tour)
    assert tour.isVisible()
    desk.key(Qt.Key.Key_Escape)
    desk.until(lambda: desk.window.findChild(Tour) is None)
    assert desk.bridge.settings.tour_seen
    desk.window.guides.greet()
    assert desk.window.findChild(Tour) is None


def test_work_left_by_a_crash_is_offered_until_it_is_decided_and_the_tour_waits(
    open_desk: Callable[..., Desk], shapes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_desk(shapes).close()
    monkeypatch.setattr("refseg_annotator.ui.guidance.guides.QGuiApplication.platformName", lambda: "xcb")
    fresh = Settings(theme="dark", reduced_motion=True)
    desk = open_desk(settings=fresh)
    desk.until(lambda: desk.message.startswith("An unnamed project with 1 picture is still here"))
    assert desk.window.findChild(Tour) is None
    assert not desk.window.messages.findChild(QTimer, "message").isActive(), "it would be gone before it is read"
    desk.window.actions_["recover"].trigger()
    desk.until(lambda: len(desk.project.media) == 1)
    assert "still here" not in desk.message
    desk.until_picture()
    desk.save_as(shapes.with_name("named.refseg"))
    desk.close()
    empty = open_desk(settings=fresh)
    empty.until(lambda: empty.window.findChild(Tour) is not None)
    empty.key(Qt.Key.Key_Escape)
    empty.until(lambda: empty.window.findChild(Tour) is None)


def test_every_card_points_at_a_real_part(desk: Desk) -> None:
    for step in STEPS:
        assert desk.window.findChild(QWidget, step.target) is not None, step.target
    tour = started(desk)
    for place in range(len(STEPS)):
        assert tour.place == place
        card, target = tour._card.geometry(), tour._target()
        assert tour.rect().contains(card)
        assert target.isValid()
        # It covers no more of what it shows than it must: only the stage is larger than the card.
        assert STEPS[place].target == "stage" or not QRect(card).contains(target)
        assert "{" not in tour.words.text()
        desk.key(Qt.Key.Key_Return)
    desk.until(lambda: desk.window.findChild(Tour) is None)


def test_the_first_card_leaves_the_first_steps_in_sight(open_desk: Callable[..., Desk]) -> None:
    desk = open_desk()
    tour = started(desk)
    card = QRect(tour._card.mapTo(desk.window, QPoint(0, 0)), tour._card.size())
    parts = [part for part in desk.window.empty.findChildren(QWidget) if part.isVisible()]
    assert len(parts) >= 6
    for part in parts:
        assert not card.intersects(QRect(part.mapTo(desk.window, QPoint(0, 0)), part.size())), part


def test_keys_go_to_the_tour_alone(desk: Desk) -> None:
    tour = started(desk)
    desk.letters("b")
    desk.key(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert desk.bridge.tool.id is ToolId.SELECT
    desk.key(Qt.Key.Key_Right)
    desk.key(Qt.Key.Key_Right)
    assert tour.place == 2
    desk.key(Qt.Key.Key_Left)
    assert tour.place == 1
    assert tour.further.hasFocus()
    desk.key(Qt.Key.Key_Tab)
    assert tour.skip.hasFocus()
    desk.key(Qt.Key.Key_Space)
    desk.until(lambda: desk.window.findChild(Tour) is None)
    desk.letters("b")
    assert desk.bridge.tool.id is ToolId.BRUSH


def test_it_grows_with_the_window(desk: Desk, qapp: QApplication) -> None:
    tour = started(desk)
    desk.window.resize(1200, 800)
    qapp.processEvents()
    assert tour.size() == desk.window.size()
    tour.end()
