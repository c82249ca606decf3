"""One line of the performance book, and how it is measured."""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 7
PACKAGES = ("av", "numpy", "opencv-python-headless", "pycocotools", "PySide6-Essentials", "torch", "torchvision")


@dataclass(frozen=True)
class Time:
    """Medians in milliseconds: what a person waits, and what the processor worked."""

    wall: float
    processor: float


@dataclass(frozen=True)
class Row:
    """Ours beside a baseline of the same run; `asked` is what the design asks for, in the same unit."""

    name: str
    ours: Time
    baseline: Time
    against: str
    asked: float | None = None
    unit: str = "ms"

    @property
    def holds(self) -> bool:
        """By wall time, or by processor time where others held the processor meanwhile."""
        return self.asked is None or min(self.ours.wall, self.ours.processor) < self.asked

    def record(self) -> dict[str, object]:
        return {
            "name": self.name,
            "unit": self.unit,
            "ours": _rounded(self.ours),
            "baseline": _rounded(self.baseline),
            "against": self.against,
            "asked": self.asked,
            "holds": self.holds,
        }


def _rounded(time_: Time) -> dict[str, float]:
    return {"wall": round(time_.wall, 3), "processor": round(time_.processor, 3)}


def median(work: Callable[[], object], rounds: int = ROUNDS) -> Time:
    """The median of some rounds after one that warms up."""
    work()
    walls, busy = [], []
    for _ in range(rounds):
        wall, processor = time.perf_counter(), time.process_time()
        work()
        walls.append(1000 * (time.perf_counter() - wall))
        busy.append(1000 * (time.process_time() - processor))
    return Time(statistics.median(walls), statistics.median(busy))


def median_of_processes(program: str, rounds: int = 3, environment: Mapping[str, str] | None = None) -> Time:
    """The same for `python -c PROGRAM`, from start to end; the first start, which warms the disk, is left out."""
    import resource

    walls, busy = [], []
    for _ in range(rounds + 1):
        before, wall = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        run_python(program, environment)
        walls.append(1000 * (time.perf_counter() - wall))
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        busy.append(1000 * (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime))
    return Time(statistics.median(walls[1:]), statistics.median(busy[1:]))


_TELL_PEAK = """
import atexit
def tell_peak():
    # Not ru_maxrss, which a child begins with its parent's.
    with open("/proc/self/status") as file:
        print(next(int(line.split()[1]) for line in file if line.startswith("VmHWM")) / 1024, flush=True)
"""


def peak_megabytes(program: str) -> Time:
    """The most memory that `python -c PROGRAM` held; the program calls `tell_peak()` at its end. As both figures."""
    told = float(run_python(_TELL_PEAK + program).strip().splitlines()[-1])
    return Time(told, told)


def run_python(program: str, environment: Mapping[str, str] | None = None) -> str:
    """What `python -c PROGRAM` prints.

    Raises:
        SystemExit: it failed, with its last words.
    """
    done = subprocess.run(
        [sys.executable, "-c", program],
        check=False,
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", **(environment or {})},
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise SystemExit(f"A benchmark's process failed: {done.stderr[-2000:]}")
    return done.stdout


def machine() -> dict[str, str]:
    """Where the figures come from."""
    model = platform.processor()
    if sys.platform.startswith("linux"):
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        model = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), model)
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return {
        "processor": f"{model}, {usable} of {os.cpu_count()} cores",
        "load": " ".join(f"{one:.1f}" for one in os.getloadavg()) if hasattr(os, "getloadavg") else "",
        "system": platform.platform(),
        "python": platform.python_version(),
        **{name: metadata.version(name) for name in PACKAGES},
    }


HEAD = (
    f"| {'what':62} | ours | its processor | baseline | its processor | baseline is | asked |\n"
    f"|{'-' * 64}|--:|--:|--:|--:|---|--:|"
)


def line_of(row: Row) -> str:
    """The row as Markdown."""
    cells = [row.name.ljust(62)]
    for figure in (row.ours, row.baseline):
        cells.append(f"{figure.wall:,.1f} {row.unit}")
        cells.append(f"{figure.processor:,.1f}" if row.unit == "ms" else "")
    cells += [row.against, "" if row.asked is None else f"< {row.asked:,.0f} {row.unit}"]
    return f"| {' | '.join(cells)} |"
