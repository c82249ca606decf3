"""Scores on sentences about clips with some annotated frames, as A2D-Sentences and J-HMDB-Sentences have them.

A sample is a sentence with an annotated frame that shows what it names; frames without its mask are no samples. The
answer is the mask that a user sees. What cannot be read costs its own samples and is named; the rest is scored.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from refseg_annotator.core.annotation import Annotation, Expression
from refseg_annotator.core.counting import number_of
from refseg_annotator.core.mask import Mask
from refseg_annotator.core.metrics import ReferringScores, ReferringSummary
from refseg_annotator.errors import FormatError, MediaError
from refseg_annotator.inference.predictor import ModelInfo, Prediction, Predictor, answered_mask
from refseg_annotator.media import FrameSource, open_medium
from refseg_annotator.training.clip_data import PAPER

if TYPE_CHECKING:
    from refseg_annotator.formats.base import Dataset, DatasetMedium

Progress = Callable[[int, int, str], None]

_MEASURES = ("P@0.5", "P@0.6", "P@0.7", "P@0.8", "P@0.9", "oIoU", "mIoU", "mAP")
_MOST_SHOWN = 3


class ClipSentenceReader(Protocol):
    """Reads sentences on a frame of a clip, with as much of the clip around it as it likes."""

    @property
    def info(self) -> ModelInfo:
        """The model behind it."""

    def read(self, frames: FrameSource, frame: int, sentences: Sequence[str]) -> Sequence[Prediction]:
        """A prediction for each sentence, at the frame's size."""


class SingleFrameReader:
    """A predictor of pictures, which knows nothing of the frames around."""

    def __init__(self, predictor: Predictor) -> None:
        self._predictor = predictor

    @property
    def info(self) -> ModelInfo:
        """The predictor's."""
        return self._predictor.info

    def read(self, frames: FrameSource, frame: int, sentences: Sequence[str]) -> Sequence[Prediction]:
        """Encode the frame once, ask for every sentence."""
        features = self._predictor.encode(frames.read(frame))
        return [self._predictor.predict(features, self._predictor.tokenize(text)) for text in sentences]


@dataclass(frozen=True, slots=True)
class SentenceReport:
    """Scores with where they come from.

    Attributes:
        clips: clips that were scored.
        frames: annotated frames that were looked at.
        missing: clips whose files are not there.
        broken: a sentence for each clip or mask file that cannot be read; its samples are not scored.
        paper: published figures for this data set, by the names of `summary.as_dict`.
        ms_per_frame: median milliseconds a frame with all its sentences, decoding included.
    """

    model: str
    device: str
    title: str
    split: str
    summary: ReferringSummary
    clips: int
    frames: int
    missing: tuple[str, ...]
    broken: tuple[str, ...]
    paper: Mapping[str, float] = field(default_factory=dict)
    ms_per_frame: float | None = None

    def to_json(self) -> dict[str, Any]:
        """The record that `evaluate --json` prints."""
        return {
            "model": self.model,
            "device": self.device,
            "data": self.title,
            "split": self.split,
            **self.summary.as_dict(),
            "paper": dict(self.paper),
            "clips": self.clips,
            "frames": self.frames,
            "missing_clips": len(self.missing),
            "broken": list(self.broken),
            "ms_per_frame": self.ms_per_frame,
        }

    def to_text(self) -> str:
        """A table for people, the published figures beside."""
        record = self.to_json()
        head = (
            f"{self.model} on {self.title} {self.split} ({self.device}): "
            f"{number_of(self.summary.samples, 'sentences')} on {number_of(self.frames, 'frames')} of "
            f"{number_of(self.clips, 'clips')}, P@X: {record['P@X']} X"
        )
        lines = [head, f"  {'':8} {'here':>6} {'paper':>6}"]
        lines += [f"  {name:8} {_shown(record[name]):>6} {_shown(self.paper.get(name)):>6}" for name in _MEASURES]
        if self.paper:
            lines.append(f"  paper: {PAPER}")
        if self.ms_per_frame is not None:
            lines.append(f"  {self.ms_per_frame:.1f} ms a frame with its sentences (median)")
        if self.missing:
            lines.append(missing_sentence(self.missing, self.clips + len(self.missing) + len(self.broken)))
        return "\n".join(lines)


def missing_sentence(missing: Sequence[str], total: int) -> str:
    """How many clips are not there, with examples."""
    shown = ", ".join(missing[:_MOST_SHOWN]) + (", ..." if len(missing) > _MOST_SHOWN else "")
    return f"Not there, and so not scored: {len(missing):,} of {number_of(total, 'clips')} ({shown})."


