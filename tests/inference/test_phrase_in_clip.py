"""A phrase in a clip: one frame's mistake is outvoted, and what is chosen goes both ways."""

from __future__ import annotations

import numpy as np
import pytest

from refseg_annotator.core.annotation import ReferentId
from refseg_annotator.core.mask import Mask
from refseg_annotator.inference.phrase_in_clip import (
    FrameAnswer,
    ask_frames,
    best_answer,
    elected,
    follow_phrases,
    spread_frames,
    weigh,
)
from refseg_annotator.inference.predictor import FakePredictor
from refseg_annotator.inference.video_predictor import FakeVideoPredictor
from tests.inference.clips import A, B, SquaresClip, empty

PHRASE = ReferentId(7)


@pytest.mark.parametrize(
    ("count", "frames"), [(1, [0]), (2, [0, 1]), (7, list(range(7))), (70, [5, 15, 25, 35, 45, 55, 65])]
)
def test_frames_asked_are_spread(count, frames):
    assert spread_frames(count) == frames


def test_a_sure_mistake_on_one_frame_is_outvoted():
    clip = SquaresClip()
    answers = [FrameAnswer(frame, clip.mask(A, frame), 0.6, 1.0) for frame in (1, 4, 7)]
    answers.append(FrameAnswer(10, clip.mask(B, 10), 0.9, 1.0))
    weighed = weigh(FakeVideoPredictor(), clip, {PHRASE: answers})[PHRASE]
    assert [answer.frame for answer in weighed] == [1, 4, 7, 10]
    best = best_answer(weighed)
    assert best is not None
    assert best.frame != 10
    assert weighed[0].agreement > 0.5 > weighed[-1].agreement == pytest.approx(0.0)


def test_without_disagreement_the_surest_is_taken():
    clip = SquaresClip()
    answers = [FrameAnswer(frame, clip.mask(A, frame), sure, 1.0) for frame, sure in ((1, 0.5), (4, 0.9), (7, 0.6))]
    best = best_answer(weigh(FakeVideoPredictor(), clip, {PHRASE: answers})[PHRASE])
    assert best is not None
    assert best.frame == 4


def test_one_frame_alone_is_taken_as_it_is():
    clip = SquaresClip()
    weighed = weigh(FakeVideoPredictor(), clip, {PHRASE: [FrameAnswer(3, clip.mask(A, 3), 0.4, 1.0)]})[PHRASE]
    assert best_answer(weighed) == weighed[0]


def test_nothing_found_anywhere_is_nothing():
    answers = {PHRASE: [FrameAnswer(frame, empty(), 0.1, 1.0) for frame in (1, 5)]}
    assert best_answer(weigh(FakeVideoPredictor(), SquaresClip(), answers)[PHRASE]) is None


def test_a_frame_is_encoded_once_for_all_phrases():
    clip, predictor = SquaresClip(), FakePredictor()
    phrases = {
        ReferentId(0): predictor.tokenize("the red square"),
        ReferentId(1): predictor.tokenize("the green square"),
    }
    found = ask_frames(predictor, clip, phrases, [2, 9])
    assert clip.reads == [2, 9]
    assert [answer.frame for answer in found[ReferentId(1)]] == [2, 9]
    assert found[ReferentId(0)][0].mask == clip.mask(A, 2)
    for answer in found[ReferentId(0)]:
        said = predictor.predict(predictor.encode(clip.read(answer.frame)), phrases[ReferentId(0)])
        assert (answer.presence, answer.score) == (said.presence, said.score)
        assert answer.sureness == answer.presence * answer.score


def test_phrases_are_followed_over_the_whole_clip():
    clip, predictor = SquaresClip(12), FakePredictor()
    phrases = {
        ReferentId(0): predictor.tokenize("the red square"),
        ReferentId(1): predictor.tokenize("the green square"),
    }
    found = {}
    for frame, masks in follow_phrases(predictor, FakeVideoPredictor(), clip, 12, phrases, most=3):
        for phrase, mask in masks.items():
            assert (phrase, frame) not in found, "a frame is answered once"
            found[phrase, frame] = mask
    for phrase, referent in ((ReferentId(0), A), (ReferentId(1), B)):
        for frame in range(12):
            assert np.array_equal(found[phrase, frame].to_array(), clip.mask(referent, frame).to_array())


def cut(mask: Mask, columns: int) -> Mask:
    """A mask without its leftmost columns."""
    pixels = mask.to_array()
    pixels[:, : mask.box.x0 + columns] = False
    return Mask.from_array(pixels)


def test_what_is_carried_is_what_most_answers_say_pixel_by_pixel():
    """The surest answer lacks a part of the square that the others have: their votes bring it back."""
    clip = SquaresClip()
    answers = [FrameAnswer(1, cut(clip.mask(A, 1), 2), 0.75, 1.0)]
    answers += [FrameAnswer(frame, clip.mask(A, frame), 0.7, 1.0) for frame in (4, 7, 10)]
    weighed = weigh(FakeVideoPredictor(), clip, {PHRASE: answers})[PHRASE]
    assert set(weighed[0].carried) == {4, 7, 10}
    found = elected(weighed)
    assert found is not None
    assert found.mask == clip.mask(A, found.frame)
    assert found.agreement > 0.8


def test_a_sure_mistake_does_not_win_the_vote():
    clip = SquaresClip()
    answers = [FrameAnswer(frame, clip.mask(A, frame), 0.6, 1.0) for frame in (1, 4, 7)]
    answers.append(FrameAnswer(10, clip.mask(B, 10), 0.9, 1.0))
    found = elected(weigh(FakeVideoPredictor(), clip, {PHRASE: answers})[PHRASE])
    assert found is not None
    assert found.mask == clip.mask(A, found.frame)


def test_what_is_elected_is_as_sure_as_its_voters():
    clip = SquaresClip()
    answers = [FrameAnswer(frame, clip.mask(A, frame), 0.6, 0.5) for frame in (1, 4, 7)]
    found = elected(weigh(FakeVideoPredictor(), clip, {PHRASE: answers})[PHRASE])
    assert (found.presence, found.score) == pytest.approx((0.6, 0.5))
    assert found.sureness == pytest.approx(0.3)


def test_one_answer_alone_is_elected_on_its_own_frame():
    clip = SquaresClip()
    answers = [FrameAnswer(3, clip.mask(A, 3), 0.4, 1.0), FrameAnswer(8, empty(), 0.4, 1.0)]
    found = elected(weigh(FakeVideoPredictor(), clip, {PHRASE: answers})[PHRASE])
    assert found is not None
    assert (found.frame, found.mask) == (3, clip.mask(A, 3))


def test_answers_that_are_sure_of_nothing_elect_the_best_of_them():
    alone = FrameAnswer(2, SquaresClip().mask(A, 2), 0.0, 1.0)
    assert elected([alone]) is alone
    assert elected([FrameAnswer(2, empty(), 0.5, 1.0)]) is None
    assert elected([]) is None
