"""For those who do not use the mouse, or do not see the screen: names, reachable parts, colours told apart."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QComboBox,
    QDialog,
    QLineEdit,
    QScrollBar,
    QTabBar,
    QWidget,
)

from refseg_annotator.ui.actions.action_table import ACTIONS
from refseg_annotator.ui.actions.keys_dialog import KeysDialog
from refseg_annotator.ui.actions.shortcut_sheet import ShortcutSheet
from refseg_annotator.ui.colours import Rgb, referent_colour
from refseg_annotator.ui.settings_dialog import SettingsDialog
from tests.ui.conftest import Desk

# Parts of Qt's own within other widgets; what they belong to has the name.
_INNER = (QScrollBar, QTabBar)


def said(widget: QWidget) -> str:
    """What a screen reader would say of a widget."""
    words = widget.accessibleName()
    if not words and isinstance(widget, QAbstractButton):
        words = widget.text() or widget.toolTip()
    return words or widget.toolTip() or widget.windowTitle()


def nameless(root: QWidget) -> list[str]:
    found = []
    for widget in root.findChildren(QWidget):
        inside = widget.parentWidget()
        is_inner = isinstance(widget, _INNER) or isinstance(inside, QAbstractSpinBox | QComboBox | QLineEdit)
        # The list that a combo box unfolds; and buttons that get their words when they are shown.
        is_inner = is_inner or (inside is not None and isinstance(inside.parentWidget(), QComboBox))
        is_inner = is_inner or (not widget.isVisible() and isinstance(widget, QAbstractButton))
        if widget.focusPolicy() == Qt.FocusPolicy.NoFocus or is_inner or widget.objectName().startswith("qt_"):
            continue
        if not said(widget):
            found.append(f"{type(widget).__name__} {widget.objectName()!r} in {type(inside).__name__}")
    return found


def test_everything_that_takes_the_keyboard_has_a_name(desk: Desk) -> None:
    desk.accept_phrase("blue square")
    assert nameless(desk.window) == []


@pytest.mark.parametrize(("action_id", "kind"), [("settings", SettingsDialog), ("edit_keys", KeysDialog), ("shortcuts", ShortcutSheet)])  # fmt: skip  # noqa: E501
def test_dialogs_have_names_too(desk: Desk, action_id: str, kind: type[QDialog]) -> None:
    desk.window.actions_[action_id].trigger()
    dialog = desk.window.findChild(kind)
    assert nameless(dialog) == []
    assert dialog.windowTitle()
    dialog.close()


def test_tab_goes_through_the_buttons_of_a_proposal(desk: Desk) -> None:
    desk.run_phrase("blue square")
    desk.until_proposal()
    bar = desk.window.phrase_bar
    bar.edit.setFocus()
    desk.key(Qt.Key.Key_Tab)
    assert bar.accept.hasFocus()
    desk.key(Qt.Key.Key_Tab)
    assert bar.reject.hasFocus()
    desk.key(Qt.Key.Key_Space)
    assert desk.bridge.assist.proposal is None


def test_one_key_goes_from_panel_to_panel_and_comes_round(desk: Desk) -> None:
    desk.accept_phrase("blue square")
    desk.window.phrase_bar.edit.setFocus()
    names = []
    for _ in range(6):
        names.append(desk.focus.objectName())
        desk.key(Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
    assert names[:4] == ["phrase", "media", "canvas", "referents"]
    assert names[4] == "phrase"
    desk.key(Qt.Key.Key_Backtab, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert desk.focus.objectName() == "media"


def test_every_action_can_be_done_without_a_mouse() -> None:
    """By a key, or through the menus and the palette, which are keyboard's own."""
    for row in ACTIONS:
        assert row.keys or row.menu, row.id


# --- colours ---------------------------------------------------------------------------------------------------------

_LINEAR_TO_LMS = np.array(
    [[0.31399022, 0.63951294, 0.04649755], [0.15537241, 0.75789446, 0.08670142], [0.01775239, 0.10944209, 0.87256922]]
)
# Vienot, Brettel and Mollon 1999: what is left where one kind of cone is missing.
_MISSING = {
    "deuteranopia": np.array([[1.0, 0.0, 0.0], [0.9513092, 0.0, 0.04866992], [0.0, 0.0, 1.0]]),
    "protanopia": np.array([[0.0, 1.05118294, -0.05116099], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
}
_TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])


def seen_as(colour: Rgb, missing: str | None) -> np.ndarray:
    """A colour in CIELAB, as somebody sees it."""
    parts = np.array(colour) / 255
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    if missing is not None:
        linear = np.linalg.solve(_LINEAR_TO_LMS, _MISSING[missing] @ (_LINEAR_TO_LMS @ linear)).clip(0, 1)
    xyz = _TO_XYZ @ linear / np.array([0.9505, 1.0, 1.089])
    cube = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * cube[1] - 16, 500 * (cube[0] - cube[1]), 200 * (cube[1] - cube[2])])


@pytest.mark.parametrize("missing", [None, "deuteranopia", "protanopia"])
def test_the_first_colours_are_told_apart_by_everybody(missing: str | None) -> None:
    colours = [referent_colour(place) for place in range(7)]
    for first, second in combinations(colours, 2):
        distance = float(np.linalg.norm(seen_as(first, missing) - seen_as(second, missing)))
        # A difference of 2.3 is just seen side by side; apart on a photo it takes several times that.
        assert distance > 9, (first, second, distance)


def test_colour_is_never_alone(open_desk: Callable[..., Desk], shapes: Path) -> None:
    """Every mask has an outline, dark and light, and a number."""
    desk = open_desk(shapes)
    desk.accept_phrase("blue square")
    desk.accept_phrase("red square")
    scene = desk.canvas.scene
    overlays = [*scene.resting, scene.selected]
    assert all(overlay.style.line > 0 for overlay in overlays)
    assert sorted(badge.text for badge in scene.badges) == ["1", "2"]
