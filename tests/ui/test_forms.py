"""What all dialogs share: none is larger than the screen, whatever it would like to be."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QDialog

from refseg_annotator.ui.forms import within_screen
from tests.ui.conftest import Desk


def test_a_wish_is_granted_as_far_as_the_screen_goes(desk: Desk) -> None:
    room = desk.window.screen().availableGeometry().size()
    assert within_screen(desk.window, QSize(300, 200)) == QSize(300, 200)
    granted = within_screen(desk.window, QSize(9000, 200))
    assert (granted.height(), granted.width() < room.width()) == (200, True)
    assert within_screen(desk.window, QSize(300, 9000)).height() < room.height()


def test_the_window_can_be_made_as_small_as_its_screen(desk: Desk) -> None:
    # The screen of the tests is 800 points wide, as one of 1920 pixels is not far from being at 200 per cent.
    room = desk.window.screen().availableGeometry().size()
    assert desk.window.minimumWidth() < room.width()
    assert desk.window.minimumHeight() < room.height()


@pytest.mark.parametrize("action", ["models", "shortcuts", "edit_keys", "guide", "statistics", "settings", "export"])
def test_no_dialog_is_larger_than_the_screen(desk: Desk, action: str) -> None:
    desk.window.actions_[action].trigger()

    def dialogs() -> list[QDialog]:
        return [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()]

    desk.until(lambda: len(dialogs()) == 1)
    (dialog,) = dialogs()
    room = dialog.screen().availableGeometry().size()
    assert dialog.width() < room.width()
    assert dialog.height() < room.height()
    dialog.close()
