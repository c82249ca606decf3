"""A doubtful answer on a frame of a clip: the frames around it vote, and what a person does meanwhile is respected."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from refseg_annotator.core.annotation import Medium, MediumId, MediumKind
from refseg_annotator.core.edits import PutMedium
from refseg_annotator.core.mask import Mask
from refseg_annotator.errors import MediaError, ModelError
from refseg_annotator.inference.flow_predictor import FlowWarp
from refseg_annotator.inference.predictor import FAKE_INFO, Prediction
from refseg_annotator.inference.video_predictor import FakeVideoPredictor
from refseg_annotator.media import FrameCache
from refseg_annotator.services.assist import Assist, AssistPhase, AssistState
from refseg_annotator.services.documents import new_project
from refseg_annotator.services.jobs import SynchronousRunner
from refseg_annotator.services.readers import Readers
from refseg_annotator.services.session import Session
from refseg_annotator.text import Tokens
from tests.inference.clips import COLOURS, A, B, SquaresClip

COUNT = 16
CLIP = MediumId(10)
FRAME = 8


@dataclass
class Wavering:
    """Finds the red square everywhere but on the frame it sees first, where it takes the green one for it.

    Attributes:
        score: how sure it is there.
        presence: how sure that the phrase names anything there.
        seen: pictures encoded.
        read: phrases read.
    """

    score: float = 0.4
    presence: float = 0.9
    seen: list[bytes] = field(default_factory=list)
    read: int = 0

    info = FAKE_INFO

    def tokenize(self, phrase: str) -> Tokens:
        words = tuple(phrase.split())
        return Tokens(ids=tuple(range(2, 2 + len(words))), words=words, unknown=(), truncated=False)

    def encode(self, image: np.ndarray) -> np.ndarray:
        if image.tobytes() not in self.seen:
            self.seen.append(image.tobytes())
        return image

    def predict(self, features: np.ndarray, tokens: Tokens) -> Prediction:
        self.read += 1
        is_first = features.tobytes() == self.seen[0]
        pixels = (np.abs(features.astype(int) - COLOURS[B if is_first else A]).sum(axis=2) < 30).astype(np.float32)
        return Prediction(pixels, self.presence if is_first else 0.9, self.score if is_first else 0.9)


@pytest.fixture
def clip() -> SquaresClip:
    return SquaresClip(COUNT)


@pytest.fixture
def session(tmp_path: Path, clip: SquaresClip) -> Iterator[Session]:
    folder = tmp_path / "squares"
    folder.mkdir()
    for frame in range(COUNT):
        assert cv2.imwrite(str(folder / f"{frame:05d}.png"), clip.read(frame)[..., ::-1])
    session = new_project(tmp_path / "project.refseg", runner=SynchronousRunner(), media=FrameCache(8 << 20))
    session.commit(PutMedium(Medium(CLIP, str(folder), MediumKind.VIDEO, clip.size, COUNT)))
    yield session
    session.close(abandon=True)


class Waiting(SynchronousRunner):
    """Holds back votes until they are let go."""

    def __init__(self) -> None:
        super().__init__()
        self.held: list = []

    def start(self, lane, work, **options):
        if not options["title"].startswith("Ask around"):
            return super().start(lane, work, **options)
        self.held.append(lambda: super(Waiting, self).start(lane, work, **options))
        return Held()


class Held:
    """The handle of what waits."""

    cancelled = False

    def cancel(self) -> None:
        self.cancelled = True


def assist_on(session: Session, reader: Wavering, follower=FakeVideoPredictor, runner=None) -> Assist:
    return Assist(session, runner or session.runner, Readers(lambda: reader), follower)


def test_frames_around_outvote_a_doubtful_answer(session: Session, clip: SquaresClip) -> None:
    reader = Wavering()
    assist = assist_on(session, reader)
    states: list[AssistState] = []
    assist.subscribe(states.append)
    assist.request("the red square", CLIP, FRAME)
    offers = [state for state in states if state.proposal is not None]
    # First what the frame alone says, then that others are asked, then what they elect.
    assert [state.proposal.mask for state in offers] == [clip.mask(B, FRAME)] * 2 + [clip.mask(A, FRAME)]
    assert [state.asking for state in offers] == [0, 6, 0]
    assert all(state.phase is AssistPhase.PROPOSAL and not state.is_busy for state in offers)
    proposal = assist.proposal
    assert proposal is not None
    assert (proposal.frame, proposal.asked_on) == (FRAME, 7)
    assert proposal.score == pytest.approx(0.81, abs=0.03)  # all but one say just this
    # The frame's own reading is at hand, under the digit behind.
    assert [one.mask for one in proposal.candidates] == [clip.mask(A, FRAME), clip.mask(B, FRAME)]
    assist.choose(1)
    assert assist.proposal is not None
    assert assist.proposal.mask == clip.mask(B, FRAME)
    assist.choose(0)
    assist.accept()
    (annotation,) = session.project.annotations_on(CLIP, FRAME)
    assert annotation.mask == clip.mask(A, FRAME)
    assert annotation.provenance.iou_before == 1.0


@pytest.mark.parametrize(
    "reader", [Wavering(score=0.8), Wavering(presence=0.2)], ids=["sure of itself", "nothing there"]
)
def test_nobody_else_is_asked(session: Session, clip: SquaresClip, reader: Wavering) -> None:
    assist = assist_on(session, reader)
    assist.request("the red square", CLIP, FRAME)
    assert reader.read == 1
    assert assist.proposal is not None
    assert (assist.proposal.asked_on, assist.proposal.mask) == (1, clip.mask(B, FRAME))


def test_without_what_follows_masks_or_with_flow_alone_the_answer_stands(session: Session, clip: SquaresClip) -> None:
    for follower in (None, FlowWarp):
        assist = assist_on(session, Wavering(), follower)
        assist.request("the red square", CLIP, FRAME)
        assert (assist.state.asking, assist.state.phase) == (0, AssistPhase.PROPOSAL)
        assert assist.proposal is not None
        assert assist.proposal.mask == clip.mask(B, FRAME)


def test_a_clip_of_one_frame_has_none_around(session: Session, clip: SquaresClip, tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    assert cv2.imwrite(str(tmp_path / "one/00000.png"), clip.read(0)[..., ::-1])
    session.commit(PutMedium(replace(session.medium(CLIP), path=str(tmp_path / "one"), frame_count=1)))
    reader = Wavering()
    assist = assist_on(session, reader)
    assist.request("the red square", CLIP, 0)
    assert reader.read == 1
    assert assist.state.asking == 0


def test_where_asking_fails_the_answer_stands(session: Session, clip: SquaresClip) -> None:
    def broken():
        raise ModelError("no such weights")

    assist = assist_on(session, Wavering(), broken)
    assist.request("the red square", CLIP, FRAME)
    assert (assist.state.phase, assist.state.asking, assist.state.sentence) == (AssistPhase.PROPOSAL, 0, None)
    assert assist.proposal is not None
    assert assist.proposal.mask == clip.mask(B, FRAME)


def test_a_frame_that_cannot_be_read_leaves_the_answer(session: Session, clip: SquaresClip, monkeypatch) -> None:
    read = session.frames.read

    def some(path, frame):
        if frame != FRAME:
            raise MediaError(f"Frame {frame} cannot be decoded; use another clip.")
        return read(path, frame)

    monkeypatch.setattr(session.frames, "read", some)
    assist = assist_on(session, Wavering())
    assist.request("the red square", CLIP, FRAME)
    assert (assist.state.phase, assist.state.asking) == (AssistPhase.PROPOSAL, 0)


@pytest.mark.parametrize("deed", ["accept", "revise", "choose", "reject", "ask"])
def test_what_a_person_does_ends_the_asking(session: Session, clip: SquaresClip, deed: str) -> None:
    runner = Waiting()
    assist = assist_on(session, Wavering(), runner=runner)
    assist.request("the red square", CLIP, FRAME)
    assert assist.state.asking == 6
    handle = assist._asking
    drawn = Mask.from_array(np.ones(clip.size.shape, bool))
    match deed:
        case "accept":
            assist.accept()
        case "revise":
            assist.revise(drawn, clicks=1, seconds=1.0)
        case "choose":
            assist.choose(0)
        case "reject":
            assist.reject()
        case "ask":
            assist.request("the green square", CLIP, FRAME + 1)
    assert isinstance(handle, Held)
    assert handle.cancelled
    if deed == "ask":
        assert assist.state.frame == FRAME + 1
    else:
        assert assist.state.asking == 0
    if deed == "revise":
        assert assist.proposal is not None
        assert assist.proposal.mask == drawn


def test_what_is_accepted_meanwhile_is_the_frames_own_answer(session: Session, clip: SquaresClip) -> None:
    runner = Waiting()
    assist = assist_on(session, Wavering(), runner=runner)
    assist.request("the red square", CLIP, FRAME)
    assist.accept()
    (annotation,) = session.project.annotations_on(CLIP, FRAME)
    assert annotation.mask == clip.mask(B, FRAME)
    assert assist.state.phase is AssistPhase.IDLE
