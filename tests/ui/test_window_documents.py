"""Opening, dropping, paging, closing and reopening through the window."""

from __future__ import annotations

import os
import shutil
import sqlite3
import warnings
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from refseg_annotator.services import documents
from refseg_annotator.storage.project_store import ProjectStore
from refseg_annotator.ui.documents import documents_desk
from refseg_annotator.ui.main_window import MainWindow
from tests.ui.clips import write_clip
from tests.ui.conftest import Desk, draw_shapes


class MoveProposed(QDropEvent):
    """A drop as it is where Shift is held: moving is what is proposed."""

    def acceptProposedAction(self) -> None:  # noqa: N802  Qt names it
        self.setDropAction(Qt.DropAction.MoveAction)
        self.accept()


def drop(desk: Desk, *paths: Path, kind: type[QDropEvent] = QDropEvent) -> Qt.DropAction:
    """Drag files from a file manager onto the window; what it is told was done with them."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    place, action = QPoint(300, 300), Qt.DropAction.CopyAction | Qt.DropAction.MoveAction
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    with warnings.catch_warnings():
        # The newest Qt calls whole points deprecated here; older ones that we support know no others.
        warnings.simplefilter("ignore", DeprecationWarning)
        enter = QDragEnterEvent(place, action, data, buttons, keys)
    QApplication.sendEvent(desk.window, enter)
    assert enter.isAccepted()
    dropped = kind(QPointF(place), action, data, buttons, keys)
    QApplication.sendEvent(desk.window, dropped)
    assert dropped.isAccepted()
    return dropped.dropAction()


def test_an_empty_window_teaches(open_desk: Callable[..., Desk]) -> None:
    desk = open_desk()
    assert desk.window.stage.currentWidget() is desk.window.empty
    assert desk.window.status.next.text() == "Drop images or clips here, or press Ctrl+O."
    assert not desk.window.tool_strip.isEnabled()
    desk.window.phrase_bar.run_wanted.emit("the dog")
    assert desk.message.startswith("Open a picture first")


def test_dropped_files_are_opened(open_desk: Callable[..., Desk], tmp_path: Path) -> None:
    desk = open_desk()
    paths = [draw_shapes(tmp_path / name) for name in ("b.png", "a.png")]
    drop(desk, *paths)
    desk.until(lambda: len(desk.project.media) == 2)
    desk.until_picture()
    assert desk.window.stage.currentWidget() is desk.canvas
    assert desk.window.windowTitle().startswith("b.png")


def test_dropped_files_are_never_taken_as_moved(open_desk: Callable[..., Desk], shapes: Path) -> None:
    desk = open_desk()
    told = drop(desk, shapes, kind=MoveProposed)
    assert told is Qt.DropAction.CopyAction, "a file manager deletes what was moved"
    desk.until_picture()


def test_a_dropped_folder_and_a_dropped_project(open_desk: Callable[..., Desk], tmp_path: Path) -> None:
    folder = tmp_path / "pictures"
    folder.mkdir()
    for name in ("a10.png", "a2.png"):
        draw_shapes(folder / name)
    desk = open_desk()
    drop(desk, folder)
    desk.until(lambda: len(desk.project.media) == 2)
    assert [Path(medium.path).name for medium in desk.project.media.values()] == ["a2.png", "a10.png"]
    desk.until_picture()
    desk.accept_phrase("blue square")
    saved = tmp_path / "work.refseg"
    desk.save_as(saved)
    assert saved.is_file()
    other = open_desk()
    drop(other, saved)
    other.until(lambda: "work.refseg is open in another" in other.message or "open" in other.message)
    assert not other.project.media


def test_the_project_reopens_equal(open_desk: Callable[..., Desk], shapes: Path, tmp_path: Path) -> None:
    desk = open_desk(shapes)
    desk.accept_phrase("blue square")
    desk.letters("b")
    desk.drag((20, 20), (60, 40))
    desk.run_phrase("purple circle")
    desk.until_proposal()
    desk.letters("g")
    desk.save_as(tmp_path / "work.refseg")
    before = desk.project
    desk.close()
    again = open_desk(tmp_path / "work.refseg")
    again.until(lambda: again.project.annotations)
    after = again.project
    assert dict(after.referents) == dict(before.referents)
    assert dict(after.expressions) == dict(before.expressions)
    assert dict(after.annotations) == dict(before.annotations)
    assert {medium.state for medium in after.media.values()} == {medium.state for medium in before.media.values()}


def test_a_broken_picture_is_a_sentence_and_the_others_open(open_desk: Callable[..., Desk], tmp_path: Path) -> None:
    broken, good = tmp_path / "broken.png", draw_shapes(tmp_path / "good.png")
    broken.write_bytes(b"not a picture")
    desk = open_desk()
    drop(desk, broken, good)
    desk.until_picture()
    assert "broken.png" in desk.message
    assert len(desk.project.media) == 1


def test_a_picture_that_breaks_later_is_a_sentence(open_desk: Callable[..., Desk], tmp_path: Path) -> None:
    folder = tmp_path / "pictures"
    folder.mkdir()
    draw_shapes(folder / "a.png")
    (folder / "b.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    desk = open_desk(folder)
    desk.letters("d")
    desk.until(lambda: "b.png" in desk.message)
    assert desk.canvas.picture is None
    desk.letters("a")
    desk.until_picture()


def test_a_folder_without_pictures_is_a_sentence(open_desk: Callable[..., Desk], tmp_path: Path) -> None:
    desk = open_desk()
    desk.window.desk.open_paths([tmp_path])
    desk.until(lambda: "holds no pictures" in desk.message)


def test_photos_below_those_on_top_are_told_of(open_desk: Callable[..., Desk], tmp_path: Path) -> None:
    (tmp_path / "holiday" / "sea").mkdir(parents=True)
    draw_shapes(tmp_path / "holiday" / "a.png")
    draw_shapes(tmp_path / "holiday" / "sea" / "b.png")
    desk = open_desk(tmp_path / "holiday")
    desk.until_picture()
    assert len(desk.project.media) == 1
    assert "'holiday' has 1 more medium in folders of its own (sea)" in desk.message


def test_a_broken_project_is_a_sentence_and_the_present_one_stays(
    open_desk: Callable[..., Desk], shapes: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.refseg"
    broken.write_bytes(b"no database" * 100)
    desk = open_desk(shapes)
    desk.window.desk.open_paths([broken])
    desk.until(lambda: "broken.refseg" in desk.message)
    assert len(desk.project.media) == 1
    assert desk.canvas.picture is not None


def test_paging_by_keys_keeps_what_belongs_to_each_picture(open_desk: Callable[..., Desk], tmp_path: Path) -> None:
    desk = open_desk(*(draw_shapes(tmp_path / f"{name}.png") for name in "ab"))
    desk.accept_phrase("blue square")
    assert len(desk.canvas.scene.badges) == 1
    desk.letters("d")
    desk.until_picture()
    desk.until(lambda: not desk.canvas.scene.badges)
    assert desk.bridge.referent_id is None
    desk.letters("a")
    desk.until(lambda: len(desk.canvas.scene.badges) == 1)


def test_undo_goes_to_the_picture_that_changed(open_desk: Callable[..., Desk], tmp_path: Path) -> None:
    desk = open_desk(*(draw_shapes(tmp_path / f"{name}.png") for name in "ab"))
    first = desk.bridge.medium_id
    desk.accept_phrase("blue square")
    desk.letters("d")
    desk.until_picture()
    assert desk.bridge.medium_id != first
    desk.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert desk.bridge.medium_id == first
    assert not desk.project.annotations


def test_removing_the_picture_on_show_shows_the_next(open_desk: Callable[..., Desk], tmp_path: Path) -> None:
    desk = open_desk(*(draw_shapes(tmp_path / f"{name}.png") for name in "ab"))
    first = desk.bridge.medium_id
    desk.window.actions_["remove_medium"].trigger()
    assert first not in desk.project.media
    desk.until_picture()
    assert desk.bridge.medium_id in desk.project.media
    desk.window.actions_["remove_medium"].trigger()
    desk.until(lambda: desk.window.stage.currentWidget() is desk.window.empty)
    desk.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    desk.until_picture()


def test_the_layout_survives_a_restart(open_desk: Callable[..., Desk], shapes: Path) -> None:
    desk = open_desk(shapes)
    desk.key(Qt.Key.Key_F7)
    desk.key(Qt.Key.Key_F8)
    assert desk.window.referent_dock.isHidden()
    desk.close()
    again = open_desk(shapes)
    assert again.window.referent_dock.isHidden()
    assert again.window.tool_strip.isHidden()
    assert not again.window.media_dock.isHidden()
    again.key(Qt.Key.Key_F7)
    assert not again.window.referent_dock.isHidden()


def test_an_unnamed_project_is_offered_again(open_desk: Callable[..., Desk], shapes: Path) -> None:
    desk = open_desk(shapes)
    desk.accept_phrase("blue square")
    desk.close()
    again = open_desk()
    again.until(lambda: "unnamed project" in again.message)
    again.window.messages.button.click()
    again.until_picture()
    again.until(lambda: again.project.annotations)


@pytest.mark.parametrize(("has_picture", "told"), [(False, "1 clip"), (True, "1 picture and 1 clip")])
def test_it_is_told_by_its_pictures_and_clips(
    open_desk: Callable[..., Desk], shapes: Path, tmp_path: Path, has_picture: bool, told: str
) -> None:
    clip = write_clip(tmp_path / "clip.mp4", 3)
    open_desk(*([shapes, clip] if has_picture else [clip])).close()
    again = open_desk()
    again.until(lambda: "unnamed project" in again.message)
    assert f"An unnamed project with {told} is still here" in again.message


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the superuser may write anywhere")
def test_a_folder_that_cannot_be_written_is_a_sentence(
    open_desk: Callable[..., Desk], shapes: Path, tmp_path: Path
) -> None:
    closed = tmp_path / "closed"
    closed.mkdir()
    closed.chmod(0o500)
    desk = open_desk(shapes)
    desk.window.desk.save_as(closed / "work.refseg")
    desk.until(lambda: "closed" in desk.message)


def test_edits_that_cannot_be_saved_keep_the_window_open(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, shapes: Path
) -> None:
    from refseg_annotator.errors import StorageError

    def refuse(session: object, *, abandon: bool = False) -> None:
        if not abandon:
            raise StorageError("The disk is full; free some space.")

    asked = []

    def stay(self: object, error: Exception) -> str:
        asked.append(str(error))
        return "stay"

    monkeypatch.setattr(documents, "close_project", refuse)
    monkeypatch.setattr("refseg_annotator.ui.documents.documents_desk.DocumentsDesk._ask_about_loss", stay)
    desk.window.close()
    assert asked == ["The disk is full; free some space."]
    assert desk.window.isVisible()
    monkeypatch.undo()


def test_pictures_of_all_sorts_are_shown(open_desk: Callable[..., Desk], tmp_path: Path) -> None:
    import numpy as np

    Image.fromarray(np.full((20, 30), 40000, np.uint16)).save(tmp_path / "deep.png")
    Image.new("L", (30, 20), 90).save(tmp_path / "grey.png")
    Image.new("CMYK", (30, 20), (10, 20, 30, 40)).save(tmp_path / "print.jpg")
    desk = open_desk(tmp_path / "deep.png", tmp_path / "grey.png", tmp_path / "print.jpg")
    for _ in range(2):
        before = desk.canvas.picture
        desk.letters("d")
        desk.until(lambda before=before: desk.canvas.picture is not before and not desk.canvas.is_waiting)
        assert (desk.canvas.picture.size.width, desk.canvas.picture.size.height) == (30, 20)


def test_the_window_class_is_what_it_says(desk: Desk) -> None:
    assert isinstance(desk.window, MainWindow)
    for widget in (desk.canvas, desk.window.phrase_bar.edit, desk.window.media_list.view):
        assert widget.accessibleName()


@pytest.mark.parametrize("means", ["saved", "left alone"])
def test_a_project_copied_alone_while_it_is_open_has_every_edit(
    open_desk: Callable[..., Desk], shapes: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, means: str
) -> None:
    """By a file manager: the window holds on to the file, and what SQLite keeps beside it is not copied."""
    monkeypatch.setattr(documents_desk, "_REST", 0 if means == "left alone" else 3_600_000)
    desk = open_desk(shapes)
    path, alone = tmp_path / "named.refseg", tmp_path / "alone.refseg"
    desk.save_as(path)
    desk.accept_phrase("the red square")
    desk.until_saved()

    def copied() -> int:
        shutil.copyfile(path, alone)
        with ProjectStore.open(alone) as store:
            return store.count_records()[1]

    if means == "saved":
        assert copied() == 0, "the mask lies in the file by itself"
        desk.window.desk.save()
        desk.until(lambda: desk.message == "All edits are on disk.")
        assert copied() == 1
    else:
        desk.until(lambda: copied() == 1)


def test_saving_says_when_a_copy_would_not_be_whole(
    open_desk: Callable[..., Desk], shapes: Path, tmp_path: Path
) -> None:
    desk = open_desk(shapes)
    path = tmp_path / "named.refseg"
    desk.save_as(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT COUNT(*) FROM media").fetchone()
        desk.accept_phrase("the red square")
        desk.until_saved()
        desk.window.desk.save()
        desk.until(lambda: desk.message.startswith("All edits are on disk, but another program is reading"))
