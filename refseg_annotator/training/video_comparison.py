"""One table of video scores: what the network adds to what needs none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from refseg_annotator.core.annotation import ReferentId
from refseg_annotator.core.mask import Mask
from refseg_annotator.inference.flow_predictor import CopyMask, FlowWarp
from refseg_annotator.inference.phrase_in_clip import follow_phrases
from refseg_annotator.training.video_evaluator import (
    Answerer,
    ClipAnswer,
    Progress,
    ScoredClip,
    VideoReport,
    VideoTask,
    evaluate_clips,
    propagating,
    reading_each_frame,
)

if TYPE_CHECKING:
    from refseg_annotator.formats.base import Dataset
    from refseg_annotator.inference.predictor import ModelInfo, Predictor
    from refseg_annotator.inference.video_predictor import VideoPredictor

COPY: Final = "copy the mask"
FLOW: Final = "dense optical flow (DIS)"
EACH_FRAME: Final = "phrase on each frame"
PHRASE_AND_FLOW: Final = "phrase, carried by optical flow"
CROSS_FRAME: Final = "cross-frame self-attention"


@dataclass(frozen=True, slots=True)
class Row:
    """One way to answer clips."""

    title: str
    answerer: Answerer
    info: ModelInfo


@dataclass(frozen=True, slots=True)
class Comparison:
    """Reports by title, that of the model last."""

    reports: Mapping[str, VideoReport]

    def to_json(self) -> list[dict[str, Any]]:
        """A record a row, without the clips."""
        return [
            {"way": title}
            | {key: value for key, value in report.to_json().items() if key in ("model", "J", "F", "J&F", "fps")}
            for title, report in self.reports.items()
        ]

    def to_text(self) -> str:
        """A table for people."""
        lines = [f"  {'way':34} {'J':>6} {'F':>6} {'J&F':>6} {'fps':>7}"]
        for title, report in self.reports.items():
            total, pace = report.summary, report.frames_per_second
            numbers = (total.region, total.boundary, total.region_and_boundary)
            shown = " ".join("     -" if number is None else f"{number:6.3f}" for number in numbers)
            lines.append(f"  {title:34} {shown} {'-' if pace is None else f'{pace:.1f}':>7}")
        return "\n".join(lines)


def following_phrases(predictor: Predictor, video_predictor: VideoPredictor) -> Answerer:
    """Answers every expression by asking it on a few frames and carrying the answer that the others bear out.

    The expressions of these data sets name something in their clip, so the best guess is carried however unsure.
    """

    def answer(clip: ScoredClip) -> Iterator[ClipAnswer]:
        asked = [expression for expression in clip.expressions if expression.targets]
        names = {ReferentId(number): expression for number, expression in enumerate(asked)}
        phrases = {name: predictor.tokenize(expression.text) for name, expression in names.items()}
        count, size = clip.medium.frame_count, clip.medium.size
        answered: dict[ReferentId, set[int]] = {name: set() for name in names}
        for frame, masks in follow_phrases(predictor, video_predictor, clip.frames, count, phrases):
            for name, mask in masks.items():
                answered[name].add(frame)
                yield ClipAnswer((clip.medium.name, names[name].id), names[name].targets, frame, mask)
        for name, frames in answered.items():
            for frame in sorted(set(range(count)) - frames):
                yield ClipAnswer((clip.medium.name, names[name].id), names[name].targets, frame, Mask.empty(size))

    return answer


def rows_of(
    task: VideoTask,
    video_predictor: VideoPredictor,
    predictor: Predictor | None,
    *,
    baselines: bool,
    title: str = CROSS_FRAME,
) -> list[Row]:
    """The ways to compare, that of the model last; without baselines that one alone.

    Args:
        predictor: reads phrases; needed for the task `phrase`, and for the baseline without CFSA.
        title: what the last row is called.
    """
    flow, copy = FlowWarp(), CopyMask()
    if task == "propagate":
        rows = [Row(COPY, propagating(copy), copy.info), Row(FLOW, propagating(flow), flow.info)]
        if predictor is not None:
            rows.append(Row(EACH_FRAME, reading_each_frame(predictor), predictor.info))
        rows.append(Row(title, propagating(video_predictor), video_predictor.info))
    else:
        assert predictor is not None, "phrases are read by a predictor"  # noqa: S101
        rows = [
            Row(EACH_FRAME, reading_each_frame(predictor), predictor.info),
            Row(PHRASE_AND_FLOW, following_phrases(predictor, flow), flow.info),
            Row(title, following_phrases(predictor, video_predictor), video_predictor.info),
        ]
    return rows if baselines else rows[-1:]


def compare(
    rows: Sequence[Row],
    data: Path,
    split: str,
    *,
    task: VideoTask,
    dataset: Dataset | None = None,
    progress: Progress | None = None,
) -> Comparison:
    """Scores every row on a split; `evaluate_video` says what it raises."""
    reports = {}
    for place, row in enumerate(rows):
        reports[row.title] = evaluate_clips(
            row.answerer, row.info, data, split, task=task, dataset=dataset, progress=_of_row(progress, place, rows)
        )
    return Comparison(reports)


def _of_row(progress: Progress | None, place: int, rows: Sequence[Row]) -> Progress | None:
    """Progress over all rows, for one of them."""
    if progress is None:
        return None

    def tell(done: int, total: int, note: str) -> None:
        words = ", ".join(part for part in (rows[place].title, note) if part)
        progress(place * total + done, len(rows) * total, words if len(rows) > 1 else note)

    return tell
