"""Scores on clips in the layout of Refer-YouTube-VOS: J, F and their mean, speed and memory, by the product's own path.

Two tasks share one loop and one report. In `propagate` each object's first mask is given and carried through the clip
by `inference.propagation`, as the window does it; the frame that was given is not scored. In `phrase` each expression
is read by a predictor of single pictures on every frame by itself, which is what a network for clips has to beat.
"""

from __future__ import annotations

import sys
import time
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast, get_args, overload

import numpy as np

from refseg_annotator.core.annotation import Annotation, Expression, Referent, ReferentId
from refseg_annotator.core.counting import number_of
from refseg_annotator.core.mask import Mask
from refseg_annotator.core.metrics import VideoScores, VideoSummary
from refseg_annotator.errors import FormatError, UsageError
from refseg_annotator.formats.base import Dataset, DatasetMedium, ReadOptions, no_progress
from refseg_annotator.formats.refer_youtube_vos import read
from refseg_annotator.inference.predictor import Predictor, answered_mask
from refseg_annotator.inference.propagation import Direction, propagate
from refseg_annotator.inference.propagation_drift import DOUBTFUL
from refseg_annotator.inference.video_predictor import VideoPredictor
from refseg_annotator.media import FrameSource, open_medium

if TYPE_CHECKING:
    from refseg_annotator.inference.predictor import ModelInfo

Progress = Callable[[int, int, str], None]
VideoTask = Literal["propagate", "phrase"]


@dataclass(frozen=True, slots=True, eq=False)
class ScoredClip:
    """A clip with its truth.

    Attributes:
        truth: the true masks by referent and frame; a frame without an entry is not scored.
    """

    medium: DatasetMedium
    frames: FrameSource
    referents: Sequence[Referent]
    expressions: Sequence[Expression]
    truth: Mapping[ReferentId, Mapping[int, Mask]]

    def given(self) -> dict[ReferentId, int]:
        """The first frame that shows each referent; without those never seen."""
        firsts = {}
        for referent, masks in self.truth.items():
            shown = [frame for frame, mask in masks.items() if not mask.is_empty]
            if shown:
                firsts[referent] = min(shown)
        return firsts


@dataclass(frozen=True, slots=True, eq=False)
class ClipAnswer:
    """A predictor's mask of something on a frame.

    Attributes:
        key: whose frames are averaged: an object, or an expression.
        drift: the drift score, 0..1; None where there is none.
    """

    key: Hashable
    referents: tuple[ReferentId, ...]
    frame: int
    mask: Mask
    drift: float | None = None


Answerer = Callable[[ScoredClip], Iterator[ClipAnswer]]
"""Answers a clip frame by frame; the time it takes is the predictor's."""


@dataclass(frozen=True, slots=True)
class VideoReport:
    """Scores with where they come from.

    Attributes:
        summary: J, F and J&F over all objects or expressions.
        by_clip: the same by clip.
        frames: frames looked at, each counted once however many objects were asked for.
        frames_per_second: frames a second, decoding of pictures included, scoring left out.
        peak_mebibytes: the most memory the process held; None where the system does not tell.
        growth_mebibytes: by how much that is above what it held at the start.
        doubtful_share: share of scored masks that the drift score offers for review; None where there is no drift.
        doubtful_region: mean J of those.
        other_region: mean J of the others.
    """

    model: str
    device: str
    task: str
    split: str
    summary: VideoSummary
    by_clip: Mapping[str, VideoSummary]
    frames: int
    frames_per_second: float | None
    peak_mebibytes: float | None
    growth_mebibytes: float | None
    doubtful_share: float | None = None
    doubtful_region: float | None = None
    other_region: float | None = None

    def to_json(self) -> dict[str, Any]:
        """The record that `evaluate --json` prints."""
        return {
            "model": self.model,
            "device": self.device,
            "task": self.task,
            "split": self.split,
            **self.summary.as_dict(),
            "by_clip": {clip: summary.as_dict() for clip, summary in self.by_clip.items()},
            "frames": self.frames,
            "fps": self.frames_per_second,
            "peak_mebibytes": self.peak_mebibytes,
            "growth_mebibytes": self.growth_mebibytes,
            "doubtful_share": self.doubtful_share,
            "J_doubtful": self.doubtful_region,
            "J_other": self.other_region,
        }

    def to_text(self) -> str:
        """A table for people."""
        total = self.summary
        lines = [
            f"{self.model} on {self.split}, {self.task} ({self.device}), {number_of(self.frames, 'frames')}",
            f"  {'clip':24} {'J':>6} {'F':>6} {'J&F':>6}",
        ]
        for name, row in [*self.by_clip.items(), ("all", total)]:
            lines.append(
                f"  {name:24} {_shown(row.region):>6} {_shown(row.boundary):>6} {_shown(row.region_and_boundary):>6}"
            )
        if self.frames_per_second is not None:
            lines.append(f"  {self.frames_per_second:.1f} frames a second")
        if self.peak_mebibytes is not None and self.growth_mebibytes is not None:
            lines.append(f"  {self.peak_mebibytes:.0f} MiB at most, {self.growth_mebibytes:.0f} MiB above the start")
        if self.doubtful_share is not None:
            lines.append(
                f"  {self.doubtful_share:.1%} of the masks doubtful: J {_shown(self.doubtful_region)} there, "
                f"{_shown(self.other_region)} elsewhere"
            )
        return "\n".join(lines)


