"""Carries settled masks through a clip, frame by frame, without torch.

At most two sweeps pass a frame: a backward one whose answers wait (see `propagation_blend`), then a forward one that
blends them in. Settled frames get no result: they are what the sweeps start from, and nothing here can overwrite them.
Memory depends neither on the number of frames nor on the length of the range, but for the keyframes themselves, which
are the caller's: a few frames are looked at at a time, the predictor's memory is bounded, and of a result only the
mask, cropped to its box, is handed out. Frames that show what their neighbours do may be filled by optical flow instead
of being read (see `propagation_leap`), where the predictor takes longer to read one.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from refseg_annotator.errors import MediaError
from refseg_annotator.inference.predictor import ModelInfo, Prediction, answered_mask
from refseg_annotator.inference.propagation_blend import PredictionStack, blend
from refseg_annotator.inference.propagation_drift import Drift, DriftMeter, disagreement_of
from refseg_annotator.inference.propagation_plan import (
    Direction,
    Gap,
    Plan,
    Stretch,
    keyframes_by_referent,
    make_plan,
)
from refseg_annotator.inference.propagation_sweep import FrameReader, Sweep
from refseg_annotator.inference.video_predictor import always

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from refseg_annotator.core.annotation import AnnotationKey, ReferentId
    from refseg_annotator.core.geometry import Size
    from refseg_annotator.core.mask import Mask
    from refseg_annotator.inference.propagation_plan import Keyframes
    from refseg_annotator.inference.video_predictor import ClipMemory, VideoPredictor

__all__ = ["Direction", "FramePrediction", "FrameReader", "PropagatedMask", "propagate", "propagate_live"]


@dataclass(frozen=True, slots=True, eq=False)
class PropagatedMask:
    """One referent on one frame.

    Attributes:
        mask: empty where the referent is absent.
        presence: probability that the referent is to be seen, 0..1.
        score: the model's expected quality of the mask, 0..1.
        drift: what speaks for the mask having drifted.
    """

    mask: Mask
    presence: float
    score: float
    drift: Drift

    @property
    def is_absent(self) -> bool:
        """Whether the referent is held not to be seen on the frame."""
        return self.mask.is_empty


@dataclass(frozen=True, slots=True, eq=False)
class FramePrediction:
    """All results of one frame.

    Attributes:
        masks: by referent; those settled on the frame, or not reached, are not among them.
        is_draft: from one side only, shown while the other is under way; a later prediction of the frame replaces it.
            One without masks tells that a frame outside the range was passed.
    """

    frame: int
    masks: Mapping[ReferentId, PropagatedMask]
    is_draft: bool = False


def propagate(
    predictor: VideoPredictor,
    frames: FrameReader,
    keyframes: Keyframes,
    *,
    first: int,
    last: int,
    direction: Direction = Direction.BOTH,
    barriers: Collection[AnnotationKey] = (),
    thorough: bool = True,
    still_wanted: Callable[[], bool] = always,
) -> Iterator[FramePrediction]:
    """Carry settled masks to the open frames from `first` to `last`, both included.

    Every frame that a keyframe reaches comes exactly once, in rising order; only a run of frames with nothing settled
    before it comes falling, from its keyframe outwards (`make_plan(...).frames()` tells the order beforehand). Closing
    the generator stops the work between two frames; what came stays valid.

    Args:
        keyframes: settled masks by frame and referent. They may lie outside the range, and are never overwritten.
        direction: where to go from a keyframe that has no other behind it; between two keyframes both sides count.
        barriers: (referent, frame) pairs that get no result though nothing starts from them.
        thorough: whether a referent may be studied first; of a mask that nobody looked at its mistakes would be learnt.
        still_wanted: asked while the predictor does what takes seconds for one frame.

    Raises:
        MediaError: a frame cannot be read, or a keyframe's mask is of another size.
        ModelError: the predictor breaks its promise.
    """
    live = propagate_live(
        predictor,
        frames,
        keyframes,
        first=first,
        last=last,
        direction=direction,
        barriers=barriers,
        thorough=thorough,
        still_wanted=still_wanted,
    )
    for prediction in live:
        if not prediction.is_draft:
            yield prediction


def propagate_live(
    predictor: VideoPredictor,
    frames: FrameReader,
    keyframes: Keyframes,
    *,
    first: int,
    last: int,
    direction: Direction = Direction.BOTH,
    barriers: Collection[AnnotationKey] = (),
    thorough: bool = True,
    still_wanted: Callable[[], bool] = always,
) -> Iterator[FramePrediction]:
    """As `propagate`, with drafts: something comes for every frame passed, `make_plan(...).steps` in all.

    For whoever watches: the backward sweep between two keyframes shows what it finds at once, and a cancelled run keeps
    it.
    """
    plan = make_plan(keyframes, first=first, last=last, direction=direction, barriers=barriers)
    _demand_sizes(frames.size, keyframes)
    begin = partial(predictor.begin, frames.size, thorough=thorough, still_wanted=still_wanted)
    return _run(plan, predictor.info, begin, frames, keyframes, reach=predictor.reach)


def _run(
    plan: Plan,
    info: ModelInfo,
    begin: Callable[[], ClipMemory],
    frames: FrameReader,
    keyframes: Keyframes,
    *,
    reach: int,
) -> Iterator[FramePrediction]:
    settled = keyframes_by_referent(keyframes)
    for stretch in plan.stretches:
        sides = [
            Sweep(info, begin(), frames, keyframes, settled, stretch, forward=forward, reach=reach)
            for forward in (True, False)
        ]
        if stretch.is_backward:
            yield from _backward(stretch, sides[1])
        else:
            with PredictionStack(frames.size) as stack:
                yield from _drafts(stretch, sides[1], stack)
                yield from _forward(stretch, sides[0], stack)


def _backward(stretch: Stretch, sweep: Sweep) -> Iterator[FramePrediction]:
    meters = _Meters(sweep, forward=False)
    for frame in _falling(stretch.final_sweep):
        found = sweep.at(frame)
        wanted = stretch.results_at(frame)
        masks = {gap.referent: meters.read(gap, frame, found[gap.referent]) for gap in wanted}
        yield FramePrediction(frame, masks, is_draft=not masks)


def _drafts(stretch: Stretch, sweep: Sweep, stack: PredictionStack) -> Iterator[FramePrediction]:
    meters = _Meters(sweep, forward=False)
    for frame in _falling(stretch.draft_frames):
        found = sweep.at(frame)
        wanted = [gap for gap in stretch.results_at(frame) if gap.referent in found]
        if wanted:
            stack.push(frame, {gap.referent: found[gap.referent] for gap in wanted})
        masks = {gap.referent: meters.read(gap, frame, found[gap.referent]) for gap in wanted}
        yield FramePrediction(frame, masks, is_draft=True)


def _forward(stretch: Stretch, sweep: Sweep, stack: PredictionStack) -> Iterator[FramePrediction]:
    meters = _Meters(sweep, forward=True)
    for run in stretch.final_sweep:
        for frame in run:
            ahead = sweep.at(frame)
            back = stack.pop() if stack.top() == frame else {}
            masks: dict[ReferentId, PropagatedMask] = {}
            for gap in stretch.results_at(frame):
                joined = _joined(gap, frame, ahead.get(gap.referent), back.get(gap.referent), sweep.info)
                masks[gap.referent] = meters.read(gap, frame, *joined)
            yield FramePrediction(frame, masks, is_draft=not masks)


def _joined(
    gap: Gap, frame: int, ahead: Prediction | None, back: Prediction | None, info: ModelInfo
) -> tuple[Prediction, float]:
    """The prediction out of one or two, and the disagreement of the two."""
    if ahead is not None and back is not None and gap.left is not None and gap.right is not None:
        left, right = frame - gap.left, gap.right - frame
        blended, agreement = blend(ahead, back, behind_left=left, before_right=right, info=info)
        return blended, disagreement_of(agreement, behind_left=left, before_right=right)
    one = ahead if ahead is not None else back
    assert one is not None, "a gap is swept from one side at least"  # noqa: S101  an invariant of the plan
    return one, 0.0


def _falling(runs: tuple[range, ...]) -> Iterator[int]:
    for run in reversed(runs):
        yield from reversed(run)


class _Meters:
    """The drift meters of a sweep's gaps."""

    def __init__(self, sweep: Sweep, *, forward: bool) -> None:
        self._info = sweep.info
        self._keyframes = sweep.keyframes
        self._forward = forward
        self._meters: dict[Gap, DriftMeter] = {}

    def read(self, gap: Gap, frame: int, prediction: Prediction, disagreement: float = 0.0) -> PropagatedMask:
        """The mask that a prediction stands for, with its drift; called with the frames in the sweep's order."""
        source, far = (gap.left, gap.right) if self._forward else (gap.right, gap.left)
        step = 1 if self._forward else -1
        meter = self._meters.get(gap)
        if meter is None:
            around = [mask for mask in (self._settled(gap, source), self._settled(gap, far)) if mask is not None]
            meter = DriftMeter(self._settled(gap, source) if frame - step == source else None, around)
            self._meters[gap] = meter
        mask = answered_mask(prediction, self._info)
        beyond = self._settled(gap, far) if frame + step == far else None
        drift = meter.read(mask, score=prediction.score, disagreement=disagreement, beyond=beyond)
        return PropagatedMask(mask, prediction.presence, prediction.score, drift)

    def _settled(self, gap: Gap, key: int | None) -> Mask | None:
        return None if key is None else self._keyframes[key][gap.referent]


def _demand_sizes(size: Size, keyframes: Keyframes) -> None:
    for frame, masks in keyframes.items():
        for mask in masks.values():
            if mask.size != size:
                raise MediaError(
                    f"The mask on frame {frame} is {mask.size.width} x {mask.size.height} pixels where the clip has "
                    f"{size.width} x {size.height}; put the clip back that the mask was drawn on."
                )
