"""The predictors without a network, on pictures whose motion is known."""

from __future__ import annotations

import numpy as np
import pytest

from refseg_annotator.core.geometry import Size
from refseg_annotator.core.mask import Mask
from refseg_annotator.core.metrics import iou
from refseg_annotator.errors import ModelError
from refseg_annotator.inference.flow_predictor import COPY_INFO, FLOW_INFO, CopyMask, FlowWarp
from refseg_annotator.inference.predictor import answered_mask
from refseg_annotator.inference.propagation import propagate
from tests.inference.clips import SMALL, A, B, SlidingClip, texture


@pytest.mark.parametrize("size", [SMALL, Size(800, 480)], ids=["full", "shrunk"])
def test_flow_follows_what_slides(size):
    clip = SlidingClip(size, step=size.width // 80)
    found = list(propagate(FlowWarp(), clip, {0: {A: clip.mask(0)}}, first=1, last=8))
    assert [one.frame for one in found] == list(range(1, 9))
    reached = [iou(one.masks[A].mask, clip.mask(one.frame)) for one in found]
    stayed = [iou(clip.mask(0), clip.mask(one.frame)) for one in found]
    assert all(there > here + 0.05 for there, here in zip(reached, stayed, strict=True))
    assert min(reached) > 0.65
    assert min(one.masks[A].presence for one in found) > 0.7
    scores = [one.masks[A].score for one in found]
    assert scores == sorted(scores, reverse=True)
    copied = list(propagate(CopyMask(), clip, {0: {A: clip.mask(0)}}, first=1, last=8))
    assert all(one.masks[A].mask == clip.mask(0) for one in copied)


def test_flow_goes_backward_just_as_well():
    clip = SlidingClip()
    found = list(propagate(FlowWarp(), clip, {8: {A: clip.mask(8)}}, first=0, last=8))
    assert [one.frame for one in found] == list(range(7, -1, -1))
    assert iou(found[-1].masks[A].mask, clip.mask(0)) > 0.65


def test_what_leaves_the_frame_is_absent():
    memory = FlowWarp().begin(Size(64, 48))
    image = texture(Size(64, 48), 3)
    edge = np.zeros((48, 64), bool)
    edge[10:30, 60:64] = True
    memory.remember(0, image, {A: Mask.from_array(edge)})
    answer = {}
    for frame in range(1, 6):
        image = np.roll(image, 3, axis=1)
        answer = memory.track(frame, image, [A])
    assert answered_mask(answer[A], FLOW_INFO).is_empty
    assert answer[A].presence < FLOW_INFO.presence_threshold


def test_a_settled_absence_stays_absent_and_costs_no_flow():
    memory = FlowWarp().begin(Size(64, 48))
    memory.remember(0, texture(Size(64, 48), 3), {A: Mask.empty(Size(64, 48))})
    memory._moved_from = None
    answer = memory.track(1, texture(Size(64, 48), 4), [A])
    assert answered_mask(answer[A], FLOW_INFO).is_empty


def test_a_referent_added_later_changes_nothing_for_the_first():
    clip = SlidingClip()
    other = Mask.from_array(np.pad(np.ones((10, 10), bool), ((0, 182), (0, 310))))
    alone = list(propagate(FlowWarp(), clip, {0: {A: clip.mask(0)}}, first=1, last=6))
    both = list(propagate(FlowWarp(), clip, {0: {A: clip.mask(0)}, 3: {B: other}}, first=1, last=6))
    assert [one.masks[A].mask for one in alone] == [
        one.masks[A].mask for one in sorted(both, key=lambda one: one.frame)
    ]


@pytest.mark.parametrize("predictor", [CopyMask(), FlowWarp()])
def test_nobody_is_made_up(predictor):
    with pytest.raises(ModelError, match="Referent 1 has no settled mask"):
        predictor.begin(Size(32, 32)).track(0, np.zeros((32, 32, 3), np.uint8), [A])
    assert predictor.info in (COPY_INFO, FLOW_INFO)


def test_frames_of_a_few_pixels_are_followed_too():
    size = Size(5, 3)
    memory = FlowWarp().begin(size)
    memory.remember(0, np.zeros((3, 5, 3), np.uint8), {A: Mask.from_array(np.ones((3, 5), bool))})
    answer = memory.track(1, np.zeros((3, 5, 3), np.uint8), [A])
    assert answer[A].probability.shape == (3, 5)
