"""The sheet of keys, made from the table of actions, searched as one types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHeaderView,
    QLineEdit,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from refseg_annotator.ui.action_table import ACTIONS, Menu, Scope
from refseg_annotator.ui.actions import keys_text

if TYPE_CHECKING:
    from refseg_annotator.ui.theme import Theme

_SCOPES = {
    Scope.WINDOW: "everywhere",
    Scope.BARE: "outside text fields",
    Scope.CANVAS: "on the picture",
    Scope.OFFER: "while a proposal is shown",
    Scope.HELD: "while held",
    Scope.BOX: "in the phrase box",
}
# What the mouse does has no action, and belongs on the sheet all the same.
_MOUSE = (
    ("Zoom to the pointer", "wheel", "on the picture"),
    ("Pan", "middle drag, Space drag, Shift+wheel", "on the picture"),
    ("Size of the brush", "Alt+wheel", "on the picture"),
    ("Erase while painting, paint while erasing", "hold Ctrl", "on the picture"),
    ("Select the mask below the selected one", "Shift+click", "on the picture"),
)


class ShortcutSheet(QDialog):
    """Not modal: it may stay open beside the work."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keyboard shortcuts")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(720, 600)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        self.search = QLineEdit()
        self.search.setPlaceholderText("Search actions and keys")
        self.search.setClearButtonEnabled(True)
        self.search.setAccessibleName("Search actions and keys")
        self.search.addAction(theme.icon("magnifying-glass", role="muted"), QLineEdit.ActionPosition.LeadingPosition)
        column.addWidget(self.search)
        rows = [(_title(row.title, row.menu), keys_text(row), _SCOPES[row.scope]) for row in ACTIONS if row.keys]
        rows += _MOUSE
        self.table = QTableWidget(len(rows), 3)
        self.table.setAccessibleName("Actions and their keys")
        self.table.setHorizontalHeaderLabels(["Action", "Keys", "Where"])
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(28)
        self.table.setShowGrid(False)
        self.table.setWordWrap(False)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.table.horizontalHeader().setHighlightSections(False)
        self.table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for section in (1, 2):
            self.table.horizontalHeader().setSectionResizeMode(section, QHeaderView.ResizeMode.ResizeToContents)
        for place, cells in enumerate(rows):
            for section, words in enumerate(cells):
                self.table.setItem(place, section, QTableWidgetItem(words))
        column.addWidget(self.table, 1)
        self.search.textChanged.connect(self._filter)
        self.search.setFocus()

    def _filter(self, text: str) -> None:
        words = text.casefold().split()
        for row in range(self.table.rowCount()):
            items = [self.table.item(row, section) for section in range(3)]
            line = " ".join(item.text() for item in items if item is not None).casefold()
            self.table.setRowHidden(row, not all(word in line for word in words))


def _title(title: str, menu: Menu) -> str:
    plain = title.rstrip(".")
    return f"{menu.value.replace('&', '')}: {plain}" if menu is not Menu.NONE else plain
