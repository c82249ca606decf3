"""Keys: presets and choices of one's own, clashes, files; and the window obeying them at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from refseg_annotator.errors import UsageError
from refseg_annotator.ui.actions.action_table import ACTIONS, Scope, action_row
from refseg_annotator.ui.actions.key_presets import PRESETS
from refseg_annotator.ui.actions.keymap import (
    FIXED,
    build_keymap,
    combination,
    is_strong,
    may_share,
    own_lines,
    parse_own,
    read_keys,
    scope_of,
    write_keys,
)
from refseg_annotator.ui.tools.canvas_tools import ToolId
from tests.ui.conftest import Desk


@pytest.mark.parametrize("preset", PRESETS)
def test_no_key_leads_to_two_actions(preset: str) -> None:
    keymap = build_keymap(preset)
    assert not keymap.problems
    taken: dict[object, list[Scope]] = {}
    for row in ACTIONS:
        for key in keymap.of(row.id):
            scope = scope_of(row, key)
            others = taken.setdefault(combination(key), [])
            assert all(may_share(scope, other) for other in others), (row.id, key)
            others.append(scope)


@pytest.mark.parametrize("preset", PRESETS)
def test_a_preset_gives_the_keys_it_names(preset: str) -> None:
    keymap = build_keymap(preset)
    for action_id, keys in PRESETS[preset].items():
        if action_id in {row.id for row in ACTIONS}:
            assert keymap.of(action_id) == keys


def test_the_default_is_the_table() -> None:
    keymap = build_keymap()
    assert all(keymap.of(row.id) == row.keys for row in ACTIONS)


def test_a_choice_takes_the_key_from_the_table_and_the_preset() -> None:
    keymap = build_keymap("labelme", {"brush": ("D",), "undo": ("Ctrl+Z", "F9")})
    assert keymap.of("brush") == ("D",)
    assert keymap.of("next_medium") == ()
    assert keymap.of("undo") == ("Ctrl+Z", "F9")
    assert keymap.owner("D", action_row("eraser")) == action_row("brush")
    assert keymap.owner("Ctrl+Alt+F9", action_row("eraser")) is None
    assert keymap.owner("D", action_row("brush")) is None


def test_two_choices_of_one_key_are_told() -> None:
    keymap = build_keymap("default", {"eraser": ("F9",), "brush": ("F9",)})
    assert keymap.of("brush") == ("F9",)
    assert keymap.of("eraser") == ()
    assert keymap.problems == ("F9 is the key of “Brush” already; “Eraser” goes without it.",)


def test_what_is_no_key_or_no_action_is_told() -> None:
    keymap = build_keymap("default", {"brush": ("Ctrl+Ctrl+", "B"), "nonsense": ("F9",), next(iter(FIXED)): ("F10",)})
    assert keymap.of("brush") == ("B",)
    assert len(keymap.problems) == 3
    assert "Ctrl+Ctrl+" in keymap.problems[0]


def test_letters_never_count_in_text_fields() -> None:
    assert is_strong("Ctrl+K")
    assert is_strong("F5")
    assert not is_strong("K")
    assert not is_strong("Shift+K")
    assert scope_of(action_row("save"), "K") is Scope.BARE
    assert scope_of(action_row("save"), "Ctrl+K") is Scope.WINDOW


def test_lines_of_the_settings_go_there_and_back() -> None:
    own = {"undo": ("Ctrl+Z", "Ctrl+,"), "brush": (), "pan": ("Space",)}
    assert parse_own(own_lines(own)) == own


def test_a_file_of_keys_goes_there_and_back(tmp_path: Path) -> None:
    file = tmp_path / "keys.toml"
    own = {"undo": ("Ctrl+Z", "F9"), "brush": ()}
    write_keys(file, "cvat", own)
    assert read_keys(file) == ("cvat", own)


@pytest.mark.parametrize("text", ["= nonsense", 'preset = "vi"', "keys = 3", 'keys = { undo = "Ctrl+Z" }'])
def test_a_bad_file_is_a_sentence(tmp_path: Path, text: str) -> None:
    file = tmp_path / "keys.toml"
    file.write_text(text)
    with pytest.raises(UsageError, match=r"keys\.toml"):
        read_keys(file)


def test_the_window_obeys_at_once(desk: Desk) -> None:
    settings = desk.bridge.settings
    desk.bridge.set_settings(settings.changed("shortcuts", ("brush = Z", "shortcuts = F9", "save = M")))
    desk.letters("b")
    assert desk.bridge.tool.id is ToolId.SELECT
    desk.letters("z")
    assert desk.bridge.tool.id is ToolId.BRUSH
    actions = desk.window.actions_
    assert actions["brush"].toolTip().endswith("(Z)")
    assert actions["shortcuts"].shortcuts()[0].toString() == "F9"
    # A letter for an action that counts everywhere stays out of text fields.
    assert actions["save"].shortcuts() == []
    desk.letters("/")
    desk.letters("mz")
    assert desk.window.phrase_bar.edit.text() == "mz"
    desk.key(Qt.Key.Key_Escape)
    desk.bridge.set_settings(settings)
    assert actions["brush"].toolTip().endswith("(B)")
