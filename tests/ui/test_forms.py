"""What all dialogs share: none is larger than the screen, whatever it would like to be."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from refseg_annotator.ui.forms import WrappedLabel, new_form, within_screen
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


@pytest.mark.parametrize("width", [120, 139, 180, 260])
def test_a_long_value_of_a_form_is_shown_to_its_last_line(qtbot: QtBot, width: int) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    form = new_form(page)
    short, long = WrappedLabel(), WrappedLabel()
    for label in (short, long):
        label.setContentsMargins(0, 5, 0, 0)
    form.addRow("Mask", short)
    form.addRow("Source", long)
    page.resize(width + 80, 60)
    page.show()
    short.setText("empty: not to be seen here")
    for words in ("carried over from another frame (cmsa-base 0.6.0), expected quality 100%", "-", "word " * 40):
        long.setText(words)
        qtbot.waitUntil(lambda: long.height() >= long.heightForWidth(long.width()), timeout=10_000)
        assert short.height() >= short.heightForWidth(short.width())
    long.setText("-")
    qtbot.waitUntil(lambda: long.minimumHeight() <= 32, timeout=10_000)
