"""What stands where the picture will be: the first three steps, and buttons for the first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from refseg_annotator.ui.wording import tr

if TYPE_CHECKING:
    from refseg_annotator.ui.actions.action_set import Actions
    from refseg_annotator.ui.theme import Theme

_STEPS = (
    ("image", "Drop images, clips or a folder here, or press Ctrl+O."),
    ("text-t", "Press / and type what you mean: the dog on the left."),
    ("check", "Enter accepts the mask. B corrects it, Ctrl+Shift+E exports."),
)


class EmptyState(QFrame):
    """Shown while the project has no media."""

    def __init__(self, actions: Actions, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("empty")
        self._theme = theme
        column = QVBoxLayout(self)
        column.addStretch(3)
        title = QLabel(tr("Say what you mean. Get the mask."))
        title.setObjectName("emptyTitle")
        title.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        # In the longer languages it has two lines in a small window; else it is cut off, and narrows the media list.
        title.setWordWrap(True)
        column.addWidget(title)
        column.addSpacing(20)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(12)
        self._icons: list[tuple[QLabel, str]] = []
        for row, (icon, words) in enumerate(_STEPS):
            mark = QLabel()
            mark.setFixedSize(24, 24)
            self._icons.append((mark, icon))
            grid.addWidget(mark, row, 0)
            grid.addWidget(QLabel(tr(words)), row, 1)
        holder = QHBoxLayout()
        holder.addStretch(1)
        holder.addLayout(grid)
        holder.addStretch(1)
        column.addLayout(holder)
        column.addSpacing(24)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        self.first = QPushButton(tr("Open pictures"))
        for action_id, words, primary in (
            ("open_pictures", tr("Open pictures"), True),
            ("open_folder", tr("Open folder"), False),
            ("open_project", tr("Open project"), False),
        ):
            button = self.first if primary else QPushButton(words)
            button.setProperty("primary", primary)
            button.setFixedHeight(36)
            button.setToolTip(actions[action_id].toolTip())
            button.clicked.connect(actions[action_id].trigger)
            buttons.addWidget(button)
        buttons.addStretch(1)
        column.addLayout(buttons)
        column.addStretch(4)
        theme.changed.connect(self._recolour)
        self._recolour()

    def _recolour(self) -> None:
        for label, icon in self._icons:
            label.setPixmap(self._theme.icon(icon, role="accent").pixmap(24, 24))
