"""Every key can be changed: choose an action, press the key. Clashes are told before they are made."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from refseg_annotator.errors import RefSegError
from refseg_annotator.ui.actions.action_table import ACTIONS, ActionRow, action_row
from refseg_annotator.ui.actions.keymap import FIXED, build_keymap, own_lines, parse_own, read_keys, write_keys
from refseg_annotator.ui.actions.shortcut_sheet import full_title, matching_rows, scope_words
from refseg_annotator.ui.forms import within_screen
from refseg_annotator.ui.row_table import row_table
from refseg_annotator.ui.sentences import tr_sentence
from refseg_annotator.ui.theme import set_style_property
from refseg_annotator.ui.wording import tr

if TYPE_CHECKING:
    from refseg_annotator.ui.actions.action_set import Actions
    from refseg_annotator.ui.bridge import Bridge
    from refseg_annotator.ui.theme import Theme

KEYS_FILTER: Final = "TOML (*.toml)"
_EDITABLE: Final = tuple(row for row in ACTIONS if row.id not in FIXED)


class KeysDialog(QDialog):
    """Not modal; what is changed counts at once and is kept in the settings."""

    def __init__(self, bridge: Bridge, actions: Actions, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._actions = actions
        self.setWindowTitle(tr("Change shortcuts"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(within_screen(self, QSize(760, 640)))
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Search actions and keys"))
        self.search.setAccessibleName(tr("Search actions and keys"))
        self.search.setClearButtonEnabled(True)
        self.search.addAction(theme.icon("magnifying-glass", role="muted"), QLineEdit.ActionPosition.LeadingPosition)
        self.preset = QComboBox()
        self.preset.setAccessibleName(tr("Keys as in"))
        for name, words in (("default", tr("RefSeg Annotator")), ("labelme", "labelme"), ("cvat", "CVAT")):
            self.preset.addItem(words, name)
        self.preset.activated.connect(lambda _: self._set(preset=self.preset.currentData()))
        column.addLayout(_row(self.search, QLabel(tr("Keys as in")), self.preset, stretch=0))
        titles = [tr("Action"), tr("Keys"), tr("Where")]
        self.table = row_table(tr("Actions and their keys"), titles, len(_EDITABLE))
        self.table.verticalHeader().setDefaultSectionSize(28)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for section in (1, 2):
            header.setSectionResizeMode(section, QHeaderView.ResizeMode.ResizeToContents)
        for place, row in enumerate(_EDITABLE):
            for section, words in enumerate((full_title(row), "", scope_words(row.scope))):
                self.table.setItem(place, section, QTableWidgetItem(words))
        column.addWidget(self.table, 1)
        self.key = QKeySequenceEdit()
        self.key.setMaximumSequenceLength(1)
        self.key.setClearButtonEnabled(True)
        self.key.setAccessibleName(tr("The new key: press it here"))
        self.key.setMinimumWidth(200)
        self.use = QPushButton(tr("Use this key"))
        self.also = QPushButton(tr("Use it as well"))
        self.without = QPushButton(tr("No key"))
        self.back = QPushButton(tr("As before"))
        column.addLayout(_row(QLabel(tr("New key")), self.key, self.use, self.also, self.without, self.back, stretch=1))
        self.note = QLabel()
        self.note.setObjectName("hint")
        self.note.setWordWrap(True)
        self.note.setMinimumHeight(36)
        column.addWidget(self.note)
        load, save, close = QPushButton(tr("Import...")), QPushButton(tr("Export...")), QPushButton(tr("Close"))
        column.addLayout(_row(load, save, QWidget(), close, stretch=2))
        self.search.textChanged.connect(self._filter)
        self.table.itemSelectionChanged.connect(self._refresh)
        self.key.keySequenceChanged.connect(lambda _: self._refresh())
        self.use.clicked.connect(lambda: self._take(further=False))
        self.also.clicked.connect(lambda: self._take(further=True))
        self.without.clicked.connect(lambda: self._put(()))
        self.back.clicked.connect(self._as_before)
        load.clicked.connect(self._ask_import)
        save.clicked.connect(self._ask_export)
        close.clicked.connect(self.close)
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)
        self._actions.rekeyed.connect(self._fill)
        self._fill()
        self.search.setFocus()

    # --- what it shows -----------------------------------------------------------------------------------------

    @property
    def row(self) -> ActionRow | None:
        """The chosen action."""
        chosen = self.table.selectionModel().selectedRows()
        return _EDITABLE[chosen[0].row()] if chosen else None

    def choose(self, action_id: str) -> None:
        """Choose an action."""
        self.table.selectRow(_EDITABLE.index(action_row(action_id)))

    def _fill(self) -> None:
        for place, row in enumerate(_EDITABLE):
            item = self.table.item(place, 1)
            if item is not None:
                item.setText(self._actions.keys_text(row.id))
                font = item.font()
                font.setBold(row.id in self._own())
                item.setFont(font)
        self.preset.setCurrentIndex(self.preset.findData(self._bridge.settings.key_preset))
        self._refresh()

    def _refresh(self) -> None:
        row, key = self.row, self._key()
        self.use.setEnabled(row is not None and bool(key))
        self.also.setEnabled(row is not None and bool(key) and bool(self._actions.keymap.of(row.id)))
        self.without.setEnabled(row is not None and bool(self._actions.keymap.of(row.id)))
        self.back.setEnabled(row is not None and row.id in self._own())
        tone, words = "muted", tr("Choose an action, then press its new key in the field.")
        if row is not None:
            words = tr("Press the new key of “{action}” in the field.", action=full_title(row))
            if key:
                owner = self._actions.keymap.owner(key, row)
                if owner is not None:
                    tone = "doubtful"
                    words = tr("{key} is the key of “{action}”, which will go without it.", key=key, action=full_title(owner))  # fmt: skip  # noqa: E501
                else:
                    words = tr("{key} is free.", key=key)
        self._say(tone, words)

    def _say(self, tone: str, words: str) -> None:
        self.note.setText(words)
        set_style_property(self.note, "tone", tone)

    def _filter(self, text: str) -> None:
        shown = matching_rows(self.table, text)
        for place in range(self.table.rowCount()):
            self.table.setRowHidden(place, place not in shown)

    # --- what it changes ---------------------------------------------------------------------------------------

    def _key(self) -> str:
        return self.key.keySequence().toString(QKeySequence.SequenceFormat.PortableText)

    def _own(self) -> dict[str, tuple[str, ...]]:
        return parse_own(self._bridge.settings.shortcuts)

    def _take(self, *, further: bool) -> None:
        row, key = self.row, self._key()
        if row is None or not key:
            return
        owner = self._actions.keymap.owner(key, row)
        own = self._own()
        if owner is not None:
            own[owner.id] = tuple(other for other in self._actions.keymap.of(owner.id) if other != key)
        former = self._actions.keymap.of(row.id) if further else ()
        own[row.id] = (*(other for other in former if other != key), key)
        self.key.clear()
        self._set(own=own)

    def _put(self, keys: tuple[str, ...]) -> None:
        if self.row is not None:
            self._set(own={**self._own(), self.row.id: keys})

    def _as_before(self) -> None:
        if self.row is not None:
            self._set(own={name: keys for name, keys in self._own().items() if name != self.row.id})

    def _set(self, *, own: dict[str, tuple[str, ...]] | None = None, preset: str | None = None) -> None:
        settings = self._bridge.settings
        if own is not None:
            settings = replace(settings, shortcuts=own_lines(own))
        if preset is not None:
            settings = settings.changed("key_preset", preset)
        self._bridge.set_settings(settings)

    # --- files -------------------------------------------------------------------------------------------------

    def _ask_import(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, tr("Import shortcuts"), "", KEYS_FILTER)
        if name:
            self.import_from(Path(name))

    def _ask_export(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self, tr("Export shortcuts"), "refseg-keys.toml", KEYS_FILTER)
        if name:
            self.export_to(Path(name))

    def import_from(self, path: Path) -> None:
        """Take the keys of a file, and say what of them could not be taken."""
        try:
            preset, own = read_keys(path)
        except RefSegError as error:
            self._say("bad", tr_sentence(str(error)))
            return
        self._set(own=own, preset=preset)
        problems = build_keymap(preset, own).problems
        words = tr("The keys of {file} are in use.", file=path.name)
        self._say("doubtful" if problems else "good", " ".join([words, *problems[:3]]))

    def export_to(self, path: Path) -> None:
        """Write the keys to a file."""
        try:
            write_keys(path, self._bridge.settings.key_preset, self._own())
        except RefSegError as error:
            self._say("bad", tr_sentence(str(error)))
        else:
            self._say("good", tr("The keys are in {file}.", file=path.name))


def _row(*widgets: QWidget, stretch: int) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    for place, widget in enumerate(widgets):
        row.addWidget(widget, 1 if place == stretch else 0)
    return row
