"""Scores of a predictor on referring data, by the very predictor the window uses.

A sample is one sentence on one photo. A prediction whose presence falls below the model's threshold is the answer
"nothing here": an empty mask, also where that is wrong.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from refseg_annotator.core.annotation import ExpressionKind
from refseg_annotator.core.mask import Mask
from refseg_annotator.core.metrics import ReferringScores, ReferringSummary
from refseg_annotator.errors import FormatError
from refseg_annotator.formats.refer import read_refer
from refseg_annotator.inference.predictor import Prediction, Predictor, answered_mask
from refseg_annotator.training.samples import source_of

if TYPE_CHECKING:
    from refseg_annotator.formats.samples import ReferSample, ReferSplit

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """One sentence answered.

    Attributes:
        prediction: what the predictor said.
        milliseconds: the time of the phrase alone, on an encoded picture.
    """

    sample: ReferSample
    source: str
    prediction: Prediction
    truth: Mask
    milliseconds: float


@dataclass(frozen=True, slots=True)
class EvaluationReport:
    """Scores with where they come from.

    Attributes:
        summary: over all samples, with kinds.
        by_source: mIoU and P@0.5 of the samples with a target, by the first word of the photo's file name.
        ms_per_phrase: median milliseconds a phrase on an encoded picture.
        ms_per_image: median milliseconds to encode a picture, decoding left out.
    """

    model: str
    device: str
    split: str
    summary: ReferringSummary
    by_source: Mapping[str, Mapping[str, float | int | None]]
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
            "ms_per_phrase": self.ms_per_phrase,
            "ms_per_image": self.ms_per_image,
        }

    def to_text(self) -> str:
        """A table for people."""
        record = self.to_json()
        lines = [f"{self.model} on {self.split} ({self.device}), {self.summary.samples} sentences"]
        names = ["oIoU", "mIoU", "P@0.5", "P@0.6", "P@0.7", "P@0.8", "P@0.9", "N_acc", "T_acc", "gIoU", "cIoU"]
        lines += [f"  {name:8} {_shown(record.get(name))}" for name in names]
        for title, rows in (("kind", record["by_kind"]), ("source", record["by_source"])):
            lines.append(f"  {title:12} {'sentences':>9} {'mIoU':>6} {'P@0.5':>6}")
            for name, row in rows.items():
                lines.append(f"  {name:12} {row['samples']:9} {_shown(row['mIoU']):>6} {_shown(row['P@0.5']):>6}")
        if self.ms_per_phrase is not None and self.ms_per_image is not None:
            lines.append(f"  {self.ms_per_phrase:.1f} ms a phrase, {self.ms_per_image:.1f} ms a picture (medians)")
        return "\n".join(lines)


def _shown(value: object) -> str:
    return f"{value:.3f}" if isinstance(value, float) else "-"


def answers(
    predictor: Predictor, split: ReferSplit, samples: Sequence[ReferSample], progress: Progress | None = None
) -> Iterator[tuple[Answer, float | None]]:
    """Every sample answered, photo by photo; with the first of a photo come the milliseconds of its encoding."""
    from refseg_annotator.media import open_medium

    by_image: dict[int, list[ReferSample]] = defaultdict(list)
    for sample in samples:
        by_image[sample.image_id].append(sample)
    done = 0
    for image_id, asked in by_image.items():
        image = split.images[image_id]
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
        for sample in asked:
            start = time.perf_counter()
            prediction = predictor.predict(features, predictor.tokenize(sample.phrase))
            spent = (time.perf_counter() - start) * 1000
            yield Answer(sample, source_of(image.path), prediction, split.mask_of(sample), spent), encoding
            encoding = None
            done += 1
        if progress is not None:
            progress(done, len(samples), "")


def evaluate_refer(
    predictor: Predictor,
    data: Path,
    split: str,
    *,
    limit: int | None = None,
    progress: Progress | None = None,
    strict: bool = True,
) -> EvaluationReport:
    """Scores `predictor` on a split in REFER's layout.

    Args:
        limit: only that many sentences, spread evenly over the split.
        strict: P@X counts I / U > X, else >= X.

    Raises:
        FormatError: the data are broken.
        MediaError: a photo cannot be read.
    """
    read = read_refer(data, split)
    return evaluate_samples(
        predictor, read, thinned(read.samples, limit), split_name=split, progress=progress, strict=strict
    )


def thinned(samples: Sequence[ReferSample], limit: int | None) -> Sequence[ReferSample]:
    """At most `limit` samples, evenly spread, so that no source is left out."""
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
) -> EvaluationReport:
    """Scores `predictor` on the given samples of a split."""
    scores = ReferringScores(strict=strict)
    ious: dict[str, list[float]] = defaultdict(list)
    phrase_ms: list[float] = []
    image_ms: list[float] = []
    for answer, encoding in answers(predictor, split, samples, progress):
        mask = answered_mask(answer.prediction, predictor.info)
        iou = scores.add_masks(
            mask, answer.truth, kind=expression_kind(answer.sample.kind), score=answer.prediction.score
        )
        if not answer.truth.is_empty:
            ious[answer.source].append(iou)
        phrase_ms.append(answer.milliseconds)
        if encoding is not None:
            image_ms.append(encoding)
    by_source = {
        source: {
            "samples": len(values),
            "mIoU": float(np.mean(values)),
            "P@0.5": float(np.mean([value > 0.5 if strict else value >= 0.5 for value in values])),
        }
        for source, values in sorted(ious.items())
    }
    info = predictor.info
    return EvaluationReport(
        model=info.label,
        device=info.device,
        split=split_name,
        summary=scores.summary(),
        by_source=by_source,
        ms_per_phrase=float(np.median(phrase_ms)) if phrase_ms else None,
        ms_per_image=float(np.median(image_ms)) if image_ms else None,
    )


def expression_kind(kind: str) -> ExpressionKind:
    """A file's word for a kind as ours; what is not known is unspecified."""
    try:
        return ExpressionKind(kind.replace("-", "_"))
    except ValueError:
        try:
            return ExpressionKind(kind)
        except ValueError:
            return ExpressionKind.UNSPECIFIED