def _shown(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


@overload
def evaluate_video(
    predictor: VideoPredictor,
    data: Path,
    split: str,
    *,
    task: Literal["propagate"] = "propagate",
    progress: Progress | None = None,
) -> VideoReport: ...


@overload
def evaluate_video(
    predictor: Predictor, data: Path, split: str, *, task: Literal["phrase"], progress: Progress | None = None
) -> VideoReport: ...


def evaluate_video(
    predictor: VideoPredictor | Predictor,
    data: Path,
    split: str,
    *,
    task: VideoTask = "propagate",
    progress: Progress | None = None,
) -> VideoReport:
    """Scores a predictor on a split.

    Args:
        predictor: a `VideoPredictor` for the task `propagate`, a `Predictor` for `phrase`.
        data: the folder that holds `<split>/` and `meta_expressions/`.

    Raises:
        FormatError: the data are broken, or show no object.
        MediaError: a frame cannot be read.
        UsageError: no such task.
    """
    if task not in get_args(VideoTask):
        raise UsageError(f"There is no task {task!r}; choose one of {', '.join(get_args(VideoTask))}.")
    answerer = (
        propagating(cast("VideoPredictor", predictor))
        if task == "propagate"
        else reading_each_frame(cast("Predictor", predictor))
    )
    return evaluate_clips(answerer, predictor.info, data, split, task=task, progress=progress)


def propagating(predictor: VideoPredictor) -> Answerer:
    """Answers by carrying each object's first mask to the end of the clip, all objects together."""

    def answer(clip: ScoredClip) -> Iterator[ClipAnswer]:
        given = clip.given()
        keyframes: dict[int, dict[ReferentId, Mask]] = defaultdict(dict)
        for referent, frame in given.items():
            keyframes[frame][referent] = clip.truth[referent][frame]
        found = propagate(
            predictor,
            clip.frames,
            keyframes,
            first=min(given.values(), default=0),
            last=clip.medium.frame_count - 1,
            direction=Direction.FORWARD,
        )
        for prediction in found:
            for referent, result in prediction.masks.items():
                key = (clip.medium.name, referent)
                yield ClipAnswer(key, (referent,), prediction.frame, result.mask, result.drift.score)

    return answer


def reading_each_frame(predictor: Predictor) -> Answerer:
    """Answers every expression on every frame by itself, knowing nothing of the frames before."""

    def answer(clip: ScoredClip) -> Iterator[ClipAnswer]:
        asked = [
            (expression, predictor.tokenize(expression.text)) for expression in clip.expressions if expression.targets
        ]
        for frame in range(clip.medium.frame_count):
            features = predictor.encode(clip.frames.read(frame))
            for expression, tokens in asked:
                mask = answered_mask(predictor.predict(features, tokens), predictor.info)
                yield ClipAnswer((clip.medium.name, expression.id), expression.targets, frame, mask)

    return answer


@dataclass(slots=True)
class _Doubts:
    """J of the masks that the drift score holds for doubtful, and of the others."""

    doubtful: list[float] = field(default_factory=list)
    others: list[float] = field(default_factory=list)

    def add(self, drift: float | None, region: float) -> None:
        if drift is not None:
            (self.doubtful if drift >= DOUBTFUL else self.others).append(region)


def evaluate_clips(
    answerer: Answerer,
    info: ModelInfo,
    data: Path,
    split: str,
    *,
    task: str,
    dataset: Dataset | None = None,
    progress: Progress | None = None,
) -> VideoReport:
    """Scores whatever answers clips; `evaluate_video` says what it raises.

    Args:
        dataset: the split as staged by another format; None reads `data` as Refer-YouTube-VOS.
    """
    scores, doubts = VideoScores(), _Doubts()
    by_clip: dict[str, VideoScores] = {}
    seconds, frames, start_bytes = 0.0, 0, _resident_mebibytes()
    clips = scored_clips(data, split) if dataset is None else clips_of(dataset)
    for done, (total, clip) in enumerate(clips):
        if progress is not None:
            progress(done, total, clip.medium.name)
        of_clip = by_clip.setdefault(clip.medium.name, VideoScores())
        looked_at: set[int] = set()
        answers = answerer(clip)
        while True:
            began = time.perf_counter()
            answer = next(answers, None)
            seconds += time.perf_counter() - began
            if answer is None:
                break
            looked_at.add(answer.frame)
            truth = _truth(clip, answer.referents, answer.frame)
            if truth is not None:
                region, _ = scores.add(answer.key, answer.mask, truth)
                of_clip.add(answer.key, answer.mask, truth)
                doubts.add(answer.drift, region)
        frames += len(looked_at)
    if not frames:
        raise FormatError(f"{str(data)!r} has no object with masks in its split {split!r}; choose another split.")
    if progress is not None:
        progress(len(by_clip), len(by_clip), "")
    peak, known = _peak_mebibytes(), len(doubts.doubtful) + len(doubts.others)
    return VideoReport(
        model=info.label,
        device=info.device,
        task=task,
        split=split,
        summary=scores.summary(),
        by_clip={name: one.summary() for name, one in by_clip.items()},
        frames=frames,
        frames_per_second=frames / seconds if seconds > 0 else None,
        peak_mebibytes=peak,
        growth_mebibytes=None if peak is None or start_bytes is None else max(0.0, peak - start_bytes),
        doubtful_share=len(doubts.doubtful) / known if known else None,
        doubtful_region=float(np.mean(doubts.doubtful)) if doubts.doubtful else None,
        other_region=float(np.mean(doubts.others)) if doubts.others else None,
    )


def scored_clips(data: Path, split: str) -> Iterator[tuple[int, ScoredClip]]:
    """The clips of a split with their truth, each with the number of all; one clip's masks are in memory at a time."""
    yield from clips_of(read(data, ReadOptions(split=split), no_progress))


def clips_of(dataset: Dataset) -> Iterator[tuple[int, ScoredClip]]:
    """The clips of a staged data set, as `scored_clips` gives them."""
    referents, expressions = dataset.referents_by_medium(), dataset.expressions_by_medium()
    for medium in dataset.media:
        truth: dict[ReferentId, dict[int, Mask]] = defaultdict(dict)
        annotations: Sequence[Annotation] = dataset.load(medium.id)
        for annotation in annotations:
            truth[annotation.referent_id][annotation.frame] = annotation.mask
        frames = open_medium(medium.path)
        try:
            if (frames.frame_count, frames.size) != (medium.frame_count, medium.size):
                raise FormatError(
                    f"The clip {str(medium.path)!r} has {number_of(frames.frame_count, 'frames')} of "
                    f"{frames.size.width} x {frames.size.height} pixels where its data set lists "
                    f"{medium.frame_count} of {medium.size.width} x {medium.size.height}; put the missing ones in "
                    "place."
                )
            clip = ScoredClip(medium, frames, referents[medium.id], expressions[medium.id], truth)
            yield len(dataset.media), clip
        finally:
            frames.close()


def _truth(clip: ScoredClip, referents: Sequence[ReferentId], frame: int) -> Mask | None:
    """The union of the referents' true masks on a frame; None where the truth of one is not known."""
    together: Mask | None = None
    for referent in referents:
        mask = clip.truth.get(referent, {}).get(frame)
        if mask is None:
            return None
        together = mask if together is None else together.union(mask)
    return together


def _resident_mebibytes() -> float | None:
    """What the process holds now; the peak so far where only that is told."""
    with suppress(ImportError, OSError, ValueError, IndexError):
        import resource

        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
        return pages * resource.getpagesize() / (1 << 20)
    return _peak_mebibytes()


def _peak_mebibytes() -> float | None:
    try:
        import resource
    except ImportError:  # Windows
        return None
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1 << 20) if sys.platform == "darwin" else peak / (1 << 10)
