"""Laws of propagation: whatever the keyframes, range and direction, people are respected and memory is bounded."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from refseg_annotator.core.annotation import ReferentId
from refseg_annotator.core.geometry import Size
from refseg_annotator.inference.predictor import Prediction
from refseg_annotator.inference.propagation import propagate, propagate_live
from refseg_annotator.inference.propagation_blend import PredictionStack, blend
from refseg_annotator.inference.propagation_drift import Drift, DriftSign, doubtful_queue
from refseg_annotator.inference.propagation_leap import REACH
from refseg_annotator.inference.propagation_memory import FrameMemory
from refseg_annotator.inference.propagation_plan import Direction, make_plan
from refseg_annotator.inference.video_predictor import FAKE_VIDEO_INFO, FakeVideoPredictor
from tests.inference.clips import A, B, C, SquaresClip, empty

FRAMES = 16
EVERYONE = (A, B, C)
EXAMPLES = settings(max_examples=60)
REACHES = st.sampled_from((0, REACH))


@st.composite
def tasks(draw, referents=EVERYONE):
    """Keyframes (some of them absent), range, direction and barriers."""
    clip = SquaresClip(FRAMES, hidden={A: range(5, 8), C: range(3)})
    keyframes: dict = {}
    for referent in draw(st.lists(st.sampled_from(referents), unique=True, min_size=1)):
        for frame in draw(st.lists(st.integers(0, FRAMES - 1), unique=True, max_size=4)):
            mask = empty() if draw(st.integers(0, 4)) == 0 else clip.mask(referent, frame)
            keyframes.setdefault(frame, {})[referent] = mask
    first = draw(st.integers(0, FRAMES - 1))
    last = draw(st.integers(first, FRAMES - 1))
    direction = draw(st.sampled_from(Direction))
    barriers = draw(st.sets(st.tuples(st.sampled_from(referents), st.integers(0, FRAMES - 1)), max_size=4))
    return clip, keyframes, {"first": first, "last": last, "direction": direction, "barriers": barriers}


def reachable(keyframes, *, first, last, direction, barriers):
    """The definition, written out: (frame, referent) pairs that get a result."""
    wanted = set()
    for referent in EVERYONE:
        settled = {frame for frame, masks in keyframes.items() if referent in masks}
        if all(keyframes[frame][referent].is_empty for frame in settled):
            continue
        for frame in range(first, last + 1):
            before, behind = any(key < frame for key in settled), any(key > frame for key in settled)
            one_sided = (before and direction is not Direction.BACKWARD) or (
                behind and direction is not Direction.FORWARD
            )
            if frame not in settled and (referent, frame) not in barriers and ((before and behind) or one_sided):
                wanted.add((frame, referent))
    return wanted


def contents(predictions):
    return [
        (one.frame, one.is_draft, {who: (result.mask, result.drift) for who, result in one.masks.items()})
        for one in predictions
    ]


@EXAMPLES
@given(tasks(), REACHES)
def test_every_reachable_frame_comes_once_and_settled_ones_never(task, reach):
    clip, keyframes, options = task
    found = list(propagate(FakeVideoPredictor(reach=reach), clip, keyframes, **options))
    pairs = [(one.frame, referent) for one in found for referent in one.masks]
    assert len(pairs) == len(set(pairs))
    assert set(pairs) == reachable(keyframes, **options)
    assert len({one.frame for one in found}) == len(found)
    assert not any(one.is_draft or not one.masks for one in found)


@EXAMPLES
@given(tasks(), REACHES)
def test_frames_come_in_the_planned_order(task, reach):
    clip, keyframes, options = task
    plan = make_plan(keyframes, **options)
    frames = [one.frame for one in propagate(FakeVideoPredictor(reach=reach), clip, keyframes, **options)]
    assert frames == list(plan.frames())
    assert plan.is_empty == (not frames)
    start = 0
    for stretch in plan.stretches:
        own = [frame for frame in range(FRAMES) if stretch.results_at(frame)]
        part = frames[start : start + len(own)]
        assert part == (own[::-1] if stretch.is_backward else own)
        start += len(own)


@EXAMPLES
@given(tasks(), REACHES)
def test_the_live_run_tells_every_step_and_ends_as_the_plain_one(task, reach):
    clip, keyframes, options = task
    live = list(propagate_live(FakeVideoPredictor(reach=reach), clip, keyframes, **options))
    assert len(live) == make_plan(keyframes, **options).steps
    plain = propagate(FakeVideoPredictor(reach=reach), clip, keyframes, **options)
    assert contents(one for one in live if not one.is_draft) == contents(plain)
    wanted = reachable(keyframes, **options)
    final: set = set()
    for one in reversed(live):
        pairs = {(one.frame, referent) for referent in one.masks}
        assert pairs <= wanted
        if one.is_draft:
            assert pairs <= final, "a draft that nothing replaces"
        final |= pairs


@EXAMPLES
@given(tasks(), st.integers(0, 40), REACHES)
def test_a_cancelled_run_has_brought_a_prefix(task, steps, reach):
    clip, keyframes, options = task
    whole = contents(propagate_live(FakeVideoPredictor(reach=reach), clip, keyframes, **options))
    predictor = FakeVideoPredictor(reach=reach)
    run = propagate_live(predictor, clip, keyframes, **options)
    brought = contents(islice(run, steps))
    tracked = len(predictor.tracked)
    run.close()
    assert brought == whole[:steps]
    assert len(predictor.tracked) == tracked <= steps + reach


@EXAMPLES
@given(tasks())
def test_a_further_referent_leaves_the_others_alone(task):
    clip, keyframes, options = task
    together = list(propagate(FakeVideoPredictor(), clip, keyframes, **options))
    for referent in EVERYONE:
        own = {frame: {referent: masks[referent]} for frame, masks in keyframes.items() if referent in masks}
        alone = propagate(FakeVideoPredictor(), clip, own, **options)
        assert {one.frame: outcome(one.masks[referent]) for one in alone} == {
            one.frame: outcome(one.masks[referent]) for one in together if referent in one.masks
        }


def outcome(result):
    # Not its drift: with company, a referent's frames may be read from the other end, and so a leap between two of them
    # be noted on the other one.
    return result.mask, result.presence, result.score, result.drift.disagreement


@EXAMPLES
@given(tasks())
def test_time_may_run_either_way(task):
    clip, keyframes, options = task
    mirror = FRAMES - 1
    direction = {Direction.FORWARD: Direction.BACKWARD, Direction.BACKWARD: Direction.FORWARD}
    mirrored = {
        "first": mirror - options["last"],
        "last": mirror - options["first"],
        "direction": direction.get(options["direction"], Direction.BOTH),
        "barriers": {(referent, mirror - frame) for referent, frame in options["barriers"]},
    }
    there = propagate(FakeVideoPredictor(), clip, keyframes, **options)
    back = propagate(
        FakeVideoPredictor(),
        replace(clip, backwards=True),
        {mirror - frame: masks for frame, masks in keyframes.items()},
        **mirrored,
    )
    masks = {one.frame: {who: result.mask for who, result in one.masks.items()} for one in there}
    assert {mirror - one.frame: {who: result.mask for who, result in one.masks.items()} for one in back} == masks


@EXAMPLES
@given(tasks())
def test_a_sweeps_memory_does_not_grow_with_the_clip(task):
    clip, keyframes, options = task
    predictor = FakeVideoPredictor()
    most = 0
    for _ in propagate_live(predictor, clip, keyframes, **options):
        most = max(most, *(len(memory.kept) for memory in predictor.memories))
    assert most <= len(EVERYONE) * (3 + 3)


@EXAMPLES
@given(
    st.integers(1, 4),
    st.lists(st.tuples(st.integers(0, 30), st.booleans(), st.sets(st.sampled_from(EVERYONE), min_size=1))),
)
def test_what_a_frame_memory_keeps(latest, puts):
    memory: FrameMemory[int, int] = FrameMemory(latest=latest)
    settled: dict[ReferentId, list[int]] = {referent: [] for referent in EVERYONE}
    for number, (frame, is_settled, referents) in enumerate(puts):
        memory.put(frame, number, dict.fromkeys(referents, number), settled=is_settled)
        for referent in referents:
            if is_settled:
                settled[referent].append(frame)
            kept = memory.read(referent)
            assert len(kept) <= latest + 3
            assert len({entry.frame for entry in kept}) == len(kept)
            keys = {entry.frame for entry in kept if entry.settled}
            if settled[referent]:
                assert settled[referent][0] in keys
            assert sum(not entry.settled for entry in kept) <= (0 if is_settled else latest)
            if is_settled or frame not in keys:
                assert kept[-1].frame == frame
                assert kept[-1].part == number
        assert set(memory.frames) == {entry.frame for one in EVERYONE for entry in memory.read(one)}
        assert len(memory) <= len(EVERYONE) * (latest + 3)


SMALL = Size(20, 10)
probabilities = st.builds(
    lambda seed, cut: np.where(np.random.default_rng(seed).random(SMALL.shape) > cut, 0.9, 0.0).astype(np.float32),
    st.integers(0, 99),
    st.sampled_from([0.0, 0.5, 0.99, 1.1]),
)
shares = st.floats(0, 1, width=32)
predictions = st.builds(Prediction, probabilities, shares, shares)


@EXAMPLES
@given(st.lists(st.dictionaries(st.sampled_from(EVERYONE), predictions, max_size=3), max_size=6))
def test_a_stack_gives_back_what_it_took_the_last_first(frames):
    with PredictionStack(SMALL, in_memory=64) as stack:
        for number, found in enumerate(frames):
            stack.push(number, found)
        for number, found in reversed(list(enumerate(frames))):
            assert stack.top() == number
            given_back = stack.pop()
            assert given_back.keys() == found.keys()
            for referent, one in given_back.items():
                np.testing.assert_allclose(one.probability, found[referent].probability, atol=1 / 30 + 1e-6)
                assert (one.presence, one.score) == pytest.approx((found[referent].presence, found[referent].score))
        assert stack.top() is None


@EXAMPLES
@given(predictions, predictions, st.integers(1, 50), st.integers(1, 50))
def test_a_blend_lies_between_and_has_no_favourite(one, other, left, right):
    blended, agreement = blend(one, other, behind_left=left, before_right=right, info=FAKE_VIDEO_INFO)
    turned, same = blend(other, one, behind_left=right, before_right=left, info=FAKE_VIDEO_INFO)
    assert 0 <= agreement <= 1
    assert agreement == same
    np.testing.assert_allclose(blended.probability, turned.probability, atol=1e-5)
    assert blended.presence == pytest.approx(turned.presence)
    low, high = np.minimum(one.probability, other.probability), np.maximum(one.probability, other.probability)
    assert (blended.probability >= low - 1e-5).all()
    assert (blended.probability <= high + 1e-5).all()
    assert min(one.presence, other.presence) - 1e-6 <= blended.presence <= max(one.presence, other.presence) + 1e-6
    assert blended.score <= max(one.score, other.score) + 1e-6


signs = st.fixed_dictionaries({sign.value: st.floats(0, 1) for sign in DriftSign})


@EXAMPLES
@given(signs, st.sampled_from(DriftSign), st.floats(0, 1))
def test_no_sign_of_drift_lowers_the_score(parts, sign, more):
    drift = Drift(**parts)
    worse = Drift(**{**parts, sign.value: max(parts[sign.value], more)})
    assert 0 <= drift.score <= worse.score <= 1
    assert 0 <= drift.of(drift.worst) <= 1


@EXAMPLES
@given(st.lists(st.tuples(st.sampled_from(EVERYONE), st.integers(0, 12), st.floats(0, 1)), max_size=25))
def test_the_review_queue_holds_every_doubtful_frame_once(rows):
    drifts = {(referent, frame): score for referent, frame, score in rows}
    queue = doubtful_queue([(*key, score, None) for key, score in drifts.items()])
    queued = [(run.referent, frame) for run in queue for frame in range(run.first, run.last + 1)]
    assert len(queued) == len(set(queued))
    assert set(queued) == {key for key, score in drifts.items() if score >= 0.5}
    assert [run.score for run in queue] == sorted((run.score for run in queue), reverse=True)
