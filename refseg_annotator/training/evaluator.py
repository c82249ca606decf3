"""Scores of a predictor on referring data, by the very predictor the window uses.

A sample is one sentence on one photo. A prediction whose presence falls below the model's threshold is the answer
"nothing here": an empty mask, also where that is wrong.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypedDict, TypeVar

import numpy as np
from numpy.typing import NDArray

from refseg_annotator.core.annotation import ExpressionKind
from refseg_annotator.core.counting import number_of
from refseg_annotator.core.mask import Mask
from refseg_annotator.core.metrics import ReferringScores, ReferringSummary, intersection_union
from refseg_annotator.errors import FormatError
from refseg_annotator.inference.predictor import Prediction, Predictor, answered_mask
from refseg_annotator.training.photos import source_of

if TYPE_CHECKING:
    from refseg_annotator.formats.samples import ReferImage, ReferSample, ReferSplit
    from refseg_annotator.inference.predictor import ModelInfo

Progress = Callable[[int, int, str], None]

T = TypeVar("T")

SIZES: Final = (("under 1 %", 0.01), ("1 to 5 %", 0.05), ("5 to 20 %", 0.2), ("over 20 %", float("inf")))
"""Groups of true masks: the name and the share of the photo that they stay below."""

_CURVE: Final = tuple(hundredths / 100 for hundredths in range(5, 100, 5))
_MOST_SOURCES: Final = 20


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """One sentence answered.

    Attributes:
        prediction: what the predictor said.
        milliseconds: the time of the phrase alone, on an encoded picture.
        photo: the picture asked about, uint8 (H, W, 3) RGB; whoever keeps it keeps it in memory.
    """

    sample: ReferSample
    image: ReferImage
    source: str
    prediction: Prediction
    truth: Mask
    milliseconds: float
    photo: NDArray[np.uint8]


Observer = Callable[[Answer, Mask, float], None]
"""`observer(answer, answered mask, IoU)`, called once a sentence."""


GroupScores = Mapping[str, float | int | None]
"""`samples` (those with a target), `oIoU`, `mIoU` and `P@0.5` of a part of the samples."""


@dataclass(frozen=True, slots=True)
class EvaluationReport:
    """Scores with where they come from.

    Attributes:
        summary: over all samples, with kinds.
        precision_curve: P@X at X from 0.05 to 0.95.
        by_source: scores of the samples with a target, by the first word of the photo's file name; empty where those
            words are no sources but the photos' own names.
        by_size: the same by the share of the photo that the true mask takes, small first.
        maskless: sentences that mean an object whose true mask is empty; they count as missed.
        ms_per_phrase: median milliseconds a phrase on an encoded picture.
        ms_per_image: median milliseconds to encode a picture, decoding left out.
    """

    model: str
    device: str
    split: str
    summary: ReferringSummary
    precision_curve: tuple[tuple[float, float | None], ...]
    by_source: Mapping[str, GroupScores]
    by_size: Mapping[str, GroupScores]
    maskless: int
    ms_per_phrase: float | None
    ms_per_image: float | None

    def to_json(self) -> dict[str, Any]:
        """The record that `evaluate --json` prints."""
        return {
            "model": self.model,
            "device": self.device,
            "split": self.split,
            **self.summary.as_dict(),
            "by_source": {source: dict(scores) for source, scores in self.by_source.items()},
            "by_size": {size: dict(scores) for size, scores in self.by_size.items()},
            "ms_per_phrase": self.ms_per_phrase,
            "ms_per_image": self.ms_per_image,
        }

    def to_text(self) -> str:
        """A table for people."""
        record = self.to_json()
        asked = number_of(self.summary.samples, "sentences")
        lines = [f"{self.model} on {self.split} ({self.device}), {asked}, P@X: {record['P@X']} X"]
        names = ["oIoU", "mIoU", "P@0.5", "P@0.6", "P@0.7", "P@0.8", "P@0.9", "N_acc", "T_acc", "gIoU", "cIoU"]
        names += [name for name in ("rIoU", "mRR") if record[name] is not None]
        lines += [f"  {name:8} {_shown(record[name])}" for name in names]
        for title in ("kind", "source", "size"):
            lines.append(f"  {title:12} {'sentences':>9} {'mIoU':>6} {'P@0.5':>6}")
            for name, row in record[f"by_{title}"].items():
                lines.append(f"  {name:12} {row['samples']:9} {_shown(row['mIoU']):>6} {_shown(row['P@0.5']):>6}")
        if self.maskless:
            sentences = number_of(self.maskless, "sentences")
            lines.append(f"  {sentences} about an object whose true mask is empty, counted as missed")
        if self.ms_per_phrase is not None and self.ms_per_image is not None:
            lines.append(f"  {self.ms_per_phrase:.1f} ms a phrase, {self.ms_per_image:.1f} ms a picture (medians)")
        return "\n".join(lines)


def _shown(value: object) -> str:
    return f"{value:.3f}" if isinstance(value, float) else "-"


def answers(
    predictor: Predictor, split: ReferSplit, samples: Sequence[ReferSample], progress: Progress | None = None
) -> Iterator[tuple[Answer, float | None]]:
    """Every sample answered, photo by photo; with the first of a photo come the milliseconds of its encoding.

    One photo is in memory at a time, given that the caller lets go of each answer before it asks for the next.
    """
    by_image: dict[int, list[ReferSample]] = defaultdict(list)
    for sample in samples:
        by_image[sample.image_id].append(sample)
    done = 0
    for image_id, asked in by_image.items():
        yield from _answers_on(predictor, split, split.images[image_id], asked)
        done += len(asked)
        if progress is not None:
            progress(done, len(samples), "")


def _answers_on(
    predictor: Predictor, split: ReferSplit, image: ReferImage, samples: Sequence[ReferSample]
) -> Iterator[tuple[Answer, float | None]]:
    """The samples of one photo answered."""
    from refseg_annotator.media import open_medium

    medium = open_medium(image.path)
    try:
        pixels = medium.read(0)
    finally:
        medium.close()
    if pixels.shape[:2] != (image.height, image.width):
        raise FormatError(
            f"The photo {str(image.path)!r} is {pixels.shape[1]} x {pixels.shape[0]} pixels where the annotations "
            f"say {image.width} x {image.height}; use the photos the annotations were made for."
        )
    start = time.perf_counter()
    features = predictor.encode(pixels)
    encoding: float | None = (time.perf_counter() - start) * 1000
    for sample in samples:
        start = time.perf_counter()
        prediction = predictor.predict(features, predictor.tokenize(sample.phrase))
        spent = (time.perf_counter() - start) * 1000
        truth = split.mask_of(sample)
        yield Answer(sample, image, source_of(image.path), prediction, truth, spent, pixels), encoding
        encoding = None


def thinned(samples: Sequence[T], limit: int | None) -> Sequence[T]:
    """At most `limit` of a row, evenly spread, so that no source is left out."""
    if not limit or limit >= len(samples):
        return samples
    places = np.linspace(0, len(samples) - 1, limit).round().astype(int)
    return [samples[place] for place in places]


def evaluate_samples(
    predictor: Predictor,
    split: ReferSplit,
    samples: Sequence[ReferSample],
    *,
    split_name: str,
    progress: Progress | None = None,
    strict: bool = True,
    observer: Observer | None = None,
) -> EvaluationReport:
    """Scores `predictor` on the given samples of a split.

    Args:
        strict: P@X counts I / U > X, else >= X.
        observer: sees every answer while its photo is in memory; what it does is not timed.

    Raises:
        FormatError: the data are broken.
        MediaError: a photo cannot be read.
    """
    tally = Tally(split, strict=strict)
    for answer, encoding in answers(predictor, split, samples, progress):
        mask = answered_mask(answer.prediction, predictor.info)
        iou = tally.add(measured(answer, encoding), outcome_of(answer, mask), score=answer.prediction.score)
        if observer is not None:
            observer(answer, mask, iou)
        del answer  # and with it the photo, before the next is read
    return tally.report(predictor.info, split_name=split_name)


class Outcome(TypedDict):
    """How an answered mask meets the true one; what `ReferringScores.add` wants of every sample."""

    intersection: int
    union: int
    predicted_empty: bool
    truth_empty: bool


def outcome_of(answer: Answer, mask: Mask) -> Outcome:
    """How the answered mask meets the true one."""
    intersection, union = intersection_union(mask, answer.truth)
    # Whether a sentence fits something is the data's word, not the mask's: an outline too thin to cover a pixel is
    # an object all the same. The published code counts it as missed, so it has an IoU of 0 whatever was answered.
    truth_empty = answer.sample.is_no_target
    return Outcome(
        intersection=intersection,
        union=union if truth_empty else max(union, 1),
        predicted_empty=mask.is_empty,
        truth_empty=truth_empty,
    )


@dataclass(frozen=True, slots=True)
class Measured:
    """What is told of an answered sentence besides the outcome; no pixels are kept.

    Attributes:
        size: the group that its true mask belongs to.
        has_mask: whether its true mask covers a pixel.
        milliseconds: the time of the phrase alone.
        encoding: that of the picture, with the first sentence of each.
    """

    sample: ReferSample
    source: str
    size: str
    has_mask: bool
    milliseconds: float
    encoding: float | None


def measured(answer: Answer, encoding: float | None) -> Measured:
    """An answer without its pixels."""
    truth = answer.truth
    return Measured(answer.sample, answer.source, size_of(truth), not truth.is_empty, answer.milliseconds, encoding)


class Tally:
    """Adds sentences up to a report.

    Args:
        strict: P@X counts I / U > X, else >= X.
    """

    def __init__(self, split: ReferSplit, *, strict: bool = True) -> None:
        self._scores = ReferringScores(strict=strict)
        self._by_source: dict[str, ReferringScores] = defaultdict(lambda: ReferringScores(strict=strict))
        self._by_size = {name: ReferringScores(strict=strict) for name, _ in SIZES}
        # The robust scores speak of a referent's sentences together; they mean nothing where none has a false one.
        self._is_robust = any(not sample.exist for sample in split.samples)
        self._phrase_ms: list[float] = []
        self._image_ms: list[float] = []
        self._maskless = 0

    def add(self, sentence: Measured, outcome: Outcome, *, score: float) -> float:
        """Counts a sentence; `score` is what the model expects of its mask. Returns the IoU."""
        sample = sentence.sample
        iou = self._scores.add(
            **outcome,
            kind=expression_kind(sample.kind),
            referent=sample.ref_id if self._is_robust else None,
            score=score,
        )
        if not outcome["truth_empty"]:
            self._maskless += not sentence.has_mask
            self._by_source[sentence.source].add(**outcome)
            self._by_size[sentence.size].add(**outcome)
        self._phrase_ms.append(sentence.milliseconds)
        if sentence.encoding is not None:
            self._image_ms.append(sentence.encoding)
        return iou

    def report(self, info: ModelInfo, *, split_name: str) -> EvaluationReport:
        """What has been counted, of the model `info`."""
        # Photos named by numbers have as many first words as there are photos.
        sources = self._by_source if len(self._by_source) <= _MOST_SOURCES else {}
        return EvaluationReport(
            model=info.label,
            device=info.device,
            split=split_name,
            summary=self._scores.summary(),
            precision_curve=tuple((threshold, self._scores.precision(threshold)) for threshold in _CURVE),
            by_source={source: _group_scores(sources[source]) for source in sorted(sources)},
            by_size={name: _group_scores(group) for name, group in self._by_size.items() if len(group)},
            maskless=self._maskless,
            ms_per_phrase=float(np.median(self._phrase_ms)) if self._phrase_ms else None,
            ms_per_image=float(np.median(self._image_ms)) if self._image_ms else None,
        )


def _group_scores(scores: ReferringScores) -> GroupScores:
    summary = scores.summary()
    return {
        "samples": summary.targets,
        "oIoU": summary.overall_iou,
        "mIoU": summary.mean_iou,
        "P@0.5": dict(summary.precision)[0.5],
    }


def size_of(truth: Mask) -> str:
    """The name of the group that a true mask belongs to, by the share of the photo that it takes."""
    share = truth.area / (truth.size.width * truth.size.height)
    return next(name for name, below in SIZES if share < below)


def expression_kind(kind: str) -> ExpressionKind:
    """A file's word for a kind as ours; what is not known is unspecified."""
    try:
        return ExpressionKind(kind.replace("-", "_"))
    except ValueError:
        try:
            return ExpressionKind(kind)
        except ValueError:
            return ExpressionKind.UNSPECIFIED
