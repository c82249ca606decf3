"""Masks carried through made clips: both sides, hidden and returning referents, long clips, broken predictors."""

from __future__ import annotations

import errno
import tracemalloc
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pytest

from refseg_annotator.core.geometry import Size
from refseg_annotator.core.mask import Mask
from refseg_annotator.errors import MediaError, ModelError, StorageError
from refseg_annotator.inference.predictor import Prediction
from refseg_annotator.inference.propagation import Direction, FramePrediction, propagate, propagate_live
from refseg_annotator.inference.propagation_blend import PredictionStack, blend
from refseg_annotator.inference.propagation_drift import DriftSign
from refseg_annotator.inference.propagation_plan import make_plan
from refseg_annotator.inference.video_predictor import FAKE_VIDEO_INFO, FakeVideoPredictor
from tests.inference.clips import SIZE, A, B, C, SquaresClip, empty


def by_frame(found) -> dict[int, FramePrediction]:
    return {one.frame: one for one in found}


def test_masks_follow_their_referents_both_ways():
    clip = SquaresClip(20)
    found = by_frame(
        propagate(FakeVideoPredictor(), clip, {8: {A: clip.mask(A, 8), B: clip.mask(B, 8)}}, first=0, last=19)
    )
    assert sorted(found) == [*range(8), *range(9, 20)]
    for frame, one in found.items():
        assert {who: result.mask for who, result in one.masks.items()} == {
            A: clip.mask(A, frame),
            B: clip.mask(B, frame),
        }
        assert not any(result.drift.is_doubtful for result in one.masks.values())


@pytest.mark.parametrize(
    ("direction", "frames"),
    [
        (Direction.FORWARD, [9, 10, 11, 13, 14]),
        (Direction.BACKWARD, [6, 5, 9, 10, 11]),
        (Direction.BOTH, [6, 5, 9, 10, 11, 13, 14]),
    ],
)
def test_the_direction_governs_only_what_lies_outside_the_keyframes(direction, frames):
    clip = SquaresClip(20)
    keyframes = {key: {A: clip.mask(A, key)} for key in (7, 8, 12)}
    found = propagate(FakeVideoPredictor(), clip, keyframes, first=5, last=14, direction=direction)
    assert [one.frame for one in found] == frames


def test_a_hidden_referent_is_absent_and_is_found_again():
    clip = SquaresClip(20, hidden={A: range(6, 11)})
    found = by_frame(propagate(FakeVideoPredictor(), clip, {0: {A: clip.mask(A, 0)}}, first=1, last=19))
    assert [frame for frame, one in found.items() if one.masks[A].is_absent] == list(range(6, 11))
    assert found[11].masks[A].mask == clip.mask(A, 11)
    # Going and coming are worth a look, being away is not.
    doubtful = [frame for frame, one in found.items() if one.masks[A].drift.is_doubtful]
    assert doubtful == [6, 11]
    assert found[6].masks[A].drift.worst is DriftSign.AREA_JUMP


def test_a_settled_absence_is_no_end_of_the_referent():
    clip = SquaresClip(20)
    keyframes = {0: {A: clip.mask(A, 0)}, 5: {A: empty()}}
    found = by_frame(propagate(FakeVideoPredictor(), clip, keyframes, first=0, last=9, direction=Direction.FORWARD))
    assert sorted(found) == [1, 2, 3, 4, 6, 7, 8, 9]
    assert all(one.masks[A].mask == clip.mask(A, frame) for frame, one in found.items())
    # The person says that it is away on frame 5, so its neighbours are worth a look.
    assert found[4].masks[A].drift.is_doubtful


def test_whoever_was_only_ever_absent_is_not_carried():
    clip = SquaresClip(9)
    assert list(propagate(FakeVideoPredictor(), clip, {4: {A: empty()}}, first=0, last=8)) == []


def test_frames_on_the_way_to_the_range_are_passed_and_not_told():
    clip = SquaresClip(20)
    predictor = FakeVideoPredictor()
    live = list(propagate_live(predictor, clip, {2: {A: clip.mask(A, 2)}}, first=6, last=8))
    assert [one.frame for one in live] == [3, 4, 5, 6, 7, 8]
    assert [one.frame for one in live if one.masks] == [6, 7, 8]
    assert [frame for frame, _ in predictor.tracked] == [3, 4, 5, 6, 7, 8]


def test_an_object_added_mid_clip_shares_the_frames_and_costs_no_second_sweep():
    clip = SquaresClip(20)
    predictor = FakeVideoPredictor()
    keyframes = {0: {A: clip.mask(A, 0)}, 10: {B: clip.mask(B, 10)}}
    found = by_frame(propagate(predictor, clip, keyframes, first=0, last=19, direction=Direction.FORWARD))
    assert [frame for frame, _ in predictor.tracked] == list(range(1, 20))
    assert set(found[10].masks) == {A}
    assert set(found[11].masks) == {A, B}
    assert all(one.masks[A].mask == clip.mask(A, frame) for frame, one in found.items())


