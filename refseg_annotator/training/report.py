"""The report of an evaluation: `report.json`, `report.md`, plots, and `worst.html` with the worst answers.

While the evaluation runs, `Findings` keeps a few numbers a sentence and the thumbnails of the worst; no photo stays.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from refseg_annotator.core.counting import number_of
from refseg_annotator.core.mask import Mask
from refseg_annotator.errors import UsageError
from refseg_annotator.training.calibration import expected_calibration_error, reliability
from refseg_annotator.training.report_figures import comparisons
from refseg_annotator.training.report_markdown import markdown_of
from refseg_annotator.training.report_plots import draw_plots, require_matplotlib
from refseg_annotator.training.report_worst import WorstCases, worst_page

if TYPE_CHECKING:
    from refseg_annotator.training.evaluation_data import EvaluationData
    from refseg_annotator.training.evaluator import Answer, EvaluationReport

REPORT: Final = "report.json"
TABLES: Final = "report.md"
WORST: Final = "worst.html"
_HISTOGRAM_BINS: Final = 20


@dataclass(slots=True)
class Findings:
    """What a report shows beside the scores; `observe` is the evaluator's observer.

    Attributes:
        ious: of each sentence with a target, 0..1.
        scores: the score of the mask of the same sentences, 0..1.
        presence: of every sentence, 0..1.
        has_target: whether each sentence names anything.
    """

    worst: WorstCases = field(default_factory=WorstCases)
    ious: list[float] = field(default_factory=list)
    scores: list[float] = field(default_factory=list)
    presence: list[float] = field(default_factory=list)
    has_target: list[bool] = field(default_factory=list)

    def observe(self, answer: Answer, mask: Mask, iou: float) -> None:
        """Takes the numbers of one answer, and its thumbnail where it is among the worst."""
        has_target = not answer.sample.is_no_target
        self.presence.append(answer.prediction.presence)
        self.has_target.append(has_target)
        if has_target:
            self.ious.append(iou)
            self.scores.append(answer.prediction.score)
        self.worst.offer(answer, mask, iou)


def prepare_folder(folder: Path) -> None:
    """Makes sure, before an hour of work, that a report can be written there.

    Raises:
        UsageError: a file is in the way.
        TrainingError: the plots cannot be drawn.
    """
    require_matplotlib()
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{str(folder)!r} is a file; give --report a folder.")
    folder.mkdir(parents=True, exist_ok=True)


def record_of(data: EvaluationData, report: EvaluationReport, findings: Findings) -> dict[str, Any]:
    """Everything that the report says, in plain types: what the files show is read off this alone."""
    scores = report.to_json()
    counts, edges = np.histogram(findings.ious, bins=_HISTOGRAM_BINS, range=(0.0, 1.0))
    return {
        "data": {
            "format": data.format,
            "title": data.label,
            "folder": str(data.folder),
            "split": data.split,
            "by": data.by,
            "sentences": len(data.samples.samples),
        },
        "date": dt.datetime.now(tz=dt.UTC).date().isoformat(),
        **scores,
        "precision_curve": [{"X": threshold, "P": share} for threshold, share in report.precision_curve],
        "iou_histogram": {"edges": [round(float(edge), 4) for edge in edges], "counts": [int(n) for n in counts]},
        "reliability": {
            "score": _reliability(findings.scores, findings.ious),
            "presence": _reliability(findings.presence, [float(value) for value in findings.has_target]),
        },
        "figures": [asdict(found.figure) | {"here": found.here} for found in comparisons(data, scores)],
        "notes": _notes(data, report),
        "worst": [case.to_json() for case in findings.worst.cases()],
    }


def _reliability(said: Sequence[float], came_true: Sequence[float]) -> dict[str, Any] | None:
    if not said:
        return None
    return {
        "ECE": expected_calibration_error(said, came_true),
        "bins": [asdict(found) for found in reliability(said, came_true)],
    }


def _notes(data: EvaluationData, report: EvaluationReport) -> list[str]:
    """What a reader must know before comparing these scores with others."""
    notes: list[str] = []
    asked, all_of_them = report.summary.samples, len(data.samples.samples)
    if asked < all_of_them:
        notes.append(
            f"Only {number_of(asked, 'sentences')} of the split's {all_of_them:,}, spread over it, "
            f"{'was' if asked == 1 else 'were'} asked: "
            "this is an estimate, not the published protocol."
        )
    if report.maskless:
        notes.append(
            f"{number_of(report.maskless, 'sentences')} about an object whose true mask is empty; counted as missed, "
            "as in the published code."
        )
    if data.format == "r-ris" and report.summary.robust_recognition_rate is None:
        notes.append("No sentence of this split says `exist: false`, so there is no mRR, and rIoU means nothing here.")
    return notes


def write_report(folder: Path, data: EvaluationData, report: EvaluationReport, findings: Findings) -> list[Path]:
    """Writes the report's files into `folder`, each whole or not at all; returns their paths, the tables first.

    Raises:
        TrainingError: the plots cannot be drawn.
    """
    prepare_folder(folder)
    record = record_of(data, report, findings)
    plots = draw_plots(record)
    page = worst_page(findings.worst.cases(), title=data.label, model=report.model)
    files = {
        TABLES: _text(markdown_of(record, plots=list(plots), worst=WORST)),
        REPORT: _text(json.dumps(record, indent=2, allow_nan=False) + "\n"),
        **plots,
        WORST: _text(page),
    }
    return [write_whole(folder / name, content) for name, content in files.items()]


def _text(text: str) -> bytes:
    # Phrases come from foreign files, and a pickle can hold half a surrogate pair, which UTF-8 cannot.
    return text.encode("utf-8", "replace")


def write_whole(path: Path, content: bytes) -> Path:
    """Writes beside and moves into place, so that a file by that name is always complete."""
    staged = path.with_name(path.name + ".part")
    staged.write_bytes(content)
    return staged.replace(path)
