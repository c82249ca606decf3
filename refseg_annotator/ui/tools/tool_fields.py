"""The small controls of the options bar."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QSpinBox, QWidget

from refseg_annotator.ui.forms import inset
from refseg_annotator.ui.wording import tr

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from refseg_annotator.ui.tools.tool_options import OptionRange

_STEPS: Final = 200
_SLIDER: Final = 88  # px


class NumberBox(QSpinBox):
    """A number that gives the keyboard back with Enter and Esc.

    Signals:
        left: with True for Enter, False for Esc.
    """

    left = Signal(bool)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes what was typed, Esc leaves it."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            is_enter = event.key() != Qt.Key.Key_Escape
            if is_enter:
                self.interpretText()
            self.left.emit(is_enter)
            event.accept()
            return
        super().keyPressEvent(event)


class NumberField(QWidget):
    """A label, a slider and a number; small values have more of the slider than large ones.

    Signals:
        changed: the number, when a person changes it.
        left: Enter (True) or Esc (False) was pressed in it.
    """

    changed = Signal(int)
    left = Signal(bool)

    def __init__(self, limits: OptionRange, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._limits = limits
        self.row = row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.label = label = QLabel(tr(limits.label))
        label.setObjectName("caption")
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, _STEPS)
        self.slider.setFixedWidth(_SLIDER)
        self.slider.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.slider.setAccessibleName(tr(limits.label))
        self.box = NumberBox()
        inset(self.box)
        self.box.setRange(limits.least, limits.most)
        self.box.setSingleStep(limits.step)
        self.box.setSuffix(limits.unit)
        self.box.setSpecialValueText(tr(limits.zero))
        self.box.setKeyboardTracking(False)
        self.box.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.box.setAccessibleName(tr(limits.label))
        label.setBuddy(self.box)
        for part in (label, self.slider, self.box):
            part.setToolTip(tr(limits.tip))
            row.addWidget(part)
        self.slider.valueChanged.connect(lambda place: self.changed.emit(self._value_at(place)))
        self.box.valueChanged.connect(self.changed)
        self.box.left.connect(self.left)

    def show_number(self, value: int) -> None:
        """Show a number without telling anyone."""
        with QSignalBlocker(self.slider), QSignalBlocker(self.box):
            self.box.setValue(value)
            if self._value_at(self.slider.value()) != value:
                self.slider.setValue(self._place_of(value))

    def _value_at(self, place: int) -> int:
        limits = self._limits
        grown = math.pow(limits.most - limits.least + 1, place / _STEPS) - 1
        return limits.least + round(grown)

    def _place_of(self, value: int) -> int:
        limits = self._limits
        return round(_STEPS * math.log(value - limits.least + 1) / math.log(limits.most - limits.least + 1))
