"""One run of a propagation: what it takes of the project into the model's lane, and what it brings back."""

from __future__ import annotations

import threading
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from refseg_annotator.inference.propagation import propagate_live
from refseg_annotator.services.bridged_frames import BridgedFrames, damage_told
from refseg_annotator.services.frames import ClipReader
from refseg_annotator.services.propagate_proposal import ProposedMask

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from refseg_annotator.core.annotation import AnnotationKey, FrameSpan, MediumId, ReferentId
    from refseg_annotator.core.geometry import Size
    from refseg_annotator.core.mask import Mask
    from refseg_annotator.inference.propagation_plan import Direction, Gap, Plan
    from refseg_annotator.inference.video_predictor import VideoPredictor
    from refseg_annotator.services.frames import Frames
    from refseg_annotator.services.jobs import JobContext


@dataclass(frozen=True, slots=True, eq=False)
class ModelNeeded:
    """The model is about to be loaded."""


@dataclass(frozen=True, slots=True, eq=False)
class PassedOver:
    """At the end: the frames that cannot be decoded, and got no masks, in one sentence."""

    sentence: str


@dataclass(frozen=True, slots=True, eq=False)
class Arrived:
    """The masks that a run found on a frame."""

    masks: Mapping[AnnotationKey, ProposedMask]


def _beginning(gap: Gap) -> int:
    return gap.first


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class PropagationRun:
    """All that the model's lane needs: it must not read the project, which belongs to the window's thread.

    Attributes:
        keyframes: the masks it starts from and leaves alone.
        span: the frames wanted.
        plan: which of them are reached, and the way there.
        stopped: set when nobody wants the rest.
    """

    medium_id: MediumId
    path: Path
    size: Size
    frame_count: int
    referents: frozenset[ReferentId]
    keyframes: Mapping[int, Mapping[ReferentId, Mask]]
    span: FrameSpan
    direction: Direction
    plan: Plan
    stopped: threading.Event = field(default_factory=threading.Event)

    def claimed(self, keys: Iterable[AnnotationKey]) -> set[AnnotationKey]:
        """Those of some referents on frames for which the run brings a mask."""
        # A referent's gaps share no frame, so the last one to begin before a frame is the one to ask. There may be a
        # gap for every few of ten thousands of frames, and as many keys.
        gaps: dict[ReferentId, list[Gap]] = {}
        for gap in sorted((gap for stretch in self.plan.stretches for gap in stretch.gaps), key=_beginning):
            gaps.setdefault(gap.referent, []).append(gap)
        found: set[AnnotationKey] = set()
        for referent, frame in keys:
            mine = gaps.get(referent, [])
            place = bisect_right(mine, frame, key=_beginning)
            if place and mine[place - 1].wants(frame):
                found.add((referent, frame))
        return found

    def covers(self, other: PropagationRun) -> bool:
        """Whether the run takes the place of the other."""
        return (
            other.referents <= self.referents
            and self.span.first <= other.span.first
            and other.span.last <= self.span.last
        )

    def results(self, predictor: VideoPredictor, frames: Frames, context: JobContext) -> Iterator[Arrived | PassedOver]:
        """The work itself, in the model's lane: masks frame by frame, and the progress told."""
        info = predictor.info
        first, last = self.span.first, self.span.last
        total = self.plan.steps
        reader = BridgedFrames(ClipReader(frames, self.path, self.size), self.frame_count)
        found = propagate_live(
            predictor,
            reader,
            self.keyframes,
            first=first,
            last=last,
            direction=self.direction,
            still_wanted=lambda: not (self.stopped.is_set() or context.cancelled),
        )
        context.progress(0, total)
        for done, prediction in enumerate(found, 1):
            context.progress(done, total, f"frame {prediction.frame}")
            # Packed here, so that the window's thread has nothing to do but to keep it.
            yield Arrived(
                {
                    (referent, prediction.frame): ProposedMask.of(
                        result, is_draft=prediction.is_draft, model=info.label, threshold=info.threshold
                    )
                    for referent, result in prediction.masks.items()
                    if not reader.is_damaged(prediction.frame)
                }
            )
            if self.stopped.is_set():
                return
        if reader.damaged:
            yield PassedOver(damage_told(self.path.name, reader.damaged))
