"""The table of actions: unique, bound, keyed as designed, and on the sheet."""

from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtCore import SIGNAL, Qt
from PySide6.QtGui import QKeySequence

from refseg_annotator.ui.actions.action_set import keys_text
from refseg_annotator.ui.actions.action_table import ACTIONS, Menu, Scope, action_row
from refseg_annotator.ui.actions.shortcut_sheet import ShortcutSheet
from refseg_annotator.ui.tools.canvas_tools import ToolId
from tests.ui.conftest import Desk

# Keys that two actions may share: they count in scopes that never hold at once.
SHARED = {frozenset({Scope.OFFER, Scope.BOX})}


def test_ids_are_unique() -> None:
    assert [name for name, count in Counter(row.id for row in ACTIONS).items() if count > 1] == []


def test_no_two_actions_want_one_key() -> None:
    by_key: dict[str, list[Scope]] = {}
    for row in ACTIONS:
        for key in row.keys:
            by_key.setdefault(QKeySequence(key).toString(), []).append(row.scope)
    clashes = {key: scopes for key, scopes in by_key.items() if len(scopes) > 1 and frozenset(scopes) not in SHARED}
    assert clashes == {}


def test_keys_are_keys() -> None:
    for row in ACTIONS:
        for key in row.keys:
            assert QKeySequence(key).toString(), (row.id, key)


def test_bare_letters_are_never_shortcuts(desk: Desk) -> None:
    for row in ACTIONS:
        action = desk.window.actions_[row.id]
        if row.scope is Scope.WINDOW:
            assert [key.toString() for key in action.shortcuts()] == [QKeySequence(key).toString() for key in row.keys]
            assert all("+" in key or key.startswith("F") for key in row.keys), row.id
        else:
            assert action.shortcuts() == [], row.id


def test_enter_has_one_name_in_all_menus_and_tips(desk: Desk) -> None:
    for row in ACTIONS:
        action = desk.window.actions_[row.id]
        shown = action.text().partition("\t")[2] or action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        assert "Return" not in shown + action.toolTip(), row.id
    assert desk.window.actions_["accept_and_next"].text().endswith("\tCtrl+Enter")


@pytest.mark.parametrize("row", ACTIONS, ids=lambda row: row.id)
def test_the_designed_keys(row: object) -> None:
    designed = {
        "focus_phrase": "/", "accept": "Return", "reject": "Esc", "accept_and_next": "Ctrl+Return", "select": "V",
        "brush": "B", "eraser": "E", "polygon": "P", "lasso": "L", "rectangle": "R", "brush_smaller": "[",
        "brush_larger": "]", "undo": "Ctrl+Z", "redo": "Ctrl+Shift+Z", "previous_medium": "A", "next_medium": "D",
        "no_target": "G", "new_referent": "N", "new_expression": "Shift+N", "next_referent": "Tab",
        "previous_referent": "Shift+Tab", "peek": "X", "hide_masks": "H", "outline_only": "Shift+H",
        "one_to_one": "Ctrl+0", "fit": "Ctrl+F", "delete": "Delete", "save": "Ctrl+S", "shortcuts": "F1",
        "pick_1": "1", "pick_9": "9",
    }  # fmt: skip
    expected = designed.get(row.id)
    assert expected is None or row.keys[0] == expected


def test_every_action_does_something(desk: Desk) -> None:
    held = {row.id for row in ACTIONS if row.scope is Scope.HELD}
    for row in ACTIONS:
        action = desk.window.actions_[row.id]
        bound = action.receivers(SIGNAL("triggered(bool)")) + action.receivers(SIGNAL("toggled(bool)"))
        assert (bound > 0) or row.id in held, row.id


def test_every_action_can_be_reached_by_menu_key_or_strip() -> None:
    for row in ACTIONS:
        assert row.menu is not Menu.NONE or row.keys, row.id


def test_menus_hold_the_table_in_order(desk: Desk) -> None:
    for menu in Menu:
        if menu is Menu.NONE:
            continue
        top = next(action for action in desk.window.menuBar().actions() if action.text() == menu.value)
        names = [action.objectName() for action in top.menu().actions() if action.objectName()]
        assert names == [row.id for row in ACTIONS if row.menu is menu]


def test_icons_exist(desk: Desk) -> None:
    for row in ACTIONS:
        assert bool(row.icon) == (not desk.window.actions_[row.id].icon().isNull()), row.id


def test_tools_are_actions() -> None:
    for tool_id in ToolId:
        assert action_row(tool_id.value).checkable


def test_the_sheet_lists_and_finds(desk: Desk) -> None:
    desk.key(Qt.Key.Key_F1)
    sheet = desk.window.findChild(ShortcutSheet)
    assert sheet.isVisible()
    rows = [row for row in ACTIONS if row.keys]
    assert sheet.table.rowCount() >= len(rows)
    sheet.search.setText("brush larger")
    shown = [row for row in range(sheet.table.rowCount()) if not sheet.table.isRowHidden(row)]
    assert [sheet.table.item(row, 0).text() for row in shown] == ["Tools: Larger brush"]
    sheet.close()


def test_keys_are_written_as_people_say_them() -> None:
    assert keys_text(action_row("accept")) == "Enter"
    assert keys_text(action_row("peek")) == "hold X"
