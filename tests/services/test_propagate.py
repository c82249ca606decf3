"""Propagation as the window has it: a proposal over frames in a session, barriers, ranges, cancel, one undo."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import cv2
import pytest

from refseg_annotator.core.annotation import (
    Annotation,
    FrameSpan,
    Medium,
    MediumId,
    MediumKind,
    Origin,
    Provenance,
    Referent,
    ReferentId,
)
from refseg_annotator.core.edits import PutAnnotation, PutMedium, PutReferent, removing_referent
from refseg_annotator.core.mask import Mask
from refseg_annotator.errors import BundleError, DamagedFrameError, EditError, ModelError
from refseg_annotator.inference.propagation_drift import DoubtfulFrames
from refseg_annotator.inference.video_predictor import FAKE_VIDEO_INFO, FakeVideoPredictor
from refseg_annotator.media import FrameCache
from refseg_annotator.services import annotate
from refseg_annotator.services.clip_review import (
    FrameState,
    frame_states,
    keyframes_of,
    next_doubtful,
    next_keyframe,
    previous_keyframe,
    review_queue,
    touched_span,
)
from refseg_annotator.services.documents import new_project, open_project, remove_media
from refseg_annotator.services.jobs import Runner, SynchronousRunner
from refseg_annotator.services.propagate import Direction, Propagation
from refseg_annotator.services.propagate_proposal import PropagationPhase, PropagationState
from refseg_annotator.services.session import Session
from tests.inference.clips import A, B, C, SquaresClip
from tests.services.conftest import Inbox
from tests.storage.records import contents

COUNT = 16
CLIP = MediumId(10)
MANUAL = Provenance(Origin.MANUAL)


@pytest.fixture
def clip() -> SquaresClip:
    return SquaresClip(COUNT)


def written(clip: SquaresClip, folder: Path) -> Path:
    """The clip as a folder of pictures."""
    folder.mkdir()
    for frame in range(clip.frame_count):
        assert cv2.imwrite(str(folder / f"{frame:05d}.png"), clip.read(frame)[..., ::-1])
    return folder


def opened(path: Path, clip: SquaresClip, folder: Path, runner) -> Session:
    session = new_project(path, runner=runner, media=FrameCache(8 << 20), author="Ada")
    session.commit(PutMedium(Medium(CLIP, str(folder), MediumKind.VIDEO, clip.size, clip.frame_count)))
    for referent in (A, B, C):
        session.commit(PutReferent(Referent(referent, CLIP)))
    return session


@pytest.fixture
def session(tmp_path: Path, clip: SquaresClip) -> Iterator[Session]:
    session = opened(tmp_path / "project.refseg", clip, written(clip, tmp_path / "squares"), SynchronousRunner())
    yield session
    session.close(abandon=True)


@pytest.fixture
def fake() -> FakeVideoPredictor:
    return FakeVideoPredictor()


@pytest.fixture
def propagation(session: Session, fake: FakeVideoPredictor) -> Propagation:
    return Propagation(session, session.runner, lambda: fake)


def settle(session: Session, clip: SquaresClip, referent: ReferentId, *frames: int) -> None:
    for frame in frames:
        annotate.set_mask(session, referent, frame, clip.mask(referent, frame))


def offered(propagation: Propagation) -> dict[ReferentId, list[int]]:
    proposal = propagation.proposal
    found: dict[ReferentId, list[int]] = {}
    for referent, frame in sorted(proposal or {}):
        found.setdefault(referent, []).append(frame)
    return found


def carried(session: Session, referent: ReferentId) -> list[int]:
    return [one.frame for one in session.project.annotations_of(referent) if not one.keyframe]


# --- damaged frames --------------------------------------------------------------------------------------------------


def test_damaged_frames_are_passed_over_and_named(
    session: Session, clip: SquaresClip, propagation: Propagation, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, lost = session.frames.read, {3, 4, 9, COUNT - 1}

    def damaged(path: Path, frame: int) -> object:
        if frame in lost:
            raise DamagedFrameError(f"Frame {frame} is damaged.")
        return read(path, frame)

    monkeypatch.setattr(session.frames, "read", damaged)
    told: list[PropagationState] = []
    propagation.subscribe(told.append)
    settle(session, clip, A, 0)
    propagation.start(CLIP, 0, Direction.FORWARD)
    assert offered(propagation) == {A: [frame for frame in range(1, COUNT) if frame not in lost]}
    assert propagation.state.phase is PropagationPhase.PROPOSAL
    [notice] = [state.notice for state in told if state.notice]
    assert notice.startswith("'squares' is damaged: no mask on what cannot be decoded, frames 3-4, 9, 15; copy it")
    proposal = propagation.proposal
    assert proposal is not None
    assert all(proposal[key].mask == clip.mask(A, key[1]) for key in proposal)


def test_a_clip_of_which_nothing_can_be_decoded_is_told_as_that(
    session: Session, clip: SquaresClip, propagation: Propagation, monkeypatch: pytest.MonkeyPatch
) -> None:
    def damaged(path: Path, frame: int) -> object:
        raise DamagedFrameError(f"Frame {frame} is damaged.")

    monkeypatch.setattr(session.frames, "read", damaged)
    settle(session, clip, A, 0)
    propagation.start(CLIP, 0, Direction.FORWARD)
    assert propagation.state.phase is PropagationPhase.FAILED
    assert propagation.state.sentence is not None
    assert propagation.state.sentence.startswith("Frame ")


# --- the way ---------------------------------------------------------------------------------------------------------


def test_the_way_from_a_keyframe_to_annotations(session, clip, propagation, fake):
    settle(session, clip, A, 0)
    before = contents(session.project)
    states: list[PropagationState] = []
    propagation.subscribe(states.append)
    propagation.start(CLIP, 0, Direction.FORWARD)
    assert contents(session.project) == before, "a proposal is no part of the project"
    phases = list(dict.fromkeys(state.phase for state in states))
    assert phases == [PropagationPhase.LOADING_MODEL, PropagationPhase.RUNNING, PropagationPhase.PROPOSAL]
    assert [key for state in states for key in state.arrived] == [(A, frame) for frame in range(1, COUNT)]
    assert offered(propagation) == {A: list(range(1, COUNT))}
    assert propagation.model == FAKE_VIDEO_INFO
    told = [state.progress for state in states if state.progress.total]
    assert [progress.done for progress in told] == sorted(progress.done for progress in told)
    assert told[-1].total == COUNT - 1

    change = propagation.accept()
    assert change.annotations == {(A, frame) for frame in range(1, COUNT)}
    for frame in range(1, COUNT):
        annotation = session.project.annotations[A, frame]
        assert annotation.mask == clip.mask(A, frame)
        assert not annotation.keyframe
        provenance = annotation.provenance
        assert (provenance.origin, provenance.model) == (Origin.PROPAGATED, "fake-video 1")
        assert provenance.score == 1.0
    assert propagation.state.phase is PropagationPhase.IDLE
    assert propagation.proposal is None

    session.undo()
    assert contents(session.project) == before
    session.redo()
    assert carried(session, A) == list(range(1, COUNT))


def test_masks_arrive_one_frame_after_the_other(session, clip, propagation):
    settle(session, clip, A, 0)
    sizes = []
    propagation.subscribe(lambda state: sizes.append(len(state.proposal or ())) if state.arrived else None)
    propagation.start(CLIP, 0, Direction.FORWARD)
    assert sizes == list(range(1, COUNT))


def test_what_was_accepted_is_there_after_opening_again(tmp_path, session, clip, propagation):
    settle(session, clip, A, 3)
    propagation.start(CLIP, 3, Direction.BOTH)
    propagation.accept()
    session.flush()
    session.close()
    again = open_project(session.path, runner=SynchronousRunner(), media=FrameCache(1 << 20))
    again.ensure_loaded(CLIP)
    assert carried(again, A) == [frame for frame in range(COUNT) if frame != 3]
    assert again.project.annotations[A, 9].mask == clip.mask(A, 9)
    again.close()


# --- people are respected --------------------------------------------------------------------------------------------


def test_settled_frames_are_barriers(session, clip, propagation):
    settle(session, clip, A, 0, 8)
    own = Mask.from_patch(clip.size, clip.mask(A, 4).box, clip.mask(A, 4).pixels[::-1])
    annotate.set_mask(session, A, 5, own)
    annotate.mark_absent(session, A, 12)
    settled = {frame: session.project.annotations[A, frame] for frame in (0, 5, 8, 12)}
    propagation.start(CLIP, 0, Direction.FORWARD)
    propagation.accept()
    assert {frame: session.project.annotations[A, frame] for frame in settled} == settled
    assert carried(session, A) == [frame for frame in range(COUNT) if frame not in settled]


def test_a_frame_settled_while_the_work_runs_or_waits_for_acceptance_stays(session, clip, propagation, fake):
    settle(session, clip, A, 0)

    def meanwhile(frame: int) -> None:
        if frame == 5:
            annotate.mark_absent(session, A, 9)
            annotate.mark_absent(session, A, 2)

    fake.before_track = meanwhile
    propagation.start(CLIP, 0, Direction.FORWARD)
    annotate.mark_absent(session, A, 12)
    assert offered(propagation)[A] == [1, 3, 4, 5, 6, 7, 8, 10, 11, 13, 14, 15]
    propagation.accept()
    assert all(session.project.annotations[A, frame].keyframe for frame in (2, 9, 12))


def test_a_referent_locked_meanwhile_keeps_its_offer_and_one_removed_gets_nothing(session, clip, propagation):
    settle(session, clip, A, 0)
    settle(session, clip, B, 0)
    settle(session, clip, C, 0)
    propagation.start(CLIP, 0, Direction.FORWARD)
    annotate.set_locked(session, A, locked=True)
    annotate.delete_referent(session, B)
    assert B not in offered(propagation)
    propagation.accept()
    assert carried(session, A) == []
    assert carried(session, C) == list(range(1, COUNT))
    assert offered(propagation) == {A: list(range(1, COUNT))}
    assert propagation.state.phase is PropagationPhase.PROPOSAL
    annotate.set_locked(session, A, locked=False)
    propagation.accept()
    assert carried(session, A) == list(range(1, COUNT))
    assert propagation.state.phase is PropagationPhase.IDLE


def test_when_nothing_fits_any_more_the_proposal_stays(session, clip, propagation):
    settle(session, clip, A, 0)
    propagation.start(CLIP, 0, Direction.FORWARD)
    annotate.set_locked(session, A, locked=True)
    with pytest.raises(EditError, match="settled or locked meanwhile"):
        propagation.accept()
    annotate.set_locked(session, A, locked=False)
    propagation.accept()
    assert len(carried(session, A)) == COUNT - 1


# --- range and direction ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("direction", "options", "frames"),
    [
        (Direction.FORWARD, {}, [7, 8, 9, 10, 12, 13, 14, 15]),
        (Direction.BACKWARD, {}, [0, 1, 3, 4, 5]),
        (Direction.BOTH, {}, [0, 1, 3, 4, 5, 7, 8, 9, 10, 12, 13, 14, 15]),
        (Direction.FORWARD, {"to_next_keyframe": True}, [7, 8, 9, 10]),
        (Direction.BACKWARD, {"to_next_keyframe": True}, [3, 4, 5]),
        (Direction.BOTH, {"to_next_keyframe": True}, [3, 4, 5, 7, 8, 9, 10]),
        (Direction.FORWARD, {"span": FrameSpan(8, 13)}, [8, 9, 10, 12, 13]),
    ],
)
def test_range_and_direction(session, clip, propagation, direction, options, frames):
    settle(session, clip, A, 2, 6, 11)
    propagation.start(CLIP, 6, direction, **options)
    assert offered(propagation) == {A: frames}
    assert all(proposed.mask == clip.mask(*key) for key, proposed in propagation.proposal.items())
    assert not any(proposed.is_draft for proposed in propagation.proposal.values())


@pytest.mark.parametrize(
    ("direction", "keyframes", "masked", "at", "frames"),
    [
        (Direction.FORWARD, [2], [], 7, range(3, COUNT)),
        (Direction.FORWARD, [2], [3, 4], 7, range(5, COUNT)),
        (Direction.FORWARD, [2], [], 3, range(3, COUNT)),
        (Direction.FORWARD, [2, 5], [], 7, range(6, COUNT)),
        (Direction.FORWARD, [2], [7], 7, range(8, COUNT)),
        (Direction.BACKWARD, [12], [], 7, range(12)),
        (Direction.BACKWARD, [12], [11, 10], 7, range(10)),
        (Direction.BACKWARD, [12, 9], [], 7, range(9)),
        (Direction.BACKWARD, [12], [7], 7, range(7)),
    ],
)
def test_from_a_frame_without_a_mask_no_hole_stays_up_to_the_keyframe(
    session, clip, propagation, direction, keyframes, masked, at, frames
):
    settle(session, clip, A, *keyframes)
    for frame in masked:
        session.commit(PutAnnotation(Annotation(A, frame, clip.mask(A, frame), Provenance(Origin.PROPAGATED))))
    propagation.start(CLIP, at, direction, referents=[A])
    assert offered(propagation) == {A: list(frames)}


def test_the_mask_one_sees_is_where_it_starts_settled_or_not(session, clip, propagation):
    imported = Annotation(A, 5, clip.mask(A, 5), Provenance(Origin.IMPORTED))
    session.commit(PutAnnotation(imported))
    propagation.start(CLIP, 5, Direction.FORWARD, span=FrameSpan(5, 8))
    assert offered(propagation) == {A: [6, 7, 8]}
    # Then from a frame that is itself only on offer, which stays on offer.
    propagation.start(CLIP, 8, Direction.FORWARD, span=FrameSpan(7, 10))
    assert offered(propagation) == {A: [6, 7, 8, 9, 10]}
    propagation.accept()
    assert session.project.annotations[A, 5] == imported


@pytest.mark.parametrize(
    ("start", "sentence"),
    [
        (lambda run: run.start(CLIP, 3, Direction.FORWARD), "no mask to start from"),
        (lambda run: run.start(CLIP, 15, Direction.FORWARD, referents=[A]), "no open frame in that direction"),
        (lambda run: run.start(CLIP, 0, Direction.BACKWARD), "no open frame in that direction"),
        (lambda run: run.start(CLIP, 3, Direction.FORWARD, span=FrameSpan(4, 16)), "ends with frame 15"),
        (lambda run: run.start(CLIP, 3, Direction.FORWARD, referents=[ReferentId(77)]), "no longer part"),
        (lambda run: run.start(MediumId(99), 3, Direction.FORWARD), "no longer part"),
        (lambda run: run.accept(), "nothing to accept"),
        (lambda run: run.rerun(A, 3), "Nothing was propagated"),
        (lambda run: run.settle(A, 3), "no mask on this frame"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(propagation, start, sentence):
    with pytest.raises(EditError, match=sentence):
        start(propagation)
    assert propagation.state == PropagationState() or propagation.state.phase is PropagationPhase.IDLE


def test_an_absent_referent_alone_leads_nowhere(session, clip, propagation):
    annotate.mark_absent(session, A, 3)
    with pytest.raises(EditError, match="can be reached"):
        propagation.start(CLIP, 3, Direction.FORWARD)


def test_locked_referents_are_left_out_and_refused_when_asked_for(session, clip, propagation):
    settle(session, clip, A, 0)
    settle(session, clip, B, 0)
    annotate.rename(session, A, "cat")
    annotate.set_locked(session, A, locked=True)
    with pytest.raises(EditError, match="'cat' is locked"):
        propagation.start(CLIP, 0, Direction.FORWARD, referents=[A])
    propagation.start(CLIP, 0, Direction.FORWARD)
    assert list(offered(propagation)) == [B]


def test_unasked_only_those_on_the_frame_are_carried_and_asked_for_also_those_settled_elsewhere(
    session, clip, propagation
):
    settle(session, clip, A, 4)
    settle(session, clip, B, 2)
    propagation.start(CLIP, 4, Direction.FORWARD)
    assert offered(propagation) == {A: list(range(5, COUNT))}
    propagation.start(CLIP, 4, Direction.FORWARD, referents=[B])
    assert offered(propagation) == {A: list(range(5, COUNT)), B: list(range(3, COUNT))}


@pytest.fixture
def other(session, clip) -> MediumId:
    """Another clip of the same frames, with a settled mask of its own."""
    medium_id, referent = MediumId(90), ReferentId(91)
    session.commit(PutMedium(replace(session.project.media[CLIP], id=medium_id)))
    session.commit(PutReferent(Referent(referent, medium_id)))
    annotate.set_mask(session, referent, 0, clip.mask(A, 0))
    return medium_id


def clips_on_offer(propagation: Propagation) -> dict[MediumId, list[int]]:
    return {proposal.medium_id: proposal.frames for proposal in propagation.proposals}


def test_each_clip_has_an_offer_of_its_own(session, clip, propagation, other):
    settle(session, clip, A, 0)
    propagation.start(CLIP, 0, Direction.FORWARD, span=FrameSpan(1, 3))
    propagation.start(other, 0, Direction.FORWARD, span=FrameSpan(1, 5))
    assert clips_on_offer(propagation) == {CLIP: [1, 2, 3], other: [1, 2, 3, 4, 5]}
    for shown in (CLIP, other, CLIP):
        session.shown = shown
        assert propagation.proposal.medium_id == propagation.state.proposal.medium_id == shown
    propagation.accept()
    assert carried(session, A) == [1, 2, 3]
    assert clips_on_offer(propagation) == {other: [1, 2, 3, 4, 5]}
    assert propagation.state.phase is PropagationPhase.PROPOSAL
    assert propagation.proposal.medium_id == other, "where the clip on show has none, another's is told of"
    propagation.settle(ReferentId(91), 2)
    assert clips_on_offer(propagation) == {other: [1, 3, 4, 5]}
    session.shown = other
    propagation.reject()
    assert clips_on_offer(propagation) == {}
    assert propagation.state.phase is PropagationPhase.IDLE


def test_what_is_accepted_or_discarded_in_one_clip_leaves_the_other_alone(session, clip, propagation, other):
    settle(session, clip, A, 0)
    propagation.start(CLIP, 0, Direction.FORWARD, span=FrameSpan(1, 3))
    propagation.start(other, 0, Direction.FORWARD, span=FrameSpan(1, 3))
    propagation.accept([(A, 1)])
    propagation.discard([(A, 2)])
    assert clips_on_offer(propagation) == {CLIP: [3], other: [1, 2, 3]}
    session.undo()
    session.undo()
    assert clips_on_offer(propagation) == {CLIP: [1, 2, 3], other: [1, 2, 3]}


# --- cancel, reject, fail --------------------------------------------------------------------------------------------


def test_cancel_keeps_what_arrived(session, clip, propagation, fake):
    settle(session, clip, A, 0)
    before = contents(session.project)
    propagation.subscribe(lambda state: propagation.cancel() if (A, 5) in state.arrived else None)
    propagation.start(CLIP, 0, Direction.FORWARD)
    assert offered(propagation) == {A: [1, 2, 3, 4, 5]}
    assert propagation.state.phase is PropagationPhase.PROPOSAL
    assert len(fake.tracked) <= 6, "the work goes on though nobody wants it"
    assert contents(session.project) == before
    propagation.accept()
    assert carried(session, A) == [1, 2, 3, 4, 5]
    session.undo()
    assert contents(session.project) == before


def test_masks_of_a_referent_removed_meanwhile_are_not_offered(session, clip, propagation):
    settle(session, clip, A, 0)
    settle(session, clip, B, 0)

    def remove(state: PropagationState) -> None:
        if (A, 5) in state.arrived and A in session.project.referents:
            session.commit(removing_referent(session.project, A))

    propagation.subscribe(remove)
    propagation.start(CLIP, 0, Direction.FORWARD, referents=[A, B])
    assert offered(propagation) == {B: list(range(1, COUNT))}
    propagation.accept()
    assert carried(session, B) == list(range(1, COUNT))


@pytest.mark.parametrize("also", [True, False], ids=["beside another", "alone"])
def test_a_referent_that_undo_brings_back_has_its_offer_again(session, clip, propagation, also):
    settle(session, clip, A, 0)
    if also:
        settle(session, clip, B, 0)
    propagation.start(CLIP, 0, Direction.FORWARD)
    before = dict(propagation.proposal)
    annotate.delete_referent(session, A)
    assert offered(propagation) == ({B: list(range(1, COUNT))} if also else {})
    told: list[PropagationState] = []
    propagation.subscribe(told.append)
    session.undo()
    assert dict(propagation.proposal) == before
    assert propagation.state.phase is PropagationPhase.PROPOSAL
    assert {key for state in told for key in state.arrived} == {(A, frame) for frame in range(1, COUNT)}
    propagation.accept()
    assert carried(session, A) == list(range(1, COUNT))


def test_undoing_what_was_settled_on_offered_frames_brings_the_offer_back(session, clip, propagation, fake):
    settle(session, clip, A, 0)
    fake.before_track = lambda frame: annotate.mark_absent(session, A, 9) if frame == 6 else None
    propagation.start(CLIP, 0, Direction.FORWARD)
    fake.before_track = None
    annotate.mark_absent(session, A, 4)
    propagation.settle_all([(A, 11), (A, 12)])
    assert offered(propagation) == {A: [1, 2, 3, 5, 6, 7, 8, 10, 13, 14, 15]}
    for _ in range(3):
        session.undo()
    assert offered(propagation) == {A: list(range(1, COUNT))}
    assert propagation.proposal[A, 9].mask == clip.mask(A, 9)
    session.redo()
    assert offered(propagation) == {A: [*range(1, 9), *range(10, COUNT)]}
    # Opened again, or deleted, it is not undone; and a decision made ends the matter.
    annotate.settle(session, A, 9, is_keyframe=False)
    assert (A, 9) not in propagation.proposal
    annotate.delete_mask(session, A, 9)
    assert (A, 9) not in propagation.proposal
    session.undo()
    session.undo()
    propagation.accept()
    session.undo()
    session.undo()
    assert propagation.proposal is None


def test_masks_that_come_while_a_referent_is_removed_are_there_when_undo_brings_it_back(
    session, clip, propagation, fake
):
    settle(session, clip, A, 0)

    def meanwhile(frame: int) -> None:
        if frame == 4:
            annotate.delete_referent(session, A)
        elif frame == 9:
            assert propagation.proposal is None
            session.undo()

    fake.before_track = meanwhile
    propagation.start(CLIP, 0, Direction.FORWARD)
    assert offered(propagation) == {A: list(range(1, COUNT))}
    annotate.delete_referent(session, A)
    propagation.reject()
    session.undo()
    assert propagation.proposal is None, "what was discarded does not come back"


def test_a_clip_removed_meanwhile_ends_its_run_and_what_it_offers(session, clip, propagation, fake):
    settle(session, clip, A, 0)

    def remove(state: PropagationState) -> None:
        if (A, 5) in state.arrived and CLIP in session.project.media:
            remove_media(session, [CLIP])

    end = propagation.subscribe(remove)
    propagation.start(CLIP, 0, Direction.FORWARD)
    end()
    assert propagation.proposal is None
    assert propagation.state.phase is PropagationPhase.IDLE
    assert len(fake.tracked) <= 6, "the work goes on though nobody wants it"
    session.undo()
    assert offered(propagation) == {A: [1, 2, 3, 4, 5]}, "what had arrived is lost with the clip"
    propagation.start(CLIP, 0, Direction.FORWARD, span=FrameSpan(1, 3))
    assert offered(propagation) == {A: [1, 2, 3, 4, 5]}


def test_undoing_the_removal_of_a_clip_brings_its_offer_and_its_doubtful_frames_back(session, clip, propagation):
    settle(session, clip, A, 0)
    propagation.start(CLIP, 0, Direction.FORWARD)
    before, doubtful = dict(propagation.proposal), propagation.proposal.doubtful()
    remove_media(session, [CLIP])
    assert propagation.proposal is None
    told: list[PropagationState] = []
    propagation.subscribe(told.append)
    session.undo()
    assert dict(propagation.proposal) == before
    assert propagation.proposal.doubtful() == doubtful
    assert propagation.state.phase is PropagationPhase.PROPOSAL
    assert {key for state in told for key in state.arrived} == before.keys()
    session.redo()
    assert propagation.proposal is None
    session.undo()
    propagation.accept()
    assert carried(session, A) == list(range(1, COUNT))


# --- some of it ------------------------------------------------------------------------------------------------------


def test_a_single_offer_is_discarded_and_comes_back_with_undo(session, clip, propagation):
    settle(session, clip, A, 0)
    settle(session, clip, B, 0)
    propagation.start(CLIP, 0, Direction.FORWARD)
    before, records = dict(propagation.proposal), contents(session.project)
    propagation.discard([(A, 4)])
    assert propagation.proposal.keys() == before.keys() - {(A, 4)}
    assert propagation.state.arrived == ((A, 4),)
    assert contents(session.project) == records, "the project is not touched"
    assert session.history.undo_title == "Discard propagated masks"
    session.undo()
    assert dict(propagation.proposal) == before
    session.redo()
    assert propagation.proposal.keys() == before.keys() - {(A, 4)}
    propagation.accept()
    assert (A, 4) not in session.project.annotations
    with pytest.raises(EditError, match="nothing to discard"):
        propagation.discard([(A, 4)])


def test_all_that_is_discarded_comes_back_with_one_undo(session, clip, propagation):
    settle(session, clip, A, 0)
    propagation.start(CLIP, 0, Direction.FORWARD)
    before = dict(propagation.proposal)
    propagation.discard()
    assert propagation.proposal is None
    assert propagation.state.phase is PropagationPhase.IDLE
    session.undo()
    assert dict(propagation.proposal) == before
    assert propagation.state.phase is PropagationPhase.PROPOSAL


def test_what_a_later_run_brought_is_not_overwritten_by_what_undo_brings_back(session, clip, propagation):
    settle(session, clip, A, 0)
    propagation.start(CLIP, 0, Direction.FORWARD, span=FrameSpan(1, 4))
    propagation.discard([(A, 2), (A, 3)])
    propagation.start(CLIP, 0, Direction.FORWARD, span=FrameSpan(1, 2))
    newer = propagation.proposal[A, 2]
    session.undo()
    assert offered(propagation) == {A: [1, 2, 3, 4]}
    assert propagation.proposal[A, 2] is newer


def test_a_single_offer_is_accepted_and_undo_offers_it_again(session, clip, propagation):
    settle(session, clip, A, 0)
    settle(session, clip, B, 0)
    propagation.start(CLIP, 0, Direction.FORWARD)
    before = dict(propagation.proposal)
    propagation.accept([(A, 4), (B, 4)])
    assert propagation.proposal.keys() == before.keys() - {(A, 4), (B, 4)}
    assert carried(session, A) == carried(session, B) == [4]
    assert propagation.state.phase is PropagationPhase.PROPOSAL
    session.undo()
    assert carried(session, A) == []
    assert dict(propagation.proposal) == before
    session.redo()
    assert carried(session, A) == [4]
    assert propagation.proposal.keys() == before.keys() - {(A, 4), (B, 4)}


def test_the_last_single_offer_decided_ends_the_matter(session, clip, propagation):
    settle(session, clip, A, 0)
    propagation.start(CLIP, 0, Direction.FORWARD, span=FrameSpan(1, 2))
    propagation.accept([(A, 1)])
    propagation.discard([(A, 2)])
    assert propagation.proposal is None
    assert propagation.state.phase is PropagationPhase.IDLE


def test_what_is_locked_is_not_accepted_singly_either(session, clip, propagation):
    settle(session, clip, A, 0)
    propagation.start(CLIP, 0, Direction.FORWARD)
    annotate.set_locked(session, A, locked=True)
    with pytest.raises(EditError, match="settled or locked meanwhile"):
        propagation.accept([(A, 1)])
    assert offered(propagation) == {A: list(range(1, COUNT))}


def test_undo_of_a_discard_brings_it_back_beside_another_clip_s_offer_and_goes_there(session, clip, propagation, other):
    settle(session, clip, A, 0)
    propagation.start(CLIP, 0, Direction.FORWARD)
    propagation.discard()
    propagation.start(other, 0, Direction.FORWARD)
    change = session.undo()
    assert change.medium_id == CLIP
    everywhere = list(range(1, COUNT))
    assert clips_on_offer(propagation) == {CLIP: everywhere, other: everywhere}
    session.redo()
    assert clips_on_offer(propagation) == {other: everywhere}


def test_undoing_the_removal_of_a_clip_brings_its_offer_back_beside_another_clip_s(session, clip, propagation, other):
    settle(session, clip, A, 0)
    propagation.start(CLIP, 0, Direction.FORWARD)
    remove_media(session, [CLIP])
    assert propagation.state.phase is PropagationPhase.IDLE
    propagation.start(other, 0, Direction.FORWARD)
    session.undo()
    everywhere = list(range(1, COUNT))
    assert clips_on_offer(propagation) == {CLIP: everywhere, other: everywhere}
    session.redo()
    assert clips_on_offer(propagation) == {other: everywhere}
    assert propagation.state.phase is PropagationPhase.PROPOSAL


def test_cancelled_between_keyframes_it_keeps_the_side_it_has(session, clip, propagation):
    settle(session, clip, A, 0, 12)
    propagation.subscribe(lambda state: propagation.cancel() if (A, 7) in state.arrived else None)
    propagation.start(CLIP, 0, Direction.FORWARD, to_next_keyframe=True)
    assert offered(propagation) == {A: [7, 8, 9, 10, 11]}
    assert all(proposed.is_draft for proposed in propagation.proposal.values())
    assert all(proposed.mask == clip.mask(*key) for key, proposed in propagation.proposal.items())


def test_reject_leaves_no_trace(session, clip, propagation):
    settle(session, clip, A, 0)
    before, steps = contents(session.project), session.history.state_number
    propagation.start(CLIP, 0, Direction.FORWARD)
    propagation.reject()
    assert propagation.state == PropagationState() or propagation.proposal is None
    assert propagation.state.phase is PropagationPhase.IDLE
    assert (contents(session.project), session.history.state_number) == (before, steps)


def test_a_failure_is_a_sentence_and_loses_nothing(session, clip, propagation, fake, allow_log):
    allow_log("propagating frames .* failed")
    settle(session, clip, A, 0)

    def run_out(frame: int) -> None:
        if frame == 4:
            raise RuntimeError("CUDA out of memory")

    fake.before_track = run_out
    propagation.start(CLIP, 0, Direction.FORWARD)
    assert propagation.state.phase is PropagationPhase.FAILED
    assert "CUDA out of memory" in propagation.state.sentence
    assert offered(propagation) == {A: [1, 2, 3]}
    propagation.accept()
    assert carried(session, A) == [1, 2, 3]


def test_a_model_that_is_not_there_is_a_sentence(session, clip):
    def no_bundle():
        raise BundleError("There is no bundle 'cfsa-lite'; fetch it.")

    settle(session, clip, A, 0)
    propagation = Propagation(session, session.runner, no_bundle)
    propagation.start(CLIP, 0, Direction.FORWARD)
    assert propagation.state.sentence == "There is no bundle 'cfsa-lite'; fetch it."
    fake = FakeVideoPredictor()
    propagation.use_loader(lambda: fake)
    propagation.start(CLIP, 0, Direction.FORWARD)
    assert len(propagation.proposal) == COUNT - 1


# --- several runs ----------------------------------------------------------------------------------------------------


def test_an_object_added_mid_clip_leaves_the_others_alone(session, clip, propagation, fake):
    settle(session, clip, A, 0)
    propagation.start(CLIP, 0, Direction.FORWARD)
    first = {key: proposed.mask for key, proposed in propagation.proposal.items()}
    settle(session, clip, B, 7)
    propagation.start(CLIP, 7, Direction.FORWARD, referents=[B])
    assert offered(propagation) == {A: list(range(1, COUNT)), B: list(range(8, COUNT))}
    assert {key: propagation.proposal[key].mask for key in first} == first
    assert all(referents == (B,) for _, referents in fake.tracked[COUNT - 1 :]), "what was done is not done again"
    accepted = contents(session.project)
    propagation.accept()
    assert carried(session, A) == list(range(1, COUNT))
    assert carried(session, B) == list(range(8, COUNT))
    session.undo()
    assert contents(session.project) == accepted


def test_a_further_object_after_acceptance_changes_no_mask_of_the_others(session, clip, propagation):
    settle(session, clip, A, 0)
    propagation.start(CLIP, 0, Direction.FORWARD)
    propagation.accept()
    masks = {one.frame: one for one in session.project.annotations_of(A)}
    settle(session, clip, B, 7)
    propagation.start(CLIP, 7, Direction.BOTH, referents=[B])
    propagation.accept()
    assert {one.frame: one for one in session.project.annotations_of(A)} == masks


def test_a_correction_runs_again_what_it_touches_and_no_more(session, clip, propagation, fake):
    settle(session, clip, A, 0, 12)
    settle(session, clip, B, 0)
    propagation.start(CLIP, 0, Direction.FORWARD, span=FrameSpan(1, 14))
    propagation.accept()
    others = {key: one for key, one in session.project.annotations.items() if key[0] == B or key[1] > 12}
    settle(session, clip, A, 6)
    fake.tracked.clear()
    assert touched_span(session, A, 6) == FrameSpan(1, 11)
    propagation.rerun(A, 6)
    assert offered(propagation) == {A: [1, 2, 3, 4, 5, 7, 8, 9, 10, 11]}
    assert {frame for frame, _ in fake.tracked} == set(range(1, 12)) - {6}
    assert {referents for _, referents in fake.tracked} == {(A,)}
    propagation.accept()
    assert {key: one for key, one in session.project.annotations.items() if key in others} == others
    # Behind the last keyframe it reaches as far as masks were carried, not to the clip's end.
    settle(session, clip, A, 13)
    assert touched_span(session, A, 13) == FrameSpan(14, 14)


def test_a_correction_of_what_is_on_offer_keeps_the_rest_of_the_offer(session, clip, propagation):
    settle(session, clip, A, 0)
    settle(session, clip, B, 0)
    propagation.start(CLIP, 0, Direction.FORWARD, span=FrameSpan(1, 9))
    annotate.mark_absent(session, A, 4)
    assert (A, 4) not in propagation.proposal
    propagation.rerun(A, 4)
    assert offered(propagation) == {A: [1, 2, 3, 5, 6, 7, 8, 9], B: list(range(1, 10))}


@pytest.mark.parametrize("ends", ["stopped", "failed"])
def test_a_run_that_ends_early_leaves_what_was_on_offer_where_it_did_not_come(session, clip, propagation, fake, ends):
    settle(session, clip, A, 0)
    propagation.start(CLIP, 0, Direction.FORWARD)
    first = {key: proposed.mask for key, proposed in propagation.proposal.items()}
    settle(session, clip, A, 4)
    if ends == "stopped":
        propagation.subscribe(lambda state: propagation.cancel() if (A, 7) in state.arrived else None)
    else:

        def run_out(frame: int) -> None:
            if frame == 8:
                raise ModelError("The model ran out of memory; propagate fewer referents at once.")

        fake.before_track = run_out
    propagation.rerun(A, 4)
    assert offered(propagation) == {A: [1, 2, 3, *range(5, COUNT)]}
    assert all(propagation.proposal[key].mask == first[key] for key in propagation.proposal)
    propagation.accept()
    assert carried(session, A) == [1, 2, 3, *range(5, COUNT)]


# --- with threads ----------------------------------------------------------------------------------------------------


@pytest.fixture
def threaded(
    tmp_path: Path, clip: SquaresClip, threads: Runner, inbox: Inbox
) -> Iterator[tuple[Session, Propagation, FakeVideoPredictor]]:
    session = opened(tmp_path / "threads.refseg", clip, written(clip, tmp_path / "frames"), threads)
    fake = FakeVideoPredictor()
    yield session, Propagation(session, threads, lambda: fake), fake
    inbox.run_until(lambda: session.saved)
    session.close(abandon=True)


def test_how_far_it_is_goes_with_the_masks_however_quickly_they_come(
    tmp_path: Path, clip: SquaresClip, inbox: Inbox
) -> None:
    """Frames filled between two come in one breath with these, and the clock has not moved meanwhile."""
    runner = Runner(inbox.post, clock=lambda: 0.0)
    session = opened(tmp_path / "project.refseg", clip, written(clip, tmp_path / "squares"), runner)
    propagation = Propagation(session, runner, FakeVideoPredictor)
    settle(session, clip, A, 0)
    states: list[PropagationState] = []
    propagation.subscribe(states.append)
    propagation.start(CLIP, 0, Direction.FORWARD)
    inbox.run_until(lambda: not propagation.state.is_busy)
    arrived = 0
    for state in states:
        arrived += len(state.arrived)
        assert state.progress.done >= arrived or not state.is_busy
    assert arrived == COUNT - 1
    session.close()
    assert runner.shutdown(timeout=60)


def test_in_a_lane_runs_queue_up_and_the_later_owns_what_both_want(threaded, clip, inbox):
    session, propagation, fake = threaded
    settle(session, clip, A, 0)
    settle(session, clip, B, 0)
    propagation.start(CLIP, 0, Direction.FORWARD, referents=[A, B])
    annotate.mark_absent(session, A, 8)
    propagation.start(CLIP, 8, Direction.FORWARD, referents=[A])
    arrived = []
    propagation.subscribe(lambda state: arrived.extend(state.arrived))
    inbox.run_until(lambda: not propagation.state.is_busy)
    # What the first run finds behind the correction is outdated, and not even shown.
    assert sorted(key for key in arrived if key[0] == A and key[1] > 8) == [(A, frame) for frame in range(9, COUNT)]
    assert offered(propagation) == {A: [1, 2, 3, 4, 5, 6, 7, *range(9, COUNT)], B: list(range(1, COUNT))}
    tracked = [referents for _, referents in fake.tracked]
    assert tracked.count((A,)) == COUNT - 9


def test_the_same_again_replaces_the_run_under_way(threaded, clip, inbox):
    session, propagation, _ = threaded
    settle(session, clip, A, 0)
    for _ in range(3):
        propagation.start(CLIP, 0, Direction.FORWARD)
    inbox.run_until(lambda: not propagation.state.is_busy)
    assert offered(propagation) == {A: list(range(1, COUNT))}
    propagation.accept()
    assert carried(session, A) == list(range(1, COUNT))


def test_cancel_from_the_window_ends_the_lanes_work(threaded, clip, inbox):
    session, propagation, _ = threaded
    settle(session, clip, A, 0)
    propagation.start(CLIP, 0, Direction.FORWARD)
    inbox.run_until(lambda: propagation.proposal is not None and len(propagation.proposal) >= 3)
    propagation.cancel()
    kept = offered(propagation)
    assert kept == {A: list(range(1, len(kept[A]) + 1))}
    inbox.run_waiting()
    assert offered(propagation) == kept
    assert propagation.state.phase is PropagationPhase.PROPOSAL


# --- review ----------------------------------------------------------------------------------------------------------


def test_the_timeline_knows_settled_propagated_doubtful_and_absent(tmp_path: Path, fake: FakeVideoPredictor) -> None:
    clip = SquaresClip(COUNT, hidden={A: range(6, 9)})
    session = opened(tmp_path / "hidden.refseg", clip, written(clip, tmp_path / "hidden"), SynchronousRunner())
    settle(session, clip, A, 0)
    annotate.mark_absent(session, A, 7)
    propagation = Propagation(session, session.runner, lambda: fake)
    propagation.start(CLIP, 0, Direction.FORWARD, span=FrameSpan(1, 12))
    assert [run.first for run in propagation.proposal.doubtful()] == [6, 9]
    propagation.accept()
    session.commit(PutAnnotation(Annotation(A, 14, clip.mask(A, 14), Provenance(Origin.IMPORTED))))
    states = frame_states(session, A)
    assert states == {
        0: FrameState.SETTLED,
        **dict.fromkeys(range(1, 6), FrameState.PROPAGATED),
        6: FrameState.DOUBTFUL,
        7: FrameState.SETTLED_ABSENT,
        8: FrameState.ABSENT,
        9: FrameState.DOUBTFUL,
        10: FrameState.PROPAGATED,
        11: FrameState.PROPAGATED,
        12: FrameState.PROPAGATED,
        14: FrameState.OPEN,
    }
    queue = review_queue(session, CLIP)
    assert [(run.referent, run.first, run.last) for run in queue] == [(A, 6, 6), (A, 9, 9)]
    first, second = sorted(queue, key=lambda run: run.first)
    assert next_doubtful(queue, 0) == first
    assert next_doubtful(queue, 6, A) == second
    assert next_doubtful(queue, 9, A) is None
    assert next_doubtful(queue, 9, A, forward=False) == first
    # A frame that was looked at leaves the queue.
    propagation.settle(A, 6)
    assert [run.first for run in review_queue(session, CLIP)] == [9]
    session.close(abandon=True)


def test_of_doubtful_runs_that_begin_on_one_frame_each_has_its_turn():
    runs = [
        DoubtfulFrames(referent=referent, first=first, last=first + 1, score=score)
        for referent, first, score in [(B, 6, 0.9), (A, 6, 0.8), (C, 3, 0.7), (A, 9, 0.6)]
    ]
    way, place = [], (0, None)
    while (run := next_doubtful(runs, *place)) is not None:
        place = (run.first, run.referent)
        way.append(place)
    assert way == [(3, C), (6, A), (6, B), (9, A)]
    back = [way[-1]]
    while (run := next_doubtful(runs, *back[-1], forward=False)) is not None:
        back.append((run.first, run.referent))
    assert back == way[::-1]
    # On the frame with another selected, or none, both are still to be met.
    assert next_doubtful(runs, 6, C).referent == A
    assert next_doubtful(runs, 6, forward=False).referent == C


def test_settling_a_frame_on_offer_takes_its_mask_into_the_project(session, clip, propagation):
    settle(session, clip, A, 0)
    propagation.start(CLIP, 0, Direction.FORWARD)
    propagation.settle(A, 5)
    annotation = session.project.annotations[A, 5]
    assert annotation.keyframe
    assert annotation.mask == clip.mask(A, 5)
    assert annotation.provenance.author == "Ada"
    assert (A, 5) not in propagation.proposal
    session.undo()
    assert (A, 5) not in session.project.annotations


def test_keyframes_before_and_behind(session, clip):
    settle(session, clip, A, 2, 9)
    settle(session, clip, B, 5)
    assert keyframes_of(session, CLIP) == [2, 5, 9]
    assert keyframes_of(session, CLIP, [A]) == [2, 9]
    assert next_keyframe(session, CLIP, 2) == 5
    assert next_keyframe(session, CLIP, 2, [A]) == 9
    assert next_keyframe(session, CLIP, 9) is None
    assert previous_keyframe(session, CLIP, 5) == 2
    assert previous_keyframe(session, CLIP, 2) is None


# --- what a long run leaves behind -----------------------------------------------------------------------------------


def test_undo_of_a_run_over_an_earlier_one_brings_the_earlier_masks_back(session, clip, propagation):
    settle(session, clip, A, 0)
    propagation.start(CLIP, 0, Direction.FORWARD)
    propagation.accept()
    first = contents(session.project)
    settle(session, clip, A, 8)
    settled = contents(session.project)
    propagation.start(CLIP, 8, Direction.BOTH)
    propagation.accept()
    assert carried(session, A) == [frame for frame in range(COUNT) if frame not in (0, 8)]
    session.undo()
    assert contents(session.project) == settled, "one run is one step, whatever it replaced"
    session.undo()
    assert contents(session.project) == first
    session.redo()
    session.redo()
    assert [one.keyframe for one in session.project.annotations_of(A)] == [frame in (0, 8) for frame in range(COUNT)]


def test_undoing_the_barrier_opens_its_frame_to_the_next_run(session, clip, propagation):
    settle(session, clip, A, 0, 6)
    propagation.start(CLIP, 0, Direction.FORWARD)
    propagation.accept()
    assert session.project.annotations[A, 6].keyframe
    session.undo()
    session.undo()
    assert (A, 6) not in session.project.annotations
    propagation.start(CLIP, 0, Direction.FORWARD)
    assert (A, 6) in (propagation.proposal or {})
    propagation.accept()
    assert not session.project.annotations[A, 6].keyframe


def test_undo_after_an_object_was_added_mid_clip_takes_back_that_one_alone(session, clip, propagation):
    settle(session, clip, A, 0)
    propagation.start(CLIP, 0, Direction.FORWARD)
    propagation.accept()
    before = contents(session.project)
    settle(session, clip, B, 5)
    propagation.start(CLIP, 5, Direction.BOTH, referents=[B])
    propagation.accept()
    assert carried(session, B) == [frame for frame in range(COUNT) if frame != 5]
    session.undo()
    session.undo()
    assert contents(session.project) == before


def test_a_cancelled_run_is_accepted_and_undone_as_any_other(session, clip, propagation, fake):
    settle(session, clip, A, 0)
    before = contents(session.project)
    fake.before_track = lambda frame: propagation.cancel() if frame == 7 else None
    propagation.start(CLIP, 0, Direction.FORWARD, span=FrameSpan(1, 12))
    fake.before_track = None
    arrived = offered(propagation)[A]
    assert arrived == list(range(1, len(arrived) + 1))
    assert 0 < len(arrived) < 12
    propagation.accept()
    assert carried(session, A) == arrived
    session.undo()
    assert contents(session.project) == before


def test_masks_of_a_run_wait_as_code_in_offer_project_and_history(tmp_path, clip, fake):
    large = SquaresClip(COUNT)
    session = opened(tmp_path / "packed.refseg", large, written(large, tmp_path / "large"), SynchronousRunner())
    propagation = Propagation(session, session.runner, lambda: fake)
    settle(session, large, A, 0)
    propagation.start(CLIP, 0, Direction.FORWARD)
    proposal = propagation.proposal
    assert proposal is not None
    offered_masks = {key: proposed.mask for key, proposed in proposal.items()}
    assert all(mask.is_packed for mask in offered_masks.values())
    propagation.accept()
    for key, mask in offered_masks.items():
        assert session.project.annotations[key].mask is mask, "not even copied on its way"
    step = session.history.next_undo
    assert step is not None
    session.undo()
    redo = session.history.next_redo
    assert redo is not None
    # What redo holds is what the masks hold, and a constant for each record.
    held = sum(mask.nbytes for mask in offered_masks.values())
    assert held < sum(mask.box.area for mask in offered_masks.values())
    assert held < redo.cost <= held + 600 * (COUNT + 1)
    assert session.history.bytes <= redo.cost + sum(600 for _ in range(2 * COUNT))
    session.close()
