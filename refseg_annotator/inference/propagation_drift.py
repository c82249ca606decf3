"""How far a propagated mask may have drifted from its referent: a score of our own, made of parts that have names.

A model's own confidence stays high while it follows the wrong thing. What gives drift away is seen from outside: the
two sweeps disagree, a mask jumps where it had moved calmly, its area jumps, it falls into parts.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

from refseg_annotator.core.metrics import iou

if TYPE_CHECKING:
    from collections.abc import Iterable

    from refseg_annotator.core.annotation import ReferentId
    from refseg_annotator.core.mask import Mask

DOUBTFUL: Final = 0.5
"""The drift from which a frame is offered for review."""

_CALM: Final = 0.25  # share of the newest overlap in the running level that a jump is measured against
_SMALL_PART: Final = 0.02  # share of the mask under which a part is a speck
_SMALLEST_PART: Final = 8  # pixels
_SURE: Final = 0.8  # expected quality from which a model has no doubt of its mask
_UNSURE: Final = 0.55  # and that from which down its doubt counts in full: by itself from about 0.6
_PARTS_IN_FULL: Final = 3  # so many parts more than the keyframes show count as drifted for certain


class DriftSign(StrEnum):
    """What speaks for drift."""

    DISAGREEMENT = "disagreement"
    OVERLAP_JUMP = "overlap_jump"
    AREA_JUMP = "area_jump"
    EXTRA_PARTS = "extra_parts"
    UNSURE = "unsure"

    @property
    def sentence(self) -> str:
        """What the review queue says of it."""
        return _SENTENCES[self]


_SENTENCES: Final = {
    DriftSign.DISAGREEMENT: "The masks from the keyframe before and the one behind do not agree.",
    DriftSign.OVERLAP_JUMP: "The mask jumps away from where it was.",
    DriftSign.AREA_JUMP: "The mask grows, shrinks or goes all at once.",
    DriftSign.EXTRA_PARTS: "The mask falls into parts.",
    DriftSign.UNSURE: "The model is not sure of the mask.",
}
# How much of the score each sign can make alone.
_WEIGHTS: Final = {
    DriftSign.DISAGREEMENT: 1.0,
    DriftSign.OVERLAP_JUMP: 0.8,
    DriftSign.AREA_JUMP: 0.8,
    DriftSign.EXTRA_PARTS: 0.5,
    DriftSign.UNSURE: 0.6,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Drift:
    """The signs of drift on one frame, each 0 (none) to 1.

    Attributes:
        disagreement: how little the two sweeps' masks agree, see `disagreement_of`; 0 where only one came by.
        overlap_jump: by how much the IoU with the neighbouring mask falls under what it was of late.
        area_jump: change of area from the neighbouring mask; 1 is half or double, or gone or come.
        extra_parts: connected parts more than the keyframes show.
        unsure: how far the model's expected quality, which is an IoU, falls under what is usable.
    """

    disagreement: float = 0.0
    overlap_jump: float = 0.0
    area_jump: float = 0.0
    extra_parts: float = 0.0
    unsure: float = 0.0

    def __post_init__(self) -> None:
        for sign in DriftSign:
            if not 0 <= self.of(sign) <= 1:
                raise ValueError(f"a sign of drift lies in 0..1, and {sign} is {self.of(sign)}")

    def of(self, sign: DriftSign) -> float:
        """One sign by name."""
        value: float = getattr(self, sign.value)
        return value

    @property
    def score(self) -> float:
        """All signs together, 0 (none) to 1: each may raise it, none can lower it."""
        calm = 1.0
        for sign, weight in _WEIGHTS.items():
            calm *= 1 - weight * self.of(sign)
        return 1 - calm

    @property
    def worst(self) -> DriftSign:
        """The sign that counts most."""
        return max(_WEIGHTS, key=lambda sign: _WEIGHTS[sign] * self.of(sign))

    @property
    def is_doubtful(self) -> bool:
        """Whether the frame is offered for review."""
        return self.score >= DOUBTFUL


class DriftMeter:
    """Reads the drift of one referent's masks, frame after frame in the order of a sweep.

    Args:
        start: the keyframe's mask next to the first frame, None where the sweep does not come from one.
        keyframes: the masks of the keyframes around, whose number of parts is the measure.
    """

    def __init__(self, start: Mask | None, keyframes: Iterable[Mask] = ()) -> None:
        self._before = start
        self._level: float | None = None
        self._parts = max((parts_of(mask) for mask in keyframes if not mask.is_empty), default=1)

    def read(self, mask: Mask, *, score: float = 1.0, disagreement: float = 0.0, beyond: Mask | None = None) -> Drift:
        """The drift of the next mask.

        Args:
            score: the model's expected quality, 0..1.
            disagreement: of the two sweeps' masks, as `disagreement_of` has it; 0 where one came by.
            beyond: the mask of the keyframe that comes next, where the frame lies right before it.
        """
        overlap_jump, area_jump = 0.0, 0.0
        for neighbour in (self._before, beyond):
            if neighbour is None:
                continue
            area_jump = max(area_jump, _area_jump(mask, neighbour))
            # Who comes or goes has jumped in area; there is no place to have jumped from.
            if not mask.is_empty and not neighbour.is_empty:
                overlap = iou(mask, neighbour)
                overlap_jump = max(overlap_jump, self._fall(overlap))
                self._level = overlap if self._level is None else self._level + _CALM * (overlap - self._level)
        self._before = mask
        return Drift(
            disagreement=disagreement,
            overlap_jump=overlap_jump,
            area_jump=area_jump,
            extra_parts=min(1.0, max(0, parts_of(mask) - self._parts) / _PARTS_IN_FULL),
            unsure=min(1.0, max(0.0, (_SURE - score) / (_SURE - _UNSURE))),
        )

    def _fall(self, overlap: float) -> float:
        # Something small and fast never overlaps much with itself; only less than usual is a sign.
        return 0.0 if not self._level else min(1.0, max(0.0, 1 - overlap / self._level))


def disagreement_of(agreement: float, *, behind_left: int, before_right: int) -> float:
    """What the disagreement of two sweeps says of the mask made of them, 0..1.

    Near a keyframe it is of no account: the sweep that comes from there is right, and the other's errors are not taken.
    On three clips followed by optical flow between keyframes 24 frames apart, this rank-correlates with J at -0.73,
    the bare disagreement at -0.54.

    Args:
        agreement: IoU of the two masks, 0..1.
        behind_left: frames from the keyframe before, at least 1.
        before_right: frames to the keyframe behind, at least 1.
    """
    balance = 2 * min(behind_left, before_right) / (behind_left + before_right)
    return float((1 - agreement) * balance**0.5)


def parts_of(mask: Mask) -> int:
    """Number of connected parts of a mask, specks left out."""
    if mask.is_empty:
        return 0
    count, _, stats, _ = cv2.connectedComponentsWithStats(mask.pixels.astype(np.uint8), connectivity=8)
    areas = stats[1:count, cv2.CC_STAT_AREA]
    return max(1, int(np.count_nonzero(areas >= max(_SMALLEST_PART, _SMALL_PART * mask.area))))


def _area_jump(mask: Mask, before: Mask) -> float:
    if mask.is_empty or before.is_empty:
        return 0.0 if mask.is_empty and before.is_empty else 1.0
    return min(1.0, abs(float(np.log2(mask.area / before.area))))


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubtfulFrames:
    """A run of doubtful frames of one referent: one entry of the review queue.

    Attributes:
        first: where the doubt begins, which is where a correction helps most.
        last: the last frame of the run.
        score: the highest drift of the run, 0..1.
        sign: what counts most there; None where only the score is known.
    """

    referent: ReferentId
    first: int
    last: int
    score: float
    sign: DriftSign | None = None


def doubtful_queue(
    drifts: Iterable[tuple[ReferentId, int, float, DriftSign | None]], *, limit: float = DOUBTFUL
) -> list[DoubtfulFrames]:
    """The frames to review, the worst first: neighbouring doubtful frames of a referent are one entry.

    Args:
        drifts: referent, frame, drift 0..1 and its worst sign, in any order.
        limit: the drift from which a frame is doubtful.
    """
    runs: list[DoubtfulFrames] = []
    doubtful = sorted((row for row in drifts if row[2] >= limit), key=lambda row: (row[0], row[1]))
    for referent, frame, score, sign in doubtful:
        run = runs[-1] if runs else None
        if run is None or run.referent != referent or frame > run.last + 1:
            runs.append(DoubtfulFrames(referent=referent, first=frame, last=frame, score=score, sign=sign))
        else:
            higher = score > run.score
            runs[-1] = DoubtfulFrames(
                referent=referent,
                first=run.first,
                last=frame,
                score=score if higher else run.score,
                sign=sign if higher else run.sign,
            )
    return sorted(runs, key=lambda run: (-run.score, run.first, run.referent))