def test_the_memory_is_shown_the_keyframes_that_matter_the_start_last():
    @dataclass
    class Recording(FakeVideoPredictor):
        remembered: list[int] = field(default_factory=list)

        def begin(self, size, **options):
            memory = super().begin(size, **options)
            remember = memory.remember

            def note(frame, image, masks):
                self.remembered.append(frame)
                remember(frame, image, masks)

            memory.remember = note
            return memory

    clip = SquaresClip(20)
    keyframes = {key: {A: clip.mask(A, key)} for key in (0, 5, 9, 15)}
    predictor = Recording()
    list(propagate(predictor, clip, keyframes, first=10, last=14))
    backward, forward = predictor.remembered[:3], predictor.remembered[3:]
    assert backward == [0, 9, 15]
    assert forward == [0, 15, 9]


# --- both sides ----------------------------------------------------------------------------------------------------


def square(x: int, *, presence: float = 0.95, score: float = 0.9) -> Prediction:
    probability = np.zeros((20, 60), np.float32)
    probability[5:15, x : x + 10] = 0.9
    return Prediction(probability, presence, score)


def left_edge(prediction: Prediction) -> int:
    return Mask.from_array(prediction.probability > 0.5).box.x0


def test_where_the_sides_disagree_the_nearer_is_taken_and_not_the_mean():
    near_left, agreement = blend(square(5), square(30), behind_left=2, before_right=8, info=FAKE_VIDEO_INFO)
    near_right, _ = blend(square(5), square(30), behind_left=8, before_right=2, info=FAKE_VIDEO_INFO)
    assert agreement == 0
    assert (left_edge(near_left), left_edge(near_right)) == (5, 30)
    assert Mask.from_array(near_left.probability > 0.5).area == 100
    assert near_left.score < 0.5
    # Almost midway a mean would leave both squares half there; one of them is preferred clearly.
    midway, _ = blend(square(5), square(30), behind_left=4, before_right=5, info=FAKE_VIDEO_INFO)
    assert midway.probability[10, 10] > 0.65 > 0.25 > midway.probability[10, 35]


def test_a_side_that_has_lost_its_referent_gives_way_to_one_that_sees_it():
    lost = Prediction(np.zeros((20, 60), np.float32), presence=0.05, score=0.9)
    seen, _ = blend(lost, square(30), behind_left=4, before_right=6, info=FAKE_VIDEO_INFO)
    assert left_edge(seen) == 30
    assert seen.presence > 0.5


@dataclass
class Stubborn(FakeVideoPredictor):
    """Answers what a table says: the mask's left edge by memory begun (forward first) and frame."""

    places: tuple[Mapping[int, int], Mapping[int, int]] = ({}, {})

    def begin(self, size, **options):
        memory = super().begin(size)
        table = self.places[len(self.memories) - 1]

        def track(frame, image, referents):
            return {referent: square(table[frame]) for referent in referents}

        memory.track = track
        return memory


class BlankClip:
    size = Size(60, 20)

    def read(self, frame):
        return np.zeros((20, 60, 3), np.uint8)


def test_disagreement_is_the_drift_between_keyframes():
    ahead, back = {1: 1, 2: 2, 3: 3}, {1: 41, 2: 2, 3: 3}
    start, end = (Mask.from_array(square(x).probability > 0.5) for x in (0, 4))
    found = by_frame(
        propagate(Stubborn(places=(ahead, back)), BlankClip(), {0: {A: start}, 4: {A: end}}, first=0, last=4)
    )
    drifts = [found[frame].masks[A].drift for frame in (1, 2, 3)]
    assert [drift.disagreement for drift in drifts] == [pytest.approx(0.5**0.5), 0.0, 0.0]
    assert [drift.is_doubtful for drift in drifts] == [True, False, False]
    assert drifts[0].worst is DriftSign.DISAGREEMENT
    assert found[1].masks[A].mask.box.x0 == 1


# --- memory ------------------------------------------------------------------------------------------------------


