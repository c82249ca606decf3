"""Every number that is reported about masks, defined once. A sample is one (image, expression)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from refseg_annotator.core.annotation import ExpressionKind
from refseg_annotator.core.mask import Mask

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from numpy.typing import NDArray

    Pixels = Mask | NDArray[Any]

PRECISION_THRESHOLDS: Final = (0.5, 0.6, 0.7, 0.8, 0.9)
AVERAGE_PRECISION_THRESHOLDS: Final = (0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95)


def intersection_union(prediction: Pixels, truth: Pixels) -> tuple[int, int]:
    """`(|P and G|, |P or G|)` in pixels of two masks, or arrays `(H, W)` where what is not zero counts, of one size."""
    if isinstance(prediction, Mask) and isinstance(truth, Mask):
        intersection = prediction.intersection_area(truth)
        return intersection, prediction.area + truth.area - intersection
    predicted, true = _array(prediction), _array(truth)
    if predicted.shape != true.shape:
        raise ValueError(f"masks of one size are compared, not {predicted.shape} and {true.shape}")
    return int(np.count_nonzero(predicted & true)), int(np.count_nonzero(predicted | true))


def iou(prediction: Pixels, truth: Pixels) -> float:
    """Intersection over union, 0..1; two empty masks agree fully: 1."""
    intersection, union = intersection_union(prediction, truth)
    return _ratio(intersection, union)


# --- phrases on images --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class KindScores:
    """The scores of the samples of one kind that have a target; None where there are none."""

    samples: int
    overall_iou: float | None
    mean_iou: float | None
    precision_at_half: float | None


@dataclass(frozen=True, slots=True)
class ReferringSummary:
    """Scores 0..1 over all samples; None where no sample speaks of it.

    Args:
        samples: All samples.
        targets: Those with a target.
        overall_iou: oIoU, sum of I over sum of U, over samples with a target.
        mean_iou: mIoU, mean of I / U, over samples with a target.
        precision: P@X by X: the share of samples with a target that have I / U > X (>= X if not `strict`).
        no_target_accuracy: N-acc, the share of samples without a target that were answered with no mask.
        target_accuracy: T-acc, the share of samples with a target that were answered with a mask.
        generalised_iou: gIoU, mean over all samples, where a right answer without target counts 1 and a wrong one 0.
        cumulative_iou: cIoU, as oIoU, over all samples: a false mask adds its area to the union.
        robust_iou: rIoU, sum of I over (sum of U and area predicted on negatives) of each referent, averaged.
        robust_recognition_rate: mRR, the share of a referent's negatives answered with no mask, averaged.
        mean_average_precision: mAP over IoU .50:.05:.95 of samples with a target, ranked by score; see
            `average_precision`.
        by_kind: Scores by kind of expression.
        strict: Whether P@X asks for more than X (MTTR) or for X (CMSA).
    """

    samples: int
    targets: int
    overall_iou: float | None
    mean_iou: float | None
    precision: tuple[tuple[float, float | None], ...]
    no_target_accuracy: float | None
    target_accuracy: float | None
    generalised_iou: float | None
    cumulative_iou: float | None
    robust_iou: float | None
    robust_recognition_rate: float | None
    mean_average_precision: float | None
    by_kind: tuple[tuple[ExpressionKind, KindScores], ...]
    strict: bool

    def as_dict(self) -> dict[str, Any]:
        """The published names, for JSON: `oIoU`, `mIoU`, `P@0.5` ..., `N_acc`, `T_acc`, ..., `by_kind`."""
        return {
            "samples": self.samples,
            "targets": self.targets,
            "oIoU": self.overall_iou,
            "mIoU": self.mean_iou,
            **{f"P@{threshold}": share for threshold, share in self.precision},
            "P@X": ">" if self.strict else ">=",
            "N_acc": self.no_target_accuracy,
            "T_acc": self.target_accuracy,
            "gIoU": self.generalised_iou,
            "cIoU": self.cumulative_iou,
            "rIoU": self.robust_iou,
            "mRR": self.robust_recognition_rate,
            "mAP": self.mean_average_precision,
            "by_kind": {
                kind.value: {
                    "samples": scores.samples,
                    "oIoU": scores.overall_iou,
                    "mIoU": scores.mean_iou,
                    "P@0.5": scores.precision_at_half,
                }
                for kind, scores in self.by_kind
            },
        }


@dataclass(frozen=True, slots=True)
class _Sample:
    intersection: int
    union: int
    kind: ExpressionKind
    predicted_empty: bool
    truth_empty: bool
    referent: Hashable | None
    score: float | None

    @property
    def iou(self) -> float:
        return _ratio(self.intersection, self.union)


@dataclass(slots=True)
class ReferringScores:
    """Gathers samples and sums them up.

    Args:
        strict: P@X counts a sample with I / U > X; else with I / U >= X. The summary names it.
    """

    strict: bool = True
    _samples: list[_Sample] = field(default_factory=list, init=False, repr=False)

    def add(
        self,
        intersection: int,
        union: int,
        *,
        predicted_empty: bool,
        truth_empty: bool,
        kind: ExpressionKind = ExpressionKind.UNSPECIFIED,
        referent: Hashable | None = None,
        score: float | None = None,
    ) -> float:
        """Take in one sample; returns its IoU.

        Args:
            intersection: Pixels of both masks at source resolution.
            union: Pixels of either mask; for a sample without target the pixels predicted.
            predicted_empty: The answer is "nothing": no mask, whatever led to it.
            truth_empty: The expression has no target.
            kind: Kind of the expression.
            referent: What the positive and negative expressions of one object share (R-RIS); gives rIoU and mRR.
            score: Confidence that ranks the sample; given for all samples with a target, it gives mAP.
        """
        if not 0 <= intersection <= union:
            raise ValueError(f"an intersection of {intersection} is no part of a union of {union}")
        if intersection and (predicted_empty or truth_empty):
            raise ValueError(f"an empty mask has no intersection, and {intersection} was given")
        if (union == 0) != (predicted_empty and truth_empty):
            raise ValueError(f"a union of {union} does not fit {predicted_empty=}, {truth_empty=}")
        sample = _Sample(intersection, union, kind, predicted_empty, truth_empty, referent, score)
        self._samples.append(sample)
        return sample.iou

    def add_masks(
        self,
        prediction: Pixels,
        truth: Pixels,
        *,
        kind: ExpressionKind = ExpressionKind.UNSPECIFIED,
        referent: Hashable | None = None,
        score: float | None = None,
    ) -> float:
        """Take in one sample by its masks; returns its IoU."""
        intersection, union = intersection_union(prediction, truth)
        return self.add(
            intersection,
            union,
            predicted_empty=_is_empty(prediction),
            truth_empty=_is_empty(truth),
            kind=kind,
            referent=referent,
            score=score,
        )

    def __len__(self) -> int:
        return len(self._samples)

    def precision(self, threshold: float) -> float | None:
        """P@X at any X, as the summary counts it, over the samples with a target so far."""
        return self._precision([sample for sample in self._samples if not sample.truth_empty], threshold)

    def summary(self) -> ReferringSummary:
        """The scores of all samples so far."""
        positives = [sample for sample in self._samples if not sample.truth_empty]
        negatives = [sample for sample in self._samples if sample.truth_empty]
        robust_iou, robust_rate = self._robust()
        by_kind: dict[ExpressionKind, list[_Sample]] = defaultdict(list)
        for sample in positives:
            by_kind[sample.kind].append(sample)
        return ReferringSummary(
            samples=len(self._samples),
            targets=len(positives),
            overall_iou=_overall(positives),
            mean_iou=_mean([sample.iou for sample in positives]),
            precision=tuple((threshold, self._precision(positives, threshold)) for threshold in PRECISION_THRESHOLDS),
            no_target_accuracy=_mean([float(sample.predicted_empty) for sample in negatives]),
            target_accuracy=_mean([float(not sample.predicted_empty) for sample in positives]),
            # Two empty masks have an IoU of 1 and a false mask one of 0, just as gIoU counts.
            generalised_iou=_mean([sample.iou for sample in self._samples]),
            cumulative_iou=_overall(self._samples),
            robust_iou=robust_iou,
            robust_recognition_rate=robust_rate,
            mean_average_precision=_mean_average_precision(positives),
            by_kind=tuple(
                (
                    kind,
                    KindScores(
                        samples=len(by_kind[kind]),
                        overall_iou=_overall(by_kind[kind]),
                        mean_iou=_mean([sample.iou for sample in by_kind[kind]]),
                        precision_at_half=self._precision(by_kind[kind], 0.5),
                    ),
                )
                for kind in ExpressionKind
                if kind in by_kind
            ),
            strict=self.strict,
        )

    def _precision(self, samples: Sequence[_Sample], threshold: float) -> float | None:
        return _mean([float(s.iou > threshold if self.strict else s.iou >= threshold) for s in samples])

    def _robust(self) -> tuple[float | None, float | None]:
        groups: dict[Hashable, list[_Sample]] = defaultdict(list)
        for sample in self._samples:
            if sample.referent is not None:
                groups[sample.referent].append(sample)
        ious, rates = [], []
        for samples in groups.values():
            overall = _overall(samples)
            if overall is not None and not all(sample.truth_empty for sample in samples):
                ious.append(overall)
            rate = _mean([float(sample.predicted_empty) for sample in samples if sample.truth_empty])
            if rate is not None:
                rates.append(rate)
        return _mean(ious), _mean(rates)


def average_precision(ious: Sequence[float], scores: Sequence[float], *, threshold: float) -> float:
    """COCO's average precision, 0..1, where each sample has one true mask and one predicted mask.

    Samples are ranked by score, equal ones as given; one with an IoU of at least `threshold` is right. The precision is
    read at 101 recalls, each time the best from there on.
    """
    if len(ious) != len(scores) or not len(ious):
        raise ValueError(f"average precision takes one score a sample, not {len(scores)} for {len(ious)}")
    order = np.argsort(-np.asarray(scores, np.float64), kind="stable")
    right = np.cumsum(np.asarray(ious, np.float64)[order] >= threshold)
    precision = np.maximum.accumulate((right / np.arange(1, len(right) + 1))[::-1])[::-1]
    places = np.searchsorted(right / len(right), np.linspace(0.0, 1.0, 101), side="left")
    return float(np.where(places < len(right), precision[np.minimum(places, len(right) - 1)], 0.0).mean())


def _mean_average_precision(samples: Sequence[_Sample]) -> float | None:
    scores = [sample.score for sample in samples if sample.score is not None]
    if not samples or len(scores) != len(samples):
        return None
    ious = [sample.iou for sample in samples]
    return _mean([average_precision(ious, scores, threshold=t) for t in AVERAGE_PRECISION_THRESHOLDS])


# --- videos -------------------------------------------------------------------------------------------------------


def region_similarity(prediction: Pixels, truth: Pixels) -> float:
    """J of one frame: the IoU, 1 if both are empty."""
    return iou(prediction, truth)


def boundary_f(prediction: Pixels, truth: Pixels, *, tolerance: float = 0.008) -> float:
    """F of one frame, 0..1, as the DAVIS benchmark defines it: how well the boundaries meet.

    Precision is the share of the predicted boundary near the true one, recall the other way about; near is within
    `tolerance` of the image diagonal, rounded up to whole pixels. Two masks without a boundary give 1: empty ones, and,
    as in DAVIS, full ones too, since the rim of the image is no boundary.
    """
    predicted, true = _array(prediction), _array(truth)
    if predicted.shape != true.shape:
        raise ValueError(f"masks of one size are compared, not {predicted.shape} and {true.shape}")
    radius = int(np.ceil(tolerance * np.hypot(*predicted.shape)))
    predicted_edge, true_edge = _boundary(predicted), _boundary(true)
    predicted_length, true_length = int(np.count_nonzero(predicted_edge)), int(np.count_nonzero(true_edge))
    if not predicted_length or not true_length:
        return 1.0 if predicted_length == true_length else 0.0
    precision = np.count_nonzero(predicted_edge & _dilated(true_edge, radius)) / predicted_length
    recall = np.count_nonzero(true_edge & _dilated(predicted_edge, radius)) / true_length
    return 0.0 if precision + recall == 0 else float(2 * precision * recall / (precision + recall))


@dataclass(frozen=True, slots=True)
class VideoSummary:
    """J, F and their mean, averaged over an object's frames and then over objects; None without an object."""

    objects: int
    region: float | None
    boundary: float | None
    region_and_boundary: float | None

    def as_dict(self) -> dict[str, Any]:
        """The published names, for JSON."""
        return {
            "objects": self.objects,
            "J": self.region,
            "F": self.boundary,
            "J&F": self.region_and_boundary,
        }


