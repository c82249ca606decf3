"""Carries settled masks through a clip, frame by frame, without torch.

At most two sweeps pass a frame: a backward one whose answers wait (see `propagation_blend`), then a forward one that
blends them in. Settled frames get no result: they are what the sweeps start from, and nothing here can overwrite them.
Memory depends neither on the number of frames nor on the length of the range, but for the keyframes themselves, which
are the caller's: one frame is looked at at a time, the predictor's memory is bounded, and of a result only the mask,
cropped to its box, is handed out.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Protocol

from refseg_annotator.errors import MediaError, ModelError
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
from refseg_annotator.inference.video_predictor import always

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    import numpy as np
    from numpy.typing import NDArray

    from refseg_annotator.core.annotation import AnnotationKey, ReferentId
    from refseg_annotator.core.geometry import Size
    from refseg_annotator.core.mask import Mask
    from refseg_annotator.inference.propagation_plan import Keyframes
    from refseg_annotator.inference.video_predictor import ClipMemory, VideoPredictor

__all__ = ["Direction", "FramePrediction", "FrameReader", "PropagatedMask", "propagate", "propagate_live"]


class FrameReader(Protocol):
    """What propagation needs of a clip; every `media.FrameSource` is one."""

    @property
    def size(self) -> Size:
        """Size of a frame in pixels."""

    def read(self, frame: int) -> NDArray[np.uint8]:
        """A frame as uint8 (H, W, 3) RGB."""


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
    return _run(plan, predictor.info, begin, frames, keyframes)


def _run(
    plan: Plan, info: ModelInfo, begin: Callable[[], ClipMemory], frames: FrameReader, keyframes: Keyframes
) -> Iterator[FramePrediction]:
    settled = keyframes_by_referent(keyframes)
    for stretch in plan.stretches:
        sides = [
            _Sweep(info, begin(), frames, keyframes, settled, stretch, forward=forward) for forward in (True, False)
        ]
        if stretch.is_backward:
            yield from _backward(stretch, sides[1])
        else:
            with PredictionStack(frames.size) as stack:
                yield from _drafts(stretch, sides[1], stack)
                yield from _forward(stretch, sides[0], stack)


def _backward(stretch: Stretch, sweep: _Sweep) -> Iterator[FramePrediction]:
    meters = _Meters(sweep, forward=False)
    for frame in _falling(stretch.final_sweep):
        found = sweep.at(frame)
        wanted = stretch.results_at(frame)
        masks = {gap.referent: meters.read(gap, frame, found[gap.referent]) for gap in wanted}
        yield FramePrediction(frame, masks, is_draft=not masks)


def _drafts(stretch: Stretch, sweep: _Sweep, stack: PredictionStack) -> Iterator[FramePrediction]:
    meters = _Meters(sweep, forward=False)
    for frame in _falling(stretch.draft_frames):
        found = sweep.at(frame)
        wanted = [gap for gap in stretch.results_at(frame) if gap.referent in found]
        if wanted:
            stack.push(frame, {gap.referent: found[gap.referent] for gap in wanted})
        masks = {gap.referent: meters.read(gap, frame, found[gap.referent]) for gap in wanted}
        yield FramePrediction(frame, masks, is_draft=True)


def _forward(stretch: Stretch, sweep: _Sweep, stack: PredictionStack) -> Iterator[FramePrediction]:
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


class _Sweep:
    """One way through a stretch, with the predictor's memory of it."""

    def __init__(
        self,
        info: ModelInfo,
        memory: ClipMemory,
        frames: FrameReader,
        keyframes: Keyframes,
        settled: Mapping[ReferentId, list[int]],
        stretch: Stretch,
        *,
        forward: bool,
    ) -> None:
        self.info = info
        self.keyframes = keyframes
        self._frames = frames
        self._settled = settled
        self._forward = forward
        spans = [(gap, gap.span(forward=forward)) for gap in stretch.gaps]
        self._spans = [(gap, span) for gap, span in spans if span is not None]
        self._memory = memory

    def at(self, frame: int) -> Mapping[ReferentId, Prediction]:
        """The predictions of the referents that this sweep carries past a frame; none where it carries none."""
        passing = [(gap, span) for gap, span in self._spans if frame in span]
        if not passing:
            return {}
        self._enter([gap for gap, span in passing if frame == (span[0] if self._forward else span[-1])], frame)
        referents = tuple(gap.referent for gap, _ in passing)
        found = self._memory.track(frame, self._read(frame), referents)
        for referent in referents:
            if referent not in found or found[referent].probability.shape != self._frames.size.shape:
                raise ModelError(
                    f"The model {self.info.label!r} gave no mask of the frame's size for referent {referent} on frame "
                    f"{frame}; use another model."
                )
        return found

    def _enter(self, gaps: list[Gap], frame: int) -> None:
        """Show the memory the keyframes that matter for the gaps that begin here, the one they start from last."""
        wanted: dict[tuple[bool, int], dict[ReferentId, Mask]] = {}
        for gap in gaps:
            for place, key in enumerate(self._sources(gap, frame)):
                wanted.setdefault((place > 0, key), {})[gap.referent] = self.keyframes[key][gap.referent]
        for (_, key), masks in sorted(wanted.items(), key=lambda item: (item[0][0], -abs(item[0][1] - frame))):
            self._memory.remember(key, self._read(key), masks)

    def _sources(self, gap: Gap, frame: int) -> list[int]:
        """The first keyframe that shows the referent, then those around, the one that the sweep starts from last."""
        settled = self._settled[gap.referent]
        shown = [key for key in settled if not self.keyframes[key][gap.referent].is_empty]
        source, far = (gap.left, gap.right) if self._forward else (gap.right, gap.left)
        around = {far, max((key for key in shown if key < frame), default=None)}
        around.add(min((key for key in shown if key > frame), default=None))
        others = sorted((key for key in around - {None, source} if key is not None), key=lambda key: -abs(key - frame))
        assert source is not None, "a sweep passes a gap that it has a keyframe for"  # noqa: S101
        # The anchor comes first, so that a memory pins it, even where it is the source too.
        return [shown[0], *others, source] if others or shown[0] != source else [source]

    def _read(self, frame: int) -> NDArray[np.uint8]:
        image = self._frames.read(frame)
        if image.shape[:2] != self._frames.size.shape:
            height, width = image.shape[:2]
            size = self._frames.size
            raise MediaError(
                f"Frame {frame} is {width} x {height} pixels where the clip has {size.width} x {size.height}; "
                "put the clip's own frame in place."
            )
        return image


class _Meters:
    """The drift meters of a sweep's gaps."""

    def __init__(self, sweep: _Sweep, *, forward: bool) -> None:
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
