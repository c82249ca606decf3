"""The palette: a few letters, arrows and Enter find any action that can be done, and any picture."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from refseg_annotator.ui.actions.fuzzy import fuzzy_score
from refseg_annotator.ui.actions.palette import Palette
from refseg_annotator.ui.tools.canvas_tools import ToolId
from tests.ui.conftest import Desk, draw_shapes

CTRL = Qt.KeyboardModifier.ControlModifier


def opened(desk: Desk) -> Palette:
    desk.key(Qt.Key.Key_K, CTRL)
    palette = desk.window.findChild(Palette)
    assert palette.isVisible()
    return palette


def typed(palette: Palette, text: str, *keys: Qt.Key) -> None:
    QTest.keyClicks(palette.edit, text)
    for key in keys:
        QTest.keyClick(palette.edit, key)


@pytest.mark.parametrize(
    ("letters", "better", "worse"),
    [
        ("undo", "Undo", "Do under this"),
        ("eds", "Export data set", "Feed us"),
        ("set", "Settings", "Export data set"),
        ("bru", "Brush", "Smaller brush"),
        ("out", "Outlines only", "Zoom out of the picture"),
    ],
)
def test_the_better_name_wins(letters: str, better: str, worse: str) -> None:
    first, second = fuzzy_score(letters, better), fuzzy_score(letters, worse)
    assert first is not None
    assert second is None or first > second


def test_letters_that_are_not_there_find_nothing() -> None:
    assert fuzzy_score("xyz", "Export data set") is None
    assert fuzzy_score("data export", "Export data set") is not None
    assert fuzzy_score("", "anything") is not None


def test_an_action_is_found_and_done(desk: Desk) -> None:
    palette = opened(desk)
    typed(palette, "brus")
    assert palette.shown[0] == "Brush"
    typed(palette, "", Qt.Key.Key_Return)
    assert desk.bridge.tool.id is ToolId.BRUSH


def test_arrows_choose_another(desk: Desk) -> None:
    palette = opened(desk)
    typed(palette, "brush", Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up)
    chosen = palette.list.currentItem().text(0)
    assert chosen == palette.shown[1]
    typed(palette, "", Qt.Key.Key_Escape)
    desk.until(lambda: desk.window.findChild(Palette) is None)
    assert desk.bridge.tool.id is ToolId.SELECT


def test_what_cannot_be_done_is_not_offered(desk: Desk) -> None:
    palette = opened(desk)
    typed(palette, "undo")
    assert "Undo" not in palette.shown
    palette.close()


def test_a_picture_is_found_by_its_name(open_desk: Callable[..., Desk], tmp_path: Path) -> None:
    paths = [draw_shapes(tmp_path / name) for name in ("apple.png", "zebra crossing.png")]
    desk = open_desk(*paths)
    palette = opened(desk)
    typed(palette, "cross zeb")
    assert palette.shown[0] == "zebra crossing.png"
    typed(palette, "", Qt.Key.Key_Return)
    assert desk.bridge.session.path_of(desk.bridge.medium_id).name == "zebra crossing.png"


def test_nothing_found_is_said(desk: Desk) -> None:
    palette = opened(desk)
    typed(palette, "qqqqzzzz", Qt.Key.Key_Return)
    assert palette.nothing.isVisible()
    assert palette.isVisible()
    palette.close()