@dataclass(slots=True)
class VideoScores:
    """Gathers the frames of objects (or of expressions, on Ref-YouTube-VOS) and sums them up."""

    _frames: dict[Hashable, list[tuple[float, float]]] = field(default_factory=dict, init=False, repr=False)

    def add(self, key: Hashable, prediction: Pixels, truth: Pixels) -> tuple[float, float]:
        """Take in one frame of the object `key`; returns its J and F."""
        pair = region_similarity(prediction, truth), boundary_f(prediction, truth)
        self._frames.setdefault(key, []).append(pair)
        return pair

    def summary(self) -> VideoSummary:
        """The scores of all frames so far."""
        means = [np.mean(frames, axis=0) for frames in self._frames.values()]
        region, boundary = _mean([float(mean[0]) for mean in means]), _mean([float(mean[1]) for mean in means])
        both = None if region is None or boundary is None else (region + boundary) / 2
        return VideoSummary(len(means), region, boundary, both)


def _boundary(mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The pixels that differ from their right, lower or lower right neighbour, bool `(H, W)`, one pixel wide."""
    edge = np.zeros_like(mask)
    edge[:, :-1] = mask[:, :-1] ^ mask[:, 1:]
    edge[:-1] |= mask[:-1] ^ mask[1:]
    edge[:-1, :-1] |= mask[:-1, :-1] ^ mask[1:, 1:]
    return edge


def _dilated(edge: NDArray[np.bool_], radius: int) -> NDArray[np.bool_]:
    """Every pixel within `radius` of a True, bool `(H, W)`.

    A disk is a stack of runs: the row at distance d is as wide as the disk there. From the middle row outwards the runs
    only shrink, so one image that grows by a pixel left and right serves all rows.
    """
    half_widths = [int(np.sqrt(radius * radius - d * d)) for d in range(radius + 1)]
    result = np.zeros_like(edge)
    grown, grown_by = edge.copy(), 0
    for distance in range(radius, -1, -1):
        while grown_by < half_widths[distance]:
            grown_by += 1
            grown[:, grown_by:] |= edge[:, :-grown_by]
            grown[:, :-grown_by] |= edge[:, grown_by:]
        if distance < len(edge):
            result[distance:] |= grown[: len(edge) - distance]
            result[: len(edge) - distance] |= grown[distance:]
    return result


def _array(mask: Pixels) -> NDArray[np.bool_]:
    if isinstance(mask, Mask):
        return mask.to_array()
    return mask if mask.dtype == np.bool_ else mask != 0


def _is_empty(mask: Pixels) -> bool:
    return mask.is_empty if isinstance(mask, Mask) else not mask.any()


def _ratio(intersection: int, union: int) -> float:
    return intersection / union if union else 1.0


def _overall(samples: Sequence[_Sample]) -> float | None:
    if not samples:
        return None
    return _ratio(sum(sample.intersection for sample in samples), sum(sample.union for sample in samples))


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None
