"""A phrase read in a clip: asked on a few frames, what their answers elect is carried both ways. No torch.

One frame's answer can be wrong in itself and yet be sure of itself. So what each of the frames asked says is carried to
the others and compared with what was said there: the right object is found again on many frames, a mistake on few. On
each frame all answers then vote, pixel by pixel, by what they proved to be worth; the frame where they are most at one
is carried on.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from refseg_annotator.core.annotation import ReferentId
from refseg_annotator.core.mask import Mask
from refseg_annotator.core.metrics import iou
from refseg_annotator.inference.predictor import answered_mask, binarize
from refseg_annotator.inference.propagation import Direction, FramePrediction, FrameReader, propagate
from refseg_annotator.inference.video_predictor import always

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from refseg_annotator.inference.predictor import ImageFeatures, Predictor
    from refseg_annotator.inference.video_predictor import VideoPredictor
    from refseg_annotator.text import Tokens

ASKED: Final = 7
AROUND: Final = 45  # frames, one to two seconds: further off much may have changed, or the clip been cut
_ONE: Final = ReferentId(1)  # of a vote on one phrase, which is over before a project has any referent
_MOST: Final = 0.5  # of the votes, that a pixel needs
_EQUAL: Final = 1e-6  # frames whose answers differ by less are equally at one


@dataclass(frozen=True, slots=True, eq=False)
class FrameAnswer:
    """What the phrase was answered on one frame.

    Attributes:
        mask: the best guess, even where the model finds that nothing fits; may be empty.
        presence: probability that the phrase names something there, 0..1.
        score: the model's expected quality, 0..1.
        agreement: how far the other frames' answers, carried here and this one carried there, say the same, 0..1.
        carried: the mask as it was carried to the other frames asked.
    """

    frame: int
    mask: Mask
    presence: float
    score: float
    agreement: float = 0.0
    carried: Mapping[int, Mask] = field(default_factory=dict)

    @property
    def sureness(self) -> float:
        """Presence times expected quality, 0..1."""
        return self.presence * self.score

    @property
    def merit(self) -> float:
        """What the answers are ranked by."""
        return self.sureness * (0.1 + self.agreement)


def spread_frames(count: int, most: int = ASKED) -> list[int]:
    """At most `most` frames of `count`, in the middles of equal parts of the clip."""
    wanted = min(count, most)
    return [int((place + 0.5) * count / wanted) for place in range(wanted)]


def frames_around(frame: int, count: int, *, most: int = ASKED, within: int = AROUND) -> list[int]:
    """A frame of `count` and up to `most` - 1 others, spread over `within` frames on both sides, rising."""
    first, last = max(0, frame - within), min(count - 1, frame + within)
    others = [first + place for place in range(last - first + 1) if first + place != frame]
    chosen = [others[place] for place in spread_frames(len(others), most - 1)] if others else []
    return sorted([frame, *chosen])


def ask_frames(
    predictor: Predictor, frames: FrameReader, phrases: Mapping[ReferentId, Tokens], asked: Sequence[int]
) -> dict[ReferentId, list[FrameAnswer]]:
    """Every phrase on every one of the frames asked, each frame encoded once.

    Of the predictions the masks alone are kept: each holds several maps of a frame's size.
    """
    found: dict[ReferentId, list[FrameAnswer]] = {phrase: [] for phrase in phrases}
    for frame in asked:
        features = predictor.encode(frames.read(frame))
        for phrase, tokens in phrases.items():
            found[phrase].append(answer_on(frame, predictor, features, tokens))
    return found


def answer_on(frame: int, predictor: Predictor, features: ImageFeatures, tokens: Tokens) -> FrameAnswer:
    """What a phrase is answered on an encoded frame."""
    prediction = predictor.predict(features, tokens)
    mask = binarize(prediction, predictor.info)
    return FrameAnswer(frame, mask, float(prediction.presence), float(prediction.score))


def weigh(
    predictor: VideoPredictor,
    frames: FrameReader,
    answers: Mapping[ReferentId, Sequence[FrameAnswer]],
    *,
    still_wanted: Callable[[], bool] = always,
) -> dict[ReferentId, list[FrameAnswer]]:
    """The answers with their agreement: each is carried to all frames asked and compared with what was said there.

    The frames asked are swept twice, forth and back, all answers of all phrases together.

    Args:
        still_wanted: asked before each frame; after a no the answers come as far as they were carried.
    """
    places = sorted({answer.frame for listed in answers.values() for answer in listed})
    said = {phrase: {answer.frame: answer for answer in listed} for phrase, listed in answers.items()}
    # An answer is a referent of its own here, numbered through.
    names = {
        (phrase, answer.frame): ReferentId(number)
        for number, (phrase, answer) in enumerate(
            (phrase, answer) for phrase, listed in answers.items() for answer in listed if not answer.mask.is_empty
        )
    }
    carried: dict[tuple[ReferentId, int], dict[int, Mask]] = {name: {} for name in names}
    for order in (places, places[::-1]):
        memory = predictor.begin(frames.size, thorough=False)
        under_way: list[tuple[ReferentId, int]] = []
        for frame in order:
            if not still_wanted():
                break
            image = frames.read(frame)
            starting = [name for name in names if name[1] == frame]
            if starting:  # first, for so the frame is read once and whole
                memory.remember(frame, image, {names[name]: said[name[0]][frame].mask for name in starting})
            if under_way:
                tracked = memory.track(frame, image, [names[name] for name in under_way])
                for name in under_way:
                    carried[name][frame] = answered_mask(tracked[names[name]], predictor.info)
            under_way += starting
    return {
        phrase: [_weighed(answer, carried.get((phrase, answer.frame), {}), said[phrase]) for answer in listed]
        for phrase, listed in answers.items()
    }


def vote(
    predictor: VideoPredictor,
    frames: FrameReader,
    answers: Sequence[FrameAnswer],
    frame: int | None = None,
    *,
    still_wanted: Callable[[], bool] = always,
) -> FrameAnswer | None:
    """What the answers of one phrase elect once they are weighed; see `weigh` and `elected`."""
    return elected(weigh(predictor, frames, {_ONE: answers}, still_wanted=still_wanted)[_ONE], frame)


def _weighed(answer: FrameAnswer, carried: Mapping[int, Mask], said: Mapping[int, FrameAnswer]) -> FrameAnswer:
    """The mean agreement with the other frames, those that are sure of themselves counting more."""
    agreed = [(said[frame].sureness, iou(mask, said[frame].mask)) for frame, mask in carried.items() if frame in said]
    total = sum(sureness for sureness, _ in agreed)
    agreement = sum(sureness * overlap for sureness, overlap in agreed) / total if total > 0 else 0.0
    return replace(answer, agreement=agreement, carried=carried)


def best_answer(answers: Sequence[FrameAnswer]) -> FrameAnswer | None:
    """The one to carry; None where the phrase was answered with nothing on every frame."""
    shown = [answer for answer in answers if not answer.mask.is_empty]
    return max(shown, key=lambda answer: answer.merit) if shown else None


def elected(answers: Sequence[FrameAnswer], frame: int | None = None) -> FrameAnswer | None:
    """What all answers together say, by default on the frame where they are most at one; None where all are empty.

    Each has the square of its merit in votes: what no other frame bears out hardly counts. Of frames that are equally
    at one that of the best answer is taken.

    Args:
        answers: from `weigh`.
        frame: the one of those asked on which to vote; None where they elect nothing there.

    Returns:
        The mask that most votes are for; its presence, score and agreement are the voters' mean.
    """
    best = best_answer(answers)
    if best is None:
        return None
    voters = [answer for answer in answers if not answer.mask.is_empty and answer.merit > 0]
    chosen = best if frame is None else None
    frames = {answer.frame for answer in answers} if frame is None else {frame}
    for place in sorted(frames, key=lambda one: one != best.frame):
        together = _vote(voters, place)
        if together is None:
            continue
        if chosen is None or chosen is best or together.agreement > chosen.agreement + _EQUAL:
            chosen = together
    return chosen


def _vote(voters: Sequence[FrameAnswer], frame: int) -> FrameAnswer | None:
    masks = [(one, one.mask if one.frame == frame else one.carried.get(frame)) for one in voters]
    given = [(voter.merit**2, voter, mask) for voter, mask in masks if mask is not None]
    total = sum(votes for votes, _, _ in given)
    if total <= 0:
        return None
    tally = np.zeros(given[0][2].size.shape, np.float32)
    for votes, _, mask in given:
        tally[mask.box.slices] += np.float32(votes / total) * mask.pixels
    together = Mask.from_array(tally > _MOST)
    if together.is_empty:
        return None
    at_one = sum(votes * iou(mask, together) for votes, _, mask in given) / total
    presence = sum(votes * voter.presence for votes, voter, _ in given) / total
    score = sum(votes * voter.score for votes, voter, _ in given) / total
    return FrameAnswer(frame, together, presence, score, at_one)


def follow_phrases(
    predictor: Predictor,
    video_predictor: VideoPredictor,
    frames: FrameReader,
    frame_count: int,
    phrases: Mapping[ReferentId, Tokens],
    *,
    most: int = ASKED,
) -> Iterator[tuple[int, Mapping[ReferentId, Mask]]]:
    """The masks of several phrases on every frame of a clip; frames come as `propagate` gives them, chosen ones first.

    A phrase that is answered with nothing on all frames asked comes with no mask at all.
    """
    answers = ask_frames(predictor, frames, phrases, spread_frames(frame_count, most))
    chosen: dict[int, dict[ReferentId, Mask]] = {}
    for phrase, listed in weigh(video_predictor, frames, answers).items():
        best = elected(listed)
        if best is not None:
            chosen.setdefault(best.frame, {})[phrase] = best.mask
    yield from chosen.items()
    if chosen:
        found: Iterator[FramePrediction] = propagate(
            video_predictor, frames, chosen, first=0, last=frame_count - 1, direction=Direction.BOTH, thorough=False
        )
        for prediction in found:
            yield prediction.frame, {phrase: result.mask for phrase, result in prediction.masks.items()}