def peak_of(frame_count: int) -> int:
    clip = SquaresClip(frame_count)
    keyframes = {0: {A: clip.mask(A, 0), B: clip.mask(B, 0)}, frame_count - 1: {A: clip.mask(A, frame_count - 1)}}

    @dataclass
    class Forgetful(FakeVideoPredictor):
        """The fake without its diary, which is for tests and grows."""

        def begin(self, size, **options):
            memory = super().begin(size, **options)
            self.memories.clear()
            return memory

    predictor = Forgetful(before_track=lambda _: predictor.tracked.clear())
    tracemalloc.start()
    try:
        for _ in propagate_live(predictor, clip, keyframes, first=0, last=frame_count - 1):
            clip.reads.clear()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_memory_does_not_grow_with_the_clip(monkeypatch):
    # What waits between the sweeps goes to disk beyond this; a short clip must pass it to be compared.
    monkeypatch.setattr(PredictionStack.__init__, "__kwdefaults__", {"in_memory": 4096})
    peak_of(100)  # fills what the interpreter keeps of freed small objects
    short, long = peak_of(100), min(peak_of(500) for _ in range(2))
    # What waits of these frames is some 200 bytes each: kept in memory it would be 80,000. What the interpreter does
    # beside, at times, is half of that: hence the better of two.
    assert long < short + 50_000


def test_wide_boxes_are_kept_shrunk_and_come_back_in_size():
    size = Size(1400, 900)
    probability = np.zeros(size.shape, np.float32)
    probability[100:800, 200:1200] = 1.0
    with PredictionStack(size) as stack:
        stack.push(7, {A: Prediction(probability, 0.9, 0.8), C: Prediction(np.zeros(size.shape, np.float32), 0.1, 0.2)})
        back = stack.pop()
    different = (back[A].probability > 0.5) != (probability > 0.5)
    assert different.sum() < 2 * 2 * (700 + 1000)
    assert not back[C].probability.any()


def test_a_full_disk_is_one_sentence():
    class FullDisk:
        def seek(self, place):
            return place

        def write(self, data):
            raise OSError(errno.ENOSPC, "No space left on device")

        def close(self):
            pass

    with PredictionStack(SIZE) as stack:
        stack._file.close()
        stack._file = FullDisk()
        with pytest.raises(StorageError, match=r"takes no more \(No space left on device\); make room there"):
            stack.push(0, {A: Prediction(np.ones(SIZE.shape, np.float32), 1.0, 1.0)})


# --- what goes wrong ---------------------------------------------------------------------------------------------


def test_a_mask_of_another_size_is_refused_before_a_frame_is_read():
    clip = SquaresClip(5)
    mask = Mask.from_array(np.ones((3, 4), bool))
    with pytest.raises(MediaError, match="mask on frame 2 is 4 x 3 pixels where the clip has 48 x 24"):
        propagate_live(FakeVideoPredictor(), clip, {2: {A: mask}}, first=0, last=4)
    assert clip.reads == []


def test_a_frame_of_another_size_is_refused():
    class Changing(SquaresClip):
        def read(self, frame):
            return np.zeros((5, 5, 3), np.uint8) if frame == 3 else SquaresClip.read(self, frame)

    clip = Changing(5)
    run = propagate(FakeVideoPredictor(), clip, {0: {A: clip.mask(A, 0)}}, first=1, last=4)
    assert [next(run).frame, next(run).frame] == [1, 2]
    with pytest.raises(MediaError, match="Frame 3 is 5 x 5 pixels"):
        next(run)


def test_a_predictor_that_leaves_out_a_referent_is_named():
    class Silent(FakeVideoPredictor):
        def begin(self, size, **options):
            memory = super().begin(size, **options)
            memory.track = lambda frame, image, referents: {}
            return memory

    clip = SquaresClip(5)
    with pytest.raises(ModelError, match="'fake-video 1' gave no mask of the frame's size for referent 1 on frame 1"):
        list(propagate(Silent(), clip, {0: {A: clip.mask(A, 0)}}, first=1, last=4))


def test_asking_for_somebody_never_remembered_is_an_error():
    memory = FakeVideoPredictor().begin(SIZE)
    with pytest.raises(ModelError, match="Referent 2 has no settled mask"):
        memory.track(0, SquaresClip(3).read(0), [B])


@pytest.mark.parametrize(("first", "last"), [(-1, 3), (3, 2)])
def test_a_range_that_is_none_is_refused(first, last):
    with pytest.raises(ValueError, match="runs forward from 0"):
        make_plan({}, first=first, last=last, direction=Direction.BOTH)


def test_barred_frames_get_no_result_and_sweeps_pass_them():
    clip = SquaresClip(12)
    found = propagate(
        FakeVideoPredictor(), clip, {0: {A: clip.mask(A, 0)}}, first=1, last=9, barriers={(A, 4), (A, 9), (B, 2)}
    )
    frames = {one.frame: one.masks[A].mask for one in found}
    assert list(frames) == [1, 2, 3, 5, 6, 7, 8]
    assert frames[5] == clip.mask(A, 5)
