"""A doubtful answer on a frame of a clip, put to the vote of the frames around it (see `inference.phrase_in_clip`)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from refseg_annotator.core.annotation import MediumKind
from refseg_annotator.inference.flow_predictor import FLOW_INFO
from refseg_annotator.inference.phrase_in_clip import FrameAnswer, answer_on, frames_around, vote
from refseg_annotator.services.frames import ClipReader
from refseg_annotator.services.proposal import MaskCandidate, Proposal

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from refseg_annotator.core.annotation import Medium
    from refseg_annotator.inference.video_predictor import VideoPredictor
    from refseg_annotator.services.frames import Frames
    from refseg_annotator.services.readers import Reader

_SURE: Final = 0.7  # expected quality from which on nobody else is asked
_MOST_READINGS: Final = 5
# How much less right a mask is than those who voted for it agree: 60 votes on refvideos valid agree by .79 and have an
# IoU of .60 with the truth, which agreement foretells (correlation .62) and the score of single frames does not (.28).
_FLATTERY: Final = 0.19


def frames_to_vote(proposal: Proposal, medium: Medium) -> list[int]:
    """The frames that are to vote on a proposal, its own among them; none where it is sure of itself, or of a photo."""
    unsure = proposal.score < _SURE and not proposal.is_absent and not proposal.mask.is_empty
    if medium.kind is not MediumKind.VIDEO or medium.frame_count < 2 or not unsure:
        return []
    return frames_around(proposal.frame, medium.frame_count)


def voted(
    proposal: Proposal,
    asked: list[int],
    reader: Reader,
    follower: VideoPredictor,
    frames: Frames,
    path: Path,
    still_wanted: Callable[[], bool],
) -> Proposal | None:
    """The proposal with what the frames asked elect on its frame; the reading of that frame alone is offered beside it.

    For the model's lane.

    Returns:
        None where they elect nothing, nobody wants it any more, or masks could be carried by optical flow alone, which
        does not reach from one of these frames to the next.

    Raises:
        MediaError: a frame cannot be read.
    """
    if follower.info == FLOW_INFO:
        return None
    tokens = reader.predictor.tokenize(proposal.text)
    answers: list[FrameAnswer] = []
    for frame in asked:
        if not still_wanted():
            return None
        answers.append(answer_on(frame, reader.predictor, reader.encoded(frames, path, frame).features, tokens))
    clip = ClipReader(frames, path, proposal.mask.size)
    found = vote(follower, clip, answers, proposal.frame, still_wanted=still_wanted)
    if found is None or not still_wanted():
        return None
    mine = MaskCandidate(found.mask, max(0.0, found.agreement - _FLATTERY))
    return replace(
        proposal,
        mask=mine.mask,
        score=mine.score,
        candidates=(mine, *proposal.candidates)[:_MOST_READINGS],
        prior=None,
        asked_on=len(asked),
    )
