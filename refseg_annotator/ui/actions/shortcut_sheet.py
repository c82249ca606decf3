"""The sheet of keys, made from the table of actions, searched as one types."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from refseg_annotator.ui.actions.action_table import ACTIONS, ActionRow, Menu, Scope
from refseg_annotator.ui.forms import within_screen
from refseg_annotator.ui.row_table import row_table
from refseg_annotator.ui.wording import later, tr

if TYPE_CHECKING:
    from refseg_annotator.ui.actions.action_set import Actions
    from refseg_annotator.ui.theme import Theme

SCOPES = {
    Scope.WINDOW: later("everywhere"),
    Scope.BARE: "outside text fields",
    Scope.CANVAS: "on the picture",
    Scope.OFFER: "while a proposal is shown",
    Scope.HELD: "while held",
    Scope.BOX: "in the phrase box",
}
# Chinese menus have their access key in brackets behind the title.
_ACCESS = re.compile(r"\(&\w\)")
# What the mouse does has no action, and belongs on the sheet all the same.
MOUSE = (
    ("Zoom to the pointer", later("wheel"), "on the picture"),
    (later("Pan"), "middle drag, Space drag, Shift+wheel", "on the picture"),
    ("Size of the brush", later("Alt+wheel"), "on the picture"),
    ("Erase while painting, paint while erasing", "hold Ctrl", "on the picture"),
    ("Select the mask below the selected one", later("Shift+click"), "on the picture"),
)


_BESIDE, _WIDEST = 48, 1120  # px: margins and the scroll bar; what a small screen shows


class ShortcutSheet(QDialog):
    """Not modal: it may stay open beside the work."""

    def __init__(self, actions: Actions, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Keyboard shortcuts"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Search actions and keys"))
        self.search.setClearButtonEnabled(True)
        self.search.setAccessibleName(tr("Search actions and keys"))
        self.search.addAction(theme.icon("magnifying-glass", role="muted"), QLineEdit.ActionPosition.LeadingPosition)
        column.addWidget(self.search)
        rows = [
            (full_title(row), actions.keys_text(row.id), scope_words(row.scope))
            for row in ACTIONS
            if actions.keymap.of(row.id)
        ]
        rows += [(tr(what), tr(how), tr(where)) for what, how, where in MOUSE]
        self.table = row_table(tr("Actions and their keys"), [tr("Action"), tr("Keys"), tr("Where")], len(rows))
        self.table.verticalHeader().setDefaultSectionSize(28)
        self.table.setWordWrap(False)
        for place, cells in enumerate(rows):
            for section, words in enumerate(cells):
                self.table.setItem(place, section, QTableWidgetItem(words))
        # As wide as the longest title and the longest keys of the language.
        self.table.resizeColumnsToContents()
        self.table.horizontalHeader().setStretchLastSection(True)
        wanted = sum(self.table.columnWidth(section) for section in range(3)) + _BESIDE
        self.resize(within_screen(self, QSize(min(max(wanted, 720), _WIDEST), 600)))
        column.addWidget(self.table, 1)
        change = QPushButton(tr("Change shortcuts..."))
        change.setAutoDefault(False)
        change.clicked.connect(actions["edit_keys"].trigger)
        column.addWidget(change, 0, Qt.AlignmentFlag.AlignRight)
        self.search.textChanged.connect(self._filter)
        self.search.setFocus()

    def _filter(self, text: str) -> None:
        shown = matching_rows(self.table, text)
        for place in range(self.table.rowCount()):
            self.table.setRowHidden(place, place not in shown)


def matching_rows(table: QTableWidget, text: str) -> set[int]:
    """The rows of a table that hold all words of a text."""
    words = text.casefold().split()
    found = set()
    for place in range(table.rowCount()):
        items = [table.item(place, section) for section in range(table.columnCount())]
        line = " ".join(item.text() for item in items if item is not None).casefold()
        if all(word in line for word in words):
            found.add(place)
    return found


def full_title(row: ActionRow) -> str:
    """An action's title with its menu: "Edit: Undo"."""
    plain = tr(row.title).rstrip(".…")
    if row.menu is Menu.NONE:
        return plain
    return f"{_ACCESS.sub('', tr(row.menu.value)).replace('&', '')}: {plain}"


def scope_words(scope: Scope) -> str:
    """Where keys of a scope count."""
    return tr(SCOPES[scope])
