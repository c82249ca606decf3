"""The palette: a few letters find any action that can be done now, and any picture. Keyboard only, if one likes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QDialog,
    QHeaderView,
    QLabel,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from refseg_annotator.ui.actions.action_table import ACTIONS, Menu, Scope
from refseg_annotator.ui.actions.fuzzy import fuzzy_score
from refseg_annotator.ui.wording import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from refseg_annotator.ui.actions.action_set import Actions
    from refseg_annotator.ui.bridge import Bridge
    from refseg_annotator.ui.theme import Theme

MOST_SHOWN: Final = 60
_MOST_MEDIA: Final = 40
_LIST_KEYS: Final = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown})


@dataclass(frozen=True, slots=True)
class Find:
    """Something that can be chosen: its words, what is said at its right, and what choosing does."""

    words: str
    aside: str
    icon: str
    choose: Callable[[], object]


class Palette(QDialog):
    """Stands over the window until something is chosen, Esc is pressed, or something else is clicked."""

    def __init__(self, bridge: Bridge, actions: Actions, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.setObjectName("palette")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(tr("Find an action or a picture"))
        self._bridge = bridge
        self._actions = actions
        self._theme = theme
        self._media: list[tuple[str, Find]] | None = None
        self._chosen: Find | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(8)
        self.edit = QLineEdit()
        self.edit.setPlaceholderText(tr("What do you want to do, or which picture?"))
        self.edit.setAccessibleName(tr("Find an action or a picture"))
        self.edit.addAction(theme.icon("magnifying-glass", role="muted"), QLineEdit.ActionPosition.LeadingPosition)
        self.list = QTreeWidget()
        self.list.setAccessibleName(tr("What was found"))
        self.list.setColumnCount(2)
        self.list.setHeaderHidden(True)
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # The keyboard stays in the field; the arrows reach the list from there.
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.header().setStretchLastSection(False)
        self.list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.list.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.nothing = QLabel(tr("Nothing is called so. Try fewer letters."))
        self.nothing.setObjectName("muted")
        self.nothing.setVisible(False)
        column.addWidget(self.edit)
        column.addWidget(self.list, 1)
        column.addWidget(self.nothing)
        self.edit.textChanged.connect(self._fill)
        self.edit.installEventFilter(self)
        self.list.itemClicked.connect(lambda item, _column: self._take(item))
        width, height = min(620, parent.width() - 40), min(440, parent.height() - 80)
        corner = parent.mapToGlobal(parent.rect().topLeft())
        self.setGeometry(corner.x() + (parent.width() - width) // 2, corner.y() + 72, width, height)
        self._fill("")

    @property
    def shown(self) -> list[str]:
        """What is listed."""
        items = (self.list.topLevelItem(place) for place in range(self.list.topLevelItemCount()))
        return [item.text(0) for item in items if item is not None]

    def _fill(self, typed: str) -> None:
        self.list.clear()
        for find in self._found(typed):
            item = QTreeWidgetItem([find.words, find.aside])
            item.setIcon(0, self._theme.icon(find.icon))
            item.setForeground(1, self._theme.colour("muted"))
            item.setData(0, Qt.ItemDataRole.UserRole, find)
            self.list.addTopLevelItem(item)
        first = self.list.topLevelItem(0)
        if first is not None:
            self.list.setCurrentItem(first)
        self.nothing.setVisible(self.list.topLevelItemCount() == 0)

    def _found(self, typed: str) -> list[Find]:
        ranked: list[tuple[int, int, Find]] = []
        for place, row in enumerate(ACTIONS):
            action = self._actions[row.id]
            if row.scope in (Scope.HELD, Scope.BOX) or row.id == "palette" or not action.isEnabled():
                continue
            title = action.text().partition("\t")[0].replace("&", "").rstrip(".…")
            menu = tr(row.menu.value).replace("&", "") if row.menu is not Menu.NONE else ""
            score = fuzzy_score(typed, f"{title} {menu}")
            # The English title is found too: a tutorial may name it.
            score = fuzzy_score(typed, row.title) if score is None else score
            if score is not None:
                find = Find(title, self._actions.keys_text(row.id), row.icon or "caret-right", action.trigger)
                ranked.append((-score, place, find))
        if typed.strip():
            words = typed.casefold().split()
            media = [find for name, find in self._names() if all(word in name for word in words)]
            for place, find in enumerate(media[:_MOST_MEDIA]):
                ranked.append((-(fuzzy_score(typed, find.words) or 0), len(ACTIONS) + place, find))
            ranked.sort(key=lambda entry: entry[:2])
        return [find for _, _, find in ranked[:MOST_SHOWN]]

    def _names(self) -> list[tuple[str, Find]]:
        if self._media is None:
            bridge = self._bridge
            self._media = []
            for medium_id, medium in bridge.session.project.media.items():
                folder, _, name = medium.path.rpartition("/")
                go = Find(name, folder.rpartition("/")[2], "image", partial(bridge.show, medium_id))
                self._media.append((name.casefold(), go))
        return self._media

    def _take(self, item: QTreeWidgetItem | None) -> None:
        if item is None:
            return
        self._chosen = item.data(0, Qt.ItemDataRole.UserRole)
        self.close()
        # The window has the keyboard again before the action wants it.
        if self._chosen is not None:
            self._chosen.choose()

    def event(self, event: QEvent) -> bool:
        """Gone as soon as something else is clicked."""
        if event.type() == QEvent.Type.WindowDeactivate:
            self.close()
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows move in the list, Enter chooses; letters stay in the field."""
        if watched is self.edit and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._take(self.list.currentItem())
                return True
            if Qt.Key(event.key()) in _LIST_KEYS:
                QApplication.sendEvent(self.list, event)
                return True
        return super().eventFilter(watched, event)
