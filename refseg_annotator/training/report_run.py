"""The plot of a training run, out of its log: losses, IoU and validation against the step."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from refseg_annotator.errors import TrainingError
from refseg_annotator.training.report import write_whole
from refseg_annotator.training.report_plots import BLUE, GREEN, GREY, ORANGE, PURPLE, new_figure, png_of, tidy
from refseg_annotator.training.run_log import LOG

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

PLOT: Final = "run.png"

_LOSSES: Final = (("total", BLUE), ("mask", ORANGE), ("presence", GREEN), ("quality", PURPLE))
_MASK_SCORES: Final = (("mIoU", ORANGE), ("oIoU", PURPLE), ("P@0.5", GREEN))
_ANSWER_SCORES: Final = (("N_acc", BLUE), ("T_acc", ORANGE))


@dataclass(slots=True)
class RunLog:
    """A run's log as it counts.

    Attributes:
        training: the record of each step that has one, by step, in order.
        validation: the same of the validation scores.
        unreadable: lines that a killed process left half written.
    """

    training: dict[int, dict[str, float]] = field(default_factory=dict)
    validation: dict[int, dict[str, float]] = field(default_factory=dict)
    unreadable: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to plot yet."""
        return not self.training and not self.validation

    def add(self, record: dict[str, Any]) -> None:
        """Takes the next record.

        A run that was killed takes the steps after its last checkpoint again, and one begun anew takes all: where the
        steps go back, what was logged from there on no longer holds.
        """
        step, scores = record["step"], record.get("validation")
        latest = max((*self.training, *self.validation), default=0)
        if step < latest or step in (self.training if scores is None else self.validation):
            for rows in (self.training, self.validation):
                for later in [known for known in rows if known >= step]:
                    del rows[later]
        if scores is None:
            self.training[step] = _numbers(record)
        else:
            self.validation[step] = _numbers(scores)


def _numbers(record: dict[str, Any]) -> dict[str, float]:
    return {
        name: float(value) for name, value in record.items() if isinstance(value, int | float) and math.isfinite(value)
    }


def read_log(path: Path) -> RunLog:
    """Reads a run's log.

    Raises:
        TrainingError: there is none.
    """
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except (FileNotFoundError, NotADirectoryError) as cause:
        raise TrainingError(
            f"There is no {LOG} in {str(path.parent)!r}; give the folder that a training run writes to."
        ) from cause
    log = RunLog()
    for line in text.splitlines():
        try:
            record = json.loads(line)
        except ValueError:
            log.unreadable += 1
            continue
        if isinstance(record, dict) and isinstance(record.get("step"), int):
            log.add(record)
        else:
            log.unreadable += 1
    return log


def plot_run(folder: Path) -> Path:
    """Writes `run.png` beside the log of the run in `folder`, as far as it has come.

    Raises:
        TrainingError: there is no log, nothing stands in it yet, or matplotlib is not installed.
    """
    log = read_log(folder / LOG)
    if log.is_empty:
        raise TrainingError(f"The run in {str(folder)!r} has logged nothing yet; wait for its first 50 steps.")
    return write_whole(folder / PLOT, png_of(_drawn(log)))


def has_log(folder: Path) -> bool:
    """Whether the run in `folder` has logged anything: a very short one ends before its first line."""
    return (folder / LOG).is_file() and not read_log(folder / LOG).is_empty


def _drawn(log: RunLog) -> Figure:
    figure = new_figure(8, 8.5)
    losses, masks, answers = figure.subplots(3, 1, sharex=True)
    for name, colour in _LOSSES:
        _line(losses, log.training, name, name, colour, marker="")
    tidy(losses, x="", y="loss", title="Losses on the training data, mean of 50 steps")
    _line(masks, log.training, "iou", "IoU in training", GREY, marker="")
    for name, colour in _MASK_SCORES:
        _line(masks, log.validation, name, name, colour, marker="o")
    tidy(masks, x="", y="IoU, P@0.5", title="Masks: IoU on the training data, and scores on the validation data")
    for name, colour in _ANSWER_SCORES:
        _line(answers, log.validation, name, name.replace("_", "-"), colour, marker="o")
    tidy(
        answers,
        x="step",
        y="share right",
        title="Phrases of the validation data that fit nothing (N-acc) and something (T-acc)",
    )
    for axes in (masks, answers):
        axes.set_ylim(0, 1)
    losses.set_ylim(bottom=0)
    for axes in (losses, masks, answers):
        if axes.lines:
            axes.legend(framealpha=0.8, edgecolor="none", fontsize="small", ncols=2)
        else:
            axes.text(0.5, 0.5, "none logged", transform=axes.transAxes, ha="center", color=GREY)
    return figure


def _line(axes: Axes, rows: dict[int, dict[str, float]], name: str, label: str, colour: str, *, marker: str) -> None:
    points = [(step, row[name]) for step, row in rows.items() if name in row]
    if points:
        best = max(value for _, value in points)
        text = f"{label} (best {best:.3f})" if marker else label
        axes.plot(
            [step for step, _ in points], [value for _, value in points],
            color=colour, linewidth=1.5, marker=marker, markersize=4, label=text,
        )  # fmt: skip
