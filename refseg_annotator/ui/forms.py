"""Dialogs: captions level with their fields, numbers off the frame, no window larger than its screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QAbstractSpinBox, QFormLayout, QLabel, QPlainTextEdit, QSizePolicy, QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

_INSET = 6  # px
# For borders and the title bar, whose height nobody knows before the window is shown.
_FRAME = QSize(16, 48)


class WrappedLabel(QLabel):
    """Text on as many lines as it takes, of `least` pixels at least.

    A form reckons the height of its rows with another width than it gives them, and cut the last line off.
    """

    def __init__(self, *, least: int = 24) -> None:
        super().__init__()
        self._least = least
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setMinimumHeight(least)

    def setText(self, text: str) -> None:
        """Show it, and ask for the room that it needs."""
        super().setText(text)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, other lines."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        # What a label asks for is never less than what it was last promised.
        self.setMinimumHeight(0)
        self.setMinimumHeight(max(self.heightForWidth(self.width()), self._least))


def within_screen(window: QWidget, size: QSize) -> QSize:
    """That size, or what of it the window's screen has room for: buttons below its edge are out of reach."""
    return size.boundedTo(window.screen().availableGeometry().size() - _FRAME)


def new_form(parent: QWidget | None = None) -> QFormLayout:
    """An empty form with the distances of all dialogs."""
    form = QFormLayout() if parent is None else QFormLayout(parent)
    form.setHorizontalSpacing(16)
    form.setVerticalSpacing(8)
    form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    return form


def add_field(form: QFormLayout, caption: str, field: QWidget, *, is_tall: bool = False) -> None:
    """A row; the caption of a tall field stands at its top, any other at its middle."""
    label = QLabel(caption)
    label.setBuddy(field)
    if not is_tall and not isinstance(field, QPlainTextEdit):
        # Left to itself the form makes a caption lower than a button and so puts it too high.
        label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.MinimumExpanding)
        label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    form.addRow(label, field)


def inset(field: QAbstractSpinBox) -> None:
    """Room before a number: the style sheet's padding does not reach it."""
    field.lineEdit().setTextMargins(_INSET, 0, 0, 0)
