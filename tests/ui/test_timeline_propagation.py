"""Propagation in the real window: keys, barriers, ranges, stopping, accepting, undo, corrections, doubtful frames."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event, Semaphore
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from refseg_annotator.core.annotation import Origin, ReferentId
from refseg_annotator.core.edits import PutMedium
from refseg_annotator.core.geometry import Size
from refseg_annotator.core.mask import Mask
from refseg_annotator.inference.flow_predictor import FlowWarp
from refseg_annotator.inference.video_predictor import FakeClipMemory, FakeVideoPredictor, always
from refseg_annotator.services import annotate
from refseg_annotator.services.documents import new_project
from refseg_annotator.services.job import Progress
from refseg_annotator.services.propagate_proposal import PropagationPhase, PropagationState
from refseg_annotator.services.session import Session
from refseg_annotator.settings import Settings
from refseg_annotator.ui.clip.propagation_bar import FLOW_SENTENCE, words_of
from refseg_annotator.ui.clip.propagation_dialog import PropagationDialog
from refseg_annotator.ui.clip.timeline_tracks import Mark
from refseg_annotator.ui.panels.referent_model import referent_title
from tests.media.clips import RECIPES, damage_packets, make_clip
from tests.ui.clips import HEIGHT, WIDTH, draw_frame, write_clip
from tests.ui.conftest import Desk

PATIENCE = 60_000
FRAMES = 24
SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier
RED, BLUE = (220, 40, 40), (40, 70, 220)


def true_mask(frame: int, colour: tuple[int, int, int]) -> Mask:
    """Where a square is on a frame."""
    return Mask.from_array((draw_frame(frame) == colour).all(axis=-1))


def overlap(mask: Mask, truth: Mask) -> float:
    return mask.intersection_area(truth) / max(mask.union(truth).area, 1)


@pytest.fixture
def clip(open_desk: Callable[..., Desk], tmp_path: Path) -> Desk:
    return opened(open_desk, tmp_path)


def opened(open_desk: Callable[..., Desk], tmp_path: Path, **arguments: Any) -> Desk:
    desk = open_desk(write_clip(tmp_path / "clip.mp4", FRAMES), **arguments)
    desk.until(lambda: desk.bridge.medium.frame_count == FRAMES, PATIENCE)
    return desk


def give(desk: Desk, colour: tuple[int, int, int], frame: int = 0, into: ReferentId | None = None) -> ReferentId:
    """Settle the mask of a square on a frame."""
    session = desk.bridge.session
    referent = into if into is not None else annotate.new_referent(session, desk.bridge.medium_id)
    annotate.set_mask(session, referent, frame, true_mask(frame, colour))
    return referent


def go(desk: Desk, frame: int) -> None:
    desk.bridge.show(desk.bridge.medium_id, frame)
    desk.until(lambda: desk.window.loader.frame == frame and not desk.canvas.is_waiting, PATIENCE)


def until_offer(desk: Desk) -> None:
    desk.until(lambda: desk.bridge.propagation.state.phase is PropagationPhase.PROPOSAL, PATIENCE)


def offered_frames(desk: Desk) -> list[int]:
    return desk.bridge.propagation.proposal.frames


def shown_marks(desk: Desk, referent: ReferentId) -> list[Mark]:
    track = desk.window.timeline.tracks.of(referent)
    return [Mark(int(mark)) for mark in track.shown(slice(None))]


def open_copy(desk: Desk) -> Session:
    """Another project with the same clip."""
    bridge = desk.bridge
    session = new_project(None, runner=bridge.runner, media=bridge.session.media)
    session.commit(PutMedium(bridge.medium))
    return session


# --- carrying, accepting, undo ---------------------------------------------------------------------------------------


def test_taken_back_where_it_began_one_stays_there_and_f_offers_the_same_again(clip: Desk) -> None:
    give(clip, RED)
    for _ in range(2):
        clip.letters("f")
        until_offer(clip)
        assert offered_frames(clip) == list(range(1, FRAMES))
        clip.canvas.setFocus()
        clip.key(Qt.Key.Key_Return)
        clip.key(Qt.Key.Key_Z, CTRL)
        assert clip.bridge.frame == 0
        assert len(clip.project.annotations) == 1
    # A single frame's change is gone to all the same.
    red = give(clip, RED, frame=1, into=next(iter(clip.project.referents)))
    go(clip, 0)
    clip.bridge.undo()
    assert (clip.bridge.frame, (red, 1) in clip.project.annotations) == (1, False)


def test_f_carries_on_enter_accepts_and_one_undo_takes_it_back(clip: Desk) -> None:
    red = give(clip, RED)
    clip.letters("f")
    until_offer(clip)
    assert offered_frames(clip) == list(range(1, FRAMES))
    assert len(clip.project.annotations) == 1
    steps = clip.bridge.session.history.state_number
    assert clip.window.timeline.bar.isVisible()
    clip.canvas.setFocus()
    clip.key(Qt.Key.Key_Return)
    assert len(clip.project.annotations) == FRAMES
    assert clip.bridge.session.history.state_number == steps + 1
    for frame in (1, FRAMES // 2, FRAMES - 1):
        annotation = clip.project.annotations[(red, frame)]
        assert overlap(annotation.mask, true_mask(frame, RED)) > 0.9
        assert annotation.provenance.origin is Origin.PROPAGATED
        assert not annotation.keyframe
    assert not clip.window.timeline.bar.isVisible()
    go(clip, 5)
    clip.key(Qt.Key.Key_Z, CTRL)
    assert set(clip.project.annotations) == {(red, 0)}
    # One sees at once that it is gone: no need to go anywhere, and the canvas shows it.
    assert clip.bridge.frame == 5
    assert not clip.canvas.scene.resting
    clip.key(Qt.Key.Key_Y, CTRL)
    assert len(clip.project.annotations) == FRAMES
    assert clip.canvas.scene.resting or clip.canvas.scene.selected


def test_enter_in_a_field_decides_nothing_about_an_offer(clip: Desk) -> None:
    red = give(clip, RED)
    clip.bridge.select(red)
    clip.letters("f")
    until_offer(clip)
    field = clip.window.timeline.field
    field.setFocus()
    field.selectAll()
    clip.letters("7")
    clip.key(Qt.Key.Key_Return)
    assert clip.bridge.frame == 7
    assert len(clip.project.annotations) == 1
    clip.until(lambda: clip.window.loader.frame == 7 and not clip.canvas.is_waiting, PATIENCE)
    name = clip.window.referent_panel.properties.name
    name.setFocus()
    clip.letters("car")
    clip.key(Qt.Key.Key_Return)
    assert [one.name for one in clip.project.referents.values()] == ["car"]
    assert len(clip.project.annotations) == 1
    clip.canvas.setFocus()
    clip.key(Qt.Key.Key_Return)
    assert len(clip.project.annotations) == FRAMES, "the next Enter, on the picture, accepts"


@pytest.mark.parametrize(
    ("key", "value", "is_loaded_anew"),
    [("study", "off", True), ("device", "cuda", True), ("model", "cmsa-base", True), ("mirror", "off", False)],
)
def test_settings_of_what_follows_hold_from_the_next_propagation_on(
    open_desk: Callable[..., Desk], tmp_path: Path, key: str, value: str, is_loaded_anew: bool
) -> None:
    loaded: list[object] = []

    def load(settings: Settings) -> FakeVideoPredictor:
        loaded.append(settings.value(key))
        return FakeVideoPredictor()

    desk = opened(open_desk, tmp_path, load_video=load)
    give(desk, RED)
    before = desk.bridge.settings.value(key)
    for changed, expected in ((None, [before]), (value, [before, value]), (before, [before, value, before])):
        if changed is not None:
            desk.bridge.set_settings(desk.bridge.settings.changed(key, changed))
        desk.letters("f")
        until_offer(desk)
        desk.bridge.propagation.reject()
        assert loaded == (expected if is_loaded_anew else [before])


@pytest.mark.parametrize(("key", "value", "goes_on"), [("study", "off", True), ("device", "cuda", False)])
def test_a_propagation_under_way_stops_where_its_model_or_device_is_wanted_no_more(
    open_desk: Callable[..., Desk], tmp_path: Path, key: str, value: str, goes_on: bool
) -> None:
    steps = Semaphore(0)
    follower = FakeVideoPredictor(before_track=lambda _: steps.acquire(timeout=60))
    desk = opened(open_desk, tmp_path, video_predictor=follower)
    give(desk, RED)
    desk.letters("f")
    steps.release(3)
    desk.until(lambda: desk.bridge.propagation.proposal is not None and len(offered_frames(desk)) >= 2, PATIENCE)
    desk.bridge.set_settings(desk.bridge.settings.changed(key, value))
    assert desk.bridge.propagation.state.is_busy is goes_on
    steps.release(FRAMES)
    until_offer(desk)
    assert offered_frames(desk)[:2] == [1, 2]
    assert (len(offered_frames(desk)) == FRAMES - 1) is goes_on


def test_a_frame_gone_to_while_masks_are_carried_is_made_ready_once_that_is_over(
    open_desk: Callable[..., Desk], tmp_path: Path
) -> None:
    steps = Semaphore(0)
    follower = FakeVideoPredictor(before_track=lambda _: steps.acquire(timeout=60))
    desk = opened(open_desk, tmp_path, video_predictor=follower)
    desk.until(lambda: desk.predictor.encoded == 1, PATIENCE)
    give(desk, RED)
    desk.letters("f")
    steps.release(2)
    desk.until(lambda: desk.bridge.propagation.proposal is not None, PATIENCE)
    rested: list[int] = []
    desk.window._rest.timeout.connect(lambda: rested.append(desk.bridge.frame))
    go(desk, 3)
    desk.until(lambda: 3 in rested, PATIENCE)
    assert desk.predictor.encoded == 1
    steps.release(FRAMES)
    until_offer(desk)
    desk.until(lambda: desk.predictor.encoded == 2, 20_000)


def test_shift_f_carries_back(clip: Desk) -> None:
    give(clip, RED, 10)
    go(clip, 10)
    clip.key(Qt.Key.Key_F, SHIFT)
    until_offer(clip)
    assert offered_frames(clip) == list(range(10))


def test_without_a_mask_nothing_starts_and_the_person_hears_why(clip: Desk) -> None:
    clip.letters("f")
    assert "no mask to start from" in clip.message
    assert clip.bridge.propagation.state.phase is PropagationPhase.IDLE


def test_frames_are_drawn_as_they_arrive(open_desk: Callable[..., Desk], tmp_path: Path) -> None:
    steps = Semaphore(0)
    follower = FakeVideoPredictor(before_track=lambda _: steps.acquire(timeout=60))
    desk = opened(open_desk, tmp_path, video_predictor=follower)
    red = give(desk, RED)
    go(desk, 2)
    assert not desk.canvas.scene.resting
    desk.bridge.select(red)
    desk.letters("f")
    steps.release(2)
    # From frame 2 on, where the referent has no mask, it starts at its keyframe: frames 1 and 2 are on the way.
    steps.release(1)
    desk.until(lambda: desk.bridge.propagation.proposal is not None, PATIENCE)
    assert desk.bridge.propagation.state.is_busy
    assert "of" in desk.window.timeline.bar.left.text()
    assert Mark.PROPAGATED in shown_marks(desk, red)
    steps.release(100)
    until_offer(desk)
    go(desk, 9)
    overlay = desk.canvas.scene.selected
    assert overlay is not None
    assert overlay.style.dashed
    desk.canvas.setFocus()
    desk.key(Qt.Key.Key_Return)
    assert not desk.canvas.scene.selected.style.dashed


def test_settled_frames_are_barriers(clip: Desk) -> None:
    red = give(clip, RED)
    wrong = Mask.from_array(np.eye(HEIGHT, WIDTH, dtype=bool))
    annotate.set_mask(clip.bridge.session, red, 8, wrong)
    annotate.mark_absent(clip.bridge.session, red, 15)
    before = {key: clip.project.annotations[key] for key in clip.project.annotations}
    clip.letters("f")
    until_offer(clip)
    assert not {8, 15} & set(offered_frames(clip))
    clip.canvas.setFocus()
    clip.key(Qt.Key.Key_Return)
    for key, annotation in before.items():
        assert clip.project.annotations[key] == annotation
    assert shown_marks(clip, red)[8] is Mark.SETTLED
    assert shown_marks(clip, red)[15] is Mark.SETTLED_ABSENT


def test_t_stops_before_the_next_keyframe_and_shift_t_fills_between(clip: Desk) -> None:
    red = give(clip, RED)
    give(clip, RED, 6, into=red)
    give(clip, RED, 12, into=red)
    clip.letters("t")
    until_offer(clip)
    assert offered_frames(clip) == [1, 2, 3, 4, 5]
    clip.key(Qt.Key.Key_Escape, SHIFT)
    assert clip.bridge.propagation.proposal is None
    go(clip, 9)
    clip.bridge.select(red)
    clip.key(Qt.Key.Key_T, SHIFT)
    until_offer(clip)
    assert offered_frames(clip) == [7, 8, 9, 10, 11]


def test_a_range_is_asked_for_with_whom_and_which_way(clip: Desk) -> None:
    red, blue = give(clip, RED, 4), give(clip, BLUE, 4)
    go(clip, 4)
    clip.bridge.select(None)
    clip.key(Qt.Key.Key_P, CTRL | SHIFT)
    dialog = clip.window.findChild(PropagationDialog)
    clip.until(dialog.isVisible)
    assert dialog.chosen == [red, blue]
    dialog.first.setValue(2)
    dialog.last.setValue(9)
    dialog.whom.item(1).setCheckState(Qt.CheckState.Unchecked)
    QTest.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    until_offer(clip)
    assert set(clip.bridge.propagation.proposal) == {(red, frame) for frame in (2, 3, 5, 6, 7, 8, 9)}


@pytest.mark.parametrize("accepted", [True, False], ids=["accepted", "on offer"])
def test_a_range_is_carried_from_keyframes_and_not_from_what_happens_to_be_on_show(clip: Desk, accepted: bool) -> None:
    red = give(clip, RED, 0)
    clip.letters("f")
    until_offer(clip)
    former = dict(clip.bridge.propagation.proposal)
    if accepted:
        clip.canvas.setFocus()
        clip.key(Qt.Key.Key_Return)
    go(clip, 9)
    clip.key(Qt.Key.Key_P, CTRL | SHIFT)
    dialog = clip.window.findChild(PropagationDialog)
    clip.until(dialog.isVisible)
    dialog.first.setValue(4)
    dialog.last.setValue(14)
    QTest.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    until_offer(clip)
    offer = clip.bridge.propagation.proposal
    anew = [frame for (_, frame), proposed in sorted(offer.items()) if proposed is not former[red, frame]]
    assert anew == list(range(4, 15))


def test_a_range_that_ends_before_it_begins_cannot_be_started(clip: Desk) -> None:
    give(clip, RED)
    clip.window.actions_["propagate_range"].trigger()
    dialog = clip.window.findChild(PropagationDialog)
    dialog.first.setValue(9)
    dialog.last.setValue(3)
    assert not dialog.go.isEnabled()
    dialog.last.setValue(12)
    assert dialog.go.isEnabled()
    dialog.whom.item(0).setCheckState(Qt.CheckState.Unchecked)
    assert not dialog.go.isEnabled()
    dialog.reject()


def test_the_dialog_of_a_range_goes_with_its_project(clip: Desk) -> None:
    give(clip, RED)
    clip.window.actions_["propagate_range"].trigger()
    dialog = clip.window.findChild(PropagationDialog)
    clip.until(dialog.isVisible)
    closed: list[int] = []
    dialog.finished.connect(closed.append)
    # Ids begin anew in every project, so that the other's clip may well have this one's.
    other = open_copy(clip)
    clip.bridge.take(other).close()
    assert clip.bridge.medium_id == dialog._medium_id
    assert closed


# --- stopping --------------------------------------------------------------------------------------------------------


def test_esc_stops_and_what_arrived_stays_on_offer(open_desk: Callable[..., Desk], tmp_path: Path) -> None:
    go_on, reached = Event(), Event()

    def wait(frame: int) -> None:
        if frame == 7:
            reached.set()
            assert go_on.wait(60)

    desk = opened(open_desk, tmp_path, video_predictor=FakeVideoPredictor(before_track=wait))
    red = give(desk, RED)
    desk.letters("f")
    desk.until(lambda: reached.is_set() and len(desk.bridge.propagation.proposal or ()) == 6, PATIENCE)
    desk.canvas.setFocus()
    desk.key(Qt.Key.Key_Escape)
    go_on.set()
    until_offer(desk)
    assert offered_frames(desk) == [1, 2, 3, 4, 5, 6]
    # A second Esc throws nothing away; it says what is on offer.
    desk.key(Qt.Key.Key_Escape)
    assert "on offer" in desk.message
    assert offered_frames(desk) == [1, 2, 3, 4, 5, 6]
    desk.key(Qt.Key.Key_Return)
    assert {frame for _, frame in desk.project.annotations} == set(range(7))
    assert (red, 6) in desk.project.annotations


@pytest.mark.parametrize("means", [Qt.Key.Key_Escape, "the button"])
def test_stopped_while_it_studies_the_object_it_says_so(
    open_desk: Callable[..., Desk], tmp_path: Path, means: object
) -> None:
    class Studious(FakeVideoPredictor):
        def begin(
            self, size: Size, *, thorough: bool = True, still_wanted: Callable[[], bool] = always
        ) -> FakeClipMemory:
            studying.set()
            while still_wanted():
                stopped.wait(0.01)
            return super().begin(size, thorough=thorough, still_wanted=still_wanted)

    studying, stopped = Event(), Event()
    desk = opened(open_desk, tmp_path, video_predictor=Studious())
    red = give(desk, RED)
    desk.letters("f")
    desk.until(lambda: studying.is_set() and desk.window.timeline.bar.words.text().startswith("Getting to know"))
    desk.canvas.setFocus()
    if means == Qt.Key.Key_Escape:
        desk.key(Qt.Key.Key_Escape)
    else:
        desk.window.timeline.bar.stop.click()
    assert desk.message == "Stopped before any mask had been carried; nothing has changed."
    assert desk.bridge.propagation.state.phase is PropagationPhase.IDLE
    assert set(desk.project.annotations) == {(red, 0)}


def test_discarding_leaves_the_project_as_it_was(clip: Desk) -> None:
    red = give(clip, RED)
    clip.letters("f")
    until_offer(clip)
    clip.key(Qt.Key.Key_Escape, SHIFT)
    assert clip.bridge.propagation.state.phase is PropagationPhase.IDLE
    assert set(clip.project.annotations) == {(red, 0)}
    assert set(shown_marks(clip, red)[1:]) == {Mark.NONE}
    assert clip.canvas.scene.resting or clip.canvas.scene.selected
    clip.key(Qt.Key.Key_Z, CTRL)
    assert offered_frames(clip) == list(range(1, FRAMES)), "a key pressed by mistake throws minutes of work away"
    assert set(shown_marks(clip, red)[1:]) == {Mark.PROPAGATED}
    assert set(clip.project.annotations) == {(red, 0)}


# --- a part of what is on offer --------------------------------------------------------------------------------------


@pytest.fixture
def two(clip: Desk) -> tuple[Desk, ReferentId, ReferentId]:
    """Both squares carried through the clip and on offer, nobody selected."""
    red, blue = give(clip, RED), give(clip, BLUE)
    clip.bridge.select(None)
    clip.letters("f")
    until_offer(clip)
    go(clip, 6)
    return clip, red, blue


def offered_keys(desk: Desk) -> set[tuple[ReferentId, int]]:
    return set(desk.bridge.propagation.proposal or ())


def test_shift_backspace_discards_the_offer_of_the_frame_on_show_and_undo_brings_it_back(
    two: tuple[Desk, ReferentId, ReferentId],
) -> None:
    desk, red, blue = two
    before = offered_keys(desk)
    desk.key(Qt.Key.Key_Backspace, SHIFT)
    assert offered_keys(desk) == before - {(red, 6), (blue, 6)}
    assert shown_marks(desk, red)[6] is Mark.NONE
    assert not desk.canvas.scene.resting
    assert desk.message == "Discarded 2 masks."
    desk.key(Qt.Key.Key_Z, CTRL)
    assert offered_keys(desk) == before
    assert desk.bridge.frame == 6
    assert desk.canvas.scene.resting or desk.canvas.scene.selected
    desk.bridge.select(red)
    desk.key(Qt.Key.Key_Backspace, SHIFT)
    assert offered_keys(desk) == before - {(red, 6)}, "with a referent selected, its mask alone"


def test_shift_y_accepts_the_offer_of_the_frame_on_show_alone(two: tuple[Desk, ReferentId, ReferentId]) -> None:
    desk, red, blue = two
    before = offered_keys(desk)
    desk.bridge.select(blue)
    desk.key(Qt.Key.Key_Y, SHIFT)
    assert set(desk.project.annotations) == {(red, 0), (blue, 0), (blue, 6)}
    assert not desk.project.annotations[blue, 6].keyframe
    assert offered_keys(desk) == before - {(blue, 6)}
    assert desk.message == "Accepted 1 mask."
    desk.key(Qt.Key.Key_Z, CTRL)
    assert set(desk.project.annotations) == {(red, 0), (blue, 0)}
    assert offered_keys(desk) == before


@pytest.mark.parametrize("verb", ["accept", "discard"])
def test_the_offer_of_a_referent_is_decided_alone(two: tuple[Desk, ReferentId, ReferentId], verb: str) -> None:
    desk, red, blue = two
    action = desk.window.actions_[f"{verb}_referent"]
    assert not action.isEnabled()
    desk.bridge.select(red)
    assert action.isEnabled()
    action.trigger()
    assert offered_keys(desk) == {(blue, frame) for frame in range(1, FRAMES)}
    taken = {frame for who, frame in desk.project.annotations if who == red}
    assert taken == (set(range(FRAMES)) if verb == "accept" else {0})
    action.trigger()
    assert desk.message == "Nothing is on offer of the selected referent."
    desk.bridge.undo()
    assert offered_keys(desk) == {(who, frame) for who in (red, blue) for frame in range(1, FRAMES)}


def test_of_what_is_locked_nothing_is_said_to_be_accepted(two: tuple[Desk, ReferentId, ReferentId]) -> None:
    desk, red, blue = two
    annotate.set_locked(desk.bridge.session, red, locked=True)
    desk.window.actions_["accept_here"].trigger()
    assert desk.message == "Accepted 1 mask."
    assert (red, 6) in offered_keys(desk)
    assert (blue, 6) in desk.project.annotations


def test_where_nothing_is_on_offer_no_part_of_it_can_be_decided(two: tuple[Desk, ReferentId, ReferentId]) -> None:
    desk, *_ = two
    actions = desk.window.actions_
    assert desk.window.timeline.bar.part.isVisible()
    assert [one.objectName() for one in desk.window.timeline.bar.part.menu().actions()] == [
        "accept_here", "accept_referent", "discard_here", "discard_referent",
    ]  # fmt: skip
    assert actions["accept_here"].isEnabled()
    go(desk, 0)
    assert not actions["accept_here"].isEnabled()
    assert not actions["discard_here"].isEnabled()


def test_a_failure_is_a_sentence_and_keeps_what_arrived(
    open_desk: Callable[..., Desk], tmp_path: Path, allow_log: Callable[[str], None]
) -> None:
    allow_log("propagating frames")

    def fail(frame: int) -> None:
        if frame == 5:
            raise RuntimeError("out of memory")

    desk = opened(open_desk, tmp_path, video_predictor=FakeVideoPredictor(before_track=fail))
    give(desk, RED)
    desk.letters("f")
    desk.until(lambda: desk.bridge.propagation.state.phase is PropagationPhase.FAILED, PATIENCE)
    assert "out of memory" in desk.window.timeline.bar.words.text()
    assert offered_frames(desk) == [1, 2, 3, 4]
    desk.canvas.setFocus()
    desk.key(Qt.Key.Key_Return)
    assert {frame for _, frame in desk.project.annotations} == {0, 1, 2, 3, 4}


def test_closing_the_window_keeps_what_nobody_decided_about(open_desk: Callable[..., Desk], tmp_path: Path) -> None:
    desk = opened(open_desk, tmp_path)
    give(desk, RED)
    path = tmp_path / "kept.refseg"
    desk.save_as(path)
    desk.letters("f")
    until_offer(desk)
    desk.close()
    again = open_desk(path)
    again.until(lambda: len(again.project.annotations) == FRAMES, PATIENCE)


def test_two_clips_have_offers_at_once_and_undo_goes_to_the_one_it_brings_back(
    open_desk: Callable[..., Desk], tmp_path: Path
) -> None:
    desk = open_desk(*[write_clip(tmp_path / f"{name}.mp4", FRAMES) for name in "ab"])
    bar, path = desk.window.timeline.bar, tmp_path / "kept.refseg"
    desk.save_as(path)
    first, second = desk.project.media
    for medium_id in (first, second):
        desk.bridge.show(medium_id)
        desk.until(lambda: desk.bridge.medium.frame_count == FRAMES and not desk.canvas.is_waiting, PATIENCE)
        give(desk, RED)
        desk.letters("f")
        desk.until(
            lambda: (
                not desk.bridge.propagation.state.is_busy
                and (found := desk.bridge.propagation.proposal) is not None
                and found.medium_id == desk.bridge.medium_id
            ),
            PATIENCE,
        )
        assert bar.accept.isVisible()
    everywhere = list(range(1, FRAMES))
    desk.bridge.show(first)
    assert offered_frames(desk) == everywhere
    desk.window.actions_["discard_propagation"].trigger()
    assert "another clip" in bar.words.text()
    desk.bridge.show(second)
    assert offered_frames(desk) == everywhere
    desk.window.actions_["undo"].trigger()
    assert desk.bridge.medium_id == first
    assert offered_frames(desk) == everywhere
    assert bar.accept.isVisible()
    assert len(desk.bridge.propagation.proposals) == 2
    desk.close()
    again = open_desk(path)
    for medium_id in (first, second):
        again.bridge.session.ensure_loaded(medium_id)
    assert len(again.project.annotations) == 2 * FRAMES


# --- others are left alone -------------------------------------------------------------------------------------------


def test_a_referent_added_mid_clip_leaves_the_others_exactly(clip: Desk) -> None:
    red = give(clip, RED)
    clip.letters("f")
    until_offer(clip)
    clip.canvas.setFocus()
    clip.key(Qt.Key.Key_Return)
    before = {key: annotation for key, annotation in clip.project.annotations.items() if key[0] == red}
    blue = give(clip, BLUE, 11)
    go(clip, 11)
    clip.bridge.select(blue)
    clip.letters("f")
    until_offer(clip)
    assert {referent for referent, _ in clip.bridge.propagation.proposal} == {blue}
    clip.key(Qt.Key.Key_Return)
    assert {key: clip.project.annotations[key] for key in before} == before
    assert {frame for referent, frame in clip.project.annotations if referent == blue} == set(range(11, FRAMES))
    clip.key(Qt.Key.Key_Z, CTRL)
    assert {key: clip.project.annotations[key] for key in before} == before
    assert {frame for referent, frame in clip.project.annotations if referent == blue} == {11}


def test_several_referents_go_together_and_locked_ones_stay(clip: Desk) -> None:
    red, blue = give(clip, RED), give(clip, BLUE)
    locked = give(clip, BLUE)
    annotate.set_locked(clip.bridge.session, locked, locked=True)
    clip.bridge.select(None)
    clip.letters("f")
    until_offer(clip)
    assert {referent for referent, _ in clip.bridge.propagation.proposal} == {red, blue}


def test_masks_of_a_referent_locked_meanwhile_stay_on_offer_and_are_not_counted_as_accepted(clip: Desk) -> None:
    red, blue = give(clip, RED), give(clip, BLUE)
    clip.bridge.select(None)
    clip.letters("f")
    until_offer(clip)
    annotate.set_locked(clip.bridge.session, red, locked=True)
    clip.canvas.setFocus()
    clip.key(Qt.Key.Key_Return)
    assert "Accepted 23 frames." in clip.message
    assert "unlock it" in clip.message
    assert {referent for referent, _ in clip.bridge.propagation.proposal} == {red}
    assert len(clip.project.annotations) == FRAMES + 1
    annotate.set_locked(clip.bridge.session, red, locked=False)
    clip.key(Qt.Key.Key_Return)
    assert len(clip.project.annotations) == 2 * FRAMES
    assert clip.bridge.propagation.proposal is None
    assert {referent for referent, _ in clip.project.annotations} == {red, blue}


# --- corrections -----------------------------------------------------------------------------------------------------


def test_a_stroke_on_an_offered_frame_settles_it_in_one_step(clip: Desk) -> None:
    red = give(clip, RED)
    clip.letters("f")
    until_offer(clip)
    go(clip, 10)
    clip.bridge.select(red)
    steps = clip.bridge.session.history.state_number
    clip.canvas.setFocus()
    clip.letters("b")
    clip.bridge.set_brush_radius(4)
    clip.drag((100, 20), (104, 20))
    assert clip.bridge.session.history.state_number == steps + 1
    corrected = clip.project.annotations[(red, 10)]
    assert corrected.keyframe
    assert corrected.mask.contains_point(102, 20)
    # The stroke was added to what was offered, not to nothing.
    assert overlap(corrected.mask, true_mask(10, RED)) > 0.7
    assert corrected.provenance.origin is Origin.PROPAGATED
    assert corrected.provenance.strokes == 1
    assert 10 not in offered_frames(clip)
    assert shown_marks(clip, red)[10] is Mark.SETTLED
    # Undone, the frame is as it was: on offer.
    clip.key(Qt.Key.Key_Z, CTRL)
    assert (red, 10) not in clip.project.annotations
    assert offered_frames(clip) == list(range(1, FRAMES))
    assert shown_marks(clip, red)[10] is Mark.PROPAGATED
    assert clip.canvas.scene.selected is not None


@pytest.mark.parametrize("action_id", ["delete_mask", "split_parts", "copy_to_next"])
@pytest.mark.parametrize("has_former", [False, True], ids=["nothing below", "over an accepted mask"])
def test_what_needs_a_mask_of_the_project_says_that_this_one_is_only_on_offer(
    clip: Desk, action_id: str, has_former: bool
) -> None:
    red = give(clip, RED)
    clip.letters("f")
    until_offer(clip)
    if has_former:
        clip.bridge.propagation.accept()
        clip.letters("f")
        until_offer(clip)
    go(clip, 10)
    clip.bridge.select(red)
    annotations = dict(clip.project.annotations)
    assert ((red, 10) in annotations) is has_former
    clip.window.actions_[action_id].trigger()
    assert "only on offer" in clip.message
    assert dict(clip.project.annotations) == annotations
    assert clip.bridge.frame == 10
    clip.letters("k")
    steps = clip.bridge.session.history.state_number
    clip.window.actions_[action_id].trigger()
    assert (clip.bridge.session.history.state_number > steps) is (action_id != "split_parts")
    assert ((red, 10) in clip.project.annotations) is (action_id != "delete_mask")


def test_shift_r_runs_again_only_what_the_correction_touched(clip: Desk) -> None:
    red = give(clip, RED)
    give(clip, RED, 16, into=red)
    clip.letters("f")
    until_offer(clip)
    clip.canvas.setFocus()
    clip.key(Qt.Key.Key_Return)
    beyond = {frame: clip.project.annotations[(red, frame)] for frame in range(16, FRAMES)}
    go(clip, 8)
    clip.bridge.select(red)
    give(clip, RED, 8, into=red)
    clip.key(Qt.Key.Key_R, SHIFT)
    until_offer(clip)
    assert offered_frames(clip) == [frame for frame in range(1, 16) if frame != 8]
    clip.key(Qt.Key.Key_Return)
    assert {frame: clip.project.annotations[(red, frame)] for frame in range(16, FRAMES)} == beyond


def test_k_settles_what_is_on_offer(clip: Desk) -> None:
    red = give(clip, RED)
    clip.letters("f")
    until_offer(clip)
    go(clip, 4)
    clip.bridge.select(red)
    clip.letters("k")
    assert clip.project.annotations[(red, 4)].keyframe
    assert 4 not in offered_frames(clip)
    clip.canvas.setFocus()
    clip.key(Qt.Key.Key_Return)
    assert clip.project.annotations[(red, 4)].keyframe


# --- doubt -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def doubtful(open_desk: Callable[..., Desk], tmp_path: Path) -> tuple[Desk, ReferentId]:
    """A clip whose red square is hidden on frames 10 to 12, carried through and accepted."""
    path = write_clip(tmp_path / "hidden.mp4", FRAMES, hidden=range(10, 13))
    desk = open_desk(path)
    desk.until(lambda: desk.bridge.medium.frame_count == FRAMES, PATIENCE)
    red = give(desk, RED)
    desk.letters("f")
    until_offer(desk)
    # The list follows a little behind what arrives: it may be seen before the last frame stands in it.
    desk.until(lambda: {run.first for run in desk.window.timeline.queue.model.runs} == {10, 13}, PATIENCE)
    return desk, red


def test_doubtful_frames_are_listed_and_gone_to(doubtful: tuple[Desk, ReferentId]) -> None:
    desk, red = doubtful
    queue = desk.window.timeline.queue
    assert queue.isVisible()
    runs = list(queue.model.runs)
    assert all(run.sign is not None for run in runs)
    assert shown_marks(desk, red)[10] is Mark.DOUBTFUL
    assert shown_marks(desk, red)[11] is Mark.ABSENT
    desk.canvas.setFocus()
    desk.letters("q")
    desk.until(lambda: desk.bridge.frame == 10, PATIENCE)
    assert desk.bridge.referent_id == red
    desk.letters("q")
    assert desk.bridge.frame == 13
    desk.letters("q")
    assert "after this one is doubtful" in desk.message
    desk.key(Qt.Key.Key_Q, SHIFT)
    assert desk.bridge.frame == 10
    row = next(place for place, run in enumerate(runs) if run.first == 13)
    rect = queue.view.visualRect(queue.model.index(row))
    QTest.mouseClick(queue.view.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    assert desk.bridge.frame == 13


@pytest.mark.parametrize(
    ("looked_at", "told"),
    [
        (None, "In 2 places it is doubtful, press Q to look at them."),
        (13, "In one place it is doubtful, press Q to look at it."),
    ],
)
def test_accepting_tells_in_how_many_places_it_is_doubtful(
    doubtful: tuple[Desk, ReferentId], looked_at: int | None, told: str
) -> None:
    desk, _ = doubtful
    desk.canvas.setFocus()
    if looked_at is not None:
        go(desk, looked_at)
        desk.letters("y")
    desk.key(Qt.Key.Key_Return)
    assert desk.message.endswith(told)


def test_fine_so_settles_and_takes_it_off_the_list_in_one_step(doubtful: tuple[Desk, ReferentId]) -> None:
    desk, red = doubtful
    desk.canvas.setFocus()
    desk.key(Qt.Key.Key_Return)
    queue = desk.window.timeline.queue
    desk.until(lambda: len(queue.model.runs) == 2, PATIENCE)
    steps = desk.bridge.session.history.state_number
    go(desk, 13)
    desk.letters("y")
    assert desk.bridge.session.history.state_number == steps + 1
    assert desk.project.annotations[(red, 13)].keyframe
    desk.until(lambda: [run.first for run in queue.model.runs] == [10], PATIENCE)
    desk.key(Qt.Key.Key_Z, CTRL)
    desk.until(lambda: len(queue.model.runs) == 2, PATIENCE)
    go(desk, 3)
    desk.letters("y")
    assert "not doubtful" in desk.message


def test_absent_frames_are_absent_and_the_square_comes_back(doubtful: tuple[Desk, ReferentId]) -> None:
    desk, red = doubtful
    desk.canvas.setFocus()
    desk.key(Qt.Key.Key_Return)
    for frame in (10, 11, 12):
        assert desk.project.annotations[(red, frame)].is_absent
    assert overlap(desk.project.annotations[(red, 20)].mask, true_mask(20, RED)) > 0.9


# --- which model -----------------------------------------------------------------------------------------------------


def test_optical_flow_is_said_aloud(open_desk: Callable[..., Desk], tmp_path: Path) -> None:
    desk = opened(open_desk, tmp_path, video_predictor=FlowWarp())
    give(desk, RED)
    said: list[str] = []
    desk.bridge.said.connect(lambda message: said.append(message.sentence))
    desk.letters("f")
    desk.until(lambda: FLOW_SENTENCE in said, PATIENCE)
    until_offer(desk)
    assert desk.window.timeline.bar.flow.isVisible()
    assert said.count(FLOW_SENTENCE) == 1


def test_a_model_with_a_cross_frame_part_says_nothing_of_flow(clip: Desk) -> None:
    give(clip, RED)
    clip.letters("f")
    until_offer(clip)
    assert not clip.window.timeline.bar.flow.isVisible()
    assert clip.message != FLOW_SENTENCE


def test_the_status_bar_guides(clip: Desk) -> None:
    status = clip.window.status.next
    give(clip, RED)
    assert "Press F" in status.text()
    clip.letters("f")
    until_offer(clip)
    assert "Press Enter to accept" in status.text()
    assert Size(WIDTH, HEIGHT) == clip.bridge.medium.size


def test_before_the_first_frame_the_bar_says_why_it_waits() -> None:
    """What carries masks may study each referent for seconds."""
    waiting, running = (
        PropagationState(PropagationPhase.RUNNING, progress=progress)
        for progress in (Progress(0, 24), Progress(3, 24, "frame 3"))
    )
    assert words_of(waiting) == "Getting to know what is to be followed"
    assert words_of(running) == "Propagating, frame 3"


def test_of_a_mask_on_offer_the_properties_say_so(two: tuple[Desk, ReferentId, ReferentId]) -> None:
    desk, red, _ = two
    page = desk.window.referent_panel.properties
    desk.bridge.select(red)
    assert page.effort.text() == "on offer, not yet accepted"
    assert "px" in page.area.text()
    assert page.source.text().startswith("carried over")
    desk.key(Qt.Key.Key_Backspace, SHIFT)
    assert page.area.text().startswith("none yet")
    desk.key(Qt.Key.Key_Z, CTRL)
    assert page.effort.text() == "on offer, not yet accepted"


def test_a_referent_without_a_name_is_called_the_same_everywhere(two: tuple[Desk, ReferentId, ReferentId]) -> None:
    desk, _, blue = two
    model = desk.window.referent_panel.model
    assert model.index(1, 0).data() == "Referent 2"
    assert model.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "Referent 2"
    assert referent_title(desk.project, desk.project.referents[blue]) == "Referent 2"


def test_undoing_the_removal_of_a_clip_shows_its_offer_and_its_doubtful_frames_again(
    doubtful: tuple[Desk, ReferentId],
) -> None:
    desk, referent = doubtful
    timeline, medium_id = desk.window.timeline, desk.bridge.medium_id
    marks, runs, offer = shown_marks(desk, referent), list(timeline.queue.model.runs), offered_keys(desk)
    assert runs
    assert offer
    desk.window.actions_["remove_medium"].trigger()
    assert desk.bridge.propagation.proposal is None
    assert desk.bridge.medium_id is None
    desk.window.actions_["undo"].trigger()
    assert desk.bridge.medium_id == medium_id
    desk.until(lambda: timeline.isVisible() and timeline.queue.model.runs == runs, PATIENCE)
    assert offered_keys(desk) == offer
    assert shown_marks(desk, referent) == marks
    assert timeline.bar.isVisible()
    assert timeline.bar.accept.isVisible()


def test_a_clip_with_missing_frames_is_told_of_when_it_opens_and_damaged_ones_when_masks_pass_them(
    open_desk: Callable[..., Desk], tmp_path: Path
) -> None:
    whole = write_clip(tmp_path / "whole.mp4", FRAMES)
    desk = open_desk(damage_packets(whole, tmp_path / "damaged.mp4", (13, 14)))
    desk.until(lambda: desk.bridge.medium.frame_count == FRAMES, PATIENCE)
    assert desk.message == ""
    give(desk, RED)
    desk.letters("f")
    until_offer(desk)
    assert not {13, 14} & set(offered_frames(desk))
    assert FRAMES - 1 in offered_frames(desk)
    assert "is damaged: no mask on what cannot be decoded, frames 13-14" in desk.message

    stream = make_clip(tmp_path / "stream.ts", RECIPES["h264 in a transport stream"])
    desk.window.desk.open_paths([damage_packets(stream, tmp_path / "torn.ts", (20, 21))])
    desk.until(lambda: len(desk.project.media) == 2)
    desk.bridge.show(max(desk.project.media))
    desk.until(lambda: "is damaged, and frames are missing" in desk.message, PATIENCE)
