"""The timeline in the real window: the place, keys, playing, scrubbing, the field, and a clip of 54,000 frames."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Any

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from refseg_annotator.core.annotation import FrameSpan, ReferentId
from refseg_annotator.services import annotate
from refseg_annotator.services.frames import Frames
from refseg_annotator.services.propagate_proposal import PropagationPhase
from refseg_annotator.ui.clip.propagation_dialog import PropagationDialog
from refseg_annotator.ui.clip.timeline_sheet import GUTTER, ROW, RULER, THUMBNAILS
from refseg_annotator.ui.clip.timeline_strips import TimelineStrips
from refseg_annotator.ui.clip.timeline_tracks import Mark
from tests.ui.clips import MadeClip, draw_frame, number_of, write_clip, write_varying_clip
from tests.ui.conftest import Desk

PATIENCE = 60_000
SHIFT = Qt.KeyboardModifier.ShiftModifier


def shown_number(desk: Desk) -> int:
    """The number that the picture on the canvas carries."""
    return number_of(desk.canvas.picture.array)


def until_frame(desk: Desk, frame: int) -> None:
    desk.until(lambda: desk.bridge.frame == desk.window.loader.frame == frame and not desk.canvas.is_waiting, PATIENCE)
    assert shown_number(desk) == frame


@pytest.fixture
def clip(open_desk: Callable[..., Desk], tmp_path: Path) -> Desk:
    """A window with a clip of 40 frames at 10 a second."""
    desk = open_desk(write_clip(tmp_path / "clip.mp4"))
    until_frame(desk, 0)
    return desk


@pytest.fixture
def made(open_desk: Callable[..., Desk], tmp_path: Path) -> Callable[..., tuple[Desk, MadeClip]]:
    """A window with a clip that is drawn, not decoded."""

    def make(frames: int, source: type[MadeClip] = MadeClip, **arguments: Any) -> tuple[Desk, MadeClip]:
        path = write_clip(tmp_path / "made.mp4", 2)
        desk = open_desk(**arguments)
        clip = source(path, frames)
        desk.bridge.session.frames._open_source = lambda _path: clip
        desk.window.timeline.thumbnails._open_source = lambda _path: MadeClip(path, frames)
        desk.window.desk.open_paths([path])
        desk.until_picture()
        desk.until(lambda: desk.bridge.medium.frame_count == frames, PATIENCE)
        return desk, clip

    return make


def y_of(strips: TimelineStrips, row: int) -> int:
    """The middle of a strip, in pixels of the viewport."""
    return RULER + THUMBNAILS + row * ROW + ROW // 2 - strips.verticalScrollBar().value()


def at(desk: Desk, frame: int, row: int | None = None) -> QPoint:
    strips = desk.window.timeline.strips
    return QPoint(strips.x_of(frame), RULER // 2 if row is None else y_of(strips, row))


def drag_on(desk: Desk, place: QPoint) -> None:
    """Move with the left button down over the strips."""
    view = desk.window.timeline.strips.viewport()
    event = QMouseEvent(
        QEvent.Type.MouseMove,
        QPointF(place),
        QPointF(view.mapToGlobal(place)),
        Qt.MouseButton.NoButton,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(view, event)


# --- coming and going ------------------------------------------------------------------------------------------------


def test_a_clip_has_a_timeline_and_a_picture_has_none(clip: Desk, shapes: Path) -> None:
    dock = clip.window.timeline_dock
    assert dock.isVisible()
    clip.window.desk.open_paths([shapes])
    clip.until(lambda: not dock.isVisible())
    clip.until_picture()
    assert not clip.window.actions_["play"].isEnabled()
    clip.letters("a")
    clip.until(dock.isVisible)
    clip.key(Qt.Key.Key_F9)
    assert not dock.isVisible()
    clip.key(Qt.Key.Key_F9)
    assert dock.isVisible()


def test_who_hides_the_timeline_finds_it_hidden_again(
    open_desk: Callable[..., Desk], tmp_path: Path, shapes: Path
) -> None:
    path = write_clip(tmp_path / "clip.mp4", 5)
    first = open_desk(path)
    first.key(Qt.Key.Key_F9)
    first.close()
    second = open_desk(path)
    assert not second.window.timeline_dock.isVisible()
    assert not second.window.actions_["show_timeline"].isChecked()


# --- stepping --------------------------------------------------------------------------------------------------------


def test_whoever_has_clicked_on_a_clip_in_the_list_steps_through_it_and_plays_it(clip: Desk) -> None:
    view = clip.window.media_list.view
    view.setFocus()
    assert view.hasFocus()
    for key, modifiers, frame in (
        (Qt.Key.Key_Right, Qt.KeyboardModifier.NoModifier, 1),
        (Qt.Key.Key_Right, SHIFT, 11),
        (Qt.Key.Key_Left, Qt.KeyboardModifier.NoModifier, 10),
    ):
        QTest.keyClick(view, key, modifiers)
        until_frame(clip, frame)
    QTest.keyClick(view, Qt.Key.Key_Space)
    assert clip.window.timeline.player.is_playing
    QTest.keyClick(view, Qt.Key.Key_Space)
    assert not clip.window.timeline.player.is_playing


def test_the_arrows_of_the_tree_of_referents_are_its_own(clip: Desk) -> None:
    clip.accept_phrase("blue square")
    tree = clip.window.referent_panel.tree
    tree.setFocus()
    tree.setCurrentIndex(tree.model().index(0, 0))
    tree.expandAll()
    QTest.keyClick(tree, Qt.Key.Key_Left)
    assert not tree.isExpanded(tree.model().index(0, 0))
    assert clip.bridge.frame == 0


def test_keys_step_through_the_clip(clip: Desk) -> None:
    walk = [
        (Qt.Key.Key_Right, Qt.KeyboardModifier.NoModifier, 1),
        (Qt.Key.Key_Right, SHIFT, 11),
        (Qt.Key.Key_Left, Qt.KeyboardModifier.NoModifier, 10),
        (Qt.Key.Key_End, Qt.KeyboardModifier.NoModifier, 39),
        (Qt.Key.Key_Right, Qt.KeyboardModifier.NoModifier, 39),
        (Qt.Key.Key_Left, SHIFT, 29),
        (Qt.Key.Key_Home, Qt.KeyboardModifier.NoModifier, 0),
        (Qt.Key.Key_Left, Qt.KeyboardModifier.NoModifier, 0),
    ]
    for key, modifiers, frame in walk:
        clip.key(key, modifiers)
        until_frame(clip, frame)
        assert clip.window.timeline.field.text() == str(frame)


def test_the_field_takes_numbers_and_times(clip: Desk) -> None:
    field = clip.window.timeline.field
    for typed, frame in (("25", 25), ("0:01.5", 15), ("0", 0)):
        field.setFocus()
        field.selectAll()
        QTest.keyClicks(field, typed)
        QTest.keyClick(field, Qt.Key.Key_Return)
        until_frame(clip, frame)
        assert clip.canvas.hasFocus()
    for wrong, said in (("40", "ends with frame 39"), ("soon", "neither a frame nor a time")):
        field.setFocus()
        field.selectAll()
        QTest.keyClicks(field, wrong)
        QTest.keyClick(field, Qt.Key.Key_Return)
        assert said in clip.message
        assert clip.bridge.frame == 0
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == "0"


def test_letters_in_the_field_are_no_keys(clip: Desk) -> None:
    field = clip.window.timeline.field
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "fko")
    assert field.text() == "fko"
    assert not clip.bridge.propagation.state.is_busy


# --- scrubbing -------------------------------------------------------------------------------------------------------


class SlowClip(MadeClip):
    """Waits before each frame but the first until it is let go."""

    def __init__(self, path: Path, frame_count: int) -> None:
        super().__init__(path, frame_count)
        self.go = Event()

    def read(self, frame: int) -> np.ndarray:
        if frame:
            assert self.go.wait(60)
        return super().read(frame)


def test_of_frames_scrubbed_past_the_latest_wins(made: Callable[..., tuple[Desk, Any]]) -> None:
    desk, clip = made(1000, SlowClip)
    view = desk.window.timeline.strips.viewport()
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=at(desk, 100))
    first = desk.bridge.frame
    for frame in range(120, 900, 20):
        drag_on(desk, at(desk, frame))
    last = desk.bridge.frame
    assert abs(last - 880) <= 2
    # The window goes on while nothing is decoded, and shows what it has.
    assert shown_number(desk) == 0
    assert desk.canvas.is_waiting
    clip.go.set()
    until_frame(desk, last)
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=at(desk, last))
    assert clip.asked == [0, first, last]


def test_masks_are_those_of_the_picture_not_of_the_playhead(made: Callable[..., tuple[Desk, Any]]) -> None:
    desk, clip = made(100, SlowClip)
    desk.letters("b")
    desk.drag((30, 50), (40, 50))
    assert desk.canvas.scene.selected is not None
    desk.key(Qt.Key.Key_End)
    desk.bridge.set_look(desk.bridge.look)
    desk.window._draw_scene()
    assert desk.canvas.scene.selected is not None
    clip.go.set()
    until_frame(desk, 99)
    assert desk.canvas.scene.selected is None


def test_a_click_on_a_strip_goes_there_and_selects(clip: Desk) -> None:
    one = annotate.new_referent(clip.bridge.session, clip.bridge.medium_id)
    two = annotate.new_referent(clip.bridge.session, clip.bridge.medium_id)
    clip.bridge.select(one)
    view = clip.window.timeline.strips.viewport()
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=at(clip, 17, row=1))
    until_frame(clip, 17)
    assert clip.bridge.referent_id == two
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(GUTTER // 2, y_of(clip.window.timeline.strips, 0)))
    assert (clip.bridge.referent_id, clip.bridge.frame) == (one, 17)


# --- playing ---------------------------------------------------------------------------------------------------------


class Clock:
    """Seconds that pass when told."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_after_a_click_on_a_strip_keys_are_those_of_the_picture(clip: Desk) -> None:
    session, medium_id = clip.bridge.session, clip.bridge.medium_id
    first, second = (annotate.new_referent(session, medium_id) for _ in range(2))
    strips = clip.window.timeline.strips
    clip.window.phrase_bar.focus()
    QTest.mouseClick(
        strips.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(GUTTER // 2, RULER + THUMBNAILS + ROW // 2)
    )
    assert clip.bridge.referent_id == first
    assert clip.focus is clip.canvas
    clip.key(Qt.Key.Key_Tab)
    assert clip.bridge.referent_id == second
    assert clip.focus is clip.canvas


def test_playing_shows_true_numbers_at_the_clips_rate_and_drops_what_is_late(clip: Desk) -> None:
    player, clock = clip.window.timeline.player, Clock()
    player.clock = clock
    pairs: list[tuple[int, int]] = []
    clip.window.loader.arrived.connect(
        lambda picture: pairs.append((clip.window.loader.frame, number_of(picture.array)))
    )
    clip.key(Qt.Key.Key_Space)
    assert player.is_playing
    for later, frame in ((0.1, 1), (0.25, 2), (1.0, 10), (1.19, 11)):
        clock.now = 100.0 + later
        until_frame(clip, frame)
        assert clip.window.timeline.field.text() == str(frame)
    clock.now = 200.0
    until_frame(clip, 39)
    clip.until(lambda: not player.is_playing)
    assert [frame for frame, _ in pairs] == [1, 2, 10, 11, 39]
    assert all(frame == number for frame, number in pairs)
    # No loop: at the end it stays, and begins anew when asked.
    clip.key(Qt.Key.Key_Space)
    assert player.is_playing
    until_frame(clip, 0)
    clip.key(Qt.Key.Key_Space)
    assert not player.is_playing


def test_a_frame_is_asked_for_only_when_the_one_before_is_there(made: Callable[..., tuple[Desk, Any]]) -> None:
    desk, clip = made(300, SlowClip)
    player, clock = desk.window.timeline.player, Clock()
    player.clock = clock
    desk.key(Qt.Key.Key_Space)
    clock.now += 10 / 30
    desk.until(lambda: desk.bridge.frame == 10, PATIENCE)
    clock.now += 50 / 30
    player.tick()
    player.tick()
    assert desk.bridge.frame == 10
    clip.go.set()
    until_frame(desk, 60)
    desk.key(Qt.Key.Key_Space)
    assert clip.asked == [0, 10, 60]


# --- a rate that varies ----------------------------------------------------------------------------------------------

# Frame 3 rests for two seconds, as a screen recording does; the mean rate would show 0:01.33 for frame 4.
STAMPS = (0, 100, 200, 300, 2300, 2340, 2380, 3000)


@pytest.fixture
def varying(open_desk: Callable[..., Desk], tmp_path: Path) -> Desk:
    desk = open_desk(write_varying_clip(tmp_path / "varying.mkv", STAMPS))
    desk.until(lambda: desk.bridge.medium.frame_count == len(STAMPS), PATIENCE)
    return desk


def test_times_shown_are_the_clips_own_where_its_rate_varies(varying: Desk) -> None:
    timeline, bridge = varying.window.timeline, varying.bridge
    bridge.show(bridge.medium_id, 4)
    until_frame(varying, 4)
    assert timeline.time.text() == "0:02.30 / 0:03.00"
    assert "on average" in timeline.time.toolTip()
    assert "0:02.38" in timeline.strips.words_at(at(varying, 6))
    dialog = PropagationDialog(bridge, FrameSpan(1, 4), lambda *_: False, varying.window)
    assert "0:00.10" in dialog._extent.text()
    assert "0:02.30" in dialog._extent.text()
    dialog.deleteLater()
    timeline.field.setFocus()
    timeline.field.selectAll()
    varying.letters("0:02.36")
    varying.key(Qt.Key.Key_Return)
    assert bridge.frame in (5, 6)
    timeline.field.setFocus()
    timeline.field.selectAll()
    varying.letters("0:02.9")
    varying.key(Qt.Key.Key_Return)
    assert bridge.frame == 7


def test_times_of_a_clip_not_yet_read_are_not_told_as_exact_ones(
    open_desk: Callable[..., Desk], tmp_path: Path, varying: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, go, read = tmp_path / "kept.refseg", Event(), Frames.read
    varying.save_as(path)
    varying.close()

    def held(frames: Frames, file: Path, frame: int) -> np.ndarray:
        assert go.wait(60)
        return read(frames, file, frame)

    monkeypatch.setattr(Frames, "read", held)
    desk = open_desk()
    timeline = desk.window.timeline
    desk.window.desk.open_project(path)
    desk.until(lambda: timeline.isVisible() and desk.bridge.session.path == path, PATIENCE)
    try:
        assert timeline.time.text() == "≈0:00 / ≈0:03"
        assert "once the clip is open" in timeline.time.toolTip()
        assert "≈0:03" in timeline.strips.words_at(at(desk, 6))
        before = timeline.strips.viewport().grab(QRect(GUTTER, 0, 400, RULER)).toImage()
        timeline.field.setFocus()
        timeline.field.selectAll()
        desk.letters("0:02.3")
        desk.key(Qt.Key.Key_Return)
        assert "not open yet" in desk.message
        assert desk.bridge.frame == 0
    finally:
        go.set()
    timeline.field.clearFocus()
    until_frame(desk, 0)
    assert timeline.time.text() == "0:00.00 / 0:03.00"
    assert "0:02.38" in timeline.strips.words_at(at(desk, 6))
    after = timeline.strips.viewport().grab(QRect(GUTTER, 0, 400, RULER)).toImage()
    assert before != after, "the ruler shows the former times"


def test_each_frame_is_played_for_its_own_time(varying: Desk) -> None:
    player, clock = varying.window.timeline.player, Clock()
    player.clock = clock
    varying.key(Qt.Key.Key_Space)
    for later, frame in ((0.05, 0), (0.1, 1), (0.31, 3), (2.29, 3), (2.3, 4), (2.345, 5)):
        clock.now = 100.0 + later
        player.tick()
        until_frame(varying, frame)
        assert varying.bridge.frame == frame
        assert player.is_playing
    clock.now = 103.0
    until_frame(varying, 7)
    varying.until(lambda: not player.is_playing)
    # From within: counted from when this frame is shown.
    varying.bridge.show(varying.bridge.medium_id, 3)
    until_frame(varying, 3)
    clock.now = 200.0
    varying.key(Qt.Key.Key_Space)
    clock.now = 201.99
    player.tick()
    assert varying.bridge.frame == 3
    clock.now = 202.0
    until_frame(varying, 4)
    varying.key(Qt.Key.Key_Space)


def test_a_clip_opened_again_with_its_project_shows_its_own_times(
    varying: Desk, open_desk: Callable[..., Desk], tmp_path: Path
) -> None:
    varying.save_as(tmp_path / "work.refseg")
    varying.close()
    again = open_desk(tmp_path / "work.refseg")
    assert again.window.timeline.time.text() == "0:00.00 / 0:03.00"
    assert "on average" in again.window.timeline.time.toolTip()


def test_a_steady_clip_and_a_folder_of_frames_are_told_by_their_rate(clip: Desk) -> None:
    bridge = clip.bridge
    assert bridge.session.times_of(bridge.medium_id).is_steady
    assert clip.window.timeline.time.text() == "0:00.00 / 0:03.90"
    assert clip.window.timeline.time.toolTip() == "10 frames a second"


def test_space_taps_play_and_drags_pan(clip: Desk) -> None:
    view = clip.canvas._view
    QTest.keyPress(clip.canvas, Qt.Key.Key_Space)
    clip.press(50, 50)
    clip.drag_to(70, 60)
    clip.release(70, 60)
    QTest.keyRelease(clip.canvas, Qt.Key.Key_Space)
    assert clip.canvas._view != view
    assert not clip.window.timeline.player.is_playing
    clip.key(Qt.Key.Key_Space)
    assert clip.window.timeline.player.is_playing
    clip.letters("b")
    clip.press(30, 50)
    assert not clip.window.timeline.player.is_playing
    clip.release(30, 50)


def test_a_picture_is_panned_with_space_and_never_played(desk: Desk) -> None:
    desk.key(Qt.Key.Key_Space)
    assert not desk.window.timeline.player.is_playing


# --- frames and their masks ------------------------------------------------------------------------------------------


def test_painting_belongs_to_its_frame_and_undo_goes_there(clip: Desk) -> None:
    clip.key(Qt.Key.Key_Right, SHIFT)
    until_frame(clip, 10)
    clip.letters("b")
    clip.drag((40, 50), (50, 50))
    (key,) = clip.project.annotations
    assert key[1] == 10
    assert clip.project.annotations[key].keyframe
    assert clip.canvas.scene.selected is not None
    clip.key(Qt.Key.Key_End)
    until_frame(clip, 39)
    assert clip.canvas.scene.selected is None
    clip.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    until_frame(clip, 10)
    assert not clip.project.annotations
    clip.key(Qt.Key.Key_Home)
    until_frame(clip, 0)
    clip.key(Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    until_frame(clip, 10)
    assert clip.canvas.scene.selected is not None or clip.canvas.scene.resting


def test_a_phrase_is_for_the_frame_on_show(clip: Desk) -> None:
    clip.key(Qt.Key.Key_Right, SHIFT)
    until_frame(clip, 10)
    clip.accept_phrase("the red square")
    clip.until(lambda: clip.project.annotations)
    (key,) = clip.project.annotations
    assert key[1] == 10
    mask = clip.mask(key[0], 10)
    assert mask[50, 40]
    assert not mask[50, 10]


def test_keys_settle_and_mark_absent(clip: Desk) -> None:
    clip.letters("b")
    clip.drag((20, 50), (22, 50))
    (referent,) = clip.project.referents
    clip.letters("v")
    clip.letters("k")
    assert not clip.project.annotations[(referent, 0)].keyframe
    clip.letters("k")
    assert clip.project.annotations[(referent, 0)].keyframe
    clip.key(Qt.Key.Key_Right)
    until_frame(clip, 1)
    clip.letters("k")
    assert "no mask on this frame" in clip.message
    clip.letters("o")
    absent = clip.project.annotations[(referent, 1)]
    assert absent.keyframe
    assert absent.is_absent
    clip.key(Qt.Key.Key_End)
    clip.letters(",")
    until_frame(clip, 1)
    clip.letters(",")
    until_frame(clip, 0)
    clip.letters(",")
    assert "no keyframe before" in clip.message
    clip.letters(".")
    until_frame(clip, 1)


def test_without_a_selection_the_person_is_asked_for_one(clip: Desk) -> None:
    for _ in range(2):
        annotate.new_referent(clip.bridge.session, clip.bridge.medium_id)
    clip.bridge.select(None)
    clip.letters("o")
    assert "Select the referent to mark as absent" in clip.message
    clip.letters("k")
    assert "Select the referent to settle" in clip.message
    assert not clip.project.annotations


def test_a_clip_whose_frames_became_fewer_or_more_is_told_of_where_it_has_masks(
    open_desk: Callable[..., Desk], tmp_path: Path
) -> None:
    folder = tmp_path / "frames"
    folder.mkdir()
    for number in range(12):
        Image.fromarray(draw_frame(number)).save(folder / f"{number:05d}.png")
    desk = open_desk()
    desk.window.desk.folders.open([folder])
    desk.until_picture()
    referent = annotate.new_referent(desk.bridge.session, desk.bridge.medium_id)
    annotate.mark_absent(desk.bridge.session, referent, 8)
    project = tmp_path / "clip.refseg"
    desk.save_as(project)
    desk.close()
    (folder / "00003.png").unlink()
    again = open_desk(project)
    again.until(lambda: "11 frames now, and had 12" in again.message, PATIENCE)
    assert not again.canvas.is_waiting
    assert again.bridge.medium.frame_count == 11
    again.close()
    for number in (4, 5, 6):
        (folder / f"{number:05d}.png").unlink()
    last = open_desk()
    last.window.desk.open_paths([project])
    last.until(lambda: "reaches up to frame 8" in last.message, PATIENCE)
    assert last.bridge.medium.frame_count == 11


# --- 54,000 frames ---------------------------------------------------------------------------------------------------


def fill(desk: Desk, referent: ReferentId) -> None:
    """Something on every frame: mostly propagated, some settled, some doubtful, some absent, some on offer.

    Written into the track itself: 54,000 edits would take longer than all other tests of the window.
    """
    tracks = desk.window.timeline.tracks
    track = tracks.of(referent)
    frames = np.arange(tracks.frame_count)
    track.marks[:] = Mark.PROPAGATED
    track.marks[frames % 7 == 3] = Mark.DOUBTFUL
    track.marks[frames % 11 == 5] = Mark.ABSENT
    track.marks[frames % 500 == 0] = Mark.SETTLED
    track.offered[frames % 13 == 4] = Mark.PROPAGATED
    track.drift[frames % 7 == 3] = 0.9
    tracks.changed.emit()


def test_a_clip_of_54000_frames_is_painted_by_the_pixel(made: Callable[..., tuple[Desk, Any]]) -> None:
    frames = 54_000
    desk, clip = made(frames)
    referent = annotate.new_referent(desk.bridge.session, desk.bridge.medium_id)
    fill(desk, referent)
    strips, tracks = desk.window.timeline.strips, desk.window.timeline.tracks
    strips.viewport().repaint()
    width = strips.scale.width
    assert strips.work.rows == 1
    assert strips.work.cells == frames
    assert width / 20 < strips.work.drawn <= 3 * width
    # Nearer, only what is in sight is looked at.
    before = tracks.looked_at
    desk.bridge.show(desk.bridge.medium_id, 27_000)
    wheel(desk, at(desk, 27_000), 40 * 120)
    strips.viewport().repaint()
    assert strips.work.cells <= width
    assert 27_000 in strips.scale.visible
    # Another frame in sight moves the playhead; the strips stay as they were painted.
    painted = strips.work
    desk.bridge.show(desk.bridge.medium_id, 27_002)
    strips.viewport().repaint()
    assert strips.work is painted
    # Nothing was read anew for all that, and one change costs one cell.
    assert tracks.looked_at == before
    annotate.mark_absent(desk.bridge.session, referent, 27_001)
    assert tracks.looked_at == before + 1
    assert tracks.of(referent).marks[27_001] == Mark.SETTLED_ABSENT
    # Thumbnails: no more than are in sight.
    assert len(set(clip.asked)) <= 4


def wheel(
    desk: Desk, place: QPoint, turn: int, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    view = desk.window.timeline.strips.viewport()
    event = QWheelEvent(
        QPointF(place),
        QPointF(view.mapToGlobal(place)),
        QPoint(),
        QPoint(0, turn),
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view, event)


def test_the_wheel_zooms_to_the_pointer_and_shift_scrolls(made: Callable[..., tuple[Desk, Any]]) -> None:
    desk, _ = made(2000)
    strips = desk.window.timeline.strips
    assert strips.scale.is_fitting
    place = at(desk, 1000)
    wheel(desk, place, 5 * 120)
    assert not strips.scale.is_fitting
    assert abs(strips.scale.frame_at(place.x() - GUTTER) - 1000) <= 2
    first = strips.scale.first
    wheel(desk, place, -120, SHIFT)
    assert strips.scale.first > first
    desk.window.timeline.strips.fit()
    assert strips.scale.is_fitting


def test_the_playhead_stays_in_sight(made: Callable[..., tuple[Desk, Any]]) -> None:
    desk, _ = made(5000)
    strips = desk.window.timeline.strips
    wheel(desk, at(desk, 0), 30 * 120)
    assert 4000 not in strips.scale.visible
    desk.bridge.show(desk.bridge.medium_id, 4000)
    assert 4000 in strips.scale.visible
    desk.key(Qt.Key.Key_Home)
    assert 0 in strips.scale.visible


def test_thumbnails_are_read_away_from_the_window_and_within_a_bound(made: Callable[..., tuple[Desk, Any]]) -> None:
    desk, clip = made(54_000)
    thumbnails, strips = desk.window.timeline.thumbnails, desk.window.timeline.strips
    desk.until(lambda: thumbnails.peek(0) is not None and not thumbnails._wanted and thumbnails._job is None, PATIENCE)
    strips.viewport().repaint()
    assert len(thumbnails._kept) <= strips.viewport().width() / 12
    assert clip.asked == [0]


def test_the_tool_tip_says_what_a_frame_is(clip: Desk) -> None:
    clip.letters("b")
    clip.drag((20, 50), (22, 50))
    strips = clip.window.timeline.strips
    words = strips.words_at(at(clip, 0, row=0))
    assert "Frame 0, 0:00.00" in words
    assert "settled" in words
    assert "no mask yet" in strips.words_at(at(clip, 20, row=0))
    legend = strips.words_at(QPoint(10, RULER // 2))
    assert all(word in legend for word in ("settled by a person", "propagated", "doubtful", "absent"))


def test_the_phase_begins_idle(clip: Desk) -> None:
    assert clip.bridge.propagation.state.phase is PropagationPhase.IDLE
    assert not clip.window.timeline.bar.isVisible()


def test_no_time_of_the_ruler_is_cut_at_the_windows_edge(open_desk: Callable[..., Desk], tmp_path: Path) -> None:
    desk = open_desk(write_clip(tmp_path / "clip.mp4", 15))
    desk.until(lambda: desk.bridge.medium.frame_count == 15, PATIENCE)
    strips, plain = desk.window.timeline.strips, desk.window.theme.colour("window").rgb()
    cut = []
    for width in range(1024, 1120, 6):
        desk.window.resize(width, 700)
        desk.until(lambda width=width: desk.window.width() == width)
        view = strips.viewport()
        # Above the marks, of which one may stand at the very edge.
        edge = view.grab(QRect(view.width() - 1, 2, 1, RULER - 14)).toImage()
        cut += [width for y in range(edge.height()) if edge.pixel(0, y) != plain]
    assert cut == []
