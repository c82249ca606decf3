"""The settings, a row of the table each; what is changed counts at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from refseg_annotator.errors import UsageError
from refseg_annotator.settings import SETTINGS, Group, Setting, Settings
from refseg_annotator.ui.forms import add_field, inset, new_form
from refseg_annotator.ui.wording import LANGUAGES, tr

if TYPE_CHECKING:
    from refseg_annotator.ui.bridge import Bridge

# Read once when the program starts.
_AFTER_RESTART = frozenset({"language", "undo_budget", "frame_cache"})


class SettingsDialog(QDialog):
    """Not modal: the window shows what a change does."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self.setWindowTitle(tr("Settings"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(480)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(12)
        tabs = QTabWidget()
        tabs.setAccessibleName(tr("Settings"))
        column.addWidget(tabs, 1)
        self.fields: dict[str, QWidget] = {}
        for group in Group:
            page = QWidget()
            form = new_form(page)
            form.setContentsMargins(16, 16, 16, 16)
            for row in (row for row in SETTINGS if row.group is group):
                widget = self._field(row)
                widget.setAccessibleName(tr(row.label))
                self.fields[row.key] = widget
                add_field(form, tr(row.label), widget)
                if row.key in _AFTER_RESTART or row.help:
                    note = QLabel(tr(row.help or "Takes effect after a restart."))
                    note.setObjectName("muted")
                    note.setWordWrap(True)
                    form.addRow("", note)
            tabs.addTab(page, tr(group.value))
        buttons = QDialogButtonBox()
        reset = QPushButton(tr("Back to the defaults"))
        close = QPushButton(tr("Close"))
        buttons.addButton(reset, QDialogButtonBox.ButtonRole.ResetRole)
        buttons.addButton(close, QDialogButtonBox.ButtonRole.AcceptRole)
        reset.clicked.connect(self._on_reset)
        close.clicked.connect(self.close)
        column.addWidget(buttons)

    def _field(self, row: Setting) -> QWidget:
        value = self._bridge.settings.value(row.key)
        if row.choices:
            box = QComboBox()
            for choice in row.choices:
                box.addItem(LANGUAGES.get(choice) or tr(choice), choice)
            box.setCurrentIndex(box.findData(value))
            box.activated.connect(lambda _: self._set(row.key, box.currentData()))
            return box
        if row.type is bool:
            check = QCheckBox()
            check.setChecked(bool(value))
            check.toggled.connect(lambda on: self._set(row.key, on))
            return check
        if row.type is int:
            whole = QSpinBox()
            inset(whole)
            whole.setRange(int(row.minimum or 0), int(row.maximum if row.maximum is not None else 2**31 - 1))
            whole.setValue(int(value))
            whole.setSuffix(f" {tr(row.unit)}" if row.unit else "")
            whole.valueChanged.connect(lambda number: self._set(row.key, number))
            return whole
        if row.type is float:
            number = QDoubleSpinBox()
            inset(number)
            number.setRange(row.minimum or 0.0, row.maximum if row.maximum is not None else 1e9)
            number.setSingleStep(0.05 if (row.maximum or 0) <= 1 else 0.5)
            number.setDecimals(2)
            number.setValue(float(value))
            number.setSuffix(f" {tr(row.unit)}" if row.unit else "")
            number.valueChanged.connect(lambda amount: self._set(row.key, amount))
            return number
        line = QLineEdit(str(value))

        def finish() -> None:
            # An emptied field is one that nobody has filled in.
            line.setText(line.text().strip() or str(row.default))
            self._set(row.key, line.text())

        line.editingFinished.connect(finish)
        return line

    def _set(self, key: str, value: object) -> None:
        try:
            self._bridge.set_settings(self._bridge.settings.changed(key, value))
        except UsageError as error:
            self._bridge.say(str(error))

    def _on_reset(self) -> None:
        recent = self._bridge.settings.recent_projects
        self._bridge.set_settings(Settings(recent_projects=recent))
        for key, widget in self.fields.items():
            value = self._bridge.settings.value(key)
            widget.blockSignals(True)
            if isinstance(widget, QComboBox):
                widget.setCurrentIndex(widget.findData(value))
            elif isinstance(widget, QCheckBox):
                widget.setChecked(value)
            elif isinstance(widget, QSpinBox | QDoubleSpinBox):
                widget.setValue(value)
            elif isinstance(widget, QLineEdit):
                widget.setText(str(value))
            widget.blockSignals(False)
