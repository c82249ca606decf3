"""Export and import with their reports, and the settings, through the dialogs."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from threading import Event
from typing import Any

import numpy as np
import pytest
from pycocotools import mask as coco_mask
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QDialog, QDoubleSpinBox, QSpinBox

from refseg_annotator.cli.loading import opened_project
from refseg_annotator.formats.base import Progress, WriteOptions
from refseg_annotator.formats.registry import readable, writable
from refseg_annotator.services.documents import measure_media
from refseg_annotator.services.importing import Import, ImportPart
from refseg_annotator.services.jobs import JobContext
from refseg_annotator.services.transfer import export_project
from refseg_annotator.settings import SETTINGS, Settings, load_settings
from refseg_annotator.ui.documents import transfer_dialogs
from refseg_annotator.ui.documents.transfer_dialogs import ExportDialog, ImportDialog
from refseg_annotator.ui.settings_dialog import SettingsDialog
from tests.storage.records import contents
from tests.ui.conftest import Desk, draw_shapes

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
    assert "1 mask" in dialog.report.toPlainText()
    dialog.run.click()
    desk.until(lambda: "not empty" in dialog.progress.text())
    assert dialog.progress.property("tone") == "bad"
    assert not dialog.report.isVisible(), "the account of the first export would be read as that of the second"
    dialog.close()


def test_nothing_of_the_dialog_lies_over_its_account_whatever_the_format_says_of_itself(
    desk: Desk, tmp_path: Path
) -> None:
    desk.accept_phrase("blue square on the right")
    desk.key(Qt.Key.Key_E, CTRL)
    dialog = desk.window.findChild(ExportDialog)
    dialog.place.setText(str(tmp_path / "out"))
    dialog.run.click()
    desk.until(dialog.report.isVisible)
    for place in range(dialog.format.count()):
        dialog.format.setCurrentIndex(place)
        desk.until(lambda: dialog.about.height() >= dialog.about.heightForWidth(dialog.about.width()))
        desk.until(lambda: dialog.report.geometry().bottom() < dialog.run.geometry().top())
    dialog.close()


def test_an_export_is_offered_beside_its_project(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "work"
    folder.mkdir()
    desk.save_as(folder / "zoo.refseg")
    desk.key(Qt.Key.Key_E, CTRL)
    dialog = desk.window.findChild(ExportDialog)
    assert Path(dialog.place.text()) == folder.resolve() / "zoo-export"
    dialog.close()


def test_the_place_offered_for_an_export_is_free_unless_an_earlier_one_is_to_be_replaced(
    desk: Desk, tmp_path: Path
) -> None:
    folder = (tmp_path / "work").resolve()
    folder.mkdir()
    desk.accept_phrase("blue square on the right")
    desk.save_as(folder / "zoo.refseg")
    for name in ("zoo-export", "zoo-export-2", "zoo-export-3"):
        desk.window.actions_["export"].trigger()
        dialog = desk.window.findChild(ExportDialog)
        assert Path(dialog.place.text()) == folder / name
        dialog.run.click()
        desk.until(dialog.report.isVisible)
        assert (folder / name / "transfer-report.json").is_file()
        # What was written stays to be read; what is written next, in another format, has a place of its own.
        assert Path(dialog.place.text()) == folder / name
        dialog.close()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    desk.window.actions_["export"].trigger()
    dialog = desk.window.findChild(ExportDialog)
    assert Path(dialog.place.text()) == folder / "zoo-export-4"
    dialog.replace.setChecked(True)
    assert Path(dialog.place.text()) == folder / "zoo-export"
    dialog.run.click()
    desk.until(dialog.report.isVisible)
    dialog.replace.setChecked(False)
    assert Path(dialog.place.text()) == folder / "zoo-export-4"
    dialog.run.click()
    desk.until(lambda: (folder / "zoo-export-4" / "transfer-report.json").is_file() and dialog.run.isEnabled())
    dialog.format.setCurrentIndex(dialog.format.currentIndex() + 1)
    assert Path(dialog.place.text()) == folder / "zoo-export-5"
    # A place that a person named is left alone, taken or not.
    dialog.place.setText(str(folder / "zoo-export-2"))
    dialog.format.setCurrentIndex(dialog.format.currentIndex() + 1)
    dialog.replace.setChecked(True)
    assert Path(dialog.place.text()) == folder / "zoo-export-2"
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


def test_an_enter_too_many_closes_the_dialog_and_imports_nothing_twice(
    desk: Desk, open_desk: Callable[..., Desk], tmp_path: Path
) -> None:
    desk.accept_phrase("blue square")
    export_project(desk.bridge.session, "coco", tmp_path / "out")
    other = open_desk()
    other.window.actions_["import"].trigger()
    importer = other.window.findChild(ImportDialog)
    other.until(importer.isVisible)
    importer.place.setText(str(tmp_path / "out"))
    QTest.keyClick(importer.place, Qt.Key.Key_Return)
    other.until(importer.report.isVisible)
    masks = len(other.project.annotations)
    assert importer.close_button.isDefault()
    QTest.keyClick(importer.place, Qt.Key.Key_Return)
    other.until(lambda: not importer.isVisible())
    assert len(other.project.annotations) == masks == 1


def test_enter_on_close_closes_and_another_place_is_another_order(desk: Desk, tmp_path: Path) -> None:
    desk.accept_phrase("blue square")
    desk.key(Qt.Key.Key_E, CTRL)
    dialog = desk.window.findChild(ExportDialog)
    desk.until(dialog.isVisible)
    dialog.place.setText(str(tmp_path / "one"))
    dialog.run.setFocus()
    QTest.keyClick(dialog.run, Qt.Key.Key_Return)
    assert not dialog.close_button.hasFocus(), "a second Enter would stop what the first began"
    desk.until(dialog.report.isVisible)
    dialog.place.setText(str(tmp_path / "two"))
    QTest.keyClick(dialog.place, Qt.Key.Key_Return)
    desk.until(lambda: (tmp_path / "two" / "transfer-report.json").is_file() and dialog.run.isEnabled())
    dialog.place.setText(str(tmp_path / "three"))
    dialog.close_button.setFocus()
    QTest.keyClick(dialog.close_button, Qt.Key.Key_Return)
    desk.until(lambda: not dialog.isVisible())
    assert not (tmp_path / "three").exists()


def test_the_rows_stay_together_when_the_account_goes(desk: Desk, tmp_path: Path) -> None:
    desk.accept_phrase("blue square")
    desk.key(Qt.Key.Key_E, CTRL)
    dialog = desk.window.findChild(ExportDialog)
    desk.until(dialog.isVisible)
    dialog.place.setText(str(tmp_path / "out"))
    before = dialog.media.mapTo(dialog, QPoint()).y()
    dialog.run.click()
    desk.until(dialog.report.isVisible)
    dialog.run.click()  # the place is taken now
    desk.until(lambda: dialog.progress.property("tone") == "bad")
    assert abs(dialog.media.mapTo(dialog, QPoint()).y() - before) <= 2
    dialog.close()


# --- another project -------------------------------------------------------------------------------------------------


def switch(desk: Desk, path: Path) -> None:
    """Open another project, and wait until the former is closed."""
    former = desk.bridge.session
    desk.window.desk.open_project(path)
    desk.until(lambda: desk.bridge.session.path == path and former._is_closed)


@pytest.fixture
def elsewhere(open_desk: Callable[..., Desk], tmp_path: Path) -> Path:
    """A project with a picture of its own."""
    other = open_desk(draw_shapes(tmp_path / "elsewhere.png"))
    place = tmp_path / "elsewhere.refseg"
    other.save_as(place)
    other.close()
    return place


def gone(desk: Desk, kind: type[QDialog]) -> bool:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    return not [one for one in desk.window.findChildren(kind) if one.isVisible()]


@pytest.mark.parametrize(("action", "kind"), [("export", ExportDialog), ("import", ImportDialog)])
def test_the_dialogs_go_with_their_project(desk: Desk, elsewhere: Path, action: str, kind: type[QDialog]) -> None:
    desk.window.actions_[action].trigger()
    assert desk.window.findChild(kind).isVisible()
    switch(desk, elsewhere)
    assert gone(desk, kind)


def test_an_account_can_still_be_read_when_another_project_is_open_but_no_more_is_exported(
    desk: Desk, elsewhere: Path, tmp_path: Path
) -> None:
    desk.accept_phrase("blue square")
    desk.window.actions_["export"].trigger()
    dialog = desk.window.findChild(ExportDialog)
    dialog.place.setText(str(tmp_path / "out"))
    dialog.run.click()
    desk.until(dialog.report.isVisible)
    told = dialog.report.toPlainText()
    switch(desk, elsewhere)
    assert dialog.isVisible()
    assert dialog.report.toPlainText() == told
    assert not dialog.run.isEnabled()
    assert "the project before" in dialog.progress.text()
    dialog.close()
    assert gone(desk, ExportDialog)


def test_pictures_that_nobody_opened_are_exported_as_the_command_line_does(
    open_desk: Callable[..., Desk], tmp_path: Path
) -> None:
    folder = tmp_path / "pictures"
    folder.mkdir()
    for name in "abcde":
        draw_shapes(folder / f"{name}.png")
    (folder / "e.png").write_bytes(b"no picture")
    desk = open_desk(folder)
    for medium_id in list(desk.project.media)[:2]:
        desk.bridge.show(medium_id)
        desk.until_picture()
        desk.accept_phrase("blue square")
    desk.window.actions_["export"].trigger()
    dialog = desk.window.findChild(ExportDialog)
    assert "without any annotation are written too" in dialog.about.text()
    dialog.place.setText(str(tmp_path / "out"))
    dialog.run.click()
    desk.until(dialog.report.isVisible)
    told = dialog.report.toPlainText()
    assert "4 photos" in told
    assert "2 media without annotations" in told
    assert "media without annotations whose file was not or cannot be opened: 1 (e.png)" in told
    project = tmp_path / "p.refseg"
    desk.save_as(project)
    desk.close()
    with opened_project(project, only_read=True) as session:
        measure_media(session)
        by_command = export_project(session, "coco", tmp_path / "by-command", WriteOptions())
    assert by_command.to_text() == told


def test_a_place_that_is_taken_is_told_before_every_picture_is_opened(
    open_desk: Callable[..., Desk], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "pictures"
    folder.mkdir()
    for name in "ab":
        draw_shapes(folder / f"{name}.png")
    desk = open_desk(folder)
    desk.window.actions_["export"].trigger()
    dialog = desk.window.findChild(ExportDialog)
    dialog.place.setText(str(folder))
    dialog.run.click()
    desk.until(lambda: "not empty" in dialog.progress.text())
    assert dialog.run.isEnabled()
    assert not desk.bridge.session.is_measured(list(desk.project.media)[1])


@pytest.fixture
def exported(open_desk: Callable[..., Desk], tmp_path: Path) -> Path:
    """A data set of three pictures with a mask each."""
    folder = tmp_path / "pictures"
    folder.mkdir()
    other = open_desk(*[draw_shapes(folder / f"{name}.png") for name in "abc"])
    for medium_id in other.project.media:
        other.bridge.show(medium_id)
        other.until_picture()
        other.accept_phrase("blue square")
    export_project(other.bridge.session, "coco", tmp_path / "set", WriteOptions())
    other.close()
    return tmp_path / "set"


@pytest.fixture
def halfway(exported: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Callable[[Desk], None], Event]:
    """Begins to import a data set of which each medium is a part of its own, as in a large one; the second waits."""
    gate, at_second = Event(), Event()
    monkeypatch.setattr(transfer_dialogs, "Import", partial(Import, one_step_bytes=1))
    parts = Import.parts

    def slow(self: Import, progress: Progress) -> Iterator[ImportPart]:
        for number, part in enumerate(parts(self, progress)):
            if number == 1:
                at_second.set()
                assert gate.wait(60)
            yield part

    monkeypatch.setattr(Import, "parts", slow)

    def begin(desk: Desk) -> None:
        desk.window.actions_["import"].trigger()
        dialog = desk.window.findChild(ImportDialog)
        dialog.place.setText(str(exported))
        dialog.run.click()
        desk.until(lambda: at_second.is_set() and len(desk.project.media) == 2)

    return begin, gate


def test_an_import_under_way_goes_to_neither_project_when_another_is_opened(
    desk: Desk, elsewhere: Path, halfway: tuple[Callable[[Desk], None], Event], tmp_path: Path
) -> None:
    begin, gate = halfway
    home = tmp_path / "home.refseg"
    desk.save_as(home)
    before = contents(desk.project)
    begin(desk)
    former = desk.bridge.session
    desk.window.desk.open_project(elsewhere)
    desk.until(lambda: desk.bridge.session.path == elsewhere)
    gate.set()
    desk.until(lambda: former._is_closed and not desk.window.jobs.running)
    assert gone(desk, ImportDialog)
    assert len(desk.project.media) == 1
    switch(desk, home)
    # Numbers once given are not given again.
    assert contents(desk.project)[:4] == before[:4], "half a data set stays behind"


def test_an_import_under_way_is_taken_back_when_the_window_closes(
    desk: Desk, open_desk: Callable[..., Desk], halfway: tuple[Callable[[Desk], None], Event], tmp_path: Path
) -> None:
    begin, gate = halfway
    home = tmp_path / "home.refseg"
    desk.save_as(home)
    before = contents(desk.project)
    begin(desk)
    desk.window.close()
    gate.set()
    desk.until(lambda: not desk.window.jobs.running)
    desk.close()
    again = open_desk(home)
    assert contents(again.project)[:4] == before[:4], "half a data set stays behind"


def test_an_export_under_way_is_stopped_and_leaves_nothing_when_another_project_is_opened(
    desk: Desk, elsewhere: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate, begun = Event(), Event()
    work_of = transfer_dialogs.export_work

    def slow(*arguments: Any) -> Any:
        work = work_of(*arguments)

        def waiting(context: JobContext) -> Iterator[Any]:
            begun.set()
            assert gate.wait(60)
            yield from work(context)

        return waiting

    monkeypatch.setattr(transfer_dialogs, "export_work", slow)
    desk.accept_phrase("blue square")
    desk.window.actions_["export"].trigger()
    dialog = desk.window.findChild(ExportDialog)
    dialog.place.setText(str(tmp_path / "out"))
    dialog.run.click()
    desk.until(begun.is_set)
    switch(desk, elsewhere)
    assert gone(desk, ExportDialog)
    gate.set()
    desk.until(lambda: not desk.window.jobs.running)
    assert "was stopped" in desk.message
    assert not list(tmp_path.glob("out*"))


def reading(desk: Desk, place: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[ImportDialog, Event]:
    """An import that is reading, and what lets it go on."""
    gate, begun = Event(), Event()
    stage = transfer_dialogs.stage_dataset

    def slow(*arguments: Any, **options: Any) -> Any:
        begun.set()
        assert gate.wait(60)
        return stage(*arguments, **options)

    monkeypatch.setattr(transfer_dialogs, "stage_dataset", slow)
    desk.window.actions_["import"].trigger()
    dialog = desk.window.findChild(ImportDialog)
    dialog.place.setText(str(exported))
    dialog.run.click()
    desk.until(begun.is_set)
    return dialog, gate


def test_a_data_set_that_was_being_read_does_not_enter_the_project_opened_meanwhile(
    desk: Desk, elsewhere: Path, exported: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, gate = reading(desk, exported, monkeypatch)
    desk.window.desk.open_project(elsewhere)
    desk.until(lambda: desk.bridge.session.path == elsewhere)
    before = contents(desk.project)
    gate.set()
    desk.until(lambda: not desk.window.jobs.running)
    assert contents(desk.project) == before
    assert gone(desk, ImportDialog)


@pytest.mark.parametrize("way", ["close", "reject"])
def test_whoever_leaves_while_it_runs_stops_it_first(
    desk: Desk, exported: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    dialog, gate = reading(desk, exported, monkeypatch)
    getattr(dialog, way)()
    assert dialog.isVisible()
    assert dialog.progress.text() == "Stopped; nothing was left behind."
    gate.set()
    desk.until(lambda: not desk.window.jobs.running)
    getattr(dialog, way)()
    assert gone(desk, ImportDialog)
    assert len(desk.project.media) == 1


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
