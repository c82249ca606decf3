"""A dropped folder stays photos; one that looks like a clip is offered as one, and the menu opens it so at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtWidgets import QFileDialog

from refseg_annotator.core.annotation import MediumKind
from tests.ui.conftest import Desk

COUNT = 9


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "walk"
    made.mkdir()
    for number in range(COUNT):
        Image.new("RGB", (24, 16), (number * 20, 40, 90)).save(made / f"{number:05d}.png")
    return made


def kinds(desk: Desk) -> list[MediumKind]:
    return [medium.kind for medium in desk.project.media.values()]


def test_a_folder_of_frames_is_added_as_photos_and_offered_as_a_clip(
    open_desk: Callable[..., Desk], folder: Path
) -> None:
    desk = open_desk()
    desk.window.desk.open_paths([folder])
    desk.until(lambda: "like the frames of a clip" in desk.message)
    assert kinds(desk) == [MediumKind.IMAGE] * COUNT
    desk.window.messages.button.click()
    assert kinds(desk) == [MediumKind.VIDEO]
    desk.until_picture()
    assert desk.bridge.medium.frame_count == COUNT
    assert "one clip of 9 frames" in desk.message
    desk.window.messages.button.click()
    assert kinds(desk) == [MediumKind.IMAGE] * COUNT, "undo brings the photos back"


def test_the_offer_holds_for_the_folder_opened_last(open_desk: Callable[..., Desk], folder: Path, shapes: Path) -> None:
    desk = open_desk()
    desk.window.actions_["as_one_clip"].trigger()
    assert "no folder that was opened as photos" in desk.message
    desk.window.desk.open_paths([folder])
    desk.until(lambda: "like the frames of a clip" in desk.message)
    desk.window.desk.open_paths([shapes])
    desk.until(lambda: len(desk.project.media) == COUNT + 1)
    desk.window.actions_["as_one_clip"].trigger()
    assert "no folder that was opened as photos" in desk.message
    assert MediumKind.VIDEO not in kinds(desk)


def test_the_menu_opens_a_folder_as_one_clip(
    open_desk: Callable[..., Desk], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = open_desk()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    desk.window.actions_["open_frames"].trigger()
    desk.until(lambda: kinds(desk) == [MediumKind.VIDEO])
    desk.until_picture()
    assert desk.bridge.medium.frame_count == COUNT


def test_what_is_no_clip_is_said(open_desk: Callable[..., Desk], tmp_path: Path, shapes: Path) -> None:
    desk = open_desk()
    desk.window.desk.folders.open([shapes.parent])
    desk.until(lambda: "no numbered frame" in desk.message)
    assert not desk.project.media


def test_folders_named_on_the_command_line_are_clips(open_desk: Callable[..., Desk], folder: Path) -> None:
    desk = open_desk()
    desk.window.start([], clips=[folder])
    desk.until(lambda: kinds(desk) == [MediumKind.VIDEO])
