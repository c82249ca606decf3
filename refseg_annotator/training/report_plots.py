"""The plots of a report, as PNG. They show numbers of the record and compute none."""

from __future__ import annotations

import io
from collections.abc import Mapping
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Final

from refseg_annotator.errors import TrainingError

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# Okabe and Ito: apart for the colour-blind and on grey paper.
BLUE: Final = "#0072B2"
ORANGE: Final = "#D55E00"
GREEN: Final = "#009E73"
PURPLE: Final = "#CC79A7"
GREY: Final = "#8a8a8a"
_DOTS_PER_INCH: Final = 130


def require_matplotlib() -> None:
    """Says what to install where plots cannot be drawn.

    Raises:
        TrainingError: matplotlib is not installed.
    """
    if find_spec("matplotlib") is None:
        raise TrainingError('Plots need matplotlib, which is not installed; run: python -m pip install ".[train]"')


def new_figure(width: float, height: float) -> Figure:
    """An empty figure in inches. Made without pyplot, which would keep every figure and look for a screen."""
    require_matplotlib()
    from matplotlib.figure import Figure as EmptyFigure

    return EmptyFigure(figsize=(width, height), layout="constrained", facecolor="white")


def tidy(axes: Axes, *, x: str, y: str, title: str = "") -> None:
    """Named axes, a light grid, no frame but where the axes stand."""
    axes.set_xlabel(x)
    axes.set_ylabel(y)
    axes.set_title(title, loc="left", fontsize="medium")
    axes.grid(alpha=0.25, linewidth=0.6)
    axes.set_axisbelow(True)
    axes.spines[["top", "right"]].set_visible(False)


def png_of(figure: Figure) -> bytes:
    """The figure as a PNG file; without the date that matplotlib would put in, equal figures give equal files."""
    data = io.BytesIO()
    figure.savefig(data, format="png", dpi=_DOTS_PER_INCH, metadata={"Software": None})
    return data.getvalue()


def draw_plots(record: Mapping[str, Any]) -> dict[str, bytes]:
    """PNG files by name, of the record of `report.record_of`; a plot of nothing is left out.

    Raises:
        TrainingError: matplotlib is not installed.
    """
    has_targets = record["targets"] > 0
    figures = {
        "precision_curve.png": _precision_curve(record) if has_targets else None,
        "iou_histogram.png": _iou_histogram(record) if has_targets else None,
        "by_kind.png": _bars(record["by_kind"], record, "kind of phrase"),
        "by_size.png": _bars(record["by_size"], record, "object's share of the photo"),
        "reliability.png": _reliability(record),
    }
    return {name: png_of(figure) for name, figure in figures.items() if figure is not None}


def _title(record: Mapping[str, Any]) -> str:
    return f"{record['model']} on {record['data']['title']}"


def _precision_curve(record: Mapping[str, Any]) -> Figure:
    figure = new_figure(6, 4)
    axes = figure.add_subplot()
    points = [(row["X"], row["P"]) for row in record["precision_curve"]]
    axes.plot([x for x, _ in points], [share for _, share in points], color=BLUE, linewidth=1.8)
    # The five that are published, with their numbers.
    for threshold in (0.5, 0.6, 0.7, 0.8, 0.9):
        share = record[f"P@{threshold}"]
        axes.plot([threshold], [share], "o", color=BLUE, markersize=5)
        axes.annotate(f"{share:.3f}", (threshold, share), (5, 5), textcoords="offset points", fontsize="small")
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1.05)
    tidy(axes, x=f"X (IoU {record['P@X']} X)", y="P@X, share of sentences", title=_title(record))
    return figure


def _iou_histogram(record: Mapping[str, Any]) -> Figure:
    figure = new_figure(6, 4)
    axes = figure.add_subplot()
    edges, counts = record["iou_histogram"]["edges"], record["iou_histogram"]["counts"]
    width = edges[1] - edges[0]
    axes.bar(edges[:-1], counts, width=width * 0.92, align="edge", color=BLUE)
    axes.axvline(record["mIoU"], color=ORANGE, linewidth=1.5, label=f"mIoU {record['mIoU']:.3f}")
    axes.set_xlim(0, 1)
    axes.legend(frameon=False)
    tidy(axes, x="IoU", y="sentences with a target", title=_title(record))
    return figure


def _bars(groups: Mapping[str, Mapping[str, Any]], record: Mapping[str, Any], what: str) -> Figure | None:
    if not groups:
        return None
    figure = new_figure(6, 1.3 + 0.42 * len(groups))
    axes = figure.add_subplot()
    places = range(len(groups))
    means = [row["mIoU"] for row in groups.values()]
    axes.barh(places, means, color=BLUE, height=0.66)
    for place, row in zip(places, groups.values(), strict=True):
        text = f"{row['mIoU']:.3f}  ({row['samples']:,})"
        axes.annotate(
            text, (row["mIoU"], place), (5, 0), textcoords="offset points", va="center", fontsize="small",
            bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.85, "pad": 1.0},
        )  # fmt: skip
    axes.axvline(record["mIoU"], color=ORANGE, linewidth=1.2, linestyle="--", label=f"all: {record['mIoU']:.3f}")
    axes.set_yticks(places, [name.replace("_", " ") for name in groups])
    axes.invert_yaxis()
    axes.set_xlim(0, 1.18)
    axes.set_xticks([0, 0.2, 0.4, 0.6, 0.8, 1])
    axes.legend(frameon=False, loc="lower right", fontsize="small")
    tidy(axes, x="mIoU (sentences)", y=what, title=_title(record))
    axes.grid(visible=False, axis="y")
    return figure


def _reliability(record: Mapping[str, Any]) -> Figure | None:
    found = record["reliability"]
    panels = [
        (found[name], said, came_true)
        for name, said, came_true, is_there in (
            ("score", "score of the mask", "mean IoU", record["targets"] > 0),
            ("presence", "presence", "share that names something", 0 < record["targets"] < record["samples"]),
        )
        if is_there and found[name] is not None
    ]
    if not panels:
        return None
    figure = new_figure(4.4 * len(panels) + 0.4, 4.4)
    for number, (panel, said, came_true) in enumerate(panels, start=1):
        axes = figure.add_subplot(1, len(panels), number)
        axes.plot([0, 1], [0, 1], color=GREY, linewidth=1, linestyle="--", label="as promised")
        bins = panel["bins"]
        most = max(row["count"] for row in bins)
        axes.plot([row["probability"] for row in bins], [row["truth"] for row in bins], color=BLUE, linewidth=1.4)
        axes.scatter(
            [row["probability"] for row in bins],
            [row["truth"] for row in bins],
            s=[14 + 150 * row["count"] / most for row in bins],
            color=BLUE,
            label="a bin; area: sentences",
        )
        axes.set_xlim(0, 1)
        axes.set_ylim(0, 1)
        axes.set_aspect("equal")
        axes.legend(frameon=False, loc="upper left", fontsize="small")
        tidy(axes, x=said, y=came_true, title=f"ECE {panel['ECE']:.3f}")
    figure.suptitle(_title(record), fontsize="medium", x=0.02, ha="left")
    return figure
