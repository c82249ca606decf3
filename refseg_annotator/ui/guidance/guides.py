"""What leads a person through the window: the keys and how to change them, the palette, the tour."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from refseg_annotator.ui.actions.keymap import build_keymap, parse_own
from refseg_annotator.ui.bridge import Tone

if TYPE_CHECKING:
    from refseg_annotator.ui.actions.action_set import Actions
    from refseg_annotator.ui.bridge import Bridge
    from refseg_annotator.ui.theme import Theme

# Object names of the parts that take the keyboard, from top left to bottom.
_PANELS: Final = ("phrase", "media", "canvas", "referents", "timelineStrips")


class Guides(QObject):
    """Keeps the keys as the settings have them, and opens what helps."""

    def __init__(self, bridge: Bridge, actions: Actions, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self._bridge = bridge
        self._actions = actions
        self._theme = theme
        self._window = window
        self._asked: tuple[str, tuple[str, ...]] = ("default", ())
        actions.on("palette", self.open_palette)
        actions.on("edit_keys", self.open_keys)
        actions.on("tour", self.start_tour)
        actions.on("next_panel", lambda: self.step_panel(1))
        actions.on("previous_panel", lambda: self.step_panel(-1))
        bridge.settings_changed.connect(self.follow)
        self.follow()

    def follow(self) -> None:
        """Use the keys that the settings name."""
        asked = (self._bridge.settings.key_preset, self._bridge.settings.shortcuts)
        if asked == self._asked:
            return
        self._asked = asked
        keymap = build_keymap(asked[0], parse_own(asked[1]))
        self._actions.use(keymap)
        for problem in keymap.problems[:1]:
            self._bridge.say(problem, Tone.WARNING, action="edit_keys")

    def greet(self) -> None:
        """Start the tour where the program runs for the first time, before a person's eyes."""
        is_seen = QGuiApplication.platformName() not in ("offscreen", "minimal", "vnc")
        if is_seen and not self._bridge.settings.tour_seen:
            self.start_tour()

    def step_panel(self, by: int) -> None:
        """Give the keyboard to the next part of the window that is in sight: Tab means referents on the canvas."""
        parts = [self._window.findChild(QWidget, name) for name in _PANELS]
        seen = [part for part in parts if part is not None and part.isVisible() and part.isEnabled()]
        if not seen:
            return
        focus = self._window.focusWidget()
        at = next((place for place, part in enumerate(seen) if part is focus), -1 if by > 0 else 0)
        seen[(at + by) % len(seen)].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def open_palette(self) -> None:
        """Find an action or a picture by a few letters."""
        from refseg_annotator.ui.actions.palette import Palette

        palette = Palette(self._bridge, self._actions, self._theme, self._window)
        palette.show()
        palette.edit.setFocus()

    def open_keys(self) -> None:
        """Change the keys."""
        from refseg_annotator.ui.actions.keys_dialog import KeysDialog

        KeysDialog(self._bridge, self._actions, self._theme, self._window).show()

    def start_tour(self) -> None:
        """Show what is where, in a few steps."""
        from refseg_annotator.ui.guidance.tour import Tour

        Tour(self._bridge, self._actions, self._theme, self._window).start()