def _shown(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def evaluate_sentences(
    reader: ClipSentenceReader,
    dataset: Dataset,
    *,
    title: str,
    split: str,
    paper: Mapping[str, float] | None = None,
    limit: int | None = None,
    strict: bool = True,
    progress: Progress | None = None,
) -> SentenceReport:
    """Scores a model on the sentences of staged clips.

    Args:
        limit: only so many sentences, spread over the data set, each on all its frames.
        strict: P@X counts I / U > X, else >= X.

    Raises:
        FormatError: no clip can be scored.
    """
    asked = _asked(dataset, limit)
    media = [medium for medium in dataset.media if medium.id in asked]
    scores = ReferringScores(strict=strict)
    missing: list[str] = []
    broken: list[str] = []
    milliseconds: list[float] = []
    clips = 0
    for number, medium in enumerate(media):
        if progress is not None:
            progress(number, len(media), medium.name)
        if not medium.path.exists():
            missing.append(medium.name)
            continue
        try:
            samples = list(_samples(reader, medium, dataset.load(medium.id), asked[medium.id]))
        except (MediaError, FormatError) as error:
            broken.append(str(error))
            continue
        clips += 1
        for sample in samples:
            milliseconds.append(sample.milliseconds)
            for mask, truth, score in sample.answers:
                scores.add_masks(mask, truth, score=score)
    if not len(scores):
        if missing:
            raise FormatError(missing_sentence(missing, len(media)) + " Put the clips in place.")
        raise FormatError(broken[0] if broken else f"{title} has no sentence about an annotated frame in {split!r}.")
    if progress is not None:
        progress(len(media), len(media), "")
    return SentenceReport(
        model=reader.info.label,
        device=reader.info.device,
        title=title,
        split=split,
        summary=scores.summary(),
        clips=clips,
        frames=len(milliseconds),
        missing=tuple(missing),
        broken=tuple(broken),
        paper=paper or {},
        ms_per_frame=float(np.median(milliseconds)) if milliseconds else None,
    )


@dataclass(frozen=True, slots=True, eq=False)
class _FrameSamples:
    milliseconds: float
    answers: Sequence[tuple[Mask, Mask, float]]


def _samples(
    reader: ClipSentenceReader,
    medium: DatasetMedium,
    annotations: Sequence[Annotation],
    expressions: Sequence[Expression],
) -> Iterator[_FrameSamples]:
    """The annotated frames of a clip, each with (answer, truth, score) of the sentences about what it shows."""
    by_frame: dict[int, dict[int, Mask]] = defaultdict(dict)
    for annotation in annotations:
        by_frame[annotation.frame][annotation.referent_id] = annotation.mask
    frames = open_medium(medium.path)
    try:
        if frames.size != medium.size:
            raise FormatError(
                f"{medium.path} has {frames.size.width} x {frames.size.height} pixels where its masks have "
                f"{medium.size.width} x {medium.size.height}; put the clip in place that the masks were drawn on."
            )
        for frame, masks in sorted(by_frame.items()):
            about = [(one, truth) for one in expressions if (truth := _truth(one, masks)) is not None]
            if not about:
                continue
            began = time.perf_counter()
            predictions = reader.read(frames, frame, [expression.text for expression, _ in about])
            spent = (time.perf_counter() - began) * 1000
            yield _FrameSamples(
                spent,
                [
                    (answered_mask(prediction, reader.info), truth, prediction.score)
                    for prediction, (_, truth) in zip(predictions, about, strict=True)
                ],
            )
    finally:
        frames.close()


def _truth(expression: Expression, masks: Mapping[int, Mask]) -> Mask | None:
    """The union of what a sentence means; None where the frame does not show it."""
    found = [masks[target] for target in expression.targets if target in masks]
    truth: Mask | None = None
    for mask in found:
        truth = mask if truth is None else truth.union(mask)
    return None if truth is None or truth.is_empty else truth


def _asked(dataset: Dataset, limit: int | None) -> Mapping[int, Sequence[Expression]]:
    """The sentences by clip, thinned evenly where there are more than `limit`."""
    clips = {medium.id for medium in dataset.media if medium.is_clip}
    sentences = [one for one in dataset.expressions if one.medium_id in clips and one.targets]
    if limit is not None and limit < len(sentences):
        places = np.linspace(0, len(sentences) - 1, limit).round().astype(int)
        sentences = [sentences[place] for place in places]
    by_clip: dict[int, list[Expression]] = defaultdict(list)
    for sentence in sentences:
        by_clip[sentence.medium_id].append(sentence)
    return by_clip
