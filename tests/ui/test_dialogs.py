"""Export and import with their reports, and the settings, through the dialogs."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
from pycocotools import mask as coco_mask
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QSpinBox

from refseg_annotator.formats.registry import readable, writable
from refseg_annotator.settings import SETTINGS, Settings, load_settings
from refseg_annotator.ui.documents.transfer_dialogs import ExportDialog, ImportDialog
from refseg_annotator.ui.settings_dialog import SettingsDialog
from tests.ui.conftest import Desk

CTRL = Qt.KeyboardModifier.ControlModifier


def test_export_to_coco_is_read_by_pycocotools(desk: Desk, tmp_path: Path) -> None:
    desk.accept_phrase("blue square on the right")
    desk.letters("b")
    desk.drag((20, 140), (40, 140))
    desk.key(Qt.Key.Key_E, CTRL)
    dialog = desk.window.findChild(ExportDialog)
    assert dialog.chosen.name == "coco"
    assert dialog.format.count() == len(writable())
    place = tmp_path / "out"
    dialog.place.setText(str(place))
    dialog.run.click()
    desk.until(dialog.report.isVisible)
    assert dialog.run.isEnabled()
    (file,) = [path for path in place.rglob("*.json") if "annotations" in json.loads(path.read_text())]
    (row,) = json.loads(file.read_text())["annotations"]
    assert (coco_mask.decode(row["segmentation"]).astype(bool) == desk.mask(desk.bridge.referent_id)).all()
    assert "masks" in dialog.report.toPlainText() or "annotations" in dialog.report.toPlainText()
    dialog.run.click()
    desk.until(lambda: "not empty" in dialog.progress.text())
    dialog.close()


def test_an_export_is_offered_beside_its_project(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "work"
    folder.mkdir()
    desk.save_as(folder / "zoo.refseg")
    desk.key(Qt.Key.Key_E, CTRL)
    dialog = desk.window.findChild(ExportDialog)
    assert Path(dialog.place.text()) == folder.resolve() / "zoo-export"
    dialog.close()


def test_export_opens_from_the_phrase_box_too(desk: Desk) -> None:
    # On X11 a text field takes Ctrl+E for itself ("to the end of the line"); the first key must not be one of those.
    desk.letters("/")
    assert desk.window.phrase_bar.edit.hasFocus()
    desk.key(Qt.Key.Key_E, CTRL | Qt.KeyboardModifier.ShiftModifier)
    dialog = desk.window.findChild(ExportDialog)
    assert dialog is not None
    dialog.close()


def test_enter_exports_and_the_keyboard_goes_from_above_to_below(desk: Desk, tmp_path: Path) -> None:
    desk.accept_phrase("blue square on the right")
    desk.key(Qt.Key.Key_E, CTRL)
    dialog = desk.window.findChild(ExportDialog)
    desk.until(dialog.isVisible)
    assert dialog.focusWidget() is dialog.format
    chain, widget = [], dialog.format.nextInFocusChain()
    while widget is not dialog.format:
        chain.append(widget)
        widget = widget.nextInFocusChain()
    assert chain.index(dialog.place) < chain.index(dialog.replace) < chain.index(dialog.run)
    assert chain.index(dialog.run) < chain.index(dialog.close_button)
    place = tmp_path / "out"
    dialog.place.setText(str(place))
    QTest.keyClick(dialog.format, Qt.Key.Key_Return)
    desk.until(dialog.report.isVisible)
    assert (place / "transfer-report.json").is_file()
    dialog.close()


def test_every_format_says_what_it_loses(desk: Desk) -> None:
    desk.key(Qt.Key.Key_E, CTRL)
    dialog = desk.window.findChild(ExportDialog)
    for place, form in enumerate(writable()):
        dialog.format.setCurrentIndex(place)
        assert form.summary in dialog.about.text()
        assert all(loss.value in dialog.about.text() for loss in form.loses)
    dialog.close()


def test_an_export_without_a_place_asks_for_one(desk: Desk) -> None:
    desk.key(Qt.Key.Key_E, CTRL)
    dialog = desk.window.findChild(ExportDialog)
    dialog.place.clear()
    dialog.run.click()
    assert dialog.progress.text() == "Name a folder for the export first."
    dialog.close()


def test_what_was_exported_is_imported_as_one_step(desk: Desk, open_desk: Callable[..., Desk], tmp_path: Path) -> None:
    desk.accept_phrase("blue square")
    referent = desk.bridge.referent_id
    desk.key(Qt.Key.Key_E, CTRL)
    dialog = desk.window.findChild(ExportDialog)
    dialog.place.setText(str(tmp_path / "out"))
    dialog.run.click()
    desk.until(dialog.report.isVisible)
    dialog.close()
    other = open_desk()
    other.window.actions_["import"].trigger()  # the other window has the keyboard
    importer = other.window.findChild(ImportDialog)
    assert importer.format.count() == len(readable()) + 1
    importer.place.setText(str(tmp_path / "out"))
    importer.run.click()
    other.until(importer.report.isVisible)
    (annotation,) = other.project.annotations.values()
    assert np.array_equal(annotation.mask.to_array(), desk.mask(referent))
    importer.close()
    other.window.actions_["undo"].trigger()
    assert not other.project.media


def test_a_folder_of_no_format_is_a_sentence(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    desk.key(Qt.Key.Key_I, CTRL)
    dialog = desk.window.findChild(ImportDialog)
    dialog.run.click()
    assert dialog.progress.text().startswith("Name the data set")
    dialog.place.setText(str(tmp_path / "notes"))
    dialog.run.click()
    desk.until(lambda: "notes" in dialog.progress.text())
    assert dialog.run.isEnabled()
    dialog.close()


def test_every_setting_has_a_field_and_counts_at_once(desk: Desk) -> None:
    desk.key(Qt.Key.Key_Comma, CTRL)
    dialog = desk.window.findChild(SettingsDialog)
    assert set(dialog.fields) == {row.key for row in SETTINGS if row.group is not None}
    opacity = dialog.fields["overlay_opacity"]
    assert isinstance(opacity, QDoubleSpinBox)
    opacity.setValue(0.8)
    assert desk.bridge.look.opacity == 0.8
    assert desk.window.tool_strip.opacity.value() == 80
    theme = dialog.fields["theme"]
    assert isinstance(theme, QComboBox)
    theme.setCurrentIndex(theme.findData("light"))
    theme.activated.emit(theme.currentIndex())
    assert not desk.program.theme.is_dark
    desk.until(lambda: load_settings().settings.overlay_opacity == 0.8 and load_settings().settings.theme == "light")
    # What came from the command line for this run alone is not written.
    assert load_settings().settings.reduced_motion is False
    dialog._on_reset()
    assert desk.bridge.settings == Settings()
    assert opacity.value() == Settings().overlay_opacity
    budget = dialog.fields["undo_budget"]
    assert isinstance(budget, QSpinBox)
    assert budget.value() == Settings().undo_budget
    dialog.close()
