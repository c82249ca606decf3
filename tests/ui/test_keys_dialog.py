"""Changing keys with the dialog: at once, with clashes told, kept in the settings, carried in a file."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from refseg_annotator.ui.actions.keys_dialog import KeysDialog
from refseg_annotator.ui.tools.canvas_tools import ToolId
from tests.ui.conftest import Desk

CTRL_ALT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


@pytest.fixture
def dialog(desk: Desk) -> KeysDialog:
    desk.window.actions_["edit_keys"].trigger()
    return desk.window.findChild(KeysDialog)


def press(dialog: KeysDialog, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    edit = dialog.key.findChildren(type(dialog.search))[0] if dialog.key.focusProxy() else dialog.key
    QTest.keyClick(edit, key, modifiers)
    # The field waits a moment for further keys of a sequence; a click elsewhere ends that.
    dialog.key.clearFocus()


def test_a_free_key_is_taken(desk: Desk, dialog: KeysDialog) -> None:
    dialog.choose("brush")
    press(dialog, Qt.Key.Key_F12, CTRL_ALT)
    assert dialog.note.text() == "Ctrl+Alt+F12 is free."
    dialog.use.click()
    assert desk.bridge.settings.shortcuts == ("brush = Ctrl+Alt+F12",)
    desk.key(Qt.Key.Key_F12, CTRL_ALT)
    assert desk.bridge.tool.id is ToolId.BRUSH
    dialog.close()


def test_a_key_of_another_action_moves_with_a_word(desk: Desk, dialog: KeysDialog) -> None:
    dialog.choose("brush")
    press(dialog, Qt.Key.Key_E)
    assert dialog.note.text() == "E is the key of “Tools: Eraser”, which will go without it."
    dialog.also.click()
    keymap = desk.window.actions_.keymap
    assert keymap.of("brush") == ("B", "E")
    assert "E" not in keymap.of("eraser")
    dialog.choose("eraser")
    dialog.back.click()
    dialog.choose("brush")
    dialog.back.click()
    assert desk.bridge.settings.shortcuts == ()
    dialog.close()


def test_a_preset_and_no_key(desk: Desk, dialog: KeysDialog) -> None:
    dialog.preset.setCurrentIndex(dialog.preset.findData("cvat"))
    dialog.preset.activated.emit(dialog.preset.currentIndex())
    assert desk.bridge.settings.key_preset == "cvat"
    assert desk.window.actions_.keymap.of("next_medium") == ("F",)
    dialog.choose("next_medium")
    dialog.without.click()
    assert desk.window.actions_.keymap.of("next_medium") == ()
    assert not dialog.without.isEnabled()
    dialog.close()


def test_keys_travel_in_a_file(desk: Desk, dialog: KeysDialog, tmp_path: Path) -> None:
    before = desk.bridge.settings
    desk.bridge.set_settings(before.changed("shortcuts", ("brush = F9",)))
    dialog.export_to(tmp_path / "keys.toml")
    desk.bridge.set_settings(before)
    dialog.import_from(tmp_path / "keys.toml")
    assert desk.bridge.settings.shortcuts == ("brush = F9",)
    assert dialog.note.text() == "The keys of keys.toml are in use."
    (tmp_path / "bad.toml").write_text("nonsense")
    dialog.import_from(tmp_path / "bad.toml")
    assert "bad.toml" in dialog.note.text()
    dialog.close()


def test_the_table_is_searched(dialog: KeysDialog) -> None:
    dialog.search.setText("tools brush")
    shown = [place for place in range(dialog.table.rowCount()) if not dialog.table.isRowHidden(place)]
    assert 1 <= len(shown) <= 6
    dialog.close()
