"""Points along a size, the exponent that they grow by, and the plot of them."""

from __future__ import annotations

import math
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Curve:
    """How something grows.

    Attributes:
        name: of the file of its plot.
        title: what is measured.
        axis: what is made larger.
        unit: of the figures.
        against: the baseline, measured at the same sizes in the same run.
        most: the exponent that would be a mistake of ours; None where nothing was promised.
    """

    name: str
    title: str
    axis: str
    against: str
    unit: str = "ms of processor"
    most: float | None = None
    sizes: list[float] = field(default_factory=list)
    ours: list[float] = field(default_factory=list)
    baseline: list[float] = field(default_factory=list)

    def add(self, size: float, ours: float, baseline: float = math.nan) -> None:
        self.sizes.append(size)
        self.ours.append(ours)
        self.baseline.append(baseline)

    @property
    def exponent(self) -> float:
        """Of ours, fitted over the larger half, where what is constant no longer hides it."""
        return fitted_exponent(self.sizes, self.ours)

    @property
    def holds(self) -> bool:
        """Within what was promised, or no faster than the baseline does on this machine."""
        if self.most is None or self.exponent <= self.most:
            return True
        return not any(map(math.isnan, self.baseline)) and (
            self.exponent <= fitted_exponent(self.sizes, self.baseline) + 0.25
        )

    def record(self) -> dict[str, object]:
        plain = [None if math.isnan(value) else value for value in self.baseline]
        return {
            "name": self.name,
            "title": self.title,
            "axis": self.axis,
            "unit": self.unit,
            "against": self.against,
            "most": self.most,
            "exponent": None if math.isnan(self.exponent) else round(self.exponent, 2),
            "baseline_exponent": (
                None if any(map(math.isnan, self.baseline)) else round(fitted_exponent(self.sizes, self.baseline), 2)
            ),
            "sizes": self.sizes,
            "ours": self.ours,
            "baseline": plain,
        }

    def table(self) -> str:
        told = f"{self.title}; grows with exponent {self.exponent:.2f}"
        if not any(map(math.isnan, self.baseline)):
            told += f" ({self.against}: {fitted_exponent(self.sizes, self.baseline):.2f})"
        lines = [
            f"**{told}**",
            "",
            f"| {self.axis} | ours, {self.unit} | {self.against or 'baseline'} |",
            "|--:|--:|--:|",
        ]
        for size, ours, base in zip(self.sizes, self.ours, self.baseline, strict=True):
            lines.append(f"| {size:,g} | {ours:,.2f} | {'' if math.isnan(base) else f'{base:,.2f}'} |")
        return "\n".join(lines)

    def draw(self, folder: Path) -> Path:
        import matplotlib as mpl

        mpl.use("Agg")
        from matplotlib import pyplot as plt

        figure, axes = plt.subplots(figsize=(5, 3.4), layout="constrained")
        axes.loglog(self.sizes, self.ours, "o-", label=f"ours, exponent {self.exponent:.2f}")
        if not any(map(math.isnan, self.baseline)):
            axes.loglog(self.sizes, self.baseline, "s--", label=self.against, alpha=0.7)
        axes.set(xlabel=self.axis, ylabel=self.unit, title=self.title)
        axes.legend()
        path = folder / f"{self.name}.svg"
        figure.savefig(path)
        plt.close(figure)
        return path


def fitted_exponent(sizes: list[float], values: list[float]) -> float:
    """The slope of log value over log size, least squares, over the larger half of the points (three at least)."""
    points = [(math.log(s), math.log(v)) for s, v in zip(sizes, values, strict=True) if v > 0 and not math.isnan(v)]
    points = sorted(points)[-max(3, math.ceil(len(points) / 2)) :]
    if len(points) < 2:
        return math.nan
    middle_x = statistics.fmean(x for x, _ in points)
    middle_y = statistics.fmean(y for _, y in points)
    across = sum((x - middle_x) ** 2 for x, _ in points)
    return sum((x - middle_x) * (y - middle_y) for x, y in points) / across if across else math.nan


def processor_ms(work: Callable[[], object], rounds: int = 5) -> float:
    """Median processor milliseconds of some rounds after one that warms up: what others do meanwhile does not count."""
    work()
    times = []
    for _ in range(rounds):
        start = time.process_time()
        work()
        times.append(1000 * (time.process_time() - start))
    return max(statistics.median(times), 1e-3)
