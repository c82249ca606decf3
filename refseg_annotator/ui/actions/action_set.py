"""The table of actions brought to life: `QAction`s, menus, and the one event filter for bare keys.

Bare letters are no `QShortcut`s: those would eat the letters typed into the phrase. One filter sees every key first and
keeps silent while a text field has the keyboard, so letters, and the input methods that compose them, reach the field.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QKeyCombination, QObject, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QMenu,
    QMenuBar,
    QPlainTextEdit,
    QTextEdit,
    QToolButton,
    QTreeView,
    QWidget,
)
from shiboken6 import isValid

from refseg_annotator.ui.actions.action_table import ACTIONS, ActionRow, Menu, Scope, action_row
from refseg_annotator.ui.actions.keymap import Keymap, build_keymap, combination, is_strong, scope_of
from refseg_annotator.ui.tools.canvas_tools import ToolId
from refseg_annotator.ui.tools.tool_actions import MASK_ACTIONS
from refseg_annotator.ui.wording import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from refseg_annotator.ui.theme import Theme

_TEXT_FIELDS: Final = (QLineEdit, QTextEdit, QPlainTextEdit, QAbstractSpinBox)
_MODIFIERS: Final = (
    Qt.KeyboardModifier.ShiftModifier
    | Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)
# Keys by which one moves within lists and sliders and presses buttons; there they keep their meaning.
_WIDGET_KEYS: Final = frozenset(
    {
        Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End,
        Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Space, Qt.Key.Key_Tab, Qt.Key.Key_Backtab,
    }
)  # fmt: skip
# A list of one column has no use for these: who has clicked on a clip there steps through it. A tree folds with them.
_NOT_A_LISTS: Final = frozenset({Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Space})


def is_text_field(widget: QWidget | None) -> bool:
    """Whether letters typed into a widget are text."""
    return isinstance(widget, _TEXT_FIELDS) or (isinstance(widget, QComboBox) and widget.isEditable())


class Actions(QObject):
    """All actions of the window.

    Signals:
        held: a key of scope HELD went down (True) or up (False), with the action's id.
        rekeyed: other keys lead to the actions.
    """

    held = Signal(str, bool)
    rekeyed = Signal()

    def __init__(self, window: QWidget, theme: Theme, keymap: Keymap | None = None) -> None:
        super().__init__(window)
        self._theme = theme
        self._keymap = keymap or build_keymap()
        self._actions: dict[str, QAction] = {}
        self._told: list[tuple[QWidget, str]] = []
        tools = QActionGroup(self)
        for row in ACTIONS:
            action = QAction(tr(row.title), self)
            action.setObjectName(row.id)
            action.setCheckable(row.checkable)
            # In a menu the mark says whether it is on; an icon in its place would not.
            action.setIconVisibleInMenu(not row.checkable)
            action.setStatusTip("")
            if row.scope is Scope.WINDOW:
                window.addAction(action)
            if row.id in set(ToolId):
                tools.addAction(action)
            self._actions[row.id] = action
        self.use(self._keymap)
        self._recolour()
        theme.changed.connect(self._recolour)

    @property
    def keymap(self) -> Keymap:
        """Which keys lead to the actions."""
        return self._keymap

    def use(self, keymap: Keymap) -> None:
        """Let these keys lead to the actions."""
        self._keymap = keymap
        for row in ACTIONS:
            action, keys = self._actions[row.id], self.keys_text(row.id)
            tip = tr(row.tip) if row.tip else tr(row.title).rstrip(".…")
            action.setToolTip(f"{tip} ({keys})" if keys else tip)
            if row.scope is Scope.WINDOW:
                action.setShortcuts([QKeySequence(key) for key in keymap.of(row.id) if is_strong(key)])
            self._write_keys(row)
        for widget, action_id in self._told:
            if isValid(widget):
                widget.setToolTip(self._actions[action_id].toolTip())
        self.rekeyed.emit()

    def keys_text(self, action_id: str) -> str:
        """The keys of an action as people read them: "Ctrl+Shift+Z, Ctrl+Y"."""
        return keys_text(action_row(action_id), self._keymap.of(action_id))

    def tell(self, widget: QWidget, action_id: str) -> None:
        """Give a widget the action's tip, with the keys that lead there, now and whenever they change."""
        self._told = [(other, name) for other, name in self._told if isValid(other)]
        self._told.append((widget, action_id))
        widget.setToolTip(self._actions[action_id].toolTip())

    def icon_button(self, action_id: str) -> QToolButton:
        """A flat button that shows the action's icon alone, as heads of panels have them."""
        action = self._actions[action_id]
        button = QToolButton()
        button.setObjectName("flat")
        button.setDefaultAction(action)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        button.setAccessibleName(action.toolTip())
        return button

    def __getitem__(self, action_id: str) -> QAction:
        return self._actions[action_id]

    def on(self, action_id: str, call: Callable[[], object]) -> None:
        """Do that when the action is triggered."""
        self._actions[action_id].triggered.connect(lambda _checked=False: call())

    def fill(self, bar: QMenuBar) -> dict[Menu, QMenu]:
        """Make the menus; returns them, so that submenus can be added."""
        menus: dict[Menu, QMenu] = {}
        sections: dict[Menu, int] = {}
        for row in ACTIONS:
            if row.menu is Menu.NONE:
                continue
            menu = menus.get(row.menu)
            if menu is None:
                menu = menus[row.menu] = bar.addMenu(tr(row.menu.value))
                menu.setToolTipsVisible(True)
                sections[row.menu] = row.section
            if sections[row.menu] != row.section:
                menu.addSeparator()
                sections[row.menu] = row.section
            menu.addAction(self._actions[row.id])
        return menus

    def add_mask_menu(self, menu: QMenu) -> None:
        """What can be done with a mask, as a submenu of a context menu."""
        submenu = menu.addMenu(tr("Mask"))
        for action_id in MASK_ACTIONS:
            submenu.addAction(self._actions[action_id])

    def _recolour(self) -> None:
        for row in ACTIONS:
            if row.icon:
                self._actions[row.id].setIcon(self._theme.icon(row.icon))

    def _write_keys(self, row: ActionRow) -> None:
        # What follows a tab is set like a shortcut, which these keys are not.
        keys = self._keymap.of(row.id)
        # Enter must be named alike wherever it leads: Qt itself would call it Return.
        if row.scope is not Scope.WINDOW or (keys and (not is_strong(keys[0]) or "Return" in keys[0])):
            title = tr(row.title)
            self._actions[row.id].setText(f"{title}\t{shown_key(keys[0])}" if keys else title)


