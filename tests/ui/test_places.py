"""One goes on where one was: on the frame of a clip, and on the picture of a project that is opened again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt

from refseg_annotator import settings
from refseg_annotator.ui import places
from refseg_annotator.ui.window_layout import LAYOUT_FILE
from tests.ui.clips import write_clip
from tests.ui.conftest import Desk, draw_shapes

SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def left(open_desk: Callable[..., Desk], tmp_path: Path) -> Desk:
    """A named project of a picture and a clip, left on frame 12 of the clip."""
    desk = open_desk(draw_shapes(tmp_path / "a.png"), write_clip(tmp_path / "b.mp4", 20))
    desk.save_as(tmp_path / "work.refseg")
    desk.letters("d")
    desk.until(lambda: desk.bridge.medium.frame_count == 20 and not desk.canvas.is_waiting)
    desk.key(Qt.Key.Key_Right, SHIFT)
    desk.key(Qt.Key.Key_Right)
    desk.key(Qt.Key.Key_Right)
    desk.until(lambda: desk.bridge.frame == 12)
    return desk


def test_whoever_comes_back_to_a_clip_is_on_the_frame_of_before(left: Desk) -> None:
    left.letters("a")
    left.until(lambda: left.bridge.frame == 0)
    left.letters("d")
    left.until(lambda: left.bridge.frame == left.window.loader.frame == 12 and not left.canvas.is_waiting)


def test_a_project_opened_again_is_where_it_was_left(
    left: Desk, open_desk: Callable[..., Desk], tmp_path: Path
) -> None:
    was = left.bridge.medium_id
    left.close()
    again = open_desk(tmp_path / "work.refseg")
    again.until(lambda: (again.bridge.medium_id, again.window.loader.frame) == (was, 12))
    # Another project, and back: that counts as leaving as well.
    again.letters("a")
    again.until(lambda: again.bridge.medium_id != was)
    first = again.bridge.medium_id
    again.window.actions_["new_project"].trigger()
    again.until(lambda: again.bridge.medium_id is None)
    again.window.desk.open_project(tmp_path / "work.refseg")
    again.until(lambda: again.bridge.medium_id == first)


@pytest.mark.parametrize("row", ["", "x", "2\tx\t{path}", "999\t3\t{path}", "-1\t0\t{path}", "2\t999\t{path}"])
def test_a_place_that_is_no_more_is_no_fault(
    left: Desk, open_desk: Callable[..., Desk], tmp_path: Path, row: str
) -> None:
    path = tmp_path / "work.refseg"
    left.close()
    store = QSettings(str(settings.config_folder() / LAYOUT_FILE), QSettings.Format.IniFormat)
    store.setValue("places", [row.format(path=path)])
    store.sync()
    again = open_desk(path)
    again.until(lambda: len(again.project.media) == 2)
    assert again.bridge.medium_id in again.project.media
    assert 0 <= again.bridge.frame < max(again.bridge.medium.frame_count, 1)


def test_only_so_many_projects_are_remembered(left: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(places, "KEPT_PROJECTS", 2)
    for name in "cde":
        left.save_as(tmp_path / f"{name}.refseg")
        left.bridge.places.keep(left.bridge.session, left.bridge.medium_id, 3)
    assert [Path(path).stem for path, *_ in places._kept()] == ["e", "d"]
