"""Frames filled by optical flow instead of being read: which ones, how well, and what stays as it was."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pytest

from refseg_annotator.core.geometry import Size
from refseg_annotator.core.mask import Mask
from refseg_annotator.core.metrics import iou
from refseg_annotator.errors import MediaError
from refseg_annotator.inference.optical_flow import DenseFlow, Flow
from refseg_annotator.inference.predictor import Prediction
from refseg_annotator.inference.propagation import Direction, propagate
from refseg_annotator.inference.video_predictor import FAKE_VIDEO_INFO, always
from tests.inference.clips import SMALL, A, B, SlidingClip, texture


@dataclass
class Knowing:
    """A predictor that knows the clip, and notes which frames it is asked about and what it is shown.

    Attributes:
        hidden: frames on which it holds its referents to be absent.
    """

    clip: SlidingClip
    reach: int = 2
    hidden: range = range(0)
    score: dict[int, float] = field(default_factory=dict)
    read: list[int] = field(default_factory=list)
    remembered: list[int] = field(default_factory=list)

    info = FAKE_VIDEO_INFO

    def begin(self, size, *, thorough=True, still_wanted=always):
        assert size == self.clip.size
        return self

    def remember(self, frame, image, masks):
        assert np.array_equal(image, self.clip.read(frame))
        self.remembered.append(frame)

    def track(self, frame, image, referents):
        assert np.array_equal(image, self.clip.read(frame))
        self.read.append(frame)
        probability = self.clip.mask(frame).to_array().astype(np.float32)
        presence = 0.1 if frame in self.hidden else 0.9
        return {one: Prediction(probability, presence, self.score.get(frame, 0.8)) for one in referents}


def carried(predictor, keyframes, *, last=12, first=0, **options):
    found = propagate(predictor, predictor.clip, keyframes, first=first, last=last, **options)
    return {one.frame: one for one in found}


@pytest.mark.parametrize("size", [SMALL, Size(800, 480)], ids=["full", "shrunk"])
def test_two_frames_of_three_are_filled_where_flow_can_follow(size):
    clip = SlidingClip(size, step=2)
    predictor = Knowing(clip)
    found = carried(predictor, {0: {A: clip.mask(0)}})
    assert list(found) == list(range(1, 13))
    assert predictor.read == [3, 6, 9, 12]
    for frame, one in found.items():
        mask = one.masks[A].mask
        assert mask.size == size
        others = [iou(mask, clip.mask(other)) for other in range(13) if other != frame]
        assert iou(mask, clip.mask(frame)) > max(0.95, *others)
    assert not any(one.masks[A].drift.is_doubtful for one in found.values())


def test_a_predictor_that_wants_every_frame_reads_every_frame():
    clip = SlidingClip(step=2)
    predictor = Knowing(clip, reach=0)
    carried(predictor, {0: {A: clip.mask(0)}})
    assert predictor.read == list(range(1, 13))


def test_a_sweep_back_leaps_as_well():
    clip = SlidingClip(step=2)
    predictor = Knowing(clip)
    found = carried(predictor, {12: {A: clip.mask(12)}}, first=0, last=12)
    assert list(found) == list(range(11, -1, -1))
    assert predictor.read == [9, 6, 3, 0]
    assert min(iou(one.masks[A].mask, clip.mask(frame)) for frame, one in found.items()) > 0.95


def test_between_two_keyframes_each_side_leaps():
    clip = SlidingClip(step=2)
    predictor = Knowing(clip)
    found = carried(predictor, {0: {A: clip.mask(0)}, 8: {A: clip.mask(8)}}, last=8)
    assert list(found) == list(range(1, 8))
    assert predictor.read == [5, 2, 1, 3, 6, 7]
    assert min(iou(one.masks[A].mask, clip.mask(frame)) for frame, one in found.items()) > 0.95


def test_no_leap_goes_over_a_cut():
    clip = SlidingClip(step=2, cut=5)
    predictor = Knowing(clip)
    carried(predictor, {0: {A: clip.mask(0)}})
    assert {4, 5} <= set(predictor.read)


def test_where_nothing_can_be_followed_every_frame_is_read():
    class Flicker(SlidingClip):
        def read(self, frame):
            return texture(self.size, frame)

    clip = Flicker()
    predictor = Knowing(clip)
    carried(predictor, {0: {A: clip.mask(0)}}, last=9)
    assert predictor.read == list(range(1, 10))


def test_whoever_is_away_is_looked_for_on_every_frame():
    clip = SlidingClip(step=2)
    predictor = Knowing(clip, hidden=range(6, 10))
    found = carried(predictor, {0: {A: clip.mask(0)}})
    assert predictor.read == [3, 6, 7, 8, 9, 10, 12]
    absent = [frame for frame, one in found.items() if one.masks[A].is_absent]
    # Between a frame where it is seen and one where it is not, the nearer one decides.
    assert absent == [5, 6, 7, 8, 9]
    assert iou(found[4].masks[A].mask, clip.mask(4)) > 0.9


def test_what_is_settled_or_barred_stays_and_gets_nothing():
    clip = SlidingClip(step=2)
    predictor = Knowing(clip)
    found = carried(predictor, {0: {A: clip.mask(0)}}, barriers=[(A, 4), (A, 6)])
    assert predictor.read == [3, 6, 9, 12]
    assert [frame for frame, one in found.items() if one.masks] == [1, 2, 3, 5, 7, 8, 9, 10, 11, 12]


def test_nothing_is_leapt_over_where_somebody_else_begins_or_ends():
    clip = SlidingClip(step=2)
    predictor = Knowing(clip)
    keyframes = {0: {A: clip.mask(0)}, 5: {B: clip.mask(5)}}
    found = carried(predictor, keyframes, direction=Direction.FORWARD)
    # B is shown on frame 5: from 6 on both are carried, and 6 itself is read for both.
    assert predictor.read == [3, 5, 6, 9, 12]
    assert set(found[5].masks) == {A}
    assert all(set(found[frame].masks) == {A, B} for frame in range(6, 13))


def test_a_frame_that_cannot_be_read_is_told_of_when_it_is_its_turn():
    clip = SlidingClip(step=2, broken=[6])
    predictor = Knowing(clip)
    run = propagate(predictor, clip, {0: {A: clip.mask(0)}}, first=1, last=12)
    assert [next(run).frame for _ in range(5)] == [1, 2, 3, 4, 5]
    with pytest.raises(MediaError, match="Frame 6 cannot be decoded"):
        next(run)


def test_what_is_filled_is_as_sure_as_the_frames_around_it():
    clip = SlidingClip(step=2)
    predictor = Knowing(clip, score={3: 0.3})
    found = carried(predictor, {0: {A: clip.mask(0)}})
    # The settled frame, of which a person is sure, counts as 1.
    scores = [found[frame].masks[A].score for frame in range(1, 8)]
    assert scores == pytest.approx([(2 + 0.3) / 3, (1 + 0.6) / 3, 0.3, (0.6 + 0.8) / 3, (0.3 + 1.6) / 3, 0.8, 0.8])


# --- flow --------------------------------------------------------------------------------------------------------


def shift(x: float, y: float, returns: float = 1.0) -> Flow:
    return Flow(np.full((20, 30, 2), (x, y), np.float32), np.full((20, 30), returns, np.float32))


def test_flows_one_after_the_other_add_up_and_return_where_both_do():
    both = shift(3, 1).then(shift(-1, 2))
    assert np.allclose(both.steps, (2, 3))
    assert both.returns.min() == 1
    assert shift(3, 1, 0.0).then(shift(1, 1)).returns.max() == 0
    assert shift(3, 1).then(shift(1, 1, 0.0)).returns.max() == 0


def test_flow_fetches_what_lies_where_it_leads():
    values = np.arange(600, dtype=np.float32).reshape(20, 30)
    fetched = shift(2, 1).fetch(values)
    assert np.array_equal(fetched[:-1, :-2], values[1:, 2:])
    places = shift(2, 1).places(Size(60, 40))
    assert places.shape == (40, 60, 2)
    assert places[0, 0].tolist() == [4, 2]


def test_both_ways_between_two_frames_return_to_each_other():
    clip = SlidingClip(step=3)
    flow = DenseFlow(clip.size)
    ahead, back = flow.between(flow.grey(clip.read(2)), flow.grey(clip.read(3)))
    inside = clip.mask(2).to_array() & clip.mask(3).to_array()
    assert np.allclose(np.median(ahead.steps[inside], axis=0), (3, 0), atol=0.3)
    assert np.allclose(np.median(back.steps[inside], axis=0), (-3, 0), atol=0.3)
    assert ahead.returns[inside].mean() > 0.9


def test_a_mask_of_a_full_frame_is_kept_to_the_edge():
    clip = SlidingClip(step=0)
    predictor = Knowing(clip)
    whole = Mask.from_array(np.ones(clip.size.shape, bool))
    clip.mask = lambda frame: whole  # type: ignore[method-assign]
    found = carried(predictor, {0: {A: whole}}, last=4)
    assert all(one.masks[A].mask == whole for one in found.values())
