"""The signs of drift, each on masks made to show it."""

from __future__ import annotations

import numpy as np
import pytest

from refseg_annotator.core.annotation import ReferentId
from refseg_annotator.core.geometry import Box, Size
from refseg_annotator.core.mask import Mask
from refseg_annotator.inference.propagation_drift import (
    DoubtfulFrames,
    Drift,
    DriftMeter,
    DriftSign,
    disagreement_of,
    doubtful_queue,
    parts_of,
)

SIZE = Size(100, 40)
ONE, TWO = ReferentId(1), ReferentId(2)


def boxes(*places: tuple[int, int, int, int]) -> Mask:
    mask = Mask.empty(SIZE)
    for place in places:
        box = Box.from_xywh(*place)
        mask = mask.union(Mask.from_patch(SIZE, box, np.ones(box.shape, bool)))
    return mask


def test_calm_motion_is_no_drift():
    meter = DriftMeter(boxes((0, 0, 20, 20)))
    drifts = [meter.read(boxes((x, 0, 20, 20))) for x in range(1, 9)]
    assert [round(drift.score, 6) for drift in drifts] == [0.0] * 8


def test_small_and_fast_is_no_drift_either_and_a_sudden_leap_is():
    meter = DriftMeter(boxes((0, 0, 6, 6)))
    steady = [meter.read(boxes((3 * step, 0, 6, 6))) for step in range(1, 9)]
    assert max(drift.score for drift in steady) < 0.01
    leap = meter.read(boxes((80, 20, 6, 6)))
    assert leap.overlap_jump == 1.0
    assert leap.worst is DriftSign.OVERLAP_JUMP
    assert leap.is_doubtful


@pytest.mark.parametrize(("width", "jump"), [(20, 0.0), (40, 1.0), (10, 1.0), (28, np.log2(1.4))])
def test_the_area_counts_in_doublings(width, jump):
    meter = DriftMeter(boxes((0, 0, 20, 20)))
    assert meter.read(boxes((0, 0, width, 20))).area_jump == pytest.approx(jump)


def test_coming_and_going_are_jumps_and_staying_away_is_none():
    meter = DriftMeter(boxes((0, 0, 20, 20)))
    jumps = [meter.read(mask).area_jump for mask in (Mask.empty(SIZE), Mask.empty(SIZE), boxes((5, 5, 9, 9)))]
    assert jumps == [1.0, 0.0, 1.0]


def test_parts_are_measured_against_the_keyframes():
    two = boxes((0, 0, 10, 10), (30, 0, 10, 10))
    five = boxes(*((20 * place, 0, 10, 10) for place in range(5)))
    assert DriftMeter(two, [two]).read(five).extra_parts == 1.0
    assert DriftMeter(two, [two]).read(two).extra_parts == 0.0
    assert DriftMeter(two, [boxes((0, 0, 10, 10))]).read(two).extra_parts == pytest.approx(1 / 3)


def test_specks_are_no_parts():
    assert parts_of(boxes((0, 0, 30, 30), (50, 0, 2, 2), (60, 10, 4, 4))) == 1
    assert parts_of(boxes((0, 0, 30, 30), (50, 0, 6, 6))) == 2
    assert parts_of(boxes((3, 3, 1, 1))) == 1
    assert parts_of(Mask.empty(SIZE)) == 0


def test_the_next_keyframe_is_looked_at_from_the_frame_before_it():
    meter = DriftMeter(boxes((0, 0, 20, 20)))
    meter.read(boxes((1, 0, 20, 20)))
    drift = meter.read(boxes((2, 0, 20, 20)), beyond=boxes((60, 0, 20, 20)))
    assert drift.overlap_jump == 1.0


def test_a_model_that_doubts_itself_is_a_sign():
    meter = DriftMeter(None)
    assert meter.read(boxes((0, 0, 9, 9)), score=0.9) == Drift()
    unsure = meter.read(boxes((0, 0, 9, 9)), score=0.7)
    assert unsure.unsure == pytest.approx(0.4)
    assert not unsure.is_doubtful
    assert meter.read(boxes((0, 0, 9, 9)), score=0.58).is_doubtful
    assert meter.read(boxes((0, 0, 9, 9)), score=0.1).unsure == 1.0


def test_disagreement_counts_most_midway_and_less_near_a_keyframe():
    said = [disagreement_of(0.0, behind_left=left, before_right=10 - left) for left in range(1, 10)]
    assert said[4] == 1.0
    assert said == said[::-1]
    assert said[:5] == sorted(said[:5])
    assert disagreement_of(1.0, behind_left=5, before_right=5) == 0.0


def test_a_sign_out_of_range_is_our_own_mistake():
    with pytest.raises(ValueError, match="area_jump"):
        Drift(area_jump=1.2)


def test_every_sign_has_a_sentence():
    sentences = {sign.sentence for sign in DriftSign}
    assert len(sentences) == len(DriftSign)
    assert all(sentence.endswith(".") for sentence in sentences)


def test_neighbours_are_one_entry_that_begins_where_the_doubt_does():
    jump, parts = DriftSign.AREA_JUMP, DriftSign.EXTRA_PARTS
    rows = [(ONE, 4, 0.6, jump), (ONE, 5, 0.9, parts), (ONE, 7, 0.7, jump), (ONE, 6, 0.1, jump), (TWO, 5, 0.95, jump)]
    assert doubtful_queue(rows) == [
        DoubtfulFrames(referent=TWO, first=5, last=5, score=0.95, sign=jump),
        DoubtfulFrames(referent=ONE, first=4, last=5, score=0.9, sign=parts),
        DoubtfulFrames(referent=ONE, first=7, last=7, score=0.7, sign=jump),
    ]
