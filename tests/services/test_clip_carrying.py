"""A phrase or a mask carried through a clip without a window: where it starts, and what is on disk when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from refseg_annotator.core.annotation import FrameSpan, MediumState, Origin
from refseg_annotator.core.metrics import iou
from refseg_annotator.errors import EditError, UsageError
from refseg_annotator.inference.predictor import FakePredictor
from refseg_annotator.inference.video_predictor import FakeVideoPredictor
from refseg_annotator.media import FrameCache
from refseg_annotator.services import clip_carrying
from refseg_annotator.services.clip_carrying import (
    CarriedClip,
    Direction,
    frames_to_ask,
    given_start,
    phrase_start,
)
from refseg_annotator.services.documents import new_project
from refseg_annotator.services.jobs import SynchronousRunner
from refseg_annotator.services.session import Session
from refseg_annotator.storage.project_store import ProjectStore
from tests.inference.clips import A, SquaresClip

COUNT = 30


@pytest.fixture
def clip(tmp_path: Path) -> SquaresClip:
    return SquaresClip(COUNT, path=tmp_path / "squares.mp4")


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    made = new_project(tmp_path / "p.refseg", runner=SynchronousRunner(), media=FrameCache(1 << 20), author="Ada")
    yield made
    made.close(abandon=True)


def carried(session: Session, clip: SquaresClip, frame: int = 0, direction: Direction = Direction.BOTH) -> CarriedClip:
    start = given_start(frame, clip.mask(A, frame))
    return CarriedClip(session, clip, "the red one", start, FrameSpan(0, COUNT - 1), direction)


def on_disk(session: Session) -> int:
    assert session.path is not None
    with ProjectStore.open(session.path, read_only=True) as store:
        return store.count_records()[1]


@pytest.mark.parametrize(
    ("span", "frames"),
    [
        ((0, 0), [0]),
        ((5, 7), [5, 6, 7]),
        ((0, 7), [0, 1, 2, 3, 4, 5, 6, 7]),
        ((0, 70), [0, 10, 20, 30, 40, 50, 60, 70]),
    ],
)
def test_the_frames_to_ask_are_spread_over_the_span(span: tuple[int, int], frames: list[int]) -> None:
    assert frames_to_ask(FrameSpan(*span)) == frames


def test_the_phrase_starts_where_it_is_surest() -> None:
    clip = SquaresClip(COUNT, hidden={A: range(10)})
    start = phrase_start(FakePredictor(), clip, "the red square", [0, 5, 12])
    assert (start.frame, start.asked, start.is_found) == (12, (0, 5, 12), True)
    assert start.mask == clip.mask(A, 12)
    assert (start.provenance.origin, start.provenance.phrase) == (Origin.PREDICTED, "the red square")
    nowhere = phrase_start(FakePredictor(), clip, "the red square", [0, 5])
    assert not nowhere.is_found
    assert nowhere.presence is not None
    with pytest.raises(UsageError, match="no word"):
        phrase_start(FakePredictor(), clip, "?", [0])
    with pytest.raises(ValueError, match="one frame at least"):
        phrase_start(FakePredictor(), clip, "red", [])


class WrongOnce(FakePredictor):
    """Sure of itself on every picture, and wrong on the one that it was asked at `wrong`."""

    wrong = 1

    def predict(self, features, tokens):
        prediction = super().predict(features, tokens)
        if self.encoded - 1 != self.wrong:
            return prediction
        elsewhere = np.roll(prediction.probability, prediction.probability.shape[1] // 2, axis=1)
        return replace(prediction, probability=elsewhere, presence=1.0, score=1.0)


def test_the_frames_asked_outvote_one_that_is_wrong() -> None:
    clip = SquaresClip(COUNT)
    asked = [0, 5, 12, 20]
    alone = phrase_start(WrongOnce(), clip, "the red square", asked)
    assert alone.frame == 5
    assert alone.mask != clip.mask(A, 5)
    start = phrase_start(WrongOnce(), clip, "the red square", asked, follower=FakeVideoPredictor())
    assert iou(start.mask, clip.mask(A, start.frame)) > 0.8
    # One frame has nobody to vote with, and what is nowhere is not put to the vote.
    only = phrase_start(FakePredictor(), clip, "the red square", [12], follower=FakeVideoPredictor())
    assert only.mask == clip.mask(A, 12)
    hidden = SquaresClip(COUNT, hidden={A: range(COUNT)})
    assert not phrase_start(FakePredictor(), hidden, "the red square", asked, follower=FakeVideoPredictor()).is_found


def test_only_a_mask_that_somebody_gave_is_studied(session: Session, clip: SquaresClip) -> None:
    follower = FakeVideoPredictor()
    list(carried(session, clip).carry(follower))
    assert set(follower.thorough) == {True}
    guessed = phrase_start(FakePredictor(), clip, "the red square", [0])
    other = FakeVideoPredictor()
    list(CarriedClip(session, clip, "red", guessed, FrameSpan(0, COUNT - 1), Direction.BOTH).carry(other))
    assert set(other.thorough) == {False}


def test_every_batch_is_on_disk_before_the_next(
    session: Session, clip: SquaresClip, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clip_carrying, "_BATCH", 10)
    run = carried(session, clip)
    assert on_disk(session) == 1, "the start"
    seen = []
    for step in run.carry(FakeVideoPredictor()):
        assert step.total == run.steps == COUNT - 1
        assert on_disk(session) == 1 + step.done // 10 * 10
        seen.append(step.frame)
    assert seen == list(range(1, COUNT))
    assert on_disk(session) == COUNT
    assert [frame for frame, _ in run.masks()] == list(range(COUNT))
    assert all(mask == clip.mask(A, frame) for frame, mask in run.masks())
    assert (run.carried, run.absent, run.doubtful()) == (COUNT - 1, 0, [])


def test_closed_or_broken_off_it_has_what_came(session: Session, clip: SquaresClip) -> None:
    run = carried(session, clip)
    work = run.carry(FakeVideoPredictor())
    for _ in range(7):
        next(work)
    assert on_disk(session) == 1
    work.close()
    assert on_disk(session) == 8


def test_a_disk_that_refuses_is_told_and_the_batch_is_not_lost(
    session: Session, clip: SquaresClip, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = carried(session, clip)
    refusals = [EditError("not now")]
    amend = session.amend

    def refusing(edit):
        if refusals:
            raise refusals.pop()
        return amend(edit)

    monkeypatch.setattr(session, "amend", refusing)
    with pytest.raises(EditError, match="not now"):
        list(run.carry(FakeVideoPredictor()))
    run._put_down()
    assert on_disk(session) == COUNT


def test_history_holds_the_start_alone(session: Session, clip: SquaresClip) -> None:
    run = carried(session, clip)
    before = session.history.bytes
    list(run.carry(FakeVideoPredictor()))
    assert session.history.bytes == before
    assert session.project.media[run.medium_id].state is MediumState.IN_WORK
    assert all(one.mask.is_packed or one.mask.nbytes <= 64 for one in session.project.annotations_of(run.referent_id))


def test_backward_alone(session: Session, clip: SquaresClip) -> None:
    run = carried(session, clip, frame=20, direction=Direction.BACKWARD)
    steps = [step.frame for step in run.carry(FakeVideoPredictor())]
    assert steps == list(range(19, -1, -1))
    assert run.carried == 20