class KeyRouter(QObject):
    """Takes bare keys to their actions, unless a text field has the keyboard.

    Args:
        window: only keys meant for it count.
        canvas: where keys of scope CANVAS count.
        has_offer: whether Enter and Esc are wanted by a proposal or a tool.
    """

    def __init__(self, window: QWidget, actions: Actions, *, canvas: QWidget, has_offer: Callable[[], bool]) -> None:
        super().__init__(window)
        self._window = window
        self._canvas = canvas
        self._has_offer = has_offer
        self._actions = actions
        self._rows: dict[QKeyCombination, ActionRow] = {}
        self._take_keys()
        actions.rekeyed.connect(self._take_keys)
        self._held: dict[int, ActionRow] = {}
        self._typed_in: QWidget | None = None
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self)

    def _take_keys(self) -> None:
        self._rows = {
            combination(key): row
            for row in ACTIONS
            for key in self._actions.keymap.of(row.id)
            if scope_of(row, key) not in (Scope.WINDOW, Scope.BOX)
        }

    def release_all(self) -> None:
        """Let go of held keys, as when the window loses the keyboard."""
        for row in self._held.values():
            self._actions.held.emit(row.id, False)
        self._held.clear()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See every key before the widgets do; True for those that were taken."""
        kind = event.type()
        if kind == QEvent.Type.KeyPress:
            return self._press(watched, event) if isinstance(event, QKeyEvent) else False
        if kind == QEvent.Type.KeyRelease:
            self._typed_in = None
            return self._release(event) if isinstance(event, QKeyEvent) else False
        if kind == QEvent.Type.WindowDeactivate and watched is self._window:
            self.release_all()
        return False

    def _press(self, watched: QObject, event: QKeyEvent) -> bool:
        if not isinstance(watched, QWidget) or watched.window() is not self._window:
            return False
        # None where nothing has the keyboard, whatever the type hints say.
        focused: QWidget | None = self._window.focusWidget()
        focus = watched if focused is None else focused
        if is_text_field(watched):
            self._typed_in = watched
            return False
        if is_text_field(focus) or QApplication.activePopupWidget() is not None or self._is_passed_on(watched):
            return False
        self._typed_in = None
        row = self._row_of(event)
        if row is None or not self._counts(row, focus, event.key()):
            return False
        if row.scope is Scope.HELD:
            if not event.isAutoRepeat() and event.key() not in self._held:
                self._held[event.key()] = row
                self._actions.held.emit(row.id, True)
            return True
        action = self._actions[row.id]
        if action.isEnabled():
            action.trigger()
            return True
        # A key that has nothing to do must not fall through to a list that searches by letters.
        return row.scope in (Scope.BARE, Scope.WINDOW)

    def _is_passed_on(self, watched: QWidget) -> bool:
        """Whether a text field had this press first: Qt hands what a field ignores to the widgets around it.

        A field that gives the keyboard back on Enter ignores it as well; the same Enter must not accept an offer too.
        """
        field = self._typed_in
        return field is not None and isValid(field) and watched.isAncestorOf(field)

    def _release(self, event: QKeyEvent) -> bool:
        if event.isAutoRepeat():
            return False
        row = self._held.pop(event.key(), None)
        if row is None:
            return False
        self._actions.held.emit(row.id, False)
        return True

    def _row_of(self, event: QKeyEvent) -> ActionRow | None:
        key = Qt.Key(event.key())
        modifiers = event.modifiers() & _MODIFIERS
        if key == Qt.Key.Key_Backtab:
            key, modifiers = Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier
        found = self._rows.get(QKeyCombination(modifiers, key))
        if found is None and event.text() in ("/", "[", "]"):
            # On some keyboards these need Shift or AltGr; what was written counts.
            found = self._rows.get(QKeyCombination(key))
        return found

    def _counts(self, row: ActionRow, focus: QWidget, key: int) -> bool:
        on_canvas = focus is self._canvas or focus is self._window
        if row.scope is Scope.CANVAS:
            return on_canvas
        if row.scope is Scope.OFFER:
            if not self._has_offer():
                return False
            return on_canvas or not isinstance(focus, QAbstractButton | QComboBox) or key == Qt.Key.Key_Escape
        if Qt.Key(key) in _NOT_A_LISTS and isinstance(focus, QAbstractItemView):
            return not isinstance(focus, QTreeView)
        if Qt.Key(key) in _WIDGET_KEYS:
            return not isinstance(focus, QAbstractItemView | QAbstractSlider | QAbstractButton | QComboBox)
        return True


def shown_key(key: str) -> str:
    """A key as the system writes it; Enter is called so, not Return."""
    text = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
    return text.replace("Return", "Enter")


def keys_text(row: ActionRow, keys: tuple[str, ...] | None = None) -> str:
    """An action's own keys, or others, for a tool tip or the shortcut sheet: "Ctrl+Shift+Z, Ctrl+Y"."""
    shown = dict.fromkeys(shown_key(key) for key in (row.keys if keys is None else keys))
    return ", ".join(tr("hold {key}", key=key) if row.scope is Scope.HELD else key for key in shown)
